package conformance

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// A value that another one follows is kept, closed and linked, and the past answers as it would have then.
func supersessionKeepsHistory(s *trial) {
	cities := []string{"Oslo", "Rome", "Lima", "Oslo"} // back to one that was left
	for i, city := range cities {
		month := time.Month(i + 1)
		s.clock.Set(morning(month, 3))
		x := s.remember(spectron.RememberRequest{Text: "Bob lives in " + city + ".", SpokenAt: morning(month, 1)}).Extraction
		switch {
		case len(x.Relations) != 1 || len(x.Reinforced) > 0,
			i == 0 && len(x.Closed)+len(x.Corrections) > 0,
			i > 0 && (len(x.Closed) != 1 || len(x.Corrections) != 1 || x.Corrections[0] != (spectron.Correction{EntityID: "entity:person/bob", Key: "lives_in", OldValue: cities[i-1], NewValue: city})):
			s.Errorf("moved to %s: %+v", city, x)
		}
		again := s.remember(spectron.RememberRequest{Text: "Bob lives in " + city + ".", SpokenAt: morning(month, 2)}).Extraction
		if len(again.Relations)+len(again.Closed) > 0 || len(again.Reinforced) != 1 || again.Reinforced[0] != x.Relations[0].ID {
			s.Errorf("still in %s: %+v", city, again)
		}
	}
	h := s.main()
	const question = "Where does Bob live?"
	var chain []spectron.Hit // as it was known at each time
	for i, city := range cities {
		for _, query := range []string{question, "Bob"} {
			hits := h.recall(spectron.RecallRequest{Query: query, AsOf: morning(time.Month(i+1), 15), Kinds: []spectron.Kind{spectron.KindRelation}}).Hits
			if len(hits) != 1 || hits[0].Fact.Value != city {
				s.Fatalf("%s in month %d: %+v", query, i+1, hits)
			}
			if f := hits[0].Fact; !f.KnownUntil.IsZero() || !f.ValidUntil.IsZero() || !f.RetiredAt.IsZero() || f.SupersededBy != "" {
				s.Errorf("month %d knows of later ones: %+v", i+1, f)
			}
			if query == question {
				chain = append(chain, hits[0])
			}
		}
	}
	same(s, "before anything was known", h.answers("lives_in", spectron.RecallRequest{Query: question, AsOf: morning(1, 1).Add(-time.Nanosecond)}), nil)
	same(s, "now", h.answers("lives_in", spectron.RecallRequest{Query: question}), []string{"Oslo"})
	all := h.graph("Bob", spectron.RecallRequest{IncludeClosed: true})
	if len(all) != len(cities) {
		s.Fatalf("%d facts with those that ended, want %d: %+v", len(all), len(cities), all)
	}
	whole := map[string]spectron.Fact{}
	for _, hit := range all {
		whole[hit.ID] = *hit.Fact
	}
	for i, hit := range chain {
		from := time.Month(i + 1)
		want := *hit.Fact
		want.KnownFrom, want.RecordedAt = morning(from, 1), morning(from, 3)
		if i > 0 {
			want.Supersedes = chain[i-1].ID
		}
		if i < len(chain)-1 {
			want.KnownUntil, want.ValidUntil, want.RetiredAt, want.SupersededBy = morning(from+1, 1), morning(from+1, 1), morning(from+1, 3), chain[i+1].ID
		}
		if got := whole[hit.ID]; !reflect.DeepEqual(got, want) {
			s.Errorf("link %d: %+v\nwant %+v", i, got, want)
		}
	}
}

// Facts are found by when they held and by when they were known.
func factsHaveTheirTimes(s *trial) {
	s.remember(spectron.RememberRequest{Text: "Bob has lived in Oslo since March 2020.", SpokenAt: morning(1, 10)})
	s.remember(spectron.RememberRequest{Text: "Bob moved to Rome on 5 February 2026.", SpokenAt: morning(2, 20)})
	h := s.main()
	for _, tc := range []struct {
		req  spectron.RecallRequest
		want []string
	}{
		{spectron.RecallRequest{}, []string{"Rome"}},
		{spectron.RecallRequest{AsOf: morning(1, 15)}, []string{"Oslo"}},
		{spectron.RecallRequest{IncludeClosed: true}, []string{"Oslo", "Rome"}},
		{spectron.RecallRequest{ValidAt: morning(3, 1)}, []string{"Rome"}},
		{spectron.RecallRequest{ValidAt: morning(1, 20)}, []string{"Oslo"}},
		{spectron.RecallRequest{ValidAt: morning(1, 20), IncludeClosed: true}, []string{"Oslo"}},
		{spectron.RecallRequest{ValidAt: morning(1, 20), AsOf: morning(1, 15)}, []string{"Oslo"}},
		{spectron.RecallRequest{ValidAt: morning(1, 20).AddDate(-10, 0, 0), IncludeClosed: true}, nil},
		{spectron.RecallRequest{ValidAt: morning(1, 20), AsOf: morning(3, 1)}, []string{"Oslo"}},
		{spectron.RecallRequest{ValidFrom: morning(1, 1), ValidUntil: morning(12, 1)}, []string{"Oslo", "Rome"}},
		{spectron.RecallRequest{ValidFrom: morning(1, 1), ValidUntil: morning(12, 1), IncludeClosed: true}, []string{"Oslo", "Rome"}},
		{spectron.RecallRequest{ValidUntil: morning(2, 1)}, []string{"Oslo"}},
	} {
		for _, query := range []string{"Bob", "Where does Bob live?"} {
			tc.req.Query, tc.req.Kinds = query, []spectron.Kind{spectron.KindRelation}
			same(s, fmt.Sprintf("%+v", tc.req), h.answers("lives_in", tc.req), tc.want)
		}
	}
	// Nothing that became known later shows in the past: neither as a fact nor as words.
	for _, query := range []string{"Rome", "Bob", "Where does Bob live?"} {
		for _, hit := range h.recall(spectron.RecallRequest{Query: query, AsOf: morning(1, 15)}).Hits {
			if strings.Contains(hit.Text+hit.Source.Quote, "Rome") {
				s.Errorf("%s in January: %q", query, hit.Text)
			}
		}
	}

	// What is told late about an earlier time is filed before what is known to have followed it.
	role := func(value string, at time.Time) spectron.RememberRequest {
		return spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: at, Triples: []spectron.Triple{{Entity: person("Alice"), Key: "role", Value: value}}}
	}
	s.remember(role("engineer", morning(1, 1)))
	s.remember(role("director", morning(3, 1)))
	if x := s.remember(role("manager", morning(2, 1))).Extraction; len(x.Attributes) != 1 {
		s.Errorf("late: %+v", x)
	}
	h = s.main()
	const question = "What is Alice's role?"
	same(s, "now", h.answers("role", spectron.RecallRequest{Query: question}), []string{"director"})
	same(s, "with what ended", h.answers("role", spectron.RecallRequest{Query: question, IncludeClosed: true}), []string{"director", "engineer", "manager"})
	for month, want := range []string{"engineer", "manager", "director"} {
		got := h.answers("role", spectron.RecallRequest{Query: question, AsOf: morning(time.Month(month+1), 15)})
		same(s, fmt.Sprint("in month ", month+1), got, []string{want})
	}
}

// Each speaker's "I" is another; a name that becomes known takes over what was said before it, and "no longer" ends
// what the speaker said.
func speakersCorrectThemselves(s *trial) {
	alice := s.remember(spectron.RememberRequest{Text: "I live in Leeds.", SpokenAt: morning(1, 1)}).SessionID
	same(s, "nobody's name is known", s.main().known("user Alice Bob", morning(6, 1)), []string{"The user lives in Leeds"})
	s.remember(spectron.RememberRequest{Text: "My name is Alice.", SessionID: alice, SpokenAt: morning(1, 2)})
	bob := s.remember(spectron.RememberRequest{Text: "My name is Bob. I live in Oslo and I work at Acme.", SpokenAt: morning(1, 3)}).SessionID
	s.remember(spectron.RememberRequest{Text: "I work at Globex.", SessionID: alice, SpokenAt: morning(1, 4)})
	h := s.main()
	if a, b := h.session(alice).Speaker, h.session(bob).Speaker; a != "Alice" || b != "Bob" {
		s.Errorf("the speakers are %q and %q", a, b)
	}
	same(s, "facts", h.known("user Alice Bob", morning(6, 1)), []string{
		"Alice lives in Leeds", "Alice works at Globex", "Bob lives in Oslo", "Bob works at Acme", "The user's name is Alice", "The user's name is Bob",
	})
	x := s.remember(spectron.RememberRequest{Text: "I moved to York.", SessionID: alice, SpokenAt: morning(2, 1)}).Extraction
	if len(x.Corrections) != 1 || x.Corrections[0] != (spectron.Correction{EntityID: "entity:person/alice", Key: "lives_in", OldValue: "Leeds", NewValue: "York"}) {
		s.Errorf("moved: %+v", x)
	}
	x = s.remember(spectron.RememberRequest{Text: "I no longer work at Acme.", SessionID: bob, SpokenAt: morning(2, 2)}).Extraction
	if len(x.Closed) != 1 || len(x.Relations)+len(x.Corrections) > 0 {
		s.Errorf("no longer: %+v", x)
	}
	h = s.main()
	same(s, "facts", h.known("user Alice Bob", morning(6, 1)), []string{
		"Alice lives in York", "Alice works at Globex", "Bob lives in Oslo", "The user's name is Alice", "The user's name is Bob",
	})
	same(s, "Bob's employer in January", h.answers("works_at", spectron.RecallRequest{Query: "Where does Bob work?", AsOf: morning(1, 20)}), []string{"Acme"})
	for _, hit := range h.graph("Bob", spectron.RecallRequest{IncludeClosed: true}) {
		if f := hit.Fact; f.Key == "works_at" && (!f.KnownUntil.Equal(morning(2, 2)) || f.ValidUntil.IsZero() || f.RetiredAt.IsZero() || f.SupersededBy != "") {
			s.Errorf("what Bob no longer does: %+v", f)
		}
	}
	// Somebody of whom nobody knows who it is says nothing of himself.
	x = s.tell("I work at Initech. Carol works at Initech.").Extraction
	if len(x.Relations) != 1 || len(x.Uncertainties) != 1 {
		s.Errorf("of an unknown speaker: %+v", x)
	}
}

func keysHoldSeveralValues(s *trial) {
	tag := func(values ...string) spectron.RememberRequest {
		req := spectron.RememberRequest{Infer: spectron.InferTriples}
		for _, v := range values {
			req.Triples = append(req.Triples, spectron.Triple{Entity: person("Alice"), Key: "skill", Value: v})
		}
		return req
	}
	s.remember(tag("Go", "C"))
	s.remember(tag("C++", "C#", "Go"))
	s.tell("Alice likes jazz. Alice likes tea. Alice knows Bob.")
	s.tell("Alice likes chess.")
	h := s.main()
	same(s, "skills", h.answers("skill", spectron.RecallRequest{Query: "skill", Mode: spectron.ModeBM25, K: 50}), []string{"C", "C#", "C++", "Go"})
	same(s, "likes", h.answers("likes", spectron.RecallRequest{Query: "What does Alice like?"}), []string{"chess", "jazz", "tea"})
	x := s.tell("Alice no longer likes tea.").Extraction
	if len(x.Closed) != 1 || len(x.Corrections) > 0 {
		s.Errorf("no longer: %+v", x)
	}
	h = s.main()
	same(s, "likes", h.answers("likes", spectron.RecallRequest{Query: "What does Alice like?"}), []string{"chess", "jazz"})
	// Values of a key that has one take each other's place, however alike they look.
	for i, v := range []string{"C", "C++", "C#", "50%", "50"} {
		h = s.main()
		h.remember(spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: morning(1, 2+i), Triples: []spectron.Triple{
			{Entity: spectron.EntityRef{Type: "project", Name: "Apollo"}, Key: "grade", Value: v},
		}})
		same(s, "grade", h.answers("grade", spectron.RecallRequest{Query: "What is Apollo's grade?"}), []string{v})
	}
	// An entity is one under whatever case and type it is named.
	s.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "Human", Name: "ALICE"}, Key: "role", Value: "CTO"},
		{Entity: spectron.EntityRef{Type: "firm", Name: "Acme"}, Key: "employs", Target: person("alice")},
	}})
	r := s.main().recall(spectron.RecallRequest{Query: "What is Alice's role?"})
	if r.Tier != spectron.TierDirect || len(r.Seeds) != 1 || r.Seeds[0] != person("Alice") {
		s.Errorf("seeds %+v, tier %s", r.Seeds, r.Tier)
	}
	same(s, "role", factValues(r, "role"), []string{"CTO"})
}

func instructionsStandAndEnd(s *trial) {
	first := s.tell("Always answer in German.").Extraction
	if len(first.Instructions) != 1 {
		s.Fatalf("ordered: %+v", first)
	}
	id := first.Instructions[0].ID
	if x := s.tell("Please ALWAYS answer in German!").Extraction; len(x.Instructions) > 0 || len(x.Reinforced) != 1 || x.Reinforced[0] != id {
		s.Errorf("said again: %+v", x)
	}
	s.tell("From now on, never use emojis.")
	const words = "always never answer German emojis"
	h := s.main()
	hits := h.recall(spectron.RecallRequest{Query: words, Kinds: []spectron.Kind{spectron.KindInstruction}}).Hits
	same(s, "instructions", texts(hits), []string{"Always answer in German", "From now on, never use emojis"})
	for _, hit := range hits {
		if hit.Fact != nil || hit.Source.Quote == "" || hit.Source.Role != spectron.RoleUser || !hit.OccurredAt.Equal(s.clock.Now()) {
			s.Errorf("found %+v", hit)
		}
	}
	before := s.clock.Now()
	s.clock.Advance(time.Hour)
	x := s.tell("Never answer in German.").Extraction
	if len(x.Instructions) != 1 || len(x.Closed) != 1 || x.Closed[0] != id {
		s.Errorf("cancelled: %+v", x)
	}
	h = s.main()
	same(s, "instructions", h.known(words, time.Time{}), []string{"From now on, never use emojis", "Never answer in German"})
	same(s, "instructions an hour ago", h.known(words, before), []string{"Always answer in German", "From now on, never use emojis"})
	same(s, "instructions with those that ended", texts(h.graph(words, spectron.RecallRequest{IncludeClosed: true})), []string{"Always answer in German", "From now on, never use emojis", "Never answer in German"})
}

// What contradicts a better source is kept beside it, and asked about once, until it is settled.
func uncertaintiesAreRaisedAndResolved(s *trial) {
	lives := func(city string) spectron.RememberRequest {
		return spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: person("Bob"), Key: "lives_in", Target: spectron.EntityRef{Type: "location", Name: city}},
		}}
	}
	s.remember(lives("Oslo"))
	x := s.tell("Bob lives in Rome.").Extraction
	if len(x.Uncertainties) != 1 || !strings.Contains(x.Uncertainties[0].Reason, "Oslo") || len(x.Relations) != 1 || len(x.Closed) > 0 {
		s.Errorf("against the operator: %+v", x)
	}
	contested := x.Relations
	same(s, "both", s.main().answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Oslo", "Rome"})
	if x := s.tell("Bob lives in Rome.").Extraction; len(x.Uncertainties) > 0 || len(x.Reinforced) != 1 || x.Reinforced[0] != contested[0].ID {
		s.Errorf("asked already: %+v", x)
	}
	s.clock.Advance(time.Hour)
	if x := s.remember(lives("Rome")).Extraction; len(x.Closed) != 2 || len(x.Uncertainties) > 0 {
		s.Errorf("settled: %+v", x)
	}
	same(s, "settled", s.main().answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Rome"})
	// What is half understood is no fact, and not passed over in silence.
	if x := s.tell("Carol moved to a new flat.").Extraction; len(x.Uncertainties) != 1 || x.Uncertainties[0].About != "Carol: lives in" ||
		!strings.Contains(x.Uncertainties[0].Reason, "a new flat") || len(x.Relations)+len(x.Entities) > 0 {
		s.Errorf("half understood: %+v", x)
	}
	// It is asked again once it is doubtful again.
	s.clock.Advance(time.Hour)
	if x := s.tell("Bob lives in Lima.").Extraction; len(x.Uncertainties) != 1 {
		s.Errorf("doubtful again: %+v", x)
	}
}
