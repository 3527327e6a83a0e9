package spectron_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func personCalled(name string) spectron.EntityRef {
	return spectron.EntityRef{Type: "person", Name: name}
}

// TestGraphBadInput checks that an invalid call of the graph API names the field, and that missing and hidden records look the same.
func TestGraphBadInput(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	remember(t, c, spectron.RememberRequest{Text: "Bob lives in Oslo. Bob likes tea. Bob likes jazz."})
	bob, late, early := personCalled("Bob"), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)
	page, err := c.Facts().List(ctx, spectron.FactQuery{Entity: bob})
	require.NoError(t, err)
	ids := map[string]string{}
	for _, f := range page.Items {
		ids[f.Value] = f.ID
	}
	list := func(q spectron.FactQuery) error { return second(c.Facts().List(ctx, q)) }
	at := func(p spectron.PointInTime) error { return second(c.Entities().Get(ctx, bob, p)) }
	entities := func(q spectron.EntityQuery) error { return second(c.Entities().List(ctx, q)) }
	for name, tc := range map[string]struct {
		err   error
		want  *spectron.Error
		field string
	}{
		"year 10000":             {list(spectron.FactQuery{At: spectron.PointInTime{AsOf: late}}), spectron.ErrInvalid, "At.AsOf"},
		"year -1":                {list(spectron.FactQuery{At: spectron.PointInTime{StoredAt: early}}), spectron.ErrInvalid, "At.StoredAt"},
		"inverted":               {list(spectron.FactQuery{At: spectron.PointInTime{ValidFrom: day(2, 1), ValidUntil: day(1, 1)}}), spectron.ErrInvalid, "At.ValidUntil"},
		"both":                   {at(spectron.PointInTime{ValidAt: day(1, 1), ValidFrom: day(1, 1)}), spectron.ErrInvalid, "ValidAt"},
		"valid in year 10000":    {at(spectron.PointInTime{ValidAt: late}), spectron.ErrInvalid, "ValidAt"},
		"valid from year 10000":  {at(spectron.PointInTime{ValidFrom: late}), spectron.ErrInvalid, "ValidFrom"},
		"valid until year -1":    {at(spectron.PointInTime{ValidUntil: early}), spectron.ErrInvalid, "ValidUntil"},
		"entities in year 10000": {entities(spectron.EntityQuery{At: spectron.PointInTime{AsOf: late}}), spectron.ErrInvalid, "At.AsOf"},
		"no name begins so":      {entities(spectron.EntityQuery{NamePrefix: "…"}), spectron.ErrInvalid, "NamePrefix"},
		"lens of entities":       {entities(spectron.EntityQuery{Lens: spectron.Scopes{{"a//b"}}}), spectron.ErrInvalid, "Lens"},
		"no type":                {list(spectron.FactQuery{Entity: spectron.EntityRef{Name: "Bob"}}), spectron.ErrInvalid, "Entity.Type"},
		"no name":                {list(spectron.FactQuery{Entity: spectron.EntityRef{Type: "person"}}), spectron.ErrInvalid, "Entity.Name"},
		"category":               {list(spectron.FactQuery{Category: "fun"}), spectron.ErrInvalid, "Category"},
		"source":                 {list(spectron.FactQuery{SourceKind: "rumour"}), spectron.ErrInvalid, "SourceKind"},
		"label":                  {list(spectron.FactQuery{Labels: []string{"x"}}), spectron.ErrInvalid, "Labels"},
		"lens":                   {list(spectron.FactQuery{Lens: spectron.Scopes{{"a//b"}}}), spectron.ErrInvalid, "Lens"},
		"session":                {list(spectron.FactQuery{SessionID: "session:none"}), spectron.ErrNotFound, "SessionID"},
		"cursor":                 {list(spectron.FactQuery{Cursor: "x"}), spectron.ErrInvalid, "Cursor"},
		"limit":                  {list(spectron.FactQuery{Limit: 501}), spectron.ErrInvalid, "Limit"},
		"question as of 10000":   {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "x", AsOf: late})), spectron.ErrInvalid, "AsOf"},
		"question of year -1":    {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "x", ValidFrom: early})), spectron.ErrInvalid, "ValidFrom"},
		"unknown fact":           {second(c.Facts().Get(ctx, "relation:none")), spectron.ErrNotFound, "id"},
		"of another table":       {second(c.Facts().Get(ctx, "session:none")), spectron.ErrNotFound, "id"},
		"close unknown":          {c.Facts().Close(ctx, "relation:none", ""), spectron.ErrNotFound, "id"},
		"long reason":            {c.Facts().Close(ctx, ids["tea"], strings.Repeat("x", 1001)), spectron.ErrTooLarge, "reason"},
		"reason in no encoding":  {c.Facts().Close(ctx, ids["tea"], "\xff"), spectron.ErrInvalid, "reason"},
		"empty value":            {second(c.Facts().Correct(ctx, ids["tea"], "  ")), spectron.ErrInvalid, "value"},
		"the same value":         {second(c.Facts().Correct(ctx, ids["tea"], "tea")), spectron.ErrInvalid, "value"},
		"another's value":        {second(c.Facts().Correct(ctx, ids["tea"], "jazz")), spectron.ErrConflict, "value"},
		"itself":                 {second(c.Facts().Correct(ctx, ids["Oslo"], "")), spectron.ErrInvalid, "value"},
		"long value":             {second(c.Facts().Correct(ctx, ids["tea"], strings.Repeat("x", 1<<20))), spectron.ErrTooLarge, "value"},
		"pin unknown":            {c.Facts().Pin(ctx, "relation:none", true), spectron.ErrNotFound, "id"},
		"unknown entity":         {second(c.Entities().Get(ctx, personCalled("Eve"), spectron.PointInTime{})), spectron.ErrNotFound, "ref"},
		"history of nobody":      {second(c.Entities().History(ctx, personCalled("Eve"), "lives_in")), spectron.ErrNotFound, "ref"},
		"history of nothing":     {second(c.Entities().History(ctx, bob, " ")), spectron.ErrInvalid, "key"},
		"delete nobody":          {c.Entities().Delete(ctx, personCalled("Eve")), spectron.ErrNotFound, "ref"},
		"delete nothing":         {c.Entities().Delete(ctx, spectron.EntityRef{}), spectron.ErrInvalid, "ref.Type"},
		"merge nobody":           {c.Entities().Merge(ctx, personCalled("Eve"), bob), spectron.ErrNotFound, "ref"},
		"merge into nobody":      {c.Entities().Merge(ctx, bob, personCalled("Eve")), spectron.ErrNotFound, "into"},
		"merge with itself":      {c.Entities().Merge(ctx, bob, bob), spectron.ErrInvalid, "into"},
		"merge the user":         {c.Entities().Merge(ctx, personCalled("user"), bob), spectron.ErrInvalid, "ref"},
		"unknown instruction":    {c.Instructions().Revoke(ctx, "instruction:none"), spectron.ErrNotFound, "id"},
		"no instruction":         {second(c.Instructions().Get(ctx, "")), spectron.ErrNotFound, "id"},
		"unknown uncertainty":    {c.Uncertainties().Resolve(ctx, "uncertainty:none", ""), spectron.ErrNotFound, "id"},
		"long note":              {c.Uncertainties().Resolve(ctx, "uncertainty:none", strings.Repeat("x", 1001)), spectron.ErrTooLarge, "note"},
		"no uncertainty":         {second(c.Uncertainties().Get(ctx, "")), spectron.ErrNotFound, "id"},
	} {
		t.Run(name, func(t *testing.T) { isError(t, tc.err, tc.want, tc.field) })
	}
	after, err := c.Facts().List(ctx, spectron.FactQuery{Entity: bob})
	require.NoError(t, err)
	if asJSON(after.Items) != asJSON(page.Items) {
		t.Errorf("what was refused changed %+v to %+v", page.Items, after.Items)
	}
}

// TestGraphAcrossScopes checks that an edit requires memory:write in all scopes of the record, also where the caller may not read. Entities
// are merged and deleted as far as the caller knows them, and not at all if it may not write to all of these scopes.
func TestGraphAcrossScopes(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	acme, beta := spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/beta"}}
	for _, s := range []spectron.Scopes{acme, beta} {
		remember(t, d.c, spectron.RememberRequest{Text: "Bob likes tea. Robert likes jazz.", Scopes: s})
	}
	shared := remember(t, d.c, spectron.RememberRequest{Text: "Carol likes rock.", Scopes: append(acme, beta...)})
	both := spectron.Grants{spectron.MemoryRead: {"org/acme", "org/beta"}, spectron.MemoryWrite: {"org/acme"}}
	one := d.badge(t, "one", over("org/acme", spectron.MemoryRead, spectron.MemoryWrite))
	wide := d.badge(t, "wide", both)
	bob, robert := personCalled("Bob"), personCalled("Robert")

	isError(t, wide.Entities().Merge(ctx, robert, bob), spectron.ErrForbidden, "ref")
	isError(t, wide.Entities().Delete(ctx, bob), spectron.ErrForbidden, "ref")
	carol, err := one.Facts().List(ctx, spectron.FactQuery{Entity: personCalled("Carol")})
	require.NoError(t, err)
	require.Len(t, carol.Items, 1)
	if got := fmt.Sprint(carol.Items[0].Scopes); got != "[[org/acme]]" {
		t.Errorf("scopes %s", got)
	}
	isError(t, one.Facts().Close(ctx, carol.Items[0].ID, ""), spectron.ErrForbidden, "id")
	if denied := eventsOf(t, d.c, spectron.EventDenied); len(denied) != 3 || len(denied[0].Paths) > 0 {
		t.Errorf("denied %+v", denied)
	}
	require.NoError(t, one.Entities().Merge(ctx, robert, bob))
	require.NoError(t, one.Entities().Delete(ctx, bob))
	for name, tc := range map[string]struct {
		c    *spectron.Context
		want string
	}{"one": {one.Context, "Carol"}, "wide": {wide.Context, "Bob Carol Robert"}, "operator": {d.c, "Bob Carol Robert"}} {
		page, err := tc.c.Entities().List(ctx, spectron.EntityQuery{Type: "person"})
		require.NoError(t, err)
		var names []string
		for _, e := range page.Items {
			names = append(names, e.Name)
		}
		if got := strings.Join(names, " "); got != tc.want {
			t.Errorf("%s knows %s, want %s", name, got, tc.want)
		}
	}
	require.NoError(t, d.c.Facts().Close(ctx, carol.Items[0].ID, ""))
	require.NotEmpty(t, shared.ChunkIDs)
}

// TestHitsHaveTheirFacts checks that the fact of a hit equals the fact with its id, except for the source, which the hit has.
func TestHitsHaveTheirFacts(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	remember(t, c, spectron.RememberRequest{Text: "Bob lives in Oslo. Bob likes tea.", Labels: []string{"a=b"}})
	for _, h := range facts(t, c, spectron.RecallRequest{Query: "Bob", Kinds: []spectron.Kind{spectron.KindRelation, spectron.KindAttribute}}) {
		f, err := c.Facts().Get(ctx, h.ID)
		require.NoError(t, err)
		if f.Source != h.Source || f.Kind != h.Kind {
			t.Errorf("source %+v, of the hit %+v", f.Source, h.Source)
		}
		f.Source = spectron.Source{}
		if asJSON(f) != asJSON(h.Fact) {
			t.Errorf("fact %+v, of the hit %+v", f, h.Fact)
		}
	}
}
