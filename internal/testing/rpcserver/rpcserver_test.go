package rpcserver_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
	surrealdb "github.com/surrealdb/surrealdb.go"
	"github.com/surrealdb/surrealdb.go/pkg/models"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

const (
	user     = "it's `root`\\"
	password = `pa'ss\word"`
)

func start(t *testing.T, o rpcserver.Options) *rpcserver.Server {
	t.Helper()
	s, err := rpcserver.Start(t.Context(), enginetest.Open(t), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close(context.Background())) })
	return s
}

// secured starts a server that asks for the user above.
func secured(t *testing.T) *rpcserver.Server {
	return start(t, rpcserver.Options{User: user, Password: password})
}

// sdk connects the official SDK, as the user above, to a database.
func sdk(t *testing.T, s *rpcserver.Server, scheme, database string) *surrealdb.DB {
	t.Helper()
	db, err := surrealdb.FromEndpointURLString(t.Context(), s.URL(scheme))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close(context.Background()) }) // may have been cut
	require.NoError(t, db.Use(t.Context(), "test", database))
	token, err := db.SignIn(t.Context(), surrealdb.Auth{Username: user, Password: password})
	require.NoError(t, err)
	require.Len(t, strings.Split(token, "."), 3, "a JSON web token")
	return db
}

var schemes = []string{"ws", "http"}

type note struct {
	ID    *models.RecordID       `json:"id,omitempty"`
	Text  string                 `json:"text"`
	At    models.CustomDateTime  `json:"at"`
	Maybe *string                `json:"maybe,omitempty"`
	Refs  []models.RecordID      `json:"refs"`
	Extra map[string]interface{} `json:"extra,omitempty"`
}

func TestOfficialSDK(t *testing.T) {
	t.Parallel()
	for _, scheme := range schemes {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			db := sdk(t, secured(t), scheme, "sdk")
			version, err := db.Version(t.Context())
			require.NoError(t, err)
			require.Regexp(t, `^\d+\.\d+\.\d+`, version.Version)

			at := time.Date(2026, 5, 1, 12, 30, 0, 123_456_789, time.UTC)
			in := note{Text: "hello", At: models.CustomDateTime{Time: at}, Refs: []models.RecordID{models.NewRecordID("person", "alice")}}
			made, err := surrealdb.Create[note](t.Context(), db, models.NewRecordID("note", "⟨a b⟩"), in)
			require.NoError(t, err)
			require.Equal(t, "⟨a b⟩", made.ID.ID)

			got, err := surrealdb.Select[note](t.Context(), db, models.NewRecordID("note", "⟨a b⟩"))
			require.NoError(t, err)
			if got.Text != "hello" || !got.At.Time.Equal(at) || got.Maybe != nil || len(got.Refs) != 1 || got.Refs[0].ID != "alice" {
				t.Errorf("selected %+v", got)
			}

			results, err := surrealdb.Query[any](t.Context(), db, "RETURN $at; RETURN NONE; RETURN $id; SELECT * FROM ONLY note:missing",
				map[string]any{"at": models.CustomDateTime{Time: at}, "id": models.NewRecordID("a", "b")})
			require.NoError(t, err)
			require.Len(t, *results, 4)
			for _, r := range *results {
				require.Equal(t, "OK", r.Status)
			}
			if id, ok := (*results)[2].Result.(models.RecordID); !ok || id.Table != "a" {
				t.Errorf("a record id came back as %#v", (*results)[2].Result)
			}

			_, err = surrealdb.Query[any](t.Context(), db, "CREATE note:⟨a b⟩; THROW 'mine'", nil)
			require.ErrorContains(t, err, "mine")
			_, err = surrealdb.Query[any](t.Context(), db, "SELECT * FROM", nil)
			require.ErrorContains(t, err, "Parse error")
		})
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	s := secured(t)
	for _, scheme := range schemes {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			db, err := surrealdb.FromEndpointURLString(t.Context(), s.URL(scheme))
			require.NoError(t, err)
			defer db.Close(context.Background())
			require.NoError(t, db.Use(t.Context(), "test", "test"))
			_, err = db.Version(t.Context())
			require.NoError(t, err)
			_, err = surrealdb.Query[any](t.Context(), db, "RETURN 1", nil)
			require.ErrorContains(t, err, "Not enough permissions")
			_, err = surrealdb.Select[[]note](t.Context(), db, models.Table("note"))
			require.ErrorContains(t, err, "Not enough permissions")
			_, err = db.SignIn(t.Context(), surrealdb.Auth{Username: user, Password: "wrong"})
			require.ErrorContains(t, err, "There was a problem with authentication")
			_, err = surrealdb.Query[any](t.Context(), db, "RETURN 1", nil)
			require.ErrorContains(t, err, "Not enough permissions")
			token, err := db.SignIn(t.Context(), surrealdb.Auth{Username: user, Password: password})
			require.NoError(t, err)
			_, err = surrealdb.Query[any](t.Context(), db, "RETURN 1", nil)
			require.NoError(t, err)
			require.NoError(t, db.Invalidate(t.Context()))
			_, err = surrealdb.Query[any](t.Context(), db, "RETURN 1", nil)
			require.ErrorContains(t, err, "Not enough permissions")
			require.NoError(t, db.Authenticate(t.Context(), token))
			_, err = surrealdb.Query[any](t.Context(), db, "RETURN 1", nil)
			require.NoError(t, err)
			require.Error(t, db.Authenticate(t.Context(), token[:len(token)-4]+"AAAA"))
		})
	}
}

// A database user signs in with the names of its database, and can do there what its role lets it.
func TestDatabaseUser(t *testing.T) {
	t.Parallel()
	s := secured(t)
	owner := sdk(t, s, "ws", "of-users")
	_, err := surrealdb.Query[any](t.Context(), owner, "DEFINE USER reader ON DATABASE PASSWORD 'r' ROLES VIEWER; CREATE note:a", nil)
	require.NoError(t, err)
	db, err := surrealdb.FromEndpointURLString(t.Context(), s.URL("ws"))
	require.NoError(t, err)
	defer db.Close(context.Background())
	_, err = db.SignIn(t.Context(), surrealdb.Auth{Namespace: "test", Database: "of-users", Username: "reader", Password: "r"})
	require.NoError(t, err)
	require.NoError(t, db.Use(t.Context(), "test", "of-users"))
	rows, err := surrealdb.Query[[]map[string]any](t.Context(), db, "SELECT * FROM note", nil)
	require.NoError(t, err)
	require.Len(t, (*rows)[0].Result, 1)
	_, err = surrealdb.Query[any](t.Context(), db, "DEFINE TABLE other", nil)
	require.ErrorContains(t, err, "Not enough permissions")
}

func TestConnectionsDoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	s := secured(t)
	a, b := sdk(t, s, "ws", "a"), sdk(t, s, "ws", "b")
	_, err := surrealdb.Query[any](t.Context(), a, "CREATE note:1", nil)
	require.NoError(t, err)
	require.NoError(t, a.Let(t.Context(), "mine", 1))
	out, err := surrealdb.Query[any](t.Context(), b, "DEFINE TABLE note; SELECT * FROM note; RETURN $mine", nil)
	require.NoError(t, err)
	require.Empty(t, (*out)[1].Result)
	require.Nil(t, (*out)[2].Result)

	// Neither attached sessions nor transactions can be reached from another connection.
	session, err := a.Attach(t.Context())
	require.NoError(t, err)
	conn := dial(t, s)
	name, err := surreal.Marshal(session.ID())
	require.NoError(t, err)
	reply := ask(t, conn, map[string]any{"id": 1, "method": "query", "params": []any{"RETURN 1"}, "session": cbor.RawMessage(name)})
	require.Equal(t, "NotFound", reply.Error.Kind)
	tx, err := a.Begin(t.Context())
	require.NoError(t, err)
	signin := ask(t, conn, map[string]any{"id": 2, "method": "signin", "params": []any{map[string]any{"user": user, "pass": password}}})
	require.Nil(t, signin.Error)
	txn, err := surreal.Marshal(tx.ID())
	require.NoError(t, err)
	for _, request := range []map[string]any{
		{"id": 3, "method": "query", "params": []any{"RETURN 1"}, "txn": cbor.RawMessage(txn)},
		{"id": 4, "method": "commit", "params": []any{cbor.RawMessage(txn)}},
	} {
		require.Equal(t, "NotFound", ask(t, conn, request).Error.Kind)
	}
	require.NoError(t, tx.Cancel(t.Context()))
	require.Equal(t, "[]", ask(t, conn, map[string]any{"id": 5, "method": "sessions"}).text)
	require.NoError(t, session.Detach(t.Context()))
}

func TestTransaction(t *testing.T) {
	t.Parallel()
	s := secured(t)
	db, other := sdk(t, s, "ws", "tx"), sdk(t, s, "ws", "tx")
	count := func() int {
		out, err := surrealdb.Query[[]note](t.Context(), other, "DEFINE TABLE IF NOT EXISTS row; SELECT * FROM row", nil)
		require.NoError(t, err)
		return len((*out)[1].Result)
	}
	require.Zero(t, count())
	for _, commit := range []bool{true, false} {
		tx, err := db.Begin(t.Context())
		require.NoError(t, err)
		_, err = surrealdb.Query[any](t.Context(), tx, "CREATE row", nil)
		require.NoError(t, err)
		if commit {
			require.Zero(t, count())
			require.NoError(t, tx.Commit(t.Context()))
		} else {
			require.NoError(t, tx.Cancel(t.Context()))
		}
		require.Equal(t, 1, count())
	}
	// A session that ends takes its transaction with it.
	session, err := db.Attach(t.Context())
	require.NoError(t, err)
	_, err = session.SignIn(t.Context(), surrealdb.Auth{Username: user, Password: password})
	require.NoError(t, err)
	require.NoError(t, session.Use(t.Context(), "test", "tx"))
	inner, err := session.Begin(t.Context())
	require.NoError(t, err)
	_, err = surrealdb.Query[any](t.Context(), inner, "CREATE row", nil)
	require.NoError(t, err)
	require.NoError(t, session.Detach(t.Context()))
	require.ErrorContains(t, inner.Commit(t.Context()), "Transaction not found")
	require.Equal(t, 1, count())
	// So does a connection.
	tx, err := db.Begin(t.Context())
	require.NoError(t, err)
	_, err = surrealdb.Query[any](t.Context(), tx, "CREATE row", nil)
	require.NoError(t, err)
	s.Stop()
	require.NoError(t, s.Resume(t.Context()))
	other = sdk(t, s, "ws", "tx")
	require.Equal(t, 1, count())
}

func TestConcurrentRequests(t *testing.T) {
	t.Parallel()
	s := secured(t)
	for _, scheme := range schemes {
		// One after the other: each makes its database, and the official client repeats nothing that met a conflict.
		db := sdk(t, s, scheme, "many-"+scheme)
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			var all sync.WaitGroup
			for i := range 30 {
				all.Go(func() {
					out, err := surrealdb.Query[int](t.Context(), db, "RETURN $i", map[string]any{"i": i})
					if err != nil || (*out)[0].Result != i {
						t.Errorf("request %d: %v, %v", i, out, err)
					}
				})
			}
			all.Wait()
		})
	}
}

// reply is a response, read without the SDK.
type reply struct {
	ID    int `cbor:"id"`
	Error *struct {
		Code    int    `cbor:"code"`
		Kind    string `cbor:"kind"`
		Message string `cbor:"message"`
	} `cbor:"error"`
	Result cbor.RawMessage `cbor:"result"`
	text   string
}

func dial(t *testing.T, s *rpcserver.Server) *websocket.Conn {
	t.Helper()
	conn, _, err := (&websocket.Dialer{Subprotocols: []string{"cbor"}}).DialContext(t.Context(), s.URL("ws")+"/rpc", nil)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

func ask(t *testing.T, conn *websocket.Conn, request any) reply {
	t.Helper()
	message, err := surreal.Marshal(request)
	require.NoError(t, err)
	require.NoError(t, conn.WriteMessage(websocket.BinaryMessage, message))
	return read(t, conn)
}

func read(t *testing.T, conn *websocket.Conn) reply {
	t.Helper()
	_, message, err := conn.ReadMessage()
	require.NoError(t, err)
	var r reply
	require.NoError(t, surreal.Unmarshal(message, &r))
	if r.Result != nil {
		r.text, err = cbor.Diagnose(r.Result)
		require.NoError(t, err)
	}
	return r
}

func TestWire(t *testing.T) {
	t.Parallel()
	s := start(t, rpcserver.Options{MaxMessageBytes: 1000})
	conn := dial(t, s)
	cases := []struct {
		request map[string]any
		code    int
		kind    string
		result  string
	}{
		{map[string]any{"method": "ping"}, 0, "", "6(null)"},
		{map[string]any{"method": "use", "params": []any{"n", "d"}}, 0, "", `{"database": "d", "namespace": "n"}`},
		{map[string]any{"method": "create", "params": []any{surreal.RecordID{Table: "error", Key: "x"}}}, 0, "", `{"id": 8(["error", "x"])}`},
		{map[string]any{"method": "nothing"}, -32601, "NotFound", ""},
		{map[string]any{"method": "live", "params": []any{"t"}}, -32604, "Configuration", ""},
		{map[string]any{"method": "attach"}, -32603, "Validation", ""},
		{map[string]any{"method": "commit"}, -32603, "Validation", ""},
		{map[string]any{"method": "query", "params": []any{7}}, -32603, "Validation", ""},
	}
	for i, c := range cases {
		c.request["id"] = i
		r := ask(t, conn, c.request)
		require.Equal(t, i, r.ID)
		if c.code == 0 {
			require.Nil(t, r.Error, c.request)
			require.Equal(t, c.result, r.text, c.request)
			continue
		}
		require.NotNil(t, r.Error, c.request)
		require.Equal(t, c.code, r.Error.Code, c.request)
		require.Equal(t, c.kind, r.Error.Kind, c.request)
	}
	require.NoError(t, conn.WriteMessage(websocket.TextMessage, []byte(`{"id":1,"method":"ping"}`)))
	require.Contains(t, read(t, conn).Error.Message, "only CBOR")
	require.NoError(t, conn.WriteMessage(websocket.BinaryMessage, []byte{0xff}))
	require.Equal(t, -32700, read(t, conn).Error.Code)
	require.NoError(t, conn.WriteMessage(websocket.BinaryMessage, make([]byte, 1001)))
	_, _, err := conn.ReadMessage()
	require.True(t, websocket.IsCloseError(err, websocket.CloseMessageTooBig), "%v", err)

	_, response, err := (&websocket.Dialer{Subprotocols: []string{"json"}}).DialContext(t.Context(), s.URL("ws")+"/rpc", nil)
	require.ErrorIs(t, err, websocket.ErrBadHandshake)
	require.Equal(t, http.StatusBadRequest, response.StatusCode)
}

func TestHTTP(t *testing.T) {
	t.Parallel()
	s := start(t, rpcserver.Options{User: user, Password: password, MaxMessageBytes: 1000})
	query, err := surreal.Marshal(map[string]any{"id": 1, "method": "query", "params": []any{"RETURN 1"}})
	require.NoError(t, err)
	cases := []struct {
		name, method, path, contentType string
		body                            []byte
		prepare                         func(*http.Request)
		status                          int
		want                            string
	}{
		{name: "health", method: "GET", path: "/health", status: 200},
		{name: "status", method: "GET", path: "/status", status: 200},
		{name: "version", method: "GET", path: "/version", status: 200, want: "surrealdb-"},
		{name: "json", method: "POST", path: "/rpc", contentType: "application/json", body: []byte("{}"), status: 415, want: "only application/cbor"},
		{name: "junk", method: "POST", path: "/rpc", contentType: "application/cbor", body: []byte{0xff}, status: 400, want: "Parse error"},
		{name: "large", method: "POST", path: "/rpc", contentType: "application/cbor", body: make([]byte, 1001), status: 413},
		{name: "nobody", method: "POST", path: "/rpc", contentType: "application/cbor", body: query, status: 200, want: "Not enough permissions"},
		{name: "somebody", method: "POST", path: "/rpc", contentType: "application/cbor", body: query, status: 200, want: "OK",
			prepare: func(r *http.Request) { r.SetBasicAuth(user, password) }},
		{name: "wrong password", method: "POST", path: "/rpc", contentType: "application/cbor", body: query, status: 401, want: "authentication",
			prepare: func(r *http.Request) { r.SetBasicAuth(user, "wrong") }},
		{name: "wrong token", method: "POST", path: "/rpc", contentType: "application/cbor", body: query, status: 401,
			prepare: func(r *http.Request) { r.Header.Set("Authorization", "Bearer x.y.z") }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := http.NewRequestWithContext(t.Context(), c.method, s.URL("http")+c.path, bytes.NewReader(c.body))
			require.NoError(t, err)
			r.Header.Set("Content-Type", c.contentType)
			if c.prepare != nil {
				c.prepare(r)
			}
			client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			response, err := client.Do(r)
			require.NoError(t, err)
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			if response.StatusCode != c.status || !strings.Contains(string(body), c.want) {
				t.Errorf("%d %q", response.StatusCode, body)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	s := start(t, rpcserver.Options{})
	faults := map[string]rpcserver.Fault{
		"CREATE a:before": rpcserver.FaultCutBefore, "CREATE a:after": rpcserver.FaultCutAfter,
		"CREATE a:held": rpcserver.FaultHold, "CREATE a:refused": rpcserver.FaultRefuse,
	}
	s.SetFaults(func(method, sql string) rpcserver.Fault { return faults[sql] })
	connect := func() *websocket.Conn {
		conn := dial(t, s)
		require.Nil(t, ask(t, conn, map[string]any{"id": 0, "method": "use", "params": []any{"n", "d"}}).Error)
		return conn
	}
	query := func(sql string) map[string]any {
		return map[string]any{"id": 1, "method": "query", "params": []any{sql}}
	}
	send := func(conn *websocket.Conn, sql string) {
		message, err := surreal.Marshal(query(sql))
		require.NoError(t, err)
		require.NoError(t, conn.WriteMessage(websocket.BinaryMessage, message))
	}
	for _, sql := range []string{"CREATE a:before", "CREATE a:after"} {
		conn := connect()
		send(conn, sql)
		_, _, err := conn.ReadMessage()
		require.Error(t, err, sql)
	}
	conn := connect()
	require.Contains(t, ask(t, conn, query("CREATE a:refused")).Error.Message, "unable to handle")
	send(conn, "CREATE a:held")
	require.NoError(t, s.AwaitHeld(t.Context(), 1))
	// The held one has run, and others of the connection go on.
	require.Contains(t, ask(t, conn, query("SELECT VALUE id.id() FROM a")).text, `["after", "held"]`)
	s.Release()
	require.Contains(t, read(t, conn).text, "held")
	require.NoError(t, s.AwaitHeld(t.Context(), 0))
	send(conn, "CREATE a:held")
	require.NoError(t, s.AwaitHeld(t.Context(), 1))
	s.Cut()
	require.NoError(t, s.AwaitHeld(t.Context(), 0))
	_, _, err := conn.ReadMessage()
	require.Error(t, err)
	require.Zero(t, s.Connections())
}

func TestGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	s := secured(t)
	at := s.URL("ws")
	for i := range 3 {
		db := sdk(t, s, "ws", "back")
		_, err := surrealdb.Query[any](t.Context(), db, fmt.Sprintf("CREATE a:%d", i), nil)
		require.NoError(t, err)
		s.Stop()
		s.Stop()
		_, err = surrealdb.FromEndpointURLString(t.Context(), at)
		require.Error(t, err)
		require.NoError(t, s.Resume(t.Context()))
		require.NoError(t, s.Resume(t.Context()))
		require.Equal(t, at, s.URL("ws"))
	}
	out, err := surrealdb.Query[[]any](t.Context(), sdk(t, s, "http", "back"), "SELECT * FROM a", nil)
	require.NoError(t, err)
	require.Len(t, (*out)[0].Result, 3)
	require.NoError(t, s.Close(t.Context()))
	require.NoError(t, s.Close(t.Context()))
	require.ErrorIs(t, s.Resume(t.Context()), rpcserver.ErrClosed)
	require.NoError(t, (*rpcserver.Server)(nil).Close(t.Context()))
}

func TestLeavesNothingBehind(t *testing.T) {
	// Not parallel: it counts goroutines.
	e := enginetest.Open(t)
	sessions := func() string {
		b, err := surreal.Marshal(map[string]any{"id": "1", "method": "sessions"})
		require.NoError(t, err)
		out, err := e.Call(t.Context(), b)
		require.NoError(t, err)
		text, err := cbor.Diagnose(out)
		require.NoError(t, err)
		return text
	}
	before := runtime.NumGoroutine()
	s, err := rpcserver.Start(t.Context(), e, rpcserver.Options{})
	require.NoError(t, err)
	s.SetFaults(func(method, sql string) rpcserver.Fault {
		if sql == "RETURN 'held'" {
			return rpcserver.FaultHold
		}
		return rpcserver.FaultNone
	})
	for i := range 5 {
		conn := dial(t, s)
		// More than run at once, so that the reader waits as well.
		for range 300 {
			message, err := surreal.Marshal(map[string]any{"id": i, "method": "query", "params": []any{"RETURN 'held'"}})
			require.NoError(t, err)
			require.NoError(t, conn.WriteMessage(websocket.BinaryMessage, message))
		}
	}
	require.NoError(t, s.AwaitHeld(t.Context(), 5*256))
	require.NoError(t, s.Close(t.Context()))
	require.Zero(t, s.Connections())
	require.Equal(t, "[]", sessions())
	settle(t, before)
}

// settle waits until no more goroutines run than before. (testify's Eventually adds one of its own.)
func settle(t *testing.T, before int) {
	t.Helper()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	for end := time.Now().Add(time.Minute); runtime.NumGoroutine() > before; <-poll.C {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}
