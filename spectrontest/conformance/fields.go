package conformance

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spectron-go/spectron"
)

func conditionsOnTellingNarrow(s *trial) {
	h := s.main()
	const anna, bert, bot = "A violin was sold in Bern.", "That violin was cheap.", "Every violin was sold."
	h.rememberMany(spectron.RememberManyRequest{Infer: spectron.InferNone, Messages: []spectron.Message{
		{Content: anna, Speaker: "Anna", At: morning(1, 1), Location: "46.948,7.4474"}, {Content: bert, Speaker: "Bert", At: morning(2, 1), Location: "-33.87,151.21"},
		{Content: bot, Role: spectron.RoleAssistant, At: morning(3, 1)},
	}})
	for _, c := range []struct {
		req  spectron.RecallRequest
		want []string
	}{
		{spectron.RecallRequest{SaidBy: "anna"}, []string{anna}},
		{spectron.RecallRequest{Role: spectron.RoleAssistant}, []string{bot}},
		{spectron.RecallRequest{SaidAfter: morning(2, 1)}, []string{bot, bert}},
		{spectron.RecallRequest{SaidBefore: morning(2, 1)}, []string{anna}},
		{spectron.RecallRequest{Location: spectron.LocationFilter{Near: spectron.Near{Lat: 47, Lng: 7.5, RadiusKm: 10}}}, []string{anna}},
		{spectron.RecallRequest{Location: spectron.LocationFilter{Within: "POLYGON((110 -45, 160 -45, 160 -10, 110 -10, 110 -45))"}}, []string{bert}},
	} {
		for _, query := range []string{"violin", ""} {
			c.req.Query, c.req.IncludeWeak = query, query != ""
			hits := h.recall(c.req).Hits
			slices.Sort(c.want)
			same(s, fmt.Sprintf("%+v", c.req), texts(hits), c.want)
		}
	}
}

func pagesFollowEachOther(s *trial) {
	h := s.main()
	var messages []spectron.Message
	for i := range 9 {
		messages = append(messages, spectron.Message{Content: fmt.Sprintf("violin number %d", i), At: morning(1, 1+i)})
	}
	h.rememberMany(spectron.RememberManyRequest{Infer: spectron.InferNone, Messages: messages})
	for _, query := range []string{"violin", ""} {
		req, want := spectron.RecallRequest{Query: query, Role: spectron.RoleUser, IncludeWeak: query != "", IncludeDuplicates: true, K: 50}, []string{}
		for _, hit := range h.recall(req).Hits {
			want = append(want, hit.Text)
		}
		var got []string
		for req.K = 4; ; {
			page := h.recall(req)
			for _, hit := range page.Hits {
				got = append(got, hit.Text)
			}
			if req.Cursor = page.NextCursor; req.Cursor == "" || len(got) > 50 {
				break
			}
			other := req
			other.Role = ""
			other.SaidBefore = morning(12, 1)
			if _, err := h.Memory().Recall(s.Context(), other); !errors.Is(err, spectron.ErrInvalid) {
				s.Errorf("the cursor of another question: %v", err)
			}
		}
		same(s, "pages of "+query, got, want)
	}
}

func theGraphAnswersAlone(s *trial) {
	h := s.main()
	for _, text := range []string{"Mara Lind works at Globex.", "Mara Lind was in Lyon with a violin."} {
		h.remember(spectron.RememberRequest{Text: text})
	}
	h.remember(spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{{
		Entity: spectron.EntityRef{Type: "organisation", Name: "Globex"}, Key: "owns", Target: spectron.EntityRef{Type: "organisation", Name: "Initech"},
	}}})
	for hops, want := range [][]string{1: {"Mara Lind works at Globex"}, 2: {"Globex owns Initech", "Mara Lind works at Globex"}} {
		if hops > 0 {
			r := h.recall(spectron.RecallRequest{Query: "Tell me about Mara Lind", Mode: spectron.ModeGraph, Hops: hops})
			same(s, fmt.Sprint(hops, " hops"), texts(r.Hits), want)
			if r.Tier != spectron.TierDirect || r.Trace.Reason == "" {
				s.Errorf("%d hops: %+v", hops, r.Trace)
			}
		}
	}
	if r := h.recall(spectron.RecallRequest{Query: "violin", Mode: spectron.ModeGraph}); len(r.Hits) > 0 {
		s.Errorf("without an entity: %+v", r.Hits)
	}
}
