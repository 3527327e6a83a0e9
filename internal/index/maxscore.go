package index

import (
	"math"
	"math/bits"
	"slices"
	"sort"
)

// windowSize is the number of docs that are scored at once. Their scores fit into the first-level cache.
const windowSize = 2048

// scorer finds the best rows of one search by their BM25 scores. It is MaxScore (Turtle and Flood 1995), applied
// to one window of docs after the other.
//
// A doc is in one segment only, so each segment is searched by itself. Its terms are ordered by their factors. The
// floor is the lowest score among the best rows so far. Once the floor exceeds the sum of the bounds of the
// last terms, a row without any of the first terms cannot reach it. The first terms are then essential: their
// lists are read. The lists of the other terms are only probed for rows that can still reach the floor.
type scorer struct {
	ix  *Index
	sel *selection
	top *top

	terms []weighed
	lists []chosen
	heads []int32 // by number of a segment: its first list, as the place in lists plus one

	cursors []cursor  // of the segment at work
	rest    []float64 // rest[i] is what cursors[i:] add at most

	average float64                 // mean length for which table was computed
	table   [tableSize]float64      // saturation by tf and length; 0: not known yet
	base    uint32                  // the first doc of the window, or noWindow
	window  [windowSize]float64     // scores; zeros between uses
	marks   [windowSize / 64]uint64 // see mark
	rows    []candidate             // rows that can reach the floor, by ascending doc

	sums []float64 // by doc, of small segments; zeros between uses
	docs []uint32  // the docs with a sum
}

// cursor reads one list.
type cursor struct {
	posts  []packed
	at     int // position of the next posting
	term   uint32
	factor float64
	bound  float64 // upper bound of the contribution of one posting
}

const noWindow = math.MaxUint32

const tableSize = (manyTimes + 1) * (longDoc + 1)

func (c *scorer) reset(ix *Index, sel *selection, average float64, t *top) {
	c.ix, c.sel, c.top = ix, sel, t
	if average != c.average {
		c.average = average
		clear(c.table[:])
	}
}

// release drops the references that a pooled scorer must not keep alive. The lists hold numbers only and stay.
func (c *scorer) release() { c.ix, c.sel, c.top = nil, nil, nil }

// run scores the small segments together and then each large segment. Segments with the rarest terms come first,
// because they raise the floor for the others.
func (c *scorer) run() {
	c.small()
	if more := 2*len(c.ix.parts) - len(c.heads); more > 0 {
		c.heads = append(c.heads, make([]int32, more)...)
	}
	for term := len(c.terms) - 1; term >= 0; term-- {
		t := &c.terms[term]
		for i := t.first; i < t.last; i++ {
			if l := &c.lists[i]; c.sel.in[l.segment] == large {
				l.term, l.next, c.heads[l.segment] = int32(term), c.heads[l.segment], int32(i)+1
			}
		}
	}
	for _, t := range c.terms {
		for i := t.first; i < t.last; i++ {
			at := c.heads[c.lists[i].segment]
			if at == 0 {
				continue // small, or done
			}
			c.heads[c.lists[i].segment] = 0
			c.cursors = c.cursors[:0]
			for ; at > 0; at = c.lists[at-1].next {
				l := &c.lists[at-1]
				term := &c.terms[l.term]
				c.cursors = append(c.cursors, cursor{
					posts: l.posts, term: term.id, factor: term.factor, bound: term.factor * c.reach(&l.list),
				})
			}
			c.segment()
		}
	}
}

// small scores all postings of all small segments, term by term. A caller may see thousands of such segments with
// one or two short lists each, where bounds cost more than they save.
func (c *scorer) small() {
	if c.sel.small == 0 {
		return
	}
	if len(c.sums) < len(c.ix.docs) {
		c.sums = make([]float64, len(c.ix.docs)+len(c.ix.docs)/4)
	}
	c.docs = c.docs[:0]
	for _, t := range c.terms {
		u := cursor{term: t.id, factor: t.factor}
		for i := t.first; i < t.last; i++ {
			if l := &c.lists[i]; c.sel.in[l.segment] == small {
				for _, p := range l.posts {
					doc := p.doc()
					if c.sums[doc] == 0 {
						c.docs = append(c.docs, doc)
					}
					c.sums[doc] += c.score(&u, p)
				}
			}
		}
	}
	for _, doc := range c.docs {
		if score := c.sums[doc]; score >= c.top.floor() && c.sel.admits(doc) {
			c.top.offer(candidate{doc, score})
		}
		c.sums[doc] = 0
	}
}

// reach returns an upper bound of the saturation of the postings of a list.
func (c *scorer) reach(l *list) float64 {
	if l.reach == 0 {
		return 1
	}
	e, most := &c.ix.vocab.reaches[l.reach-1], 0.0
	for tf, length := range e.shortest {
		if length == none {
			continue
		}
		if tf == manyTimes {
			tf = int(e.most)
		}
		most = max(most, saturation(tf, lengthNorm(int(length), c.average)))
	}
	return most
}

// segment scores the rows of one segment, whose lists are the cursors.
func (c *scorer) segment() {
	for {
		need := c.need()
		essential := c.split(need)
		if essential == 0 {
			return
		}
		c.rows, c.base = c.rows[:0], noWindow
		// A row with a lower score from the essential terms cannot reach the floor with the others.
		alone := max(need-c.rest[essential], math.SmallestNonzeroFloat64)
		switch {
		case essential == 1:
			c.single(alone)
		case sparse(c.cursors[:essential]):
			c.merge(c.cursors[:essential], alone)
		default:
			c.fill(c.cursors[:essential], alone)
		}
		c.complete(c.cursors[essential:], c.rest[essential:], need)
		if c.base != noWindow {
			clear(c.window[:])
		}
	}
}

// need is the floor, lowered by more than the rounding of a sum of bounds.
func (c *scorer) need() float64 { return c.top.floor() * (1 - 1e-12) }

// split drops exhausted cursors and returns the number of essential ones among the others.
func (c *scorer) split(need float64) int {
	c.cursors = slices.DeleteFunc(c.cursors, func(u cursor) bool { return u.at == len(u.posts) })
	n := len(c.cursors)
	c.rest = slices.Grow(c.rest[:0], n+1)[:n+1]
	c.rest[n] = 0
	for i := n - 1; i >= 0; i-- {
		c.rest[i] = c.rest[i+1] + c.cursors[i].bound
	}
	for n > 0 && c.rest[n-1] < need {
		n--
	}
	return n
}

// single collects the rows among the next postings of the first cursor whose score is at least alone.
func (c *scorer) single(alone float64) {
	u := &c.cursors[0]
	end := min(len(u.posts), u.at+windowSize/2)
	for _, p := range u.posts[u.at:end] {
		if score := c.score(u, p); score >= alone && c.sel.admits(p.doc()) {
			c.rows = append(c.rows, candidate{p.doc(), score})
		}
	}
	u.at = end
}

// fewPerWindow is the number of postings in a window up to which it costs less to merge the lists than to clear the window.
const fewPerWindow = 64

// sparse reports whether the windows of what is left of the lists have few postings.
func sparse(cursors []cursor) bool {
	first, last, left := uint32(math.MaxUint32), uint32(0), 0
	for i := range cursors {
		u := &cursors[i]
		first, last = min(first, u.posts[u.at].doc()), max(last, u.posts[len(u.posts)-1].doc())
		left += len(u.posts) - u.at
	}
	return left <= fewPerWindow*int(1+(last-first)/windowSize)
}

// merge scores the next docs of the lists, one after the other, and collects those whose score is at least alone.
func (c *scorer) merge(cursors []cursor, alone float64) {
	for range windowSize / 8 {
		doc := uint32(math.MaxUint32)
		for i := range cursors {
			if u := &cursors[i]; u.at < len(u.posts) {
				doc = min(doc, u.posts[u.at].doc())
			}
		}
		if doc == math.MaxUint32 {
			return
		}
		score := 0.0
		for i := range cursors {
			if u := &cursors[i]; u.at < len(u.posts) && u.posts[u.at].doc() == doc {
				score += c.score(u, u.posts[u.at])
				u.at++
			}
		}
		if score >= alone && c.sel.admits(doc) {
			c.rows = append(c.rows, candidate{doc, score})
		}
	}
}

// fill scores the docs of the next window and collects those whose score is at least alone.
func (c *scorer) fill(cursors []cursor, alone float64) {
	c.base = uint32(math.MaxUint32)
	for i := range cursors {
		c.base = min(c.base, cursors[i].posts[cursors[i].at].doc())
	}
	c.base -= c.base % windowSize
	for i := range cursors {
		c.spread(&cursors[i], c.base)
	}
	mark(&c.window, alone, &c.marks)
	for word, marks := range c.marks {
		for ; marks != 0; marks &= marks - 1 {
			at := uint32(word*64 + bits.TrailingZeros64(marks))
			if doc := c.base + at; c.sel.admits(doc) {
				c.rows = append(c.rows, candidate{doc, c.window[at]})
			}
		}
	}
}

// markLoop is mark on any processor. A branch would be mispredicted often. The scores are not negative, so their bits compare like them.
func markLoop(scores *[windowSize]float64, least float64, marks *[windowSize / 64]uint64) {
	clear(marks[:])
	from := math.Float64bits(least)
	for i, score := range scores {
		marks[i/64] |= (1 - (math.Float64bits(score)-from)>>63) << (i % 64)
	}
}

// spread adds the contributions of the postings of one list to the window.
func (c *scorer) spread(u *cursor, base uint32) {
	lengths := (*[windowSize]uint8)(c.ix.vocab.lengths[base:])
	factor, posts, n := u.factor, u.posts, u.at
	for ; n < len(posts); n++ {
		p := posts[n]
		at := p.doc() - base
		if at >= windowSize {
			break
		}
		s := c.table[cell(p, lengths[at])]
		if s == 0 {
			s = c.saturation(u, p)
		}
		c.window[at] += float64(factor * s)
	}
	u.at = n
}

// complete adds the contributions of the other terms to the rows, drops rows that cannot reach the floor any
// more, and offers the rest.
func (c *scorer) complete(cursors []cursor, rest []float64, need float64) {
	for i := range cursors {
		if len(c.rows) == 0 {
			return
		}
		u, kept := &cursors[i], 0
		u.seek(c.rows[0].doc)
		spread := c.base != noWindow && 8*len(c.rows) > u.within(c.base) // a probe costs as much as eight postings
		if spread {
			c.spread(u, c.base)
		}
		for _, row := range c.rows {
			if spread {
				row.score = c.window[row.doc-c.base]
			} else if u.seek(row.doc); u.at < len(u.posts) && u.posts[u.at].doc() == row.doc {
				row.score += c.score(u, u.posts[u.at])
				if c.base != noWindow {
					c.window[row.doc-c.base] = row.score
				}
			}
			c.rows[kept] = row
			if row.score+rest[i+1] >= need {
				kept++
			}
		}
		c.rows = c.rows[:kept]
	}
	for _, row := range c.rows {
		c.top.offer(row)
	}
}

// within returns the number of postings from the cursor to the end of the window.
func (u *cursor) within(base uint32) int {
	posts := u.posts[u.at:min(len(u.posts), u.at+windowSize)]
	return sort.Search(len(posts), func(i int) bool { return posts[i].doc()-base >= windowSize })
}

// seek moves to the first posting that is not before doc: galloping search.
func (u *cursor) seek(doc uint32) {
	step, from := 1, u.at
	for u.at+step <= len(u.posts) && u.posts[u.at+step-1].doc() < doc {
		from, step = u.at+step, 2*step
	}
	to := min(u.at+step-1, len(u.posts))
	u.at = from + sort.Search(to-from, func(i int) bool { return u.posts[from+i].doc() >= doc })
}

// score returns the contribution of a posting.
func (c *scorer) score(u *cursor, p packed) float64 {
	s := c.table[cell(p, c.ix.vocab.lengths[p.doc()])]
	if s == 0 {
		s = c.saturation(u, p)
	}
	return float64(u.factor * s) // the conversion forbids a fused multiplication and addition, which rounds differently
}

// cell returns the index in the table for a posting of a doc with that many words.
func cell(p packed, length uint8) uint32 { return uint32(p)%(manyTimes+1)<<8 | uint32(length) }

// saturation computes a value that is not in the table, and stores it there if the table has a cell for it.
func (c *scorer) saturation(u *cursor, p packed) float64 {
	tf, length := p.tf(), c.ix.docs[p.doc()].length
	if tf < manyTimes && length < longDoc {
		s := saturation(tf, lengthNorm(int(length), c.average))
		c.table[cell(p, uint8(length))] = s
		return s
	}
	full := c.ix.vocab.unpack(u.term, p, length)
	return saturation(int(full.tf), lengthNorm(int(length), c.average))
}
