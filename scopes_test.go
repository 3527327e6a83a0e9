package spectron_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// scopesListed returns the paths of all registered scopes that a handle sees, tombstoned ones with a "†".
func scopesListed(tb testing.TB, c *spectron.Context) []string {
	tb.Helper()
	var out []string
	for cursor, more := "", true; more; {
		page, err := c.Scopes().List(context.Background(), spectron.PageRequest{Cursor: cursor})
		require.NoError(tb, err)
		for _, n := range page.Items {
			if !n.TombstonedAt.IsZero() {
				n.Path += "†"
			}
			out = append(out, n.Path)
		}
		cursor, more = page.NextCursor, page.HasMore
	}
	return out
}

func register(tb testing.TB, c *spectron.Context, paths ...string) {
	tb.Helper()
	for _, p := range paths {
		_, err := c.Scopes().Register(context.Background(), spectron.ScopeSpec{Path: p})
		require.NoError(tb, err)
	}
}

func TestScopeRegister(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	s := d.c.Scopes()
	start := d.clock.Now()
	got, err := s.Register(ctx, spectron.ScopeSpec{Path: "/org/acme/team/", Name: "Team Ü", Description: "of Acme"})
	require.NoError(t, err)
	if want := (spectron.ScopeNode{Path: "org/acme/team", Name: "Team Ü", Description: "of Acme", CreatedAt: start}); *got != want {
		t.Errorf("registered %+v, want %+v", *got, want)
	}
	same(t, scopesListed(t, d.c), []string{"org", "org/acme", "org/acme/team"})
	d.clock.Advance(time.Hour)
	got, err = s.Register(ctx, spectron.ScopeSpec{Path: "org/acme/team", Name: "Red", Description: "other"})
	require.NoError(t, err)
	if want := (spectron.ScopeNode{Path: "org/acme/team", Name: "Red", Description: "other", CreatedAt: start}); *got != want {
		t.Errorf("registered again %+v, want %+v", *got, want)
	}
	_, err = s.Register(ctx, spectron.ScopeSpec{Path: "org", Name: "Orgs"})
	require.NoError(t, err)
	page, err := s.List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	want := []spectron.ScopeNode{
		{Path: "org", Name: "Orgs", CreatedAt: start}, {Path: "org/acme", CreatedAt: start},
		{Path: "org/acme/team", Name: "Red", Description: "other", CreatedAt: start},
	}
	if !slices.Equal(page.Items, want) {
		t.Errorf("listed %+v, want %+v", page.Items, want)
	}
	// One path in two spellings is one scope.
	register(t, d.c, "é", "e\u0301", "日本/東京")
	same(t, scopesListed(t, d.c), []string{"org", "org/acme", "org/acme/team", "é", "日本", "日本/東京"})
	for name, tc := range map[string]struct {
		spec  spectron.ScopeSpec
		want  *spectron.Error
		field string
	}{
		"root":            {spectron.ScopeSpec{Path: "/"}, spectron.ErrInvalid, "Path"},
		"name too long":   {spectron.ScopeSpec{Path: "a", Name: strings.Repeat("n", 129)}, spectron.ErrTooLarge, "Name"},
		"name not UTF-8":  {spectron.ScopeSpec{Path: "a", Name: "\xff"}, spectron.ErrInvalid, "Name"},
		"description":     {spectron.ScopeSpec{Path: "a", Description: strings.Repeat("n", 1001)}, spectron.ErrTooLarge, "Description"},
		"description NUL": {spectron.ScopeSpec{Path: "a", Description: "\x00"}, spectron.ErrInvalid, "Description"},
	} {
		t.Run(name, func(t *testing.T) { isError(t, second(s.Register(ctx, tc.spec)), tc.want, tc.field) })
	}
	isError(t, s.Tombstone(ctx, "/"), spectron.ErrInvalid, "path")
}

func TestScopeList(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	register(t, d.c, "org/acme/user/alice", "org/acme/user/bob", "org/globex/user", "team", "org/acme-2", "org/acme0")
	all := []string{"org", "org/acme", "org/acme-2", "org/acme/user", "org/acme/user/alice", "org/acme/user/bob", "org/acme0", "org/globex", "org/globex/user", "team"}
	for name, tc := range map[string]struct {
		grants spectron.Grants
		want   []string
	}{
		"all": {over("/*", spectron.ScopeRead), all}, "nothing": {nil, nil}, "other verbs": {over("/*", spectron.MemoryRead, spectron.ScopeCreate, spectron.GrantManage), nil},
		"subtree": {over("org/acme/*", spectron.ScopeRead), []string{"org/acme", "org/acme/user", "org/acme/user/alice", "org/acme/user/bob"}},
		"nodes":   {spectron.Grants{spectron.ScopeRead: {"org", "team"}}, []string{"org", "team"}},
		"root":    {over("/", spectron.ScopeRead), nil},
	} {
		c := d.badge(t, name, tc.grants).Context
		for limit := range len(tc.want) + 2 {
			var got []string
			for cursor, more := "", true; more; {
				page, err := c.Scopes().List(ctx, spectron.PageRequest{Cursor: cursor, Limit: limit})
				require.NoError(t, err)
				for _, n := range page.Items {
					got = append(got, n.Path)
				}
				if more = page.HasMore; more != (page.NextCursor != "") || more && len(page.Items) != limit || len(got) > len(tc.want) {
					t.Fatalf("%s, limit %d: %+v", name, limit, page)
				}
				cursor = page.NextCursor
			}
			same(t, got, tc.want)
		}
	}
	isError(t, second(d.c.Scopes().List(ctx, spectron.PageRequest{Limit: -1})), spectron.ErrInvalid, "Limit")
	isError(t, second(d.c.Scopes().List(ctx, spectron.PageRequest{Limit: 1001})), spectron.ErrInvalid, "Limit")
	isError(t, second(d.c.Scopes().List(ctx, spectron.PageRequest{Cursor: strings.Repeat("x", 513)})), spectron.ErrTooLarge, "Cursor")
}

func TestScopeTombstone(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	rw := []spectron.Verb{spectron.MemoryRead, spectron.MemoryWrite, spectron.ScopeCreate, spectron.ScopeDelete, spectron.ScopeRead}
	alice := d.badge(t, "alice", over("org/acme/*", rw...))
	half := d.badge(t, "half", spectron.Grants{spectron.ScopeDelete: {"org/acme", "org/acme/user/*"}})
	register(t, d.c, "org/acme/user/alice", "org/acme/team", "org/acme2", "org/acme-2", "org/globex")
	r := remember(t, d.c, spectron.RememberRequest{Text: "Bob lives in Oslo.", Scopes: spectron.Scopes{{"org/acme/user/alice"}}})

	isError(t, d.c.Scopes().Tombstone(ctx, "none"), spectron.ErrNotFound, "path")
	isError(t, d.c.Scopes().Tombstone(ctx, "org/acme/user/alice/x"), spectron.ErrNotFound, "path")
	isError(t, alice.Scopes().Tombstone(ctx, "org"), spectron.ErrForbidden, "path")
	isError(t, alice.Scopes().Tombstone(ctx, "org/none"), spectron.ErrForbidden, "path") // the error does not reveal whether it exists
	isError(t, half.Scopes().Tombstone(ctx, "org/acme"), spectron.ErrForbidden, "path")  // it lacks the right for team
	all := []string{"org", "org/acme", "org/acme-2", "org/acme/team", "org/acme/user", "org/acme/user/alice", "org/acme2", "org/globex"}
	same(t, scopesListed(t, d.c), all)

	at := d.clock.Advance(time.Hour)
	require.NoError(t, half.Scopes().Tombstone(ctx, "org/acme/user"))
	d.clock.Advance(time.Hour)
	for range 2 { // a repeated call changes nothing
		require.NoError(t, alice.Scopes().Tombstone(ctx, "/org/acme/"))
		same(t, scopesListed(t, d.c), []string{
			"org", "org/acme†", "org/acme-2", "org/acme/team†", "org/acme/user†", "org/acme/user/alice†", "org/acme2", "org/globex",
		})
		d.clock.Advance(time.Hour)
	}
	page, err := d.c.Scopes().List(ctx, spectron.PageRequest{Cursor: "org/acme/team", Limit: 1})
	require.NoError(t, err)
	if !page.Items[0].TombstonedAt.Equal(at) { // the first time is kept
		t.Errorf("%+v, want it tombstoned at %v", page.Items, at)
	}

	// Nobody can write there, however the scope is named. Reading continues.
	for _, c := range []*spectron.Context{d.c, alice.Context} {
		for _, path := range []string{"org/acme", "org/acme/user/alice", "org/acme/new/below", "org/acme/user/alice/deep"} {
			for _, scopes := range []spectron.Scopes{{{path}}, {{"org/acme2"}, {path}}, {{"org/acme2", path}}} {
				if c != d.c && len(scopes)+len(scopes[0]) > 2 {
					continue // scopes that it may not write to at all
				}
				isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: marker, Scopes: scopes})), spectron.ErrForbidden, "Scopes")
			}
			scopes := spectron.Scopes{{path}}
			isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: marker, Scopes: scopes, Infer: spectron.InferPreview})), spectron.ErrForbidden, "Scopes")
			isError(t, second(c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: marker}}, Scopes: scopes})), spectron.ErrForbidden, "Scopes")
			isError(t, second(c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: scopes})), spectron.ErrForbidden, "Scopes")
		}
		// Neither to a session that belongs there, nor from a session elsewhere.
		isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: marker, SessionID: r.SessionID})), spectron.ErrForbidden, "Scopes")
		same(t, known(t, c, "Bob "+marker, time.Time{}), []string{"Bob lives in Oslo"})
		if got := turns(t, c, r.SessionID); len(got) != 1 {
			t.Errorf("turns %v", got)
		}
	}
	// Nor by default, if it is the only scope that the caller may write to.
	isError(t, second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: marker})), spectron.ErrForbidden, "Scopes")
	isError(t, second(alice.Sessions().Create(ctx, spectron.SessionSpec{})), spectron.ErrForbidden, "Scopes")
	// A grant neither reactivates it nor registers scopes below it.
	d.badge(t, "grantee", over("org/acme/granted/*", rw...))
	same(t, scopesListed(t, d.c), []string{
		"org", "org/acme†", "org/acme-2", "org/acme/team†", "org/acme/user†", "org/acme/user/alice†", "org/acme2", "org/globex",
	})
	// Register reactivates it and the scopes above it, but none beside it.
	node, err := alice.Scopes().Register(ctx, spectron.ScopeSpec{Path: "org/acme/user"})
	require.NoError(t, err)
	if !node.TombstonedAt.IsZero() {
		t.Errorf("brought back %+v", node)
	}
	same(t, scopesListed(t, d.c), []string{
		"org", "org/acme", "org/acme-2", "org/acme/team†", "org/acme/user", "org/acme/user/alice†", "org/acme2", "org/globex",
	})
	tell(t, alice.Context, "Carol lives in Rome.")
	isError(t, second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: marker, SessionID: r.SessionID})), spectron.ErrForbidden, "Scopes")
	register(t, alice.Context, "org/acme/user/alice")
	remember(t, alice.Context, spectron.RememberRequest{Text: "Bob likes tea.", SessionID: r.SessionID})
}

// TestWritesAndGrantsRegister checks that writes and grants register the scopes that they name, if the caller may create scopes.
func TestWritesAndGrantsRegister(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	read, write := spectron.MemoryRead, spectron.MemoryWrite
	// A grant registers the scopes that it names as far as its giver may register them.
	writer := d.badge(t, "writer", spectron.Grants{write: {"org/acme/*"}, read: {"/*", "org/acme/*"}})
	maker := d.badge(t, "maker", spectron.Grants{write: {"team/*"}, spectron.ScopeCreate: {"team/*"}, spectron.GrantManage: {"team/*"}})
	registered := []string{"org", "org/acme", "team"}
	same(t, scopesListed(t, d.c), registered)
	for _, req := range []spectron.RememberRequest{
		{Text: marker, Scopes: spectron.Scopes{{"org/acme/new"}}}, {Text: marker, Scopes: spectron.Scopes{{"org/acme"}, {"org/acme/new"}}},
		{Text: marker, Scopes: spectron.Scopes{{"org/acme/new"}}, Infer: spectron.InferPreview},
	} {
		_, err := writer.Memory().Remember(ctx, req)
		isError(t, err, spectron.ErrForbidden, "Scopes")
		if err != nil && !strings.Contains(err.Error(), "scope:create") {
			t.Errorf("%q does not say what is missing", err)
		}
	}
	isError(t, second(writer.Sessions().Create(ctx, spectron.SessionSpec{Scopes: spectron.Scopes{{"org/acme/new"}}})), spectron.ErrForbidden, "Scopes")
	same(t, scopesListed(t, d.c), registered)
	tell(t, writer.Context, "Bob lives in Oslo.") // the scope is registered

	before := eventsOf(t, d.c, spectron.EventScopeRegistered)
	remember(t, maker.Context, spectron.RememberRequest{Text: "x", Infer: spectron.InferPreview, Scopes: spectron.Scopes{{"team/preview"}}})
	same(t, scopesListed(t, d.c), registered) // nothing is stored
	remember(t, maker.Context, spectron.RememberRequest{Text: "x", Scopes: spectron.Scopes{{"team/red/one", "team"}, {"team/blue"}}})
	_, err := maker.Sessions().Create(ctx, spectron.SessionSpec{Scopes: spectron.Scopes{{"team/session/one"}}})
	require.NoError(t, err)
	remember(t, maker.Context, spectron.RememberRequest{Text: "x", Scopes: spectron.Scopes{{"team/red"}, {"team/blue"}}}) // the scopes are cached by now
	_, err = maker.Principals().Grant(ctx, writer.who.ID, spectron.GrantRequest{Path: "team/granted/*", Verbs: []spectron.Verb{write}})
	require.NoError(t, err)
	same(t, scopesListed(t, d.c), []string{
		"org", "org/acme", "team", "team/blue", "team/granted", "team/red", "team/red/one", "team/session", "team/session/one",
	})
	var got []string
	for _, e := range eventsOf(t, d.c, spectron.EventScopeRegistered)[len(before):] {
		got = append(got, fmt.Sprintf("%s %s %s %v", e.PrincipalID, e.Op, e.Target, e.Paths))
	}
	same(t, got, []string{
		maker.who.ID + " remember team/red/one [team/blue team/red team/red/one]",
		maker.who.ID + " create session team/session/one [team/session team/session/one]",
		maker.who.ID + " grant team/granted [team/granted]",
	})
	// A caller that may not create scopes can grant only registered ones.
	plain := d.badge(t, "plain", spectron.Grants{spectron.GrantManage: {"/*"}, read: {"/*"}})
	_, err = plain.Principals().Grant(ctx, writer.who.ID, spectron.GrantRequest{Path: "nowhere/*", Verbs: []spectron.Verb{read}})
	require.NoError(t, err)
	if slices.Contains(scopesListed(t, d.c), "nowhere") {
		t.Error("a grant registered what its giver may not")
	}
	isError(t, second(plain.Scopes().Register(ctx, spectron.ScopeSpec{Path: "x"})), spectron.ErrForbidden, "Path")
	isError(t, second(maker.Scopes().Register(ctx, spectron.ScopeSpec{Path: "org/x"})), spectron.ErrForbidden, "Path")
}

// TestMalformedScopes checks that every method with scopes refuses malformed ones, says where the fault is, and changes nothing.
func TestMalformedScopes(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/*"))
	before := scopesListed(t, d.c)
	m, s, p := d.c.Memory(), d.c.Sessions(), d.c.Principals()
	read := []spectron.Verb{spectron.MemoryRead}
	type taker struct {
		field string
		call  func(string) error
	}
	ofPath := map[string]taker{
		"remember": {"Scopes", func(x string) error {
			return second(m.Remember(ctx, spectron.RememberRequest{Text: marker, Scopes: spectron.Scopes{{"a"}, {"b", x}}}))
		}},
		"remember many": {"Scopes", func(x string) error {
			return second(m.RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: marker}}, Scopes: spectron.Scopes{{x}}}))
		}},
		"recall": {"Lens", func(x string) error {
			return second(m.Recall(ctx, spectron.RecallRequest{Query: marker, Lens: spectron.Scopes{{x}}}))
		}},
		"session":   {"Scopes", func(x string) error { return second(s.Create(ctx, spectron.SessionSpec{Scopes: spectron.Scopes{{x}}})) }},
		"register":  {"Path", func(x string) error { return second(d.c.Scopes().Register(ctx, spectron.ScopeSpec{Path: x})) }},
		"tombstone": {"path", func(x string) error { return d.c.Scopes().Tombstone(ctx, x) }},
		"forget":    {"Path", func(x string) error { return second(d.c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: x})) }},
		"dry run": {"Path", func(x string) error {
			return second(d.c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: x, DryRun: true}))
		}},
		"effective": {"Path", func(x string) error { return second(p.Effective(ctx, "admin", spectron.EffectiveRequest{Path: x})) }},
		"floor": {"ScopeFloor", func(x string) error {
			return second(d.c.Keys().Create(ctx, spectron.KeySpec{Name: "k", Principal: spectron.Agent, ScopeFloor: x}))
		}},
	}
	ofPattern := map[string]taker{
		"create": {"Grants", func(x string) error {
			return second(p.Create(ctx, spectron.PrincipalSpec{Name: "x", Grants: over(x, read...)}))
		}},
		"grant": {"Path", func(x string) error {
			return second(p.Grant(ctx, alice.who.ID, spectron.GrantRequest{Path: x, Verbs: read}))
		}},
		"revoke": {"Path", func(x string) error {
			return second(p.Revoke(ctx, alice.who.ID, spectron.GrantRequest{Path: x, Verbs: read}))
		}},
		"key": {"Grants", func(x string) error {
			return second(d.c.Keys().Create(ctx, spectron.KeySpec{Name: "k", PrincipalID: alice.who.ID, Grants: over(x, read...)}))
		}},
		"token": {"Grants", func(x string) error {
			return second(d.c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x", TTL: time.Hour, Grants: over(x, read...)}))
		}},
		"own": {"Grants", func(x string) error {
			return second(alice.Keys().Create(ctx, spectron.KeySpec{Name: "k", Grants: over(x, read...)}))
		}},
	}
	bad := map[string]string{
		"//": "//", "///": "///", "empty segment": "org//acme", "behind": "org/acme//", "before": "//org", "..": "org/../acme", "only ..": "..", ".": "org/./acme",
		"NUL": "org/a\x00", "newline": "org/a\n", "delete": "org/\x7f", "escape": "\x1b[31morg", "blank": "org/a b", "only blank": " ", "no-break space": "org/\u00a0",
		"zero width": "org/a\u200b", "right to left": "org/\u202ea", "not UTF-8": "org/\xff", "surrogate": "org/\xed\xa0\x80",
		"1,000 segments": strings.Repeat("a/", 999) + "a", "33 segments": strings.Repeat("a/", 32) + "a", "long": strings.Repeat("a", 513), "10 MB": strings.Repeat("a/b", 10<<20/3),
		"longer in normal form": strings.Repeat("\u0958", 512/3), "star in the middle": "org/*/acme", "star at the end": "org/acme*", "star before": "*org", "two stars": "org/**", "star twice": "org/*/*", "//*": "//*",
	}
	check := func(name, in string, takers map[string]taker) {
		for call, f := range takers {
			t.Run(call+" "+name, func(t *testing.T) {
				err := f.call(in)
				isError(t, err, spectron.ErrInvalid, f.field)
				if err != nil && len(err.Error()) > 2000 {
					t.Errorf("an error of %d bytes", len(err.Error()))
				}
			})
		}
	}
	for name, in := range bad {
		check(name, in, ofPath)
		check(name, in, ofPattern)
	}
	for name, in := range map[string]string{"star": "*", "everything": "/*", "subtree": "org/*"} {
		check(name, in, ofPath) // these are patterns where a path is expected
	}
	for call, f := range ofPath {
		if call != "floor" { // there "" means everything
			t.Run(call+" empty", func(t *testing.T) { isError(t, f.call(""), spectron.ErrInvalid, f.field) })
		}
	}
	check("empty", "", ofPattern)
	for name, scopes := range map[string]spectron.Scopes{
		"empty clause": {{"a"}, {}}, "65 clauses": make(spectron.Scopes, 65), "17 paths": {make([]string, 17)}, "nil clause": {nil},
	} {
		t.Run(name, func(t *testing.T) {
			isError(t, second(m.Remember(ctx, spectron.RememberRequest{Text: marker, Scopes: scopes})), spectron.ErrInvalid, "Scopes")
			isError(t, second(m.RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: marker}}, Scopes: scopes})), spectron.ErrInvalid, "Scopes")
			isError(t, second(s.Create(ctx, spectron.SessionSpec{Scopes: scopes})), spectron.ErrInvalid, "Scopes")
			isError(t, second(m.Recall(ctx, spectron.RecallRequest{Query: marker, Lens: scopes})), spectron.ErrInvalid, "Lens")
		})
	}
	same(t, scopesListed(t, d.c), before)
	if r := recall(t, d.c, spectron.RecallRequest{Query: marker, Mode: spectron.ModeBM25}); len(r.Hits) > 0 {
		t.Errorf("stored %v", r.Hits)
	}
	// These are valid: other scripts, joiners, slashes around, 32 segments, 512 bytes.
	for in, want := range map[string]string{
		"/org/日本/": "org/日本", "می\u200cخواهم": "می\u200cخواهم", "e\u0301": "é", "user/a@b.example": "user/a@b.example", "Ünï/✓": "Ünï/✓",
		strings.Repeat("a/", 31) + "a": strings.Repeat("a/", 31) + "a", strings.Repeat("b", 512): strings.Repeat("b", 512),
	} {
		r := remember(t, d.c, spectron.RememberRequest{Text: "x", Infer: spectron.InferNone, Scopes: spectron.Scopes{{in}}})
		got, err := d.c.Sessions().Get(ctx, r.SessionID)
		require.NoError(t, err)
		if !reflect.DeepEqual(got.Scopes, spectron.Scopes{{want}}) {
			t.Errorf("%q became %q", in, got.Scopes)
		}
		k := d.mint(t, spectron.KeySpec{Name: fmt.Sprintf("k%.8x", want), Principal: spectron.Agent, ScopeFloor: in})
		if k.ScopeFloor != want || !reflect.DeepEqual(whoAmI(t, d.as(t, k)).EffectiveGrants, over(want+"/*", spectron.MemoryRead, spectron.MemoryWrite)) {
			t.Errorf("a floor of %q became %q", in, k.ScopeFloor)
		}
	}
}

func TestScopesJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]spectron.Scopes{
		`null`: nil, `""`: nil, `[]`: nil, `"/"`: {{"/"}}, `"org/acme/"`: {{"org/acme"}}, ` "/org/acme" `: {{"org/acme"}},
		`["a", "b/"]`: {{"a"}, {"b"}}, `["b", "a", "a"]`: {{"a"}, {"b"}}, `[["b", "a"], ["c"]]`: {{"a", "b"}, {"c"}}, `["c", ["a", "b"]]`: {{"a", "b"}, {"c"}},
		`{"org": "acme"}`: {{"org/acme"}}, `{"org": "acme", "user": "alice"}`: {{"org/acme/user/alice"}}, `{"user": "alice", "org": "acme"}`: {{"user/alice/org/acme"}},
		`[{"org": "acme"}, "team"]`: {{"org/acme"}, {"team"}}, `[[{"org": "acme"}, "team"], {"org": "b"}]`: {{"org/acme", "team"}, {"org/b"}},
		`"e\u0301"`: {{"é"}},
	} {
		var got struct{ Scopes spectron.Scopes }
		require.NoError(t, json.Unmarshal([]byte(`{"Scopes": `+in+`}`), &got), in)
		if !reflect.DeepEqual(got.Scopes, want) {
			t.Errorf("%s: %#v, want %#v", in, got.Scopes, want)
		}
	}
	for in, want := range map[string]spectron.ScopePath{
		`"/"`: "/", `"/org/acme/"`: "org/acme", `{"org": "acme"}`: "org/acme", `{"org": "acme", "user": "alice"}`: "org/acme/user/alice", `{"user": "a", "org": "b"}`: "user/a/org/b",
	} {
		var got struct{ Path spectron.ScopePath }
		require.NoError(t, json.Unmarshal([]byte(`{"Path": `+in+`}`), &got), in)
		if got.Path != want {
			t.Errorf("%s: %q, want %q", in, got.Path, want)
		}
	}
	dimensions := make([]string, 17)
	for i := range dimensions {
		dimensions[i] = fmt.Sprintf(`"d%d": "v"`, i)
	}
	never := []string{ // neither as scopes nor as a path
		`7`, `true`, `{}`, `{"org": 7}`, `{"org": null}`, `{"org": ["a"]}`, `{"org": {"a": "b"}}`, `{"org": ""}`, `{"": "acme"}`, `{"org": "a/b"}`, `{"org/x": "a"}`,
		`{"org": "a", "org": "b"}`, `{"org": ".."}`, `{"org": "*"}`, `{"org": "a b"}`, `"org/*"`, `"a//b"`, `"a\u0000"`, `"\ud800"`, `{` + strings.Join(dimensions, ", ") + `}`,
		`"` + strings.Repeat("a", 513) + `"`, `"` + strings.Repeat("a", 300<<10) + `"`,
	}
	paths := slices.Repeat([]string{`"p"`}, 17)
	clauses := make([]string, 65)
	for i := range clauses {
		clauses[i] = fmt.Sprintf(`"c%d"`, i)
	}
	for _, in := range append(never, `[""]`, `[[]]`, `[["a"], []]`, `[[["a"]]]`, `[null]`, `["a", 7]`, `[[7]]`, `[`+strings.Join(clauses, ",")+`]`, `[[`+strings.Join(paths, ",")+`]]`) {
		got := spectron.Scopes{{"before"}}
		t.Run("scopes "+in[:min(len(in), 40)], func(t *testing.T) {
			isError(t, json.Unmarshal([]byte(in), &got), spectron.ErrInvalid, "Scopes")
			if !reflect.DeepEqual(got, spectron.Scopes{{"before"}}) {
				t.Errorf("changed to %v", got)
			}
		})
	}
	kept := spectron.ScopePath("before")
	if err := json.Unmarshal([]byte("null"), &kept); err != nil || kept != "before" {
		t.Errorf("null: %q, %v", kept, err)
	}
	for _, in := range append(never, `""`, `[]`, `["a"]`) {
		got := spectron.ScopePath("before")
		t.Run("path "+in[:min(len(in), 40)], func(t *testing.T) {
			isError(t, json.Unmarshal([]byte(in), &got), spectron.ErrInvalid, "Path")
			if got != "before" {
				t.Errorf("changed to %q", got)
			}
		})
	}
}

// answers returns the texts of everything that a handle finds for some words, in every mode, including closed facts and past times.
func answers(tb testing.TB, c *spectron.Context, words string, times ...time.Time) []string {
	tb.Helper()
	found := map[string]bool{}
	for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25, spectron.ModeVector} {
		requests := []spectron.RecallRequest{{}, {IncludeClosed: true}}
		for _, at := range times {
			requests = append(requests, spectron.RecallRequest{AsOf: at})
		}
		for _, req := range requests {
			req.Query, req.Mode, req.K, req.IncludeDuplicates = words, mode, 50, true
			r := recall(tb, c, req)
			for _, h := range r.Hits {
				found[h.Text] = true
			}
			for _, e := range r.Seeds {
				found["seed "+e.Name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func mentions(tb testing.TB, list []string, word string, want bool) {
	tb.Helper()
	if got := slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, word) }); got != want {
		tb.Errorf("%s in %q: %v, want %v", word, list, got, want)
	}
}

// TestScopeForget checks that Forget erases the records of a scope and nothing else, also after the store was opened again.
func TestScopeForget(t *testing.T) {
	t.Parallel()
	ctx, path, clock := context.Background(), "file://"+filepath.Join(t.TempDir(), "scopes.db"), spectrontest.NewClock()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	open := func() *spectron.Manager {
		mgr, err := spectron.Open(ctx, path, &spectron.Options{Engine: engine, Clock: clock.Now, Durability: spectron.DurabilityRelaxed})
		require.NoError(t, err)
		return mgr
	}
	mgr := open()
	c := create(t, mgr, "acme", spectron.ContextSpec{})
	d := &desk{mgr, c, clock}
	acme := d.mint(t, spectron.KeySpec{Name: "acme", Principal: spectron.Agent, ScopeFloor: "org/acme"})
	globex := d.mint(t, spectron.KeySpec{Name: "globex", Principal: spectron.Agent, ScopeFloor: "org/globex"})
	put := func(text string, scopes ...[]string) *spectron.Remembered {
		t.Helper()
		clock.Advance(time.Hour)
		return remember(t, c, spectron.RememberRequest{Text: text, Scopes: scopes})
	}
	a, below, g := []string{"org/acme"}, []string{"org/acme/team"}, []string{"org/globex"}
	own := put("My name is Quentin. Quentin lives in Oslo.", a)
	put("Quentin lives in Bergen.", a) // supersedes the earlier value
	deep := put("Ursula works at Umbrella.", below)
	put("Wendy lives in Warsaw.", a, g)                                        // belongs to both scopes
	both := put("Xavier lives in Xanten.", []string{"org/acme", "org/globex"}) // visible to readers of both scopes
	other := put("Zelda lives in Zagreb.", g)
	near := put("Yvonne lives in York.", []string{"org/acme2"})
	// A session with turns in several scopes.
	mixed := put("My name is Valerie. Valerie likes violets.", a)
	remember(t, c, spectron.RememberRequest{Text: "Valerie likes velvet.", SessionID: mixed.SessionID, Scopes: spectron.Scopes{g}})
	remember(t, c, spectron.RememberRequest{Text: "Valerie likes vinegar.", SessionID: mixed.SessionID, Scopes: spectron.Scopes{below}})
	// A live fact of both scopes that meets another one in the scope where it stays.
	put("Tobias lives in Turin.", a, g)
	put("Tobias lives in Toledo.", g)
	// Two facts that get the same slot.
	put("Isabel lives in Izmir.", a, g)
	put("Isabel lives in Ithaca.", below, g)
	times := []time.Time{clock.Now().Add(-8 * time.Hour), clock.Now()}
	const words = "Quentin Oslo Bergen Ursula Umbrella Wendy Warsaw Xavier Xanten Zelda Zagreb Yvonne York Valerie violets velvet vinegar Tobias Turin Toledo Isabel Izmir Ithaca"
	gone := []string{"Quentin", "Oslo", "Bergen", "Ursula", "Umbrella", "Xavier", "Xanten", "violets", "vinegar"}
	stay := []string{"Wendy", "Warsaw", "Zelda", "Zagreb", "Yvonne", "York", "velvet", "Toledo", "Turin", "Izmir", "Ithaca"}
	before := answers(t, c, words, times...)
	for _, w := range append(slices.Clone(gone), stay...) {
		mentions(t, before, w, true)
	}
	at := clock.Advance(time.Hour)

	dry, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "/org/acme/", DryRun: true})
	require.NoError(t, err)
	same(t, answers(t, c, words, times...), before)
	done, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme"})
	require.NoError(t, err)
	sum := 0
	for table, n := range done.ByTable {
		if sum += n; n == 0 {
			t.Errorf("%s: none", table)
		}
	}
	if dry.DryRun = false; !reflect.DeepEqual(dry, done) || !maps.Equal(dry.ByTable, done.ByTable) {
		t.Errorf("counted %+v, erased %+v", dry, done)
	}
	// Turns only of acme: two of Quentin, Ursula, Xavier, two of Valerie. Sessions: all but Valerie's.
	if done.Path != "org/acme" || done.Forgotten != sum || done.ByTable["turn"] != 6 || done.ByTable["session"] != 4 || done.ByTable["memory_chunk"] != 6 || done.Kept == 0 {
		t.Errorf("erased %+v", done)
	}
	check := func() {
		t.Helper()
		after := answers(t, c, words, times...)
		for _, w := range gone {
			mentions(t, after, w, false)
		}
		for _, w := range stay {
			mentions(t, after, w, true)
		}
		if got := answers(t, d.as(t, acme), words, times...); len(got) > 0 {
			t.Errorf("acme still reads %q", got)
		}
		theirs := answers(t, d.as(t, globex), words, times...)
		for _, w := range slices.DeleteFunc(slices.Clone(stay), func(w string) bool { return w[0] == 'Y' }) {
			mentions(t, theirs, w, true)
		}
		// If there were two live values, the one of the remaining scope stays live.
		same(t, known(t, c, "Tobias Isabel", time.Time{}), known(t, d.as(t, globex), "Tobias Isabel", time.Time{}))
		homes := known(t, c, "Tobias Isabel", time.Time{})
		mentions(t, homes, "Toledo", true)
		mentions(t, homes, "Turin", false)
		if len(homes) != 2 {
			t.Errorf("homes %q", homes)
		}
		was := facts(t, c, spectron.RecallRequest{Query: "Tobias lives", AsOf: at.Add(-time.Minute)})
		if !slices.ContainsFunc(was, func(h spectron.Hit) bool { return h.Fact != nil && h.Fact.Value == "Turin" }) {
			t.Errorf("as of then: %+v", was)
		}
		for _, id := range []string{own.SessionID, deep.SessionID, both.SessionID} {
			isError(t, second(c.Sessions().Get(ctx, id)), spectron.ErrNotFound, "SessionID")
			isError(t, second(c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: id})), spectron.ErrNotFound, "SessionID")
			isError(t, second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "x", SessionID: id})), spectron.ErrNotFound, "SessionID")
		}
		for _, id := range []string{other.SessionID, near.SessionID} {
			if got := turns(t, c, id); len(got) != 1 {
				t.Errorf("turns %+v", got)
			}
		}
		// The session stays for the turn that belongs elsewhere. Its speaker is no longer known.
		s, err := c.Sessions().Get(ctx, mixed.SessionID)
		require.NoError(t, err)
		if s.Speaker != "" || !reflect.DeepEqual(s.Scopes, spectron.Scopes{{"org/globex"}}) {
			t.Errorf("%+v", s)
		}
		if got := turns(t, c, mixed.SessionID); len(got) != 1 || got[0].Content != "Valerie likes velvet." {
			t.Errorf("turns %+v", got)
		}
		isError(t, second(d.as(t, acme).Sessions().Get(ctx, mixed.SessionID)), spectron.ErrNotFound, "SessionID")
		// The scopes and grants stay.
		same(t, scopesListed(t, c), []string{"org", "org/acme", "org/acme/team", "org/acme2", "org/globex"})
	}
	check()
	again, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme"})
	require.NoError(t, err)
	if want := (&spectron.ScopeForgotten{Path: "org/acme", ByTable: map[string]int{}}); !reflect.DeepEqual(again, want) {
		t.Errorf("erased again %+v", again)
	}
	require.NoError(t, mgr.Close(ctx))
	mgr = open()
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	d.mgr = mgr
	c, err = mgr.Context(ctx, "acme")
	require.NoError(t, err)
	d.c = c
	check()
	// New writes to the forgotten scope work.
	r := remember(t, d.as(t, acme), spectron.RememberRequest{Text: "Quentin lives in Quito."})
	same(t, known(t, d.as(t, acme), "Quentin", time.Time{}), []string{"Quentin lives in Quito"})
	if len(r.Extraction.Corrections) > 0 {
		t.Errorf("corrects what was forgotten: %+v", r.Extraction.Corrections)
	}
	remember(t, c, spectron.RememberRequest{Text: "Valerie likes vanilla.", SessionID: mixed.SessionID})

	all, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "/"})
	require.NoError(t, err)
	if got := answers(t, c, words, append(times, at)...); len(got) > 0 || all.Kept != 0 || all.Forgotten == 0 {
		t.Errorf("left %q after %+v", got, all)
	}
	isError(t, second(c.Sessions().Get(ctx, mixed.SessionID)), spectron.ErrNotFound, "SessionID")
	tell(t, c, "Bob lives in Oslo.")
	same(t, known(t, c, "Bob", time.Time{}), []string{"Bob lives in Oslo"})
}

// TestScopeForgetNeedsGrant checks that Forget requires memory:forget over the whole subtree, and no other verb.
func TestScopeForgetNeedsGrant(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	remember(t, d.c, spectron.RememberRequest{Text: "Alice works at Acme.", Scopes: spectron.Scopes{{"org/acme/team"}}})
	eraser := d.badge(t, "eraser", over("org/acme/*", spectron.MemoryForget))
	for name, tc := range map[string]struct {
		c    *spectron.Context
		path string
	}{
		"above": {eraser.Context, "org"}, "beside": {eraser.Context, "org/acme2"}, "all": {eraser.Context, "/"},
		"node":   {d.badge(t, "node", over("org/acme", spectron.MemoryForget)).Context, "org/acme"},
		"others": {d.badge(t, "others", over("/*", spectron.MemoryRead, spectron.MemoryWrite, spectron.ScopeDelete, spectron.GrantManage)).Context, "org/acme"},
	} {
		for _, dry := range []bool{true, false} {
			f, err := tc.c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: tc.path, DryRun: dry})
			t.Run(name, func(t *testing.T) { isError(t, err, spectron.ErrForbidden, "Path") })
			if f != nil {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}
	same(t, known(t, d.c, "Alice", time.Time{}), []string{"Alice works at Acme"})
	got, err := eraser.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme/team"})
	require.NoError(t, err)
	if got.Forgotten == 0 || len(answers(t, d.c, "Alice Acme")) > 0 {
		t.Errorf("%+v left %q", got, answers(t, d.c, "Alice Acme"))
	}
	// A tombstoned scope can be forgotten too.
	remember(t, d.c, spectron.RememberRequest{Text: "Bob lives in Oslo.", Scopes: spectron.Scopes{{"org/acme/team"}}})
	require.NoError(t, d.c.Scopes().Tombstone(ctx, "org"))
	if got, err := eraser.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme"}); err != nil || got.ByTable["turn"] != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := d.c.Scopes().Forget(ended, spectron.ScopeForgetRequest{Path: "org"}); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("ended: %v", err)
	}
}
