// Package teststore opens stores below the root, and lets their statements fail on demand. It is for tests.
package teststore

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/database"
	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// compiled is the engine of all tests of a process.
var compiled = sync.OnceValues(func() (*database.Engine, error) {
	return database.LoadEngine(context.Background(), database.EngineOptions{})
})

// TB is the part of testing.TB that this package needs. It keeps package testing out of the program.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Open opens a store and closes it when the test ends. Its tables are not created yet.
func Open(t TB, url string) *live.Store {
	t.Helper()
	m, err := open(url)
	if err != nil {
		t.Fatalf("open %s: %v", url, err)
	}
	t.Cleanup(func() {
		if err := m.Close(context.Background()); err != nil {
			t.Fatalf("close %s: %v", url, err)
		}
	})
	return m
}

// Serve starts a server of SurrealDB, which ends with the test, and returns its URL.
func Serve(t TB) (url string) {
	t.Helper()
	server, err := rpcserver.Start(context.Background(), enginetest.Open(t), rpcserver.Options{})
	if err != nil {
		t.Fatalf("serve: %v", err)
	}
	t.Cleanup(func() {
		if err := server.Close(context.Background()); err != nil {
			t.Fatalf("end the server: %v", err)
		}
	})
	return server.URL("ws")
}

func open(url string) (*live.Store, error) {
	loaded, err := compiled()
	if err != nil {
		return nil, err
	}
	at, err := database.ParseAddress(url)
	if err != nil {
		return nil, err
	}
	embedder, err := index.NewLexicalEmbedder(0)
	if err != nil {
		return nil, err
	}
	return live.Open(context.Background(), at, database.Options{Engine: loaded, Statement: time.Minute}, live.Options{
		Clock: time.Now, NewID: uuid.NewString, StatementTimeout: time.Minute, Embedder: embedder, MaxText: 1 << 20, MaxBatch: 1000,
		Logger: slog.New(slog.DiscardHandler),
	})
}

// Tap sees each statement before the database does; run runs it. "Connect" and "Empty" stand for operations that are not
// statements.
type Tap func(sql string, run func() (surreal.Results, error)) (surreal.Results, error)

// Break puts a tap on each later statement of a store. heal removes it. Operations of the engine beside statements run in steps of
// limit records; 0: by statements, as on a server.
func Break(m *live.Store, limit int, tap Tap) (heal func()) {
	db, registry := m.DB, m.Registry
	m.Registry = store.NewRegistry(&Conn{m.Control, tap})
	if limit > 0 && !m.Shared {
		m.DB = &Engine{m.DB, tap, limit}
	} else {
		m.DB = &Database{m.DB, tap}
	}
	return func() { m.DB, m.Registry = db, registry }
}

// FailAfter passes the given number of statements and fails all others.
func FailAfter(statements int, err error) Tap {
	return func(_ string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if statements--; statements < 0 {
			return nil, err
		}
		return run()
	}
}

// Database has a tap on each of its connections.
type Database struct {
	database.Database
	Tap Tap
}

// Connect opens a connection.
func (d *Database) Connect(ctx context.Context, namespace, name string) (surreal.Conn, error) {
	conn, err := d.Database.Connect(ctx, namespace, name)
	if err != nil {
		return nil, err
	}
	return &Conn{conn, d.Tap}, nil
}

// Conn is a connection with a tap.
type Conn struct {
	surreal.Conn
	Tap Tap
}

// Query runs statements.
func (c *Conn) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	return c.Tap(sql, func() (surreal.Results, error) { return c.Conn.Query(ctx, sql, vars) })
}

// Engine is an embedded database with a tap on each of its connections. The tap also sees operations beside statements, such as
// "Empty", in steps of at most the given number of records.
type Engine struct {
	database.Database
	Tap   Tap
	Limit int
}

// Connect opens a connection.
func (d *Engine) Connect(ctx context.Context, namespace, name string) (surreal.Conn, error) {
	conn, err := d.Database.Connect(ctx, namespace, name)
	if err != nil {
		return nil, err
	}
	return &session{Conn{conn, d.Tap}, conn.(*engine.Session), d.Limit}, nil
}

type session struct {
	Conn
	session *engine.Session
	limit   int
}

// Empty removes records.
func (s *session) Empty(ctx context.Context, limit int) (left bool, err error) {
	_, err = s.Tap("Empty", func() (_ surreal.Results, err error) {
		left, err = s.session.Empty(ctx, min(limit, s.limit))
		return nil, err
	})
	return left, err
}

// Remove removes rows.
func (s *session) Remove(ctx context.Context, ids []surreal.RecordID) (done int, left []surreal.RecordID, err error) {
	_, err = s.Tap("Remove", func() (_ surreal.Results, err error) {
		done, left, err = s.session.Remove(ctx, ids[:min(len(ids), s.limit)])
		return nil, err
	})
	return done, left, err
}

// Define creates the tables of an empty database.
func (s *session) Define(ctx context.Context, sql string, vars map[string]any) (copied bool, err error) {
	_, err = s.Tap(sql, func() (_ surreal.Results, err error) {
		copied, err = s.session.Define(ctx, sql, vars)
		return nil, err
	})
	return copied, err
}
