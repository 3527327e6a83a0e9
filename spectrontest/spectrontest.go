// Package spectrontest helps to test programs that use spectron: a store in memory for each test, a clock that
// stands still, ids that repeat and an embedder that needs no model.
//
//	func TestAgent(t *testing.T) {
//		mgr := spectrontest.Open(t)
//		…
//	}
//
// Package conformance, beside it, tests that a kind of store does all that the library promises.
package spectrontest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/spectron-go/spectron"
)

// Engine returns the compiled engine that all tests of the process share, for Options.Engine of stores that a test opens
// itself. It takes seconds to compile, and a store in it milliseconds; it lives as long as the process.
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

// progress says once that the first run on a machine takes a while.
func progress() func(spectron.EngineProgress) {
	said := false
	return func(p spectron.EngineProgress) {
		if !said && (p.Stage == "npm" || p.Stage == "download") {
			said = true
			fmt.Fprintln(os.Stderr, "spectrontest: the first run on this machine gets the engine (12 MB) and compiles it, which takes some ten seconds")
		}
	}
}

// Open returns a new, empty store in memory, closed when the test ends. At most one set of options is given, and
// it may be nil; without a clock in it, the store has a Clock of its own. Tests that run in parallel do not see
// each other's stores.
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

// Context returns a new Context, "test", in a new store.
func Context(tb testing.TB, opts ...*spectron.Options) *spectron.Context {
	tb.Helper()
	c, err := Open(tb, opts...).CreateContext(context.Background(), "test", spectron.ContextSpec{})
	if err != nil {
		tb.Fatalf("spectrontest: %v", err)
	}
	return c
}
