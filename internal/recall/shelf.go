package recall

import (
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// Shelf files the facts about one entity, in the order in which they come. Once there are many, those with a key, or with a
// key and a value, are found without a look at the others. The zero value is empty.
type Shelf struct {
	ids []string
	kin []string // relations to persons
	// The same ids again; nil while there are few.
	byKey   map[string][]string
	byValue map[keyValue][]string
}

type keyValue struct{ key, value string }

// fewFacts is how many facts are looked at one by one.
const fewFacts = 32

// Add files a fact. get returns those that were filed before.
func (s *Shelf) Add(f *record.Fact, get func(id string) *record.Fact) {
	s.ids = append(s.ids, f.ID)
	if f.Kind == record.KindRelation && f.Object.Type == record.TypePerson {
		s.kin = append(s.kin, f.ID)
	}
	switch {
	case s.byKey != nil:
		s.place(f)
	case len(s.ids) > fewFacts:
		s.byKey, s.byValue = map[string][]string{}, map[keyValue][]string{}
		for _, id := range s.ids[:len(s.ids)-1] {
			if earlier := get(id); earlier != nil {
				s.place(earlier)
			}
		}
		s.place(f)
	}
}

func (s *Shelf) place(f *record.Fact) {
	s.byKey[f.Key] = append(s.byKey[f.Key], f.ID)
	at := keyValue{f.Key, f.SameAs()}
	s.byValue[at] = append(s.byValue[at], f.ID)
}

// Find calls take with the ids of facts among which are all that are wanted. It may give one twice.
func (s *Shelf) Find(w *reconcile.Wanted, take func(ids []string)) {
	if w == nil || s.byKey == nil {
		take(s.ids)
		return
	}
	for key := range w.Keys {
		take(s.byKey[key])
	}
	for key, values := range w.Values {
		for value := range values {
			take(s.byValue[keyValue{key, value}])
		}
	}
}

// Kin are the ids of the relations to persons.
func (s *Shelf) Kin() []string { return s.kin }
