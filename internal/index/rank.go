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
	Neighbours Signal = iota // a turn borrows words from the turns around it
	Utterances               // turns that one speaker types in a row are one unit
	Speaker                  // the question names the speaker
	Dates                    // the question names the time
	Questions                // a turn that only asks ranks lower
	Verbosity                // roles with long turns rank lower
	Facts                    // a fact and its turn support each other
)

// Why splits a score into the contribution of the row's own words and of each signal, in the same unit. The sum is the score before it is
// scaled to 0 to 1.
type Why struct {
	Words, Neighbours, Speaker, Dates, Questions, Verbosity, Facts, Vectors, Prior float64
}

// The strengths of the signals. The figures are the share of the evidence in the first ten and NDCG@10 of package
// spectrontest/evaluate without the signal, against .670 and .535 with all; BENCHMARKS.md has them for each half.
const (
	// The turns around a turn say what it is about: "We took the kids to the coast" answers the question of the previous turn.
	// Without: .583 / .492. With six passages to either side the result is the same.
	reach = 3   // passages to either side
	lend  = 0.5 // the factor for words of the previous passage
	fade  = 0.7 // the further factor for each step of distance
	ahead = 0.8 // the further factor for passages that come later
	amply = 40  // longer turns need less context: their neighbours count (amply/words)²

	// A speaker's name in the question counts as a word of all turns of that speaker.
	// Without: .634 / .504.
	spokenBy = 1.2

	// The factor for a turn of the month that the question names is 1.7, up to 2.4 on the day itself. Without: .657 / .518.
	dateGain = 0.7

	// The factor for a turn that can give what the question asks for: a time for "when", a place for "where", a number for "how many". With
	// times alone: .667 / .526 instead of .670 / .534; 1.1 and 1.5 give .669 / .530 and .673 / .536, the latter with less in the half that is only
	// run. Persons for "who" changed nothing.
	answerGain = 1.3

	// The factor for a turn that only asks, in talk between people. Without: .669 / .534; the gain was .012 / .026 on long dialogues that
	// are not in the corpus.
	asksLoss = 0.8

	// The exponent for the ratio of a role's mean length to the mean of all: assistants write at length. Without: .663 / .526.
	verbosity = -0.5
	// evenTalk is the largest ratio of the roles' mean lengths for talk between people.
	evenTalk = 2.0
)

// rank scores the passages by words and by the signals that use words.
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

// weights computes the weight of each term in each passage: s.weights has len(s.asked) values for each passage. The length of a turn is
// compared with passages of conversations, the length of other rows with all rows.
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

// borrow computes what each passage borrows of each term from its neighbours. Chains end at gaps and with the conversation.
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

// manner describes the conversations that the caller sees.
type manner struct {
	length [roles]float64 // the factor for the length of a role's turns
	even   bool           // no role writes much longer turns than the others
}

// talk computes the manner of the selected rows.
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

// score computes the score of a passage from its own and its borrowed words.
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
			// The word is in both fields, text and speaker: its idf is that of both together.
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
		if q.Seeks != 0 && !ix.all(p, func(e *row) bool { return e.Gives&q.Seeks == 0 }) {
			by *= answerGain
		}
		gain(by, &p.why.Dates)
	}
}

// all reports whether a condition holds for every row of a passage.
func (ix *Index) all(p *passage, is func(*row) bool) bool {
	for _, id := range p.docs {
		if !is(&ix.docs[id].entry) {
			return false
		}
	}
	return true
}

// Date is a time that a question names. Zero fields match anything: "in May" is May of any year.
type Date struct {
	Year, Month, Day int
	Between          record.Interval // replaces the other fields
}

// near returns how near a row is to the dates of the question: 0 for another month, 1 in the month, up to 2 on the day.
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
		return 0.5 // a year has many turns
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
