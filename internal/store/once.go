package store

import (
	"context"
	"errors"
	"slices"

	"github.com/spectron-go/spectron/internal/surreal"
)

// maxLost is how often a write is sent when its replies are lost.
const maxLost = 4

// once applies a write exactly once although its reply may be lost: it calls applied before it sends the write again. A lost write
// may still be on its way when the next is sent. Therefore both must create the same record, which the database allows only once.
// With an error that matches surreal.ErrLost, the write may or may not be stored.
func once(ctx context.Context, send func() error, applied func(context.Context) (bool, error)) error {
	for lost := 0; ; {
		err := surreal.Retry(ctx, surreal.Backoff{}, send)
		if errors.Is(err, surreal.ErrLost) {
			lost++
		}
		if err == nil || lost == 0 {
			return err
		}
		done, unknown := applied(ctx)
		switch {
		case unknown != nil:
			return errors.Join(surreal.ErrLost, err, unknown)
		case done:
			surreal.Retried(ctx, surreal.ErrLost) // the write was applied
			return nil
		case final(err):
			return err
		case !errors.Is(err, surreal.ErrLost):
			// This copy was not stored; a lost copy may still be on its way.
			return errors.Join(surreal.ErrLost, err)
		case errors.Is(err, surreal.ErrTimeout), lost == maxLost, ctx.Err() != nil:
			return err
		}
		surreal.Retried(ctx, err)
	}
}

// final reports whether after this error no copy of the write can be stored: a precondition has changed, or another write created
// the record.
func final(err error) bool {
	return slices.ContainsFunc([]error{ErrStale, ErrAnswered, ErrFenced, ErrNamed, ErrRemoved, surreal.ErrAlreadyExists, surreal.ErrNotFound},
		func(is error) bool { return errors.Is(err, is) })
}

// exists reports whether a record exists.
func exists(ctx context.Context, conn surreal.Conn, id surreal.RecordID) (bool, error) {
	out, err := query(ctx, conn, `RETURN record::exists($id)`, map[string]any{"id": id})
	if err != nil {
		return false, err
	}
	var found bool
	return found, out.Last(&found)
}
