package llm

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// maxAnswer is the maximum length of an answer, in bytes, and maxItems its maximum number of items. A longer answer is a fault of the model.
const (
	maxAnswer = 256 << 10
	maxItems  = 500
)

// Schema is the JSON schema of an answer.
//
//go:embed schema.json
var Schema json.RawMessage

// The kinds of items.
const (
	kindAttribute   = "attribute"
	kindRelation    = "relation"
	kindInstruction = "instruction"
	kindEnded       = "ended"
	kindUncertain   = "uncertain"
)

// item is one item of an answer, as the model wrote it.
type item struct {
	Message    position   `json:"message"`
	Kind       string     `json:"kind"`
	Entity     entity     `json:"entity"`
	Key        string     `json:"key"`
	Value      scalar     `json:"value"`
	Target     entity     `json:"target"`
	Category   string     `json:"category"`
	Confidence confidence `json:"confidence"`
	Quote      string     `json:"quote"`
	From       string     `json:"from"`
	Until      string     `json:"until"`
	Reason     string     `json:"reason"`
}

// entity is an entity as models write it: an object, or only its name.
type entity struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

func (e *entity) UnmarshalJSON(data []byte) error {
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '"' {
		return json.Unmarshal(trimmed, &e.Name)
	}
	type plain entity
	return json.Unmarshal(data, (*plain)(e))
}

// scalar is a value as models write it: a string, a number or a truth value.
type scalar string

func (s *scalar) UnmarshalJSON(data []byte) error {
	var v any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		return err
	}
	switch v := v.(type) {
	case nil:
	case string:
		*s = scalar(v)
	case json.Number:
		*s = scalar(v.String())
	case bool:
		*s = scalar(fmt.Sprint(v))
	default:
		return errors.New("a value is a string or a number")
	}
	return nil
}

// position is the number of a message, from 1, also if it is quoted.
type position int

func (p *position) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(bytes.Trim(bytes.TrimSpace(data), `"`), (*int)(p))
}

// confidence is a number from 0 to 1. It is negative if the model gave none.
type confidence float64

// presumed is the confidence of an item without one.
const presumed = 0.75

func (c *confidence) UnmarshalJSON(data []byte) error {
	var f *float64
	if err := json.Unmarshal(bytes.Trim(bytes.TrimSpace(data), `"`), &f); err != nil || f == nil {
		return err
	}
	*c = confidence(*f)
	return nil
}

// unreadable says why an answer as a whole cannot be used. Its text is sent back to the model, which may repair the answer.
type unreadable struct{ why string }

func (u *unreadable) Error() string { return u.why }

// parse reads an answer. Items that cannot be read are counted in bad. An answer of which nothing can be read is unreadable.
func parse(text string) (items []item, bad int, err error) {
	if len(text) > maxAnswer {
		return nil, 0, &unreadable{fmt.Sprintf("it has more than %d bytes", maxAnswer)}
	}
	raw, err := rawItems(text)
	if err != nil {
		return nil, 0, err
	}
	if len(raw) > maxItems {
		return nil, 0, &unreadable{fmt.Sprintf("it has more than %d items", maxItems)}
	}
	seen := make(map[string]bool, len(raw))
	for _, data := range raw {
		var compact bytes.Buffer
		if json.Compact(&compact, data) == nil && seen[compact.String()] {
			continue // a model that repeats itself
		}
		seen[compact.String()] = true
		it := item{Confidence: presumed}
		if json.Unmarshal(data, &it) != nil {
			bad++
			continue
		}
		items = append(items, it)
	}
	if len(items) == 0 && bad > 0 {
		return nil, bad, &unreadable{"none of its items has the required form"}
	}
	return items, bad, nil
}

// rawItems finds the list of items: in the member "items" of an object, or as the answer itself. Text around the JSON is ignored.
func rawItems(text string) ([]json.RawMessage, error) {
	start := strings.IndexAny(text, "{[")
	if start < 0 {
		return nil, &unreadable{"it has no JSON"}
	}
	var whole json.RawMessage
	if err := json.NewDecoder(strings.NewReader(text[start:])).Decode(&whole); err != nil {
		return nil, &unreadable{"it is not valid JSON: " + err.Error()}
	}
	var list []json.RawMessage
	if whole[0] == '[' {
		if json.Unmarshal(whole, &list) != nil {
			return nil, &unreadable{"it is not a list of items"}
		}
		return list, nil
	}
	var object struct {
		Items *[]json.RawMessage `json:"items"`
	}
	if json.Unmarshal(whole, &object) != nil || object.Items == nil {
		return nil, &unreadable{`the object has no list "items"`}
	}
	return *object.Items, nil
}
