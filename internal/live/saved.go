package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Reading a large Context through the engine takes seconds. When a file store is closed, what its Contexts hold in
// memory is saved beside the file, and read from there when the store is opened again. It can not be wrong: it serves
// only if the file is, record for record, in the version in which it was closed, which the file's check computes anew;
// the copy has a sum; and it is removed when it is read, so that it does not outlive a later change. Whatever does
// not fit is ignored, and the Context read from its database.

// saveFrom is the least number of rows for which an index is saved: fewer rows load in a fraction of a second.
const saveFrom = 5000

// unfinished is the suffix of an index's name while it is written.
const unfinished = ".new"

// indexPath is where the index of a Context is saved, "" in a store that is no file.
func (m *Store) indexPath(id string) string {
	if file, _ := m.DB.Backing(); file == nil {
		return ""
	}
	return m.Address.Path() + "-index-" + id
}

// indexName says what a saved index is of. One with vectors of the built-in embedder does not serve where vectors are kept, nor the
// other way around: what made those that are kept is in the database, as for those that are read from there.
func (m *Store) indexName(state *Context, v kv.Version) string {
	vectors := "built-in vectors"
	if m.StoresVectors {
		vectors = "kept vectors"
	}
	return fmt.Sprintf("context %s, made by %s, schema %d, %s, file after %d commits with %d records of sum %x",
		state.ID, state.claim, schema.Context().Version(), vectors, v.Commits, v.Records, v.Sum)
}

// read loads a Context for the first time, from its saved index if a matching one exists.
func (m *Store) read(ctx context.Context, state *Context) error {
	// Before the index: it is of what was there before.
	if err := m.FinishErasing(ctx, state); err != nil {
		return err
	}
	newest, err := state.Rows.Newest(ctx)
	if err != nil {
		return err
	}
	state.clock.At(newest)
	if view := m.restore(ctx, state); view != nil {
		state.clock.At(view.Newest())
		state.position.Store(&store.Position{})
		state.View.Store(view)
		m.mu.Lock()
		m.restored++
		m.mu.Unlock()
		return nil
	}
	return m.reload(ctx, state)
}

// restore reads a saved index and removes it. It returns nil if no matching index exists; then the rows are loaded from the database.
func (m *Store) restore(ctx context.Context, state *Context) *recall.View {
	path := m.indexPath(state.ID)
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var view *recall.View
	if err == nil {
		left := os.Remove(path)
		view, err = m.restoreFrom(ctx, state, f)
		err = errors.Join(err, f.Close())
		if left != nil {
			left = os.Remove(path) // some systems do not remove a file that is open
		}
		if left != nil {
			// It serves again only if nothing was written meanwhile.
			state.log(ctx, slog.LevelWarn, "Saved index could not be removed", surreal.Cause(left))
		}
	}
	if err != nil {
		state.log(ctx, slog.LevelWarn, "Saved index was not used and the Context is read from the database", notUsed(err))
		return nil
	}
	state.log(ctx, slog.LevelDebug, "Saved index was used", slog.Int("rows", view.Stats().Rows()))
	return view
}

// restoreFrom reads what a saved index holds, if it fits.
func (m *Store) restoreFrom(ctx context.Context, state *Context, f *os.File) (*recall.View, error) {
	_, found := m.DB.Backing()
	saved, err := store.OpenSaved(f, m.indexName(state, found))
	if err != nil {
		return nil, err
	}
	if err := m.knowVectors(ctx, state); err != nil {
		return nil, err
	}
	view, err := recall.Restore(ctx, saved, m.embedMissing(state))
	if err = errors.Join(err, saved.End()); err != nil {
		return nil, err
	}
	return view, nil
}

// notUsed is why a saved index was not used, for a log. An embedder's error may quote a text.
func notUsed(err error) slog.Attr {
	if errors.Is(err, store.ErrNotSaved) {
		return surreal.Cause(err)
	}
	return kind(err)
}

// saveIndexes saves the indexes of the Contexts in memory. The file is closed, so its version is final.
func (m *Store) saveIndexes(ctx context.Context, states []*Context) error {
	file, _ := m.DB.Backing()
	if file == nil {
		return nil
	}
	if err := file.Present(); err != nil {
		m.log(ctx, slog.LevelWarn, "Indexes are not saved because the file of the store is not where it was", surreal.Cause(err))
		return nil
	}
	var failed error
	for _, state := range states {
		if !state.Loaded() || state.deleted.Load() || state.View.Load().Stats().Rows() < m.SaveFrom {
			continue
		}
		if state.NeedsReload.Load() || m.StoresVectors && !state.signedVectors() {
			state.log(ctx, slog.LevelInfo, "Index is not saved because it may not be what is stored")
			continue
		}
		if err := m.saveIndex(ctx, state, file.Version()); err != nil {
			failed = errors.Join(failed, fmt.Errorf("the store is whole; saving the index of %s: %w", state.ID, err))
		}
	}
	return failed
}

// signedVectors reports whether the database says what all vectors in memory were made by. Otherwise whoever reads them cannot tell
// whether they are of another embedder.
func (s *Context) signedVectors() bool {
	v := s.Vectors.Load()
	return v != nil && v.stored && !v.by.Unfinished
}

// saveIndex writes an index under another name first and renames it, so that an index is complete or absent.
func (m *Store) saveIndex(ctx context.Context, state *Context, v kv.Version) (err error) {
	path := m.indexPath(state.ID)
	f, err := os.OpenFile(path+unfinished, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = store.Save(ctx, f, m.indexName(state, v), state.View.Load().VectoredRows())
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// ForgetIndex removes the saved index of a deleted Context, and an unfinished one.
func (m *Store) ForgetIndex(id string) error {
	path := m.indexPath(id)
	if path == "" {
		return nil
	}
	for _, name := range []string{path, path + unfinished} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
