package spectron_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testsize"
)

// BenchmarkErase deletes a session of 20,000 turns, forgets a scope of 100,000 memories, and deletes a Context of 100,000. What
// another one waits meanwhile to remember a text is the longest of those who do so one after the other.
func BenchmarkErase(b *testing.B) {
	ctx := context.Background()
	for _, store := range stores[:2] {
		for name, what := range map[string]struct {
			turns int
			erase func(*spectron.Manager, *spectron.Context, string) error
		}{
			"session": {testsize.Of(20_000), func(_ *spectron.Manager, c *spectron.Context, session string) error {
				return c.Sessions().Delete(ctx, session)
			}},
			"scope": {testsize.Of(100_000), func(_ *spectron.Manager, c *spectron.Context, _ string) error {
				_, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/gone"})
				return err
			}},
			"context": {testsize.Of(100_000), func(mgr *spectron.Manager, c *spectron.Context, _ string) error {
				return mgr.DeleteContext(ctx, c.ID())
			}},
		} {
			b.Run(fmt.Sprintf("%s/%s/%d", store.name, name, what.turns), func(b *testing.B) {
				var longest time.Duration
				for b.Loop() {
					b.StopTimer()
					mgr := store.open(b)
					c := ensure(b, mgr)
					texts := corpus(what.turns)
					var session string
					for len(texts) > 0 {
						n := min(len(texts), 1000)
						out, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{
							Messages: conversation(texts[:n]), Infer: spectron.InferNone, SessionID: session, Scopes: spectron.Scopes{{"org/gone"}},
						})
						require.NoError(b, err)
						session, texts = out.SessionID, texts[n:]
					}
					other, err := mgr.EnsureContext(ctx, "other", spectron.ContextSpec{})
					require.NoError(b, err)
					if name != "context" {
						other = c
					}
					done, waited := make(chan struct{}), make(chan time.Duration)
					go func() {
						longest := time.Duration(0)
						for {
							select {
							case <-done:
								waited <- longest
								return
							default:
							}
							began := time.Now()
							_, err := other.Memory().Remember(ctx, spectron.RememberRequest{Text: "meanwhile", Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/kept"}}})
							if err != nil {
								b.Error(err)
								<-done
							}
							longest = max(longest, time.Since(began))
						}
					}()
					b.StartTimer()
					require.NoError(b, what.erase(mgr, c, session))
					b.StopTimer()
					close(done)
					longest = max(longest, <-waited)
					require.NoError(b, mgr.Close(ctx))
					b.StartTimer()
				}
				b.ReportMetric(float64(longest.Milliseconds()), "longest-wait-ms")
			})
		}
	}
}
