package recall

import (
	"time"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// The reads of the writer and of other callers, besides questions. Each sees every write whole or not at all.

// read runs ask under the read lock.
func read[T any](v *View, ask func() T) T {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return ask()
}

// found does the same for values that may be missing.
func found[T any](v *View, ask func() (T, bool)) (T, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return ask()
}

// Session returns a session.
func (v *View) Session(id string) (record.Session, bool) {
	return found(v, func() (record.Session, bool) { s, ok := v.said.sessions[id]; return s, ok })
}

// ChunksOf returns the ids of the chunks of a session's turns.
func (v *View) ChunksOf(session string) []string {
	return read(v, func() []string { return v.said.chunksOf(session) })
}

// TurnsOf returns the number of turns of a session that pass visible, and whether these are all. A nil visible passes all.
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

// Narrowing returns the chunks of a session that keep only some of their scopes, in their new state.
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

// Fact returns a fact.
func (v *View) Fact(id string) (*record.Fact, bool) {
	return found(v, func() (*record.Fact, bool) { f, ok := v.known.facts[id]; return f, ok })
}

// LastSeq returns the highest number of a fact.
func (v *View) LastSeq() int64 { return read(v, func() int64 { return v.known.seq }) }

// Newest returns the newest recording time that the view knows.
func (v *View) Newest() time.Time {
	return read(v, func() time.Time {
		if v.said.newest.After(v.known.newest.Time) {
			return v.said.newest.Time
		}
		return v.known.newest.Time
	})
}

// Known returns an entity as every reader of a scope set knows it. If the set has a row of its own, the result has that row and its
// spelling.
func (v *View) Known(key string, set record.ScopeSet) (record.Entity, bool) {
	return found(v, func() (record.Entity, bool) { e, _, ok := v.known.knownTo(key, set); return e, ok })
}

// LiveIn returns the live facts of one scope set whose entity is in subjects, and the live relations whose other end is in objects,
// if they are wanted and pass keep, in the order of their ids.
func (v *View) LiveIn(set record.ScopeSet, subjects, objects []string, wanted *reconcile.Wanted, keep func(*record.Fact) bool) []*record.Fact {
	return read(v, func() []*record.Fact { return v.known.liveIn(set, subjects, objects, wanted, keep) })
}

// History returns the closed facts that an entity has for a key in one scope set, in the order of record.CompareInTime.
func (v *View) History(set record.ScopeSet, kind record.Kind, entity, key string) []*record.Fact {
	return read(v, func() []*record.Fact { return v.known.history(set, kind, entity, key) })
}

// Remembers reports whether an entity has closed facts in one scope set that pass keep.
func (v *View) Remembers(set record.ScopeSet, entity string, keep func(*record.Fact) bool) bool {
	return read(v, func() bool { return v.known.remembers(set, entity, keep) })
}

// Vocabulary returns the names that a text for a scope set may mention, because the text has their first word: most used first, as
// every reader of the scope set knows them. If many names begin with the same word, see [Names.In].
func (v *View) Vocabulary(words []string, set record.ScopeSet) record.Vocabulary {
	return read(v, func() record.Vocabulary { return v.known.vocabulary(words, set) })
}

// Speakers returns the speakers that every reader of a scope set knows.
func (v *View) Speakers(set record.ScopeSet) []record.EntityRef {
	return read(v, func() []record.EntityRef { return v.known.speakers(set) })
}

// Kin returns the live relations of some entities to persons in one scope set, in the order of their recording.
func (v *View) Kin(set record.ScopeSet, subjects []string) []*record.Fact {
	return read(v, func() []*record.Fact { return v.known.kin(set, subjects) })
}

// Orders returns the active instructions of a scope set that demand or forbid a deed, by their [record.Deed].
func (v *View) Orders(scopes record.ScopeSet, deed string) []record.Instruction {
	return read(v, func() []record.Instruction { return rowsOf(v.known.instructions, v.known.orders.find(scopes, deed)) })
}

// Questions returns the open questions of a scope set about a topic, in normalised words.
func (v *View) Questions(scopes record.ScopeSet, about string) []record.OpenQuestion {
	return read(v, func() []record.OpenQuestion { return rowsOf(v.known.questions, v.known.asked.find(scopes, about)) })
}

func rowsOf[T any](all map[string]*T, ids []string) []T {
	out := make([]T, 0, len(ids))
	for _, id := range ids {
		out = append(out, *all[id])
	}
	return out
}
