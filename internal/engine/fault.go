package engine

import (
	"errors"
	"fmt"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// fault is what the storage reported while a request ran. The module words every error of the storage like a
// conflict, and does not say which request met it: so each request that runs is told.
type fault struct {
	medium  error // the newest failure of the medium
	refusal error // the newest refusal of a key, a value or a transaction
	// alone says that no other request ran when the refusal came: it is certainly this one's.
	alone bool
}

// noteFault tells the running requests of an error of the storage. A conflict is none: the module reports it
// as what it is.
func (e *Engine) noteFault(err error) {
	switch {
	case errors.Is(err, kv.ErrConflict):
		return
	case errors.Is(err, kv.ErrTooLarge):
		err = fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, kv.ErrEmptyKey):
		err = fmt.Errorf("%w: %w", ErrRequest, err)
	default:
		for r := range e.running {
			r.fault.medium = err
		}
		return
	}
	for r := range e.running {
		if alone := len(e.running) == 1; alone || !r.fault.alone {
			r.fault.refusal, r.fault.alone = err, alone
		}
	}
}

// explain replaces an error of a request that looks like a conflict with what the storage reported meanwhile.
// A failure of the medium wins: a write that failed must not be taken for a conflict, which would be retried.
// A refusal may be another request's when several ran: then the error matches both, so that the request is
// retried, and is still the refusal in the end when that was no use.
func (f fault) explain(err error) error {
	switch {
	case !errors.Is(err, surreal.ErrConflict):
		return err
	case f.medium != nil:
		return fmt.Errorf("%w: %w", ErrStorage, f.medium)
	case f.refusal == nil:
		return err
	case f.alone:
		return f.refusal
	}
	return fmt.Errorf("%w, or %w", f.refusal, err)
}
