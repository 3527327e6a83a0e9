package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Why the context of a task ends.
var (
	errCancelled = errors.New("the job was cancelled")
	errStopped   = errors.New("the store is being closed")
	errLost      = errors.New("another worker has taken over the job")
)

// Task is a job that runs.
type Task struct {
	Live  *live.Context
	queue *queue
	begun time.Time
	stop  context.CancelCauseFunc
	mu    sync.Mutex // guards the next fields
	job   record.Job
	moved bool // the progress has changed since it was stored
	ended bool // with a write of its own
	// cancelled says that somebody has cancelled it, perhaps only after its last attempt had failed.
	cancelled bool
}

// cancel cancels the task.
func (t *Task) cancel() {
	t.mu.Lock()
	t.cancelled = true
	t.mu.Unlock()
	t.stop(errCancelled)
}

// Payload reads the payload of the job.
func (t *Task) Payload(into any) error {
	if err := json.Unmarshal(t.job.Payload, into); err != nil {
		return fault.New(fault.Invalid, "", "the payload of the job cannot be read")
	}
	return nil
}

// Progress notes how far the job has come. total is 0 while it is not known.
func (t *Task) Progress(stage string, done, total int64) {
	t.mu.Lock()
	t.job.Progress, t.moved = record.JobProgress{Done: done, Total: total, Stage: stage}, true
	t.mu.Unlock()
	t.queue.changes()
}

// Authorize admits the work of the job as a call of the caller that left it, with the permissions that the caller has now.
func (t *Task) Authorize(ctx context.Context, op string) (*gate.Call, error) {
	j := t.snapshot()
	caller := &gate.Caller{Kind: gate.Kind(j.CallerKind), Key: j.Key, Generation: j.Generation, Behalf: j.Behalf}
	return gate.Handle{Live: t.Live, Caller: caller}.Authorize(ctx, op)
}

// Ending returns a context whose next write also ends the job, with a result: both are stored, or nothing is. The error of that write is
// store.ErrFenced if another worker has taken over the job.
func (t *Task) Ending(ctx context.Context, result any) (context.Context, error) {
	j := t.snapshot()
	if err := t.queue.succeed(&j, result); err != nil {
		return nil, err
	}
	t.mu.Lock()
	t.ended = true
	t.mu.Unlock()
	return store.Ending(ctx, t.queue.worker, j, t.queue.anyone()), nil
}

// Holding returns a context for what the job stores beside its last write: see store.Holding.
func (t *Task) Holding(ctx context.Context) context.Context {
	return store.Holding(ctx, t.queue.worker, t.ID(), t.queue.anyone())
}

// Failing is like Ending for a failure that another attempt would not change. It returns the code and the reason that the job gets.
func (t *Task) Failing(ctx context.Context, err error) (_ context.Context, code, why string) {
	j := t.snapshot()
	f := live.Fault(err)
	j.Code, j.Field, j.Reason = string(f.Code), f.Field, reason(f)
	t.queue.end(&j, record.JobFailed)
	t.mu.Lock()
	t.ended = true
	t.mu.Unlock()
	return store.Ending(ctx, t.queue.worker, j, t.queue.anyone()), j.Code, j.Reason
}

// ID returns the id of the job.
func (t *Task) ID() string { return t.job.ID }

// Last reports whether the job is not tried again after a failure.
func (t *Task) Last() bool {
	j := t.snapshot()
	return j.Attempts >= j.MostAttempts
}

func (t *Task) snapshot() record.Job {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.job
}

// outcome is a task that has ended.
type outcome struct {
	*Task
	result any
	err    error
	cause  error // why its context ended; nil: it did not
	took   time.Duration
}

// do runs the task.
func (t *Task) do(ctx context.Context, kind Kind) (o outcome) {
	o.Task = t
	began := time.Now()
	defer func() {
		o.cause, o.took = context.Cause(ctx), time.Since(began)
		if thrown := recover(); thrown != nil {
			o.err = fault.New(fault.Internal, "", "the work panicked")
			t.queue.log(ctx, slog.LevelError, "A job panicked", slog.String("job_id", t.job.ID), slog.String("kind", kind.Name),
				slog.String("type", fmt.Sprintf("%T", thrown)), slog.String("stack", string(debug.Stack())))
		}
	}()
	o.result, o.err = kind.Run(ctx, t)
	return o
}

// foreign is the outcome of a job that this version does not understand.
type foreign struct{ why string }

func (f *foreign) Error() string { return f.why }

// strange reports whether this version of the library does not understand the job.
func (o outcome) strange() bool {
	var why *foreign
	return errors.As(o.err, &why)
}

// judge returns what becomes of the job. It returns false if the job is no longer the worker's.
func (o outcome) judge() (end store.JobEnd, ours bool) {
	q := o.queue
	o.mu.Lock()
	defer o.mu.Unlock()
	end.Job = o.job
	j := &end.Job
	j.Code, j.Field, j.Reason = "", "", ""
	failed := o.err
	if failed == nil && !o.ended {
		failed = q.succeed(j, o.result)
	}
	switch {
	case errors.Is(o.cause, errLost), errors.Is(failed, store.ErrFenced):
		return end, false
	case failed == nil && o.ended: // it was stored with a write
		return end, false
	case failed == nil:
		return end, true
	}
	if o.strange() {
		j.Reason, j.State, j.Attempts = failed.Error(), record.JobQueued, j.Attempts-1
		return end, true // another process may understand it at once
	}
	f := live.Fault(failed)
	j.Code, j.Field, j.Reason = string(f.Code), f.Field, reason(f)
	switch {
	case o.cancelled:
		j.Code, j.Field, j.Reason = "", "", errCancelled.Error()
		q.end(j, record.JobCancelled)
	case errors.Is(o.cause, errStopped):
		j.Code, j.Field, j.Reason = "", "", errStopped.Error()
		j.State, j.Attempts = record.JobQueued, j.Attempts-1
	case lasting(f.Code) || j.Attempts >= j.MostAttempts:
		q.end(j, record.JobFailed)
	default:
		j.State, end.Wait = record.JobQueued, q.r.options.pause(j.Attempts)
	}
	return end, true
}

// reason is the text of a failure that is stored: not the text of its cause, which may quote a record.
func reason(f *fault.Error) string {
	if f.Detail != "" {
		return f.Detail
	}
	return fault.Text(f.Code, nil, "")
}

// lasting reports whether an attempt would fail again for the same reason.
func lasting(c fault.Code) bool {
	switch c {
	case fault.Invalid, fault.TooLarge, fault.NotFound, fault.AlreadyExists, fault.Unsupported, fault.Damaged, fault.Unauthenticated, fault.Forbidden, fault.Blocked:
		return true
	}
	return false
}

// pause returns the pause after a number of attempts: it doubles, and is between half and all of that.
func (o Options) pause(attempts int) time.Duration {
	d := o.First << min(max(attempts-1, 0), 20)
	if d > o.Longest || d <= 0 {
		d = o.Longest
	}
	return d/2 + rand.N(d/2+1)
}
