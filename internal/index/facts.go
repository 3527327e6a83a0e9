package index

import "github.com/spectron-go/spectron/internal/record"

// A fact and the words that tell it are two rows that say one thing: "Alice lives in Rome", of Alice's "We moved to Rome in May".
// Each lends the other one words that it lacks, and one of them takes the place of both.
const (
	// What the words lend to their fact, and a fact to its words. It was worth nothing where facts have the words of their turns,
	// and finds "Where does Alice live?" where they have not.
	stated = 0.5
	tells  = 0.5
	// A fact has the name of whom it is about, which says no more than the name of a speaker beside a turn: where it answers
	// nothing else, turns that do come first. Together with one place for both: .519 NDCG@10 with facts read from the turns, and
	// .498 without (.533 and .524 on the other half).
	nameInFact = 0.6
	// A turn that told a value in whose place another one is now, unless the question is about the past. No question of the corpus
	// turns on it; strong enough for a turn with the same words to come behind the one that holds, as one that only asks does.
	outdatedLoss = 0.8
	// besideWeight is that of words beside the question, beside 1 of those in it. Questions over several hops have .570 / .533 with it
	// and .549 / .519 without; with 1, what says who is meant comes before what is asked: .563 / .532.
	besideWeight = 0.5
)

// states reports whether a row is a fact.
func (e *row) states() bool { return e.Kind == record.KindAttribute || e.Kind == record.KindRelation }

// origins finds the words that the facts among the candidates were taken from, as far as they are selected, and adds them to the
// candidates.
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

// tales calls f with the passages of each fact and of the words that tell it.
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

// support works out what facts and the words that tell them lend each other of each of n terms.
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

// mergeFactsWithWords merges a fact and the words that tell it into one hit, the better of the two. Words tell all of their facts. They
// represent them unless a fact has as much of the question.
func (ix *Index) mergeFactsWithWords(s *scratch, q *Query) {
	if q.IncludeDuplicates {
		return
	}
	best := map[int]int{} // of words: the fact that answers most
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
