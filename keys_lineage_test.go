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

// console is the handle of a management key.
func (d *desk) console(tb testing.TB, name string) (*spectron.ManagementKey, *spectron.ContextAdmin) {
	tb.Helper()
	key, by := manager(tb, d.mgr, name)
	c, err := by.Context(context.Background(), "acme")
	require.NoError(tb, err)
	return key, c
}

// Secrets of the principal admin, which reads all memory, come from the program that opened the store, whatever way is taken.
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
			// To a key that does not manage that of admin it is not there.
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
	// What takes away is open to management keys, and all of it to the operator.
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

// Every key says who made it, and who made its present secret.
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
	// Who manages the keys of all learns of management keys; the others that there is one.
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

// lineage is a principal whose keys make keys: root, child, grandchild, and one that root rotated.
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
	// Its holder gives it another secret with itself: it is still the one that root got hold of.
	l.taken, err = d.as(t, l.taken).Keys().Rotate(ctx, taken.ID)
	require.NoError(t, err)
	return l
}

// good are the names of the keys whose secrets are.
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

// With a key go those that were made with it, however often, and those that it took over; nothing else.
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
		{func(l lineage) error { // the one that was taken over is the operator's again
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

// A key that another one made or rotated ends no later than that one, whatever happens to either.
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
	root, err := d.c.Keys().RotateFor(ctx, l.root.ID, time.Hour) // an end, which it had not
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
	// Nor does the operator lengthen them beyond it, nor itself; what was taken over is the operator's again.
	for _, k := range []*spectron.Key{l.child, l.grandchild} {
		got, err := d.c.Keys().RotateFor(ctx, k.ID, 3*time.Hour)
		require.NoError(t, err)
		if !got.ValidUntil.Equal(hour) {
			t.Errorf("rotated to end %v", got.ValidUntil)
		}
		*k = *got
	}
	// An end is taken over by what hangs on it, and not by what it hangs on.
	got, err := d.c.Keys().RotateFor(ctx, l.child.ID, 30*time.Minute)
	require.NoError(t, err)
	*l.child = *got
	if half := d.clock.Now().Add(30 * time.Minute); !ends(l.grandchild).Equal(half) || !ends(l.root).Equal(hour) {
		t.Errorf("ends %v and %v", ends(l.grandchild), ends(l.root))
	}
	// With a longer life of root they keep theirs.
	root, err = d.c.Keys().RotateFor(ctx, l.root.ID, 2*time.Hour)
	require.NoError(t, err)
	*l.root = *root
	d.clock.Advance(time.Hour)
	same(t, l.good(t), []string{"other", "root"})
	// A principal takes all of its keys along.
	require.NoError(t, d.c.Principals().Delete(ctx, l.root.PrincipalID))
	same(t, l.good(t), nil)
}

// A key that rotates the one that it was made with does not make a circle that has no end.
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

// What an access token made is gone when the next token takes its place.
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

// What a management key made lives on without it.
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
