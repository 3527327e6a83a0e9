package live

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Context is the state that all handles of one Context share. Its view is in memory while it is loaded. It stays loaded during a call.
type Context struct {
	residence
	Core     *Store
	ID       string
	claim    string // of its entry in the registry: another Context of the same id has another
	clock    monotonic
	Settings settings.Current
	Access   accessCache
	Denied   denials                 // in the Context
	Vectors  atomic.Pointer[Vectors] // what is known of the stored ones; nil: there are none
	// View is nil while the Context is not in memory; conn and rows are set before it.
	View atomic.Pointer[recall.View]
	Conn surreal.Conn
	Rows *store.Store
	// position is the change up to which the view is complete. It changes under writer.
	position atomic.Pointer[store.Position]
	// NeedsReload says that the view may lack a write whose answer was lost.
	NeedsReload atomic.Bool
	batcher     batcher
	// Writer is held from planning a write to taking it into the view: a plan builds on what is there.
	Writer  writerLock
	deleted atomic.Bool
}

// Handle opens a Context. Concurrent calls for the same Context open it only once.
func (m *Store) Handle(ctx context.Context, id string) (*Context, error) {
	state, err := m.Pinned(ctx, id)
	if err != nil {
		return nil, err
	}
	state.Done()
	return state, nil
}

// Pinned is like Handle, and also loads the Context and pins it in memory until Done.
func (m *Store) Pinned(ctx context.Context, id string) (*Context, error) {
	for {
		state, err := m.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if err = state.pinAndRefresh(ctx); err == nil {
			return state, nil
		}
		if !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		// It was deleted, here or by another process, which may have made another since.
	}
}

// pinAndRefresh pins and refreshes the Context. It pins nothing if it fails, or if an embedder panics.
func (s *Context) pinAndRefresh(ctx context.Context) (err error) {
	s.Hold()
	held := false
	defer func() {
		if !held {
			s.Done()
		}
	}()
	if err = s.Refresh(ctx); err == nil {
		held = true
	}
	return err
}

// find returns the shared state of a Context, and creates it for the first handle.
func (m *Store) find(ctx context.Context, id string) (*Context, error) {
	for {
		m.mu.Lock()
		state, deletions := m.contexts[id], m.deletions
		m.mu.Unlock()
		if state != nil {
			return state, nil
		}
		entry, err := m.Registry.Get(ctx, id)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && entry.State != store.StateReady {
			return nil, NoContext(id)
		}
		if err != nil {
			return nil, err
		}
		state = &Context{Core: m, ID: entry.ID, claim: entry.Claim, Writer: writerLock{lock: newLock()}}
		if err := state.Settings.Take(entry); err != nil {
			return nil, err
		}
		m.mu.Lock()
		other, stale := m.contexts[id], m.deletions != deletions
		if other == nil && !stale {
			m.contexts[id] = state
		}
		m.mu.Unlock()
		switch {
		case other != nil: // somebody was faster
			return other, nil
		case !stale:
			return state, nil
		}
		// What was read may be of a Context that is gone.
	}
}

// InMemory returns a Context if it is in memory. It may be evicted at any time.
func (m *Store) InMemory(id string) *Context {
	m.mu.Lock()
	defer m.mu.Unlock()
	if state := m.contexts[id]; state != nil && state.Loaded() {
		return state
	}
	return nil
}

// load loads the Context into memory. The caller holds the writer's lock.
func (s *Context) load(ctx context.Context) (err error) {
	m := s.Core
	entry, err := m.Registry.Get(ctx, s.ID)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && !s.is(entry) {
		m.Drop(s.ID, s)
		return ErrGone
	}
	if err != nil {
		return err
	}
	if s.Conn, err = m.DB.Connect(ctx, entry.Namespace, entry.Database); err != nil {
		return err
	}
	s.Rows = store.New(s.Conn, m.Writers())
	defer func() {
		if err != nil {
			err = errors.Join(err, s.unload().close(context.WithoutCancel(ctx)))
		}
	}()
	if err := m.Migrate(ctx, s.Conn, entry, s.Writer.whenFree); err != nil {
		return m.explainLoad(ctx, s, err)
	}
	if err := s.Settings.Take(entry); err != nil {
		return err
	}
	if err := m.read(ctx, s); err != nil {
		return m.explainLoad(ctx, s, err)
	}
	m.mu.Lock()
	if s.deleted.Load() {
		m.mu.Unlock()
		return ErrGone
	}
	m.pool.add(s)
	gone := m.pool.surplus()
	m.mu.Unlock()
	s.Writer.whenFree(func() { m.detach(context.WithoutCancel(ctx), gone) })
	return nil
}

// Blank returns an empty Context in memory whose database this process is creating. conn becomes its connection.
func (m *Store) Blank(ctx context.Context, entry store.Registered, conn surreal.Conn) (*Context, error) {
	entry.State, entry.Made, entry.SchemaVersion = store.StateReady, true, schema.Context().Version()
	state := &Context{Core: m, ID: entry.ID, claim: entry.Claim, Writer: writerLock{lock: newLock()}, Conn: conn, Rows: store.New(conn, m.Writers())}
	if err := state.Settings.Take(entry); err != nil {
		return nil, err
	}
	at, err := state.Rows.Position(ctx)
	if err != nil {
		return nil, err
	}
	state.position.Store(&at)
	state.clock.At(m.Now())
	state.View.Store(recall.NewView())
	return state, nil
}

// Adopt adds a Context that this process has just created to those in memory, unless another call has loaded it first. It returns the
// Context in memory. The process stays marked as the creator, so that no other call deletes the Context.
func (m *Store) Adopt(ctx context.Context, state *Context) *Context {
	m.mu.Lock()
	other := m.contexts[state.ID]
	if other != nil {
		m.mu.Unlock()
		m.detach(context.WithoutCancel(ctx), []evicted{state.unload()})
		return other
	}
	m.contexts[state.ID] = state
	m.pool.add(state)
	gone := m.pool.surplus()
	m.mu.Unlock()
	m.detach(context.WithoutCancel(ctx), gone)
	return state
}

// Loaded reports whether the Context is in memory.
func (s *Context) Loaded() bool { return s.View.Load() != nil }

// evicted is what is left of a Context that was taken out of memory.
type evicted struct {
	id   string
	conn surreal.Conn
}

// unload removes a Context from memory. No call may be using it.
func (s *Context) unload() evicted {
	out := evicted{s.ID, s.Conn}
	s.Conn, s.Rows = nil, nil
	s.View.Store(nil)
	s.position.Store(nil)
	s.NeedsReload.Store(false) // what is read next is what is stored
	s.Access.Forget(nil)
	return out
}

func (e evicted) close(ctx context.Context) error {
	if e.conn == nil {
		return nil
	}
	return e.conn.Close(ctx)
}

// detach closes the connections of evicted Contexts. An error means that the database does not answer, which the next caller learns.
func (m *Store) detach(ctx context.Context, list []evicted) {
	for _, e := range list {
		if err := e.close(ctx); err != nil {
			m.log(ctx, slog.LevelWarn, "Connection of a Context that left memory could not be ended", slog.String("context_id", e.id), surreal.Cause(err))
		}
	}
}

// explainLoad looks whether a Context could not be read because it was deleted meanwhile. When it cannot tell, the first error is the
// one to know of.
func (m *Store) explainLoad(ctx context.Context, state *Context, err error) error {
	now, getErr := m.Registry.Get(ctx, state.ID)
	if errors.Is(getErr, surreal.ErrNotFound) || getErr == nil && !state.is(now) {
		m.Drop(state.ID, state)
		return ErrGone
	}
	return err
}

// Drop removes a Context and invalidates its handles. It returns nil if the Context was not known, or if another Context than the given
// one is known.
func (m *Store) Drop(id string, only *Context) *Context {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deletions++
	state := m.contexts[id]
	if only != nil {
		only.deleted.Store(true)
		m.pool.remove(only)
		if state != only {
			return nil
		}
	}
	delete(m.contexts, id)
	if state != nil {
		state.deleted.Store(true)
		m.pool.remove(state)
	}
	return state
}

// NoContext returns the error for an id that no Context has.
func NoContext(id string) error { return fault.New(fault.NotFound, "ID", "no Context %q", id) }

// Enter marks a Context as being created or deleted by this process, unless it is marked already.
func (m *Store) Enter(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changing[id] {
		return false
	}
	m.changing[id] = true
	return true
}

// Changes reports whether this process is creating or deleting a Context.
func (m *Store) Changes(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.changing[id]
}

// Leave removes the mark of Enter.
func (m *Store) Leave(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.changing, id)
}
