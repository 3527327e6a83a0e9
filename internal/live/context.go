package live

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"github.com/spectron-go/spectron/internal/answers"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Context is the state that all handles of one Context share. Its view is in memory while the Context is loaded. A call keeps the Context
// loaded.
type Context struct {
	residence
	Core     *Store
	ID       string
	claim    string // claim of its entry in the registry; a later Context with the same id has another claim
	clock    monotonic
	Settings settings.Current
	models   modelCache
	Access   accessCache
	Denied   denials                 // denied attempts to record in the Context
	Vectors  atomic.Pointer[Vectors] // the state of the stored vectors; nil: none are stored
	// View is nil while the Context is not in memory. Conn and Rows are set before it.
	View atomic.Pointer[recall.View]
	Conn surreal.Conn
	Rows *store.Store
	// position is the last change that the view includes. It changes only under Writer.
	position atomic.Pointer[store.Position]
	// NeedsReload is set if the view may differ from what is stored, because the reply to a write was lost or an update failed. The next
	// call loads the view again.
	NeedsReload atomic.Bool
	batcher     batcher
	// Writer is held from the planning of a write until the view has it, because a plan depends on the current state.
	Writer  writerLock
	joint   joint
	deleted atomic.Bool
	// reserved has the idempotency keys of running writes.
	reserved reservations
	// Answers has answers of a model to questions that may be asked again.
	Answers    answers.Cache[recall.Era]
	noted      notes
	asked      asked
	reinforced reinforced
	fadedTo    atomic.Int64              // day up to which importance has faded, 0: it has not. It changes only under Writer
	cursors    atomic.Pointer[CursorBox] // see Cursors
}

// Handle returns the shared state of a Context, and loads the Context. Concurrent calls for the same Context load it only once.
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
		// The Context was deleted, by this process or another one. Another Context with the same id may exist now.
	}
}

// pinAndRefresh pins and refreshes the Context. If that fails or an embedder panics, the Context is not pinned.
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
		case other != nil: // another call was faster
			return other, nil
		case !stale:
			return state, nil
		}
		// The entry that was read may belong to a deleted Context.
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
	s.loaded()
	s.Writer.whenFree(func() { m.detach(context.WithoutCancel(ctx), gone) })
	return nil
}

// Blank returns the state in memory of an empty Context whose database this process is creating. It uses conn as its connection.
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
	state.loaded()
	m.detach(context.WithoutCancel(ctx), gone)
	return state
}

// Loaded reports whether the Context is in memory.
func (s *Context) Loaded() bool { return s.View.Load() != nil }

// evicted has what remains to be closed of a Context that was removed from memory.
type evicted struct {
	id   string
	conn surreal.Conn
}

// unload removes a Context from memory. No call may be using it.
func (s *Context) unload() evicted {
	out := evicted{s.ID, s.Conn}
	s.noted.leave(s.View.Load())
	s.Conn, s.Rows = nil, nil
	s.View.Store(nil)
	s.position.Store(nil)
	s.NeedsReload.Store(false) // the next load reads what is stored
	s.Access.Forget(nil)
	s.Answers.Drop()
	return out
}

func (e evicted) close(ctx context.Context) error {
	if e.conn == nil {
		return nil
	}
	return e.conn.Close(ctx)
}

// detach closes the connections of evicted Contexts. It only logs an error, because the next caller learns that the database does not
// answer.
func (m *Store) detach(ctx context.Context, list []evicted) {
	for _, e := range list {
		if err := e.close(ctx); err != nil {
			m.Log(ctx, slog.LevelWarn, "Connection of a Context that left memory could not be ended", slog.String("context_id", e.id), surreal.Cause(err))
		}
	}
}

// explainLoad checks whether loading a Context failed because the Context was deleted meanwhile. If it cannot find out, it returns the
// first error.
func (m *Store) explainLoad(ctx context.Context, state *Context, err error) error {
	if errors.Is(m.stillThere(ctx, state), ErrGone) {
		m.Drop(state.ID, state)
		return ErrGone
	}
	return err
}

// Drop removes a Context and invalidates its handles. It returns the state of the removed Context, or nil if no Context with that id is
// known. If only is set, only this Context is removed.
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

// Enter marks a Context as being created or deleted by this process. It returns false if the Context is already marked.
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
