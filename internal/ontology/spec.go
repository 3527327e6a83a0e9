// Package ontology handles the vocabulary that a Context declares: its rules, its JSON form, and the order of its versions.
package ontology

import (
	"encoding/json"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/strictjson"
)

// Spec is a vocabulary. Package spectron says what each field means; it has the same fields with the same tags.
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

// The cardinalities; "" is the one that the key or label has without the term.
const (
	One  Cardinality = "one"
	Many Cardinality = "many"
)

// maxJSON bounds a vocabulary, in bytes of JSON.
const maxJSON = 1 << 20

// Read reads a vocabulary as a caller writes it. A JSON null gives nil. Invalid: the field is the path, such as
// "entity_types[2].aliases[0]"; TooLarge. Whether it can be declared is for NewDraft to say.
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

// encode returns what is stored of a vocabulary. Equal ones give equal bytes.
func encode(s Spec) ([]byte, error) {
	s.IfVersion = 0
	return json.Marshal(s)
}

// Decode reads what is stored of a vocabulary. It does not check it again: which words are the same may have changed since it
// was declared. Unsupported: a later version of this library wrote it; Damaged: it is not what encode returns.
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
