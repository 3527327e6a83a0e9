package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

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
		return h.Chunk != nil && h.Chunk.SpokenAt.After(at) && given(h.Text)&index.Time == 0 // "I moved in March" says when
	}
	return passOver(q, hits, later, littleAsGood)
}

// answersLittle is the share of the best score that a hit needs to come before a fact that does not answer.
const answersLittle = 0.2

// toThePoint puts the best hit first that may answer, if the best hit is words of the assistant and the question asks of the speaker, or a
// fact that only names a relative, or is not of the sort that the question asks for: "The user's friend is Saskia" does not say when Saskia's wedding is.
func (v *View) toThePoint(q Query, rest []string, hits []Hit) []Hit {
	if len(hits) < 2 || !q.asks || slices.ContainsFunc(q.english, func(w string) bool { return w == "who" || namingWords[w] }) {
		return hits
	}
	form := match(questions, rest)
	told := !slices.ContainsFunc(q.lower, func(w string) bool { return w == "you" || w == "your" })
	beside := func(h *Hit) bool {
		f := h.Fact
		if q.self && told && q.tongue == nil && h.Chunk != nil && h.Chunk.Role == record.Assistant {
			return true
		}
		return f != nil && (f.Object.Type == record.TypePerson && kinWords[f.Key] || form != nil && form.only != nil && slices.Contains(form.keys, f.Key) && !form.only(f))
	}
	return passOver(q, hits, beside, answersLittle)
}

// passOver puts the best statement first that is not passed over, if the best hit is. It needs a share of the score of that hit.
func passOver(q Query, hits []Hit, over func(*Hit) bool, share float64) []Hit {
	if !over(&hits[0]) {
		return hits
	}
	for i := range hits {
		h := &hits[i]
		told := h.Fact != nil || h.Chunk != nil && h.Chunk.Role == record.User && !endsAsking(h.Text)
		if told && !over(h) && !q.saidByOthers(h) && h.Score >= share*hits[0].Score {
			return promote(q, hits, *h)
		}
	}
	return hits
}
