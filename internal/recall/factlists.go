package recall

import (
	"cmp"
	"iter"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
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
	byKey        map[string]*factList // of all scope sets: only for a reader who sees all of them
}

// factList lists some facts in the same way.
type factList struct{ live, closed sorted.List[*record.Fact] }

func newFactOrder() factOrder {
	return factOrder{
		live: order[*record.Fact]{compare: compareFacts}, closed: order[*record.Fact]{compare: compareFacts}, byKey: map[string]*factList{},
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

// put lists a fact, in place of its earlier state if there is one.
func (l *factList) put(old, f *record.Fact) {
	if old != nil && old.Live() != f.Live() {
		deleteRow(l.of(old.Live()), old, compareFacts)
	}
	insertRow(l.of(f.Live()), f, compareFacts)
}

func (o *factOrder) put(old, f *record.Fact) {
	if old != nil && old.Live() != f.Live() {
		o.of(old.Live()).remove(old.Scopes, old, nil)
	}
	o.of(f.Live()).put(f.Scopes, f)
	list := o.byKey[f.Key]
	if list == nil {
		list = &factList{}
		o.byKey[f.Key] = list
	}
	list.put(old, f)
}

func (o *factOrder) remove(f *record.Fact) {
	o.of(f.Live()).remove(f.Scopes, f, nil)
	list := o.byKey[f.Key]
	deleteRow(list.of(f.Live()), f, compareFacts)
	if list.count() == 0 {
		delete(o.byKey, f.Key)
	}
}

// fewListed is up to how many facts about an entity in one scope set are sorted when they are asked for.
const fewListed = 1000

// list takes a fact about the entity into its own list, once it has many facts.
func (p *presence) list(old, f *record.Fact) {
	switch {
	case p.many != nil:
		p.many.put(old, f)
	case p.subject.count(nil) > fewListed:
		p.relist()
	}
}

// relist makes the list of the facts about the entity anew.
func (p *presence) relist() {
	p.many = nil
	if p.subject.count(nil) > fewListed {
		p.many = p.subject.listed("")
	}
}

// listed returns the facts of a key in the order of listings; "": of all keys.
func (s *Shelf) listed(key string) *factList {
	out := &factList{}
	for f := range s.each(key) {
		out.put(nil, f)
	}
	return out
}

// each yields the facts of a key; "": of all keys.
func (s *Shelf) each(key string) iter.Seq[*record.Fact] {
	return func(yield func(*record.Fact) bool) {
		for _, at := range s.keys {
			if key != "" && at.key != key {
				continue
			}
			for _, facts := range [][]*record.Fact{at.live, at.closed} {
				for _, f := range facts {
					if !yield(f) {
						return
					}
				}
			}
		}
	}
}

// count returns how many facts are filed under a key; nil: under all.
func (s *Shelf) count(key *string) (n int) {
	for _, at := range s.keys {
		if key == nil || at.key == *key {
			n += len(at.live) + len(at.closed)
		}
	}
	return n
}
