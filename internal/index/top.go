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
// It takes in twice as many as it is to keep before it drops the worse half. That takes fewer comparisons
// than a heap, and hardly any of ids.
type top struct {
	ix    *Index
	size  int
	worst candidate // of the best at the last time; its score is 0 before
	kept  []candidate
}

func (t *top) reset(ix *Index, size int) {
	t.ix, t.size, t.worst, t.kept = ix, size, candidate{}, t.kept[:0]
}

// compare is the order of a leg: higher scores first, then lower ids.
func (t *top) compare(a, b candidate) int {
	if a.score == b.score {
		return t.ix.byName(a.doc, b.doc)
	}
	return cmp.Compare(b.score, a.score)
}

// floor is a score below which nothing is kept.
func (t *top) floor() float64 { return t.worst.score }

// offer considers a candidate. Only positive scores count.
func (t *top) offer(c candidate) {
	if c.score <= t.worst.score && (c.score < t.worst.score || c.score <= 0 || t.ix.byName(c.doc, t.worst.doc) > 0) {
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

// choose puts the best n of the candidates first, the worst of them last: quickselect by the scores, with a
// look at the ids only where the boundary goes through equal ones.
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
