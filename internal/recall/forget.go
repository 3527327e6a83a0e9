package recall

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Reads of rows to forget. Those that visit many rows are for the writer, who takes no lock for them.

// Forgotten returns when a turn was forgotten without being erased; zero: it was not, or only in part.
func (v *View) Forgotten(turn string) time.Time { return v.State().Forgotten(turn) }

// Forgotten returns when a turn was forgotten without being erased; zero: it was not, or only in part.
func (s *State) Forgotten(turn string) (at time.Time) {
	for i, c := range s.Pieces(turn) {
		if i == 0 || c.KnownUntil.IsZero() {
			at = c.KnownUntil
		}
		if at.IsZero() {
			return at
		}
	}
	return at
}

// Hides reports whether a turn, or a part of it, was forgotten without being erased.
func (s *State) Hides(turn string) bool {
	return slices.ContainsFunc(s.Pieces(turn), func(c *record.Chunk) bool { return !c.KnownUntil.IsZero() })
}

// Chunk returns a piece of a turn; nil: there is none with the id.
func (s *State) Chunk(id string) *record.Chunk {
	defer s.enter()()
	return s.view.chunk(id)
}

// Pieces returns the pieces of a turn, in their order.
func (s *State) Pieces(turn string) []*record.Chunk {
	defer s.enter()()
	out := s.view.chunksAmong(s.view.said.chunksOfTurn(turn))
	slices.SortFunc(out, func(a, b *record.Chunk) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// PiecesOf returns the pieces of the turns of a session, in the order of their ids.
func (s *State) PiecesOf(session string) []*record.Chunk {
	defer s.enter()()
	return s.view.chunksAmong(s.view.said.chunksOf(session))
}

// EachPieceOf calls f with the pieces of the turns of a session, unordered, while f wants more.
func (s *State) EachPieceOf(session string, f func(*record.Chunk) (more bool)) {
	defer s.enter()()
	for _, id := range s.view.said.chunks[session] {
		if c := s.view.chunk(id); c != nil && !f(c) {
			return
		}
	}
}

// EachPiece calls f with the pieces of all turns, unordered.
func (s *State) EachPiece(f func(*record.Chunk)) {
	defer s.enter()()
	for e := range s.view.index.All() {
		if c := chunkOf(&e); c != nil {
			f(c)
		}
	}
}

// EachFact calls f with all facts, unordered.
func (s *State) EachFact(f func(*record.Fact)) {
	defer s.enter()()
	for _, fact := range s.view.known.facts {
		f(fact)
	}
}

// LiveFacts returns all live facts, unordered.
func (s *State) LiveFacts() []*record.Fact {
	defer s.enter()()
	out := make([]*record.Fact, 0, len(s.view.known.facts))
	for _, f := range s.view.known.facts {
		if f.Live() {
			out = append(out, f)
		}
	}
	return out
}

// EachInstruction calls f with all instructions, unordered.
func (s *State) EachInstruction(f func(*record.Instruction)) {
	defer s.enter()()
	for _, i := range s.view.known.instructions {
		f(i)
	}
}

// EachQuestion calls f with all questions, unordered.
func (s *State) EachQuestion(f func(*record.OpenQuestion)) {
	defer s.enter()()
	for _, q := range s.view.known.questions {
		f(q)
	}
}

// Session returns a session.
func (s *State) Session(id string) (record.Session, bool) { return s.view.Session(id) }

// Named has what a scope set knows of an entity, now or earlier.
type Named struct {
	Key   string
	Set   record.ScopeSet
	Rows  []record.Entity
	Facts []*record.Fact // about it, and relations to it
}

// Everything returns what a reader knows of an entity and of the names that were merged into it, also if it was deleted.
func (s *State) Everything(r Reader, ref record.EntityRef) (out []Named) {
	defer s.enter()()
	by := r.by()
	keys := []string{ref.Key()}
	for _, key := range s.view.known.meant(by, ref.Key(), &Point{}) {
		keys = append(keys, key)
		for _, name := range s.view.known.namesOf(by, key, &Point{}, record.Alias) {
			keys = append(keys, name.Key())
		}
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		catalog := s.view.known.entities[key]
		if catalog == nil {
			continue
		}
		for set, p := range catalog.Visible(by.reach) {
			out = append(out, s.view.known.inSet(key, set, p))
		}
	}
	return out
}

// Presence returns what a scope set knows of an entity.
func (s *State) Presence(key string, set record.ScopeSet) (Named, bool) {
	defer s.enter()()
	p := s.view.known.in(set, key)
	if p == nil {
		return Named{}, false
	}
	return s.view.known.inSet(key, set, p), true
}

// Presences returns what all scope sets know of an entity.
func (s *State) Presences(key string) (out []Named) {
	defer s.enter()()
	if catalog := s.view.known.entities[key]; catalog != nil {
		for set, p := range catalog.Visible(scope.Reach{}) {
			out = append(out, s.view.known.inSet(key, set, p))
		}
	}
	return out
}

// inSet returns what a scope set knows of an entity.
func (s *factStore) inSet(key string, set record.ScopeSet, p *presence) Named {
	out := Named{Key: key, Set: set, Rows: slices.Clone(p.said())}
	p.subject.all(nil, func(facts []*record.Fact) { out.Facts = append(out.Facts, facts...) })
	for _, id := range p.object {
		if f := s.facts[id]; f != nil {
			out.Facts = append(out.Facts, f)
		}
	}
	return out
}

// NamesIn returns the keys of the entities of a scope set whose names a text has.
func (s *State) NamesIn(set record.ScopeSet, text string) (keys []string) {
	defer s.enter()()
	text = "-" + record.Normalise(text) + "-"
	for word := range strings.SplitSeq(text, "-") {
		catalog := s.view.known.names[word]
		if catalog == nil {
			continue
		}
		if names, ok := catalog.Get(set); ok {
			for _, key := range names.keys {
				if _, name, _ := strings.Cut(key, "/"); strings.Contains(text, "-"+name+"-") {
					keys = append(keys, key)
				}
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
