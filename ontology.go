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

// OntologySpec is the vocabulary that a Context declares: which types of entities there are, which attributes they have and
// which relations they stand in.
//
// Names and aliases are told apart as Remember does it with keys and labels: without regard to case, spaces and
// punctuation, and with the near-synonyms that it folds ("employer" is works_at, "Job title" is role). Of two words that
// are one then, only one may be declared, except as an alias of the other.
//
// In JSON it has the field names of the tags. Reading is strict: unknown and repeated fields and wrong types are refused
// with their path; null stands for an absent field. Reading replaces the whole value.
type OntologySpec struct {
	EntityTypes    []EntityTypeTerm    `json:"entity_types,omitempty"`    // at most 200
	AttributeKeys  []AttributeKeyTerm  `json:"attribute_keys,omitempty"`  // at most 500
	RelationLabels []RelationLabelTerm `json:"relation_labels,omitempty"` // at most 500
	// RefuseOthers closes parts of the vocabulary: only declared terms are accepted there, and at least one is required. The
	// other parts are open.
	RefuseOthers OntologyParts `json:"refuse_others,omitzero"`
	// IfVersion makes Put replace that version and no other; 0: whichever is current, or none. It is not stored.
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
	// Kind is the type that entities of it are stored with and told apart by, of the closed set of EntityRef: an "engineer"
	// of the Kind "person" is the person of that name. "": what the Name means there, and other if it means nothing. A Name
	// or alias that means something there ("company") cannot be of another Kind.
	Kind        string   `json:"kind,omitempty"`
	Description string   `json:"description,omitempty"` // at most 1,000 bytes, as all descriptions
	Aliases     []string `json:"aliases,omitempty"`     // at most 32, as of all terms
}

// AttributeKeyTerm declares a key of attributes.
type AttributeKeyTerm struct {
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Aliases     []string `json:"aliases,omitempty"`
	// EntityTypes are the types of entities that have it; none: all. Each is declared, or one of the closed set of EntityRef
	// unless RefuseOthers closes the types.
	EntityTypes []string    `json:"entity_types,omitempty"`
	Cardinality Cardinality `json:"cardinality,omitempty"`
	Category    Category    `json:"category,omitempty"` // of the facts; "": as it would be without the term
}

// RelationLabelTerm declares a label of relations.
type RelationLabelTerm struct {
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Aliases     []string `json:"aliases,omitempty"`
	// Subjects and Objects are the types of entities that it leads from and to; none: all. They are as in
	// AttributeKeyTerm.EntityTypes.
	Subjects    []string    `json:"subjects,omitempty"`
	Objects     []string    `json:"objects,omitempty"`
	Cardinality Cardinality `json:"cardinality,omitempty"`
	Category    Category    `json:"category,omitempty"`
}

// Cardinality says how many values of a key, or objects of a label, an entity has at a time.
type Cardinality string

// The cardinalities; "" is the one that the key or label would have without the term.
const (
	CardinalityOne  Cardinality = "one"  // a new value takes the place of the old one
	CardinalityMany Cardinality = "many" // several stand beside each other
)

// Ontology is a version of what a Context declares.
type Ontology struct {
	Version     int          `json:"version"` // from 1; deletions have one as well
	Spec        OntologySpec `json:"spec"`
	CreatedAt   time.Time    `json:"created_at"`
	PrincipalID string       `json:"principal_id"`      // of the caller that put or deleted it
	Deleted     bool         `json:"deleted,omitempty"` // this version ended what was declared; Spec is zero
}

// Ontologies are the versions of what a Context declares. They are for the operator and management keys: all others get
// ErrForbidden. They are kept and checked here; what Remember stores is the same with and without an ontology.
type Ontologies struct {
	context *contextHandle
}

// Ontology returns what the Context declares of its vocabulary.
func (c *contextHandle) Ontology() *Ontologies { return &Ontologies{c} }

// UnmarshalJSON reads an ontology; see OntologySpec for how strict it is. Whether it can be put is said by Put. ErrInvalid:
// Field is the path, such as "entity_types[2].aliases[0]"; ErrTooLarge.
func (s *OntologySpec) UnmarshalJSON(data []byte) error {
	read, err := ontology.Read(data)
	if err != nil || read == nil {
		return fail("ontology", err)
	}
	*s = newOntologySpec(*read)
	return nil
}

// inner is the spec as package ontology has it.
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

func newOntology(v ontology.Version) *Ontology {
	return &Ontology{v.Version, newOntologySpec(v.Spec), v.CreatedAt, v.Principal, !v.Declares()}
}

// Get returns what the Context declares now, as it was put. ErrNotFound: nothing; ErrForbidden; ErrUnsupported: a later
// version of this library has put it.
func (o *Ontologies) Get(ctx context.Context) (*Ontology, error) {
	return callAdministrator(ctx, o.context, "get ontology", func(ctx context.Context, s *gate.Call) (*Ontology, error) {
		v, err := ontology.Current(ctx, s.Live.Rows)
		return newOntology(v), s.Live.Explain(ctx, err)
	})
}

// Put replaces what the Context declares with a new version, and returns it. What is declared so already makes none. Codes:
// CodeInvalid and CodeTooLarge with the Field, such as "AttributeKeys[2].Aliases[0]", also beyond 1 MiB of JSON; CodeConflict
// with the Field "IfVersion" when another version is the current one, or none; CodeForbidden.
func (o *Ontologies) Put(ctx context.Context, spec OntologySpec) (*Ontology, error) {
	return callAdministrator(ctx, o.context, "put ontology", func(ctx context.Context, s *gate.Call) (*Ontology, error) {
		draft, err := ontology.NewDraft(spec.inner())
		if err != nil {
			return nil, err
		}
		return changeOntology(ctx, s, record.ActionOntologyPut, draft.Put)
	})
}

// Delete ends what the Context declares. The versions stay in the history, and the next one counts on. ErrNotFound: it
// declares nothing; ErrForbidden.
func (o *Ontologies) Delete(ctx context.Context) error {
	_, err := callAdministrator(ctx, o.context, "delete ontology", func(ctx context.Context, s *gate.Call) (*Ontology, error) {
		return changeOntology(ctx, s, record.ActionOntologyDeleted, ontology.Delete)
	})
	return err
}

// changeOntology takes a step, and returns the version that is current afterwards.
func changeOntology(ctx context.Context, s *gate.Call, action string, step ontology.Step) (*Ontology, error) {
	var v ontology.Version
	err := s.Change(ctx, step.On(s.Live.Rows, func() record.Event { return s.Event(action) }, &v))
	return newOntology(v), err
}

// Versions lists the history, newest first. A page of large versions may have fewer. ErrInvalid with the Field; ErrForbidden.
func (o *Ontologies) Versions(ctx context.Context, req PageRequest) (Page[Ontology], error) {
	return callAdministrator(ctx, o.context, "list ontology versions", func(ctx context.Context, s *gate.Call) (Page[Ontology], error) {
		inner, err := paging.Request(req).Checked(paging.Most)
		if err != nil {
			return Page[Ontology]{}, err
		}
		page, err := ontology.Page(ctx, s.Live.Rows, inner)
		return newPage(page, func(v ontology.Version) Ontology { return *newOntology(v) }), s.Live.Explain(ctx, err)
	})
}

// AllVersions goes through the history from a page on.
func (o *Ontologies) AllVersions(ctx context.Context, req PageRequest) iter.Seq2[Ontology, error] {
	return all(ctx, req, o.Versions)
}
