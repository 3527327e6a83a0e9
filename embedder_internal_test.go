package spectron

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// turning is an embedder whose vectors all point one way.
type turning struct{ way int }

func (e turning) EmbedDocuments(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = make([]float32, 3)
		out[i][e.way] = 1
	}
	return out, nil
}

func (e turning) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	out, err := e.EmbedDocuments(ctx, []string{text})
	return out[0], err
}

// otherVectors reports whether a Context's vectors are another embedder's.
func otherVectors(t *testing.T, c *Context) bool {
	t.Helper()
	_, err := c.Memory().Recall(context.Background(), RecallRequest{Query: "harbour", Mode: ModeVector})
	if err != nil && !errors.Is(err, &Error{Code: CodeConflict, Field: live.EmbedderField}) {
		t.Fatal(err)
	}
	return err != nil
}

// Vectors that an earlier version stored are told by the texts that they are of; the next write says what made them.
func TestVectorsOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := "file://" + t.TempDir() + "/agent.db"
	for _, text := range []string{"", "The harbour is closed."} { // a chunk and a fact, or a fact alone
		c := closing(t, openIn(t, path, &Options{Embedder: turning{0}}))
		_, err := c.Memory().Remember(ctx, RememberRequest{Text: text, Infer: InferTriples, Triples: []Triple{{Entity: EntityRef{"person", "Bob"}, Key: "role", Value: "CTO"}}})
		require.NoError(t, err)
		_, err = c.state.Conn.Query(ctx, `DELETE embedder`, nil)
		require.NoError(t, err)
		require.NoError(t, c.manager().Close(ctx))

		c = closing(t, openIn(t, path, &Options{Embedder: turning{1}}))
		if !otherVectors(t, c) {
			t.Errorf("%q: another embedder is taken for the one", text)
		}
		require.NoError(t, c.manager().Close(ctx))
		c = closing(t, openIn(t, path, &Options{Embedder: turning{0}, EmbedderName: "zero"}))
		if otherVectors(t, c) {
			t.Errorf("%q: the embedder is taken for another one", text)
		}
		_, err = c.Memory().Remember(ctx, RememberRequest{Text: "It is raining.", Infer: InferNone})
		require.NoError(t, err)
		known, err := c.state.Rows.Embedder(ctx)
		require.NoError(t, err)
		if known == nil || known.Name != "zero" || known.Probes[0].Text != live.ProbeTexts[0] {
			t.Errorf("%+v", known)
		}
		require.NoError(t, c.manager().Close(ctx))
	}
}

// Making vectors anew that ends in the middle leaves a Context that says so, with all that it held, and can be begun again.
func TestReembeddingThatEndsInTheMiddle(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { server.Close(ctx) })
	a := closing(t, openIn(t, server.URL("ws"), &Options{Embedder: turning{0}}))
	_, err = a.Memory().Remember(ctx, RememberRequest{Text: "The harbour is closed. Bob lives in Oslo."})
	require.NoError(t, err)
	b := closing(t, openIn(t, server.URL("ws"), &Options{Embedder: turning{1}}))
	var down atomic.Bool
	down.Store(true)
	server.SetFaults(func(_, sql string) rpcserver.Fault {
		if down.Load() && strings.Contains(sql, "SET vector") {
			return rpcserver.FaultRefuse
		}
		return rpcserver.FaultNone
	})
	_, err = b.manager().ReembedContext(ctx, "test")
	require.Error(t, err)
	for _, c := range []*Context{a, b, closing(t, openIn(t, server.URL("ws"), &Options{Embedder: turning{1}}))} {
		if !otherVectors(t, c) {
			t.Error("vectors of two embedders are searched")
		}
		found, err := c.Memory().Recall(ctx, RecallRequest{Query: "harbour"})
		require.NoError(t, err)
		if len(found.Hits) == 0 || !strings.Contains(found.Trace.Conflict, "did not end") {
			t.Errorf("%+v", found)
		}
	}
	down.Store(false)
	done, err := b.manager().ReembedContext(ctx, "test")
	require.NoError(t, err)
	if done.Texts != 2 || otherVectors(t, b) || !otherVectors(t, a) {
		t.Errorf("%+v", done)
	}
	_, err = b.Memory().Remember(ctx, RememberRequest{Text: "It is raining."})
	require.NoError(t, err)
}
