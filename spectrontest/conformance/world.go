package conformance

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// world is a Context with every kind of record in it, live and ended.
type world struct {
	sessions []string
}

func buildWorld(s *trial) world {
	s.Helper()
	var w world
	kept := func(r *spectron.Remembered) *spectron.Remembered {
		w.sessions = append(w.sessions, r.SessionID)
		return r
	}
	made := s.main().newSession(spectron.SessionSpec{
		Scopes:   spectron.Scopes{{"org/acme"}, {"team/a", "team/b"}},
		Metadata: map[string]any{"channel": "mail", "deep": map[string]any{"list": []any{1.5, "zwei", nil, true}}},
	})
	w.sessions = append(w.sessions, made.ID)
	s.remember(spectron.RememberRequest{SessionID: made.ID, Text: "Dana works at Hooli.", SpokenAt: morning(1, 1).Add(123456789)})
	r := s.main().rememberMany(spectron.RememberManyRequest{Labels: []string{"team=red", "year=2026"}, Messages: []spectron.Message{
		{Content: "My name is Alice and I work at Acme.", At: morning(1, 2)},
		{Content: "Hello Alice!", Role: spectron.RoleAssistant},
		{Content: "I live in Leeds with my husband Mark. I like jazz and tea."},
		{Content: "Always answer in German."},
		{Content: "I moved to York.", At: morning(2, 2)},
		{Content: "I no longer work at Acme. I no longer like tea.", At: morning(2, 3)},
		{Content: "Never answer in German. From now on, never use emojis."},
		{Content: "{\"tool\": 1}", Role: spectron.RoleTool},
		{Content: "Be brief.", Role: spectron.RoleSystem},
	}})
	w.sessions = append(w.sessions, r.SessionID)
	s.clock.Advance(time.Hour)
	kept(s.remember(spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: morning(2, 4), Category: spectron.CategoryContext, Triples: []spectron.Triple{
		{Entity: person("Bob"), Key: "lives_in", Target: spectron.EntityRef{Type: "location", Name: "Oslo"}},
		{Entity: person("Bob"), Key: "motto", Value: "Πάντα ῥεῖ; '\"`\\ 🌊\n"},
		{Entity: person("Bob"), Key: "knows", Target: spectron.EntityRef{Name: "Zed"}},
		{Entity: person("Bob"), Key: "role", Value: "CTO", Category: spectron.CategoryIdentity},
	}}))
	kept(s.remember(spectron.RememberRequest{Text: "Bob lives in Rome.", SpokenAt: morning(2, 5)})) // asks
	kept(s.remember(spectron.RememberRequest{Text: "Carol has lived in Lima since March 2020. Carol moved to Quito on 5 February 2026.", SpokenAt: morning(2, 20)}))
	kept(s.remember(spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: morning(3, 1), Text: "As the staff list has it.", Triples: []spectron.Triple{
		{Entity: person("Bob"), Key: "role", Value: "CEO"},
	}}))
	kept(s.remember(spectron.RememberRequest{
		Text: "Bob lives in Cairo.", Scopes: spectron.Scopes{{"org/other"}}, Category: spectron.CategoryIdentity, SpokenAt: morning(3, 2).In(time.FixedZone("", 3600)),
	}))
	for range 2 {
		kept(s.remember(spectron.RememberRequest{Text: "The kettle on the second floor is broken again and nobody repairs it.", Infer: spectron.InferNone}))
	}
	kept(s.remember(spectron.RememberRequest{Text: strings.Repeat("Ein längerer Text über Kühlschränke in Zürich. ", 120), Infer: spectron.InferNone}))
	w.sessions = append(w.sessions, s.main().newSession(spectron.SessionSpec{}).ID)
	return w
}

// answers is all that the library tells of a world, a line each.
func (w world) answers(h handle) []string {
	h.t.Helper()
	var out []string
	note := func(what string, v any) {
		encoded, err := json.Marshal(v)
		if err != nil {
			h.t.Fatalf("%s: %v", what, err)
		}
		out = append(out, what+": "+string(encoded))
	}
	for _, id := range w.sessions {
		note("session", h.session(id))
		for _, turn := range h.turns(id) {
			note("turn", turn)
		}
	}
	for _, query := range []string{
		"Where do I live?", "Where does Bob live?", "What is Bob's role?", "Where does Carol live?", "Alice Bob Carol Dana Zed Mark", "answer in German emojis jazz",
		"broken kettle Kühlschrank", "motto",
	} {
		for _, req := range []spectron.RecallRequest{
			{}, {Mode: spectron.ModeBM25}, {Mode: spectron.ModeVector}, {IncludeClosed: true, K: 50}, {AsOf: morning(1, 15), IncludeDuplicates: true},
			{ValidAt: morning(2, 21), Mode: spectron.ModeHybrid}, {Lens: spectron.Scopes{{"org/acme/user/x"}}, Labels: []string{"team=red"}},
		} {
			req.Query = query
			what := fmt.Sprintf("%+v", req)
			r := h.recall(req)
			note(what, []any{r.Tier, r.Seeds, r.Trace.Reason, r.Trace.Vectors})
			for _, hit := range r.Hits {
				hit.Score = math.Round(hit.Score*1e6) / 1e6
				note(what, hit)
			}
		}
	}
	return out
}

// goOn makes writes that depend on everything that a world has, and returns what they do.
func (w world) goOn(h handle) []string {
	h.t.Helper()
	var out []string
	for i, req := range []spectron.RememberRequest{
		{Text: "I work at Globex.", SessionID: w.sessions[1]},
		{Text: "I live in Paris.", Speaker: "Alice"},
		{Text: "Bob lives in Rome."},
		{Text: "Always answer in German."},
		{Text: "Carol moved to Delhi."},
		{Text: "Alice likes jazz. Alice likes tea."},
		{Text: "Zed Foster is my brother."},
		{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: person("Bob"), Key: "lives_in", Target: spectron.EntityRef{Type: "location", Name: "Rome"}}, {Entity: person("Bob"), Key: "role", Value: "CTO"},
		}},
	} {
		req.SpokenAt = morning(6, 1+i)
		x := h.remember(req).Extraction
		out = append(out, fmt.Sprintf("%+v: %s", req, anonymous([]spectron.Extraction{*x})))
	}
	return out
}
