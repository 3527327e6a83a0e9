package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// corpus makes text whose words follow Zipf's law over a vocabulary of a few thousand invented words.
type corpus struct {
	rng   *rand.Rand
	zipf  *rand.Zipf
	words []string
}

func newCorpus(seed uint64) *corpus {
	rng := rand.New(rand.NewPCG(seed, 1))
	c := &corpus{rng: rng}
	seen := map[string]bool{}
	for len(c.words) < 5000 {
		var b strings.Builder
		for range 1 + rng.IntN(3) {
			b.WriteByte("bcdfghjklmnprstvwz"[rng.IntN(18)])
			b.WriteByte("aeiou"[rng.IntN(5)])
		}
		b.WriteByte("klmnprst"[rng.IntN(8)])
		if w := b.String(); !seen[w] {
			seen[w] = true
			c.words = append(c.words, w)
		}
	}
	c.zipf = rand.NewZipf(rng, 1.1, 4, uint64(len(c.words)-1))
	return c
}

func (c *corpus) text(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = c.words[c.zipf.Uint64()]
	}
	return strings.Join(words, " ")
}

func (c *corpus) vector(dim int) []float32 {
	v := make([]float32, dim)
	for i := range v {
		v[i] = float32(c.rng.NormFloat64())
	}
	return v
}

// entries makes n entries over a number of scope sets.
func (c *corpus) entries(n, dim, scopes int) []index.Entry {
	kinds := []record.Kind{record.KindMemoryChunk, record.KindAttribute, record.KindRelation}
	out := make([]index.Entry, n)
	for i := range out {
		out[i] = index.Entry{
			ID:         fmt.Sprintf("memory_chunk:%08d", i),
			Kind:       kinds[i%len(kinds)],
			Text:       c.text(8 + c.rng.IntN(13)),
			Scopes:     record.ScopeSet{{fmt.Sprintf("org/%d", i%scopes)}},
			Session:    fmt.Sprintf("session:%d", i%97),
			Occurred:   time.Unix(int64(i), 0),
			Importance: float64(i%10) / 10,
		}
		if dim > 0 {
			out[i].Vector = c.vector(dim)
		}
	}
	return out
}

const benchDim = 384

func benchSizes(b *testing.B, run func(b *testing.B, n int)) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { run(b, n) })
	}
}

func filled(b *testing.B, n, dim, scopes int, shape ...func(int, *index.Entry)) (*index.Index, *corpus) {
	b.Helper()
	c := newCorpus(7)
	ix := index.New()
	entries := c.entries(n, dim, scopes)
	for _, f := range shape {
		for i := range entries {
			f(i, &entries[i])
		}
	}
	if err := ix.Put(entries...); err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	return ix, c
}

func benchSearch(b *testing.B, scopes int, shape func(*index.Query)) {
	benchFilled(b, scopes, func(int, *index.Entry) {}, shape)
}

func benchFilled(b *testing.B, scopes int, entry func(int, *index.Entry), shape func(*index.Query)) {
	benchSizes(b, func(b *testing.B, n int) {
		ix, c := filled(b, n, benchDim, scopes, entry)
		queries := make([]index.Query, 64)
		for i := range queries {
			queries[i] = index.Query{Text: c.text(4), Vector: c.vector(benchDim), K: 10, Now: time.Unix(int64(n), 0)}
			shape(&queries[i])
		}
		var took []time.Duration
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			began := time.Now()
			hits, err := ix.Search(queries[i%len(queries)])
			took = append(took, time.Since(began))
			if err != nil || len(hits) == 0 {
				b.Fatal(len(hits), err)
			}
			i++
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(took[len(took)/10].Microseconds()), "p10-µs")
	})
}

func BenchmarkSearchHybrid(b *testing.B) { benchSearch(b, 1, func(*index.Query) {}) }

// Turns of conversations of 30 turns each, two speakers in turn.
func BenchmarkSearchTalk(b *testing.B) {
	for name, shape := range map[string]func(*index.Query){
		"words": func(q *index.Query) { q.Vector = nil }, "spelling": func(*index.Query) {}, "semantic": func(q *index.Query) { q.Semantic = true },
	} {
		b.Run(name, func(b *testing.B) {
			benchFilled(b, 1, func(i int, e *index.Entry) {
				e.Kind, e.Session, e.Turn, e.Seq = record.KindMemoryChunk, fmt.Sprint("session:", i/30), fmt.Sprint("turn:", i), i%30
				e.Speaker = []string{"Alice", "Bob"}[i%2]
			}, shape)
		})
	}
}

func BenchmarkSearchLexical(b *testing.B) {
	benchSearch(b, 1, func(q *index.Query) { q.Mode = index.Lexical })
}

func BenchmarkSearchVector(b *testing.B) {
	benchSearch(b, 1, func(q *index.Query) { q.Mode = index.Vector })
}

// A caller who sees one of a hundred scope sets.
func BenchmarkSearchNarrow(b *testing.B) {
	benchSearch(b, 100, func(q *index.Query) {
		q.Filter.Visible = func(s record.ScopeSet) bool { return s[0][0] == "org/42" }
	})
}

// A caller who sees one of a thousand scope sets, among the others and alone in an index: it pays for what it sees.
func BenchmarkSearchThousandth(b *testing.B) {
	const scopes = 1000
	mine, err := scope.ParsePattern("org/42")
	if err != nil {
		b.Fatal(err)
	}
	sizes := []int{10_000, 100_000}
	if testsize.Long() {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		c := newCorpus(7)
		queries := make([]index.Query, 64)
		for i := range queries {
			queries[i] = index.Query{Text: c.text(4), Vector: c.vector(benchDim), Semantic: true, Now: time.Unix(int64(n), 0)}
			queries[i].Filter.Within = []scope.Pattern{mine}
			queries[i].Filter.Visible = func(s record.ScopeSet) bool { return s[0][0] == "org/42" }
		}
		among, alone := index.New(), index.New()
		for put := 0; put < n; {
			batch := c.entries(min(10_000, n-put), benchDim, scopes)
			own := batch[:0:0]
			for i := range batch {
				batch[i].ID = fmt.Sprintf("memory_chunk:%08d", put+i)
				if batch[i].Scopes[0][0] == "org/42" {
					own = append(own, batch[i])
				}
			}
			if err := errors.Join(among.Put(batch...), alone.Put(own...)); err != nil {
				b.Fatal(err)
			}
			put += len(batch)
		}
		for name, ix := range map[string]*index.Index{"among": among, "alone": alone} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				runtime.GC()
				timed(b, func(i int) int {
					hits, err := ix.Search(queries[i%len(queries)])
					if err != nil {
						b.Fatal(err)
					}
					return len(hits)
				})
			})
		}
	}
}

// A condition on rows beside the scopes.
func BenchmarkSearchFiltered(b *testing.B) {
	benchSearch(b, 1, func(q *index.Query) { q.Filter.Kinds = []record.Kind{record.KindMemoryChunk} })
}

// As of when every row was known, and half of them.
func BenchmarkSearchAsOf(b *testing.B) {
	known := func(i int, e *index.Entry) { e.Known.From = time.Unix(int64(1+i%2), 0) }
	for name, at := range map[string]int64{"all": 2, "half": 1} {
		b.Run(name, func(b *testing.B) {
			benchFilled(b, 1, known, func(q *index.Query) { q.Filter.AsOf = time.Unix(at, 0) })
		})
	}
}

func BenchmarkPut(b *testing.B) {
	benchSizes(b, func(b *testing.B, n int) {
		entries := newCorpus(7).entries(n, benchDim, 1)
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var ix *index.Index
		b.ReportAllocs()
		for b.Loop() {
			ix = index.New()
			if err := ix.Put(entries...); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/entry")
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/entry")
		runtime.KeepAlive(ix)
		runtime.KeepAlive(entries)
	})
}

// What an index keeps in memory for texts of about 150 characters, with vectors of 384 components and beside both. The codes
// of the vectors, the ids and the entries are in "beside". SPECTRON_LONG=1 has a million of them.
func BenchmarkMemory(b *testing.B) {
	for _, n := range []int{10_000, testsize.Of(1_000_000)} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c, given := newCorpus(7), 0
			var before, after runtime.MemStats
			for b.Loop() {
				given = 0
				runtime.GC()
				runtime.ReadMemStats(&before)
				ix := index.New()
				for put := 0; put < n; { // in batches, as a store is read: nothing is there twice
					batch := c.entries(min(10_000, n-put), benchDim, 1)
					for i := range batch {
						batch[i].ID = fmt.Sprintf("memory_chunk:%08d", put+i)
						batch[i].Text = c.text(25)
						given += len(batch[i].Text) + 4*benchDim
					}
					if err := ix.Put(batch...); err != nil {
						b.Fatal(err)
					}
					put += len(batch)
				}
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(ix)
			}
			heap := float64(after.HeapAlloc - before.HeapAlloc)
			b.ReportMetric((heap-float64(given))/float64(n), "beside-B/entry")
			b.ReportMetric(float64(given)/float64(n), "given-B/entry")
			b.ReportMetric(heap/1e6, "MB")
		})
	}
}

// One entry at a time into an index that is in use: new text, and a change of importance alone.
func BenchmarkReplace(b *testing.B) {
	benchSizes(b, func(b *testing.B, n int) {
		ix, c := filled(b, n, benchDim, 1)
		again := c.entries(n, benchDim, 1)
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if err := ix.Put(again[i%n]); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}

func BenchmarkTouch(b *testing.B) {
	benchSizes(b, func(b *testing.B, n int) {
		c := newCorpus(7)
		entries := c.entries(n, benchDim, 1)
		ix := index.New()
		if err := ix.Put(entries...); err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			e := entries[i%n]
			e.Importance = 1
			if err := ix.Put(e); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}

func BenchmarkDelete(b *testing.B) {
	benchSizes(b, func(b *testing.B, n int) {
		entries := newCorpus(7).entries(n, benchDim, 1)
		ids := make([]string, n/2)
		for i := range ids {
			ids[i] = entries[2*i].ID
		}
		for b.Loop() {
			b.StopTimer()
			ix := index.New()
			if err := ix.Put(entries...); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if got := ix.Delete(ids...); got != len(ids) {
				b.Fatal(got)
			}
		}
	})
}

const (
	englishText = "Alice Müller was promoted to Chief Technology Officer of Globex on 2026-05-12 and moved to Berlin."
	mixedText   = "東京都に住んでいます. Заказ MLWK3LL/A прибыл, écrivez à alice@example.com ✅"
)

func BenchmarkTokenise(b *testing.B) {
	for name, text := range map[string]string{"english": englishText, "mixed": mixedText} {
		b.Run(name, func(b *testing.B) {
			t := index.NewTokeniser()
			var dst []string
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				dst = t.Append(dst[:0], text)
			}
		})
	}
}

func BenchmarkEmbed(b *testing.B) {
	e, err := index.NewLexicalEmbedder(0)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.EmbedQuery(context.Background(), englishText); err != nil {
			b.Fatal(err)
		}
	}
}
