package recall

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/sorted"
)

// compareFacts is the order of listings: the order in which facts were recorded. It depends on nothing that changes later, so the place of
// a fact in a listing is stable.
func compareFacts(a, b *record.Fact) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
}

func compareInstructions(a, b *record.Instruction) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
}

func compareQuestions(a, b *record.OpenQuestion) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
}

// factOrder lists the facts. Live and closed facts are apart, because most listings want one of both. The facts of each key have lists of
// their own.
type factOrder struct {
	live, closed order[*record.Fact]
	// Only for readers who see all scope sets: the facts of each key, and the facts of each entity that is in many scope sets.
	byKey, byEntity map[string]*factList
}

// factList lists some facts, with live and closed facts apart.
type factList struct{ live, closed sorted.List[*record.Fact] }

func newFactOrder() factOrder {
	return factOrder{
		live: order[*record.Fact]{compare: compareFacts}, closed: order[*record.Fact]{compare: compareFacts},
		byKey: map[string]*factList{}, byEntity: map[string]*factList{},
	}
}

// of returns the list of the facts in one state.
func (o *factOrder) of(live bool) *order[*record.Fact] {
	if live {
		return &o.live
	}
	return &o.closed
}

func (l *factList) of(live bool) *sorted.List[*record.Fact] {
	if live {
		return &l.live
	}
	return &l.closed
}

func (l *factList) count() int { return l.live.Len() + l.closed.Len() }

// moves reports whether a fact leaves the place of its earlier state in the lists.
func moves(old, f *record.Fact) bool {
	return old != nil && (old.Live() != f.Live() || compareFacts(old, f) != 0)
}

// put lists a fact. It replaces the earlier state, if there is one.
func (l *factList) put(old, f *record.Fact) {
	if moves(old, f) {
		deleteRow(l.of(old.Live()), old, compareFacts)
	}
	insertRow(l.of(f.Live()), f, compareFacts)
}

func (o *factOrder) put(old, f *record.Fact) {
	if moves(old, f) {
		o.of(old.Live()).remove(old.Scopes, old, nil)
	}
	o.of(f.Live()).put(f.Scopes, f)
	list := o.byKey[f.Key]
	if list == nil {
		list = &factList{}
		o.byKey[f.Key] = list
	}
	list.put(old, f)
	if list := o.byEntity[f.Entity.Key()]; list != nil {
		list.put(old, f)
	}
}

func (o *factOrder) remove(f *record.Fact) {
	if key := f.Entity.Key(); o.byEntity[key] != nil {
		list := o.byEntity[key]
		if deleteRow(list.of(f.Live()), f, compareFacts); list.count() == 0 {
			delete(o.byEntity, key)
		}
	}
	o.of(f.Live()).remove(f.Scopes, f, nil)
	list := o.byKey[f.Key]
	deleteRow(list.of(f.Live()), f, compareFacts)
	if list.count() == 0 {
		delete(o.byKey, f.Key)
	}
}

// fewSets limits the scope sets from which the facts of an entity are gathered on demand. An entity in more sets has a list in byEntity.
const fewSets = 32

// list adds a fact to the list of its presence. It also creates the list of the entity once the entity is in many scope sets.
func (s *factStore) list(p *presence, old, f *record.Fact) {
	p.list(old, f)
	if key := f.Entity.Key(); s.entities[key].Len() > fewSets && s.listed.byEntity[key] == nil {
		var all gathered
		for _, p := range s.entities[key].Visible(scope.Reach{}) {
			all = slices.AppendSeq(all, p.subject.each())
		}
		s.listed.byEntity[key] = all.list()
	}
}

// gathered are facts in any order.
type gathered []*record.Fact

// list sorts the facts into the order of listings.
func (g gathered) list() *factList {
	slices.SortFunc(g, compareFacts)
	out := &factList{}
	for _, f := range g {
		out.put(nil, f)
	}
	return out
}

// fewListed limits the facts of an entity in one scope set that are sorted on demand. A presence with more facts has a list of its own.
const fewListed = 1000

// list adds a fact to the list of the presence. It creates the list once the presence has many facts.
func (p *presence) list(old, f *record.Fact) {
	switch {
	case p.many != nil:
		p.many.put(old, f)
	case p.subject.count() > fewListed:
		p.relist()
	}
}

// relist builds the list of the presence anew.
func (p *presence) relist() {
	p.many = nil
	if p.subject.count() > fewListed {
		p.many = slices.AppendSeq(gathered(nil), p.subject.each()).list()
	}
}

// each yields all facts.
func (s *Shelf) each() iter.Seq[*record.Fact] {
	return func(yield func(*record.Fact) bool) {
		for _, at := range s.keys {
			if !at.each(yield) {
				return
			}
		}
	}
}

// has reports whether there are facts of a key.
func (s *Shelf) has(key string) bool {
	i, _ := s.find("", key)
	return i < len(s.keys) && s.keys[i].key == key
}

// under yields the facts of a key.
func (s *Shelf) under(key string) iter.Seq[*record.Fact] {
	return func(yield func(*record.Fact) bool) {
		for i, _ := s.find("", key); i < len(s.keys) && s.keys[i].key == key; i++ {
			if !s.keys[i].each(yield) {
				return
			}
		}
	}
}

func (at *slot) each(yield func(*record.Fact) bool) bool {
	for _, facts := range [][]*record.Fact{at.live, at.closed} {
		for _, f := range facts {
			if !yield(f) {
				return false
			}
		}
	}
	return true
}

// count returns the number of filed facts.
func (s *Shelf) count() (n int) {
	for _, at := range s.keys {
		n += len(at.live) + len(at.closed)
	}
	return n
}
