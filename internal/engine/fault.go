package engine

import (
	"errors"
	"fmt"
	"time"

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
	late  bool // a transaction that may be the request's was open for too long
}

// errLate is the error of a storage transaction that has been open for longer than Limits.Statement.
var errLate = errors.New("engine: the transaction was open for too long")

// noteFault tells the running requests of an error of the storage, in a transaction that began at the given
// time. A conflict is none: the module reports it as what it is.
func (i *instance) noteFault(err error, began time.Time) {
	switch {
	case errors.Is(err, kv.ErrConflict):
		return
	case errors.Is(err, errLate):
		// Younger requests have younger transactions.
		for r := range i.running {
			if !r.started.After(began) {
				r.fault.late = true
			}
		}
		return
	case errors.Is(err, kv.ErrTooLarge):
		err = fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, kv.ErrEmptyKey):
		err = fmt.Errorf("%w: %w", ErrRequest, err)
	default:
		for r := range i.running {
			r.fault.medium = err
		}
		return
	}
	for r := range i.running {
		if alone := len(i.running) == 1; alone || !r.fault.alone {
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
	case f.late:
		return fmt.Errorf("engine: %w: a statement took longer than it may, and was rolled back", surreal.ErrTimeout)
	case f.refusal == nil:
		return err
	case f.alone:
		return f.refusal
	}
	return fmt.Errorf("%w, or %w", f.refusal, err)
}
