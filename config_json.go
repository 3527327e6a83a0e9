package spectron

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxConfigJSON = 256 << 10
	maxJSONDepth  = 8
)

// UnmarshalJSON reads a part of a configuration; see Config for how strict it is. Whether the values are in range is
// said where the Config is used. ErrInvalid: Field is the path, such as "models.extracton"; ErrTooLarge. No error
// repeats a value.
func (c *Config) UnmarshalJSON(data []byte) error {
	v, err := parseJSON(opConfig, data, maxConfigJSON)
	if err != nil || v.kind == jsonNull {
		return err
	}
	var r configReader
	if err := r.read(v, ""); err != nil {
		return err
	}
	*c = r.config
	return nil
}

// UnmarshalJSON reads a merge patch; see ContextPatch. ErrInvalid: Field is the path, such as
// "config.models.extracton"; ErrTooLarge. No error repeats a value.
func (p *ContextPatch) UnmarshalJSON(data []byte) error {
	v, err := parseJSON(opConfig, data, maxConfigJSON)
	if err != nil || v.kind == jsonNull {
		return err
	}
	var patch ContextPatch
	err = v.each(func(name string, member jsonValue) error {
		var err error
		switch {
		case name == "description":
			patch.Description = new(string)
			if member.kind != jsonNull {
				*patch.Description, err = member.string()
			}
		case name == "enforcement_blocked":
			patch.EnforcementBlocked = new(bool)
			if member.kind != jsonNull {
				*patch.EnforcementBlocked, err = member.boolean()
			}
		case name != "config":
			err = member.unknown([]string{"description", "enforcement_blocked", "config"})
		case member.kind == jsonNull:
			err = invalid(opConfig, member.path, "null would remove the whole configuration; set the fields that are meant to null")
		default:
			r := configReader{null: func(path string) { patch.Unset = append(patch.Unset, path) }}
			err = r.read(member, "")
			patch.Config = r.config
		}
		return err
	})
	if err == nil {
		*p = patch
	}
	return err
}

// UnmarshalJSON takes both forms of a Model.
func (m *Model) UnmarshalJSON(data []byte) error {
	v, err := parseJSON(opConfig, data, maxConfigJSON)
	if err != nil || v.kind == jsonNull {
		return err
	}
	parsed, err := readModel(v)
	if err == nil {
		*m = parsed
	}
	return err
}

// encodeConfig returns what is kept of a configuration: its JSON without the providers, whose keys are kept sealed. Equal
// configurations give equal bytes.
func encodeConfig(c Config) ([]byte, error) {
	c = c.clone()
	c.Providers = nil
	return json.Marshal(c) // the keys of Models come sorted
}

// decodeConfig takes what encodeConfig returned; nothing stands for a configuration without values. ErrUnsupported: a later
// version wrote it; ErrDamaged: it is not what encodeConfig returns.
func decodeConfig(data []byte) (Config, error) {
	if len(data) == 0 {
		return Config{}, nil
	}
	var r configReader
	v, err := parseJSON(opConfig, data, maxConfigJSON)
	if err == nil {
		err = r.read(v, "")
	}
	if err == nil {
		err = r.config.check(opConfig, "Config")
	}
	switch {
	case r.unknown:
		return Config{}, &Error{Op: opConfig, Code: CodeUnsupported, Detail: "what is stored is of a later version", Err: err}
	case err != nil:
		return Config{}, &Error{Op: opConfig, Code: CodeDamaged, Detail: "what is stored cannot be read", Err: err}
	case r.config.Providers != nil:
		return Config{}, &Error{Op: opConfig, Code: CodeDamaged, Detail: "what is stored has keys of providers in the clear"}
	}
	return r.config, nil
}

// configReader reads a Config from JSON.
type configReader struct {
	config  Config
	null    func(path string) // is told of each null; may be nil
	unknown bool              // a field was not known
}

// read reads the group of fields at path, "" for all of them.
func (r *configReader) read(group jsonValue, path string) error {
	return group.each(func(name string, v jsonValue) error {
		full := name
		if path != "" {
			full = path + "." + name
		}
		i := slices.IndexFunc(configFields, func(f configField) bool { return f.under(full) })
		switch {
		case strings.Contains(name, "."), i < 0 && full != "providers": // a dot does not lead into a group
			r.unknown = true
			return v.unknown(members(path))
		case v.kind == jsonNull:
			r.isNull(full)
			return nil
		case full == "providers":
			return r.readProviders(v)
		case configFields[i].path != full:
			return r.read(v, full)
		}
		return configFields[i].read(&r.config, v)
	})
}

func (r *configReader) readProviders(group jsonValue) error {
	return group.each(func(name string, v jsonValue) error {
		if !providerPattern.MatchString(name) {
			return invalid(opConfig, group.path, "%s", badProvider)
		}
		if v.kind == jsonNull {
			r.isNull("providers." + name)
			return nil
		}
		key, err := v.string()
		if err == nil {
			setKey(&r.config.Providers, name, Secret(key))
		}
		return err
	})
}

func (r *configReader) isNull(path string) {
	if r.null != nil {
		r.null(path)
	}
}

// members returns the names that a group may have in it.
func members(group string) []string {
	var names []string
	for _, path := range paths() {
		if group != "" {
			inner, ok := strings.CutPrefix(path, group+".")
			if !ok {
				continue
			}
			path = inner
		}
		if !strings.Contains(path, ".") {
			names = append(names, path)
		}
	}
	return names
}

func readModel(v jsonValue) (Model, error) {
	var m Model
	switch v.kind {
	case jsonString:
		if v.text == "" {
			return m, nil
		}
		return parseModel(v.path, v.text)
	case jsonObject:
	default:
		return m, v.wrong("a string or an object with provider and model")
	}
	err := v.each(func(name string, member jsonValue) (err error) {
		switch name {
		case "provider":
			m.Provider, err = member.string()
		case "model":
			m.Name, err = member.string()
		default:
			err = member.unknown([]string{"provider", "model"})
		}
		return err
	})
	if err == nil {
		err = m.check(opConfig, v.path)
	}
	return m, err
}

// jsonKind is what a JSON value is, in the words of an error.
type jsonKind string

const (
	jsonNull   jsonKind = "null"
	jsonBool   jsonKind = "true or false"
	jsonNumber jsonKind = "a number"
	jsonString jsonKind = "a string"
	jsonArray  jsonKind = "an array"
	jsonObject jsonKind = "an object"
)

// jsonValue is a JSON value with what encoding/json forgets on the way into a struct: the fields that are there twice,
// the exact spelling of their names, and where the value was.
type jsonValue struct {
	op      string // that errors begin with
	kind    jsonKind
	path    string
	text    string // of a string or a number
	truth   bool
	members []jsonMember // of an object; of an array, without names
}

type jsonMember struct {
	name  string
	value jsonValue
}

// parseJSON reads one value of at most so many bytes. Errors, also those about what is in it, begin with op.
func parseJSON(op string, data []byte, maxBytes int) (jsonValue, error) {
	if len(data) > maxBytes {
		return jsonValue{}, tooLarge(op, "", len(data), maxBytes, "bytes")
	}
	if !utf8.Valid(data) {
		return jsonValue{}, invalid(op, "", "not UTF-8")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil {
		offset := int64(len(data))
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			offset = syntax.Offset
		}
		return jsonValue{}, invalid(op, "", "not one JSON value, at byte %d", offset)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return nextJSON(op, decoder, 0)
}

// nextJSON reads one value inside depth others. That it is well-formed is known.
func nextJSON(op string, decoder *json.Decoder, depth int) (jsonValue, error) {
	token, err := decoder.Token()
	if err != nil {
		return jsonValue{}, &Error{Op: op, Code: CodeInternal, Err: err}
	}
	switch t := token.(type) {
	case bool:
		return jsonValue{op: op, kind: jsonBool, truth: t}, nil
	case json.Number:
		return jsonValue{op: op, kind: jsonNumber, text: t.String()}, nil
	case string:
		return jsonValue{op: op, kind: jsonString, text: t}, nil
	case json.Delim:
		if depth == maxJSONDepth {
			return jsonValue{}, tooLarge(op, "", depth+1, maxJSONDepth, "levels")
		}
		v := jsonValue{op: op, kind: jsonArray}
		if t == '{' {
			v.kind = jsonObject
		}
		for decoder.More() {
			var name string
			if v.kind == jsonObject {
				key, err := decoder.Token()
				if err != nil {
					return jsonValue{}, &Error{Op: op, Code: CodeInternal, Err: err}
				}
				name = key.(string)
			}
			value, err := nextJSON(op, decoder, depth+1)
			if err != nil {
				return jsonValue{}, err
			}
			v.members = append(v.members, jsonMember{name, value})
		}
		if _, err := decoder.Token(); err != nil {
			return jsonValue{}, &Error{Op: op, Code: CodeInternal, Err: err}
		}
		return v, nil
	}
	return jsonValue{op: op, kind: jsonNull}, nil
}

// each visits the fields of an object in the order in which they are there, up to the first error.
func (v jsonValue) each(visit func(name string, member jsonValue) error) error {
	if v.kind != jsonObject {
		return v.wrong(string(jsonObject))
	}
	seen := make(map[string]bool, len(v.members))
	for _, m := range v.members {
		m.value.path = shownName(m.name)
		if v.path != "" {
			m.value.path = v.path + "." + m.value.path
		}
		if seen[m.name] {
			return invalid(v.op, m.value.path, "there twice")
		}
		seen[m.name] = true
		if err := visit(m.name, m.value); err != nil {
			return err
		}
	}
	return nil
}

// elements visits what is in an array in its order, up to the first error.
func (v jsonValue) elements(visit func(element jsonValue) error) error {
	if v.kind != jsonArray {
		return v.wrong(string(jsonArray))
	}
	for i, m := range v.members {
		m.value.path = fmt.Sprintf("%s[%d]", v.path, i)
		if err := visit(m.value); err != nil {
			return err
		}
	}
	return nil
}

func (v jsonValue) unknown(known []string) error {
	return invalid(v.op, v.path, "unknown field; there are %s", listed(known))
}

func (v jsonValue) wrong(want string) error {
	return invalid(v.op, v.path, "%s where %s belongs", v.kind, want)
}

func (v jsonValue) boolean() (bool, error) {
	if v.kind != jsonBool {
		return false, v.wrong(string(jsonBool))
	}
	return v.truth, nil
}

func (v jsonValue) string() (string, error) {
	if v.kind != jsonString {
		return "", v.wrong(string(jsonString))
	}
	return v.text, nil
}

func (v jsonValue) float() (float64, error) {
	if v.kind != jsonNumber {
		return 0, v.wrong(string(jsonNumber))
	}
	f, err := strconv.ParseFloat(v.text, 64)
	if err != nil {
		return 0, invalid(v.op, v.path, "out of range")
	}
	return f, nil
}

// readWhole takes a number without a fraction or an exponent, as encoding/json does.
func readWhole[T int | int64](v jsonValue) (T, error) {
	if v.kind != jsonNumber {
		return 0, v.wrong("a whole number")
	}
	n, err := strconv.ParseInt(v.text, 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange) || err == nil && int64(T(n)) != n:
		return 0, invalid(v.op, v.path, "out of range")
	case err != nil:
		return 0, invalid(v.op, v.path, "a number with a fraction or an exponent where a whole number belongs")
	}
	return T(n), nil
}
