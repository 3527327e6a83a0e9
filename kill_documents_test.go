package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
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
	return fmt.Sprintf("# Manuscript %d\n\n", n) + book([]int{300, 120_000, 1_300_000}[n%3]) + fmt.Sprintf("\n\n## Last\n\nThe end of zqmanuscript%d. %s Lang lives in Ghent.\n", n, []string{"Zora", "Mira", "Nora", "Dora", "Cora"}[n])
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
			finished = child{"TestLibrarian", librarianFile, "librarian"}.run(t, path, func(said string) {
				if id, ok := strings.CutPrefix(said, "uploaded "); ok {
					uploaded[id] = true
				}
			}, func() (bool, time.Duration) {
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
			require.Zero(t, d.Facts)
			continue
		}
		require.Equal(t, 1, d.Facts, "the facts are stored with the version")
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
