package index

import (
	"cmp"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/sorted"
)

// speakers are the names under which turns are spoken, with where: a question that names one of them is rather answered by
// what that one said. A name without turns is gone.
type speakers struct {
	ids     map[string]uint32 // by name
	all     []speaker
	free    []uint32
	byToken map[string][]uint32
}

type speaker struct {
	name   string
	tokens []string
	in     sorted.List[heard] // by half
}

// heard is how many turns of a half are a speaker's.
type heard struct {
	half  uint32
	turns int
}

// add counts a turn of the speaker.
func (s *speakers) add(name string, half uint32, tokenise func(string) []string) uint32 {
	id, ok := s.ids[name]
	if !ok {
		if n := len(s.free); n > 0 {
			id, s.free = s.free[n-1], s.free[:n-1]
		} else {
			id = uint32(len(s.all))
			s.all = append(s.all, speaker{})
		}
		s.all[id] = speaker{name: name, tokens: tokenise(name)}
		s.ids[name] = id
		for _, t := range s.all[id].tokens {
			s.byToken[t] = append(s.byToken[t], id)
		}
	}
	in := &s.all[id].in
	at, ok := in.Search(func(c *heard) int { return cmp.Compare(c.half, half) })
	if !ok {
		in.Insert(at, heard{half, 1})
	} else {
		in.At(at).turns++
	}
	return id
}

// remove undoes add.
func (s *speakers) remove(id, half uint32) {
	sp := &s.all[id]
	at, _ := sp.in.Search(func(c *heard) int { return cmp.Compare(c.half, half) })
	if c := sp.in.At(at); c.turns > 1 {
		c.turns--
		return
	}
	sp.in.Delete(at)
	if sp.in.Len() > 0 {
		return
	}
	for _, t := range sp.tokens {
		if ids := slices.DeleteFunc(s.byToken[t], func(i uint32) bool { return i == id }); len(ids) > 0 {
			s.byToken[t] = ids
		} else {
			delete(s.byToken, t)
		}
	}
	delete(s.ids, sp.name)
	*sp = speaker{}
	s.free = append(s.free, id)
}

// spoken is how many of the selected turns are a speaker's.
func (ix *Index) spoken(sel *selection, id uint32) (turns int) {
	if sel.timed {
		return sel.spoke[id]
	}
	sp := &ix.speakers.all[id]
	if len(sel.halves) < sp.in.Len()/16 {
		for _, n := range sel.halves {
			if at, ok := sp.in.Search(func(c *heard) int { return cmp.Compare(c.half, n) }); ok {
				turns += sp.in.At(at).turns
			}
		}
		return turns
	}
	for c := range sp.in.All() {
		if sel.has(c.half) {
			turns += c.turns
		}
	}
	return turns
}

// Roles are told apart by how long they talk: see tally.
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

// tally is how much one role has said.
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
