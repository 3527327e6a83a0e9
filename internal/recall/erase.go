package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// What is erased is taken out of everything that it was filed under, and what loses a part of its scopes is filed anew: what is
// left is as if it had been read from the database.

// Holds reports whether the view holds a row of whose scopes the test is true.
func (v *View) Holds(test func(record.ScopeSet) bool) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	known := map[string]bool{} // many rows have the same scopes
	in := func(set record.ScopeSet) bool {
		key := scope.Key(set)
		found, ok := known[key]
		if !ok {
			found = test(set)
			known[key] = found
		}
		return found
	}
	for _, p := range v.appearances {
		if in(p.row.Scopes) {
			return true
		}
	}
	// The index has all chunks, facts and instructions.
	return slices.ContainsFunc(v.index.ScopeSets(), in) || holds(v.questions, func(q *record.OpenQuestion) bool { return in(q.Scopes) })
}

func holds[T any](rows map[string]T, test func(T) bool) bool {
	for _, r := range rows {
		if test(r) {
			return true
		}
	}
	return false
}

// erase takes out the rows of the given ids.
func (v *View) erase(ids []string) {
	r := refiling{view: v}
	var chunks []*record.Chunk
	for _, id := range ids {
		if c := v.chunk(id); c != nil {
			chunks = append(chunks, c)
		}
	}
	turns := v.uncountTurns(chunks)
	for _, c := range chunks {
		v.dropChunk(c)
	}
	for _, id := range ids {
		if f := v.facts[id]; f != nil {
			r.fact(f, nil)
		}
		if i := v.instructions[id]; i != nil {
			delete(v.instructions, id)
			v.settle(i.Scopes, record.Deed(i.Description), id)
		}
		if q := v.questions[id]; q != nil {
			delete(v.questions, id)
			v.settle(q.Scopes, record.Normalise(q.About), id)
		}
		v.unname(id)
		v.removeSession(id)
		delete(v.turns, id)
		delete(v.bySession, id)
	}
	r.done()
	v.index.Delete(ids...)
	v.countTurns(turns)
}

// uncountTurn undoes countTurn.
func (v *View) uncountTurn(c *record.Chunk) {
	sets := v.turns[c.Session]
	for i := range sets {
		if sets[i].scopes.Equal(c.Scopes) {
			if sets[i].count--; sets[i].count == 0 {
				sets = slices.Delete(sets, i, i+1)
			}
			break
		}
	}
	if v.turns[c.Session] = sets; len(sets) == 0 {
		delete(v.turns, c.Session)
	}
}

// unname takes out what one row says of an entity.
func (v *View) unname(id string) {
	p := v.appearances[id]
	if p == nil {
		return
	}
	delete(v.appearances, id)
	gone := p.row
	if len(p.rows) > 0 {
		i := slices.IndexFunc(p.rows, func(e record.Entity) bool { return e.ID == id })
		gone = p.rows[i]
		p.rows = slices.Delete(p.rows, i, i+1)
		p.merge()
		return
	}
	p.row = record.Entity{}
	key, word := gone.Key(), record.FirstWord(gone.Name)
	if n, ok := v.words[word].Get(gone.Scopes); ok { // it was enlisted with its first row
		if n.remove(key); len(n.keys) == 0 {
			unfile(v.words, word, gone.Scopes)
		}
	}
	v.tidy(key, gone.Scopes)
}

// tidy takes out the place of an entity in a scope set where nothing is left of it.
func (v *View) tidy(key string, set record.ScopeSet) {
	catalog := v.entities[key]
	if catalog == nil {
		return
	}
	if p, ok := catalog.Get(set); ok && p.row.ID == "" && p.subject.empty() && len(p.object) == 0 {
		unfile(v.entities, key, set)
	}
}

// unfile undoes filed.
func unfile[T any](catalogs map[string]*scope.Catalog[*T], key string, set record.ScopeSet) {
	if c := catalogs[key]; c.Delete(set) && c.Len() == 0 {
		delete(catalogs, key)
	}
}

// settle takes an instruction or question out of what writes to a scope set are held against. By is what it is found by there.
func (v *View) settle(set record.ScopeSet, by, id string) {
	key := scope.Key(set)
	p := v.pending[key]
	if p == nil {
		return
	}
	mark(p.orders, by, id, false)
	mark(p.questions, by, id, false)
	if len(p.orders)+len(p.questions) == 0 {
		delete(v.pending, key)
	}
}

// refiling takes facts out of the lists of their entities, all at once: a list may be long.
type refiling struct {
	view  *View
	lists map[*presence]*leaving
}

// leaving are the facts that leave an entity in a scope set.
type leaving struct {
	entity string
	set    record.ScopeSet
	ids    map[string]bool
}

// fact puts a fact in the place of the one of its id that is there; nil: nothing.
func (r *refiling) fact(old, now *record.Fact) {
	v := r.view
	if old.Live() {
		v.count(old, -1)
	}
	r.from(old.Entity.Key(), old)
	if old.Kind == record.KindRelation {
		r.from(old.Object.Key(), old)
	}
	if now == nil {
		delete(v.facts, old.ID)
		return
	}
	v.facts[now.ID] = now
	v.enter(now)
	if now.Live() {
		v.count(now, 1)
	}
}

func (r *refiling) from(entity string, f *record.Fact) {
	p := r.view.file(entity, f.Scopes)
	if r.lists == nil {
		r.lists = map[*presence]*leaving{}
	}
	if r.lists[p] == nil {
		r.lists[p] = &leaving{entity, f.Scopes, map[string]bool{}}
	}
	r.lists[p].ids[f.ID] = true
}

// done ends it.
func (r *refiling) done() {
	for p, out := range r.lists {
		p.subject.drop(func(f *record.Fact) bool { return out.ids[f.ID] })
		p.object = slices.DeleteFunc(p.object, func(id string) bool { return out.ids[id] })
		r.view.tidy(out.entity, out.set)
	}
}
