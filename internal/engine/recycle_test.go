package engine

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// writeLarge creates n rows of size bytes, all at once. Nobody may see an error but a conflict over the table
// that the first of them defines.
func writeLarge(t *testing.T, s *Session, n, size int) {
	t.Helper()
	text := strings.Repeat("x", size)
	query[any](t, s, `DEFINE TABLE OVERWRITE row`, nil)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			err := surreal.Retry(context.Background(), surreal.Backoff{Attempts: 100}, func() error {
				_, err := s.Query(context.Background(), `CREATE type::record('row', $id) SET text = $text RETURN NONE`,
					map[string]any{"id": fmt.Sprint(i), "text": text})
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := query[int](t, s, `RETURN count(SELECT VALUE id FROM row)`, nil); got != n {
		t.Errorf("%d rows of %d", got, n)
	}
}

func TestAnIdleInstanceGivesItsMemoryBack(t *testing.T) {
	t.Parallel()
	const bound = 32 << 20
	e, _ := openFor(t, Limits{Memory: bound})
	s := connect(t, e)
	writeLarge(t, s, 6, 4<<20)
	query[any](t, s, `RETURN 1`, nil)
	if got := e.Stats(); got.WasmBytes >= bound || got.Recycles == 0 || got.Restarts != 0 {
		t.Errorf("%+v, want less than %d bytes after a recycle", got, bound)
	}
}

// Without a recycle they would need several times as much.
func TestFurtherRequestsWaitForTheNextInstance(t *testing.T) {
	t.Parallel()
	l := Limits{Memory: 1 << 40}.complete()
	l.inFlight, l.hold = 3*(4<<20), 64<<20
	e := openLimited(t, l)
	writeLarge(t, connect(t, e), 16, 4<<20)
	if got := e.Stats(); got.WasmBytes >= 2*l.hold || got.Recycles == 0 || got.Restarts != 0 {
		t.Errorf("%+v, want at least one recycle", got)
	}
}

func TestHundredsOfMegabytesAreGivenBack(t *testing.T) {
	if !testsize.Long() {
		t.Skip("800 MB of memory: set SPECTRON_LONG")
	}
	// Not parallel: it measures the Go heap of the process, which the module's memory is a part of.
	e, _ := openFor(t, Limits{Memory: 256 << 20})
	s := connect(t, e)
	query[any](t, s, `DEFINE TABLE row`, nil)
	before := liveHeap()
	text := strings.Repeat("x", 32<<20)
	out, err := s.Query(context.Background(), `RETURN [string::len($a), string::len($b)]; LET $c = [$a, $b, $a]; RETURN $c.map(|$t| string::len(string::uppercase($t)))`,
		map[string]any{"a": text, "b": text[:16<<20]})
	require.NoError(t, err)
	var lengths []int
	require.NoError(t, out.Last(&lengths))
	require.Equal(t, []int{32 << 20, 16 << 20, 32 << 20}, lengths)
	require.Equal(t, 1, query[int](t, s, `RETURN 1`, nil), "after the recycle")
	got := e.Stats()
	if got.Recycles != 1 || got.WasmBytes > 16<<20 {
		t.Errorf("%+v, want one recycle and a small instance", got)
	}
	if after := liveHeap(); int64(after)-int64(before) > 16<<20 {
		t.Errorf("Go heap: %d MiB, then %d", before>>20, after>>20)
	}
}

// An instance in which a transaction of several requests is open is kept.
func TestAnOpenTransactionPutsARecycleOff(t *testing.T) {
	t.Parallel()
	l := Limits{Memory: 1 << 40}.complete()
	for _, tt := range []struct {
		size         int64
		transactions int
		spent        bool
	}{
		{l.Memory - 1, 0, l.Memory > l.hold},
		{l.hold - 1, 0, false},
		{l.hold, 0, true},
		{l.hold, 1, true},
	} {
		if got := l.spent(tt.size, tt.transactions); got != tt.spent {
			t.Errorf("%d bytes and %d transactions: %v", tt.size, tt.transactions, got)
		}
	}
	l = Limits{Memory: 32 << 20}.complete()
	if l.spent(l.Memory-1, 0) || !l.spent(l.Memory, 0) || l.spent(l.Memory, 1) {
		t.Error("the bound of an idle instance does not hold")
	}

	e, db := openFor(t, Limits{Memory: 32 << 20})
	ctx, s := context.Background(), connect(t, e)
	query[any](t, s, `DEFINE TABLE row`, nil)
	_, _, err := s.send(ctx, s.place.Load(), "begin")
	require.NoError(t, err)
	require.Positive(t, db.Live())
	text := strings.Repeat("x", 8<<20)
	_, err = s.Query(ctx, `RETURN string::len($a + $a)`, map[string]any{"a": text})
	require.NoError(t, err)
	query[any](t, s, `RETURN 1`, nil)
	if got := e.Stats(); got.Recycles != 0 || got.WasmBytes < 32<<20 || got.Transactions == 0 {
		t.Errorf("%+v, want a large instance that is kept", got)
	}
}

func TestASmallBoundLeavesRoomForAnInstance(t *testing.T) {
	t.Parallel()
	e, _ := openFor(t, Limits{Memory: 1})
	s := connect(t, e)
	for range 10 {
		query[any](t, s, `CREATE row`, nil)
	}
	if got := e.Stats(); got.Recycles != 0 {
		t.Errorf("%+v, want no recycle", got)
	}
}
