package index

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// Token is a token with what kind of form it is, for the reference of the embedder.
type Token struct {
	Text       string
	Also, Stop bool
}

// Analyse returns the tokens of a text as a Tokeniser without a memory gives them.
func Analyse(text string) []Token {
	var out []Token
	for _, t := range NewTokeniser().analyse(text) {
		out = append(out, Token{t.text, t.also, t.stop})
	}
	return out
}

// Spaceless reports whether a token begins with a letter of a script without spaces.
func Spaceless(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return spaceless(r)
}

// Found is a row of the lexical leg.
type Found struct {
	ID    string
	Score float64
}

// LexicalLeg runs the lexical leg of a search alone, appends its best q.Pool rows to dst, and returns with them
// what s.attainable is.
func LexicalLeg(ix *Index, q Query, dst []Found) ([]Found, float64) {
	s := ix.scratches.Get().(*scratch)
	t := ix.tokenisers.Get().(*Tokeniser)
	s.terms = t.query(s.terms, q.Text)
	ix.tokenisers.Put(t)
	ix.sel(&s.selection, &q.Filter)
	s.lexical.reset(ix, q.Pool)
	ix.weigh(s, s.terms)
	ix.bm25(s)
	for _, c := range s.lexical.sorted() {
		dst = append(dst, Found{ix.docs[c.doc].entry.ID, c.score})
	}
	s.release()
	ix.scratches.Put(s)
	return dst, s.attainable
}

// Plain is the yardstick of the lexical leg: a loop over the same postings, an array of sums and a heap.
type Plain struct {
	lists   [][]posting
	rows    int
	average float64
	top     top
	sums    []float64
}

// NewPlain unpacks the postings of the terms of a text, all of them.
func NewPlain(ix *Index, text string, sums []float64) *Plain {
	p := &Plain{sums: sums}
	var s selection
	ix.sel(&s, &Filter{})
	p.rows, p.average = s.rows, float64(s.length)/float64(s.rows)
	for _, t := range NewTokeniser().query(nil, text) {
		var out []posting
		if id, ok := ix.vocab.ids[t.text]; ok {
			for l := range ix.vocab.terms[id].lists.All() {
				for _, x := range l.posts {
					out = append(out, ix.vocab.unpack(id, x, ix.docs[x.doc()].length))
				}
			}
		}
		p.lists = append(p.lists, out)
	}
	p.top.ix = ix
	return p
}

// Run finds the best rows.
func (p *Plain) Run(ix *Index, size int) int {
	p.top.reset(ix, size)
	for _, list := range p.lists {
		factor := idf(float64(p.rows), float64(len(list))) * (k1 + 1)
		for _, x := range list {
			p.sums[x.doc] += factor * saturation(int(x.tf), lengthNorm(int(x.length), p.average))
		}
	}
	for doc, sum := range p.sums {
		if sum > 0 {
			p.top.offer(candidate{uint32(doc), sum})
		}
	}
	clear(p.sums)
	return len(p.top.sorted())
}

// K1 and B are the parameters of BM25.
const (
	K1 = k1
	B  = b
)

// CheckPostings reports the first list that is not in order, or whose extremes do not bound its postings.
func CheckPostings(ix *Index) error {
	many := 0
	for id, t := range ix.vocab.terms {
		for l := range t.lists.All() {
			for i, p := range l.posts {
				d := ix.docs[p.doc()]
				full := ix.vocab.unpack(uint32(id), p, d.length)
				if p.tf() == manyTimes {
					many++
				}
				switch {
				case i > 0 && l.posts[i-1].doc() >= p.doc():
					return fmt.Errorf("%q: doc %d after %d", t.text, p.doc(), l.posts[i-1].doc())
				case ix.vocab.lengths[p.doc()] != uint8(min(d.length, longDoc)):
					return fmt.Errorf("doc %d: length %d, kept %d", p.doc(), d.length, ix.vocab.lengths[p.doc()])
				case l.reach == 0 && len(l.posts) > longList:
					return fmt.Errorf("%q: a long list without extremes", t.text)
				case l.reach == 0:
					continue
				}
				if e := ix.vocab.reaches[l.reach-1]; e.most < full.tf || e.shortest[p.tf()] > full.length {
					return fmt.Errorf("%q: %+v is outside %+v", t.text, full, e)
				}
			}
		}
	}
	if many != len(ix.vocab.many) {
		return fmt.Errorf("%d large counts, %d kept", many, len(ix.vocab.many))
	}
	return nil
}

// ReadQuery returns how many terms a query has and how many tokens of it were read for them.
func ReadQuery(text string) (terms, tokens int) {
	t := NewTokeniser()
	return len(t.query(nil, text)), len(t.out)
}

// FormAndSum is the form of images, and a sum of what an index holds of its texts, which have to be put in the order of their ids.
func FormAndSum(ix *Index) string {
	h := fnvOffset
	add := func(x uint64) { h = (h ^ x) * fnvPrime }
	for _, d := range ix.docs {
		add(uint64(d.length))
		add(d.print.sequence)
		if long := d.print.long; long != nil {
			add(long.sim ^ long.facts)
		}
		for i, t := range d.terms {
			h = hashString(h, ix.vocab.terms[t].text)
			add(uint64(d.counts[i]))
		}
		for _, x := range newEmbedding(DefaultDimension).embed(d.entry.Text) {
			add(uint64(int64(math.Round(float64(x) * 100)))) // platforms round in their own ways
		}
	}
	return fmt.Sprintf("form %d: %x", imageForm, h)
}
