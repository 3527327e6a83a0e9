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

// compareFacts is the order of listings: by when the store took a fact in. Nothing that changes later counts, so that a place in a
// listing stays where it is.
func compareFacts(a, b *record.Fact) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
}

func compareInstructions(a, b *record.Instruction) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
}

func compareQuestions(a, b *record.OpenQuestion) int {
	return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
}

// factOrder lists the facts: live and closed ones apart, because most listings want one of both, and those of each key.
type factOrder struct {
	live, closed order[*record.Fact]
	// For a reader who sees all scope sets: the facts of each key, and those about each entity that is in many of the sets.
	byKey, byEntity map[string]*factList
}

// factList lists some facts in the same way.
type factList struct{ live, closed sorted.List[*record.Fact] }

func newFactOrder() factOrder {
	return factOrder{
		live: order[*record.Fact]{compare: compareFacts}, closed: order[*record.Fact]{compare: compareFacts},
		byKey: map[string]*factList{}, byEntity: map[string]*factList{},
	}
}

// of is where facts of one state are.
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

// moves reports whether a fact goes from where its earlier state is listed to elsewhere.
func moves(old, f *record.Fact) bool {
	return old != nil && (old.Live() != f.Live() || compareFacts(old, f) != 0)
}

// put lists a fact, in place of its earlier state if there is one.
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

// fewSets is in up to how many scope sets the facts about an entity are gathered when they are asked for.
const fewSets = 32

// list takes a fact into the list of its entity, once that has many facts, or is in many scope sets.
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

// gathered are facts in no order.
type gathered []*record.Fact

// list returns them in the order of listings.
func (g gathered) list() *factList {
	slices.SortFunc(g, compareFacts)
	out := &factList{}
	for _, f := range g {
		out.put(nil, f)
	}
	return out
}

// fewListed is up to how many facts about an entity in one scope set are sorted when they are asked for.
const fewListed = 1000

// list takes a fact about the entity into its own list, once it has many facts.
func (p *presence) list(old, f *record.Fact) {
	switch {
	case p.many != nil:
		p.many.put(old, f)
	case p.subject.count() > fewListed:
		p.relist()
	}
}

// relist makes the list of the facts about the entity anew.
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

// count returns how many facts are filed.
func (s *Shelf) count() (n int) {
	for _, at := range s.keys {
		n += len(at.live) + len(at.closed)
	}
	return n
}
