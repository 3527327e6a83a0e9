package recall

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// factStore holds the knowledge of a Context besides the words of its turns: facts, instructions, open questions, and the data of entities.
// The rows are held by id; everything else is an index over them. Each kind of row has one put and one remove method. Only these change it,
// and they keep the indexes in step: the indexes always equal those built from the rows alone, except for the order of equal rows. It has
// no lock of its own; readers change nothing. Rows are replaced, not changed.
type factStore struct {
	facts        map[string]*record.Fact
	instructions map[string]*record.Instruction
	questions    map[string]*record.OpenQuestion

	entities    map[string]*scope.Catalog[*presence] // by EntityRef.Key
	appearances map[string]*presence                 // by the id of a row with data of an entity
	names       map[string]*scope.Catalog[*Names]    // by the first word of the normalised name
	orders      pending                              // active instructions, by record.Deed
	asked       pending                              // open questions, by their normalised topic
	doubts      pending                              // questions that put a fact in doubt, now or earlier, by the id of the fact

	conclusions map[string][]string // ids of the conclusions that rest on a fact or turn, sorted, by the id of that
	cited       cited               // what names a turn or a fact
	topics      pending             // questions, open and resolved, by their normalised topic

	// Listings, each read from its end.
	listed     factOrder                   // oldest first
	ordered    order[*record.Instruction]  // oldest first
	questioned order[*record.OpenQuestion] // oldest first
	known      order[string]               // keys of the entities with a row, last to first

	// These two also count removed rows.
	seq    int64  // the highest number of a fact
	newest newest // time of the last write

	loading  bool
	unsorted []*slot // slots to sort after a load: see loaded
}

func newFactStore() *factStore {
	return &factStore{
		facts: map[string]*record.Fact{}, instructions: map[string]*record.Instruction{}, questions: map[string]*record.OpenQuestion{},
		entities: map[string]*scope.Catalog[*presence]{}, appearances: map[string]*presence{}, names: map[string]*scope.Catalog[*Names]{},
		orders: pending{}, asked: pending{}, doubts: pending{}, conclusions: map[string][]string{},
		cited: cited{}, topics: pending{},
		listed: newFactOrder(), ordered: order[*record.Instruction]{compare: compareInstructions},
		questioned: order[*record.OpenQuestion]{compare: compareQuestions},
		known:      order[string]{compare: func(a, b string) int { return strings.Compare(b, a) }},
	}
}

// newest keeps the latest time that was noted.
type newest struct{ time.Time }

func (n *newest) note(times ...time.Time) {
	for _, t := range times {
		if t.After(n.Time) {
			n.Time = t
		}
	}
}

// pending lists sorted ids by scope set and lookup key. Every write to a scope set looks up its records there.
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

// An entity is identified by its key. Its data is filed by scope set: its spelling there, and the facts about it. A reader gets the data in
// the scope sets that it sees. A write to a scope set uses only data that every reader of the set sees, so that the result reveals nothing
// else, whoever writes.

// presence is an entity in one scope set.
type presence struct {
	row     record.Entity   // its data there; no ID: none
	rows    []record.Entity // the rows that row was merged from, if several
	subject Shelf           // facts about it
	object  []string        // ids of the relations to it
	live    int             // number of live facts among subject and object
	many    *factList       // facts about it in the order of listings; nil while there are few
}

// file returns the presence of an entity in a scope set, for writing.
func (s *factStore) file(key string, set record.ScopeSet) *presence {
	return filed(s.entities, key, set)
}

// filed returns the value for a key in a scope set, and creates it if necessary.
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

// unfile removes the value for a key in a scope set.
func unfile[T any](catalogs map[string]*scope.Catalog[*T], key string, set record.ScopeSet) {
	if c := catalogs[key]; c.Delete(set) && c.Len() == 0 {
		delete(catalogs, key)
	}
}

// tidy removes the presence of an entity in a scope set if it is empty.
func (s *factStore) tidy(key string, set record.ScopeSet) {
	catalog := s.entities[key]
	if catalog == nil {
		return
	}
	if p, ok := catalog.Get(set); ok && p.row.ID == "" && p.subject.empty() && len(p.object) == 0 {
		unfile(s.entities, key, set)
	}
}

// put stores facts in their current state, replacing earlier states.
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
		s.remove(f.ID) // it occurs twice in facts, with different places in the indexes
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
	if old == nil {
		s.concluded(f)
	}
	s.cited.cites(old, f)
	s.facts[f.ID] = f
	s.seq = max(s.seq, f.Seq)
	s.newest.note(f.RecordedAt, f.RetiredAt)
}

// filedAlike reports whether two states of a fact have the same places in the indexes.
func filedAlike(a, b *record.Fact) bool {
	return sameKey(a, b) && (a.Kind != record.KindRelation || a.Object.Key() == b.Object.Key())
}

// remove removes the facts with the given ids.
func (s *factStore) remove(ids ...string) {
	var out withdrawal
	for _, id := range ids {
		if f := s.facts[id]; f != nil {
			out.add(s, f)
		}
	}
	out.done(s)
}

// withdrawal removes facts from the lists of their entities, all at once, because a list may be long.
type withdrawal struct{ lists map[*presence]*leaving }

// leaving has the facts to remove from an entity in a scope set.
type leaving struct {
	entity string
	set    record.ScopeSet
	ids    map[string]bool
}

// add removes a fact from the store, except from the lists of its entities.
func (w *withdrawal) add(s *factStore, f *record.Fact) {
	delete(s.facts, f.ID)
	s.listed.remove(f)
	s.unconcluded(f)
	s.cited.forgets(f)
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

// done updates the lists of the entities.
func (w *withdrawal) done(s *factStore) {
	for p, out := range w.lists {
		p.subject.drop(func(f *record.Fact) bool { return out.ids[f.ID] })
		p.relist()
		p.object = slices.DeleteFunc(p.object, func(id string) bool { return out.ids[id] })
		s.tidy(out.entity, out.set)
	}
}

// loaded ends a load. It sorts the slots that the load has filled.
func (s *factStore) loaded() {
	for _, at := range s.unsorted {
		at.sort()
	}
	s.loading, s.unsorted = false, nil
}

// putInstruction stores an instruction in its current state.
func (s *factStore) putInstruction(i *record.Instruction) {
	s.removeInstruction(i.ID)
	s.instructions[i.ID] = i
	s.ordered.put(i.Scopes, i)
	s.cited.add(i.ID, i.Source.Ref)
	if i.Active {
		s.orders.add(i.Scopes, record.Deed(i.Description), i.ID)
	}
}

func (s *factStore) removeInstruction(id string) {
	if old := s.instructions[id]; old != nil {
		delete(s.instructions, id)
		s.ordered.remove(old.Scopes, old, nil)
		s.cited.remove(id, old.Source.Ref)
		s.orders.remove(old.Scopes, record.Deed(old.Description), id)
	}
}

// putQuestion stores a question in its current state.
func (s *factStore) putQuestion(q *record.OpenQuestion) {
	s.removeQuestion(q.ID)
	s.questions[q.ID] = q
	s.questioned.put(q.Scopes, q)
	s.cited.add(q.ID, q.Source.Ref)
	s.cited.add(q.ID, q.Facts...)
	s.topics.add(q.Scopes, record.Normalise(q.About), q.ID)
	for _, fact := range q.Facts {
		s.doubts.add(q.Scopes, fact, q.ID)
	}
	if !q.Resolved {
		s.asked.add(q.Scopes, record.Normalise(q.About), q.ID)
	}
}

func (s *factStore) removeQuestion(id string) {
	if old := s.questions[id]; old != nil {
		delete(s.questions, id)
		s.questioned.remove(old.Scopes, old, nil)
		s.cited.remove(id, old.Source.Ref)
		s.cited.remove(id, old.Facts...)
		s.topics.remove(old.Scopes, record.Normalise(old.About), id)
		s.asked.remove(old.Scopes, record.Normalise(old.About), id)
		for _, fact := range old.Facts {
			s.doubts.remove(old.Scopes, fact, id)
		}
	}
}

// doubt returns the newest question that puts a fact, or the evidence of a conclusion, in doubt at a time. The zero time is now.
func (s *factStore) doubt(f *record.Fact, asOf time.Time) (newest *record.OpenQuestion) {
	if len(s.doubts) == 0 {
		return nil
	}
	for _, fact := range append(s.evidenceOf(f), f) {
		for _, id := range s.doubts.find(fact.Scopes, fact.ID) {
			if q := s.questions[id]; openAt(q, asOf) && (newest == nil || q.RecordedAt.After(newest.RecordedAt)) {
				newest = q
			}
		}
	}
	return newest
}

// openAt reports whether a question was open at a time. The zero time is now. A resolved question of an earlier version has no resolution
// time and counts as closed at any time.
func openAt(q *record.OpenQuestion, at time.Time) bool {
	if at.IsZero() {
		return !q.Resolved
	}
	return !q.RecordedAt.After(at) && (!q.Resolved || q.ResolvedAt.After(at))
}

// putEntity stores one row of an entity in a scope set. Of several rows, the oldest determines the spelling, and the weightiest the
// category.
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

// removeEntity removes one row of an entity.
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
	if n, ok := s.names[word].Get(gone.Scopes); ok { // it was listed under its first row
		if n.remove(key); len(n.keys) == 0 {
			unfile(s.names, word, gone.Scopes)
		}
	}
	s.known.remove(gone.Scopes, key, func() bool { return s.named(key) })
	s.tidy(key, gone.Scopes)
}

// named reports whether an entity has a row in any scope set.
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

// rowOf returns the row with an id.
func (p *presence) rowOf(id string) record.Entity {
	if i := slices.IndexFunc(p.rows, func(e record.Entity) bool { return e.ID == id }); i >= 0 {
		return p.rows[i]
	}
	return p.row
}

// said returns the rows of the presence.
func (p *presence) said() []record.Entity {
	switch {
	case len(p.rows) > 0:
		return p.rows
	case p.row.ID != "":
		return []record.Entity{p.row}
	}
	return nil
}

// merge computes the merged row.
func (p *presence) merge() {
	p.row = p.rows[0]
	for _, e := range p.rows[1:] {
		p.row = merged(p.row, e)
	}
	if len(p.rows) == 1 {
		p.rows = nil
	}
}

// merged merges two rows of one entity. A deleted row is ignored beside a row that is not deleted.
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

// erase removes the rows with the given ids, of all kinds.
func (s *factStore) erase(ids []string) {
	s.remove(ids...)
	for _, id := range ids {
		s.removeInstruction(id)
		s.removeQuestion(id)
		s.removeEntity(id)
	}
}
