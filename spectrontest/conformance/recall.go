package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spectron-go/spectron"
)

func everyModeFinds(s *trial) {
	messages := make([]spectron.Message, 0, 14)
	for i := range 12 {
		messages = append(messages, spectron.Message{Content: fmt.Sprintf("Alice works at Acme on plan %s.", code(i))})
	}
	messages = append(messages,
		spectron.Message{Content: "The refrigerators in Oslo are humming loudly.", Role: spectron.RoleAssistant},
		spectron.Message{Content: "Alice lives in Lima."})
	s.main().rememberMany(spectron.RememberManyRequest{Messages: messages})
	h := s.main()
	for mode, finds := range map[spectron.Mode]map[string]bool{
		// A typing error is for vectors alone.
		spectron.ModeBM25:   {"humming refrigerators": true, "humming refrigerator": true, "refridgeratorz": false},
		spectron.ModeVector: {"humming refrigerators": true, "refridgeratorz": true},
		spectron.ModeHybrid: {"humming refrigerators": true, "refridgeratorz": true},
		"":                  {"humming refrigerators": true, "refridgeratorz": true},
	} {
		for query, found := range finds {
			r := h.recall(spectron.RecallRequest{Query: query, Mode: mode, K: 1})
			if got := len(r.Hits) == 1 && r.Hits[0].Text == messages[12].Content; got != found {
				s.Errorf("mode %q, %q: %+v", mode, query, r.Hits)
			}
			if r.Trace.Vectors != "lexical" || r.Trace.Tier != r.Tier || r.Trace.Reason == "" || r.Tier == spectron.TierDirect {
				s.Errorf("mode %q, %q: tier %s, trace %+v", mode, query, r.Tier, r.Trace)
			}
		}
		// K bounds the hits of every tier, which come best first.
		for _, query := range []string{"Alice Acme plan", "Where does Alice work?", "Where does Alice live?"} {
			all := h.recall(spectron.RecallRequest{Query: query, Mode: mode, K: 50, IncludeDuplicates: true}).Hits
			if query == "Alice Acme plan" && len(all) < 12 {
				s.Errorf("mode %q, %q: %d hits", mode, query, len(all))
			}
			if !slices.IsSortedFunc(all, func(a, b spectron.Hit) int {
				switch {
				case a.Score > b.Score:
					return -1
				case a.Score < b.Score:
					return 1
				}
				return 0
			}) || len(all) > 0 && (all[0].Score > 1 || all[len(all)-1].Score < 0) {
				s.Errorf("mode %q, %q: the scores are not in order", mode, query)
			}
			for _, k := range []int{0, 1, 5} {
				r := h.recall(spectron.RecallRequest{Query: query, Mode: mode, K: k, IncludeDuplicates: true})
				want := min(k, len(all))
				if k == 0 {
					want = min(10, len(all))
				}
				if len(r.Hits) != want || len(r.Trace.TopScores) != min(5, want) {
					s.Errorf("mode %q, %q, K %d: %d hits, %d scores", mode, query, k, len(r.Hits), len(r.Trace.TopScores))
				}
			}
		}
	}
	r := h.recall(spectron.RecallRequest{Query: "Where does Alice live?"})
	if r.Tier != spectron.TierDirect || len(r.Hits) == 0 || r.Hits[0].Text != "Alice lives in Lima" || r.Hits[0].Score != 1 || len(r.Seeds) != 1 || r.Seeds[0] != person("Alice") {
		s.Errorf("from the graph: %+v", r)
	}
	for _, query := range []string{"zebra", "?!", "🦄"} {
		if r := h.recall(spectron.RecallRequest{Query: query, Mode: spectron.ModeBM25}); len(r.Hits)+len(r.Seeds) > 0 {
			s.Errorf("%q finds %+v", query, r)
		}
	}
}

func filtersNarrow(s *trial) {
	h := s.main()
	label := func(text string, category spectron.Category, labels ...string) string {
		return h.remember(spectron.RememberRequest{Text: text, Labels: labels, Category: category}).SessionID
	}
	one := label("Alice works at Acme.", "", "team=red", "year=2026")
	two := label("Bob works at Acme.", spectron.CategoryKnowledge, "team=red")
	label("Carol works at Acme.", spectron.CategoryIdentity, "team=blue", "note=a=b c")
	label("Always answer in German, says Acme.", "")
	h.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Labels: []string{"team=green"}, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "organisation", Name: "Acme"}, Key: "slogan", Value: "Acme first", Category: spectron.CategoryContext},
	}})
	chunk, attribute, relation := spectron.KindMemoryChunk, spectron.KindAttribute, spectron.KindRelation
	alice, bob, carol := []string{"Alice works at Acme", "Alice works at Acme."}, []string{"Bob works at Acme", "Bob works at Acme."}, []string{"Carol works at Acme", "Carol works at Acme."}
	h = s.main()
	for _, tc := range []struct {
		req  spectron.RecallRequest
		want []string
	}{
		{spectron.RecallRequest{Labels: []string{"team=red"}}, slices.Concat(alice, bob)},
		{spectron.RecallRequest{Labels: []string{"year=2026", "team=red"}}, alice},
		{spectron.RecallRequest{Labels: []string{"team=red", "team=blue"}}, nil},
		{spectron.RecallRequest{Labels: []string{"note=a=b c"}}, carol},
		{spectron.RecallRequest{Labels: []string{"team=re"}}, nil},
		{spectron.RecallRequest{Labels: []string{"team=green"}}, []string{"Acme's slogan is Acme first"}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{relation}}, []string{alice[0], bob[0], carol[0]}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{attribute}}, []string{"Acme's slogan is Acme first"}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{chunk, relation}, Labels: []string{"team=blue"}}, carol},
		{spectron.RecallRequest{Kinds: []spectron.Kind{chunk}, Category: spectron.CategoryIdentity}, carol[1:]},
		{spectron.RecallRequest{Kinds: []spectron.Kind{chunk}, Category: spectron.CategoryKnowledge}, bob[1:]},
		{spectron.RecallRequest{Kinds: []spectron.Kind{chunk}, Category: spectron.CategoryContext}, []string{alice[1], "Always answer in German, says Acme."}},
		{spectron.RecallRequest{Category: spectron.CategoryContext, Kinds: []spectron.Kind{attribute, relation}}, []string{"Acme's slogan is Acme first"}},
		{spectron.RecallRequest{SessionID: one}, alice},
		{spectron.RecallRequest{SessionID: strings.TrimPrefix(two, "session:")}, bob},
		{spectron.RecallRequest{SessionID: one, ExcludeSessionID: one}, nil},
		{spectron.RecallRequest{ExcludeSessionID: one, Labels: []string{"team=red"}}, bob},
	} {
		for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25} {
			tc.req.Query, tc.req.Mode, tc.req.K, tc.req.IncludeDuplicates = "Acme", mode, 50, true
			same(s, fmt.Sprintf("%+v", tc.req), texts(h.recall(tc.req).Hits), tc.want)
		}
	}
	// A question that the graph answers keeps to the filters as well, for the facts and the words beside them.
	for _, tc := range []struct {
		req  spectron.RecallRequest
		want []string
	}{
		{spectron.RecallRequest{}, alice},
		{spectron.RecallRequest{Kinds: []spectron.Kind{relation}}, alice[:1]},
		{spectron.RecallRequest{Labels: []string{"team=red"}}, alice},
		{spectron.RecallRequest{SessionID: one}, alice},
		{spectron.RecallRequest{K: 1}, alice[:1]},
	} {
		tc.req.Query = "Where does Alice work?"
		r := h.recall(tc.req)
		if r.Tier != spectron.TierDirect {
			s.Errorf("%+v: tier %s", tc.req, r.Tier)
		}
		same(s, fmt.Sprintf("%+v", tc.req), texts(r.Hits), tc.want)
	}
	for _, req := range []spectron.RecallRequest{{Labels: []string{"team=blue"}}, {SessionID: two}, {ExcludeSessionID: one}} {
		req.Query = "Where does Alice work?"
		if got := texts(h.recall(req).Hits); slices.Contains(got, alice[0]) || slices.Contains(got, alice[1]) {
			s.Errorf("%+v: %q", req, got)
		}
	}
}

// A lens finds what belongs to the path it asks for and to those above it, never what lies beside or below.
func lensNarrows(s *trial) {
	h := s.main()
	for path, city := range map[string]string{"/": "Rome", "org/acme": "Oslo", "org/acme/user/bob": "Lima", "org/other": "Cairo"} {
		h.remember(spectron.RememberRequest{Text: "Bob lives in " + city + ".", Scopes: spectron.Scopes{{path}}})
	}
	h.remember(spectron.RememberRequest{Text: "Bob lives in Quito.", Scopes: spectron.Scopes{{"team/a", "team/b"}}})
	h.remember(spectron.RememberRequest{Text: "Bob lives in Perth.", Scopes: spectron.Scopes{{"team/c"}, {"team/d"}}})
	session := s.main().newSession(spectron.SessionSpec{Scopes: spectron.Scopes{{"org/inherited"}}})
	s.remember(spectron.RememberRequest{Text: "Bob lives in Delhi.", SessionID: session.ID})
	h = s.main()
	for _, tc := range []struct {
		lens spectron.Scopes
		want []string
	}{
		{nil, []string{"Cairo", "Delhi", "Lima", "Oslo", "Perth", "Quito", "Rome"}},
		{spectron.Scopes{{"/"}}, []string{"Rome"}},
		{spectron.Scopes{{"org"}}, []string{"Rome"}},
		{spectron.Scopes{{"org/acme"}}, []string{"Oslo", "Rome"}},
		{spectron.Scopes{{"org/acmeX"}}, []string{"Rome"}},
		{spectron.Scopes{{"org/inherited/user/bob"}}, []string{"Delhi", "Rome"}},
		{spectron.Scopes{{"org/acme/user/bob/device/1"}}, []string{"Lima", "Oslo", "Rome"}},
		{spectron.Scopes{{"org/acme"}, {"org/other"}}, []string{"Cairo", "Oslo", "Rome"}},
		{spectron.Scopes{{"team/a"}}, []string{"Quito", "Rome"}},
		{spectron.Scopes{{"team/a", "team/b"}}, []string{"Quito", "Rome"}},
		{spectron.Scopes{{"team/c"}}, []string{"Perth", "Rome"}},
		{spectron.Scopes{{"nowhere"}}, []string{"Rome"}},
	} {
		for _, query := range []string{"Where does Bob live?", "Bob lives in"} {
			r := h.recall(spectron.RecallRequest{Query: query, Lens: tc.lens, K: 50})
			same(s, fmt.Sprintf("%s through %v", query, tc.lens), factValues(r, "lives_in"), tc.want)
			for _, hit := range r.Hits {
				if city := strings.TrimSuffix(strings.TrimPrefix(hit.Text, "Bob lives in "), "."); !slices.Contains(tc.want, city) {
					s.Errorf("%s through %v: %q", query, tc.lens, hit.Text)
				}
			}
		}
	}
	// Values take each other's place within their own scopes alone.
	x := s.remember(spectron.RememberRequest{Text: "Bob lives in Tunis.", Scopes: spectron.Scopes{{"org/acme"}}}).Extraction
	if len(x.Corrections) != 1 || x.Corrections[0].OldValue != "Oslo" {
		s.Errorf("moved: %+v", x)
	}
	h = s.main()
	same(s, "all", h.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Cairo", "Delhi", "Lima", "Perth", "Quito", "Rome", "Tunis"})
	s.remember(spectron.RememberRequest{Text: "Zelda works at Nintendo.", Scopes: spectron.Scopes{{"secret"}}})
	if r := s.main().recall(spectron.RecallRequest{Query: "Where does Zelda work?", Lens: spectron.Scopes{{"org"}}}); len(r.Seeds) > 0 {
		s.Errorf("known where it is secret: %+v", r.Seeds)
	}
}

func duplicatesTakeOnePlace(s *trial) {
	const text = "The quarterly numbers look good and the auditors are content with all of the books."
	var ids []string
	for range 3 {
		ids = append(ids, s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone}).ChunkIDs...)
	}
	slices.Sort(ids)
	h := s.main()
	one := h.recall(spectron.RecallRequest{Query: "quarterly auditors"}).Hits
	if len(one) != 1 || len(one[0].Duplicates) != 2 {
		s.Fatalf("found %+v", one)
	}
	same(s, "the one and those it stands for", slices.Sorted(slices.Values(append(one[0].Duplicates, one[0].ID))), ids)
	var all []string
	for _, hit := range h.recall(spectron.RecallRequest{Query: "quarterly auditors", IncludeDuplicates: true}).Hits {
		all = append(all, hit.ID)
	}
	slices.Sort(all)
	same(s, "all of them", all, ids)
}

// What is stored is found by the very next call, in every mode.
func writesAreReadAtOnce(s *trial) {
	for i := range 6 {
		text := fmt.Sprintf("The %s door is open.", code(i))
		r := s.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
		h := s.main()
		for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25, spectron.ModeVector} {
			found := h.recall(spectron.RecallRequest{Query: code(i) + " door", Mode: mode, K: 1, IncludeDuplicates: true})
			if len(found.Hits) != 1 || found.Hits[0].Text != text || found.Hits[0].ID != r.ChunkIDs[0] || found.Hits[0].Source.TurnID != r.TurnID {
				s.Errorf("mode %q: %+v", mode, found.Hits)
			}
		}
	}
	for i, city := range []string{"Oslo", "Rome", "Lima"} {
		s.remember(spectron.RememberRequest{Text: "I live in " + city + ".", SpokenAt: morning(1, i+1)})
		same(s, "after moving", s.main().answers("lives_in", spectron.RecallRequest{Query: "Where do I live?"}), []string{city})
	}
}
