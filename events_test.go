package spectron_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// eventsOf returns the events of a Context with an action ("": all), oldest first.
func eventsOf(tb testing.TB, c administered, action spectron.EventAction) []spectron.Event {
	tb.Helper()
	var out []spectron.Event
	for cursor, more := "", true; more; {
		page, err := c.Events(context.Background(), spectron.EventQuery{Action: action, Cursor: cursor, Limit: 1000})
		require.NoError(tb, err)
		out = append(out, page.Items...)
		cursor, more = page.NextCursor, page.HasMore
	}
	slices.Reverse(out)
	return out
}

// controlEvents returns the events of the control plane, oldest first.
func controlEvents(tb testing.TB, mgr *spectron.Manager) []spectron.Event {
	tb.Helper()
	page, err := mgr.Events(context.Background(), spectron.EventQuery{Limit: 1000})
	require.NoError(tb, err)
	slices.Reverse(page.Items)
	return page.Items
}

// TestChangesLeaveEvents checks that each change records exactly the documented events with all fields, and that a call that changes
// nothing records none.
func TestChangesLeaveEvents(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	boss := d.badge(t, "boss", over("/*"))
	alice := d.principal(t, "alice", nil)
	mk, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	managed, err := d.mgr.AuthenticateManager(ctx, mk.Secret)
	require.NoError(t, err)
	console, err := managed.Context(ctx, "acme")
	require.NoError(t, err)
	delegate, err := boss.OnBehalfOf(ctx, d.principal(t, "deputy", over("/*")).ID)
	require.NoError(t, err)
	deputy := whoAmI(t, delegate).DelegatedPrincipalID
	var secrets []string
	keep := func(k *spectron.Key, err error) *spectron.Key {
		t.Helper()
		require.NoError(t, err)
		secrets = append(secrets, k.Secret)
		return k
	}
	require.NoError(t, second(d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "frank", ExternalID: "x:frank"})))
	var target string // the id or path that a step changed
	read := []spectron.Verb{spectron.MemoryRead}
	byBoss := spectron.Event{PrincipalID: boss.who.ID, KeyID: boss.key.ID}
	byOperator := spectron.Event{PrincipalID: "principal:admin"}
	type change struct {
		name string
		by   spectron.Event
		do   func() error
		want []spectron.Event // Target "": what the step changed
	}
	for _, tc := range []change{
		{"principal", byBoss, func() error {
			p, err := boss.Principals().Create(ctx, spectron.PrincipalSpec{Name: "carol", Grants: over("org/acme/*", read...)})
			target = p.ID
			return err
		}, []spectron.Event{
			{Action: spectron.EventPrincipalCreated, Op: "create principal", Detail: "carol"},
			{Action: spectron.EventScopeRegistered, Op: "create principal", Target: "org/acme", Paths: []string{"org", "org/acme"}},
		}},
		{"principal that is there", byOperator, func() error {
			return second(d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "somebody", ExternalID: "x:frank"}))
		}, nil},
		{"renamed", byOperator, func() error {
			target = alice.ID
			return second(d.c.Principals().Rename(ctx, alice.ID, spectron.PrincipalPatch{Name: "alicia"}))
		}, []spectron.Event{{Action: spectron.EventPrincipalRenamed, Op: "rename principal", Detail: "alice -> alicia"}}},
		{"renamed to the same", byOperator, func() error {
			return second(d.c.Principals().Rename(ctx, alice.ID, spectron.PrincipalPatch{Name: "alicia"}))
		}, nil},
		{"granted", byBoss, func() error {
			return second(boss.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: "/team/*", Verbs: spectron.Verbs()[:2]}))
		}, []spectron.Event{
			{Action: spectron.EventGranted, Op: "grant", Paths: []string{"team/*"}, Detail: "memory:read, memory:write"},
			{Action: spectron.EventScopeRegistered, Op: "grant", Target: "team", Paths: []string{"team"}},
		}},
		{"granted on behalf", spectron.Event{PrincipalID: boss.who.ID, KeyID: boss.key.ID, OnBehalfOf: deputy}, func() error {
			return second(delegate.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: "org", Verbs: read}))
		}, []spectron.Event{{Action: spectron.EventGranted, Op: "grant", Paths: []string{"org"}, Detail: "memory:read"}}},
		{"granted again", byBoss, func() error {
			return second(boss.Principals().Grant(ctx, alice.ID, spectron.GrantRequest{Path: "org", Verbs: read}))
		}, nil},
		{"revoked", spectron.Event{PrincipalID: "principal:admin", KeyID: mk.ID}, func() error {
			return second(console.Principals().Revoke(ctx, alice.ID, spectron.GrantRequest{Path: "team/*", Verbs: spectron.Verbs()}))
		}, []spectron.Event{{Action: spectron.EventGrantRevoked, Op: "revoke", Paths: []string{"team/*"},
			Detail: "memory:read, memory:write, memory:forget, scope:read, scope:create, scope:delete, grant:manage"}}},
		{"revoked again", byBoss, func() error {
			return second(boss.Principals().Revoke(ctx, alice.ID, spectron.GrantRequest{Path: "team/*", Verbs: read}))
		}, nil},
		{"key", byBoss, func() error {
			target = keep(boss.Keys().Create(ctx, spectron.KeySpec{Name: "own"})).ID
			return nil
		}, []spectron.Event{{Action: spectron.EventKeyCreated, Op: "create key", Detail: "own of " + boss.who.ID}}},
		{"key rotated", byOperator, func() error { keep(d.c.Keys().Rotate(ctx, "own")); return nil },
			[]spectron.Event{{Action: spectron.EventKeyRotated, Op: "rotate key", Detail: "own"}}},
		{"key rotated for a time", byBoss, func() error { keep(boss.Keys().RotateFor(ctx, "own", time.Hour)); return nil },
			[]spectron.Event{{Action: spectron.EventKeyRotated, Op: "rotate key", Detail: "own"}}},
		{"key revoked", byBoss, func() error { return boss.Keys().Revoke(ctx, "own") },
			[]spectron.Event{{Action: spectron.EventKeyRevoked, Op: "revoke key", Detail: "own"}}},
		{"scope", byBoss, func() error {
			return second(boss.Scopes().Register(ctx, spectron.ScopeSpec{Path: "a/b/c", Name: "C"}))
		}, []spectron.Event{{Action: spectron.EventScopeRegistered, Op: "register scope", Target: "a/b/c", Paths: []string{"a", "a/b", "a/b/c"}}}},
		{"scope that is there", byBoss, func() error { return second(boss.Scopes().Register(ctx, spectron.ScopeSpec{Path: "a/b/c", Name: "C"})) }, nil},
		{"scope renamed", byBoss, func() error { return second(boss.Scopes().Register(ctx, spectron.ScopeSpec{Path: "a/b/c", Name: "D"})) },
			[]spectron.Event{{Action: spectron.EventScopeRegistered, Op: "register scope", Target: "a/b/c", Paths: []string{"a/b/c"}}}},
		{"tombstoned", byBoss, func() error { return boss.Scopes().Tombstone(ctx, "a/b") },
			[]spectron.Event{{Action: spectron.EventScopeTombstoned, Op: "tombstone scope", Target: "a/b", Paths: []string{"a/b", "a/b/c"}}}},
		{"tombstoned again", byBoss, func() error { return boss.Scopes().Tombstone(ctx, "a/b") }, nil},
		{"forgotten, dry", byBoss, func() error {
			return second(boss.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "a", DryRun: true}))
		}, nil},
		{"forgotten", byBoss, func() error { return second(boss.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "a"})) },
			[]spectron.Event{{Action: spectron.EventScopeForgotten, Op: "forget scope", Target: "a", Paths: []string{"a"}, Verb: spectron.MemoryForget}}},
		{"deleted", byBoss, func() error { target = alice.ID; return boss.Principals().Delete(ctx, alice.ID) },
			[]spectron.Event{{Action: spectron.EventPrincipalDeleted, Op: "delete principal", Detail: "alicia"}}},
		{"reading", byBoss, func() error {
			recall(t, boss.Context, spectron.RecallRequest{Query: "x"})
			_, err := boss.Keys().List(ctx, spectron.PageRequest{})
			return err
		}, nil},
	} {
		before := len(eventsOf(t, d.c, ""))
		at := d.clock.Advance(time.Second)
		require.NoError(t, tc.do(), tc.name)
		got := eventsOf(t, d.c, "")[before:]
		for i := range tc.want {
			w := &tc.want[i]
			w.PrincipalID, w.KeyID, w.OnBehalfOf, w.ContextID, w.At = tc.by.PrincipalID, tc.by.KeyID, tc.by.OnBehalfOf, "acme", at
			if w.Target == "" {
				w.Target = target
			}
			if w.Paths == nil {
				w.Paths = []string{}
			}
		}
		for i := range got {
			if got[i].ID == "" {
				t.Errorf("%s: an event without an id", tc.name)
			}
			if got[i].ID = ""; got[i].Paths == nil {
				got[i].Paths = []string{}
			}
		}
		if len(got)+len(tc.want) > 0 && !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s left\n%+v\nwant\n%+v", tc.name, got, tc.want)
		}
	}
	// The principal of a preset is created and deleted with the key.
	before := len(eventsOf(t, d.c, ""))
	preset := keep(d.c.Keys().Create(ctx, spectron.KeySpec{Name: "agent", Principal: spectron.Agent, ScopeFloor: "org/floor"}))
	require.NoError(t, d.c.Keys().Revoke(ctx, preset.ID))
	token := keep(d.c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x:dave", TTL: time.Hour}))
	keep(d.c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x:dave", TTL: time.Hour, Grants: over("org", read...)}))
	var got []string
	for _, e := range eventsOf(t, d.c, "")[before:] {
		if e.Action == spectron.EventKeyCreated && e.Target != preset.ID && e.Target != token.ID {
			e.Target = "U" // the id of the second token
		}
		got = append(got, string(e.Action)+" "+strings.NewReplacer(preset.ID, "K", preset.PrincipalID, "P", token.PrincipalID, "D", token.ID, "T").Replace(e.Target))
	}
	same(t, got, []string{
		"principal.create P", "scope.register org/floor", "key.create K", "key.revoke K", "principal.delete P",
		"principal.create D", "key.create T", "grant.add D", "key.create U",
	})
	noSecrets(t, append(eventsOf(t, d.c, ""), controlEvents(t, d.mgr)...), append(secrets, boss.key.Secret, mk.Secret)...)
}

// noSecrets checks that events contain none of the given texts, and no secret even without its prefix.
func noSecrets(t *testing.T, events []spectron.Event, texts ...string) {
	t.Helper()
	all, err := json.Marshal(events)
	require.NoError(t, err)
	printed := fmt.Sprintf("%+v", events)
	for _, s := range texts {
		for _, part := range []string{s, s[strings.LastIndex(s, "-")+1:]} {
			if strings.Contains(string(all), part) || strings.Contains(printed, part) {
				t.Errorf("an event has %q", part)
			}
		}
	}
}

// TestDenialsLeaveEvents checks that every denied attempt is recorded once, with the caller, the operation, the place and the delegation.
func TestDenialsLeaveEvents(t *testing.T) {
	t.Parallel()
	off := false
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	const private = "peculiarly-private-words"
	remember(t, d.c, spectron.RememberRequest{Text: "Alice works at Acme.", Scopes: spectron.Scopes{{"org/acme"}, {"org/globex"}}})
	secretSession := remember(t, d.c, spectron.RememberRequest{Text: "Alice likes " + private + ".", Scopes: spectron.Scopes{{"org/globex"}}}).SessionID
	rw := over("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite)
	alice := d.badge(t, "alice", rw)
	strict := d.badge(t, "reader", over("org/acme/*", spectron.MemoryRead))
	strictKey := d.mint(t, spectron.KeySpec{Name: "strict", PrincipalID: alice.who.ID, Strict: true})
	strictly := d.as(t, strictKey)
	manager := d.badge(t, "manager", over("org/acme/*", spectron.GrantManage, spectron.MemoryRead))
	presetKey := d.mint(t, spectron.KeySpec{Name: "agent", Principal: spectron.Agent, ScopeFloor: "org/acme"})
	agent := d.as(t, presetKey)
	narrowKey := d.mint(t, spectron.KeySpec{Name: "narrow", PrincipalID: alice.who.ID, Grants: over("org/acme", spectron.MemoryRead)})
	narrow := d.as(t, narrowKey)
	bob := d.principal(t, "bob", rw)
	delegate, err := alice.OnBehalfOf(ctx, bob.ID)
	require.NoError(t, err)
	mk, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	managed, err := d.mgr.AuthenticateManager(ctx, mk.Secret)
	require.NoError(t, err)
	own := tell(t, alice.Context, "Carol likes "+private+".").SessionID
	register(t, d.c, "org/acme/dead")
	require.NoError(t, d.c.Scopes().Tombstone(ctx, "org/acme/dead"))

	by := func(b badge) spectron.Event { return spectron.Event{PrincipalID: b.who.ID, KeyID: b.key.ID} }
	withKey := func(p string, k *spectron.Key) spectron.Event { return spectron.Event{PrincipalID: p, KeyID: k.ID} }
	onBehalf := spectron.Event{PrincipalID: alice.who.ID, KeyID: alice.key.ID, OnBehalfOf: bob.ID}
	operator := spectron.Event{PrincipalID: "principal:admin"}
	at := func(paths ...string) spectron.Scopes { return spectron.Scopes{paths} }
	read, write, forget, manage := spectron.MemoryRead, spectron.MemoryWrite, spectron.MemoryForget, spectron.GrantManage
	text := "Dave likes " + private + "."
	for _, tc := range []struct {
		name   string
		by     spectron.Event
		op     string
		verb   spectron.Verb
		paths  []string
		target string
		do     func() error
	}{
		{"write outside", by(alice), "remember", write, []string{"org/globex"}, "", func() error {
			return second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Scopes: at("org/globex", "org/acme")}))
		}},
		{"batch outside", by(alice), "remember many", write, []string{"/"}, "", func() error {
			return second(alice.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: text}}, Scopes: at("/")}))
		}},
		{"write without a grant", by(strict), "remember", write, nil, "", func() error {
			return second(strict.Memory().Remember(ctx, spectron.RememberRequest{Text: text}))
		}},
		{"session outside", by(alice), "create session", write, []string{"org"}, "", func() error {
			return second(alice.Sessions().Create(ctx, spectron.SessionSpec{Scopes: at("org")}))
		}},
		{"write to a session of others", by(alice), "remember", write, nil, secretSession, func() error {
			return second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: text, SessionID: secretSession}))
		}},
		{"write to no session", by(alice), "remember", write, nil, "session:none", func() error {
			return second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: text, SessionID: "none"}))
		}},
		{"delete session", by(alice), "delete session", forget, nil, own, func() error { return alice.Sessions().Delete(ctx, own) }},
		{"write, strict", withKey(alice.who.ID, strictKey), "remember", write, nil, "", func() error {
			return second(strictly.Memory().Remember(ctx, spectron.RememberRequest{Text: text}))
		}},
		{"recall, strict", withKey(alice.who.ID, strictKey), "recall", read, nil, "", func() error {
			return second(strictly.Memory().Recall(ctx, spectron.RecallRequest{Query: private}))
		}},
		{"recall outside, strict", withKey(alice.who.ID, strictKey), "recall", read, []string{"org/globex"}, "", func() error {
			return second(strictly.Memory().Recall(ctx, spectron.RecallRequest{Query: private, Lens: at("org/globex")}))
		}},
		{"not registered", by(alice), "remember", spectron.ScopeCreate, []string{"org/acme/new"}, "", func() error {
			return second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Scopes: at("org/acme/new")}))
		}},
		{"tombstoned", by(alice), "remember", write, []string{"org/acme/dead"}, "", func() error {
			return second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Scopes: at("org/acme/dead")}))
		}},
		{"tombstoned, operator", operator, "create session", write, []string{"org/acme/dead"}, "", func() error {
			return second(d.c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: at("org/acme/dead", "org")}))
		}},
		{"register", by(alice), "register scope", spectron.ScopeCreate, []string{"x"}, "", func() error {
			return second(alice.Scopes().Register(ctx, spectron.ScopeSpec{Path: "x"}))
		}},
		{"tombstone", by(alice), "tombstone scope", spectron.ScopeDelete, []string{"org/acme/*"}, "", func() error { return alice.Scopes().Tombstone(ctx, "org/acme") }},
		{"forget", by(alice), "forget scope", forget, []string{"org/acme/*"}, "", func() error {
			return second(alice.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme", DryRun: true}))
		}},
		{"get principal", by(alice), "get principal", manage, nil, "", func() error { return second(alice.Principals().Get(ctx, bob.ID)) }},
		{"list principals", by(alice), "list principals", manage, nil, "", func() error { return second(alice.Principals().List(ctx, spectron.PageRequest{})) }},
		{"create principal", by(manager), "create principal", manage, []string{"/*"}, "", func() error {
			return second(manager.Principals().Create(ctx, spectron.PrincipalSpec{Name: "x"}))
		}},
		{"rename principal", by(manager), "rename principal", manage, []string{"/*"}, "", func() error {
			return second(manager.Principals().Rename(ctx, bob.ID, spectron.PrincipalPatch{Name: "x"}))
		}},
		{"delete principal", by(manager), "delete principal", manage, []string{"/*"}, "", func() error { return manager.Principals().Delete(ctx, bob.ID) }},
		{"grant outside", by(manager), "grant", manage, []string{"org/*"}, "", func() error {
			return second(manager.Principals().Grant(ctx, bob.ID, spectron.GrantRequest{Path: "org/*", Verbs: []spectron.Verb{read}}))
		}},
		{"grant what one lacks", by(manager), "grant", "", nil, "", func() error {
			return second(manager.Principals().Grant(ctx, bob.ID, spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{write}}))
		}},
		{"revoke outside", by(manager), "revoke", manage, []string{"/*"}, "", func() error {
			return second(manager.Principals().Revoke(ctx, bob.ID, spectron.GrantRequest{Path: "*", Verbs: []spectron.Verb{read}}))
		}},
		{"effective outside", by(manager), "effective grants", manage, []string{"org"}, "", func() error {
			return second(manager.Principals().Effective(ctx, bob.ID, spectron.EffectiveRequest{Path: "org"}))
		}},
		{"change system", operator, "grant", "", nil, "principal:system", func() error {
			return second(d.c.Principals().Grant(ctx, "system", spectron.GrantRequest{Path: "a", Verbs: []spectron.Verb{read}}))
		}},
		{"rename system", operator, "rename principal", "", nil, "principal:system", func() error {
			return second(d.c.Principals().Rename(ctx, "system", spectron.PrincipalPatch{Name: "x"}))
		}},
		{"delete admin", operator, "delete principal", "", nil, "principal:admin", func() error { return d.c.Principals().Delete(ctx, "admin") }},
		{"events", by(manager), "events", manage, []string{"/*"}, "", func() error { return second(manager.Events(ctx, spectron.EventQuery{})) }},
		{"preset makes keys", withKey(presetKey.PrincipalID, presetKey), "create key", "", nil, "", func() error {
			return second(agent.Keys().Create(ctx, spectron.KeySpec{Name: "x"}))
		}},
		{"preset lists keys", withKey(presetKey.PrincipalID, presetKey), "list keys", "", nil, "", func() error { return second(agent.Keys().List(ctx, spectron.PageRequest{})) }},
		{"preset gets keys", withKey(presetKey.PrincipalID, presetKey), "get key", "", nil, "", func() error { return second(agent.Keys().Get(ctx, "agent")) }},
		{"preset revokes keys", withKey(presetKey.PrincipalID, presetKey), "revoke key", "", nil, "", func() error { return agent.Keys().Revoke(ctx, "agent") }},
		{"delegate makes keys", onBehalf, "create key", "", nil, "", func() error { return second(delegate.Keys().Create(ctx, spectron.KeySpec{Name: "x"})) }},
		{"delegate writes outside", onBehalf, "remember", write, []string{"org/globex"}, "", func() error {
			return second(delegate.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Scopes: at("org/globex")}))
		}},
		{"delegate of a delegate", onBehalf, "on behalf of", "", nil, "", func() error { return second(delegate.OnBehalfOf(ctx, bob.ID)) }},
		{"delegate of nobody", by(alice), "on behalf of", "", nil, "principal:none", func() error { return second(alice.OnBehalfOf(ctx, "none")) }},
		{"key for another", by(alice), "create key", "", nil, "", func() error {
			return second(alice.Keys().Create(ctx, spectron.KeySpec{Name: "x", PrincipalID: bob.ID}))
		}},
		{"key that widens", withKey(alice.who.ID, narrowKey), "create key", "", nil, alice.who.ID, func() error {
			return second(narrow.Keys().Create(ctx, spectron.KeySpec{Name: "x", Grants: rw}))
		}},
		{"rotation that widens", withKey(alice.who.ID, narrowKey), "rotate key", "", nil, alice.key.ID, func() error { return second(narrow.Keys().Rotate(ctx, alice.key.ID)) }},
		{"access token", by(alice), "issue access token", "", nil, "", func() error {
			return second(alice.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x", TTL: 1}))
		}},
		{"self-service off", by(alice), "create key", "", nil, "", func() error {
			_, err := d.mgr.PatchContext(ctx, "acme", spectron.ContextPatch{Config: spectron.Config{AllowSelfServiceKeys: &off}})
			require.NoError(t, err)
			return second(alice.Keys().Create(ctx, spectron.KeySpec{Name: "x"}))
		}},
		{"secret that is wrong", spectron.Event{KeyID: alice.key.ID}, "authenticate", "", nil, "", func() error {
			return second(d.mgr.Authenticate(ctx, "sk"+strings.TrimPrefix(alice.key.Secret[:len(alice.key.Secret)-5], "sk")+"00000"))
		}},
		{"secret that was rotated", spectron.Event{KeyID: narrowKey.ID}, "authenticate", "", nil, "", func() error {
			_, err := d.c.Keys().Rotate(ctx, narrowKey.ID)
			require.NoError(t, err)
			return second(d.mgr.Authenticate(ctx, narrowKey.Secret))
		}},
		{"handle that is dead", withKey(alice.who.ID, narrowKey), "recall", "", nil, "", func() error {
			return second(narrow.Memory().Recall(ctx, spectron.RecallRequest{Query: private}))
		}},
		{"delegate that is dead", onBehalf, "who am I", "", nil, "", func() error {
			require.NoError(t, d.c.Principals().Delete(ctx, bob.ID))
			return second(delegate.Memory().WhoAmI(ctx))
		}},
	} {
		before, control := len(eventsOf(t, d.c, spectron.EventDenied)), len(controlEvents(t, d.mgr))
		now := d.clock.Advance(time.Millisecond)
		err := tc.do()
		if err == nil {
			t.Errorf("%s: not refused", tc.name)
			continue
		}
		all := eventsOf(t, d.c, spectron.EventDenied)[before:]
		if len(all) != 1 {
			t.Errorf("%s (%v) left %d events: %+v", tc.name, err, len(all), all)
			continue
		}
		got, want := all[0], tc.by
		want.Action, want.Op, want.Verb, want.Target, want.ContextID, want.At = spectron.EventDenied, tc.op, tc.verb, tc.target, "acme", now
		if tc.name == "self-service off" { // the change of the configuration is another event
			control++
		}
		if want.ID, want.Detail, want.Paths = got.ID, got.Detail, got.Paths; !reflect.DeepEqual(got, want) || !slices.Equal(got.Paths, tc.paths) || got.Detail == "" {
			t.Errorf("%s left\n%+v, want\n%+v at %q", tc.name, got, want, tc.paths)
		}
		if more := len(controlEvents(t, d.mgr)) - control; more != 0 {
			t.Errorf("%s left %d events in the control plane", tc.name, more)
		}
		if strings.Contains(err.Error(), private) {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
	// Unknown secrets, and attempts with an invalid management key, are recorded in the control plane.
	require.NoError(t, d.mgr.ManagementKeys().Revoke(ctx, mk.ID))
	for name, tc := range map[string]struct {
		by spectron.Event
		do func() error
	}{
		"no secret": {spectron.Event{Op: "authenticate"}, func() error { return second(d.mgr.Authenticate(ctx, private)) }},
		"unknown Context": {spectron.Event{Op: "authenticate", ContextID: "acmf"}, func() error {
			return second(d.mgr.Authenticate(ctx, strings.Replace(alice.key.Secret, "sk-acme-", "sk-acmf-", 1)))
		}},
		"no management key": {spectron.Event{Op: "authenticate manager"}, func() error { return second(d.mgr.AuthenticateManager(ctx, alice.key.Secret)) }},
		"wrong management key": {spectron.Event{Op: "authenticate manager"}, func() error {
			return second(d.mgr.AuthenticateManager(ctx, mk.Secret[:len(mk.Secret)-5]+"00000"))
		}},
		"dead management key": {spectron.Event{Op: "list contexts", PrincipalID: "principal:admin", KeyID: mk.ID}, func() error {
			return second(managed.ListContexts(ctx, spectron.PageRequest{}))
		}},
	} {
		before, inside := len(controlEvents(t, d.mgr)), len(eventsOf(t, d.c, ""))
		require.Error(t, tc.do(), name)
		all := controlEvents(t, d.mgr)[before:]
		if len(all) != 1 || len(eventsOf(t, d.c, "")) != inside {
			t.Errorf("%s left %+v", name, all)
			continue
		}
		e := all[0]
		if e.Action != spectron.EventDenied || e.Op != tc.by.Op || e.PrincipalID != tc.by.PrincipalID || e.KeyID != tc.by.KeyID || e.ContextID != tc.by.ContextID || !e.At.Equal(d.clock.Now()) {
			t.Errorf("%s left %+v", name, e)
		}
	}
	noSecrets(t, append(eventsOf(t, d.c, ""), controlEvents(t, d.mgr)...), private, alice.key.Secret, narrowKey.Secret, strictKey.Secret, presetKey.Secret, mk.Secret)
}

// TestDenialsAreSmall checks that the recorded text of a refused request is short, whatever the request names.
func TestDenialsAreSmall(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/*", spectron.MemoryRead, spectron.MemoryWrite))
	long := strings.Repeat("s", 1<<20)
	scopes := make(spectron.Scopes, 64)
	for i := range scopes {
		for j := range 16 {
			scopes[i] = append(scopes[i], fmt.Sprintf("%d/%d/%s", i, j, strings.Repeat("x", 500)))
		}
	}
	for name, err := range map[string]error{
		"session":  second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", SessionID: long})),
		"batch":    second(alice.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "x"}}, SessionID: long})),
		"recall":   second(alice.Memory().Recall(ctx, spectron.RecallRequest{Query: "x", SessionID: long})),
		"get":      second(alice.Sessions().Get(ctx, long)),
		"delete":   alice.Sessions().Delete(ctx, long),
		"scopes":   second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", Scopes: scopes})),
		"delegate": second(alice.OnBehalfOf(ctx, long)),
		"secret":   second(d.mgr.Authenticate(ctx, long)),
	} {
		if err == nil || len(err.Error()) > 64<<10 {
			t.Errorf("%s: an error of %d bytes", name, len(fmt.Sprint(err)))
		}
	}
	// An unusual id does not prevent the record of an attempt.
	for _, id := range []string{"\xff", "a\x00b", "\xed\xa0\x80", strings.Repeat("ü", 1<<10), " "} {
		before := len(eventsOf(t, d.c, spectron.EventDenied))
		isError(t, second(alice.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", SessionID: id})), spectron.ErrForbidden, "SessionID")
		if n := len(eventsOf(t, d.c, spectron.EventDenied)) - before; n != 1 {
			t.Errorf("a session %q left %d events", id[:min(len(id), 20)], n)
		}
	}
	for _, e := range append(eventsOf(t, d.c, spectron.EventDenied), controlEvents(t, d.mgr)...) {
		encoded, err := json.Marshal(e)
		require.NoError(t, err)
		if len(encoded) > 64<<10 {
			t.Errorf("%s left %d bytes", e.Op, len(encoded))
		}
	}
}

func TestEventQueries(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	boss := d.badge(t, "boss", over("/*", spectron.GrantManage, spectron.ScopeCreate))
	start := d.clock.Now()
	for i := range 4 {
		d.clock.Advance(time.Hour)
		register(t, d.c, fmt.Sprint("a", i))
		register(t, boss.Context, fmt.Sprint("b", i))
		isError(t, second(boss.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", Scopes: spectron.Scopes{{"a0"}}})), spectron.ErrForbidden, "Scopes")
	}
	all := eventsOf(t, d.c, "")
	if len(all) != 14 { // the principal and its key, and three for each hour
		t.Fatalf("%d events: %+v", len(all), all)
	}
	slices.Reverse(all)
	for name, tc := range map[string]struct {
		q    spectron.EventQuery
		want func(spectron.Event) bool
		n    int
	}{
		"all":             {spectron.EventQuery{}, func(spectron.Event) bool { return true }, 14},
		"boss":            {spectron.EventQuery{PrincipalID: boss.who.ID}, func(e spectron.Event) bool { return e.PrincipalID == boss.who.ID }, 8},
		"boss, bare id":   {spectron.EventQuery{PrincipalID: strings.TrimPrefix(boss.who.ID, "principal:")}, func(e spectron.Event) bool { return e.PrincipalID == boss.who.ID }, 8},
		"denied":          {spectron.EventQuery{Action: spectron.EventDenied}, func(e spectron.Event) bool { return e.Action == spectron.EventDenied }, 4},
		"denied to admin": {spectron.EventQuery{Action: spectron.EventDenied, PrincipalID: "admin"}, func(spectron.Event) bool { return false }, 0},
		"since":           {spectron.EventQuery{Since: start.Add(2 * time.Hour)}, func(e spectron.Event) bool { return !e.At.Before(start.Add(2 * time.Hour)) }, 9},
		"until":           {spectron.EventQuery{Until: start.Add(2 * time.Hour)}, func(e spectron.Event) bool { return !e.At.After(start.Add(2 * time.Hour)) }, 8},
		"at": {spectron.EventQuery{Since: start.Add(time.Hour), Until: start.Add(time.Hour).In(time.FixedZone("west", -3600))},
			func(e spectron.Event) bool { return e.At.Equal(start.Add(time.Hour)) }, 3},
		"all of it": {spectron.EventQuery{Since: start.Add(time.Hour), Until: start.Add(3 * time.Hour), Action: spectron.EventScopeRegistered, PrincipalID: boss.who.ID}, func(e spectron.Event) bool {
			return e.Action == spectron.EventScopeRegistered && e.PrincipalID == boss.who.ID && e.At.Before(start.Add(4*time.Hour))
		}, 3},
		"unknown action": {spectron.EventQuery{Action: "none"}, func(spectron.Event) bool { return false }, 0},
	} {
		var want []string
		for _, e := range all {
			if tc.want(e) {
				want = append(want, e.ID)
			}
		}
		require.Len(t, want, tc.n, name)
		for _, c := range []*spectron.Context{d.c, boss.Context} {
			for _, limit := range []int{0, 1, 3, max(tc.n, 1), tc.n + 1} {
				var got []string
				for q, more := tc.q, true; more; {
					q.Limit = limit
					page, err := c.Events(ctx, q)
					require.NoError(t, err)
					for _, e := range page.Items {
						got = append(got, e.ID)
					}
					if more = page.HasMore; more != (page.NextCursor != "") || more && len(page.Items) != limit || len(got) > len(want) {
						t.Fatalf("%s, limit %d: %+v", name, limit, page)
					}
					q.Cursor = page.NextCursor
				}
				same(t, got, want)
			}
		}
	}
	year := time.Date(30000, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		q     spectron.EventQuery
		want  *spectron.Error
		field string
	}{
		"limit":     {spectron.EventQuery{Limit: 1001}, spectron.ErrInvalid, "Limit"},
		"negative":  {spectron.EventQuery{Limit: -1}, spectron.ErrInvalid, "Limit"},
		"Cursor":    {spectron.EventQuery{Cursor: strings.Repeat("x", 513)}, spectron.ErrTooLarge, "Cursor"},
		"principal": {spectron.EventQuery{PrincipalID: strings.Repeat("x", 513)}, spectron.ErrTooLarge, "PrincipalID"},
		"action":    {spectron.EventQuery{Action: "\xff"}, spectron.ErrInvalid, "Action"},
		"since":     {spectron.EventQuery{Since: year}, spectron.ErrInvalid, "Since"},
		"until":     {spectron.EventQuery{Until: year}, spectron.ErrInvalid, "Until"},
	} {
		t.Run(name, func(t *testing.T) {
			isError(t, second(d.c.Events(ctx, tc.q)), tc.want, tc.field)
			isError(t, second(d.mgr.Events(ctx, tc.q)), tc.want, tc.field)
		})
	}
	// An invalid cursor gives some place or an empty page, and never fails.
	for _, cursor := range []string{"x", "audit_event:", "principal:admin", "audit_event:00000005", "00000005"} {
		if _, err := d.c.Events(ctx, spectron.EventQuery{Cursor: cursor}); err != nil {
			t.Errorf("cursor %q: %v", cursor, err)
		}
	}
	// A caller may read events if it effectively holds grant:manage over everything.
	for name, grants := range map[string]spectron.Grants{
		"nothing": nil, "part": over("org/*"), "root alone": over("/"), "all but": over("/*", spectron.Verbs()[:6]...),
	} {
		isError(t, second(d.badge(t, name, grants).Events(ctx, spectron.EventQuery{})), spectron.ErrForbidden, "")
	}
	narrow := d.as(t, d.mint(t, spectron.KeySpec{Name: "narrow", PrincipalID: boss.who.ID, Grants: over("a/*", spectron.GrantManage)}))
	isError(t, second(narrow.Events(ctx, spectron.EventQuery{})), spectron.ErrForbidden, "")
	delegate, err := boss.OnBehalfOf(ctx, d.principal(t, "partly", over("a/*", spectron.GrantManage)).ID)
	require.NoError(t, err)
	isError(t, second(delegate.Events(ctx, spectron.EventQuery{})), spectron.ErrForbidden, "")
}
