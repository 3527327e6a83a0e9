package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// maxPayload is the maximum size of a payload, in bytes.
const maxPayload = 4 << 20

// Spec describes a new job.
type Spec struct {
	Kind    string
	Form    int
	Name    string // no two jobs with a name are open at the same time; "": none
	Payload any    // stored as JSON. It must not hold the text of a record, because a purge does not reach it
}

// With returns a context whose next write also stores a job of a caller, in the same transaction, and the job. The function that it returns is
// called once with the error of that write.
func With(ctx context.Context, by *gate.Call, spec Spec) (_ context.Context, j record.Job, stored func(error), err error) {
	if j, err = newJob(by, spec); err != nil {
		return nil, j, nil, err
	}
	stored, err = Of(by.Live.Core).expect(ctx, by.Live, []record.Job{j})
	return store.Leaving(ctx, j), j, stored, err
}

// newJob returns a job of a caller that is not stored yet.
func newJob(by *gate.Call, spec Spec) (record.Job, error) {
	payload, err := json.Marshal(spec.Payload)
	if err != nil {
		return record.Job{}, fault.Wrap(fault.Internal, "", err)
	}
	if len(payload) > maxPayload {
		return record.Job{}, fault.Over("", len(payload), maxPayload, "bytes for the job")
	}
	own := ownerOf(by)
	return record.Job{
		ID: by.Live.Core.NewID(store.TableJob), Kind: spec.Kind, Form: spec.Form, Payload: payload, State: record.JobQueued, Name: spec.Name,
		CallerKind: int(by.Caller.Kind), Generation: by.Caller.Generation, Key: by.Caller.Key, Behalf: own.behalf, Principal: own.principal,
		CreatedAt: by.Now(), MostAttempts: MostAttempts,
	}, nil
}

// Start stores a job of a caller. If an open job of the caller has the name, it returns that one.
func Start(ctx context.Context, by *gate.Call, spec Spec) (record.Job, error) {
	j, err := newJob(by, spec)
	if err != nil {
		return j, err
	}
	r := Of(by.Live.Core)
	err = r.Add(ctx, by.Live, j)
	if !errors.Is(err, store.ErrNamed) {
		return j, by.Live.Explain(ctx, err)
	}
	id, err := by.Live.Rows.JobNamed(ctx, spec.Name)
	if err == nil && id != "" {
		var found record.Job
		if found, err = Get(ctx, by, id); err == nil {
			return found, nil
		}
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return record.Job{}, by.Live.Explain(ctx, err)
	}
	return record.Job{}, fault.New(fault.Conflict, "", "a job that does this is open already; try again once it has ended")
}

// Known returns the jobs with these ids that exist, with the progress of now if they run in this process. It is for callers that may know of them.
func Known(ctx context.Context, s *live.Context, ids []string) ([]record.Job, error) {
	running := map[string]*Task{}
	if q := Of(s.Core).known(s); q != nil {
		for _, id := range ids {
			_, running[id] = q.watch(id)
		}
	}
	found, err := s.Rows.Jobs(ctx, ids)
	for i, j := range found {
		if t := running[j.ID]; t != nil && !j.State.Ended() {
			found[i] = now(t, j)
		}
	}
	return found, err
}

// now returns a job that runs in this process in its state of now.
func now(t *Task, j record.Job) record.Job {
	was := t.snapshot()
	j.State, j.Progress, j.Attempts, j.StartedAt = record.JobRunning, was.Progress, was.Attempts, was.StartedAt
	return j
}

// owner is the caller that a job belongs to.
type owner struct{ principal, behalf string }

func ownerOf(by *gate.Call) owner { return owner{by.Principal.ID, by.Caller.Behalf} }

// all reports whether the caller sees the jobs of all callers: it is the operator, or manages all grants.
func all(by *gate.Call) bool { return by.Region(authz.GrantManage).All() && by.Caller.Behalf == "" }

func (o owner) has(j record.Job) bool { return j.Principal == o.principal && j.Behalf == o.behalf }

// shown returns a job as the caller sees it. Its result, how far it has come and why it failed tell of records: so they are for the key that
// left it, and for the operator. Another key of the same principal may read less.
func shown(by *gate.Call, j record.Job) record.Job {
	if !by.Unlimited() && (j.Key != by.Caller.Key || j.CallerKind != int(by.Caller.Kind)) {
		j.Result, j.Progress, j.Field, j.Reason = nil, record.JobProgress{}, "", ""
	}
	return j
}

// Get returns a job. The progress of a job that runs in this process is that of now.
func Get(ctx context.Context, by *gate.Call, id string) (record.Job, error) {
	if err := input.ID("ID", id); err != nil {
		return record.Job{}, err
	}
	_, j, err := get(ctx, by, id)
	return j, err
}

func get(ctx context.Context, by *gate.Call, id string) (*Task, record.Job, error) {
	var t *Task
	if key, is := strings.CutPrefix(id, store.TableJob+":"); !is || key == "" {
		return nil, record.Job{}, noJob(id)
	}
	if q := Of(by.Live.Core).known(by.Live); q != nil {
		_, t = q.watch(id)
	}
	found, err := by.Live.Rows.Jobs(ctx, []string{id})
	if err != nil {
		return nil, record.Job{}, by.Live.Explain(ctx, err)
	}
	if len(found) == 0 || !all(by) && !ownerOf(by).has(found[0]) {
		return nil, record.Job{}, noJob(id)
	}
	j := found[0]
	if t != nil && !j.State.Ended() {
		j = now(t, j)
	}
	return t, shown(by, j), nil
}

func noJob(id string) error { return fault.New(fault.NotFound, "ID", "no job %q", id) }

// Query selects jobs.
type Query struct {
	paging.Request
	Kind  string
	State record.JobState
}

// List lists jobs that the caller may see, newest first.
func List(ctx context.Context, by *gate.Call, q Query) (paging.Page[record.Job], error) {
	if err := q.check(); err != nil {
		return paging.Page[record.Job]{}, err
	}
	req, err := q.Checked(paging.Most)
	if err != nil {
		return paging.Page[record.Job]{}, err
	}
	wanted := store.JobQuery{Kind: q.Kind, State: q.State}
	if !all(by) {
		wanted.Owned, wanted.Principal, wanted.Behalf = true, by.Principal.ID, by.Caller.Behalf
	}
	return paging.Read(ctx, req, func(ctx context.Context, after string, limit int) ([]record.Job, error) {
		found, err := by.Live.Rows.ListJobs(ctx, wanted, after, limit)
		for i := range found {
			found[i] = shown(by, found[i])
		}
		return found, by.Live.Explain(ctx, err)
	}, func(j record.Job) string { return j.ID })
}

func (q Query) check() error {
	if err := input.ID("Kind", q.Kind); err != nil {
		return err
	}
	if key, is := strings.CutPrefix(q.Cursor, store.TableJob+":"); q.Cursor != "" && (!is || key == "") {
		return fault.Bad("Cursor", "it is not a cursor of this listing")
	}
	switch q.State {
	case "", record.JobQueued, record.JobRunning, record.JobDone, record.JobFailed, record.JobCancelled:
		return nil
	}
	return fault.Bad("State", "unknown state %q; the states are queued, running, done, failed and cancelled", q.State)
}

// Cancel cancels a job. If a worker runs it, the worker is asked to end it.
func Cancel(ctx context.Context, by *gate.Call, id string) (record.Job, error) {
	if err := input.ID("ID", id); err != nil {
		return record.Job{}, err
	}
	for range 3 { // it may be taken or end meanwhile
		t, j, err := get(ctx, by, id)
		if err != nil {
			return j, err
		}
		if j.State.Ended() {
			return j, fault.New(fault.Conflict, "ID", "the job has ended already; it is %s", j.State)
		}
		if t != nil {
			t.cancel()
			return j, nil
		}
		rows := by.Live.Rows
		if j.Claim == "" {
			q := Of(by.Live.Core).known(by.Live)
			if q != nil {
				q.withdraw(id)
			}
			j.State, j.FinishedAt, j.Reason, j.Code, j.Field = record.JobCancelled, by.Now(), errCancelled.Error(), "", ""
			err := rows.EndJobs(ctx, "", []store.JobEnd{{Job: j}}, true)
			if q != nil {
				if err != nil {
					q.search() // it is withdrawn, and may still be open
				} else if _, t := q.watch(id); t != nil { // it was taken at this moment
					t.cancel()
				}
			}
			if err != nil {
				return j, by.Live.Explain(ctx, err)
			}
			if _, j, err = get(ctx, by, id); err != nil || j.State == record.JobCancelled {
				return j, err
			}
			continue
		}
		if _, err = rows.AskToEnd(ctx, id); err == nil {
			return j, nil
		}
	}
	return record.Job{}, fault.New(fault.Conflict, "ID", "the job changes at the moment; try again")
}

// Retry lets a job that failed or was cancelled begin again, for its first caller.
func Retry(ctx context.Context, by *gate.Call, id string) (record.Job, error) {
	j, err := Get(ctx, by, id)
	if err != nil {
		return j, err
	}
	if j.State != record.JobFailed && j.State != record.JobCancelled {
		return j, fault.New(fault.Conflict, "ID", "the job is %s; only a job that failed or was cancelled can be tried again", j.State)
	}
	j.State, j.Attempts, j.StartedAt, j.FinishedAt, j.Cancelling = record.JobQueued, 0, time.Time{}, time.Time{}, false
	j.Code, j.Field, j.Reason, j.Progress = "", "", "", record.JobProgress{}
	r := Of(by.Live.Core)
	err = r.adding(ctx, by.Live, []record.Job{j}, func(rows *store.Store) error { return rows.Reopen(ctx, j) })
	switch {
	case errors.Is(err, store.ErrNamed):
		return j, fault.New(fault.Conflict, "ID", "another job that does the same is open")
	case errors.Is(err, store.ErrFenced):
		return j, fault.New(fault.Conflict, "ID", "the job was tried again by another call")
	}
	return j, by.Live.Explain(ctx, err)
}

// The pauses between looks at a job that another process runs.
const (
	firstLook = 20 * time.Millisecond
	lastLook  = time.Second
)

// Wait waits until a job has ended, or ctx ends. It calls progress, unless nil, with the job when it has changed.
func Wait(ctx context.Context, by *gate.Call, id string, progress func(record.Job)) (record.Job, error) {
	if err := input.ID("ID", id); err != nil {
		return record.Job{}, err
	}
	return wait(ctx, by.Live, id, progress, func() (j record.Job, err error) {
		if err := by.Live.Alive(); err != nil {
			return j, err
		}
		if by, err = by.Current(ctx); err != nil {
			return j, err
		}
		_, j, err = get(ctx, by, id)
		return j, err
	})
}

// Ended waits until a job has ended or does not exist any more. It is for callers that may know of it: before each look at the job, still returns
// an error if the caller may not know of it any more.
func Ended(ctx context.Context, s *live.Context, id string, still func() error, progress func(record.Job)) error {
	_, err := wait(ctx, s, id, progress, func() (j record.Job, err error) {
		if err := s.Alive(); err != nil {
			return j, err
		}
		if err := still(); err != nil {
			return j, err
		}
		found, err := Known(ctx, s, []string{id})
		if err != nil || len(found) == 0 {
			return record.Job{State: record.JobDone}, err
		}
		return found[0], nil
	})
	return err
}

// wait calls look until the job that it returns has ended.
func wait(ctx context.Context, s *live.Context, id string, progress func(record.Job), look func() (record.Job, error)) (record.Job, error) {
	var last record.Job
	pause := firstLook
	for {
		var changed <-chan struct{}
		if q := Of(s.Core).known(s); q != nil {
			changed, _ = q.watch(id)
		}
		j, err := look()
		if err != nil {
			return j, err
		}
		if moved := j.State != last.State || j.Progress != last.Progress || j.Attempts != last.Attempts; moved || j.State.Ended() {
			if progress != nil && moved {
				progress(j)
			}
			last, pause = j, firstLook
		}
		if j.State.Ended() {
			return j, nil
		}
		timer := time.NewTimer(pause)
		pause = min(2*pause, lastLook)
		select {
		case <-changed:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return j, ctx.Err()
		case <-Of(s.Core).stopped:
			timer.Stop()
			return j, fault.New(fault.Closed, "", "the store is being closed")
		}
		timer.Stop()
	}
}
