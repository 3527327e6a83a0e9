package conformance

import (
	"github.com/spectron-go/spectron"
)

// employs states the facts from which the behaviours of this file conclude.
func (h handle) employs() {
	h.t.Helper()
	h.tell("Bob works at Globex.")
	h.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "organisation", Name: "Globex"}, Key: "located_in", Target: spectron.EntityRef{Type: "location", Name: "Oslo"}},
	}})
}

// elaborate returns the ids of the relations that an elaboration stores.
func (h handle) elaborate() (ids []string) {
	h.t.Helper()
	found, err := h.Memory().Elaborate(h.t.Context(), spectron.ElaborateRequest{Sweep: true})
	if err != nil {
		h.t.Fatalf("elaborate: %v", err)
	}
	for _, o := range found.Outcomes {
		for _, r := range o.ProposedRelations {
			ids = append(ids, r.FactID)
		}
	}
	return ids
}

// consolidate returns the numbers of observations that a consolidation creates, updates and supersedes.
func (h handle) consolidate() [3]int {
	h.t.Helper()
	done, err := h.Memory().Consolidate(h.t.Context(), spectron.ConsolidateRequest{})
	if err != nil {
		h.t.Fatalf("consolidate: %v", err)
	}
	return [3]int{done.Created, done.Updated, done.Superseded}
}

// What follows from facts is concluded once, is kept, and ends with the facts.
func relationsAreConcluded(s *trial) {
	h := s.main()
	h.employs()
	ids := h.elaborate()
	if len(ids) != 1 {
		s.Fatalf("concluded: %v", ids)
	}
	h = s.main()
	if again := h.elaborate(); len(again) != 0 {
		s.Errorf("concluded again: %v", again)
	}
	f, err := h.Facts().Get(s.Context(), ids[0])
	must(s, "get", err)
	if f.Key != "works_in" || f.Value != "Oslo" || f.Source.Kind != spectron.SourceElaboration || f.Proofs != 1 || len(f.Evidence) != 2 || !f.RetiredAt.IsZero() {
		s.Errorf("the conclusion: %+v", f)
	}
	h.tell("Bob no longer works at Globex.")
	h = s.main()
	if f, err = h.Facts().Get(s.Context(), ids[0]); err != nil || f.RetiredAt.IsZero() {
		s.Errorf("the conclusion, without its evidence: %+v, %v", f, err)
	}
}

// What was told three times is an observation, and what is told then counts.
func tellingsAreCounted(s *trial) {
	for range 3 {
		s.tell("Bob lives in Oslo.")
	}
	h := s.main()
	if got, want := h.consolidate(), [3]int{1, 0, 0}; got != want {
		s.Fatalf("consolidated %v, want %v", got, want)
	}
	h = s.main()
	if got := h.consolidate(); got != [3]int{} {
		s.Errorf("consolidated %v again", got)
	}
	if f := h.listed(spectron.FactQuery{Entity: bob, Key: "lives_in"})[0]; f.Proofs != 3 || len(f.Evidence) != 3 {
		s.Errorf("the observation: %+v", f)
	}
	h.tell("Bob lives in Oslo.")
	h = s.main()
	if got, want := h.consolidate(), [3]int{0, 1, 0}; got != want {
		s.Errorf("consolidated %v, want %v", got, want)
	}
}

// One sees what another concludes and observes, and ends it.
func conclusionsOfOthersAreSeen(s *trial) {
	all := s.together(2)
	a, b := all[0], all[1]
	a.employs()
	for range 3 {
		b.tell("Bob likes jazz.")
	}
	ids := b.elaborate()
	if got := a.elaborate(); len(ids) != 1 || len(got) != 0 {
		s.Fatalf("concluded %v, and %v again", ids, got)
	}
	if got, again := a.consolidate(), b.consolidate(); got != [3]int{1, 0, 0} || again != [3]int{} {
		s.Errorf("consolidated %v, and %v again", got, again)
	}
	b.tell("Bob no longer works at Globex.")
	if f, err := a.Facts().Get(s.Context(), ids[0]); err != nil || f.RetiredAt.IsZero() {
		s.Errorf("the conclusion: %+v, %v", f, err)
	}
}
