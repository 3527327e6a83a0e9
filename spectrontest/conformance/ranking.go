package conformance

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// chat stores a conversation of several days and returns its session.
func chat(s *trial) string {
	s.Helper()
	at := func(month time.Month, day, minute int) time.Time {
		return morning(month, day).Add(time.Duration(minute) * time.Minute)
	}
	return s.main().rememberMany(spectron.RememberManyRequest{Infer: spectron.InferNone, Messages: []spectron.Message{
		{Speaker: "Ann", At: at(1, 5, 0), Content: "Have you ever seen the kraken of Bergen?"},
		{Speaker: "Ben", At: at(1, 5, 9), Content: "Yes, once, from the ferry, and it was magnificent."},
		{Speaker: "Ann", At: at(1, 20, 0), Content: "We repaired the roof of the shed."},
		{Speaker: "Ben", At: at(1, 20, 9), Content: "Good for you."},
		{Speaker: "Ann", At: at(3, 2, 0), Content: "We repaired the roof of the barn."},
		{Speaker: "Ben", At: at(3, 2, 9), Content: "Again a roof, then."},
		{Speaker: "Ben", At: at(4, 7, 0), Content: "I sold my boat"},
		{Speaker: "Ben", At: at(4, 7, 1), Content: "to a dealer in Hamburg"},
		{Speaker: "Ben", At: at(4, 7, 2), Content: "for nine thousand"},
		{Speaker: "Ann", At: at(4, 7, 9), Content: "That was cheap."},
		{Speaker: "Ann", At: at(5, 1, 0), Content: "The tunnel is much too long for me."},
		{Speaker: "Carla", At: at(5, 1, 9), Content: "The tunnel is quite all right with me."},
	}}).SessionID
}

// Turns are found by what was said around them, by who said them and when; what one speaker types in a row is one hit.
func conversationsAreReadTogether(s *trial) {
	session := chat(s)
	h := s.main()
	find := func(hits []spectron.Hit, text string) *spectron.Hit {
		i := slices.IndexFunc(hits, func(hit spectron.Hit) bool { return strings.Contains(hit.Text, text) })
		if i < 0 {
			return nil
		}
		return &hits[i]
	}
	const answer = "from the ferry"
	kraken := spectron.RecallRequest{Query: "the kraken of Bergen"}
	if hit := find(h.recall(kraken).Hits, answer); hit == nil || hit.Why.Neighbours <= 0 || hit.Why.Words != 0 {
		s.Errorf("the answer to a turn that asks: %+v", hit)
	}
	kraken.Without = []spectron.Signal{spectron.SignalNeighbours}
	if hit := find(h.recall(kraken).Hits, answer); hit != nil && hit.Why.Neighbours != 0 {
		s.Errorf("without what is around it: %+v", hit)
	}

	boat := spectron.RecallRequest{Query: "boat dealer Hamburg"}
	hits := h.recall(boat).Hits
	if len(hits) == 0 || len(hits[0].Turns) != 3 || hits[0].Text != "I sold my boat\nto a dealer in Hamburg\nfor nine thousand" {
		s.Fatalf("what one speaker types in a row: %+v", hits)
	}
	var stored []spectron.HitTurn
	for _, turn := range h.turns(session)[6:9] {
		stored = append(stored, spectron.HitTurn{ID: turn.ID, Text: turn.Content, SpokenAt: turn.SpokenAt})
	}
	for i, turn := range hits[0].Turns {
		if turn.ID != stored[i].ID || turn.Text != stored[i].Text || !turn.SpokenAt.Equal(stored[i].SpokenAt) {
			s.Errorf("turn %d: %+v, stored %+v", i, turn, stored[i])
		}
	}
	if i := slices.IndexFunc(stored, func(turn spectron.HitTurn) bool { return turn.ID == hits[0].Source.TurnID }); i < 0 || hits[0].Source.Quote != stored[i].Text {
		s.Errorf("where it comes from: %+v", hits[0].Source)
	}
	boat.Without = []spectron.Signal{spectron.SignalUtterances}
	if hits := h.recall(boat).Hits; len(hits) == 0 || len(hits[0].Turns) > 0 {
		s.Errorf("turns one by one: %+v", hits)
	}

	hits = h.recall(spectron.RecallRequest{Query: "What did Carla say of the tunnel?"}).Hits
	if len(hits) == 0 || hits[0].Speaker != "Carla" || hits[0].Why.Speaker <= 0 {
		s.Errorf("asked for a speaker: %+v", hits)
	}
	for month, want := range map[string]string{"January": "shed", "March": "barn"} {
		hits = h.recall(spectron.RecallRequest{Query: "Which roof was repaired in " + month + "?"}).Hits
		if len(hits) == 0 || !strings.Contains(hits[0].Text, want) || hits[0].Why.Dates <= 0 {
			s.Errorf("asked for %s: %+v", month, hits)
		}
	}
}

// An answer says how much of the question it answers, and whether memory has anything to say; what is far behind the best is left
// out unless it is asked for.
func answersSayHowMuchTheyAnswer(s *trial) {
	chat(s)
	h := s.main()
	known := h.recall(spectron.RecallRequest{Query: "boat dealer Hamburg"})
	if !known.Confident || known.Hits[0].Relevance < 0.9 {
		s.Errorf("of something that was said: confident %v, %+v", known.Confident, known.Hits)
	}
	for _, query := range []string{"Kubernetes ingress controller", "你好世界"} {
		r := h.recall(spectron.RecallRequest{Query: query})
		if r.Confident || len(r.Hits) > 0 && r.Hits[0].Relevance >= known.Hits[0].Relevance/2 {
			s.Errorf("%s: confident %v, %+v", query, r.Confident, r.Hits)
		}
		if r = h.recall(spectron.RecallRequest{Query: query, MinRelevance: 0.5}); len(r.Hits) > 0 || r.Confident {
			s.Errorf("%s, but relevant: %+v", query, r.Hits)
		}
	}
	few := spectron.RecallRequest{Query: "the tunnel and the roof of the barn", K: 50}
	strong := h.recall(few)
	few.IncludeWeak = true
	all := h.recall(few)
	for _, r := range []*spectron.Recalled{strong, all} {
		for i, hit := range r.Hits {
			if hit.Relevance < 0 || hit.Relevance > 1 || i == 0 && hit.Score != hit.Relevance || i > 0 && hit.Score > r.Hits[i-1].Score {
				s.Errorf("hit %d: score %v, relevance %v", i, hit.Score, hit.Relevance)
			}
		}
	}
	rest := all.Hits
	for _, hit := range strong.Hits {
		i := slices.IndexFunc(rest, func(other spectron.Hit) bool { return other.ID == hit.ID })
		if i < 0 {
			s.Fatalf("with what is far behind, %q is not where it was: %q", hit.Text, texts(all.Hits))
		}
		rest = rest[i+1:]
	}
	if len(all.Hits) <= len(strong.Hits) {
		s.Errorf("with what is far behind %q, without it %q", texts(all.Hits), texts(strong.Hits))
	}
}

// Callers choose what counts, and are told what did.
func weightsAndSignalsAreChosen(s *trial) {
	chat(s)
	h := s.main()
	sum := func(y spectron.Why) float64 {
		return y.Words + y.Neighbours + y.Speaker + y.Dates + y.Questions + y.Verbosity + y.Vectors + y.Prior
	}
	for name, req := range map[string]spectron.RecallRequest{
		"default":      {},
		"words":        {Weights: spectron.Weights{Words: 1}},
		"vectors":      {Weights: spectron.Weights{Vectors: 1}},
		"both":         {Weights: spectron.Weights{Words: 2, Vectors: 3}},
		"all left out": {Without: spectron.Signals()},
	} {
		req.Query, req.Mode, req.K, req.IncludeWeak = "What did Carla say of the long tunnel in May?", spectron.ModeHybrid, 50, true
		hits := h.recall(req).Hits
		if len(hits) == 0 {
			s.Errorf("%s: no hits", name)
			continue
		}
		for _, hit := range hits {
			y := hit.Why
			if math.Abs(hit.Score*sum(hits[0].Why)-hits[0].Score*sum(y)) > 1e-9*math.Abs(sum(hits[0].Why)) {
				s.Errorf("%s: %q scores %v for %+v, the best %v for %+v", name, hit.Text, hit.Score, y, hits[0].Score, hits[0].Why)
			}
			switch {
			case name == "words" && y.Vectors != 0,
				name == "vectors" && (y.Words != 0 || y.Neighbours != 0 || y.Speaker != 0),
				name == "both" && y.Vectors < 0,
				name == "all left out" && (y.Neighbours != 0 || y.Speaker != 0 || y.Dates != 0 || y.Questions != 0 || y.Verbosity != 0):
				s.Errorf("%s: %q has %+v", name, hit.Text, y)
			}
		}
		if y := hits[0].Why; name != "vectors" && y.Words == 0 || name == "vectors" && y.Vectors == 0 || name == "default" && (y.Speaker == 0 || y.Dates == 0) {
			s.Errorf("%s: the best has %+v", name, y)
		}
	}
}

// Of long turns a hit shows the sentences that matter, and says where they stand; what is stored stays whole.
func longTextsShowWhatMatters(s *trial) {
	const (
		rain  = "It has been raining since the énd of the month, and the whole cellar smells of it by now. "
		zebra = "Have you heard? The zebra escaped from the circus in Ulm, and it was caught in front of the cathedral after an hour. So it goes."
		sofa  = " My aunt wants to have the old sofa back that she gave us when we moved in together. And it has been raining since then."
	)
	h := s.main()
	at := morning(2, 1)
	out := h.rememberMany(spectron.RememberManyRequest{Infer: spectron.InferNone, Messages: []spectron.Message{
		{Speaker: "Ann", At: at, Content: rain + zebra + sofa},
		{Speaker: "Ben", At: at.Add(time.Hour), Content: "You told me so."},
		{Speaker: "Ann", At: at.Add(2 * time.Hour), Content: "The giraffe is in Basel now"},
		{Speaker: "Ann", At: at.Add(2*time.Hour + time.Minute), Content: "which is not where it wants to be, I should think"},
		{Speaker: "Ann", At: at.Add(2*time.Hour + 2*time.Minute), Content: "I have nothing to do tonight and so has everybody else in this house of ours"},
	}})
	const from = len(rain) - 1 // in code points: one of the letters has two bytes
	stored := h.turns(out.SessionID)
	lead := func(req spectron.RecallRequest) spectron.Hit {
		hits := h.recall(req).Hits
		if len(hits) == 0 {
			s.Fatalf("nothing answers %q", req.Query)
		}
		return hits[0]
	}
	hit := lead(spectron.RecallRequest{Query: "zebra circus cathedral", Excerpts: true})
	if hit.Text != zebra || !hit.Partial || hit.Source.TurnID != out.TurnIDs[0] || hit.Source.Quote != zebra || hit.Source.Start != from || hit.Source.End != from+len(zebra) {
		s.Errorf("of a long turn: %+v", hit)
	}
	if text := []rune(stored[0].Content); string(text[hit.Source.Start:hit.Source.End]) != hit.Text || string(text) != rain+zebra+sofa {
		s.Errorf("the turn is %q", string(text))
	}
	if hit = lead(spectron.RecallRequest{Query: "zebra circus cathedral"}); hit.Text != rain+zebra+sofa || hit.Partial || hit.Source.Quote != hit.Text || hit.Source.Start != 0 {
		s.Errorf("the whole of it: %+v", hit)
	}
	if hit = lead(spectron.RecallRequest{Query: "giraffe Basel", Excerpts: true}); !hit.Partial || len(hit.Turns) != 2 || strings.Contains(hit.Text, "tonight") || hit.Source.TurnID != out.TurnIDs[2] ||
		hit.Text != hit.Turns[0].Text+"\n"+hit.Turns[1].Text || hit.Turns[0].Text != stored[2].Content || hit.Turns[1].ID != out.TurnIDs[3] {
		s.Errorf("of turns in a row: %+v", hit)
	}
	if hit = lead(spectron.RecallRequest{Query: "giraffe Basel"}); len(hit.Turns) != 3 || hit.Partial {
		s.Errorf("all of the turns in a row: %+v", hit)
	}
	if hit = lead(spectron.RecallRequest{Query: "told me so", Excerpts: true}); hit.Partial {
		s.Errorf("a short turn: %+v", hit)
	}
}
