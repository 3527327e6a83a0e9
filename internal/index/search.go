package index

import (
	"slices"
	"sync"
	"time"
)

// Defaults and limits of a query.
const (
	DefaultK      = 10
	MaxK          = 500 // several pages of a question
	DefaultPool   = 128 // of a hybrid search; with one leg four times K
	MaxPool       = 4096
	MaxQueryBytes = MaxTextBytes
	MaxWeight     = 1000
)

// Mode says which legs a search uses.
type Mode int

// The modes.
const (
	Hybrid  Mode = iota // both legs, if the query has a text and a vector
	Lexical             // BM25 only
	Vector              // cosine only
)

// Query is one search.
type Query struct {
	Text   string    // at most MaxQueryBytes
	Terms  *Terms    // of Text, as returned by [Index.Terms]; nil: computed by Search
	Vector []float32 // embedding of Text, of any length in space
	K      int       // maximum number of hits; 0: DefaultK; at most MaxK
	Pool   int       // candidates of each leg; 0: DefaultPool; at most MaxPool
	Mode   Mode
	Filter Filter
	// Now is the present for recency; zero: recency is ignored.
	Now time.Time
	// Words and Vectors are the weights of a hybrid search; both 0: chosen by Semantic.
	Words, Vectors float64
	// Semantic says that the vectors represent meaning. Vectors that represent only spelling are used only if no row has a word of
	// the query.
	Semantic bool
	// Beside are words that the requested rows also have, in addition to Text. They help to find an answer but are not part of the
	// question.
	Beside string
	// Dates are the dates in the question. Seeks are the kinds of answers that it asks for.
	Dates []Date
	Seeks Answers
	// Sessions selects the sessions whose rows form one hit; nil: none. It must not write to the index.
	Sessions func(session string) bool
	// Asks says that Text is a question: a turn with the same words asked it as well.
	Asks bool
	// Without disables signals.
	Without []Signal
	// Origin returns the ids of the rows with the words of a fact, in order; nil: unknown. It must not write to the index.
	Origin func(fact string) []string
	// Outdated returns in the same way the rows with the words of the values that a fact superseded.
	Outdated func(fact string) []string
	// Importance returns the importance of a row in place of the given one; nil: the given one. It must not write to the index.
	Importance func(id string, of float64) float64
	// MinRelevance drops hits that answer less of the question.
	MinRelevance float64
	// All keeps hits far behind the best.
	All bool
	// Weak reports whether hits are insufficient: then the search is repeated once with twice DefaultPool. It is called only if
	// that can find other hits; nil: hits are always sufficient.
	Weak func([]Hit) bool
	// Candidates receives the number of rows among which the hits were chosen; nil: nobody asks.
	Candidates *int
	// Whole leaves Hit.Parts empty.
	Whole bool
	// IncludeDuplicates returns near-duplicates of one kind as hits of their own. Otherwise the best is a hit, and the others are
	// its Duplicates.
	IncludeDuplicates bool
}

func (q *Query) without(s Signal) bool { return slices.Contains(q.Without, s) }

// Hit is a found row. Its Vector is nil. Scopes and Labels are shared with the index: do not change them.
type Hit struct {
	Entry
	Score      float64 // 0 to 1: the Relevance of the best hit; other hits in proportion
	Relevance  float64 // 0 to 1: how much of the question the row answers
	BM25       float64 // of the row's own words; 0: it has no term of the query
	Cosine     float64 // -1 to 1; 0 also without vectors
	Why        Why
	Rows       []string // ids of the rows that form the hit, in their order, including this row; nil: this row only
	Duplicates []string // ids of its near-duplicates, best first
	Parts      []Part   // the parts of its rows that answer the question, in their order; nil: all
}

// Importance and recency order rows of equal relevance. Together they are a hundredth of the score.
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

	asked      []asked
	lookup     lookup
	attainable float64   // see weigh
	missing    float64   // the part of it that no row has
	says       []float64 // by word of the query: see weigh
	whole      float64   // sum of says
	cover      []float64 // by word of the query
	unrelated  float64   // see background

	passages []passage
	leg      []candidate // of a search with one leg: rows that are not passages yet, best first
	ranked   []ranked
	byCosine bool                  // vectors have the larger weight
	leader   *passage              // see fuse
	found    []*doc                // see results
	alone    []uint32              // candidates outside conversations
	talks    map[*conversation]int // their positions in touched
	touched  []*conversation       // conversations of the other candidates
	heard    []*lane               // see onlyLane
	places   []uint64
	weights  []float64 // by passage and term
	borrowed []float64 // as weights
	carried  []float64 // by term

	seen       bitmap
	candidates []uint32
	told       map[uint32]uint32 // of facts: the row with its words
	outdated   map[uint32]bool   // rows with the words of values that a candidate fact superseded
	tellers    map[uint32]int    // of those rows: the number of their passage, if any
}

func newScratch() *scratch {
	return &scratch{talks: map[*conversation]int{}, told: map[uint32]uint32{}, tellers: map[uint32]int{}, outdated: map[uint32]bool{}}
}

// Search returns up to K hits, best first; equal scores are ordered by id. Equal indexes give equal results, to the bit, whatever
// the order in which they were filled.
//
// A hit is a passage: one row, the pieces of a turn, or the turns that one speaker typed in a row. Its score is the score of its
// words, vectors and other signals (see [Why]), times 0.99, plus 0.005 times the importance, plus 0.005 times the recency (both
// times the score). Recency is 1 for the present and halves every 30 days.
//
// Search finds only rows with a term of the query or a cosine above 0, and the neighbours of such turns. It fails with an [Error]
// if the query has neither text nor vector (or lacks the one that Mode needs), if a value exceeds a limit, or if the length of the
// vector differs from that of the rows that the caller sees.
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
	ix.terms(s, &q)
	ix.sel(&s.selection, &q.Filter)
	if err := ix.fits(&s.selection, vector); err != nil {
		return nil, err
	}
	ix.weigh(s, s.terms)
	hits, full := ix.enough(s, &q, vector)
	if full && q.Weak != nil && q.Weak(hits) {
		q.Pool = 2 * DefaultPool
		hits, _ = ix.enough(s, &q, vector)
	}
	return ix.excerpts(s, &q, hits), nil
}

// Terms are the search terms of a question. They depend on its text alone.
type Terms struct {
	terms []queryTerm
	words int // number of words; 0: the text is too long to be repeated by a turn
}

// Terms tokenises the text of a question.
func (ix *Index) Terms(text string) *Terms {
	t := ix.tokenisers.Get().(*Tokeniser)
	defer ix.tokenisers.Put(t)
	out := &Terms{terms: t.query(make([]queryTerm, 0, 12), text)}
	if len(text) <= longestEcho {
		out.words = t.words(text, len(out.terms))
	}
	return out
}

// terms puts the terms of a query into s.terms.
func (ix *Index) terms(s *scratch, q *Query) {
	s.terms = s.terms[:0]
	if q.Mode == Vector {
		q.Terms = &Terms{}
		return
	}
	if q.Terms == nil {
		q.Terms = ix.Terms(q.Text)
	}
	s.terms = append(s.terms, q.Terms.terms...)
	if q.Beside != "" {
		t := ix.tokenisers.Get().(*Tokeniser)
		s.terms = t.beside(s.terms, q.Beside)
		ix.tokenisers.Put(t)
	}
}

// enough repeats the ranking with larger pools until it has enough hits or a larger pool gives no more: a pool may be full of
// near-duplicates. full reports whether another pool than the first could have given other hits.
func (ix *Index) enough(s *scratch, q *Query, vector []float32) (hits []Hit, full bool) {
	hits, full, more := ix.search(s, q, vector)
	for len(hits) < q.K && more {
		q.Pool *= 4
		hits, _, more = ix.search(s, q, vector)
	}
	return hits, full
}

// check applies the defaults and returns the vector at length one.
func (q *Query) check() ([]float32, error) {
	const op = "search"
	if q.K == 0 {
		q.K = DefaultK
	}
	if q.Pool == 0 {
		q.Pool = DefaultPool
		if q.Mode != Hybrid {
			// There is nothing to fuse. Importance and recency move a row by a few places only. With 256 such a search of 10,000
			// rows takes two to three times as long.
			q.Pool = 4 * q.K
		}
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
	case !(q.Words >= 0 && q.Words <= MaxWeight):
		return nil, refuse(op, "Weights.Words", ErrInvalid, "%v is not in 0 to %d", q.Words, MaxWeight)
	case !(q.Vectors >= 0 && q.Vectors <= MaxWeight):
		return nil, refuse(op, "Weights.Vectors", ErrInvalid, "%v is not in 0 to %d", q.Vectors, MaxWeight)
	case !(q.MinRelevance >= 0 && q.MinRelevance <= 1):
		return nil, refuse(op, "MinRelevance", ErrInvalid, "%v is not in 0 to 1", q.MinRelevance)
	}
	q.Pool = max(q.Pool, q.K)
	if q.Mode == Lexical {
		return nil, nil
	}
	return unit(op, q.Vector)
}

// fits compares the length of the query vector with that of the vectors that the caller sees, so that hidden rows do not show here
// either.
func (ix *Index) fits(sel *selection, vector []float32) error {
	if vector == nil || len(vector) == ix.dim {
		return nil
	}
	for _, n := range sel.segments {
		if len(ix.segment(n).vectors.docs) > 0 {
			return refuse("search", "Vector", ErrDimension, "%d components, not %d", len(vector), ix.dim)
		}
	}
	return nil
}

// search ranks with the pool of q. full reports whether a leg filled it, so that a larger pool could give other hits. more reports
// whether it could give additional hits.
func (ix *Index) search(s *scratch, q *Query, vector []float32) (hits []Hit, full, more bool) {
	words, vectors := q.weights(s)
	var lexical, nearest []candidate
	scan := vector != nil && len(vector) == ix.dim && vectors > 0
	var wg sync.WaitGroup
	workers := 0
	if scan {
		workers = ix.startScan(s, q, vector, &wg)
	}
	if len(s.terms) > 0 && words > 0 {
		s.lexical.reset(ix, q.Pool)
		ix.bm25(s)
		lexical = s.lexical.sorted()
	}
	if scan {
		nearest = ix.endScan(s, workers, &wg)
	}
	s.background(q, nearest)
	full = len(lexical) == q.Pool || len(nearest) == q.Pool
	compared := 0
	switch q.Mode {
	case Lexical:
		compared = len(lexical)
		ix.plain(s, lexical)
	case Vector:
		compared = len(nearest)
		ix.plain(s, nearest)
	default:
		if !scan {
			vector = nil
		}
		s.leg = nil
		ix.union(s, lexical, nearest)
		ix.origins(s, q)
		compared = len(s.candidates)
		ix.collectPassages(s, q, s.candidates)
		ix.rank(s, q)
		ix.fuse(s, q, words, vectors, vector)
	}
	if q.Candidates != nil {
		*q.Candidates = compared
	}
	hits, done := ix.results(s, q)
	return hits, full, full && !done
}

// startScan starts to compare the vectors, on several cores, and returns the number of workers.
func (ix *Index) startScan(s *scratch, q *Query, vector []float32, wg *sync.WaitGroup) int {
	s.scanner.prepare(ix, &s.selection, vector, q.Pool)
	workers := s.scanner.workers()
	for len(s.workers) < workers {
		s.workers = append(s.workers, worker{})
	}
	for w := range workers {
		s.workers[w].top.reset(ix, q.Pool)
	}
	s.scanner.start(s.workers[:workers], wg)
	return workers
}

// endScan returns the nearest rows, nearest first.
func (ix *Index) endScan(s *scratch, workers int, wg *sync.WaitGroup) []candidate {
	s.scanner.run(&s.workers[0])
	wg.Wait()
	for w := 1; w < workers; w++ {
		for _, c := range s.workers[w].top.kept {
			s.workers[0].top.offer(c)
		}
	}
	return s.workers[0].top.sorted()
}

// repeats reports whether the doc is a near-duplicate of a better doc of the same kind and speaker: the same words of two people
// are two statements. Facts are short and differ in their values, which may be almost equal as words, such as C, C++ and C#. So
// only an equal text repeats a fact, and an ended fact does not represent a current one.
func (d *doc) repeats(better *doc) bool {
	if better == nil || d.print.differs(better.print) || d.entry.Kind != better.entry.Kind || d.entry.Speaker != better.entry.Speaker || d.entry.Role != better.entry.Role {
		return false
	}
	if d.entry.states() {
		return d.entry.Text == better.entry.Text && d.entry.until.IsZero() == better.entry.until.IsZero()
	}
	return d.print.Duplicates(better.print)
}

// release drops references that a pooled scratch must not keep alive.
func (s *scratch) release() {
	clear(s.terms)
	s.scorer.release()
	s.selection.release()
	s.scanner.query = nil
	clear(s.talks)
	clear(s.touched[:cap(s.touched)])
	clear(s.heard[:cap(s.heard)])
	s.leader = nil
	clear(s.found[:cap(s.found)])
	clear(s.asked[:cap(s.asked)])
	clear(s.passages)
	clear(s.scanner.slabs[:cap(s.scanner.slabs)])
	for i := range s.workers {
		kept := s.workers[i].prefilter.kept
		clear(kept[:cap(kept)])
	}
}
