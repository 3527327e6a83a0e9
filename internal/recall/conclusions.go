package recall

import (
	"maps"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// A conclusion rests on its evidence: facts and turns. The store finds the conclusions that rest on a record, so that they are closed and
// erased together with it. A conclusion that a model wrote may quote others that the model saw. It is erased with them too.

// concluded files a new conclusion under what it rests on.
func (s *factStore) concluded(f *record.Fact) {
	for _, id := range f.Source.Rests() {
		if i, filed := slices.BinarySearch(s.conclusions[id], f.ID); !filed {
			s.conclusions[id] = slices.Insert(s.conclusions[id], i, f.ID)
		}
	}
}

// unconcluded undoes concluded.
func (s *factStore) unconcluded(f *record.Fact) {
	for _, id := range f.Source.Rests() {
		if i, filed := slices.BinarySearch(s.conclusions[id], f.ID); filed {
			if s.conclusions[id] = slices.Delete(s.conclusions[id], i, i+1); len(s.conclusions[id]) == 0 {
				delete(s.conclusions, id)
			}
		}
	}
}

// evidenceOf returns the facts that a conclusion rests on.
func (s *factStore) evidenceOf(f *record.Fact) (out []*record.Fact) {
	for _, id := range f.Source.DerivedFrom {
		if e := s.facts[id]; e != nil {
			out = append(out, e)
		}
	}
	return out
}

// Conclusions returns the live conclusions whose evidence has a fact or a turn.
func (s *State) Conclusions(evidence string) (out []*record.Fact) {
	defer s.enter()()
	for _, id := range s.view.known.conclusions[evidence] {
		if f := s.view.known.facts[id]; f.Live() && slices.Contains(f.Source.DerivedFrom, evidence) {
			out = append(out, f)
		}
	}
	return out
}

// Quoting returns the live conclusions that rest on a fact or a turn, or may quote it.
func (s *State) Quoting(id string) (out []*record.Fact) {
	defer s.enter()()
	for _, id := range s.view.known.conclusions[id] {
		if f := s.view.known.facts[id]; f.Live() {
			out = append(out, f)
		}
	}
	return out
}

// RestOn returns the ids of the conclusions, live and closed, that rest on some facts and turns, or may quote them, sorted. Whoever erases these records must
// erase the conclusions too.
func (v *View) RestOn(evidence ...string) []string {
	return read(v, func() (out []string) {
		for _, id := range evidence {
			out = append(out, v.known.conclusions[id]...)
		}
		slices.Sort(out)
		return slices.Compact(out)
	})
}

// TurnsIn returns the ids of the turns of a session, sorted.
func (v *View) TurnsIn(session string) []string {
	return read(v, func() (turns []string) {
		for _, c := range v.chunksAmong(v.said.chunks[session]) {
			turns = append(turns, c.Turn)
		}
		slices.Sort(turns)
		return slices.Compact(turns)
	})
}

// Unfounded returns the ids of the conclusions that have lost a part of their evidence, sorted: the record was erased, or is closed although
// the conclusion is live, or readers of the conclusion may no longer read it. What they may quote must be there, and be readable, too.
func (v *View) Unfounded() []string {
	return read(v, func() (out []string) {
		for _, id := range slices.Sorted(maps.Keys(v.known.conclusions)) {
			set, holds, known := v.evidence(id)
			for _, conclusion := range v.known.conclusions[id] {
				if f := v.known.facts[conclusion]; !known || !scope.Implies(f.Scopes, set) || f.Live() && !holds && slices.Contains(f.Source.DerivedFrom, id) {
					out = append(out, conclusion)
				}
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	})
}

// evidence returns the scopes of a fact or a turn, and whether it holds.
func (v *View) evidence(id string) (set record.ScopeSet, holds, known bool) {
	if f := v.known.facts[id]; f != nil {
		return f.Scopes, f.Live(), true
	}
	if c := v.turn(id); c != nil {
		return c.Scopes, true, true
	}
	return nil, false, false
}

// turn returns the first chunk of a turn; nil: there is no such turn.
func (v *View) turn(id string) *record.Chunk {
	if first, ok := v.said.first[id]; ok {
		return v.chunk(first)
	}
	return nil
}

// seenEvidence returns the evidence of a conclusion, or the turns that told an observation, as far as a reader sees them.
func (v *View) seenEvidence(r *Reader, f *record.Fact) (out []string) {
	evidence := f.Source.DerivedFrom
	if f.Proofs > 0 && len(evidence) == 0 {
		evidence = f.Tellings()
	}
	for _, id := range evidence {
		if set, _, known := v.evidence(id); known && r.Sees(set) {
			out = append(out, id)
		}
	}
	return out
}

// Turn returns the first chunk of a turn, given the id of the turn or of one of its chunks; nil: there is no such turn.
func (s *State) Turn(id string) *record.Chunk {
	defer s.enter()()
	if c := s.view.chunk(id); c != nil {
		id = c.Turn
	}
	return s.view.turn(id)
}

// Doubted reports whether an open question puts a fact, or the evidence of a conclusion, in doubt.
func (s *State) Doubted(f *record.Fact) bool {
	defer s.enter()()
	return s.view.known.doubt(f, time.Time{}) != nil
}
