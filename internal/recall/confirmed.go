package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// The rules understand fewer changes in other languages than in English, so that a fact is likelier to be out of date there. A question
// in such a language is also searched for. The graph alone answers it if nothing that was found and said later is about what it asks.

// retellings limits how many hits are looked at for words that were said later.
const retellings = 50

// confirm returns the answer of the graph, and whether it alone answers, by what a search for the value and the words of the question
// finds. The newest words that seem to tell of another value of a key of one value come first.
func (v *View) confirm(q Query, search index.Query) (answer []Hit, alone bool, err error) {
	if !q.certain || len(q.lead) == 0 || q.lead[0].Fact == nil {
		return q.lead, false, nil
	}
	f := q.lead[0].Fact
	search.Text, search.Terms, search.Beside = strings.Join(slices.Concat([]string{f.Value}, q.beside, q.changes), " "), nil, ""
	search.Mode, search.Vector, search.K, search.All, search.Weak = index.Lexical, nil, retellings, true, nil
	search.Filter.Kinds = []record.Kind{record.KindMemoryChunk}
	found, err := v.index.Search(search)
	if err != nil {
		return nil, false, err
	}
	alone = !v.mistaken(q, f)
	var newest *Hit
	hits := v.hits(found)
	for i := range hits {
		names, tells := q.retells(&hits[i], f)
		alone = alone && !names && !tells
		if tells && !f.Many && (newest == nil || hits[i].Chunk.SpokenAt.After(newest.Chunk.SpokenAt)) {
			newest = &hits[i]
		}
	}
	if newest != nil {
		newest.Score, newest.Relevance = 1, 1
		return lead(q, q.lead, *newest), false, nil
	}
	return q.lead, alone, nil
}

// mistaken reports whether what was said since a fact may be about somebody else of the same name.
func (v *View) mistaken(q Query, f *record.Fact) bool {
	return slices.ContainsFunc(v.known.asked.find(f.Scopes, record.Normalise(f.Entity.Name)), func(id string) bool {
		return openAt(v.known.questions[id], q.Filter.AsOf)
	})
}

// retells reports whether a hit was said by a user after a fact and is about what the question asks for, and whether it tells of a change.
func (q Query) retells(h *Hit, f *record.Fact) (names, tells bool) {
	if h.Chunk == nil || h.Chunk.Role != record.User {
		return false, false
	}
	last := h.Chunk.SpokenAt
	for _, t := range h.Turns {
		if t.SpokenAt.After(last) {
			last = t.SpokenAt
		}
	}
	if !last.After(f.Spoken) {
		return false, false
	}
	text := plain(strings.ToLower(h.Text))
	said := q.tongue.split(words(text))
	has := func(forms []string) bool {
		return slices.ContainsFunc(forms, func(form string) bool { return slices.Contains(said, form) })
	}
	tells = has(q.changes) && !endsAsking(text) && q.concerns(said, f.Entity)
	return tells || strings.Contains(text, plain(strings.ToLower(f.Value))) || has(q.beside), tells
}

// concerns reports whether words may be about the subject of a fact: those about who asks name no relative, and those about another
// person name that one or the relation.
func (q Query) concerns(said []string, subject record.EntityRef) bool {
	if names(q.selves, subject) {
		return !slices.ContainsFunc(said, func(w string) bool {
			return slices.ContainsFunc(q.tongue.phrases[w], func(p phrase) bool {
				return len(p.after) == 0 && len(p.says) == 1 && kinWords[p.says[0]]
			})
		})
	}
	if first, _, _ := strings.Cut(plain(strings.ToLower(subject.Name)), " "); slices.Contains(said, first) {
		return true
	}
	return slices.ContainsFunc(q.english, func(w string) bool {
		return kinWords[w] && slices.ContainsFunc(q.tongue.forms[w], func(form string) bool { return slices.Contains(said, form) })
	})
}
