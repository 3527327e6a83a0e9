package recall

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// factStore holds what a Context knows beside the words of its turns: facts, instructions, open questions, and what is known of
// entities. The rows are held by id, and everything else is an index over them. Put and remove, of which each kind of row has one, are
// the only way to change it, and they keep the indexes in step: after each of them the indexes are those that the rows alone would
// give, but for the order in which equals arrived. It has no lock of its own; readers change nothing. Rows are replaced, not changed.
type factStore struct {
	facts        map[string]*record.Fact
	instructions map[string]*record.Instruction
	questions    map[string]*record.OpenQuestion

	entities    map[string]*scope.Catalog[*presence] // by EntityRef.Key
	appearances map[string]*presence                 // by the id of a row that says something of an entity
	names       map[string]*scope.Catalog[*Names]    // by the first word of the normalised name
	orders      pending                              // the active instructions, by record.Deed
	asked       pending                              // the questions that are open, by the normalised words that they are about
	doubts      map[string][]string                  // ids of the questions that are open, in order, by the ids of the facts that they put in doubt

	// Listings, each read from its end.
	listed     factOrder                   // oldest first
	ordered    order[*record.Instruction]  // oldest first
	questioned order[*record.OpenQuestion] // oldest first
	known      order[string]               // the keys of entities of which a row says something, from the last to the first

	// What was ever there counts for these two.
	seq    int64  // the highest number of a fact
	newest newest // when something was stored last

	loading  bool
	unsorted []*slot // of those that were loaded: see loaded
}

func newFactStore() *factStore {
	return &factStore{
		facts: map[string]*record.Fact{}, instructions: map[string]*record.Instruction{}, questions: map[string]*record.OpenQuestion{},
		entities: map[string]*scope.Catalog[*presence]{}, appearances: map[string]*presence{}, names: map[string]*scope.Catalog[*Names]{},
		orders: pending{}, asked: pending{}, doubts: map[string][]string{},
		listed: newFactOrder(), ordered: order[*record.Instruction]{compare: compareInstructions},
		questioned: order[*record.OpenQuestion]{compare: compareQuestions},
		known:      order[string]{compare: func(a, b string) int { return strings.Compare(b, a) }},
	}
}

// newest is the latest of the times that it was told.
type newest struct{ time.Time }

func (n *newest) note(times ...time.Time) {
	for _, t := range times {
		if t.After(n.Time) {
			n.Time = t
		}
	}
}

// pending lists the ids of what every write to a scope set is held against, in order, by the scope set and what they are found by there.
type pending map[pendingKey][]string

type pendingKey struct{ set, by string }

func (p pending) find(set record.ScopeSet, by string) []string {
	return p[pendingKey{scope.Key(set), by}]
}

func (p pending) add(set record.ScopeSet, by, id string) {
	key := pendingKey{scope.Key(set), by}
	if i, listed := slices.BinarySearch(p[key], id); !listed {
		p[key] = slices.Insert(p[key], i, id)
	}
}

func (p pending) remove(set record.ScopeSet, by, id string) {
	key := pendingKey{scope.Key(set), by}
	ids := p[key]
	switch i, listed := slices.BinarySearch(ids, id); {
	case listed && len(ids) == 1:
		delete(p, key)
	case listed:
		p[key] = slices.Delete(ids, i, i+1)
	}
}

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
	many    *factList       // the facts about it in the order of listings; nil while there are few
}

// file returns where an entity is filed in a scope set, for writing to it.
func (s *factStore) file(key string, set record.ScopeSet) *presence {
	return filed(s.entities, key, set)
}

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

// unfile undoes filed.
func unfile[T any](catalogs map[string]*scope.Catalog[*T], key string, set record.ScopeSet) {
	if c := catalogs[key]; c.Delete(set) && c.Len() == 0 {
		delete(catalogs, key)
	}
}

// tidy takes out the place of an entity in a scope set where nothing is left of it.
func (s *factStore) tidy(key string, set record.ScopeSet) {
	catalog := s.entities[key]
	if catalog == nil {
		return
	}
	if p, ok := catalog.Get(set); ok && p.row.ID == "" && p.subject.empty() && len(p.object) == 0 {
		unfile(s.entities, key, set)
	}
}

// put takes over facts as they are now, in place of what the store has of them.
func (s *factStore) put(facts ...*record.Fact) {
	var out withdrawal
	for _, f := range facts {
		if old := s.facts[f.ID]; old != nil && !filedAlike(old, f) {
			out.add(s, old)
		}
	}
	out.done(s)
	for _, f := range facts {
		s.putOne(f)
	}
}

func (s *factStore) putOne(f *record.Fact) {
	old, live := s.facts[f.ID], 0
	if old != nil && !filedAlike(old, f) {
		s.remove(f.ID) // it is among the facts twice
		old = nil
	}
	if f.Live() {
		live++
	}
	subject := s.file(f.Entity.Key(), f.Scopes)
	switch {
	case old != nil:
		if old.Live() {
			live--
		}
		subject.subject.Put(old, f)
	case s.loading:
		if at := subject.subject.load(f); at != nil {
			s.unsorted = append(s.unsorted, at)
		}
	default:
		subject.subject.Put(nil, f)
	}
	subject.live += live
	s.listed.put(old, f)
	s.list(subject, old, f)
	if f.Kind == record.KindRelation {
		object := s.file(f.Object.Key(), f.Scopes)
		object.live += live
		if old == nil {
			object.object = append(object.object, f.ID)
		}
	}
	s.facts[f.ID] = f
	s.seq = max(s.seq, f.Seq)
	s.newest.note(f.RecordedAt, f.RetiredAt)
}

// filedAlike reports whether two states of a fact are filed at the same places.
func filedAlike(a, b *record.Fact) bool {
	return sameKey(a, b) && (a.Kind != record.KindRelation || a.Object.Key() == b.Object.Key())
}

// remove takes out the facts among some ids.
func (s *factStore) remove(ids ...string) {
	var out withdrawal
	for _, id := range ids {
		if f := s.facts[id]; f != nil {
			out.add(s, f)
		}
	}
	out.done(s)
}

// withdrawal takes facts out of the lists of their entities, all at once: a list may be long.
type withdrawal struct{ lists map[*presence]*leaving }

// leaving are the facts that leave an entity in a scope set.
type leaving struct {
	entity string
	set    record.ScopeSet
	ids    map[string]bool
}

// add takes out a fact, but for those lists.
func (w *withdrawal) add(s *factStore, f *record.Fact) {
	delete(s.facts, f.ID)
	s.listed.remove(f)
	w.from(s, f.Entity.Key(), f)
	if f.Kind == record.KindRelation {
		w.from(s, f.Object.Key(), f)
	}
}

func (w *withdrawal) from(s *factStore, entity string, f *record.Fact) {
	p := s.file(entity, f.Scopes)
	if f.Live() {
		p.live--
	}
	if w.lists == nil {
		w.lists = map[*presence]*leaving{}
	}
	if w.lists[p] == nil {
		w.lists[p] = &leaving{entity, f.Scopes, map[string]bool{}}
	}
	w.lists[p].ids[f.ID] = true
}

// done ends it.
func (w *withdrawal) done(s *factStore) {
	for p, out := range w.lists {
		p.subject.drop(func(f *record.Fact) bool { return out.ids[f.ID] })
		p.relist()
		p.object = slices.DeleteFunc(p.object, func(id string) bool { return out.ids[id] })
		s.tidy(out.entity, out.set)
	}
}

// loaded ends a load: what was put while loading is set is in order now.
func (s *factStore) loaded() {
	for _, at := range s.unsorted {
		at.sort()
	}
	s.loading, s.unsorted = false, nil
}

// putInstruction takes over an instruction as it is now.
func (s *factStore) putInstruction(i *record.Instruction) {
	s.removeInstruction(i.ID)
	s.instructions[i.ID] = i
	s.ordered.put(i.Scopes, i)
	if i.Active {
		s.orders.add(i.Scopes, record.Deed(i.Description), i.ID)
	}
}

func (s *factStore) removeInstruction(id string) {
	if old := s.instructions[id]; old != nil {
		delete(s.instructions, id)
		s.ordered.remove(old.Scopes, old, nil)
		s.orders.remove(old.Scopes, record.Deed(old.Description), id)
	}
}

// putQuestion takes over a question as it is now.
func (s *factStore) putQuestion(q *record.OpenQuestion) {
	s.removeQuestion(q.ID)
	s.questions[q.ID] = q
	s.questioned.put(q.Scopes, q)
	if q.Resolved {
		return
	}
	s.asked.add(q.Scopes, record.Normalise(q.About), q.ID)
	for _, fact := range q.Facts {
		if i, listed := slices.BinarySearch(s.doubts[fact], q.ID); !listed {
			s.doubts[fact] = slices.Insert(s.doubts[fact], i, q.ID)
		}
	}
}

func (s *factStore) removeQuestion(id string) {
	if old := s.questions[id]; old != nil {
		delete(s.questions, id)
		s.questioned.remove(old.Scopes, old, nil)
		s.asked.remove(old.Scopes, record.Normalise(old.About), id)
		for _, fact := range old.Facts {
			ids := slices.DeleteFunc(s.doubts[fact], func(q string) bool { return q == id })
			if s.doubts[fact] = ids; len(ids) == 0 {
				delete(s.doubts, fact)
			}
		}
	}
}

// doubt is the newest question of its scope set that puts a fact in doubt at a time; the zero time is now.
func (s *factStore) doubt(f *record.Fact, asOf time.Time) (newest *record.OpenQuestion) {
	for _, id := range s.doubts[f.ID] {
		q := s.questions[id]
		if q.Scopes.Equal(f.Scopes) && (asOf.IsZero() || !q.RecordedAt.After(asOf)) && (newest == nil || q.RecordedAt.After(newest.RecordedAt)) {
			newest = q
		}
	}
	return newest
}

// putEntity takes over what is known of an entity in a scope set. Of several rows the first says how it is spelled, and the
// weightiest says what category it is of.
func (s *factStore) putEntity(e record.Entity) {
	key := e.Key()
	if p := s.appearances[e.ID]; p != nil {
		if old := p.rowOf(e.ID); old.Key() != key || !old.Scopes.Equal(e.Scopes) {
			s.removeEntity(e.ID)
		}
	}
	p := s.file(key, e.Scopes)
	s.appearances[e.ID] = p
	switch {
	case p.row.ID == "":
		filed(s.names, record.FirstWord(e.Name), e.Scopes).Add(key)
		s.known.put(e.Scopes, key)
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

// removeEntity takes out what one row says of an entity.
func (s *factStore) removeEntity(id string) {
	p := s.appearances[id]
	if p == nil {
		return
	}
	delete(s.appearances, id)
	gone := p.rowOf(id)
	if len(p.rows) > 0 {
		p.rows = slices.DeleteFunc(p.rows, func(e record.Entity) bool { return e.ID == id })
		p.merge()
		return
	}
	p.row = record.Entity{}
	key, word := gone.Key(), record.FirstWord(gone.Name)
	if n, ok := s.names[word].Get(gone.Scopes); ok { // it was listed with its first row
		if n.remove(key); len(n.keys) == 0 {
			unfile(s.names, word, gone.Scopes)
		}
	}
	s.known.remove(gone.Scopes, key, func() bool { return s.named(key) })
	s.tidy(key, gone.Scopes)
}

// named reports whether a row says something of an entity, in any scope set.
func (s *factStore) named(key string) bool {
	if catalog := s.entities[key]; catalog != nil {
		for _, p := range catalog.Visible(scope.Reach{}) {
			if p.row.ID != "" {
				return true
			}
		}
	}
	return false
}

// rowOf is the row with an id.
func (p *presence) rowOf(id string) record.Entity {
	if i := slices.IndexFunc(p.rows, func(e record.Entity) bool { return e.ID == id }); i >= 0 {
		return p.rows[i]
	}
	return p.row
}

// said are the rows that say something of the entity.
func (p *presence) said() []record.Entity {
	switch {
	case len(p.rows) > 0:
		return p.rows
	case p.row.ID != "":
		return []record.Entity{p.row}
	}
	return nil
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

// merged is what two rows of one entity come to. Of a row that was deleted the other one knows nothing.
func merged(a, b record.Entity) record.Entity {
	switch {
	case a.RetiredAt.IsZero() && !b.RetiredAt.IsZero():
		return a
	case b.RetiredAt.IsZero() && !a.RetiredAt.IsZero():
		return b
	}
	first, other := a, b
	if cmp.Or(a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID)) > 0 {
		first, other = b, a
	}
	if other.Category.Importance() > first.Category.Importance() {
		first.Category = other.Category
	}
	first.Importance = max(first.Importance, other.Importance)
	if other.UpdatedAt.After(first.UpdatedAt) {
		first.UpdatedAt = other.UpdatedAt
	}
	if other.RetiredAt.After(first.RetiredAt) {
		first.RetiredAt = other.RetiredAt
	}
	return first
}

// erase takes out the rows of some ids, of whatever kind.
func (s *factStore) erase(ids []string) {
	s.remove(ids...)
	for _, id := range ids {
		s.removeInstruction(id)
		s.removeQuestion(id)
		s.removeEntity(id)
	}
}
