package index

import "slices"

// Scores order the answers to one question and cannot be compared between questions. Relevance can: from 0 to 1, it is the part of the
// question (by idf) that the words of a row cover, or how far its vector stands out. Any form of a word covers it. Rare words count more;
// a word that no row has counts most.
//
// The figures in this file come from package spectrontest/evaluate and are given without and with each part. They are areas under the ROC
// curve (0.5 is chance): questions that the first ten hits answer against near misses (questions that nothing answers, in the tuned half
// and the held half) and against questions of other worlds.
const (
	// beforehand is a number of rows without any word of the question. They are added to the visible rows when idf is computed, because in
	// a store of a few rows each word would be as common as "the".
	beforehand = 50
	// commonly is the factor for common English words. Near misses .84 / .77 -> .86 / .80, other worlds .985 / .963 -> .986 / .970.
	commonly = 0.3
	// nearly is the factor for a word that only a neighbour of the row has.
	nearly = 0.5
	// thatDay is the part of the uncovered rest that a turn of the day or month in question covers. Near misses
	// .858 / .800 -> .870 / .799, other worlds .989 / .975 -> .995 / .977.
	thatDay = 0.5
)

// says returns the weight of a word in its question. The name of a speaker is as common as the turns of that speaker: it says who is
// meant, and little about the topic. Near misses .78 / .72 -> .84 / .77.
func (a *asked) says(rows float64) float64 {
	w := idf(rows+beforehand, min(rows, float64(a.df+a.spoken)))
	if a.common {
		w *= commonly
	}
	return w
}

// clearCover resets the cover for the next passage.
func (s *scratch) clearCover() { s.cover = zeroed(s.cover, 2*len(s.says)) }

// covers records that the current passage has a term of the query, or a part of it. The other forms of a word, such as the parts of an
// identifier, together cover half of it.
func (s *scratch) covers(a *asked, part float64) {
	if a.beside {
		return // the question does not have it
	}
	if !a.also {
		s.cover[a.word] = max(s.cover[a.word], part)
		return
	}
	s.cover[len(s.says)+a.word] += alsoWeight * part * a.share
}

// covered returns the part of the question that the words of the current passage cover.
func (s *scratch) covered() (sum float64) {
	if s.whole == 0 {
		return 0
	}
	for i, says := range s.says {
		sum += says * max(s.cover[i], s.cover[len(s.says)+i])
	}
	return sum / s.whole
}

// Cosines of unrelated texts depend on the embedder. So a vector is compared with the other candidates of the question: the 17th nearest
// row is taken for unrelated, if there are that many. With an embedder that knows synonyms, .039 of the questions of other worlds get a
// confident answer; with the median of the candidates as background, .059.
const (
	enoughToTell = 32
	beyond       = 16
	unrelated    = 0.35 // with fewer candidates
	misspelled   = 0.1  // for the built-in embedder, which knows spelling alone: unrelated texts reach this by chance
)

// background computes the cosine of unrelated texts.
func (s *scratch) background(q *Query, nearest []candidate) {
	switch {
	case !q.Semantic:
		s.unrelated = misspelled
	case len(nearest) >= enoughToTell:
		s.unrelated = nearest[beyond].score
	default:
		s.unrelated = unrelated
	}
}

// relevance returns the relevance of a passage.
func (s *scratch) relevance(p *passage) float64 {
	r := max(0, min(1, max(p.covered, (p.cosine-s.unrelated)/max(0.1, 1-s.unrelated))))
	if p.echo {
		r *= echoShare
	}
	return r
}

// Passages far behind the best are dropped: they cost the reader more than they are worth.
const (
	// For conversations: a fifth of the best score and a fifth of the best relevance. The score alone would keep turns with many common
	// words, relevance alone turns with one rare word. It costs .003 of the evidence and saves a tenth of the tokens (.674 -> .671, 397 ->
	// 360). A quarter of the score alone cost .007 and saved as much; 250 tokens would cost .04.
	cutTalk = 0.2
	// For short statements: cutFact of the best, if the best is short too and covers mostAnswered of the question. Statements that cover
	// less are about something else. If the best covers less, the meaning is uncertain and the cut is lower. Of 80 questions about one fact
	// in a store of fifty statements, 75 got exactly the statements that answer them (58 without the cut), with a precision of .92 (.74
	// without). Values from .75 to .85 for cutFact, and from .6 to .8 for mostAnswered, do as well.
	cutFact      = 0.8
	mostAnswered = 0.7
	statement    = 25 // words
)

// cuts are fractions of the best score; passages below them are no hits.
type cuts struct{ talk, statements float64 }

// cutsAt returns the cuts. Sessions are not cut, because the best passage of a session says little about the rest: .904 of the sessions
// with evidence are in the first ten of the tuned half, .873 with cuts.
func (q *Query) cutsAt(best *passage, relevance float64) cuts {
	c := cuts{cutTalk, cutTalk}
	switch {
	case q.All || q.Mode != Hybrid || q.Sessions != nil:
		return cuts{}
	case best.isStatement():
		c.statements += (cutFact - cutTalk) * min(1, relevance/mostAnswered)
	}
	return c
}

func (c cuts) of(score float64) cuts { return cuts{c.talk * score, c.statements * score} }

// spelledAlike is the cosine of the built-in embedder from which a row may match a misspelled word of the question; unrelated sentences
// reach about 0.01.
const spelledAlike = 0.05

// leaveOut drops the hits below the cuts, except for keep, and reports whether it dropped any.
func (q *Query) leaveOut(hits []Hit, keep string) ([]Hit, bool) {
	if q.All || q.Mode != Hybrid {
		return hits, false
	}
	best, n := 0.0, len(hits)
	for i := range hits {
		best = max(best, hits[i].Relevance)
	}
	hits = slices.DeleteFunc(hits, func(h Hit) bool {
		// A row without a word of the question, or a word with a similar spelling, is unrelated.
		return h.Relevance == 0 && h.Cosine < spelledAlike && !q.Semantic || q.Sessions == nil && h.Relevance < cutTalk*best && h.ID != keep
	})
	return hits, len(hits) < n
}

// isStatement reports whether a passage is a single short statement, such as a fact or a note.
func (p *passage) isStatement() bool { return !p.talk && p.words <= statement }

// at returns the score below which a passage is no hit.
func (c cuts) at(p *passage) float64 {
	if p.isStatement() {
		return c.statements
	}
	return c.talk
}
