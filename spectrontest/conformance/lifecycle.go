package conformance

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/spectron-go/spectron"
)

const aDay = 24 * time.Hour

// short stores a fact of CategoryContext and returns its id.
func (h handle) short(key, value string) string {
	h.t.Helper()
	out := h.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Category: spectron.CategoryContext, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: "Bob"}, Key: key, Value: value},
	}})
	if len(out.Extraction.Attributes) != 1 {
		h.t.Fatalf("%s %s: %+v", key, value, out.Extraction)
	}
	return out.Extraction.Attributes[0].ID
}

func (h handle) fact(id string) *spectron.Fact {
	h.t.Helper()
	f, err := h.Facts().Get(h.t.Context(), id)
	if err != nil {
		h.t.Fatalf("fact %s: %v", id, err)
	}
	return f
}

// Importance fades once a day, and by as many days as have passed.
func importanceFades(s *trial) {
	id := s.main().short("mood", "cheerful")
	for _, step := range []struct {
		wait     time.Duration
		affected int
		days     float64
	}{{0, 0, 0}, {3 * aDay, 1, 3}, {0, 0, 3}, {aDay, 1, 4}, {10 * aDay, 1, 14}} {
		s.clock.Advance(step.wait)
		out, err := s.main().Lifecycle().Decay(s.Context())
		must(s, "decay", err)
		want := 0.5 * math.Pow(0.95, step.days)
		if got := s.main().fact(id).Importance; out.Affected != step.affected || math.Abs(got-want) > 1e-12 {
			s.Errorf("after %v days: affected %d, importance %v, want %v", step.days, out.Affected, got, want)
		}
	}
}

// Facts of CategoryContext expire, unless they are told again or found, and stay in answers as of earlier times.
func contextExpires(s *trial) {
	h := s.main()
	mood, plan, project := h.short("mood", "cheerful"), h.short("plan", "glazing"), h.short("project", "kiln")
	told := s.clock.Now()
	s.clock.Advance(4 * aDay)
	h = s.main()
	h.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Category: spectron.CategoryContext, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: "Bob"}, Key: "plan", Value: "glazing"},
	}})
	found := h.recall(spectron.RecallRequest{Query: "What is Bob's project?"})
	if !slices.ContainsFunc(found.Hits, func(hit spectron.Hit) bool { return hit.ID == project }) {
		s.Fatalf("found: %+v", found.Hits)
	}
	s.clock.Advance(3 * aDay)
	for _, want := range []int{1, 0} {
		out, err := s.main().Lifecycle().Expire(s.Context())
		must(s, "expire", err)
		if out.Affected != want {
			s.Errorf("expired %d, want %d", out.Affected, want)
		}
	}
	h = s.main()
	if f := h.fact(mood); f.Reason != "expired" || f.RetiredAt.IsZero() {
		s.Errorf("the expired fact: %+v", f)
	}
	if !h.fact(plan).RetiredAt.IsZero() || !h.fact(project).RetiredAt.IsZero() {
		s.Errorf("expired although it was told again or found")
	}
	then, err := h.Facts().List(s.Context(), spectron.FactQuery{Key: "mood", Live: true, At: spectron.PointInTime{AsOf: told.Add(time.Hour)}})
	must(s, "list", err)
	if len(then.Items) != 1 {
		s.Errorf("as of an earlier time: %+v", then.Items)
	}
}

// With a retention, old turns are removed. What was told in them stays, without its words.
func oldTurnsArePruned(s *trial) {
	h := s.main()
	told := h.tell("Bob Zolder works at Globex.")
	s.clock.Advance(40 * aDay)
	kept := s.main().remember(spectron.RememberRequest{Text: "The cellar has a red door.", Infer: spectron.InferNone})
	prune := func() *spectron.Pruned {
		s.Helper()
		out, err := s.main().Lifecycle().Prune(s.Context())
		must(s, "prune", err)
		return out
	}
	if out := prune(); out.Turns+out.Sessions != 0 {
		s.Errorf("pruned without a retention: %+v", out)
	}
	days := 30
	s.patched(s.step(), spectron.ContextPatch{Config: spectron.Config{RetentionDays: &days}})
	if out := prune(); out.Turns != 1 || out.Sessions != 1 {
		s.Errorf("pruned: %+v", out)
	}
	if out := prune(); *out != (spectron.Pruned{}) {
		s.Errorf("pruned again: %+v", out)
	}
	h = s.main()
	if _, err := h.Sessions().Get(s.Context(), told.SessionID); !errors.Is(err, spectron.ErrNotFound) {
		s.Errorf("the old session: %v", err)
	}
	if said := h.turns(kept.SessionID); len(said) != 1 {
		s.Errorf("the new session: %+v", said)
	}
	f := h.fact(told.Extraction.Relations[0].ID)
	if !f.RetiredAt.IsZero() || f.Source.Quote != "" {
		s.Errorf("the fact: %+v", f)
	}
}
