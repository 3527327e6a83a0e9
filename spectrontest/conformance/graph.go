package conformance

import (
	"fmt"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// listed lists facts, and checks that they are the same one by one, by All and by Get, and that the total counts them.
func (h handle) listed(q spectron.FactQuery) (out []spectron.Fact) {
	h.t.Helper()
	q.WithTotal = true
	page, err := h.Facts().List(h.t.Context(), q)
	if err != nil {
		h.t.Fatalf("list %+v: %v", q, err)
	}
	if page.Total != len(page.Items) || page.HasMore {
		h.t.Errorf("%+v: total %d of %d", q, page.Total, len(page.Items))
	}
	single := q
	single.Limit = 1
	n := 0
	for f, err := range h.Facts().All(h.t.Context(), single) {
		if err != nil || n >= len(page.Items) || f.ID != page.Items[n].ID {
			h.t.Fatalf("%+v: item %d of one page each is %+v, %v", q, n, f, err)
		}
		n++
		if got, err := h.Facts().Get(h.t.Context(), f.ID); err != nil || got.ID != f.ID || q.At == (spectron.PointInTime{}) && fmt.Sprint(*got) != fmt.Sprint(f) {
			h.t.Errorf("got %+v, %v, listed %+v", got, err, f)
		}
	}
	if n != len(page.Items) {
		h.t.Errorf("%+v: %d items one by one, %d on one page", q, n, len(page.Items))
	}
	return page.Items
}

// values are those of facts, as they come.
func values(facts []spectron.Fact) (out []string) {
	for _, f := range facts {
		out = append(out, f.Value)
	}
	return out
}

// detail is an entity at a point in time; nil: there was none.
func (h handle) detail(ref spectron.EntityRef, at spectron.PointInTime) *spectron.EntityDetail {
	h.t.Helper()
	e, err := h.Entities().Get(h.t.Context(), ref, at)
	if err != nil {
		if !strings.Contains(err.Error(), "no such entity") {
			h.t.Errorf("%v: %v", ref, err)
		}
		return nil
	}
	return e
}

// held are the facts about an entity at a point in time, a line each.
func (h handle) held(ref spectron.EntityRef, at spectron.PointInTime) (out []string) {
	h.t.Helper()
	e := h.detail(ref, at)
	if e == nil {
		return []string{"nobody"}
	}
	for _, f := range append(append([]spectron.Fact{}, e.Attributes...), e.Relations...) {
		out = append(out, f.Entity.Name+" "+f.Key+" "+f.Value)
	}
	return out
}

// names are those of the entities that a query lists.
func (h handle) names(q spectron.EntityQuery) (out []string) {
	h.t.Helper()
	q.WithTotal = true
	page, err := h.Entities().List(h.t.Context(), q)
	if err != nil || page.Total != len(page.Items) {
		h.t.Errorf("%+v: total %d of %d, %v", q, page.Total, len(page.Items), err)
	}
	q.Limit = 1
	for e, err := range h.Entities().All(h.t.Context(), q) {
		if err != nil {
			h.t.Fatal(err)
		}
		out = append(out, e.Type+" "+e.Name)
	}
	if len(out) != len(page.Items) {
		h.t.Errorf("%+v: %d one by one, %d on one page", q, len(out), len(page.Items))
	}
	return out
}

func (h handle) history(ref spectron.EntityRef, key string) []spectron.Fact {
	h.t.Helper()
	chain, err := h.Entities().History(h.t.Context(), ref, key)
	if err != nil {
		h.t.Errorf("history of %v %s: %v", ref, key, err)
	}
	return chain
}

func must(s *trial, what string, err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("%s: %v", what, err)
	}
}

var bob = person("Bob")

// Lists, details and histories agree with each other and with what was said, now and as of before.
func theGraphIsRead(s *trial) {
	for i, city := range []string{"Oslo", "Rome", "Oslo"} {
		s.remember(spectron.RememberRequest{Text: "Bob moved to " + city + ".", SpokenAt: morning(time.Month(i+1), 1)})
		s.clock.Advance(time.Hour)
	}
	s.remember(spectron.RememberRequest{Text: "Alice works at Acme. Bob works at Acme. Bob likes jazz.", SpokenAt: morning(3, 2), Labels: []string{"kind=chat"}})
	half := s.clock.Now()
	s.clock.Advance(time.Hour)
	s.remember(spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: morning(3, 3), Triples: []spectron.Triple{{Entity: bob, Key: "motto", Value: "Onwards", Category: spectron.CategoryIdentity}}})
	h := s.main()
	same(s, "all", values(h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in"})), []string{"Oslo", "Rome", "Oslo"})
	same(s, "live", values(h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in", Live: true})), []string{"Oslo"})
	same(s, "closed", values(h.listed(spectron.FactQuery{Entity: bob, Key: "Lives in", Closed: true})), []string{"Rome", "Oslo"})
	same(s, "by key", values(h.listed(spectron.FactQuery{Key: "works_at"})), []string{"Acme", "Acme"})
	same(s, "by label", values(h.listed(spectron.FactQuery{Labels: []string{"kind=chat"}, Entity: bob, Key: "works_at"})), []string{"Acme"})
	same(s, "by category", values(h.listed(spectron.FactQuery{Category: spectron.CategoryIdentity, Key: "motto"})), []string{"Onwards"})
	same(s, "by source", values(h.listed(spectron.FactQuery{SourceKind: "upsert"})), []string{"Onwards"})
	same(s, "then", values(h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in", Live: true, At: spectron.PointInTime{AsOf: morning(2, 9)}})), []string{"Rome"})
	same(s, "all then", values(h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in", At: spectron.PointInTime{AsOf: morning(2, 9)}})), []string{"Rome", "Oslo"})
	same(s, "stored then", values(h.listed(spectron.FactQuery{Key: "motto", At: spectron.PointInTime{StoredAt: half}})), nil)
	same(s, "in the world then", values(h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in", At: spectron.PointInTime{ValidAt: morning(2, 9)}})), []string{"Rome"})

	chain := h.history(bob, "lives_in")
	same(s, "history", values(chain), []string{"Oslo", "Rome", "Oslo"})
	for i, f := range chain {
		last := i == len(chain)-1
		if f.Source.Quote == "" || f.Source.TurnID == "" || i > 0 && !f.ValidFrom.Equal(morning(time.Month(i+1), 1)) || last != f.ValidUntil.IsZero() || last != f.KnownUntil.IsZero() ||
			i > 0 && (f.Supersedes != chain[i-1].ID || chain[i-1].SupersededBy != f.ID) {
			s.Errorf("link %d: %+v", i, f)
		}
	}
	same(s, "now", h.held(bob, spectron.PointInTime{}), []string{"Bob motto Onwards", "Bob likes jazz", "Bob lives_in Oslo", "Bob works_at Acme"})
	same(s, "in both directions", h.held(spectron.EntityRef{Type: "organisation", Name: "ACME"}, spectron.PointInTime{}), []string{"Alice works_at Acme", "Bob works_at Acme"})
	same(s, "as of before", h.held(bob, spectron.PointInTime{AsOf: morning(2, 9)}), []string{"Bob lives_in Rome"})
	same(s, "stored before", h.held(bob, spectron.PointInTime{StoredAt: half}), []string{"Bob likes jazz", "Bob lives_in Oslo", "Bob works_at Acme"})
	same(s, "believed then, by what was stored before", h.held(bob, spectron.PointInTime{StoredAt: half, AsOf: morning(1, 9)}), []string{"Bob lives_in Oslo"})
	same(s, "before all", h.held(bob, spectron.PointInTime{AsOf: morning(1, 1).Add(-time.Hour)}), []string{"nobody"})
	same(s, "people", h.names(spectron.EntityQuery{Type: "human", NamePrefix: ""}), []string{"person Alice", "person Bob"})
	same(s, "by name", h.names(spectron.EntityQuery{NamePrefix: "a"}), []string{"organisation Acme", "person Alice"})
	same(s, "in February", h.names(spectron.EntityQuery{At: spectron.PointInTime{AsOf: morning(2, 9)}}), []string{"location Oslo", "location Rome", "person Bob"})
}

// Facts are closed, corrected and pinned; what they were stays.
func factsAreEdited(s *trial) {
	s.tell("Bob lives in Oslo. Bob likes jazz. Bob likes tea.")
	h := s.main()
	before := s.clock.Now()
	s.clock.Advance(time.Hour)
	lives := h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in", Live: true})[0]
	right, err := h.Facts().Correct(h.t.Context(), lives.ID, "Bergen")
	must(s, "correct", err)
	h = s.main()
	chain := h.history(bob, "lives_in")
	same(s, "corrected", values(chain), []string{"Oslo", "Bergen"})
	old, now := chain[0], chain[1]
	if old.SupersededBy != now.ID || now.Supersedes != old.ID || now.ID != right.ID || !old.RetiredAt.Equal(s.clock.Now()) || now.Source.Kind != "upsert" ||
		now.Source.Quote != "" || !now.ValidFrom.Equal(old.ValidFrom) || now.Confidence != 1 || now.Target.Type != "location" {
		s.Errorf("corrected %+v\nto %+v", old, now)
	}
	same(s, "never true", h.held(bob, spectron.PointInTime{ValidAt: before}), []string{"Bob likes jazz", "Bob likes tea", "Bob lives_in Bergen"})
	same(s, "believed", h.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?", AsOf: before}), []string{"Oslo"})
	same(s, "answers", h.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Bergen"})
	if x := h.tell("Bob lives in Oslo.").Extraction; len(x.Uncertainties) != 1 || len(x.Closed) > 0 {
		s.Errorf("said against the correction: %+v", x)
	}
	h = s.main()
	for _, f := range h.listed(spectron.FactQuery{Entity: bob, Key: "likes", Live: true}) {
		if f.Value == "tea" {
			must(s, "close", h.Facts().Close(h.t.Context(), f.ID, "he said so on the phone"))
		} else {
			must(s, "pin", h.Facts().Pin(h.t.Context(), f.ID, true))
		}
	}
	h = s.main()
	likes := h.listed(spectron.FactQuery{Entity: bob, Key: "likes"})
	for _, f := range likes {
		if f.Pinned != (f.Value == "jazz") || (f.Reason != "") != (f.Value == "tea") || f.Value == "tea" && (f.ValidUntil.IsZero() || f.SupersededBy != "") {
			s.Errorf("likes %+v", f)
		}
	}
	same(s, "liked before", h.held(bob, spectron.PointInTime{AsOf: before}), []string{"Bob likes jazz", "Bob likes tea", "Bob lives_in Oslo"})
	for _, f := range likes {
		if f.Value == "tea" {
			s.is("close twice", h.Facts().Close(h.t.Context(), f.ID, ""), spectron.ErrConflict)
			s.is("correct what is closed", second(h.Facts().Correct(h.t.Context(), f.ID, "coffee")), spectron.ErrConflict)
		}
	}
	x := h.tell("Always answer in German. Carol moved to a new flat.").Extraction
	h = s.main()
	order := x.Instructions[0].ID
	must(s, "revoke", h.Instructions().Revoke(h.t.Context(), order))
	open, err := h.Uncertainties().List(h.t.Context(), spectron.UncertaintyQuery{Open: true})
	must(s, "uncertainties", err)
	for _, u := range open.Items {
		must(s, "resolve", h.Uncertainties().Resolve(h.t.Context(), u.ID, "asked her"))
	}
	h = s.main()
	got, err := h.Instructions().Get(h.t.Context(), order)
	if err != nil || got.Active || got.RetiredAt.IsZero() || got.Source.Quote == "" {
		s.Errorf("revoked: %+v, %v", got, err)
	}
	same(s, "instructions", h.known("answer German", time.Time{}), nil)
	page, err := h.Uncertainties().List(h.t.Context(), spectron.UncertaintyQuery{WithTotal: true})
	if err != nil || page.Total != len(open.Items) || len(open.Items) != 2 {
		s.Errorf("uncertainties: %+v, %v", page, err)
	}
	for _, u := range page.Items {
		if !u.Resolved || u.Note != "asked her" || !u.ResolvedAt.Equal(s.clock.Now()) {
			s.Errorf("resolved: %+v", u)
		}
	}
}

// What may have changed is in doubt until the uncertainty is resolved.
func doubtsAreResolved(s *trial) {
	s.tell("Bob lives in Oslo.")
	s.clock.Advance(time.Hour)
	s.tell("Bob moved to a new flat.")
	h := s.main()
	open, err := h.Uncertainties().List(h.t.Context(), spectron.UncertaintyQuery{Open: true})
	must(s, "uncertainties", err)
	lives := h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in"})
	if len(open.Items) == 0 || len(lives) != 1 || lives[0].Doubt == "" {
		s.Fatalf("in doubt: %+v, %+v", open.Items, lives)
	}
	for _, u := range open.Items {
		if strings.Join(u.FactIDs, " ") != lives[0].ID || u.Source.TurnID == "" {
			s.Errorf("in doubt: %+v", u)
		}
		must(s, "resolve", h.Uncertainties().Resolve(h.t.Context(), u.ID, ""))
	}
	h = s.main()
	if f := h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in"})[0]; f.Doubt != "" {
		s.Errorf("still in doubt: %+v", f)
	}
	s.is("twice", h.Uncertainties().Resolve(h.t.Context(), open.Items[0].ID, ""), spectron.ErrConflict)
}

// A deleted entity is gone now and there before; it begins anew. A merged one is found by both names.
func entitiesAreDeletedAndMerged(s *trial) {
	s.tell("Bob lives in Oslo. Alice is Bob's sister. Robert works at Acme. Robert lives in Rome.")
	before := s.clock.Now()
	s.clock.Advance(time.Hour)
	h := s.main()
	robert := person("Robert")
	must(s, "merge", h.Entities().Merge(h.t.Context(), robert, bob))
	h = s.main()
	for _, ref := range []spectron.EntityRef{bob, robert} {
		if e := h.detail(ref, spectron.PointInTime{}); e == nil || e.Entity.Name != "Bob" || strings.Join(e.Entity.Aliases, " ") != "Robert" {
			s.Errorf("%s is %+v", ref.Name, e)
		}
		same(s, "works", values(h.listed(spectron.FactQuery{Entity: ref, Key: "works_at", Live: true})), []string{"Acme"})
	}
	for _, question := range []string{"Where does Bob work?", "Where does Robert work?"} {
		same(s, question, h.answers("works_at", spectron.RecallRequest{Query: question}), []string{"Acme"})
	}
	same(s, "before", h.held(robert, spectron.PointInTime{AsOf: before}), []string{"Robert lives_in Rome", "Robert works_at Acme"})
	if x := h.tell("Robert likes tea.").Extraction; len(x.Attributes) != 1 || x.Attributes[0].EntityID != "entity:person/bob" {
		if len(x.Relations) != 1 || x.Relations[0].Subject != "entity:person/bob" {
			s.Errorf("said of the other name: %+v", x)
		}
	}
	h = s.main()
	s.is("merge back", h.Entities().Merge(h.t.Context(), bob, robert), spectron.ErrInvalid)
	s.is("merge again", h.Entities().Merge(h.t.Context(), robert, person("Alice")), spectron.ErrConflict)
	s.is("merge with itself", h.Entities().Merge(h.t.Context(), bob, bob), spectron.ErrInvalid)
	if len(h.history(bob, "lives_in")) < 2 {
		s.Errorf("history of both names: %+v", h.history(bob, "lives_in"))
	}

	held := h.held(bob, spectron.PointInTime{})
	between := s.clock.Now()
	s.clock.Advance(time.Hour)
	must(s, "delete", h.Entities().Delete(h.t.Context(), bob))
	h = s.main()
	same(s, "deleted", h.held(bob, spectron.PointInTime{}), []string{"nobody"})
	same(s, "live", values(h.listed(spectron.FactQuery{Entity: bob, Live: true})), nil)
	same(s, "as of before", h.held(bob, spectron.PointInTime{AsOf: between}), held)
	same(s, "stored before", h.held(bob, spectron.PointInTime{StoredAt: between}), held)
	same(s, "found", h.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), nil)
	if len(h.history(bob, "lives_in")) < 2 {
		s.Errorf("history after: %+v", h.history(bob, "lives_in"))
	}
	s.is("delete twice", h.Entities().Delete(h.t.Context(), bob), spectron.ErrNotFound)
	if x := h.tell("Bob lives in Lima.").Extraction; len(x.Relations) != 1 {
		s.Errorf("said again: %+v", x)
	}
	same(s, "anew", s.main().held(bob, spectron.PointInTime{}), []string{"Bob lives_in Lima"})
}

// What one edits, the others see at their next call.
func editsOfOthersAreSeen(s *trial) {
	all := s.together(2)
	a, b := all[0], all[1]
	a.tell("Bob lives in Oslo. Bob likes jazz. Robert works at Acme.")
	f := b.listed(spectron.FactQuery{Entity: bob, Key: "lives_in"})[0]
	must(s, "correct", second(b.Facts().Correct(b.t.Context(), f.ID, "Bergen")))
	same(s, "corrected", a.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Bergen"})
	likes := a.listed(spectron.FactQuery{Entity: bob, Key: "likes"})[0]
	must(s, "pin", a.Facts().Pin(a.t.Context(), likes.ID, true))
	if !b.listed(spectron.FactQuery{Entity: bob, Key: "likes"})[0].Pinned {
		s.Error("not pinned for the other one")
	}
	must(s, "close", b.Facts().Close(b.t.Context(), likes.ID, "enough"))
	s.is("closed", a.Facts().Close(a.t.Context(), likes.ID, ""), spectron.ErrConflict)
	must(s, "merge", a.Entities().Merge(a.t.Context(), person("Robert"), bob))
	same(s, "merged", b.answers("works_at", spectron.RecallRequest{Query: "Where does Robert work?"}), []string{"Acme"})
	must(s, "delete", b.Entities().Delete(b.t.Context(), bob))
	same(s, "deleted", a.held(bob, spectron.PointInTime{}), []string{"nobody"})
	rows := s.rows()
	for _, h := range s.together(1) {
		same(s, "deleted, for who comes later", h.held(bob, spectron.PointInTime{}), []string{"nobody"})
		same(s, "names", h.names(spectron.EntityQuery{}), a.names(spectron.EntityQuery{}))
	}
	same(s, "rows", s.rows(), rows)
}
