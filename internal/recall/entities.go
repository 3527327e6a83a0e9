package recall

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// reader caches, for one question, the presences of entities that its caller sees. It is valid while the view stays locked.
type reader struct {
	reach scope.Reach
	asked []asked
	found []*presence // the presences of all lookups, concatenated
}

// asked is a cached lookup of an entity: its presences are found[from:to].
type asked struct {
	catalog  *scope.Catalog[*presence]
	from, to int
}

func newReader(f index.Filter) *reader { return &reader{reach: f.Reach()} }

// sees returns the presences of a catalog that the reader sees; the catalog may be nil.
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

// forget empties the cache. What it returned before is not valid any more.
func (r *reader) forget() { r.asked, r.found = r.asked[:0], r.found[:0] }

// seen returns an entity as a reader knows it.
func (s *factStore) seen(key string, by *reader) (known record.Entity, ok bool) {
	for _, p := range by.sees(s.entities[key]) {
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

// knownTo returns an entity as every reader of a scope set knows it, and the number of live facts behind that knowledge.
func (s *factStore) knownTo(key string, set record.ScopeSet) (known record.Entity, live int, ok bool) {
	catalog := s.entities[key]
	if catalog == nil {
		return record.Entity{}, 0, false
	}
	for _, p := range catalog.KnownTo(set) {
		live += p.live
		switch {
		case p.row.ID == "" || !p.row.RetiredAt.IsZero(): // a write about a deleted entity creates a new row
		case !ok:
			known, ok = p.row, true
		default:
			known = merged(known, p.row)
		}
	}
	if own, here := catalog.Get(set); here && own.row.ID != "" && own.row.RetiredAt.IsZero() {
		own := own.row
		own.Category, own.Importance = known.Category, known.Importance
		known = own
	}
	return known, live, ok
}

// liveIn returns the live facts of one scope set whose entity is in subjects, and the live relations whose other end is in objects,
// if they are wanted and pass keep, in the order of their ids.
func (s *factStore) liveIn(set record.ScopeSet, subjects, objects []string, wanted *reconcile.Wanted, keep func(*record.Fact) bool) []*record.Fact {
	c := collector{store: s, wanted: wanted, keep: keep, live: true}
	c.each(subjects, objects, func(catalog *scope.Catalog[*presence], take func(*presence)) {
		if p, ok := catalog.Get(set); ok {
			take(p)
		}
	})
	return c.sorted()
}

// about returns the facts that a reader sees in the same way, including closed facts.
func (s *factStore) about(by *reader, subjects, objects []string, wanted *reconcile.Wanted, keep func(*record.Fact) bool) []*record.Fact {
	c := collector{store: s, wanted: wanted, keep: keep}
	c.each(subjects, objects, func(catalog *scope.Catalog[*presence], take func(*presence)) {
		for _, p := range by.sees(catalog) {
			take(p)
		}
	})
	return c.sorted()
}

// collector collects facts, each once.
type collector struct {
	store  *factStore
	wanted *reconcile.Wanted // nil: all
	keep   func(*record.Fact) bool
	live   bool // live facts only
	seen   map[string]bool
	out    []*record.Fact
}

func (c *collector) each(subjects, objects []string, visit func(*scope.Catalog[*presence], func(*presence))) {
	c.seen = map[string]bool{}
	for _, key := range subjects {
		if catalog := c.store.entities[key]; catalog != nil {
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
		if catalog := c.store.entities[key]; catalog != nil {
			visit(catalog, func(p *presence) {
				for _, id := range p.object {
					if f := c.store.facts[id]; f != nil && (f.Live() || !c.live) {
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

// accounts returns the entities that a name stands for: the entity itself, if anything is known about it, and the speakers who gave
// the name as their own.
func (v *View) accounts(q Query, e record.EntityRef) (meant []record.EntityRef, itself bool) {
	key := e.Key()
	if merged := v.known.meant(q.by, key, &Point{AsOf: q.Filter.AsOf}); len(merged) != 1 || merged[0] != key {
		for _, other := range merged {
			if e, ok := v.known.seen(other, q.by); ok {
				meant = append(meant, e.EntityRef)
			}
		}
		return meant, true
	}
	joined := v.known.about(q.by, []string{key}, nil, under(record.Account), func(f *record.Fact) bool {
		return f.Kind == record.KindRelation && readable(f, index.Filter{Visible: q.Filter.Visible, AsOf: q.Filter.AsOf})
	})
	itself = len(joined) == 0 || len(v.known.about(q.by, []string{key}, []string{key}, nil, func(f *record.Fact) bool {
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

// maxVocabulary limits how many names a text is matched against.
const maxVocabulary = 500

// Planned has the names of a scope set that planned writes change. A nil Planned has none.
type Planned struct {
	refs  map[string]record.EntityRef // by the key of the entity
	names map[string]*Names           // by the first word
	uses  map[string]int              // how many live facts are added, by the key of the entity
}

// NewPlanned returns a Planned without names.
func NewPlanned() *Planned {
	return &Planned{map[string]record.EntityRef{}, map[string]*Names{}, map[string]int{}}
}

// Put adds an entity, or changes its spelling.
func (p *Planned) Put(e record.EntityRef) {
	key := e.Key()
	if _, ok := p.refs[key]; !ok {
		first := record.FirstWord(e.Name)
		if p.names[first] == nil {
			p.names[first] = &Names{}
		}
		p.names[first].Add(key)
	}
	p.refs[key] = e
}

// Use counts a fact that becomes live, or with -1 one that ends.
func (p *Planned) Use(f *record.Fact, by int) {
	p.uses[f.Entity.Key()] += by
	if f.Kind == record.KindRelation {
		p.uses[f.Object.Key()] += by
	}
}

// vocabulary returns the names that a text for a scope set may mention, because the text has their first word: most used first, as
// every reader of the scope set knows them. If many names begin with the same word, see [Names.In].
func (s *factStore) vocabulary(words []string, set record.ScopeSet, planned *Planned) record.Vocabulary {
	type used struct {
		ref  record.EntityRef
		key  string
		uses int
	}
	var all []used
	seen := map[string]bool{}
	for _, word := range words {
		catalog := s.names[word]
		if catalog == nil {
			continue
		}
		for _, n := range catalog.KnownTo(set) {
			for _, key := range n.In(words) {
				if seen[key] {
					continue
				}
				seen[key] = true
				if e, uses, ok := s.knownTo(key, set); ok && e.EntityRef != record.UserEntity {
					all = append(all, used{e.EntityRef, key, uses})
				}
			}
		}
	}
	if planned != nil {
		for i := range all {
			u := &all[i]
			u.uses += planned.uses[u.key]
			if ref, ok := planned.refs[u.key]; ok {
				u.ref = ref
			}
		}
		for _, word := range words {
			names := planned.names[word]
			if names == nil {
				continue
			}
			for _, key := range names.In(words) {
				if !seen[key] && planned.refs[key] != record.UserEntity {
					seen[key] = true
					all = append(all, used{planned.refs[key], key, planned.uses[key]})
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

// SpeakerKey is the attribute of the user entity that holds the names of the speakers.
const SpeakerKey = "name"

// under returns a Wanted for all facts of some keys.
func under(keys ...string) *reconcile.Wanted {
	w := &reconcile.Wanted{}
	w.Key(keys...)
	return w
}

// speakers returns the live facts that name a speaker and that every reader of a scope set knows.
func (s *factStore) speakers(set record.ScopeSet) []*record.Fact {
	c := collector{store: s, wanted: under(SpeakerKey), live: true, keep: func(f *record.Fact) bool { return f.Kind == record.KindAttribute }}
	c.each([]string{record.UserEntity.Key()}, nil, func(catalog *scope.Catalog[*presence], take func(*presence)) {
		for _, p := range catalog.KnownTo(set) {
			take(p)
		}
	})
	return c.sorted()
}

// kin returns the live relations of some entities to persons in one scope set, in the order in which they were recorded. Conclusions do not
// count: of two grandmothers, one may follow from what was said, and a text may mean the other.
func (s *factStore) kin(set record.ScopeSet, subjects []string) []*record.Fact {
	c := collector{store: s, keep: func(f *record.Fact) bool { return f.Live() && !f.Source.Kind.Derived() }}
	c.each(subjects, nil, func(catalog *scope.Catalog[*presence], _ func(*presence)) {
		if p, ok := catalog.Get(set); ok {
			c.collect(p.subject.Kin())
		}
	})
	return c.sorted()
}

// in returns the presence of an entity in one scope set, or nil.
func (s *factStore) in(set record.ScopeSet, entity string) *presence {
	catalog := s.entities[entity]
	if catalog == nil {
		return nil
	}
	p, _ := catalog.Get(set)
	return p
}

// history returns the closed facts that an entity has for a key in one scope set, in the order of record.CompareInTime.
func (s *factStore) history(set record.ScopeSet, kind record.Kind, entity, key string) []*record.Fact {
	if p := s.in(set, entity); p != nil {
		if i, found := p.subject.find(kind, key); found {
			return slices.Clip(p.subject.keys[i].closed)
		}
	}
	return nil
}

// remembers reports whether an entity has closed facts in one scope set that pass keep.
func (s *factStore) remembers(set record.ScopeSet, entity string, keep func(*record.Fact) bool) bool {
	p := s.in(set, entity)
	return p != nil && slices.ContainsFunc(p.subject.keys, func(at *slot) bool { return slices.ContainsFunc(at.closed, keep) })
}
