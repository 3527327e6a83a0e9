package recall

import (
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// turnSet is how many turns of a session belong to a scope set.
type turnSet struct {
	scopes record.ScopeSet
	count  int
}

// countTurn takes note of a turn, of which c is a chunk.
func (v *View) countTurn(c *record.Chunk) {
	sets := v.turns[c.Session]
	for i := range sets {
		if sets[i].scopes.Equal(c.Scopes) {
			sets[i].count++
			return
		}
	}
	v.turns[c.Session] = append(sets, turnSet{c.Scopes, 1})
}

// TurnsOf returns how many turns of a session visible lets through, and whether that is all of them. nil lets all
// through.
func (v *View) TurnsOf(session string, visible func(record.ScopeSet) bool) (count int, all bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.turnsOf(session, visible)
}

func (v *View) turnsOf(session string, visible func(record.ScopeSet) bool) (count int, all bool) {
	all = true
	for _, set := range v.turns[session] {
		if visible != nil && !visible(set.scopes) {
			all = false
			continue
		}
		count += set.count
	}
	return count, all
}

// SpeakersOf returns who says "I" in a session, as far as visible lets through all that it may be known from.
func (v *View) SpeakersOf(session string, visible func(record.ScopeSet) bool) []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.speakersOf(session, visible)
}

func (v *View) speakersOf(session string, visible func(record.ScopeSet) bool) []string {
	s := v.sessions[session]
	if visible != nil && !visible(s.Scopes) {
		return nil
	}
	return s.Speakers
}

// Narrowing returns what becomes of the chunks of a session of whose scopes only a part is left.
func (v *View) Narrowing(session string, left func(record.ScopeSet) record.ScopeSet) (u store.Update) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, id := range v.chunksOf(session) {
		c := *v.chunk(id)
		if c.Scopes = left(c.Scopes); len(c.Scopes) == 0 {
			u.Erased = append(u.Erased, id)
		} else {
			u.Write.Chunks = append(u.Write.Chunks, c)
		}
	}
	return u
}

// ScopesOf returns the scope sets that the turns of a session belong to.
func (v *View) ScopesOf(session string) []record.ScopeSet {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var out []record.ScopeSet
	for _, set := range v.turns[session] {
		out = append(out, set.scopes)
	}
	return out
}
