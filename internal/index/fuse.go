package index

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// What vectors weigh beside words, in standard deviations of either over the candidates. Reciprocal rank fusion, which knows ranks
// alone, lost against words alone with every embedder: a row that is 45th in both legs beat the first of either.
const (
	// semanticWeight is for embedders that know of meaning.
	semanticWeight = 0.4
	// spellingWeight is for the built-in one, as far as no row has the words of the question: it finds typing errors, compounds and
	// inflected forms, and where the words are there it only disturbs.
	spellingWeight = 0.4
)

// weights are those of the legs. Of those that are given the ratio counts: the larger is 1.
func (q *Query) weights(s *scratch) (words, vectors float64) {
	switch {
	case q.Mode == Lexical:
		return 1, 0
	case q.Mode == Vector:
		return 0, 1
	case q.Words > 0 || q.Vectors > 0:
		most := max(q.Words, q.Vectors)
		return q.Words / most, q.Vectors / most
	case q.Semantic:
		return 1, semanticWeight
	case s.attainable == 0:
		return 1, spellingWeight
	}
	return 1, spellingWeight * s.missing / s.attainable
}

// union is the rows of both legs, each once.
func (ix *Index) union(s *scratch, lexical, nearest []candidate) []uint32 {
	s.seen, s.candidates = s.seen.sized(len(ix.docs)), s.candidates[:0]
	for _, leg := range [][]candidate{lexical, nearest} {
		for _, c := range leg {
			if !s.seen.has(c.doc) {
				s.seen.set(c.doc)
				s.candidates = append(s.candidates, c.doc)
			}
		}
	}
	return s.candidates
}

// plain makes a ranking of one leg, row by row.
func (ix *Index) plain(s *scratch, leg []candidate, q *Query) {
	s.passages, s.alone = s.passages[:0], s.alone[:0]
	for _, c := range leg {
		s.alone = append(s.alone, c.doc)
	}
	for i, c := range leg {
		p := passage{docs: s.alone[i : i+1 : i+1], lead: c.doc, found: true, score: c.score, words: int(ix.docs[c.doc].length)}
		if q.Mode == Vector {
			p.cosine, p.why.Vectors = c.score, c.score
		} else {
			p.lexical, p.why.Words = c.score, c.score
		}
		s.passages = append(s.passages, p)
	}
	if q.Mode == Vector || s.attainable == 0 {
		return
	}
	ix.weights(s)
	n := len(s.asked)
	for i := range s.passages {
		for t, w := range s.weights[i*n : (i+1)*n] {
			if w > 0 {
				s.passages[i].covered += s.asked[t].weight * s.asked[t].idf / s.attainable
			}
		}
	}
}

// fuse adds the scores of words and vectors. Both are measured in their standard deviations over the passages, and the sum in that of
// the words: of vectors counts how far they are beyond those of unrelated texts, or the least.
//
// A row of the one leg can lie behind any number of the other. So the passage that leads the leg of the larger weight, words where
// they are equal, has a place of its own: where K is 2 or more it is a hit, the last if its score gives it no better place, however far
// behind the best it is. Only MinRelevance leaves it out, and a better near-copy takes its place. With K 1 the best sum is the hit.
func (ix *Index) fuse(s *scratch, words, vectors float64, vector []float32) {
	var lex, cos moments
	for i := range s.passages {
		p := &s.passages[i]
		if len(p.docs) == 0 {
			continue
		}
		ix.leadOf(s, p)
		lex.add(p.lexical)
		if vector != nil {
			cos.add(ix.nearest(p, vector))
		}
	}
	scale, base := 0.0, min(cos.least, s.unrelated)
	if vector != nil {
		scale = vectors * orOne(lex.deviation()) / orOne(cos.deviation())
	}
	for i := range s.passages {
		p := &s.passages[i]
		if words == 0 {
			p.lexical, p.why = 0, Why{}
		}
		p.score = words * p.lexical
		if words != 1 && words > 0 {
			p.why = p.why.times(words)
		}
		if scale > 0 {
			p.why.Vectors = scale * (p.cosine - base)
			p.score += p.why.Vectors
		}
	}
}

// orOne is a deviation to divide by, or by which to multiply: 1 where all are alike but for the last digits.
func orOne(x float64) float64 {
	if x < 1e-3 {
		return 1
	}
	return x
}

func (w Why) times(by float64) Why {
	return Why{
		w.Words * by, w.Neighbours * by, w.Speaker * by, w.Dates * by, w.Questions * by, w.Verbosity * by, w.Vectors * by, w.Prior * by,
	}
}

// nearest is the largest cosine of the rows of a passage.
func (ix *Index) nearest(p *passage, vector []float32) float64 {
	p.cosine = 0
	for i, id := range p.docs {
		if v := ix.vector(ix.docs[id]); v != nil {
			if c := float64(ix.dot(vector, v)); i == 0 || c > p.cosine {
				p.cosine = max(-1, min(1, c))
			}
		}
	}
	return p.cosine
}

// moments are those of the scores of a leg. They are the same, to the last digit, in whatever order the scores come: otherwise the
// digits of an answer would tell which passages belong together.
type moments struct {
	n            float64
	least        float64
	sum, squares exact
}

func (m *moments) add(x float64) {
	if m.n == 0 || x < m.least {
		m.least = x
	}
	m.n++
	m.sum.add(x)
	m.squares.add(x * x)
}

func (m *moments) deviation() float64 {
	if m.n == 0 {
		return 0
	}
	mean := m.sum.float() / m.n
	return math.Sqrt(max(0, m.squares.float()/m.n-mean*mean))
}

// exact is a sum of multiples of 1/fraction, in 128 bits.
type exact struct{ high, low uint64 }

const fraction = 1 << 36

func (e *exact) add(x float64) {
	n := int64(max(-1<<62, min(1<<62, math.Round(x*fraction))))
	low, carry := bits.Add64(e.low, uint64(n), 0)
	e.low = low
	e.high += uint64(n>>63) + carry
}

func (e *exact) float() float64 { return (float64(int64(e.high))*(1<<64) + float64(e.low)) / fraction }

// order brings the passages that were found into their final order: by score, with importance and recency, and by id.
func (ix *Index) order(s *scratch, q *Query) {
	s.passages = slices.DeleteFunc(s.passages, func(p passage) bool { return !p.found || p.lexical == 0 && p.cosine <= 0 })
	for i := range s.passages {
		p := &s.passages[i]
		e := &ix.docs[p.lead].entry
		prior := importanceShare*e.Importance - importanceShare - recencyShare
		if !q.Now.IsZero() && !e.Occurred.IsZero() {
			age := max(0, q.Now.Sub(e.Occurred))
			prior += recencyShare * math.Exp2(-float64(age)/float64(recencyHalfLife))
		}
		p.why.Prior = p.score * prior
		p.score += p.why.Prior
	}
	slices.SortFunc(s.passages, func(x, y passage) int {
		if c := cmp.Compare(y.score, x.score); c != 0 {
			return c
		}
		return strings.Compare(ix.docs[x.lead].entry.ID, ix.docs[y.lead].entry.ID)
	})
}

// leader is the place of the passage that leads the heavier leg: see fuse. -1: there is none.
func (s *scratch) leader(q *Query) int {
	place, most := -1, 0.0
	words, vectors := q.weights(s)
	for i := range s.passages {
		leg := s.passages[i].lexical
		if words < vectors {
			leg = s.passages[i].cosine
		}
		if leg > most {
			place, most = i, leg
		}
	}
	return place
}

// results makes hits of the best passages. It is done where worse ones could not change them.
func (ix *Index) results(s *scratch, q *Query) (hits []Hit, done bool) {
	ix.order(s, q)
	var found []*doc // what each hit is a single row of
	repeats := func(d *doc) int {
		if d == nil || q.IncludeDuplicates {
			return -1
		}
		return slices.IndexFunc(found, d.repeats)
	}
	leader := s.leader(q)
	best, cut := &passage{}, 0.0
	for i := range s.passages {
		p := &s.passages[i]
		single := ix.single(p)
		if of := repeats(single); of >= 0 {
			hits[of].Duplicates = append(hits[of].Duplicates, ix.docs[p.lead].entry.ID)
			continue
		}
		if len(hits) == q.K || p.score < cut && i != leader {
			done = true
			continue
		}
		relevance := s.relevance(p)
		if relevance < q.MinRelevance {
			continue
		}
		if i < leader && q.K > 1 && len(hits) == q.K-1 { // the last place
			l := &s.passages[leader]
			if d := ix.single(l); s.relevance(l) >= q.MinRelevance && repeats(d) < 0 && (d == nil || q.IncludeDuplicates || !d.repeats(single)) {
				done = true
				continue
			}
		}
		if len(hits) == 0 {
			best, cut = p, ix.cut(s, q, p, relevance)*p.score
		}
		h := Hit{Entry: ix.docs[p.lead].entry, Relevance: relevance, BM25: p.why.Words, Cosine: p.cosine, Why: p.why}
		if best.score > 0 {
			h.Score = s.relevance(best) * (p.score / best.score)
		}
		if single == nil {
			for _, id := range p.docs {
				if !s.selection.perRow || s.selection.allowed.has(id) {
					h.Rows = append(h.Rows, ix.docs[id].entry.ID)
				}
			}
		}
		hits, found = append(hits, h), append(found, single)
	}
	return hits, done
}

// single is the row of a passage of one; nil of several.
func (ix *Index) single(p *passage) *doc {
	if len(p.docs) > 1 {
		return nil
	}
	return ix.docs[p.lead]
}
