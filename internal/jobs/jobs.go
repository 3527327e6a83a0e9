// Package jobs does work in the background. A job is stored before the call that leaves it returns, taken by a worker of any process that has
// the database open, and tried again after a failure. It is done once, or again to the same effect: a worker that was given up on can store
// nothing more as part of the job (Task.Ending).
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Kind is a kind of jobs.
type Kind struct {
	Name string
	Form int // the newest version of its payloads that Run reads
	// Run does a job. Its result is stored as JSON. It must end when ctx does. It may run again after a crash, so what it does must have the
	// same effect twice, or end the job in its own transaction.
	Run func(ctx context.Context, t *Task) (result any, err error)
}

// MostAttempts is how often a job is tried.
const MostAttempts = 5

// Options set the times of a Runner; zero: the usual.
type Options struct {
	Workers int           // number of jobs that run at the same time
	Lease   time.Duration // time after which a worker that does not answer loses its jobs
	Poll    time.Duration // how often other processes' jobs are looked for
	First   time.Duration // pause after the first failure, doubled each time, up to Longest
	Longest time.Duration
	Grace   time.Duration // how long a worker, and a claim that it makes, may take to end
}

func (o Options) withDefaults() Options {
	or := func(d *time.Duration, usual time.Duration) {
		if *d == 0 {
			*d = usual
		}
	}
	or(&o.Lease, 30*time.Second)
	or(&o.Poll, 5*time.Second)
	or(&o.First, time.Second)
	or(&o.Longest, 5*time.Minute)
	or(&o.Grace, 5*time.Second)
	return o
}

// Runner runs the jobs of a store. It owns one goroutine for each Context that has open jobs, and one for each job that runs.
type Runner struct {
	core    *live.Store
	kinds   map[string]Kind
	options Options
	slots   chan struct{} // an item for each running job
	left    []string      // ids of Contexts with jobs of earlier processes
	group   sync.WaitGroup
	mu      sync.Mutex // guards the next fields
	queues  map[*live.Context]*queue
	ctx     context.Context // of Run; nil before and after it
	stopped chan struct{}   // closed when Run ends
}

// New returns a Runner.
func New(core *live.Store, kinds []Kind, o Options) *Runner {
	r := &Runner{core: core, kinds: map[string]Kind{}, options: o.withDefaults(), queues: map[*live.Context]*queue{}, stopped: make(chan struct{})}
	r.slots = make(chan struct{}, max(o.Workers, 1))
	for _, k := range kinds {
		r.kinds[k.Name] = k
	}
	return r
}

// Of returns the Runner of a store.
func Of(core *live.Store) *Runner { return core.Jobs.(*Runner) }

// Prepare looks for jobs of earlier processes, before Run.
func (r *Runner) Prepare(ctx context.Context) (err error) {
	if r.Works() {
		r.left, err = r.core.Registry.Working(ctx)
	}
	return err
}

// Works reports whether this process runs jobs.
func (r *Runner) Works() bool { return r.options.Workers > 0 }

// Run runs jobs until ctx ends. It implements live.Jobs.
func (r *Runner) Run(ctx context.Context) {
	r.mu.Lock()
	r.ctx = ctx
	for _, q := range r.queues {
		r.start(q)
	}
	r.mu.Unlock()
	r.resume(ctx)
	<-ctx.Done()
	close(r.stopped)
	r.mu.Lock()
	r.ctx = nil
	r.mu.Unlock()
	r.group.Wait()
}

// resume starts the queues of the Contexts with jobs of earlier processes.
func (r *Runner) resume(ctx context.Context) {
	for _, id := range r.left {
		s, err := r.core.Known(ctx, id)
		if fault.Is(err, fault.NotFound) { // it was deleted
			err = r.core.Registry.MarkWorking(ctx, id, false)
		}
		if err != nil {
			r.core.Log(ctx, slog.LevelWarn, "Jobs of earlier processes could not be looked for", slog.String("context_id", id), surreal.Cause(err))
		}
		if s != nil {
			r.queue(s, 0).resume()
		}
	}
}

// start starts a queue. The caller holds mu.
func (r *Runner) start(q *queue) {
	if r.ctx == nil || q.started || !r.Works() {
		return
	}
	q.started = true
	ctx := r.ctx
	r.group.Go(func() { q.run(ctx) })
}

// Loaded implements live.Jobs: other processes may have left jobs in a Context that comes into memory.
func (r *Runner) Loaded(s *live.Context) {
	if r.core.Shared && r.Works() {
		r.queue(s, 0).search()
	}
}

// queue returns the queue of a Context, for a number of calls that will store jobs. It is started once the Runner runs.
func (r *Runner) queue(s *live.Context, adding int) *queue {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := r.queues[s]
	if q == nil {
		q = newQueue(r, s)
		r.queues[s] = q
	}
	q.mu.Lock()
	q.adding += adding
	q.mu.Unlock()
	r.start(q)
	return q
}

// known returns the queue of a Context if there is one.
func (r *Runner) known(s *live.Context) *queue {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.queues[s]
}

// Add stores jobs, and runs them here if this process does. store.ErrNamed: an open job has the name of one of them.
func (r *Runner) Add(ctx context.Context, s *live.Context, list ...record.Job) error {
	return r.adding(ctx, s, list, func(rows *store.Store) error { return rows.AddJobs(ctx, list) })
}

// adding runs f, which stores jobs, so that they are found after a crash.
func (r *Runner) adding(ctx context.Context, s *live.Context, list []record.Job, f func(*store.Store) error) error {
	stored, err := r.expect(ctx, s, list)
	if err != nil {
		return err
	}
	err = s.WithRows(ctx, f)
	stored(err)
	return err
}

// ErrUnused says that the write with which a job would have been stored was not made.
var ErrUnused = errors.New("jobs: the job is not stored")

// expect prepares the Context for jobs that are about to be stored. The function that it returns is called with the error of the write that stores
// them.
func (r *Runner) expect(ctx context.Context, s *live.Context, list []record.Job) (stored func(error), err error) {
	if !r.Works() {
		return func(error) {}, r.core.Registry.MarkWorking(ctx, s.ID, true)
	}
	q := r.queue(s, 1)
	if err := q.mark(ctx); err != nil {
		q.added()
		return nil, err
	}
	return func(err error) {
		defer q.added()
		switch {
		case err == nil:
			q.add(list)
		case !errors.Is(err, store.ErrNamed) && !errors.Is(err, store.ErrFenced) && !errors.Is(err, ErrUnused):
			q.search() // they may be stored nevertheless
		}
	}, nil
}
