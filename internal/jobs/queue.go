package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

const (
	// mostTaken is the largest number of jobs of a Context that this process has taken and that have not ended. While jobs take less time than
	// quick, it grows up to there from the number of workers, because a transaction for each would cost more than they do.
	mostTaken = 128
	quick     = 20 * time.Millisecond
	// recordedAfter is the time after which the attempt of a job is stored in a database with one process. Before that, only this process
	// knows of it.
	recordedAfter = 100 * time.Millisecond
	// notUnderstood is the pause before a job is looked at again whose kind or payload this version does not know.
	notUnderstood = 10 * time.Minute
	// unreachable is the pause after the database has failed.
	unreachable = time.Second
)

// queue has the open jobs of one Context, as far as this process knows of them. Its goroutine takes them, starts a goroutine for each, and
// stores what became of them.
type queue struct {
	r      *Runner
	live   *live.Context
	worker string        // claims of this process
	wake   chan struct{} // has an item if there is something to do
	done   chan outcome
	// The goroutine alone uses these.
	outcomes []outcome
	taken    int       // how many jobs it takes at a time
	held     time.Time // when claims were extended
	listed   time.Time // when the list of open jobs was read

	marking sync.Mutex // held while the mark in the control plane is changed; guards marked
	marked  bool
	started bool                  // guarded by the mu of the Runner
	mu      sync.Mutex            // guards the next fields
	look    bool                  // read the list of open jobs
	adding  int                   // number of calls that are storing jobs
	seen    map[string]bool       // jobs that were listed while calls were storing jobs: they may be theirs
	due     map[string]time.Time  // when waiting jobs are due
	strange map[string]time.Time  // until when this process leaves jobs alone that it does not understand
	fresh   map[string]record.Job // jobs that were stored by this process, which has the database for itself
	running map[string]*Task
	changed chan struct{} // closed when a job has changed
}

func newQueue(r *Runner, s *live.Context) *queue {
	return &queue{
		r: r, live: s, worker: uuid.NewString(), wake: make(chan struct{}, 1), done: make(chan outcome, mostTaken), taken: max(r.options.Workers, 1),
		look: true, seen: map[string]bool{}, due: map[string]time.Time{}, strange: map[string]time.Time{}, fresh: map[string]record.Job{},
		running: map[string]*Task{}, changed: make(chan struct{}),
	}
}

// anyone reports whether a job that nobody holds is this process's.
func (q *queue) anyone() bool { return !q.r.core.Shared }

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// search lets the queue read the list of open jobs.
func (q *queue) search() {
	q.mu.Lock()
	q.look = true
	q.mu.Unlock()
	q.signal()
}

// add adds jobs that may begin.
func (q *queue) add(list []record.Job) {
	now := time.Now()
	q.mu.Lock()
	for _, j := range list {
		if q.seen[j.ID] { // it may have been taken since, and have ended
			q.look = true
			continue
		}
		q.due[j.ID] = now
		if q.anyone() {
			q.fresh[j.ID] = j
		}
	}
	q.mu.Unlock()
	q.signal()
}

// added ends what Runner.queue began for a call that stores jobs.
func (q *queue) added() {
	q.mu.Lock()
	if q.adding--; q.adding == 0 {
		clear(q.seen)
	}
	q.mu.Unlock()
	q.signal() // it may have to retire
}

// resume lets the queue look for jobs of an earlier process, which marked them.
func (q *queue) resume() {
	q.marking.Lock()
	q.marked = true
	q.marking.Unlock()
	q.search()
}

// withdraw forgets a job that waits, because it is being cancelled.
func (q *queue) withdraw(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.due, id)
	delete(q.fresh, id)
}

// changes wakes those that wait for a job.
func (q *queue) changes() {
	q.mu.Lock()
	close(q.changed)
	q.changed = make(chan struct{})
	q.mu.Unlock()
}

// watch returns a channel that is closed when a job changes, and the job if it runs here.
func (q *queue) watch(id string) (<-chan struct{}, *Task) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.changed, q.running[id]
}

func (q *queue) log(ctx context.Context, level slog.Level, message string, attrs ...slog.Attr) {
	q.live.Log(ctx, level, message, attrs...)
}

// run runs the jobs until ctx ends or there are none any more.
func (q *queue) run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			q.close(ctx)
			return
		case o := <-q.done:
			q.outcomes = append(q.outcomes, o)
		case <-q.wake:
		case <-timer.C:
		}
		pause, err := q.step(ctx)
		switch {
		case errors.Is(err, live.ErrGone):
			q.close(ctx)
			q.leave(true)
			return
		case err != nil && ctx.Err() == nil:
			q.log(ctx, slog.LevelWarn, "Jobs could not be read or stored", surreal.Cause(err))
			pause = unreachable
		case pause < 0 && q.retire(ctx):
			return
		}
		if pause >= 0 {
			timer.Reset(pause)
		}
	}
}

// step does what is to be done now. It returns how long nothing more will be to be done unless the queue is woken; negative: for ever.
func (q *queue) step(ctx context.Context) (pause time.Duration, err error) {
	if err := q.live.Alive(); err != nil {
		return 0, live.ErrGone
	}
	q.collect()
	if err := q.store(ctx); err != nil {
		return 0, err
	}
	if err := q.hold(ctx); err != nil {
		return 0, err
	}
	if err := q.list(ctx); err != nil {
		return 0, err
	}
	if err := q.take(ctx); err != nil {
		return 0, err
	}
	return q.pause(), nil
}

// collect takes the outcomes that have come by now.
func (q *queue) collect() {
	for {
		select {
		case o := <-q.done:
			q.outcomes = append(q.outcomes, o)
		default:
			return
		}
	}
}

// store stores the outcomes.
func (q *queue) store(ctx context.Context) error {
	if len(q.outcomes) == 0 {
		return nil
	}
	var ends []store.JobEnd
	for _, o := range q.outcomes {
		if end, ours := o.judge(); ours {
			ends = append(ends, end)
		}
	}
	if len(ends) > 0 {
		err := q.live.WithRows(ctx, func(rows *store.Store) error { return rows.EndJobs(ctx, q.worker, ends, q.anyone()) })
		if err != nil {
			return err
		}
	}
	now, slow := time.Now(), false
	q.mu.Lock()
	for _, e := range ends {
		if !e.Job.State.Ended() {
			q.due[e.Job.ID] = now.Add(e.Wait)
		}
	}
	for _, o := range q.outcomes {
		id := o.job.ID
		if q.running[id] == o.Task {
			delete(q.running, id)
		}
		if o.strange() {
			q.strange[id] = now.Add(notUnderstood)
			q.due[id] = q.strange[id]
		}
		slow = slow || o.took > quick
	}
	q.mu.Unlock()
	if slow {
		q.taken = max(q.r.options.Workers, 1)
	} else {
		q.taken = min(2*q.taken, mostTaken)
	}
	q.outcomes = nil
	q.changes()
	return nil
}

// hold extends the claims of the running jobs, stores their progress, and ends those that are no longer held or were cancelled.
func (q *queue) hold(ctx context.Context) error {
	after := q.r.options.Lease / 3
	if q.anyone() {
		after = min(after, recordedAfter)
	}
	now := time.Now()
	var list []record.Job
	q.mu.Lock()
	for _, t := range q.running {
		if now.Sub(t.begun) >= after {
			list = append(list, t.snapshot())
		}
	}
	q.mu.Unlock()
	if len(list) == 0 || now.Sub(q.held) < q.r.options.Lease/3 && !q.unrecorded(list) {
		return nil
	}
	var held []record.Job
	err := q.live.WithRows(ctx, func(rows *store.Store) (err error) {
		held, err = rows.HoldJobs(ctx, q.worker, list, q.r.options.Lease, q.anyone())
		return err
	})
	if err != nil {
		return err
	}
	q.held = now
	ours := map[string]bool{} // and whether it was cancelled
	for _, j := range held {
		ours[j.ID] = j.Cancelling
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range list {
		t := q.running[j.ID]
		cancelled, still := ours[j.ID]
		switch {
		case t == nil:
		case !still:
			t.stop(errLost)
		case cancelled:
			t.cancel()
		default:
			t.mu.Lock()
			t.job.Claim = q.worker
			t.mu.Unlock()
		}
	}
	return nil
}

// unrecorded reports whether an attempt is not stored yet.
func (q *queue) unrecorded(list []record.Job) bool {
	return slices.ContainsFunc(list, func(j record.Job) bool { return j.Claim == "" })
}

// polls reports whether the queue looks for jobs of other processes. The caller holds mu.
func (q *queue) polls() bool { return q.r.core.Shared && (q.live.Loaded() || len(q.due) > 0) }

// list reads which jobs are open, if it was asked to. With other processes it does so again and again.
func (q *queue) list(ctx context.Context) error {
	now := time.Now()
	q.mu.Lock()
	look := q.look || q.polls() && now.Sub(q.listed) >= q.r.options.Poll
	q.look = false
	q.mu.Unlock()
	if !look {
		return nil
	}
	q.listed = now
	var open []store.OpenJob
	first := q.anyone()
	err := q.live.WithRows(ctx, func(rows *store.Store) (err error) {
		if first { // whoever held a job has died
			if err := rows.FreeJobs(ctx, q.worker); err != nil {
				return err
			}
		}
		open, err = rows.OpenJobs(ctx)
		return err
	})
	q.mu.Lock()
	defer q.mu.Unlock()
	if err != nil {
		q.look = true
		return err
	}
	for id, until := range q.strange {
		if until.Before(now) {
			delete(q.strange, id)
		}
	}
	for _, j := range open {
		if q.adding > 0 { // otherwise the job could be taken twice: from the list, and when its call adds it
			q.seen[j.ID] = true
		}
		if q.running[j.ID] == nil {
			q.due[j.ID] = now.Add(j.Wait)
			if until := q.strange[j.ID]; until.After(q.due[j.ID]) {
				q.due[j.ID] = until
			}
		}
	}
	return nil
}

// take takes jobs that are due, and starts them.
func (q *queue) take(ctx context.Context) error {
	now := time.Now()
	q.mu.Lock()
	room := q.taken - len(q.running)
	var ids []string
	for id, due := range q.due {
		if !due.After(now) && q.running[id] == nil {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(q.due[a].Compare(q.due[b]), strings.Compare(a, b)) })
	ids = ids[:max(0, min(room, len(ids)))]
	var jobs []record.Job
	if q.anyone() {
		ids = slices.DeleteFunc(ids, func(id string) bool {
			j, known := q.fresh[id]
			if known {
				jobs = append(jobs, j)
			}
			return known
		})
	}
	q.mu.Unlock()
	if len(ids)+len(jobs) == 0 {
		return nil
	}
	if len(ids) > 0 {
		err := q.live.WithRows(ctx, func(rows *store.Store) error {
			var more []record.Job
			var err error
			if q.anyone() {
				more, err = rows.Jobs(ctx, ids)
				more = slices.DeleteFunc(more, func(j record.Job) bool { return j.State.Ended() })
			} else {
				known, cancel := q.afterwards(ctx)
				defer cancel()
				more, err = rows.ClaimJobs(known, q.worker, ids, q.r.options.Lease, q.live.Now())
			}
			jobs = append(jobs, more...)
			return err
		})
		if err != nil {
			return err
		}
	}
	q.mu.Lock()
	for _, id := range ids { // those that were not returned are held by others, or have ended; the next list says which
		delete(q.due, id)
		delete(q.fresh, id)
	}
	for _, j := range jobs {
		delete(q.due, j.ID)
		delete(q.fresh, j.ID)
	}
	q.mu.Unlock()
	for _, j := range jobs {
		if q.anyone() {
			j.Attempts++
			if j.StartedAt.IsZero() {
				j.StartedAt = q.live.Now()
			}
		}
		j.State = record.JobRunning
		q.begin(ctx, j)
	}
	return nil
}

// afterwards returns a context that ends the grace after ctx, for a claim. A claim whose answer is not awaited may have been made: it would cost
// the jobs an attempt, and they would begin again only when the lease ends.
func (q *queue) afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(q.r.options.Grace, cancel) })
	return longer, func() { stop(); cancel() }
}

// begin starts a job that the worker has taken.
func (q *queue) begin(ctx context.Context, j record.Job) {
	within, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	t := &Task{Live: q.live, queue: q, begun: time.Now(), stop: stop, job: j}
	q.mu.Lock()
	q.running[j.ID] = t
	q.mu.Unlock()
	if j.Cancelling {
		t.cancel()
	}
	kind, known := q.r.kinds[j.Kind]
	if why := kind.understands(j, known); why != "" {
		stop(nil)
		q.done <- outcome{Task: t, err: &foreign{why}}
		return
	}
	if j.Attempts > j.MostAttempts {
		stop(nil)
		q.done <- outcome{Task: t, err: fault.New(fault.Internal, "", "each process that did it has died")}
		return
	}
	go func() { // it ends with its job; close waits for it, but not for ever
		defer stop(nil)
		select {
		case q.r.slots <- struct{}{}:
			defer func() { <-q.r.slots }()
		case <-within.Done():
			q.done <- outcome{Task: t, err: within.Err(), cause: context.Cause(within)}
			return
		}
		q.done <- t.do(within, kind)
	}()
}

// understands returns why this version of the library cannot do a job; "": it can.
func (k Kind) understands(j record.Job, known bool) string {
	switch {
	case !known:
		return "this version of the library does not know jobs of the kind " + j.Kind
	case j.Form > k.Form:
		return "the job was stored by a newer version of the library"
	}
	return ""
}

// pause returns how long nothing will be to be done; negative: for ever.
func (q *queue) pause() time.Duration {
	now := time.Now()
	q.mu.Lock()
	defer q.mu.Unlock()
	pause := time.Duration(-1)
	until := func(d time.Duration) {
		if d = max(d, time.Millisecond); pause < 0 || d < pause {
			pause = d
		}
	}
	if len(q.running) > 0 {
		until(q.r.options.Lease / 3)
		if q.anyone() {
			for _, t := range q.running {
				if t.snapshot().Claim == "" {
					until(t.begun.Add(recordedAfter).Sub(now))
				}
			}
		}
	}
	if len(q.running) < q.taken {
		for _, due := range q.due {
			until(due.Sub(now))
		}
	}
	if q.polls() {
		until(q.listed.Add(q.r.options.Poll).Sub(now))
	}
	return pause
}

// close ends the running jobs and hands them back.
func (q *queue) close(ctx context.Context) {
	q.mu.Lock()
	left := len(q.running) - len(q.outcomes)
	for _, t := range q.running {
		t.stop(errStopped)
	}
	q.mu.Unlock()
	grace := time.NewTimer(q.r.options.Grace)
	defer grace.Stop()
	for left > 0 {
		select {
		case o := <-q.done:
			q.outcomes, left = append(q.outcomes, o), left-1
			continue
		case <-grace.C:
			q.log(ctx, slog.LevelWarn, "Jobs do not end", slog.Int("jobs", left))
		}
		break
	}
	if q.live.Alive() != nil {
		return // there is nothing to store any more
	}
	q.mu.Lock()
	for _, t := range q.running { // those that do not end are given up
		if !slices.ContainsFunc(q.outcomes, func(o outcome) bool { return o.Task == t }) {
			q.outcomes = append(q.outcomes, outcome{Task: t, err: errStopped, cause: errStopped})
		}
	}
	q.mu.Unlock()
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), q.r.core.Opts.StatementTimeout)
	defer cancel()
	if err := q.store(limited); err != nil {
		q.log(ctx, slog.LevelWarn, "Jobs could not be handed back and begin again when their lease ends", surreal.Cause(err))
	}
}

// retire ends the queue if it has nothing to do. It reports whether it has ended.
func (q *queue) retire(ctx context.Context) bool {
	q.marking.Lock()
	defer q.marking.Unlock()
	if !q.idle() {
		return false
	}
	var open []store.OpenJob
	err := q.live.WithRows(ctx, func(rows *store.Store) (err error) {
		open, err = rows.OpenJobs(ctx)
		return err
	})
	if err != nil && !errors.Is(err, live.ErrGone) || len(open) > 0 { // of other processes, or it is not known
		q.search()
		return false
	}
	if q.marked {
		if err := q.r.core.Registry.MarkWorking(ctx, q.live.ID, false); err != nil {
			q.log(ctx, slog.LevelWarn, "It could not be noted that there are no more jobs", surreal.Cause(err))
		}
		q.marked = false
	}
	return q.leave(false)
}

// idle reports whether nothing waits or runs.
func (q *queue) idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.due)+len(q.running)+q.adding == 0 && !q.look && len(q.wake) == 0
}

// leave removes the queue from the Runner; unless it must, only if it is idle.
func (q *queue) leave(must bool) bool {
	q.r.mu.Lock()
	defer q.r.mu.Unlock()
	if !must && !q.idle() {
		return false
	}
	delete(q.r.queues, q.live)
	return true
}

// mark notes in the control plane that the Context has open jobs, so that they are found after a crash.
func (q *queue) mark(ctx context.Context) error {
	q.marking.Lock()
	defer q.marking.Unlock()
	if q.marked {
		return nil
	}
	err := q.r.core.Registry.MarkWorking(ctx, q.live.ID, true)
	q.marked = err == nil
	return err
}

// succeed ends a job with a result. A result that is too large is left out.
func (q *queue) succeed(j *record.Job, result any) error {
	j.Payload, j.Result = nil, nil
	if result != nil {
		encoded, err := json.Marshal(result)
		if err != nil {
			return fault.Wrap(fault.Internal, "", err)
		}
		if len(encoded) <= maxPayload {
			j.Result = encoded
		}
	}
	q.end(j, record.JobDone)
	return nil
}

// end ends a job.
func (q *queue) end(j *record.Job, state record.JobState) {
	j.State, j.FinishedAt = state, q.live.Now()
}
