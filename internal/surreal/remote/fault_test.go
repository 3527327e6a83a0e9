package remote_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/remote"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

type (
	rpc   = rpcserver.Server
	fault = rpcserver.Fault
)

const (
	none   = rpcserver.FaultNone
	before = rpcserver.FaultCutBefore
	after  = rpcserver.FaultCutAfter
	hold   = rpcserver.FaultHold
	refuse = rpcserver.FaultRefuse
	expire = rpcserver.FaultExpire
)

// faulty has queries that end with a word in a comment suffer a fault, and counts how often each arrives.
func faulty(server *rpc, faults map[string]fault) *arrivals {
	a := &arrivals{counts: map[string]int{}}
	server.SetFaults(func(_, sql string) fault {
		_, word, ok := strings.Cut(sql, "-- ")
		if !ok {
			return none
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.counts[word]++
		return faults[word]
	})
	return a
}

type arrivals struct {
	mu     sync.Mutex
	counts map[string]int
}

func (a *arrivals) of(word string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.counts[word]
}

// keys are the ids of a table's rows.
func keys(t *testing.T, c surreal.Conn, table string) []string {
	t.Helper()
	var out []string
	require.NoError(t, query(t, c, "RETURN array::sort(SELECT VALUE id.id() FROM type::table($t))", map[string]any{"t": table}).Last(&out))
	return out
}

func TestCuts(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		c := connect(t, dial(t, url, remote.Options{}), "cuts")
		query(t, c, "DEFINE TABLE row", nil)
		seen := faulty(server, map[string]fault{"before": before, "after": after, "refuse": refuse})
		for word, want := range map[string]error{"before": surreal.ErrLost, "after": surreal.ErrLost, "refuse": surreal.ErrUnreachable} {
			_, err := c.Query(t.Context(), "CREATE row:"+word+" RETURN NONE -- "+word, nil)
			require.ErrorIs(t, err, want, word)
			require.NotErrorIs(t, err, surreal.ErrTimeout)
			require.Equal(t, 1, seen.of(word), word)
		}
		require.Equal(t, []string{"after"}, keys(t, c, "row"))
	})
}

func TestRequestTimeout(t *testing.T) {
	t.Parallel()
	eachOf(t, rpcserver.Options{}, func(t *testing.T, server *rpc, url string) {
		s := dialAs(t, url, remote.Options{RequestTimeout: brief})
		c := connect(t, s, "slow")
		query(t, c, "DEFINE TABLE row", nil)
		seen := faulty(server, map[string]fault{"hold": hold})
		_, err := c.Query(t.Context(), "CREATE row:a -- hold", nil)
		require.ErrorIs(t, err, surreal.ErrTimeout)
		require.ErrorIs(t, err, surreal.ErrLost)
		require.NotErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorContains(t, err, "RequestTimeout")
		require.Equal(t, 1, seen.of("hold"))
		require.Equal(t, []string{"a"}, keys(t, c, "row"))
	})
}

func TestCallerGivesUp(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		s := dial(t, url, remote.Options{PoolSize: 1})
		c := connect(t, s, "patience")
		query(t, c, "RETURN 1", nil)
		dialled := s.Stats().Dialled
		faulty(server, map[string]fault{"hold": hold})
		for i := range 3 {
			ctx, cancel := context.WithCancel(t.Context())
			got := make(chan error, 1)
			go func() { _, err := c.Query(ctx, "RETURN 1 -- hold", nil); got <- err }()
			require.NoError(t, server.AwaitHeld(t.Context(), 1))
			cancel()
			err := <-got
			require.ErrorIs(t, err, context.Canceled)
			require.ErrorIs(t, err, surreal.ErrLost)
			if i == 1 {
				server.Release() // the late answer comes, and is dropped
			}
			// Others use the same connection meanwhile.
			var n int
			require.NoError(t, query(t, c, "RETURN $n", map[string]any{"n": i}).Last(&n))
			require.Equal(t, i, n)
			server.Release()
			require.NoError(t, server.AwaitHeld(t.Context(), 0))
		}
		if !strings.HasPrefix(url, "http") { // there a request that is given up ends its connection
			require.Equal(t, dialled, s.Stats().Dialled)
		}
		eventually(t, "nothing in flight", func() bool { return s.Stats().InFlight == 0 })
		// Who gives up before anything is sent has lost nothing.
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := c.Query(ended, "RETURN 1", nil)
		require.ErrorIs(t, err, context.Canceled)
		require.NotErrorIs(t, err, surreal.ErrLost)
	})
}

func TestServerGoesAwayAndComesBack(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		s := dial(t, url, remote.Options{})
		c := connect(t, s, "back")
		query(t, c, "DEFINE TABLE row", nil)
		for i := range 3 {
			server.Stop()
			// The idle connections are noticed, so that a query waits for a new one.
			eventually(t, "no connections", func() bool { return s.Stats().Connections == 0 })
			got := make(chan error, 1)
			go func() {
				_, err := c.Query(t.Context(), fmt.Sprintf("CREATE row:%d -- w%d", i, i), nil)
				got <- err
			}()
			eventually(t, "a query that waits", func() bool { st := s.Stats(); return st.Waiting+st.Connections+st.InFlight > 0 })
			seen := faulty(server, nil)
			require.NoError(t, server.Resume(t.Context()))
			require.NoError(t, <-got)
			require.Equal(t, 1, seen.of(fmt.Sprintf("w%d", i)))
		}
		var n int
		require.NoError(t, query(t, c, "RETURN count(SELECT * FROM row)", nil).Last(&n))
		require.Equal(t, 3, n)
	})
}

func TestServerStaysAway(t *testing.T) {
	t.Parallel()
	eachOf(t, rpcserver.Options{}, func(t *testing.T, server *rpc, url string) {
		s := dialAs(t, url, remote.Options{ConnectTimeout: brief})
		c := connect(t, s, "away")
		query(t, c, "RETURN 1", nil)
		server.Stop()
		eventually(t, "no connections", func() bool { return s.Stats().Connections == 0 })
		start := time.Now()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				_, err := c.Query(context.Background(), "RETURN 1", nil)
				if !errors.Is(err, surreal.ErrUnreachable) || errors.Is(err, surreal.ErrLost) || errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
		}
		ctx, cancel := context.WithCancel(context.Background())
		all.Go(func() {
			_, err := c.Query(ctx, "RETURN 1", nil)
			if !errors.Is(err, context.Canceled) || errors.Is(err, surreal.ErrLost) {
				t.Error(err)
			}
		})
		cancel()
		all.Wait()
		require.GreaterOrEqual(t, time.Since(start), time.Second, "it was tried again")
		require.NoError(t, server.Resume(t.Context()))
		query(t, c, "RETURN 1", nil)
	})
}

func TestExpiredSignIn(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		s := dial(t, url, remote.Options{})
		c := connect(t, s, "expired")
		query(t, c, "DEFINE TABLE row", nil)
		var expired atomic.Int64
		server.SetFaults(func(_, sql string) fault {
			if strings.Contains(sql, "CREATE") && expired.Add(-1) >= 0 {
				return expire
			}
			return none
		})
		// Refused unread, it is sent again.
		expired.Store(1)
		query(t, c, "CREATE row:a", nil)
		require.Equal(t, []string{"a"}, keys(t, c, "row"))
		// Once.
		expired.Store(2)
		_, err := c.Query(t.Context(), "CREATE row:b", nil)
		require.ErrorIs(t, err, surreal.ErrDenied)
		query(t, c, "CREATE row:c", nil)
		require.Equal(t, []string{"a", "c"}, keys(t, c, "row"))
		// With a token alone there is no way on.
		server.SetFaults(nil)
		limited := connect(t, dial(t, url, remote.Options{Token: signIn(t, server)}), "expired")
		query(t, limited, "RETURN 1", nil)
		server.SetFaults(func(_, sql string) fault {
			if sql == "" {
				return none
			}
			return expire
		})
		_, err = limited.Query(t.Context(), "RETURN 1", nil)
		require.ErrorIs(t, err, surreal.ErrDenied)
	})
}

func TestTooLarge(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		s := dial(t, url, remote.Options{MaxMessageBytes: 100_000, PoolSize: 1})
		c := connect(t, s, "large")
		query(t, c, "DEFINE TABLE row", nil)
		dialled := s.Stats().Dialled
		seen := faulty(server, map[string]fault{"hold": hold})
		_, err := c.Query(t.Context(), "RETURN $x -- request", map[string]any{"x": make([]byte, 100_000)})
		require.ErrorIs(t, err, surreal.ErrTooLarge)
		require.NotErrorIs(t, err, surreal.ErrLost)
		require.ErrorContains(t, err, "MaxMessageBytes")
		require.Zero(t, seen.of("request"))

		// Another waits on the same connection for its answer.
		other := make(chan error, 1)
		go func() { _, err := c.Query(t.Context(), "RETURN 1 -- hold", nil); other <- err }()
		require.NoError(t, server.AwaitHeld(t.Context(), 1))
		if strings.HasPrefix(url, "http") { // there it has a connection of its own
			server.Release()
			require.NoError(t, <-other)
		}
		_, err = c.Query(t.Context(), "CREATE row:a; RETURN string::repeat('x', 900000)", nil)
		require.ErrorIs(t, err, surreal.ErrTooLarge)
		require.ErrorIs(t, err, surreal.ErrLost)
		require.ErrorContains(t, err, "MaxMessageBytes")
		query(t, c, "RETURN 1", nil)
		if !strings.HasPrefix(url, "http") {
			server.Release()
			require.NoError(t, <-other)
		}
		require.Equal(t, []string{"a"}, keys(t, c, "row"))
		if !strings.HasPrefix(url, "http") { // there the rest of the answer is not read
			require.Equal(t, dialled, s.Stats().Dialled)
		}
		// As large as it may be.
		var out []byte
		require.NoError(t, query(t, c, "RETURN $x", map[string]any{"x": make([]byte, 99_000)}).Last(&out))
		require.Len(t, out, 99_000)
	})
}

// One connection serves several databases in turn, and an answer that never comes keeps none of them out.
func TestOneConnection(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := dial(t, server.URL("ws"), remote.Options{PoolSize: 1})
	names := []string{"a", "b", "c"}
	mark(t, s, "test", names...)
	check := func(name string) error {
		out, err := connect(t, s, name).Query(context.Background(), readMark, nil)
		if err != nil {
			return err
		}
		var got string
		if err := out.Last(&got); err != nil || got != name {
			return fmt.Errorf("%q in %q: %v", got, name, err)
		}
		return nil
	}
	var all sync.WaitGroup
	for i := range 30 {
		all.Go(func() {
			for range 3 {
				if err := check(names[i%len(names)]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	stats := s.Stats()
	require.EqualValues(t, 1, stats.Dialled)
	require.Greater(t, stats.Switched, int64(2))

	faulty(server, map[string]fault{"hold": hold})
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error, 1)
	go func() { _, err := connect(t, s, "a").Query(ctx, "RETURN 1 -- hold", nil); got <- err }()
	require.NoError(t, server.AwaitHeld(t.Context(), 1))
	// While somebody waits for that answer, nobody else can have the connection.
	_, err := connect(t, s, "b").Query(within(t, 50*time.Millisecond), readMark, nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NotErrorIs(t, err, surreal.ErrLost)
	require.NoError(t, check("a"))
	cancel()
	require.ErrorIs(t, <-got, context.Canceled)
	require.NoError(t, check("b"))
	require.EqualValues(t, 2, s.Stats().Dialled)
}

// A query that its caller gave up before the server began it still runs in its own database.
func TestLateQueryRunsInItsDatabase(t *testing.T) {
	t.Parallel()
	server := serve(t)
	s := dial(t, server.URL("ws"), remote.Options{PoolSize: 1})
	mark(t, s, "test", "a", "b")
	begun, gate := make(chan struct{}), make(chan struct{})
	server.SetFaults(func(_, sql string) fault {
		if strings.HasPrefix(sql, "CREATE row") {
			close(begun)
			<-gate
		}
		return none
	})
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error, 1)
	go func() { _, err := connect(t, s, "a").Query(ctx, "CREATE row:late", nil); got <- err }()
	<-begun
	cancel()
	require.ErrorIs(t, <-got, surreal.ErrLost)
	query(t, connect(t, s, "b"), "RETURN 1", nil)
	close(gate)
	server.Stop() // waits for what runs
	require.NoError(t, server.Resume(t.Context()))
	eventually(t, "the cut connection is noticed", func() bool { return s.Stats().Connections == 0 })
	require.Equal(t, []string{"late"}, keys(t, connect(t, s, "a"), "row"))
	require.Empty(t, keys(t, connect(t, s, "b"), "row"))
}

func TestPoolIsFull(t *testing.T) {
	t.Parallel()
	server := serveTo(t, rpcserver.Options{})
	s := dialAs(t, server.URL("ws"), remote.Options{PoolSize: 1, ConnectTimeout: brief})
	a, b := connect(t, s, "a"), connect(t, s, "b")
	query(t, a, "RETURN 1", nil)
	faulty(server, map[string]fault{"hold": hold})
	got := make(chan error, 1)
	go func() { _, err := a.Query(t.Context(), "RETURN 1 -- hold", nil); got <- err }()
	require.NoError(t, server.AwaitHeld(t.Context(), 1))
	_, err := b.Query(t.Context(), "RETURN 1", nil)
	require.ErrorIs(t, err, surreal.ErrUnreachable)
	require.ErrorContains(t, err, "PoolSize")
	server.Release()
	require.NoError(t, <-got)
	query(t, b, "RETURN 1", nil)
}

// Whatever fails, a query runs in its own database, at most once, and what was acknowledged is there.
func TestDatabasesStayApart(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		s := dial(t, url, remote.Options{PoolSize: 3, RequestTimeout: 20 * time.Second})
		names := []string{"d0", "d1", "d2", "d3", "d4"}
		mark(t, s, "test", names...)
		var faultMu sync.Mutex
		faults := rand.New(rand.NewPCG(seed, 0))
		server.SetFaults(func(method, sql string) fault {
			faultMu.Lock()
			defer faultMu.Unlock()
			switch faults.IntN(40) {
			case 0:
				return before
			case 1:
				return after
			case 2:
				return refuse
			case 3:
				if method == "query" {
					return hold
				}
			}
			return none
		})
		// Held answers are let go from time to time, and connections cut.
		stop := make(chan struct{})
		var disturbing, all sync.WaitGroup
		disturbing.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			tick := time.NewTicker(20 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-tick.C:
					server.Release()
					if r.IntN(10) == 0 {
						server.Cut()
					}
				case <-stop:
					return
				}
			}
		})
		type write struct{ name, key string }
		var mu sync.Mutex
		acknowledged, unknown, refused := map[write]bool{}, map[write]bool{}, map[write]bool{}
		var answers atomic.Int64
		const workers, each = 24, 12
		for w := range workers {
			all.Go(func() {
				r := rand.New(rand.NewPCG(seed, uint64(w)+2))
				for n := range each {
					name := names[r.IntN(len(names))]
					id := write{name, fmt.Sprintf("w%dn%d", w, n)}
					ctx, cancel := context.WithCancel(context.Background())
					if r.IntN(6) == 0 {
						timer := time.AfterFunc(rand.N(30*time.Millisecond), cancel)
						defer timer.Stop()
					}
					out, err := connect(t, s, name).Query(ctx, readMark+"; CREATE row SET key = $key, at = (SELECT VALUE name FROM ONLY marker:here)", map[string]any{"key": id.key})
					cancel()
					var got string
					if err == nil {
						answers.Add(1)
						if err := out.Into(0, &got); err != nil || got != name {
							t.Errorf("in %s: %q, %v", name, got, err)
						}
					}
					mu.Lock()
					switch {
					case err == nil:
						acknowledged[id] = true
					case errors.Is(err, surreal.ErrLost):
						unknown[id] = true
					case errors.Is(err, surreal.ErrUnreachable), errors.Is(err, surreal.ErrConflict), errors.Is(err, context.Canceled):
						refused[id] = true
					default:
						t.Errorf("in %s: %v", name, err)
					}
					mu.Unlock()
				}
			})
		}
		all.Wait()
		close(stop)
		disturbing.Wait()
		server.SetFaults(nil)
		server.Release()
		require.NoError(t, server.AwaitHeld(t.Context(), 0))
		t.Logf("%d answered, %d unknown, %d not sent; %+v", len(acknowledged), len(unknown), len(refused), s.Stats())
		require.NotZero(t, len(acknowledged))
		// What was cut may still run: the server waits for that when it stops.
		server.Stop()
		require.NoError(t, server.Resume(t.Context()))
		for _, name := range names {
			var rows []struct {
				Key string `cbor:"key"`
				At  string `cbor:"at"`
			}
			read := func() error {
				out, err := connect(t, s, name).Query(t.Context(), "SELECT key, at FROM row", nil)
				if err == nil {
					err = out.Last(&rows)
				}
				return err
			}
			require.NoError(t, surreal.Repeat(t.Context(), surreal.Backoff{}, read))
			seen := map[write]bool{}
			for _, row := range rows {
				id := write{name, row.Key}
				if row.At != name || seen[id] || refused[id] || !acknowledged[id] && !unknown[id] {
					t.Errorf("%+v in %s: twice %v, refused %v", row, name, seen[id], refused[id])
				}
				seen[id] = true
			}
			for id := range acknowledged {
				if id.name == name && !seen[id] {
					t.Errorf("%+v was acknowledged and is not there", id)
				}
			}
		}
	})
}

func TestClose(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		s, err := remote.Dial(t.Context(), url, remote.Options{User: root, Password: secret, PoolSize: 1})
		require.NoError(t, err)
		a, b := connect(t, s, "a"), connect(t, s, "b")
		query(t, b, "RETURN 1", nil)
		query(t, a, "RETURN 1", nil)
		faulty(server, map[string]fault{"hold": hold})
		sent, waiting, closed := make(chan error, 1), make(chan error, 1), make(chan error, 1)
		go func() { _, err := a.Query(t.Context(), "RETURN 1 -- hold", nil); sent <- err }()
		require.NoError(t, server.AwaitHeld(t.Context(), 1))
		go func() { _, err := b.Query(t.Context(), "RETURN 1", nil); waiting <- err }()
		eventually(t, "a query that waits", func() bool { st := s.Stats(); return st.Waiting > 0 || st.InFlight > 1 })
		go func() { closed <- s.Close(context.Background()) }()
		require.ErrorIs(t, <-waiting, remote.ErrClosed)
		// Close waits for the one that was sent.
		select {
		case err := <-closed:
			t.Fatalf("closed: %v", err)
		case err := <-sent:
			t.Fatalf("ended: %v", err)
		default:
		}
		server.Release()
		require.NoError(t, <-sent)
		require.NoError(t, <-closed)
		require.NoError(t, s.Close(t.Context()))
		_, err = a.Query(t.Context(), "RETURN 1", nil)
		require.ErrorIs(t, err, remote.ErrClosed)
		_, err = s.Version(t.Context())
		require.ErrorIs(t, err, remote.ErrClosed)
		_, err = s.Connect(t.Context(), "a", "b")
		require.ErrorIs(t, err, remote.ErrClosed)
		require.ErrorIs(t, a.Use(t.Context(), "a", "b"), remote.ErrClosed)
	})
}

func TestCloseInAHurry(t *testing.T) {
	require.NoError(t, (*remote.Server)(nil).Close(t.Context()))
	each(t, func(t *testing.T, server *rpc, url string) {
		s, err := remote.Dial(t.Context(), url, remote.Options{User: root, Password: secret, PoolSize: 4})
		require.NoError(t, err)
		faulty(server, map[string]fault{"hold": hold})
		got := make(chan error, 4)
		for i := range 4 {
			c := connect(t, s, fmt.Sprint("d", i))
			query(t, c, "RETURN 1", nil)
			go func() { _, err := c.Query(context.Background(), "RETURN 1 -- hold", nil); got <- err }()
		}
		require.NoError(t, server.AwaitHeld(t.Context(), 4))
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		require.NoError(t, s.Close(ended))
		for range 4 {
			require.ErrorIs(t, <-got, surreal.ErrLost)
		}
	})
}

func TestLeavesNothingBehind(t *testing.T) {
	// Not parallel: it counts goroutines.
	e := enginetest.Open(t)
	start := runtime.NumGoroutine()
	for _, scheme := range schemes {
		server, err := rpcserver.Start(t.Context(), e, rpcserver.Options{})
		require.NoError(t, err)
		faulty(server, map[string]fault{"hold": hold, "before": before})
		s, err := remote.Dial(t.Context(), server.URL(scheme), remote.Options{})
		require.NoError(t, err)
		var all sync.WaitGroup
		for i := range 50 {
			c := connect(t, s, fmt.Sprint("d", i%5))
			all.Go(func() {
				switch i % 5 {
				case 0: // given up while held
					ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
					defer cancel()
					_, _ = c.Query(ctx, "RETURN 1 -- hold", nil)
				case 1: // cut
					_, _ = c.Query(context.Background(), "RETURN 1 -- before", nil)
				default:
					_, _ = c.Query(context.Background(), "RETURN 1", nil)
				}
			})
		}
		all.Wait()
		server.Cut()
		// A query on a connection whose end is not noticed yet is lost, and takes that connection out of the pool.
		c := connect(t, s, "d0")
		eventually(t, "a query on a new connection", func() bool {
			_, err := c.Query(t.Context(), "RETURN 1", nil)
			if !errors.Is(err, surreal.ErrLost) {
				require.NoError(t, err)
			}
			return err == nil
		})
		require.NoError(t, s.Close(t.Context()))
		require.NoError(t, server.Close(t.Context()))
		eventually(t, "no goroutine left", func() bool { return runtime.NumGoroutine() <= start })
	}
}
