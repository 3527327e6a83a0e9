package spectron_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestDeniedWritesAreNotEmbedded checks that a refused write is refused before a model gets its text.
func TestDeniedWritesAreNotEmbedded(t *testing.T) {
	t.Parallel()
	ctx, embedder := context.Background(), &spectrontest.Embedder{}
	mgr := spectrontest.Open(t, &spectron.Options{Embedder: embedder})
	d := &desk{mgr, create(t, mgr, "acme", spectron.ContextSpec{}), nil}
	register(t, d.c, "org/acme", "org/beta", "org/acme/dead")
	require.NoError(t, d.c.Scopes().Tombstone(ctx, "org/acme/dead"))
	hidden := remember(t, d.c, spectron.RememberRequest{Text: "x", Scopes: spectron.Scopes{{"org/beta"}}}).SessionID
	reader := d.badge(t, "reader", over("org/acme/*", spectron.MemoryRead))
	writer := d.badge(t, "writer", over("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite))
	strict := d.as(t, d.mint(t, spectron.KeySpec{Name: "strict", PrincipalID: writer.who.ID, Strict: true}))
	calls := embedder.Calls()
	for name, tc := range map[string]struct {
		c       *spectron.Context
		session string
		scopes  spectron.Scopes
	}{
		"no verb": {c: reader.Context}, "elsewhere": {c: writer.Context, scopes: spectron.Scopes{{"org/beta"}}},
		"a hidden session": {c: writer.Context, session: hidden}, "no session": {c: writer.Context, session: "none"},
		"not registered": {c: writer.Context, scopes: spectron.Scopes{{"org/acme/new"}}},
		"tombstoned":     {c: writer.Context, scopes: spectron.Scopes{{"org/acme/dead"}}}, "strict": {c: strict},
	} {
		for _, infer := range []spectron.Infer{spectron.InferFull, spectron.InferPreview, spectron.InferNone} {
			if err := second(tc.c.Memory().Remember(ctx, spectron.RememberRequest{Text: "I like tea.", Infer: infer, SessionID: tc.session, Scopes: tc.scopes})); err == nil {
				t.Errorf("%s, %s: not refused", name, infer)
			}
			if err := second(tc.c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "I like tea."}}, Infer: infer, SessionID: tc.session, Scopes: tc.scopes})); err == nil {
				t.Errorf("%s, %s, many: not refused", name, infer)
			}
		}
		if n := embedder.Calls() - calls; n != 0 {
			t.Fatalf("%s: the embedder was asked %d times", name, n)
		}
	}
}

// TestQuestionsToNothingAreNotEmbedded checks that a question of a caller that can find nothing is not embedded, so that it finds nothing
// even if the embedder would fail.
func TestQuestionsToNothingAreNotEmbedded(t *testing.T) {
	t.Parallel()
	ctx, embedder := context.Background(), &spectrontest.Embedder{}
	mgr := spectrontest.Open(t, &spectron.Options{Embedder: embedder})
	d := &desk{mgr, create(t, mgr, "acme", spectron.ContextSpec{}), nil}
	for _, path := range []string{"org", "org/acme", "org/beta"} {
		remember(t, d.c, spectron.RememberRequest{Text: "Alice likes tea in " + path + ".", Scopes: spectron.Scopes{{path}}})
	}
	nobody, writer := d.badge(t, "nobody", nil), d.badge(t, "writer", over("/*", spectron.MemoryWrite))
	node, above := d.badge(t, "node", over("org/acme", spectron.MemoryRead)), d.badge(t, "above", over("org", spectron.MemoryRead))
	delegate, err := writer.OnBehalfOf(ctx, d.principal(t, "both", over("/*", spectron.MemoryRead, spectron.MemoryWrite)).ID)
	require.NoError(t, err)
	narrow := d.as(t, d.mint(t, spectron.KeySpec{Name: "narrow", PrincipalID: writer.who.ID, Grants: spectron.Grants{}}))
	for name, tc := range map[string]struct {
		c        *spectron.Context
		lens     spectron.Scopes
		embedded bool
	}{
		"no grant": {c: nobody.Context}, "no grant to read": {c: writer.Context}, "narrowed to nothing": {c: narrow}, "on behalf of a reader": {c: delegate},
		"a lens elsewhere": {node.Context, spectron.Scopes{{"org/beta"}}, false}, "a lens above": {node.Context, spectron.Scopes{{"org"}}, false},
		"a lens on both": {node.Context, spectron.Scopes{{"org/acme", "org/beta"}}, false},
		"a lens below":   {node.Context, spectron.Scopes{{"org/acme/user"}}, true}, "one of two lenses": {node.Context, spectron.Scopes{{"org/beta"}, {"org/acme"}}, true},
		"what is above the lens": {above.Context, spectron.Scopes{{"org/beta"}}, true}, "no lens": {c: node.Context, embedded: true},
		"the operator": {d.c, spectron.Scopes{{"org/beta"}}, true},
	} {
		for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeVector} {
			before := embedder.Calls()
			found, err := tc.c.Memory().Recall(ctx, spectron.RecallRequest{Query: "who likes tea", Mode: mode, Lens: tc.lens})
			if err != nil || (len(found.Hits) > 0) != tc.embedded || (embedder.Calls() > before) != tc.embedded {
				t.Errorf("%s, %q: %d texts embedded, %v, %+v", name, mode, embedder.Calls()-before, err, found)
			}
		}
	}
}

// TestHitsNameNoHiddenSession checks that a hit names no session and no turn that its reader may not read.
func TestHitsNameNoHiddenSession(t *testing.T) {
	t.Parallel()
	d := newDesk(t, spectron.ContextSpec{})
	first := remember(t, d.c, spectron.RememberRequest{Text: "Bob works at Globex.", Scopes: spectron.Scopes{{"org/beta"}}})
	remember(t, d.c, spectron.RememberRequest{Text: "Alice works at Acme.", SessionID: first.SessionID, Scopes: spectron.Scopes{{"org/acme"}}})
	reader := d.badge(t, "reader", over("org/acme/*", spectron.MemoryRead))
	for _, c := range []*spectron.Context{d.c, reader.Context} {
		hits := recall(t, c, spectron.RecallRequest{Query: "Alice works Acme", Mode: spectron.ModeBM25}).Hits
		if len(hits) < 2 {
			t.Errorf("%d hits", len(hits))
		}
		for _, h := range hits {
			if (h.Source.SessionID == "") != (c != d.c) || h.Source.TurnID == "" && h.Fact != nil && c == d.c {
				t.Errorf("%+v", h.Source)
			}
		}
	}
}

// deaf is an embedder that ignores the end of a context.
type deaf struct {
	*spectrontest.Embedder
	entered, release chan struct{}
}

func (d *deaf) EmbedDocuments(_ context.Context, texts []string) ([][]float32, error) {
	d.entered <- struct{}{}
	<-d.release
	return d.Embedder.EmbedDocuments(context.Background(), texts)
}

func (d *deaf) EmbedQuery(_ context.Context, text string) ([]float32, error) {
	d.entered <- struct{}{}
	<-d.release
	return d.Embedder.EmbedQuery(context.Background(), text)
}

// TestEmbedderThatIgnoresItsContext checks that a caller can stop waiting although the embedder does not answer.
func TestEmbedderThatIgnoresItsContext(t *testing.T) {
	t.Parallel()
	embedder := &deaf{&spectrontest.Embedder{}, make(chan struct{}, 4), make(chan struct{})}
	c := spectrontest.Context(t, &spectron.Options{Embedder: embedder})
	t.Cleanup(func() { close(embedder.release) }) // Close waits for the abandoned work
	for _, do := range []func(context.Context) error{
		func(ctx context.Context) error {
			return second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x"}))
		},
		func(ctx context.Context) error {
			return second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", Infer: spectron.InferPreview}))
		},
		func(ctx context.Context) error {
			return second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "x"}))
		},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		failed := make(chan error)
		go func() { failed <- do(ctx) }()
		<-embedder.entered
		cancel()
		isError(t, <-failed, spectron.ErrTimeout, "")
	}
}
