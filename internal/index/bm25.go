package index

import (
	"cmp"
	"slices"
)

// The parameters of BM25 (Robertson and Zaragoza 2009), with the values that are usual since TREC.
const (
	k1 = 0.9
	b  = 0.4
)

// A term adds factor * saturation to the score of a row, where factor is weight * idf * (k1+1) and
// saturation is tf / (tf + k1*(1-b+b*length/average)). N, df and average are those of the selected rows,
// before conditions other than visibility and known time.

func saturation(tf int, norm float64) float64 { return float64(tf) / (float64(tf) + norm) }

func lengthNorm(length int, average float64) float64 {
	return k1 * (1 - b + b*float64(length)/average)
}

// chosen is a list of a term of the query in a selected segment.
type chosen struct {
	list
	term int32 // its place in scorer.terms
	next int32 // the next list of the same segment, as the place in scorer.lists plus one; 0: none
}

// weighed is a term of the query that some row has.
type weighed struct {
	id          uint32
	factor      float64
	first, last int // its lists are scorer.lists[first:last]
}

// bm25 offers the selected rows that hold a term of the query to s.lexical, except rows that cannot be among the
// best ones. The terms are those of weigh.
//
// The score of a row is the sum over its terms in the order of their factors, the largest first, and of the
// query where they are equal. So equal inputs give equal bits.
func (ix *Index) bm25(s *scratch) {
	c := &s.scorer
	c.terms = c.terms[:0]
	for _, t := range s.asked {
		if t.known {
			c.terms = append(c.terms, weighed{t.id, t.weight * t.idf * (k1 + 1), t.first, t.last})
		}
	}
	slices.SortStableFunc(c.terms, func(x, y weighed) int { return cmp.Compare(y.factor, x.factor) })
	c.reset(ix, &s.selection, s.average(), &s.lexical)
	c.run()
}

// choose appends the lists of a term that are in selected segments to c.lists and returns the document frequency.
func (c *scorer) choose(sel *selection, all *lists) (df int) {
	take := func(l *list) {
		c.lists = append(c.lists, chosen{list: *l})
		if sel.whole(l.segment) {
			df += len(l.posts)
			return
		}
		for _, p := range l.posts {
			if sel.known.has(p.doc()) {
				df++
			}
		}
	}
	if len(sel.segments) < all.Len()/16 {
		// Of many segments few are selected: each is looked for.
		for _, n := range sel.segments {
			if i, ok := findList(all, n); ok {
				take(all.At(i))
			}
		}
		return df
	}
	for l := range all.All() {
		if sel.has(l.segment) {
			take(l)
		}
	}
	return df
}
