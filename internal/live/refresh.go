package live

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Write runs f, which plans a write on the state in memory, stores it, applies it to memory and returns the position after it. No other
// write in this process runs meanwhile. If another process has written, f runs again on the new state.
func (s *Context) Write(ctx context.Context, f func(*recall.View, store.Position) (store.Position, error)) error {
	overtaken := false
	// A write whose reply was lost is not repeated, because it may be stored.
	again := func(err error) bool { return errors.Is(err, store.ErrStale) && !errors.Is(err, surreal.ErrLost) }
	err := surreal.RetryIf(ctx, store.Replans, again, func() error {
		if overtaken {
			if err := s.Refresh(ctx); err != nil {
				return err
			}
		}
		if err := s.Writer.Lock(ctx); err != nil {
			return err
		}
		defer s.Writer.Unlock()
		if err := s.Alive(); err != nil {
			return err
		}
		if s.NeedsReload.Load() {
			if err := s.Core.reload(context.WithoutCancel(ctx), s); err != nil {
				return err
			}
		}
		at, err := f(s.View.Load(), *s.position.Load())
		switch {
		case err == nil:
			s.position.Store(&at)
		case errors.Is(err, surreal.ErrLost), errors.Is(err, store.ErrStale):
			overtaken = true
			if errors.Is(err, surreal.ErrLost) {
				s.Log(ctx, slog.LevelWarn, "Answer to a write was lost and what is in memory is compared with what is stored", surreal.Cause(err))
			}
			// With a log of changes, catching up shows whether the write is stored. Without one, the view must be loaded again.
			s.NeedsReload.Store(!s.Core.Shared)
		}
		return err
	})
	return s.Explain(ctx, err)
}

// ReadAnew makes the next call load the Context again, because a stored write could not be applied to memory.
func (s *Context) ReadAnew(ctx context.Context, err error) {
	s.NeedsReload.Store(true)
	s.Log(ctx, slog.LevelError, "Write could not be taken into memory and the Context is read anew", surreal.Cause(err))
}

// Reload loads the Context from the database again.
func (s *Context) Reload(ctx context.Context) error {
	s.NeedsReload.Store(true)
	return s.Refresh(ctx)
}

// Apply stores a write, and drops the scopes that it registers from the cache.
func (s *Context) Apply(ctx context.Context, w store.Write, at store.Position) (store.Position, error) {
	reached, err := s.Rows.Apply(ctx, w, at)
	s.forgetScopes(w.Registered)
	return reached, err
}

// forgetScopes drops scopes from the cache after a write that registers them, even if it has failed: it may be stored.
func (s *Context) forgetScopes(registered []record.ScopeNode) {
	if len(registered) == 0 {
		return
	}
	names := make([]string, len(registered))
	for i, n := range registered {
		names[i] = store.ScopeRecord(n.Path)
	}
	s.Access.Forget(names)
}

// Explain checks whether an operation failed because the Context was deleted meanwhile, by this process or another one.
func (s *Context) Explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var refused *surreal.Error
	if s.Core.Shared && errors.As(err, &refused) {
		if gone := s.Refresh(ctx); fault.Is(gone, fault.NotFound) {
			return gone
		}
	}
	if gone := s.Alive(); gone != nil {
		return gone
	}
	return err
}

// Refresh applies every write to memory that any process committed before Refresh was called. The Context must be pinned; if it was
// evicted, it is loaded again. fault.NotFound: the Context was deleted, by this process or another one.
func (s *Context) Refresh(ctx context.Context) error {
	if !s.Core.Shared && s.Loaded() && !s.NeedsReload.Load() {
		return nil // no other process writes, and no reply to a write was lost
	}
	err := s.batcher.join(ctx, s, s.reread)
	if gone := s.Alive(); gone != nil {
		return gone
	}
	return err
}

// Settle waits until memory has every write that was stored before.
func (s *Context) Settle(ctx context.Context) error {
	if err := s.Writer.Lock(ctx); err != nil {
		return err
	}
	s.Writer.Unlock() // writes of this process are in memory before they release it
	return s.Refresh(ctx)
}

// reread implements Refresh.
func (s *Context) reread(ctx context.Context) error {
	if s.Loaded() && !s.NeedsReload.Load() {
		return s.readOn(ctx)
	}
	if err := s.Writer.Lock(ctx); err != nil {
		return err
	}
	defer s.Writer.Unlock()
	switch {
	case !s.Loaded():
		return s.load(ctx)
	case s.NeedsReload.Load():
		return s.Core.reload(ctx, s)
	}
	return nil
}

// readOn applies the changes of other processes: rows and the configuration of the Context.
func (s *Context) readOn(ctx context.Context) (err error) {
	configured := make(chan error, 1)
	go func() { configured <- s.reconfigure(ctx) }()
	// The goroutine ends before this function returns, even if an embedder panics.
	defer func() { err = errors.Join(err, <-configured) }()
	return s.catchUp(ctx)
}

// reconfigure applies the stored configuration of the Context.
func (s *Context) reconfigure(ctx context.Context) error {
	entry, err := s.Core.Registry.Get(ctx, s.ID)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && !s.is(entry) {
		return nil // catchUp handles a deleted Context
	}
	if err != nil {
		return err
	}
	return s.Settings.Take(entry)
}

// ErrGone is returned for a Context that another process has deleted.
var ErrGone = errors.New("the Context was deleted")

// mostTorn is how often catchUp reads the changes again because a document among them has changed since.
const mostTorn = 8

// catchUp applies the writes of others since the position of the view in memory.
func (s *Context) catchUp(ctx context.Context) error {
	for torn := 0; ; {
		from := s.position.Load()
		update, at, err := s.Rows.CatchUp(ctx, *from)
		if errors.Is(err, store.ErrGap) {
			s.Log(ctx, slog.LevelInfo, "Log of changes has a gap and the Context is read anew")
			return s.startOver(ctx)
		}
		if err != nil || at == *from {
			return err
		}
		if slices.Contains(update.Access, store.EmbedderRecord) {
			return s.startOver(ctx) // the vectors in memory may come from another embedder than the stored ones
		}
		faded, err := s.fadedIn(ctx, &update)
		if err != nil {
			return err
		}
		if whole, err := s.readPassages(ctx, &update); !whole || err != nil {
			if err != nil {
				return err
			}
			if torn++; torn > mostTorn {
				return s.startOver(ctx)
			}
			continue // a document has changed again
		}
		if err := s.Core.embedUpdate(ctx, s, &update); err != nil {
			return FailEmbedding(ctx, err)
		}
		taken, err := s.merge(ctx, update, faded, from, at)
		if taken || err != nil {
			return err
		}
		// A write of this process came first. The next round reads the changes after it.
	}
}

// merge applies an update to memory, unless the position has moved since the update was read.
func (s *Context) merge(ctx context.Context, update store.Update, faded int64, from *store.Position, at store.Position) (bool, error) {
	if err := s.Writer.Lock(ctx); err != nil {
		return false, err
	}
	defer s.Writer.Unlock()
	if s.position.Load() != from {
		return false, nil
	}
	// Revoked permissions must end before the new rows can be read.
	if len(update.Access) > 0 {
		s.Access.Forget(update.Access)
	}
	if err := s.View.Load().Merge(update); err != nil {
		s.NeedsReload.Store(true) // the update may be applied in part
		s.Log(ctx, slog.LevelError, "Changes of others could not be taken into memory and the Context is read anew", surreal.Cause(err))
		return false, err
	}
	s.clock.At(s.View.Load().Newest())
	s.fadedUpTo(faded)
	s.position.Store(&at)
	return true, nil
}

// startOver loads a Context again after a gap in its log of changes, if it is still the same Context.
func (s *Context) startOver(ctx context.Context) error {
	entry, err := s.Core.Registry.Get(ctx, s.ID)
	if err != nil && !errors.Is(err, surreal.ErrNotFound) {
		return err
	}
	if err != nil || !s.is(entry) {
		s.Core.Drop(s.ID, s)
		return errors.Join(ErrGone, s.Conn.Close(ctx))
	}
	if err := s.Writer.Lock(ctx); err != nil {
		return err
	}
	defer s.Writer.Unlock()
	return s.Core.reload(ctx, s)
}

// reload loads the view from the database again. The caller holds the writer's lock, or is the only user.
func (m *Store) reload(ctx context.Context, state *Context) error {
	at, err := state.Rows.Position(ctx)
	if err != nil {
		return err
	}
	// This comes after the position, so that an erasure that another process begins from then on is among the changes.
	if err := m.FinishErasing(ctx, state); err != nil {
		return err
	}
	if err := m.knowVectors(ctx, state); err != nil {
		return err
	}
	faded, err := state.Rows.Faded(ctx)
	if err != nil {
		return err
	}
	view, err := m.loadView(ctx, state, state.Rows)
	if err != nil {
		return err
	}
	if file, _ := m.DB.Backing(); file != nil && view.Stats().Rows() >= m.SaveFrom {
		file.Unread()
	}
	// Apply the writes that were made while the rows were read. Only then is the view consistent.
	update, at, err := state.Rows.CatchUp(ctx, at)
	if err != nil {
		return err
	}
	if !update.Empty() {
		if slices.Contains(update.Access, store.FadingRecord) {
			if faded, err = state.Rows.Faded(ctx); err != nil {
				return err
			}
		}
		if err := m.embedUpdate(ctx, state, &update); err != nil {
			return err
		}
		if err := view.Merge(update); err != nil {
			return err
		}
	}
	if m.Shared {
		// The database may have been removed and may now belong to another Context. An equal claim excludes that.
		if err := m.stillThere(ctx, state); err != nil {
			return err
		}
	}
	state.clock.At(view.Newest())
	state.fadedTo.Store(faded)
	state.Access.Forget(nil)
	state.position.Store(&at)
	state.View.Store(view)
	state.NeedsReload.Store(false)
	return nil
}

// is reports whether an entry of the registry belongs to this Context, and the Context is ready.
func (s *Context) is(entry store.Registered) bool {
	return entry.State == store.StateReady && entry.Claim == s.claim
}

// stillThere returns ErrGone if a Context was deleted, by any process.
func (m *Store) stillThere(ctx context.Context, state *Context) error {
	entry, err := m.Registry.Get(ctx, state.ID)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && !state.is(entry) {
		return ErrGone
	}
	return err
}

// loadView loads a view of all rows. It ignores stored vectors if the built-in embedder is in use, or while the vectors are being
// recomputed, because they may come from another embedder.
func (m *Store) loadView(ctx context.Context, state *Context, rows store.Source) (*recall.View, error) {
	if !m.StoresVectors || state.remaking() {
		rows = store.WithoutVectors(rows)
	}
	return recall.Load(ctx, rows, m.embedMissing(state))
}

// remaking reports whether the vectors of the Context are being recomputed.
func (s *Context) remaking() bool {
	v := s.Vectors.Load()
	return v != nil && v.by.Unfinished
}

// embedUpdate embeds the rows of an update, as loadView does for all rows.
func (m *Store) embedUpdate(ctx context.Context, state *Context, u *store.Update) error {
	if !m.StoresVectors || state.remaking() {
		recall.EachText(&u.Write, func(_ string, vector *[]float32) { *vector = nil })
	}
	return recall.EmbedWrite(ctx, &u.Write, m.embedMissing(state))
}

// batcher lets callers share runs of a piece of work. Each caller needs a run that starts after its call, so callers that come during a
// run share the next one.
type batcher struct {
	mu      sync.Mutex
	running bool
	next    *batch
}

type batch struct {
	done chan struct{}
	err  error
}

// join waits for the next run of work, or until ctx ends. by counts the run as a running operation.
func (w *batcher) join(ctx context.Context, by pinner, work func(context.Context) error) error {
	w.mu.Lock()
	if w.next == nil {
		w.next = &batch{done: make(chan struct{})}
	}
	mine := w.next
	if !w.running {
		w.running = true
		by.Hold()
		go w.run(context.WithoutCancel(ctx), by, work)
	}
	w.mu.Unlock()
	select {
	case <-mine.done:
		rethrow(mine.err)
		return mine.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run repeats the work until no caller waits for it.
func (w *batcher) run(ctx context.Context, by pinner, work func(context.Context) error) {
	defer by.Done()
	for {
		w.mu.Lock()
		mine := w.next
		w.next = nil
		w.running = mine != nil
		w.mu.Unlock()
		if mine == nil {
			return
		}
		// If all waiting callers have gone, the error is lost. The next caller repeats the work.
		mine.err = Catch(func() error { return work(ctx) })
		close(mine.done)
	}
}
