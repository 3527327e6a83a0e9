package spectron

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// BenchmarkLifecycle decays 100,000 facts and lets 10,000 expire (a tenth of each without SPECTRON_LONG). Another caller remembers texts
// meanwhile: longest-wait-ms is the time of its slowest call, and quiet-ms that of its slowest of 200 calls without a decay or an expiry.
func BenchmarkLifecycle(b *testing.B) {
	ctx := context.Background()
	for _, store := range []string{"memory", "file"} {
		url := func(b *testing.B) string {
			if store == "file" {
				return "file://" + filepath.Join(b.TempDir(), "agent.db")
			}
			return "mem://"
		}
		for _, pass := range []struct {
			name     string
			category Category
			facts    int
			run      func(*Lifecycle) (*LifecycleResult, error)
		}{
			{"decay", CategoryKnowledge, testsize.Of(100_000), func(l *Lifecycle) (*LifecycleResult, error) { return l.Decay(ctx) }},
			{"expire", CategoryContext, testsize.Of(10_000), func(l *Lifecycle) (*LifecycleResult, error) { return l.Expire(ctx) }},
		} {
			b.Run(pass.name+"/"+store, func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					var ahead atomic.Int64
					c := openIn(b, url(b), &Options{Clock: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
					many(b, c, pass.category, pass.facts)
					quiet := rememberMeanwhile(b, c)
					time.Sleep(200 * time.Millisecond)
					b.ReportMetric(float64(quiet().Microseconds())/1e3, "quiet-ms")
					ahead.Store(int64(30 * 24 * time.Hour))
					stop := rememberMeanwhile(b, c)
					b.StartTimer()
					out, err := pass.run(c.Lifecycle())
					b.StopTimer()
					b.ReportMetric(float64(stop().Microseconds())/1e3, "longest-wait-ms")
					require.NoError(b, err)
					require.GreaterOrEqual(b, out.Affected, pass.facts)
					require.NoError(b, c.manager().Close(ctx))
					b.StartTimer()
				}
			})
		}
	}
}

// BenchmarkRecallBeside asks questions while a job reindexes 10,000 texts with an embedder of the program's own, and while Fsck checks them (a tenth
// without SPECTRON_LONG). recall-us is the median time of a question, and quiet-us that while another caller only asks.
func BenchmarkRecallBeside(b *testing.B) {
	ctx := context.Background()
	for _, work := range []string{"reindex", "fsck"} {
		b.Run(work, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				engine, err := Compiled()
				require.NoError(b, err)
				embedder, err := index.NewLexicalEmbedder(384)
				require.NoError(b, err)
				mgr, err := Open(ctx, "file://"+filepath.Join(b.TempDir(), "agent.db"), &Options{Engine: engine, Embedder: embedder, EmbedderName: "own"})
				require.NoError(b, err)
				c, err := mgr.EnsureContext(ctx, "test", ContextSpec{})
				require.NoError(b, err)
				var texts []Message
				for i := range testsize.Of(10_000) {
					texts = append(texts, Message{Content: fmt.Sprintf("text number %d about the things of this world, and the %s ledger", i, letters(i))})
				}
				for page := range slices.Chunk(texts, 1000) {
					_, err := c.Memory().RememberMany(ctx, RememberManyRequest{Infer: InferNone, Messages: page})
					require.NoError(b, err)
				}
				quiet := recallMeanwhile(b, c, func() {
					for range 300 {
						_, err := c.Memory().Recall(ctx, RecallRequest{Query: "text number 7"})
						require.NoError(b, err)
					}
				})
				b.StartTimer()
				beside := recallMeanwhile(b, c, func() {
					if work == "fsck" {
						_, err := c.Lifecycle().Fsck(ctx, FsckRequest{})
						require.NoError(b, err)
						return
					}
					j, err := c.Lifecycle().Reindex(ctx)
					require.NoError(b, err)
					j, err = c.Jobs().Wait(ctx, j.ID, nil)
					require.NoError(b, err)
					require.Equal(b, JobDone, j.State)
				})
				b.StopTimer()
				b.ReportMetric(median(quiet), "quiet-us")
				b.ReportMetric(median(beside), "recall-us")
				b.ReportMetric(float64(slices.Max(beside))/1e6, "slowest-recall-ms")
				require.NoError(b, mgr.Close(ctx))
				b.StartTimer()
			}
		})
	}
}

// many stores facts of a category, about a hundred persons.
func many(b *testing.B, c *Context, category Category, n int) {
	b.Helper()
	for i := 0; i < n; i += 100 {
		req := RememberRequest{Infer: InferTriples, Category: category}
		for j := i; j < i+100; j++ {
			req.Triples = append(req.Triples, Triple{Entity: EntityRef{"person", "Ann" + letters(j/100)}, Key: fmt.Sprint("trait ", j%100), Value: fmt.Sprint("value ", j)})
		}
		_, err := c.Memory().Remember(context.Background(), req)
		require.NoError(b, err)
	}
}
