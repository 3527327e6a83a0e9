package spectron

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// contextStore is what all handles of one Context share. What it has in memory is there while it is loaded: a call finds it
// so, and it stays so until the call is done.
type contextStore struct {
	residence
	core     *openStore
	id       string
	claim    string // of its entry in the registry: another Context of the same id has another
	clock    monotonic
	settings settings.Current
	access   accessCache
	denied   denials                 // in the Context
	vectors  atomic.Pointer[vectors] // what is known of the stored ones; nil: there are none
	// view is nil while the Context is not in memory; conn and store are set before it.
	view  atomic.Pointer[recall.View]
	conn  surreal.Conn
	store *store.Store
	// position is the change up to which the view is complete. It changes under writer.
	position atomic.Pointer[store.Position]
	// doubtful says that the view may lack a write whose answer was lost.
	doubtful atomic.Bool
	waves    waves
	// writer is held from planning a write to taking it into the view: a plan builds on what is there.
	writer  lock
	deleted atomic.Bool
}

// handle opens a Context, once however many ask for it.
func (m *openStore) handle(ctx context.Context, id string) (*contextStore, error) {
	state, err := m.pinned(ctx, id)
	if err != nil {
		return nil, err
	}
	state.done()
	return state, nil
}

// pinned is handle for who goes on with the Context in memory, until done.
func (m *openStore) pinned(ctx context.Context, id string) (*contextStore, error) {
	for {
		state, err := m.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if err = state.enterFresh(ctx); err == nil {
			return state, nil
		}
		if !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		// It was deleted, here or by another process, which may have made another since.
	}
}

// enterFresh holds the Context, brought up to what is stored. It holds nothing when it fails, or when an embedder panics.
func (s *contextStore) enterFresh(ctx context.Context) (err error) {
	s.hold()
	held := false
	defer func() {
		if !held {
			s.done()
		}
	}()
	if err = s.fresh(ctx); err == nil {
		held = true
	}
	return err
}

// find returns what all handles of a Context share, and makes it for the first of them.
func (m *openStore) find(ctx context.Context, id string) (*contextStore, error) {
	for {
		m.mu.Lock()
		state, deletions := m.contexts[id], m.deletions
		m.mu.Unlock()
		if state != nil {
			return state, nil
		}
		entry, err := m.registry.Get(ctx, id)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && entry.State != store.StateReady {
			return nil, noContext(id)
		}
		if err != nil {
			return nil, err
		}
		state = &contextStore{core: m, id: entry.ID, claim: entry.Claim, writer: newLock()}
		if err := state.settings.Take(entry); err != nil {
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

// load reads the Context into memory. The caller holds the lock of the writer.
func (s *contextStore) load(ctx context.Context) (err error) {
	m := s.core
	entry, err := m.registry.Get(ctx, s.id)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && !s.is(entry) {
		m.drop(s.id, s)
		return errGone
	}
	if err != nil {
		return err
	}
	if s.conn, err = m.db.Connect(ctx, entry.Namespace, entry.Database); err != nil {
		return err
	}
	s.store = store.New(s.conn, m.writers())
	defer func() {
		if err != nil {
			err = errors.Join(err, s.unload().close(context.WithoutCancel(ctx)))
		}
	}()
	if err := m.migrate(ctx, s.conn, entry); err != nil {
		return m.explainLoad(ctx, s, err)
	}
	if err := s.settings.Take(entry); err != nil {
		return err
	}
	if err := m.read(ctx, s); err != nil {
		return m.explainLoad(ctx, s, err)
	}
	m.mu.Lock()
	if s.deleted.Load() {
		m.mu.Unlock()
		return errGone
	}
	m.pool.add(s)
	gone := m.pool.surplus()
	m.mu.Unlock()
	m.detach(context.WithoutCancel(ctx), gone)
	return nil
}

// blank is a Context in memory whose database this process is making, before it is ready: nothing is in it. conn becomes its
// connection.
func (m *openStore) blank(ctx context.Context, entry store.Registered, conn surreal.Conn) (*contextStore, error) {
	entry.State, entry.Made, entry.SchemaVersion = store.StateReady, true, schema.Context().Version()
	state := &contextStore{core: m, id: entry.ID, claim: entry.Claim, writer: newLock(), conn: conn, store: store.New(conn, m.writers())}
	if err := state.settings.Take(entry); err != nil {
		return nil, err
	}
	at, err := state.store.Position(ctx)
	if err != nil {
		return nil, err
	}
	state.position.Store(&at)
	state.clock.at(m.now())
	state.view.Store(recall.NewView())
	return state, nil
}

// adopt puts a Context that this process has just made among those in memory, unless somebody else was faster to read it. It
// returns the one that is there. The process is still marked as the one that creates it, so that nobody here deletes it.
func (m *openStore) adopt(ctx context.Context, state *contextStore) *contextStore {
	m.mu.Lock()
	other := m.contexts[state.id]
	if other != nil {
		m.mu.Unlock()
		m.detach(context.WithoutCancel(ctx), []evicted{state.unload()})
		return other
	}
	m.contexts[state.id] = state
	m.pool.add(state)
	gone := m.pool.surplus()
	m.mu.Unlock()
	m.detach(context.WithoutCancel(ctx), gone)
	return state
}

// loaded reports whether the Context is in memory.
func (s *contextStore) loaded() bool { return s.view.Load() != nil }

// evicted is what is left of a Context that was taken out of memory.
type evicted struct{ conn surreal.Conn }

// unload takes a Context out of memory. Nobody uses it meanwhile.
func (s *contextStore) unload() evicted {
	out := evicted{s.conn}
	s.conn, s.store = nil, nil
	s.view.Store(nil)
	s.position.Store(nil)
	s.doubtful.Store(false) // what is read next is what is stored
	s.access.forget(nil)
	return out
}

func (e evicted) close(ctx context.Context) error {
	if e.conn == nil {
		return nil
	}
	return e.conn.Close(ctx)
}

// detach ends the connections of Contexts that were taken out of memory. An error is that of a database that does not
// answer, which whoever asks it next is told.
func (m *openStore) detach(ctx context.Context, list []evicted) {
	for _, e := range list {
		_ = e.close(ctx)
	}
}

// explainLoad looks whether a Context could not be read because it was deleted meanwhile.
func (m *openStore) explainLoad(ctx context.Context, state *contextStore, err error) error {
	now, getErr := m.registry.Get(ctx, state.id)
	if errors.Is(getErr, surreal.ErrNotFound) || getErr == nil && !state.is(now) {
		m.drop(state.id, state)
		return errGone
	}
	return err
}

// drop takes a Context from those that are known and ends its handles. It returns nil when it was not known, or when
// another than the given one is.
func (m *openStore) drop(id string, only *contextStore) *contextStore {
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

func noContext(id string) error { return fault.New(fault.NotFound, "ID", "no Context %q", id) }

// enter marks a Context as one that this process creates or deletes, unless it does already.
func (m *openStore) enter(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changing[id] {
		return false
	}
	m.changing[id] = true
	return true
}

// changes reports whether this process is creating or deleting a Context.
func (m *openStore) changes(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.changing[id]
}

func (m *openStore) leave(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.changing, id)
}
