package recall

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Reads other than questions. Each sees a write completely or not at all.

// read runs ask under the read lock.
func read[T any](v *View, ask func() T) T {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return ask()
}

// found runs ask under the read lock, for a value that may be missing.
func found[T any](v *View, ask func() (T, bool)) (T, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return ask()
}

// Session returns a session. It takes no lock.
func (v *View) Session(id string) (record.Session, bool) { return v.said.sessions.get(id) }

// ChunksOf returns the ids of the chunks of a session's turns.
func (v *View) ChunksOf(session string) []string {
	return read(v, func() []string { return v.said.chunksOf(session) })
}

// ChunksOfTurns returns the ids of the chunks of turns.
func (v *View) ChunksOfTurns(turns []string) []string {
	return read(v, func() (out []string) {
		for _, id := range turns {
			out = append(out, v.said.chunksOfTurn(id)...)
		}
		return out
	})
}

// TurnsOf returns the number of turns of a session that pass visible, and whether all turns pass. A nil visible passes all.
func (v *View) TurnsOf(session string, visible func(record.ScopeSet) bool) (count int, all bool) {
	return found(v, func() (int, bool) { return v.said.turnsOf(session, visible) })
}

// SpeakersOf returns the speakers who say "I" in a session. It returns none unless the session's scopes pass visible.
func (v *View) SpeakersOf(session string, visible func(record.ScopeSet) bool) []string {
	return read(v, func() []string { return v.said.speakersOf(session, visible) })
}

// ScopesOf returns the scope sets of the turns of a session.
func (v *View) ScopesOf(session string) []record.ScopeSet {
	return read(v, func() []record.ScopeSet { return v.said.scopesOf(session) })
}

// Narrowing returns the chunks of a session in their new state, when they keep only the scopes that left returns. Chunks that keep no scope
// are erased.
func (v *View) Narrowing(session string, left func(record.ScopeSet) record.ScopeSet) (u store.Update) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, id := range v.said.chunksOf(session) {
		c := *v.chunk(id)
		if c.Scopes = left(c.Scopes); len(c.Scopes) == 0 {
			u.Erased = append(u.Erased, id)
		} else {
			u.Write.Chunks = append(u.Write.Chunks, c)
		}
	}
	return u
}

// Newest returns the newest recording time that the view knows.
func (v *View) Newest() time.Time {
	return read(v, func() time.Time {
		return slices.MaxFunc([]time.Time{v.said.newest.Time, v.known.newest.Time, v.library.newest.Time}, time.Time.Compare)
	})
}
