package strictjson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/strictjson"
)

type colour string

type shape struct {
	Name    string   `json:"name"`
	Colour  colour   `json:"colour,omitempty"`
	Corners int      `json:"corners"`
	Filled  bool     `json:"filled"`
	Tags    []string `json:"tags"`
	Inside  []shape  `json:"inside"`
	Hidden  string   `json:"-"`
}

func decode(text string, into any) (strictjson.Value, error) {
	v, err := strictjson.Parse([]byte(text), 1000)
	if err == nil {
		err = v.Decode(into)
	}
	return v, err
}

func TestDecode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]shape{
		`{}`: {},
		`{"name": "a", "colour": "red", "corners": -3, "filled": true, "tags": ["x", ""], "inside": [{"name": "b"}, {}]}`: {
			Name: "a", Colour: "red", Corners: -3, Filled: true, Tags: []string{"x", ""}, Inside: []shape{{Name: "b"}, {}},
		},
		`{"name": null, "corners": null, "filled": null, "tags": null, "inside": [{"tags": []}]}`: {Inside: []shape{{}}},
		`{"n\u0061me": "a"}`: {Name: "a"},
	} {
		var got shape
		_, err := decode(text, &got)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	const known = "unknown field; the fields are name, colour, corners, filled, tags, inside"
	for text, want := range map[string]struct {
		path, detail string
		unknown      bool
	}{
		``:                                   {"", "not one JSON value, at byte 0", false},
		`{} {}`:                              {"", "not one JSON value, at byte 4", false},
		"{\"\xff\": 1}":                      {"", "not UTF-8", false},
		`null`:                               {"", "null where an object belongs", false},
		`{"Name": 1}`:                        {"Name", known, true},
		`{"Hidden": "x"}`:                    {"Hidden", known, true},
		`{"-": "x"}`:                         {"-", known, true},
		`{"inside": [{}, {"a b": 1}]}`:       {`inside[1]."a b"`, known, true},
		`{"name": "a", "n\u0061me": "a"}`:    {"name", "repeated", false},
		`{"name": null, "name": "a"}`:        {"name", "repeated", false},
		`{"name": 1}`:                        {"name", "a number where a string belongs", false},
		`{"filled": "true"}`:                 {"filled", "a string where true or false belongs", false},
		`{"corners": 1.0}`:                   {"corners", "a number with a fraction or an exponent where a whole number belongs", false},
		`{"corners": 9223372036854775808}`:   {"corners", "out of range", false},
		`{"tags": {}}`:                       {"tags", "an object where an array belongs", false},
		`{"tags": ["x", null]}`:              {"tags[1]", "null where a string belongs", false},
		`{"inside": [null]}`:                 {"inside[0]", "null where an object belongs", false},
		`{"inside": [{"tags": [["deep"]]}]}`: {"inside[0].tags[0]", "an array where a string belongs", false},
	} {
		v, err := decode(text, new(shape))
		var e *fault.Error
		require.ErrorAs(t, err, &e, text)
		if e.Code != fault.Invalid || e.Field != want.path || e.Detail != want.detail || v.HadUnknown() != want.unknown {
			t.Errorf("%s: %q %q %q, unknown: %t", text, e.Code, e.Field, e.Detail, v.HadUnknown())
		}
	}
	for text, detail := range map[string]string{
		strings.Repeat(`[`, 9) + strings.Repeat(`]`, 9): "9 levels (at most 8)",
		strings.Repeat(" ", 1001):                       "1001 bytes (at most 1000)",
	} {
		_, err := strictjson.Parse([]byte(text), 1000)
		var e *fault.Error
		if !errors.As(err, &e) || e.Code != fault.TooLarge || e.Detail != detail {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"5e-1": "", "1e999": "out of range", `"1"`: "a string where a number belongs"} {
		v, err := strictjson.Parse([]byte(text), 1000)
		require.NoError(t, err)
		f, err := v.Float()
		if (err == nil) != (want == "") || err != nil && err.Error() != want || err == nil && f != 0.5 {
			t.Errorf("%s: %v, %v", text, f, err)
		}
	}
}

// What Decode takes, encoding/json reads as the same.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`null`, `{"name": "\ud800", "tags": ["x"], "inside": [{"corners": 1, "tags": []}]}`, `{"corners": 1e3}`, `{"inside": [[[[[[[[[[]]]]]]]]]]}`,
		`{"name": "a", "name": "b"}`, `{"NAME": "a"}`, `{"name": `, "\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, want shape
		if _, err := decode(string(data), &got); err != nil {
			var e *fault.Error
			if !errors.As(err, &e) || e.Code != fault.Invalid && e.Code != fault.TooLarge || len(err.Error()) > 2000 {
				t.Fatalf("%s: %T %v", data, err, err)
			}
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&want); err != nil {
			t.Fatalf("%s: encoding/json refuses it: %v", data, err)
		}
		var normal shape
		text, err := json.Marshal(want)
		require.NoError(t, err)
		if _, err := decode(string(text), &normal); err == nil && !reflect.DeepEqual(got, normal) {
			t.Fatalf("%s: %+v, but %+v", data, got, want)
		}
	})
}
