package engine

import (
	"context"
	"log/slog"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// spinSQL computes for minutes without touching the storage, and slower than that with it.
const spinSQL = `FOR $i IN 0..1000000000 { LET $x = $i * 2 }`

func openFor(tb testing.TB, l Limits) (*Engine, *kv.DB) {
	tb.Helper()
	m, err := shared()
	require.NoError(tb, err)
	db := kv.New(kv.NewMemory())
	e, err := OpenWithin(context.Background(), m, db, l, slog.New(slog.DiscardHandler))
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, e.Close(context.Background())) })
	return e, db
}

// counting is a clock that goes on by a millisecond whenever it is asked. So what takes too long does because of what
// it does, not because the machine is slow: each step of the loop, each access to the storage and each safepoint asks it.
type counting struct{ asked atomic.Int64 }

func (c *counting) now() time.Time { return time.UnixMilli(c.asked.Add(1)) }

// elapsed is the time since the first question.
func (c *counting) elapsed() time.Duration { return time.Duration(c.asked.Load()) * time.Millisecond }

func TestALongStatementTimesOutAndWritesNothing(t *testing.T) {
	t.Parallel()
	// What comes before them asks for the time a few hundred times, and so does no step of the loop that does not compute.
	const limit = 2 * time.Second
	late, stuck := []error{surreal.ErrTimeout}, []error{surreal.ErrTimeout, surreal.ErrLost, ErrBroken}
	for name, tt := range map[string]struct {
		sql  string
		want []error
	}{
		"nested reads":         {`CREATE row:a; SELECT id, (SELECT count(), (SELECT * FROM slow) FROM slow GROUP ALL) FROM slow`, late},
		"writes":               {`FOR $i IN 0..1000000000 { CREATE row SET n = $i }`, late},
		"a transaction":        {`BEGIN; CREATE row:a; FOR $i IN 0..1000000000 { CREATE row SET n = $i }; COMMIT`, late},
		"an update":            {`UPDATE slow SET n = count(SELECT *, (SELECT * FROM slow) FROM slow)`, late},
		"computing":            {spinSQL, stuck},
		"computing in between": {`BEGIN; CREATE row:a; UPDATE slow SET n = 1 RETURN NONE; ` + spinSQL + `; COMMIT`, stuck},
		"recursion": {
			`DEFINE FUNCTION fn::f($n: int) { RETURN IF $n <= 1 { 1 } ELSE { fn::f($n - 1) + fn::f($n - 2) } }; RETURN fn::f(50)`, stuck,
		},
		"closures": {`RETURN array::range(0..1000).map(|$a| array::range(0..1000).map(|$b| array::range(0..1000).map(|$c| $a * $b * $c)))`, stuck},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, memory := context.Background(), kept{kv.NewMemory()}
			prepare(t, memory, `DEFINE TABLE row; CREATE |slow:200| SET n = 0 RETURN NONE`)
			m, err := shared()
			require.NoError(t, err)
			db := kv.New(memory)
			l, clock := Limits{Statement: limit}.complete(), &counting{}
			l.now = clock.now
			e, err := openWithin(ctx, m, db, l, slog.New(slog.DiscardHandler))
			require.NoError(t, err)
			s := connect(t, e)
			before := clock.elapsed()
			_, err = s.Query(ctx, tt.sql, nil)
			took := clock.elapsed() - before
			requireKinds(t, err, tt.want...)
			if took < limit {
				t.Errorf("ended after %v of %v", took, limit)
			}
			require.Equal(t, 1, query[int](t, s, `RETURN 1`, nil), "the engine goes on")
			restarts := 0
			if len(tt.want) == len(stuck) {
				restarts = 1
			}
			if n := e.Stats().Restarts; n != restarts {
				t.Errorf("%d restarts, want %d", n, restarts)
			}
			require.Zero(t, db.Live(), "transactions that are open")
			require.NoError(t, e.Close(ctx))

			s = connect(t, open(t, m, kv.New(memory)))
			rows := query[[]any](t, s, `SELECT * FROM row`, nil)
			if name == "nested reads" {
				// A statement of its own, which had ended.
				require.Len(t, rows, 1)
			} else {
				require.Empty(t, rows)
			}
			if n := query[int](t, s, `RETURN math::sum(SELECT VALUE n FROM slow)`, nil); n != 0 {
				t.Errorf("an update of %d rows was stored", n)
			}
		})
	}
}

// prepare runs statements that the limits of a test are not meant for.
func prepare(t *testing.T, b kv.Backend, sql string) {
	t.Helper()
	m, err := shared()
	require.NoError(t, err)
	e := begin(t, m, kv.New(b))
	query[any](t, connect(t, e), sql, nil)
	require.NoError(t, e.Close(context.Background()))
}

// The limit is that of a statement: the others that run at the same time are none the wiser, and neither are
// many short ones in a row.
func TestATimeoutOfOneStatementIsNotAnothers(t *testing.T) {
	t.Parallel()
	const limit, steps = time.Second, 4
	memory := kept{kv.NewMemory()}
	prepare(t, memory, `CREATE |slow:300| SET n = 0 RETURN NONE; CREATE counter:one SET n = 0`)
	m, err := shared()
	require.NoError(t, err)
	// The clock goes on only while no short statement runs.
	var elapsed atomic.Int64
	l := Limits{Statement: limit}.complete()
	l.now = func() time.Time { return time.Unix(0, elapsed.Load()) }
	e, err := openWithin(context.Background(), m, kv.New(memory), l, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer func() { require.NoError(t, e.Close(context.Background())) }()
	long, short := connect(t, e), connect(t, e)
	failed := make(chan error, 1)
	go func() {
		_, err := long.Query(context.Background(), `UPDATE slow SET n = count(SELECT *, (SELECT * FROM slow) FROM slow)`, nil)
		failed <- err
	}()
	awaitInFlight(t, e)
	for n := 1; ; n++ {
		query[any](t, short, `UPDATE counter:one SET n += 1`, nil)
		elapsed.Add(int64(limit / steps))
		select {
		case err := <-failed:
			requireKinds(t, err, surreal.ErrTimeout)
			if got := query[[]int](t, short, `SELECT VALUE n FROM counter:one`, nil); len(got) != 1 || got[0] != n {
				t.Errorf("counted %v, want %d", got, n)
			}
			if n <= steps {
				t.Errorf("it ended after %d of %d steps to its limit", n, steps)
			}
			return
		default:
		}
	}
}

func TestCloseEndsAStatementThatComputes(t *testing.T) {
	t.Parallel()
	m, err := shared()
	require.NoError(t, err)
	e := begin(t, m, kv.New(kv.NewMemory()))
	s := connect(t, e)
	failed := make(chan error, 1)
	go func() {
		_, err := s.Query(context.Background(), spinSQL, nil)
		failed <- err
	}()
	awaitInFlight(t, e)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	// The statement does not end by itself: it is ended, or this does not return.
	require.NoError(t, e.Close(ctx))
	requireKinds(t, <-failed, ErrClosed, surreal.ErrLost)
}

// A garbage collection stops every goroutine for a moment, the module's as well.
func TestAStatementThatComputesDoesNotHoldUpTheProcess(t *testing.T) {
	t.Parallel()
	m, err := shared()
	require.NoError(t, err)
	e := begin(t, m, kv.New(kv.NewMemory()))
	s := connect(t, e)
	failed := make(chan error, 1)
	go func() {
		_, err := s.Query(context.Background(), spinSQL, nil)
		failed <- err
	}()
	awaitInFlight(t, e)
	var worst time.Duration
	const collections = 5
	for range collections {
		started := time.Now()
		runtime.GC()
		worst = max(worst, time.Since(started))
	}
	t.Logf("the longest of %d collections took %v", collections, worst)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.NoError(t, e.Close(ctx))
	// It ran until then: nothing else would have ended it.
	requireKinds(t, <-failed, ErrClosed, surreal.ErrLost)
}
