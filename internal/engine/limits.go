package engine

import (
	"context"
	"errors"
	"fmt"
)

// ErrFull is returned for a request of more than 1 MiB while the module's memory is nearly used up: that
// memory never shrinks, and a module that finds none left traps. The store is whole, and smaller requests,
// reads above all, are still taken. A new engine on the same store starts with little memory.
var ErrFull = errors.New("engine: memory nearly full")

// MaxRequest bounds one request in bytes; the module holds several copies of it while it works.
const MaxRequest = 64 << 20

// limits keep the module's memory, which cannot exceed 4 GiB, from running out.
type limits struct {
	// inFlight is how many bytes the running requests may have together, at least MaxRequest. The module
	// takes about ten times as much while it works on them.
	inFlight int64
	// memory is the size of the module's memory from which on only small requests are taken.
	memory int64
	// small is the largest request that is always taken.
	small int
}

var defaultLimits = limits{inFlight: 2 * MaxRequest, memory: 3 << 30, small: 1 << 20}

// full refuses a request of n bytes when the module's memory has grown to size.
func (l limits) full(size int64, n int) error {
	if n <= l.small || size < l.memory {
		return nil
	}
	return fmt.Errorf("%w: %d MiB of 4096 in use, which leaves no room for a request of %d bytes; send at most %d bytes at a time, or close the store and open it again",
		ErrFull, size>>20, n, l.small)
}

// admit waits until the module may be given a request of this payload. It returns ErrClosed, or why the
// engine broke, when the engine ends meanwhile. Who is admitted has to be dismissed.
func (e *Engine) admit(ctx context.Context, payload []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if e.budget.TryAcquire(int64(len(payload))) {
		return nil
	}
	waiting, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(e.open, stop)()
	if e.budget.Acquire(waiting, int64(len(payload))) == nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return e.ended()
}

// dismiss gives back what admit took.
func (e *Engine) dismiss(payload []byte) { e.budget.Release(int64(len(payload))) }
