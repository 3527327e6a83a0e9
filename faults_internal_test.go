package spectron

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// ledger has what writers were told: the texts that were stored, and the texts whose result is unknown.
type ledger struct {
	mu      sync.Mutex
	stored  []string
	unknown []string
	noted   func(n int) // receives the number of texts so far; nil: not used
}

func (l *ledger) note(text string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.stored = append(l.stored, text)
	} else {
		l.unknown = append(l.unknown, text)
	}
	if l.noted != nil {
		l.noted(len(l.stored) + len(l.unknown))
	}
}

// write remembers texts in a session of its own, some of them in pairs, until it has made n calls or the store is closed. Any other failure
// must be one of the expected errors.
func (l *ledger) write(t *testing.T, ctx context.Context, c *Context, who string, n int, expected ...error) {
	for i := range n {
		first := fmt.Sprintf("note zq%sx%d first", who, i)
		var err error
		var texts []string
		if i%3 == 2 {
			texts = []string{first, fmt.Sprintf("note zq%sx%d second", who, i)}
			_, err = c.Memory().RememberMany(ctx, RememberManyRequest{Messages: []Message{{Content: texts[0]}, {Content: texts[1]}}})
		} else {
			texts = []string{first}
			_, err = c.Memory().Remember(ctx, RememberRequest{Text: first, Infer: InferNone})
		}
		for _, text := range texts {
			l.note(text, err)
		}
		if err == nil {
			continue
		}
		known := false
		for _, e := range expected {
			known = known || errors.Is(err, e)
		}
		if !known {
			t.Errorf("%s, call %d: %v", who, i, err)
			return
		}
		if errors.Is(err, ErrClosed) {
			return
		}
	}
}

// check compares the ledger with the stored and the found texts: each acknowledged text exists once, a pair exists completely or not at
// all, and there are no other texts.
func (l *ledger) check(t *testing.T, c *Context) {
	t.Helper()
	ctx := context.Background()
	require.NoError(t, c.state.Refresh(ctx))
	count := map[string]int{}
	for chunk, err := range c.state.Rows.Chunks(ctx) {
		require.NoError(t, err)
		count[chunk.Text]++
	}
	total := 0
	for _, text := range l.stored {
		if count[text] != 1 {
			t.Errorf("%q was stored, and is there %d times", text, count[text])
		}
		total++
	}
	for _, text := range l.unknown {
		n := count[text]
		total += n
		if n > 1 {
			t.Errorf("%q is there %d times", text, n)
		}
		if second, ok := strings.CutSuffix(text, "second"); ok && count[second+"first"] != n {
			t.Errorf("half of a pair is there: %q", text)
		}
	}
	chunks := 0
	for _, n := range count {
		chunks += n
	}
	if chunks != total {
		t.Errorf("%d texts are stored, %d of them written here", chunks, total)
	}
	if got := c.state.View.Load().Stats().Chunks; got != chunks {
		t.Errorf("%d texts in memory, %d stored", got, chunks)
	}
	for _, text := range l.stored[max(0, len(l.stored)-20):] {
		found, err := c.Memory().Recall(ctx, RecallRequest{Query: text, Mode: ModeBM25, K: 3, IncludeDuplicates: true})
		require.NoError(t, err)
		if len(found.Hits) == 0 || found.Hits[0].Text != text {
			t.Errorf("%q is not found", text)
		}
	}
}

// Compiled is the compiled engine for all tests of this package that open many stores. It lives as long as the process.
var Compiled = sync.OnceValues(func() (*Engine, error) { return LoadEngine(context.Background(), nil) })

// openIn opens a store and the Context "test" in it, without closing it at the end.
func openIn(t testing.TB, url string, opts *Options) *Context {
	t.Helper()
	return openWorking(t, url, opts, -1) // nothing asks for jobs meanwhile: tests count statements and let them fail
}

// openWorking is openIn with workers, which process documents.
func openWorking(t testing.TB, url string, opts *Options, workers int) *Context {
	t.Helper()
	engine, err := Compiled()
	require.NoError(t, err)
	o := Options{}
	if opts != nil {
		o = *opts
	}
	o.Engine, o.Workers = engine, workers
	mgr, err := Open(context.Background(), url, &o)
	require.NoError(t, err)
	c, err := mgr.EnsureContext(context.Background(), "test", ContextSpec{})
	require.NoError(t, err)
	return c
}

// embeddedURLs returns the URLs of the kinds of embedded stores.
func embeddedURLs(t *testing.T) map[string]string {
	return map[string]string{"memory": "mem://", "file": "file://" + filepath.Join(t.TempDir(), "agent.db")}
}

// TestWritersSurviveAPanicInTheEngine kills the module by a real trap again and again while several goroutines write. The engine restarts,
// and no write is lost or doubled.
func TestWritersSurviveAPanicInTheEngine(t *testing.T) {
	t.Parallel()
	for name, url := range embeddedURLs(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			c := openIn(t, url, nil)
			defer func() { require.NoError(t, c.manager().Close(ctx)) }()
			// One trap for every few texts, so that the writers make progress.
			next := make(chan struct{}, 1)
			book := ledger{noted: func(n int) {
				if n%4 == 0 {
					select {
					case next <- struct{}{}:
					default: // a trap is already requested
					}
				}
			}}
			var wg, trapping sync.WaitGroup
			traps := 0
			trapping.Go(func() {
				for range next {
					// SurrealDB calls a clock that the module does not have, which traps.
					if _, err := c.state.Conn.Query(ctx, `RETURN sleep(1ms)`, nil); err == nil {
						t.Error("the module did not trap")
					}
					traps++
				}
			})
			for w := range 4 {
				wg.Go(func() { book.write(t, ctx, c, fmt.Sprint("w", w), 30, ErrUnavailable) })
			}
			wg.Wait()
			close(next)
			trapping.Wait()
			health, err := c.manager().Health(ctx)
			require.NoError(t, err)
			if health.Restarts < 10 || traps < 10 {
				t.Errorf("%d traps, %d restarts", traps, health.Restarts)
			}
			if len(book.stored) == 0 {
				t.Error("nothing was stored")
			}
			book.check(t, c)
		})
	}
}

// TestAStatementThatRunsTooLong checks that a statement that exceeds its time limit ends with an error and changes nothing, and that the
// store stays usable.
func TestAStatementThatRunsTooLong(t *testing.T) {
	t.Parallel()
	for name, url := range embeddedURLs(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			c := openIn(t, url, &Options{StatementTimeout: time.Second})
			defer func() { require.NoError(t, c.manager().Close(ctx)) }()
			messages := make([]Message, 10_000)
			for i := range messages {
				messages[i].Content = fmt.Sprintf("message number %d of a great many", i) + strings.Repeat(" and so on", 200)
			}
			_, err := c.Memory().RememberMany(ctx, RememberManyRequest{Messages: messages, Infer: InferNone})
			if !errors.Is(err, ErrTimeout) {
				t.Errorf("10,000 messages in a second: %v", err)
			}
			var book ledger
			book.write(t, ctx, c, "after", 5)
			book.check(t, c)
		})
	}
}

// TestCallersGiveUpDuringCommits has callers give up at random moments, also during a commit. Their results are true, and memory equals the
// database.
func TestCallersGiveUpDuringCommits(t *testing.T) {
	t.Parallel()
	for name, url := range embeddedURLs(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			background := context.Background()
			c := openIn(t, url, nil)
			var book ledger
			// The right patience depends on the machine. Each round waits twice as long as the one before, until some writes were stored
			// and some were abandoned.
			patience := 12 * time.Millisecond
			for round := 0; round == 0 || (len(book.stored) == 0 || len(book.unknown) == 0) && round < 10; round++ {
				var wg sync.WaitGroup
				for w := range 4 {
					wg.Go(func() {
						random := rand.New(rand.NewPCG(uint64(w), uint64(round)))
						for i := range 25 {
							ctx, cancel := context.WithTimeout(background, time.Duration(random.Int64N(int64(patience))))
							book.write(t, ctx, c, fmt.Sprintf("n%dw%dr%d", round, w, i), 3, ErrTimeout)
							cancel()
						}
					})
				}
				wg.Wait()
				patience *= 2
			}
			if len(book.stored) == 0 || len(book.unknown) == 0 {
				t.Errorf("%d stored, %d given up", len(book.stored), len(book.unknown))
			}
			// Abandoned writes may still be running. Close waits for them.
			if name == "memory" {
				require.NoError(t, c.state.Write(background, func(_ *recall.View, at store.Position) (store.Position, error) { return at, nil }))
				book.check(t, c)
			}
			require.NoError(t, c.manager().Close(background))
			if name == "file" {
				again := openIn(t, url, nil)
				book.check(t, again)
				require.NoError(t, again.manager().Close(background))
			}
		})
	}
}

// TestCloseDuringWrites closes the store while several goroutines write: acknowledged writes are in the file.
func TestCloseDuringWrites(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := "file://" + filepath.Join(t.TempDir(), "agent.db")
	var book ledger
	random := rand.New(rand.NewPCG(8, 8))
	for round := range 8 {
		c := openIn(t, url, nil)
		var wg sync.WaitGroup
		wrote := make(chan struct{}, 1000)
		for w := range 4 {
			wg.Go(func() {
				for i := range 200 {
					var mine ledger
					mine.write(t, ctx, c, fmt.Sprintf("r%dw%di%d", round, w, i), 1, ErrClosed)
					book.mu.Lock()
					book.stored = append(book.stored, mine.stored...)
					book.unknown = append(book.unknown, mine.unknown...)
					book.mu.Unlock()
					if len(mine.unknown) > 0 {
						return
					}
					wrote <- struct{}{}
				}
			})
		}
		for range 1 + random.IntN(20) {
			<-wrote
		}
		closing, cancel := context.WithTimeout(ctx, time.Duration(random.IntN(3))*time.Minute)
		err := c.manager().Close(closing)
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("round %d: %v", round, err)
		}
		wg.Wait()
		again := openIn(t, url, nil)
		book.check(t, again)
		require.NoError(t, again.manager().Close(ctx))
	}
}

// TestTheServerGoesAwayAndComesBack stops the server in the middle of writes, before and after it has run them, and starts it again. The
// callers only notice a delay, and every write happens once.
func TestTheServerGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"ws", "http"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{User: "root", Password: "secret"})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
			opts := &Options{Remote: RemoteOptions{User: "root", Password: "secret", ConnectTimeout: time.Minute}}
			one, two := openIn(t, server.URL(scheme), opts), openIn(t, server.URL(scheme), opts)
			defer func() { require.NoError(t, errors.Join(one.manager().Close(ctx), two.manager().Close(ctx))) }()

			var mu sync.Mutex
			random, faults := rand.New(rand.NewPCG(11, 11)), map[rpcserver.Fault]int{}
			server.SetFaults(func(method, sql string) rpcserver.Fault {
				mu.Lock()
				defer mu.Unlock()
				fault := rpcserver.FaultNone
				switch random.IntN(12) {
				case 0:
					fault = rpcserver.FaultCutBefore
				case 1:
					fault = rpcserver.FaultCutAfter
				}
				faults[fault]++
				return fault
			})
			// It stops after every few texts, so that the writers make progress.
			next := make(chan struct{}, 1)
			book := ledger{noted: func(n int) {
				if n%8 == 0 {
					select {
					case next <- struct{}{}:
					default: // a stop is already requested
					}
				}
			}}
			var wg, restarting sync.WaitGroup
			restarting.Go(func() {
				for range next {
					server.Stop()
					if err := server.Resume(ctx); err != nil {
						t.Error(err)
					}
				}
			})
			for w, c := range []*Context{one, one, two, two} {
				wg.Go(func() { book.write(t, ctx, c, fmt.Sprint("w", w), 25, ErrUnavailable) })
			}
			wg.Wait()
			close(next)
			restarting.Wait()
			server.SetFaults(nil)
			if faults[rpcserver.FaultCutBefore] < 5 || faults[rpcserver.FaultCutAfter] < 5 {
				t.Errorf("too few faults to show anything: %v", faults)
			}
			if len(book.stored) < 50 {
				t.Errorf("%d texts stored, %d not known", len(book.stored), len(book.unknown))
			}
			book.check(t, one)
			book.check(t, two)
		})
	}
}

// TestTheServerDoesNotAnswer checks that a call to a server that does not answer ends after the statement timeout, with an error that
// leaves open whether the write is stored, and that the store finds out later.
func TestTheServerDoesNotAnswer(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	c := openIn(t, server.URL("ws"), &Options{StatementTimeout: 10 * time.Second})
	defer func() { require.NoError(t, c.manager().Close(ctx)) }()
	var silent atomic.Bool
	server.SetFaults(func(_, sql string) rpcserver.Fault {
		if silent.Load() && strings.HasPrefix(sql, "BEGIN;") {
			return rpcserver.FaultHold
		}
		return rpcserver.FaultNone
	})
	var book ledger
	silent.Store(true)
	book.write(t, ctx, c, "silent", 1, ErrTimeout)
	silent.Store(false)
	server.Release()
	book.write(t, ctx, c, "after", 3)
	if len(book.stored) < 3 {
		t.Errorf("stored %v, not known %v", book.stored, book.unknown)
	}
	book.check(t, c)
	silent.Store(true)
	_, err = c.Memory().Recall(ctx, RecallRequest{Query: "note"})
	require.NoError(t, err, "reads do not begin a transaction")
}

func TestTheServerIsNotThere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{User: "root", Password: "secret"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	for _, scheme := range []string{"ws", "http"} {
		for name, remote := range map[string]RemoteOptions{
			"wrong password": {User: "root", Password: "hunter2"}, "unknown user": {User: "eve", Password: "hunter2"},
			"nobody": {}, "bad token": {Token: "hunter2.hunter2.hunter2"},
		} {
			_, err := Open(ctx, server.URL(scheme), &Options{Remote: remote, Workers: -1})
			if !errors.Is(err, ErrUnauthenticated) {
				t.Errorf("%s, %s: %v", scheme, name, err)
			}
			if strings.Contains(fmt.Sprintf("%v %+v", err, remote), "hunter2") {
				t.Errorf("%s, %s: the secret is in the error or the options: %v", scheme, name, err)
			}
		}
	}
	server.Stop()
	for _, scheme := range []string{"ws", "http"} {
		_, err := Open(ctx, server.URL(scheme), &Options{Remote: RemoteOptions{User: "root", Password: "secret", ConnectTimeout: 200 * time.Millisecond}})
		if !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s, nobody listens: %v", scheme, err)
		}
	}
}
