package index

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/sorted"
)

// posting says that a term occurs in a doc, how often, and how many words the doc has.
type posting struct {
	doc    uint32
	tf     uint16
	length uint16
}

// packed is a stored posting: the doc in the upper bits, the term frequency in the lower ones. Frequencies from
// manyTimes on are in vocabulary.many. The length is stored once per doc, in vocabulary.lengths.
type packed uint32

const (
	tfBits    = 4
	maxDocs   = 1 << (32 - tfBits)
	manyTimes = 1<<tfBits - 1
	longDoc   = math.MaxUint8
)

func pack(p posting) packed { return packed(p.doc<<tfBits | uint32(min(p.tf, manyTimes))) }

func (p packed) doc() uint32 { return uint32(p) >> tfBits }
func (p packed) tf() int     { return int(p & manyTimes) }

// list holds the postings of one term in one partition segment, by ascending doc. Its length is the
// document frequency there.
type list struct {
	segment uint32
	reach   uint32 // number of its extremes plus one; 0: it is short and has none
	posts   []packed
}

// longList is the number of postings from which a list has extremes.
const longList = 128

// extremes bound the scores of the postings of a list for any statistics. Insertions widen them. Removals leave
// them as they are: bounds that are too wide cost time, never a result.
type extremes struct {
	shortest [manyTimes + 1]uint16 // by tf: length of the shortest doc, or none
	most     uint16                // the highest tf
}

// none marks a tf that no posting has.
const none = math.MaxUint16

func (e *extremes) include(tf, length uint16) {
	at := &e.shortest[min(tf, manyTimes)]
	*at, e.most = min(*at, length, none-1), max(e.most, tf)
}

// term is one word of the vocabulary with its lists, by ascending segment.
type term struct {
	text  string
	lists lists
}

// lists are the lists of a term.
type lists = sorted.List[list]

// vocabulary interns terms and holds their postings. A term without postings is gone, and its number is
// used again.
type vocabulary struct {
	ids      map[string]uint32
	terms    []term
	free     []uint32
	postings int

	lengths []uint8            // by doc: its words, up to longDoc; a multiple of windowSize
	many    map[manyKey]uint16 // how often a doc has a term, from manyTimes on
	reaches []extremes
	unused  []uint32 // numbers of reaches
}

type manyKey struct{ term, doc uint32 }

// intern returns the number of the term, which it adds when it is new.
func (v *vocabulary) intern(text string) uint32 {
	if id, ok := v.ids[text]; ok {
		return id
	}
	text = strings.Clone(text) // a token is often a part of a much longer text
	var id uint32
	if n := len(v.free); n > 0 {
		id, v.free = v.free[n-1], v.free[:n-1]
		v.terms[id].text = text
	} else {
		id = uint32(len(v.terms))
		v.terms = append(v.terms, term{text: text})
	}
	v.ids[text] = id
	return id
}

func findList(of *lists, segment uint32) (sorted.Place, bool) {
	return of.Search(func(l *list) int { return cmp.Compare(l.segment, segment) })
}

func findPosting(posts []packed, doc uint32) (int, bool) {
	if n := len(posts); n > 0 && posts[n-1].doc() < doc {
		return n, false // the usual case: docs arrive in ascending order
	}
	return slices.BinarySearchFunc(posts, doc, func(p packed, d uint32) int { return cmp.Compare(p.doc(), d) })
}

// unpack is the reverse of pack. length is that of the doc.
func (v *vocabulary) unpack(id uint32, p packed, length uint16) posting {
	tf := uint16(p.tf())
	if tf == manyTimes {
		tf = v.many[manyKey{id, p.doc()}]
	}
	return posting{p.doc(), tf, length}
}

// add puts p into the term's list for segment.
func (v *vocabulary) add(id, segment uint32, p posting) {
	if p.tf >= manyTimes {
		v.many[manyKey{id, p.doc}] = p.tf
	}
	if n := int(p.doc) + 1 - len(v.lengths); n > 0 {
		n += windowSize - 1
		v.lengths = append(v.lengths, make([]uint8, n-n%windowSize)...)
	}
	v.lengths[p.doc] = uint8(min(p.length, longDoc))
	v.postings++
	t := &v.terms[id]
	i, ok := findList(&t.lists, segment)
	if !ok {
		t.lists.Insert(i, list{segment: segment, posts: []packed{pack(p)}})
		return
	}
	l := t.lists.At(i)
	if at, _ := findPosting(l.posts, p.doc); at == len(l.posts) {
		l.posts = append(l.posts, pack(p))
	} else {
		l.posts = slices.Insert(l.posts, at, pack(p))
	}
	switch {
	case l.reach > 0:
		v.reaches[l.reach-1].include(p.tf, p.length)
	case len(l.posts) >= longList:
		v.measure(id, l)
	}
}

// fill makes the postings of all docs, which have none.
func (v *vocabulary) fill(ix *Index) {
	v.lengths = make([]uint8, (len(ix.docs)+windowSize-1)/windowSize*windowSize)
	posts, counts := make([][]packed, len(v.terms)), make([]int, len(v.terms))
	var terms []uint32 // of the segment
	for n := range uint32(2 * len(ix.parts)) {
		h := ix.segment(n)
		terms = terms[:0]
		for _, id := range h.docs {
			for _, t := range ix.docs[id].terms {
				if counts[t]++; counts[t] == 1 {
					terms = append(terms, t)
				}
			}
		}
		for _, t := range terms {
			posts[t] = make([]packed, 0, counts[t])
		}
		for _, id := range h.docs { // in ascending order
			d := ix.docs[id]
			v.lengths[id] = uint8(min(d.length, longDoc))
			for i, t := range d.terms {
				p := posting{doc: id, tf: uint16(d.counts[i]), length: d.length}
				if p.tf >= manyTimes {
					v.many[manyKey{t, id}] = p.tf
				}
				posts[t] = append(posts[t], pack(p))
			}
		}
		for _, t := range terms {
			l := list{segment: n, posts: posts[t]}
			if v.postings += len(l.posts); len(l.posts) >= longList {
				v.measure(t, &l)
			}
			at, _ := findList(&v.terms[t].lists, n)
			v.terms[t].lists.Insert(at, l)
			posts[t], counts[t] = nil, 0
		}
	}
}

// measure gives the list the extremes of its postings as they are.
func (v *vocabulary) measure(id uint32, l *list) {
	if l.reach == 0 {
		if n := len(v.unused); n > 0 {
			l.reach, v.unused = v.unused[n-1]+1, v.unused[:n-1]
		} else {
			v.reaches = append(v.reaches, extremes{})
			l.reach = uint32(len(v.reaches))
		}
	}
	e := &v.reaches[l.reach-1]
	*e = extremes{}
	for i := range e.shortest {
		e.shortest[i] = none
	}
	for _, p := range l.posts {
		full := v.unpack(id, p, uint16(v.lengths[p.doc()])) // of a long doc less than its length: that is wide enough
		e.include(full.tf, full.length)
	}
}

// remove takes the doc's posting out of the term's list for segment.
func (v *vocabulary) remove(id, segment, doc uint32) { v.drop(id, v.cut(id, segment, doc)) }

// cut takes the doc's posting out of the term's list for segment and out of nothing else.
func (v *vocabulary) cut(id, segment, doc uint32) packed {
	i, _ := findList(&v.terms[id].lists, segment)
	l := v.terms[id].lists.At(i)
	at, _ := findPosting(l.posts, doc)
	p := l.posts[at]
	l.posts = shrink(slices.Delete(l.posts, at, at+1))
	v.tidy(id, i)
	return p
}

// drop forgets a posting that no list has any more.
func (v *vocabulary) drop(id uint32, p packed) {
	if p.tf() == manyTimes {
		delete(v.many, manyKey{id, p.doc()})
	}
	v.postings--
}

// move takes the doc's posting, of a text of length words, from one segment to another.
func (v *vocabulary) move(id, from, into, doc uint32, length uint16) {
	i, _ := findList(&v.terms[id].lists, from)
	posts := v.terms[id].lists.At(i).posts
	at, _ := findPosting(posts, doc)
	// Added before it is cut, so that the term keeps its number.
	v.add(id, into, v.unpack(id, posts[at], length))
	v.cut(id, from, doc)
	v.postings--
}

// removeDead drops every posting of a dead doc from the term's list for segment: one pass, where single
// removals would move the rest of the list once each.
func (v *vocabulary) removeDead(id, segment uint32, dead bitmap) {
	t := &v.terms[id]
	i, ok := findList(&t.lists, segment)
	if !ok {
		return
	}
	l := t.lists.At(i)
	l.posts = shrink(slices.DeleteFunc(l.posts, func(p packed) bool {
		gone := dead.has(p.doc())
		if gone {
			v.drop(id, p)
		}
		return gone
	}))
	if l.reach > 0 && len(l.posts) > 0 {
		v.measure(id, l)
	}
	v.tidy(id, i)
}

// tidy drops list i of the term when it is empty, and the term when that was its last list.
func (v *vocabulary) tidy(id uint32, i sorted.Place) {
	t := &v.terms[id]
	l := t.lists.At(i)
	if len(l.posts) > 0 {
		return
	}
	if l.reach > 0 {
		v.unused = append(v.unused, l.reach-1)
	}
	t.lists.Delete(i)
	if t.lists.Len() == 0 {
		delete(v.ids, t.text)
		*t = term{}
		v.free = append(v.free, id)
	}
}

// shrink gives memory back once three quarters of a slice are unused.
func shrink[T any](s []T) []T {
	if cap(s) > 64 && len(s) < cap(s)/4 {
		return append(make([]T, 0, 2*len(s)), s...)
	}
	return s
}

// bitmap is a set of docs.
type bitmap []uint64

func (b bitmap) has(doc uint32) bool { return b[doc>>6]&(1<<(doc&63)) != 0 }
func (b bitmap) set(doc uint32)      { b[doc>>6] |= 1 << (doc & 63) }
func (b bitmap) unset(doc uint32)    { b[doc>>6] &^= 1 << (doc & 63) }

// grown returns the set with room for n docs.
func (b bitmap) grown(n int) bitmap {
	words := (n + 63) / 64
	if words <= len(b) {
		return b
	}
	return append(b, make(bitmap, words+words/4-len(b))...)
}

// sized returns an empty set with room for n docs in b's memory where that suffices.
func (b bitmap) sized(n int) bitmap {
	words := (n + 63) / 64
	if cap(b) < words {
		return make(bitmap, words, words+words/4)
	}
	b = b[:words]
	clear(b)
	return b
}
