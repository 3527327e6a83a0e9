package engine

import (
	"context"
	"errors"
	"time"
)

// ErrFull is returned for the requests that were running when the module found no memory left in its 4 GiB. It
// comes with ErrBroken and surreal.ErrLost. Later requests run in a new instance.
var ErrFull = errors.New("engine: memory full")

// MaxRequest bounds one request in bytes; the module holds several copies of it while it works.
const MaxRequest = 64 << 20

// Limits bound what requests may take. The zero value of each stands for its default.
type Limits struct {
	// Statement is how long a storage transaction may be open, and how long the module may compute without
	// a pause; 60 s by default. A statement, or an explicit transaction, that exceeds the first is rolled
	// back and fails with surreal.ErrTimeout. The second ends the instance: every request that runs in it
	// fails with surreal.ErrTimeout, surreal.ErrLost and ErrBroken.
	Statement time.Duration
	// Memory is the size of the module's memory, in bytes, from which on an instance is replaced when it is
	// idle; 1 GiB by default, 16 MiB at least: a new one has 6.
	Memory int64
}

// limits are Limits, complete, and those that are not for callers to choose.
type limits struct {
	Limits
	// inFlight is how many bytes the running requests may have together, at least MaxRequest. The module
	// takes about ten times as much while it works on them.
	inFlight int64
	// hold is the size of the module's memory from which on no further request is taken: the instance is
	// replaced once those in flight are done.
	hold int64
	// now is the clock by which statements take too long; the timers of the module have the machine's.
	now func() time.Time
	// grace is how long Close waits for the storage after its context ended.
	grace time.Duration
}

func (l Limits) complete() limits {
	if l.Statement <= 0 {
		l.Statement = 60 * time.Second
	}
	if l.Memory <= 0 {
		l.Memory = 1 << 30
	}
	l.Memory = max(l.Memory, 16<<20)
	return limits{Limits: l, inFlight: 2 * MaxRequest, hold: 3 << 30, now: time.Now, grace: 5 * time.Second}
}

// spent says whether an idle instance whose memory has grown to size is to be replaced. One with open storage
// transactions, which are of transactions of several requests, is kept as long as it can be.
func (l limits) spent(size int64, transactions int) bool {
	return size >= l.hold || size >= l.Memory && transactions == 0
}

// admit waits until the module may be given a request of this payload. It returns ErrClosed when the engine is
// closed meanwhile. Who is admitted has to be dismissed.
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
	return ErrClosed
}

// dismiss gives back what admit took.
func (e *Engine) dismiss(payload []byte) { e.budget.Release(int64(len(payload))) }
