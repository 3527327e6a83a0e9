package index

import "slices"

// candidate is a doc with its score in one leg.
type candidate struct {
	doc   uint32
	score float64
}

// top keeps the best candidates it is offered. Equal scores are ordered by id, so what is kept does not
// depend on the order of the offers.
//
// It takes in twice as many as it is to keep before it drops the worse half: that compares less than a heap,
// which puts each candidate into its place, and for equal scores comparing is a look into two docs.
type top struct {
	ix    *Index
	size  int
	least float64 // what scores less is not among the best
	kept  []candidate
}

func (t *top) reset(ix *Index, size int) { t.ix, t.size, t.least, t.kept = ix, size, 0, t.kept[:0] }

// compare is the order of a leg: higher scores first, then lower ids.
func (t *top) compare(a, b candidate) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	return t.ix.byName(a.doc, b.doc)
}

// floor is a score below which nothing is kept.
func (t *top) floor() float64 { return t.least }

// offer considers a candidate. Only positive scores count.
func (t *top) offer(c candidate) {
	if c.score < t.least || c.score <= 0 {
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
	t.least = t.kept[t.size-1].score
}

// choose puts the best n of the candidates first, and of those the worst last: quickselect.
func (t *top) choose(of []candidate, n int) {
	from, to := 0, len(of)
	for to-from > 12 {
		// The median of three, put first, divides the rest.
		middle, last := (from+to)/2, to-1
		if t.compare(of[middle], of[from]) < 0 {
			of[middle], of[from] = of[from], of[middle]
		}
		if t.compare(of[last], of[from]) < 0 {
			of[last], of[from] = of[from], of[last]
		}
		if t.compare(of[middle], of[last]) < 0 {
			of[middle], of[last] = of[last], of[middle]
		}
		pivot := of[last]
		i := from
		for j := from; j < last; j++ {
			if t.compare(of[j], pivot) < 0 {
				of[i], of[j] = of[j], of[i]
				i++
			}
		}
		of[i], of[last] = of[last], of[i]
		switch {
		case i == n-1:
			return
		case i < n:
			from = i + 1
		default:
			to = i
		}
	}
	slices.SortFunc(of[from:to], t.compare)
}

// sorted returns what was kept, best first. It uses the memory of top.
func (t *top) sorted() []candidate {
	t.prune()
	slices.SortFunc(t.kept, t.compare)
	return t.kept
}
