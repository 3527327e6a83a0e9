package spectron_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// workerFile tells the child process of TestKilledWorkersFinishTheirJobs the store whose jobs it does.
const workerFile = "SPECTRON_TEST_WORKER_FILE"

// later is what the clock of the worker says.
func later() time.Time { return spectrontest.NewClock().Now().AddDate(0, 0, 100) }

// TestWorker is not a test: it is the child process of TestKilledWorkersFinishTheirJobs. It leaves each kind of job unless an earlier process has
// done so, and says what it sees of them, until all have ended.
func TestWorker(t *testing.T) {
	path := os.Getenv(workerFile)
	if path == "" {
		t.Skip("run by TestKilledWorkersFinishTheirJobs")
	}
	ctx := context.Background()
	say := func(format string, args ...any) {
		_, err := fmt.Fprintf(os.Stdout, "worker: "+format+"\n", args...)
		require.NoError(t, err)
	}
	mgr, err := spectron.Open(ctx, path, &spectron.Options{Clock: later})
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err := mgr.Context(ctx, "kill")
	require.NoError(t, err)
	state := map[string]spectron.JobState{}
	list := func() map[string]string {
		ids := map[string]string{}
		for j, err := range c.Jobs().All(ctx, spectron.JobQuery{}) {
			require.NoError(t, err)
			ids[j.Kind], state[j.Kind] = j.ID, j.State
		}
		return ids
	}
	known := list()
	for _, kind := range []struct {
		name  string
		leave func() (*spectron.Job, error)
	}{
		{"delete_session", func() (*spectron.Job, error) {
			return c.Sessions().DeleteAsync(ctx, doomedSession(t, c))
		}},
		{"forget_scope", func() (*spectron.Job, error) {
			return c.Scopes().ForgetAsync(ctx, spectron.ScopeForgetRequest{Path: "org/doomed"})
		}},
		{"forget", func() (*spectron.Job, error) {
			return c.Memory().ForgetAsync(ctx, spectron.ForgetRequest{Labels: []string{"fate=doomed"}, Purge: true})
		}},
		{"reindex", func() (*spectron.Job, error) { return c.Lifecycle().Reindex(ctx) }},
	} {
		if known[kind.name] == "" {
			_, err := kind.leave()
			require.NoError(t, err)
			say("left %s", kind.name)
		}
	}
	for _, id := range list() {
		_, err := c.Jobs().Wait(ctx, id, func(j spectron.Job) { say("%s %s %d", j.Kind, j.State, j.Progress.Done) })
		require.NoError(t, err)
	}
	list()
	for kind, is := range state {
		require.Equal(t, spectron.JobDone, is, kind)
	}
	for _, pass := range []func(context.Context) error{
		func(ctx context.Context) error { return second(c.Lifecycle().Expire(ctx)) },
		func(ctx context.Context) error { return second(c.Lifecycle().Decay(ctx)) },
		func(ctx context.Context) error { return second(c.Lifecycle().Prune(ctx)) },
	} {
		require.NoError(t, pass(ctx))
		say("passed")
	}
	say("finished")
}

// doomedSession returns the id of the session that a job deletes.
func doomedSession(t *testing.T, c *spectron.Context) string {
	for s, err := range c.Sessions().All(context.Background(), spectron.SessionQuery{}) {
		require.NoError(t, err)
		if s.Metadata["doomed"] == true {
			return s.ID
		}
	}
	t.Fatal("the session is gone although no job has deleted it")
	return ""
}

// TestKilledWorkersFinishTheirJobs checks that the long calls and the passes of the lifecycle are complete in the end, however often the process
// that does them is killed: nothing of what they remove is left in any byte of the file, nothing else is gone, and all references are whole.
func TestKilledWorkersFinishTheirJobs(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 12))
	for round := range testsize.Of(6) {
		ctx, path := context.Background(), filepath.Join(t.TempDir(), "agent.db")
		prepareJobs(t, path)
		kills := 0
		for finished := false; !finished; {
			// Without an end of the kills, jobs would be given up after five attempts.
			finished = child{"TestWorker", workerFile, "worker"}.run(t, path, func(string) {}, func() (bool, time.Duration) {
				return kills < 3 && random.IntN(3) == 0, time.Duration(random.IntN(40_000)) * time.Microsecond
			})
			if !finished {
				kills++
			}
		}
		require.Positive(t, kills, "round %d", round)
		mgr, err := spectron.Open(ctx, path, &spectron.Options{Clock: later, Workers: -1})
		require.NoError(t, err)
		c, err := mgr.Context(ctx, "kill")
		require.NoError(t, err)
		for j, err := range c.Jobs().All(ctx, spectron.JobQuery{}) {
			require.NoError(t, err)
			require.Equal(t, spectron.JobDone, j.State, "%+v", j)
		}
		kept, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "zqkept", K: 50})
		require.NoError(t, err)
		require.NotEmpty(t, kept.Hits)
		facts, err := c.Facts().List(ctx, spectron.FactQuery{Live: true})
		require.NoError(t, err)
		require.Len(t, facts.Items, 1, "one fact is neither forgotten nor expired")
		require.Equal(t, "zqpotter", facts.Items[0].Value)
		report, err := c.Lifecycle().Fsck(ctx, spectron.FsckRequest{})
		require.NoError(t, err)
		require.Empty(t, report.Dangling)
		require.Empty(t, report.Index)
		require.Empty(t, report.UnscopedContent)
		require.NoError(t, mgr.Close(ctx))
		image, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NotContains(t, string(image), "zqdoomed")
		require.NotContains(t, string(image), "zqold", "what the retention ends")
		require.Contains(t, string(image), "zqkept")
	}
}

// prepareJobs makes a store with something for each kind of job to do.
func prepareJobs(t *testing.T, path string) {
	t.Helper()
	ctx, clock := context.Background(), spectrontest.NewClock()
	mgr, err := spectron.Open(ctx, path, &spectron.Options{Clock: clock.Now})
	require.NoError(t, err)
	days := 90
	c, err := mgr.CreateContext(ctx, "kill", spectron.ContextSpec{Config: spectron.Config{RetentionDays: &days}})
	require.NoError(t, err)
	many := func(word string, n int, req spectron.RememberManyRequest) {
		t.Helper()
		for i := range n {
			req.Messages = append(req.Messages, spectron.Message{Content: fmt.Sprintf("Note %d of %s.", i, word)})
		}
		req.Infer = spectron.InferNone
		_, err := c.Memory().RememberMany(ctx, req)
		require.NoError(t, err)
	}
	many("zqold", 150, spectron.RememberManyRequest{})
	holds(t, c, spectron.CategoryContext, nil, "mood", "zqmood")
	holds(t, c, spectron.CategoryKnowledge, nil, "trade", "zqpotter")
	clock.Advance(95 * oneDay)
	session, err := c.Sessions().Create(ctx, spectron.SessionSpec{Metadata: map[string]any{"doomed": true}})
	require.NoError(t, err)
	many("zqdoomed", 300, spectron.RememberManyRequest{SessionID: session.ID})
	many("zqdoomed", 300, spectron.RememberManyRequest{Scopes: spectron.Scopes{{"org/doomed"}}})
	many("zqdoomed", 300, spectron.RememberManyRequest{Labels: []string{"fate=doomed"}})
	many("zqkept", 100, spectron.RememberManyRequest{})
	require.NoError(t, mgr.Close(ctx))
}

// child is a test that runs as a process of its own: it reads the path of its store from a variable, and says lines that begin with its name.
type child struct{ test, variable, name string }

// run starts the process on a store, and kills it some time after the first word for which ends returns true. It reports whether the process has
// said that it is finished. heard gets each word.
func (c child) run(t *testing.T, path string, heard func(said string), ends func() (bool, time.Duration)) (finished bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+c.test+"$", "-test.timeout=10m")
	cmd.Env = append(os.Environ(), c.variable+"="+path)
	var stderr, other strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var killing *time.Timer
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said, ok := strings.CutPrefix(lines.Text(), c.name+": ")
		if !ok {
			fmt.Fprintln(&other, lines.Text())
			continue
		}
		heard(said)
		finished = finished || said == "finished"
		if end, after := ends(); end && killing == nil {
			killing = time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended already
		}
	}
	if killing != nil {
		killing.Stop()
	}
	if err := cmd.Wait(); err != nil && killing == nil {
		t.Fatalf("the %s failed: %v\n%s\n%s", c.name, err, &stderr, &other)
	}
	return finished
}
