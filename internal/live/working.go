package live

import (
	"context"

	"github.com/spectron-go/spectron/internal/store"
)

// Jobs runs the jobs of the Contexts of a store. Package jobs implements it.
type Jobs interface {
	// Run runs jobs until ctx ends. It returns when no worker runs any more.
	Run(ctx context.Context)
	// Loaded is told of each Context that comes into memory. It must not wait.
	Loaded(s *Context)
}

// Known returns the shared state of a Context, which need not be in memory.
func (m *Store) Known(ctx context.Context, id string) (*Context, error) { return m.find(ctx, id) }

// WithRows calls f with the rows of the Context, whether it is in memory or not. ErrGone: the Context was deleted, and f stored nothing.
func (s *Context) WithRows(ctx context.Context, f func(*store.Store) error) error {
	if s.deleted.Load() {
		return ErrGone
	}
	if s.pinLoaded() {
		defer s.Done()
		return f(s.Rows)
	}
	return s.Core.apart(ctx, s, f)
}

// pinLoaded pins the Context until Done if it is in memory. It reports whether it is.
func (s *Context) pinLoaded() bool {
	m := s.Core
	m.mu.Lock()
	defer m.mu.Unlock()
	if !s.Loaded() {
		return false
	}
	m.running++
	s.pins++
	return true
}

// loaded tells the jobs that the Context has come into memory.
func (s *Context) loaded() {
	if j := s.Core.Jobs; j != nil {
		j.Loaded(s)
	}
}
