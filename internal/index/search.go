package index

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Defaults and limits of a query.
const (
	DefaultK      = 10
	MaxK          = 50
	DefaultPool   = 256
	MaxPool       = 4096
	MaxQueryBytes = MaxTextBytes
)

// Mode says which legs a search uses.
type Mode int

// The modes.
const (
	Hybrid  Mode = iota // both legs, as far as the query has a text and a vector
	Lexical             // BM25 alone
	Vector              // cosine alone
)

// Query is one search.
type Query struct {
	Text   string    // at most MaxQueryBytes
	Vector []float32 // embedding of Text; need not be of length one
	K      int       // hits wanted; 0: DefaultK; at most MaxK
	Pool   int       // candidates that each leg gives to the fusion; 0: DefaultPool; at most MaxPool
	Mode   Mode
	Filter Filter
	// Now is the present for recency; zero: recency plays no part.
	Now time.Time
	// LexicalWeight and VectorWeight weigh the legs in the fusion; 0 counts as 1. The lexical leg is also
	// weighed by the part of the query, in idf, that its best row has.
	LexicalWeight, VectorWeight float64
	// IncludeDuplicates gives near-duplicates of one kind a place each. Otherwise the best one takes the
	// place and the others stand in its Duplicates.
	IncludeDuplicates bool
}

// Hit is a row that was found. Its Vector is nil. Scopes and Labels are shared with the index: do not
// change them.
type Hit struct {
	Entry
	// Score is 0 to 1: the fused score of [Fuse] over the legs in use, of which up to a hundredth is
	// importance and recency (see Search).
	Score      float64
	BM25       float64  // 0: no term of the query, or not in the pool of that leg
	Cosine     float64  // -1 to 1; 0 also without vectors
	BM25Rank   int      // from 1; 0: not in the pool of that leg
	VectorRank int      // from 1; 0: not in the pool of that leg
	Duplicates []string // ids of the near-duplicates that it stands for, best first
}

// Importance and recency decide between rows that are equally relevant. Together they make up a hundredth
// of the score, less than the step from the first to the second place in a leg (1/61 to 1/62 is 1.6%), so
// a row that leads both legs stays first.
const (
	importanceShare = 0.005
	recencyShare    = 0.005
	recencyHalfLife = 30 * 24 * time.Hour
)

// scratch is the memory of one search.
type scratch struct {
	terms     []queryTerm
	selection selection
	scanner   scanner
	scorer    scorer
	lexical   top
	workers   []worker

	attainable float64 // see bm25
}

// Search returns up to K hits, best first; equal scores are ordered by id. Equal indexes give equal
// answers, to the bit, whatever the order in which they were filled.
//
// The score is the fused one, times 0.99, plus 0.005 times the importance, plus 0.005 times the recency
// (both times the fused score): recency is 1 for what occurred now and halves every 30 days.
//
// Only rows that hold a term of the query, or whose cosine is above 0, are found. It fails with an [Error]
// on a query without text and vector (or without the one that Mode needs), a value over a limit, and a
// vector of another length than those of the rows the caller sees.
func (ix *Index) Search(q Query) ([]Hit, error) {
	vector, err := q.check()
	if err != nil {
		return nil, err
	}
	s := ix.scratches.Get().(*scratch)
	defer func() {
		s.release()
		ix.scratches.Put(s)
	}()
	s.terms = s.terms[:0]
	if q.Mode != Vector {
		t := ix.tokenisers.Get().(*Tokeniser)
		s.terms = t.query(s.terms, q.Text)
		ix.tokenisers.Put(t)
	}
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	ix.sel(&s.selection, &q.Filter)
	if err := ix.fits(&s.selection, vector); err != nil {
		return nil, err
	}
	for {
		hits, more := ix.search(s, &q, s.terms, vector)
		if len(hits) >= q.K || !more {
			return hits, nil
		}
		// The pool was full of near-duplicates: look further down.
		q.Pool *= 4
	}
}

// check applies the defaults and returns the vector at length one.
func (q *Query) check() ([]float32, error) {
	const op = "search"
	if q.K == 0 {
		q.K = DefaultK
	}
	if q.Pool == 0 {
		q.Pool = DefaultPool
	}
	switch {
	case q.Mode < Hybrid || q.Mode > Vector:
		return nil, refuse(op, "Mode", ErrInvalid, "%d", q.Mode)
	case q.K < 0 || q.K > MaxK:
		return nil, refuse(op, "K", ErrLimit, "%d is not in 1 to %d", q.K, MaxK)
	case q.Pool < 0 || q.Pool > MaxPool:
		return nil, refuse(op, "Pool", ErrLimit, "%d is not in 1 to %d", q.Pool, MaxPool)
	case len(q.Text) > MaxQueryBytes:
		return nil, refuse(op, "Text", ErrLimit, "%d bytes, at most %d", len(q.Text), MaxQueryBytes)
	case q.Mode == Lexical && q.Text == "", q.Mode == Hybrid && q.Text == "" && len(q.Vector) == 0:
		return nil, refuse(op, "Text", ErrInvalid, "empty")
	case q.Mode == Vector && len(q.Vector) == 0:
		return nil, refuse(op, "Vector", ErrInvalid, "empty")
	case !(q.LexicalWeight >= 0 && q.LexicalWeight <= 1000):
		return nil, refuse(op, "LexicalWeight", ErrInvalid, "%v is not in 0 to 1000", q.LexicalWeight)
	case !(q.VectorWeight >= 0 && q.VectorWeight <= 1000):
		return nil, refuse(op, "VectorWeight", ErrInvalid, "%v is not in 0 to 1000", q.VectorWeight)
	}
	q.Pool = max(q.Pool, q.K)
	if q.Mode == Lexical {
		return nil, nil
	}
	return unit(op, q.Vector)
}

// fits compares the length of the query vector with that of the vectors that the caller sees. Rows out of
// sight do not show here either.
func (ix *Index) fits(sel *selection, vector []float32) error {
	if vector == nil || len(vector) == ix.dim {
		return nil
	}
	for _, n := range sel.halves {
		if len(ix.half(n).vectors.docs) > 0 {
			return refuse("search", "Vector", ErrDimension, "%d components, not %d", len(vector), ix.dim)
		}
	}
	return nil
}

// search ranks with the pool of q. more reports whether a larger pool could give more hits.
func (ix *Index) search(s *scratch, q *Query, terms []queryTerm, vector []float32) (hits []Hit, more bool) {
	s.lexical.reset(ix, q.Pool)
	workers := 0
	var wg sync.WaitGroup
	if vector != nil && len(vector) == ix.dim {
		s.scanner.prepare(ix, &s.selection, vector, q.Pool)
		workers = s.scanner.workers()
		for len(s.workers) < workers {
			s.workers = append(s.workers, worker{})
		}
		for w := range workers {
			s.workers[w].top.reset(ix, q.Pool)
		}
		s.scanner.start(s.workers[:workers], &wg)
	}
	ix.bm25(s, terms)
	lexical := s.lexical.sorted()
	var nearest []candidate
	if workers > 0 {
		s.scanner.run(&s.workers[0])
		wg.Wait()
		for w := 1; w < workers; w++ {
			for _, c := range s.workers[w].top.kept {
				s.workers[0].top.offer(c)
			}
		}
		nearest = s.workers[0].top.sorted()
	}
	var legs []Leg[uint32]
	lexicalLeg, vectorLeg := -1, -1
	if len(terms) > 0 {
		lexicalLeg = len(legs)
		legs = append(legs, Leg[uint32]{Weight: weight(q.LexicalWeight) * s.coverage(lexical), Ranked: scored(lexical)})
	}
	if vector != nil {
		vectorLeg = len(legs)
		legs = append(legs, Leg[uint32]{Weight: q.VectorWeight, Ranked: scored(nearest)})
	}
	fused := fuse(RankConstant, legs)
	ix.settle(fused, q)
	found := make([]*doc, 0, q.K)
	for _, f := range fused {
		d := ix.docs[f.ID]
		if !q.IncludeDuplicates {
			if i := slices.IndexFunc(found, d.repeats); i >= 0 {
				hits[i].Duplicates = append(hits[i].Duplicates, d.entry.ID)
				continue
			}
		}
		if len(hits) == q.K {
			continue
		}
		h := Hit{Entry: d.entry, Score: f.Score}
		if lexicalLeg >= 0 && f.Ranks[lexicalLeg] > 0 {
			h.BM25Rank = f.Ranks[lexicalLeg]
			h.BM25 = lexical[h.BM25Rank-1].score
		}
		if vectorLeg >= 0 {
			h.VectorRank = f.Ranks[vectorLeg]
			if v := ix.vector(d); v != nil && len(v) == len(vector) {
				h.Cosine = max(-1, min(1, float64(ix.dot(vector, v))))
			}
		}
		hits, found = append(hits, h), append(found, d)
	}
	return hits, len(lexical) == q.Pool || len(nearest) == q.Pool
}

// coverage is how much of the query the best row of the lexical leg answers, 0 to 1. It weighs the leg:
// ranks say nothing of it, and where the telling words of a query occur nowhere (a typing error, a synonym)
// the order of the rows that share the others would count as much as that of the vectors. With it fusion
// keeps up with its better leg (see TestFusionDoesNotLoseToItsBestLeg).
func (s *scratch) coverage(lexical []candidate) float64 {
	if len(lexical) == 0 {
		return 1 // asked in vain: that still lowers the scores, as Fuse says
	}
	return min(1, lexical[0].score/s.attainable)
}

func scored(cs []candidate) []Scored[uint32] {
	out := make([]Scored[uint32], len(cs))
	for i, c := range cs {
		out[i] = Scored[uint32]{c.doc, c.score}
	}
	return out
}

// settle adds importance and recency and puts the rows into their final order.
func (ix *Index) settle(fused []Fused[uint32], q *Query) {
	for i := range fused {
		e := &ix.docs[fused[i].ID].entry
		bonus := importanceShare * e.Importance
		if !q.Now.IsZero() && !e.Occurred.IsZero() {
			age := max(0, q.Now.Sub(e.Occurred))
			bonus += recencyShare * math.Exp2(-float64(age)/float64(recencyHalfLife))
		}
		fused[i].Score *= 1 - importanceShare - recencyShare + bonus
	}
	slices.SortFunc(fused, func(x, y Fused[uint32]) int {
		if c := cmp.Compare(y.Score, x.Score); c != 0 {
			return c
		}
		return cmp.Compare(ix.docs[x.ID].entry.ID, ix.docs[y.ID].entry.ID)
	})
}

// repeats reports whether the doc is a near-duplicate of a better one of the same kind. Facts are short and differ in
// their values, of which the words may tell nothing, as of C, C++ and C#: only the same text repeats one.
func (d *doc) repeats(better *doc) bool {
	if d.entry.Kind != better.entry.Kind {
		return false
	}
	if d.entry.Kind == record.KindAttribute || d.entry.Kind == record.KindRelation {
		return d.entry.Text == better.entry.Text
	}
	return d.print.duplicates(better.print)
}

// release drops what a pooled scratch must not keep alive.
func (s *scratch) release() {
	clear(s.terms)
	s.scorer.release()
	s.scanner.query = nil
	clear(s.scanner.slabs[:cap(s.scanner.slabs)])
	for i := range s.workers {
		kept := s.workers[i].sieve.kept
		clear(kept[:cap(kept)])
	}
}
