// Package enginetest opens embedded databases for the tests of the packages above the engine.
package enginetest

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/fetch"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TB is what this package needs of a test; it keeps package testing out of the program.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// module is compiled once for all tests of a process and lives as long.
var module = sync.OnceValues(func() (*engine.Module, error) {
	build, err := fetch.Wasm(context.Background(), fetch.Options{})
	if err != nil {
		return nil, err
	}
	return engine.Compile(context.Background(), build.Bytes, build.CompilationDir)
})

// Open starts an engine over an empty store in memory and ends it with the test.
func Open(tb TB) *engine.Engine {
	tb.Helper()
	return OpenOn(tb, kv.NewMemory())
}

// OpenOn starts an engine over a store, which ends with it, at the latest when the test does.
func OpenOn(tb TB, backend kv.Backend) *engine.Engine {
	tb.Helper()
	m, err := module()
	if err != nil {
		tb.Fatalf("enginetest: %v", err)
	}
	// Statements have as long as they need: how long that is depends on the machine.
	limits := engine.Limits{Statement: 10_000 * time.Hour}
	e, err := engine.OpenWithin(context.Background(), m, kv.New(backend), limits, slog.New(slog.DiscardHandler))
	if err != nil {
		tb.Fatalf("enginetest: %v", err)
	}
	tb.Cleanup(func() {
		if err := e.Close(context.Background()); err != nil {
			tb.Fatalf("enginetest: %v", err)
		}
	})
	return e
}

// Connect opens a session on a database of the engine, in the namespace "test".
func Connect(tb TB, e *engine.Engine, database string) surreal.Conn {
	tb.Helper()
	s, err := e.Connect(context.Background())
	if err == nil {
		err = s.Use(context.Background(), "test", database)
	}
	if err != nil {
		tb.Fatalf("enginetest: %v", err)
	}
	return s
}

// Server is the SurrealDB server that $SPECTRON_TEST_URL names, with $SPECTRON_TEST_USER and $SPECTRON_TEST_PASSWORD, root
// and root when they are not set. url is "" when there is none.
func Server() (url, user, password string) {
	return os.Getenv("SPECTRON_TEST_URL"), cmp.Or(os.Getenv("SPECTRON_TEST_USER"), "root"), cmp.Or(os.Getenv("SPECTRON_TEST_PASSWORD"), "root")
}
