package spectron_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// traced returns a trace by its id.
func traced(tb testing.TB, c *spectron.Context, id string) *spectron.TraceRecord {
	tb.Helper()
	trace, err := c.Traces().Get(context.Background(), id)
	require.NoError(tb, err)
	return trace
}

// TestTraceEdges checks what the traces of a life's changes list.
func TestTraceEdges(t *testing.T) {
	t.Parallel()
	clock := spectrontest.NewClock()
	c, ctx := spectrontest.Context(t, &spectron.Options{Clock: clock.Now}), context.Background()
	tell := func(text string) (*spectron.Remembered, *spectron.TraceRecord) {
		clock.Advance(time.Minute)
		r := remember(t, c, spectron.RememberRequest{Text: text})
		trace := traced(t, c, r.TraceID)
		require.Equal(t, spectron.TraceDecision, trace.Kind)
		require.Equal(t, []string{r.TurnID}, trace.TurnIDs)
		require.Equal(t, r.SessionID, trace.SessionID)
		require.Equal(t, clock.Now(), trace.CreatedAt)
		require.Equal(t, "full", trace.Operation)
		require.Equal(t, "rules", trace.Extractor)
		require.Equal(t, "principal:admin", trace.PrincipalID)
		require.Equal(t, spectron.Scopes{{"/"}}, trace.Scopes)
		return r, trace
	}
	made, trace := tell("Bob lives in Oslo.")
	oslo := made.Extraction.Relations[0].ID
	require.Equal(t, []string{oslo}, trace.Created)
	require.Empty(t, trace.Considered)

	_, trace = tell("Bob lives in Oslo.")
	require.Equal(t, []string{oslo}, trace.Reinforced)
	require.Equal(t, []string{oslo}, trace.Considered)
	require.Empty(t, trace.Created)

	made, trace = tell("Bob moved to Rome.")
	rome := made.Extraction.Relations[0].ID
	require.Equal(t, []spectron.Superseded{{ID: oslo, By: rome}}, trace.Superseded)
	require.Equal(t, []string{rome}, trace.Created)
	require.Equal(t, []string{oslo}, trace.Considered)
	require.Empty(t, trace.Closed)

	made, _ = tell("Bob works at Acme.")
	acme := made.Extraction.Relations[0].ID
	_, trace = tell("Bob no longer works at Acme.")
	require.Equal(t, []string{acme}, trace.Closed)
	require.Equal(t, []string{acme}, trace.Considered)
	require.Empty(t, trace.Superseded)

	made, _ = tell("Bob is married to Ann.")
	ann := made.Extraction.Relations[0].ID
	made, trace = tell("Bob and Ann are not together any more, or so I hear.")
	if len(made.Extraction.Uncertainties) == 0 {
		made, trace = tell("Things between Bob and Ann are over, I think.")
	}
	var flagged []string
	for _, u := range made.Extraction.Uncertainties {
		flagged = append(flagged, u.ID)
	}
	require.Equal(t, flagged, trace.Flagged)
	require.Equal(t, []string{ann}, trace.Doubted)

	// Edits.
	clock.Advance(time.Minute)
	newest := func() *spectron.TraceRecord {
		t.Helper()
		page, err := c.Traces().List(ctx, spectron.TraceQuery{Limit: 1})
		require.NoError(t, err)
		require.Len(t, page.Items, 1)
		return &page.Items[0]
	}
	require.NoError(t, c.Uncertainties().Resolve(ctx, flagged[0], "they are"))
	trace = newest()
	require.Equal(t, []any{"resolve", flagged[:1], "caller", ""}, []any{trace.Operation, trace.Resolved, trace.Extractor, trace.SessionID})
	clock.Advance(time.Minute)
	require.NoError(t, c.Facts().Pin(ctx, rome, true))
	require.Equal(t, []any{"pin", []string{rome}}, []any{newest().Operation, newest().Amended})
	clock.Advance(time.Minute)
	bern, err := c.Facts().Correct(ctx, rome, "Bern")
	require.NoError(t, err)
	trace = newest()
	require.Equal(t, []any{"correct", []string{bern.ID}, []spectron.Superseded{{ID: rome, By: bern.ID}}}, []any{trace.Operation, trace.Created, trace.Superseded})
	clock.Advance(time.Minute)
	require.NoError(t, c.Facts().Close(ctx, bern.ID, "left"))
	require.Equal(t, []any{"close", []string{bern.ID}}, []any{newest().Operation, newest().Closed})

	// A fact from triples leads to the trace.
	clock.Advance(time.Minute)
	r := remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "project", Name: "Apollo"}, Key: "grade", Value: "A"},
	}})
	fact, err := c.Facts().Get(ctx, r.Extraction.Attributes[0].ID)
	require.NoError(t, err)
	require.Equal(t, r.TraceID, fact.Source.TraceID)
	trace = traced(t, c, fact.Source.TraceID)
	require.Equal(t, []any{"triples", "caller", []string{fact.ID}}, []any{trace.Operation, trace.Extractor, trace.Created})
	require.Empty(t, remember(t, c, spectron.RememberRequest{Text: "a note", Infer: spectron.InferNone}).TraceID)
	for _, id := range []string{"", "decision_trace:none", fact.ID, r.SessionID, "trace"} {
		_, err = c.Traces().Get(ctx, id)
		isError(t, err, spectron.ErrNotFound, "id")
	}
}

// TestTraceOfManyFacts checks that a trace lists a limited number of considered facts and counts the others.
func TestTraceOfManyFacts(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	var triples []spectron.Triple
	for i := range 230 {
		triples = append(triples, spectron.Triple{Entity: spectron.EntityRef{Type: "person", Name: "Bob"}, Key: "tag", Value: fmt.Sprint("number ", i)})
	}
	remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: triples})
	remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: "Robert"}, Key: "tag", Value: "a number"},
	}})
	person := func(name string) spectron.EntityRef { return spectron.EntityRef{Type: "person", Name: name} }
	require.NoError(t, c.Entities().Merge(context.Background(), person("Bob"), person("Robert")))
	page, err := c.Traces().List(context.Background(), spectron.TraceQuery{Limit: 1})
	require.NoError(t, err)
	trace := page.Items[0]
	require.Equal(t, "merge", trace.Operation)
	require.Len(t, trace.Considered, 200)
	require.Equal(t, 31, trace.ConsideredBeyond)
	require.Len(t, trace.Created, 231) // those of Bob, and what Bob's name stands for
}

// TestTracesAreListed checks pages, filters and totals, for an operator and for a key.
func TestTracesAreListed(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	clock := spectrontest.NewClock()
	mgr, ctx := spectrontest.Open(t, &spectron.Options{Clock: clock.Now}), context.Background()
	c := create(t, mgr, "acme", spectron.ContextSpec{})
	callers := map[string]*spectron.Context{}
	ids := map[string]string{}
	for _, name := range []string{"ann", "bea"} {
		p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: name, Grants: over("team/"+name, spectron.MemoryRead, spectron.MemoryWrite, spectron.ScopeCreate)})
		require.NoError(t, err)
		ids[name] = p.ID
		key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: name, PrincipalID: p.ID})
		require.NoError(t, err)
		callers[name], err = mgr.Authenticate(ctx, key.Secret)
		require.NoError(t, err)
	}
	type written struct{ who, session, trace string }
	var all []written
	session := map[string]string{}
	for i := range 12 {
		clock.Advance(time.Minute)
		who := []string{"ann", "bea"}[i%2]
		r, err := callers[who].Memory().Remember(ctx, spectron.RememberRequest{Text: fmt.Sprintf("Bob likes tea number %d.", i), SessionID: session[who]})
		require.NoError(t, err)
		if i%3 == 0 {
			session[who] = r.SessionID
		}
		all = append(all, written{who, r.SessionID, r.TraceID})
	}
	slices.Reverse(all)
	only := func(keep func(written) bool) (ids []string) {
		for _, w := range all {
			if keep(w) {
				ids = append(ids, w.trace)
			}
		}
		return ids
	}
	everything := func(written) bool { return true }
	by := func(who string) func(written) bool { return func(w written) bool { return w.who == who } }
	for name, tc := range map[string]struct {
		as   *spectron.Context
		q    spectron.TraceQuery
		want []string
	}{
		"all":                  {c, spectron.TraceQuery{}, only(everything)},
		"decisions":            {c, spectron.TraceQuery{Kind: spectron.TraceDecision}, only(everything)},
		"retrievals":           {c, spectron.TraceQuery{Kind: spectron.TraceRetrieval}, nil},
		"of ann":               {c, spectron.TraceQuery{PrincipalID: ids["ann"]}, only(by("ann"))},
		"of nobody":            {c, spectron.TraceQuery{PrincipalID: "nobody"}, nil},
		"of a session":         {c, spectron.TraceQuery{SessionID: session["ann"]}, only(func(w written) bool { return w.session == session["ann"] })},
		"of a session and bea": {c, spectron.TraceQuery{SessionID: session["ann"], PrincipalID: ids["bea"]}, nil},
		"since":                {c, spectron.TraceQuery{Since: spectrontest.Epoch.Add(10 * time.Minute)}, only(everything)[:3]},
		"until":                {c, spectron.TraceQuery{Until: spectrontest.Epoch.Add(3 * time.Minute)}, only(everything)[9:]},
		"between":              {c, spectron.TraceQuery{Since: spectrontest.Epoch.Add(3 * time.Minute), Until: spectrontest.Epoch.Add(4 * time.Minute)}, only(everything)[8:10]},
		"as ann":               {callers["ann"], spectron.TraceQuery{}, only(by("ann"))},
		"as ann, of ann":       {callers["ann"], spectron.TraceQuery{PrincipalID: ids["ann"]}, only(by("ann"))},
		"as ann, of bea":       {callers["ann"], spectron.TraceQuery{PrincipalID: ids["bea"]}, nil},
		"as ann, since":        {callers["ann"], spectron.TraceQuery{Since: spectrontest.Epoch.Add(10 * time.Minute)}, only(by("ann"))[:1]},
	} {
		for _, limit := range []int{1, 2, 5, 100} {
			q := tc.q
			q.Limit = limit
			var got []string
			for trace, err := range tc.as.Traces().All(ctx, q) {
				require.NoError(t, err)
				got = append(got, trace.ID)
				one := traced(t, tc.as, trace.ID)
				require.Equal(t, trace, *one, name)
				if tc.as != c {
					require.Equal(t, ids["ann"], trace.PrincipalID)
				}
			}
			require.Equal(t, tc.want, got, "%s, %d a page", name, limit)
			q.WithTotal, q.Offset = true, 1
			page, err := tc.as.Traces().List(ctx, q)
			require.NoError(t, err)
			require.Equal(t, len(tc.want), page.Total, name)
		}
	}
	_, err := callers["ann"].Traces().Get(ctx, only(by("bea"))[0])
	isError(t, err, spectron.ErrNotFound, "id")
	_, err = callers["ann"].Traces().List(ctx, spectron.TraceQuery{SessionID: session["bea"]})
	isError(t, err, spectron.ErrNotFound, "SessionID")
	for field, q := range map[string]spectron.TraceQuery{
		"Kind": {Kind: "thought"}, "Limit": {Limit: 501}, "Since": {Since: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, "Cursor": {Cursor: "a\x00"},
	} {
		_, err := c.Traces().List(ctx, q)
		isError(t, err, spectron.ErrInvalid, field)
	}

	// Others' ids are hidden from ann, also if she sees their traces.
	require.NoError(t, second(c.Principals().Grant(ctx, ids["ann"], spectron.GrantRequest{Path: "team/bea", Verbs: []spectron.Verb{spectron.MemoryRead}})))
	page, err := callers["ann"].Traces().List(ctx, spectron.TraceQuery{})
	require.NoError(t, err)
	require.Len(t, page.Items, len(all))
	for i, trace := range page.Items {
		require.Equal(t, all[i].trace, trace.ID)
		require.Equal(t, all[i].who == "ann", trace.PrincipalID == ids["ann"])
		require.Equal(t, all[i].who == "ann", trace.KeyID != "")
		require.Equal(t, all[i].who == "ann", trace.PrincipalID != "")
	}
	page, err = callers["ann"].Traces().List(ctx, spectron.TraceQuery{PrincipalID: ids["bea"]})
	require.NoError(t, err)
	require.Empty(t, page.Items)
}

// TestTracesOfErasedRecords checks that a trace shows nothing that is erased.
func TestTracesOfErasedRecords(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	both := spectron.Scopes{{"org/acme"}, {"org/beta"}}
	r := remember(t, c, spectron.RememberRequest{Text: "Bob lives in Oslo.", Scopes: both})
	alone := remember(t, c, spectron.RememberRequest{Text: "Bob lives in Rome.", Scopes: both[:1]})
	trace := traced(t, c, r.TraceID)
	require.Equal(t, both, trace.Scopes)
	require.Empty(t, traced(t, c, alone.TraceID).Considered, "a fact of another scope set")

	require.NoError(t, c.Sessions().Delete(ctx, r.SessionID))
	trace = traced(t, c, r.TraceID)
	require.Empty(t, trace.TurnIDs)
	require.Empty(t, trace.SessionID)
	require.Len(t, trace.Created, 1)

	require.NoError(t, second(c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme"})))
	trace = traced(t, c, r.TraceID)
	require.Equal(t, both[1:], trace.Scopes)
	require.Len(t, trace.Created, 1)
	_, err := c.Traces().Get(ctx, alone.TraceID)
	isError(t, err, spectron.ErrNotFound, "id")
	page, err := c.Traces().List(ctx, spectron.TraceQuery{WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, 1, page.Total)

	// A reader of what is left finds it, too.
	p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "beta", Grants: over("org/beta", spectron.MemoryRead)})
	require.NoError(t, err)
	beta, err := c.OnBehalfOf(ctx, p.ID)
	require.NoError(t, err)
	page, err = beta.Traces().List(ctx, spectron.TraceQuery{})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)

	require.NoError(t, second(c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org"})))
	_, err = c.Traces().Get(ctx, r.TraceID)
	isError(t, err, spectron.ErrNotFound, "id")
}
