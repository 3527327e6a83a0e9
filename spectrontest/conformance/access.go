package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// caller begins a step as whoever has a secret.
func (s *trial) caller(secret string) handle {
	s.Helper()
	return s.callerOf(s.step(), secret)
}

func (s *trial) callerOf(mgr *spectron.Manager, secret string) handle {
	s.Helper()
	c, err := mgr.Authenticate(s.Context(), secret)
	if err != nil {
		s.Fatalf("authenticate: %v", err)
	}
	return handle{s.T, c}
}

// accepted reports whether a secret is good; what is not good has to be refused as such.
func (s *trial) accepted(mgr *spectron.Manager, secret string) bool {
	s.Helper()
	_, err := mgr.Authenticate(s.Context(), secret)
	if err != nil && !errors.Is(err, spectron.ErrUnauthenticated) {
		s.Errorf("authenticate: %v", err)
	}
	return err == nil
}

func (h handle) principal(spec spectron.PrincipalSpec) *spectron.Principal {
	h.t.Helper()
	p, err := h.Principals().Create(h.t.Context(), spec)
	if err != nil {
		h.t.Fatalf("create principal %q: %v", spec.Name, err)
	}
	return p
}

func (h handle) key(spec spectron.KeySpec) *spectron.Key {
	h.t.Helper()
	k, err := h.Keys().Create(h.t.Context(), spec)
	if err != nil {
		h.t.Fatalf("create key %q: %v", spec.Name, err)
	}
	return k
}

// keyFor makes a principal with grants and a key of it.
func (h handle) keyFor(name string, grants spectron.Grants) (principal string, key *spectron.Key) {
	h.t.Helper()
	p := h.principal(spectron.PrincipalSpec{Name: name, Kind: spectron.PrincipalAgent, Grants: grants})
	return p.ID, h.key(spectron.KeySpec{Name: name, PrincipalID: p.ID})
}

func (h handle) granted(id, path string, verbs ...spectron.Verb) {
	h.t.Helper()
	if _, err := h.Principals().Grant(h.t.Context(), id, spectron.GrantRequest{Path: path, Verbs: verbs}); err != nil {
		h.t.Fatalf("grant %s: %v", path, err)
	}
}

func (h handle) revoked(id, path string, verbs ...spectron.Verb) {
	h.t.Helper()
	if _, err := h.Principals().Revoke(h.t.Context(), id, spectron.GrantRequest{Path: path, Verbs: verbs}); err != nil {
		h.t.Fatalf("revoke %s: %v", path, err)
	}
}

// mayDo is what a principal may do at a path, at a time.
func (h handle) mayDo(id, path string, asOf time.Time) []string {
	h.t.Helper()
	e, err := h.Principals().Effective(h.t.Context(), id, spectron.EffectiveRequest{Path: path, AsOf: asOf})
	if err != nil {
		h.t.Fatalf("effective at %s: %v", path, err)
	}
	return strung(e.Verbs)
}

func strung[T ~string](list []T) []string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}

// say remembers a text where it is told to.
func (h handle) say(text string, paths ...string) error {
	req := spectron.RememberRequest{Text: text, Infer: spectron.InferNone}
	for _, p := range paths {
		req.Scopes = append(req.Scopes, []string{p})
	}
	return second(h.Memory().Remember(h.t.Context(), req))
}

// reads is what recalling one word comes to.
func (h handle) reads() error {
	return second(h.Memory().Recall(h.t.Context(), spectron.RecallRequest{Query: "word"}))
}

func (s *trial) patched(mgr *spectron.Manager, patch spectron.ContextPatch) spectron.ContextInfo {
	s.Helper()
	info, err := mgr.PatchContext(s.Context(), mainContext, patch)
	if err != nil {
		s.Fatalf("patch: %v", err)
	}
	return info
}

// is checks the code of an error; nil wants none.
func (s *trial) is(what string, err error, want *spectron.Error) {
	s.Helper()
	switch {
	case want == nil && err != nil:
		s.Errorf("%s: %v", what, err)
	case want != nil && !errors.Is(err, want):
		s.Errorf("%s: %v, want %s", what, err, want.Code)
	}
}

// to is a pointer to a value, as patches take them.
func to[T any](v T) *T { return &v }

// in grants verbs at one pattern.
func in(pattern string, verbs ...spectron.Verb) spectron.Grants {
	out := spectron.Grants{}
	for _, v := range verbs {
		out[v] = []string{pattern}
	}
	return out
}

// What a Context is configured with is kept, merged field by field, and holds for the next call.
func configurationIsKept(s *trial) {
	s.main()
	s.patched(s.step(), spectron.ContextPatch{
		Description: to("of acme"), EnforcementBlocked: to(true),
		Config: spectron.Config{
			TokenLimit: to(int64(7)), RetentionDays: to(30), AllowSelfServiceKeys: to(false), MaxTokenTTLSeconds: to(int64(60)),
			ResponseCache: &spectron.ResponseCacheConfig{Enabled: to(false)},
		},
	})
	want := s.patched(s.step(), spectron.ContextPatch{
		Config: spectron.Config{TokenLimit: to(int64(8)), ResponseCache: &spectron.ResponseCacheConfig{MaxEntries: to(9)}}, Unset: []string{"retention_days"},
	})
	c := want.Config
	if want.Description != "of acme" || !want.EnforcementBlocked || *c.TokenLimit != 8 || c.RetentionDays != nil || c.AllowSelfServiceKeys ||
		*c.MaxTokenTTLSeconds != 60 || c.ResponseCache.Enabled || c.ResponseCache.MaxEntries != 9 {
		s.Errorf("configured as %+v", want)
	}
	h := s.main()
	if got := h.Info(); !sameInfo(got, want) {
		s.Errorf("kept is %+v, want %+v", got, want)
	}
	if key := h.key(spectron.KeySpec{Name: "k", PrincipalID: "admin"}); !key.ValidUntil.Equal(s.clock.Now().Add(time.Minute)) {
		s.Errorf("a key that is good until %v", key.ValidUntil)
	}
	for field, patch := range map[string]spectron.ContextPatch{
		"Description":     {Description: to(strings.Repeat("a", 1001))},
		"config.nonsense": {Unset: []string{"nonsense"}},
	} {
		err := second(s.mgr.PatchContext(s.Context(), mainContext, patch))
		if !errors.Is(err, spectron.ErrInvalid) && !errors.Is(err, spectron.ErrTooLarge) {
			s.Errorf("%s: %v", field, err)
		}
	}
	refused(s, "another", second(s.mgr.PatchContext(s.Context(), "none", spectron.ContextPatch{})), spectron.ErrNotFound, "ID")
	if got := s.main().Info(); !sameInfo(got, want) {
		s.Errorf("after refused patches it is %+v", got)
	}
}

// Keys of providers are sealed: only their names come out, and a store that outlives the program needs a master key.
func providerKeysAreSealed(s *trial) {
	const secret = "sk-the-secret-of-a-provider"
	provider := spectron.ContextPatch{Config: spectron.Config{Providers: map[string]spectron.Secret{"openai": secret}}}
	s.main()
	if !s.kind.Volatile {
		s.is("kept without a master key", second(s.mgr.PatchContext(s.Context(), mainContext, provider)), spectron.ErrUnsupported)
	}
	s.close()
	s.opts.MasterKey = bytes.Repeat([]byte{7}, 32)
	s.patched(s.step(), provider)
	shown := func() {
		s.Helper()
		info := s.main().Info()
		same(s, "providers", info.Config.ProvidersConfigured, []string{"openai"})
		encoded, err := json.Marshal(info)
		if err != nil {
			s.Fatal(err)
		}
		for what, text := range map[string]string{"JSON": string(encoded), "text": fmt.Sprintf("%+v %#v", info, provider), "export": export(s.T, s.mgr, mainContext)} {
			if strings.Contains(text, secret) {
				s.Errorf("the key of the provider is in the %s", what)
			}
		}
	}
	shown()
	if !s.kind.Volatile {
		// Another master key takes over with the help of the old one, and does without it from then on.
		s.close()
		s.opts.MasterKey, s.opts.OldMasterKeys = bytes.Repeat([]byte{8}, 32), []spectron.MasterKey{bytes.Repeat([]byte{7}, 32)}
		s.step()
		s.close()
		s.opts.OldMasterKeys = nil
		shown()
		wrong := s.opts
		wrong.MasterKey = bytes.Repeat([]byte{9}, 32)
		s.close()
		if mgr, err := s.open(s.Context(), &wrong); err == nil {
			closeStore(s.T, mgr)
			s.Error("opened with a master key that opens nothing")
		}
	}
	s.patched(s.step(), spectron.ContextPatch{Unset: []string{"providers.openai"}})
	same(s, "providers", s.main().Info().Config.ProvidersConfigured, nil)
}

// Management keys manage the control plane, while they are good, and read no memory.
func managementKeysManage(s *trial) {
	s.main().tell("Alice works at Acme.")
	first, err := s.step().ManagementKeys().Bootstrap(s.Context())
	if err != nil {
		s.Fatalf("bootstrap: %v", err)
	}
	s.is("bootstrapped twice", second(s.step().ManagementKeys().Bootstrap(s.Context())), spectron.ErrAlreadyExists)
	managed := func(secret string) (*spectron.Admin, error) {
		return s.step().AuthenticateManager(s.Context(), secret)
	}
	ops, err := managed(first.Secret)
	if err != nil {
		s.Fatalf("authenticate: %v", err)
	}
	if _, err := ops.CreateContext(s.Context(), "made", spectron.ContextSpec{Namespace: "conformance"}); err != nil {
		s.Fatalf("create: %v", err)
	}
	c, err := ops.Context(s.Context(), mainContext)
	if err != nil {
		s.Fatalf("context: %v", err)
	}
	key, err := c.Keys().Create(s.Context(), spectron.KeySpec{Name: "agent", Principal: spectron.PresetAgent})
	if err != nil {
		s.Fatalf("create key: %v", err)
	}
	s.is("describe", second(c.Info(s.Context())), nil)
	s.is("a key of a Context", second(s.mgr.AuthenticateManager(s.Context(), key.Secret)), spectron.ErrUnauthenticated)
	s.is("a management key for a Context", second(s.mgr.Authenticate(s.Context(), first.Secret)), spectron.ErrUnauthenticated)

	again, err := s.step().ManagementKeys().Rotate(s.Context(), first.Name)
	if err != nil {
		s.Fatalf("rotate: %v", err)
	}
	s.is("the old secret", second(managed(first.Secret)), spectron.ErrUnauthenticated)
	ops, err = managed(again.Secret)
	if err != nil {
		s.Fatalf("authenticate: %v", err)
	}
	if again, err = ops.ManagementKeys().Rotate(s.Context(), first.ID); err != nil {
		s.Fatalf("rotate by itself: %v", err)
	}
	s.is("a handle of the old secret", second(ops.ListContexts(s.Context(), spectron.PageRequest{})), spectron.ErrUnauthenticated)
	if err := s.step().ManagementKeys().Revoke(s.Context(), first.ID); err != nil {
		s.Fatalf("revoke: %v", err)
	}
	s.is("a key that was revoked", second(managed(again.Secret)), spectron.ErrUnauthenticated)
	s.is("revoked twice", s.step().ManagementKeys().Revoke(s.Context(), first.ID), spectron.ErrNotFound)
	s.is("bootstrapped later", second(s.step().ManagementKeys().Bootstrap(s.Context())), spectron.ErrAlreadyExists)
	for _, name := range []string{"one", "two"} {
		if _, err := s.step().ManagementKeys().Create(s.Context(), name); err != nil {
			s.Fatalf("create %s: %v", name, err)
		}
	}
	s.is("a name that is taken", second(s.step().ManagementKeys().Create(s.Context(), "two")), spectron.ErrAlreadyExists)
	page, err := s.step().ManagementKeys().List(s.Context(), spectron.PageRequest{Limit: 1})
	if err != nil || len(page.Items) != 1 || page.Items[0].Name != "one" || page.Items[0].Secret != "" || !page.HasMore {
		s.Errorf("listed %+v, %v", page, err)
	}
}

// A principal is made once for an external id, and has a name of its own.
func principalsAreMadeOnce(s *trial) {
	grants := in("org/acme/*", spectron.MemoryRead)
	made := s.main().principal(spectron.PrincipalSpec{Name: "Alice", Kind: spectron.PrincipalHuman, ExternalID: "okta:1", Grants: grants})
	again := s.main().principal(spectron.PrincipalSpec{Name: "Somebody else", ExternalID: "okta:1", Grants: in("/*", spectron.MemoryWrite)})
	if fmt.Sprint(*again) != fmt.Sprint(*made) {
		s.Errorf("made %+v, then %+v", made, again)
	}
	h := s.main()
	s.is("a name that is taken", second(h.Principals().Create(s.Context(), spectron.PrincipalSpec{Name: "Alice"})), spectron.ErrAlreadyExists)
	s.is("the name of admin", second(h.Principals().Create(s.Context(), spectron.PrincipalSpec{Name: "admin"})), spectron.ErrAlreadyExists)
	if _, err := s.main().Principals().Rename(s.Context(), made.ID, spectron.PrincipalPatch{Name: "Alice B.", Kind: spectron.PrincipalService}); err != nil {
		s.Fatalf("rename: %v", err)
	}
	got, err := s.main().Principals().Get(s.Context(), made.ID)
	if err != nil || got.Name != "Alice B." || got.Kind != spectron.PrincipalService || got.ExternalID != "okta:1" || fmt.Sprint(got.Grants) != fmt.Sprint(grants) {
		s.Errorf("renamed to %+v, %v", got, err)
	}
	other := s.main().principal(spectron.PrincipalSpec{Name: "Alice"})
	key := s.main().key(spectron.KeySpec{Name: "phone", PrincipalID: other.ID})
	h = s.main()
	s.is("deleting admin", h.Principals().Delete(s.Context(), "admin"), spectron.ErrForbidden)
	s.is("changing system", second(h.Principals().Grant(s.Context(), "system", spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()})), spectron.ErrForbidden)
	if err := h.Principals().Delete(s.Context(), other.ID); err != nil {
		s.Fatalf("delete: %v", err)
	}
	if s.accepted(s.step(), key.Secret) {
		s.Error("a key is good without its principal")
	}
	h = s.main()
	s.is("deleted twice", h.Principals().Delete(s.Context(), other.ID), spectron.ErrNotFound)
	var listed []string
	for cursor, more := "", true; more; {
		page, err := h.Principals().List(s.Context(), spectron.PageRequest{Cursor: cursor, Limit: 1})
		if err != nil {
			s.Fatalf("list: %v", err)
		}
		for _, p := range page.Items {
			listed = append(listed, p.Name)
		}
		cursor, more = page.NextCursor, page.HasMore
	}
	same(s, "principals", listed, []string{"Alice B.", "admin", "system"})
}

// What is granted holds at once, and what was granted at an earlier time is known.
func grantsAreKept(s *trial) {
	start := s.clock.Now()
	id := s.main().principal(spectron.PrincipalSpec{Name: "Alice", Grants: in("org/acme/*", spectron.MemoryRead)}).ID
	first := s.clock.Advance(time.Hour)
	s.main().granted(id, "org/globex", spectron.MemoryRead, spectron.MemoryWrite)
	then := s.clock.Advance(time.Hour)
	s.main().revoked(id, "org/acme/*", spectron.MemoryRead)
	read, both := []string{"memory:read"}, []string{"memory:read", "memory:write"}
	h := s.main()
	for _, tc := range []struct {
		path string
		asOf time.Time
		want []string
	}{
		{"org/acme", time.Time{}, nil}, {"org/acme/user/alice", time.Time{}, nil}, {"org/globex", time.Time{}, both}, {"org/globex/x", time.Time{}, nil},
		{"org/acme/x", start, read}, {"org/acme-2", start, nil}, {"org/globex", start, nil}, {"org/acme", start.Add(-time.Second), nil},
		{"org/acme", first, read}, {"org/globex", first, both}, {"org/acme", then, nil}, {"org/globex", then.Add(time.Hour), both},
	} {
		same(s, fmt.Sprintf("at %s, %v", tc.path, tc.asOf), h.mayDo(id, tc.path, tc.asOf), tc.want)
	}
	s.main().granted(id, "/*", spectron.MemoryRead)
	h = s.main()
	s.is("revoking within what is wider", second(h.Principals().Revoke(s.Context(), id, spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{spectron.MemoryRead}})), spectron.ErrConflict)
	same(s, "admin", h.mayDo("admin", "org/x", start), strung(spectron.Verbs()))
}

// A preset comes with a principal of its own, which goes with its last key.
func presetsHavePrincipals(s *trial) {
	key := s.main().key(spectron.KeySpec{Name: "helper", Principal: spectron.Agent, ScopeFloor: "org/acme"})
	if !strings.HasPrefix(key.ID, "cak_") || !strings.HasPrefix(key.Secret, "sk-") || key.ScopeFloor != "org/acme" || key.Principal != spectron.Agent {
		s.Errorf("made %#v", key)
	}
	s.is("a name that is taken", second(s.main().Keys().Create(s.Context(), spectron.KeySpec{Name: "helper", Principal: spectron.Agent})), spectron.ErrAlreadyExists)
	me, err := s.caller(key.Secret).Memory().WhoAmI(s.Context())
	if err != nil || me.PrincipalID != key.PrincipalID || me.KeyID != key.ID || me.Preset != spectron.Agent || me.Name != "helper" ||
		fmt.Sprint(me.EffectiveGrants) != fmt.Sprint(in("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite)) {
		s.Errorf("the key is %+v, %v", me, err)
	}
	agent := s.caller(key.Secret)
	s.is("keys of an agent", second(agent.Keys().Create(s.Context(), spectron.KeySpec{Name: "more"})), spectron.ErrForbidden)
	same(s, "what the operator alone knows", []string{agent.Info().Database}, []string{""})
	if err := s.main().Keys().Revoke(s.Context(), "helper"); err != nil {
		s.Fatalf("revoke: %v", err)
	}
	s.is("its principal", second(s.main().Principals().Get(s.Context(), key.PrincipalID)), spectron.ErrNotFound)
	s.main().key(spectron.KeySpec{Name: "helper", Principal: spectron.Supervisor})
}

// A key narrows its principal and never widens it, also when the principal is granted more later.
func keysNarrow(s *trial) {
	h := s.main()
	id, whole := h.keyFor("Alice", in("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite))
	narrow := h.key(spectron.KeySpec{Name: "narrow", PrincipalID: id, Grants: in("org/acme/x/*", spectron.MemoryRead)})
	s.is("wider", second(h.Keys().Create(s.Context(), spectron.KeySpec{Name: "wide", PrincipalID: id, Grants: in("org/*", spectron.MemoryRead)})), spectron.ErrInvalid)
	strict := h.key(spectron.KeySpec{Name: "strict", PrincipalID: id, Strict: true})
	s.main().granted(id, "/*", spectron.MemoryRead, spectron.MemoryWrite)
	for _, path := range []string{"org/acme/x", "org/globex"} {
		s.main().registered(path)
	}
	for name, tc := range map[string]struct {
		secret string
		want   []error // of writing inside, outside of narrow, and nowhere
	}{
		"whole":  {whole.Secret, []error{nil, nil, nil}},
		"narrow": {narrow.Secret, []error{spectron.ErrForbidden, spectron.ErrForbidden, spectron.ErrForbidden}},
		"strict": {strict.Secret, []error{nil, nil, spectron.ErrForbidden}},
	} {
		h := s.caller(tc.secret)
		for i, paths := range [][]string{{"org/acme/x"}, {"org/globex"}, nil} {
			if err := h.say("word "+name, paths...); !errors.Is(err, tc.want[i]) {
				s.Errorf("%s writes to %q: %v, want %v", name, paths, err, tc.want[i])
			}
		}
	}
	same(s, "narrow finds", s.caller(narrow.Secret).said("word"), []string{"word strict", "word whole"})
	s.is("strict looks everywhere", s.caller(strict.Secret).reads(), spectron.ErrForbidden)
}

// What a key was is dead at once: rotated, revoked, out of time.
func keysEnd(s *trial) {
	id, key := s.main().keyFor("Alice", in("/*", spectron.MemoryRead))
	h := s.caller(key.Secret)
	rotated, err := s.mainOf(s.mgr).Keys().Rotate(s.Context(), key.ID)
	if err != nil {
		s.Fatalf("rotate: %v", err)
	}
	s.is("through a handle of the old secret", h.reads(), spectron.ErrUnauthenticated)
	if mgr := s.step(); s.accepted(mgr, key.Secret) || !s.accepted(mgr, rotated.Secret) {
		s.Error("the old secret is good, or the new one is not")
	}
	h = s.caller(rotated.Secret)
	if err := s.mainOf(s.mgr).Keys().Revoke(s.Context(), key.Name); err != nil {
		s.Fatalf("revoke: %v", err)
	}
	s.is("through a handle of a key that was revoked", h.reads(), spectron.ErrUnauthenticated)
	if s.accepted(s.step(), rotated.Secret) {
		s.Error("a key that was revoked is good")
	}
	short := s.main().key(spectron.KeySpec{Name: "short", PrincipalID: id, TTL: time.Hour})
	h = s.caller(short.Secret)
	s.clock.Advance(time.Hour - 1)
	s.is("just before its end", h.reads(), nil)
	s.clock.Advance(1)
	s.is("at its end", h.reads(), spectron.ErrUnauthenticated)
	if s.accepted(s.step(), short.Secret) {
		s.Error("a key is good after its end")
	}
	longer, err := s.main().Keys().RotateFor(s.Context(), short.ID, time.Hour)
	if err != nil {
		s.Fatalf("rotate for an hour: %v", err)
	}
	s.is("with a new secret and another end", s.caller(longer.Secret).reads(), nil)
	h = s.main()
	s.is("rotated what is not there", second(h.Keys().Rotate(s.Context(), key.ID)), spectron.ErrNotFound)
	s.is("of another Context", second(h.Keys().Get(s.Context(), strings.Replace(short.ID, mainContext, "other", 1))), spectron.ErrNotFound)
}

// Principals make keys of their own where the Context allows it, and never one that may do more.
func principalsMakeTheirKeys(s *trial) {
	main := s.main()
	id, _ := main.keyFor("Alice", in("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite))
	other, _ := main.keyFor("Bob", in("/*", spectron.MemoryRead))
	own := main.key(spectron.KeySpec{Name: "own", PrincipalID: id, Grants: in("org/acme/*", spectron.MemoryRead), TTL: time.Hour})
	made := s.caller(own.Secret).key(spectron.KeySpec{Name: "made"})
	if made.PrincipalID != id || !made.ValidUntil.Equal(own.ValidUntil) || fmt.Sprint(made.Grants) != fmt.Sprint(own.Grants) {
		s.Errorf("made %#v with %#v", made, own)
	}
	s.is("writing with it", s.caller(made.Secret).say("word", "org/acme"), spectron.ErrForbidden)
	h := s.caller(own.Secret)
	for what, spec := range map[string]spectron.KeySpec{
		"for another": {Name: "x", PrincipalID: other}, "for admin": {Name: "x", PrincipalID: "admin"}, "a preset": {Name: "x", Principal: spectron.Agent},
	} {
		s.is(what, second(h.Keys().Create(s.Context(), spec)), spectron.ErrForbidden)
	}
	s.is("wider", second(h.Keys().Create(s.Context(), spectron.KeySpec{Name: "x", Grants: in("org/acme/*", spectron.MemoryWrite)})), spectron.ErrInvalid)
	s.is("rotating one that may do more", second(h.Keys().Rotate(s.Context(), "Alice")), spectron.ErrForbidden)
	s.is("another's", second(h.Keys().Get(s.Context(), "Bob")), spectron.ErrNotFound)
	page, err := h.Keys().List(s.Context(), spectron.PageRequest{})
	if err != nil || len(page.Items) != 3 {
		s.Errorf("lists %d keys, %v", len(page.Items), err)
	}
	s.patched(s.step(), spectron.ContextPatch{Config: spectron.Config{AllowSelfServiceKeys: to(false)}})
	h = s.caller(own.Secret)
	s.is("where it is not allowed", second(h.Keys().Create(s.Context(), spectron.KeySpec{Name: "more"})), spectron.ErrForbidden)
}

// Access tokens are for whom another system knows, and end.
func accessTokensAreBrokered(s *trial) {
	issue := func(spec spectron.AccessTokenSpec) *spectron.Key {
		s.Helper()
		k, err := s.main().Keys().IssueAccessToken(s.Context(), spec)
		if err != nil {
			s.Fatalf("issue: %v", err)
		}
		return k
	}
	s.main()
	s.patched(s.step(), spectron.ContextPatch{Config: spectron.Config{MaxTokenTTLSeconds: to(int64(600))}})
	first := issue(spectron.AccessTokenSpec{ExternalID: "okta:1", Name: "Alice", TTL: time.Minute, Grants: in("org/acme", spectron.MemoryRead)})
	other := issue(spectron.AccessTokenSpec{ExternalID: "okta:1", TTL: time.Hour})
	if first.PrincipalID != other.PrincipalID || !other.ValidUntil.Equal(s.clock.Now().Add(10*time.Minute)) {
		s.Errorf("issued %#v, then %#v", first, other)
	}
	s.is("without an end", second(s.main().Keys().IssueAccessToken(s.Context(), spectron.AccessTokenSpec{ExternalID: "okta:1"})), spectron.ErrInvalid)
	same(s, "grants stay", s.main().mayDo(first.PrincipalID, "org/acme", time.Time{}), []string{"memory:read"})
	issue(spectron.AccessTokenSpec{ExternalID: "okta:1", TTL: time.Minute, Grants: spectron.Grants{}})
	same(s, "grants that were asserted", s.main().mayDo(first.PrincipalID, "org/acme", time.Time{}), nil)
	s.clock.Advance(time.Minute)
	if mgr := s.step(); s.accepted(mgr, first.Secret) || !s.accepted(mgr, other.Secret) {
		s.Error("a token is good after its end, or not before it")
	}
}

// The use of a key is on record, to the minute.
func usesOfKeysAreKept(s *trial) {
	_, key := s.main().keyFor("Alice", in("/*", spectron.MemoryRead))
	lastUse := func(want time.Time) {
		s.Helper()
		// It is recorded behind the call.
		for began := time.Now(); time.Since(began) < time.Minute; {
			got, err := s.main().Keys().Get(s.Context(), key.ID)
			if err != nil {
				s.Fatalf("get: %v", err)
			}
			if got.LastUsedAt.Equal(want) {
				return
			}
			if got.LastUsedAt.After(want) {
				s.Fatalf("used at %v, not %v", got.LastUsedAt, want)
			}
		}
		s.Errorf("the use at %v is not on record", want)
	}
	lastUse(time.Time{})
	first := s.clock.Now()
	s.is("recall", s.caller(key.Secret).reads(), nil)
	lastUse(first)
	s.clock.Advance(time.Minute)
	s.is("recall", s.caller(key.Secret).reads(), nil)
	lastUse(first.Add(time.Minute))
}

// Whatever is wrong with a secret, it is refused in the same way.
func badSecretsAreRefusedAlike(s *trial) {
	_, key := s.main().keyFor("Alice", in("/*", spectron.MemoryRead))
	mgr := s.step()
	changed := []byte(key.Secret)
	if changed[len(changed)-1]++; changed[len(changed)-1] > 'Z' {
		changed[len(changed)-1] = 'a'
	}
	var texts []string
	for _, secret := range []string{
		"", "x", "sk-", key.ID, key.Secret[:len(key.Secret)-1], key.Secret + "a", string(changed), strings.Replace(key.Secret, mainContext, "none", 1),
		strings.ToUpper(key.Secret), "Bearer " + key.Secret, key.Secret + "\n", strings.Repeat("a", 100_000),
	} {
		_, err := mgr.Authenticate(s.Context(), secret)
		s.is(fmt.Sprintf("%.40q", secret), err, spectron.ErrUnauthenticated)
		if err != nil {
			texts = append(texts, err.Error())
		}
	}
	slices.Sort(texts)
	if texts = slices.Compact(texts); len(texts) != 1 {
		s.Errorf("they are told apart: %q", texts)
	}
	if s.accepted(mgr, string(changed)) || !s.accepted(mgr, key.Secret) {
		s.Error("the wrong secret is good, or the right one is not")
	}
}

// Reads see what lies in the region of the caller, writes outside it are refused and leave nothing.
func handlesReachWhatIsGranted(s *trial) {
	for _, path := range []string{"org/acme", "org/acme/user/alice", "org/acme-2", "org/globex"} {
		s.remember(spectron.RememberRequest{Text: "word in " + path, Infer: spectron.InferNone, Scopes: spectron.Scopes{{path}}})
	}
	s.remember(spectron.RememberRequest{Text: "word in both", Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/acme", "org/globex"}}})
	session := s.remember(spectron.RememberRequest{Text: "word in private", Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/globex"}}}).SessionID
	main := s.main()
	_, node := main.keyFor("node", in("org/acme", spectron.MemoryRead, spectron.MemoryWrite))
	_, subtree := main.keyFor("subtree", in("org/acme/*", spectron.MemoryRead))
	_, blind := main.keyFor("blind", spectron.Grants{})
	all := spectron.Grants{spectron.MemoryRead: {"org/acme", "org/globex"}}
	_, both := main.keyFor("both", all)
	for _, tc := range []struct {
		secret string
		want   []string
	}{
		{node.Secret, []string{"word in org/acme"}},
		{subtree.Secret, []string{"word in org/acme", "word in org/acme/user/alice"}},
		{blind.Secret, nil},
		{both.Secret, []string{"word in both", "word in org/acme", "word in org/globex", "word in private"}},
	} {
		same(s, "found", s.caller(tc.secret).said("word"), tc.want)
	}
	before := s.rows()
	h := s.caller(node.Secret)
	for what, err := range map[string]error{
		"outside":        h.say("leaked", "org/globex"),
		"below":          h.say("leaked", "org/acme/user/alice"),
		"a subtree read": s.callerOf(s.mgr, subtree.Secret).say("leaked", "org/acme"),
		"nothing":        s.callerOf(s.mgr, blind.Secret).say("leaked"),
	} {
		s.is(what, err, spectron.ErrForbidden)
	}
	refused(s, "another's session", second(h.Sessions().Get(s.Context(), session)), spectron.ErrNotFound, "SessionID")
	var told []string
	for _, id := range []string{session, "session:none"} {
		err := second(h.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "leaked", SessionID: id}))
		refused(s, "in "+id, err, spectron.ErrForbidden, "SessionID")
		told = append(told, strings.ReplaceAll(fmt.Sprint(err), id, ""))
	}
	same(s, "another's session and none", told[:1], told[1:])
	if strings.Contains(strings.Join(s.rows(), ""), "leaked") {
		s.Error("what was refused left a trace")
	}
	kept := func(rows []string) []string {
		return slices.DeleteFunc(rows, func(row string) bool {
			return strings.Contains(row, "audit_event") || strings.Contains(row, "last_used_at")
		})
	}
	same(s, "rows", kept(s.rows()), kept(before))
	s.is("inside", s.caller(node.Secret).say("word again"), nil)
	same(s, "found", s.caller(subtree.Secret).said("again"), []string{"word again"})
}

// Who acts for another can do what both can, and is on record with both.
func callersActForOthers(s *trial) {
	main := s.main()
	for _, path := range []string{"org/acme/x", "org/globex"} {
		main.remember(spectron.RememberRequest{Text: "word in " + path, Infer: spectron.InferNone, Scopes: spectron.Scopes{{path}}})
	}
	_, service := main.keyFor("service", in("org/acme/*", spectron.MemoryRead, spectron.MemoryWrite))
	alice, _ := main.keyFor("Alice", in("/*", spectron.MemoryRead))
	stranger, _ := main.keyFor("stranger", in("org/globex", spectron.MemoryRead))
	act := func(id string) (handle, error) {
		c, err := s.caller(service.Secret).OnBehalfOf(s.Context(), id)
		return handle{s.T, c}, err
	}
	h, err := act(alice)
	if err != nil {
		s.Fatalf("on behalf of: %v", err)
	}
	same(s, "found", h.said("word"), []string{"word in org/acme/x"})
	s.is("writing", h.say("word", "org/acme/x"), spectron.ErrForbidden)
	s.is("passed on", second(h.OnBehalfOf(s.Context(), alice)), spectron.ErrForbidden)
	s.is("keys", second(h.Keys().Create(s.Context(), spectron.KeySpec{Name: "x"})), spectron.ErrForbidden)
	_, shares := act(stranger)
	_, missing := act("principal:none")
	s.is("who shares nothing", shares, spectron.ErrForbidden)
	s.is("who is not there", missing, spectron.ErrForbidden)
	if shares.Error() != missing.Error() {
		s.Errorf("told apart: %v, %v", shares, missing)
	}
	page, err := s.main().Events(s.Context(), spectron.EventQuery{Action: spectron.EventDenied})
	if err != nil || !slices.ContainsFunc(page.Items, func(e spectron.Event) bool {
		return e.OnBehalfOf == alice && e.KeyID == service.ID && e.Op == "remember"
	}) {
		s.Errorf("on record: %+v, %v", page.Items, err)
	}
	if h, err = act(alice); err != nil {
		s.Fatalf("on behalf of: %v", err)
	}
	s.mainOf(s.mgr).revoked(alice, "/*", spectron.MemoryRead)
	same(s, "found once it was revoked", h.said("word"), nil)
}

// What happens to who may do what is kept: who, what, where, when.
func eventsAreKept(s *trial) {
	id, key := s.main().keyFor("Alice", in("org/acme/*", spectron.MemoryRead))
	s.clock.Advance(time.Hour)
	s.main().granted(id, "org/globex", spectron.MemoryWrite)
	s.is("denied", s.caller(key.Secret).say("word", "org/other"), spectron.ErrForbidden)
	s.clock.Advance(time.Hour)
	if err := s.main().Keys().Revoke(s.Context(), key.ID); err != nil {
		s.Fatalf("revoke: %v", err)
	}
	var all []spectron.Event
	for cursor, more := "", true; more; {
		page, err := s.main().Events(s.Context(), spectron.EventQuery{Limit: 2, Cursor: cursor})
		if err != nil || more && len(all) > 20 {
			s.Fatalf("%d events: %v", len(all), err)
		}
		all = append(all, page.Items...)
		cursor, more = page.NextCursor, page.HasMore
	}
	var got []string
	for _, e := range all {
		got = append(got, fmt.Sprintf("%s %s %v", e.Action, e.Target, e.Paths))
		if e.ContextID != mainContext || e.At.IsZero() || e.Op == "" || strings.Contains(fmt.Sprintf("%+v", e), key.Secret) {
			s.Errorf("%+v", e)
		}
	}
	same(s, "events", got, []string{
		"key.revoke " + key.ID + " []", "denied  [org/other]", "scope.register org/globex [org/globex]", "grant.add " + id + " [org/globex]",
		"key.create " + key.ID + " []", "scope.register org/acme [org org/acme]", "principal.create " + id + " []",
	})
	page, err := s.main().Events(s.Context(), spectron.EventQuery{PrincipalID: id, Since: s.clock.Now().Add(-90 * time.Minute), Until: s.clock.Now().Add(-time.Minute)})
	if err != nil || len(page.Items) != 1 || page.Items[0].Verb != spectron.MemoryWrite || page.Items[0].KeyID != key.ID {
		s.Errorf("by Alice: %+v, %v", page, err)
	}
}

// Attempts that are denied are kept one by one up to a bound for each key and minute, and counted beyond it. An event names a
// session only to who may read that.
func denialsAreSummedUp(s *trial) {
	id, key := s.main().keyFor("Alice", in("org/acme", spectron.MemoryRead))
	_, auditor := s.main().keyFor("Bob", in("/*", spectron.GrantManage))
	session := s.remember(spectron.RememberRequest{Text: "word", Scopes: spectron.Scopes{{"org/globex"}}}).SessionID
	s.clock.Advance(time.Minute)
	alice := s.caller(key.Secret)
	for range 64 {
		s.is("a write", second(alice.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "word", SessionID: session})), spectron.ErrForbidden)
	}
	list := func(h handle) (targets []string, count int) {
		s.Helper()
		page, err := h.Events(s.Context(), spectron.EventQuery{Action: spectron.EventDenied, PrincipalID: id, Limit: 1000})
		if err != nil {
			s.Fatalf("events: %v", err)
		}
		for _, e := range page.Items {
			if e.KeyID != key.ID || e.ContextID != mainContext {
				s.Errorf("%+v", e)
			}
			if count += e.Count; e.Count == 0 {
				targets = append(targets, e.Target)
			}
		}
		return targets, count
	}
	for range 2 {
		if targets, count := list(s.main()); len(targets) != 60 || targets[0] != session || count != 4 {
			s.Errorf("%d attempts are on record, and %d more", len(targets), count)
		}
		if targets, count := list(s.caller(auditor.Secret)); len(targets) != 60 || strings.Join(targets, "") != "" || count != 4 {
			s.Errorf("the auditor reads %q, and of %d more", targets, count)
		}
	}
	s.clock.Advance(time.Minute)
	s.is("a minute later", second(s.caller(key.Secret).Memory().Remember(s.Context(), spectron.RememberRequest{Text: "word", SessionID: session})), spectron.ErrForbidden)
	if targets, count := list(s.main()); len(targets) != 61 || count != 4 {
		s.Errorf("a minute later %d attempts are on record, and %d more", len(targets), count)
	}
}

// The keys of a Context end with it, also when there is another of its id.
func keysEndWithTheirContext(s *trial) {
	_, key := s.main().keyFor("Alice", in("/*", spectron.MemoryRead))
	h := s.caller(key.Secret)
	if err := s.mgr.DeleteContext(s.Context(), mainContext); err != nil {
		s.Fatalf("delete: %v", err)
	}
	if err := h.reads(); !errors.Is(err, spectron.ErrNotFound) && !errors.Is(err, spectron.ErrUnauthenticated) {
		s.Errorf("through a handle: %v", err)
	}
	if s.accepted(s.step(), key.Secret) {
		s.Error("the key of a Context that was deleted is good")
	}
	s.main()
	if s.accepted(s.step(), key.Secret) {
		s.Error("the key of a Context that was deleted is good in the next one")
	}
}
