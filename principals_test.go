package spectron_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func TestPrincipalCreate(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	for kind, want := range map[spectron.PrincipalKind]spectron.PrincipalKind{
		"": spectron.PrincipalUnknown, "unknown": "unknown", "human": "human", "agent": "agent", "service": "service",
	} {
		given := spectron.Grants{
			spectron.MemoryRead:  {"/org/acme/", "org/acme/*", "org/acme/user/alice", "a"},
			spectron.MemoryWrite: {"*"}, spectron.ScopeRead: {},
		}
		p, err := d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "Ünï " + string(kind) + ".", Kind: kind, ExternalID: "x:" + string(kind), Grants: given})
		require.NoError(t, err)
		want := spectron.Principal{
			ID: p.ID, Name: "Ünï " + string(kind) + ".", Kind: want, ExternalID: "x:" + string(kind), CreatedAt: d.clock.Now(),
			Grants: spectron.Grants{spectron.MemoryRead: {"a", "org/acme/*"}, spectron.MemoryWrite: {"/*"}},
		}
		if !reflect.DeepEqual(*p, want) || !strings.HasPrefix(p.ID, "principal:") {
			t.Errorf("made %+v, want %+v", *p, want)
		}
		given[spectron.MemoryRead][0], p.Grants[spectron.MemoryRead][0] = "elsewhere", "elsewhere"
		for _, id := range []string{p.ID, strings.TrimPrefix(p.ID, "principal:")} {
			got, err := d.c.Principals().Get(ctx, id)
			require.NoError(t, err)
			if !reflect.DeepEqual(*got, want) {
				t.Errorf("got %+v, want %+v", *got, want)
			}
		}
	}
	p := d.principal(t, strings.Repeat("n", 128), nil)
	if p.Grants == nil || len(p.Grants) != 0 {
		t.Errorf("no grants are %#v", p.Grants)
	}
}

func TestPrincipalCreateRefuses(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	many := make([]string, 1001)
	for i := range many {
		many[i] = fmt.Sprint("s", i)
	}
	for name, tc := range map[string]struct {
		spec  spectron.PrincipalSpec
		want  *spectron.Error
		field string
	}{
		"no name":              {spectron.PrincipalSpec{}, spectron.ErrInvalid, "Name"},
		"blank name":           {spectron.PrincipalSpec{Name: " "}, spectron.ErrInvalid, "Name"},
		"name with blank":      {spectron.PrincipalSpec{Name: "a "}, spectron.ErrInvalid, "Name"},
		"name with newline":    {spectron.PrincipalSpec{Name: "a\nb"}, spectron.ErrInvalid, "Name"},
		"name with NUL":        {spectron.PrincipalSpec{Name: "a\x00b"}, spectron.ErrInvalid, "Name"},
		"name not UTF-8":       {spectron.PrincipalSpec{Name: "\xff"}, spectron.ErrInvalid, "Name"},
		"name too long":        {spectron.PrincipalSpec{Name: strings.Repeat("n", 129)}, spectron.ErrTooLarge, "Name"},
		"kind":                 {spectron.PrincipalSpec{Name: "a", Kind: "user"}, spectron.ErrInvalid, "Kind"},
		"kind of a preset":     {spectron.PrincipalSpec{Name: "a", Kind: "supervisor"}, spectron.ErrInvalid, "Kind"},
		"external id long":     {spectron.PrincipalSpec{Name: "a", ExternalID: strings.Repeat("x", 513)}, spectron.ErrTooLarge, "ExternalID"},
		"external id blank":    {spectron.PrincipalSpec{Name: "a", ExternalID: " "}, spectron.ErrInvalid, "ExternalID"},
		"external id bytes":    {spectron.PrincipalSpec{Name: "a", ExternalID: "\xff"}, spectron.ErrInvalid, "ExternalID"},
		"unknown verb":         {spectron.PrincipalSpec{Name: "a", Grants: over("a", "memory:admin")}, spectron.ErrInvalid, "Grants"},
		"flat verb":            {spectron.PrincipalSpec{Name: "a", Grants: over("a", "read")}, spectron.ErrInvalid, "Grants"},
		"verb in upper case":   {spectron.PrincipalSpec{Name: "a", Grants: over("a", "Memory:Read")}, spectron.ErrInvalid, "Grants"},
		"pattern":              {spectron.PrincipalSpec{Name: "a", Grants: over("a/*/b", spectron.MemoryRead)}, spectron.ErrInvalid, "Grants"},
		"empty pattern":        {spectron.PrincipalSpec{Name: "a", Grants: over("", spectron.MemoryRead)}, spectron.ErrInvalid, "Grants"},
		"too many patterns":    {spectron.PrincipalSpec{Name: "a", Grants: spectron.Grants{spectron.MemoryRead: many}}, spectron.ErrTooLarge, "Grants"},
		"system":               {spectron.PrincipalSpec{Name: "system"}, spectron.ErrAlreadyExists, "Name"},
		"admin":                {spectron.PrincipalSpec{Name: "admin"}, spectron.ErrAlreadyExists, "Name"},
		"system, external one": {spectron.PrincipalSpec{Name: "system", ExternalID: "x"}, spectron.ErrAlreadyExists, "Name"},
	} {
		p, err := d.c.Principals().Create(ctx, tc.spec)
		t.Run(name, func(t *testing.T) { isError(t, err, tc.want, tc.field) })
		if p != nil {
			t.Errorf("%s: a principal beside the error", name)
		}
	}
	page, err := d.c.Principals().List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 2 {
		t.Errorf("refused ones are there: %+v", page.Items)
	}
}

func TestPrincipalCreateOrGet(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	spec := spectron.PrincipalSpec{Name: "alice", Kind: spectron.PrincipalHuman, ExternalID: "okta:00u1", Grants: over("org/*", spectron.MemoryRead)}
	first, err := d.c.Principals().Create(ctx, spec)
	require.NoError(t, err)
	taken := d.principal(t, "bob", nil)
	d.clock.Advance(time.Hour)
	for name, s := range map[string]spectron.PrincipalSpec{
		"the same": spec, "name and grants": {Name: "eve", ExternalID: spec.ExternalID, Grants: over("/*")},
		"kind": {Name: "alice", Kind: spectron.PrincipalAgent, ExternalID: spec.ExternalID}, "another's name": {Name: taken.Name, ExternalID: spec.ExternalID},
	} {
		got, err := d.c.Principals().Create(ctx, s)
		require.NoError(t, err)
		if !reflect.DeepEqual(got, first) {
			t.Errorf("%s: %+v, want %+v", name, got, first)
		}
	}
	// Only the whole external id finds it.
	for _, id := range []string{"okta:00U1", "okta:00u1/", "okta:00u"} {
		p, err := d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "of " + id, ExternalID: id})
		require.NoError(t, err)
		if p.ID == first.ID {
			t.Errorf("%q gives that of %q", id, spec.ExternalID)
		}
	}
	isError(t, second(d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "alice", ExternalID: "okta:00u2"})), spectron.ErrAlreadyExists, "Name")
	isError(t, second(d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "alice"})), spectron.ErrAlreadyExists, "Name")
	require.NoError(t, d.c.Principals().Delete(ctx, first.ID))
	again, err := d.c.Principals().Create(ctx, spec)
	require.NoError(t, err)
	if again.ID == first.ID || !again.CreatedAt.Equal(d.clock.Now()) {
		t.Errorf("a deleted one came back: %+v", again)
	}
}

func TestPrincipalNames(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	p := d.c.Principals()
	alice, bob := d.principal(t, "alice", nil), d.principal(t, "bob", nil)
	d.principal(t, "Alice", nil) // names are case-sensitive
	rename := func(id string, patch spectron.PrincipalPatch) error { return second(p.Rename(ctx, id, patch)) }
	for id, names := range map[string][]string{bob.ID: {"alice", "admin", "system"}, "admin": {"alice", "system"}} {
		for _, name := range names {
			isError(t, rename(id, spectron.PrincipalPatch{Name: name}), spectron.ErrAlreadyExists, "Name")
		}
	}
	got, err := p.Rename(ctx, strings.TrimPrefix(alice.ID, "principal:"), spectron.PrincipalPatch{Name: "carol", Kind: spectron.PrincipalHuman})
	require.NoError(t, err)
	alice.Name, alice.Kind = "carol", spectron.PrincipalHuman
	if !reflect.DeepEqual(got, alice) {
		t.Errorf("renamed %+v, want %+v", got, alice)
	}
	for _, patch := range []spectron.PrincipalPatch{{}, {Name: "carol"}, {Kind: spectron.PrincipalHuman}} { // no change
		got, err := p.Rename(ctx, alice.ID, patch)
		require.NoError(t, err)
		if !reflect.DeepEqual(got, alice) {
			t.Errorf("%+v: %+v", patch, got)
		}
	}
	d.principal(t, "alice", nil) // the name is free
	isError(t, rename(alice.ID, spectron.PrincipalPatch{Name: "x\ny"}), spectron.ErrInvalid, "Name")
	isError(t, rename(alice.ID, spectron.PrincipalPatch{Name: strings.Repeat("n", 129)}), spectron.ErrTooLarge, "Name")
	isError(t, rename(alice.ID, spectron.PrincipalPatch{Kind: "robot"}), spectron.ErrInvalid, "Kind")
	isError(t, rename("none", spectron.PrincipalPatch{Name: "x"}), spectron.ErrNotFound, "id")

	// Even if admin is renamed, no other principal can get the name "admin".
	admin, err := p.Rename(ctx, "principal:admin", spectron.PrincipalPatch{Name: "root", Kind: spectron.PrincipalHuman})
	require.NoError(t, err)
	if want := (spectron.Principal{ID: "principal:admin", Name: "root", Kind: spectron.PrincipalHuman, Grants: over("/*")}); !reflect.DeepEqual(*admin, want) {
		t.Errorf("%+v, want %+v", *admin, want)
	}
	isError(t, second(p.Create(ctx, spectron.PrincipalSpec{Name: "admin"})), spectron.ErrAlreadyExists, "Name")
	isError(t, rename(alice.ID, spectron.PrincipalPatch{Name: "admin"}), spectron.ErrAlreadyExists, "Name")
	isError(t, second(p.Create(ctx, spectron.PrincipalSpec{Name: "root"})), spectron.ErrAlreadyExists, "Name")
	isError(t, second(p.Create(ctx, spectron.PrincipalSpec{Name: "system"})), spectron.ErrAlreadyExists, "Name")
	if got := whoAmI(t, d.as(t, d.mint(t, spectron.KeySpec{Name: "k", PrincipalID: "admin"}))); got.Name != "root" {
		t.Errorf("a key of admin is %+v", got)
	}
	if got := whoAmI(t, d.c); got.Name != "root" {
		t.Errorf("the operator is %+v", got)
	}
	require.NoError(t, rename("admin", spectron.PrincipalPatch{Name: "admin"}))
}

func TestPrincipalList(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	n := 0
	// Ids before, between and after those of admin and system.
	ids := func() string { n++; return fmt.Sprintf("%c%06d", "0aabnssztz"[min(n/6, 9)], n) }
	c := spectrontest.Context(t, &spectron.Options{NewID: ids})
	ctx := context.Background()
	want := []string{"principal:admin", "principal:system"}
	for i := range 14 {
		p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: fmt.Sprint("p", i), Grants: over("org/*", spectron.MemoryRead)})
		require.NoError(t, err)
		want = append(want, p.ID)
		check := slices.Sorted(slices.Values(want))
		if i%7 == 0 || i == 13 {
			listsPrincipals(t, c, check)
		}
	}
	_, err := c.Principals().Rename(ctx, "admin", spectron.PrincipalPatch{Name: "root"})
	require.NoError(t, err)
	slices.Sort(want)
	listsPrincipals(t, c, want)
	if want[0] == "principal:admin" || want[len(want)-1] == "principal:system" || slices.Index(want, "principal:system")-slices.Index(want, "principal:admin") < 2 {
		t.Fatalf("the ids do not lie around the built-in ones: %v", want)
	}
	for cursor, want := range map[string]string{"admin": want[slices.Index(want, "principal:admin")+1], "principal:adm": "principal:admin", "sys": "principal:system"} {
		page, err := c.Principals().List(ctx, spectron.PageRequest{Cursor: cursor, Limit: 1})
		require.NoError(t, err)
		if len(page.Items) != 1 || page.Items[0].ID != want {
			t.Errorf("after %q: %+v, want %s", cursor, page.Items, want)
		}
	}
	isError(t, second(c.Principals().List(ctx, spectron.PageRequest{Limit: -1})), spectron.ErrInvalid, "Limit")
	isError(t, second(c.Principals().List(ctx, spectron.PageRequest{Limit: 1001})), spectron.ErrInvalid, "Limit")
	isError(t, second(c.Principals().List(ctx, spectron.PageRequest{Cursor: strings.Repeat("x", 600), Limit: 1})), spectron.ErrTooLarge, "Cursor")
	isError(t, second(c.Principals().List(ctx, spectron.PageRequest{Cursor: "\xff", Limit: 1})), spectron.ErrInvalid, "Cursor")
}

func listsPrincipals(t *testing.T, c *spectron.Context, want []string) {
	t.Helper()
	for limit := range len(want) + 2 {
		var got []string
		for cursor, more := "", true; more; {
			page, err := c.Principals().List(context.Background(), spectron.PageRequest{Cursor: cursor, Limit: limit})
			require.NoError(t, err)
			for _, p := range page.Items {
				got = append(got, p.ID)
			}
			if more = page.HasMore; more != (page.NextCursor != "") || more && len(page.Items) != limit || len(got) > len(want) {
				t.Fatalf("limit %d: %+v", limit, page)
			}
			cursor = page.NextCursor
		}
		same(t, got, want)
	}
}

func TestPrincipalDelete(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/acme/*"))
	narrow := d.mint(t, spectron.KeySpec{Name: "narrow", PrincipalID: alice.who.ID, Grants: over("org/acme", spectron.MemoryRead)})
	own, err := alice.Keys().Create(ctx, spectron.KeySpec{Name: "own"})
	require.NoError(t, err)
	bob := d.badge(t, "bob", over("org/acme/*"))
	handles := []*spectron.Context{alice.Context, d.as(t, narrow), d.as(t, own)}
	tell(t, alice.Context, "Alice works at Acme.")
	require.NoError(t, d.c.Principals().Delete(ctx, alice.who.ID))
	for _, c := range handles {
		isDead(t, c)
	}
	for _, k := range []*spectron.Key{alice.key, narrow, own} {
		isError(t, second(d.mgr.Authenticate(ctx, k.Secret)), spectron.ErrUnauthenticated, "")
		isError(t, second(d.c.Keys().Get(ctx, k.ID)), spectron.ErrNotFound, "id")
	}
	isError(t, d.c.Principals().Delete(ctx, alice.who.ID), spectron.ErrNotFound, "id")
	isError(t, second(d.c.Principals().Get(ctx, alice.who.ID)), spectron.ErrNotFound, "id")
	isError(t, second(d.c.Principals().Effective(ctx, alice.who.ID, spectron.EffectiveRequest{Path: "org"})), spectron.ErrNotFound, "id")
	isError(t, second(d.c.Principals().Grant(ctx, alice.who.ID, spectron.GrantRequest{Path: "org", Verbs: spectron.Verbs()})), spectron.ErrNotFound, "id")
	isError(t, second(d.c.Keys().Create(ctx, spectron.KeySpec{Name: "k", PrincipalID: alice.who.ID})), spectron.ErrNotFound, "PrincipalID")
	// What it remembered stays. A new principal with the same name is another one.
	same(t, known(t, bob.Context, "Alice", time.Time{}), []string{"Alice works at Acme"})
	again := d.badge(t, "alice", nil)
	if again.who.ID == alice.who.ID || len(whoAmI(t, again.Context).EffectiveGrants) > 0 {
		t.Errorf("another alice has %+v", whoAmI(t, again.Context))
	}
	isDead(t, alice.Context)
	// A principal can delete itself, as its last call.
	boss := d.badge(t, "boss", over("/*"))
	require.NoError(t, boss.Principals().Delete(ctx, boss.who.ID))
	isDead(t, boss.Context)
}

// TestPrincipalOddIDs checks that any id without a principal is not found, also an unusual one.
func TestPrincipalOddIDs(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	p, read := d.c.Principals(), []spectron.Verb{spectron.MemoryRead}
	calls := func(id string) map[string]error {
		return map[string]error{
			"get": second(p.Get(ctx, id)), "rename": second(p.Rename(ctx, id, spectron.PrincipalPatch{Name: "x"})), "delete": p.Delete(ctx, id),
			"grant":     second(p.Grant(ctx, id, spectron.GrantRequest{Path: "a", Verbs: read})),
			"revoke":    second(p.Revoke(ctx, id, spectron.GrantRequest{Path: "a", Verbs: read})),
			"effective": second(p.Effective(ctx, id, spectron.EffectiveRequest{Path: "a"})),
		}
	}
	session := tell(t, d.c, "Alice works at Acme.").SessionID
	for _, id := range []string{"none", "principal:none", "", " ", "principal:", "principal:principal:admin", session, "turn:1", "`", "⟨x⟩", "Admin", "a b'\""} {
		for name, err := range calls(id) {
			t.Run(name+" "+id, func(t *testing.T) { isError(t, err, spectron.ErrNotFound, "id") })
		}
	}
	for id, want := range map[string]*spectron.Error{"\xff": spectron.ErrInvalid, "a\x00": spectron.ErrInvalid, strings.Repeat("x", 10<<20): spectron.ErrTooLarge} {
		for name, err := range calls(id) {
			t.Run(name, func(t *testing.T) { isError(t, err, want, "id") })
		}
	}
}

func TestReservedPrincipals(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	p := d.c.Principals()
	for _, id := range []string{"system", "principal:system"} {
		isError(t, second(p.Rename(ctx, id, spectron.PrincipalPatch{Name: "x"})), spectron.ErrForbidden, "id")
		isError(t, second(p.Rename(ctx, id, spectron.PrincipalPatch{})), spectron.ErrForbidden, "id")
		isError(t, second(p.Grant(ctx, id, spectron.GrantRequest{Path: "a", Verbs: spectron.Verbs()})), spectron.ErrForbidden, "id")
		isError(t, second(p.Revoke(ctx, id, spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()})), spectron.ErrForbidden, "id")
		isError(t, p.Delete(ctx, id), spectron.ErrForbidden, "id")
		isError(t, second(d.c.Keys().Create(ctx, spectron.KeySpec{Name: "k", PrincipalID: id})), spectron.ErrNotFound, "PrincipalID")
		got, err := p.Get(ctx, id)
		require.NoError(t, err)
		if want := (spectron.Principal{ID: "principal:system", Name: "system", Kind: spectron.PrincipalService, Grants: over("/*")}); !reflect.DeepEqual(*got, want) {
			t.Errorf("%+v, want %+v", *got, want)
		}
	}
	isError(t, p.Delete(ctx, "admin"), spectron.ErrForbidden, "id")
	isError(t, p.Delete(ctx, "principal:admin"), spectron.ErrForbidden, "id")
	// Admin's keys have what admin has left; the operator does not depend on it.
	key := d.as(t, d.mint(t, spectron.KeySpec{Name: "k", PrincipalID: "admin"}))
	got, err := p.Revoke(ctx, "admin", spectron.GrantRequest{Path: "/*", Verbs: []spectron.Verb{spectron.MemoryRead, spectron.GrantManage}})
	require.NoError(t, err)
	left := over("/*", spectron.MemoryWrite, spectron.MemoryForget, spectron.ScopeRead, spectron.ScopeCreate, spectron.ScopeDelete)
	if !reflect.DeepEqual(got.Grants, left) || !reflect.DeepEqual(whoAmI(t, key).EffectiveGrants, left) {
		t.Errorf("admin has %v, its key %v", got.Grants, whoAmI(t, key).EffectiveGrants)
	}
	isError(t, second(key.Principals().Grant(ctx, "admin", spectron.GrantRequest{Path: "/*", Verbs: []spectron.Verb{spectron.MemoryRead}})), spectron.ErrForbidden, "Path")
	if who := whoAmI(t, d.c); !reflect.DeepEqual(who.EffectiveGrants, over("/*")) {
		t.Errorf("the operator has %v", who.EffectiveGrants)
	}
	_, err = p.Grant(ctx, "admin", spectron.GrantRequest{Path: "*", Verbs: []spectron.Verb{spectron.GrantManage}})
	require.NoError(t, err)
	isError(t, second(key.Principals().Grant(ctx, "admin", spectron.GrantRequest{Path: "/*", Verbs: []spectron.Verb{spectron.MemoryWrite}})), spectron.ErrForbidden, "id")
	isError(t, second(key.Principals().Revoke(ctx, "admin", spectron.GrantRequest{Path: "/*", Verbs: []spectron.Verb{spectron.MemoryWrite}})), spectron.ErrForbidden, "id")
	isError(t, second(key.Principals().Rename(ctx, "admin", spectron.PrincipalPatch{Name: "old"})), spectron.ErrForbidden, "id")
	isError(t, second(key.Principals().Create(ctx, spectron.PrincipalSpec{Name: "eve", ExternalID: "okta:ceo"})), spectron.ErrForbidden, "ExternalID")
}

func TestGrantAndRevoke(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	p := d.c.Principals()
	alice := d.badge(t, "alice", nil)
	read, write := spectron.MemoryRead, spectron.MemoryWrite
	steps := []struct {
		revoke bool
		path   string
		verbs  []spectron.Verb
		want   spectron.Grants
	}{
		{false, "/org/acme/", []spectron.Verb{read, write, read}, spectron.Grants{read: {"org/acme"}, write: {"org/acme"}}},
		{false, "org/acme", []spectron.Verb{read}, spectron.Grants{read: {"org/acme"}, write: {"org/acme"}}}, // idempotent
		{false, "org/acme/user/*", []spectron.Verb{read}, spectron.Grants{read: {"org/acme", "org/acme/user/*"}, write: {"org/acme"}}},
		{false, "org/acme/user/alice", []spectron.Verb{read}, spectron.Grants{read: {"org/acme", "org/acme/user/*"}, write: {"org/acme"}}},
		{false, "org/*", []spectron.Verb{read}, spectron.Grants{read: {"org/*"}, write: {"org/acme"}}},
		{true, "team", []spectron.Verb{read, write}, spectron.Grants{read: {"org/*"}, write: {"org/acme"}}}, // which it does not hold
		{true, "org/acme/*", []spectron.Verb{write}, spectron.Grants{read: {"org/*"}}},                      // a wider one takes it away too
		{true, "/*", []spectron.Verb{read, write}, spectron.Grants{}},
		{false, "/", []spectron.Verb{read}, spectron.Grants{read: {"/"}}}, // the root alone
	}
	for i, s := range steps {
		change := p.Grant
		if s.revoke {
			change = p.Revoke
		}
		got, err := change(ctx, alice.who.ID, spectron.GrantRequest{Path: s.path, Verbs: s.verbs})
		require.NoError(t, err, "step %d", i)
		again, err := p.Get(ctx, alice.who.ID)
		require.NoError(t, err)
		if !reflect.DeepEqual(got.Grants, s.want) || !reflect.DeepEqual(again, got) || !reflect.DeepEqual(whoAmI(t, alice.Context).EffectiveGrants, s.want) {
			t.Errorf("step %d: %v, %v and its key %v; want %v", i, got.Grants, again.Grants, whoAmI(t, alice.Context).EffectiveGrants, s.want)
		}
	}
	_, err := p.Grant(ctx, alice.who.ID, spectron.GrantRequest{Path: "org/*", Verbs: []spectron.Verb{read, write}})
	require.NoError(t, err)
	before, err := p.Get(ctx, alice.who.ID)
	require.NoError(t, err)
	for _, path := range []string{"org", "org/acme", "org/acme/*"} {
		_, err := p.Revoke(ctx, alice.who.ID, spectron.GrantRequest{Path: path, Verbs: []spectron.Verb{read}})
		isError(t, err, spectron.ErrConflict, "Path")
		var e *spectron.Error
		if errors.As(err, &e) && !strings.Contains(e.Detail, `org/*`) { // what to revoke instead
			t.Errorf("%s: %q gives no advice", path, e.Detail)
		}
	}
	for name, tc := range map[string]struct {
		req   spectron.GrantRequest
		field string
		want  *spectron.Error
	}{
		"no path":     {spectron.GrantRequest{Verbs: spectron.Verbs()}, "Path", spectron.ErrInvalid},
		"pattern":     {spectron.GrantRequest{Path: "a*", Verbs: spectron.Verbs()}, "Path", spectron.ErrInvalid},
		"no verbs":    {spectron.GrantRequest{Path: "a"}, "Verbs", spectron.ErrInvalid},
		"flat verb":   {spectron.GrantRequest{Path: "a", Verbs: []spectron.Verb{read, "write"}}, "Verbs[1]", spectron.ErrInvalid},
		"no verb":     {spectron.GrantRequest{Path: "a", Verbs: []spectron.Verb{""}}, "Verbs[0]", spectron.ErrInvalid},
		"10 MB verb":  {spectron.GrantRequest{Path: "a", Verbs: []spectron.Verb{spectron.Verb(strings.Repeat("v", 10<<20))}}, "Verbs[0]", spectron.ErrInvalid},
		"eight verbs": {spectron.GrantRequest{Path: "a", Verbs: append(spectron.Verbs(), read)}, "Verbs", spectron.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			isError(t, second(p.Grant(ctx, alice.who.ID, tc.req)), tc.want, tc.field)
			isError(t, second(p.Revoke(ctx, alice.who.ID, tc.req)), tc.want, tc.field)
		})
	}
	if after, err := p.Get(ctx, alice.who.ID); err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("refused changes changed %+v to %+v, %v", before, after, err)
	}
}

func TestGrantsHaveALimit(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	full := spectron.Grants{}
	for i := range 1000 {
		v := spectron.Verbs()[i%7]
		full[v] = append(full[v], fmt.Sprintf("s%04d", i))
	}
	boss := d.principal(t, "boss", full)
	grant := func(path string, verbs ...spectron.Verb) error {
		return second(d.c.Principals().Grant(ctx, boss.ID, spectron.GrantRequest{Path: path, Verbs: verbs}))
	}
	isError(t, grant("one-more", spectron.MemoryRead), spectron.ErrTooLarge, "Path")
	require.NoError(t, grant("s0000", spectron.MemoryRead)) // held already
	require.NoError(t, grant("/*", spectron.MemoryRead))    // takes the place of many
	require.NoError(t, grant("one-more", spectron.MemoryWrite))
}

// One can pass on what one has oneself, where one may manage grants.
func TestGrantAttenuates(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	read, write, manage := spectron.MemoryRead, spectron.MemoryWrite, spectron.GrantManage
	manager := d.badge(t, "manager", spectron.Grants{
		manage: {"org/acme/*", "team"}, read: {"org/acme/*", "elsewhere/*", "team/*"}, write: {"org/acme/user/*"},
	})
	boss := d.badge(t, "boss", spectron.Grants{manage: {"/*"}, read: {"org/*"}})
	alice := d.principal(t, "alice", over("org/acme/user/alice", write))
	for _, tc := range []struct {
		path  string
		verbs []spectron.Verb
		field string // "": it may
	}{
		{"org/acme/*", []spectron.Verb{read}, ""},
		{"org/acme", []spectron.Verb{read}, ""},
		{"org/acme/user/*", []spectron.Verb{read, write}, ""},
		{"org/acme/user/bob/*", []spectron.Verb{write, manage}, ""},
		{"team", []spectron.Verb{manage, read}, ""},
		{"org/acme/*", []spectron.Verb{read, write}, "Verbs"},
		{"org/acme", []spectron.Verb{write}, "Verbs"},
		{"org/acme/user", []spectron.Verb{spectron.MemoryForget}, "Verbs"},
		{"elsewhere/*", []spectron.Verb{read}, "Path"},
		{"org/*", []spectron.Verb{read}, "Path"},
		{"team/*", []spectron.Verb{read}, "Path"},
		{"team/a", []spectron.Verb{read}, "Path"},
		{"/*", []spectron.Verb{read}, "Path"},
		{"/", []spectron.Verb{read}, "Path"},
		{"org/acme2", []spectron.Verb{read}, "Path"},
	} {
		err := second(manager.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: tc.path, Verbs: tc.verbs}))
		if tc.field == "" {
			require.NoError(t, err, "%+v", tc)
			continue
		}
		isError(t, err, spectron.ErrForbidden, tc.field)
	}
	// To oneself neither.
	isError(t, second(manager.Principals().Grant(ctx, manager.who.ID, spectron.GrantRequest{Path: "org/acme/*", Verbs: []spectron.Verb{write}})), spectron.ErrForbidden, "Verbs")
	// Taking away needs no more than grant:manage.
	got, err := manager.Principals().Revoke(ctx, alice.ID, spectron.GrantRequest{Path: "org/acme/*", Verbs: spectron.Verbs()})
	require.NoError(t, err)
	if len(got.Grants[write]) != 0 {
		t.Errorf("left %v", got.Grants)
	}
	isError(t, second(manager.Principals().Revoke(ctx, alice.ID, spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()})), spectron.ErrForbidden, "Path")

	// A key that was narrowed passes on what is left to it.
	narrow := d.as(t, d.mint(t, spectron.KeySpec{Name: "narrow", PrincipalID: boss.who.ID, Grants: spectron.Grants{manage: {"/*"}, read: {"org/acme"}}}))
	isError(t, second(narrow.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: "org/*", Verbs: []spectron.Verb{read}})), spectron.ErrForbidden, "Verbs")
	isError(t, second(narrow.Principals().Create(ctx, spectron.PrincipalSpec{Name: "x", Grants: over("org/acme/*", read)})), spectron.ErrForbidden, "Grants")
	isError(t, second(boss.Principals().Create(ctx, spectron.PrincipalSpec{Name: "x", Grants: over("/*", read)})), spectron.ErrForbidden, "Grants")
	isError(t, second(boss.Principals().Create(ctx, spectron.PrincipalSpec{Name: "x", Grants: over("org", spectron.MemoryWrite)})), spectron.ErrForbidden, "Grants")
	_, err = narrow.Principals().Create(ctx, spectron.PrincipalSpec{Name: "x", Grants: spectron.Grants{read: {"org/acme"}, manage: {"/*"}}})
	require.NoError(t, err)
	// Nor does acting for somebody give more.
	delegate, err := boss.OnBehalfOf(ctx, d.principal(t, "delegator", spectron.Grants{manage: {"/*"}, read: {"org/acme"}}).ID)
	require.NoError(t, err)
	isError(t, second(delegate.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: "org/*", Verbs: []spectron.Verb{read}})), spectron.ErrForbidden, "Verbs")
	// Management keys hold no memory verbs, and grant them.
	mk, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	managed, err := d.mgr.AuthenticateManager(ctx, mk.Secret)
	require.NoError(t, err)
	console, err := managed.Context(ctx, "acme")
	require.NoError(t, err)
	_, err = console.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()})
	require.NoError(t, err)
}

func TestEffective(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	p := d.c.Principals()
	effective := func(id, path string, asOf time.Time) []spectron.Verb {
		t.Helper()
		got, err := p.Effective(ctx, id, spectron.EffectiveRequest{Path: path, AsOf: asOf})
		require.NoError(t, err)
		if canonical := strings.Trim(path, "/"); got.Path != canonical && path != "/" || !got.AsOf.Equal(asOf) || got.Verbs == nil {
			t.Errorf("%q as of %v: %+v", path, asOf, got)
		}
		return got.Verbs
	}
	read, write := spectron.MemoryRead, spectron.MemoryWrite
	none, both := []spectron.Verb{}, []spectron.Verb{read, write}
	start := d.clock.Now()
	d.clock.Advance(time.Hour)
	alice, err := p.Create(ctx, spectron.PrincipalSpec{Name: "alice", Grants: spectron.Grants{read: {"org/acme/*"}, write: {"org/acme"}}})
	require.NoError(t, err)
	for path, want := range map[string][]spectron.Verb{
		"/org/acme/": both, "org/acme/user": {read}, "org": none, "/": none, "org/acme2": none, "none/of/them": none,
	} {
		if got := effective(alice.ID, path, time.Time{}); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	made := d.clock.Now()
	granted := d.clock.Advance(time.Hour)
	_, err = p.Grant(ctx, alice.ID, spectron.GrantRequest{Path: "org/acme/user", Verbs: []spectron.Verb{write}})
	require.NoError(t, err)
	_, err = p.Rename(ctx, alice.ID, spectron.PrincipalPatch{Name: "carol"})
	require.NoError(t, err)
	revoked := d.clock.Advance(time.Hour)
	_, err = p.Revoke(ctx, alice.ID, spectron.GrantRequest{Path: "org/acme/*", Verbs: []spectron.Verb{read}})
	require.NoError(t, err)
	// Twice within one tick of the clock: the last one counts.
	_, err = p.Grant(ctx, alice.ID, spectron.GrantRequest{Path: "org/acme/user", Verbs: []spectron.Verb{spectron.ScopeRead}})
	require.NoError(t, err)
	d.clock.Advance(time.Hour)
	last := []spectron.Verb{write, spectron.ScopeRead}
	for _, tc := range []struct {
		at   time.Time
		want []spectron.Verb
	}{
		{start, none}, {made.Add(-time.Nanosecond), none}, {made, []spectron.Verb{read}}, {granted.Add(-time.Nanosecond), []spectron.Verb{read}},
		{granted, both}, {granted.Add(time.Minute), both}, {revoked.Add(-time.Nanosecond), both}, {revoked, last}, {d.clock.Now(), last}, {time.Time{}, last},
		{time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), none}, {time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), last},
		{granted.In(time.FixedZone("east", 9*3600)), both},
	} {
		if got := effective(alice.ID, "org/acme/user", tc.at); !slices.Equal(got, tc.want) {
			t.Errorf("as of %v: %v, want %v", tc.at, got, tc.want)
		}
	}
	// The built-in ones before and after their first change.
	changed := d.clock.Now()
	_, err = p.Rename(ctx, "admin", spectron.PrincipalPatch{Name: "root"})
	require.NoError(t, err)
	_, err = p.Revoke(ctx, "admin", spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()[1:]})
	require.NoError(t, err)
	for _, id := range []string{"admin", "system"} {
		for _, at := range []time.Time{start, changed.Add(-time.Nanosecond), changed, {}} {
			want := spectron.Verbs()
			if id == "admin" && !at.Equal(start) && (at.IsZero() || !at.Before(changed)) {
				want = want[:1]
			}
			if got := effective(id, "/", at); !slices.Equal(got, want) {
				t.Errorf("%s as of %v: %v, want %v", id, at, got, want)
			}
		}
	}
	for name, req := range map[string]spectron.EffectiveRequest{"empty": {}, "pattern": {Path: "org/*"}, "//": {Path: "org//acme"}} {
		t.Run(name, func(t *testing.T) { isError(t, second(p.Effective(ctx, alice.ID, req)), spectron.ErrInvalid, "Path") })
	}
	isError(t, second(p.Effective(ctx, alice.ID, spectron.EffectiveRequest{Path: "org", AsOf: time.Date(30000, 1, 1, 0, 0, 0, 0, time.UTC)})), spectron.ErrInvalid, "AsOf")
	isError(t, second(p.Effective(ctx, "none", spectron.EffectiveRequest{Path: "org"})), spectron.ErrNotFound, "id")
}

// Who manages the grants of a part of the scopes sees who holds something there, what it holds there, and nothing else.
func TestPartialManagers(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	read, write := spectron.MemoryRead, spectron.MemoryWrite
	manager := d.badge(t, "manager", spectron.Grants{spectron.GrantManage: {"org/acme/*"}, read: {"org/*"}})
	made := func(name string, grants spectron.Grants) *spectron.Principal {
		p, err := d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: name, Kind: spectron.PrincipalHuman, ExternalID: "hr:" + name, Subject: name, Grants: grants})
		require.NoError(t, err)
		return p
	}
	inside := made("inside", spectron.Grants{read: {"org/acme/user/*"}, write: {"elsewhere", "org/acme/user/inside"}})
	above := made("above", over("org/*", read))
	outside := made("outside", spectron.Grants{read: {"org/globex/*", "org"}, write: {"team/*"}})
	nothing := made("nothing", nil)
	want := map[string]spectron.Grants{
		"principal:admin": over("org/acme/*"), "principal:system": over("org/acme/*"),
		manager.who.ID: {spectron.GrantManage: {"org/acme/*"}, read: {"org/acme/*"}},
		inside.ID:      {read: {"org/acme/user/*"}, write: {"org/acme/user/inside"}},
		above.ID:       over("org/acme/*", read),
	}
	names := map[string]string{
		"principal:admin": "admin", "principal:system": "system", manager.who.ID: "manager", inside.ID: "inside", above.ID: "above",
	}
	mine := manager.Principals()
	for limit := range 7 {
		seen := map[string]spectron.Grants{}
		for cursor, more := "", true; more; {
			page, err := mine.List(ctx, spectron.PageRequest{Cursor: cursor, Limit: limit})
			require.NoError(t, err)
			for _, p := range page.Items {
				seen[p.ID] = p.Grants
				if p.Name != names[p.ID] || p.ExternalID+p.Subject != "" {
					t.Errorf("sees %+v", p)
				}
			}
			if more = page.HasMore; more != (page.NextCursor != "") || more && len(page.Items) != limit || len(seen) > len(want) {
				t.Fatalf("limit %d: %+v", limit, page)
			}
			cursor = page.NextCursor
		}
		if !reflect.DeepEqual(seen, want) {
			t.Errorf("limit %d: sees %v, want %v", limit, seen, want)
		}
	}
	for id, grants := range want {
		p, err := mine.Get(ctx, id)
		require.NoError(t, err)
		if !reflect.DeepEqual(p.Grants, grants) || p.ExternalID+p.Subject != "" {
			t.Errorf("%s: %+v, want %v", id, p, grants)
		}
	}
	effective := spectron.EffectiveRequest{Path: "org/acme/user/x"}
	for _, p := range []*spectron.Principal{outside, nothing, {ID: "none"}} {
		isError(t, second(mine.Get(ctx, p.ID)), spectron.ErrNotFound, "id")
		isError(t, second(mine.Effective(ctx, p.ID, effective)), spectron.ErrNotFound, "id")
		// Taking nothing away from somebody who is not there does not say who that is.
		isError(t, second(mine.Revoke(ctx, p.ID, spectron.GrantRequest{Path: "org/acme/*", Verbs: []spectron.Verb{read}})), spectron.ErrNotFound, "id")
	}
	got, err := mine.Effective(ctx, above.ID, effective)
	require.NoError(t, err)
	if !slices.Equal(got.Verbs, []spectron.Verb{read}) {
		t.Errorf("%+v", got)
	}
	isError(t, second(mine.Effective(ctx, above.ID, spectron.EffectiveRequest{Path: "org"})), spectron.ErrForbidden, "Path")
	isError(t, second(mine.Create(ctx, spectron.PrincipalSpec{Name: "x"})), spectron.ErrForbidden, "")
	isError(t, second(mine.Rename(ctx, inside.ID, spectron.PrincipalPatch{Name: "x"})), spectron.ErrForbidden, "")
	isError(t, mine.Delete(ctx, inside.ID), spectron.ErrForbidden, "")
	isError(t, second(manager.Events(ctx, spectron.EventQuery{})), spectron.ErrForbidden, "")

	// What lies outside does not show in what a change returns, nor in why it is refused.
	p, err := mine.Grant(ctx, inside.ID, spectron.GrantRequest{Path: "org/acme/team", Verbs: []spectron.Verb{read}})
	require.NoError(t, err)
	if want := (spectron.Grants{read: {"org/acme/team", "org/acme/user/*"}, write: {"org/acme/user/inside"}}); !reflect.DeepEqual(p.Grants, want) || p.ExternalID != "" {
		t.Errorf("granted %+v, want %v", p, want)
	}
	p, err = mine.Revoke(ctx, inside.ID, spectron.GrantRequest{Path: "org/acme/*", Verbs: []spectron.Verb{write}})
	require.NoError(t, err)
	if want := (spectron.Grants{read: {"org/acme/team", "org/acme/user/*"}}); !reflect.DeepEqual(p.Grants, want) || p.ExternalID != "" {
		t.Errorf("revoked %+v, want %v", p, want)
	}
	_, err = mine.Revoke(ctx, above.ID, spectron.GrantRequest{Path: "org/acme/*", Verbs: []spectron.Verb{read}})
	isError(t, err, spectron.ErrConflict, "Path")
	if err != nil && strings.Contains(err.Error(), "org/*") {
		t.Errorf("%q says what is held outside", err)
	}
	full, err := d.c.Principals().Get(ctx, inside.ID)
	require.NoError(t, err)
	if want := (spectron.Grants{read: {"org/acme/team", "org/acme/user/*"}, write: {"elsewhere"}}); !reflect.DeepEqual(full.Grants, want) {
		t.Errorf("has %v, want %v", full.Grants, want)
	}
	// Who holds nothing there is not there, until the operator grants the first.
	isError(t, second(mine.Grant(ctx, outside.ID, spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{read}})), spectron.ErrNotFound, "id")
	isError(t, second(mine.Grant(ctx, "none", spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{read}})), spectron.ErrNotFound, "id")
	require.NoError(t, second(d.c.Principals().Grant(ctx, outside.ID, spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{read}})))
	p, err = mine.Get(ctx, outside.ID)
	require.NoError(t, err)
	if !reflect.DeepEqual(p.Grants, over("org/acme", read)) {
		t.Errorf("%+v", p)
	}
	_, err = mine.Get(ctx, outside.ID)
	require.NoError(t, err)

	stranger := d.badge(t, "stranger", over("/*", read, write, spectron.MemoryForget, spectron.ScopeRead, spectron.ScopeCreate, spectron.ScopeDelete))
	theirs := stranger.Principals()
	for name, err := range map[string]error{
		"get": second(theirs.Get(ctx, stranger.who.ID)), "list": second(theirs.List(ctx, spectron.PageRequest{})), "create": second(theirs.Create(ctx, spectron.PrincipalSpec{Name: "x"})),
		"rename": second(theirs.Rename(ctx, stranger.who.ID, spectron.PrincipalPatch{Name: "x"})), "delete": theirs.Delete(ctx, inside.ID),
	} {
		t.Run(name, func(t *testing.T) { isError(t, err, spectron.ErrForbidden, "") })
	}
	for name, err := range map[string]error{
		"grant":     second(theirs.Grant(ctx, stranger.who.ID, spectron.GrantRequest{Path: "a", Verbs: []spectron.Verb{read}})),
		"revoke":    second(theirs.Revoke(ctx, stranger.who.ID, spectron.GrantRequest{Path: "a", Verbs: []spectron.Verb{read}})),
		"effective": second(theirs.Effective(ctx, stranger.who.ID, effective)),
	} {
		t.Run(name, func(t *testing.T) { isError(t, err, spectron.ErrForbidden, "Path") })
	}
}

func TestGrantsJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]spectron.Grants{
		`null`: nil, `{}`: {},
		`{"memory:read": []}`: {"memory:read": {}},
		`{"memory:read": ["/org/acme/", "*", "/*", "/", "org/acme/*"]}`:            {"memory:read": {"org/acme", "/*", "/*", "/", "org/acme/*"}},
		`{"memory:read": [{"org": "acme", "user": "alice"}, "a"]}`:                 {"memory:read": {"org/acme/user/alice/*", "a"}},
		`{"memory:write": [{"user": "alice", "org": "acme"}], "scope:read": null}`: {"memory:write": {"user/alice/org/acme/*"}, "scope:read": {}},
	} {
		var got struct{ Grants spectron.Grants }
		err := json.Unmarshal([]byte(`{"Grants": `+in+`}`), &got)
		require.NoError(t, err, in)
		if !reflect.DeepEqual(got.Grants, want) {
			t.Errorf("%s: %#v, want %#v", in, got.Grants, want)
		}
	}
	for in, field := range map[string]string{
		`[]`: "Grants", `"memory:read"`: "Grants", `["memory:write"]`: "Grants", `7`: "Grants", `{"memory:read": "a"}`: "Grants", `{"memory:read": {"org": "a"}}`: "Grants",
		`{"memory:read": ["a", 7]}`: "Grants[memory:read]", `{"memory:read": [null]}`: "Grants[memory:read]", `{"memory:read": [["a"]]}`: "Grants[memory:read]",
		`{"memory:read": ["a/*/b"]}`: "Grants[memory:read]", `{"memory:read": [""]}`: "Grants[memory:read]", `{"memory:read": [{}]}`: "Grants[memory:read]",
		`{"memory:read": [{"org": "a/b"}]}`: "Grants[memory:read]", `{"memory:read": [{"org": "a", "org": "b"}]}`: "Grants[memory:read]",
		`{"memory:read": [{"org": "*"}]}`: "Grants[memory:read]", `{"memory:read": [{"org": 7}]}`: "Grants[memory:read]", `{"memory:read": ["a\u0000"]}`: "Grants[memory:read]",
	} {
		t.Run(in, func(t *testing.T) {
			got := spectron.Grants{"memory:read": {"before"}}
			isError(t, json.Unmarshal([]byte(in), &got), spectron.ErrInvalid, field)
			if !reflect.DeepEqual(got, spectron.Grants{"memory:read": {"before"}}) {
				t.Errorf("changed to %v", got)
			}
		})
	}
}
