package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// workerURL is the environment variable with the store that a child process works on.
const workerURL = "SPECTRON_TEST_WORKER"

// marking is a kind whose jobs leave a mark, in the transaction that ends them.
var marking = jobs.Kind{Name: "mark", Form: 1, Run: func(ctx context.Context, task *jobs.Task) (any, error) {
	by, err := task.Authorize(ctx, "mark")
	if err != nil {
		return nil, err
	}
	defer by.Done()
	var p numbers
	if err := task.Payload(&p); err != nil {
		return nil, err
	}
	ending, err := task.Ending(ctx, p)
	if err != nil {
		return nil, err
	}
	for {
		at, err := by.Live.Rows.Position(ctx)
		if err != nil {
			return nil, err
		}
		_, err = by.Live.Rows.Apply(ending, store.Write{Decision: &record.Decision{
			ID: "decision_trace:" + uuid.NewString(), Scopes: record.ScopeSet{{"/"}}, RecordedAt: time.Now(), Session: fmt.Sprintf("session:%d", p.N),
		}}, at)
		if !errors.Is(err, store.ErrStale) {
			return p, err
		}
	}
}}

// TestWorker is the child process of TestEachJobTakesEffectOnce.
func TestWorker(t *testing.T) {
	url := os.Getenv(workerURL)
	if url == "" {
		t.Skip("it is a child process of TestEachJobTakesEffectOnce")
	}
	process(t, url, jobs.Options{Workers: 4, Lease: 300 * time.Millisecond, Poll: 20 * time.Millisecond, First: time.Millisecond, Longest: 20 * time.Millisecond}, marking)
	select {} // until it is killed
}

// TestEachJobTakesEffectOnce lets two processes share the jobs of a database, and kills them again and again. Each job takes effect once.
func TestEachJobTakesEffectOnce(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	url := teststore.Serve(t)
	m := process(t, url, jobs.Options{}) // it runs none
	by := operator(t, m, "a")
	n := testsize.Of(1000)
	ids := make([]string, n)
	for i := range n {
		ids[i] = start(t, by, jobs.Spec{Kind: "mark", Form: 1, Payload: numbers{i}}).ID
	}
	worker := func() *exec.Cmd {
		cmd := exec.Command(os.Args[0], "-test.run=^TestWorker$")
		cmd.Env = append(os.Environ(), workerURL+"="+url)
		require.NoError(t, cmd.Start())
		t.Cleanup(func() { _ = cmd.Process.Kill() }) // if the test has failed before
		return cmd
	}
	workers := []*exec.Cmd{worker(), worker()}
	kill := func(i int) {
		require.NoError(t, workers[i].Process.Kill())
		_ = workers[i].Wait() // it was killed
	}
	random := rand.New(rand.NewPCG(1, 2))
	kills := 0
	for left := n; left > 0; {
		open, err := by.Live.Rows.OpenJobs(t.Context())
		require.NoError(t, err)
		// A worker is killed once some more jobs have ended, so that the test comes to its end on a slow machine as well.
		if ended := left - len(open); kills < 6 && ended > n/20 && len(open) > 0 {
			left = len(open)
			i := random.IntN(2)
			kill(i)
			workers[i] = worker()
			kills++
		}
		if len(open) == 0 {
			left = 0
		}
	}
	kill(0)
	kill(1)
	require.NotZero(t, kills)
	marks := map[string]int{}
	rows, err := by.Live.Conn.Query(t.Context(), `SELECT VALUE session FROM decision_trace`, nil)
	require.NoError(t, err)
	var sessions []string
	require.NoError(t, rows.Last(&sessions))
	for _, s := range sessions {
		marks[s]++
	}
	require.Len(t, marks, n)
	require.Len(t, sessions, n, "each once")
	for _, id := range ids {
		require.Equal(t, record.JobDone, wait(t, by, id).State)
	}
}
