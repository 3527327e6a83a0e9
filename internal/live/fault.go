package live

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/remote"
)

// Fault converts an error. A fault in the error decides the code, otherwise the layer below from which the error comes.
func Fault(err error) *fault.Error {
	var inner *fault.Error
	if errors.As(err, &inner) {
		if err.Error() == inner.Error() {
			return inner
		}
		return &fault.Error{Code: inner.Code, Field: inner.Field, Err: err} // err adds text to the fault
	}
	code := fault.Internal
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, surreal.ErrTimeout):
		code = fault.Timeout
	case errors.Is(err, schema.ErrNewer), errors.Is(err, schema.ErrChanged):
		code = fault.Unsupported
	case errors.Is(err, kv.ErrUnsupported):
		code = fault.Unsupported
	case errors.Is(err, engine.ErrClosed), errors.Is(err, remote.ErrClosed), errors.Is(err, kv.ErrClosed):
		code = fault.Closed
	case errors.Is(err, kv.ErrDamaged):
		code = fault.Damaged
	case errors.Is(err, surreal.ErrDenied):
		code = fault.Unauthenticated
	case errors.Is(err, engine.ErrTooLarge), errors.Is(err, surreal.ErrTooLarge), errors.Is(err, index.ErrLimit):
		code = fault.TooLarge
	case errors.Is(err, engine.ErrBroken), errors.Is(err, engine.ErrStorage), errors.Is(err, engine.ErrFull),
		errors.Is(err, surreal.ErrLost), errors.Is(err, surreal.ErrUnreachable), errors.Is(err, kv.ErrMedium):
		code = fault.Unavailable
	case errors.Is(err, store.ErrStale):
		// The error of the database is not passed on, because it names rows that the caller may not know of.
		return &fault.Error{Code: fault.Conflict, Detail: "write conflict: retries exhausted; try again", Err: store.ErrStale}
	case errors.Is(err, surreal.ErrConflict), errors.Is(err, store.ErrFenced):
		code = fault.Conflict
	case errors.Is(err, surreal.ErrNotFound), errors.Is(err, ErrGone):
		code = fault.NotFound
	case errors.Is(err, surreal.ErrAlreadyExists):
		code = fault.AlreadyExists
	case errors.Is(err, scope.ErrInvalid), errors.Is(err, index.ErrInvalid), errors.Is(err, remote.ErrInvalid):
		code = fault.Invalid
	case errors.Is(err, index.ErrDimension):
		code = fault.Model
	}
	return fault.Wrap(code, "", err)
}
