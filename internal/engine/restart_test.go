package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// trapSQL ends the instance in every host: it asks for a clock that the build does not have.
const trapSQL = `RETURN sleep(1ms)`

// requireKinds compares the kinds that callers act on.
func requireKinds(tb testing.TB, err error, want ...error) {
	tb.Helper()
	for _, kind := range []error{
		ErrBroken, ErrClosed, ErrFull, ErrStorage, ErrTooLarge, surreal.ErrLost, surreal.ErrUnreachable,
		surreal.ErrTimeout, surreal.ErrConflict,
	} {
		wanted := false
		for _, w := range want {
			wanted = wanted || errors.Is(w, kind)
		}
		if errors.Is(err, kind) != wanted {
			tb.Errorf("%v: matching %q is %v, want %v", err, kind, !wanted, wanted)
		}
	}
}

// with compiles the build with some handlers replaced.
func with(tb testing.TB, replaced map[string]handler) *Module {
	tb.Helper()
	b, err := build()
	require.NoError(tb, err)
	handlers := imports()
	maps.Copy(handlers, replaced)
	m, err := compile(context.Background(), b.Bytes, b.CompilationDir, handlers)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, m.Close(context.Background())) })
	return m
}

func TestATrapEndsOnlyWhatIsRunning(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	get := imports()["__wbg_get_5e856edb32ac1289"]
	m := with(t, map[string]handler{"__wbg_get_5e856edb32ac1289": func(h *host, s []uint64) {
		if strings.Contains(string(h.keyOf(s[1])), "poison") {
			missing("__wbg_poison")(h, s)
		}
		get(h, s)
	}})
	db := kv.New(kv.NewMemory())
	e := open(t, m, db)
	s, elsewhere := connect(t, e), connect(t, e)
	require.NoError(t, elsewhere.Use(ctx, "test", "other"))
	query[any](t, elsewhere, `CREATE row:other`, nil)
	query[any](t, s, `CREATE |slow:10| RETURN NONE`, nil)
	other := make(chan error, 1)
	go func() {
		_, err := s.Query(ctx, `BEGIN; CREATE row:half; `+endlessSQL+`; COMMIT`, nil)
		other <- err
	}()
	awaitInFlight(t, e)
	_, err := s.Query(ctx, `CREATE row:poison`, nil)
	for _, err := range []error{err, <-other} {
		requireKinds(t, err, ErrBroken, surreal.ErrLost)
		if !strings.Contains(err.Error(), "__wbg_poison") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v, want the name of the import and no stack trace", err)
		}
	}
	// The transactions of the dead instance have ended; those in which the next one starts end by themselves.
	require.Eventually(t, func() bool { return db.Live() == 0 }, patience, time.Millisecond)
	// Both sessions are where they were, in a new instance.
	if got := query[[]surreal.RecordID](t, elsewhere, `SELECT VALUE id FROM row`, nil); len(got) != 1 || got[0].Key != "other" {
		t.Errorf("the other database has %v", got)
	}
	query[any](t, s, `CREATE row:whole`, nil)
	if got := query[[]surreal.RecordID](t, s, `SELECT VALUE id FROM row`, nil); len(got) != 1 || got[0].Key != "whole" {
		t.Errorf("the database has %v", got)
	}
	if n := e.Stats().Restarts; n != 1 {
		t.Errorf("%d restarts, want 1", n)
	}
}

func TestAnInstanceThatCannotStartIsTriedOncePerCall(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var broken atomic.Bool
	var attempts atomic.Int64
	create := imports()["__wbg_surrealwasmengine_new"]
	m := with(t, map[string]handler{"__wbg_surrealwasmengine_new": func(h *host, s []uint64) {
		attempts.Add(1)
		if broken.Load() {
			panic(&trap{"no luck"})
		}
		create(h, s)
	}})
	e := open(t, m, kv.New(kv.NewMemory()))
	s := connect(t, e)
	broken.Store(true)
	_, err := s.Query(ctx, trapSQL, nil)
	requireKinds(t, err, ErrBroken, surreal.ErrLost)
	const calls = 3
	for range calls {
		_, err := s.Query(ctx, `CREATE row`, nil)
		requireKinds(t, err, ErrBroken, surreal.ErrUnreachable)
		if !strings.Contains(err.Error(), "no luck") {
			t.Errorf("%v does not say why", err)
		}
	}
	// The first start, one for the trap, and at most one for each call.
	if n := attempts.Load(); n > 2+calls {
		t.Errorf("%d attempts to start for %d calls", n, calls)
	}
	broken.Store(false)
	query[any](t, s, `CREATE row`, nil)

	broken.Store(true)
	_, err = s.Query(ctx, trapSQL, nil)
	requireKinds(t, err, ErrBroken, surreal.ErrLost)
	require.NoError(t, e.Close(ctx))
	_, err = s.Query(ctx, `RETURN 1`, nil)
	requireKinds(t, err, ErrClosed)
}

func TestOpenFailsWithAModuleThatCannotStart(t *testing.T) {
	t.Parallel()
	m := with(t, map[string]handler{"__wbg_surrealwasmengine_new": func(*host, []uint64) { panic(&trap{"no luck"}) }})
	db := kv.New(kv.NewMemory())
	_, err := Open(context.Background(), m, db)
	requireKinds(t, err, ErrBroken)
	if _, err := db.Begin(kv.ReadOnly); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("the store is still open: %v", err)
	}
}

func TestCallsWaitForTheNextInstanceAsLongAsTheirContextLets(t *testing.T) {
	t.Parallel()
	var slow atomic.Bool
	starting, proceed := make(chan struct{}), make(chan struct{})
	create := imports()["__wbg_surrealwasmengine_new"]
	m := with(t, map[string]handler{"__wbg_surrealwasmengine_new": func(h *host, s []uint64) {
		if slow.Load() {
			close(starting)
			<-proceed
		}
		create(h, s)
	}})
	e := open(t, m, kv.New(kv.NewMemory()))
	s := connect(t, e)
	slow.Store(true)
	_, err := s.Query(context.Background(), trapSQL, nil)
	requireKinds(t, err, ErrBroken, surreal.ErrLost)
	<-starting
	slow.Store(false)
	short, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := s.Query(short, `RETURN 1`, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a call whose context ends: %v", err)
	}
	patient := make(chan error, 1)
	go func() {
		_, err := s.Query(context.Background(), `RETURN 1`, nil)
		patient <- err
	}()
	select {
	case err := <-patient:
		t.Errorf("answered without an instance: %v", err)
	case <-time.After(20 * time.Millisecond):
	}
	close(proceed)
	require.NoError(t, <-patient)
}

func TestAClosedSessionStaysClosed(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), newEngine(t)
	a, b := connect(t, e), connect(t, e)
	_, err := b.Query(ctx, trapSQL, nil)
	requireKinds(t, err, ErrBroken, surreal.ErrLost)
	require.NoError(t, a.Close(ctx), "in an instance that does not know it")
	_, err = a.Query(ctx, `RETURN 1`, nil)
	requireKinds(t, err, ErrClosed)
	requireKinds(t, a.Use(ctx, "test", "test"), ErrClosed)
	query[int](t, b, `RETURN 1`, nil)
}

// Writers go on through fifty traps. What was acknowledged is stored, whole and once.
func TestWritersSurviveTraps(t *testing.T) {
	// Not parallel: it counts the goroutines of the process and measures its memory.
	ctx := context.Background()
	m, err := shared()
	require.NoError(t, err)
	first, err := Open(ctx, m, kv.New(kv.NewMemory())) // Go starts goroutines of its own for the first one
	require.NoError(t, err)
	require.NoError(t, first.Close(ctx))
	before := runtime.NumGoroutine()
	db := kv.New(kv.NewMemory())
	e := begin(t, m, db)
	query[any](t, connect(t, e), writeSchema, nil)
	const traps, writers = 50, 4
	w := newWrites()
	over := make(chan struct{})
	var wg sync.WaitGroup
	for n := range writers {
		s := connect(t, e)
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-over:
					return
				default:
				}
				w.write(ctx, t, s, fmt.Sprintf("%d-%d", n, i))
			}
		})
	}
	s := connect(t, e)
	memory := uint64(0)
	for n := range traps {
		_, err := s.Query(ctx, trapSQL, nil)
		requireKinds(t, err, ErrBroken, surreal.ErrLost)
		// Some writes between one trap and the next.
		enough := w.count() + 5
		require.Eventually(t, func() bool { return w.count() >= enough }, patience, time.Millisecond)
		if n == 4 {
			memory = liveHeap()
		}
	}
	close(over)
	wg.Wait()
	if grown := int64(liveHeap()) - int64(memory); grown > 20<<20 {
		t.Errorf("%d MiB more than after five traps: instances, of 6 MiB each, are kept", grown>>20)
	}
	if n := e.Stats().Restarts; n != traps {
		t.Errorf("%d restarts, want %d", n, traps)
	}
	w.check(t, s)
	if w.acknowledged() == 0 || w.lost() == 0 {
		t.Errorf("%d writes were acknowledged and %d lost: the test does not test", w.acknowledged(), w.lost())
	}
	t.Logf("%d writes acknowledged, %d lost", w.acknowledged(), w.lost())
	require.NoError(t, e.Close(ctx))
	if n := db.Live(); n != 0 {
		t.Errorf("%d transactions are open", n)
	}
	awaitGoroutines(t, before)
}

// awaitGoroutines returns once there are no more than n. (require.Eventually runs one itself.)
func awaitGoroutines(tb testing.TB, n int) {
	tb.Helper()
	poll, deadline := time.NewTicker(time.Millisecond), time.Now().Add(patience)
	defer poll.Stop()
	for runtime.NumGoroutine() > n {
		if <-poll.C; time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			tb.Fatalf("%d goroutines, want %d:\n%s", runtime.NumGoroutine(), n, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
