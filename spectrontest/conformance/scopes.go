package conformance

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

func (h handle) registered(path string) *spectron.ScopeNode {
	h.t.Helper()
	node, err := h.Scopes().Register(h.t.Context(), spectron.ScopeSpec{Path: path})
	if err != nil {
		h.t.Fatalf("register %s: %v", path, err)
	}
	return node
}

func (h handle) tombstoned(path string) {
	h.t.Helper()
	if err := h.Scopes().Tombstone(h.t.Context(), path); err != nil {
		h.t.Fatalf("tombstone %s: %v", path, err)
	}
}

func (h handle) forgotten(req spectron.ScopeForgetRequest) *spectron.ScopeForgotten {
	h.t.Helper()
	out, err := h.Scopes().Forget(h.t.Context(), req)
	if err != nil {
		h.t.Fatalf("forget %s: %v", req.Path, err)
	}
	return out
}

// scopes lists the registered scopes, a page of two at a time; those that were tombstoned have a cross.
func (h handle) scopes() []string {
	h.t.Helper()
	var out []string
	for cursor, more := "", true; more; {
		page, err := h.Scopes().List(h.t.Context(), spectron.PageRequest{Cursor: cursor, Limit: 2})
		if err != nil {
			h.t.Fatalf("list scopes: %v", err)
		}
		for _, n := range page.Items {
			if !n.TombstonedAt.IsZero() {
				n.Path += " †"
			}
			out = append(out, n.Path)
		}
		cursor, more = page.NextCursor, page.HasMore
	}
	return out
}

// Scopes are registered with those above them, by hand or by the first write, and listed to who may see them.
func scopesAreRegistered(s *trial) {
	h := s.main()
	if _, err := h.Scopes().Register(s.Context(), spectron.ScopeSpec{Path: "/org/acme/user/alice/", Name: "Alice", Description: "ü"}); err != nil {
		s.Fatalf("register: %v", err)
	}
	if node := s.main().registered("org/acme/user/alice"); node.Path != "org/acme/user/alice" || node.Name != "Alice" || node.Description != "ü" {
		s.Errorf("registered as %+v", node)
	}
	s.is("write", s.main().say("word", "team/東京"), nil)
	want := []string{"org", "org/acme", "org/acme/user", "org/acme/user/alice", "team", "team/東京"}
	same(s, "scopes", s.main().scopes(), want)
	main := s.main()
	_, key := main.keyFor("Alice", spectron.Grants{spectron.MemoryWrite: {"/*"}, spectron.ScopeRead: {"org/acme/*"}, spectron.ScopeCreate: {"team/*"}})
	h = s.caller(key.Secret)
	same(s, "what is seen", h.scopes(), want[1:4])
	s.is("register outside", second(h.Scopes().Register(s.Context(), spectron.ScopeSpec{Path: "org/globex"})), spectron.ErrForbidden)
	s.is("write to what is not registered", h.say("word", "org/globex"), spectron.ErrForbidden)
	s.is("write to what may be registered", h.say("word", "team/new"), nil)
	same(s, "scopes", s.main().scopes(), append(slices.Clone(want[:5]), "team/new", "team/東京"))
	for _, bad := range []string{"", "/", "a//b", "a/../b", "a/*", "a\x00", strings.Repeat("a/", 1000)} {
		s.is("register "+fmt.Sprintf("%.20q", bad), second(s.mainOf(s.mgr).Scopes().Register(s.Context(), spectron.ScopeSpec{Path: bad})), spectron.ErrInvalid)
	}
}

// A tombstoned scope keeps what it has and takes nothing, until it is registered again.
func scopesAreTombstoned(s *trial) {
	for _, path := range []string{"org/acme/x", "org/acme-2"} {
		s.remember(spectron.RememberRequest{Text: "word in " + path, Infer: spectron.InferNone, Scopes: spectron.Scopes{{path}}})
	}
	s.main().tombstoned("org/acme")
	same(s, "scopes", s.main().scopes(), []string{"org", "org/acme †", "org/acme-2", "org/acme/x †"})
	h := s.main()
	same(s, "found", h.said("word"), []string{"word in org/acme-2", "word in org/acme/x"})
	for _, path := range []string{"org/acme", "org/acme/x", "org/acme/new"} {
		s.is("write to "+path, h.say("word", path), spectron.ErrForbidden)
	}
	s.is("write beside it", h.say("more", "org/acme-2"), nil)
	s.is("what is not there", h.Scopes().Tombstone(s.Context(), "org/none"), spectron.ErrNotFound)
	s.is("the root", h.Scopes().Tombstone(s.Context(), "/"), spectron.ErrInvalid)
	s.main().registered("org/acme/x")
	same(s, "scopes", s.main().scopes(), []string{"org", "org/acme", "org/acme-2", "org/acme/x"})
	s.is("write once it is back", s.main().say("word back", "org/acme/x"), nil)
}

// Forgetting a scope erases what belongs to it and below, and nothing else; what belongs elsewhere as well stays there.
func scopesAreForgotten(s *trial) {
	tell := func(text string, scopes ...[]string) {
		s.Helper()
		s.remember(spectron.RememberRequest{Text: text, Scopes: scopes, SpokenAt: morning(1, 1)})
	}
	tell("Alice works at Xylophon. Always answer in Klingon.", []string{"org/acme"})
	tell("Alice lives in Zanzibar.", []string{"org/acme/user/alice"})
	tell("Alice likes quinces.", []string{"org/acme", "team/x"})
	tell("Alice likes medlars.", []string{"org/acme"}, []string{"org/globex"})
	tell("Bob works at Hooli. Always answer in verse.", []string{"org/acme-2"})
	tell("Bob lives in Oslo.", []string{"org"})
	gone := []string{"xylophon", "klingon", "zanzibar", "quince"}
	_, key := s.main().keyFor("Bob", in("org/globex", spectron.MemoryRead))
	_, cleaner := s.main().keyFor("cleaner", spectron.Grants{spectron.MemoryForget: {"org/acme/*", "team/x"}})
	rows := s.rows()
	dry := s.main().forgotten(spectron.ScopeForgetRequest{Path: "org/acme", DryRun: true})
	if !dry.DryRun || dry.Forgotten < 15 || dry.Kept < 3 {
		s.Errorf("a dry run counts %+v", dry)
	}
	same(s, "rows after a dry run", s.rows(), rows)
	s.is("more than one may forget", second(s.caller(cleaner.Secret).Scopes().Forget(s.Context(), spectron.ScopeForgetRequest{Path: "org"})), spectron.ErrForbidden)
	// What stays where the cleaner knows of nothing is erased for it.
	told := s.caller(cleaner.Secret).forgotten(spectron.ScopeForgetRequest{Path: "org/acme", DryRun: true})
	done := s.caller(cleaner.Secret).forgotten(spectron.ScopeForgetRequest{Path: "org/acme"})
	if done.DryRun || done.Kept > 0 || done.Forgotten != dry.Forgotten+dry.Kept || done.Forgotten != told.Forgotten || fmt.Sprint(done.ByTable) != fmt.Sprint(told.ByTable) {
		s.Errorf("counted %+v and %+v, forgot %+v", dry, told, done)
	}
	check := func(h handle) {
		s.Helper()
		want := []string{"Alice likes medlars", "Always answer in verse", "Bob lives in Oslo", "Bob works at Hooli"}
		same(s, "facts", h.known("Alice Bob answer", time.Time{}), want)
		same(s, "history", texts(h.graph("Alice Bob answer", spectron.RecallRequest{IncludeClosed: true})), want)
		same(s, "facts then", h.known("Alice Bob answer", morning(2, 1)), want)
		for _, word := range gone {
			for _, mode := range []spectron.Mode{spectron.ModeBM25, ""} {
				for _, hit := range h.recall(spectron.RecallRequest{Query: word, Mode: mode, IncludeClosed: true, K: 50}).Hits {
					if strings.Contains(strings.ToLower(hit.Text), word) {
						s.Errorf("%s is found: %+v", word, hit)
					}
				}
			}
		}
	}
	check(s.mainOf(s.mgr))
	check(s.main())
	same(s, "who shares it", s.caller(key.Secret).known("Alice", time.Time{}), []string{"Alice likes medlars"})
	for _, row := range s.rows() {
		for _, word := range gone {
			if strings.Contains(strings.ToLower(row), word) {
				s.Errorf("%s is in %.300s", word, row)
			}
		}
	}
	if again := s.main().forgotten(spectron.ScopeForgetRequest{Path: "org/acme"}); again.Forgotten+again.Kept > 0 {
		s.Errorf("forgot again %+v", again)
	}
	s.is("the scope is there", s.main().say("word", "org/acme"), nil)
	// What is left is as good as ever: the next correction finds what it corrects.
	if x := s.remember(spectron.RememberRequest{Text: "Bob lives in Rome.", Scopes: spectron.Scopes{{"org"}}, SpokenAt: morning(3, 1)}).Extraction; len(x.Closed) != 1 {
		s.Errorf("a correction: %+v", x)
	}
}

// A session of a scope that is forgotten stays for the turns that belong elsewhere, without what was said of it; and nobody
// gets to see a session who did not before.
func forgottenSessionsSayNothing(s *trial) {
	session := func(scopes ...[]string) string {
		s.Helper()
		id := s.main().newSession(spectron.SessionSpec{Scopes: scopes, Metadata: map[string]any{"note": "swordfish"}}).ID
		s.remember(spectron.RememberRequest{Text: "word here", SessionID: id, Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/acme"}}})
		s.remember(spectron.RememberRequest{Text: "word there", SessionID: id, Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/globex"}}})
		return id
	}
	gone, other := session([]string{"org/acme"}), session([]string{"org/acme"}, []string{"team/x"})
	_, key := s.main().keyFor("Bob", in("org/globex", spectron.MemoryRead))
	s.main().forgotten(spectron.ScopeForgetRequest{Path: "org/acme"})
	bob := s.caller(key.Secret)
	if got := bob.session(gone); len(got.Metadata) > 0 || got.Turns != 1 || !slices.EqualFunc(got.Scopes, [][]string{{"org/globex"}}, slices.Equal) {
		s.Errorf("what is left is %+v", got)
	}
	s.is("a session that belongs elsewhere", second(bob.Sessions().Get(s.Context(), other)), spectron.ErrNotFound)
	h := s.main()
	if got := h.session(other); fmt.Sprint(got.Metadata) != "map[note:swordfish]" || !slices.EqualFunc(got.Scopes, [][]string{{"team/x"}}, slices.Equal) {
		s.Errorf("what belongs elsewhere as well is %+v", got)
	}
	if turns := h.turns(gone); len(turns) != 1 || turns[0].Content != "word there" {
		s.Errorf("the turns %+v", turns)
	}
}

// What a Context declares of its vocabulary is kept in versions, by those who manage it.
func ontologiesAreKept(s *trial) {
	declared := func(h handle) string {
		s.Helper()
		o, err := h.Ontology().Get(s.Context())
		if errors.Is(err, spectron.ErrNotFound) {
			return "none"
		}
		if err != nil {
			s.Fatalf("ontology: %v", err)
		}
		return fmt.Sprintf("%d %+v", o.Version, o.Spec)
	}
	same(s, "at first", []string{declared(s.main())}, []string{"none"})
	var want []string
	for i, name := range []string{"engineer", "wächter"} {
		made, err := s.main().Ontology().Put(s.Context(), spectron.OntologySpec{EntityTypes: []spectron.EntityTypeTerm{{Name: name, Kind: "person"}}, IfVersion: i})
		if err != nil {
			s.Fatalf("put: %v", err)
		}
		want = append([]string{fmt.Sprintf("%d %+v", made.Version, made.Spec)}, want...)
		same(s, "kept", []string{declared(s.main())}, want[:1])
	}
	s.is("put on an earlier version", second(s.main().Ontology().Put(s.Context(), spectron.OntologySpec{IfVersion: 1})), spectron.ErrConflict)
	_, key := s.main().keyFor("Alice", in("/*", spectron.Verbs()...))
	s.is("by a key", second(s.caller(key.Secret).Ontology().Get(s.Context())), spectron.ErrForbidden)
	if err := s.main().Ontology().Delete(s.Context()); err != nil {
		s.Fatalf("delete: %v", err)
	}
	same(s, "deleted", []string{declared(s.main())}, []string{"none"})
	var versions []string
	for cursor, more := "", true; more; {
		page, err := s.main().Ontology().Versions(s.Context(), spectron.PageRequest{Cursor: cursor, Limit: 1})
		if err != nil || len(versions) > 5 {
			s.Fatalf("versions %q: %v", versions, err)
		}
		for _, o := range page.Items {
			if !o.Deleted {
				versions = append(versions, fmt.Sprintf("%d %+v", o.Version, o.Spec))
			}
		}
		cursor, more = page.NextCursor, page.HasMore
	}
	same(s, "versions", versions, want)
}

// sharing is a Context that two processes have open. key is that of a principal that reads and writes everywhere.
type sharing struct {
	a, b handle // the operator's of both
	one  *spectron.Manager
	two  *spectron.Manager
	id   string
	key  *spectron.Key
	used handle // of the key, in the second; it has been used
}

func (s *trial) sharing() sharing {
	s.Helper()
	sh := sharing{one: s.opened(s.opts), two: s.opened(s.opts)}
	sh.a, sh.b = s.mainOf(sh.one), s.mainOf(sh.two)
	sh.id, sh.key = sh.a.keyFor("Alice", spectron.Grants{
		spectron.MemoryRead: {"/*"}, spectron.MemoryWrite: {"/*"}, spectron.ScopeCreate: {"/*"},
	})
	sh.a.remember(spectron.RememberRequest{Text: "word in acme", Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/acme"}}})
	sh.a.remember(spectron.RememberRequest{Text: "word in globex", Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/globex"}}})
	sh.used = s.callerOf(sh.two, sh.key.Secret)
	same(s, "found", sh.used.said("word"), []string{"word in acme", "word in globex"})
	s.is("write", sh.used.say("warm", "org/acme"), nil)
	return sh
}

// What another process changes of a key is obeyed by the next call, whichever that is, of handles that are in use.
func keysOfOthersAreObeyed(s *trial) {
	calls := map[string]func(handle) error{
		"recall":   handle.reads,
		"remember": func(h handle) error { return h.say("leaked", "org/acme") },
		"who am I": func(h handle) error { return second(h.Memory().WhoAmI(s.Context())) },
		"keys":     func(h handle) error { return second(h.Keys().List(s.Context(), spectron.PageRequest{})) },
	}
	sh := s.sharing()
	a, b, id := sh.a, sh.two, sh.id
	for name, call := range calls {
		key := a.key(spectron.KeySpec{Name: name, PrincipalID: id})
		h := s.callerOf(b, key.Secret)
		s.is(name, call(h), nil)
		rotated, err := a.Keys().Rotate(s.Context(), key.ID)
		if err != nil {
			s.Fatalf("rotate: %v", err)
		}
		s.is(name+" once it was rotated", call(h), spectron.ErrUnauthenticated)
		if s.accepted(b, key.Secret) {
			s.Error("the old secret is good")
		}
		h = s.callerOf(b, rotated.Secret)
		s.is(name, call(h), nil)
		if err := a.Keys().Revoke(s.Context(), key.ID); err != nil {
			s.Fatalf("revoke: %v", err)
		}
		s.is(name+" once it was revoked", call(h), spectron.ErrUnauthenticated)
		if s.accepted(b, rotated.Secret) {
			s.Error("a key that was revoked is good")
		}
	}
	if got := a.said("leaked"); len(got) != 2 {
		s.Errorf("%d writes, want the two that were allowed", len(got))
	}
	key := a.key(spectron.KeySpec{Name: "last", PrincipalID: id})
	h := s.callerOf(b, key.Secret)
	s.is("recall", h.reads(), nil)
	if err := a.Principals().Delete(s.Context(), id); err != nil {
		s.Fatalf("delete: %v", err)
	}
	s.is("once its principal is gone", h.reads(), spectron.ErrUnauthenticated)
	// And the other way round: what is made here can be used there at once.
	_, made := sh.b.keyFor("Carol", in("/*", spectron.MemoryRead))
	same(s, "found by who was made there", s.callerOf(sh.one, made.Secret).said("globex"), []string{"word in globex"})
}

// Grants that another process takes away or adds hold for the next call.
func grantsOfOthersAreObeyed(s *trial) {
	sh := s.sharing()
	a, id, h := sh.a, sh.id, sh.used
	a.revoked(id, "/*", spectron.MemoryRead, spectron.MemoryWrite)
	s.is("write", h.say("leaked", "org/acme"), spectron.ErrForbidden)
	same(s, "found", h.said("word"), nil)
	a.granted(id, "org/acme", spectron.MemoryRead)
	same(s, "found", h.said("word"), []string{"word in acme"})
	a.granted(id, "org/globex", spectron.MemoryWrite)
	s.is("write", h.say("word", "org/globex"), nil)
	s.is("write", h.say("leaked", "org/acme"), spectron.ErrForbidden)
	a.revoked(id, "org/acme", spectron.MemoryRead)
	same(s, "found", h.said("word"), nil)
	same(s, "leaked", a.said("leaked"), nil)
}

// Scopes that another process tombstones take nothing from the next call on, and those it brings back do.
func scopesOfOthersAreObeyed(s *trial) {
	sh := s.sharing()
	a, op, h := sh.a, sh.b, sh.used
	for range 2 {
		a.tombstoned("org/acme")
		for name, h := range map[string]handle{"key": h, "operator": op} {
			s.is(name+" writes to what was tombstoned", h.say("leaked", "org/acme"), spectron.ErrForbidden)
		}
		s.is("a session in what was tombstoned", second(h.Sessions().Create(s.Context(), spectron.SessionSpec{Scopes: spectron.Scopes{{"org/acme"}}})), spectron.ErrForbidden)
		a.registered("org/acme")
		for name, h := range map[string]handle{"key": h, "operator": op} {
			s.is(name+" writes to what is back", h.say("back", "org/acme"), nil)
		}
	}
	same(s, "leaked", a.said("leaked"), nil)
	// What was not registered when it was last looked for may be by now.
	for _, path := range []string{"team/new", "team/closed"} {
		op.remember(spectron.RememberRequest{Text: "looked for", Scopes: spectron.Scopes{{path}}, Infer: spectron.InferPreview})
		if _, err := a.Scopes().Register(s.Context(), spectron.ScopeSpec{Path: path, Name: "Named by another"}); err != nil {
			s.Fatalf("register %s: %v", path, err)
		}
	}
	a.tombstoned("team/closed")
	s.is("write to what another registered", op.say("word", "team/new"), nil)
	s.is("write to what another registered and tombstoned", op.say("word", "team/closed"), spectron.ErrForbidden)
	if node := a.registered("team/new"); node.Name != "Named by another" {
		s.Errorf("after a write of another: %+v", node)
	}
	same(s, "scopes", op.scopes(), a.scopes())
}

// What another process forgets is gone for the next call.
func forgottenByOthersIsGone(s *trial) {
	sh := s.sharing()
	a, op, h := sh.a, sh.b, sh.used
	h.remember(spectron.RememberRequest{Text: "Alice works at Xylophon.", Scopes: spectron.Scopes{{"org/acme"}}})
	same(s, "facts", op.known("Alice", time.Time{}), []string{"Alice works at Xylophon"})
	a.forgotten(spectron.ScopeForgetRequest{Path: "org/acme"})
	for name, h := range map[string]handle{"key": h, "operator": op, "who forgot": a} {
		same(s, name+" finds", h.said("word"), []string{"word in globex"})
		same(s, name+" knows", h.known("Alice Xylophon", time.Time{}), nil)
	}
	// A write is the first to notice.
	op.remember(spectron.RememberRequest{Text: "Alice works at Xylophon.", Scopes: spectron.Scopes{{"org/acme"}}})
	a.recall(spectron.RecallRequest{Query: "Alice"})
	op.forgotten(spectron.ScopeForgetRequest{Path: "org/acme"})
	if x := a.remember(spectron.RememberRequest{Text: "Alice works at Hooli.", Scopes: spectron.Scopes{{"org/acme"}}}).Extraction; len(x.Closed) > 0 {
		s.Errorf("it corrects what was forgotten: %+v", x)
	}
	same(s, "facts", op.known("Alice", time.Time{}), []string{"Alice works at Hooli"})
}

// Configuration that another process changes holds for the next call.
func configurationOfOthersIsObeyed(s *trial) {
	sh := s.sharing()
	b, op, h := sh.two, sh.b, sh.used
	for _, allowed := range []bool{false, true} {
		want := s.patched(sh.one, spectron.ContextPatch{
			EnforcementBlocked: to(!allowed), Config: spectron.Config{AllowSelfServiceKeys: to(allowed), MaxTokenTTLSeconds: to(int64(60))},
		})
		_, err := h.Keys().Create(s.Context(), spectron.KeySpec{Name: fmt.Sprint("own ", allowed)})
		if errors.Is(err, spectron.ErrForbidden) == allowed || allowed && err != nil {
			s.Errorf("keys of one's own, allowed %v: %v", allowed, err)
		}
		if c, err := b.Context(s.Context(), mainContext); err != nil || !sameInfo(c.Info(), want) {
			s.Errorf("configured as %+v, want %+v (%v)", c.Info(), want, err)
		}
		made := op.key(spectron.KeySpec{Name: fmt.Sprint("made ", allowed), PrincipalID: sh.id})
		if !made.ValidUntil.Equal(s.clock.Now().Add(time.Minute)) {
			s.Errorf("a key that is good until %v", made.ValidUntil)
		}
		if got := op.Info(); !sameInfo(got, want) {
			s.Errorf("after a call the handle has %+v, want %+v", got, want)
		}
	}
	if !s.accepted(b, sh.key.Secret) {
		s.Error("the key is not good any more")
	}
}

// Management keys that another process rotates or revokes are dead for handles that are in use.
func managementKeysOfOthersAreObeyed(s *trial) {
	a, b := s.opened(s.opts), s.opened(s.opts)
	s.mainOf(a)
	key, err := a.ManagementKeys().Create(s.Context(), "ops")
	if err != nil {
		s.Fatalf("create: %v", err)
	}
	ops, err := b.AuthenticateManager(s.Context(), key.Secret)
	if err != nil {
		s.Fatalf("authenticate: %v", err)
	}
	c, err := ops.Context(s.Context(), mainContext)
	if err != nil {
		s.Fatalf("context: %v", err)
	}
	list := func() error { return second(c.Principals().List(s.Context(), spectron.PageRequest{})) }
	s.is("list", list(), nil)
	if key, err = a.ManagementKeys().Rotate(s.Context(), "ops"); err != nil {
		s.Fatalf("rotate: %v", err)
	}
	s.is("list", list(), spectron.ErrUnauthenticated)
	s.is("contexts", second(ops.ListContexts(s.Context(), spectron.PageRequest{})), spectron.ErrUnauthenticated)
	if ops, err = b.AuthenticateManager(s.Context(), key.Secret); err != nil {
		s.Fatalf("authenticate: %v", err)
	}
	if err := a.ManagementKeys().Revoke(s.Context(), "ops"); err != nil {
		s.Fatalf("revoke: %v", err)
	}
	s.is("contexts", second(ops.ListContexts(s.Context(), spectron.PageRequest{})), spectron.ErrUnauthenticated)
	s.is("authenticate", second(b.AuthenticateManager(s.Context(), key.Secret)), spectron.ErrUnauthenticated)
}

// Who may do what moves with a Context, but for its keys: the copy accepts none of the old ones.
func accessMovesWithoutKeys(s *trial) {
	s.remember(spectron.RememberRequest{Text: "word in acme", Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/acme/x"}}})
	start := s.clock.Now()
	main := s.main()
	id := main.principal(spectron.PrincipalSpec{Name: "Alice", Kind: spectron.PrincipalHuman, ExternalID: "okta:1", Subject: "Alice Moreau", Grants: in("org/acme/*", spectron.MemoryRead)}).ID
	key := main.key(spectron.KeySpec{Name: "phone", PrincipalID: id})
	preset := main.key(spectron.KeySpec{Name: "helper", Principal: spectron.Agent})
	s.clock.Advance(time.Hour)
	s.main().granted(id, "org/globex", spectron.MemoryRead)
	s.main().tombstoned("org/globex")
	if _, err := s.main().Ontology().Put(s.Context(), spectron.OntologySpec{EntityTypes: []spectron.EntityTypeTerm{{Name: "engineer", Kind: "person"}}}); err != nil {
		s.Fatalf("put: %v", err)
	}
	text := export(s.T, s.step(), mainContext)
	for what, secret := range map[string]string{"secret": key.Secret, "id": key.ID, "table": "api_key"} {
		if strings.Contains(text, secret+"`") || strings.Contains(text, "`"+secret) || what == "secret" && strings.Contains(text, secret) {
			s.Errorf("the %s of a key is in the export", what)
		}
	}
	spec := spectron.ContextSpec{Namespace: "conformance-2"}
	scopes := s.main().scopes()
	events := func(h handle) []string {
		page, err := h.Events(s.Context(), spectron.EventQuery{})
		if err != nil {
			s.Fatalf("events: %v", err)
		}
		var out []string
		for _, e := range page.Items {
			out = append(out, fmt.Sprintf("%+v", e))
		}
		return out
	}
	want := events(s.main())
	s.imported(s.step(), "copy", spec, text)
	copied := func() handle { return s.ensured(s.step(), "copy", spec) }
	same(s, "scopes", copied().scopes(), scopes)
	got := events(copied())
	same(s, "events", got[len(got)-len(want):], want)
	p, err := copied().Principals().Get(s.Context(), id)
	if err != nil || p.Name != "Alice" || p.ExternalID != "okta:1" || p.Subject != "Alice Moreau" || len(p.Grants[spectron.MemoryRead]) != 2 {
		s.Errorf("moved as %+v, %v", p, err)
	}
	if o, err := copied().Ontology().Get(s.Context()); err != nil || o.Version != 1 || len(o.Spec.EntityTypes) != 1 {
		s.Errorf("declares %+v, %v", o, err)
	}
	same(s, "granted at first", copied().mayDo(id, "org/globex", start), nil)
	same(s, "granted then", copied().mayDo(id, "org/globex", s.clock.Now()), []string{"memory:read"})
	if page, err := copied().Keys().List(s.Context(), spectron.PageRequest{}); err != nil || len(page.Items) > 0 {
		s.Errorf("keys moved: %+v, %v", page.Items, err)
	}
	mgr := s.step()
	for name, k := range map[string]*spectron.Key{"phone": key, "helper": preset} {
		if s.accepted(mgr, strings.Replace(k.Secret, mainContext, "copy", 1)) {
			s.Errorf("the copy accepts the key %s", name)
		}
		if h := s.callerOf(mgr, k.Secret); h.ID() != mainContext {
			s.Errorf("the key %s opens %s", name, h.ID())
		}
	}
	again := copied().key(spectron.KeySpec{Name: "phone", PrincipalID: id})
	same(s, "found with a new key", s.caller(again.Secret).said("word"), []string{"word in acme"})
	copied().key(spectron.KeySpec{Name: "helper", PrincipalID: preset.PrincipalID})

	// Who may do what, and who did what, is taken over only on request.
	spec.Database = "plain"
	plain, err := s.step().ImportContext(s.Context(), spectron.ImportRequest{ID: "plain", Spec: spec, From: strings.NewReader(text)})
	if err != nil {
		s.Fatalf("import: %v", err)
	}
	if left := plain.LeftOut; left["principal"] != 2 || left["grant_history"] < 3 || left["audit_event"] != len(want) || plain.Rows["turn"] != 1 {
		s.Errorf("left out %v, took %v", left, plain.Rows)
	}
	bare := s.ensured(s.step(), "plain", spec)
	same(s, "scopes of the plain copy", bare.scopes(), scopes)
	same(s, "events of the plain copy", events(bare), nil)
	refused(s, "a principal that was left out", second(bare.Principals().Get(s.Context(), id)), spectron.ErrNotFound, "id")
}
