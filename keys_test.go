package spectron_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

var (
	keyID          = regexp.MustCompile(`^cak_acme_[0-9a-hjkmnp-tv-z]{26}$`)
	operatorSecret = regexp.MustCompile(`^sk-acme-[0-9a-hjkmnp-tv-z]{26}-[0-9a-hjkmnp-tv-z]{52}$`)
	selfSecret     = regexp.MustCompile(`^sp-cak_acme_[0-9a-hjkmnp-tv-z]{26}-[0-9a-hjkmnp-tv-z]{52}$`)
)

func TestPresetKeys(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	read, write := spectron.MemoryRead, spectron.MemoryWrite
	for _, tc := range []struct {
		spec  spectron.KeySpec
		floor string
		at    string
	}{
		{spectron.KeySpec{Name: "app-agent", Principal: spectron.Agent, ScopeFloor: "/org/acme/"}, "org/acme", "org/acme/*"},
		{spectron.KeySpec{Name: "boss", Principal: spectron.Supervisor, ScopeFloor: "org/acme"}, "org/acme", "org/acme/*"},
		{spectron.KeySpec{Name: "everywhere", Principal: spectron.Agent}, "/", "/*"},
		{spectron.KeySpec{Name: "root", Principal: spectron.Supervisor, ScopeFloor: "/"}, "/", "/*"},
		{spectron.KeySpec{Name: "strict", Principal: spectron.Agent, ScopeFloor: "a", Strict: true, Upload: true, TTL: time.Hour}, "a", "a/*"},
	} {
		k := d.mint(t, tc.spec)
		want := spectron.Key{
			ID: k.ID, Name: tc.spec.Name, Secret: k.Secret, PrincipalID: k.PrincipalID, Principal: tc.spec.Principal, ScopeFloor: tc.floor,
			Strict: tc.spec.Strict, Upload: tc.spec.Upload, MadeBy: "operator", CreatedAt: d.clock.Now(),
		}
		if tc.spec.TTL > 0 {
			want.ValidUntil = d.clock.Now().Add(tc.spec.TTL)
		}
		if !reflect.DeepEqual(*k, want) || !keyID.MatchString(k.ID) || !operatorSecret.MatchString(k.Secret) {
			t.Errorf("made %#v with the secret %s, want %#v", k, k.Secret, want)
		}
		p, err := d.c.Principals().Get(ctx, k.PrincipalID)
		require.NoError(t, err)
		if p.Name != tc.spec.Name || p.Kind != spectron.PrincipalAgent || !reflect.DeepEqual(p.Grants, over(tc.at, read, write)) {
			t.Errorf("%s: its principal is %+v", tc.spec.Name, p)
		}
		c := d.as(t, k)
		if who := whoAmI(t, c); !reflect.DeepEqual(who.EffectiveGrants, over(tc.at, read, write)) || who.TokenGrants != nil || who.Preset != tc.spec.Principal {
			t.Errorf("%s is %+v", tc.spec.Name, who)
		}
		for _, id := range []string{k.ID, k.Name} { // the secret is shown only once
			got, err := d.c.Keys().Get(ctx, id)
			require.NoError(t, err)
			// Its use may have been recorded meanwhile.
			if want.Secret, want.LastUsedAt = "", got.LastUsedAt; !reflect.DeepEqual(*got, want) {
				t.Errorf("got %#v, want %#v", got, want)
			}
		}
		// Agents and supervisors do not manage keys.
		isError(t, second(c.Keys().Create(ctx, spectron.KeySpec{Name: "more"})), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().List(ctx, spectron.PageRequest{})), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().Get(ctx, k.ID)), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().Rotate(ctx, k.ID)), spectron.ErrForbidden, "")
		isError(t, second(c.Keys().RotateFor(ctx, k.ID, time.Hour)), spectron.ErrForbidden, "")
		isError(t, c.Keys().Revoke(ctx, k.ID), spectron.ErrForbidden, "")
	}
	// The floor is registered, so an agent, which may not register scopes, can write there at once.
	agent := d.as(t, d.mint(t, spectron.KeySpec{Name: "new", Principal: spectron.Agent, ScopeFloor: "org/globex/team"}))
	r := tell(t, agent, "Bob lives in Oslo.")
	s, err := d.c.Sessions().Get(ctx, r.SessionID)
	require.NoError(t, err)
	if !reflect.DeepEqual(s.Scopes, spectron.Scopes{{"org/globex/team"}}) {
		t.Errorf("an agent writes to %v", s.Scopes)
	}
}

func TestKeyCreateRefuses(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite))
	with := func(grants spectron.Grants) spectron.KeySpec {
		return spectron.KeySpec{Name: "k", PrincipalID: alice.who.ID, Grants: grants}
	}
	for name, tc := range map[string]struct {
		spec  spectron.KeySpec
		want  *spectron.Error
		field string
	}{
		"no name":                  {spectron.KeySpec{Principal: spectron.Agent}, spectron.ErrInvalid, "Name"},
		"long name":                {spectron.KeySpec{Name: strings.Repeat("n", 129)}, spectron.ErrTooLarge, "Name"},
		"name with tab":            {spectron.KeySpec{Name: "a\tb"}, spectron.ErrInvalid, "Name"},
		"preset":                   {spectron.KeySpec{Name: "k", Principal: "robot"}, spectron.ErrInvalid, "Principal"},
		"preset and principal":     {spectron.KeySpec{Name: "k", Principal: spectron.Agent, PrincipalID: alice.who.ID}, spectron.ErrInvalid, "Principal"},
		"preset and grants":        {spectron.KeySpec{Name: "k", Principal: spectron.Agent, Grants: spectron.Grants{}}, spectron.ErrInvalid, "Principal"},
		"floor":                    {spectron.KeySpec{Name: "k", Principal: spectron.Agent, ScopeFloor: "org/*"}, spectron.ErrInvalid, "ScopeFloor"},
		"floor without preset":     {spectron.KeySpec{Name: "k", ScopeFloor: "org"}, spectron.ErrInvalid, "ScopeFloor"},
		"upload without preset":    {spectron.KeySpec{Name: "k", Upload: true}, spectron.ErrInvalid, "Upload"},
		"principal":                {spectron.KeySpec{Name: "k", PrincipalID: "none"}, spectron.ErrNotFound, "PrincipalID"},
		"principal of no id":       {spectron.KeySpec{Name: "k", PrincipalID: "principal:"}, spectron.ErrNotFound, "PrincipalID"},
		"10 MB principal":          {spectron.KeySpec{Name: "k", PrincipalID: strings.Repeat("p", 10<<20)}, spectron.ErrTooLarge, "PrincipalID"},
		"TTL negative":             {spectron.KeySpec{Name: "k", TTL: -1}, spectron.ErrInvalid, "TTL"},
		"TTL of 101 years":         {spectron.KeySpec{Name: "k", TTL: 101 * 365 * 24 * time.Hour}, spectron.ErrInvalid, "TTL"},
		"pattern":                  {with(over("org/**", spectron.MemoryRead)), spectron.ErrInvalid, "Grants"},
		"verb":                     {with(over("org/acme", "write")), spectron.ErrInvalid, "Grants"},
		"wider pattern":            {with(over("org/*", spectron.MemoryRead)), spectron.ErrInvalid, "Grants"},
		"everything":               {with(over("/*", spectron.MemoryRead)), spectron.ErrInvalid, "Grants"},
		"elsewhere":                {with(over("org/acme2", spectron.MemoryRead)), spectron.ErrInvalid, "Grants"},
		"verb that it lacks":       {with(over("org/acme", spectron.GrantManage)), spectron.ErrInvalid, "Grants"},
		"one of two":               {with(spectron.Grants{spectron.MemoryRead: {"org/acme", "org"}}), spectron.ErrInvalid, "Grants"},
		"name of the principal's":  {spectron.KeySpec{Name: "of alice", PrincipalID: alice.who.ID}, spectron.ErrAlreadyExists, "Name"},
		"preset, principal's name": {spectron.KeySpec{Name: "alice", Principal: spectron.Agent}, spectron.ErrAlreadyExists, "Name"},
		"preset, admin":            {spectron.KeySpec{Name: "admin", Principal: spectron.Agent}, spectron.ErrAlreadyExists, "Name"},
	} {
		t.Run(name, func(t *testing.T) {
			k, err := d.c.Keys().Create(ctx, tc.spec)
			isError(t, err, tc.want, tc.field)
			if k != nil {
				t.Errorf("a key beside the error: %v", k)
			}
		})
	}
	page, err := d.c.Keys().List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 1 {
		t.Errorf("refused ones are there: %v", page.Items)
	}
	// Another principal may have a key with that name. After a preset was revoked, its name is free for another preset.
	bob := d.principal(t, "bob", nil)
	d.mint(t, spectron.KeySpec{Name: "of alice", PrincipalID: bob.ID})
	isError(t, second(d.c.Keys().Get(ctx, "of alice")), spectron.ErrConflict, "id")
	isError(t, second(d.c.Keys().Rotate(ctx, "of alice")), spectron.ErrConflict, "id")
	isError(t, d.c.Keys().Revoke(ctx, "of alice"), spectron.ErrConflict, "id")
}

// TestNarrowedKeys checks that a key limits the rights of its principal, and that neither the key nor a key created with it gets rights
// that the principal is granted later.
func TestNarrowedKeys(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	read, write := spectron.MemoryRead, spectron.MemoryWrite
	alice := d.badge(t, "alice", over("org/acme/*", read, write))
	narrow := d.mint(t, spectron.KeySpec{Name: "narrow", PrincipalID: alice.who.ID, Grants: spectron.Grants{read: {"/org/acme/team/*", "org/acme/user"}}})
	want := spectron.Grants{read: {"org/acme/team/*", "org/acme/user"}}
	if !reflect.DeepEqual(narrow.Grants, want) {
		t.Errorf("narrowed to %v", narrow.Grants)
	}
	c := d.as(t, narrow)
	child, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "child"})
	require.NoError(t, err)
	if !selfSecret.MatchString(child.Secret) || !reflect.DeepEqual(child.Grants, want) || child.PrincipalID != alice.who.ID {
		t.Errorf("a narrowed key made %+v with the secret %s", child, child.Secret)
	}
	for _, grants := range []spectron.Grants{over("org/acme/*", read), over("org/acme/team/*", write), over("org/acme", read), over("org/acme/user/*", read)} {
		isError(t, second(c.Keys().Create(ctx, spectron.KeySpec{Name: "wide", Grants: grants})), spectron.ErrInvalid, "Grants")
	}
	may := func(k *spectron.Key, want spectron.Grants) {
		t.Helper()
		if got := whoAmI(t, d.as(t, k)); !reflect.DeepEqual(got.EffectiveGrants, want) {
			t.Errorf("%s may do %v, want %v", k.Name, got.EffectiveGrants, want)
		}
	}
	_, err = d.c.Principals().Grant(ctx, alice.who.ID, spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()})
	require.NoError(t, err)
	may(alice.key, over("/*"))
	may(narrow, want)
	may(child, want)
	_, err = d.c.Principals().Revoke(ctx, alice.who.ID, spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()})
	require.NoError(t, err)
	_, err = d.c.Principals().Grant(ctx, alice.who.ID, spectron.GrantRequest{Path: "org/acme/team/red", Verbs: []spectron.Verb{read, write}})
	require.NoError(t, err)
	may(alice.key, over("org/acme/team/red", read, write))
	may(narrow, over("org/acme/team/red", read))
	may(child, over("org/acme/team/red", read))
	// It can get neither the secret of a key with more rights, nor the secret of another principal's key.
	isError(t, second(c.Keys().Rotate(ctx, alice.key.ID)), spectron.ErrForbidden, "id")
	isError(t, second(c.Keys().RotateFor(ctx, "of alice", time.Hour)), spectron.ErrForbidden, "id")
	whoAmI(t, alice.Context)
	_, err = c.Keys().Rotate(ctx, "child")
	require.NoError(t, err)
	isError(t, second(c.Keys().Create(ctx, spectron.KeySpec{Name: "k", PrincipalID: "admin"})), spectron.ErrForbidden, "PrincipalID")
	isError(t, second(c.Keys().Create(ctx, spectron.KeySpec{Name: "k", Principal: spectron.Agent})), spectron.ErrForbidden, "PrincipalID")
	_, err = c.Keys().Create(ctx, spectron.KeySpec{Name: "k", PrincipalID: alice.who.ID, Grants: over("org/acme/team/red", read)})
	require.NoError(t, err)
}

// TestStrictKeys checks that a strict key must name scopes in every call, and that these are refused instead of narrowed.
func TestStrictKeys(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite, spectron.ScopeCreate))
	strict := d.mint(t, spectron.KeySpec{Name: "strict", PrincipalID: alice.who.ID, Strict: true})
	c := d.as(t, strict)
	session, err := c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: spectron.Scopes{{"org/acme/team"}}})
	require.NoError(t, err)
	inside, partly := spectron.Scopes{{"org/acme/team"}}, spectron.Scopes{{"org/acme/team"}, {"org/globex"}}
	for name, tc := range map[string]struct {
		err   error
		field string // "": allowed
	}{
		"write, no scopes":        {second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo."})), "Scopes"},
		"preview, no scopes":      {second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo.", Infer: spectron.InferPreview})), "Scopes"},
		"batch, no scopes":        {second(c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "x"}}})), "Scopes"},
		"session, no scopes":      {second(c.Sessions().Create(ctx, spectron.SessionSpec{})), "Scopes"},
		"write, outside":          {second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo.", Scopes: partly})), "Scopes"},
		"session, outside":        {second(c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: partly})), "Scopes"},
		"recall, no lens":         {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob"})), "Lens"},
		"recall of session":       {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob", SessionID: session.ID})), "Lens"},
		"recall, partly":          {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob", Lens: partly})), "Lens"},
		"recall, above":           {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob", Lens: spectron.Scopes{{"org"}}})), "Lens"},
		"recall, two paths":       {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob", Lens: spectron.Scopes{{"org/acme", "b"}}})), "Lens"},
		"write, scopes":           {second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo.", Scopes: inside})), ""},
		"write, session":          {second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo.", SessionID: session.ID})), ""},
		"recall, lens":            {second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob", Lens: inside})), ""},
		"read session":            {second(c.Sessions().Get(ctx, session.ID)), ""},
		"not strict, no lens":     {second(alice.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob"})), ""},
		"not strict, a wide lens": {second(alice.Memory().Recall(ctx, spectron.RecallRequest{Query: "Bob", Lens: partly})), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.field == "" {
				require.NoError(t, tc.err)
				return
			}
			isError(t, tc.err, spectron.ErrForbidden, tc.field)
		})
	}
	// A key created with a strict key is strict. A strict key cannot rotate one that is not strict.
	child, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "child"})
	require.NoError(t, err)
	if !child.Strict || !whoAmI(t, d.as(t, child)).Strict {
		t.Errorf("a strict key made %+v", child)
	}
	isError(t, second(c.Keys().Rotate(ctx, alice.key.ID)), spectron.ErrForbidden, "id")
	rotated, err := c.Keys().Rotate(ctx, child.ID)
	require.NoError(t, err)
	if !rotated.Strict {
		t.Errorf("rotated to %+v", rotated)
	}
}

func TestKeyLifetimes(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/*"))
	now := d.clock.Now()
	hour := d.mint(t, spectron.KeySpec{Name: "hour", PrincipalID: alice.who.ID, TTL: time.Hour})
	if !hour.ValidUntil.Equal(now.Add(time.Hour)) || !alice.key.ValidUntil.IsZero() {
		t.Errorf("%v and %v", hour.ValidUntil, alice.key.ValidUntil)
	}
	c := d.as(t, hour)
	// A key created with it expires no later than itself.
	for name, ttl := range map[string]time.Duration{"none": 0, "longer": 2 * time.Hour, "the same": time.Hour} {
		k, err := c.Keys().Create(ctx, spectron.KeySpec{Name: name, TTL: ttl})
		require.NoError(t, err)
		if !k.ValidUntil.Equal(hour.ValidUntil) {
			t.Errorf("%s: ends %v, want %v", name, k.ValidUntil, hour.ValidUntil)
		}
	}
	short, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "short", TTL: time.Minute})
	require.NoError(t, err)
	shortly := d.as(t, short)
	for name, ttl := range map[string]time.Duration{"short": time.Minute, "longer": time.Hour} {
		k, err := c.Keys().RotateFor(ctx, name, 100*time.Hour)
		require.NoError(t, err)
		if !k.ValidUntil.Equal(hour.ValidUntil) {
			t.Errorf("%s of %v: rotated to end %v, want %v", name, ttl, k.ValidUntil, hour.ValidUntil)
		}
	}
	isDead(t, shortly)
	endless, err := c.Keys().Rotate(ctx, alice.key.ID) // the expiry is kept, limited by that of the key in use
	require.NoError(t, err)
	if !endless.ValidUntil.Equal(hour.ValidUntil) {
		t.Errorf("a key that ends rotates one into %v", endless.ValidUntil)
	}

	d.clock.Advance(time.Hour - time.Nanosecond)
	whoAmI(t, c)
	whoAmI(t, d.as(t, hour))
	d.clock.Advance(time.Nanosecond)
	isDead(t, c)
	isError(t, second(d.mgr.Authenticate(ctx, hour.Secret)), spectron.ErrUnauthenticated, "")
	// It still exists, and becomes valid with a new lifetime, but handles of the old secret do not.
	k, err := d.c.Keys().Rotate(ctx, hour.ID)
	require.NoError(t, err)
	if !k.ValidUntil.Equal(hour.ValidUntil) {
		t.Errorf("rotated to end %v", k.ValidUntil)
	}
	isError(t, second(d.mgr.Authenticate(ctx, k.Secret)), spectron.ErrUnauthenticated, "")
	k, err = d.c.Keys().RotateFor(ctx, hour.ID, time.Minute)
	require.NoError(t, err)
	if !k.ValidUntil.Equal(d.clock.Now().Add(time.Minute)) {
		t.Errorf("rotated to end %v", k.ValidUntil)
	}
	whoAmI(t, d.as(t, k))
	isDead(t, c)
	for _, ttl := range []time.Duration{0, -time.Second, 101 * 365 * 24 * time.Hour} {
		isError(t, second(d.c.Keys().RotateFor(ctx, hour.ID, ttl)), spectron.ErrInvalid, "TTL")
	}
}

func TestKeyLifetimeMaximum(t *testing.T) {
	t.Parallel()
	longest := int64(3600)
	d, ctx := newDesk(t, spectron.ContextSpec{Config: spectron.Config{MaxTokenTTLSeconds: &longest}}), context.Background()
	alice := d.badge(t, "alice", over("org/*"))
	ends := func(k *spectron.Key, err error) time.Duration {
		t.Helper()
		require.NoError(t, err)
		return k.ValidUntil.Sub(d.clock.Now())
	}
	for _, tc := range []struct {
		name      string
		ttl, want time.Duration
	}{{"none", 0, time.Hour}, {"more", 2 * time.Hour, time.Hour}, {"less", time.Minute, time.Minute}} {
		spec := spectron.KeySpec{Name: tc.name, PrincipalID: alice.who.ID, TTL: tc.ttl}
		if got := ends(d.c.Keys().Create(ctx, spec)); got != tc.want {
			t.Errorf("%s: %v", tc.name, got)
		}
		if got := ends(alice.Keys().Create(ctx, spectron.KeySpec{Name: "own " + tc.name, TTL: tc.ttl})); got != tc.want {
			t.Errorf("own, %s: %v", tc.name, got)
		}
		if got := ends(d.c.Keys().Create(ctx, spectron.KeySpec{Name: "preset " + tc.name, Principal: spectron.Agent, TTL: tc.ttl})); got != tc.want {
			t.Errorf("preset, %s: %v", tc.name, got)
		}
		if tc.ttl > 0 {
			if got := ends(d.c.Keys().RotateFor(ctx, tc.name, tc.ttl)); got != tc.want {
				t.Errorf("rotated, %s: %v", tc.name, got)
			}
			if got := ends(d.c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x:" + tc.name, TTL: tc.ttl})); got != tc.want {
				t.Errorf("token, %s: %v", tc.name, got)
			}
		}
	}
	shorter := int64(60) // a new maximum applies from the next call on
	_, err := d.mgr.PatchContext(ctx, "acme", spectron.ContextPatch{Config: spectron.Config{MaxTokenTTLSeconds: &shorter}})
	require.NoError(t, err)
	if got := ends(d.c.Keys().Create(ctx, spectron.KeySpec{Name: "later", PrincipalID: alice.who.ID})); got != time.Minute {
		t.Errorf("after the patch: %v", got)
	}
}

func TestKeyRotate(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite))
	own, err := alice.Keys().Create(ctx, spectron.KeySpec{Name: "own", TTL: time.Hour, Grants: over("org/acme", spectron.MemoryRead)})
	require.NoError(t, err)
	preset := d.mint(t, spectron.KeySpec{Name: "preset", Principal: spectron.Agent, ScopeFloor: "org"})
	for name, tc := range map[string]struct {
		by   *spectron.Context
		key  *spectron.Key
		id   string
		last string // RotatedBy: a key that rotates itself keeps the earlier value
	}{
		"operator, by id": {d.c, own, own.ID, "operator"}, "operator, by name": {d.c, own, "own", "operator"}, "preset": {d.c, preset, preset.ID, "operator"},
		"by oneself": {d.as(t, own), own, "own", "operator"}, "own by another own": {alice.Context, own, own.ID, alice.key.ID},
	} {
		current, err := d.c.Keys().Rotate(ctx, tc.key.ID)
		require.NoError(t, err)
		old := d.as(t, current)
		by := tc.by
		if name == "by oneself" {
			by = old
		}
		d.clock.Advance(time.Second)
		got, err := by.Keys().Rotate(ctx, tc.id)
		require.NoError(t, err, name)
		want := *tc.key
		want.RotatedBy = tc.last
		if want.Secret, want.LastUsedAt = got.Secret, got.LastUsedAt; !reflect.DeepEqual(*got, want) || got.Secret == current.Secret || got.Secret == tc.key.Secret {
			t.Errorf("%s: rotated to %#v, want %#v", name, got, want)
		}
		form := operatorSecret
		if tc.key == own {
			form = selfSecret
		}
		if !form.MatchString(got.Secret) {
			t.Errorf("%s: the secret became %s", name, got.Secret)
		}
		isDead(t, old)
		isError(t, second(d.mgr.Authenticate(ctx, current.Secret)), spectron.ErrUnauthenticated, "")
		whoAmI(t, d.as(t, got))
	}
	for _, id := range []string{"none", "", "cak_acme_", "cak_other" + own.ID[8:], own.ID[:len(own.ID)-1], "principal:admin"} {
		isError(t, second(d.c.Keys().Rotate(ctx, id)), spectron.ErrNotFound, "id")
		isError(t, second(d.c.Keys().Get(ctx, id)), spectron.ErrNotFound, "id")
		isError(t, d.c.Keys().Revoke(ctx, id), spectron.ErrNotFound, "id")
	}
	isError(t, second(d.c.Keys().Rotate(ctx, strings.Repeat("x", 10<<20))), spectron.ErrTooLarge, "id")
	isError(t, second(d.c.Keys().Get(ctx, "\xff")), spectron.ErrInvalid, "id")
}

func TestKeyRevoke(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/acme/*"))
	for i, name := range []string{"k", "k", "k"} { // its name is free again
		k := d.mint(t, spectron.KeySpec{Name: name, PrincipalID: alice.who.ID})
		c, id := d.as(t, k), k.ID
		if i == 1 {
			id = k.Name
		}
		require.NoError(t, d.c.Keys().Revoke(ctx, id))
		isDead(t, c)
		isError(t, second(d.mgr.Authenticate(ctx, k.Secret)), spectron.ErrUnauthenticated, "")
		isError(t, second(d.c.Keys().Get(ctx, k.ID)), spectron.ErrNotFound, "id")
		isError(t, d.c.Keys().Revoke(ctx, k.ID), spectron.ErrNotFound, "id")
		isError(t, second(d.c.Keys().Rotate(ctx, k.ID)), spectron.ErrNotFound, "id")
	}
	// A preset's principal is deleted with its last key.
	for range 2 {
		preset := d.mint(t, spectron.KeySpec{Name: "agent", Principal: spectron.Agent, ScopeFloor: "org/acme"})
		require.NoError(t, d.c.Keys().Revoke(ctx, "agent"))
		isError(t, second(d.c.Principals().Get(ctx, preset.PrincipalID)), spectron.ErrNotFound, "id")
	}
	preset := d.mint(t, spectron.KeySpec{Name: "agent", Principal: spectron.Agent, ScopeFloor: "org/acme"})
	more := d.as(t, d.mint(t, spectron.KeySpec{Name: "more", PrincipalID: preset.PrincipalID}))
	require.NoError(t, d.c.Keys().Revoke(ctx, "agent"))
	whoAmI(t, more)
	_, err := d.c.Principals().Get(ctx, preset.PrincipalID) // the principal has another key
	require.NoError(t, err)
	// A principal that existed before the key stays.
	require.NoError(t, d.c.Keys().Revoke(ctx, alice.key.ID))
	_, err = d.c.Principals().Get(ctx, alice.who.ID)
	require.NoError(t, err)
	// A caller can revoke its own key, as its last call.
	bob := d.badge(t, "bob", nil)
	require.NoError(t, bob.Keys().Revoke(ctx, "of bob"))
	isDead(t, bob.Context)
}

// TestKeyEndsUnderUse checks that no call that begins after a key was revoked or rotated succeeds, even under concurrent use.
func TestKeyEndsUnderUse(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.principal(t, "alice", over("org/acme/*"))
	for name, end := range map[string]func(k *spectron.Key) error{
		"revoke":    func(k *spectron.Key) error { return d.c.Keys().Revoke(ctx, k.ID) },
		"rotate":    func(k *spectron.Key) error { return second(d.c.Keys().Rotate(ctx, k.ID)) },
		"principal": func(k *spectron.Key) error { return d.c.Principals().Delete(ctx, k.PrincipalID) },
	} {
		who := alice.ID
		if name == "principal" {
			who = d.principal(t, "bob", over("org/acme/*")).ID
		}
		k := d.mint(t, spectron.KeySpec{Name: name, PrincipalID: who})
		c := d.as(t, k)
		var over atomic.Bool
		var wg sync.WaitGroup
		began := make(chan struct{}, 6)
		for i := range 6 {
			wg.Go(func() {
				for n := 0; ; n++ {
					after := over.Load() // read before the call begins
					var err error
					switch i % 3 {
					case 0:
						_, err = c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Alice", Mode: spectron.ModeBM25})
					case 1:
						_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice works at Acme.", Infer: spectron.InferNone})
					default:
						_, err = d.mgr.Authenticate(ctx, k.Secret)
					}
					if n == 0 {
						began <- struct{}{}
					}
					if err != nil {
						isError(t, err, spectron.ErrUnauthenticated, "")
						return
					}
					if after {
						t.Errorf("%s: %d succeeded afterwards", name, i)
						return
					}
				}
			})
		}
		for range 6 {
			<-began
		}
		err := end(k)
		over.Store(true)
		wg.Wait()
		require.NoError(t, err)
	}
}

func TestKeyList(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("org/*"))
	bob := d.badge(t, "bob", over("/*", spectron.MemoryRead))
	boss := d.badge(t, "boss", over("/*", spectron.GrantManage, spectron.MemoryRead))
	partly := d.badge(t, "partly", over("org/*", spectron.GrantManage))
	narrowed := d.as(t, d.mint(t, spectron.KeySpec{Name: "narrowed", PrincipalID: boss.who.ID, Grants: over("/*", spectron.MemoryRead)}))
	for i := range 5 {
		d.mint(t, spectron.KeySpec{Name: fmt.Sprint("k", i), PrincipalID: []string{alice.who.ID, bob.who.ID}[i%2]})
	}
	mk, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	managed, err := d.mgr.AuthenticateManager(ctx, mk.Secret)
	require.NoError(t, err)
	console, err := managed.Context(ctx, "acme")
	require.NoError(t, err)
	all := []string{"of alice", "of bob", "of boss", "of partly", "narrowed", "k0", "k1", "k2", "k3", "k4"}
	ids := map[string]string{}
	for _, name := range all {
		key, err := d.c.Keys().Get(ctx, name)
		require.NoError(t, err)
		ids[name] = key.ID
	}
	// For a caller with a key, a name refers to its own keys. It uses ids, or Of, for the keys of others.
	isError(t, second(boss.Keys().Get(ctx, "k0")), spectron.ErrNotFound, "id")
	if page, err := boss.Keys().Of(bob.who.ID).List(ctx, spectron.PageRequest{}); err != nil || len(page.Items) != 3 {
		t.Errorf("of bob: %v, %v", page.Items, err)
	}
	if key, err := boss.Keys().Of(bob.who.ID).Get(ctx, "k1"); err != nil || key.ID != ids["k1"] {
		t.Errorf("k1 of bob: %v, %v", key, err)
	}
	isError(t, second(alice.Keys().Of(bob.who.ID).List(ctx, spectron.PageRequest{})), spectron.ErrNotFound, "id")
	isError(t, second(d.c.Keys().Of(bob.who.ID).Create(ctx, spectron.KeySpec{Name: "x", PrincipalID: alice.who.ID})), spectron.ErrInvalid, "PrincipalID")
	for name, tc := range map[string]struct {
		c    administered
		want []string
	}{
		"operator": {d.c, all}, "management": {console, all}, "grant:manage over everything": {boss.Context, all},
		"alice": {alice.Context, []string{"of alice", "k0", "k2", "k4"}}, "bob": {bob.Context, []string{"of bob", "k1", "k3"}},
		"grant:manage over a part": {partly.Context, []string{"of partly"}}, "narrowed to reading": {narrowed, []string{"of boss", "narrowed"}},
	} {
		for limit := range len(tc.want) + 2 {
			var got []string
			for cursor, more := "", true; more; {
				page, err := tc.c.Keys().List(ctx, spectron.PageRequest{Cursor: cursor, Limit: limit})
				require.NoError(t, err)
				for _, k := range page.Items {
					got = append(got, k.Name)
					if k.Secret != "" {
						t.Errorf("%s: the secret of %s", name, k.Name)
					}
				}
				if more = page.HasMore; more != (page.NextCursor != "") || more && len(page.Items) != limit || len(got) > len(all) {
					t.Fatalf("%s, limit %d: %+v", name, limit, page)
				}
				cursor = page.NextCursor
			}
			same(t, got, tc.want)
		}
		for _, key := range all { // Get finds as many as List lists
			_, err := tc.c.Keys().Get(ctx, ids[key])
			if listed := slices.Contains(tc.want, key); listed != (err == nil) {
				t.Errorf("%s gets %s: %v", name, key, err)
			} else if !listed {
				isError(t, err, spectron.ErrNotFound, "id")
			}
		}
	}
	isError(t, second(alice.Keys().Get(ctx, bob.key.ID)), spectron.ErrNotFound, "id")
	isError(t, second(alice.Keys().Rotate(ctx, bob.key.ID)), spectron.ErrNotFound, "id")
	isError(t, alice.Keys().Revoke(ctx, bob.key.ID), spectron.ErrNotFound, "id")
	isError(t, second(boss.Keys().Rotate(ctx, bob.key.ID)), spectron.ErrNotFound, "id") // a caller may not get the secret of another principal's key
	isError(t, partly.Keys().Revoke(ctx, bob.key.ID), spectron.ErrNotFound, "id")
	require.NoError(t, boss.Keys().Revoke(ctx, bob.key.ID))
	isDead(t, bob.Context)
	isError(t, second(d.c.Keys().List(ctx, spectron.PageRequest{Limit: 1001})), spectron.ErrInvalid, "Limit")
	isError(t, second(d.c.Keys().List(ctx, spectron.PageRequest{Limit: -1})), spectron.ErrInvalid, "Limit")
	isError(t, second(d.c.Keys().List(ctx, spectron.PageRequest{Cursor: strings.Repeat("x", 513)})), spectron.ErrTooLarge, "Cursor")
}

// lastUsed waits until the use of a key is recorded.
func lastUsed(t *testing.T, c *spectron.Context, id string, want time.Time) {
	t.Helper()
	var got time.Time
	require.Eventually(t, func() bool {
		k, err := c.Keys().Get(context.Background(), id)
		if err != nil {
			t.Error(err)
			return true
		}
		got = k.LastUsedAt
		return got.Equal(want)
	}, 10*time.Minute, 5*time.Millisecond, "last used at %v", want)
}

// TestKeyLastUsed checks that the use of a key is recorded at most once a minute.
func TestKeyLastUsed(t *testing.T) {
	t.Parallel()
	ctx, path, clock := context.Background(), "file://"+filepath.Join(t.TempDir(), "keys.db"), spectrontest.NewClock()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	open := func() *spectron.Manager {
		mgr, err := spectron.Open(ctx, path, &spectron.Options{Engine: engine, Clock: clock.Now, Durability: spectron.DurabilityRelaxed})
		require.NoError(t, err)
		return mgr
	}
	mgr := open()
	d := &desk{mgr, create(t, mgr, "acme", spectron.ContextSpec{}), clock}
	alice := d.principal(t, "alice", over("org/*"))
	k, idle := d.mint(t, spectron.KeySpec{Name: "k", PrincipalID: alice.ID}), d.mint(t, spectron.KeySpec{Name: "idle", PrincipalID: alice.ID})
	lastUsed(t, d.c, k.ID, time.Time{})
	used := clock.Advance(time.Second)
	c := d.as(t, k)
	lastUsed(t, d.c, k.ID, used)
	steps := []time.Duration{time.Second, 29 * time.Second, 29*time.Second + 999*time.Millisecond}
	for _, step := range steps { // all within one minute
		clock.Advance(step)
		whoAmI(t, c)
		whoAmI(t, d.as(t, k))
	}
	used = used.Add(time.Minute)
	clock.Set(used)
	whoAmI(t, c)
	lastUsed(t, d.c, k.ID, used) // if a step had been recorded, this use would not be
	used = clock.Advance(10 * time.Minute)
	tell(t, c, "Alice works at Acme.")
	require.NoError(t, mgr.Close(ctx)) // waits for the record

	mgr = open()
	d.mgr = mgr
	d.c, err = mgr.Context(ctx, "acme")
	require.NoError(t, err)
	page, err := d.c.Keys().List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 2 || !page.Items[0].LastUsedAt.Equal(used) || !page.Items[1].LastUsedAt.IsZero() || page.Items[1].ID != idle.ID {
		t.Errorf("listed %v", page.Items)
	}
	clock.Advance(59 * time.Second) // another process does not record more often
	whoAmI(t, d.as(t, k))
	require.NoError(t, mgr.Close(ctx))
	mgr = open()
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	d.c, err = mgr.Context(ctx, "acme")
	require.NoError(t, err)
	lastUsed(t, d.c, k.ID, used)
}

func TestAccessTokens(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	keys, read := d.c.Keys(), spectron.MemoryRead
	spec := spectron.AccessTokenSpec{ExternalID: "okta:00u1", Name: "alice", TTL: time.Hour, Grants: over("org/acme/user/alice/*", read)}
	first, err := keys.IssueAccessToken(ctx, spec)
	require.NoError(t, err)
	p, err := d.c.Principals().Get(ctx, first.PrincipalID)
	require.NoError(t, err)
	if p.Name != "alice" || p.Kind != spectron.PrincipalHuman || p.ExternalID != spec.ExternalID || !reflect.DeepEqual(p.Grants, spec.Grants) {
		t.Errorf("made %+v", p)
	}
	if !operatorSecret.MatchString(first.Secret) || !first.ValidUntil.Equal(d.clock.Now().Add(time.Hour)) || first.Grants != nil {
		t.Errorf("issued %+v", first)
	}
	c := d.as(t, first)
	// Another token leaves the first one valid. Grants are replaced, or kept if nil. The name counts only once.
	for _, tc := range []struct{ asserted, want spectron.Grants }{
		{nil, spec.Grants}, {spec.Grants, spec.Grants}, {over("org/*", read), over("org/*", read)}, {nil, over("org/*", read)},
		{spectron.Grants{}, spectron.Grants{}}, {over("team", read), over("team", read)},
	} {
		token, err := keys.IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: spec.ExternalID, Name: "eve", TTL: time.Minute, Grants: tc.asserted})
		require.NoError(t, err)
		if token.PrincipalID != first.PrincipalID || token.ID == first.ID {
			t.Errorf("issued %+v", token)
		}
		for _, h := range []*spectron.Context{c, d.as(t, token)} {
			if who := whoAmI(t, h); !reflect.DeepEqual(who.EffectiveGrants, tc.want) || who.Name != "alice" {
				t.Errorf("after %v: %+v", tc.asserted, who)
			}
		}
		if got, err := d.c.Principals().Effective(ctx, first.PrincipalID, spectron.EffectiveRequest{Path: "team", AsOf: d.clock.Now()}); err != nil || (len(got.Verbs) > 0) != (len(tc.want[read]) > 0 && tc.want[read][0] == "team") {
			t.Errorf("after %v: %+v, %v", tc.asserted, got, err)
		}
	}
	d.clock.Advance(time.Hour)
	isDead(t, c)
	next, err := keys.IssueAccessToken(ctx, spec) // replaces the expired tokens
	require.NoError(t, err)
	if page, err := keys.List(ctx, spectron.PageRequest{}); err != nil || len(page.Items) != 1 || page.Items[0].ID != next.ID {
		t.Errorf("left %v, %v", page.Items, err)
	}
	// A principal that was not created by a token. Its external id may be longer than a name.
	long := "saml:" + strings.Repeat("x", 300)
	bob, err := d.c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "bob", ExternalID: long, Grants: over("org", read)})
	require.NoError(t, err)
	token, err := keys.IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: long, TTL: time.Hour})
	if err != nil || token.PrincipalID != bob.ID {
		t.Errorf("for bob: %v, %v", token, err)
	}

	for name, tc := range map[string]struct {
		spec  spectron.AccessTokenSpec
		want  *spectron.Error
		field string
	}{
		"no lifetime":       {spectron.AccessTokenSpec{ExternalID: "x"}, spectron.ErrInvalid, "TTL"},
		"negative lifetime": {spectron.AccessTokenSpec{ExternalID: "x", TTL: -1}, spectron.ErrInvalid, "TTL"},
		"long lifetime":     {spectron.AccessTokenSpec{ExternalID: "x", TTL: 101 * 365 * 24 * time.Hour}, spectron.ErrInvalid, "TTL"},
		"nobody":            {spectron.AccessTokenSpec{TTL: 1}, spectron.ErrInvalid, "ExternalID"},
		"blank":             {spectron.AccessTokenSpec{ExternalID: " x", Name: "x", TTL: 1}, spectron.ErrInvalid, "ExternalID"},
		"too long":          {spectron.AccessTokenSpec{ExternalID: strings.Repeat("x", 513), Name: "x", TTL: 1}, spectron.ErrTooLarge, "ExternalID"},
		"name too long":     {spectron.AccessTokenSpec{ExternalID: "x", Name: strings.Repeat("x", 129), TTL: 1}, spectron.ErrTooLarge, "Name"},
		"name taken":        {spectron.AccessTokenSpec{ExternalID: "x", Name: "bob", TTL: 1}, spectron.ErrAlreadyExists, "Name"},
		"reserved name":     {spectron.AccessTokenSpec{ExternalID: "admin", TTL: 1}, spectron.ErrAlreadyExists, "Name"},
		"grants":            {spectron.AccessTokenSpec{ExternalID: "x", TTL: 1, Grants: over("a", "read")}, spectron.ErrInvalid, "Grants"},
	} {
		t.Run(name, func(t *testing.T) { isError(t, second(keys.IssueAccessToken(ctx, tc.spec)), tc.want, tc.field) })
	}
	boss := d.badge(t, "boss", over("/*"))
	isError(t, second(boss.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x", TTL: time.Hour})), spectron.ErrForbidden, "")
	mk, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	managed, err := d.mgr.AuthenticateManager(ctx, mk.Secret)
	require.NoError(t, err)
	console, err := managed.Context(ctx, "acme")
	require.NoError(t, err)
	token, err = console.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "x", TTL: time.Hour, Grants: over("org/*", read)})
	require.NoError(t, err)
	whoAmI(t, d.as(t, token))
}

func TestSelfServiceCanBeOff(t *testing.T) {
	t.Parallel()
	off := false
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	alice := d.badge(t, "alice", over("/*"))
	_, err := alice.Keys().Create(ctx, spectron.KeySpec{Name: "before"})
	require.NoError(t, err)
	_, err = d.mgr.PatchContext(ctx, "acme", spectron.ContextPatch{Config: spectron.Config{AllowSelfServiceKeys: &off}})
	require.NoError(t, err)
	isError(t, second(alice.Keys().Create(ctx, spectron.KeySpec{Name: "after"})), spectron.ErrForbidden, "")
	isError(t, second(alice.Keys().Rotate(ctx, "before")), spectron.ErrForbidden, "")
	isError(t, second(alice.Keys().RotateFor(ctx, alice.key.ID, time.Hour)), spectron.ErrForbidden, "")
	page, err := d.c.Keys().List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 2 {
		t.Errorf("%v", page.Items)
	}
	d.mint(t, spectron.KeySpec{Name: "after", PrincipalID: alice.who.ID}) // the operator may create them
	_, err = d.c.Keys().Rotate(ctx, "before")
	require.NoError(t, err)
}
