package index

import (
	"math"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// Signal is a part of the ranking that can be left out.
type Signal int

// The signals.
const (
	Neighbours Signal = iota // words of the turns around one
	Utterances               // turns that one speaker types in a row are one
	Speaker                  // the question names who said it
	Dates                    // the question names when it was said
	Questions                // a turn that only asks tells nothing
	Verbosity                // who talks at length is found by chance
	Facts                    // a fact and the words that tell it are one
)

// Why says what a score is made of: what each signal adds to what the words of the row itself score, in the same measure. The sum
// of all is the score before it is brought to between 0 and 1.
type Why struct {
	Words, Neighbours, Speaker, Dates, Questions, Verbosity, Facts, Vectors, Prior float64
}

// The strengths of the signals. The figures are the share of the evidence in the first ten and NDCG@10 of package
// spectrontest/evaluate without the signal, against .667 and .524 with all; BENCHMARKS.md has them for each half.
const (
	// A turn is about what was said around it: "We took the kids to the coast" answers the question of the turn before.
	// Without: .574 / .483. Six passages to either side find the same.
	reach = 3   // passages to either side
	lend  = 0.5 // what the one before lends of its words,
	fade  = 0.7 // what is left of that with each further away,
	ahead = 0.8 // and how much less what comes afterwards says of a turn
	amply = 40  // a turn of more words explains itself: its neighbours count for (amply/words)²

	// A name in the question is a word that all turns of that speaker have, beside those that have it in their text.
	// Without: .634 / .497.
	spokenBy = 1.2

	// A turn of the month that the question names gets 1.7 times its score, on the day itself up to 2.4 times; asked when, one that
	// says a time 1.2 times. Without: .657 / .515.
	dateGain = 0.7
	whenGain = 1.2

	// A turn that only asks, where people talk with each other. Without: .665 / .523; it was worth .012 / .026 on
	// long dialogues that are not in the corpus.
	asksLoss = 0.8

	// The mean length of a role's turns over that of all, to this power: assistants say much. Without: .660 / .516.
	verbosity = -0.5
	// evenTalk is up to which ratio of the mean lengths of roles people talk with each other.
	evenTalk = 2.0
)

// rank scores the passages by words and what goes with words.
func (ix *Index) rank(s *scratch, q *Query) {
	ix.weights(s)
	n := len(s.asked)
	s.borrowed = zeroed(s.borrowed, len(s.weights))
	s.carried = zeroed(s.carried, n)
	ix.echoes(s, q, n)
	if !q.without(Neighbours) {
		s.borrow(n)
	}
	s.support(n)
	talk := s.talk(q)
	for i := range s.passages {
		if p := &s.passages[i]; len(p.docs) > 0 {
			ix.score(s, q, p, talk, s.weights[i*n:(i+1)*n], s.borrowed[i*n:(i+1)*n])
		}
	}
}

// weights fills in what the passages have of each term: s.weights has a row of len(s.asked) for each of them. Turns are long or
// short beside other passages of conversation, the rest beside other rows.
func (ix *Index) weights(s *scratch) {
	n := len(s.asked)
	s.weights = zeroed(s.weights, n*len(s.passages))
	words, count := 0, 0
	for i := range s.passages {
		if p := &s.passages[i]; p.of != nil {
			words += p.words
			count++
		}
	}
	talk := max(1, float64(words)/float64(max(1, count)))
	for i := range s.passages {
		p := &s.passages[i]
		row := s.weights[i*n : (i+1)*n]
		for _, id := range p.docs {
			s.lookup.occurrences(ix.docs[id], row)
		}
		average := s.average()
		if p.of != nil {
			average = talk
		}
		s.bm25Of(row, p.words, average)
	}
}

// bm25Of turns the occurrences of terms in a text into their contributions.
func (s *scratch) bm25Of(row []float64, words int, average float64) {
	norm := lengthNorm(words, average)
	for t, tf := range row {
		if tf > 0 {
			row[t] = s.asked[t].weight * s.asked[t].idf * (k1 + 1) * tf / (tf + norm)
		}
	}
}

// borrow works out what the neighbours of each passage lend it of each term. Chains end at gaps and with the conversation.
func (s *scratch) borrow(n int) {
	pass := func(i, step int, first float64) {
		var of *conversation
		for ; i >= 0 && i < len(s.passages); i += step {
			p := &s.passages[i]
			if p.of != of || !p.talk {
				of = p.of
				clear(s.carried)
			}
			if !p.talk {
				continue
			}
			row, out, lends := s.weights[i*n:(i+1)*n], s.borrowed[i*n:(i+1)*n], p.lends(step > 0)
			for t, w := range row {
				out[t] = max(out[t], s.carried[t])
				if !lends {
					w = 0
				}
				s.carried[t] = max(s.carried[t]*fade, w*first)
			}
		}
	}
	pass(0, 1, lend)
	pass(len(s.passages)-1, -1, lend*ahead)
}

// manner is how people talk in what the caller sees.
type manner struct {
	length [roles]float64 // the factor for the length of a role's turns
	even   bool           // nobody talks at much more length than the others
}

// talk finds out how people talk in what is selected.
func (s *scratch) talk(q *Query) manner {
	m := manner{even: true}
	var all tally
	for _, t := range s.selection.said {
		all.turns += t.turns
		all.words += t.words
	}
	least, most := math.Inf(1), 0.0
	for r, t := range s.selection.said {
		m.length[r] = 1
		if t.turns == 0 || t.words == 0 {
			continue
		}
		ratio := float64(t.words) / float64(t.turns) * float64(all.turns) / float64(all.words)
		least, most = min(least, ratio), max(most, ratio)
		if !q.without(Verbosity) {
			m.length[r] = math.Pow(ratio, verbosity)
		}
	}
	m.even = most <= evenTalk*least
	return m
}

// score works out what a passage scores by its words, and those that it borrows.
func (ix *Index) score(s *scratch, q *Query, p *passage, talk manner, own, borrowed []float64) {
	first := ix.docs[p.docs[0]]
	borrows := 1.0
	if w := float64(p.words); w > amply {
		borrows = amply / w * amply / w
	}
	stating := first.entry.states()
	field := (p.talk || stating) && !q.without(Speaker)
	s.clearCover()
	var words, lent, spoken float64
	for t := range s.asked {
		a := &s.asked[t]
		w, b := own[t], borrowed[t]*borrows
		if field && a.spoken > 0 && a.idf > 0 {
			// Text and speaker are two fields that have the word: it says as little as both together.
			w, b = w*a.fieldIDF/a.idf, b*a.fieldIDF/a.idf
			if stating {
				w, b = w*nameInFact, b*nameInFact
			}
			if by := spokenBy * a.weight * a.fieldIDF; by > w && first.voice != nil && first.entry.Speaker != "" && ix.speakers.named(first.voice.id, a.text) {
				spoken += by - max(w, b)
				b = max(b, w)
				s.covers(a, 1)
				words += w
				lent += b - w
				continue
			}
		}
		words += w
		lent += max(w, b) - w
		switch {
		case w > 0:
			s.covers(a, 1)
			if !a.beside {
				p.itself += a.weight * a.idf
			}
		case b > 0:
			s.covers(a, nearly*borrows)
		}
	}
	p.covered = s.covered()
	p.why = Why{Words: words, Neighbours: lent, Speaker: max(0, spoken)}
	p.lexical = words + lent + max(0, spoken)
	if first.entry.Turn == "" || p.lexical == 0 {
		return
	}
	gain := func(by float64, to *float64) {
		*to = p.lexical * (by - 1)
		p.lexical *= by
	}
	gain(talk.length[roleOf(first.entry.Role)], &p.why.Verbosity)
	if p.talk && talk.even && !q.without(Questions) && ix.all(p, func(e *row) bool { return e.Asks }) {
		gain(asksLoss, &p.why.Questions)
	}
	if len(s.outdated) > 0 && slices.ContainsFunc(p.docs, func(id uint32) bool { return s.outdated[id] }) {
		gain(outdatedLoss, &p.why.Facts)
	}
	if !q.without(Dates) {
		near := q.near(&first.entry)
		p.covered += (1 - p.covered) * thatDay * min(1, near)
		by := 1 + dateGain*near
		if q.When && !ix.all(p, func(e *row) bool { return !e.Dated }) {
			by *= whenGain
		}
		gain(by, &p.why.Dates)
	}
}

// all reports whether something holds for every row of a passage.
func (ix *Index) all(p *passage, is func(*row) bool) bool {
	for _, id := range p.docs {
		if !is(&ix.docs[id].entry) {
			return false
		}
	}
	return true
}

// Date is a time that a question names. What is zero is left open: "in May" is May of any year.
type Date struct {
	Year, Month, Day int
	Between          record.Interval // in place of the others
}

// near is how near to the dates of the question a row was said: 0 for elsewhere, 1 in the month, up to 2 on the day.
func (q *Query) near(e *row) float64 {
	best := 0.0
	for _, d := range q.Dates {
		best = max(best, d.near(e))
	}
	return best
}

func (d Date) near(e *row) float64 {
	at := e.Occurred()
	year, month, day := at.Date()
	switch {
	case at.IsZero():
		return 0
	case d.Between != record.Interval{}:
		if d.Between.Contains(at) {
			return 1
		}
		return 0
	case d.Year != 0 && d.Year != year:
		return 0
	case d.Month == 0:
		return 0.5 // of a year there is much
	}
	same := 0.0
	if d.Month == int(month) {
		same = 1
	}
	if d.Day == 0 {
		return same
	}
	apart := math.Abs(float64((d.Month-int(month))*30 + d.Day - day))
	if d.Year == 0 && apart > 180 {
		apart = 360 - apart
	}
	return 0.5*same + 1.5*max(0, 1-apart/10)
}
