package spectron_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// readByRules describes a Context whose model answers questions and reads nothing.
var readByRules = spectron.ContextSpec{Config: spectron.Config{LLMExtraction: new(bool)}}

// rerankFunc is a reranker.
type rerankFunc func(ctx context.Context, query string, texts []string) ([]float64, error)

func (f rerankFunc) Rerank(ctx context.Context, query string, texts []string) ([]float64, error) {
	return f(ctx, query, texts)
}

// longest scores texts by their length.
func longest(_ context.Context, _ string, texts []string) ([]float64, error) {
	out := make([]float64, len(texts))
	for i, text := range texts {
		out[i] = float64(len(text))
	}
	return out, nil
}

// garage is a Context with a document about a car, and another one about a cat and a boat.
func garage(t *testing.T, opts spectron.Options) (*spectron.Context, *spectron.Document) {
	t.Helper()
	mgr := spectrontest.Open(t, &opts)
	c := create(t, mgr, "docs", readByRules)
	d := uploaded(t, c.Documents(), "garage.md", "# Garage\n\n## Downstairs\n\nThe car is red.\n")
	uploaded(t, c.Documents(), "harbour.md", "# Harbour\n\n## Pier\n\nThe boat lies at the pier, and nobody has moved it for a year because its engine is broken.\n\n## House\n\nThe cat sleeps.\n")
	return c, d
}

func TestHyDEFindsOtherWords(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	model := spectrontest.NewModel(t, spectrontest.Reply{When: "could stand in a document", Text: "The automobile has a colour.", Times: 1})
	c, d := garage(t, spectron.Options{Model: model, Embedder: &spectrontest.SynonymEmbedder{}})
	q := spectron.DocumentQuery{Query: "What do we drive?", K: 1, Mode: spectron.ModeVector, UseHyDE: true}
	found, err := c.Documents().Query(ctx, q)
	require.NoError(t, err)
	require.Empty(t, found.Fallbacks)
	require.Equal(t, d.ID, found.Hits[0].DocumentID)
	require.Contains(t, model.Calls()[0].Prompt, "What do we drive?")
	require.NotContains(t, model.Calls()[0].Prompt, "red", "the model sees nothing of the documents")
	usage, err := c.Usage(ctx, spectron.UsageRequest{})
	require.NoError(t, err)
	require.Len(t, usage.Items, 1, "the call is metered")

	q.Mode = spectron.ModeBM25
	_, err = c.Documents().Query(ctx, q)
	require.ErrorIs(t, err, spectron.ErrInvalid)
}

func TestDecomposedQuestions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	model := spectrontest.NewModel(t, spectrontest.Reply{When: "You split a question", Text: `{"questions": ["What colour is the car?", "Where does the cat sleep?", "What colour is the car?", " "]}`, Times: 1})
	c, _ := garage(t, spectron.Options{Model: model})
	found, err := c.Documents().Query(ctx, spectron.DocumentQuery{Query: "What colour is the car, and where does the cat sleep?", K: 2, DecomposeQuery: true})
	require.NoError(t, err)
	require.Empty(t, found.Fallbacks)
	require.Equal(t, []string{"What colour is the car?", "Where does the cat sleep?"}, found.Questions)
	require.Len(t, found.Hits, 2)
	sections := map[string]bool{}
	for i, h := range found.Hits {
		sections[h.Section] = true
		require.True(t, i == 0 || h.Score <= found.Hits[i-1].Score)
	}
	require.Equal(t, map[string]bool{"Downstairs": true, "House": true}, sections)
}

func TestRerankedHits(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	asked := 0
	c, _ := garage(t, spectron.Options{Reranker: rerankFunc(func(ctx context.Context, query string, texts []string) ([]float64, error) {
		asked = len(texts)
		require.Equal(t, "car cat boat", query)
		return longest(ctx, query, texts)
	})})
	found, err := c.Documents().Query(ctx, spectron.DocumentQuery{Query: "car cat boat", K: 1, UseReranker: true})
	require.NoError(t, err)
	require.Empty(t, found.Fallbacks)
	require.Equal(t, 3, asked, "more than K are reranked")
	require.Equal(t, "Pier", found.Hits[0].Section)
	require.Positive(t, *found.Hits[0].RerankScore)
}

// TestSearchGoesOnWithoutItsSteps checks that a search that is helped by nobody finds what it finds without help, and says why.
func TestSearchGoesOnWithoutItsSteps(t *testing.T) {
	t.Parallel()
	scores := func(out []float64, err error) spectron.Reranker {
		return rerankFunc(func(context.Context, string, []string) ([]float64, error) { return out, err })
	}
	hangs := rerankFunc(func(ctx context.Context, _ string, _ []string) ([]float64, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	type steps map[spectron.SearchStep]spectron.Code
	all := func(code spectron.Code) steps {
		return steps{spectron.StepHyDE: code, spectron.StepDecompose: code, spectron.StepRerank: spectron.CodeUnsupported}
	}
	broken := func(t *testing.T) *spectrontest.Model {
		return spectrontest.NewModel(t, spectrontest.Reply{Err: errors.New("out of order"), Times: -1})
	}
	talks := func(t *testing.T) *spectrontest.Model {
		return spectrontest.NewModel(t, spectrontest.Reply{When: "You split", Text: "I would rather not.", Times: -1}, spectrontest.Reply{When: "could stand", Text: "A passage.", Times: -1})
	}
	rerank := func(code spectron.Code) steps { return steps{spectron.StepRerank: code} }
	for name, tc := range map[string]struct {
		model    func(*testing.T) *spectrontest.Model
		reranker spectron.Reranker
		query    spectron.DocumentQuery
		want     steps
	}{
		"nothing is there":     {nil, nil, spectron.DocumentQuery{UseHyDE: true, DecomposeQuery: true, UseReranker: true}, all(spectron.CodeUnsupported)},
		"the model fails":      {broken, nil, spectron.DocumentQuery{UseHyDE: true, DecomposeQuery: true, UseReranker: true}, all(spectron.CodeModel)},
		"the model talks":      {talks, nil, spectron.DocumentQuery{UseHyDE: true, DecomposeQuery: true}, steps{spectron.StepDecompose: spectron.CodeModel}},
		"the reranker fails":   {nil, scores(nil, errors.New("out of order")), spectron.DocumentQuery{UseReranker: true}, rerank(spectron.CodeModel)},
		"too few scores":       {nil, scores([]float64{1}, nil), spectron.DocumentQuery{UseReranker: true}, rerank(spectron.CodeModel)},
		"not a number":         {nil, scores([]float64{1, math.NaN(), 2}, nil), spectron.DocumentQuery{UseReranker: true}, rerank(spectron.CodeModel)},
		"without an end":       {nil, scores([]float64{1, math.Inf(1), 2}, nil), spectron.DocumentQuery{UseReranker: true}, rerank(spectron.CodeModel)},
		"the reranker hangs":   {nil, hangs, spectron.DocumentQuery{UseReranker: true}, rerank(spectron.CodeModel)},
		"no step was asked of": {broken, scores(nil, errors.New("out of order")), spectron.DocumentQuery{}, steps{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			opts := spectron.Options{Reranker: tc.reranker}
			if name == "the reranker hangs" {
				opts.ModelTimeout = 50 * time.Millisecond
			}
			if tc.model != nil {
				opts.Model = tc.model(t)
			}
			c, _ := garage(t, opts)
			tc.query.Query = "car cat boat"
			found, err := c.Documents().Query(ctx, tc.query)
			require.NoError(t, err)
			got := steps{}
			for _, f := range found.Fallbacks {
				got[f.Step] = f.Code
				require.NotEmpty(t, f.Reason)
			}
			require.Equal(t, tc.want, got)
			if _, reranks := tc.want[spectron.StepRerank]; reranks || len(tc.want) == 0 {
				plain, err := c.Documents().Query(ctx, spectron.DocumentQuery{Query: "car cat boat"})
				require.NoError(t, err)
				found.TraceID, plain.TraceID, found.Fallbacks = "", "", nil
				require.Equal(t, plain, found)
			}
		})
	}
}

// TestWhatIsErasedWhileRerankedIsNotFound deletes a document while the reranker works, and gives up while it works.
func TestWhatIsErasedWhileRerankedIsNotFound(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	inside, goOn := make(chan struct{}, 1), make(chan struct{})
	c, d := garage(t, spectron.Options{Reranker: rerankFunc(func(ctx context.Context, query string, texts []string) ([]float64, error) {
		inside <- struct{}{}
		<-goOn
		return longest(ctx, query, texts)
	})})
	q := spectron.DocumentQuery{Query: "car cat boat", UseReranker: true}
	type answer struct {
		found *spectron.DocumentHits
		err   error
	}
	limited, cancel := context.WithCancel(ctx)
	first, second := make(chan answer, 1), make(chan answer, 1)
	go func() {
		found, err := c.Documents().Query(limited, q)
		first <- answer{found, err}
	}()
	<-inside
	cancel()
	require.ErrorIs(t, (<-first).err, context.Canceled)
	go func() {
		found, err := c.Documents().Query(ctx, q)
		second <- answer{found, err}
	}()
	<-inside
	require.NoError(t, c.Documents().Delete(ctx, d.ID))
	close(goOn)
	got := <-second
	require.NoError(t, got.err)
	require.NotEmpty(t, got.found.Hits)
	for _, h := range got.found.Hits {
		require.NotEqual(t, d.ID, h.DocumentID)
		require.False(t, strings.Contains(h.Text, "red"))
	}
}

// meddler is an embedder that does something before it embeds a question or texts.
type meddler struct {
	spectrontest.SynonymEmbedder
	query, texts func()
}

func (m *meddler) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if m.query != nil {
		m.query()
	}
	return m.SynonymEmbedder.EmbedQuery(ctx, text)
}

func (m *meddler) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if f := m.texts; f != nil {
		m.texts = nil
		f()
	}
	return m.SynonymEmbedder.EmbedDocuments(ctx, texts)
}

// TestWhatIsErasedBetweenQuestionsIsNotFound deletes a document between the questions that a question was divided into, and one that shares an edge with
// a hit while hits are reranked.
func TestWhatIsErasedBetweenQuestionsIsNotFound(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m := &meddler{}
	model := spectrontest.NewModel(t, spectrontest.Reply{When: "You split", Text: `{"questions": ["What colour is the car?", "Where does the cat sleep?"]}`})
	c, d := garage(t, spectron.Options{Model: model, Embedder: m})
	asked := 0
	m.query = func() {
		if asked++; asked == 2 {
			require.NoError(t, c.Documents().Delete(ctx, d.ID))
		}
	}
	found, err := c.Documents().Query(ctx, spectron.DocumentQuery{Query: "What colour is the car, and where does the cat sleep?", DecomposeQuery: true})
	require.NoError(t, err)
	require.NotEmpty(t, found.Hits)
	for _, h := range found.Hits {
		require.NotEqual(t, d.ID, h.DocumentID)
	}

	var gone []string
	c = create(t, spectrontest.Open(t, &spectron.Options{Reranker: rerankFunc(func(ctx context.Context, query string, texts []string) ([]float64, error) {
		for _, id := range gone {
			require.NoError(t, c.Documents().Delete(ctx, id))
		}
		return longest(ctx, query, texts)
	})}), "docs", readByRules)
	uploaded(t, c.Documents(), "a.md", "# Harbour\n\nThe harbour ledger lists cranes. See [link](secret.md)\n")
	gone = append(gone, uploaded(t, c.Documents(), "secret.md", "# Margins\n\nA ledger of margins and fees nobody may know.\n").ID)
	gone = append(gone, uploaded(t, c.Documents(), "copy.md", "# Harbour\n\nThe harbour ledger lists cranes. See [link](secret.md)\n\n").ID)
	q := spectron.DocumentQuery{Query: "harbour ledger", UseReranker: true, Mode: spectron.ModeHybridGraph}
	found, err = c.Documents().Query(ctx, q)
	require.NoError(t, err)
	require.Len(t, found.Hits, 1)
	require.Empty(t, found.Hits[0].GraphEvidence)
	require.Empty(t, found.Hits[0].Duplicates)
}

// TestBestHitOfEachQuestion checks that the best hit of each part of a question is among the hits, however they are ordered afterwards.
func TestBestHitOfEachQuestion(t *testing.T) {
	t.Parallel()
	for name, q := range map[string]spectron.DocumentQuery{"graph": {Mode: spectron.ModeHybridGraph}, "no reranker": {UseReranker: true}, "plain": {}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := spectrontest.NewModel(t, spectrontest.Reply{When: "You split", Text: `{"questions": ["red car garage", "When does the zebra in the southern enclosure of the municipal zoo sleep?"]}`})
			c := create(t, spectrontest.Open(t, &spectron.Options{Model: model}), "docs", readByRules)
			for i, text := range []string{"The red car.", "A red car is here as well.", "My red car, too, stands there every day."} {
				uploaded(t, c.Documents(), code26(i)+".md", "# Garage\n\n"+text+"\n")
			}
			zebra := uploaded(t, c.Documents(), "z.md", "# Animals\n\nA zebra eats grass.\n")
			q.Query, q.K, q.DecomposeQuery, q.IncludeDuplicates = "both", 2, true, true
			found, err := c.Documents().Query(context.Background(), q)
			require.NoError(t, err)
			require.Len(t, found.Hits, 2)
			require.True(t, slices.ContainsFunc(found.Hits, func(h spectron.DocumentHit) bool { return h.DocumentID == zebra.ID }))
		})
	}
}

// TestRepeatedHitsOfQuestions checks that what two questions find in nearly the same words is one hit.
func TestRepeatedHitsOfQuestions(t *testing.T) {
	t.Parallel()
	model := spectrontest.NewModel(t, spectrontest.Reply{When: "You split", Text: `{"questions": ["alpha harbour clerk", "beta harbour clerk"]}`})
	c := create(t, spectrontest.Open(t, &spectron.Options{Model: model}), "docs", readByRules)
	uploaded(t, c.Documents(), "a.md", book(700)+"alpha\n")
	uploaded(t, c.Documents(), "b.md", book(700)+"beta\n")
	found, err := c.Documents().Query(context.Background(), spectron.DocumentQuery{Query: "alpha harbour clerk", DecomposeQuery: true})
	require.NoError(t, err)
	hits, repeated := map[string]bool{}, 0
	for _, h := range found.Hits {
		hits[h.ChunkID] = true
	}
	for _, h := range found.Hits {
		for _, id := range h.Duplicates {
			repeated++
			require.False(t, hits[id])
		}
	}
	require.Positive(t, repeated)
}
