package index

import "slices"

// Scores order the answers to one question and say nothing of another. How much of its question a row answers does: relevance, from
// 0 to 1, is the part of the question that the row has the words of, or how far its vector stands out. A word of the question is
// covered by any of its forms. It says the more the rarer it is; one that no row has says most.
//
// The figures are of package spectrontest/evaluate, without the one and with it: the area under the curve of the questions of its
// corpus that are answered in the first ten against those that nothing answers, in the half for tuning and the held one, and against
// questions of other worlds. 0.5 is chance.
const (
	// beforehand is how many rows without any of the question's words are counted beside those that a caller sees: in a store of a
	// few rows, a word that one of them has would be as common as "the".
	beforehand = 50
	// commonly is what words count that are common in English. Near misses .84 / .77 -> .86 / .80, other worlds .985 / .963 -> .986 / .970.
	commonly = 0.3
	// nearly is what a word counts that only a neighbour of the row has.
	nearly = 0.5
	// thatDay is how much of what its words leave open a turn answers that was said on the day, or in the month, asked for. Near misses
	// .858 / .800 -> .870 / .799, other worlds .989 / .975 -> .995 / .977.
	thatDay = 0.5
)

// says is how much of a question one of its words is. A name under which turns are spoken is as common as those turns: it says who
// is asked, of whom all of these turns are, and little of what is asked. Near misses .78 / .72 -> .84 / .77.
func (a *asked) says(rows float64) float64 {
	w := idf(rows+beforehand, min(rows, float64(a.df+a.spoken)))
	if a.common {
		w *= commonly
	}
	return w
}

// clearCover begins with another passage.
func (s *scratch) clearCover() { s.cover = zeroed(s.cover, 2*len(s.says)) }

// covers notes that the passage in hand has a term of the query, or a part of it. The other forms of a word, such as the parts of an
// identifier, together stand for half of it.
func (s *scratch) covers(a *asked, part float64) {
	if a.beside {
		return // it is no part of the question
	}
	if !a.also {
		s.cover[a.word] = max(s.cover[a.word], part)
		return
	}
	s.cover[len(s.says)+a.word] += alsoWeight * part * a.share
}

// covered is the part of the question that the passage in hand has the words of.
func (s *scratch) covered() (sum float64) {
	if s.whole == 0 {
		return 0
	}
	for i, says := range s.says {
		sum += says * max(s.cover[i], s.cover[len(s.says)+i])
	}
	return sum / s.whole
}

// Cosines of unrelated texts differ with the embedder, so a vector stands out against those of the question's other candidates: what
// the row behind the nearest sixteen reaches, where there are enough to tell. With an embedder that knows synonyms, .039 of the
// questions of other worlds are answered with confidence; against the middle one of all that are near it is .059.
const (
	enoughToTell = 32
	beyond       = 16
	unrelated    = 0.35 // where there are fewer
	misspelled   = 0.1  // of the built-in one, which knows of spelling alone: what texts that have nothing in common reach by chance
)

// background sets the cosine that unrelated texts reach.
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

// relevance is how much of the question a passage answers.
func (s *scratch) relevance(p *passage) float64 {
	r := max(0, min(1, max(p.covered, (p.cosine-s.unrelated)/max(0.1, 1-s.unrelated))))
	if p.echo {
		r *= echoShare
	}
	return r
}

// What is far behind the best is left out: it costs whoever reads the hits more than it is worth.
const (
	// Of conversations a fifth of the best score, and of the best relevance: the one without the other lets turns through that have
	// many common words, or one rare one. It costs .003 of the evidence and saves a tenth of the words (.674 -> .671, 397 -> 360 tokens);
	// a quarter of the score alone cost .007 and saved as much, and 250 tokens are not to be had for less than .04.
	cutTalk = 0.2
	// Of short statements, cutFact of it where the best one is short as well and answers mostAnswered of the question: what says less
	// of it is about something else. Where it answers less, nobody knows what is meant, and the cut is nearer to that of conversations.
	// Of 80 pointed questions in a store of fifty statements, 75 had all that answers them and nothing else, in place of 58, with a
	// precision of .92 in place of .74; anything from .75 to .85, and from .6 to .8, does as well.
	cutFact      = 0.8
	mostAnswered = 0.7
	statement    = 25 // words
)

// cuts are the shares of the best score below which nothing is a hit.
type cuts struct{ talk, statements float64 }

// cutsAt says how far behind the best passage others may be. Of sessions none is left out for that, as
// the best passage of one says little of the rest: .904 of the sessions with evidence are among the first ten in the half for tuning, and .873 with cuts.
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

// spelledAlike is the cosine of the built-in embedder from which a sentence may have a word that is misspelled in the question; sentences
// that have nothing in common reach a hundredth.
const spelledAlike = 0.05

// leaveOut drops the hits that answer too little of the question beside the best, but for one to keep, and reports whether there were
// any.
func (q *Query) leaveOut(hits []Hit, keep string) ([]Hit, bool) {
	if q.All || q.Mode != Hybrid {
		return hits, false
	}
	best, n := 0.0, len(hits)
	for i := range hits {
		best = max(best, hits[i].Relevance)
	}
	hits = slices.DeleteFunc(hits, func(h Hit) bool {
		// What has no word of the question, nor one that is spelled like it, has nothing to do with it.
		return h.Relevance == 0 && h.Cosine < spelledAlike && !q.Semantic || q.Sessions == nil && h.Relevance < cutTalk*best && h.ID != keep
	})
	return hits, len(hits) < n
}

// isStatement reports whether a passage says one thing and no more, such as a fact or a short note.
func (p *passage) isStatement() bool { return !p.talk && p.words <= statement }

// at is the score below which a passage is no hit.
func (c cuts) at(p *passage) float64 {
	if p.isStatement() {
		return c.statements
	}
	return c.talk
}
