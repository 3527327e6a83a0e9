package spectron

import (
	"encoding/json"

	"github.com/spectron-go/spectron/internal/strictjson"
)

const (
	// opOntology is the Op of errors that belong to no method of a handle.
	opOntology = "ontology"
	// maxOntologyJSON bounds an ontology, in bytes of JSON.
	maxOntologyJSON = 1 << 20
)

// UnmarshalJSON reads an ontology; see OntologySpec for how strict it is. Whether it can be put is said by Put. ErrInvalid:
// Field is the path, such as "entity_types[2].aliases[0]"; ErrTooLarge.
func (s *OntologySpec) UnmarshalJSON(data []byte) error {
	v, err := strictjson.Parse(data, maxOntologyJSON)
	if err != nil || v.Kind == strictjson.Null {
		return fail(opOntology, err)
	}
	var read OntologySpec
	if err := v.Decode(&read); err != nil {
		return fail(opOntology, err)
	}
	*s = read
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
	var read OntologySpec
	v, err := strictjson.Parse(data, maxOntologyJSON)
	if err == nil {
		err = v.Decode(&read)
	}
	switch err := fail(opOntology, err); {
	case v.HadUnknown():
		return OntologySpec{}, &Error{Op: opOntology, Code: CodeUnsupported, Detail: "what is stored is of a later version", Err: err}
	case err != nil:
		return OntologySpec{}, &Error{Op: opOntology, Code: CodeDamaged, Detail: "what is stored cannot be read", Err: err}
	}
	read.IfVersion = 0
	return read, nil
}
