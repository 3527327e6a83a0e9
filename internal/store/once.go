package store

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/surreal"
)

// maxLost is how often a write whose answer is lost is sent.
const maxLost = 4

// once makes a write happen once although its answer may be lost: it asks applied before it sends the write again.
// A write that was lost may still be on its way when the next is sent: both must make the same row, which the
// database allows one of them. An error that matches surreal.ErrLost leaves open whether the write is stored.
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
			surreal.Retried(ctx, surreal.ErrLost) // asking was enough
			return nil
		case final(err):
			return err
		case !errors.Is(err, surreal.ErrLost):
			// This one was not stored; the one that was lost may still be on its way.
			return errors.Join(surreal.ErrLost, err)
		case errors.Is(err, surreal.ErrTimeout), lost == maxLost, ctx.Err() != nil:
			return err
		}
		surreal.Retried(ctx, err)
	}
}

// final reports whether an error says that no copy of the write can be stored any more: what it depends on has changed,
// or what it makes is there from somebody else.
func final(err error) bool {
	return errors.Is(err, ErrStale) || errors.Is(err, surreal.ErrAlreadyExists) || errors.Is(err, surreal.ErrNotFound)
}

// exists reports whether there is a record.
func exists(ctx context.Context, conn surreal.Conn, id surreal.RecordID) (bool, error) {
	out, err := query(ctx, conn, `RETURN record::exists($id)`, map[string]any{"id": id})
	if err != nil {
		return false, err
	}
	var found bool
	return found, out.Last(&found)
}
