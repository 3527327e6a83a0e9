package spectron

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// longest records the longest statement of a database.
type longest struct {
	mu   sync.Mutex
	took time.Duration
}

func (l *longest) tap(_ string, run func() (surreal.Results, error)) (surreal.Results, error) {
	began := time.Now()
	out, err := run()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.took = max(l.took, time.Since(began))
	return out, err
}

// BenchmarkErase deletes a session of 20,000 turns, forgets a scope of 100,000 memories, and deletes a Context of 100,000 memories (a tenth
// of each without SPECTRON_LONG). longest-statement-ms is the time of the slowest statement, including those of other calls; it must stay
// far below Options.StatementTimeout. With /busy, another caller remembers texts meanwhile; longest-wait-ms is the time of its slowest
// call.
func BenchmarkErase(b *testing.B) {
	ctx := context.Background()
	for _, what := range []struct {
		name  string
		turns int
		erase func(*Context, string) error
	}{
		{"session", testsize.Of(20_000), func(c *Context, session string) error { return c.Sessions().Delete(ctx, session) }},
		{"scope", testsize.Of(100_000), func(c *Context, _ string) error {
			_, err := c.Scopes().Forget(ctx, ScopeForgetRequest{Path: "org/gone"})
			return err
		}},
		{"context", testsize.Of(100_000), func(c *Context, _ string) error { return c.manager().DeleteContext(ctx, c.ID()) }},
	} {
		for _, store := range []string{"memory", "file"} {
			for _, load := range []string{"quiet", "busy"} {
				b.Run(fmt.Sprintf("%s/%s/%s/%d", what.name, store, load, what.turns), func(b *testing.B) {
					var wait, statement time.Duration
					for b.Loop() {
						b.StopTimer()
						url := "mem://"
						if store == "file" {
							url = "file://" + filepath.Join(b.TempDir(), "agent.db")
						}
						mgr, c, session, timed := manyTurns(b, url, what.turns)
						other, err := mgr.EnsureContext(ctx, "other", ContextSpec{})
						require.NoError(b, err)
						if what.name != "context" {
							other = c
						}
						stop := func() time.Duration { return 0 }
						if load == "busy" {
							stop = rememberMeanwhile(b, other)
						}
						timed.mu.Lock()
						timed.took = 0
						timed.mu.Unlock()
						b.StartTimer()
						err = what.erase(c, session)
						b.StopTimer()
						wait, statement = max(wait, stop()), max(statement, timed.took)
						require.NoError(b, err)
						require.NoError(b, mgr.Close(ctx))
						b.StartTimer()
					}
					b.ReportMetric(float64(wait.Milliseconds()), "longest-wait-ms")
					b.ReportMetric(float64(statement.Milliseconds()), "longest-statement-ms")
				})
			}
		}
	}
}

// manyTurns opens a store whose statements are timed, with a session of n turns at org/gone.
func manyTurns(b *testing.B, url string, n int) (*Manager, *Context, string, *longest) {
	b.Helper()
	ctx := context.Background()
	engine, err := Compiled()
	require.NoError(b, err)
	mgr, err := Open(ctx, url, &Options{Engine: engine})
	require.NoError(b, err)
	timed := new(longest)
	mgr.core.DB = &teststore.Engine{Database: mgr.core.DB, Tap: timed.tap, Limit: math.MaxInt}
	c, err := mgr.EnsureContext(ctx, "test", ContextSpec{})
	require.NoError(b, err)
	session := ""
	for first := 0; first < n; first += 1000 {
		messages := make([]Message, min(1000, n-first))
		for i := range messages {
			messages[i].Content = "text number " + strconv.Itoa(first+i) + " about the things of this world"
		}
		out, err := c.Memory().RememberMany(ctx, RememberManyRequest{
			Messages: messages, Infer: InferNone, SessionID: session, Scopes: Scopes{{"org/gone"}},
		})
		require.NoError(b, err)
		session = out.SessionID
	}
	return mgr, c, session, timed
}

// rememberMeanwhile remembers one text after the other at org/kept until stop is called, which returns the longest wait.
func rememberMeanwhile(b *testing.B, c *Context) (stop func() time.Duration) {
	done, waited := make(chan struct{}), make(chan time.Duration, 1)
	go func() {
		longest := time.Duration(0)
		defer func() { waited <- longest }()
		for {
			select {
			case <-done:
				return
			default:
			}
			began := time.Now()
			_, err := c.Memory().Remember(context.Background(), RememberRequest{Text: "meanwhile", Infer: InferNone, Scopes: Scopes{{"org/kept"}}})
			if err != nil {
				b.Error(err)
				return
			}
			longest = max(longest, time.Since(began))
		}
	}()
	return func() time.Duration {
		close(done)
		return <-waited
	}
}
