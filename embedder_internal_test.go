package spectron

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// turning is an embedder whose vectors all have the same direction.
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

// otherVectors reports whether the vectors of a Context come from another embedder.
func otherVectors(t *testing.T, c *Context) bool {
	t.Helper()
	_, err := c.Memory().Recall(context.Background(), RecallRequest{Query: "harbour", Mode: ModeVector})
	if err != nil && !errors.Is(err, &Error{Code: CodeConflict, Field: live.EmbedderField}) {
		t.Fatal(err)
	}
	return err != nil
}

// TestVectorsOfAnEarlierVersion checks that vectors stored by an earlier version are compared by their texts, and that the next write
// records their embedder.
func TestVectorsOfAnEarlierVersion(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := "file://" + t.TempDir() + "/agent.db"
	for _, text := range []string{"", "The harbour is closed."} { // a chunk and a fact, or only a fact
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

// TestReembeddingThatEndsInTheMiddle checks that an interrupted recomputation leaves a Context that reports it, keeps all of its data, and
// can be recomputed again.
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
		if len(found.Hits) == 0 || !strings.Contains(found.Trace.Conflict, "was interrupted") {
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

// gated is an embedder whose first call with many texts reports that it has begun, and waits until the test lets it continue.
type gated struct {
	turning
	begun chan struct{}
	goOn  chan struct{}
	armed atomic.Bool
}

func (g *gated) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) >= 10 && g.armed.Swap(false) {
		close(g.begun)
		<-g.goOn
	}
	return g.turning.EmbedDocuments(ctx, texts)
}

// fillTexts stores n texts.
func fillTexts(t *testing.T, c *Context, n int) {
	t.Helper()
	messages := make([]Message, n)
	for i := range messages {
		messages[i].Content = fmt.Sprint("text number ", i)
	}
	_, err := c.Memory().RememberMany(context.Background(), RememberManyRequest{Messages: messages, Infer: InferNone})
	require.NoError(t, err)
}

// allEmbedded checks that each of the n texts of a Context has a vector.
func allEmbedded(t *testing.T, c *Context, n int) {
	t.Helper()
	for chunk, err := range c.state.Rows.Chunks(context.Background()) {
		require.NoError(t, err)
		if n--; len(chunk.Vector) == 0 {
			t.Errorf("%q has no vector", chunk.Text)
		}
	}
	if n != 0 {
		t.Errorf("%d texts are missing", n)
	}
}

// TestWritersGoOnWhileVectorsAreMade checks that other calls can write to a Context while its vectors are recomputed: their texts are
// embedded as well, and what they delete does not come back.
func TestWritersGoOnWhileVectorsAreMade(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	embedder := &gated{begun: make(chan struct{}), goOn: make(chan struct{})}
	c := closing(t, openIn(t, "mem://", &Options{Embedder: embedder}))
	fillTexts(t, c, 10)
	short, err := c.Memory().Remember(ctx, RememberRequest{Text: "a text that goes", Infer: InferNone})
	require.NoError(t, err)
	embedder.armed.Store(true)
	type result struct {
		done *Reembedded
		err  error
	}
	results := make(chan result)
	go func() {
		done, err := c.manager().ReembedContext(ctx, "test")
		results <- result{done, err}
	}()
	<-embedder.begun
	_, err = c.Memory().Remember(ctx, RememberRequest{Text: "a text that came", Infer: InferNone}) // the write does not wait
	require.NoError(t, err)
	require.NoError(t, c.Sessions().Delete(ctx, short.SessionID))
	close(embedder.goOn)
	got := <-results
	require.NoError(t, got.err)
	if got.done.Texts != 11 || otherVectors(t, c) {
		t.Errorf("made anew: %+v", got.done)
	}
	allEmbedded(t, c, 11)
}

// busy is an embedder that calls other functions while it works.
type busy struct {
	turning
	meanwhile atomic.Pointer[func()]
}

func (b *busy) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if f := b.meanwhile.Load(); f != nil {
		(*f)()
	}
	return b.turning.EmbedDocuments(ctx, texts)
}

// TestMakingVectorsEndsAmongWriters checks that a recomputation ends although other calls write during each embedding: in the end they
// wait.
func TestMakingVectorsEndsAmongWriters(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	embedder := &busy{}
	c := closing(t, openIn(t, "mem://", &Options{Embedder: embedder}))
	fillTexts(t, c, 10)
	written := 0
	var write func()
	write = func() {
		if written == live.FreeRounds {
			return // the writer's lock is held
		}
		written++
		embedder.meanwhile.Store(nil) // it must not react to its own text
		_, err := c.Memory().Remember(ctx, RememberRequest{Text: fmt.Sprint("meanwhile ", written), Infer: InferNone})
		embedder.meanwhile.Store(&write)
		if err != nil {
			t.Error(err)
		}
	}
	embedder.meanwhile.Store(&write)
	done, err := c.manager().ReembedContext(ctx, "test")
	require.NoError(t, err)
	if written != live.FreeRounds || done.Texts != 10+written {
		t.Errorf("%d texts written, %d made anew", written, done.Texts)
	}
	allEmbedded(t, c, 10+written)
}
