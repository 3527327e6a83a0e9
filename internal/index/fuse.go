package index

import (
	"cmp"
	"math"
	"slices"
)

// What vectors weigh beside words, in standard deviations of either.
const (
	semanticWeight = 0.4
	spellingWeight = 0.4
)

// Bounds of cosines: what unrelated texts reach, and what says the same.
const (
	semanticFloor = 0.35
	spellingFloor = 0.25
)

// union is the rows of both legs, each once.
func (ix *Index) union(s *scratch, lexical, nearest []candidate) []uint32 {
	s.seen = s.seen.sized(len(ix.docs))
	s.candidates = s.candidates[:0]
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

// plain ranks rows by one leg.
func (ix *Index) plain(s *scratch, leg []candidate, cosine bool) {
	s.units, s.docs = s.units[:0], s.docs[:0]
	for _, c := range leg {
		s.docs = append(s.docs, c.doc)
	}
	for i, c := range leg {
		u := passage{docs: s.docs[i : i+1 : i+1], lead: c.doc, found: true, score: c.score, words: int(ix.docs[c.doc].length)}
		if cosine {
			u.cosine, u.why.Vectors = c.score, c.score
		} else {
			u.lexical, u.why.Words = c.score, c.score
		}
		s.units = append(s.units, u)
	}
	if cosine || s.attainable == 0 {
		return
	}
	ix.weights(s)
	n := len(s.asked)
	for i := range s.units {
		for t, w := range s.weights[i*n : (i+1)*n] {
			if w > 0 {
				s.units[i].covered += s.asked[t].weight * s.asked[t].idf / s.attainable
			}
		}
	}
}

// fuse adds the scores of words and vectors, each in standard deviations of the candidates, in the measure of words.
func (ix *Index) fuse(s *scratch, q *Query, words, vectors float64, vector []float32) {
	use := vector != nil && len(vector) == ix.dim && vectors > 0
	var lex, cos moments
	for i := range s.units {
		u := &s.units[i]
		if len(u.docs) == 0 {
			continue
		}
		ix.leadOf(s, u)
		lex.add(u.lexical)
		if use {
			u.cosine = -1
			for _, id := range u.docs {
				if v := ix.vector(ix.docs[id]); v != nil {
					u.cosine = max(u.cosine, float64(ix.dot(vector, v)))
				}
			}
			if u.cosine == -1 {
				u.cosine = 0
			}
			cos.add(u.cosine)
		}
	}
	for i := range s.units {
		u := &s.units[i]
		u.score = words * u.lexical
		if words == 0 {
			u.why = Why{}
		}
		if use && cos.deviation() > 0 {
			scale := lex.deviation()
			if scale == 0 || words == 0 {
				scale = 1
			}
			u.why.Vectors = vectors * scale * (u.cosine - cos.least) / cos.deviation()
			u.score += u.why.Vectors
		}
	}
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

// leadOf chooses the row of a unit that stands for it: of those that the filter lets through, the one with most of the question.
func (ix *Index) leadOf(s *scratch, u *passage) {
	best := -1.0
	for _, id := range u.docs {
		if s.selection.perRow && !s.selection.allowed.has(id) {
			continue
		}
		own := 0.0
		if len(u.docs) > 1 {
			own = ix.own(s, ix.docs[id])
		}
		if own > best {
			best, u.lead, u.found = own, id, true
		}
	}
}

// own is what a row scores by its own words.
func (ix *Index) own(s *scratch, d *doc) float64 {
	row := s.carried[:len(s.asked)]
	clear(row)
	s.lookup.occurrences(d, row)
	norm, sum := lengthNorm(int(d.length), s.average()), 0.0
	for t, tf := range row {
		if tf > 0 {
			sum += s.asked[t].weight * s.asked[t].idf * (k1 + 1) * tf / (tf + norm)
		}
	}
	return sum
}

// results puts the units into order and makes hits of the best.
func (ix *Index) results(s *scratch, q *Query, vector []float32) []Hit {
	s.units = slices.DeleteFunc(s.units, func(u passage) bool { return !u.found || u.score <= 0 })
	for i := range s.units {
		u := &s.units[i]
		e := &ix.docs[u.lead].entry
		bonus := importanceShare * e.Importance
		if !q.Now.IsZero() && !e.Occurred.IsZero() {
			age := max(0, q.Now.Sub(e.Occurred))
			bonus += recencyShare * math.Exp2(-float64(age)/float64(recencyHalfLife))
		}
		u.why.Prior = u.score * (bonus - importanceShare - recencyShare)
		u.score += u.why.Prior
	}
	slices.SortFunc(s.units, func(x, y passage) int {
		if c := cmp.Compare(y.score, x.score); c != 0 {
			return c
		}
		return cmp.Compare(ix.docs[x.lead].entry.ID, ix.docs[y.lead].entry.ID)
	})
	var hits []Hit
	found := make([]*doc, 0, q.K)
	scale := 0.0
	for i := range s.units {
		u := &s.units[i]
		d := ix.docs[u.lead]
		if !q.IncludeDuplicates && len(u.docs) == 1 {
			if i := slices.IndexFunc(found, d.repeats); i >= 0 {
				hits[i].Duplicates = append(hits[i].Duplicates, d.entry.ID)
				continue
			}
		}
		if len(hits) == q.K {
			continue
		}
		h := Hit{Entry: d.entry, Relevance: ix.relevance(q, u), BM25: u.why.Words, Cosine: u.cosine, Why: u.why}
		if len(hits) == 0 {
			scale = h.Relevance / u.score
		}
		h.Score = u.score * scale
		if len(u.docs) > 1 {
			for _, id := range u.docs {
				if !s.selection.perRow || s.selection.allowed.has(id) {
					h.Rows = append(h.Rows, ix.docs[id].entry.ID)
				}
			}
			found = append(found, nil)
		} else {
			found = append(found, d)
		}
		hits = append(hits, h)
	}
	return hits
}

// relevance is how much of the question a unit answers: the part of its words that it has, or how far its vector is beyond those
// of unrelated texts.
func (ix *Index) relevance(q *Query, u *passage) float64 {
	floor := spellingFloor
	if q.Semantic {
		floor = semanticFloor
	}
	return min(1, max(u.covered, (u.cosine-floor)/(1-floor), 0.01))
}
