package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spectron-go/spectron"
)

// What was superseded, and what contradicts a better source, is found and never leads.
func whatHoldsLeads(s *trial) {
	lives := func(city string) spectron.RememberRequest {
		return spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: person("Bob"), Key: "lives_in", Target: spectron.EntityRef{Type: "location", Name: city}},
		}}
	}
	s.remember(spectron.RememberRequest{Text: "Alice lives in Oslo.", SpokenAt: morning(1, 1)})
	s.remember(spectron.RememberRequest{Text: "Alice lives in Rome.", SpokenAt: morning(2, 1)})
	s.remember(lives("Oslo"))
	s.tell("Bob lives in Rome.") // said later, of a source that counts less
	h := s.main()
	lead := func(what string, req spectron.RecallRequest) string {
		hits := h.recall(req).Hits
		if len(hits) == 0 {
			s.Errorf("%s finds nothing", what)
			return ""
		}
		return strings.TrimSuffix(hits[0].Text, ".")
	}
	relations := []spectron.Kind{spectron.KindRelation}
	for _, tc := range []struct {
		want string
		req  spectron.RecallRequest
	}{
		{"Alice lives in Rome", spectron.RecallRequest{Query: "Where does Alice live?"}},
		{"Alice lives in Rome", spectron.RecallRequest{Query: "Where does Alice live?", IncludeClosed: true, Mode: spectron.ModeHybrid}},
		{"Alice lives in Rome", spectron.RecallRequest{Query: "Alice lives in", Mode: spectron.ModeHybrid}},
		{"Alice lives in Rome", spectron.RecallRequest{Query: "Alice lives in", Mode: spectron.ModeBM25, Kinds: relations, IncludeClosed: true}},
		{"Alice lives in Rome", spectron.RecallRequest{Query: "does Alice live in Oslo", Kinds: relations, IncludeClosed: true}},
		{"Alice lives in Rome", spectron.RecallRequest{Query: "does Alice live in Oslo", Kinds: relations, IncludeClosed: true, K: 1}},
		{"Alice lives in Oslo", spectron.RecallRequest{Query: "does Alice live in Rome", Kinds: relations, ValidAt: morning(1, 15), IncludeClosed: true}},
		{"Alice lives in Oslo", spectron.RecallRequest{Query: "does Alice live in Oslo", Kinds: relations, AsOf: morning(1, 15)}},
		{"Bob lives in Oslo", spectron.RecallRequest{Query: "Where does Bob live?"}},
		{"Bob lives in Oslo", spectron.RecallRequest{Query: "does Bob live in Rome", Kinds: relations}},
		{"Bob lives in Oslo", spectron.RecallRequest{Query: "does Bob live in Rome", Kinds: relations, Mode: spectron.ModeVector}},
		{"Bob lives in Oslo", spectron.RecallRequest{Query: "Bob", Kinds: relations, IncludeClosed: true}},
	} {
		what := fmt.Sprintf("%+v", tc.req)
		if got := lead(what, tc.req); got != tc.want {
			s.Errorf("%s: %q leads, not %q", what, got, tc.want)
		}
	}
	// Who asks for what was before is not told what is.
	r := h.recall(spectron.RecallRequest{Query: "Where did Alice live before?"})
	same(s, "before", texts(r.Hits), []string{"Alice lives in Oslo", "Alice lives in Oslo."})
	if r := h.recall(spectron.RecallRequest{Query: "Where did Bob live before?"}); r.Tier == spectron.TierDirect {
		s.Errorf("nothing was before: %q", texts(r.Hits))
	}
}

// A fact and the words that tell it take one place: that of the one that has more of the question.
func factsAndTheirWordsTakeOnePlace(s *trial) {
	s.remember(spectron.RememberRequest{Text: "I moved to Lisbon, because the harbour there has a school for shipwrights.", Speaker: "Alice"})
	h := s.main()
	for query, want := range map[string]spectron.Kind{
		"Alice lives":           spectron.KindRelation,
		"shipwrights in Lisbon": spectron.KindMemoryChunk,
	} {
		req := spectron.RecallRequest{Query: query, Mode: spectron.ModeHybrid}
		hits := h.recall(req).Hits
		if len(hits) != 1 || hits[0].Kind != want || len(hits[0].Duplicates) != 1 || hits[0].Source.TurnID == "" {
			s.Errorf("%s: %+v", query, hits)
			continue
		}
		req.IncludeDuplicates, req.IncludeWeak = true, true
		if both := h.recall(req).Hits; len(both) != 2 || both[0].ID != hits[0].ID || both[1].ID != hits[0].Duplicates[0] {
			s.Errorf("%s, a place each: %+v", query, both)
		}
		req.Kinds = []spectron.Kind{spectron.KindRelation}
		if facts := h.recall(req).Hits; len(facts) != 1 || facts[0].Fact == nil || facts[0].Fact.Value != "Lisbon" {
			s.Errorf("%s, facts alone: %+v", query, facts)
		}
	}
}

// Who repeats the question answers nothing, and who says the same as another is another.
func echoesAreBehind(s *trial) {
	const question = "Which day is the piano tuned?"
	ask := spectron.RememberRequest{Text: question, Infer: spectron.InferNone}
	s.remember(ask)
	if r := s.main().recall(spectron.RecallRequest{Query: question}); r.Confident {
		s.Errorf("confident of its question: %+v", r.Hits)
	}
	const answer = "The man who does the piano comes on Thursday."
	s.remember(spectron.RememberRequest{Text: answer, Infer: spectron.InferNone})
	s.remember(ask)
	for _, query := range []string{question, "which day is the piano tuned"} {
		if hits := s.main().recall(spectron.RecallRequest{Query: query}).Hits; len(hits) == 0 || hits[0].Text != answer {
			s.Errorf("%s: %q", query, texts(hits))
		}
	}
	if hits := s.main().recall(spectron.RecallRequest{Query: "piano tuned", IncludeWeak: true}).Hits; len(hits) == 0 || hits[0].Text != question {
		s.Errorf("who looks for words finds a question that has them: %q", texts(hits))
	}

	for _, name := range []string{"Ada", "Ben", "Ada"} {
		s.remember(spectron.RememberRequest{Text: "The violin was never any good.", Speaker: name, Infer: spectron.InferNone})
	}
	var speakers []string
	for _, hit := range s.main().recall(spectron.RecallRequest{Query: "violin"}).Hits {
		speakers = append(speakers, fmt.Sprint(hit.Speaker, len(hit.Duplicates)))
	}
	slices.Sort(speakers)
	same(s, "who finds fault with the violin", speakers, []string{"Ada1", "Ben0"})
}

// Grouped by session, each session is one hit, in the order of what whole sessions have of the question. Sessions that a caller may not
// read are not told, not even by what is one hit.
func sessionsAreOneHit(s *trial) {
	session := func(scopes spectron.Scopes, texts ...string) string {
		id := s.main().newSession(spectron.SessionSpec{Scopes: scopes}).ID
		for i, text := range texts {
			s.remember(spectron.RememberRequest{Text: text, SessionID: id, Infer: spectron.InferNone, Scopes: spectron.Scopes{{"org/open"}}, SpokenAt: morning(1, i+1)})
		}
		return id
	}
	open := spectron.Scopes{{"org/open"}}
	passing := session(open, "The piano is in the hall.", "The post came late.")
	about := session(open, "The piano has new strings.", "The strings of the piano were expensive.", "The piano is louder now.")
	secret := session(spectron.Scopes{{"org/closed"}}, "A piano is a bad present.", "The piano was a present of the mayor.")
	req := spectron.RecallRequest{Query: "piano", GroupBy: spectron.GroupBySession, IncludeWeak: true}
	var got []string
	for _, hit := range s.main().recall(req).Hits {
		got = append(got, hit.Source.SessionID)
	}
	if len(got) != 3 || !slices.Contains(got, passing) || !slices.Contains(got, secret) {
		s.Errorf("the sessions about the piano: %q", got)
	}
	req.Query = "piano strings"
	if hits := s.main().recall(req).Hits; len(hits) == 0 || hits[0].Source.SessionID != about || !strings.Contains(hits[0].Text, "strings") {
		s.Errorf("the one about its strings: %q", texts(hits))
	}
	req.K = 1
	if hits := s.main().recall(req).Hits; len(hits) != 1 {
		s.Errorf("%d hits", len(hits))
	}
	_, key := s.main().keyFor("reader", in("org/open", spectron.MemoryRead))
	req.Query, req.K = "piano", 0
	told := map[string]int{}
	for _, hit := range s.caller(key.Secret).recall(req).Hits {
		told[hit.Source.SessionID]++
	}
	if len(told) != 3 || told[passing] != 1 || told[about] != 1 || told[""] != 2 {
		s.Errorf("told to one who may not read a session: %v", told)
	}
}

// Who is named by a relation is asked about by name, as far as the caller may know of the relation, and as it was known then.
func relativesAreAskedAbout(s *trial) {
	h := s.main()
	sister := func(name string, scope string, month int) {
		h.remember(spectron.RememberRequest{
			Infer: spectron.InferTriples, ObservedAt: morning(1, month), Scopes: spectron.Scopes{{scope}},
			Triples: []spectron.Triple{{Entity: person("Alice"), Key: "sister", Target: person(name)}},
		})
	}
	sister("Freya", "org/open", 1)
	sister("Ilse", "org/closed", 3)
	for _, text := range []string{"Gudrun left for Uruguay.", "Ilse left for Paraguay.", "Freya left nobody alone."} {
		h.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone, ObservedAt: morning(1, 1), SpokenAt: morning(1, 1), Scopes: spectron.Scopes{{"org/open"}}})
	}
	_, key := h.keyFor("reader", in("org/open", spectron.MemoryRead))
	h = s.main()
	reader := s.callerOf(s.mgr, key.Secret)
	scores := func(h handle, asOf int) map[string]float64 {
		out := map[string]float64{}
		for _, hit := range h.recall(spectron.RecallRequest{
			Query: "Which of Alice's sisters left the country?", AsOf: morning(1, asOf), Mode: spectron.ModeHybrid, IncludeWeak: true,
			Kinds: []spectron.Kind{spectron.KindMemoryChunk},
		}).Hits {
			out[strings.Fields(hit.Text)[0]] = hit.Why.Words
		}
		return out
	}
	for _, tc := range []struct {
		what        string
		by          handle
		asOf        int
		freya, ilse bool
	}{
		{"all", h, 4, true, true},
		{"before it was known", h, 2, true, false},
		{"by one who may not know of it", reader, 4, true, false},
	} {
		got := scores(tc.by, tc.asOf)
		if len(got) != 3 || (got["Freya"] > got["Gudrun"]) != tc.freya || (got["Ilse"] > got["Gudrun"]) != tc.ilse {
			s.Errorf("%s: %v", tc.what, got)
		}
	}
}
