package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Seen returns an entity as it is known from what visible lets through; nil lets all through. Its row has the name as
// whoever was first wrote it, and the category of the weightiest fact about it, wherever that belongs: of what somebody may
// not read neither may show. asked is how it is called where it is asked for.
func (v *View) Seen(key, asked string, visible func(record.ScopeSet) bool) (record.Entity, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.seen(key, asked, visible)
}

func (v *View) seen(key, asked string, visible func(record.ScopeSet) bool) (record.Entity, bool) {
	e, ok := v.entities[key]
	if !ok || visible == nil {
		return e, ok
	}
	all := e.Scopes
	e.Scopes = seenClauses(all, visible)
	if len(e.Scopes) == len(all) || len(e.Scopes) == 0 {
		return e, len(e.Scopes) > 0
	}
	return v.spelled(e, key, asked, visible), true
}

func seenClauses(set record.ScopeSet, visible func(record.ScopeSet) bool) record.ScopeSet {
	var out record.ScopeSet
	for _, clause := range set {
		if visible(record.ScopeSet{clause}) {
			out = append(out, clause)
		}
	}
	return out
}

// spelled is an entity with its name and category as they are known from some facts.
func (v *View) spelled(e record.Entity, key, asked string, visible func(record.ScopeSet) bool) record.Entity {
	e.Name, e.Category = asked, record.Knowledge
	facts := v.about([]string{key}, []string{key}, func(f *record.Fact) bool { return visible(f.Scopes) })
	for i, f := range facts {
		if i == 0 && f.Entity.Key() == key {
			e.Name = f.Entity.Name
		} else if i == 0 {
			e.Name = f.Object.Name
		}
		if i == 0 || f.Category.Importance() > e.Category.Importance() {
			e.Category = f.Category
		}
	}
	e.Importance = e.Category.Importance()
	return e
}

// Known returns an entity as all who read what is written to a scope set may know it, and the writer, by visible; nil lets
// all through.
func (v *View) Known(key, asked string, scopes record.ScopeSet, visible func(record.ScopeSet) bool) (record.Entity, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.known(key, asked, scopes, visible)
}

func (v *View) known(key, asked string, scopes record.ScopeSet, visible func(record.ScopeSet) bool) (record.Entity, bool) {
	e, ok := v.entities[key]
	if !ok {
		return e, false
	}
	passes := func(set record.ScopeSet) bool {
		return (visible == nil || visible(set)) && !slices.ContainsFunc(scopes, func(clause []string) bool {
			return !scope.Through(record.ScopeSet{clause}, set)
		})
	}
	if !slices.ContainsFunc(e.Scopes, func(clause []string) bool { return !passes(record.ScopeSet{clause}) }) {
		return e, true
	}
	if visible != nil {
		e.Scopes = seenClauses(e.Scopes, visible)
	}
	if len(e.Scopes) == 0 || slices.ContainsFunc(scopes, func(clause []string) bool { return !scope.Through(record.ScopeSet{clause}, e.Scopes) }) {
		return e, false
	}
	return v.spelled(e, key, asked, passes), true
}
