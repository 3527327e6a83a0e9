package index

import "unicode/utf8"

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
	terms := t.query(q.Text)
	ix.tokenisers.Put(t)
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	ix.sel(&s.selection, &q.Filter)
	s.lexical.reset(ix, q.Pool)
	ix.bm25(s, terms)
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
	for _, t := range NewTokeniser().query(text) {
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
		factor := inverseDocumentFrequency(len(list), p.rows) * (k1 + 1)
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
