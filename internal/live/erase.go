package live

import (
	"context"
	"errors"
	"log/slog"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
)

// Erasing sees to it that what is deleted from now on is in no byte of the store's file, and of no index saved beside it,
// once the call that deletes it returns. It is used as
//
//	defer m.erasing(ctx, id, &err)()
//
// On a server it does nothing. A crash on the way is made up for when the store is opened.
func (m *Store) Erasing(ctx context.Context, id string, failed *error) func() {
	file, _ := m.DB.Backing()
	if file == nil {
		return func() {}
	}
	finish := file.Erase()
	// An index that was saved earlier and has not been read has the texts in it.
	unsaved := m.ForgetIndex(id)
	return func() {
		if err := errors.Join(unsaved, finish(ctx)); err != nil {
			*failed = errors.Join(*failed, err)
		}
	}
}

// ErasePages erases in memory as in the database, page by page, until there is nothing left. Others write between the pages; left
// reports whether they wrote something that is to be erased as well.
func (s *Context) ErasePages(ctx context.Context, e *store.Erasing, left func(*recall.View) bool) (err error) {
	for done := false; err == nil && !done; {
		err = s.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
			update, last, at, err := e.Next(ctx, at)
			if err != nil {
				return at, err
			}
			if err := view.Merge(update); err != nil {
				s.NeedsReload.Store(true) // it may have a part of it
				return at, err
			}
			switch {
			case !last:
				return at, nil
			case left(view): // written meanwhile, and perhaps erased in part
				e.Again()
				return at, nil
			}
			at, err = e.End(ctx, at)
			done = err == nil
			return at, err
		})
	}
	return err
}

// FinishErasing finishes the erasures that were begun and not ended, because somebody crashed or the database did not answer.
// It comes before what is stored is read into memory. The caller holds the writer's lock, or is alone.
func (m *Store) FinishErasing(ctx context.Context, state *Context) (err error) {
	left, err := state.Rows.Erasures(ctx)
	if err != nil || len(left) == 0 {
		return err
	}
	defer m.Erasing(ctx, state.ID, &err)()
	for _, e := range left {
		if err := state.Rows.Finish(ctx, e); err != nil {
			return err
		}
	}
	state.log(ctx, slog.LevelInfo, "Erasure that was interrupted is finished", slog.Int("erasures", len(left)))
	return nil
}
