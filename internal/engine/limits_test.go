package engine

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

func openLimited(tb testing.TB, l limits) *Engine {
	tb.Helper()
	m, err := shared()
	require.NoError(tb, err)
	e, err := openWithin(context.Background(), m, kv.New(kv.NewMemory()), l, slog.New(slog.DiscardHandler))
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, e.Close(context.Background())) })
	return e
}

// idleEngine has no module: it tests who is admitted, which a running one is too fast for.
func idleEngine(tb testing.TB, inFlight int64) *Engine {
	tb.Helper()
	l := Limits{}.complete()
	l.inFlight = inFlight
	e := newUnstarted(nil, kv.New(kv.NewMemory()), l)
	tb.Cleanup(func() { require.NoError(tb, e.db.Close()) })
	return e
}

func TestRequestsAreAdmittedInOrderWithinTheBudget(t *testing.T) {
	t.Parallel()
	e := idleEngine(t, 100)
	payload := func(n int) []byte { return make([]byte, n) }
	require.NoError(t, e.admit(context.Background(), payload(60)))
	type admitted struct {
		n   int
		err error
	}
	order := make(chan admitted, 3)
	wait := func(ctx context.Context, n int) {
		go func() { order <- admitted{n, e.admit(ctx, payload(n))} }()
		// In the queue once it keeps out even the smallest.
		require.Eventually(t, func() bool {
			if !e.budget.TryAcquire(1) {
				return true
			}
			e.budget.Release(1)
			return false
		}, patience, time.Millisecond)
	}
	impatient, leave := context.WithCancel(context.Background())
	wait(impatient, 80)
	soon, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := e.admit(soon, payload(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a small request overtook a large one: %v", err)
	}
	leave()
	if got := <-order; !errors.Is(got.err, context.Canceled) {
		t.Errorf("the request whose context ended: %v", got.err)
	}
	// Its place is free: what fits goes in.
	require.NoError(t, e.admit(context.Background(), payload(40)))
	wait(context.Background(), 100)
	e.dismiss(payload(60))
	select {
	case got := <-order:
		t.Errorf("%d bytes were admitted beside 40", got.n)
	default:
	}
	e.dismiss(payload(40))
	if got := <-order; got.err != nil || got.n != 100 {
		t.Errorf("a request as large as the budget, alone: %v", got.err)
	}
	wait(context.Background(), 1)
	e.close()
	if got := <-order; !errors.Is(got.err, ErrClosed) {
		t.Errorf("a request that waited while the engine closed: %v", got.err)
	}
}

func TestLargeRequestsDoNotRunTogether(t *testing.T) {
	t.Parallel()
	const size, callers = 4 << 20, 8
	use := func(inFlight int64) int64 {
		l := Limits{}.complete()
		l.inFlight = inFlight
		e := openLimited(t, l)
		s := connect(t, e)
		text := strings.Repeat("x", size)
		var wg sync.WaitGroup
		for range callers {
			wg.Go(func() {
				err := surreal.Retry(context.Background(), surreal.Backoff{Attempts: 100}, func() error {
					_, err := s.Query(context.Background(), `CREATE row SET text = $text RETURN NONE`, map[string]any{"text": text})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := query[int](t, s, `RETURN count(SELECT VALUE id FROM row)`, nil); n != callers {
			t.Errorf("%d rows of %d", n, callers)
		}
		if !e.budget.TryAcquire(inFlight) {
			t.Error("something of the budget was not given back")
		}
		e.budget.Release(inFlight)
		return e.Stats().WasmBytes
	}
	one, all := use(size+4096), use(2*callers*size)
	t.Logf("one at a time %d MiB, all together %d MiB", one>>20, all>>20)
	if one >= all {
		t.Errorf("one at a time they take as much as all together: %d and %d bytes", one, all)
	}
}
