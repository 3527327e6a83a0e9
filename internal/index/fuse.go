package index

import (
	"math"
	"math/bits"
	"slices"
)

// The weights of vectors; words have 1. Scores of both legs are measured in their standard deviations over the candidates. Reciprocal
// rank fusion uses ranks alone and was worse than words alone with every embedder: a row at rank 45 in both legs beat the first row of
// either leg.
const (
	// semanticWeight is for semantic embedders.
	semanticWeight = 0.4
	// spellingWeight is for the built-in embedder, for the part of the question whose words no row has. The built-in embedder finds
	// typing errors, compounds and inflected forms. Where words match, it only adds noise.
	spellingWeight = 0.4
)

// weights returns the weights of the legs. Only the ratio of the caller's weights counts: the larger becomes 1.
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

// union collects the rows of both legs as candidates, each row once.
func (ix *Index) union(s *scratch, lexical, nearest []candidate) {
	for _, id := range s.candidates {
		s.seen.unset(id) // set by the previous search
	}
	s.seen, s.candidates = s.seen.grown(len(ix.docs)), s.candidates[:0]
	for _, leg := range [][]candidate{lexical, nearest} {
		for _, c := range leg {
			if !s.seen.has(c.doc) {
				s.seen.set(c.doc)
				s.candidates = append(s.candidates, c.doc)
			}
		}
	}
}

// plain ranks the rows of one leg. See more.
func (ix *Index) plain(s *scratch, leg []candidate) {
	s.leg = leg
	s.passages = slices.Grow(s.passages[:0], len(leg)) // pointers to passages stay valid
	s.alone = slices.Grow(s.alone[:0], len(leg))
}

// row adds the next row of a leg to the passages.
func (ix *Index) row(s *scratch, q *Query) {
	c := s.leg[0]
	s.leg = s.leg[1:]
	s.alone = append(s.alone, c.doc)
	n := len(s.alone)
	s.passages = append(s.passages, passage{docs: s.alone[n-1 : n : n], lead: c.doc, found: true, score: c.score, words: int(ix.docs[c.doc].length)})
	p := &s.passages[n-1]
	if q.Mode == Vector {
		p.cosine, p.why.Vectors = c.score, c.score
	} else {
		p.lexical, p.why.Words = c.score, c.score
	}
}

// cover computes which part of the question the words of a row cover.
func (ix *Index) cover(s *scratch, p *passage) {
	s.carried = zeroed(s.carried, len(s.asked))
	s.lookup.occurrences(ix.docs[p.lead], s.carried)
	s.clearCover()
	for t, tf := range s.carried {
		if tf > 0 {
			s.covers(&s.asked[t], 1)
		}
	}
	p.covered = s.covered()
}

// fuse adds the scores of words and vectors. Both are divided by their standard deviation over the passages, and the sum is multiplied by
// the deviation of the words. A cosine counts by its distance from the cosine of unrelated texts, or from the smallest one.
//
// The first row of one leg can rank behind many rows of the other. So the passage that leads the leg with the larger weight (words, if
// the weights are equal) is always a hit if K is at least 2: the last hit, unless its score gives it a better rank. Only MinRelevance can
// drop it, and a better near-duplicate can replace it. With K 1 the best sum wins.
func (ix *Index) fuse(s *scratch, q *Query, words, vectors float64, vector []float32) {
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
		p.hush()
	}
	ix.mergeFactsWithWords(s, q)
}

// orOne returns a deviation, or 1 if it is zero up to rounding.
func orOne(x float64) float64 {
	if x < 1e-3 {
		return 1
	}
	return x
}

func (w Why) times(by float64) Why {
	return Why{
		w.Words * by, w.Neighbours * by, w.Speaker * by, w.Dates * by, w.Questions * by, w.Verbosity * by, w.Facts * by, w.Vectors * by, w.Prior * by,
	}
}

// nearest returns the largest cosine of the rows of a passage.
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

// moments computes the mean and the deviation of the scores of a leg. The results do not depend on the order of the scores, not even in
// the last digit: otherwise the digits of an answer would reveal which passages belong together.
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

// priors adds importance and recency to the scores of the passages that were found, and makes a heap of them with the best at the root.
// For a single leg the heap has only the rows that can be the best.
func (ix *Index) priors(s *scratch, q *Query) {
	s.ranked, s.leader = s.ranked[:0], nil
	words, vectors := q.weights(s)
	s.byCosine = words < vectors
	for i := range s.passages {
		ix.prior(s, q, i)
	}
	if q.Sessions != nil {
		for len(s.leg) > 0 {
			ix.row(s, q)
			ix.prior(s, q, len(s.passages)-1)
		}
	}
	ix.sessions(s, q)
	for i := len(s.ranked)/2 - 1; i >= 0; i-- {
		ix.sink(s, i)
	}
	ix.more(s, q)
}

// prior ranks a passage if it was found.
func (ix *Index) prior(s *scratch, q *Query, i int) {
	p := &s.passages[i]
	if !p.found || p.lexical == 0 && p.cosine <= 0 {
		return
	}
	e := &ix.docs[p.lead].entry
	importance := e.Importance
	if q.Importance != nil && e.Turn == "" {
		importance = q.Importance(e.ID, importance)
	}
	prior := importanceShare*importance - importanceShare - recencyShare
	if occurred := e.Occurred(); !q.Now.IsZero() && !occurred.IsZero() {
		age := max(0, q.Now.Sub(occurred))
		prior += recencyShare * math.Exp2(-float64(age)/float64(recencyHalfLife))
	}
	p.why.Prior = p.score * prior
	p.score += p.why.Prior
	s.ranked = append(s.ranked, ranked{p.score, i})
	if ix.leads(s, p) {
		s.leader = p
	}
}

// leads reports whether a passage is better in the leg of the larger weight than the leader so far.
func (ix *Index) leads(s *scratch, p *passage) bool {
	leg := func(p *passage) float64 {
		if s.byCosine {
			return p.cosine
		}
		return p.lexical
	}
	l := s.leader
	switch {
	case leg(p) <= 0:
		return false
	case l == nil || leg(p) != leg(l):
		return l == nil || leg(p) > leg(l)
	}
	return p.score > l.score || p.score == l.score && ix.compareIDs(p.lead, l.lead) < 0
}

// more ranks the rows of a leg that can rank before the ranked ones, and reports whether the heap has a row. A prior never raises a
// score, except by rounding.
func (ix *Index) more(s *scratch, q *Query) bool {
	for len(s.leg) > 0 && (len(s.ranked) == 0 || s.leg[0].score*(1+1e-12) >= s.ranked[0].score) {
		ix.row(s, q)
		ix.prior(s, q, len(s.passages)-1)
		ix.rise(s)
	}
	return len(s.ranked) > 0
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

func (ix *Index) before(s *scratch, a, b ranked) bool {
	if a.score != b.score {
		return a.score > b.score
	}
	return ix.compareIDs(s.passages[a.passage].lead, s.passages[b.passage].lead) < 0
}

// sink restores the heap below a place.
func (ix *Index) sink(s *scratch, i int) {
	h := s.ranked
	for {
		next := 2*i + 1
		if next+1 < len(h) && ix.before(s, h[next+1], h[next]) {
			next++
		}
		if next >= len(h) || !ix.before(s, h[next], h[i]) {
			return
		}
		h[i], h[next] = h[next], h[i]
		i = next
	}
}

// rise restores the heap above its last place.
func (ix *Index) rise(s *scratch) {
	h := s.ranked
	for i := len(h) - 1; i > 0 && ix.before(s, h[i], h[(i-1)/2]); i = (i - 1) / 2 {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
	}
}

// repeated is the fraction of the last hit's score down to which near-duplicates of the hits are collected.
const repeated = 0.8

// results turns the best passages into hits. It stops where lower passages could not change them.
func (ix *Index) results(s *scratch, q *Query) (hits []Hit, done bool) {
	ix.priors(s, q)
	hits = make([]Hit, 0, min(q.K, len(s.ranked)+len(s.leg)))
	found := s.found[:0] // by hit: its single row
	defer func() { s.found = found }()
	repeats := func(p *passage) int {
		d := ix.single(p)
		if d == nil || q.IncludeDuplicates {
			return -1
		}
		for i, better := range found {
			if d.repeats(better) {
				return i
			}
		}
		return -1
	}
	relevance := func(p *passage) float64 {
		if q.Mode == Lexical && p.covered == 0 {
			ix.cover(s, p)
		}
		return s.relevance(p)
	}
	add := func(p *passage) {
		hits = append(hits, Hit{Score: p.score, Relevance: relevance(p), BM25: p.why.Words, Cosine: p.cosine, Why: p.why})
		h := &hits[len(hits)-1]
		h.Entry = ix.entry(ix.docs[p.lead])
		for _, id := range p.stands {
			h.Duplicates = append(h.Duplicates, ix.docs[id].entry.ID)
		}
		if ix.single(p) == nil {
			for _, id := range p.docs {
				if s.selection.admits(id) {
					h.Rows = append(h.Rows, ix.docs[id].entry.ID)
				}
			}
		}
		found = append(found, ix.single(p))
	}
	// The leader, until it is a hit. It is not needed if a hit, or the next candidate, is a better near-duplicate of it.
	leader := s.leader
	if q.K == 1 || leader != nil && relevance(leader) < q.MinRelevance {
		leader = nil
	}
	leads := leader
	cut, last := cuts{}, 0.0
	for begun := false; ix.more(s, q); begun = true {
		p := ix.best(s)
		if !begun {
			cut = q.cutsAt(p, relevance(p)).of(p.score)
		}
		if p.score < min(cut.talk, cut.statements) || len(hits) == q.K && p.score < repeated*last {
			done = true
			break
		}
		if p.score < cut.at(p) && p != leader {
			done = true
			continue
		}
		if of := repeats(p); of >= 0 {
			if ix.docs[p.lead].entry.ID != hits[of].ID {
				hits[of].Duplicates = append(hits[of].Duplicates, ix.docs[p.lead].entry.ID)
			}
			continue
		}
		if len(hits) == q.K || relevance(p) < q.MinRelevance {
			done = true // lower passages hardly ever cover more
			continue
		}
		last = p.score
		if p != leader && leader != nil && len(hits) == q.K-1 && repeats(leader) < 0 && !ix.folds(q, p, leader) {
			p, done = leader, true
		}
		if p == leader {
			leader = nil
		}
		add(p)
	}
	if leader != nil && len(hits) < q.K && repeats(leader) < 0 {
		add(leader)
	}
	keep := ""
	if leads != nil {
		keep = ix.docs[leads.lead].entry.ID
	}
	hits, left := q.leaveOut(hits, keep)
	if len(hits) > 0 && hits[0].Score > 0 {
		best := hits[0].Score
		for i := range hits {
			hits[i].Score = hits[0].Relevance * (hits[i].Score / best)
		}
	}
	return hits, done || left
}

// folds reports whether a passage is a near-duplicate that another passage represents.
func (ix *Index) folds(q *Query, better, p *passage) bool {
	d := ix.single(p)
	return d != nil && !q.IncludeDuplicates && d.repeats(ix.single(better))
}

// single returns the row of a passage with one row; nil for several rows.
func (ix *Index) single(p *passage) *doc {
	if len(p.docs) > 1 {
		return nil
	}
	return ix.docs[p.lead]
}
