package recall

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// MaxHops is the largest distance from the entities of a question at which facts are read.
const MaxHops = 2

const (
	// maxAround limits the facts of one step that are compared with the question: those that became known last.
	maxAround = 1000
	// maxNeighbours limits the entities whose facts the second step reads: those of the best facts of the first.
	maxNeighbours = 32
)

// readGraph answers a question from the graph alone: first with its direct answer, then with the facts around the entities that it names.
func (v *View) readGraph(q *Query) (out Result) {
	if q.self {
		q.selves = v.selvesOf(*q)
	}
	seeds, rest := v.mentions(q)
	out = Result{Tier: Direct, Seeds: seeds}
	if len(seeds) == 0 {
		out.Reason = "the question names no entity that is known"
		return out
	}
	out = v.askGraph(q, out, rest)
	around := v.around(q, seeds, rest)
	if len(q.lead) == 0 {
		q.lead = out.Hits
	}
	if out.Reason == "" {
		out.Reason = "read the facts around the entities that the question names"
		out.Confident = len(around) > 0 && around[0].Relevance >= Confident
	}
	out.Hits = led(*q, around)
	out.Hits = slices.DeleteFunc(out.Hits, func(h Hit) bool { return h.Relevance < q.MinRelevance })
	v.doubted(q, out.Hits)
	v.veil(q, out.Hits)
	return out
}

// around returns the facts that the caller may read about some entities, and with two hops also about the entities that these facts link
// them to. The facts that have most words of the question come first, then the nearest.
func (v *View) around(q *Query, seeds []record.EntityRef, rest []string) []Hit {
	wanted := termsOf(slices.DeleteFunc(slices.Clone(rest), func(w string) bool { return filler[w] || asksForAll[w] }))
	tokeniser := index.NewTokeniser()
	var found []*near
	seen := map[string]bool{}
	step := func(of []string, distance int) {
		facts := v.known.about(q.by, of, of, nil, func(f *record.Fact) bool {
			return !seen[f.ID] && f.Key != record.Alias && q.holds(f)
		})
		slices.SortFunc(facts, newestFirst)
		for _, f := range facts[:min(len(facts), maxAround)] {
			seen[f.ID] = true
			n := &near{f, distance, share(wanted, tokeniser.Append(nil, f.Text())) / float64(distance), f.Importance}
			if q.Importance != nil {
				n.importance = q.Importance(f)
			}
			found = append(found, n)
		}
		slices.SortFunc(found, (*near).compare)
	}
	own := keysOf(seeds)
	if step(own, 1); q.Hops > 1 {
		var next []string
		for _, n := range found {
			for _, e := range []record.EntityRef{n.fact.Entity, n.fact.Object} {
				if key := e.Key(); e.Name != "" && len(next) < maxNeighbours && !slices.Contains(own, key) && !slices.Contains(next, key) {
					next = append(next, key)
				}
			}
		}
		step(next, 2)
	}
	hits := make([]Hit, 0, len(found))
	for _, n := range first(*q, found) {
		h := factHit(n.fact, n.relevance)
		v.origin(&h)
		hits = append(hits, h)
	}
	return hits
}

// asksForAll has words of questions for everything about an entity. No fact is expected to have them.
var asksForAll = wordSet(`about all anything everything something fact facts information info there`)

// near is a fact near the entities of a question.
type near struct {
	fact       *record.Fact
	distance   int
	relevance  float64
	importance float64
}

func (n *near) compare(o *near) int {
	return cmp.Or(cmp.Compare(o.relevance, n.relevance), cmp.Compare(n.distance, o.distance), cmp.Compare(o.importance, n.importance), newestFirst(n.fact, o.fact))
}

// newestFirst orders facts by when they became known.
func newestFirst(a, b *record.Fact) int {
	return cmp.Or(b.Known.From.Compare(a.Known.From), strings.Compare(a.ID, b.ID))
}

// termsOf returns the search terms of words, each once.
func termsOf(words []string) []string {
	terms := index.Tokenise(nil, strings.Join(words, " "))
	slices.Sort(terms)
	return slices.Compact(terms)
}

// share returns the part of the wanted terms that are among others; 1 if none is wanted.
func share(wanted, among []string) float64 {
	if len(wanted) == 0 {
		return 1
	}
	n := 0
	for _, t := range wanted {
		if slices.Contains(among, t) {
			n++
		}
	}
	return float64(n) / float64(len(wanted))
}
