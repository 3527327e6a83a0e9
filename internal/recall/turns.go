package recall

import "github.com/spectron-go/spectron/internal/record"

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
