package index

import (
	"cmp"
	"slices"
)

// candidate is a doc with its score in one leg.
type candidate struct {
	doc   uint32
	score float64
}

// top keeps the best candidates it is offered. Equal scores are ordered by id, so what is kept does not
// depend on the order of the offers.
//
// It collects twice as many as it keeps and then drops the worse half. This takes fewer comparisons than a
// heap, and very few of them compare ids.
type top struct {
	ix    *Index
	size  int
	worst candidate // the last of the best when they were chosen last; score 0 before the first time
	kept  []candidate
}

func (t *top) reset(ix *Index, size int) {
	t.ix, t.size, t.worst, t.kept = ix, size, candidate{}, t.kept[:0]
}

// compare is the order of a leg: higher scores first, then lower ids.
func (t *top) compare(a, b candidate) int {
	if a.score == b.score {
		return t.ix.compareIDs(a.doc, b.doc)
	}
	return cmp.Compare(b.score, a.score)
}

// floor is a score below which nothing is kept.
func (t *top) floor() float64 { return t.worst.score }

// offer considers a candidate. Only positive scores count.
func (t *top) offer(c candidate) {
	if c.score <= t.worst.score && (c.score < t.worst.score || c.score <= 0 || t.ix.compareIDs(c.doc, t.worst.doc) > 0) {
		return
	}
	if t.kept = append(t.kept, c); len(t.kept) >= 2*t.size {
		t.prune()
	}
}

// prune drops all but the best.
func (t *top) prune() {
	if len(t.kept) <= t.size {
		return
	}
	t.choose(t.kept, t.size)
	t.kept = t.kept[:t.size]
	t.worst = t.kept[t.size-1]
}

// choose moves the best n candidates to the front, and the worst of these to position n-1. It is quickselect by
// score. Ids are compared only if the boundary lies among equal scores.
func (t *top) choose(of []candidate, n int) {
	for len(of) > 12 {
		x, y, z := of[0].score, of[len(of)/2].score, of[len(of)-1].score
		pivot := max(min(x, y), min(max(x, y), z)) // their median
		better, worse := 0, len(of)
		for i := 0; i < worse; {
			switch c := of[i]; {
			case c.score > pivot:
				of[i], of[better] = of[better], c
				better++
				i++
			case c.score < pivot:
				worse--
				of[i], of[worse] = of[worse], c
			default:
				i++
			}
		}
		switch {
		case n <= better:
			of = of[:better]
		case n > worse:
			of, n = of[worse:], n-worse
		default:
			of = of[better:worse]
			slices.SortFunc(of, t.compare)
			return
		}
	}
	slices.SortFunc(of, t.compare)
}

// sorted returns what was kept, best first. It uses the memory of top.
func (t *top) sorted() []candidate {
	t.prune()
	slices.SortFunc(t.kept, t.compare)
	return t.kept
}
