package spectron

import (
	"context"
	"encoding/json"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// JobState is the state of a Job.
type JobState string

// The states. The last three are final, except that Retry lets a failed or cancelled job begin again.
const (
	JobQueued    JobState = JobState(record.JobQueued)    // it waits for a worker, or for its next attempt
	JobRunning   JobState = JobState(record.JobRunning)   // a worker does it
	JobDone      JobState = JobState(record.JobDone)      // it succeeded
	JobFailed    JobState = JobState(record.JobFailed)    // it failed five times, or in a way that another attempt does not change
	JobCancelled JobState = JobState(record.JobCancelled) // Cancel has ended it
)

// Ended reports whether the state is final.
func (s JobState) Ended() bool { return record.JobState(s).Ended() }

// Job is work that runs in the background. Calls whose names end in Async, and Lifecycle.Reindex, return it as soon as it is stored. It survives
// a restart: Open continues what was left. With a server, each process that has the Context in memory takes part. If a worker dies, another
// of them begins the job again after 30 seconds, or the next process that opens the store. A job runs with the permissions that its caller has
// then: it fails if the key was revoked or rotated. Only the processing of a document goes on, because its upload was complete.
type Job struct {
	ID    string   `json:"id"`
	Kind  string   `json:"kind"` // "forget", "forget_scope", "delete_session", "reindex", "document", or a Pass of a Schedule
	State JobState `json:"state"`
	// Progress says how far the job has come. It, the Result and the Reason are shown to the key that left the job, and to the operator.
	Progress JobProgress `json:"progress"`
	// Attempts is how often it was begun, at most 5. Between attempts it waits for a second, which doubles each time.
	Attempts int `json:"attempts"`
	// Code, Field and Reason say why the last attempt failed, or why the job waits; empty otherwise.
	Code   Code   `json:"code,omitempty"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason,omitempty"`
	// Result is the result of a job that is done, in the JSON of the call in its place: of "forget" a Forgotten, of "forget_scope" a
	// ScopeForgotten, of "reindex" a Reembedded, of "prune" a Pruned, of the other passes a LifecycleResult.
	Result      json.RawMessage `json:"result,omitempty"`
	PrincipalID string          `json:"principalId"`          // whose call it is
	OnBehalfOf  string          `json:"onBehalfOf,omitempty"` // the principal for which that call acted
	KeyID       string          `json:"keyId,omitempty"`
	CreatedAt   time.Time       `json:"createdAt,omitzero"`
	StartedAt   time.Time       `json:"startedAt,omitzero"` // of the first attempt
	FinishedAt  time.Time       `json:"finishedAt,omitzero"`
}

// JobProgress says how far a job has come.
type JobProgress struct {
	Stage string `json:"stage,omitempty"` // such as "erasing"
	Done  int64  `json:"done"`
	Total int64  `json:"total,omitempty"` // 0 while it is not known
}

// Err returns why the job has failed or was cancelled, as an Error with the Code of the failure (of a cancelled job: CodeConflict); nil for
// every other job.
func (j *Job) Err() error {
	switch j.State {
	case JobFailed:
		return &Error{Op: "job " + j.Kind, Code: j.Code, Field: j.Field, Detail: j.Reason}
	case JobCancelled:
		return &Error{Op: "job " + j.Kind, Code: CodeConflict, Detail: j.Reason}
	}
	return nil
}

// Jobs shows and controls the jobs of a Context. A caller sees the jobs of its own principal. The operator, management keys and callers that hold
// grant:manage over everything see all.
type Jobs struct{ context *contextHandle }

// Jobs returns the jobs of the Context.
func (c *contextHandle) Jobs() *Jobs { return &Jobs{c} }

// JobQuery selects jobs.
type JobQuery struct {
	Kind  string   // "": all
	State JobState // "": all
	// The page, as in PageRequest.
	Cursor    string
	Limit     int
	Offset    int
	WithTotal bool
}

// Get returns a job. ErrNotFound: the caller sees no such job.
func (j *Jobs) Get(ctx context.Context, id string) (*Job, error) {
	return call(ctx, j.context, "get job", func(ctx context.Context, by *gate.Call) (*Job, error) {
		return one(newJob)(jobs.Get(ctx, by, id))
	})
}

// List lists jobs, newest first. A job that has ended stays listed until Lifecycle.Prune removes it. ErrInvalid and ErrTooLarge with the Field.
func (j *Jobs) List(ctx context.Context, q JobQuery) (Page[Job], error) {
	return call(ctx, j.context, "list jobs", func(ctx context.Context, by *gate.Call) (Page[Job], error) {
		return page(newJob)(jobs.List(ctx, by, jobs.Query{Request: paging.Request(q.page()), Kind: q.Kind, State: record.JobState(q.State)}))
	})
}

// All iterates over the jobs, starting at the requested page. It stops after the first error: see PageRequest.
func (j *Jobs) All(ctx context.Context, q JobQuery) iter.Seq2[Job, error] { return all(ctx, q, j.List) }

// Wait waits until a job has ended, and returns it. progress, unless nil, is called whenever the job has changed. The error is that of the
// waiting: ErrNotFound, ErrTimeout if ctx ends (the job continues), ErrClosed. Job.Err returns that of the job.
func (j *Jobs) Wait(ctx context.Context, id string, progress func(Job)) (*Job, error) {
	return call(ctx, j.context, "wait for job", func(ctx context.Context, by *gate.Call) (*Job, error) {
		report := func(now record.Job) {
			if progress != nil {
				progress(newJob(now))
			}
		}
		return one(newJob)(jobs.Wait(ctx, by, id, report))
	})
}

// Cancel cancels a job that has not ended. If it runs, its worker is asked to end it, which may take a moment (10 seconds in another process);
// what it has done stays. ErrNotFound; ErrConflict: it has ended.
func (j *Jobs) Cancel(ctx context.Context, id string) (*Job, error) {
	return call(ctx, j.context, "cancel job", func(ctx context.Context, by *gate.Call) (*Job, error) {
		return one(newJob)(jobs.Cancel(ctx, by, id))
	})
}

// Retry lets a failed or cancelled job begin again, for the caller that it belongs to, with five more attempts. ErrNotFound; ErrConflict: it has
// not failed, or a job that does the same is open.
func (j *Jobs) Retry(ctx context.Context, id string) (*Job, error) {
	return call(ctx, j.context, "retry job", func(ctx context.Context, by *gate.Call) (*Job, error) {
		return one(newJob)(jobs.Retry(ctx, by, id))
	})
}

func (q JobQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q JobQuery) at(p PageRequest) JobQuery {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

func newJob(j record.Job) Job {
	return Job{
		ID: j.ID, Kind: j.Kind, State: JobState(j.State), Progress: JobProgress{j.Progress.Stage, j.Progress.Done, j.Progress.Total}, Attempts: j.Attempts,
		Code: Code(j.Code), Field: j.Field, Reason: j.Reason, Result: j.Result, PrincipalID: j.Principal, OnBehalfOf: j.Behalf, KeyID: j.Key,
		CreatedAt: j.CreatedAt, StartedAt: j.StartedAt, FinishedAt: j.FinishedAt,
	}
}
