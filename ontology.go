package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// OntologySpec declares the vocabulary of a Context: types of entities, keys of attributes and labels of relations.
//
// Names and aliases are compared as Remember compares keys and labels: without regard to case, spaces and punctuation, and with
// near-synonyms folded ("employer" is works_at, "Job title" is role). Of two equal words only one may be declared, except as an
// alias of the other.
//
// The JSON field names are those of the tags. Decoding is strict: unknown fields, repeated fields and wrong types are refused with
// their path. null stands for an absent field. Decoding replaces the whole value.
type OntologySpec struct {
	EntityTypes    []EntityTypeTerm    `json:"entity_types,omitempty"`    // at most 200
	AttributeKeys  []AttributeKeyTerm  `json:"attribute_keys,omitempty"`  // at most 500
	RelationLabels []RelationLabelTerm `json:"relation_labels,omitempty"` // at most 500
	// RefuseOthers closes parts of the vocabulary: only declared terms are accepted there, and at least one is required. The other
	// parts are open.
	RefuseOthers OntologyParts `json:"refuse_others,omitzero"`
	// IfVersion lets Put replace only this version; 0: the current version, if any. It is not stored.
	IfVersion int `json:"if_version,omitempty"`
}

// OntologyParts are parts of a vocabulary.
type OntologyParts struct {
	EntityTypes    bool `json:"entity_types,omitempty"`
	AttributeKeys  bool `json:"attribute_keys,omitempty"`
	RelationLabels bool `json:"relation_labels,omitempty"`
}

// EntityTypeTerm declares a type of entities.
type EntityTypeTerm struct {
	Name string `json:"name"` // 1 to 128 bytes on one line, as all names and aliases
	// Kind is the stored type of these entities, of the closed set of EntityRef. It is also their identity: an "engineer" of the
	// Kind "person" is the person of that name. "": the type that Name has in the closed set, or other if it has none. A Name or
	// alias with a type there ("company") cannot have another Kind.
	Kind        string   `json:"kind,omitempty"`
	Description string   `json:"description,omitempty"` // at most 1,000 bytes, as for all descriptions
	Aliases     []string `json:"aliases,omitempty"`     // at most 32, as for all terms
}

// AttributeKeyTerm declares a key of attributes.
type AttributeKeyTerm struct {
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Aliases     []string `json:"aliases,omitempty"`
	// EntityTypes are the types of entities that have the key; none: all. Each is declared, or is one of the closed set of
	// EntityRef unless RefuseOthers closes the types.
	EntityTypes []string    `json:"entity_types,omitempty"`
	Cardinality Cardinality `json:"cardinality,omitempty"`
	Category    Category    `json:"category,omitempty"` // category of the facts; "": the category that they have without the term
}

// RelationLabelTerm declares a label of relations.
type RelationLabelTerm struct {
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Aliases     []string `json:"aliases,omitempty"`
	// Subjects and Objects are the types of entities that the relation may start and end at; none: all. Their rules are those of
	// AttributeKeyTerm.EntityTypes.
	Subjects    []string    `json:"subjects,omitempty"`
	Objects     []string    `json:"objects,omitempty"`
	Cardinality Cardinality `json:"cardinality,omitempty"`
	Category    Category    `json:"category,omitempty"`
}

// Cardinality is the number of values of a key, or of objects of a label, that an entity has at a time.
type Cardinality string

// The cardinalities; "" is the cardinality of the key or label without the term.
const (
	CardinalityOne  Cardinality = "one"  // a new value supersedes the old one
	CardinalityMany Cardinality = "many" // several values hold at the same time
)

// Ontology is a version of the declared vocabulary of a Context.
type Ontology struct {
	Version     int          `json:"version"` // from 1; a deletion has a version as well
	Spec        OntologySpec `json:"spec"`
	CreatedAt   time.Time    `json:"created_at"`
	PrincipalID string       `json:"principal_id"`      // principal of the caller that put or deleted it
	Deleted     bool         `json:"deleted,omitempty"` // this version deleted the vocabulary; Spec is zero
}

// Ontologies are the versions of the declared vocabulary of a Context. Only the operator and management keys may use them; all other
// callers get ErrForbidden.
//
// The current version decides what Remember stores from then on. Types, keys and labels are stored under their declared names ("assigned
// to" becomes assigned_to). Cardinality decides whether a new value supersedes the old one, and Category how facts fade. A term that is
// declared for some types counts as undeclared for entities of other types.
//
// If a text uses a term that RefuseOthers refuses, the text is stored with an uncertainty instead of a fact. A triple with such a term is
// refused with ErrInvalid and its Field. The name that a speaker says is always stored. Facts that are already stored do not change.
type Ontologies struct {
	context *contextHandle
}

// Ontology returns the declared vocabulary of the Context.
func (c *contextHandle) Ontology() *Ontologies { return &Ontologies{c} }

// UnmarshalJSON decodes an ontology strictly: see OntologySpec. Put checks its rules. ErrInvalid: Field is the path, such as
// "entity_types[2].aliases[0]"; ErrTooLarge.
func (s *OntologySpec) UnmarshalJSON(data []byte) error {
	read, err := ontology.Read(data)
	if err != nil || read == nil {
		return fail("ontology", err)
	}
	*s = newOntologySpec(*read)
	return nil
}

// inner converts the spec for package ontology.
func (s OntologySpec) inner() ontology.Spec {
	return ontology.Spec{
		EntityTypes:    each(s.EntityTypes, func(t EntityTypeTerm) ontology.EntityType { return ontology.EntityType(t) }),
		AttributeKeys:  each(s.AttributeKeys, AttributeKeyTerm.inner),
		RelationLabels: each(s.RelationLabels, RelationLabelTerm.inner),
		RefuseOthers:   ontology.Parts(s.RefuseOthers),
		IfVersion:      s.IfVersion,
	}
}

func (t AttributeKeyTerm) inner() ontology.AttributeKey {
	return ontology.AttributeKey{
		Name: t.Name, Description: t.Description, Aliases: t.Aliases, EntityTypes: t.EntityTypes,
		Cardinality: ontology.Cardinality(t.Cardinality), Category: record.Category(t.Category),
	}
}

func (t RelationLabelTerm) inner() ontology.RelationLabel {
	return ontology.RelationLabel{
		Name: t.Name, Description: t.Description, Aliases: t.Aliases, Subjects: t.Subjects, Objects: t.Objects,
		Cardinality: ontology.Cardinality(t.Cardinality), Category: record.Category(t.Category),
	}
}

func newOntologySpec(s ontology.Spec) OntologySpec {
	return OntologySpec{
		each(s.EntityTypes, func(t ontology.EntityType) EntityTypeTerm { return EntityTypeTerm(t) }),
		each(s.AttributeKeys, func(t ontology.AttributeKey) AttributeKeyTerm {
			return AttributeKeyTerm{t.Name, t.Description, t.Aliases, t.EntityTypes, Cardinality(t.Cardinality), Category(t.Category)}
		}),
		each(s.RelationLabels, func(t ontology.RelationLabel) RelationLabelTerm {
			return RelationLabelTerm{t.Name, t.Description, t.Aliases, t.Subjects, t.Objects, Cardinality(t.Cardinality), Category(t.Category)}
		}),
		OntologyParts(s.RefuseOthers), s.IfVersion,
	}
}

func newOntology(v ontology.Version) Ontology {
	return Ontology{v.Version, newOntologySpec(v.Spec), v.CreatedAt, v.Principal, !v.Declares()}
}

// Get returns the current version as it was put. ErrNotFound: nothing is declared; ErrForbidden; ErrUnsupported: the version was
// put by a later version of this library.
func (o *Ontologies) Get(ctx context.Context) (*Ontology, error) {
	return callAdministrator(ctx, o.context, "get ontology", func(ctx context.Context, s *gate.Call) (*Ontology, error) {
		v, err := ontology.Current(ctx, s.Live.Rows)
		return one(newOntology)(v, s.Live.Explain(ctx, err))
	})
}

// Put replaces the declared vocabulary by a new version and returns it. An equal spec creates no version. Codes: CodeInvalid and
// CodeTooLarge with the Field, such as "AttributeKeys[2].Aliases[0]", also beyond 1 MiB of JSON; CodeConflict with the Field
// "IfVersion" if that version is not the current one; CodeForbidden.
func (o *Ontologies) Put(ctx context.Context, spec OntologySpec) (*Ontology, error) {
	return callAdministrator(ctx, o.context, "put ontology", func(ctx context.Context, s *gate.Call) (*Ontology, error) {
		draft, err := ontology.NewDraft(spec.inner())
		if err != nil {
			return nil, err
		}
		return changeOntology(ctx, s, record.ActionOntologyPut, draft.Put)
	})
}

// Delete ends the declared vocabulary. The history keeps its versions, and the numbers continue. ErrNotFound: nothing is declared;
// ErrForbidden.
func (o *Ontologies) Delete(ctx context.Context) error {
	_, err := callAdministrator(ctx, o.context, "delete ontology", func(ctx context.Context, s *gate.Call) (*Ontology, error) {
		return changeOntology(ctx, s, record.ActionOntologyDeleted, ontology.Delete)
	})
	return err
}

// changeOntology applies a step and returns the version that is current afterwards.
func changeOntology(ctx context.Context, s *gate.Call, action string, step ontology.Step) (*Ontology, error) {
	var v ontology.Version
	err := s.Change(ctx, step.On(s.Live.Rows, func() record.Event { return s.Event(action) }, &v))
	return one(newOntology)(v, err)
}

// Versions lists the history, newest first. A page may have fewer items if the versions are large. ErrInvalid with the Field;
// ErrForbidden.
func (o *Ontologies) Versions(ctx context.Context, req PageRequest) (Page[Ontology], error) {
	return callAdministrator(ctx, o.context, "list ontology versions", func(ctx context.Context, s *gate.Call) (Page[Ontology], error) {
		found, err := ontology.Page(ctx, s.Live.Rows, paging.Request(req))
		return page(newOntology)(found, s.Live.Explain(ctx, err))
	})
}

// AllVersions iterates over the history, starting at the requested page. It stops after the first error: see PageRequest.
func (o *Ontologies) AllVersions(ctx context.Context, req PageRequest) iter.Seq2[Ontology, error] {
	return all(ctx, req, o.Versions)
}
