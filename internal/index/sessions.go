package index

import (
	"cmp"
	"slices"
)

// A session scores what its best passage does, the mean of its best few, and what it has of each term of the question anywhere.
const (
	// topPassages is of how many the mean is; 2, 5 and 6 find no more.
	topPassages = 3
	// anywhere is the weight of the terms: .714 NDCG@10 of sessions in the half for tuning, and .708 without.
	anywhere = 2
)

// sessions leaves of the ranked passages of each session the best one, with the score of the session.
func (ix *Index) sessions(s *scratch, q *Query) {
	if q.Sessions == nil {
		return
	}
	slices.SortFunc(s.ranked, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.passage, b.passage))
	})
	type group struct {
		best, count int
		sum         float64
		terms       []float64 // the most that a passage has of each
	}
	n := len(s.asked)
	words, _ := q.weights(s)
	if q.Mode != Hybrid || words == 0 {
		n = 0 // a leg knows rows alone
	}
	var groups []group
	of := map[string]int{} // place of a session in groups
	for _, r := range s.ranked {
		session := ix.docs[s.passages[r.passage].lead].entry.Session
		at, known := of[session]
		if !known {
			at = len(groups)
			groups = append(groups, group{best: r.passage, terms: make([]float64, n)})
			if session != "" && q.Sessions(session) {
				of[session] = at
			}
		}
		if g := &groups[at]; g.count < topPassages {
			g.count++
			g.sum += r.score
		}
		for t, w := range s.weights[r.passage*n : (r.passage+1)*n] {
			groups[at].terms[t] = max(groups[at].terms[t], w)
		}
	}
	s.ranked = s.ranked[:0]
	for _, g := range groups {
		p := &s.passages[g.best]
		p.score += g.sum / topPassages
		for _, w := range g.terms {
			p.score += anywhere * words * w
		}
		s.ranked = append(s.ranked, ranked{p.score, g.best})
	}
}
