package bench

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/philippgille/chromem-go"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
)

// found is one hit of any of the libraries.
type found struct {
	id    string
	score float64
}

// searcher is a library that is filled and ready to be asked by text or by vector.
type searcher[Q any] func(query Q) ([]found, error)

// library is one of those that are compared, with how it is filled.
type library[Q any] struct {
	name string
	fill func(tb testing.TB, c *corpus) searcher[Q]
}

var (
	vectorLibraries = []library[[]float32]{{"spectron", spectronVector}, {"chromem", chromemVector}}
	textLibraries   = []library[string]{{"spectron", spectronText}, {"bleve", bleveText}, {"bleve-segments", bleveSegments}}
)

func fillSpectron(tb testing.TB, c *corpus) *index.Index {
	tb.Helper()
	ix := index.New()
	entries := make([]index.Entry, len(c.ids))
	for i := range entries {
		entries[i] = index.Entry{ID: c.ids[i], Text: c.texts[i], Vector: c.vectors[i]}
	}
	require.NoError(tb, ix.Put(entries...))
	return ix
}

func spectronVector(tb testing.TB, c *corpus) searcher[[]float32] {
	ix := fillSpectron(tb, c)
	return func(v []float32) ([]found, error) {
		hits, err := ix.Search(index.Query{Vector: v, K: top, Mode: index.Vector})
		return listed(hits, func(h *index.Hit) found { return found{h.ID, h.Cosine} }), err
	}
}

func spectronText(tb testing.TB, c *corpus) searcher[string] {
	ix := fillSpectron(tb, c)
	return func(query string) ([]found, error) {
		hits, err := ix.Search(index.Query{Text: query, K: top, Mode: index.Lexical})
		return listed(hits, func(h *index.Hit) found { return found{h.ID, h.Score} }), err
	}
}

func listed[T, R any](hits []T, read func(*T) R) []R {
	out := make([]R, len(hits))
	for i := range hits {
		out[i] = read(&hits[i])
	}
	return out
}

// chromem keeps texts beside the vectors, as spectron does. It compares on all cores, as spectron does.
func chromemVector(tb testing.TB, c *corpus) searcher[[]float32] {
	tb.Helper()
	ctx := context.Background()
	collection, err := chromem.NewDB().CreateCollection("memories", nil, func(context.Context, string) ([]float32, error) {
		return nil, fmt.Errorf("every vector is given")
	})
	require.NoError(tb, err)
	documents := make([]chromem.Document, len(c.ids))
	for i := range documents {
		documents[i] = chromem.Document{ID: c.ids[i], Content: c.texts[i], Embedding: c.vectors[i]}
	}
	require.NoError(tb, collection.AddDocuments(ctx, documents, runtime.NumCPU()))
	return func(v []float32) ([]found, error) {
		hits, err := collection.QueryEmbedding(ctx, v, top, nil, nil)
		return listed(hits, func(h *chromem.Result) found { return found{h.ID, float64(h.Similarity)} }), err
	}
}

const field = "text"

// textOnly indexes one field with bleve's English analyser and as little beside it as bleve can: nothing is stored, and
// there are no term vectors, no columns of values and no field of all fields.
func textOnly() *mapping.IndexMappingImpl {
	text := bleve.NewTextFieldMapping()
	text.Analyzer = en.AnalyzerName
	text.Store, text.IncludeTermVectors, text.DocValues, text.IncludeInAll = false, false, false, false
	document := bleve.NewDocumentStaticMapping()
	document.AddFieldMappingsAt(field, text)
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.ScoringModel = document, "bm25"
	return m
}

// bleveText is bleve as fast as it gets: scorch keeps the index in memory, and all rows come in one batch, which gives one
// segment to search. BM25 costs as much as TF-IDF there. The same index, built in one go on disk, is slower, and NewMemOnly
// keeps an older kind of index in a tree, which takes more than ten times as long.
func bleveText(tb testing.TB, c *corpus) searcher[string] { return fillBleve(tb, c, len(c.ids)) }

// bleveSegments is bleve with a segment for each thousand rows, which is nearer to an index in use.
func bleveSegments(tb testing.TB, c *corpus) searcher[string] { return fillBleve(tb, c, 1000) }

func fillBleve(tb testing.TB, c *corpus, batchSize int) searcher[string] {
	tb.Helper()
	ix, err := bleve.NewUsing("", textOnly(), scorch.Name, scorch.Name, nil)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, ix.Close()) })
	row := 0
	for ids := range slices.Chunk(c.ids, batchSize) {
		batch := ix.NewBatch()
		for _, id := range ids {
			require.NoError(tb, batch.Index(id, map[string]any{field: c.texts[row]}))
			row++
		}
		require.NoError(tb, ix.Batch(batch))
	}
	return func(query string) ([]found, error) {
		match := bleve.NewMatchQuery(query)
		match.SetField(field)
		result, err := ix.Search(bleve.NewSearchRequestOptions(match, top, 0, false))
		if err != nil {
			return nil, err
		}
		return listed(result.Hits, func(h **search.DocumentMatch) found { return found{(*h).ID, (*h).Score} }), nil
	}
}

var sizes = []int{10_000, 100_000}

func BenchmarkVector(b *testing.B) {
	compare(b, vectorLibraries, func(c *corpus) [][]float32 { return c.nearby })
}

func BenchmarkFourCommonWords(b *testing.B) {
	compare(b, textLibraries, func(c *corpus) []string { return c.common })
}

func BenchmarkFourRareWords(b *testing.B) {
	compare(b, textLibraries, func(c *corpus) []string { return c.rare })
}

func compare[Q any](b *testing.B, libraries []library[Q], queries func(c *corpus) []Q) {
	for _, n := range sizes {
		for _, l := range libraries {
			b.Run(fmt.Sprintf("%d/%s", n, l.name), func(b *testing.B) {
				c := corpora[n]()
				find, asked := l.fill(b, c), queries(c)
				runtime.GC()
				var took []time.Duration
				b.ReportAllocs()
				used := cpu(b)
				for i := 0; b.Loop(); i++ {
					began := time.Now()
					hits, err := find(asked[i%len(asked)])
					took = append(took, time.Since(began))
					if err != nil || len(hits) == 0 {
						b.Fatal(len(hits), err)
					}
				}
				used = cpu(b) - used
				slices.Sort(took)
				b.ReportMetric(micros(took[len(took)/2]), "p50-µs")
				b.ReportMetric(micros(used)/float64(len(took)), "cpu-µs")
			})
		}
	}
}

// cpu is the processor time of this process. On a machine with other work on it, it tells more than the time that passed;
// searches that use all cores take less of the latter.
func cpu(b *testing.B) time.Duration {
	var usage syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
