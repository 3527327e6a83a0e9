package index

import (
	"math"
	"math/bits"
	"slices"
	"sort"
)

// windowSize is how many docs are scored at once: their scores fit the processor's nearest cache.
const windowSize = 2048

// scorer finds the best rows of one search by their BM25 scores: MaxScore (Turtle and Flood 1995) a window of
// docs at a time.
//
// The halves are taken one by one, because a doc is in one half alone. In each, the terms stand in the order
// of their factors. Once the floor, the score of the worst row that is kept, is above what the last terms can
// add together, a row needs one of the first ones, which are then essential: their lists are read, the
// others are only looked up for the rows that can still reach the floor.
type scorer struct {
	ix  *Index
	sel *selection
	top *top

	terms []weighed
	lists []chosen
	heads []int32 // by number of a half: its first list, as the place in lists plus one

	cursors []cursor  // of the half at work
	rest    []float64 // rest[i] is what cursors[i:] add at most

	average float64                 // of the selected rows, to which table belongs
	table   [tableSize]float64      // saturation by tf and length; 0: not known yet
	base    uint32                  // the first doc of the window, or noWindow
	window  [windowSize]float64     // scores; zeros between uses
	marks   [windowSize / 64]uint64 // see pick
	places  [windowSize]uint16      // of the window that are taken
	rows    []candidate             // those that may reach the floor

	sums []float64 // by doc, of small halves; zeros between uses
	docs []uint32  // that have a sum
}

// cursor reads one list.
type cursor struct {
	posts  []packed
	at     int // the first posting that was not read
	from   int // what at was before the window
	term   uint32
	factor float64
	bound  float64 // no posting adds more
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

// release drops what a pooled scorer must not keep alive. Lists may stay: they hold numbers alone.
func (c *scorer) release() { c.ix, c.sel, c.top = nil, nil, nil }

// run scores all selected rows: those of small halves together, then large halves one by one, first those
// with the most telling terms: they raise the floor for the others.
func (c *scorer) run() {
	c.small()
	if more := 2*len(c.ix.parts) - len(c.heads); more > 0 {
		c.heads = append(c.heads, make([]int32, more)...)
	}
	for term := len(c.terms) - 1; term >= 0; term-- {
		t := &c.terms[term]
		for i := t.first; i < t.last; i++ {
			if l := &c.lists[i]; c.sel.in[l.half] == large {
				l.term, l.next, c.heads[l.half] = int32(term), c.heads[l.half], int32(i)+1
			}
		}
	}
	for _, t := range c.terms {
		for i := t.first; i < t.last; i++ {
			at := c.heads[c.lists[i].half]
			if at == 0 {
				continue // small, or done
			}
			c.heads[c.lists[i].half] = 0
			c.cursors = c.cursors[:0]
			for ; at > 0; at = c.lists[at-1].next {
				l := &c.lists[at-1]
				term := &c.terms[l.term]
				c.cursors = append(c.cursors, cursor{
					posts: l.posts, term: term.id, factor: term.factor, bound: term.factor * c.reach(&l.list),
				})
			}
			c.half()
		}
	}
}

// small scores the rows of small halves: all their postings, term by term. There may be thousands of such
// halves, with a list or two each, and nothing to pass over in them.
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
			if l := &c.lists[i]; c.sel.in[l.half] == small {
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
		if score := c.sums[doc]; score >= c.top.floor() && c.admits(doc) {
			c.top.offer(candidate{doc, score})
		}
		c.sums[doc] = 0
	}
}

// reach is a bound on the saturation of the postings of a list.
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

// half scores the rows of one half, whose lists are the cursors.
func (c *scorer) half() {
	for {
		need := c.need()
		essential := c.split(need)
		if essential == 0 {
			return
		}
		c.rows, c.base = c.rows[:0], noWindow
		// A row whose score is need without the other terms can reach the floor with them.
		alone := max(need-c.rest[essential], math.SmallestNonzeroFloat64)
		if essential == 1 {
			c.single(alone)
		} else {
			c.fill(c.cursors[:essential], alone)
		}
		c.complete(c.cursors[essential:], c.rest[essential:], need)
		if c.base != noWindow {
			clear(c.window[:])
		}
	}
}

// need is the floor, less what the order of additions can change in a sum.
func (c *scorer) need() float64 { return c.top.floor() * (1 - 1e-12) }

// split drops the cursors that are at their end, and returns how many of the others are essential.
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

// single adds the next postings of the first cursor that reach alone to the rows.
func (c *scorer) single(alone float64) {
	u := &c.cursors[0]
	end := min(len(u.posts), u.at+windowSize/2)
	for _, p := range u.posts[u.at:end] {
		if score := c.score(u, p); score >= alone && c.admits(p.doc()) {
			c.rows = append(c.rows, candidate{p.doc(), score})
		}
	}
	u.at = end
}

// fill scores the docs of the next window, and adds those that reach alone to the rows.
func (c *scorer) fill(cursors []cursor, alone float64) {
	base, postings := uint32(math.MaxUint32), 0
	for i := range cursors {
		base = min(base, cursors[i].posts[cursors[i].at].doc())
	}
	base -= base % windowSize
	for i := range cursors {
		u := &cursors[i]
		u.from = u.at
		c.spread(u, base)
		postings += u.at - u.from
	}
	if c.base = base; postings < windowSize/3 {
		c.pick(cursors, alone)
		return
	}
	// Without branches, which the processor would guess wrong: scores are positive, so their bits are in their order.
	n, least := 0, math.Float64bits(alone)
	for i, score := range c.window {
		c.places[n%windowSize] = uint16(i)
		n += 1 - int((math.Float64bits(score)-least)>>63)
	}
	for _, at := range c.places[:n] {
		if doc := base + uint32(at); c.admits(doc) {
			c.rows = append(c.rows, candidate{doc, c.window[at]})
		}
	}
}

// pick is the rest of fill where few docs of the window have a score: it looks at those alone.
func (c *scorer) pick(cursors []cursor, alone float64) {
	for i := range cursors {
		u := &cursors[i]
		for _, p := range u.posts[u.from:u.at] {
			c.marks[p.doc()/64%uint32(len(c.marks))] |= 1 << (p.doc() % 64)
		}
	}
	for word, mark := range c.marks {
		for ; mark != 0; mark &= mark - 1 {
			at := uint32(word*64 + bits.TrailingZeros64(mark))
			if score := c.window[at]; score >= alone && c.admits(c.base+at) {
				c.rows = append(c.rows, candidate{c.base + at, score})
			}
		}
	}
	clear(c.marks[:])
}

// spread adds the postings of the window to its scores.
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

// complete adds what the other terms give to the rows, which are in ascending order, and offers those that
// reach the floor with them.
func (c *scorer) complete(cursors []cursor, rest []float64, need float64) {
	for i := range cursors {
		if len(c.rows) == 0 {
			return
		}
		u, kept := &cursors[i], 0
		u.seek(c.rows[0].doc)
		spread := c.base != noWindow && u.at < len(u.posts) &&
			8*len(c.rows) > sort.Search(min(windowSize, len(u.posts)-u.at), func(i int) bool { return u.posts[u.at+i].doc()-c.base >= windowSize })
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

// seek moves to the first posting that is not before doc, in steps that grow.
func (u *cursor) seek(doc uint32) {
	step, from := 1, u.at
	for u.at+step <= len(u.posts) && u.posts[u.at+step-1].doc() < doc {
		from, step = u.at+step, 2*step
	}
	to := min(u.at+step-1, len(u.posts))
	u.at = from + sort.Search(to-from, func(i int) bool { return u.posts[from+i].doc() >= doc })
}

// admits reports whether the conditions on rows let the doc pass.
func (c *scorer) admits(doc uint32) bool { return !c.sel.perRow || c.sel.allowed.has(doc) }

// score is what a posting adds.
func (c *scorer) score(u *cursor, p packed) float64 {
	s := c.table[cell(p, c.ix.vocab.lengths[p.doc()])]
	if s == 0 {
		s = c.saturation(u, p)
	}
	return float64(u.factor * s) // never fused with the addition, which would make other bits
}

// cell is the place in the table of a posting of a doc with that many words.
func cell(p packed, length uint8) uint32 { return uint32(p)%(manyTimes+1)<<8 | uint32(length) }

// saturation works out what is not in the table, and enters what can be.
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
