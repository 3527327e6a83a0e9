package live

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
)

// Erasing makes sure that data that is deleted from now on is in no byte of the store's file, and of no index saved beside it, once the
// deleting call returns. It is used as
//
//	defer m.Erasing(ctx, id, &err)()
//
// It also drops the answers that were kept to be given again. On a server it does nothing else. After a crash, the next opening of the store completes the work.
func (m *Store) Erasing(ctx context.Context, id string, failed *error) func() {
	dropAnswers := func() {
		if state := m.InMemory(id); state != nil {
			state.Answers.Drop()
		}
	}
	file, _ := m.DB.Backing()
	if file == nil {
		return dropAnswers
	}
	finish := file.Erase()
	// An index that was saved earlier and was not loaded contains the texts.
	unsaved := m.ForgetIndex(id)
	return func() {
		dropAnswers()
		if err := errors.Join(unsaved, finish(ctx)); err != nil {
			*failed = errors.Join(*failed, err)
		}
	}
}

// ErasePages erases rows from the database and from memory, page by page, until none is left. Other writes run between the pages. left
// reports whether they wrote rows that must be erased as well.
func (s *Context) ErasePages(ctx context.Context, e *store.Erasing, left func(*recall.View) bool) (err error) {
	var erased []string
	for done := false; err == nil && !done; {
		err = s.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
			update, last, at, err := e.Next(ctx, at)
			if err != nil {
				return at, err
			}
			if err := view.Merge(update); err != nil {
				s.NeedsReload.Store(true) // the update may be applied in part
				return at, err
			}
			erased = append(erased, update.Erased...)
			Progress(ctx, "erasing", len(erased), 0)
			switch {
			case !last:
				return at, nil
			case left(view): // rows were written meanwhile, and are perhaps erased in part
				e.Again()
				return at, nil
			}
			unfounded, at, err := s.eraseUnfounded(ctx, view, at)
			if err != nil {
				return at, err
			}
			if err := s.EraseTraces(ctx, store.Gone{Rows: slices.Concat(erased, unfounded), Path: e.Path}); err != nil {
				return at, err
			}
			at, err = e.End(ctx, at)
			done = err == nil
			return at, err
		})
	}
	return err
}

// FinishErasing completes erasures that a crash or a database failure interrupted. It runs before the stored rows are loaded into memory.
// The caller holds the writer's lock, or is the only user.
func (m *Store) FinishErasing(ctx context.Context, state *Context) (err error) {
	left, err := state.Rows.Erasures(ctx)
	if err != nil || len(left) == 0 {
		return err
	}
	defer m.Erasing(ctx, state.ID, &err)()
	finished := 0
	for len(left) > 0 {
		for _, e := range left {
			if err := state.Rows.Finish(ctx, e); err != nil {
				return err
			}
		}
		finished += len(left)
		if left, err = state.Rows.Erasures(ctx); err != nil { // one may have left others
			return err
		}
	}
	state.Log(ctx, slog.LevelInfo, "Erasure that was interrupted is finished", slog.Int("erasures", finished))
	return nil
}
