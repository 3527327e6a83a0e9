package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// manyWords ask for one of several people, or for several things.
var manyWords = wordSet(`who whose whom which anyone anybody everyone everybody friends colleagues people family siblings parents children kids others we us our together both`)

// ownFirst puts what is about other people behind the other hits, if a question is about the speaker: "Fergus's car is a Volvo" does not answer
// "What car do I have?". own is false if there are no other hits.
func ownFirst(q Query, hits []Hit) (sorted []Hit, own bool) {
	if !q.self || len(q.selves) == 0 {
		return hits, true
	}
	alone := !slices.ContainsFunc(q.english, func(w string) bool { return manyWords[w] || kinWords[w] })
	var first, behind []Hit
	for i := range hits {
		if h := &hits[i]; alone && q.factOfOthers(h) || q.saidByOthers(h) {
			behind = append(behind, *h)
		} else {
			first = append(first, *h)
		}
	}
	if len(first) == 0 || len(behind) == 0 {
		return hits, len(first) > 0 || len(hits) == 0
	}
	for i := range behind { // scores fall
		behind[i].Score = min(behind[i].Score, first[len(first)-1].Score)
	}
	return append(first, behind...), true
}

// factOfOthers reports whether a hit is a fact about another person than the one who asks.
func (q Query) factOfOthers(h *Hit) bool {
	return h.Fact != nil && h.Fact.Entity.Type == record.TypePerson && !names(q.selves, h.Fact.Entity) && !names(q.selves, h.Fact.Object)
}

// saidByOthers reports whether a hit was said by another speaker than the one who asks, whom the question does not name: their "I" and
// "my sister" are other people.
func (q Query) saidByOthers(h *Hit) bool {
	if h.Chunk == nil || q.Speaker == "" || h.Chunk.Speaker == "" || h.Chunk.Role != record.User {
		return false
	}
	by := record.EntityRef{Type: record.TypePerson, Name: h.Chunk.Speaker}
	first, _, _ := strings.Cut(strings.ToLower(by.Name), " ")
	return !names(q.selves, by) && !slices.Contains(q.english, first)
}
