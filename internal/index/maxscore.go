package index

import (
	"cmp"
	"math"
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

	average float64             // of the selected rows, to which table belongs
	table   [tableSize]float64  // saturation by tf and length; 0: not known yet
	base    uint32              // the first doc of the window, or noWindow
	window  [windowSize]float64 // scores; zeros between uses
	tags    [windowSize]uint32  // docs of the window's places, see gather
	places  [windowSize]uint16  // of the window that are taken
	rows    []candidate         // those that may reach the floor
}

// cursor reads one list.
type cursor struct {
	posts  []packed
	at     int // the first posting that was not read
	term   uint32
	factor float64
	bound  float64 // no posting adds more
}

const noWindow = math.MaxUint32

const tableSize = (manyTimes + 1) * (longDoc + 1)

func (c *scorer) reset(ix *Index, sel *selection, t *top) {
	c.ix, c.sel, c.top = ix, sel, t
	if average := max(float64(sel.length)/float64(sel.rows), 1); average != c.average {
		c.average = average
		clear(c.table[:])
	}
	if more := 2*len(ix.parts) - len(c.heads); more > 0 {
		c.heads = append(c.heads, make([]int32, more)...)
	}
	for term := len(c.terms) - 1; term >= 0; term-- {
		t := &c.terms[term]
		for i := t.first; i < t.last; i++ {
			l := &c.lists[i]
			l.term, l.next, c.heads[l.half] = int32(term), c.heads[l.half], int32(i)+1
		}
	}
}

// release drops what a pooled scorer must not keep alive.
func (c *scorer) release() {
	c.ix, c.sel, c.top = nil, nil, nil
	clear(c.lists)
	clear(c.cursors[:cap(c.cursors)])
}

// run scores half after half, those with the most telling terms first: they raise the floor for the others.
func (c *scorer) run() {
	for _, t := range c.terms {
		for i := t.first; i < t.last; i++ {
			at := c.heads[c.lists[i].half]
			if at == 0 {
				continue // done
			}
			c.heads[c.lists[i].half] = 0
			c.cursors = c.cursors[:0]
			for ; at > 0; at = c.lists[at-1].next {
				l := &c.lists[at-1]
				term := &c.terms[l.term]
				c.cursors = append(c.cursors, cursor{
					posts: l.posts, term: term.id, factor: term.factor, bound: term.factor * c.reach(l.list),
				})
			}
			c.half()
		}
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
		switch cursors := c.cursors[:essential]; {
		case essential == 1:
			c.single(alone)
		case dense(cursors):
			c.fill(cursors, alone)
		default:
			c.gather(cursors, alone)
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

// dense reports whether the cursors meet enough docs for the whole window to be looked through.
func dense(cursors []cursor) bool {
	postings, first, last := 0, uint32(math.MaxUint32), uint32(0)
	for i := range cursors {
		u := &cursors[i]
		postings += len(u.posts) - u.at
		first, last = min(first, u.posts[u.at].doc()), max(last, u.posts[len(u.posts)-1].doc())
	}
	return postings*16 >= int(last-first)
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
	base := uint32(math.MaxUint32)
	for i := range cursors {
		base = min(base, cursors[i].posts[cursors[i].at].doc())
	}
	base -= base % windowSize
	for i := range cursors {
		c.spread(&cursors[i], base)
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
	c.base = base
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

// gather does what fill does where docs are far apart: the window is a hash table.
func (c *scorer) gather(cursors []cursor, alone float64) {
	end, share := uint32(math.MaxUint32), windowSize/2/len(cursors)
	for i := range cursors {
		if u := &cursors[i]; u.at+share < len(u.posts) {
			end = min(end, u.posts[u.at+share].doc())
		}
	}
	taken := 0
	for i := range cursors {
		u := &cursors[i]
		for ; u.at < len(u.posts); u.at++ {
			p := u.posts[u.at]
			doc := p.doc()
			if doc >= end {
				break
			}
			at := doc * 0x9e3779b1 >> 21 % windowSize // Fibonacci hashing
			for c.window[at] != 0 && c.tags[at] != doc {
				at = (at + 1) % windowSize
			}
			if c.window[at] == 0 {
				c.tags[at] = doc
				c.places[taken] = uint16(at)
				taken++
			}
			c.window[at] += c.score(u, p)
		}
	}
	for _, at := range c.places[:taken] {
		if score := c.window[at]; score >= alone && c.admits(c.tags[at]) {
			c.rows = append(c.rows, candidate{c.tags[at], score})
		}
		c.window[at] = 0
	}
	if len(c.cursors) > len(cursors) {
		slices.SortFunc(c.rows, func(x, y candidate) int { return cmp.Compare(x.doc, y.doc) })
	}
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
