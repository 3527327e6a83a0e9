package spectron

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
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
	// RefuseOthers closes parts of the vocabulary: there is nothing in them but what they declare, which is not nothing. The
	// other parts are open.
	RefuseOthers OntologyParts `json:"refuse_others,omitzero"`
	// IfVersion makes Put replace that version and no other; 0: whichever there is, or none. It is not stored.
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
	PrincipalID string       `json:"principal_id"`      // who put or deleted it
	Deleted     bool         `json:"deleted,omitempty"` // from this version on there was none; Spec is zero
}

// OntologyPage is one page of the history, newest first.
type OntologyPage struct {
	Versions   []Ontology
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

// Ontologies are the versions of what a Context declares. They are for the operator and management keys: all others get
// ErrForbidden. They are kept and checked here; what Remember stores is the same with and without an ontology.
type Ontologies struct {
	context *Context
}

// Ontology returns what the Context declares of its vocabulary.
func (c *Context) Ontology() *Ontologies { return &Ontologies{c} }

// Limits of an ontology.
const (
	maxEntityTypes    = 200
	maxAttributeKeys  = 500
	maxRelationLabels = 500
	maxAliases        = 32
	// maxOntologyPage bounds the documents in one page of the history, in bytes, and ontologyRows how many one statement
	// reads: each may have maxOntologyJSON.
	maxOntologyPage = 4 << 20
	ontologyRows    = 16
	// maxOntologies is the last version that the database can sort.
	maxOntologies = 99_999_999
)

func noOntology(op string) error {
	return &Error{Op: op, Code: CodeNotFound, Detail: "the Context declares no ontology"}
}

// newOntology reads a version as it is stored.
func newOntology(o record.OntologyVersion) (*Ontology, error) {
	out := &Ontology{Version: o.Version, CreatedAt: o.CreatedAt, PrincipalID: o.Principal, Deleted: len(o.Document) == 0}
	if out.Deleted {
		return out, nil
	}
	spec, err := decodeOntology(o.Document)
	if err != nil {
		return nil, err
	}
	out.Spec = spec
	return out, nil
}

// admit admits an operation of those who manage the Context.
func (o *Ontologies) admit(ctx context.Context, op string) (*gate.Call, error) {
	s, err := o.context.handle().Begin(ctx, op)
	if err != nil {
		return nil, fail(op, err)
	}
	if err := s.RequireAdministrator(ctx); err != nil {
		s.Done()
		return nil, fail(op, err)
	}
	return s, nil
}

// Get returns what the Context declares now, as it was put. ErrNotFound: nothing; ErrForbidden; ErrUnsupported: a later
// version of this library has put it.
func (o *Ontologies) Get(ctx context.Context) (*Ontology, error) {
	const op = "get ontology"
	c := o.context
	s, err := o.admit(ctx, op)
	if err != nil {
		return nil, err
	}
	defer s.Done()
	newest, err := c.state.Rows.Ontology(ctx)
	switch {
	case errors.Is(err, surreal.ErrNotFound), err == nil && len(newest.Document) == 0:
		return nil, noOntology(op)
	case err != nil:
		return nil, fail(op, c.state.Explain(ctx, err))
	}
	return newOntology(newest)
}

// Put replaces what the Context declares with a new version, and returns it. What is declared so already makes none. Codes:
// CodeInvalid and CodeTooLarge with the Field, such as "AttributeKeys[2].Aliases[0]", also beyond 1 MiB of JSON; CodeConflict
// with the Field "IfVersion" when another version is the current one, or none; CodeForbidden.
func (o *Ontologies) Put(ctx context.Context, spec OntologySpec) (*Ontology, error) {
	const op = "put ontology"
	s, err := o.admit(ctx, op)
	if err != nil {
		return nil, err
	}
	defer s.Done()
	if err := spec.check(op); err != nil {
		return nil, err
	}
	document, err := encodeOntology(spec)
	if err != nil {
		return nil, fail(op, err)
	}
	if len(document) > maxOntologyJSON {
		return nil, tooLarge(op, "spec", len(document), maxOntologyJSON, "bytes of JSON")
	}
	var current record.OntologyVersion
	err = s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		newest, err := o.newest(ctx, op)
		if err != nil {
			return nil, err
		}
		if spec.IfVersion != 0 && (spec.IfVersion != newest.Version || len(newest.Document) == 0) {
			return nil, &Error{Op: op, Code: CodeConflict, Field: "IfVersion", Detail: fmt.Sprintf(
				"version %d is not the current one; read what is declared now, and put again", spec.IfVersion)}
		}
		if current = newest; bytes.Equal(newest.Document, document) {
			return nil, nil
		}
		event := s.Event(EventOntologyPut)
		event.Detail = fmt.Sprintf("%d entity types, %d attribute keys, %d relation labels",
			len(spec.EntityTypes), len(spec.AttributeKeys), len(spec.RelationLabels))
		current = o.version(s, newest.Version+1, document)
		return newVersion(current, event), nil
	})
	if err != nil {
		return nil, fail(op, err)
	}
	return newOntology(current)
}

// Delete ends what the Context declares. The versions stay in the history, and the next one counts on. ErrNotFound: it
// declares nothing; ErrForbidden.
func (o *Ontologies) Delete(ctx context.Context) error {
	const op = "delete ontology"
	s, err := o.admit(ctx, op)
	if err != nil {
		return err
	}
	defer s.Done()
	return fail(op, s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		newest, err := o.newest(ctx, op)
		if err != nil {
			return nil, err
		}
		if len(newest.Document) == 0 {
			return nil, noOntology(op)
		}
		return newVersion(o.version(s, newest.Version+1, nil), s.Event(EventOntologyDeleted)), nil
	}))
}

// newest returns the newest version, version 0 when there never was one.
func (o *Ontologies) newest(ctx context.Context, op string) (record.OntologyVersion, error) {
	newest, err := o.context.state.Rows.Ontology(ctx)
	if errors.Is(err, surreal.ErrNotFound) {
		return record.OntologyVersion{}, nil
	}
	if err == nil && newest.Version >= maxOntologies {
		err = tooLarge(op, "", newest.Version+1, maxOntologies, "versions")
	}
	return newest, err
}

func (o *Ontologies) version(s *gate.Call, number int, document []byte) record.OntologyVersion {
	return record.OntologyVersion{Version: number, Document: document, CreatedAt: o.context.state.Now(), Principal: s.Principal.ID}
}

func newVersion(v record.OntologyVersion, event record.Event) *store.AccessChange {
	event.Target = fmt.Sprintf("%s:%d", store.TableOntology, v.Version)
	return &store.AccessChange{Ontology: []record.OntologyVersion{v}, Events: []record.Event{event}}
}

// Versions lists the history, newest first, after the cursor of an earlier page ("" from the newest), up to limit (0: 100, at
// most 1,000). A page of large versions may have fewer. ErrInvalid with the Field; ErrForbidden.
func (o *Ontologies) Versions(ctx context.Context, cursor string, limit int) (OntologyPage, error) {
	const op = "list ontology versions"
	c := o.context
	s, err := o.admit(ctx, op)
	if err != nil {
		return OntologyPage{}, err
	}
	defer s.Done()
	limit, err = checkPage(op, cursor, limit)
	if err != nil {
		return OntologyPage{}, err
	}
	before := 0
	if cursor != "" {
		if before, err = strconv.Atoi(cursor); err != nil || before < 1 || before > maxOntologies {
			return OntologyPage{}, invalid(op, "cursor", "it is not from a page of versions")
		}
	}
	var page OntologyPage
	size := 0
	for {
		wanted := min(limit+1-len(page.Versions), ontologyRows)
		rows, err := c.state.Rows.OntologyVersions(ctx, before, wanted)
		if err != nil {
			return OntologyPage{}, fail(op, c.state.Explain(ctx, err))
		}
		for _, r := range rows {
			size += len(r.Document)
			if full := len(page.Versions) == limit || size > maxOntologyPage; full && len(page.Versions) > 0 {
				page.HasMore, page.NextCursor = true, strconv.Itoa(before)
				return page, nil
			}
			version, err := newOntology(r)
			if err != nil {
				return OntologyPage{}, err
			}
			page.Versions, before = append(page.Versions, *version), r.Version
		}
		if len(rows) < wanted {
			return page, nil
		}
	}
}
