// Package strictjson reads JSON that people write by hand. Unlike encoding/json it refuses unknown fields, repeated fields, names in
// another case, and fractions in place of integers. Errors name the path and never repeat a value.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/fault"
)

// maxDepth is how many levels deep arrays and objects may be nested.
const maxDepth = 8

// Kind is what a JSON value is, in the words of an error.
type Kind string

// The kinds.
const (
	Null   Kind = "null"
	Bool   Kind = "true or false"
	Number Kind = "a number"
	String Kind = "a string"
	Array  Kind = "an array"
	Object Kind = "an object"
)

// Value is a JSON value, with its path in the document.
type Value struct {
	Kind Kind
	Path string // such as "models.response" or "entity_types[2].name"; "" for the whole document

	unknown *bool  // of the whole document: a field of it was refused as unknown
	text    string // of a string or a number
	truth   bool
	members []member // of an object; of an array, without names
}

type member struct {
	name  string
	value Value
}

// Parse reads one value of at most so many bytes.
func Parse(data []byte, maxBytes int) (Value, error) {
	if len(data) > maxBytes {
		return Value{}, fault.Over("", len(data), maxBytes, "bytes")
	}
	if !utf8.Valid(data) {
		return Value{}, fault.Bad("", "not UTF-8")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		offset := int64(len(data))
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			offset = syntax.Offset
		}
		return Value{}, fault.Bad("", "not one JSON value, at byte %d", offset)
	}
	p := parser{tokens: json.NewDecoder(bytes.NewReader(data)), unknown: new(bool)}
	p.tokens.UseNumber()
	v := p.next(0)
	return v, p.err
}

// parser reads a text that is known to be well-formed.
type parser struct {
	tokens  *json.Decoder
	unknown *bool
	err     error // the first one
}

func (p *parser) token() json.Token {
	token, err := p.tokens.Token()
	if err != nil && p.err == nil {
		p.err = fault.Wrap(fault.Internal, "", err)
	}
	return token
}

// next reads one value inside depth others.
func (p *parser) next(depth int) Value {
	v := Value{Kind: Null, unknown: p.unknown}
	switch t := p.token().(type) {
	case bool:
		v.Kind, v.truth = Bool, t
	case json.Number:
		v.Kind, v.text = Number, t.String()
	case string:
		v.Kind, v.text = String, t
	case json.Delim:
		v.Kind = Array
		if t == '{' {
			v.Kind = Object
		}
		if depth == maxDepth {
			p.err = fault.Over("", depth+1, maxDepth, "levels")
		}
		for p.err == nil && p.tokens.More() {
			var m member
			if v.Kind == Object {
				m.name, _ = p.token().(string)
			}
			m.value = p.next(depth + 1)
			v.members = append(v.members, m)
		}
		p.token() // the end
	}
	return v
}

// Each visits the fields of an object in the order of the text, up to the first error. A field that is there twice is one.
func (v Value) Each(visit func(name string, field Value) error) error {
	if v.Kind != Object {
		return v.Wrong(Object)
	}
	seen := make(map[string]bool, len(v.members))
	for _, m := range v.members {
		m.value.Path = Shown(m.name)
		if v.Path != "" {
			m.value.Path = v.Path + "." + m.value.Path
		}
		if seen[m.name] {
			return fault.Bad(m.value.Path, "repeated")
		}
		seen[m.name] = true
		if err := visit(m.name, m.value); err != nil {
			return err
		}
	}
	return nil
}

// Elements visits the elements of an array in their order, up to the first error.
func (v Value) Elements(visit func(element Value) error) error {
	if v.Kind != Array {
		return v.Wrong(Array)
	}
	for i, m := range v.members {
		m.value.Path = fmt.Sprintf("%s[%d]", v.Path, i)
		if err := visit(m.value); err != nil {
			return err
		}
	}
	return nil
}

// Unknown refuses a field that is none of the known ones.
func (v Value) Unknown(known []string) error {
	*v.unknown = true
	return fault.Bad(v.Path, "unknown field; the fields are %s", fault.List(known))
}

// HadUnknown reports whether Unknown refused a field anywhere in the document: a later version may have written it.
func (v Value) HadUnknown() bool { return v.unknown != nil && *v.unknown }

// Wrong refuses the value because something else belongs there.
func (v Value) Wrong(want Kind) error {
	return fault.Bad(v.Path, "%s where %s belongs", v.Kind, want)
}

// Truth returns a Bool.
func (v Value) Truth() (bool, error) {
	if v.Kind != Bool {
		return false, v.Wrong(Bool)
	}
	return v.truth, nil
}

// Text returns a String.
func (v Value) Text() (string, error) {
	if v.Kind != String {
		return "", v.Wrong(String)
	}
	return v.text, nil
}

// Float returns a Number.
func (v Value) Float() (float64, error) {
	if v.Kind != Number {
		return 0, v.Wrong(Number)
	}
	f, err := strconv.ParseFloat(v.text, 64)
	if err != nil {
		return 0, fault.Bad(v.Path, "out of range")
	}
	return f, nil
}

// Whole returns a Number without a fraction or an exponent, as encoding/json does.
func Whole[T int | int64](v Value) (T, error) {
	if v.Kind != Number {
		return 0, v.Wrong("a whole number")
	}
	n, err := strconv.ParseInt(v.text, 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange) || err == nil && int64(T(n)) != n:
		return 0, fault.Bad(v.Path, "out of range")
	case err != nil:
		return 0, fault.Bad(v.Path, "a number with a fraction or an exponent where a whole number belongs")
	}
	return T(n), nil
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Shown is a name as an error shows it: quoted and cut when it is not a plain one.
func Shown(name string) string {
	if plainName.MatchString(name) {
		return name
	}
	return fmt.Sprintf("%.64q", name)
}
