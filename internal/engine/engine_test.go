package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/fetch"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// build fetches the pinned build once for all tests of the package.
var build = sync.OnceValues(func() (*fetch.Module, error) {
	return fetch.Wasm(context.Background(), fetch.Options{})
})

// shared compiles it once for those tests that need no handlers of their own.
var shared = sync.OnceValues(func() (*Module, error) {
	b, err := build()
	if err != nil {
		return nil, err
	}
	return Compile(context.Background(), b.Bytes, b.CompilationDir)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if module, err := shared(); err == nil {
		if err := module.Close(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// forever is a limit for statements that no statement reaches, on a machine however slow, and patience is what may not
// end, however busy it is.
const (
	forever  = 10_000 * time.Hour
	patience = 10 * time.Minute
)

// begin opens an engine in which statements, and the storage when it is closed, have as long as they need. The caller
// closes it.
func begin(tb testing.TB, m *Module, db *kv.DB) *Engine {
	tb.Helper()
	l := Limits{Statement: forever}.complete()
	l.grace = forever
	e, err := openWithin(context.Background(), m, db, l, slog.New(slog.DiscardHandler))
	require.NoError(tb, err)
	return e
}

// open is begin for an engine that is closed with the test.
func open(tb testing.TB, m *Module, db *kv.DB) *Engine {
	tb.Helper()
	e := begin(tb, m, db)
	tb.Cleanup(func() { require.NoError(tb, e.Close(context.Background())) })
	return e
}

func newEngine(tb testing.TB) *Engine {
	tb.Helper()
	m, err := shared()
	require.NoError(tb, err)
	return open(tb, m, kv.New(kv.NewMemory()))
}

func connect(tb testing.TB, e *Engine) *Session {
	tb.Helper()
	s, err := e.Connect(context.Background())
	require.NoError(tb, err)
	require.NoError(tb, s.Use(context.Background(), "test", "test"))
	return s
}

// query runs statements and decodes the last result into a T.
func query[T any](tb testing.TB, s *Session, sql string, vars map[string]any) T {
	tb.Helper()
	out, err := s.Query(context.Background(), sql, vars)
	require.NoError(tb, err, sql)
	var v T
	require.NoError(tb, out.Last(&v), sql)
	return v
}

// awaitInFlight returns once a request has reached the module. Those that were answered before do not count.
func awaitInFlight(tb testing.TB, e *Engine) {
	tb.Helper()
	require.Eventually(tb, func() bool { return e.Stats().InFlight > 0 }, patience, time.Millisecond)
}

func TestEveryImportHasAHandlerOrIsKnownToBeAbsent(t *testing.T) {
	t.Parallel()
	m, err := shared()
	require.NoError(t, err)
	have := append(slices.Collect(maps.Keys(imports())), absentImports()...)
	slices.Sort(have)
	want := m.importNames()
	for _, name := range want {
		if n := len(slices.DeleteFunc(slices.Clone(have), func(s string) bool { return s != name })); n != 1 {
			t.Errorf("import %s has %d entries among handlers and absent imports, want one", name, n)
		}
	}
	for _, name := range have {
		if _, ok := slices.BinarySearch(want, name); !ok {
			t.Errorf("%s is not imported by the build", name)
		}
	}
}

func TestQueries(t *testing.T) {
	t.Parallel()
	s := connect(t, newEngine(t))
	type person struct {
		ID   surreal.RecordID `cbor:"id"`
		Name string           `cbor:"name"`
	}
	query[any](t, s, `DEFINE TABLE person; DEFINE TABLE knows TYPE RELATION; DEFINE INDEX name ON person FIELDS name UNIQUE`, nil)
	for _, name := range []string{"alice", "bob", "carol"} {
		query[[]person](t, s, `CREATE person SET id = $name, name = $name`, map[string]any{"name": name})
	}
	query[any](t, s, `RELATE person:alice->knows->person:bob`, nil)
	if got := query[[]string](t, s, `SELECT VALUE ->knows->person.name FROM ONLY person:alice`, nil); !slices.Equal(got, []string{"bob"}) {
		t.Errorf("graph read: %v", got)
	}
	// Reverse scans depend on the host mending the bounds that the storage layer passes.
	got := query[[]person](t, s, `SELECT * FROM person ORDER BY id DESC LIMIT 2`, nil)
	if len(got) != 2 || got[0].ID.String() != "person:carol" || got[1].Name != "bob" {
		t.Errorf("descending: %v", got)
	}
	if got := query[[]person](t, s, `SELECT * FROM person:alice..carol`, nil); len(got) != 2 || got[0].Name != "alice" {
		t.Errorf("range: %v", got)
	}

	for sql, want := range map[string]error{
		`CREATE person:alice SET name = 'other'`:                           surreal.ErrAlreadyExists,
		`CREATE person:dave SET name = 'alice'`:                            surreal.ErrAlreadyExists,
		`SELECT * FROM nowhere`:                                            surreal.ErrNotFound,
		`THROW 'stale'`:                                                    surreal.ErrThrown,
		`BEGIN; CREATE person:eve SET name = 'eve'; THROW 'stale'; COMMIT`: surreal.ErrThrown,
		`RETURN 1 +`: surreal.ErrOther,
	} {
		if _, err := s.Query(context.Background(), sql, nil); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", sql, err, want)
		}
	}
	_, err := s.Query(context.Background(), `BEGIN; CREATE person:eve SET name = 'eve'; THROW 'stale head'; COMMIT`, nil)
	if text, ok := surreal.Thrown(err); !ok || text != "stale head" {
		t.Errorf("thrown %q, %v", text, ok)
	}
	if got := query[[]person](t, s, `SELECT * FROM person:eve`, nil); len(got) != 0 {
		t.Errorf("rolled back, but there: %v", got)
	}
}

// endlessSQL reads again and again, and lets others run meanwhile, until its instance ends. (SurrealDB's sleep
// and TIMEOUT end this build, in any host: it asks Rust for a clock that WebAssembly does not have.)
const endlessSQL = `FOR $i IN 0..1000000000 { LET $x = (SELECT * FROM slow) }`

func TestSessionsHaveTheirOwnDatabase(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), newEngine(t)
	a, b := connect(t, e), connect(t, e)
	require.NoError(t, b.Use(ctx, "test", "other"))
	query[any](t, a, `CREATE thing:x`, nil)
	if _, err := b.Query(ctx, `SELECT * FROM thing`, nil); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("another database sees the table: %v", err)
	}
	require.NoError(t, a.Close(ctx))
	require.NoError(t, a.Close(ctx), "a second Close")
	if _, err := a.Query(ctx, `RETURN 1`, nil); err == nil {
		t.Error("a closed session answers")
	}
}

func TestConcurrentCallers(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	query[any](t, connect(t, e), `DEFINE TABLE counter; CREATE counter:one SET n = 0`, nil)
	const callers, each = 16, 20
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			s := connect(t, e)
			for i := range each {
				err := surreal.Retry(context.Background(), surreal.Backoff{Attempts: 1000}, func() error {
					_, err := s.Query(context.Background(), `UPDATE counter:one SET n += 1; CREATE type::record('row', $id)`,
						map[string]any{"id": fmt.Sprintf("%d-%d", c, i)})
					// The two statements are two transactions: a retry may find the row of the attempt before.
					if errors.Is(err, surreal.ErrAlreadyExists) {
						return nil
					}
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	s := connect(t, e)
	if n := query[[]int](t, s, `SELECT VALUE n FROM counter:one`, nil); len(n) != 1 || n[0] < callers*each {
		t.Errorf("counter is %v, want at least %d", n, callers*each)
	}
	if n := query[int](t, s, `RETURN count(SELECT id FROM row)`, nil); n != callers*each {
		t.Errorf("%d rows, want %d", n, callers*each)
	}
}

// Money moves between accounts in transactions that overlap; none of it may appear or vanish, in the end or
// in any reader's view.
func TestOverlappingTransactionsConflict(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), newEngine(t)
	const accounts, total = 4, 400
	s := connect(t, e)
	for i := range accounts {
		query[any](t, s, `CREATE type::record('account', $i) SET n = $n`, map[string]any{"i": fmt.Sprint(i), "n": total / accounts})
	}
	var conflicts sync.Map
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 1))
			s := connect(t, e)
			for range 25 {
				vars := map[string]any{
					"a": surreal.RecordID{Table: "account", Key: fmt.Sprint(random.IntN(accounts))},
					"b": surreal.RecordID{Table: "account", Key: fmt.Sprint(random.IntN(accounts))},
				}
				err := surreal.Retry(ctx, surreal.Backoff{Attempts: 1000}, func() error {
					_, err := s.Query(ctx, `BEGIN; UPDATE $a SET n -= 1; UPDATE $b SET n += 1; COMMIT`, vars)
					if errors.Is(err, surreal.ErrConflict) {
						conflicts.Store(w, true)
					}
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
				if sum := query[int](t, s, `RETURN math::sum(SELECT VALUE n FROM account)`, nil); sum != total {
					t.Errorf("a reader saw %d of %d", sum, total)
					return
				}
			}
		})
	}
	wg.Wait()
	some := false
	conflicts.Range(func(any, any) bool { some = true; return false })
	if !some {
		t.Error("no transaction ever conflicted: the test does not test")
	}
}

func TestCancelledCallReturnsAtOnceAndHarmsNobody(t *testing.T) {
	t.Parallel()
	m, err := shared()
	require.NoError(t, err)
	e := begin(t, m, kv.New(kv.NewMemory()))
	over, give := context.WithCancel(context.Background())
	give()
	defer func() { require.NoError(t, e.Close(over)) }() // nothing else ends the statement
	slow, other := connect(t, e), connect(t, e)
	ctx, cancel := context.WithCancel(context.Background())
	query[any](t, slow, `CREATE |slow:10| RETURN NONE`, nil)
	returned := make(chan error, 1)
	go func() {
		_, err := slow.Query(ctx, endlessSQL, nil)
		returned <- err
	}()
	awaitInFlight(t, e)
	query[any](t, other, `CREATE early:one`, nil)
	cancel()
	if err := <-returned; !errors.Is(err, context.Canceled) {
		t.Errorf("the cancelled call returned %v", err)
	}
	query[any](t, other, `CREATE early:two`, nil)
	if n := query[int](t, other, `RETURN count(SELECT id FROM early)`, nil); n != 2 {
		t.Errorf("rows of the other caller: %d", n)
	}
	if _, err := other.Query(ctx, `RETURN 1`, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a call with an ended context returned %v", err)
	}
}

func TestCloseLetsRunningRequestsFinish(t *testing.T) {
	t.Parallel()
	m, err := shared()
	require.NoError(t, err)
	memory := &gated{Backend: kept{kv.NewMemory()}, begun: make(chan struct{}), free: make(chan struct{})}
	e := begin(t, m, kv.New(memory))
	s := connect(t, e)
	query[any](t, s, `CREATE |row:100| SET n = 0 RETURN NONE`, nil)
	returned, closed := make(chan error, 1), make(chan error, 1)
	memory.shut.Store(true)
	go func() {
		_, err := s.Query(context.Background(), `FOR $id IN (SELECT VALUE id FROM row) { UPDATE $id SET n += 1 }`, nil)
		returned <- err
	}()
	<-memory.begun
	go func() { closed <- e.Close(context.Background()) }()
	<-e.open.Done() // Close has begun, and the statement has done nothing yet
	close(memory.free)
	require.NoError(t, <-returned, "the request that ran")
	require.NoError(t, <-closed)
	require.NoError(t, e.Close(context.Background()), "a second Close")
	if _, err := s.Query(context.Background(), `RETURN 1`, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("a call after Close returned %v", err)
	}
	var none *Engine
	require.NoError(t, none.Close(context.Background()))
	stored := query[int](t, connect(t, open(t, m, kv.New(memory.Backend))), `RETURN math::sum(SELECT VALUE n FROM row)`, nil)
	require.Equal(t, 100, stored, "the request ran to its end")
}

// gated is a store that lets the first transaction that begins while it is shut wait.
type gated struct {
	kv.Backend
	shut        atomic.Bool
	begun, free chan struct{}
}

func (g *gated) Snapshot() (kv.Snapshot, error) {
	if g.shut.Swap(false) {
		close(g.begun)
		<-g.free
	}
	return g.Backend.Snapshot()
}

func TestCloseGivesUpWhenItsContextEnds(t *testing.T) {
	t.Parallel()
	m, err := shared()
	require.NoError(t, err)
	e := begin(t, m, kv.New(kv.NewMemory()))
	s := connect(t, e)
	query[any](t, s, `CREATE |slow:10| RETURN NONE`, nil)
	returned := make(chan error, 1)
	go func() {
		_, err := s.Query(context.Background(), endlessSQL, nil)
		returned <- err
	}()
	awaitInFlight(t, e)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.NoError(t, e.Close(ctx))
	if err := <-returned; !errors.Is(err, ErrClosed) || !errors.Is(err, surreal.ErrLost) {
		t.Errorf("the request that was given up returned %v", err)
	}
}

func TestRequestLimits(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	if _, err := e.Call(context.Background(), make([]byte, MaxRequest+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("an oversized request: %v", err)
	}
	for _, junk := range [][]byte{nil, {0xff}, []byte("not CBOR"), {0xa0}, {0xf6}} {
		out, err := e.Call(context.Background(), junk)
		if err == nil {
			_, err = surreal.DecodeResponse(out)
		}
		if err == nil {
			t.Errorf("% x was answered", junk)
		}
	}
	if got := query[int](t, connect(t, e), `RETURN 1`, nil); got != 1 {
		t.Error("junk broke the engine")
	}
}

// The host holds values for the module, the module boxes for the host: neither may grow with use.
func TestNothingGrowsWithUse(t *testing.T) {
	// Not parallel: it measures the Go heap of the process.
	e := newEngine(t)
	s := connect(t, e)
	for i := range 10 {
		query[any](t, s, `CREATE type::record('row', $i) SET text = 'first', at = 0`, map[string]any{"i": fmt.Sprint(i)})
	}
	use := func(n int) {
		for i := range n {
			id := surreal.RecordID{Table: "row", Key: fmt.Sprint(i % 10)}
			if i%2 == 0 {
				query[any](t, s, `SELECT * FROM $id`, map[string]any{"id": id})
			} else {
				query[any](t, s, `UPDATE $id SET text = $text, at += 1`, map[string]any{"id": id, "text": strings.Repeat("x", 1000)})
			}
		}
	}
	measure := func() (Stats, uint64) {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return e.Stats(), m.HeapAlloc
	}
	use(testsize.Of(2000))
	before, heapBefore := measure()
	use(testsize.Of(20_000))
	after, heapAfter := measure()
	if after.HeapSlots > before.HeapSlots {
		t.Errorf("heap table: %d slots in use, then %d", before.HeapSlots, after.HeapSlots)
	}
	if after.Transactions > before.Transactions {
		t.Errorf("transactions: %d open, then %d", before.Transactions, after.Transactions)
	}
	if after.WasmBytes > before.WasmBytes {
		t.Errorf("wasm memory: %d bytes, then %d", before.WasmBytes, after.WasmBytes)
	}
	// At full size, a leak of a hundred bytes a statement would be over the bound.
	if heapAfter > heapBefore+2<<20 {
		t.Errorf("Go heap: %d bytes, then %d", heapBefore, heapAfter)
	}
}
