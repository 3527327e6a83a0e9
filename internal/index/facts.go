package index

import "github.com/spectron-go/spectron/internal/record"

// A fact and the turn that it was extracted from are two rows with one statement: "Alice lives in Rome" and Alice's "We moved to Rome in
// May". Each row borrows the words that it lacks from the other, and only one of the two becomes a hit.
const (
	// The factors for what a fact borrows from its turn, and a turn from its facts. They change nothing if a fact repeats the words of its
	// turn. Otherwise "Where does Alice live?" finds the turn through the fact.
	stated = 0.5
	tells  = 0.5
	// A fact contains the name of its entity. That name counts no more than the name of a turn's speaker, so a fact that matches by its
	// name alone ranks behind turns that match by content. Together with merging the pair into one hit: NDCG@10 .519 with extracted
	// facts, .498 without (.533 and .524 on the other half).
	nameInFact = 0.6
	// The factor for a turn whose value was superseded, unless the question is about the past. It changes no question of the corpus. It is
	// the same as for a turn that only asks: enough to rank the turn behind a turn with the same words and the current value.
	outdatedLoss = 0.8
	// besideWeight is the weight of words that expand the question; its own words have 1. Questions over several hops reach .570 / .533
	// with it and .549 / .519 without. With 1, rows that only identify the person rank before rows that answer: .563 / .532.
	besideWeight = 0.5
)

// states reports whether a row is a fact.
func (e *row) states() bool { return e.Kind == record.KindAttribute || e.Kind == record.KindRelation }

// origins adds the turns of the facts among the candidates to the candidates, if the filter selects them.
func (ix *Index) origins(s *scratch, q *Query) {
	clear(s.told)
	clear(s.outdated)
	if q.without(Facts) {
		return
	}
	rows := func(of func(string) []string, fact string, take func(uint32)) {
		if of == nil {
			return
		}
		for _, name := range of(fact) {
			if id, ok := ix.byID[name]; ok && s.selection.sees(id, ix.docs[id]) {
				take(id)
			}
		}
	}
	for _, id := range s.candidates {
		e := &ix.docs[id].entry
		if !e.states() {
			continue
		}
		rows(q.Origin, e.ID, func(teller uint32) {
			if _, told := s.told[id]; told {
				return
			}
			s.told[id] = teller
			if !s.seen.has(teller) {
				s.seen.set(teller)
				s.candidates = append(s.candidates, teller)
			}
		})
		rows(q.Outdated, e.ID, func(teller uint32) { s.outdated[teller] = true })
	}
}

// sees reports whether a row is visible and was known.
func (s *selection) sees(id uint32, d *doc) bool {
	return s.has(d.segment) && (!s.timed || s.known.has(id))
}

// tales calls f with the passage of each fact and the passage of its turn.
func (s *scratch) tales(f func(fact, words int)) {
	if len(s.told) == 0 {
		return
	}
	clear(s.tellers)
	for _, teller := range s.told {
		s.tellers[teller] = -1
	}
	for i := range s.passages {
		for _, id := range s.passages[i].docs {
			if _, ok := s.tellers[id]; ok {
				s.tellers[id] = i
			}
		}
	}
	for i := range s.passages {
		if p := &s.passages[i]; len(p.docs) == 1 {
			if teller, ok := s.told[p.docs[0]]; ok && s.tellers[teller] >= 0 {
				f(i, s.tellers[teller])
			}
		}
	}
}

// support computes what facts and their turns borrow from each other, for each of n terms.
func (s *scratch) support(n int) {
	s.tales(func(f, w int) {
		fact, words := s.weights[f*n:(f+1)*n], s.weights[w*n:(w+1)*n]
		toFact, toWords := s.borrowed[f*n:(f+1)*n], s.borrowed[w*n:(w+1)*n]
		for t := range fact {
			toFact[t] = max(toFact[t], stated*words[t])
			toWords[t] = max(toWords[t], tells*fact[t])
		}
	})
}

// mergeFactsWithWords merges a fact and its turn into one hit. A turn represents all of its facts, unless a fact covers as much of the
// question as the turn.
func (ix *Index) mergeFactsWithWords(s *scratch, q *Query) {
	if q.IncludeDuplicates {
		return
	}
	best := map[int]int{} // by turn: the fact that covers most of the question
	s.tales(func(fact, words int) {
		f, w := &s.passages[fact], &s.passages[words]
		if !f.found || !w.found || f.itself < w.itself {
			return
		}
		if b, ok := best[words]; !ok || s.passages[b].itself < f.itself {
			best[words] = fact
		}
	})
	s.tales(func(fact, words int) {
		f, w := &s.passages[fact], &s.passages[words]
		b, ok := best[words]
		switch {
		case !f.found || !w.found && !ok:
		case !ok:
			w.standFor(f)
		case b == fact:
			f.standFor(w)
		}
	})
}

// standFor makes a passage take the place of another one.
func (p *passage) standFor(o *passage) {
	p.score, o.found = max(p.score, o.score), false
	p.stands = append(append(p.stands, o.lead), o.stands...)
}
