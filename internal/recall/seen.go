package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
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
	e.Scopes = nil
	for _, clause := range all {
		if visible(record.ScopeSet{clause}) {
			e.Scopes = append(e.Scopes, clause)
		}
	}
	if len(e.Scopes) == len(all) || len(e.Scopes) == 0 {
		return e, len(e.Scopes) > 0
	}
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
	return e, true
}

// knownAt reports whether some clause of an entity's scopes passes.
func knownAt(e record.Entity, passes func(record.ScopeSet) bool) bool {
	return slices.ContainsFunc(e.Scopes, func(clause []string) bool { return passes(record.ScopeSet{clause}) })
}
