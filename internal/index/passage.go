package index

import "slices"

// passage is what takes a place of its own in a ranking: the turns of an utterance, the pieces of a turn, or one row.
type passage struct {
	lane  *lane
	docs  []uint32 // in the order of the lane
	words int
	at    int // of its first weight in the weights of the search

	lead    uint32  // the row that stands for it
	found   bool    // it may be a hit
	lexical float64 // see rank
	cosine  float64
	score   float64
	covered float64 // 0 to 1: the part of the question, in idf, that it answers
	why     Why
}

// laneView is a lane as a search sees it.
type laneView struct {
	docs []uint32
	at   []int // places of rows in docs, when the search does not see all of the lane
}

// gather makes units of candidates: of those in a conversation with what was said around them. Each row is in one unit.
func (ix *Index) gather(s *scratch, q *Query, candidates []uint32) {
	s.units = s.units[:0]
	s.docs = s.docs[:0]
	clear(s.lanes)
	s.laneOrder = s.laneOrder[:0]
	for _, id := range candidates {
		d := ix.docs[id]
		if d.lane == nil {
			s.docs = append(s.docs, id)
			continue
		}
		places, ok := s.lanes[d.lane]
		if !ok {
			s.laneOrder = append(s.laneOrder, d.lane)
		}
		s.lanes[d.lane] = append(places, id)
	}
	alone := len(s.docs)
	for i := range alone {
		s.units = append(s.units, passage{docs: s.docs[i : i+1 : i+1], words: int(ix.docs[s.docs[i]].length)})
	}
	for _, l := range s.laneOrder {
		ix.around(s, q, l, s.lanes[l])
	}
}

// around adds the units of a lane that have a candidate or stand near one, in order, with a gap in between where they do not.
func (ix *Index) around(s *scratch, q *Query, l *lane, candidates []uint32) {
	docs := l.docs
	if s.selection.timed {
		docs = slices.DeleteFunc(slices.Clone(docs), func(id uint32) bool { return !s.selection.known.has(id) })
	}
	places := make([]int, len(candidates))
	for i, id := range candidates {
		if s.selection.timed {
			places[i] = slices.Index(docs, id)
		} else {
			places[i] = ix.docs[id].at
		}
	}
	slices.Sort(places)
	utterances := l.talk() && l.typed(ix.docs) && !q.without(Utterances)
	begins := func(i int) bool {
		d, before := ix.docs[docs[i]], ix.docs[docs[max(0, i-1)]]
		return i == 0 || d.entry.Turn != before.entry.Turn && (d.opens || !utterances)
	}
	reach := reachUnits
	if !l.talk() || q.without(Neighbours) {
		reach = 0
	}
	end := 0 // of the units so far
	for _, p := range places {
		if p < end && reach == 0 {
			continue
		}
		from := p
		for n := 0; from > end; from-- {
			if begins(from) {
				if n == reach {
					break
				}
				n++
			}
		}
		n, to := 0, p+1
		for ; to < len(docs); to++ {
			if begins(to) {
				if n == reach {
					break
				}
				n++
			}
		}
		if to <= end {
			continue
		}
		if from = max(from, end); from > end || end == 0 {
			s.units = append(s.units, passage{}) // a gap
		}
		for i := from; i < to; {
			j, words := i+1, int(ix.docs[docs[i]].length)
			for j < to && !begins(j) {
				words += int(ix.docs[docs[j]].length)
				j++
			}
			s.units = append(s.units, passage{lane: l, docs: docs[i:j:j], words: words})
			i = j
		}
		end = to
	}
}
