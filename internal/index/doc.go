// Package index is the in-memory search index of one Context: postings scored with BM25, vectors compared by exact cosine, filters
// that apply before ranking, and a ranking of passages. The ranking adds the scores of words and vectors, and uses the structure of
// conversations: speakers, times and surrounding turns.
//
// It does no I/O and has no lock. One writer puts and deletes entries; any number of readers may search concurrently with each
// other. The owner of the index keeps the writer and the readers apart. Readers wait only while the writer applies entries that it
// has already tokenised.
//
// # What a caller cannot see has no influence
//
// Rows are partitioned by their scope set. A search calls [Filter.Visible] once for each distinct scope set, and then reads the
// postings and vectors of visible partitions only. The statistics of BM25 (number of rows, document frequencies, average length)
// are sums over the same partitions. So the ids and the scores of a search equal, bit for bit, those of an index that has only the
// rows that the caller may see. The work is proportional to those rows plus the number of distinct scope sets.
//
// Superseded facts stay in a segment of their own. A search of the present neither scores nor counts them. A search with
// [Filter.AsOf] counts exactly the rows known at that time, so later knowledge does not change its scores.
package index
