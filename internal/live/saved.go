package live

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Loading a large Context through the engine takes seconds. Therefore the views of the Contexts in memory are saved beside the file when a
// file store is closed, and loaded from there when it is opened again. A saved index cannot be outdated. It is used only if the file has,
// record for record, the version in which it was closed, which opening the file verifies. It has a checksum. It is removed when it is read,
// so that it does not survive a later change. An index that does not match is ignored, and the Context is loaded from its database.

// saveFrom is the minimum number of rows for which an index is saved. Fewer rows load in a fraction of a second.
const saveFrom = 5000

// unfinished is the suffix of the name of an index while it is being written.
const unfinished = ".new"

// indexPath returns the path of the saved index of a Context; "" if the store is not a file.
func (m *Store) indexPath(id string) string {
	if file, _ := m.DB.Backing(); file == nil {
		return ""
	}
	return m.Address.Path() + "-index-" + id
}

// indexName identifies the state that a saved index belongs to. An index with vectors of the built-in embedder cannot be used if the
// store's embedder has stored vectors, and vice versa. The name does not identify the embedder of stored vectors, because the database
// records it.
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
	// This comes before the use of the index, because an index from before an erasure contains the erased texts.
	if err := m.FinishErasing(ctx, state); err != nil {
		return err
	}
	if !m.Shared { // whoever was uploading has died
		if err := state.DropUploads(ctx, time.Time{}); err != nil {
			return err
		}
	}
	newest, err := state.Rows.Newest(ctx)
	if err != nil {
		return err
	}
	state.clock.At(newest)
	if view := m.restore(ctx, state); view != nil {
		faded, err := state.Rows.Faded(ctx)
		if err != nil {
			return err
		}
		state.fadedTo.Store(faded)
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
			left = os.Remove(path) // some systems cannot remove an open file
		}
		if left != nil {
			// The index can be used again only if nothing is written meanwhile.
			state.Log(ctx, slog.LevelWarn, "Saved index could not be removed", surreal.Cause(left))
		}
	}
	if err != nil {
		state.Log(ctx, slog.LevelWarn, "Saved index was not used and the Context is read from the database", notUsed(err))
		return nil
	}
	state.Log(ctx, slog.LevelDebug, "Saved index was used", slog.Int("rows", view.Stats().Rows()))
	return view
}

// restoreFrom reads a saved index. It returns an error if the index does not match.
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

// notUsed returns the reason why a saved index was not used, for a log. The text of an embedder's error is left out, because it may quote a
// text.
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
		m.Log(ctx, slog.LevelWarn, "Indexes are not saved because the file of the store is not where it was", surreal.Cause(err))
		return nil
	}
	var failed error
	for _, state := range states {
		if !state.Loaded() || state.deleted.Load() || state.View.Load().Stats().Rows() < m.SaveFrom {
			continue
		}
		if state.NeedsReload.Load() || m.StoresVectors && !state.signedVectors() {
			state.Log(ctx, slog.LevelInfo, "Index is not saved because it may not be what is stored")
			continue
		}
		if err := m.saveIndex(ctx, state, file.Version()); err != nil {
			failed = errors.Join(failed, fmt.Errorf("the store is whole; saving the index of %s: %w", state.ID, err))
		}
	}
	return failed
}

// signedVectors reports whether the database records the embedder of all vectors in memory. Otherwise a process that loads the index cannot
// tell whether they come from another embedder.
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
