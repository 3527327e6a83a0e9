// Package ontology handles the vocabulary that a Context declares: its rules, its JSON form, and the order of its versions.
package ontology

import (
	"encoding/json"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/strictjson"
)

// Spec is a vocabulary. OntologySpec of package spectron has the same fields with the same tags and documents them.
type Spec struct {
	EntityTypes    []EntityType    `json:"entity_types,omitempty"`
	AttributeKeys  []AttributeKey  `json:"attribute_keys,omitempty"`
	RelationLabels []RelationLabel `json:"relation_labels,omitempty"`
	RefuseOthers   Parts           `json:"refuse_others,omitzero"`
	IfVersion      int             `json:"if_version,omitempty"` // not stored
}

// Parts are parts of a vocabulary.
type Parts struct {
	EntityTypes    bool `json:"entity_types,omitempty"`
	AttributeKeys  bool `json:"attribute_keys,omitempty"`
	RelationLabels bool `json:"relation_labels,omitempty"`
}

// EntityType is a type of entities.
type EntityType struct {
	Name        string   `json:"name"`
	Kind        string   `json:"kind,omitempty"`
	Description string   `json:"description,omitempty"`
	Aliases     []string `json:"aliases,omitempty"`
}

// AttributeKey is a key of attributes.
type AttributeKey struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Aliases     []string        `json:"aliases,omitempty"`
	EntityTypes []string        `json:"entity_types,omitempty"`
	Cardinality Cardinality     `json:"cardinality,omitempty"`
	Category    record.Category `json:"category,omitempty"`
}

// RelationLabel is a label of relations.
type RelationLabel struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Aliases     []string        `json:"aliases,omitempty"`
	Subjects    []string        `json:"subjects,omitempty"`
	Objects     []string        `json:"objects,omitempty"`
	Cardinality Cardinality     `json:"cardinality,omitempty"`
	Category    record.Category `json:"category,omitempty"`
}

// Cardinality says how many values of a key, or objects of a label, an entity has at a time.
type Cardinality string

// The cardinalities; "" is the cardinality of the key or label without the term.
const (
	One  Cardinality = "one"
	Many Cardinality = "many"
)

// maxJSON bounds a vocabulary, in bytes of JSON.
const maxJSON = 1 << 20

// Read decodes a vocabulary. For a JSON null it returns nil. It does not check the rules of a vocabulary; NewDraft does. fault.Invalid: the
// field is the path, such as "entity_types[2].aliases[0]"; fault.TooLarge.
func Read(data []byte) (*Spec, error) {
	v, err := strictjson.Parse(data, maxJSON)
	if err != nil || v.Kind == strictjson.Null {
		return nil, err
	}
	var spec Spec
	if err := v.Decode(&spec); err != nil {
		return nil, err
	}
	return &spec, nil
}

// encode returns the stored form of a vocabulary. Equal vocabularies give equal bytes.
func encode(s Spec) ([]byte, error) {
	s.IfVersion = 0
	return json.Marshal(s)
}

// Decode reads the stored form of a vocabulary. It does not validate the vocabulary again, because the folding of words may have changed
// since it was declared. fault.Unsupported: a later version of this library wrote it; fault.Damaged: it is not the result of encode.
func Decode(document []byte) (Spec, error) {
	var spec Spec
	v, err := strictjson.Parse(document, maxJSON)
	if err == nil {
		err = v.Decode(&spec)
	}
	switch {
	case v.HadUnknown():
		return Spec{}, &fault.Error{Code: fault.Unsupported, Detail: "the stored ontology is of a later version", Err: err}
	case err != nil:
		return Spec{}, &fault.Error{Code: fault.Damaged, Detail: "the stored ontology cannot be read", Err: err}
	}
	spec.IfVersion = 0
	return spec, nil
}
