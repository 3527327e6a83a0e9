package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/tenancy"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// soon are short times, so that tests do not wait.
var soon = jobs.Options{Workers: 2, Lease: 600 * time.Millisecond, Poll: 20 * time.Millisecond, First: time.Millisecond, Longest: 4 * time.Millisecond, Grace: 5 * time.Second}

// calm is soon without times that a slow machine exceeds: no worker loses a job because it does not answer in time.
var calm = func() jobs.Options {
	o := soon
	o.Lease, o.Grace = time.Hour, time.Hour
	return o
}()

// patience is what may not end, however busy the machine is.
const patience = 10 * time.Minute

// process opens a store that runs jobs.
func process(t *testing.T, url string, o jobs.Options, kinds ...jobs.Kind) *live.Store {
	t.Helper()
	m := teststore.Open(t, url)
	begin(t, m, o, kinds...)
	return m
}

func begin(t *testing.T, m *live.Store, o jobs.Options, kinds ...jobs.Kind) {
	t.Helper()
	r := jobs.New(m, kinds, o)
	m.Jobs = r
	require.NoError(t, tenancy.Tenants{Store: m}.Upgrade(t.Context()))
	require.NoError(t, r.Prepare(t.Context()))
	m.Start(context.Background())
}

// operator returns a call of the operator on a Context, which is created. It ends with the test.
func operator(t *testing.T, m *live.Store, id string) *gate.Call {
	t.Helper()
	by := admitted(t, m, id)
	t.Cleanup(by.Done)
	return by
}

// admitted is operator without an end.
func admitted(t *testing.T, m *live.Store, id string) *gate.Call {
	t.Helper()
	c, err := m.Handle(t.Context(), id)
	if fault.Is(err, fault.NotFound) {
		c, err = tenancy.Tenants{Store: m}.Create(t.Context(), "create", tenancy.Entry{ID: id, Namespace: "n", Database: id}, tenancy.Administrator{}, nil)
	}
	require.NoError(t, err)
	by, err := gate.Handle{Live: c, Caller: &gate.Caller{Kind: gate.Operator}}.Authorize(t.Context(), "test")
	require.NoError(t, err)
	return by
}

func start(t *testing.T, by *gate.Call, spec jobs.Spec) record.Job {
	t.Helper()
	j, err := jobs.Start(t.Context(), by, spec)
	require.NoError(t, err)
	return j
}

func wait(t *testing.T, by *gate.Call, id string) record.Job {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	j, err := jobs.Wait(ctx, by, id, nil)
	require.NoError(t, err)
	return j
}

// stores has the kinds of stores.
var stores = map[string]func(t *testing.T) string{
	"memory": func(*testing.T) string { return "mem://" },
	"file":   func(t *testing.T) string { return "file://" + filepath.Join(t.TempDir(), "a.db") },
	"server": func(t *testing.T) string { return teststore.Serve(t) },
}

type numbers struct{ N int }

func TestJobsAreDone(t *testing.T) {
	t.Parallel()
	for name, url := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			m := process(t, url(t), soon,
				jobs.Kind{Name: "double", Form: 1, Run: func(_ context.Context, task *jobs.Task) (any, error) {
					var p numbers
					if err := task.Payload(&p); err != nil {
						return nil, err
					}
					task.Progress("doubling", 1, 2)
					return numbers{2 * p.N}, nil
				}},
				jobs.Kind{Name: "stumble", Run: func(context.Context, *jobs.Task) (any, error) {
					if calls.Add(1) < 3 {
						return nil, fault.New(fault.Unavailable, "", "not now")
					}
					return nil, nil
				}},
				jobs.Kind{Name: "fail", Run: func(context.Context, *jobs.Task) (any, error) {
					return nil, errors.New("a cause with words of a record")
				}},
				jobs.Kind{Name: "refuse", Run: func(context.Context, *jobs.Task) (any, error) { return nil, fault.Bad("Scope", "no such scope") }},
				jobs.Kind{Name: "panic", Run: func(context.Context, *jobs.Task) (any, error) { panic("a defect") }},
			)
			by := operator(t, m, "a")
			for i := range 5 {
				j := start(t, by, jobs.Spec{Kind: "double", Form: 1, Payload: numbers{i}})
				done := wait(t, by, j.ID)
				require.Equal(t, record.JobDone, done.State)
				require.JSONEq(t, fmt.Sprintf(`{"N":%d}`, 2*i), string(done.Result))
				require.Empty(t, done.Payload)
				require.Equal(t, 1, done.Attempts)
				require.Equal(t, record.JobProgress{Done: 1, Total: 2, Stage: "doubling"}, done.Progress)
				require.False(t, done.StartedAt.IsZero() || done.FinishedAt.Before(done.StartedAt))
			}
			stumbled := wait(t, by, start(t, by, jobs.Spec{Kind: "stumble"}).ID)
			require.Equal(t, record.JobDone, stumbled.State)
			require.Equal(t, 3, stumbled.Attempts)
			for kind, want := range map[string]struct {
				attempts     int
				code, reason string
			}{
				"fail": {jobs.MostAttempts, "internal", "internal"}, "refuse": {1, "invalid", "no such scope"}, "panic": {jobs.MostAttempts, "internal", "the work panicked"},
			} {
				dead := wait(t, by, start(t, by, jobs.Spec{Kind: kind, Payload: numbers{1}}).ID)
				require.Equal(t, record.JobFailed, dead.State, kind)
				require.Equal(t, want.attempts, dead.Attempts, kind)
				require.Equal(t, want.code, dead.Code, kind)
				require.Equal(t, want.reason, dead.Reason, kind)
				require.NotEmpty(t, dead.Payload, "it can be tried again")
				again, err := jobs.Retry(t.Context(), by, dead.ID)
				require.NoError(t, err)
				require.Equal(t, dead.ID, again.ID)
				require.Equal(t, want.attempts, wait(t, by, dead.ID).Attempts)
			}
			page, err := jobs.List(t.Context(), by, jobs.Query{State: record.JobFailed})
			require.NoError(t, err)
			require.Len(t, page.Items, 3)
			_, err = jobs.Retry(t.Context(), by, stumbled.ID)
			require.True(t, fault.Is(err, fault.Conflict), "%v", err)
			_, err = jobs.Cancel(t.Context(), by, stumbled.ID)
			require.True(t, fault.Is(err, fault.Conflict), "%v", err)
			for _, id := range []string{"job:none", "turn:a", "x"} {
				_, err = jobs.Get(t.Context(), by, id)
				require.True(t, fault.Is(err, fault.NotFound), "%v", err)
				_, err = jobs.Wait(t.Context(), by, id, nil)
				require.True(t, fault.Is(err, fault.NotFound), "%v", err)
			}
			_, err = jobs.List(t.Context(), by, jobs.Query{State: "odd"})
			require.True(t, fault.Is(err, fault.Invalid), "%v", err)
			_, err = jobs.List(t.Context(), by, jobs.Query{Request: paging.Request{Limit: -1}})
			require.True(t, fault.Is(err, fault.Invalid), "%v", err)
		})
	}
}

// blocking is a kind whose jobs tell when they have begun, and end with their context or when they are let go.
func blocking(begun chan<- string, free <-chan struct{}) jobs.Kind {
	return jobs.Kind{Name: "block", Form: 1, Run: func(ctx context.Context, task *jobs.Task) (any, error) {
		var p numbers
		if err := task.Payload(&p); err != nil {
			return nil, err
		}
		begun <- fmt.Sprint(p.N)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-free:
			return nil, nil
		}
	}}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	for name, url := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begun, free := make(chan string, 10), make(chan struct{})
			m := process(t, url(t), jobs.Options{Workers: 1, Poll: 20 * time.Millisecond}, blocking(begun, free))
			by := operator(t, m, "a")
			first := start(t, by, jobs.Spec{Kind: "block", Form: 1, Payload: numbers{1}, Name: "only"})
			require.Equal(t, "1", <-begun)
			again := start(t, by, jobs.Spec{Kind: "block", Form: 1, Payload: numbers{3}, Name: "only"})
			require.Equal(t, first.ID, again.ID, "an open job has the name")
			second := start(t, by, jobs.Spec{Kind: "block", Form: 1, Payload: numbers{2}})
			for _, j := range []record.Job{second, first} {
				_, err := jobs.Cancel(t.Context(), by, j.ID)
				require.NoError(t, err)
				ended := wait(t, by, j.ID)
				require.Equal(t, record.JobCancelled, ended.State)
				require.NotEmpty(t, ended.Reason)
			}
			_, err := jobs.Retry(t.Context(), by, second.ID)
			require.NoError(t, err)
			require.Equal(t, "2", <-begun)
			close(free)
			require.Equal(t, record.JobDone, wait(t, by, second.ID).State)
			require.Empty(t, begun)
		})
	}
}

// TestNewerJobsAreLeft checks that jobs of a kind or form that is not known stay, with the reason, and are done by a process that knows them.
func TestNewerJobsAreLeft(t *testing.T) {
	t.Parallel()
	for name, url := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := url(t)
			nothing := func(context.Context, *jobs.Task) (any, error) { return nil, nil }
			m := process(t, at, calm, jobs.Kind{Name: "k", Form: 1, Run: nothing})
			by := admitted(t, m, "a")
			done := sync.OnceFunc(by.Done)
			t.Cleanup(done)
			newer := start(t, by, jobs.Spec{Kind: "k", Form: 2})
			other := start(t, by, jobs.Spec{Kind: "other"})
			for _, id := range []string{newer.ID, other.ID} {
				require.Eventually(t, func() bool {
					j, err := jobs.Get(t.Context(), by, id)
					return err == nil && j.Reason != "" && j.State == record.JobQueued && j.Attempts == 0
				}, patience, 5*time.Millisecond)
			}
			require.Equal(t, record.JobDone, wait(t, by, start(t, by, jobs.Spec{Kind: "k", Form: 1}).ID).State, "the others go on")
			if name == "memory" {
				return
			}
			if name == "file" { // another process can only follow
				done()
				require.NoError(t, m.Close(t.Context()))
			}
			again := process(t, at, calm, jobs.Kind{Name: "k", Form: 2, Run: nothing}, jobs.Kind{Name: "other", Run: nothing})
			by = operator(t, again, "a")
			for _, id := range []string{newer.ID, other.ID} {
				done := wait(t, by, id)
				require.Equal(t, record.JobDone, done.State)
				require.Empty(t, done.Reason)
				require.Equal(t, 1, done.Attempts)
			}
		})
	}
}

// TestJobsSurviveARestart checks that the jobs of a store that was closed are done when it is opened again, without a call on the Context.
func TestJobsSurviveARestart(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"file", "server"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := stores[name](t)
			begun, free := make(chan string, 100), make(chan struct{})
			m := teststore.Open(t, url)
			begin(t, m, calm, blocking(begun, free))
			by := admitted(t, m, "a")
			var ids []string
			for i := range 5 {
				ids = append(ids, start(t, by, jobs.Spec{Kind: "block", Form: 1, Payload: numbers{i}}).ID)
			}
			<-begun
			waited := make(chan error, 1)
			go func() {
				_, err := jobs.Wait(context.Background(), by, ids[4], nil)
				by.Done()
				waited <- err
			}()
			require.NoError(t, m.Close(t.Context()))
			require.True(t, fault.Is(<-waited, fault.Closed), "a call that waits ends with the store")

			close(free)
			again := process(t, url, calm, blocking(begun, free))
			by = operator(t, again, "a")
			for _, id := range ids {
				done := wait(t, by, id)
				require.Equal(t, record.JobDone, done.State)
				require.Equal(t, 1, done.Attempts, "an attempt that a closing ends does not count")
			}
		})
	}
}

// TestClosingAwaitsAClaim closes a store while the answer to a claim is on its way: the job is handed back, and has lost no attempt.
func TestClosingAwaitsAClaim(t *testing.T) {
	t.Parallel()
	server, err := rpcserver.Start(t.Context(), enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(context.Background())) })
	var held atomic.Bool
	server.SetFaults(func(_, sql string) rpcserver.Fault {
		if strings.Contains(sql, "SET claim = $claim") && !held.Swap(true) {
			return rpcserver.FaultHold
		}
		return rpcserver.FaultNone
	})
	begun, free := make(chan string, 10), make(chan struct{})
	close(free)
	m := teststore.Open(t, server.URL("ws"))
	closing, closed := make(chan struct{}), make(chan error, 1)
	m.Also = append(m.Also, func(ctx context.Context) {
		<-ctx.Done()
		close(closing)
	})
	begin(t, m, calm, blocking(begun, nil))
	by := admitted(t, m, "a")
	j := start(t, by, jobs.Spec{Kind: "block", Form: 1, Payload: numbers{1}})
	by.Done()
	require.NoError(t, server.AwaitHeld(t.Context(), 1), "it is claimed")
	go func() { closed <- m.Close(context.Background()) }()
	<-closing
	server.Release()
	require.NoError(t, <-closed)

	done := wait(t, operator(t, process(t, server.URL("ws"), calm, blocking(begun, free)), "a"), j.ID)
	require.Equal(t, record.JobDone, done.State)
	require.Equal(t, 1, done.Attempts, "an attempt that a closing ends does not count")
}

// TestJobsOfADeletedContextEnd checks that they hold up nothing.
func TestJobsOfADeletedContextEnd(t *testing.T) {
	t.Parallel()
	for name, url := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			begun := make(chan string, 10)
			m := process(t, url(t), soon, blocking(begun, nil))
			by := admitted(t, m, "a")
			j := start(t, by, jobs.Spec{Kind: "block", Form: 1})
			<-begun
			waited := make(chan error, 1)
			go func() {
				_, err := jobs.Wait(context.Background(), by, j.ID, nil)
				by.Done()
				waited <- err
			}()
			require.NoError(t, tenancy.Tenants{Store: m}.Delete(t.Context(), "delete", "a"))
			require.True(t, fault.Is(<-waited, fault.NotFound))
			by = operator(t, m, "a")
			_, err := jobs.Get(t.Context(), by, j.ID)
			require.True(t, fault.Is(err, fault.NotFound), "%v", err)
		})
	}
}

// TestJobsOfAContextThatIsGone checks that jobs end if another process deletes their Context, and that they do not begin in a new one of the
// same name.
func TestJobsOfAContextThatIsGone(t *testing.T) {
	t.Parallel()
	url := teststore.Serve(t)
	begun := make(chan string, 10)
	ended := make(chan error, 10)
	block := blocking(begun, nil)
	m := process(t, url, soon, jobs.Kind{Name: block.Name, Form: block.Form, Run: func(ctx context.Context, task *jobs.Task) (any, error) {
		_, err := block.Run(ctx, task)
		ended <- err
		return nil, err
	}})
	other := process(t, url, jobs.Options{})
	by := admitted(t, m, "a")
	running := start(t, by, jobs.Spec{Kind: "block", Form: 1})
	<-begun
	by.Done()
	require.NoError(t, tenancy.Tenants{Store: other}.Delete(t.Context(), "delete", "a"))
	again := operator(t, other, "a")
	require.ErrorIs(t, <-ended, context.Canceled)
	_, err := jobs.Start(t.Context(), by, jobs.Spec{Kind: "block", Form: 1})
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
	page, err := jobs.List(t.Context(), again, jobs.Query{})
	require.NoError(t, err)
	require.Empty(t, page.Items)
	_, err = jobs.Get(t.Context(), again, running.ID)
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
}

// TestAJobOutlivesItsLease checks that a job that takes longer than the lease stays with its worker. A worker on a machine that stands still for
// as long as the lease rightly loses it: then a longer lease is tried.
func TestAJobOutlivesItsLease(t *testing.T) {
	t.Parallel()
	for lease := 2 * time.Second; ; lease *= 2 {
		begins, done := outlive(t, lease)
		require.Equal(t, record.JobDone, done.State)
		if begins == 1 {
			require.Equal(t, 1, done.Attempts)
			return
		}
		require.Less(t, lease, time.Minute, "it began %d times", begins)
	}
}

// outlive lets a job take twice as long as the lease, beside a process that would take it over. It returns how often the job began.
func outlive(t *testing.T, lease time.Duration) (begins int, done record.Job) {
	t.Helper()
	url := teststore.Serve(t)
	short := soon
	short.Lease = lease
	begun, free := make(chan string, 100), make(chan struct{})
	by := operator(t, process(t, url, short, blocking(begun, free)), "a")
	j := start(t, by, jobs.Spec{Kind: "block", Form: 1, Payload: numbers{1}})
	<-begun
	other := operator(t, process(t, url, short, blocking(begun, free)), "a") // it polls
	time.AfterFunc(2*lease, func() { close(free) })
	done = wait(t, other, j.ID)
	return 1 + len(begun), done
}

// TestCancelInAnotherProcess checks that a process can cancel a job that another one runs.
func TestCancelInAnotherProcess(t *testing.T) {
	t.Parallel()
	url := teststore.Serve(t)
	begun := make(chan string, 10)
	m := process(t, url, soon, blocking(begun, nil))
	j := start(t, operator(t, m, "a"), jobs.Spec{Kind: "block", Form: 1})
	<-begun
	other := operator(t, process(t, url, jobs.Options{}), "a")
	_, err := jobs.Cancel(t.Context(), other, j.ID)
	require.NoError(t, err)
	require.Equal(t, record.JobCancelled, wait(t, other, j.ID).State)
}

// TestAJobThatDoesNotEnd checks that a store is closed although a job ignores its context, and that the job begins again in the next process.
func TestAJobThatDoesNotEnd(t *testing.T) {
	t.Parallel()
	url := stores["file"](t)
	begun, free := make(chan struct{}, 10), make(chan struct{})
	stubborn := jobs.Kind{Name: "stubborn", Run: func(context.Context, *jobs.Task) (any, error) {
		begun <- struct{}{}
		<-free
		return nil, nil
	}}
	impatient := soon
	impatient.Grace = time.Millisecond
	m := teststore.Open(t, url)
	begin(t, m, impatient, stubborn)
	by := admitted(t, m, "a")
	j := start(t, by, jobs.Spec{Kind: "stubborn"})
	<-begun
	by.Done()
	require.NoError(t, m.Close(t.Context()))
	again := operator(t, process(t, url, soon, stubborn), "a")
	<-begun
	close(free)
	done := wait(t, again, j.ID)
	require.Equal(t, record.JobDone, done.State)
	require.Equal(t, 1, done.Attempts)
}
