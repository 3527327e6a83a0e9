package index

import (
	"slices"
	"strings"
)

// candidate is a doc with its score in one leg.
type candidate struct {
	doc   uint32
	score float64
}

// top keeps the best candidates it is offered: a heap with the worst of them at the root. Equal scores are
// ordered by id, so what is kept does not depend on the order of the offers.
type top struct {
	ix   *Index
	size int
	heap []candidate
}

func (t *top) reset(ix *Index, size int) { t.ix, t.size, t.heap = ix, size, t.heap[:0] }

// better is the order of a leg: higher scores first, then lower ids.
func (t *top) better(a, b candidate) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	return t.ix.docs[a.doc].entry.ID < t.ix.docs[b.doc].entry.ID
}

// floor is the score below which nothing is kept.
func (t *top) floor() float64 {
	if len(t.heap) < t.size {
		return 0
	}
	return t.heap[0].score
}

// offer considers a candidate. Only positive scores count.
func (t *top) offer(c candidate) {
	if c.score < t.floor() || c.score <= 0 {
		return
	}
	h := t.heap
	if len(h) < t.size {
		h = append(h, c)
		i := len(h) - 1
		for i > 0 {
			up := (i - 1) / 2
			if !t.better(h[up], h[i]) {
				break
			}
			h[up], h[i] = h[i], h[up]
			i = up
		}
		t.heap = h
		return
	}
	if !t.better(c, h[0]) {
		return
	}
	h[0] = c
	for i := 0; ; {
		worst, l, r := i, 2*i+1, 2*i+2
		if l < len(h) && t.better(h[worst], h[l]) {
			worst = l
		}
		if r < len(h) && t.better(h[worst], h[r]) {
			worst = r
		}
		if worst == i {
			return
		}
		h[i], h[worst] = h[worst], h[i]
		i = worst
	}
}

// sorted returns what was kept, best first. It uses the heap's memory.
func (t *top) sorted() []candidate {
	slices.SortFunc(t.heap, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return strings.Compare(t.ix.docs[a.doc].entry.ID, t.ix.docs[b.doc].entry.ID)
	})
	return t.heap
}
