package index

import (
	"cmp"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/sorted"
)

// speakers are the names of the turns' speakers. A question that names a speaker is more likely answered by that speaker's turns. A name
// without turns is removed. Turns are counted by the words of names, not by names, so the cost of a question does not depend on hidden
// speakers.
type speakers struct {
	ids     map[string]uint32 // by name
	all     []speaker
	free    []uint32
	byToken map[string]*sorted.List[heard] // by segment
}

type speaker struct {
	name   string
	tokens []string // distinct
	turns  int
}

// heard is the number of a segment's turns whose speaker's name has a token.
type heard struct {
	segment uint32
	turns   int
}

// add counts a turn of the speaker.
func (s *speakers) add(name string, segment uint32, tokenise func(string) []string) uint32 {
	id, ok := s.ids[name]
	if !ok {
		if n := len(s.free); n > 0 {
			id, s.free = s.free[n-1], s.free[:n-1]
		} else {
			id = uint32(len(s.all))
			s.all = append(s.all, speaker{})
		}
		tokens := tokenise(name)
		slices.Sort(tokens)
		s.all[id] = speaker{name: name, tokens: slices.Compact(tokens)}
		s.ids[name] = id
	}
	sp := &s.all[id]
	sp.turns++
	for _, t := range sp.tokens {
		in := s.byToken[t]
		if in == nil {
			in = &sorted.List[heard]{}
			s.byToken[t] = in
		}
		if at, ok := findHalf(in, segment); ok {
			in.At(at).turns++
		} else {
			in.Insert(at, heard{segment, 1})
		}
	}
	return id
}

// remove undoes add.
func (s *speakers) remove(id, segment uint32) {
	sp := &s.all[id]
	for _, t := range sp.tokens {
		in := s.byToken[t]
		at, _ := findHalf(in, segment)
		if h := in.At(at); h.turns > 1 {
			h.turns--
		} else if in.Delete(at); in.Len() == 0 {
			delete(s.byToken, t)
		}
	}
	if sp.turns--; sp.turns == 0 {
		delete(s.ids, sp.name)
		*sp = speaker{}
		s.free = append(s.free, id)
	}
}

func findHalf(in *sorted.List[heard], segment uint32) (sorted.Place, bool) {
	return in.Search(func(h *heard) int { return cmp.Compare(h.segment, segment) })
}

// named reports whether a speaker has a token in the name.
func (s *speakers) named(id uint32, token string) bool {
	return slices.Contains(s.all[id].tokens, token)
}

// spoken returns the number of selected turns whose speaker's name has a token.
func (ix *Index) spoken(sel *selection, token string) (turns int) {
	in := ix.speakers.byToken[token]
	if in == nil {
		return 0
	}
	if sel.timed {
		for id, n := range sel.turnsOf() {
			if ix.speakers.named(id, token) {
				turns += n
			}
		}
	}
	switch {
	case len(sel.segments) < in.Len()/16:
		for _, n := range sel.segments {
			if at, ok := findHalf(in, n); ok && sel.whole(n) {
				turns += in.At(at).turns
			}
		}
	default:
		for h := range in.All() {
			if sel.has(h.segment) && sel.whole(h.segment) {
				turns += h.turns
			}
		}
	}
	return turns
}

// Roles differ in the length of their turns: see tally.
const roles = 4

func roleOf(r record.Role) int {
	switch r {
	case record.Assistant:
		return 1
	case record.System:
		return 2
	case record.Tool:
		return 3
	}
	return 0
}

// tally counts the turns and words of one role.
type tally struct {
	turns int
	words uint64
}

func (t *tally) add(d *doc, sign int) {
	if d.entry.Start == 0 { // the first piece of a turn
		t.turns += sign
	}
	t.words += uint64(sign * int(d.length)) // wraps around, and back
}
