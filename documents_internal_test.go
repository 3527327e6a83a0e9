package spectron

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const alphabet = "# Letters\n\n## Alpha\n\nThe letter alpha comes from an ox.\n\n## Beta\n\nThe letter beta comes from a house.\n"

// uploadedLetters uploads a document, and waits until it is ready. The Context needs workers.
func uploadedLetters(t *testing.T, c *Context) *Document {
	t.Helper()
	up, err := c.Documents().Upload(context.Background(), UploadRequest{Name: "letters.md", Reader: strings.NewReader(alphabet)})
	require.NoError(t, err)
	d, err := c.Documents().Wait(context.Background(), up.ID)
	require.NoError(t, err)
	require.NoError(t, d.Err())
	return d
}

// A library that is loaded from a saved index finds what it found before, and is changed like any other.
func TestASavedLibrary(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), "file://"+t.TempDir()+"/agent.db"
	open := func() (*Manager, *Context) {
		c := openWorking(t, path, &Options{Clock: func() time.Time { return time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC) }}, 1)
		return c.manager(), c
	}
	mgr, c := open()
	d := uploadedLetters(t, c)
	mgr.core.SaveFrom = 1
	ask := func(c *Context) *DocumentHits {
		found, err := c.Documents().Query(ctx, DocumentQuery{Query: "ox letter"})
		require.NoError(t, err)
		found.TraceID = ""
		return found
	}
	before := ask(c)
	require.Equal(t, "Alpha", before.Hits[0].Section)
	require.NoError(t, mgr.Close(ctx))
	mgr, c = open()
	after := ask(c)
	health, err := mgr.Health(ctx)
	require.NoError(t, err)
	require.Positive(t, health.Restored)
	require.Equal(t, before, after)
	_, err = c.Documents().Reprocess(ctx, d.ID, ReprocessRequest{Reader: strings.NewReader("# Letters\n\n## Gamma\n\nThe letter gamma comes from a camel.\n")})
	require.NoError(t, err)
	_, err = c.Documents().Wait(ctx, d.ID)
	require.NoError(t, err)
	require.Len(t, ask(c).Hits, 1)
	require.NoError(t, c.Documents().Delete(ctx, d.ID))
	require.Empty(t, ask(c).Hits)
	require.NoError(t, mgr.Close(ctx))
}
