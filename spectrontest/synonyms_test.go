package spectrontest_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func TestSynonymEmbedder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	e := &spectrontest.SynonymEmbedder{}
	embed := func(s string) []float32 {
		v, err := e.EmbedQuery(ctx, s)
		require.NoError(t, err)
		return v
	}
	cosine := func(a, b string) (sum float64) {
		v, w := embed(a), embed(b)
		for i := range v {
			sum += float64(v[i]) * float64(w[i])
		}
		return sum
	}
	for _, c := range []struct {
		a, b     string
		from, to float64
	}{
		{"flat", "apartments", .7, .9},
		{"a word of no group: zyzzyva", "Zyzzyva, a word of no group", .999, 1.001},
		{"The thief took her bicycle", "Somebody has stolen the bike", .3, .9},
		{"My physician prescribed it", "What did the doctor say?", .2, .9},
		{"Kubernetes ingress controller", "We pruned the roses in March", -.15, .15},
		{"the did of", "anything", -.15, .15}, // taken for one word
	} {
		if got := cosine(c.a, c.b); got < c.from || got > c.to {
			t.Errorf("cosine of %q and %q is %.3f, not between %g and %g", c.a, c.b, got, c.from, c.to)
		}
	}
	if v := embed("anything at all"); len(v) != 384 {
		t.Errorf("%d dimensions, not 384", len(v))
	}
	length := 0.0
	for _, x := range embed("a text of several words about boats and trains") {
		length += float64(x) * float64(x)
	}
	if math.Abs(length-1) > 1e-5 {
		t.Errorf("length %g, not 1", length)
	}
	other := &spectrontest.SynonymEmbedder{}
	v, err := other.EmbedDocuments(ctx, []string{"x", "The ferry was late"})
	require.NoError(t, err)
	if !slices.Equal(v[1], embed("The ferry was late")) {
		t.Error("two embedders give a text two vectors")
	}
	if _, err := (&spectrontest.SynonymEmbedder{Dimension: -1}).EmbedQuery(ctx, "x"); err == nil {
		t.Error("a dimension of -1 is taken")
	}
}

// What it is for: a question in other words finds the text, which words alone do not.
func TestSynonymEmbedderFindsWhatWordsDoNot(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := spectrontest.Context(t, &spectron.Options{Embedder: &spectrontest.SynonymEmbedder{}})
	for _, text := range []string{"Somebody nicked my bike outside the library", "We painted the fence", "The choir sings on Friday"} {
		_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
		require.NoError(t, err)
	}
	ask := func(mode spectron.Mode) []spectron.Hit {
		res, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Which bicycle did thieves steal?", Mode: mode, K: 1})
		require.NoError(t, err)
		return res.Hits
	}
	if hits := ask(spectron.ModeBM25); len(hits) != 0 {
		t.Errorf("words alone find %q", hits[0].Text)
	}
	hits := ask(spectron.ModeVector)
	require.Len(t, hits, 1)
	if hits[0].Text != "Somebody nicked my bike outside the library" {
		t.Errorf("found %q", hits[0].Text)
	}
}
