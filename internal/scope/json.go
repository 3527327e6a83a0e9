package scope

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// MaxJSON is the largest input, in bytes, that the Unmarshal functions read.
const MaxJSON = 256 << 10

// An object may be used in place of a path, and paths beside clauses. No data, null, "" and [] give an empty set: the caller's default. The
// result is canonical, as from ParseSet. ErrInvalid: an empty path or clause inside an array, another type, an array nested deeper than two
// levels, a repeated dimension, a dimension or value that is empty or has a "/", or an input over the limits. The text says where, counted
// from 0.
func UnmarshalSet(data []byte) (record.ScopeSet, error) {
	if len(data) == 0 {
		return nil, nil
	}
	var clauses [][]string
	err := unmarshal(data, func(r reader, first json.Token) (err error) {
		clauses, err = r.set(first)
		return err
	})
	if err != nil {
		return nil, err
	}
	return ParseSet(clauses)
}

// UnmarshalPath reads one path from JSON and returns it in canonical form. It is a string, or an object of dimensions as in UnmarshalSet.
// Everything else is refused with ErrInvalid.
func UnmarshalPath(data []byte) (string, error) {
	var path string
	err := unmarshal(data, func(r reader, first json.Token) (err error) {
		path, err = r.path(first)
		return err
	})
	if err != nil {
		return "", err
	}
	return Parse(path)
}

// UnmarshalPattern reads a pattern from JSON: a string as for ParsePattern, or an object of dimensions as in UnmarshalSet, which means its
// node and everything below. Everything else is refused with ErrInvalid.
func UnmarshalPattern(data []byte) (Pattern, error) {
	var pattern Pattern
	err := unmarshal(data, func(r reader, first json.Token) (err error) {
		if s, ok := first.(string); ok {
			pattern, err = parsePattern(s)
			return err
		}
		path, err := r.path(first)
		if err != nil {
			return err
		}
		pattern.Path, err = parse(path)
		pattern.Subtree = true
		return err
	})
	if err != nil {
		return Pattern{}, err
	}
	return pattern, nil
}

// unmarshal calls read with the first token. read reads the rest of one value. unmarshal refuses anything after that value.
func unmarshal(data []byte, read func(r reader, first json.Token) error) error {
	if len(data) > MaxJSON {
		return invalid(fmt.Errorf("%d bytes of JSON, at most %d", len(data), MaxJSON))
	}
	// The decoder would replace invalid UTF-8, so that different inputs would give the same path.
	if !utf8.Valid(data) {
		return invalid(errors.New("JSON is not UTF-8"))
	}
	r := reader{json.NewDecoder(bytes.NewReader(data))}
	r.decoder.UseNumber() // so that a number of any size is reported as a number
	first, err := r.next()
	if err == nil {
		err = read(r, first)
	}
	if err == nil {
		err = r.end()
	}
	if err != nil {
		return invalid(err)
	}
	return nil
}

// reader reads the JSON forms token by token. A map would lose the order of an object's dimensions and hide repeated ones, and a tree would
// be built before its size is known.
type reader struct{ decoder *json.Decoder }

const (
	arrayOpen, arrayClose   = json.Delim('['), json.Delim(']')
	objectOpen, objectClose = json.Delim('{'), json.Delim('}')
)

func (r reader) next() (json.Token, error) {
	token, err := r.decoder.Token()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("JSON ends too early")
	}
	if err != nil {
		return nil, fmt.Errorf("not JSON at byte %d: %v", r.decoder.InputOffset(), err)
	}
	// An escape of half a surrogate pair becomes this character, as invalid UTF-8 would.
	if s, ok := token.(string); ok && strings.ContainsRune(s, utf8.RuneError) {
		return nil, fmt.Errorf("%s has the character %q", quote(s), utf8.RuneError)
	}
	return token, nil
}

// end refuses anything but white space after the value.
func (r reader) end() error {
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("more than one JSON value, at byte %d", r.decoder.InputOffset())
	}
	return nil
}

func (r reader) set(first json.Token) ([][]string, error) {
	if first == nil || first == "" {
		return nil, nil
	}
	if first != arrayOpen {
		path, err := r.path(first)
		return [][]string{{path}}, err
	}
	var clauses [][]string
	for {
		token, err := r.next()
		if err != nil {
			return nil, fmt.Errorf("clause %d: %w", len(clauses), err)
		}
		if token == arrayClose {
			return clauses, nil
		}
		if len(clauses) == MaxClauses {
			return nil, fmt.Errorf("more than %d clauses", MaxClauses)
		}
		clause, err := r.clause(token)
		if err != nil {
			return nil, fmt.Errorf("clause %d, %w", len(clauses), err)
		}
		clauses = append(clauses, clause)
	}
}

func (r reader) clause(first json.Token) ([]string, error) {
	if first != arrayOpen {
		path, err := r.path(first)
		if err != nil {
			return nil, fmt.Errorf("path 0: %w", err)
		}
		return []string{path}, nil
	}
	var paths []string
	for {
		token, err := r.next()
		if err != nil {
			return nil, fmt.Errorf("path %d: %w", len(paths), err)
		}
		if token == arrayClose {
			return paths, nil
		}
		if len(paths) == MaxPaths {
			return nil, fmt.Errorf("more than %d paths", MaxPaths)
		}
		path, err := r.path(token)
		if err != nil {
			return nil, fmt.Errorf("path %d: %w", len(paths), err)
		}
		paths = append(paths, path)
	}
}

// path reads a path: a string, which is not parsed yet, or an object.
func (r reader) path(first json.Token) (string, error) {
	if s, ok := first.(string); ok {
		return s, nil
	}
	if first == objectOpen {
		return r.object()
	}
	return "", fmt.Errorf("%s where a path belongs", kind(first))
}

// object reads an object after its opening brace. Each dimension and each value becomes a segment of the path.
func (r reader) object() (string, error) {
	var segments []string
	for {
		token, err := r.next()
		if err != nil {
			return "", err
		}
		if token == objectClose {
			break
		}
		if len(segments) == MaxSegments {
			return "", fmt.Errorf("more than %d dimensions", MaxSegments/2)
		}
		dimension, err := segment(token)
		if err != nil {
			return "", fmt.Errorf("dimension %d: %w", len(segments)/2, err)
		}
		for i := 0; i < len(segments); i += 2 {
			if segments[i] == dimension {
				return "", fmt.Errorf("dimension %s twice", quote(dimension))
			}
		}
		if token, err = r.next(); err != nil {
			return "", err
		}
		value, err := segment(token)
		if err != nil {
			return "", fmt.Errorf("value of the dimension %s: %w", quote(dimension), err)
		}
		segments = append(segments, dimension, value)
	}
	if len(segments) == 0 {
		return "", errors.New("an object without dimensions")
	}
	return strings.Join(segments, "/"), nil
}

// segment reads a dimension or its value, which must stay one segment of the path.
func segment(token json.Token) (string, error) {
	s, ok := token.(string)
	switch {
	case !ok:
		return "", fmt.Errorf("%s, not a string", kind(token))
	case s == "":
		return "", errors.New("empty")
	case strings.Contains(s, "/"):
		return "", fmt.Errorf(`%s has a "/"`, quote(s))
	}
	return parse(s)
}

// kind names the type of a value by its first token.
func kind(token json.Token) string {
	switch token.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	}
	if token == arrayOpen {
		return "an array"
	}
	return "an object"
}
