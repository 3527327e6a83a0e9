package spectron

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// BenchmarkForget purges a fact with the text that told it, out of 10,000 facts with their texts, and a session of 20,000 turns (a tenth of
// each without SPECTRON_LONG). With /close they are closed, with /busy another caller asks questions meanwhile: recall-us and
// slowest-recall-ms are its times, quiet-us those while yet another caller only asks.
func BenchmarkForget(b *testing.B) {
	ctx := context.Background()
	for _, store := range []string{"memory", "file"} {
		for _, how := range []string{"purge", "close"} {
			url := func(b *testing.B) string {
				if store == "file" {
					return "file://" + filepath.Join(b.TempDir(), "agent.db")
				}
				return "mem://"
			}
			b.Run(fmt.Sprintf("fact/%s/%s", store, how), func(b *testing.B) {
				mgr, c, _, _ := manyTurns(b, url(b), 0)
				defer func() { require.NoError(b, mgr.Close(ctx)) }()
				n := testsize.Of(10_000)
				for i := range n {
					name := letters(i)
					_, err := c.Memory().Remember(ctx, RememberRequest{
						Text: "It is said that " + name + " is calm.", Infer: InferTriples, Triples: []Triple{{Entity: EntityRef{"person", "Ann" + name}, Key: "mood", Value: "calm " + name}},
					})
					require.NoError(b, err)
				}
				var ids []string
				for f, err := range c.Facts().All(ctx, FactQuery{Live: true, Limit: 500}) {
					require.NoError(b, err)
					ids = append(ids, f.ID)
				}
				require.GreaterOrEqual(b, len(ids), n)
				i := 0
				for b.Loop() {
					out, err := c.Memory().Forget(ctx, ForgetRequest{IDs: []string{ids[i]}, Purge: how == "purge"})
					require.NoError(b, err)
					require.GreaterOrEqual(b, out.Purged+out.Closed, 2)
					i++
				}
			})
			for _, load := range []string{"quiet", "busy"} {
				b.Run(fmt.Sprintf("session/%s/%s/%s", store, how, load), func(b *testing.B) {
					for b.Loop() {
						b.StopTimer()
						mgr, c, session, _ := manyTurns(b, url(b), testsize.Of(20_000))
						_, err := c.Memory().RememberMany(ctx, RememberManyRequest{Messages: slices.Repeat([]Message{{Content: "The kept ledger is green."}}, 500), Infer: InferNone})
						require.NoError(b, err)
						forget := func() {
							_, err := c.Memory().Forget(ctx, ForgetRequest{IDs: []string{session}, Purge: how == "purge"})
							require.NoError(b, err)
						}
						if load == "quiet" {
							b.StartTimer()
							forget()
							b.StopTimer()
						} else {
							quiet := recallMeanwhile(b, c, func() {
								for range 300 { // as a purge, it shares the processor with the other caller
									_, err := c.Memory().Recall(ctx, RecallRequest{Query: "text number 7"})
									require.NoError(b, err)
								}
							})
							b.StartTimer()
							busy := recallMeanwhile(b, c, forget)
							b.StopTimer()
							b.ReportMetric(median(quiet), "quiet-us")
							b.ReportMetric(median(busy), "recall-us")
							b.ReportMetric(float64(slices.Max(busy))/1e6, "slowest-recall-ms")
						}
						require.NoError(b, mgr.Close(ctx))
						b.StartTimer()
					}
				})
			}
		}
	}
}

// letters writes a number in letters, because a name has no digits.
func letters(n int) string {
	out := []byte{}
	for ; len(out) < 4; n /= 26 {
		out = append(out, byte('a'+n%26))
	}
	return string(out)
}

func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2]) / 1e3
}

// recallMeanwhile asks one question after the other while work runs, and returns how long each took.
func recallMeanwhile(b *testing.B, c *Context, work func()) (took []time.Duration) {
	b.Helper()
	stop, done := make(chan struct{}), make(chan []time.Duration)
	go func() {
		var took []time.Duration
		for {
			select {
			case <-stop:
				done <- took
				return
			default:
			}
			began := time.Now()
			if _, err := c.Memory().Recall(context.Background(), RecallRequest{Query: "green ledger"}); err != nil {
				b.Error(err)
			}
			took = append(took, time.Since(began))
		}
	}()
	work()
	close(stop)
	return <-done
}
