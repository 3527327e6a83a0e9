package recall

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// EntityKeys returns up to limit keys of entities that a reader sees, from a key on, without that key; "": from the first.
func (s *State) EntityKeys(r Reader, after string, limit int) (keys []string) {
	defer s.enter()()
	for key := range s.view.known.keysFrom(r.by(), after, after == "") {
		if len(keys) == limit {
			break
		}
		keys = append(keys, key)
	}
	return keys
}

// Meant returns the keys of the entities that a name stands for, as far as a reader knows them.
func (s *State) Meant(r Reader, key string) (keys []string) {
	defer s.enter()()
	by := r.by()
	for _, key := range s.view.known.meant(by, key, &Point{}) {
		if _, ok := s.view.known.entityAt(by, key, &Point{}); ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// SetsOf returns the scope sets in which a reader sees an entity, in the order of their keys.
func (s *State) SetsOf(r Reader, entity string) (sets []record.ScopeSet) {
	defer s.enter()()
	catalog := s.view.known.entities[entity]
	if catalog == nil {
		return nil
	}
	for set := range catalog.Visible(r.Reach) {
		sets = append(sets, set)
	}
	slices.SortFunc(sets, func(a, b record.ScopeSet) int { return compareKeys(a, b) })
	return sets
}

func compareKeys(a, b record.ScopeSet) int {
	switch x, y := scope.Key(a), scope.Key(b); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// Relations returns the live relations of an entity in one scope set whose labels pass.
func (s *State) Relations(set record.ScopeSet, entity string, pass func(label string) bool) (out []*record.Fact) {
	defer s.enter()()
	if p := s.view.known.in(set, entity); p != nil {
		for _, at := range p.subject.keys {
			if at.kind == record.KindRelation && pass(at.key) {
				out = append(out, at.live...)
			}
		}
	}
	return out
}

// Under returns the live and closed facts of an entity under a key in one scope set.
func (s *State) Under(set record.ScopeSet, entity, key string) (out []*record.Fact) {
	defer s.enter()()
	if p := s.view.known.in(set, entity); p != nil {
		out = slices.Collect(p.subject.under(key))
	}
	return out
}

// Questioned reports whether an open question in a scope set is about an entity as such, such as whether a name means one person or two.
func (s *State) Questioned(set record.ScopeSet, e record.EntityRef) bool {
	defer s.enter()()
	return slices.ContainsFunc(s.view.known.asked.find(set, record.Normalise(e.Name)), func(id string) bool {
		return openAt(s.view.known.questions[id], time.Time{})
	})
}

// Retold is a live fact that was told several times.
type Retold struct {
	Fact  *record.Fact
	Turns []*record.Chunk // the first chunk of each turn in which a user told it, as far as they exist, were not forgotten, and the reader sees them
	// Former is the fact that it superseded, if a reader sees that.
	Former *record.Fact
}

// Tellings returns up to limit facts that a reader sees, that pass keep, and that were told again or are observations, newest first.
func (s *State) Tellings(r Reader, keep func(*record.Fact) bool, limit int) (out []Retold) {
	defer s.enter()()
	v := s.view
	lists, _ := v.known.factLists(r.by(), &FactQuery{Live: true})
	for f := range mergeLists(compareFacts, nil, slices.Values(lists)) {
		if len(out) == limit {
			break
		}
		if f.Source.Kind.Derived() || len(f.Retold) == 0 && f.Proofs == 0 || f.Past || !keep(f) || v.known.doubt(f, time.Time{}) != nil {
			continue
		}
		told := Retold{Fact: f}
		for _, turn := range f.Tellings() {
			if c := v.turn(turn); c != nil && c.KnownUntil.IsZero() && c.Role == record.User && r.Sees(c.Scopes) {
				told.Turns = append(told.Turns, c)
			}
		}
		if former := v.known.facts[f.Supersedes]; former != nil && r.Sees(former.Scopes) {
			told.Former = former
		}
		out = append(out, told)
	}
	return out
}
