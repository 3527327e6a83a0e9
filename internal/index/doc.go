// Package index is the in-memory search index of one Context: postings scored with BM25, vectors compared
// by exact cosine, filters that decide before ranking, and a ranking of passages that adds the scores of both and
// knows conversations: who said what, when, and what was said around it.
//
// It does no I/O, and has no lock. The writer of a Context puts and deletes entries; any number of readers search at the
// same time as each other. Whoever holds the index keeps the writer apart from the readers, which wait only while the writer
// applies what it has already tokenised.
//
// # What a caller cannot see has no influence
//
// Rows are partitioned by their scope set. A search asks [Filter.Visible] once for each distinct scope set
// and then touches the postings and vectors of visible partitions only. The statistics of BM25 (number of
// rows, document frequencies, average length) are sums over the same partitions. So the ids and the scores
// of a search are, bit for bit, those of an index that holds nothing but the rows the caller may see, and
// the work is proportional to those rows plus the number of distinct scope sets.
//
// Facts that were superseded stay in a segment of their own. A search of the present neither scores
// nor counts them; a search with [Filter.AsOf] counts exactly the rows known at that time, so nothing that
// was learned later moves its scores.
package index
