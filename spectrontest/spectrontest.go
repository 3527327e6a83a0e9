// Package spectrontest helps to test programs that use spectron. It offers a store in memory for each test with a fixed clock, reproducible
// ids (Options.NewID: IDs()), an embedder that needs no model, and a scripted model.
//
//	func TestAgent(t *testing.T) {
//		mgr := spectrontest.Open(t)
//		…
//	}
//
// Package spectrontest/conformance tests whether a kind of store keeps all promises of the library.
package spectrontest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/spectron-go/spectron"
)

// Engine returns the compiled engine that all tests of the process share. Set Options.Engine to it for stores that a test opens
// itself. Compiling the engine takes seconds; opening a store with it takes milliseconds. It is never closed.
func Engine(tb testing.TB) *spectron.Engine {
	tb.Helper()
	shared, err := engine()
	if err != nil {
		tb.Fatalf("spectrontest: %v", err)
	}
	return shared
}

var engine = sync.OnceValues(func() (*spectron.Engine, error) {
	return spectron.LoadEngine(context.Background(), &spectron.EngineOptions{Progress: progress()})
})

// progress prints once that the first run on a machine takes a while.
func progress() func(spectron.EngineProgress) {
	said := false
	return func(p spectron.EngineProgress) {
		if !said && (p.Stage == "npm" || p.Stage == "download") {
			said = true
			fmt.Fprintln(os.Stderr, "spectrontest: the first run on this machine fetches the engine (12 MB) and compiles it, which takes some ten seconds")
		}
	}
}

// Open returns a new, empty store in memory and closes it when the test ends. Pass at most one set of options; it may be nil.
// Without Options.Clock, the store has its own Clock. Parallel tests do not see each other's stores.
func Open(tb testing.TB, opts ...*spectron.Options) *spectron.Manager {
	tb.Helper()
	var o spectron.Options
	switch {
	case len(opts) > 1:
		tb.Fatalf("spectrontest: %d sets of options, at most one", len(opts))
	case len(opts) == 1 && opts[0] != nil:
		o = *opts[0]
	}
	if o.Engine == nil {
		o.Engine = Engine(tb)
	}
	if o.Clock == nil {
		o.Clock = NewClock().Now
	}
	mgr, err := spectron.Open(context.Background(), "mem://", &o)
	if err != nil {
		tb.Fatalf("spectrontest: %v", err)
	}
	tb.Cleanup(func() {
		if err := mgr.Close(context.Background()); err != nil {
			tb.Errorf("spectrontest: %v", err)
		}
	})
	return mgr
}

// Context returns a new Context with the id "test" in a new store.
func Context(tb testing.TB, opts ...*spectron.Options) *spectron.Context {
	tb.Helper()
	c, err := Open(tb, opts...).CreateContext(context.Background(), "test", spectron.ContextSpec{})
	if err != nil {
		tb.Fatalf("spectrontest: %v", err)
	}
	return c
}
