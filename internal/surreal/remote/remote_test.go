package remote_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/remote"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

const (
	root   = "admin-of-all"
	secret = `s3cr3t-'"\` + "`"
)

var schemes = []string{"ws", "http"}

// patience is what may not end, however busy the machine is; brief is what has to end, and leaves time for what comes
// before, which must be no more than a few statements: signing in costs as much as a password is worth.
const (
	patience = 10 * time.Minute
	brief    = 10 * time.Second
)

// serve starts a server over an engine of its own.
func serve(t testing.TB) *rpcserver.Server {
	t.Helper()
	return serveTo(t, rpcserver.Options{User: root, Password: secret})
}

func serveTo(t testing.TB, o rpcserver.Options) *rpcserver.Server {
	t.Helper()
	s, err := rpcserver.Start(context.Background(), enginetest.Open(t), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close(context.Background())) })
	return s
}

// dial connects with the options and the root user.
func dial(t testing.TB, url string, o remote.Options) *remote.Server {
	t.Helper()
	if o.User == "" && o.Token == "" {
		o.User, o.Password = root, secret
	}
	return dialAs(t, url, o)
}

// dialAs connects with the options as they are, but for its patience.
func dialAs(t testing.TB, url string, o remote.Options) *remote.Server {
	t.Helper()
	if o.ConnectTimeout == 0 {
		o.ConnectTimeout = patience
	}
	s, err := remote.Dial(context.Background(), url, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close(context.Background())) })
	return s
}

func connect(t testing.TB, s *remote.Server, database string) surreal.Conn {
	t.Helper()
	c, err := s.Connect(context.Background(), "test", database)
	require.NoError(t, err)
	return c
}

func query(t testing.TB, c surreal.Conn, sql string, vars map[string]any) surreal.Results {
	t.Helper()
	out, err := c.Query(context.Background(), sql, vars)
	require.NoError(t, err, sql)
	return out
}

// each runs a test over both protocols, against a server that can be made to fail.
func each(t *testing.T, f func(t *testing.T, server *rpcserver.Server, url string)) {
	t.Parallel()
	eachOf(t, rpcserver.Options{User: root, Password: secret}, f)
}

func eachOf(t *testing.T, o rpcserver.Options, f func(t *testing.T, server *rpcserver.Server, url string)) {
	for _, scheme := range schemes {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			s := serveTo(t, o)
			f(t, s, s.URL(scheme))
		})
	}
}

// TestAnywhere runs what needs no faults over both protocols and, when SPECTRON_TEST_URL says where one is, against a
// server that is installed, in a namespace that is removed afterwards.
func TestAnywhere(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		run  func(t *testing.T, s *remote.Server, namespace string)
	}{
		{"query", testQuery},
		{"errors of queries", testErrorsOfQueries},
		{"use concerns one conn", testUseConcernsOneConn},
		{"many at once", testManyAtOnce},
		{"conflicts", testConflicts},
		{"users", testUsersOfANamespaceAndADatabase},
	}
	all := func(t *testing.T, s *remote.Server, namespace string) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				t.Parallel()
				test.run(t, s, namespace)
			})
		}
	}
	for _, scheme := range schemes {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			all(t, dial(t, serve(t).URL(scheme), remote.Options{}), "test")
		})
	}
	url, user, password := enginetest.Server()
	if url == "" {
		return
	}
	t.Run("installed", func(t *testing.T) {
		t.Parallel()
		s := dial(t, url, remote.Options{User: user, Password: password})
		namespace := "test_" + uuid.NewString()
		t.Cleanup(func() {
			c, err := s.Connect(context.Background(), namespace, "last")
			require.NoError(t, err)
			query(t, c, "REMOVE NAMESPACE `"+namespace+"`", nil)
		})
		all(t, s, namespace)
	})
}

func within(t testing.TB, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), d)
	t.Cleanup(cancel)
	return ctx
}

// eventually waits for something that goes on in the background.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	for end := time.Now().Add(patience); !is(); <-poll.C {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("never: %s\n%s", what, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func testQuery(t *testing.T, s *remote.Server, namespace string) {
	c, err := s.Connect(t.Context(), namespace, "it's `odd` \\ ⟨name⟩")
	require.NoError(t, err)
	at := surreal.At(time.Date(2026, 5, 1, 12, 30, 0, 123_456_789, time.UTC))
	id := surreal.RecordID{Table: "note", Key: "⟨a b⟩"}
	vars := map[string]any{"id": id, "at": at, "none": surreal.None{}, "data": []byte{0, 1}}
	out := query(t, c, "CREATE $id SET at = $at, none = $none, data = $data, list = [NULL, 1.5, 'x']; SELECT * FROM ONLY $id; RETURN NONE", vars)
	require.Len(t, out, 3)
	for i := range 2 {
		rows, err := surreal.Decode(out[i])
		require.NoError(t, err)
		if i == 0 {
			rows = rows.([]any)[0]
		}
		want := map[string]any{"id": id, "at": at, "data": []byte{0, 1}, "list": []any{nil, 1.5, "x"}}
		require.Equal(t, want, rows)
	}
	last, err := surreal.Decode(out[2])
	require.NoError(t, err)
	require.Equal(t, surreal.None{}, last)
	version, err := s.Version(t.Context())
	require.NoError(t, err)
	require.Regexp(t, `^surrealdb-\d`, version)
}

func testErrorsOfQueries(t *testing.T, s *remote.Server, namespace string) {
	c, err := s.Connect(t.Context(), namespace, "errors")
	require.NoError(t, err)
	query(t, c, "DEFINE TABLE p; CREATE p:a", nil)
	for _, test := range []struct {
		sql       string
		kind      error
		statement int
	}{
		{"SELECT * FROM nowhere", surreal.ErrNotFound, 0},
		{"RETURN 1; CREATE p:a; RETURN 2", surreal.ErrAlreadyExists, 1},
		{"RETURN 1; RETURN 2; THROW 'mine'", surreal.ErrThrown, 2},
		{"BEGIN; CREATE p:b; THROW 'mine'; COMMIT", surreal.ErrThrown, 2},
		{"SELECT * FROM", surreal.ErrOther, -1},
		{"RETURN <int> 'x'", surreal.ErrOther, 0},
	} {
		_, err := c.Query(t.Context(), test.sql, nil)
		var e *surreal.Error
		if !errors.As(err, &e) || !errors.Is(err, test.kind) || e.Statement != test.statement {
			t.Errorf("%s: %v, statement %+v", test.sql, err, e)
		}
	}
	text, ok := surreal.Thrown(func() error { _, err := c.Query(t.Context(), "THROW 'mine'", nil); return err }())
	require.True(t, ok)
	require.Equal(t, "mine", text)
	var rows []struct{}
	require.NoError(t, query(t, c, "SELECT * FROM p", nil).Last(&rows))
	require.Len(t, rows, 1)
	_, err = c.Query(t.Context(), "RETURN $x", map[string]any{"x": make(chan int)})
	require.Error(t, err)
}

// mark puts the name of each database into it.
func mark(t testing.TB, s *remote.Server, namespace string, databases ...string) {
	t.Helper()
	for _, name := range databases {
		c, err := s.Connect(t.Context(), namespace, name)
		require.NoError(t, err)
		query(t, c, "UPSERT marker:here SET name = $name; DEFINE TABLE IF NOT EXISTS row", map[string]any{"name": name})
	}
}

const readMark = "SELECT VALUE name FROM ONLY marker:here"

func testUseConcernsOneConn(t *testing.T, s *remote.Server, namespace string) {
	mark(t, s, namespace, "a", "b")
	a, err := s.Connect(t.Context(), namespace, "a")
	require.NoError(t, err)
	other, err := s.Connect(t.Context(), namespace, "a")
	require.NoError(t, err)
	for _, name := range []string{"b", "a", "b"} {
		require.NoError(t, a.Use(t.Context(), namespace, name))
		for c, want := range map[surreal.Conn]string{a: name, other: "a"} {
			var got string
			require.NoError(t, query(t, c, readMark, nil).Into(0, &got))
			require.Equal(t, want, got)
		}
	}
	require.ErrorIs(t, a.Use(t.Context(), "", "a"), remote.ErrInvalid)
	require.ErrorIs(t, a.Use(t.Context(), "a", "x\ny"), remote.ErrInvalid)
	require.NoError(t, a.Close(t.Context()))
	require.NoError(t, a.Close(t.Context()))
	_, err = a.Query(t.Context(), "RETURN 1", nil)
	require.ErrorIs(t, err, remote.ErrClosed)
	query(t, other, "RETURN 1", nil)
}

func testManyAtOnce(t *testing.T, s *remote.Server, namespace string) {
	names := []string{"d0", "d1", "d2", "d3"}
	mark(t, s, namespace, names...)
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			name := names[i%len(names)]
			c, err := s.Connect(context.Background(), namespace, name)
			if err != nil {
				t.Error(err)
				return
			}
			for n := range 4 {
				out, err := c.Query(context.Background(), readMark+"; RETURN $n", map[string]any{"n": n})
				var got string
				var echo int
				if err == nil {
					err = errors.Join(out.Into(0, &got), out.Into(1, &echo))
				}
				if err != nil || got != name || echo != n {
					t.Errorf("%s, %d: %q, %d, %v", name, n, got, echo, err)
				}
			}
		})
	}
	all.Wait()
	if stats := s.Stats(); stats.Connections > 8 || stats.Lost != 0 {
		t.Errorf("%+v", stats)
	}
}

// A conflict of two transactions arrives as one, and Retry sorts it out.
func testConflicts(t *testing.T, s *remote.Server, namespace string) {
	c, err := s.Connect(t.Context(), namespace, "conflicts")
	require.NoError(t, err)
	query(t, c, "CREATE counter:a SET n = 0", nil)
	const writers = 8
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			err := surreal.Retry(context.Background(), surreal.Backoff{Attempts: 100}, func() error {
				_, err := c.Query(context.Background(), "UPDATE counter:a SET n += 1", nil)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var n int
	require.NoError(t, query(t, c, "SELECT VALUE n FROM ONLY counter:a", nil).Last(&n))
	require.Equal(t, writers, n)
}

func testUsersOfANamespaceAndADatabase(t *testing.T, s *remote.Server, namespace string) {
	c, err := s.Connect(t.Context(), namespace, "mine")
	require.NoError(t, err)
	query(t, c, "DEFINE USER ns ON NAMESPACE PASSWORD 'n' ROLES EDITOR; DEFINE USER db ON DATABASE PASSWORD 'd' ROLES VIEWER; CREATE p:a", nil)
	n := dial(t, fmt.Sprint(s), remote.Options{User: "ns", Password: "n", Namespace: namespace})
	query(t, connectTo(t, n, namespace, "mine"), "CREATE p:b", nil)
	d := dial(t, fmt.Sprint(s), remote.Options{User: "db", Password: "d", Namespace: namespace, Database: "mine"})
	reader := connectTo(t, d, namespace, "mine")
	query(t, reader, "SELECT * FROM p", nil)
	_, err = reader.Query(t.Context(), "DEFINE TABLE q", nil)
	require.ErrorIs(t, err, surreal.ErrDenied)
	_, err = remote.Dial(t.Context(), fmt.Sprint(s), remote.Options{User: "db", Password: "d", Namespace: namespace})
	require.ErrorIs(t, err, surreal.ErrDenied)
}

func connectTo(t *testing.T, s *remote.Server, namespace, database string) surreal.Conn {
	t.Helper()
	c, err := s.Connect(t.Context(), namespace, database)
	require.NoError(t, err)
	return c
}
