package recall

import "github.com/spectron-go/spectron/internal/record"

// littleAsGood is the share of the best score that a hit needs to come before what was said after the time of a question.
const littleAsGood = 0.1

// before puts the best of what was said by then first, if a question asks what held at a time and the best hit was said later: "Our head of
// production is Anselm", said in July, does not answer for April. A fact whose beginning is known says of itself when it held.
func before(q Query, hits []Hit) []Hit {
	at := q.Filter.At
	if at.IsZero() || len(hits) == 0 {
		return hits
	}
	later := func(h *Hit) bool {
		if h.Fact != nil {
			return saidAfter(h.Fact, at)
		}
		return h.Chunk != nil && h.Chunk.SpokenAt.After(at)
	}
	if !later(&hits[0]) {
		return hits
	}
	for i := range hits {
		h := &hits[i]
		told := h.Fact != nil || h.Chunk != nil && h.Chunk.Role == record.User && !endsAsking(h.Text)
		if told && !later(h) && !q.saidByOthers(h) && h.Score >= littleAsGood*hits[0].Score {
			best := *h
			best.Score, best.Relevance = hits[0].Score, max(hits[0].Relevance, best.Relevance)
			return lead(q, hits, best)
		}
	}
	return hits
}
