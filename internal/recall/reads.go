package recall

import (
	"time"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// What the writer and others ask a view for, beside questions. Each of these sees every write whole or not at all.

// read asks a view that writes do not change meanwhile.
func read[T any](v *View, ask func() T) T {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return ask()
}

// found asks in the same way for what may not be there.
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

// TurnsOf returns how many turns of a session visible lets through, and whether that is all of them. nil lets all
// through.
func (v *View) TurnsOf(session string, visible func(record.ScopeSet) bool) (count int, all bool) {
	return found(v, func() (int, bool) { return v.said.turnsOf(session, visible) })
}

// SpeakersOf returns who says "I" in a session, as far as visible lets through all that it may be known from.
func (v *View) SpeakersOf(session string, visible func(record.ScopeSet) bool) []string {
	return read(v, func() []string { return v.said.speakersOf(session, visible) })
}

// ScopesOf returns the scope sets that the turns of a session belong to.
func (v *View) ScopesOf(session string) []record.ScopeSet {
	return read(v, func() []record.ScopeSet { return v.said.scopesOf(session) })
}

// Narrowing returns what becomes of the chunks of a session of whose scopes only a part is left.
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

// LastSeq is the highest number of a fact.
func (v *View) LastSeq() int64 { return read(v, func() int64 { return v.known.seq }) }

// Newest is the newest time at which the view knows something to have been stored.
func (v *View) Newest() time.Time {
	return read(v, func() time.Time {
		if v.said.newest.After(v.known.newest.Time) {
			return v.said.newest.Time
		}
		return v.known.newest.Time
	})
}

// Known returns an entity as everybody may know it who reads what is written to a scope set. It has the row of that set, if
// there is one, with its own spelling.
func (v *View) Known(key string, set record.ScopeSet) (record.Entity, bool) {
	return found(v, func() (record.Entity, bool) { e, _, ok := v.known.knownTo(key, set); return e, ok })
}

// LiveIn returns the live facts of one scope set whose entity has one of the keys in subjects, and the live relations whose
// other end has one of those in objects, as far as they are wanted and keep says so, in the order of their ids.
func (v *View) LiveIn(set record.ScopeSet, subjects, objects []string, wanted *reconcile.Wanted, keep func(*record.Fact) bool) []*record.Fact {
	return read(v, func() []*record.Fact { return v.known.liveIn(set, subjects, objects, wanted, keep) })
}

// History returns the closed facts that an entity has for a key in one scope set, in the order of record.CompareInTime.
func (v *View) History(set record.ScopeSet, kind record.Kind, entity, key string) []*record.Fact {
	return read(v, func() []*record.Fact { return v.known.history(set, kind, entity, key) })
}

// Remembers reports whether an entity has closed facts in one scope set for which keep says so.
func (v *View) Remembers(set record.ScopeSet, entity string, keep func(*record.Fact) bool) bool {
	return read(v, func() bool { return v.known.remembers(set, entity, keep) })
}

// Vocabulary returns the names that a text which is written to a scope set may speak of, because the first word of the name
// occurs in it: most used first, as far as everybody may know it who reads what is written there. Where many begin with that
// word, see [Names.In].
func (v *View) Vocabulary(words []string, set record.ScopeSet) record.Vocabulary {
	return read(v, func() record.Vocabulary { return v.known.vocabulary(words, set) })
}

// Speakers returns who is known to say "I" by everybody who reads what is written to a scope set.
func (v *View) Speakers(set record.ScopeSet) []record.EntityRef {
	return read(v, func() []record.EntityRef { return v.known.speakers(set) })
}

// Kin returns the live relations of some entities to persons in one scope set, in the order in which they were recorded.
func (v *View) Kin(set record.ScopeSet, subjects []string) []*record.Fact {
	return read(v, func() []*record.Fact { return v.known.kin(set, subjects) })
}

// Orders returns the active instructions of a scope set that ask for a deed or forbid it, by their [record.Deed].
func (v *View) Orders(scopes record.ScopeSet, deed string) []record.Instruction {
	return read(v, func() []record.Instruction { return rowsOf(v.known.instructions, v.known.orders.find(scopes, deed)) })
}

// Questions returns the open questions of a scope set about something, in normalised words.
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
