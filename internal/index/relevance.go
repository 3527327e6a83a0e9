package index

import "slices"

// Scores order the answers to one question and say nothing of another. How much of its question a row answers does: relevance, from
// 0 to 1, is the part of the question, in idf, that the row has the words of; or how far its vector stands out.

// Cosines of unrelated texts differ with the embedder, so a vector stands out against those of the question's other candidates: the
// middle one of the nearest rows, where there are enough to tell.
const (
	enoughToTell  = 16
	unrelated     = 0.35 // where there are fewer, of an embedder that knows of meaning
	unrelatedByte = 0.25 // and of the built-in one
)

// background sets the cosine that unrelated texts reach.
func (s *scratch) background(q *Query, nearest []candidate) {
	switch {
	case len(nearest) >= enoughToTell:
		s.unrelated = nearest[len(nearest)/2].score
	case q.Semantic:
		s.unrelated = unrelated
	default:
		s.unrelated = unrelatedByte
	}
}

// relevance is how much of the question a passage answers.
func (s *scratch) relevance(p *passage) float64 {
	return max(0, min(1, max(p.covered, (p.cosine-s.unrelated)/max(0.1, 1-s.unrelated))))
}

// What is far behind the best is left out: it costs whoever reads the hits more than it is worth.
const (
	// Of conversations a quarter of the best score. It costs .004 of the evidence and saves a seventh of the words.
	cutTalk = 0.25
	// Where a short statement answers all of the question, and begins with what the question names, the question is about it. What
	// has less is about something else.
	cutFact      = 0.8
	answersAll   = 0.9
	statement    = 25 // words
	namesSubject = 3  // first words
)

// cut is the share of the best score below which nothing is a hit.
func (ix *Index) cut(s *scratch, q *Query, best *passage, relevance float64) float64 {
	if q.All || q.Mode != Hybrid {
		return 0
	}
	d := ix.docs[best.lead]
	if best.talk || best.words > statement || relevance < answersAll ||
		!slices.ContainsFunc(d.terms[:min(namesSubject, len(d.terms))], func(t uint32) bool { return s.lookup.find(t) >= 0 }) {
		return cutTalk
	}
	return cutFact
}
