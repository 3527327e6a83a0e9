package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// everyChange is a change with a row of each kind, every field of it set.
func everyChange() store.AccessChange {
	return store.AccessChange{
		Principals: []record.Principal{{
			ID: "principal:p1", Name: "Ålice ⟨x⟩", Kind: "human", ExternalID: "okta:`1`", Subject: "Ålice ⟨x⟩", CreatedAt: monday,
			Grants: map[string][]string{"memory:read": {"org/acme/*", "org/東京"}, "memory:write": {"org/acme"}},
		}},
		History: []record.GrantVersion{{ID: "grant_history:h1", Principal: "principal:p1", Grants: map[string][]string{"memory:read": {"/*"}}, At: monday}},
		Keys: []record.APIKey{{
			ID: "cak_test_k1", Principal: "principal:p1", Name: "phone", Preset: "agent", ScopeFloor: "org/acme", Grants: map[string][]string{"memory:read": {"org/acme"}},
			Strict: true, Upload: true, Salt: []byte{0, 1, 255}, Hash: []byte{7, 0}, Generation: 3, SelfService: true, MadeBy: "operator", RotatedBy: "mk_1", CreatedAt: monday, ValidUntil: tuesday,
			LastUsedAt: monday.Add(time.Hour),
		}},
		Scopes:   []record.ScopeNode{{Path: "org/東京 1", Name: "Tōkyō", Description: "`where`", CreatedAt: monday, TombstonedAt: tuesday}},
		Ontology: []record.OntologyVersion{{Version: 1, Document: []byte(`{"a": ["ü"]}`), CreatedAt: monday, Principal: "principal:p1"}},
		Events: []record.Event{{
			ID: "audit_event:e1", At: monday, Action: "denied", Op: "remember", Principal: "principal:p1", Key: "cak_test_k1", OnBehalfOf: "principal:p2",
			Context: "test", Target: "org/acme", Verb: "memory:write", Paths: []string{"org/acme", "org/東京"}, Detail: "nö", Count: 7,
		}},
	}
}

// filled ends the test when a field of a fixture is not set: a round trip would not show that it is lost.
func filled(t *testing.T, fixtures ...any) {
	t.Helper()
	for _, fixture := range fixtures {
		v := reflect.ValueOf(fixture)
		for i := range v.NumField() {
			require.False(t, v.Field(i).IsZero(), "%T.%s is not set: set it, so that its way to the database and back is tested", fixture, v.Type().Field(i).Name)
		}
	}
}

// changed makes a change in a database that is ours alone.
func changed(t *testing.T, s *store.Store, c store.AccessChange) {
	t.Helper()
	_, err := s.Change(t.Context(), c, store.Position{})
	require.NoError(t, err)
}

// with is a change that has an event of its own.
func with(event string, c store.AccessChange) store.AccessChange {
	c.Events = append(c.Events, record.Event{ID: "audit_event:" + event, At: monday, Action: "x", Op: "x", Principal: "principal:admin"})
	return c
}

// equal compares two values, the order of what is in them included.
func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// must is the value of a call that has to succeed.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		require.NoError(t, err)
		return v
	}
}

func TestWhatMayBeDoneIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	ctx, s, c := context.Background(), newStore(t), everyChange()
	filled(t, c.Principals[0], c.History[0], c.Keys[0], c.Scopes[0], c.Ontology[0], c.Events[0])
	changed(t, s, c)
	p, key, node := c.Principals[0], c.Keys[0], c.Scopes[0]
	equal(t, "principal", must(s.Principal(ctx, p.ID))(t), p)
	equal(t, "principal by name", must(s.PrincipalNamed(ctx, p.Name))(t), p)
	equal(t, "principal by external id", must(s.PrincipalExternal(ctx, p.ExternalID))(t), p)
	equal(t, "principals", must(s.Principals(ctx, "", 10))(t), c.Principals)
	equal(t, "grants", must(s.GrantsAsOf(ctx, p.ID, monday))(t), c.History[0].Grants)
	equal(t, "key", must(s.Key(ctx, key.ID))(t), key)
	equal(t, "keys", must(s.Keys(ctx, "", "", 10))(t), c.Keys)
	equal(t, "keys by name", must(s.KeysNamed(ctx, "", key.Name))(t), c.Keys)
	gotKey, gotPrincipal, err := s.KeyWithPrincipal(ctx, key.ID)
	require.NoError(t, err)
	equal(t, "key with principal", []any{gotKey, gotPrincipal}, []any{key, p})
	equal(t, "scopes", must(s.Scopes(ctx, []string{"org", node.Path}))(t), c.Scopes)
	equal(t, "events", must(s.Events(ctx, store.EventQuery{Limit: 10}))(t), c.Events)
	equal(t, "ontology", must(s.Ontology(ctx))(t), c.Ontology[0])
	equal(t, "ontologies", must(s.OntologyVersions(ctx, 0, 10))(t), c.Ontology)
}

// Rows with nothing in them that may be absent come back so; no grants are not the same as none that narrow.
func TestWhatIsNotSetStaysSo(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	none := map[string][]string{}
	c := with("e", store.AccessChange{
		Principals: []record.Principal{{ID: "principal:a", Name: "a", Kind: "unknown", CreatedAt: monday}, {ID: "principal:b", Name: "b", Kind: "agent", CreatedAt: monday}},
		History:    []record.GrantVersion{{ID: "grant_history:h", Principal: "principal:a", At: monday}},
		Keys: []record.APIKey{
			{ID: "cak_test_1", Principal: "principal:a", Name: "k", Salt: []byte{1}, Hash: []byte{2}, Generation: 1, CreatedAt: monday},
			{ID: "cak_test_2", Principal: "principal:b", Name: "k", Grants: none, Salt: []byte{1}, Hash: []byte{2}, Generation: 1, CreatedAt: monday},
		},
		Scopes:   []record.ScopeNode{{Path: "org", CreatedAt: monday}},
		Ontology: []record.OntologyVersion{{Version: 1, CreatedAt: monday}},
	})
	changed(t, s, c)
	want := slices.Clone(c.Principals)
	want[0].Grants, want[1].Grants = none, none
	equal(t, "principals", must(s.Principals(ctx, "", 10))(t), want)
	equal(t, "grants", must(s.GrantsAsOf(ctx, "principal:a", monday))(t), none)
	equal(t, "keys", must(s.Keys(ctx, "", "", 10))(t), c.Keys)
	equal(t, "scopes", must(s.ScopesAfter(ctx, "", 10))(t), c.Scopes)
	equal(t, "ontology", must(s.Ontology(ctx))(t), c.Ontology[0])
	c.Events[0].Paths = []string{}
	equal(t, "events", must(s.Events(ctx, store.EventQuery{Limit: 10}))(t), c.Events)
}

func TestWhatIsNotThere(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	for what, err := range map[string]error{
		"principal":          failed(s.Principal(ctx, "principal:x")),
		"principal by name":  failed(s.PrincipalNamed(ctx, "x")),
		"principal external": failed(s.PrincipalExternal(ctx, "x")),
		"key":                failed(s.Key(ctx, "cak_test_x")),
		"ontology":           failed(s.Ontology(ctx)),
	} {
		if !errors.Is(err, surreal.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, _, err := s.KeyWithPrincipal(ctx, "cak_test_x"); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("key with principal: %v", err)
	}
	require.NoError(t, s.UsedKey(ctx, "cak_test_x", monday))
	if keys := must(s.Keys(ctx, "", "", 10))(t); len(keys) > 0 {
		t.Errorf("using a key made it: %+v", keys)
	}
	if _, err := s.Change(ctx, store.AccessChange{DropKeys: []string{"cak_test_x"}}, store.Position{}); err == nil {
		t.Error("a change without an event is stored")
	}
}

func failed[T any](_ T, err error) error { return err }

// Principals, keys and scopes take the place of what they were; what has a key that is taken does not.
func TestChangesTakeThePlaceOfWhatWas(t *testing.T) {
	t.Parallel()
	ctx, s, c := context.Background(), newStore(t), everyChange()
	changed(t, s, c)
	p, key, node := c.Principals[0], c.Keys[0], c.Scopes[0]
	p.ExternalID, p.Grants, p.Name = "", map[string][]string{}, "Bob"
	key.Grants, key.ValidUntil, key.LastUsedAt, key.Preset, key.ScopeFloor, key.Generation = nil, time.Time{}, time.Time{}, "", "", 4
	node.TombstonedAt, node.Name = time.Time{}, ""
	changed(t, s, with("e2", store.AccessChange{Principals: []record.Principal{p}, Keys: []record.APIKey{key}, Scopes: []record.ScopeNode{node}}))
	equal(t, "principals", must(s.Principals(ctx, "", 10))(t), []record.Principal{p})
	equal(t, "keys", must(s.Keys(ctx, "", "", 10))(t), []record.APIKey{key})
	equal(t, "scopes", must(s.ScopesBelow(ctx, "/"))(t), []record.ScopeNode{node})
	if err := failed(s.PrincipalExternal(ctx, "okta:`1`")); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("under the external id that it had: %v", err)
	}

	before := must(s.Events(ctx, store.EventQuery{Limit: 10}))(t)
	for what, taken := range map[string]store.AccessChange{
		"name of a principal":  {Principals: []record.Principal{{ID: "principal:p2", Name: "Bob", CreatedAt: monday}}},
		"name of a key":        {Keys: []record.APIKey{{ID: "cak_test_k2", Principal: p.ID, Name: key.Name, CreatedAt: monday}}},
		"version of grants":    {History: c.History},
		"version of ontology":  {Ontology: c.Ontology},
		"event":                {Events: c.Events},
		"one of several":       {Scopes: []record.ScopeNode{{Path: "new", CreatedAt: monday}}, Ontology: c.Ontology},
		"principal and a name": {DropKeys: []string{key.ID}, Principals: []record.Principal{{ID: "principal:p2", Name: "Bob", CreatedAt: monday}}},
	} {
		if _, err := s.Change(ctx, with("e3", taken), store.Position{}); !errors.Is(err, store.ErrStale) {
			t.Errorf("%s: %v", what, err)
		}
	}
	equal(t, "events", must(s.Events(ctx, store.EventQuery{Limit: 10}))(t), before)
	equal(t, "scopes", must(s.ScopesBelow(ctx, "/"))(t), []record.ScopeNode{node})
	equal(t, "keys", must(s.Keys(ctx, "", "", 10))(t), []record.APIKey{key})
	// Principals without an external id do not take it from each other, and keys of different ones have the same names.
	other := record.Principal{ID: "principal:p2", Name: "Carol", Kind: "unknown", Grants: map[string][]string{}, CreatedAt: monday}
	same := record.APIKey{ID: "cak_test_k2", Principal: other.ID, Name: key.Name, Salt: []byte{}, Hash: []byte{}, CreatedAt: monday}
	changed(t, s, with("e4", store.AccessChange{Principals: []record.Principal{other}, Keys: []record.APIKey{same}}))
	equal(t, "keys of the name", must(s.KeysNamed(ctx, "", key.Name))(t), []record.APIKey{key, same})
	equal(t, "key of the name", must(s.KeysNamed(ctx, other.ID, key.Name))(t), []record.APIKey{same})
	equal(t, "keys of one", must(s.Keys(ctx, other.ID, "", 10))(t), []record.APIKey{same})
	equal(t, "keys after one", must(s.Keys(ctx, "", key.ID, 10))(t), []record.APIKey{same})
	equal(t, "one key", must(s.Keys(ctx, "", "", 1))(t), []record.APIKey{key})
	equal(t, "principals after one", must(s.Principals(ctx, p.ID, 10))(t), []record.Principal{other})
	equal(t, "one principal", must(s.Principals(ctx, "", 1))(t), []record.Principal{p})
}

// A principal goes with its keys and its history, and with nobody else's.
func TestPrincipalsGoWithTheirKeysAndHistory(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	var c store.AccessChange
	for _, who := range []string{"a", "b"} {
		id := "principal:" + who
		c.Principals = append(c.Principals, record.Principal{ID: id, Name: who, Kind: "human", CreatedAt: monday})
		for n := range 3 {
			c.Keys = append(c.Keys, record.APIKey{ID: fmt.Sprintf("cak_test_%s%d", who, n), Principal: id, Name: fmt.Sprint(n), CreatedAt: monday})
			c.History = append(c.History, record.GrantVersion{ID: fmt.Sprintf("grant_history:%s%d", who, n), Principal: id, At: monday})
		}
	}
	changed(t, d.Store, with("1", c))
	changed(t, d.Store, with("2", store.AccessChange{DropKeys: []string{"cak_test_b1", "cak_test_none"}, DropPrincipals: []string{"principal:a", "principal:none"}}))
	var left []string
	for _, table := range []string{store.TablePrincipal, store.TableKey, store.TableGrantHistory} {
		for _, row := range d.raw(table) {
			left = append(left, row["id"].(surreal.RecordID).String())
		}
	}
	equal(t, "left", left, []string{
		"principal:b", "api_key:cak_test_b0", "api_key:cak_test_b2", "grant_history:b0", "grant_history:b1", "grant_history:b2",
	})
	// Its name is free.
	changed(t, d.Store, with("3", store.AccessChange{Principals: []record.Principal{{ID: "principal:c", Name: "a", CreatedAt: monday}}}))
}

// A key whose principal has no row comes without one.
func TestKeysWithoutARowOfTheirPrincipal(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	key := record.APIKey{ID: "cak_test_1", Principal: "principal:admin", Name: "k", Salt: []byte{1}, Hash: []byte{2}, Generation: 1, CreatedAt: monday}
	changed(t, s, with("1", store.AccessChange{Keys: []record.APIKey{key}}))
	got, principal, err := s.KeyWithPrincipal(t.Context(), key.ID)
	require.NoError(t, err)
	equal(t, "key", got, key)
	equal(t, "principal", principal, record.Principal{})
}

func TestGrantsAsOf(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	grants := func(n int) map[string][]string { return map[string][]string{"memory:read": {fmt.Sprint("org/", n)}} }
	at := func(n int) time.Time { return monday.Add(time.Duration(n) * time.Second) }
	c := store.AccessChange{History: []record.GrantVersion{
		{ID: "grant_history:1", Principal: "principal:a", Grants: grants(1), At: at(1)},
		{ID: "grant_history:3", Principal: "principal:a", Grants: grants(3), At: at(3)},
		{ID: "grant_history:4", Principal: "principal:a", Grants: grants(4), At: at(3)}, // at the same time, later
		{ID: "grant_history:5", Principal: "principal:b", Grants: grants(5), At: at(2)},
	}}
	changed(t, s, with("1", c))
	for n, want := range map[int]map[string][]string{0: nil, 1: grants(1), 2: grants(1), 3: grants(4), 9: grants(4)} {
		equal(t, fmt.Sprint("at ", n), must(s.GrantsAsOf(ctx, "principal:a", at(n)))(t), want)
	}
	equal(t, "just before", must(s.GrantsAsOf(ctx, "principal:a", at(3).Add(-1)))(t), grants(1))
	equal(t, "another's", must(s.GrantsAsOf(ctx, "principal:b", at(9)))(t), grants(5))
	equal(t, "nobody's", must(s.GrantsAsOf(ctx, "principal:c", at(9)))(t), map[string][]string(nil))
}

// The use of a key is recorded once a minute, and never for an earlier time than is known.
func TestUsesOfKeysAreRecordedByTheMinute(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	key := record.APIKey{ID: "cak_test_1", Principal: "principal:a", Name: "k", CreatedAt: monday}
	other := record.APIKey{ID: "cak_test_2", Principal: "principal:a", Name: "l", CreatedAt: monday}
	changed(t, s, with("1", store.AccessChange{Keys: []record.APIKey{key, other}}))
	for _, use := range []struct{ at, recorded time.Duration }{
		{0, 0}, {time.Second, 0}, {time.Minute - 1, 0}, {-time.Hour, 0}, {time.Minute, time.Minute}, {2*time.Minute - 1, time.Minute}, {time.Hour, time.Hour},
	} {
		require.NoError(t, s.UsedKey(ctx, key.ID, monday.Add(use.at)))
		if got := must(s.Key(ctx, key.ID))(t).LastUsedAt; !got.Equal(monday.Add(use.recorded)) {
			t.Errorf("used after %v: recorded %v", use.at, got.Sub(monday))
		}
	}
	if got := must(s.Key(ctx, other.ID))(t).LastUsedAt; !got.IsZero() {
		t.Errorf("another key was used at %v", got)
	}
}

// Below a path is what begins with it and a slash, in whatever order a database sorts text.
func TestScopesBelow(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	paths := []string{
		"org", "org/acme", "org/acme/x", "org/acme/x/y", "org/acme/0", "org/acme/~", "org/acme/東京", "org/acme/東京/銀座", "org/acme/🚀", "org/acme/-",
		"org/acme-2", "org/acme-2/x", "org/acme.", "org/acme0", "org/acme0/x", "org/acmea", "org/acmé", "org/acme東", "org/acm", "org/acm/e", "acme", "Org/acme/x",
		"x/org/acme/y", "東京", "東京/x", "東京0", "東京都",
	}
	var c store.AccessChange
	for _, p := range paths {
		c.Scopes = append(c.Scopes, record.ScopeNode{Path: p, CreatedAt: monday})
	}
	changed(t, s, with("1", c))
	sorted := func(nodes []record.ScopeNode) []string {
		var out []string
		for _, n := range nodes {
			out = append(out, n.Path)
		}
		slices.Sort(out)
		return out
	}
	for _, path := range append(paths, "/", "nothing", "org/acme/x/y/z", "or", "東") {
		var want []string
		for _, p := range paths {
			if path == "/" || p == path || len(p) > len(path) && p[:len(path)+1] == path+"/" {
				want = append(want, p)
			}
		}
		slices.Sort(want)
		equal(t, "below "+path, sorted(must(s.ScopesBelow(ctx, path))(t)), want)
	}
	// A path that is not registered has what is below it.
	changed(t, s, with("2", store.AccessChange{Scopes: []record.ScopeNode{{Path: "a/b/c", CreatedAt: monday}}}))
	equal(t, "below a/b", sorted(must(s.ScopesBelow(ctx, "a/b"))(t)), []string{"a/b/c"})

	all := append(paths, "a/b/c")
	slices.Sort(all)
	var paged []string
	for after := ""; ; {
		page := must(s.ScopesAfter(ctx, after, 4))(t)
		for _, n := range page {
			paged = append(paged, n.Path)
			after = n.Path
		}
		if len(page) < 4 {
			break
		}
	}
	equal(t, "all pages", paged, all)
	equal(t, "by path", sorted(must(s.Scopes(ctx, []string{"org/acme", "org/acme0", "none"}))(t)), []string{"org/acme", "org/acme0"})
	if got := must(s.Scopes(ctx, nil))(t); len(got) > 0 {
		t.Errorf("of no paths: %v", got)
	}
}

// Events are listed newest first, in pages, by who did what when.
func TestEventsInPages(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	var all []record.Event
	for i := range 23 {
		e := record.Event{
			ID: fmt.Sprintf("audit_event:%04d", i), At: monday.Add(time.Duration(i/2) * time.Minute), Action: []string{"a", "b", "a"}[i%3], Op: "x",
			Principal: []string{"principal:p", "principal:q"}[i%2], Paths: []string{},
		}
		if i%5 == 0 {
			require.NoError(t, s.Record(ctx, e))
			require.NoError(t, s.Record(ctx, e), "again")
		} else {
			changed(t, s, store.AccessChange{Events: []record.Event{e}})
		}
		all = append(all, e)
	}
	for name, q := range map[string]store.EventQuery{
		"all":            {},
		"of one":         {Principal: "principal:q"},
		"of a kind":      {Action: "b"},
		"since":          {Since: monday.Add(4 * time.Minute)},
		"until":          {Until: monday.Add(4 * time.Minute)},
		"between":        {Since: monday.Add(2*time.Minute + 1), Until: monday.Add(9 * time.Minute)},
		"of nobody":      {Principal: "principal:z"},
		"all conditions": {Since: monday.Add(time.Minute), Until: monday.Add(9 * time.Minute), Principal: "principal:p", Action: "a"},
	} {
		var want []record.Event
		for _, e := range slices.Backward(all) {
			if (q.Principal == "" || e.Principal == q.Principal) && (q.Action == "" || e.Action == q.Action) && !e.At.Before(q.Since) &&
				(q.Until.IsZero() || !e.At.After(q.Until)) {
				want = append(want, e)
			}
		}
		for _, limit := range []int{1, 4, 50} {
			var got []record.Event
			for q.Limit, q.After = limit, ""; ; {
				page := must(s.Events(ctx, q))(t)
				got = append(got, page...)
				if len(page) < limit || len(got) > len(all) {
					break
				}
				q.After = store.EventCursor(page[len(page)-1])
			}
			equal(t, fmt.Sprintf("%s, %d a page", name, limit), got, want)
		}
	}
}

func TestOntologyVersions(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	var all []record.OntologyVersion
	for n := 1; n <= 12; n++ {
		v := record.OntologyVersion{Version: n, Document: fmt.Appendf(nil, `{"n": %d}`, n), CreatedAt: monday, Principal: "principal:p"}
		if n == 12 {
			v.Document = nil // deleted
		}
		changed(t, s, with(fmt.Sprint(n), store.AccessChange{Ontology: []record.OntologyVersion{v}}))
		equal(t, "newest", must(s.Ontology(ctx))(t), v)
		all = append([]record.OntologyVersion{v}, all...)
	}
	equal(t, "all", must(s.OntologyVersions(ctx, 0, 50))(t), all)
	equal(t, "a page", must(s.OntologyVersions(ctx, 11, 3))(t), all[2:5])
	equal(t, "the last page", must(s.OntologyVersions(ctx, 2, 3))(t), all[11:])
	equal(t, "after the last", must(s.OntologyVersions(ctx, 1, 3))(t), []record.OntologyVersion{})
}

// A change is known to others by the names of what it touched, and refused when it was planned before another's.
func TestChangesOfOthersAreNoticed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	_, ours, theirs := newShared(t)
	start := must(ours.Position(ctx))(t)
	c := everyChange()
	c.DropPrincipals, c.DropKeys = []string{"principal:gone"}, []string{"cak_test_gone"}
	at, err := theirs.Change(ctx, c, start)
	require.NoError(t, err)
	names := []string{"principal:p1", "principal:gone", "api_key:cak_test_k1", "api_key:cak_test_gone", "scope_node:org/東京 1", store.OntologyRecord}
	equal(t, "touched", c.Touched(), names)
	equal(t, "names", []string{store.KeyRecord("cak_test_k1"), store.ScopeRecord("org/東京 1")}, []string{names[2], names[4]})

	for what, write := range map[string]func() (store.Position, error){
		"change": func() (store.Position, error) { return ours.Change(ctx, with("stale", store.AccessChange{}), start) },
		"write":  func() (store.Position, error) { return ours.Apply(ctx, said("stale"), start) },
	} {
		if at, err := write(); !errors.Is(err, store.ErrStale) || at != start {
			t.Errorf("a %s that was planned before: %+v, %v", what, at, err)
		}
	}
	update, reached, err := ours.CatchUp(ctx, start)
	require.NoError(t, err)
	equal(t, "position", reached, at)
	equal(t, "names", update.Access, names)
	update.Access = nil
	if !update.Empty() {
		t.Errorf("more than names: %+v", update)
	}
	// Now it holds; and a write names the scopes that it registers.
	at, err = ours.Change(ctx, with("later", store.AccessChange{}), reached)
	require.NoError(t, err)
	w := said("there")
	w.Registered = []record.ScopeNode{{Path: "org/acme", CreatedAt: monday}}
	w.Events = []record.Event{{ID: "audit_event:there", At: monday, Action: "scope.register", Paths: []string{}}}
	at, err = theirs.Apply(ctx, w, at)
	require.NoError(t, err)
	update, reached, err = ours.CatchUp(ctx, reached)
	require.NoError(t, err)
	equal(t, "position", reached, at)
	equal(t, "names", update.Access, []string{"scope_node:org/acme"})
	equal(t, "registered", must(ours.Scopes(ctx, []string{"org/acme"}))(t), w.Registered)
	equal(t, "event", must(ours.Events(ctx, store.EventQuery{Limit: 9, Action: "scope.register"}))(t), w.Events)
}

// In a database that is ours alone no log is kept.
func TestChangesAloneKeepNoLog(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	at, err := d.Change(t.Context(), everyChange(), d.at)
	require.NoError(t, err)
	if rows := d.raw("change"); at != (store.Position{}) || len(rows) > 0 {
		t.Errorf("at %+v, with %v", at, rows)
	}
}

// A change whose answer is lost is made once, whether it ran before the loss or not, however often that happens.
func TestLostAnswersNeverChangeTwice(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, writers := range map[string]store.Writers{"alone": store.SingleWriter, "among": store.SharedWriters} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := enginetest.Connect(t, enginetest.Open(t), "lossy")
			require.NoError(t, schema.Context().Apply(ctx, conn, monday))
			random, lost := rand.New(rand.NewPCG(7, 8)), 0
			s := store.New(lossy{conn, func(string) (bool, bool) {
				n := random.IntN(5)
				if n < 2 {
					lost++
				}
				return n == 0, n == 1
			}}, writers)
			at, err := s.Position(ctx)
			require.NoError(t, err)
			const changes = 20
			for i := range changes {
				c := store.AccessChange{
					Principals: []record.Principal{{ID: "principal:p", Name: fmt.Sprint("p", i), CreatedAt: monday}},
					History:    []record.GrantVersion{{ID: fmt.Sprintf("grant_history:%03d", i), Principal: "principal:p", At: monday}},
					Keys:       []record.APIKey{{ID: fmt.Sprintf("cak_test_%03d", i), Principal: "principal:p", Name: fmt.Sprint(i), CreatedAt: monday}},
					Ontology:   []record.OntologyVersion{{Version: i + 1, CreatedAt: monday}},
				}
				if i > 0 {
					c.DropKeys = []string{fmt.Sprintf("cak_test_%03d", i-1)}
				}
				at, err = s.Change(ctx, with(fmt.Sprintf("%03d", i), c), at)
				require.NoError(t, err)
				require.NoError(t, s.Record(ctx, record.Event{ID: fmt.Sprintf("audit_event:r%03d", i), At: monday, Action: "denied"}))
			}
			if lost < 10 {
				t.Errorf("%d answers were lost", lost)
			}
			keys := must(s.Keys(ctx, "", "", 50))(t)
			if len(keys) != 1 || keys[0].ID != "cak_test_019" {
				t.Errorf("keys %+v", keys)
			}
			equal(t, "versions", len(must(s.OntologyVersions(ctx, 0, 50))(t)), changes)
			equal(t, "events", len(must(s.Events(ctx, store.EventQuery{Limit: 100}))(t)), 2*changes)
			equal(t, "name", must(s.Principal(ctx, "principal:p"))(t).Name, "p19")
			if writers == store.SharedWriters && at.Seq != changes {
				t.Errorf("%d changes made %d rows of the log", changes, at.Seq)
			}
		})
	}
}

// When the answers stay lost, the caller is told that it is not known, and may ask again.
func TestChangesWhoseAnswersStayLost(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, tt := range map[string]struct {
		answers []error
		open    bool
	}{
		"refused":                  {[]error{&surreal.Error{Kind: surreal.ErrAlreadyExists}}, false},
		"unreachable":              {[]error{surreal.ErrUnreachable}, false},
		"lost, then unreachable":   {[]error{surreal.ErrLost, nil, surreal.ErrUnreachable, nil}, true},
		"lost, then nobody knows":  {[]error{surreal.ErrLost, surreal.ErrUnreachable}, true},
		"lost, then it is another": {[]error{surreal.ErrLost, nil, &surreal.Error{Kind: surreal.ErrAlreadyExists}, nil}, false},
	} {
		conn := &scripted{errors: tt.answers}
		_, err := store.New(conn, store.SingleWriter).Change(ctx, everyChange(), store.Position{})
		if err == nil || errors.Is(err, surreal.ErrLost) != tt.open || len(conn.errors) > 0 {
			t.Errorf("%s: %v, %d answers left", name, err, len(conn.errors))
		}
	}
}

// An event that sums up others is stored again with a larger count, in whatever order the counts arrive.
func TestCountsOfEventsOnlyGrow(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	single := record.Event{ID: "audit_event:1", At: monday, Action: "denied", Paths: []string{}}
	for _, step := range []struct{ count, want int }{{3, 3}, {7, 7}, {5, 7}} {
		sum := record.Event{ID: "audit_event:2", At: monday, Action: "denied", Paths: []string{}, Count: step.count}
		require.NoError(t, s.Record(ctx, single, sum))
		sum.Count = step.want
		equal(t, "events", must(s.Events(ctx, store.EventQuery{Limit: 10}))(t), []record.Event{sum, single})
	}
}
