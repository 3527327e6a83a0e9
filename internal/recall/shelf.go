package recall

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// Shelf files the facts about one entity by kind and key. It finds live facts with a value without visiting the others. It keeps closed
// facts in the order of time. Facts are replaced, not changed. The zero value is empty.
type Shelf struct {
	keys []*slot        // by key, then kind
	kin  []*record.Fact // live relations to persons
}

// slot holds the facts of one kind and key.
type slot struct {
	kind     record.Kind
	key      string
	live     []*record.Fact
	byValue  map[string][]*record.Fact // live facts, by record.Fact.SameAs; nil while there are few
	closed   []*record.Fact            // in the order of record.CompareInTime, unless unsorted; a returned list never changes
	unsorted bool                      // closed must be sorted before it is returned
}

// fewFacts is the number of live facts of a key that are scanned one by one.
const fewFacts = 32

// Put adds a fact. It replaces the earlier state old, if that is not nil.
func (s *Shelf) Put(old, f *record.Fact) {
	at := s.slot(f.Kind, f.Key)
	if old != nil {
		s.kin = without(s.kin, old)
		at.take(old)
	}
	if f.Live() && f.Kind == record.KindRelation && f.Object.Type == record.TypePerson {
		s.kin = append(s.kin, f)
	}
	at.put(f)
}

// load adds one of many new facts. Closed facts are sorted later. It returns the slot if f is its first closed fact, or nil.
func (s *Shelf) load(f *record.Fact) (unsorted *slot) {
	if at := s.slot(f.Kind, f.Key); !f.Live() && !at.unsorted {
		at.unsorted, unsorted = true, at
	}
	s.Put(nil, f)
	return unsorted
}

// drop removes facts.
func (s *Shelf) drop(gone func(*record.Fact) bool) {
	s.kin = slices.DeleteFunc(s.kin, gone)
	for _, at := range s.keys {
		at.live = slices.DeleteFunc(at.live, gone)
		at.byValue = byValue(at.live)
		at.closed = slices.DeleteFunc(slices.Clone(at.closed), gone)
	}
	s.keys = slices.DeleteFunc(s.keys, func(at *slot) bool { return len(at.live)+len(at.closed) == 0 })
}

// empty reports whether no fact is filed.
func (s *Shelf) empty() bool {
	return !slices.ContainsFunc(s.keys, func(at *slot) bool { return len(at.live)+len(at.closed) > 0 })
}

// Live calls take with lists of live facts. The lists include all wanted facts, and may include others.
func (s *Shelf) Live(w *reconcile.Wanted, take func([]*record.Fact)) {
	for _, at := range s.wanted(w) {
		if w == nil || w.Keys[at.key] || at.byValue == nil {
			take(at.live)
			continue
		}
		for value := range w.Values[at.key] {
			take(at.byValue[value])
		}
	}
	if w == nil || w.Recent == nil {
		return
	}
	for _, at := range s.keys {
		if newest := at.live[max(0, len(at.live)-fewFacts):]; !w.Keys[at.key] && slices.ContainsFunc(newest, func(f *record.Fact) bool { return w.Recent(f.Source.Ref) }) {
			take(newest)
		}
	}
}

// all calls take with the lists of Live and with lists of closed facts.
func (s *Shelf) all(w *reconcile.Wanted, take func([]*record.Fact)) {
	s.Live(w, take)
	for _, at := range s.wanted(w) {
		take(at.closed)
	}
}

// Kin returns the live relations to persons.
func (s *Shelf) Kin() []*record.Fact { return s.kin }

// slot returns the slot of a key, for writing.
func (s *Shelf) slot(kind record.Kind, key string) *slot {
	i, found := s.find(kind, key)
	if !found {
		s.keys = slices.Insert(s.keys, i, &slot{kind: kind, key: key})
	}
	return s.keys[i]
}

func (s *Shelf) find(kind record.Kind, key string) (int, bool) {
	return slices.BinarySearchFunc(s.keys, slot{kind: kind, key: key}, func(at *slot, want slot) int {
		return cmp.Or(strings.Compare(at.key, want.key), strings.Compare(string(at.kind), string(want.kind)))
	})
}

// wanted returns the slots of the wanted keys.
func (s *Shelf) wanted(w *reconcile.Wanted) []*slot {
	if w == nil {
		return s.keys
	}
	var out []*slot
	of := func(key string) {
		for i, _ := s.find("", key); i < len(s.keys) && s.keys[i].key == key; i++ {
			out = append(out, s.keys[i])
		}
	}
	for key := range w.Keys {
		of(key)
	}
	for key := range w.Values {
		if !w.Keys[key] {
			of(key)
		}
	}
	return out
}

func (at *slot) put(f *record.Fact) {
	if f.Live() {
		at.live = append(at.live, f)
		switch {
		case at.byValue != nil:
			at.byValue[f.SameAs()] = append(at.byValue[f.SameAs()], f)
		default:
			at.byValue = byValue(at.live)
		}
		return
	}
	if n := len(at.closed); n == 0 || at.unsorted || record.CompareInTime(at.closed[n-1], f) < 0 {
		at.closed = append(at.closed, f)
		return
	}
	i, _ := slices.BinarySearchFunc(at.closed, f, record.CompareInTime)
	at.closed = slices.Insert(slices.Clone(at.closed), i, f)
}

func (at *slot) take(f *record.Fact) {
	if f.Live() {
		at.live = without(at.live, f)
		if at.byValue != nil {
			at.byValue[f.SameAs()] = without(at.byValue[f.SameAs()], f)
			if len(at.byValue[f.SameAs()]) == 0 {
				delete(at.byValue, f.SameAs())
			}
		}
		return
	}
	i, found := 0, false
	if !at.unsorted {
		i, found = slices.BinarySearchFunc(at.closed, f, record.CompareInTime)
	}
	if !found {
		i = slices.IndexFunc(at.closed, func(g *record.Fact) bool { return g.ID == f.ID })
	}
	if i >= 0 {
		at.closed = slices.Delete(slices.Clone(at.closed), i, i+1)
	}
}

// byValue groups facts by value. It returns nil for a few facts.
func byValue(facts []*record.Fact) map[string][]*record.Fact {
	if len(facts) <= fewFacts {
		return nil
	}
	out := make(map[string][]*record.Fact, len(facts))
	for _, f := range facts {
		out[f.SameAs()] = append(out[f.SameAs()], f)
	}
	return out
}

// sort sorts the closed facts.
func (at *slot) sort() {
	slices.SortFunc(at.closed, record.CompareInTime)
	at.unsorted = false
}

// without removes a fact from a list.
func without(list []*record.Fact, f *record.Fact) []*record.Fact {
	return slices.DeleteFunc(list, func(g *record.Fact) bool { return g.ID == f.ID })
}
