//go:build unix

package recall_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// BenchmarkRecall asks a view of memories, with vectors of 384 components, questions of four words. It does so like the built-in embedder
// and like a semantic one: the former embeds only if a word of the question is in no memory. "timed" asks as of the time at which half of
// the memories were known. "filtered" has a condition, besides the scopes, that all memories meet. The p50 of the processor time is that of
// one core; two share a scan of vectors.
func BenchmarkRecall(b *testing.B) {
	for _, size := range recallSizes() {
		world := sync.OnceValue(func() asker { return newAsker(b, size) })
		for _, manner := range manners {
			b.Run(fmt.Sprintf("%d/%s", size, manner.name), func(b *testing.B) {
				a := world()
				runtime.GC()
				b.ReportAllocs()
				began := spent(b)
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					from := time.Now()
					a.ask(b, i, manner.shape)
					took = append(took, time.Since(from))
				}
				b.ReportMetric(float64((spent(b)-began).Nanoseconds())/1000/float64(len(took)), "cpu-µs/op")
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
			})
		}
	}
}

// BenchmarkTwoReaders alternates, in one process, between one goroutine that asks and two that ask at the same time. "throughput" is how
// many times as many answers the two give in the same time, by the best tenth of the rounds. Other work of the machine affects both. "cpu"
// is the processor time of an answer with two, for each microsecond with one: 2 divided by "cpu" is the throughput on an idle machine.
func BenchmarkTwoReaders(b *testing.B) {
	const round = 20 // answers of each goroutine
	for _, size := range recallSizes() {
		world := sync.OnceValue(func() asker { return newAsker(b, size) })
		for _, manner := range manners[:1] {
			b.Run(fmt.Sprintf("%d/%s", size, manner.name), func(b *testing.B) {
				a := world()
				runtime.GC()
				var took [2][]time.Duration // durations of a round, with one goroutine and with two
				var cpu [2]time.Duration
				asked := 0
				for b.Loop() {
					for n := range took {
						began, from := spent(b), time.Now()
						var wg sync.WaitGroup
						for reader := range n + 1 {
							wg.Go(func() {
								for i := range round {
									a.ask(b, asked+reader*7+i, manner.shape)
								}
							})
						}
						wg.Wait()
						took[n] = append(took[n], time.Since(from))
						cpu[n] += spent(b) - began
					}
					asked += round
				}
				best := func(n int) float64 {
					slices.Sort(took[n])
					return float64(took[n][len(took[n])/10].Nanoseconds())
				}
				b.ReportMetric(2*best(0)/best(1), "throughput")
				b.ReportMetric(float64(cpu[1])/2/float64(cpu[0]), "cpu")
			})
		}
	}
}

func recallSizes() []int {
	sizes := []int{10_000, 100_000}
	if testsize.Long() {
		sizes = append(sizes, 1_000_000)
	}
	return sizes
}

// manners are the ways of asking.
var manners = []struct {
	name  string
	shape func(*asker, *recall.Query)
}{
	{"default", func(*asker, *recall.Query) {}},
	{"semantic", func(_ *asker, q *recall.Query) { q.Semantic = true }},
	{"filtered", func(_ *asker, q *recall.Query) { q.Filter.Kinds = []record.Kind{record.KindMemoryChunk} }},
	{"timed", func(a *asker, q *recall.Query) { q.Filter.AsOf = a.half }},
}

// asker is a view with questions to ask.
type asker struct {
	view      *recall.View
	questions []string
	vectors   [][]float32
	filter    index.Filter
	half      time.Time // when half of the memories were known
}

func newAsker(b *testing.B, size int) asker {
	b.Helper()
	view, err := recall.Load(context.Background(), memories{count: size}, nil)
	require.NoError(b, err)
	region := authz.Compile(authz.Grants{authz.MemoryRead: {{Path: "/", Subtree: true}}}).Region(authz.MemoryRead)
	a := asker{view: view, filter: index.Filter{Visible: region.Sees, Within: region.Patterns()}}
	a.half = memoriesBegin.Add(time.Duration(size/2) * time.Minute)
	random := rand.New(rand.NewPCG(9, 9))
	zipf := rand.NewZipf(random, 1.1, 4, 19_999)
	for range 64 {
		words := make([]string, 4)
		for i := range words {
			words[i] = pseudoWord(zipf.Uint64())
		}
		vector := make([]float32, memoryDimension)
		for c := range vector {
			vector[c] = float32(random.NormFloat64())
		}
		a.questions, a.vectors = append(a.questions, strings.Join(words, " ")), append(a.vectors, vector)
	}
	return a
}

func (a *asker) ask(b *testing.B, i int, shape func(*asker, *recall.Query)) {
	i %= len(a.questions)
	q := recall.Query{Text: a.questions[i], Any: true, Now: july, Filter: a.filter, Embed: func() ([]float32, error) { return a.vectors[i], nil }}
	shape(a, &q)
	got, err := a.view.Recall(context.Background(), q)
	if err != nil || len(got.Hits) == 0 {
		b.Error(got, err)
	}
}
