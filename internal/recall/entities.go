package recall

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// An entity is a key. What is known of it is filed by scope set: how it is spelled there, and the facts about it. Whoever asks
// is given what lies in the sets that he sees, and what is written to a set is named by what everybody sees who sees that set:
// so nothing of the others shows, whoever writes.

// presence is an entity in one scope set.
type presence struct {
	row     record.Entity   // what is known of it there; without an ID nothing is
	rows    []record.Entity // what row was merged from, when there are several
	subject Shelf           // the facts about it
	object  []string        // ids of the relations to it
	live    int             // how many of all these are live
}

// file returns where an entity is filed in a scope set, for writing to it.
func (v *View) file(key string, set record.ScopeSet) *presence { return filed(v.entities, key, set) }

// filed returns what a catalog of its own holds for a key in a scope set, and makes it when there is none.
func filed[T any](catalogs map[string]*scope.Catalog[*T], key string, set record.ScopeSet) *T {
	catalog := catalogs[key]
	if catalog == nil {
		catalog = new(scope.Catalog[*T])
		catalogs[key] = catalog
	}
	value, ok := catalog.Get(set)
	if !ok {
		value = new(T)
		catalog.Put(set, value)
	}
	return value
}

// name takes over what is known of an entity in a scope set. Of several rows the first says how it is spelled, and the
// weightiest says what category it is of.
func (v *View) name(e record.Entity) {
	if p := v.appearances[e.ID]; p != nil && !p.row.Scopes.Equal(e.Scopes) {
		v.unname(e.ID)
	}
	key := e.Key()
	p := v.file(key, e.Scopes)
	v.appearances[e.ID] = p
	switch {
	case p.row.ID == "":
		v.enlist(record.FirstWord(e.Name), key, e.Scopes)
		p.row = e
	case len(p.rows) == 0 && p.row.ID == e.ID:
		p.row = e
	default:
		if len(p.rows) == 0 {
			p.rows = []record.Entity{p.row}
		}
		p.rows = append(slices.DeleteFunc(p.rows, func(r record.Entity) bool { return r.ID == e.ID }), e)
		p.merge()
	}
}

// merge works out what the rows come to.
func (p *presence) merge() {
	p.row = p.rows[0]
	for _, e := range p.rows[1:] {
		p.row = merged(p.row, e)
	}
	if len(p.rows) == 1 {
		p.rows = nil
	}
}

// enlist files an entity under the first word of its name.
func (v *View) enlist(word, key string, set record.ScopeSet) {
	filed(v.words, word, set).Add(key)
}

// merged is what two rows of one entity come to.
func merged(a, b record.Entity) record.Entity {
	first, other := a, b
	if cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID)) > 0 {
		first, other = b, a
	}
	if other.Category.Importance() > first.Category.Importance() {
		first.Category = other.Category
	}
	first.Importance = max(first.Importance, other.Importance)
	return first
}

// reader is who asks a question. It remembers where an entity is filed that the reader may see: a question asks for the same
// entities again and again. It is good for as long as the view stays locked.
type reader struct {
	reach scope.Reach
	asked []asked
	found []*presence // of all that was asked, one behind the other
}

// asked is an entity for which a reader has looked: its presences are found[from:to].
type asked struct {
	catalog  *scope.Catalog[*presence]
	from, to int
}

func newReader(f index.Filter) *reader { return &reader{reach: f.Reach()} }

// sees returns the presences of a catalog that the reader sees, which is nil for none.
func (r *reader) sees(catalog *scope.Catalog[*presence]) []*presence {
	if catalog == nil {
		return nil
	}
	for _, a := range r.asked {
		if a.catalog == catalog {
			return r.found[a.from:a.to]
		}
	}
	from := len(r.found)
	for _, p := range catalog.Visible(r.reach) {
		r.found = append(r.found, p)
	}
	r.asked = append(r.asked, asked{catalog, from, len(r.found)})
	return r.found[from:]
}

// seen returns an entity as a reader knows it.
func (v *View) seen(key string, by *reader) (known record.Entity, ok bool) {
	for _, p := range by.sees(v.entities[key]) {
		switch {
		case p.row.ID == "":
		case !ok:
			known, ok = p.row, true
		default:
			known = merged(known, p.row)
		}
	}
	return known, ok
}

// Known returns an entity as everybody may know it who reads what is written to a scope set. It has the row of that set, if
// there is one, with its own spelling.
func (v *View) Known(key string, set record.ScopeSet) (record.Entity, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	known, _, ok := v.known(key, set)
	return known, ok
}

// known also counts the live facts that it is known from.
func (v *View) known(key string, set record.ScopeSet) (known record.Entity, live int, ok bool) {
	catalog := v.entities[key]
	if catalog == nil {
		return record.Entity{}, 0, false
	}
	return knownIn(catalog, set)
}

func knownIn(catalog *scope.Catalog[*presence], set record.ScopeSet) (known record.Entity, live int, ok bool) {
	for _, p := range catalog.KnownTo(set) {
		live += p.live
		switch {
		case p.row.ID == "":
		case !ok:
			known, ok = p.row, true
		default:
			known = merged(known, p.row)
		}
	}
	if own, here := catalog.Get(set); here && own.row.ID != "" {
		own := own.row
		own.Category, own.Importance = known.Category, known.Importance
		known = own
	}
	return known, live, ok
}

// count adds to the live facts of the entities of a fact.
func (v *View) count(f *record.Fact, by int) {
	v.file(f.Entity.Key(), f.Scopes).live += by
	if f.Kind == record.KindRelation {
		v.file(f.Object.Key(), f.Scopes).live += by
	}
}

// update takes over a fact that is in the view already, as it is now.
func (v *View) update(old, f *record.Fact) {
	v.facts[f.ID] = f
	v.file(f.Entity.Key(), f.Scopes).subject.Put(old, f)
}

// History returns the closed facts that an entity has for a key in one scope set, in the order of record.CompareInTime.
func (v *View) History(set record.ScopeSet, kind record.Kind, entity, key string) []*record.Fact {
	v.mu.RLock()
	s := v.history(set, kind, entity, key)
	if s == nil || !s.unsorted {
		defer v.mu.RUnlock()
		if s == nil {
			return nil
		}
		return s.sorted()
	}
	v.mu.RUnlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	return s.sorted()
}

func (v *View) history(set record.ScopeSet, kind record.Kind, entity, key string) *slot {
	catalog := v.entities[entity]
	if catalog == nil {
		return nil
	}
	p, ok := catalog.Get(set)
	if !ok {
		return nil
	}
	if i, found := p.subject.find(kind, key); found {
		return p.subject.keys[i]
	}
	return nil
}

// Remembers reports whether an entity has closed facts in one scope set for which keep says so.
func (v *View) Remembers(set record.ScopeSet, entity string, keep func(*record.Fact) bool) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	catalog := v.entities[entity]
	if catalog == nil {
		return false
	}
	p, ok := catalog.Get(set)
	return ok && slices.ContainsFunc(p.subject.keys, func(at *slot) bool { return slices.ContainsFunc(at.closed, keep) })
}

// Fact returns a fact.
func (v *View) Fact(id string) (*record.Fact, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	f, ok := v.facts[id]
	return f, ok
}

// LastSeq is the highest number of a fact.
func (v *View) LastSeq() int64 {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.seq
}

// Newest is the newest time at which the view knows something to have been stored.
func (v *View) Newest() time.Time {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.newest
}

// stored notes the times at which something was stored.
func (v *View) stored(times ...time.Time) {
	for _, t := range times {
		if t.After(v.newest) {
			v.newest = t
		}
	}
}

// enter files a new fact under its entities.
func (v *View) enter(f *record.Fact) {
	s := &v.file(f.Entity.Key(), f.Scopes).subject
	if v.loading {
		s.load(f)
	} else {
		s.Put(nil, f)
	}
	if f.Kind == record.KindRelation {
		p := v.file(f.Object.Key(), f.Scopes)
		p.object = append(p.object, f.ID)
	}
}

// LiveIn returns the live facts of one scope set whose entity has one of the keys in subjects, and the live relations whose
// other end has one of those in objects, as far as they are wanted and keep says so, in the order of their ids.
func (v *View) LiveIn(set record.ScopeSet, subjects, objects []string, wanted *reconcile.Wanted, keep func(*record.Fact) bool) []*record.Fact {
	v.mu.RLock()
	defer v.mu.RUnlock()
	c := collector{view: v, wanted: wanted, keep: keep, live: true}
	c.each(subjects, objects, func(catalog *scope.Catalog[*presence], take func(*presence)) {
		if p, ok := catalog.Get(set); ok {
			take(p)
		}
	})
	return c.sorted()
}

// about does the same for what a reader is given, with closed facts.
func (v *View) about(by *reader, subjects, objects []string, wanted *reconcile.Wanted, keep func(*record.Fact) bool) []*record.Fact {
	c := collector{view: v, wanted: wanted, keep: keep}
	c.each(subjects, objects, func(catalog *scope.Catalog[*presence], take func(*presence)) {
		for _, p := range by.sees(catalog) {
			take(p)
		}
	})
	return c.sorted()
}

// collector gathers facts, each once.
type collector struct {
	view   *View
	wanted *reconcile.Wanted // nil: all
	keep   func(*record.Fact) bool
	live   bool // live facts alone
	seen   map[string]bool
	out    []*record.Fact
}

func (c *collector) each(subjects, objects []string, visit func(*scope.Catalog[*presence], func(*presence))) {
	c.seen = map[string]bool{}
	for _, key := range subjects {
		if catalog := c.view.entities[key]; catalog != nil {
			visit(catalog, func(p *presence) {
				if c.live {
					p.subject.Live(c.wanted, c.collect)
				} else {
					p.subject.all(c.wanted, c.collect)
				}
			})
		}
	}
	for _, key := range objects {
		if catalog := c.view.entities[key]; catalog != nil {
			visit(catalog, func(p *presence) {
				for _, id := range p.object {
					if f := c.view.facts[id]; f != nil && (f.Live() || !c.live) {
						c.collect([]*record.Fact{f})
					}
				}
			})
		}
	}
}

func (c *collector) collect(facts []*record.Fact) {
	for _, f := range facts {
		if !c.seen[f.ID] && c.wanted.Has(f) && c.keep(f) {
			c.seen[f.ID] = true
			c.out = append(c.out, f)
		}
	}
}

func (c *collector) sorted() []*record.Fact {
	slices.SortFunc(c.out, func(a, b *record.Fact) int { return strings.Compare(a.ID, b.ID) })
	return c.out
}

// accounts returns whom a name stands for: the entity itself, as far as anything is known about it, and those who have said the
// name for another one of their own.
func (v *View) accounts(q Query, e record.EntityRef) (meant []record.EntityRef, itself bool) {
	key := e.Key()
	joined := v.about(q.by, []string{key}, nil, under(record.Account), func(f *record.Fact) bool {
		return f.Kind == record.KindRelation && readable(f, index.Filter{Visible: q.Filter.Visible, AsOf: q.Filter.AsOf})
	})
	itself = len(joined) == 0 || len(v.about(q.by, []string{key}, []string{key}, nil, func(f *record.Fact) bool {
		return (f.Entity.Key() == key) == (f.Key != record.Account) && (q.Filter.AsOf.IsZero() || !f.Known.From.After(q.Filter.AsOf))
	})) > 0
	if itself {
		meant = append(meant, e)
	}
	for _, f := range joined {
		if f.Object.Key() != key && !names(meant, f.Object) {
			meant = append(meant, f.Object)
		}
	}
	return meant, itself
}

// maxVocabulary bounds how many names a text is read against.
const maxVocabulary = 500

// Vocabulary returns the names that a text which is written to a scope set may speak of, because the first word of the name
// occurs in it: most used first, as far as everybody may know it who reads what is written there. Where many begin with that
// word, see [Names.In].
func (v *View) Vocabulary(words []string, set record.ScopeSet) record.Vocabulary {
	v.mu.RLock()
	defer v.mu.RUnlock()
	type used struct {
		ref  record.EntityRef
		key  string
		uses int
	}
	var all []used
	seen := map[string]bool{}
	for _, word := range words {
		catalog := v.words[word]
		if catalog == nil {
			continue
		}
		for _, n := range catalog.KnownTo(set) {
			for _, key := range n.In(words) {
				if seen[key] {
					continue
				}
				seen[key] = true
				if e, uses, ok := v.known(key, set); ok && e.EntityRef != record.UserEntity {
					all = append(all, used{e.EntityRef, key, uses})
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b used) int { return cmp.Or(b.uses-a.uses, strings.Compare(a.key, b.key)) })
	var out record.Vocabulary
	for _, u := range all[:min(len(all), maxVocabulary)] {
		out.Entities = append(out.Entities, u.ref)
	}
	return out
}

// speakerKey is the attribute of the user entity that holds the names of those who said "I".
const speakerKey = "name"

// Speakers returns who is known to say "I" by everybody who reads what is written to a scope set.
func (v *View) Speakers(set record.ScopeSet) []record.EntityRef {
	v.mu.RLock()
	defer v.mu.RUnlock()
	c := collector{view: v, wanted: under(speakerKey), live: true, keep: func(f *record.Fact) bool { return f.Kind == record.KindAttribute }}
	c.each([]string{record.UserEntity.Key()}, nil, func(catalog *scope.Catalog[*presence], take func(*presence)) {
		for _, p := range catalog.KnownTo(set) {
			take(p)
		}
	})
	var out []record.EntityRef
	for _, f := range c.sorted() {
		out = append(out, record.EntityRef{Type: record.TypePerson, Name: f.Value})
	}
	return out
}

// under wants all facts of some keys.
func under(keys ...string) *reconcile.Wanted {
	w := &reconcile.Wanted{}
	w.Key(keys...)
	return w
}

// Kin returns the live relations of some entities to persons in one scope set, in the order in which they were recorded.
func (v *View) Kin(set record.ScopeSet, subjects []string) []*record.Fact {
	v.mu.RLock()
	defer v.mu.RUnlock()
	c := collector{view: v, keep: (*record.Fact).Live}
	c.each(subjects, nil, func(catalog *scope.Catalog[*presence], _ func(*presence)) {
		if p, ok := catalog.Get(set); ok {
			c.collect(p.subject.Kin())
		}
	})
	return c.sorted()
}
