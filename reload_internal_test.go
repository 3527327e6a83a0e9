package spectron

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// TestViewIsKeptInStepWithTheDatabase checks that after any sequence of writes the state of a Context in memory equals the state loaded
// from its database. The test is in this package because the state is not visible from outside.
func TestViewIsKeptInStepWithTheDatabase(t *testing.T) {
	t.Parallel()
	clock := &manualClock{now: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
	c := openTest(t, "mem://", clock)
	writeAtRandom(t, clock, testsize.Light(160), c)
	compareViews(t, c)
}

// TestViewsOfSeveralProcessesAreKeptInStep checks the same for several processes that write to one database in turns: each has the stored
// state after it caught up.
func TestViewsOfSeveralProcessesAreKeptInStep(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	clock := &manualClock{now: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
	contexts := []*Context{openTest(t, server.URL("ws"), clock), openTest(t, server.URL("ws"), clock), openTest(t, server.URL("http"), clock)}
	writeAtRandom(t, clock, testsize.Light(160), contexts...)
	for _, c := range contexts {
		require.NoError(t, c.state.Refresh(ctx))
		compareViews(t, c)
	}
}

type manualClock struct{ now time.Time }

// openTest opens a store and the Context "test" in it. The store is closed at the end of the test.
func openTest(t *testing.T, url string, clock *manualClock) *Context {
	t.Helper()
	c := openIn(t, url, &Options{Clock: func() time.Time { return clock.now }})
	t.Cleanup(func() { require.NoError(t, c.manager().Close(context.Background())) })
	return c
}

// writeAtRandom makes n writes of all kinds, each through one of the handles.
func writeAtRandom(t *testing.T, clock *manualClock, n int, handles ...*Context) {
	t.Helper()
	ctx := context.Background()
	random := rand.New(rand.NewPCG(7, 7))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	var sessions []string
	for range n {
		clock.now = clock.now.Add(time.Hour)
		c := handles[random.IntN(len(handles))]
		req := RememberRequest{Text: fmt.Sprintf("%s %s %s.", pick("Alice Smith", "Bob", "Carol", "I"), pick("works at", "lives in", "likes", "no longer works at"), pick("Acme", "Globex", "Berlin", "Paris", "tea"))}
		switch random.IntN(6) {
		case 0:
			req.Text = pick("My name is Dana Fox.", "Always answer in French.", "Never answer in French.", "From now on, be brief.")
		case 1:
			req.Infer, req.Triples = InferTriples, []Triple{{Entity: EntityRef{"person", pick("Alice Smith", "Eve")}, Key: pick("role", "mood"), Value: pick("CTO", "CFO")}}
		case 2, 3:
			req.Scopes, req.Labels = pickScopes(random), []string{"k=v"}
		}
		if len(sessions) > 0 && random.IntN(2) == 0 {
			req.SessionID = sessions[random.IntN(len(sessions))]
		}
		out, err := c.Memory().Remember(ctx, req)
		require.NoError(t, err)
		sessions = append(sessions, out.SessionID)
		if random.IntN(16) == 0 {
			h := handles[random.IntN(len(handles))]
			_, err := h.Scopes().Forget(ctx, ScopeForgetRequest{Path: pick("org/a", "org/b", "org/a/team", "org/c")})
			require.NoError(t, err)
			sessions = slices.DeleteFunc(sessions, func(id string) bool {
				_, err := h.Sessions().Get(ctx, id)
				return errors.Is(err, ErrNotFound)
			})
		}
		if random.IntN(20) == 0 {
			gone := sessions[random.IntN(len(sessions))]
			require.NoError(t, handles[random.IntN(len(handles))].Sessions().Delete(ctx, gone))
			sessions = slices.DeleteFunc(sessions, func(id string) bool { return id == gone })
		}
	}
}

// pendingIn returns the instructions and uncertainties of a view in one scope set.
func pendingIn(t *testing.T, v *recall.View, s record.ScopeSet) []any {
	t.Helper()
	var out []any
	for i, err := range v.Rows().Instructions(context.Background()) {
		require.NoError(t, err)
		out = append(out, v.State().Orders(s, record.Deed(i.Description)))
	}
	for q, err := range v.Rows().Questions(context.Background()) {
		require.NoError(t, err)
		out = append(out, v.State().Questions(s, record.Normalise(q.About)))
	}
	return out
}

// pickScopes returns one or two random clauses of one or two scopes.
func pickScopes(random *rand.Rand) Scopes {
	paths := []string{"org/a", "org/b", "org/a/team", "org/c"}
	out := Scopes{{paths[random.IntN(4)]}}
	if random.IntN(3) == 0 {
		out = append(out, []string{paths[random.IntN(4)]})
	}
	if random.IntN(4) == 0 {
		out[0] = append(out[0], "org/d")
	}
	return out
}

// speakersOf returns the names of the speakers that every reader of a scope set knows.
func speakersOf(v *recall.View, s record.ScopeSet) (out []string) {
	for _, f := range v.State().Speakers(s) {
		out = append(out, f.Value)
	}
	return out
}

// compareViews compares the state of a Context in memory with the state loaded from its database.
func compareViews(t *testing.T, c *Context) {
	t.Helper()
	ctx, mgr := context.Background(), c.manager()
	kept := c.state.View.Load()
	fresh, err := recall.Load(ctx, c.state.Rows, mgr.core.EmbedTexts)
	require.NoError(t, err)
	if kept.Stats() != fresh.Stats() {
		t.Errorf("kept %+v, read %+v", kept.Stats(), fresh.Stats())
	}
	if kept.Stats().Facts < testsize.Light(30) || kept.Stats().Instructions < 2 {
		t.Errorf("the writes made too little: %+v", kept.Stats())
	}
	by, err := c.handle().Authorize(ctx, "test")
	require.NoError(t, err)
	defer by.Done()
	scopes := []record.ScopeSet{{{"/"}}, {{"org/a"}}, {{"org/b"}}, {{"org/c"}}, {{"org/a"}, {"org/b"}}, {{"org/b", "org/d"}}}
	named := record.Words("Alice Bob Carol Dana Acme Globex Berlin")
	for _, s := range scopes {
		for name, pair := range map[string][2]any{
			"vocabulary": {kept.State().Vocabulary(named, s, nil), fresh.State().Vocabulary(named, s, nil)},
			"pending":    {pendingIn(t, kept, s), pendingIn(t, fresh, s)},
			"speakers":   {speakersOf(kept, s), speakersOf(fresh, s)},
		} {
			if a, b := fmt.Sprintf("%+v", pair[0]), fmt.Sprintf("%+v", pair[1]); a != b {
				t.Errorf("%s in %v: kept\n%s\nread\n%s", name, s, a, b)
			}
		}
	}
	if a, b := documentsIn(kept), documentsIn(fresh); !slices.Equal(a, b) {
		t.Errorf("documents: kept\n%s\nread\n%s", a, b)
	}
	for session, err := range fresh.Rows().Sessions(ctx) {
		require.NoError(t, err)
		if a, b := fmt.Sprint(kept.ScopesOf(session.ID)), fmt.Sprint(fresh.ScopesOf(session.ID)); len(a) != len(b) {
			t.Errorf("the turns of %s belong to %s, read %s", session.ID, a, b)
		}
		for _, set := range scopes {
			a, _ := kept.TurnsOf(session.ID, set.Equal)
			if b, _ := fresh.TurnsOf(session.ID, set.Equal); a != b {
				t.Errorf("%d turns of %s in %v, read %d", a, session.ID, set, b)
			}
		}
	}
	for _, q := range []string{"Where does Bob work?", "Where do I live?", "likes tea", "Acme Globex", "answer in French", "Alice role", "Paris Berlin Carol"} {
		for _, asOf := range []time.Time{{}, time.Date(2026, 5, 3, 0, 0, 0, 0, time.UTC)} {
			ask := func(v *recall.View) []string {
				query, err := RecallRequest{Query: q, AsOf: asOf, K: 50}.inner().Query(ctx, by)
				require.NoError(t, err)
				query.Embed = func() ([]float32, error) { return mgr.core.Embed.EmbedQuery(ctx, q) }
				found, err := v.Recall(ctx, query)
				require.NoError(t, err)
				out := []string{string(found.Tier)}
				for _, h := range found.Hits {
					out = append(out, fmt.Sprintf("%s %v %v %s %+v", h.ID, h.Score, h.Relevance, h.Text, h.Fact))
				}
				return out
			}
			if a, b := ask(kept), ask(fresh); !reflect.DeepEqual(a, b) {
				t.Errorf("%s as of %v: kept\n%v\nread\n%v", q, asOf, a, b)
			}
		}
	}
}

func inJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// documentsIn returns the documents of a view with their passages, newest first.
func documentsIn(v *recall.View) (out []string) {
	var all []record.Document
	v.EachDocument(scope.Reach{}, recall.Place{}, func(d record.Document) bool { all = append(all, d); return true })
	for _, d := range all {
		out = append(out, inJSON(d))
		for _, p := range v.PassagesOf(d.ID, 0, d.Passages+1) {
			p.Vector = nil
			out = append(out, inJSON(p))
		}
	}
	return out
}
