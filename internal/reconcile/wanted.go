package reconcile

import (
	"maps"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// Wanted says which facts about an entity matter: all of some keys, and those of other keys that have some values. nil wants
// all.
type Wanted struct {
	Keys   map[string]bool
	Values map[string]map[string]bool // by key; as [record.Fact.SameAs] gives them
	// Recent reports whether a turn is the message before; nil: its facts do not matter more than others.
	Recent func(turn string) bool
}

// Has reports whether a fact matters.
func (w *Wanted) Has(f *record.Fact) bool {
	if w == nil || w.Keys[f.Key] {
		return true
	}
	if values := w.Values[f.Key]; values != nil && values[f.SameAs()] {
		return true
	}
	return w.Recent != nil && w.Recent(f.Source.Ref)
}

// Key wants all facts of some keys.
func (w *Wanted) Key(keys ...string) {
	if w.Keys == nil {
		w.Keys = map[string]bool{}
	}
	for _, key := range keys {
		w.Keys[key] = true
	}
}

// Value wants the facts of a key that have some values.
func (w *Wanted) Value(key string, values ...string) {
	if w.Values == nil {
		w.Values = map[string]map[string]bool{}
	}
	if w.Values[key] == nil {
		w.Values[key] = map[string]bool{}
	}
	for _, value := range values {
		w.Values[key][value] = true
	}
}

// share wants the facts of a key that have some values, of a set that nobody changes any more.
func (w *Wanted) share(key string, values map[string]bool) {
	if w.Values[key] != nil {
		maps.Copy(w.Values[key], values)
		return
	}
	if w.Values == nil {
		w.Values = map[string]map[string]bool{}
	}
	w.Values[key] = values
}

// NewWanted says which of the live and closed facts about the entities that an extraction touches its plan depends on. Somebody
// who likes thousands of things likes another one: what he likes besides does not matter. It does not know of facts that go
// over to another entity: of those, and under the same keys of that entity, all matter.
func NewWanted(in *Input) *Wanted {
	w, x := &Wanted{}, &in.Extraction
	for _, dependent := range ofEmployer {
		w.Key(dependent.key)
	}
	single := func(kind record.Kind, key string) bool { return in.Single != nil && in.Single(kind, key) }
	introduced := x.Speaker.Name != ""
	if introduced {
		w.Value(nameKey, record.SameValue(clean(x.Speaker).Name), record.SameValue(clean(in.Speaker).Name))
		for _, e := range in.Entities { // as the name is spelt where it is known
			w.Value(nameKey, record.SameValue(clean(e.EntityRef).Name))
		}
	}
	for i := range x.Attributes {
		a := &x.Attributes[i]
		if key := strings.TrimSpace(a.Key); single(record.KindAttribute, key) {
			w.Key(key)
		} else {
			w.Value(key, record.SameValue(strings.TrimSpace(a.Value)))
		}
	}
	for i := range x.Relations {
		r := &x.Relations[i]
		// While it comes to be known who speaks, a name may stand for another entity.
		if label := strings.TrimSpace(r.Label); introduced || single(record.KindRelation, label) {
			w.Key(label)
		} else {
			w.Value(label, identities(in, r.Object)...)
		}
	}
	for i := range x.Invalidations {
		w.Key(strings.TrimSpace(x.Invalidations[i].Key))
	}
	for i := range x.Uncertainties {
		if key := x.Uncertainties[i].Key; key != "" {
			w.Key(key)
		}
	}
	wantDoubts(w, in)
	return w
}

// identities are the keys of the entities that a reference may stand for: of its name under any type, the speaker's, and
// whoever the name is another one of.
func identities(in *Input, ref record.EntityRef) []string {
	ref = clean(ref)
	keys := []string{ref.Key()}
	if keys[0] == userKey && in.Speaker.Name != "" {
		keys = append(keys, clean(in.Speaker).Key())
	}
	name := record.Normalise(ref.Name)
	for _, kind := range record.EntityTypes() {
		keys = append(keys, kind+"/"+name)
	}
	for _, key := range keys {
		if account, ok := in.Accounts[key]; ok {
			keys = append(keys, clean(account).Key())
		}
	}
	return keys
}
