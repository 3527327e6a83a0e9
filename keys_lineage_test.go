package spectron_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// console returns the handle of a management key.
func (d *desk) console(tb testing.TB, name string) (*spectron.ManagementKey, *spectron.ContextAdmin) {
	tb.Helper()
	key, by := manager(tb, d.mgr, name)
	c, err := by.Context(context.Background(), "acme")
	require.NoError(tb, err)
	return key, c
}

// TestKeysOfAdminAreTheOperators checks that only the program that opened the store can create secrets of the principal admin, which reads
// all memory.
func TestKeysOfAdminAreTheOperators(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{AdminExternalID: "okta:admin"})
	_, console := d.console(t, "ops")
	admins := d.mint(t, spectron.KeySpec{Name: "admins", PrincipalID: "admin", TTL: time.Hour})
	admin := d.as(t, admins)
	alice := d.badge(t, "alice", over("/*"))
	grant := spectron.GrantRequest{Path: "/*", Verbs: []spectron.Verb{spectron.MemoryRead}}
	_, err := d.c.Principals().Revoke(ctx, "admin", grant)
	require.NoError(t, err)
	for who, c := range map[string]administered{"a management key": console, "a key of admin": admin, "another key": alice.Context} {
		for what, do := range map[string]func() error{
			"create": func() error { return second(c.Keys().Create(ctx, spectron.KeySpec{Name: "x", PrincipalID: "admin"})) },
			"create for its id": func() error {
				return second(c.Keys().Create(ctx, spectron.KeySpec{Name: "x", PrincipalID: "principal:admin"}))
			},
			"create among admin's": func() error { return second(c.Keys().Of("admin").Create(ctx, spectron.KeySpec{Name: "x"})) },
			"rotate":               func() error { return second(c.Keys().Rotate(ctx, admins.ID)) },
			"rotate by name":       func() error { return second(c.Keys().Of("admin").Rotate(ctx, "admins")) },
			"another lifetime":     func() error { return second(c.Keys().RotateFor(ctx, admins.ID, 2*time.Hour)) },
			"access token": func() error {
				return second(c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "okta:admin", TTL: time.Hour}))
			},
			"grant": func() error { return second(c.Principals().Grant(ctx, "admin", grant)) },
		} {
			k, ok := do().(*spectron.Error)
			// For a key that does not manage the keys of admin, they do not exist.
			if !ok || k.Code != spectron.CodeForbidden && (who != "another key" || k.Code != spectron.CodeNotFound) {
				t.Errorf("%s: %s: %v", who, what, k)
			}
		}
	}
	if who := whoAmI(t, admin); who.EffectiveGrants[spectron.MemoryRead] != nil {
		t.Errorf("admin may read again: %+v", who)
	}
	page, err := d.c.Keys().Of("admin").List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 1 || !page.Items[0].ValidUntil.Equal(admins.ValidUntil) || page.Items[0].RotatedBy != "" {
		t.Errorf("the keys of admin became %v", page.Items)
	}
	// Management keys may revoke rights of admin, but only the operator may grant them.
	_, err = d.c.Principals().Grant(ctx, "admin", grant)
	require.NoError(t, err)
	_, err = console.Principals().Revoke(ctx, "admin", grant)
	require.NoError(t, err)
	require.NoError(t, second(d.c.Keys().Rotate(ctx, admins.ID)))
	token, err := d.c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "okta:admin", TTL: time.Hour})
	require.NoError(t, err)
	require.NoError(t, console.Keys().Revoke(ctx, token.ID))
	isError(t, second(d.mgr.Authenticate(ctx, token.Secret)), spectron.ErrUnauthenticated, "")
}

// TestKeysRecordTheirMaker checks that every key records the creator of the key and of its current secret.
func TestKeysRecordTheirMaker(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{})
	mk, console := d.console(t, "ops")
	alice := d.badge(t, "alice", over("org/*"))
	boss := d.badge(t, "boss", over("/*"))
	own, err := alice.Keys().Create(ctx, spectron.KeySpec{Name: "own"})
	require.NoError(t, err)
	managed, err := console.Keys().Create(ctx, spectron.KeySpec{Name: "managed", PrincipalID: alice.who.ID})
	require.NoError(t, err)
	token, err := console.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "okta:1", TTL: time.Hour})
	require.NoError(t, err)
	preset, err := console.Keys().Create(ctx, spectron.KeySpec{Name: "agent", Principal: spectron.Agent})
	require.NoError(t, err)
	made := func(id string) string {
		t.Helper()
		k, err := d.c.Keys().Get(ctx, id)
		require.NoError(t, err)
		return k.MadeBy + " " + k.RotatedBy
	}
	for id, want := range map[string]string{
		alice.key.ID: "operator ", own.ID: alice.key.ID + " ", managed.ID: mk.ID + " ", token.ID: mk.ID + " ", preset.ID: mk.ID + " ",
	} {
		if got := made(id); got != want {
			t.Errorf("made by %q, want %q", got, want)
		}
	}
	require.NoError(t, second(alice.Keys().Rotate(ctx, managed.ID)))
	if got, want := made(managed.ID), mk.ID+" "+alice.key.ID; got != want {
		t.Errorf("made by %q, want %q", got, want)
	}
	// A caller that manages all keys sees the ids of management keys. Others see only "management".
	for _, tc := range []struct {
		c    administered
		want string
	}{{boss.Context, mk.ID}, {console, mk.ID}, {alice.Context, "management"}} {
		k, err := tc.c.Keys().Get(ctx, managed.ID)
		require.NoError(t, err)
		if k.MadeBy != tc.want {
			t.Errorf("made by %q, want %q", k.MadeBy, tc.want)
		}
	}
}

// lineage is a principal whose keys create keys: root, child, grandchild, and one that root rotated.
type lineage struct {
	*desk
	root, child, grandchild, taken, other *spectron.Key
}

func newLineage(t *testing.T, d *desk, name string) lineage {
	t.Helper()
	ctx := context.Background()
	alice := d.badge(t, name, over("org/*"))
	l := lineage{desk: d, root: alice.key}
	var err error
	l.other = d.mint(t, spectron.KeySpec{Name: "other", PrincipalID: alice.who.ID})
	l.child, err = alice.Keys().Create(ctx, spectron.KeySpec{Name: "child"})
	require.NoError(t, err)
	l.grandchild, err = d.as(t, l.child).Keys().Create(ctx, spectron.KeySpec{Name: "grandchild"})
	require.NoError(t, err)
	taken := d.mint(t, spectron.KeySpec{Name: "taken", PrincipalID: alice.who.ID})
	l.taken, err = alice.Keys().Rotate(ctx, taken.ID)
	require.NoError(t, err)
	// Its holder rotates it with the key itself. RotatedBy still names root.
	l.taken, err = d.as(t, l.taken).Keys().Rotate(ctx, taken.ID)
	require.NoError(t, err)
	return l
}

// good returns the names of the keys whose secrets are accepted.
func (l lineage) good(t *testing.T) []string {
	t.Helper()
	var out []string
	for name, k := range map[string]*spectron.Key{"root": l.root, "child": l.child, "grandchild": l.grandchild, "taken": l.taken, "other": l.other} {
		if _, err := l.mgr.Authenticate(context.Background(), k.Secret); err == nil {
			out = append(out, name)
		} else {
			isError(t, err, spectron.ErrUnauthenticated, "")
		}
	}
	slices.Sort(out)
	return out
}

// TestRevokeTakesWhatAKeyMade checks that revoking a key also revokes the keys that were created or rotated with it, directly or
// indirectly, and no others.
func TestRevokeTakesWhatAKeyMade(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{})
	for i, tc := range []struct {
		revoke  func(lineage) error
		want    []string
		refused *spectron.Error
	}{
		{func(l lineage) error { return l.c.Keys().Revoke(ctx, l.root.ID) }, []string{"other"}, nil},
		{func(l lineage) error { return l.as(t, l.root).Keys().Revoke(ctx, l.root.ID) }, []string{"other"}, nil},
		{func(l lineage) error { return l.c.Keys().Revoke(ctx, l.child.ID) }, []string{"other", "root", "taken"}, nil},
		{func(l lineage) error { return l.c.Keys().Revoke(ctx, l.grandchild.ID) }, []string{"child", "other", "root", "taken"}, nil},
		{func(l lineage) error { return l.c.Keys().Revoke(ctx, l.root.ID, spectron.KeepMade) }, []string{"child", "grandchild", "other", "taken"}, nil},
		{func(l lineage) error { return l.as(t, l.root).Keys().Revoke(ctx, l.root.ID, spectron.KeepMade) },
			[]string{"child", "grandchild", "other", "root", "taken"}, spectron.ErrForbidden},
		{func(l lineage) error { return l.c.Keys().Revoke(ctx, l.root.ID, 7) }, []string{"child", "grandchild", "other", "root", "taken"}, spectron.ErrInvalid},
		{func(l lineage) error { // the operator rotated the key, so it no longer depends on root
			if k, err := l.c.Keys().Rotate(ctx, l.taken.ID); err != nil {
				return err
			} else {
				*l.taken = *k
			}
			return l.c.Keys().Revoke(ctx, l.root.ID)
		}, []string{"other", "taken"}, nil},
	} {
		l := newLineage(t, d, fmt.Sprint("alice", i))
		handles := map[string]*spectron.Context{}
		for name, k := range map[string]*spectron.Key{"child": l.child, "grandchild": l.grandchild} {
			handles[name] = d.as(t, k)
		}
		before := len(eventsOf(t, d.c, spectron.EventKeyRevoked))
		err := tc.revoke(l)
		if tc.refused != nil {
			isError(t, err, tc.refused, "options")
		} else if err != nil {
			t.Errorf("case %d: %v", i, err)
		}
		got := l.good(t)
		same(t, got, tc.want)
		if n := len(eventsOf(t, d.c, spectron.EventKeyRevoked)) - before; n != 5-len(got) {
			t.Errorf("case %d: %d keys went with %d events", i, 5-len(got), n)
		}
		for name, h := range handles {
			if _, err := h.Memory().WhoAmI(ctx); (err == nil) != slices.Contains(got, name) {
				t.Errorf("case %d: the handle of %s: %v", i, name, err)
			}
		}
	}
}

// TestMadeKeysEndNoLater checks that a key that another key created or rotated expires no later than that key, whatever happens to either.
func TestMadeKeysEndNoLater(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{})
	l := newLineage(t, d, "alice")
	ends := func(k *spectron.Key) time.Time {
		t.Helper()
		got, err := d.c.Keys().Get(ctx, k.ID)
		require.NoError(t, err)
		return got.ValidUntil
	}
	hour := d.clock.Now().Add(time.Hour)
	root, err := d.c.Keys().RotateFor(ctx, l.root.ID, time.Hour) // gives it an expiry, which it did not have
	require.NoError(t, err)
	*l.root = *root
	for name, k := range map[string]*spectron.Key{"child": l.child, "grandchild": l.grandchild, "taken": l.taken} {
		if !ends(k).Equal(hour) {
			t.Errorf("%s ends %v, root %v", name, ends(k), hour)
		}
	}
	if !ends(l.other).IsZero() {
		t.Errorf("another key ends %v", ends(l.other))
	}
	// Neither the operator nor the keys themselves can extend them beyond that. A key that the operator rotates no longer depends on root.
	for _, k := range []*spectron.Key{l.child, l.grandchild} {
		got, err := d.c.Keys().RotateFor(ctx, k.ID, 3*time.Hour)
		require.NoError(t, err)
		if !got.ValidUntil.Equal(hour) {
			t.Errorf("rotated to end %v", got.ValidUntil)
		}
		*k = *got
	}
	// An earlier expiry applies to dependent keys, but not to the keys that a key depends on.
	got, err := d.c.Keys().RotateFor(ctx, l.child.ID, 30*time.Minute)
	require.NoError(t, err)
	*l.child = *got
	if half := d.clock.Now().Add(30 * time.Minute); !ends(l.grandchild).Equal(half) || !ends(l.root).Equal(hour) {
		t.Errorf("ends %v and %v", ends(l.grandchild), ends(l.root))
	}
	// If root gets a longer life, they keep their expiry.
	root, err = d.c.Keys().RotateFor(ctx, l.root.ID, 2*time.Hour)
	require.NoError(t, err)
	*l.root = *root
	d.clock.Advance(time.Hour)
	same(t, l.good(t), []string{"other", "root"})
	// Deleting a principal deletes all of its keys.
	require.NoError(t, d.c.Principals().Delete(ctx, l.root.PrincipalID))
	same(t, l.good(t), nil)
}

// TestKeysThatMadeEachOther checks that two keys that depend on each other cause no endless loop.
func TestKeysThatMadeEachOther(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{})
	l := newLineage(t, d, "alice")
	root, err := d.as(t, l.child).Keys().RotateFor(ctx, l.root.ID, time.Hour)
	require.NoError(t, err)
	*l.root = *root
	child, err := d.as(t, l.root).Keys().RotateFor(ctx, l.child.ID, 3*time.Hour)
	require.NoError(t, err)
	*l.child = *child
	if !child.ValidUntil.Equal(root.ValidUntil) {
		t.Errorf("ends %v, root %v", child.ValidUntil, root.ValidUntil)
	}
	require.NoError(t, d.c.Keys().Revoke(ctx, l.child.ID))
	same(t, l.good(t), []string{"other"})
}

// TestKeysOfEndedTokensGoWithThem checks that the keys that an access token created are deleted when the next token replaces it.
func TestKeysOfEndedTokensGoWithThem(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{})
	spec := spectron.AccessTokenSpec{ExternalID: "okta:1", TTL: time.Hour, Grants: over("org/*")}
	token, err := d.c.Keys().IssueAccessToken(ctx, spec)
	require.NoError(t, err)
	own, err := d.as(t, token).Keys().Create(ctx, spectron.KeySpec{Name: "own"})
	require.NoError(t, err)
	d.clock.Advance(time.Hour)
	next, err := d.c.Keys().IssueAccessToken(ctx, spec)
	require.NoError(t, err)
	isError(t, second(d.c.Keys().RotateFor(ctx, own.ID, time.Hour)), spectron.ErrNotFound, "id")
	page, err := d.c.Keys().List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 1 || page.Items[0].ID != next.ID {
		t.Errorf("left %v", page.Items)
	}
}

// TestRevokedManagementKeysLeaveTheirKeys checks that keys that a management key created stay valid after it was revoked.
func TestRevokedManagementKeysLeaveTheirKeys(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{})
	mk, console := d.console(t, "ops")
	app, err := console.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Agent})
	require.NoError(t, err)
	require.NoError(t, d.mgr.ManagementKeys().Revoke(ctx, mk.ID))
	isError(t, second(console.Keys().Create(ctx, spectron.KeySpec{Name: "late", Principal: spectron.Agent})), spectron.ErrUnauthenticated, "")
	whoAmI(t, d.as(t, app))
}
