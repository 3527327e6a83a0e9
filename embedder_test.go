package spectron_test

import (
	"cmp"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// failing is an embedder that fails for texts with a given word.
type failing struct {
	*spectrontest.Embedder
	on  string
	err error
}

func (f *failing) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if strings.Contains(strings.Join(texts, " "), f.on) {
		return nil, f.err
	}
	return f.Embedder.EmbedDocuments(ctx, texts)
}

// spoilt is an embedder that returns invalid vectors for texts with the marker.
type spoilt struct {
	*spectrontest.Embedder
	spoil func([][]float32) [][]float32
}

func (s *spoilt) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	out, err := s.Embedder.EmbedDocuments(ctx, texts)
	if strings.Contains(strings.Join(texts, " "), marker) {
		out = s.spoil(out)
	}
	return out, err
}

func TestEmbedder(t *testing.T) {
	t.Parallel()
	embedder := &spectrontest.Embedder{Synonyms: map[string]string{"automobile": "car", "fast": "quick"}}
	c := spectrontest.Context(t, &spectron.Options{Embedder: embedder})
	tell(t, c, "Grandma bought an automobile.")
	tell(t, c, "The weather is fine.")
	if embedder.Calls() == 0 {
		t.Error("the embedder was not asked")
	}
	for mode, finds := range map[spectron.Mode]bool{spectron.ModeBM25: false, spectron.ModeVector: true, spectron.ModeHybrid: true, "": true} {
		r := recall(t, c, spectron.RecallRequest{Query: "car", Mode: mode, K: 1})
		if got := len(r.Hits) == 1 && r.Hits[0].Text == "Grandma bought an automobile."; got != finds {
			t.Errorf("mode %q finds %+v", mode, r.Hits)
		}
		if r.Trace.Vectors != "embedder" {
			t.Errorf("%+v", r.Trace)
		}
	}
}

func TestEmbedderFails(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func([][]float32) [][]float32{
		"none":               func([][]float32) [][]float32 { return nil },
		"one too few":        func(v [][]float32) [][]float32 { return v[1:] },
		"one too many":       func(v [][]float32) [][]float32 { return append(v, v[0]) },
		"another dimension":  func(v [][]float32) [][]float32 { return [][]float32{{1, 0}} },
		"empty":              func(v [][]float32) [][]float32 { return [][]float32{{}} },
		"nil":                func(v [][]float32) [][]float32 { return [][]float32{nil} },
		"not a number":       func(v [][]float32) [][]float32 { v[0][0] = float32(math.NaN()); return v },
		"infinite":           func(v [][]float32) [][]float32 { v[0][0] = float32(math.Inf(-1)); return v },
		"zeros":              func(v [][]float32) [][]float32 { clear(v[0]); return v },
		"very many at first": func(v [][]float32) [][]float32 { return [][]float32{make([]float32, 100_000)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, &spectron.Options{Embedder: &spoilt{&spectrontest.Embedder{}, spoil}})
			for _, infer := range []spectron.Infer{spectron.InferFull, spectron.InferNone, spectron.InferPreview} {
				_, err := f.context.Memory().Remember(context.Background(), spectron.RememberRequest{Text: "I live in " + marker + ".", Infer: infer})
				isError(t, err, spectron.ErrModel, "Options.Embedder")
			}
			// Facts are embedded after texts.
			_, err := f.context.Memory().Remember(context.Background(), spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
				{Entity: spectron.EntityRef{Type: "person", Name: marker}, Key: "mood", Value: "fine"},
			}})
			isError(t, err, spectron.ErrModel, "Options.Embedder")
			f.unchanged(t)
			tell(t, f.context, "Bob lives in Oslo.")
		})
	}
}

func TestEmbedderOfQueriesFails(t *testing.T) {
	t.Parallel()
	embedder := &spectrontest.Embedder{}
	c := spectrontest.Context(t, &spectron.Options{Embedder: embedder})
	tell(t, c, "Bob lives in Oslo.")
	embedder.Err = errors.New("the model is down")
	for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeVector} {
		_, err := c.Memory().Recall(context.Background(), spectron.RecallRequest{Query: "kettle", Mode: mode})
		isError(t, err, spectron.ErrModel, "Options.Embedder")
		if !errors.Is(err, embedder.Err) {
			t.Errorf("%v hides its cause", err)
		}
	}
	// Word search needs no model.
	if r := recall(t, c, spectron.RecallRequest{Query: "Oslo", Mode: spectron.ModeBM25}); len(r.Hits) == 0 {
		t.Error("not found")
	}
	embedder.Err, embedder.Dimension = nil, 8
	_, err := c.Memory().Recall(context.Background(), spectron.RecallRequest{Query: "kettle"})
	isError(t, err, spectron.ErrModel, "Options.Embedder")
}

// stuck is an embedder that does not answer before its caller gives up.
type stuck struct {
	*spectrontest.Embedder
	entered chan struct{}
}

func (s *stuck) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if !strings.Contains(strings.Join(texts, " "), marker) {
		return s.Embedder.EmbedDocuments(ctx, texts)
	}
	s.entered <- struct{}{}
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestEmbedderHangs checks that a hanging model delays only the caller that waits for it.
func TestEmbedderHangs(t *testing.T) {
	t.Parallel()
	embedder := &stuck{&spectrontest.Embedder{}, make(chan struct{}, 1)}
	f := newFixture(t, &spectron.Options{Embedder: embedder})
	for _, req := range []spectron.RememberRequest{
		{Text: "I live in " + marker + "."},
		{Infer: spectron.InferTriples, Triples: []spectron.Triple{{Entity: spectron.EntityRef{Type: "person", Name: marker}, Key: "mood", Value: "fine"}}},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		failed := make(chan error)
		go func() { failed <- second(f.context.Memory().Remember(ctx, req)) }()
		<-embedder.entered
		cancel()
		isError(t, <-failed, spectron.ErrTimeout, "")
		f.unchanged(t)
	}
	tell(t, f.context, "Bob lives in Oslo.")
	require.Len(t, known(t, f.context, "Bob", day(12, 31)), 1)
}

// noisy is an embedder that never returns exactly the same vectors twice, as services do.
type noisy struct {
	*spectrontest.Embedder
	random *rand.Rand
	mu     sync.Mutex
}

func (n *noisy) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	out, err := n.Embedder.EmbedDocuments(ctx, texts)
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, v := range out {
		for i := range v {
			v[i] += float32(n.random.NormFloat64()) * 0.002
		}
	}
	return out, err
}

// EmbedderName implements the method that names an embedder.
func (n *noisy) EmbedderName() string { return "noisy-1" }

// TestAnInexactEmbedderIsItself checks that an embedder with inexact vectors counts as the same one, whatever its name, and that the probe
// texts are embedded once for each Manager.
func TestAnInexactEmbedderIsItself(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := "file://" + filepath.Join(t.TempDir(), "agent.db")
	for i, name := range []string{"", "", "another name"} {
		embedder := &noisy{Embedder: &spectrontest.Embedder{}, random: rand.New(rand.NewPCG(uint64(i), 1))}
		engine, err := spectron.Compiled()
		require.NoError(t, err)
		mgr, err := spectron.Open(ctx, path, &spectron.Options{Engine: engine, Embedder: embedder, EmbedderName: name, Durability: spectron.DurabilityRelaxed})
		require.NoError(t, err)
		for _, id := range []string{"one", "two"} {
			c, err := mgr.EnsureContext(ctx, id, spectron.ContextSpec{})
			require.NoError(t, err)
			for range 2 {
				_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "The harbour is closed.", Infer: spectron.InferNone})
				require.NoError(t, err)
			}
		}
		if got := embedder.Calls(); got != 4+3 {
			t.Errorf("asked about %d texts", got)
		}
		health, err := mgr.Health(ctx)
		require.NoError(t, err)
		if want := cmp.Or(name, "noisy-1"); health.EmbedderName != want || health.Dimension != 64 || len(health.OtherVectors) > 0 {
			t.Errorf("%+v", health)
		}
		require.NoError(t, mgr.Close(ctx))
	}
}

// TestEmbedderThatIsDownAtFirst checks that a model that is unavailable at its first use fails only that call.
func TestEmbedderThatIsDownAtFirst(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	embedder := &spectrontest.Embedder{Err: errors.New("the model is down")}
	c := spectrontest.Context(t, &spectron.Options{Embedder: embedder})
	_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo."})
	isError(t, err, spectron.ErrModel, "Options.Embedder")
	embedder.Err = nil
	tell(t, c, "Bob lives in Oslo.")
	if r := recall(t, c, spectron.RecallRequest{Query: "Oslo", Mode: spectron.ModeVector}); len(r.Hits) == 0 {
		t.Error("not found")
	}
}

// spoiltQuery is an embedder that returns no vector for questions.
type spoiltQuery struct {
	*spectrontest.Embedder
	made []float32
}

func (e spoiltQuery) EmbedQuery(context.Context, string) ([]float32, error) { return e.made, nil }

// TestEmbedderOfQueriesIsSpoilt checks that an invalid vector of a question is reported as a fault of the embedder, and that no answer by
// words alone hides it.
func TestEmbedderOfQueriesIsSpoilt(t *testing.T) {
	t.Parallel()
	for name, made := range map[string][]float32{
		"not a number": append(make([]float32, 63), float32(math.NaN())), "infinite": append(make([]float32, 63), float32(math.Inf(1))),
		"zeros": make([]float32, 64), "empty": {}, "nil": nil, "another dimension": {1, 0}, "very many": make([]float32, 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := spectrontest.Context(t, &spectron.Options{Embedder: spoiltQuery{&spectrontest.Embedder{}, made}})
			tell(t, c, "Bob lives in Oslo.")
			for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeVector} {
				r, err := c.Memory().Recall(context.Background(), spectron.RecallRequest{Query: "kettle", Mode: mode})
				isError(t, err, spectron.ErrModel, "Options.Embedder")
				if r != nil {
					t.Errorf("an answer beside the error: %+v", r)
				}
			}
			if r := recall(t, c, spectron.RecallRequest{Query: "Oslo", Mode: spectron.ModeBM25}); len(r.Hits) == 0 {
				t.Error("words need no vectors")
			}
		})
	}
}

// brokenEmbedder is an embedder that panics.
type brokenEmbedder struct{ spectrontest.Embedder }

func (*brokenEmbedder) EmbedDocuments(context.Context, []string) ([][]float32, error) {
	panic("no model")
}

// TestEmbedderThatPanics checks that a panic of an embedder during the loading of a Context reaches the caller that asked for the Context,
// and that the store stays usable.
func TestEmbedderThatPanics(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), someFile(t, 3)
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	mgr, err := spectron.Open(ctx, "file://"+path, &spectron.Options{Engine: engine, Embedder: &brokenEmbedder{}})
	require.NoError(t, err)
	for range 2 {
		require.PanicsWithValue(t, "no model", func() { _, _ = mgr.Context(ctx, "test") })
	}
	_, err = mgr.Health(ctx)
	require.NoError(t, err)
	require.NoError(t, mgr.Close(ctx))
	whole(t, path, 3)
}
