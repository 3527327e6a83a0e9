package index

import (
	"math"
	"slices"
)

// passage is a unit of the ranking: the turns of an utterance, the pieces of a turn, or one row.
type passage struct {
	of    *conversation // of turns; nil for other rows and for gaps
	talk  bool          // people talk with each other
	docs  []uint32      // in their order; empty for a gap
	words int

	lead     uint32  // the row that represents it
	found    bool    // it may be a hit
	lexical  float64 // see rank
	cosine   float64
	score    float64
	covered  float64 // 0 to 1: the part of the question, in idf, that its words cover
	itself   float64 // the idf of the part that its own words cover
	why      Why
	echo     bool     // it asks the same as the query,
	answered bool     // and a person may have answered
	stands   []uint32 // rows of other passages that this one represents
}

// collectPassages builds passages from the candidates, in conversations together with the surrounding turns. Each row is in one
// passage.
func (ix *Index) collectPassages(s *scratch, q *Query, candidates []uint32) {
	s.passages, s.alone, s.touched, s.places = s.passages[:0], s.alone[:0], s.touched[:0], s.places[:0]
	clear(s.talks)
	for _, id := range candidates {
		d := ix.docs[id]
		l := d.lane()
		if l == nil {
			s.alone = append(s.alone, id)
			continue
		}
		n, known := s.talks[l.of]
		if !known {
			n = len(s.touched)
			s.talks[l.of], s.touched = n, append(s.touched, l.of)
		}
		s.places = append(s.places, uint64(n)<<32|uint64(d.at))
	}
	for i, id := range s.alone {
		s.passages = append(s.passages, passage{docs: s.alone[i : i+1 : i+1], words: int(ix.docs[id].length)})
	}
	// Conversations in the order of their candidates, and the candidates of each in the order of its turns.
	slices.Sort(s.places)
	for from := 0; from < len(s.places); {
		n, to := s.places[from]>>32, from
		for to < len(s.places) && s.places[to]>>32 == n {
			s.places[to] &= math.MaxUint32
			to++
		}
		ix.around(s, q, s.touched[n], s.places[from:to])
		from = to
	}
}

// around adds the passages of a conversation that have a candidate or are near one, in order, with a gap between passages that are
// not adjacent. The positions of the candidates are ascending in their lanes.
func (ix *Index) around(s *scratch, q *Query, c *conversation, places []uint64) {
	var docs []uint32
	var voices, asking int
	var typed bool
	var opens func(int) bool
	if l := ix.onlyLane(s, c); l != nil && !s.selection.timed {
		docs, voices, asking, typed = l.docs, len(l.voices), l.asking, l.typed
		opens = func(i int) bool { return ix.docs[docs[i]].opens }
	} else {
		docs, voices, asking, opens = ix.inSight(s, places)
		typed = ix.timesDiffer(docs)
	}
	follows := q.Filter.follows(c)
	talk := follows && talk(voices, len(docs), asking)
	utterances := follows && voices > 1 && typed && !q.without(Utterances)
	begins := func(i int) bool {
		if i == 0 {
			return true
		}
		// The pieces of a turn have one Seq, which is faster to compare than the ids of turns.
		now, last := &ix.docs[docs[i]].entry, &ix.docs[docs[i-1]].entry
		return (now.Seq != last.Seq || now.Turn != last.Turn) && (!utterances || opens(i))
	}
	around := reach
	if !talk || q.without(Neighbours) {
		around = 0
	}
	end := 0 // of the last passage
	for i, place := range places {
		p := int(place)
		from, n := p, 0
		for ; from > end && !(begins(from) && n == around); from-- {
			if begins(from) {
				n++
			}
		}
		to := p + 1
		for n = 0; to < len(docs) && !(begins(to) && n == around); to++ {
			if begins(to) {
				n++
			}
		}
		if to <= end {
			continue
		}
		if from > end || i == 0 {
			s.passages = append(s.passages, passage{})
		}
		for from = max(from, end); from < to; {
			next, words := from+1, int(ix.docs[docs[from]].length)
			for ; next < to && !begins(next); next++ {
				words += int(ix.docs[docs[next]].length)
			}
			s.passages = append(s.passages, passage{of: c, talk: talk, docs: docs[from:next:next], words: words})
			from = next
		}
		end = to
	}
}

// onlyLane finds the lanes of a conversation that a caller sees, and returns the lane if there is only one.
func (ix *Index) onlyLane(s *scratch, c *conversation) *lane {
	s.heard = s.heard[:0]
	for _, l := range c.lanes {
		if s.selection.has(l.segment) {
			s.heard = append(s.heard, l)
		}
	}
	if len(s.heard) == 1 {
		return s.heard[0]
	}
	return nil
}

// inSight collects the turns of a conversation that a caller sees: the known turns of all visible lanes, in order, the voices (one,
// or two for more), the number of questions, and the starts of utterances. places become the positions of the candidates in it.
func (ix *Index) inSight(s *scratch, places []uint64) (docs []uint32, voices, asking int, opens func(int) bool) {
	for _, l := range s.heard {
		for _, id := range l.docs {
			if !s.selection.timed || s.selection.known.has(id) {
				docs = append(docs, id)
			}
		}
	}
	if len(s.heard) > 1 {
		slices.SortFunc(docs, ix.inOrder)
	}
	var u utterance
	begun := make([]bool, len(docs))
	for i, id := range docs {
		d := ix.docs[id]
		if voices == 0 || voices == 1 && !d.voice.is(ix.docs[docs[0]].voice) {
			voices++
		}
		if d.entry.Asking {
			asking++
		}
		begun[i] = !u.takes(d)
		if s.seen.has(id) {
			places[0], places = uint64(i), places[1:]
		}
	}
	return docs, voices, asking, func(i int) bool { return begun[i] }
}

// leadOf chooses the row that represents a passage: the row that passes the filter and covers most of the question.
func (ix *Index) leadOf(s *scratch, p *passage) {
	best := -1.0
	for _, id := range p.docs {
		if !s.selection.admits(id) {
			continue
		}
		own := 0.0
		if len(p.docs) > 1 {
			own = ix.own(s, ix.docs[id])
		}
		if own > best {
			best, p.lead, p.found = own, id, true
		}
	}
}

// own returns the score of a row's own words.
func (ix *Index) own(s *scratch, d *doc) (sum float64) {
	s.carried = zeroed(s.carried, len(s.asked))
	s.lookup.occurrences(d, s.carried)
	s.bm25Of(s.carried, int(d.length), s.average())
	for _, w := range s.carried {
		sum += w
	}
	return sum
}

// zeroed returns n zeros. It reuses the slice if that is large enough.
func zeroed(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}
