package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// desk is a Context with its operator and a clock, for tests that create keys.
type desk struct {
	mgr   *spectron.Manager
	c     *spectron.Context
	clock *spectrontest.Clock
}

func newDesk(tb testing.TB, spec spectron.ContextSpec) *desk {
	tb.Helper()
	clock := spectrontest.NewClock()
	mgr := spectrontest.Open(tb, &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs()})
	return &desk{mgr, create(tb, mgr, "acme", spec), clock}
}

func (d *desk) principal(tb testing.TB, name string, grants spectron.Grants) *spectron.Principal {
	tb.Helper()
	p, err := d.c.Principals().Create(context.Background(), spectron.PrincipalSpec{Name: name, Grants: grants})
	require.NoError(tb, err)
	return p
}

func (d *desk) mint(tb testing.TB, spec spectron.KeySpec) *spectron.Key {
	tb.Helper()
	k, err := d.c.Keys().Create(context.Background(), spec)
	require.NoError(tb, err)
	return k
}

// as returns the handle of a key.
func (d *desk) as(tb testing.TB, k *spectron.Key) *spectron.Context {
	tb.Helper()
	c, err := d.mgr.Authenticate(context.Background(), k.Secret)
	require.NoError(tb, err)
	return c
}

// badge is a principal with a key and its handle.
type badge struct {
	*spectron.Context
	who *spectron.Principal
	key *spectron.Key
}

// badge creates a principal with a key that has all of its rights.
func (d *desk) badge(tb testing.TB, name string, grants spectron.Grants) badge {
	tb.Helper()
	p := d.principal(tb, name, grants)
	k := d.mint(tb, spectron.KeySpec{Name: "of " + name, PrincipalID: p.ID})
	return badge{d.as(tb, k), p, k}
}

// over returns grants of verbs at a pattern; without verbs, of all verbs.
func over(pattern string, verbs ...spectron.Verb) spectron.Grants {
	if len(verbs) == 0 {
		verbs = spectron.Verbs()
	}
	out := spectron.Grants{}
	for _, v := range verbs {
		out[v] = []string{pattern}
	}
	return out
}

func whoAmI(tb testing.TB, c administered) *spectron.Identity {
	tb.Helper()
	who, err := c.WhoAmI(context.Background())
	require.NoError(tb, err)
	return who
}

// isDead checks that no call of a handle succeeds any more.
func isDead(tb testing.TB, c *spectron.Context) {
	tb.Helper()
	ctx := context.Background()
	isError(tb, second(c.Memory().WhoAmI(ctx)), spectron.ErrUnauthenticated, "")
	isError(tb, second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "anything"})), spectron.ErrUnauthenticated, "")
	isError(tb, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: marker})), spectron.ErrUnauthenticated, "")
	isError(tb, second(c.Keys().List(ctx, spectron.PageRequest{})), spectron.ErrUnauthenticated, "")
}

func TestAuthenticate(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{Description: "of the operator"}), context.Background()
	alice := d.badge(t, "alice", over("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite))
	if got := alice.Info(); !reflect.DeepEqual(got, spectron.ContextInfo{ID: "acme"}) || alice.ID() != "acme" {
		t.Errorf("a key learns %+v", got)
	}
	tell(t, alice.Context, "Alice works at Acme.")
	same(t, answer(ask(t, d.as(t, alice.key), "Where does Alice work?"), "works_at"), []string{"Acme"})

	self, err := alice.Keys().Create(ctx, spectron.KeySpec{Name: "own"})
	require.NoError(t, err)
	ended := d.mint(t, spectron.KeySpec{Name: "ended", PrincipalID: alice.who.ID, TTL: time.Second})
	revoked := d.mint(t, spectron.KeySpec{Name: "revoked", PrincipalID: alice.who.ID})
	require.NoError(t, d.c.Keys().Revoke(ctx, revoked.ID))
	rotated := d.mint(t, spectron.KeySpec{Name: "rotated", PrincipalID: alice.who.ID})
	_, err = d.c.Keys().Rotate(ctx, rotated.ID)
	require.NoError(t, err)
	bob := d.principal(t, "bob", nil)
	orphan := d.mint(t, spectron.KeySpec{Name: "orphan", PrincipalID: bob.ID})
	require.NoError(t, d.c.Principals().Delete(ctx, bob.ID))
	other := &desk{d.mgr, create(t, d.mgr, "gone", spectron.ContextSpec{}), d.clock}
	lost := other.mint(t, spectron.KeySpec{Name: "lost", Principal: spectron.Agent})
	require.NoError(t, d.mgr.DeleteContext(ctx, "gone"))
	management, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	d.clock.Advance(time.Second)

	good, last := alice.key.Secret, alice.key.Secret[len(alice.key.Secret)-1:]
	flipped := "0"
	if last == "0" {
		flipped = "g"
	}
	var texts []string
	for name, s := range map[string]string{
		"empty": "", "words": "let me in", "id": alice.key.ID, "short": good[:len(good)-1], "long": good + "0", "10 MB": strings.Repeat("s", 10<<20),
		"upper case": strings.ToUpper(good), "blank": " " + good, "newline": good + "\n", "NUL": good + "\x00", "not UTF-8": "\xff" + good,
		"one character": good[:len(good)-1] + flipped, "other Context": strings.Replace(good, "sk-acme-", "sk-acmf-", 1),
		"deleted Context": lost.Secret, "ended": ended.Secret, "revoked": revoked.Secret, "rotated": rotated.Secret,
		"deleted principal": orphan.Secret, "management key": management.Secret,
		// The forms of secrets say who created the key. One form is not accepted for the other.
		"self-service form": "sp-" + alice.key.ID + good[strings.LastIndex(good, "-"):],
		"operator form":     "sk-acme-" + strings.TrimPrefix(self.ID, "cak_acme_") + self.Secret[strings.LastIndex(self.Secret, "-"):],
		"secret of another": good[:strings.LastIndex(good, "-")] + self.Secret[strings.LastIndex(self.Secret, "-"):],
	} {
		c, err := d.mgr.Authenticate(ctx, s)
		isError(t, err, spectron.ErrUnauthenticated, "")
		if c != nil {
			t.Errorf("%s: a handle beside the error", name)
		}
		if err != nil {
			texts = append(texts, err.Error())
		}
	}
	// The error is the same for every reason.
	for _, text := range texts {
		if text != texts[0] {
			t.Errorf("%q and %q", text, texts[0])
		}
	}
	whoAmI(t, d.as(t, alice.key))
	whoAmI(t, d.as(t, self))
}

func TestWhoAmI(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	all := over("/*")
	control := over("/*", spectron.ScopeRead, spectron.ScopeCreate, spectron.ScopeDelete, spectron.GrantManage)
	rw := over("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite)
	alice := d.badge(t, "alice", rw)
	narrow := d.mint(t, spectron.KeySpec{
		Name: "narrow", PrincipalID: alice.who.ID, Strict: true,
		Grants: over("org/acme/team", spectron.MemoryRead),
	})
	empty := d.mint(t, spectron.KeySpec{Name: "nothing", PrincipalID: alice.who.ID, Grants: spectron.Grants{}})
	supervisor := d.mint(t, spectron.KeySpec{Name: "boss", Principal: spectron.Supervisor, ScopeFloor: "/org/"})
	bob := d.principal(t, "bob", over("org/acme/team/*", spectron.MemoryRead, spectron.ScopeRead))
	mk, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	managed, err := d.mgr.AuthenticateManager(ctx, mk.Secret)
	require.NoError(t, err)
	console, err := managed.Context(ctx, "acme")
	require.NoError(t, err)
	behalf := func(c *spectron.Context, id string) *spectron.Context {
		t.Helper()
		out, err := c.OnBehalfOf(ctx, id)
		require.NoError(t, err)
		return out
	}
	admin := spectron.Identity{PrincipalID: "principal:admin", Name: "admin", Kind: spectron.PrincipalService, Grants: all, EffectiveGrants: all}
	own := spectron.Identity{
		PrincipalID: alice.who.ID, Name: "alice", Kind: spectron.PrincipalUnknown, Grants: rw, EffectiveGrants: rw, KeyID: alice.key.ID,
	}
	with := func(id spectron.Identity, change func(*spectron.Identity)) spectron.Identity { change(&id); return id }
	for name, tc := range map[string]struct {
		c    administered
		want spectron.Identity
	}{
		"operator":   {d.c, admin},
		"management": {console, with(admin, func(i *spectron.Identity) { i.KeyID, i.EffectiveGrants = mk.ID, control })},
		"key":        {alice.Context, own},
		"narrowed": {d.as(t, narrow), with(own, func(i *spectron.Identity) {
			i.KeyID, i.Strict = narrow.ID, true
			i.EffectiveGrants, i.TokenGrants = over("org/acme/team", spectron.MemoryRead), over("org/acme/team", spectron.MemoryRead)
		})},
		"narrowed to nothing": {d.as(t, empty), with(own, func(i *spectron.Identity) {
			i.KeyID, i.EffectiveGrants, i.TokenGrants = empty.ID, spectron.Grants{}, spectron.Grants{}
		})},
		"preset": {d.as(t, supervisor), spectron.Identity{
			PrincipalID: supervisor.PrincipalID, Name: "boss", Kind: spectron.PrincipalAgent, KeyID: supervisor.ID, Preset: spectron.Supervisor,
			Grants: over("org/*", spectron.MemoryRead, spectron.MemoryWrite), EffectiveGrants: over("org/*", spectron.MemoryRead, spectron.MemoryWrite),
		}},
		"delegate of a key": {behalf(alice.Context, bob.ID), with(own, func(i *spectron.Identity) {
			i.DelegatedPrincipalID, i.EffectiveGrants = bob.ID, over("org/acme/team/*", spectron.MemoryRead)
		})},
		// All three limit it: the key has only the node, bob only the subtree, and alice may also write.
		"delegate of a narrowed key": {behalf(d.as(t, narrow), bob.ID), with(own, func(i *spectron.Identity) {
			i.KeyID, i.Strict, i.DelegatedPrincipalID, i.TokenGrants = narrow.ID, true, bob.ID, over("org/acme/team", spectron.MemoryRead)
			i.EffectiveGrants = over("org/acme/team", spectron.MemoryRead)
		})},
		"delegate of the operator": {behalf(d.c, bob.ID), with(admin, func(i *spectron.Identity) {
			i.DelegatedPrincipalID, i.EffectiveGrants = bob.ID, bob.Grants
		})},
	} {
		if got := whoAmI(t, tc.c); !reflect.DeepEqual(*got, tc.want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", name, *got, tc.want)
		}
	}
	// The result is a copy that its caller may change.
	whoAmI(t, alice.Context).EffectiveGrants[spectron.MemoryRead][0] = "/*"
	if got := whoAmI(t, alice.Context); !reflect.DeepEqual(*got, own) {
		t.Errorf("changed from outside: %+v", got)
	}
}

func TestOnBehalfOf(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	rw := []spectron.Verb{spectron.MemoryRead, spectron.MemoryWrite}
	bot := d.badge(t, "bot", over("org/acme/*"))
	alice := d.principal(t, "alice", over("org/acme/user/alice/*", rw...))
	stranger := d.principal(t, "stranger", over("org/globex/*", rw...))
	nobody := d.principal(t, "nobody", nil)
	remember(t, d.c, spectron.RememberRequest{Text: "Carol works at Acme.", Scopes: spectron.Scopes{{"org/acme"}}})
	remember(t, d.c, spectron.RememberRequest{Text: "Carol lives in Oslo.", Scopes: spectron.Scopes{{"org/acme/user/alice"}}})

	for _, id := range []string{alice.ID, strings.TrimPrefix(alice.ID, "principal:")} {
		c, err := bot.OnBehalfOf(ctx, id)
		require.NoError(t, err)
		same(t, known(t, c, "Carol", time.Time{}), []string{"Carol lives in Oslo"})
		if got := c.Info(); !reflect.DeepEqual(got, spectron.ContextInfo{ID: "acme"}) {
			t.Errorf("a delegate learns %+v", got)
		}
		// A session belongs where both may write, and nowhere else.
		s, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
		require.NoError(t, err)
		if !reflect.DeepEqual(s.Scopes, spectron.Scopes{{"org/acme/user/alice"}}) {
			t.Errorf("a delegate writes to %v", s.Scopes)
		}
		isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: marker, Scopes: spectron.Scopes{{"org/acme"}}})), spectron.ErrForbidden, "Scopes")
		isError(t, second(c.OnBehalfOf(ctx, alice.ID)), spectron.ErrForbidden, "principal") // delegation has depth one, even to itself
		isError(t, second(c.OnBehalfOf(ctx, bot.who.ID)), spectron.ErrForbidden, "principal")
		isError(t, second(c.Keys().Create(ctx, spectron.KeySpec{Name: "k"})), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().List(ctx, spectron.PageRequest{})), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().Get(ctx, bot.key.ID)), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().Rotate(ctx, bot.key.ID)), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().RotateFor(ctx, bot.key.ID, time.Hour)), spectron.ErrForbidden, "")
		isError(t, c.Keys().Revoke(ctx, bot.key.ID), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x", TTL: time.Hour})), spectron.ErrForbidden, "")
	}

	// For a key, a principal that it may not act for looks like a missing one. The text names nobody.
	var texts []string
	for _, id := range []string{"principal:none", "none", stranger.ID, nobody.ID, "principal:system", "system", bot.key.ID, "turn:1", "principal:"} {
		c, err := bot.OnBehalfOf(ctx, id)
		isError(t, err, spectron.ErrForbidden, "principal")
		if err != nil {
			texts = append(texts, err.Error())
		}
		if c != nil {
			t.Errorf("%s: a handle beside the error", id)
		}
	}
	for _, text := range texts {
		if text != texts[0] {
			t.Errorf("%q and %q", text, texts[0])
		}
	}
	for _, id := range []string{"none", "principal:system", "system"} {
		isError(t, second(d.c.OnBehalfOf(ctx, id)), spectron.ErrNotFound, "principal")
	}
	for id, want := range map[string]*spectron.Error{
		"": spectron.ErrInvalid, " ": spectron.ErrInvalid, "\xff": spectron.ErrInvalid, "a\x00": spectron.ErrInvalid, strings.Repeat("x", 10<<20): spectron.ErrTooLarge,
	} {
		isError(t, second(d.c.OnBehalfOf(ctx, id)), want, "principal")
		isError(t, second(bot.OnBehalfOf(ctx, id)), want, "principal")
	}

	// The delegate follows changes of all three at the next call.
	delegate, err := bot.OnBehalfOf(ctx, alice.ID)
	require.NoError(t, err)
	operators, err := d.c.OnBehalfOf(ctx, alice.ID)
	require.NoError(t, err)
	_, err = d.c.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{spectron.MemoryRead}})
	require.NoError(t, err)
	same(t, known(t, delegate, "Carol", time.Time{}), []string{"Carol lives in Oslo", "Carol works at Acme"})
	_, err = d.c.Principals().Revoke(ctx, bot.who.ID, spectron.GrantRequest{Path: "org/acme/*", Verbs: []spectron.Verb{spectron.MemoryRead}})
	require.NoError(t, err)
	same(t, known(t, delegate, "Carol", time.Time{}), nil)
	same(t, known(t, operators, "Carol", time.Time{}), []string{"Carol lives in Oslo", "Carol works at Acme"})
	require.NoError(t, d.c.Principals().Delete(ctx, alice.ID))
	isDead(t, delegate)
	isDead(t, operators)
	whoAmI(t, bot.Context)
}

// TestDelegateEndsWithItsKey checks that a delegate ends with the key that it was created with.
func TestDelegateEndsWithItsKey(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.principal(t, "alice", over("org/*"))
	for name, end := range map[string]func(k *spectron.Key){
		"revoked": func(k *spectron.Key) { require.NoError(t, d.c.Keys().Revoke(ctx, k.ID)) },
		"rotated": func(k *spectron.Key) { require.NoError(t, second(d.c.Keys().Rotate(ctx, k.ID))) },
		"expired": func(k *spectron.Key) { d.clock.Advance(time.Hour) },
		"deleted": func(k *spectron.Key) { require.NoError(t, d.c.Principals().Delete(ctx, k.PrincipalID)) },
	} {
		bot := d.principal(t, "bot "+name, over("org/*"))
		k := d.mint(t, spectron.KeySpec{Name: name, PrincipalID: bot.ID, TTL: time.Hour})
		c := d.as(t, k)
		delegate, err := c.OnBehalfOf(ctx, alice.ID)
		require.NoError(t, err)
		whoAmI(t, delegate)
		end(k)
		isDead(t, c)
		isDead(t, delegate)
		isError(t, second(c.OnBehalfOf(ctx, alice.ID)), spectron.ErrUnauthenticated, "")
	}
}

// TestKeysNeverWiden checks that keys that are created with keys never get more rights or a longer life than the key that they come from,
// and no more rights when the principal is granted more.
func TestKeysNeverWiden(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	const seed = 20261204
	random := rand.New(rand.NewPCG(seed, 1))
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	patterns := []string{"/*", "/", "a", "a/*", "a/b", "a/b/*", "a/b/c", "b/*", "b"}
	someGrants := func() spectron.Grants {
		g := spectron.Grants{}
		for _, v := range []spectron.Verb{spectron.MemoryRead, spectron.MemoryWrite, spectron.GrantManage} {
			for range random.IntN(3) {
				g[v] = append(g[v], patterns[random.IntN(len(patterns))])
			}
		}
		return g
	}
	// covered expands grants to paths: every pattern of this test ends above or at one of them.
	covered := func(g spectron.Grants) map[string]bool {
		out := map[string]bool{}
		for v, list := range g {
			for _, path := range []string{"", "x", "a", "a/x", "a/b", "a/b/x", "a/b/c", "a/b/c/x", "b", "b/x"} {
				for _, p := range list {
					top, below := strings.CutSuffix(p, "/*")
					top = strings.Trim(top, "/")
					if path == top || below && (top == "" || strings.HasPrefix(path, top+"/")) {
						out[string(v)+" "+path] = true
					}
				}
			}
		}
		return out
	}
	within := func(g, other spectron.Grants) bool {
		all := covered(other)
		for what := range covered(g) {
			if !all[what] {
				return false
			}
		}
		return true
	}
	type made struct {
		key    *spectron.Key
		limit  spectron.Grants // nil: no limit beyond the principal
		end    time.Time
		strict bool
	}
	minted, refused, rotated := 0, 0, 0
	for round := range 4 {
		p := d.principal(t, fmt.Sprint("p", round), someGrants())
		var all []made
		add := func(k *spectron.Key, from *made) {
			m := made{key: k, limit: k.Grants, end: k.ValidUntil, strict: k.Strict}
			if from != nil { // never more than its origin, which may differ from its MadeBy
				if m.end.IsZero() != from.end.IsZero() && m.end.IsZero() || !from.end.IsZero() && m.end.After(from.end) {
					t.Errorf("round %d: ends %v, made with one that ends %v", round, m.end, from.end)
				}
				if from.strict && !m.strict {
					t.Errorf("round %d: %+v was made with a strict one", round, k)
				}
				if from.limit != nil && (m.limit == nil || !within(m.limit, from.limit)) {
					t.Errorf("round %d: narrowed to %v, made with one narrowed to %v", round, m.limit, from.limit)
				}
			}
			all = append(all, m)
		}
		for i := range 3 {
			spec := spectron.KeySpec{Name: fmt.Sprint("root", i), PrincipalID: p.ID, TTL: time.Duration(random.IntN(3)) * time.Hour, Strict: random.IntN(3) == 0}
			if random.IntN(2) == 0 {
				spec.Grants = someGrants()
			}
			k, err := d.c.Keys().Create(ctx, spec)
			if err != nil {
				spec.Grants = nil
				k = d.mint(t, spec)
			}
			add(k, nil)
		}
		for step := range 40 {
			from := all[random.IntN(len(all))]
			c, err := d.mgr.Authenticate(ctx, from.key.Secret)
			if err != nil { // it has expired or was rotated
				isError(t, err, spectron.ErrUnauthenticated, "")
				continue
			}
			before := whoAmI(t, c)
			switch random.IntN(6) {
			case 0, 1, 2:
				spec := spectron.KeySpec{Name: fmt.Sprintf("k%d-%d", round, step), TTL: time.Duration(random.IntN(3)) * time.Hour, Strict: random.IntN(4) == 0}
				if random.IntN(2) == 0 {
					spec.Grants = someGrants()
				}
				k, err := c.Keys().Create(ctx, spec)
				if err != nil {
					refused++
					isError(t, err, spectron.ErrInvalid, "Grants")
					if within(spec.Grants, before.EffectiveGrants) {
						t.Errorf("round %d: %v refused to who may do %v", round, spec.Grants, before.EffectiveGrants)
					}
					break
				}
				minted++
				add(k, &from)
				if got := whoAmI(t, d.as(t, k)); !within(got.EffectiveGrants, before.EffectiveGrants) {
					t.Errorf("round %d: %v made with %v", round, got.EffectiveGrants, before.EffectiveGrants)
				}
			case 3, 4:
				other := all[random.IntN(len(all))]
				rotate := c.Keys().Rotate
				if random.IntN(2) == 0 {
					rotate = func(ctx context.Context, id string) (*spectron.Key, error) {
						return c.Keys().RotateFor(ctx, id, 3*time.Hour)
					}
				}
				k, err := rotate(ctx, other.key.ID)
				if err != nil {
					refused++
					isError(t, err, spectron.ErrForbidden, "id")
					break
				}
				rotated++
				add(k, &from)
				if !k.ValidUntil.IsZero() && !d.clock.Now().Before(k.ValidUntil) {
					break // it has expired
				}
				if got := whoAmI(t, d.as(t, k)); !within(got.EffectiveGrants, before.EffectiveGrants) {
					t.Errorf("round %d: rotated to %v with %v", round, got.EffectiveGrants, before.EffectiveGrants)
				}
			default:
				// The rights of the principal change. The keys lose the same rights, and regain them up to their own limits.
				if random.IntN(2) == 0 {
					_, err = d.c.Principals().Grant(ctx, p.ID, spectron.GrantRequest{Path: patterns[random.IntN(len(patterns))], Verbs: spectron.Verbs()[:2]})
				} else {
					_, err = d.c.Principals().Revoke(ctx, p.ID, spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()[1:2]})
				}
				require.NoError(t, err)
				d.clock.Advance(7 * time.Minute)
				holds, err := d.c.Principals().Get(ctx, p.ID)
				require.NoError(t, err)
				for _, m := range all {
					c, err := d.mgr.Authenticate(ctx, m.key.Secret)
					if err != nil {
						continue
					}
					if !m.end.IsZero() && !d.clock.Now().Before(m.end) {
						t.Errorf("round %d: a key lives after its end", round)
					}
					got := whoAmI(t, c).EffectiveGrants
					if !within(got, holds.Grants) || m.limit != nil && !within(got, m.limit) {
						t.Errorf("round %d: %v of %v narrowed to %v", round, got, holds.Grants, m.limit)
					}
				}
			}
		}
	}
	if minted < 20 || refused < 20 || rotated < 20 { // otherwise the test proves nothing
		t.Errorf("seed %d: %d keys made, %d rotated, %d refusals", seed, minted, rotated, refused)
	}
}
