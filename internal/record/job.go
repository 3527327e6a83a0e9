package record

import "time"

// JobState is the state of a job.
type JobState string

// The states of jobs. Package spectron documents them.
const (
	JobQueued    JobState = "queued"
	JobRunning   JobState = "running"
	JobDone      JobState = "done"
	JobFailed    JobState = "failed"
	JobCancelled JobState = "cancelled"
)

// Ended reports whether the job has ended.
func (s JobState) Ended() bool { return s == JobDone || s == JobFailed || s == JobCancelled }

// Job is work that a call has left to be done in the background.
type Job struct {
	ID      string
	Kind    string
	Form    int    // version of Payload
	Payload []byte // JSON
	State   JobState
	// Name names the work: no two jobs with a name are open at the same time; "": none.
	Name string
	// The caller: its kind, key and generation as in package gate, the principal that it acts for, and its own principal.
	CallerKind, Generation int
	Key, Behalf, Principal string

	CreatedAt, StartedAt, FinishedAt time.Time
	Claim                            string // the worker that holds the job; "": none
	Attempts, MostAttempts           int    // begun, and allowed
	Cancelling                       bool   // the worker was asked to end it
	Progress                         JobProgress
	Result                           []byte // JSON
	// Code, Field and Reason say why the last attempt failed, or why the job waits.
	Code, Field, Reason string
}

// JobProgress says how far a job has come.
type JobProgress struct {
	Done, Total int64 // Total is 0 while it is not known
	Stage       string
}
