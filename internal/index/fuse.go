package index

import (
	"math"
	"math/bits"
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

// union makes candidates of the rows of both legs, each once.
func (ix *Index) union(s *scratch, lexical, nearest []candidate) {
	for _, id := range s.candidates {
		s.seen.unset(id) // of the search before: the others are so already
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

// plain makes a ranking of one leg, row by row. See more.
func (ix *Index) plain(s *scratch, leg []candidate) {
	s.leg = leg
	s.passages = slices.Grow(s.passages[:0], len(leg)) // what points to a passage stays valid
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

// cover finds out how much of the question a row of a leg has the words of.
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

// fuse adds the scores of words and vectors. Both are measured in their standard deviations over the passages, and the sum in that of
// the words: of vectors counts how far they are beyond those of unrelated texts, or the least.
//
// A row of the one leg can lie behind any number of the other. So the passage that leads the leg of the larger weight, words where
// they are equal, has a place of its own: where K is 2 or more it is a hit, the last if its score gives it no better place, however far
// behind the best it is. Only MinRelevance leaves it out, and a better near-copy takes its place. With K 1 the best sum is the hit.
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

// orOne is a deviation to divide by, or by which to multiply: 1 where all are alike but for the last digits.
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

// priors add importance and recency to the scores of the passages that were found, and make a heap of them with the best at the root.
// Of the rows of a single leg it has those that may be the best.
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
	prior := importanceShare*e.Importance - importanceShare - recencyShare
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

// more ranks the rows of a leg that may come before what is ranked, and reports whether anything is. A prior takes something away from
// a score or leaves it as it is, but for rounding.
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

// repeated is the share of the score of the last hit down to which near-duplicates of the hits are looked for.
const repeated = 0.8

// results makes hits of the best passages. It is done where worse ones could not change them.
func (ix *Index) results(s *scratch, q *Query) (hits []Hit, done bool) {
	ix.priors(s, q)
	hits = make([]Hit, 0, min(q.K, len(s.ranked)+len(s.leg)))
	found := s.found[:0] // what each hit is a single row of
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
	// The leader, until it has its place. It needs none where a hit, or what would be the next, is a better near-copy.
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
			done = true // further down there is hardly any that has more
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

// folds reports whether a passage would be one of the near-copies that another one stands for.
func (ix *Index) folds(q *Query, better, p *passage) bool {
	d := ix.single(p)
	return d != nil && !q.IncludeDuplicates && d.repeats(ix.single(better))
}

// single is the row of a passage of one; nil of several.
func (ix *Index) single(p *passage) *doc {
	if len(p.docs) > 1 {
		return nil
	}
	return ix.docs[p.lead]
}
