package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// nearlyBest is the share of the best score that an order needs to count as one that the question asks for.
const nearlyBest = 0.7

// asksForOrder reports whether a question asks what the assistant is to do: "How long should your answers be?" In contrast, "What should I
// cook?" asks for advice.
func asksForOrder(said []string) bool {
	i := slices.Index(said, "should")
	if i < 0 || slices.ContainsFunc(said, func(w string) bool { return w == "i" || w == "we" }) {
		return false
	}
	return slices.ContainsFunc(said, func(w string) bool { return questionWords[w] })
}

// ordered puts the order that a question asks for first. It chooses among the best active orders that share words with the question: the
// order that has most words of the question as they are written, and of several such orders the newest.
func (v *View) ordered(q Query, search index.Query, hits []Hit) ([]Hit, error) {
	if !q.order || len(search.Filter.Kinds) > 0 {
		return hits, nil
	}
	search.Filter.Kinds, search.Vector, search.Mode = []record.Kind{record.KindInstruction}, nil, index.Lexical
	search.Weak = nil
	found, err := v.index.Search(search)
	if err != nil || len(found) == 0 {
		return hits, err
	}
	orders := v.hits(found)
	newest, most := orders[0], -1
	for _, h := range orders {
		if h.Score < nearlyBest*orders[0].Score {
			break
		}
		shared := q.shared(h.Instruction.Description)
		if shared > most || shared == most && h.Instruction.Known.From.After(newest.Instruction.Known.From) {
			newest, most = h, shared
		}
	}
	if len(hits) > 0 {
		newest.Score, newest.Relevance = max(newest.Score, hits[0].Score), max(newest.Relevance, hits[0].Relevance)
	}
	return lead(q, hits, newest), nil
}

// shared returns how many words of a question a text has, as they are written.
func (q Query) shared(text string) (n int) {
	for _, w := range lowered(words(text)) {
		if !asking[w] && slices.Contains(q.lower, w) {
			n++
		}
	}
	return n
}
