package recall

import (
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/sorted"
)

// State gives the planner of a write access to the content of a view. A read takes the lock of the view, unless the lock is held already or
// the reader is the writer. A State belongs to one goroutine.
type State struct {
	view  *View
	owned bool // the reader is the writer, and nobody else changes the view
	held  bool // Hold has taken the lock
}

// State returns a State for a goroutine that does not hold the writer's lock.
func (v *View) State() *State { return &State{view: v} }

// Own returns a State for the writer. Its reads take no lock.
func (v *View) Own() *State { return &State{view: v, owned: true} }

// Owned reports whether the reader is the writer.
func (s *State) Owned() bool { return s.owned }

// Hold takes the lock of the view once for the following reads, until Release. Do nothing slow while it is held: a write waits for it, and
// new readers wait behind that write.
func (s *State) Hold(ctx context.Context) error {
	if s.owned || s.held {
		return nil
	}
	if err := s.view.rlock(ctx); err != nil {
		return err
	}
	s.held = true
	return nil
}

// Release releases the lock if Hold has taken it.
func (s *State) Release() {
	if s.held {
		s.held = false
		s.view.mu.RUnlock()
	}
}

// Held reports whether Hold has taken the lock.
func (s *State) Held() bool { return s.held }

// enter begins a read. The returned function ends it.
func (s *State) enter() func() {
	if s.owned || s.held {
		return func() {}
	}
	s.view.mu.RLock()
	return s.view.mu.RUnlock
}

// Fact returns a fact.
func (s *State) Fact(id string) (*record.Fact, bool) {
	defer s.enter()()
	f, ok := s.view.known.facts[id]
	return f, ok
}

// Dimension returns the length of the vectors; 0 without vectors.
func (s *State) Dimension() int {
	defer s.enter()()
	return s.view.index.Dimension()
}

// LastSeq returns the highest number of a fact.
func (s *State) LastSeq() int64 {
	defer s.enter()()
	return s.view.known.seq
}

// Known returns an entity as every reader of a scope set knows it. If the set has a row of the entity, the result is that row with its
// spelling.
func (s *State) Known(key string, set record.ScopeSet) (record.Entity, bool) {
	defer s.enter()()
	e, _, ok := s.view.known.knownTo(key, set)
	return e, ok
}

// LiveIn returns the live facts of one scope set whose entity is in subjects, and the live relations whose other end is in objects,
// if they are wanted and pass keep, in the order of their ids.
func (s *State) LiveIn(set record.ScopeSet, subjects, objects []string, wanted *reconcile.Wanted, keep func(*record.Fact) bool) []*record.Fact {
	defer s.enter()()
	return s.view.known.liveIn(set, subjects, objects, wanted, keep)
}

// History returns the closed facts that an entity has for a key in one scope set, in the order of record.CompareInTime.
func (s *State) History(set record.ScopeSet, kind record.Kind, entity, key string) []*record.Fact {
	defer s.enter()()
	return s.view.known.history(set, kind, entity, key)
}

// TurnPlace returns the session of a stored turn and its number there. It returns "" if there is no such turn.
func (s *State) TurnPlace(turn string) (session string, seq int) {
	defer s.enter()()
	for _, id := range s.view.said.chunksOfTurn(turn) {
		if c := s.view.chunk(id); c != nil {
			return c.Session, c.Seq
		}
	}
	return "", 0
}

// Remembers reports whether an entity has closed facts in one scope set that pass keep.
func (s *State) Remembers(set record.ScopeSet, entity string, keep func(*record.Fact) bool) bool {
	defer s.enter()()
	return s.view.known.remembers(set, entity, keep)
}

// Vocabulary returns the names that a text for a scope set may mention, because the text has their first word: most used first, as
// every reader of the scope set knows them, once planned is stored. If many names begin with the same word, see [Names.In].
func (s *State) Vocabulary(words []string, set record.ScopeSet, planned *Planned) record.Vocabulary {
	defer s.enter()()
	return s.view.known.vocabulary(words, set, planned)
}

// Speakers returns the live facts that name a speaker and that every reader of a scope set knows.
func (s *State) Speakers(set record.ScopeSet) []*record.Fact {
	defer s.enter()()
	return s.view.known.speakers(set)
}

// Kin returns the live relations of some entities to persons in one scope set, in the order in which they were recorded.
func (s *State) Kin(set record.ScopeSet, subjects []string) []*record.Fact {
	defer s.enter()()
	return s.view.known.kin(set, subjects)
}

// Orders returns the active instructions of a scope set that demand or forbid a deed, by their [record.Deed].
func (s *State) Orders(scopes record.ScopeSet, deed string) []record.Instruction {
	defer s.enter()()
	return rowsOf(s.view.known.instructions, s.view.known.orders.find(scopes, deed))
}

// ActiveOrders returns the active instructions of a scope set, newest first.
func (s *State) ActiveOrders(set record.ScopeSet) (out []*record.Instruction) {
	defer s.enter()()
	own, ok := s.view.known.ordered.in.Get(set)
	if !ok {
		return nil
	}
	for i := range mergeLists(compareInstructions, nil, slices.Values([]*sorted.List[*record.Instruction]{own})) {
		if i.Active {
			out = append(out, i)
		}
	}
	return out
}

// Questions returns the open questions of a scope set about a topic, in normalised words.
func (s *State) Questions(scopes record.ScopeSet, about string) []record.OpenQuestion {
	defer s.enter()()
	return rowsOf(s.view.known.questions, s.view.known.asked.find(scopes, about))
}

// Instruction returns an instruction.
func (s *State) Instruction(id string) (*record.Instruction, bool) {
	defer s.enter()()
	i, ok := s.view.known.instructions[id]
	return i, ok
}

// Question returns an uncertainty.
func (s *State) Question(id string) (*record.OpenQuestion, bool) {
	defer s.enter()()
	q, ok := s.view.known.questions[id]
	return q, ok
}

// Appearance returns a row with the data of an entity in a scope set.
func (s *State) Appearance(id string) (record.Entity, bool) {
	defer s.enter()()
	p := s.view.known.appearances[id]
	if p == nil {
		return record.Entity{}, false
	}
	return p.rowOf(id), true
}

// Doubts returns the open questions that put a fact in doubt, in the scope set of the fact.
func (s *State) Doubts(fact *record.Fact) []record.OpenQuestion {
	defer s.enter()()
	all := rowsOf(s.view.known.questions, s.view.known.doubts.find(fact.Scopes, fact.ID))
	return slices.DeleteFunc(all, func(q record.OpenQuestion) bool { return q.Resolved })
}

// Filed is an entity in one scope set.
type Filed struct {
	Set  record.ScopeSet
	Rows []record.Entity // rows of the entity and of its merged names
	Live []*record.Fact  // live facts about it, and live relations to it
}

// FiledFor returns the key of an entity and its data in each scope set that the reader sees, including the rows of names that were merged
// into it. It follows a name that was merged into another entity. It returns false if the reader knows no such entity.
func (s *State) FiledFor(r Reader, ref record.EntityRef) (key string, filed []Filed, ok bool) {
	defer s.enter()()
	by := r.by()
	for _, key = range s.view.known.meant(by, ref.Key(), &Point{}) {
		if _, ok = s.view.known.entityAt(by, key, &Point{}); ok {
			break
		}
	}
	if !ok {
		return key, nil, false
	}
	for set, p := range s.view.known.entities[key].Visible(by.reach) {
		f := Filed{Set: set, Live: s.view.known.liveIn(set, []string{key}, []string{key}, nil, func(*record.Fact) bool { return true })}
		own := []*presence{p}
		for _, ref := range s.view.known.namesOf(by, key, &Point{}, record.Alias) {
			if other := s.view.known.in(set, ref.Key()); other != nil {
				own = append(own, other)
			}
		}
		for _, p := range own {
			for _, row := range p.said() {
				if row.RetiredAt.IsZero() {
					f.Rows = append(f.Rows, row)
				}
			}
		}
		if len(f.Rows)+len(f.Live) > 0 {
			filed = append(filed, f)
		}
	}
	return key, filed, true
}

func rowsOf[T any](all map[string]*T, ids []string) []T {
	out := make([]T, 0, len(ids))
	for _, id := range ids {
		out = append(out, *all[id])
	}
	return out
}
