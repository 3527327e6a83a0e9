package spectron_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// pausing is an embedder that waits at its second call with many texts.
type pausing struct {
	*spectrontest.Embedder
	calls       atomic.Int32
	begun, free chan struct{}
}

func (p *pausing) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) >= 10 && p.calls.Add(1) == 2 {
		close(p.begun)
		<-p.free
	}
	return p.Embedder.EmbedDocuments(ctx, texts)
}

// TestReindex opens a store with another embedder. Until its vectors are computed again, in a job that says how far it has come, words are
// searched alone.
func TestReindex(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "a.db")
	mgr, err := spectron.Open(ctx, path, &spectron.Options{Embedder: &spectrontest.Embedder{Dimension: 8}})
	require.NoError(t, err)
	c, err := mgr.CreateContext(ctx, "reindex", spectron.ContextSpec{})
	require.NoError(t, err)
	const n = 600
	fill(t, c.Memory(), n)
	_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Grandma bought an automobile.", Infer: spectron.InferNone})
	require.NoError(t, err)
	require.NoError(t, mgr.Close(ctx))

	other := &pausing{
		Embedder: &spectrontest.Embedder{Dimension: 256, Synonyms: map[string]string{"automobile": "car"}}, begun: make(chan struct{}), free: make(chan struct{}),
	}
	mgr, err = spectron.Open(ctx, path, &spectron.Options{Embedder: other})
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err = mgr.Context(ctx, "reindex")
	require.NoError(t, err)
	byWords := func() {
		t.Helper()
		r := recall(t, c, spectron.RecallRequest{Query: "Grandma's automobile", K: 1})
		require.Equal(t, "Grandma bought an automobile.", r.Hits[0].Text)
		require.Equal(t, "none", r.Trace.Vectors)
		require.NotEmpty(t, r.Trace.Conflict)
		_, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "car", Mode: spectron.ModeVector})
		require.ErrorIs(t, err, spectron.ErrConflict)
	}
	byWords()
	j, err := c.Lifecycle().Reindex(ctx)
	require.NoError(t, err)
	<-other.begun
	byWords()
	again, err := c.Lifecycle().Reindex(ctx)
	require.NoError(t, err)
	require.Equal(t, j.ID, again.ID, "one at a time")
	now, err := c.Jobs().Get(ctx, j.ID)
	require.NoError(t, err)
	require.Equal(t, spectron.JobRunning, now.State)
	require.Equal(t, "embedding", now.Progress.Stage)
	require.Greater(t, now.Progress.Total, int64(n/2))
	close(other.free)
	done, err := c.Jobs().Wait(ctx, j.ID, nil)
	require.NoError(t, err)
	require.NoError(t, done.Err())
	r := recall(t, c, spectron.RecallRequest{Query: "grandma bought a car", K: 1, Mode: spectron.ModeVector})
	require.Equal(t, "Grandma bought an automobile.", r.Hits[0].Text)
}
