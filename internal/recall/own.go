package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// manyWords ask for one of several people, or for several things.
var manyWords = wordSet(`who whose whom which anyone anybody everyone everybody friends colleagues people family siblings parents children kids others we us our together both`)

// ownFirst puts facts about other people behind the other hits, if a question asks for the speaker alone: "Fergus's car is a Volvo" does not
// answer "What car do I have?". own is false if there are no other hits.
func ownFirst(q Query, hits []Hit) (sorted []Hit, own bool) {
	if !q.self || len(q.selves) == 0 || slices.ContainsFunc(q.english, func(w string) bool { return manyWords[w] || kinWords[w] }) {
		return hits, true
	}
	var first, behind []Hit
	for i := range hits {
		f := hits[i].Fact
		if f != nil && f.Entity.Type == record.TypePerson && !names(q.selves, f.Entity) && !names(q.selves, f.Object) {
			behind = append(behind, hits[i])
		} else {
			first = append(first, hits[i])
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
