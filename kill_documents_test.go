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
)

// librarianFile tells the child process of TestKilledWhileProcessing the store that it uploads to.
const librarianFile = "SPECTRON_TEST_LIBRARIAN_FILE"

// manuscript is the n-th document of the test: of one passage, of some hundred, and of several pieces of bytes.
func manuscript(n int) string {
	return fmt.Sprintf("# Manuscript %d\n\n", n) + book([]int{300, 120_000, 1_300_000}[n%3]) + fmt.Sprintf("\n\n## Last\n\nThe end of zqmanuscript%d.\n", n)
}

// manuscripts is the number of documents that the child uploads.
const manuscripts = 5

// TestLibrarian is not a test: it is the child process of TestKilledWhileProcessing. It uploads documents, lets each be processed twice, and says
// each step and state.
func TestLibrarian(t *testing.T) {
	path := os.Getenv(librarianFile)
	if path == "" {
		t.Skip("run by TestKilledWhileProcessing")
	}
	ctx := context.Background()
	say := func(format string, args ...any) {
		_, err := fmt.Fprintf(os.Stdout, "librarian: "+format+"\n", args...)
		require.NoError(t, err)
	}
	mgr, err := spectron.Open(ctx, path, nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err := mgr.EnsureContext(ctx, "kill", spectron.ContextSpec{})
	require.NoError(t, err)
	wait := func(id string) *spectron.Document {
		d, err := c.Documents().Wait(ctx, id, func(d spectron.Document) { say("%s %s", d.ID, d.Status) })
		require.NoError(t, err)
		require.NoError(t, d.Err())
		return d
	}
	for n := range manuscripts {
		say("begins %d", n)
		up, err := c.Documents().Upload(ctx, spectron.UploadRequest{Name: fmt.Sprintf("%d.md", n), Reader: strings.NewReader(manuscript(n))})
		require.NoError(t, err)
		say("uploaded %s", up.ID)
		if d := wait(up.ID); d.Version == 1 {
			_, err := c.Documents().Reprocess(ctx, up.ID, spectron.ReprocessRequest{})
			require.NoError(t, err)
			wait(up.ID)
		}
	}
	say("finished")
}

// TestKilledWhileProcessing checks that a document whose upload returned becomes ready, however often the process is killed at any stage, and that
// none is ever ready with a part of its passages.
func TestKilledWhileProcessing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	random := rand.New(rand.NewPCG(21, 22))
	ctx := context.Background()
	for round := range testsize.Of(10) {
		path := filepath.Join(t.TempDir(), "agent.db")
		uploaded := map[string]bool{}
		kills := 0
		for finished := false; !finished; {
			finished = shelve(t, path, uploaded, func() (bool, time.Duration) {
				return kills < 8 && random.IntN(12) == 0, time.Duration(random.IntN(30_000)) * time.Microsecond
			})
			if !finished {
				kills++
				wholeDocuments(t, path)
			}
		}
		require.Positive(t, kills, "round %d", round)
		mgr, err := spectron.Open(ctx, path, nil)
		require.NoError(t, err)
		c, err := mgr.Context(ctx, "kill")
		require.NoError(t, err)
		require.Len(t, uploaded, manuscripts, "the same bytes are one document")
		for id := range uploaded {
			d, err := c.Documents().Get(ctx, id)
			require.NoError(t, err)
			require.Equal(t, spectron.DocumentReady, d.Status, d.Reason)
			require.GreaterOrEqual(t, d.Version, 2)
		}
		require.NoError(t, mgr.Close(ctx))
	}
}

// wholeDocuments checks that all passages and bytes of each document that is ready are there.
func wholeDocuments(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, path, &spectron.Options{Workers: -1})
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err := mgr.Context(ctx, "kill")
	if err != nil {
		require.ErrorIs(t, err, spectron.ErrNotFound) // it was killed before
		return
	}
	for d, err := range c.Documents().All(ctx, spectron.DocumentList{}) {
		require.NoError(t, err)
		if d.Version == 0 {
			require.NotEqual(t, spectron.DocumentReady, d.Status)
			continue
		}
		var n int
		_, err := fmt.Sscanf(d.Name, "%d.md", &n)
		require.NoError(t, err)
		chunks := 0
		for _, err := range c.Documents().AllChunks(ctx, spectron.ChunkQuery{DocumentID: d.ID}) {
			require.NoError(t, err)
			chunks++
		}
		require.Equal(t, d.Chunks, chunks)
		found, err := c.Documents().Query(ctx, spectron.DocumentQuery{Query: fmt.Sprintf("zqmanuscript%d", n), Mode: spectron.ModeBM25, DocumentIDs: []string{d.ID}, K: 1})
		require.NoError(t, err)
		require.Len(t, found.Hits, 1)
		require.Equal(t, d.Chunks-1, found.Hits[0].Position)
	}
}

// shelve starts a process that uploads documents, and kills it some time after the first word for which ends returns true. It reports whether the
// process has finished, and notes the ids of the documents that were uploaded.
func shelve(t *testing.T, path string, uploaded map[string]bool, ends func() (bool, time.Duration)) (finished bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestLibrarian$", "-test.timeout=10m")
	cmd.Env = append(os.Environ(), librarianFile+"="+path)
	var stderr, other strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var killing *time.Timer
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said, ok := strings.CutPrefix(lines.Text(), "librarian: ")
		if !ok {
			fmt.Fprintln(&other, lines.Text())
			continue
		}
		if id, ok := strings.CutPrefix(said, "uploaded "); ok {
			uploaded[id] = true
		}
		finished = finished || said == "finished"
		if end, after := ends(); end && killing == nil {
			killing = time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended already
		}
	}
	if killing != nil {
		killing.Stop()
	}
	if err := cmd.Wait(); err != nil && killing == nil {
		t.Fatalf("the librarian failed: %v\n%s\n%s", err, &stderr, &other)
	}
	return finished
}
