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
	"github.com/spectron-go/spectron/spectrontest"
)

// An iterator gives what the pages have, one item each and in their order, from where it is told to begin; it ends where its reader
// does, and with an error.
func TestAllGoesThroughThePages(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t)
	c, err := mgr.CreateContext(ctx, "a", spectron.ContextSpec{})
	require.NoError(t, err)
	_, err = mgr.CreateContext(ctx, "b", spectron.ContextSpec{})
	require.NoError(t, err)
	for i := range 3 {
		_, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: fmt.Sprint("p", i)})
		require.NoError(t, err)
		_, err = c.Keys().Create(ctx, spectron.KeySpec{Name: fmt.Sprint("k", i), Principal: spectron.PresetAgent})
		require.NoError(t, err)
		_, err = c.Scopes().Register(ctx, spectron.ScopeSpec{Path: fmt.Sprint("org/s", i)})
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
			return list(ctx, spectron.EventQuery{Cursor: req.Cursor, Limit: req.Limit})
		}
	}
	every := func(list func(context.Context, spectron.EventQuery) iter.Seq2[spectron.Event, error]) func(context.Context, spectron.PageRequest) iter.Seq2[spectron.Event, error] {
		return func(ctx context.Context, req spectron.PageRequest) iter.Seq2[spectron.Event, error] {
			return list(ctx, spectron.EventQuery{Cursor: req.Cursor, Limit: req.Limit})
		}
	}
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
	var failed []error
	for _, err := range all(ctx, spectron.PageRequest{Limit: -1}) {
		failed = append(failed, err)
	}
	if len(failed) != 1 || !slices.ContainsFunc(failed, func(err error) bool { return errors.Is(err, spectron.ErrInvalid) }) {
		t.Errorf("%s: %v", name, failed)
	}
}
