package conformance

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/spectron-go/spectron"
)

func (s *trial) created(mgr *spectron.Manager, id string, spec spectron.ContextSpec) handle {
	s.Helper()
	c, err := mgr.CreateContext(s.Context(), id, spec)
	if err != nil {
		s.Fatalf("create %s: %v", id, err)
	}
	return handle{s.T, c}
}

// listed returns the ids of all Contexts.
func (s *trial) listed(mgr *spectron.Manager) []string {
	s.Helper()
	page, err := mgr.ListContexts(s.Context(), spectron.PageRequest{})
	if err != nil || page.HasMore {
		s.Fatalf("list contexts: %v, more: %v", err, page.HasMore)
	}
	var ids []string
	for _, c := range page.Items {
		ids = append(ids, c.ID)
	}
	return ids
}

func contextsAreMadeAndListed(s *trial) {
	if got := s.listed(s.step()); len(got) > 0 {
		s.Fatalf("an empty store has the Contexts %q", got)
	}
	long := "c-" + strings.Repeat("0", 61) // 63 characters
	var want []spectron.ContextInfo
	for _, info := range []spectron.ContextInfo{
		{ID: "b", Namespace: "default", Database: "b"},
		{ID: "-", Namespace: "conformance", Database: "A_b-9", Description: "Ünïcode `quoted` ⟨a⟩"},
		{ID: long, Namespace: "conformance-2", Database: long},
		{ID: "10", Namespace: "conformance", Database: "spectron"},
	} {
		info.CreatedAt = s.clock.Advance(1500 * 1000) // 1.5 ms
		spec := spectron.ContextSpec{Namespace: info.Namespace, Database: info.Database, Description: info.Description}
		if info.Namespace == "default" {
			spec = spectron.ContextSpec{}
		}
		if got := s.created(s.step(), info.ID, spec).Info(); !sameInfo(got, info) {
			s.Errorf("made %+v, want %+v", got, info)
		}
		got, err := s.step().Context(s.Context(), info.ID)
		if err != nil || !sameInfo(got.Info(), info) || got.ID() != info.ID {
			s.Errorf("found %+v (%v), want %+v", got, err, info)
		}
		want = append(want, info)
	}
	slices.SortFunc(want, func(a, b spectron.ContextInfo) int { return strings.Compare(a.ID, b.ID) })
	mgr := s.step()
	for limit := range len(want) + 2 {
		var got []spectron.ContextInfo
		for cursor, more := "", true; more; {
			page, err := mgr.ListContexts(s.Context(), spectron.PageRequest{Cursor: cursor, Limit: limit})
			if err != nil {
				s.Fatalf("limit %d: %v", limit, err)
			}
			got = append(got, page.Items...)
			if more = page.HasMore; more != (page.NextCursor != "") || more && len(page.Items) != limit || len(got) > len(want) {
				s.Fatalf("limit %d: %+v", limit, page)
			}
			cursor = page.NextCursor
		}
		if !slices.EqualFunc(got, want, sameInfo) {
			s.Errorf("limit %d: listed %+v, want %+v", limit, got, want)
		}
	}
}

func contextsAreRefused(s *trial) {
	h := s.main()
	h.tell("Bob lives in Oslo.")
	for _, id := range []string{
		"", "Main", strings.Repeat("a", 64), "a_b", "a b", "a/b", "a.b", "main\n", "ä", "a\x00", "a`b", "contexts", "health", "verbs", "migrations",
	} {
		mgr := s.mgr
		refused(s, "create "+id, second(mgr.CreateContext(s.Context(), id, spectron.ContextSpec{})), spectron.ErrInvalid, "ID")
		refused(s, "ensure "+id, second(mgr.EnsureContext(s.Context(), id, spectron.ContextSpec{})), spectron.ErrInvalid, "ID")
		refused(s, "context "+id, second(mgr.Context(s.Context(), id)), spectron.ErrInvalid, "ID")
		refused(s, "delete "+id, mgr.DeleteContext(s.Context(), id), spectron.ErrInvalid, "ID")
	}
	spec := mainSpec()
	taken := spec
	taken.Database = mainContext
	for _, tc := range []struct {
		id    string
		spec  spectron.ContextSpec
		want  *spectron.Error
		field string
	}{
		{"b", spectron.ContextSpec{Namespace: "spectron"}, spectron.ErrInvalid, "Namespace"},
		{"b", spectron.ContextSpec{Namespace: strings.Repeat("n", 65)}, spectron.ErrInvalid, "Namespace"},
		{"b", spectron.ContextSpec{Namespace: "n`; REMOVE NAMESPACE conformance; --"}, spectron.ErrInvalid, "Namespace"},
		{"b", spectron.ContextSpec{Database: "a/b"}, spectron.ErrInvalid, "Database"},
		{"b", spectron.ContextSpec{Database: "main\n"}, spectron.ErrInvalid, "Database"},
		{"b", spectron.ContextSpec{Description: strings.Repeat("d", 1001)}, spectron.ErrTooLarge, "Description"},
		{"b", spectron.ContextSpec{Description: "\xff"}, spectron.ErrInvalid, "Description"},
		{mainContext, spec, spectron.ErrAlreadyExists, "ID"},
		{mainContext, spectron.ContextSpec{Namespace: "conformance-2", Database: "other"}, spectron.ErrAlreadyExists, "ID"},
		{"b", taken, spectron.ErrAlreadyExists, "Database"},
	} {
		refused(s, fmt.Sprintf("create %s %+v", tc.id, tc.spec), second(s.step().CreateContext(s.Context(), tc.id, tc.spec)), tc.want, tc.field)
	}
	mgr := s.step()
	refused(s, "ensure elsewhere", second(mgr.EnsureContext(s.Context(), mainContext, spectron.ContextSpec{Namespace: "conformance-2"})), spectron.ErrAlreadyExists, "Namespace")
	refused(s, "ensure elsewhere", second(mgr.EnsureContext(s.Context(), mainContext, spectron.ContextSpec{Database: "d"})), spectron.ErrAlreadyExists, "Database")
	refused(s, "ensure on another's database", second(mgr.EnsureContext(s.Context(), "b", taken)), spectron.ErrAlreadyExists, "Database")
	refused(s, "absent", second(mgr.Context(s.Context(), "b")), spectron.ErrNotFound, "ID")
	refused(s, "absent", mgr.DeleteContext(s.Context(), "b"), spectron.ErrNotFound, "ID")
	refused(s, "absent", mgr.ExportContext(s.Context(), "b", new(strings.Builder)), spectron.ErrNotFound, "ID")
	refused(s, "list", second(mgr.ListContexts(s.Context(), spectron.PageRequest{Limit: -1})), spectron.ErrInvalid, "Limit")
	refused(s, "list", second(mgr.ListContexts(s.Context(), spectron.PageRequest{Limit: 1001})), spectron.ErrInvalid, "Limit")
	refused(s, "list", second(mgr.ListContexts(s.Context(), spectron.PageRequest{Cursor: "\xff", Limit: 1})), spectron.ErrInvalid, "Cursor")
	same(s, "Contexts", s.listed(s.step()), []string{mainContext})
	same(s, "facts", s.main().known("Bob", s.clock.Now()), []string{"Bob lives in Oslo"})
}

// Contexts in one namespace, in databases whose names differ in case alone, and in namespaces with databases of one
// name, see nothing of each other.
func contextsAreApart(s *trial) {
	specs := map[string]spectron.ContextSpec{
		"a": {Namespace: "conformance", Database: "prod"}, "b": {Namespace: "conformance", Database: "Prod"},
		"c": {Namespace: "conformance-2", Database: "prod"},
	}
	ids := []string{"a", "b", "c"}
	session := map[string]string{}
	for _, id := range ids {
		session[id] = s.created(s.step(), id, specs[id]).tell("My name is Alice and I live in City" + id + ". Always answer in code-" + id + ".").SessionID
	}
	check := func(ids ...string) {
		s.Helper()
		mgr := s.step()
		for _, id := range ids {
			h := s.ensured(mgr, id, specs[id])
			same(s, id, h.known("Alice live answer", s.clock.Now()), []string{"Alice lives in City" + id, "Always answer in code-" + id, "The user's name is Alice"})
			for _, other := range []string{"a", "b", "c"} {
				if other == id {
					continue
				}
				for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeVector} {
					for _, hit := range h.recall(spectron.RecallRequest{Query: "City" + other + " code-" + other, Mode: mode}).Hits {
						if hit.Source.SessionID != session[id] {
							s.Errorf("%s sees %q of %s", id, hit.Text, other)
						}
					}
				}
				_, err := h.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "x", SessionID: session[other]})
				refused(s, id+" in a session of "+other, err, spectron.ErrNotFound, "SessionID")
			}
		}
	}
	check("a", "b", "c")
	if err := s.step().DeleteContext(s.Context(), "a"); err != nil {
		s.Fatal(err)
	}
	check("b", "c")
}

// A deleted Context is gone with its data: handles on it are dead, and one of the same id, or in the same database,
// starts empty.
func contextsAreDeleted(s *trial) {
	spec := spectron.ContextSpec{Namespace: "conformance", Database: "d"}
	var empty []string
	for round := range 2 {
		h := s.created(s.step(), "a", spec)
		rows := rowsOf(s.T, export(s.T, s.mgr, "a"))
		if round > 0 {
			same(s, "a new Context", rows, empty)
		}
		empty = rows
		if r := h.recall(spectron.RecallRequest{Query: "Alice Acme", IncludeClosed: true}); len(r.Hits)+len(r.Seeds) > 0 {
			s.Errorf("round %d does not start empty: %+v", round, r)
		}
		told := h.tell("Alice works at Acme.")
		h.tell("Alice works at Globex.")
		mgr := s.step()
		old := s.ensured(mgr, "a", spec)
		if err := mgr.DeleteContext(s.Context(), "a"); err != nil {
			s.Fatalf("delete: %v", err)
		}
		for what, err := range callsOn(s, old) {
			if !errors.Is(err, spectron.ErrNotFound) {
				s.Errorf("%s on a deleted Context: %v", what, err)
			}
		}
		mgr = s.step()
		refused(s, "deleted", second(mgr.Context(s.Context(), "a")), spectron.ErrNotFound, "ID")
		refused(s, "deleted", mgr.DeleteContext(s.Context(), "a"), spectron.ErrNotFound, "ID")
		same(s, "Contexts", s.listed(mgr), nil)

		b := s.created(s.step(), "b", spec)
		refused(s, "session of another time", second(b.Sessions().Get(s.Context(), told.SessionID)), spectron.ErrNotFound, "SessionID")
		if r := b.recall(spectron.RecallRequest{Query: "Alice Acme"}); len(r.Hits)+len(r.Seeds) > 0 {
			s.Errorf("round %d: what was deleted is found: %+v", round, r)
		}
		b.tell("Bob works at Acme.")
		if err := s.step().DeleteContext(s.Context(), "b"); err != nil {
			s.Fatalf("delete: %v", err)
		}
	}
}

// callsOn makes every kind of call on a handle that can fail, with arguments that are right.
func callsOn(s *trial, h handle) map[string]error {
	ctx, m, sessions := s.Context(), h.Memory(), h.Sessions()
	return map[string]error{
		"remember": second(m.Remember(ctx, spectron.RememberRequest{Text: "I live in Zanzibar."})),
		"none":     second(m.Remember(ctx, spectron.RememberRequest{Text: "Zanzibar", Infer: spectron.InferNone})),
		"preview":  second(m.Remember(ctx, spectron.RememberRequest{Text: "I live in Zanzibar.", Infer: spectron.InferPreview})),
		"triples": second(m.Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: person("Zanzibar"), Key: "mood", Value: "fine"},
		}})),
		"remember many":  second(m.RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "I live in Zanzibar."}}})),
		"recall":         second(m.Recall(ctx, spectron.RecallRequest{Query: "Zanzibar"})),
		"create session": second(sessions.Create(ctx, spectron.SessionSpec{})),
		"get session":    second(sessions.Get(ctx, "none")),
		"turns":          second(sessions.Turns(ctx, spectron.TurnQuery{SessionID: "none"})),
		"delete session": sessions.Delete(ctx, "none"),
	}
}

func contextsAreEnsured(s *trial) {
	spec := spectron.ContextSpec{Namespace: "conformance", Database: "prod", Description: "first"}
	made := s.ensured(s.step(), "a", spec).Info()
	s.ensured(s.step(), "a", spec).tell("Bob lives in Oslo.")
	for _, again := range []spectron.ContextSpec{spec, {}, {Namespace: "conformance"}, {Database: "prod", Description: "second"}} {
		h := s.ensured(s.step(), "a", again)
		if !sameInfo(h.Info(), made) || made.Description != "first" {
			s.Errorf("%+v: %+v", again, h.Info())
		}
		same(s, "facts", h.known("Bob", s.clock.Now()), []string{"Bob lives in Oslo"})
	}
	// Several at once make one.
	mgr := s.step()
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			c, err := mgr.EnsureContext(s.Context(), "many", spectron.ContextSpec{Namespace: "conformance"})
			if err == nil {
				_, err = c.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "I am " + code(i), Infer: spectron.InferNone})
			}
			if err != nil {
				s.Errorf("%d: %v", i, err)
			}
		})
	}
	wg.Wait()
	h := s.ensured(s.step(), "many", spectron.ContextSpec{})
	for i := range 6 {
		same(s, "said", h.said(code(i)), []string{"I am " + code(i)})
	}
	same(s, "Contexts", s.listed(s.mgr), []string{"a", "many"})
}

// sameInfo compares what Contexts are, whatever they are configured with.
func sameInfo(a, b spectron.ContextInfo) bool {
	a.Config, b.Config = spectron.EffectiveConfig{}, spectron.EffectiveConfig{}
	return reflect.DeepEqual(a, b)
}
