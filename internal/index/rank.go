package index

import (
	"math"

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
	signals
)

// Why says what a score is made of: what each signal adds to the score of the words that a row has itself, in the same measure.
type Why struct {
	Words, Neighbours, Speaker, Dates, Questions, Verbosity, Vectors, Prior float64
}

const (
	reachUnits = 6   // how far words reach
	lend       = 0.5 // what the next turn lends of its words,
	fade       = 0.7 // what is left with each turn further,
	ahead      = 0.8 // and how much less what comes after a turn says of it
	selfWords  = 20  // a turn of more words needs its neighbours less

	speakerGain = 1.2
	whenGain    = 1.2
	dateGain    = 0.7
	asksLoss    = 0.8
	verbosity   = -0.5
	evenTalk    = 2.0 // up to which ratio of the lengths of roles people talk with each other
)

// weights fills in what the units have of each term: s.weights has a row of len(s.asked) for each unit.
func (ix *Index) weights(s *scratch) {
	n := len(s.asked)
	if size := n * len(s.units); cap(s.weights) < size {
		s.weights = make([]float64, size+size/4)
	}
	s.weights = s.weights[:n*len(s.units)]
	clear(s.weights)
	average := s.average()
	for i := range s.units {
		u := &s.units[i]
		u.at = i * n
		row := s.weights[u.at : u.at+n]
		for _, id := range u.docs {
			s.lookup.occurrences(ix.docs[id], row)
		}
		norm := lengthNorm(u.words, average)
		for t, tf := range row {
			if tf > 0 {
				row[t] = s.asked[t].weight * s.asked[t].idf * (k1 + 1) * tf / (tf + norm)
			}
		}
	}
}

func (s *scratch) average() float64 {
	return max(1, float64(s.selection.length)/float64(max(1, s.selection.rows)))
}

// rank scores the units by words and what goes with words.
func (ix *Index) rank(s *scratch, q *Query) {
	n := len(s.asked)
	if cap(s.carried) < 2*n {
		s.carried = make([]float64, 2*n)
	}
	ix.weights(s)
	if cap(s.borrowed) < len(s.weights) {
		s.borrowed = make([]float64, cap(s.weights))
	}
	s.borrowed = s.borrowed[:len(s.weights)]
	clear(s.borrowed)
	if !q.without(Neighbours) {
		s.borrow(n)
	}
	longer := ix.longer(s, q)
	for i := range s.units {
		u := &s.units[i]
		if u.lane == nil && len(u.docs) == 0 {
			continue
		}
		ix.score(s, q, u, i*n, n, longer)
	}
}

// borrow works out what the neighbours of each unit lend it of each term: the first lend of its weight, each further one fade of
// that, and those that come after it a little less. Chains end at gaps and with the lane.
func (s *scratch) borrow(n int) {
	pass := func(i, step int, first float64) {
		carried := s.carried[:n]
		var lane *lane
		for ; i >= 0 && i < len(s.units); i += step {
			if s.units[i].lane != lane || lane == nil {
				lane = s.units[i].lane
				clear(carried)
			}
			if lane == nil {
				continue
			}
			row, out := s.weights[i*n:(i+1)*n], s.borrowed[i*n:(i+1)*n]
			for t, w := range row {
				out[t] = max(out[t], carried[t])
				carried[t] = max(carried[t]*fade, w*first)
			}
		}
	}
	pass(0, 1, lend)
	pass(len(s.units)-1, -1, lend*ahead)
}

// longer is by how much each role talks longer than all do.
func (ix *Index) longer(s *scratch, q *Query) (factors [roles]float64) {
	for i := range factors {
		factors[i] = 1
	}
	s.even = true
	var all tally
	var each [roles]tally
	for _, h := range s.selection.halves {
		for r, t := range ix.half(h).roles {
			each[r].turns += t.turns
			each[r].words += t.words
			all.turns += t.turns
			all.words += t.words
		}
	}
	if all.turns == 0 || all.words == 0 {
		return factors
	}
	mean := float64(all.words) / float64(all.turns)
	least, most := math.Inf(1), 0.0
	for r, t := range each {
		if t.turns > 0 && t.words > 0 {
			ratio := float64(t.words) / float64(t.turns) / mean
			least, most = min(least, ratio), max(most, ratio)
			if !q.without(Verbosity) {
				factors[r] = math.Pow(ratio, verbosity)
			}
		}
	}
	s.even = most <= evenTalk*least
	return factors
}

// score is what a unit scores by its words.
func (ix *Index) score(s *scratch, q *Query, u *passage, at, n int, longer [roles]float64) {
	first := &ix.docs[u.docs[0]].entry
	trust := 1.0
	if w := float64(u.words); w > selfWords {
		trust = (selfWords / w) * (selfWords / w)
	}
	turn := first.Turn != ""
	talk := u.lane != nil && u.lane.talk()
	named := turn && u.lane != nil && len(s.named) > 0 && ix.docs[u.docs[0]].voice.speaker != "" && s.named[ix.docs[u.docs[0]].voice.id]
	own, with, covered := 0.0, 0.0, 0.0
	for t := range s.asked {
		a := &s.asked[t]
		w, b := s.weights[at+t], s.borrowed[at+t]*trust
		if talk && a.name && s.besides && !q.without(Speaker) {
			// Who says it counts, not who is spoken to.
			if named || w > 0 {
				covered += a.weight * a.idf
			}
			continue
		}
		own += w
		with += max(w, b)
		switch {
		case w > 0:
			covered += a.weight * a.idf
		case b > 0:
			covered += a.weight * a.idf * 0.5
		}
	}
	u.covered = 0
	if s.attainable > 0 {
		u.covered = covered / s.attainable
	}
	u.why = Why{Words: own, Neighbours: with - own}
	score := with
	gain := func(by float64, to *float64) {
		*to = score*by - score
		score *= by
	}
	if turn && score > 0 {
		if f := longer[roleOf(first.Role)]; f != 1 {
			gain(f, &u.why.Verbosity)
		}
		if talk && s.even && !q.without(Questions) && ix.asksOnly(u) {
			gain(asksLoss, &u.why.Questions)
		}
		if named && !q.without(Speaker) {
			gain(speakerGain, &u.why.Speaker)
		}
		if !q.without(Dates) {
			by := 1.0
			if g := q.near(first); g > 0 {
				by += dateGain * g
			}
			if q.When && ix.dated(u) {
				by *= whenGain
			}
			if by != 1 {
				gain(by, &u.why.Dates)
			}
		}
	}
	u.lexical = score
}

func (ix *Index) asksOnly(u *passage) bool {
	for _, id := range u.docs {
		if !ix.docs[id].entry.Asks {
			return false
		}
	}
	return true
}

func (ix *Index) dated(u *passage) bool {
	for _, id := range u.docs {
		if ix.docs[id].entry.Dated {
			return true
		}
	}
	return false
}

// Date is a time that a question names. What is zero is left open: "in May" is May of any year.
type Date struct {
	Year, Month, Day int
	Between          record.Interval // in place of the others
}

// near is how near to the dates of the question a row was said: 0 for elsewhere, 1 in the month, up to 2 on the day.
func (q *Query) near(e *Entry) float64 {
	best := 0.0
	for _, d := range q.Dates {
		best = max(best, d.near(e))
	}
	return best
}

func (d Date) near(e *Entry) float64 {
	at := e.Occurred
	if at.IsZero() {
		return 0
	}
	if d.Between != (record.Interval{}) {
		if d.Between.Contains(at) {
			return 1
		}
		return 0
	}
	year, month, day := at.Date()
	if d.Year != 0 && d.Year != year {
		return 0
	}
	if d.Month == 0 {
		return 0.5
	}
	g := 0.0
	if d.Month == int(month) {
		g = 1
	}
	if d.Day == 0 {
		return g
	}
	apart := math.Abs(float64((d.Month-int(month))*30 + d.Day - day))
	if d.Year == 0 && apart > 180 {
		apart = 360 - apart
	}
	return 0.5*g + 1.5*max(0, 1-apart/10)
}
