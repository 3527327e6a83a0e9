package index

import (
	"math"
	"slices"
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

// weights are those of the legs.
func (q *Query) weights(s *scratch) (words, vectors float64) {
	switch {
	case q.Mode == Lexical:
		return 1, 0
	case q.Mode == Vector:
		return 0, 1
	case q.Words > 0 || q.Vectors > 0:
		return q.Words, q.Vectors
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
		scale = vectors * orOne(lex.deviation()*words) / orOne(cos.deviation())
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

func orOne(x float64) float64 {
	if x == 0 {
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

// moments are those of the scores of a leg.
type moments struct{ n, sum, squares, least float64 }

func (m *moments) add(x float64) {
	if m.n == 0 || x < m.least {
		m.least = x
	}
	m.n++
	m.sum += x
	m.squares += x * x
}

func (m *moments) deviation() float64 {
	if m.n == 0 {
		return 0
	}
	mean := m.sum / m.n
	return math.Sqrt(max(0, m.squares/m.n-mean*mean))
}

// priors add importance and recency to the scores of the passages that were found, and make a heap of them with the best at the root.
func (ix *Index) priors(s *scratch, q *Query) {
	s.ranked = s.ranked[:0]
	for i := range s.passages {
		p := &s.passages[i]
		if !p.found || p.score <= 0 || p.lexical == 0 && p.cosine <= 0 {
			continue
		}
		e := &ix.docs[p.lead].entry
		prior := importanceShare*e.Importance - importanceShare - recencyShare
		if !q.Now.IsZero() && !e.Occurred.IsZero() {
			age := max(0, q.Now.Sub(e.Occurred))
			prior += recencyShare * math.Exp2(-float64(age)/float64(recencyHalfLife))
		}
		p.why.Prior = p.score * prior
		p.score += p.why.Prior
		s.ranked = append(s.ranked, ranked{p.score, i})
	}
	for i := len(s.ranked)/2 - 1; i >= 0; i-- {
		ix.sink(s, i)
	}
}

// ranked is a passage by its score.
type ranked struct {
	score   float64
	passage int
}

// best takes the best passage out of the heap: by score, and by id.
func (ix *Index) best(s *scratch) *passage {
	p := &s.passages[s.ranked[0].passage]
	last := len(s.ranked) - 1
	s.ranked[0] = s.ranked[last]
	s.ranked = s.ranked[:last]
	ix.sink(s, 0)
	return p
}

func (ix *Index) sink(s *scratch, i int) {
	h := s.ranked
	before := func(a, b ranked) bool {
		if a.score != b.score {
			return a.score > b.score
		}
		return ix.byName(s.passages[a.passage].lead, s.passages[b.passage].lead) < 0
	}
	for {
		next := 2*i + 1
		if next+1 < len(h) && before(h[next+1], h[next]) {
			next++
		}
		if next >= len(h) || !before(h[next], h[i]) {
			return
		}
		h[i], h[next] = h[next], h[i]
		i = next
	}
}

// repeated is the share of the score of the last hit down to which near-duplicates of the hits are looked for.
const repeated = 0.8

// results makes hits of the best passages. It is done where worse ones could not change them.
func (ix *Index) results(s *scratch, q *Query) (hits []Hit, done bool) {
	ix.priors(s, q)
	var found []*doc // what each hit is a single row of
	scale, cut, last := 0.0, 0.0, 0.0
	for len(s.ranked) > 0 {
		p := ix.best(s)
		if p.score < cut || len(hits) == q.K && p.score < repeated*last {
			return hits, true
		}
		d := ix.docs[p.lead]
		single := d
		if len(p.docs) > 1 {
			single = nil
		}
		if single != nil && !q.IncludeDuplicates {
			if i := slices.IndexFunc(found, d.repeats); i >= 0 {
				hits[i].Duplicates = append(hits[i].Duplicates, d.entry.ID)
				continue
			}
		}
		if len(hits) == q.K {
			done = true
			continue
		}
		h := Hit{Entry: d.entry, Relevance: s.relevance(p), BM25: p.why.Words, Cosine: p.cosine, Why: p.why}
		if len(hits) == 0 {
			scale, cut = h.Relevance/p.score, ix.cut(s, q, p, h.Relevance)*p.score
		}
		if h.Relevance < q.MinRelevance {
			continue
		}
		h.Score = p.score * scale
		if single == nil {
			for _, id := range p.docs {
				if !s.selection.perRow || s.selection.allowed.has(id) {
					h.Rows = append(h.Rows, ix.docs[id].entry.ID)
				}
			}
		}
		hits, found, last = append(hits, h), append(found, single), p.score
	}
	return hits, done
}
