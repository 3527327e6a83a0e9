package reconcile

import (
	"maps"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// Wanted says which facts about an entity matter: all facts of some keys, and of other keys the facts with certain values. nil wants all.
type Wanted struct {
	Keys   map[string]bool
	Values map[string]map[string]bool // by key, then by [record.Fact.SameAs]
	// Recent reports whether a turn is the previous message, whose facts matter too; nil: no turn is.
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

// Key adds all facts of some keys.
func (w *Wanted) Key(keys ...string) {
	if w.Keys == nil {
		w.Keys = map[string]bool{}
	}
	for _, key := range keys {
		w.Keys[key] = true
	}
}

// Value adds the facts of a key that have one of some values.
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

// share adds the facts of a key that have one of some values. It shares the map, which must not change afterwards.
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

// NewWanted returns the live and closed facts about the touched entities that the plan depends on. If a person likes thousands of things
// and now likes another one, the thousands do not matter. Facts that are carried over to another entity are not covered: for these, all
// facts matter, and so do the facts of that entity under the same keys.
func NewWanted(in *Input) *Wanted {
	w, x := &Wanted{}, &in.Extraction
	for _, dependent := range ofEmployer {
		w.Key(dependent.key)
	}
	single := func(kind record.Kind, key string) bool { return in.Single != nil && in.Single(kind, key) }
	introduced := x.Speaker.Name != ""
	if introduced {
		w.Value(nameKey, record.SameValue(clean(x.Speaker).Name), record.SameValue(clean(in.Speaker).Name))
		for _, e := range in.Entities { // in the known spelling
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
		// While the speaker is still unknown, a name may stand for another entity.
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

// identities returns the keys of the entities that a reference may stand for: those with its name under any type, the speaker, and the
// persons for whom the name is another name.
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
