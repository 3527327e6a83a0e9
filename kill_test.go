package spectron_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
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

const (
	// writerFile and writerRun tell the child process the store to write to, and the number of its run.
	writerFile = "SPECTRON_TEST_WRITER_FILE"
	writerRun  = "SPECTRON_TEST_WRITER_RUN"
	batchSize  = 5
)

// TestWriter is not a test: it is the child process of TestKilledWritersLoseNothing. It writes until it is killed, and reports what it is
// about to write and what was written.
func TestWriter(t *testing.T) {
	path, run := os.Getenv(writerFile), os.Getenv(writerRun)
	if path == "" {
		t.Skip("run by TestKilledWritersLoseNothing")
	}
	ctx := context.Background()
	say := func(format string, args ...any) {
		_, err := fmt.Fprintf(os.Stdout, "writer: "+format+"\n", args...)
		require.NoError(t, err)
	}
	mgr, err := spectron.Open(ctx, "file://"+path, nil)
	require.NoError(t, err)
	c, err := mgr.EnsureContext(ctx, "kill", spectron.ContextSpec{})
	require.NoError(t, err)
	session, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
	require.NoError(t, err)
	say("session %s", session.ID)
	m := c.Memory()
	for i := 0; ; i++ {
		say("begin %d", i)
		switch {
		case i%4 == 3:
			var messages []spectron.Message
			for n := range batchSize {
				messages = append(messages, spectron.Message{Content: note(run, i, n)})
			}
			_, err = m.RememberMany(ctx, spectron.RememberManyRequest{SessionID: session.ID, Messages: messages, Infer: spectron.InferNone})
		case i%2 == 1:
			_, err = m.Remember(ctx, spectron.RememberRequest{
				SessionID: session.ID, Text: note(run, i, 0), Infer: spectron.InferTriples, Triples: []spectron.Triple{
					{Entity: spectron.EntityRef{Type: "thing", Name: counter(run)}, Key: "state", Value: fmt.Sprint("s", i)},
				},
			})
		default:
			_, err = m.Remember(ctx, spectron.RememberRequest{SessionID: session.ID, Text: note(run, i, 0)})
		}
		require.NoError(t, err)
		// Traces of questions are stored in the background, and here.
		_, err = m.Recall(ctx, spectron.RecallRequest{Query: note(run, i, 0)})
		require.NoError(t, err)
		if i%8 == 7 {
			_, err = c.Traces().List(ctx, spectron.TraceQuery{Kind: spectron.TraceRetrieval})
			require.NoError(t, err)
		}
		say("done %d", i)
	}
}

// counter returns the name of an entity of a run, with a word that search distinguishes from all others.
func counter(run string) string { return "zc" + run + "xcounter" }

// note returns a text with a unique word.
func note(run string, i, n int) string { return fmt.Sprintf("note zq%sx%dx%d of the run", run, i, n) }

// turnsOf returns the texts of operation i of a run.
func turnsOf(run string, i int) []string {
	texts := []string{note(run, i, 0)}
	if i%4 == 3 {
		for n := 1; n < batchSize; n++ {
			texts = append(texts, note(run, i, n))
		}
	}
	return texts
}

// written has the reports of a killed process.
type written struct {
	run     string
	session string
	begun   int // operations that had begun
	done    int // operations that had returned
}

// killWriter starts a process that writes to a file, and kills it some time after it began to write. Now and then it is killed while it
// opens the file.
func killWriter(t *testing.T, path string, run int, random *rand.Rand) written {
	t.Helper()
	w := written{run: fmt.Sprint(run)}
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriter$", "-test.timeout=2m")
	cmd.Env = append(os.Environ(), writerFile+"="+path, writerRun+"="+w.run)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	kill := func() { _ = cmd.Process.Kill() } // it may have ended already
	early, after := run%8 == 7, run%6         // not by chance, so that enough is written in any number of runs
	if early {
		timer := time.AfterFunc(time.Duration(random.IntN(400))*time.Millisecond, kill)
		defer timer.Stop()
	}
	var other strings.Builder
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		said, ok := strings.CutPrefix(lines.Text(), "writer: ")
		if !ok {
			fmt.Fprintln(&other, lines.Text())
			continue
		}
		var i int
		switch {
		case strings.HasPrefix(said, "session "):
			w.session = strings.TrimPrefix(said, "session ")
		case scan(said, "begin %d", &i):
			w.begun = i + 1
			if !early && i == after { // on a slow machine as well
				timer := time.AfterFunc(time.Duration(random.IntN(30_000))*time.Microsecond, kill)
				defer timer.Stop()
			}
		case scan(said, "done %d", &i):
			w.done = i + 1
		}
	}
	require.NoError(t, lines.Err())
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Fatalf("run %d was to be killed, and ended with %v: %s%s", run, err, other.String(), stderr.String())
	}
	_, err = io.Copy(io.Discard, out)
	if err != nil && !errors.Is(err, os.ErrClosed) {
		t.Fatal(err)
	}
	return w
}

func scan(line, format string, into *int) bool {
	n, err := fmt.Sscanf(line, format, into)
	return err == nil && n == 1
}

// TestKilledWritersLoseNothing kills a process that writes again and again. Acknowledged writes exist afterwards completely, once, and in
// the index. Other writes exist completely or not at all.
func TestKilledWritersLoseNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(uint64(os.Getpid()), 1))
	var runs []written
	operations := 0
	for run := range testsize.Of(50) {
		w := killWriter(t, path, run, random)
		operations += w.done
		runs = append(runs, w)
		mgr, err := spectron.Open(ctx, "file://"+path, &spectron.Options{Engine: engine})
		require.NoError(t, err, "after kill %d", run)
		c, err := mgr.EnsureContext(ctx, "kill", spectron.ContextSpec{})
		require.NoError(t, err)
		checkWritten(t, c, w)
		// Check one of the earlier runs too, because nothing may be lost later.
		checkWritten(t, c, runs[random.IntN(len(runs))])
		require.NoError(t, mgr.Close(ctx))
		if t.Failed() {
			t.FailNow()
		}
	}
	mgr, err := spectron.Open(ctx, "file://"+path, &spectron.Options{Engine: engine})
	require.NoError(t, err)
	c, err := mgr.Context(ctx, "kill")
	require.NoError(t, err)
	for _, w := range runs {
		checkWritten(t, c, w)
	}
	require.NoError(t, mgr.Close(ctx))
	if operations < len(runs) {
		t.Errorf("%d writes in %d runs: the processes were killed too early to show anything", operations, len(runs))
	}
}

// TestFileThatAnotherProcessHasOpen checks that a file is in use while another process has it open, however that process ends.
func TestFileThatAnotherProcessHasOpen(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	path := filepath.Join(t.TempDir(), "agent.db")
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriter$", "-test.timeout=2m")
	cmd.Env = append(os.Environ(), writerFile+"="+path, writerRun+"=0")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "writer: session ") {
	}
	_, err = openFile(path, spectrontest.Epoch)
	if !errors.Is(err, spectron.ErrInUse) || !strings.Contains(fmt.Sprint(err), path) || !strings.Contains(fmt.Sprint(err), "in use") {
		t.Errorf("got %v", err)
	}
	require.NoError(t, cmd.Process.Kill())
	if err := cmd.Wait(); err == nil {
		t.Error("the process ended by itself")
	}
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	require.NoError(t, mgr.Close(context.Background()))
}

// checkWritten compares the reports of a killed process with the stored texts.
func checkWritten(t *testing.T, c *spectron.Context, w written) {
	t.Helper()
	ctx := context.Background()
	for trace, err := range c.Traces().All(ctx, spectron.TraceQuery{Kind: spectron.TraceRetrieval}) {
		require.NoError(t, err)
		require.NotEmpty(t, trace.Retrieval.Returned)
	}
	if w.session == "" {
		return // killed before its first write
	}
	var told, maybe []string
	for i := range w.done {
		told = append(told, turnsOf(w.run, i)...)
	}
	if w.begun > w.done {
		maybe = turnsOf(w.run, w.done)
	}
	var stored []string
	for turn, err := range c.Sessions().AllTurns(ctx, spectron.TurnQuery{SessionID: w.session, Limit: 500}) {
		require.NoError(t, err)
		if turn.Seq != len(stored) {
			t.Errorf("run %s: turn %d has the number %d", w.run, len(stored), turn.Seq)
		}
		stored = append(stored, turn.Content)
	}
	last := w.done - 1
	if len(stored) > len(told) {
		told = append(told, maybe...) // it was stored, but the process was killed before the call returned
		last = w.done
	}
	if got, want := strings.Join(stored, "\n"), strings.Join(told, "\n"); got != want {
		t.Errorf("run %s: %d operations had returned, %d begun; stored are\n%s\nwant\n%s", w.run, w.done, w.begun, got, want)
	}
	// The index finds the newest texts.
	for _, text := range stored[max(0, len(stored)-batchSize-2):] {
		found, err := c.Memory().Recall(ctx, spectron.RecallRequest{
			Query: strings.Fields(text)[1], Mode: spectron.ModeBM25, Kinds: []spectron.Kind{spectron.KindMemoryChunk}, IncludeDuplicates: true,
		})
		require.NoError(t, err)
		n := 0
		for _, hit := range found.Hits {
			if hit.Text == text {
				n++
			}
		}
		if n != 1 {
			t.Errorf("run %s: %q is found %d times", w.run, text, n)
		}
	}
	checkCounter(t, c, w.run, last)
}

// checkCounter checks the history of the fact that every second operation other than batches changes: one live value, the newest, and a
// complete chain.
func checkCounter(t *testing.T, c *spectron.Context, run string, last int) {
	t.Helper()
	if last < 1 {
		return
	}
	found, err := c.Memory().Recall(context.Background(), spectron.RecallRequest{
		Query: counter(run), Mode: spectron.ModeBM25, Kinds: []spectron.Kind{spectron.KindAttribute}, IncludeClosed: true,
		IncludeDuplicates: true, K: 50,
	})
	require.NoError(t, err)
	want := fmt.Sprint("s", (last-1)/4*4+1)
	byID := map[string]*spectron.Fact{}
	for _, hit := range found.Hits {
		if hit.Fact.Entity.Name == counter(run) {
			byID[hit.ID] = hit.Fact
		}
	}
	var live []string
	for id, f := range byID {
		if f.RetiredAt.IsZero() {
			live = append(live, f.Value)
		} else if next := byID[f.SupersededBy]; next == nil || next.Supersedes != id {
			t.Errorf("run %s: the chain of %s ends at %s", run, id, f.SupersededBy)
		}
	}
	if len(live) != 1 || live[0] != want || len(byID) != (last-1)/4+1 {
		t.Errorf("run %s: %d states, live %v, want %s of %d", run, len(byID), live, want, (last-1)/4+1)
	}
}
