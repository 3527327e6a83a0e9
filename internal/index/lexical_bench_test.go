package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// common returns queries of four words among the 40 most frequent, and with rare ones of two of those and two that hardly
// any text has.
func (c *corpus) common(n int, rare bool) []string {
	queries := make([]string, n)
	for i := range queries {
		words := []string{}
		for len(words) < 4 {
			w := c.words[c.rng.IntN(40)]
			if rare && len(words) >= 2 {
				w = c.words[1000+c.rng.IntN(4000)]
			}
			if !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		queries[i] = strings.Join(words, " ")
	}
	return queries
}

// BenchmarkLexical compares the lexical leg of a search, from the text of the query to the best 10 and the
// best 256 rows in order, with the plain postings, of which the words are looked up beforehand.
func BenchmarkLexical(b *testing.B) {
	sizes := []int{10_000, 100_000}
	if testsize.Long() {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		ix, c := filled(b, n, 0, 1)
		sums := make([]float64, n)
		for _, words := range []string{"common", "rare"} {
			texts := c.common(16, words == "rare")
			plain := make([]*index.Plain, len(texts))
			for i, text := range texts {
				plain[i] = index.NewPlain(ix, text, sums)
			}
			for _, pool := range []int{10, 256} {
				name := fmt.Sprintf("%d/%s/%d/", n, words, pool)
				b.Run(name+"plain", func(b *testing.B) {
					timed(b, func(i int) int { return plain[i%len(plain)].Run(ix, pool) })
				})
				var found []index.Found
				b.Run(name+"leg", func(b *testing.B) {
					timed(b, func(i int) int {
						found, _ = index.LexicalLeg(ix, index.Query{Text: texts[i%len(texts)], Pool: pool}, found[:0])
						return len(found)
					})
				})
			}
		}
	}
}

// timed runs searches, which must find something, and reports their median.
func timed(b *testing.B, search func(i int) int) {
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		if search(i) == 0 {
			b.Fatal("nothing found")
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
	b.ReportMetric(float64(took[len(took)/10].Nanoseconds())/1000, "p10-µs")
}

// BenchmarkLexicalScopes is the lexical leg over 100,000 rows in many scope sets, for a caller who sees all of
// them and for one who sees a thousandth.
func BenchmarkLexicalScopes(b *testing.B) {
	for _, scopes := range []int{1000, 10_000} {
		ix, c := filled(b, 100_000, 0, scopes)
		texts := c.common(16, false)
		for _, every := range []int{1, 1000} {
			within := []scope.Pattern(nil)
			for i := 0; every > 1 && i < scopes; i += every {
				p, err := scope.ParsePattern(fmt.Sprintf("org/%d", i))
				if err != nil {
					b.Fatal(err)
				}
				within = append(within, p)
			}
			f := index.Filter{Within: within}
			b.Run(fmt.Sprintf("%d/%d", scopes, every), func(b *testing.B) {
				var found []index.Found
				timed(b, func(i int) int {
					found, _ = index.LexicalLeg(ix, index.Query{Text: texts[i%len(texts)], Pool: 256, Filter: f}, found[:0])
					return len(found)
				})
			})
		}
	}
}

// BenchmarkLexicalParallel runs the lexical leg on as many goroutines as -cpu says.
func BenchmarkLexicalParallel(b *testing.B) {
	ix, c := filled(b, 100_000, 0, 1)
	texts := c.common(16, false)
	b.RunParallel(func(pb *testing.PB) {
		var found []index.Found
		for i := 0; pb.Next(); i++ {
			found, _ = index.LexicalLeg(ix, index.Query{Text: texts[i%len(texts)], Pool: 256}, found[:0])
		}
	})
}
