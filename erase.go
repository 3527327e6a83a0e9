package spectron

import (
	"context"
	"errors"
)

// erasing sees to it that what is deleted from now on is in no byte of the store's file, and of no index saved beside it,
// once the call that deletes it returns. It is used as
//
//	defer m.erasing(ctx, op, id, &err)()
//
// On a server it does nothing. A crash on the way is made up for when the store is opened.
func (m *Manager) erasing(ctx context.Context, op, id string, failed *error) func() {
	file, _ := m.db.backing()
	if file == nil {
		return func() {}
	}
	finish := file.Erase()
	// An index that was saved earlier and has not been read has the texts in it.
	unsaved := m.forgetIndex(id)
	return func() {
		if err := errors.Join(unsaved, finish(ctx)); err != nil {
			*failed = errors.Join(*failed, fail(op, err))
		}
	}
}

// finishErasing finishes the erasures that were begun and not ended, because somebody crashed or the database did not answer.
// It comes before what is stored is read into memory. The caller holds the writer's lock, or is alone.
func (m *Manager) finishErasing(ctx context.Context, state *contextStore) (err error) {
	left, err := state.store.Erasures(ctx)
	if err != nil || len(left) == 0 {
		return err
	}
	defer m.erasing(ctx, "finish erasing", state.id, &err)()
	for _, e := range left {
		if err := state.store.EraseSession(ctx, e, nil); err != nil {
			return err
		}
	}
	return nil
}
