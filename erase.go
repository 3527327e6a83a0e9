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
