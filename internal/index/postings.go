package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/sorted"
)

// posting says that a term occurs in a doc. The doc's length is repeated here, so that scoring reads
// nothing else per posting. Eight bytes.
type posting struct {
	doc    uint32
	tf     uint16
	length uint16
}

// list holds the postings of one term in one partition half, by ascending doc. Its length is the
// document frequency there.
type list struct {
	half  uint32
	posts []posting
}

// term is one word of the vocabulary with its lists, by ascending half.
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
}

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

// lookup returns the term's lists, or nil.
func (v *vocabulary) lookup(text string) *lists {
	if id, ok := v.ids[text]; ok {
		return &v.terms[id].lists
	}
	return nil
}

func findList(of *lists, half uint32) (sorted.Place, bool) {
	return of.Search(func(l *list) int { return cmp.Compare(l.half, half) })
}

func findPosting(posts []posting, doc uint32) (int, bool) {
	if n := len(posts); n > 0 && posts[n-1].doc < doc {
		return n, false // the usual case: docs arrive in ascending order
	}
	return slices.BinarySearchFunc(posts, doc, func(p posting, d uint32) int { return cmp.Compare(p.doc, d) })
}

// add puts p into the term's list for half.
func (v *vocabulary) add(id, half uint32, p posting) {
	t := &v.terms[id]
	i, ok := findList(&t.lists, half)
	if !ok {
		t.lists.Insert(i, list{half: half, posts: []posting{p}})
		v.postings++
		return
	}
	l := t.lists.At(i)
	if at, _ := findPosting(l.posts, p.doc); at == len(l.posts) {
		l.posts = append(l.posts, p)
	} else {
		l.posts = slices.Insert(l.posts, at, p)
	}
	v.postings++
}

// remove takes the doc's posting out of the term's list for half and returns it.
func (v *vocabulary) remove(id, half, doc uint32) posting {
	t := &v.terms[id]
	i, _ := findList(&t.lists, half)
	l := t.lists.At(i)
	at, _ := findPosting(l.posts, doc)
	p := l.posts[at]
	l.posts = shrink(slices.Delete(l.posts, at, at+1))
	v.postings--
	v.tidy(id, i)
	return p
}

// removeDead drops every posting of a dead doc from the term's list for half: one pass, where single
// removals would move the rest of the list once each.
func (v *vocabulary) removeDead(id, half uint32, dead bitmap) {
	t := &v.terms[id]
	i, ok := findList(&t.lists, half)
	if !ok {
		return
	}
	l := t.lists.At(i)
	before := len(l.posts)
	l.posts = shrink(slices.DeleteFunc(l.posts, func(p posting) bool { return dead.has(p.doc) }))
	v.postings -= before - len(l.posts)
	v.tidy(id, i)
}

// tidy drops list i of the term when it is empty, and the term when that was its last list.
func (v *vocabulary) tidy(id uint32, i sorted.Place) {
	t := &v.terms[id]
	if len(t.lists.At(i).posts) > 0 {
		return
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
