package ontology

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

// Terms are a vocabulary prepared for look-ups. nil is the vocabulary of a Context that declares none.
type Terms struct {
	closed Parts
	kinds  map[string]string // by the folded names and aliases of entity types
	known  map[string]bool   // the kinds of the declared entity types
	keys   map[string]*use   // by extract.CanonicalKey of names and aliases
	labels map[string]*use   // by extract.CanonicalLabel
	spec   Spec
}

// use says how facts with a key or a label are stored.
type use struct {
	name              string   // the name under which facts are stored
	subjects, objects []string // kinds; none: all
	cardinality       Cardinality
	category          record.Category
}

// NewTerms prepares a vocabulary.
func NewTerms(s Spec) *Terms {
	t := &Terms{spec: s, closed: s.RefuseOthers, kinds: map[string]string{}, known: map[string]bool{}, keys: map[string]*use{}, labels: map[string]*use{}}
	for _, e := range s.EntityTypes {
		kind := cmp.Or(e.Kind, record.EntityType(e.Name))
		t.known[kind] = true
		for _, word := range append([]string{e.Name}, e.Aliases...) {
			t.kinds[fold(word)] = kind
		}
	}
	kinds := func(words []string) (out []string) {
		for _, word := range words {
			kind, _ := t.Kind(word)
			out = append(out, kind)
		}
		return out
	}
	for _, k := range s.AttributeKeys {
		u := &use{extract.CanonicalKey(k.Name), kinds(k.EntityTypes), nil, k.Cardinality, k.Category}
		for _, word := range append([]string{k.Name}, k.Aliases...) {
			t.keys[extract.CanonicalKey(word)] = u
		}
	}
	for _, l := range s.RelationLabels {
		u := &use{extract.CanonicalLabel(l.Name), kinds(l.Subjects), kinds(l.Objects), l.Cardinality, l.Category}
		for _, word := range append([]string{l.Name}, l.Aliases...) {
			t.labels[extract.CanonicalLabel(word)] = u
		}
	}
	return t
}

// Spec returns the vocabulary; zero for a Context that declares none.
func (t *Terms) Spec() Spec {
	if t == nil {
		return Spec{}
	}
	return t.spec
}

// Kind returns the type with which entities of a type are stored. false: the vocabulary refuses the type. The type unknown is always
// accepted. The kind of a declared type is accepted as well, because stored entities have it.
func (t *Terms) Kind(word string) (string, bool) {
	kind := record.EntityType(word)
	if t == nil || kind == record.TypeUnknown {
		return kind, true
	}
	if declared, ok := t.kinds[fold(word)]; ok {
		return declared, true
	}
	same := kind != record.TypeOther || strings.EqualFold(strings.TrimSpace(word), record.TypeOther)
	return kind, !t.closed.EntityTypes || same && t.known[kind]
}

// of returns u if the key or label is declared for entities of the given kinds, else nil. object is "" for attributes.
func (u *use) of(subject, object string) *use {
	fits := func(kinds []string, kind string) bool {
		return len(kinds) == 0 || kind == "" || kind == record.TypeUnknown || slices.Contains(kinds, kind)
	}
	if u == nil || !fits(u.subjects, subject) || !fits(u.objects, object) {
		return nil
	}
	return u
}

// Single reports whether an entity has only one value of a key or label at a time. otherwise is the result if the vocabulary does not say.
func (t *Terms) Single(kind record.Kind, key string, otherwise bool) bool {
	if t == nil {
		return otherwise
	}
	u := t.keys[key]
	if kind == record.KindRelation {
		u = t.labels[key]
	}
	if u == nil || u.cardinality == "" {
		return otherwise
	}
	return u.cardinality == One
}

// Apply returns an extraction in the terms of the vocabulary, with the declared categories. An item that the vocabulary refuses becomes an
// uncertainty. x is not changed.
func (t *Terms) Apply(x record.Extraction) record.Extraction {
	if t == nil {
		return x
	}
	out := x
	out.Entities, out.Attributes, out.Relations = nil, nil, nil
	out.Uncertainties = slices.Clone(x.Uncertainties)
	refuse := func(ref record.EntityRef, key, value string, span record.Span, why string) {
		name := ref.Name
		if ref == record.UserEntity {
			name = "The user"
		}
		out.Uncertainties = append(out.Uncertainties, record.Uncertainty{
			About: name + ": " + strings.ReplaceAll(key, "_", " "), Reason: strconv.Quote(value) + " was not stored: " + why, Span: span,
		})
	}
	for _, e := range x.Entities {
		if kind, ok := t.Kind(e.Type); ok {
			e.Type = kind
			out.Entities = append(out.Entities, e)
		}
	}
	for _, a := range x.Attributes {
		kind, ok := t.Kind(a.Entity.Type)
		u := t.keys[extract.CanonicalKey(a.Key)].of(kind, "")
		switch {
		case !ok:
			refuse(a.Entity, a.Key, a.Value, a.Span, undeclaredType(a.Entity.Type))
			continue
		case u == nil && t.closed.AttributeKeys:
			refuse(a.Entity, a.Key, a.Value, a.Span, fmt.Sprintf("the ontology declares no attribute %q of entities of the type %s", a.Key, kind))
			continue
		case u != nil:
			a.Key, a.Category = u.name, cmp.Or(u.category, a.Category)
		}
		a.Entity.Type = kind
		out.Attributes = append(out.Attributes, a)
	}
	for _, r := range x.Relations {
		subject, ok := t.Kind(r.Subject.Type)
		object, right := t.Kind(r.Object.Type)
		u := t.labels[extract.CanonicalLabel(r.Label)].of(subject, object)
		switch {
		case !ok:
			refuse(r.Subject, r.Label, r.Object.Name, r.Span, undeclaredType(r.Subject.Type))
			continue
		case !right:
			refuse(r.Subject, r.Label, r.Object.Name, r.Span, undeclaredType(r.Object.Type))
			continue
		case u == nil && t.closed.RelationLabels:
			refuse(r.Subject, r.Label, r.Object.Name, r.Span, fmt.Sprintf("the ontology declares no relation %q from the type %s to the type %s", r.Label, subject, object))
			continue
		case u != nil:
			r.Label, r.Category = u.name, cmp.Or(u.category, r.Category)
		}
		r.Subject.Type, r.Object.Type = subject, object
		out.Relations = append(out.Relations, r)
	}
	t.applyToKeys(&out)
	return out
}

func undeclaredType(word string) string {
	return fmt.Sprintf("the ontology declares no entity type %q", word)
}

// applyToKeys replaces the keys of invalidations, doubts and uncertainties by the declared names. None of them is refused, because they add
// no fact.
func (t *Terms) applyToKeys(x *record.Extraction) {
	ends := x.Invalidations
	x.Invalidations = nil
	for _, i := range ends {
		i.Entity.Type, _ = t.Kind(i.Entity.Type)
		for _, key := range t.names(i.Key) {
			i.Key = key
			x.Invalidations = append(x.Invalidations, i)
		}
	}
	doubts := x.Doubts
	x.Doubts = nil
	for _, d := range doubts {
		var keys []string
		for _, key := range d.Keys {
			keys = append(keys, t.names(key)...)
		}
		d.Keys = keys
		x.Doubts = append(x.Doubts, d)
	}
	for i := range x.Uncertainties { // the list is a copy
		if u := &x.Uncertainties[i]; u.Key != "" {
			u.Key = t.names(u.Key)[0]
		}
	}
}

// names returns the names under which facts with a key are stored, as a relation label and as an attribute key.
func (t *Terms) names(key string) []string {
	var out []string
	for _, u := range []*use{t.labels[extract.CanonicalLabel(key)], t.keys[extract.CanonicalKey(key)]} {
		if u != nil && !slices.Contains(out, u.name) {
			out = append(out, u.name)
		}
	}
	if len(out) == 0 {
		return []string{key}
	}
	return out
}

// CheckFact returns an error if the vocabulary refuses a caller's fact. A type is "" if the caller gave none; target is also "" for an
// attribute. The error names a field below the given one.
func (t *Terms) CheckFact(field, entity, key string, relation bool, target string) error {
	if t == nil {
		return nil
	}
	kinds := []string{record.TypeUnknown, record.TypeUnknown}
	for i, word := range []string{entity, target} {
		if word == "" {
			continue
		}
		kind, ok := t.Kind(word)
		if !ok {
			return fault.Bad(field+[]string{".Entity.Type", ".Target.Type"}[i], "the ontology of the Context declares no entity type %.128q and refuses others", word)
		}
		kinds[i] = kind
	}
	if relation && t.closed.RelationLabels && t.labels[extract.CanonicalLabel(key)].of(kinds[0], kinds[1]) == nil {
		return fault.Bad(field+".Key", "the ontology of the Context declares no relation %.128q between entities of these types, and refuses others", key)
	}
	if !relation && t.closed.AttributeKeys && t.keys[extract.CanonicalKey(key)].of(kinds[0], "") == nil {
		return fault.Bad(field+".Key", "the ontology of the Context declares no attribute %.128q of entities of this type, and refuses others", key)
	}
	return nil
}
