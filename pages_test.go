package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestAllGoesThroughThePages checks that an iterator yields the items of the pages in their order, from the requested one on, and that it
// ends when its reader stops or after an error.
func TestAllGoesThroughThePages(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t)
	c, err := mgr.CreateContext(ctx, "a", spectron.ContextSpec{})
	require.NoError(t, err)
	_, err = mgr.CreateContext(ctx, "b", spectron.ContextSpec{})
	require.NoError(t, err)
	session := ""
	for i := range 3 {
		_, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: fmt.Sprint("p", i)})
		require.NoError(t, err)
		_, err = c.Keys().Create(ctx, spectron.KeySpec{Name: fmt.Sprint("k", i), Principal: spectron.PresetAgent})
		require.NoError(t, err)
		_, err = c.Scopes().Register(ctx, spectron.ScopeSpec{Path: fmt.Sprint("org/s", i)})
		require.NoError(t, err)
		s, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
		require.NoError(t, err)
		session = s.ID
		_, err = c.Memory().RememberMany(ctx, spectron.RememberManyRequest{SessionID: session, Infer: spectron.InferNone,
			Messages: []spectron.Message{{Content: "one"}, {Content: "two"}, {Content: "three"}}})
		require.NoError(t, err)
		_, err = mgr.ManagementKeys().Create(ctx, fmt.Sprint("m", i))
		require.NoError(t, err)
		_, err = c.Ontology().Put(ctx, spectron.OntologySpec{EntityTypes: []spectron.EntityTypeTerm{{Name: fmt.Sprint("kind ", i)}}})
		require.NoError(t, err)
	}
	goesThrough(t, "contexts", 2, mgr.ListContexts, mgr.AllContexts)
	goesThrough(t, "principals", 3, c.Principals().List, c.Principals().All)
	goesThrough(t, "keys", 3, c.Keys().List, c.Keys().All)
	goesThrough(t, "scopes", 3, c.Scopes().List, c.Scopes().All)
	goesThrough(t, "versions", 3, c.Ontology().Versions, c.Ontology().AllVersions)
	goesThrough(t, "management keys", 3, mgr.ManagementKeys().List, mgr.ManagementKeys().All)
	events := func(list func(context.Context, spectron.EventQuery) (spectron.Page[spectron.Event], error)) func(context.Context, spectron.PageRequest) (spectron.Page[spectron.Event], error) {
		return func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Event], error) {
			return list(ctx, spectron.EventQuery{Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal})
		}
	}
	every := func(list func(context.Context, spectron.EventQuery) iter.Seq2[spectron.Event, error]) func(context.Context, spectron.PageRequest) iter.Seq2[spectron.Event, error] {
		return func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Event, error] {
			return list(ctx, spectron.EventQuery{Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal})
		}
	}
	turns := func(req spectron.PageRequest) spectron.TurnQuery {
		return spectron.TurnQuery{SessionID: session, Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal}
	}
	goesThrough(t, "sessions", 3, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Session], error) {
		return c.Sessions().List(ctx, spectron.SessionQuery(req))
	}, func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Session, error] {
		return c.Sessions().All(ctx, spectron.SessionQuery(req))
	})
	said := remember(t, c, spectron.RememberRequest{Text: "Bob likes tea. Bob likes jazz. Ann lives in Oslo. Always be brief. Never use emojis. Always answer in German."})
	remember(t, c, spectron.RememberRequest{Text: "Ann moved to a new flat. Bob moved to a new flat. Eve moved to a new flat."})
	require.Len(t, said.Extraction.Instructions, 3)
	facts := func(req spectron.PageRequest) spectron.FactQuery {
		return spectron.FactQuery{Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal}
	}
	goesThrough(t, "facts", 3, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Fact], error) {
		return c.Facts().List(ctx, facts(req))
	}, func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Fact, error] {
		return c.Facts().All(ctx, facts(req))
	})
	entities := func(req spectron.PageRequest) spectron.EntityQuery {
		return spectron.EntityQuery{Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal}
	}
	goesThrough(t, "entities", 3, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Entity], error) {
		return c.Entities().List(ctx, entities(req))
	}, func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Entity, error] {
		return c.Entities().All(ctx, entities(req))
	})
	instructions := func(req spectron.PageRequest) spectron.InstructionQuery {
		return spectron.InstructionQuery{Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal}
	}
	goesThrough(t, "instructions", 3, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Instruction], error) {
		return c.Instructions().List(ctx, instructions(req))
	}, func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Instruction, error] {
		return c.Instructions().All(ctx, instructions(req))
	})
	uncertainties := func(req spectron.PageRequest) spectron.UncertaintyQuery {
		return spectron.UncertaintyQuery{Cursor: req.Cursor, Limit: req.Limit, Offset: req.Offset, WithTotal: req.WithTotal}
	}
	goesThrough(t, "uncertainties", 3, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Uncertainty], error) {
		return c.Uncertainties().List(ctx, uncertainties(req))
	}, func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Uncertainty, error] {
		return c.Uncertainties().All(ctx, uncertainties(req))
	})
	goesThrough(t, "turns", 3, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Turn], error) {
		return c.Sessions().Turns(ctx, turns(req))
	}, func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Turn, error] {
		return c.Sessions().AllTurns(ctx, turns(req))
	})
	goesThrough(t, "events", 3, events(c.Events), every(c.AllEvents))
	goesThrough(t, "control plane events", 3, events(mgr.Events), every(mgr.AllEvents))
}

func goesThrough[T any](t *testing.T, name string, least int, list func(context.Context, spectron.PageRequest) (spectron.Page[T], error),
	all func(context.Context, spectron.PageRequest) iter.Seq2[T, error]) {
	t.Helper()
	ctx := context.Background()
	whole, err := list(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	want := asJSON(whole.Items)
	if len(whole.Items) < least || whole.HasMore || whole.NextCursor != "" {
		t.Errorf("%s: %+v", name, whole)
	}
	for limit := range 3 {
		var got []T
		for item, err := range all(ctx, spectron.PageRequest{Limit: limit}) {
			require.NoError(t, err)
			got = append(got, item)
		}
		if asJSON(got) != want {
			t.Errorf("%s, %d a page: %+v, not %+v", name, limit, got, whole.Items)
		}
	}
	first, err := list(ctx, spectron.PageRequest{Limit: 1})
	require.NoError(t, err)
	for item, err := range all(ctx, spectron.PageRequest{Cursor: first.NextCursor, Limit: 1}) {
		require.NoError(t, err)
		if asJSON(item) != asJSON(whole.Items[1]) {
			t.Errorf("%s: the second page begins with %+v", name, item)
		}
		break
	}
	n := len(whole.Items)
	for offset := range n + 2 {
		page, err := list(ctx, spectron.PageRequest{Limit: 2, Offset: offset, WithTotal: true})
		require.NoError(t, err)
		if part := whole.Items[min(offset, n):min(offset+2, n)]; page.Total != n || page.Items == nil || asJSON(page.Items) != asJSON(append([]T{}, part...)) || page.HasMore != (offset+2 < n) {
			t.Errorf("%s from %d of %d: %+v", name, offset, n, page)
		}
		var got []T
		for item, err := range all(ctx, spectron.PageRequest{Limit: 2, Offset: offset, WithTotal: true}) {
			require.NoError(t, err)
			got = append(got, item)
		}
		if rest := whole.Items[min(offset, n):]; len(got) != len(rest) || len(rest) > 0 && asJSON(got) != asJSON(rest) {
			t.Errorf("%s, all from %d: %+v", name, offset, got)
		}
	}
	second, err := list(ctx, spectron.PageRequest{Cursor: first.NextCursor, Limit: 1, WithTotal: true})
	require.NoError(t, err)
	if second.Total != n || first.Total != 0 || whole.Total != 0 {
		t.Errorf("%s: totals of %d, %d and %d", name, second.Total, first.Total, whole.Total)
	}
	for field, req := range map[string]spectron.PageRequest{"Limit": {Limit: -1}, "Offset": {Offset: -1}, "Cursor": {Cursor: "\xff"}} {
		_, err := list(ctx, req)
		isError(t, err, spectron.ErrInvalid, field)
	}
	_, err = list(ctx, spectron.PageRequest{Cursor: first.NextCursor, Offset: 1})
	isError(t, err, spectron.ErrInvalid, "Offset")
	_, err = list(ctx, spectron.PageRequest{Limit: 1001})
	isError(t, err, spectron.ErrInvalid, "Limit")
	var failed []error
	for _, err := range all(ctx, spectron.PageRequest{Limit: -1}) {
		failed = append(failed, err)
	}
	if len(failed) != 1 || !slices.ContainsFunc(failed, func(err error) bool { return errors.Is(err, spectron.ErrInvalid) }) {
		t.Errorf("%s: %v", name, failed)
	}
}
