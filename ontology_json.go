package spectron

import "encoding/json"

const (
	// opOntology is the Op of errors that belong to no method of a handle.
	opOntology = "ontology"
	// maxOntologyJSON bounds an ontology, in bytes of JSON.
	maxOntologyJSON = 1 << 20
)

// UnmarshalJSON reads an ontology; see OntologySpec for how strict it is. Whether it can be put is said by Put. ErrInvalid:
// Field is the path, such as "entity_types[2].aliases[0]"; ErrTooLarge.
func (s *OntologySpec) UnmarshalJSON(data []byte) error {
	v, err := parseJSON(opOntology, data, maxOntologyJSON)
	if err != nil || v.kind == jsonNull {
		return err
	}
	var r ontologyReader
	if err := r.read(v); err != nil {
		return err
	}
	*s = r.spec
	return nil
}

// encodeOntology returns what is kept of an ontology. Equal ones give equal bytes.
func encodeOntology(s OntologySpec) ([]byte, error) {
	s.IfVersion = 0
	return json.Marshal(s)
}

// decodeOntology takes what encodeOntology returned. It does not check it again: which words are one may have changed since
// it was put. ErrUnsupported: a later version wrote it; ErrDamaged: it is not what encodeOntology returns.
func decodeOntology(data []byte) (OntologySpec, error) {
	var r ontologyReader
	v, err := parseJSON(opOntology, data, maxOntologyJSON)
	if err == nil {
		err = r.read(v)
	}
	switch {
	case r.unknown:
		return OntologySpec{}, &Error{Op: opOntology, Code: CodeUnsupported, Detail: "what is stored is of a later version", Err: err}
	case err != nil:
		return OntologySpec{}, &Error{Op: opOntology, Code: CodeDamaged, Detail: "what is stored cannot be read", Err: err}
	}
	r.spec.IfVersion = 0
	return r.spec, nil
}

// ontologyReader reads an OntologySpec from JSON.
type ontologyReader struct {
	spec    OntologySpec
	unknown bool // a field was not known
}

func (r *ontologyReader) read(v jsonValue) error {
	return v.each(func(name string, v jsonValue) (err error) {
		switch name {
		case "entity_types":
			r.spec.EntityTypes, err = readList(v, r.entityType)
		case "attribute_keys":
			r.spec.AttributeKeys, err = readList(v, r.attributeKey)
		case "relation_labels":
			r.spec.RelationLabels, err = readList(v, r.relationLabel)
		case "refuse_others":
			r.spec.RefuseOthers, err = r.parts(v)
		case "if_version":
			if v.kind != jsonNull {
				r.spec.IfVersion, err = readWhole[int](v)
			}
		default:
			err = r.notKnown(v, "entity_types", "attribute_keys", "relation_labels", "refuse_others", "if_version")
		}
		return err
	})
}

func (r *ontologyReader) notKnown(v jsonValue, known ...string) error {
	r.unknown = true
	return v.unknown(known)
}

func (r *ontologyReader) entityType(v jsonValue) (t EntityTypeTerm, err error) {
	err = v.each(func(name string, v jsonValue) (err error) {
		switch name {
		case "name":
			t.Name, err = readText[string](v)
		case "kind":
			t.Kind, err = readText[string](v)
		case "description":
			t.Description, err = readText[string](v)
		case "aliases":
			t.Aliases, err = readList(v, jsonValue.string)
		default:
			err = r.notKnown(v, "name", "kind", "description", "aliases")
		}
		return err
	})
	return t, err
}

func (r *ontologyReader) attributeKey(v jsonValue) (t AttributeKeyTerm, err error) {
	err = v.each(func(name string, v jsonValue) (err error) {
		switch name {
		case "name":
			t.Name, err = readText[string](v)
		case "description":
			t.Description, err = readText[string](v)
		case "aliases":
			t.Aliases, err = readList(v, jsonValue.string)
		case "entity_types":
			t.EntityTypes, err = readList(v, jsonValue.string)
		case "cardinality":
			t.Cardinality, err = readText[Cardinality](v)
		case "category":
			t.Category, err = readText[Category](v)
		default:
			err = r.notKnown(v, "name", "description", "aliases", "entity_types", "cardinality", "category")
		}
		return err
	})
	return t, err
}

func (r *ontologyReader) relationLabel(v jsonValue) (t RelationLabelTerm, err error) {
	err = v.each(func(name string, v jsonValue) (err error) {
		switch name {
		case "name":
			t.Name, err = readText[string](v)
		case "description":
			t.Description, err = readText[string](v)
		case "aliases":
			t.Aliases, err = readList(v, jsonValue.string)
		case "subjects":
			t.Subjects, err = readList(v, jsonValue.string)
		case "objects":
			t.Objects, err = readList(v, jsonValue.string)
		case "cardinality":
			t.Cardinality, err = readText[Cardinality](v)
		case "category":
			t.Category, err = readText[Category](v)
		default:
			err = r.notKnown(v, "name", "description", "aliases", "subjects", "objects", "cardinality", "category")
		}
		return err
	})
	return t, err
}

func (r *ontologyReader) parts(v jsonValue) (p OntologyParts, err error) {
	if v.kind == jsonNull {
		return p, nil
	}
	err = v.each(func(name string, v jsonValue) (err error) {
		to := map[string]*bool{"entity_types": &p.EntityTypes, "attribute_keys": &p.AttributeKeys, "relation_labels": &p.RelationLabels}[name]
		switch {
		case to == nil:
			err = r.notKnown(v, "entity_types", "attribute_keys", "relation_labels")
		case v.kind != jsonNull:
			*to, err = v.boolean()
		}
		return err
	})
	return p, err
}

// readText reads a string that may be null.
func readText[S ~string](v jsonValue) (S, error) {
	if v.kind == jsonNull {
		return "", nil
	}
	text, err := v.string()
	return S(text), err
}

// readList reads an array that may be null. An empty one is nil.
func readList[T any](v jsonValue, read func(jsonValue) (T, error)) ([]T, error) {
	if v.kind == jsonNull {
		return nil, nil
	}
	var out []T
	err := v.elements(func(element jsonValue) error {
		one, err := read(element)
		out = append(out, one)
		return err
	})
	return out, err
}
