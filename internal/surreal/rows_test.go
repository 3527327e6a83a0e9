package surreal

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// everyRow has a field of each type that rows have.
type everyRow struct {
	ID     RecordID         `cbor:"id"`
	In     *RecordID        `cbor:"in,omitempty"`
	Text   string           `cbor:"text"`
	Seq    int              `cbor:"seq"`
	Active bool             `cbor:"active"`
	Score  float64          `cbor:"score"`
	At     Datetime         `cbor:"at"`
	Head   Optional[string] `cbor:"head"`
	Vector Optional[[]byte] `cbor:"vector"`
	Labels []string         `cbor:"labels,omitempty"`
	Scopes [][]string       `cbor:"scopes"`
	Source struct {
		Kind string `cbor:"kind"`
		Span []int  `cbor:"span"`
	} `cbor:"source"`
	Metadata map[string]any `cbor:"metadata,omitempty"`
}

// Rows gives what Unmarshal makes of the same rows as objects, in which what is NONE is not there.
func TestRowsAreTheObjects(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(11, 5))
	pick := func(of ...any) any { return of[random.IntN(len(of))] }
	word := func() string { return strings.Repeat("wörd "[:random.IntN(6)], random.IntN(9)) }
	values := map[string]func() any{
		"id": func() any { return pick(RecordID{"memory_chunk", word() + "x"}, RecordID{word() + "t", "k"}) },
		"in": func() any { return pick(RecordID{"entity", word() + "x"}, None{}) },
		"text": func() any {
			return pick(strings.ToValidUTF8(word(), ""), "", "user", "a text that is longer than sixteen bytes", nil)
		},
		"seq":    func() any { return pick(0, -1, 23, 24, 70_000, 1<<40, -1<<40, nil) },
		"active": func() any { return pick(true, false, nil) },
		"score":  func() any { return pick(0.5, -1e300, 0.1, 7, nil) },
		"at": func() any {
			return pick(At(time.Unix(int64(random.IntN(1<<30)), int64(random.IntN(1e9)))), At(time.Unix(-5, 1)), None{}, nil)
		},
		"head":     func() any { return pick("slot", "", None{}, nil) },
		"vector":   func() any { return pick([]byte{1, 2, 3}, []byte{}, bytes.Repeat([]byte{7}, 300), None{}, nil) },
		"labels":   func() any { return pick([]string{"a=b", "c"}, []string{}, None{}, nil) },
		"scopes":   func() any { return pick([][]string{{"/"}}, [][]string{{"/", "b"}, {"c"}}, [][]string{}, nil) },
		"source":   func() any { return map[string]any{"kind": word() + "k", "span": []int{1, random.IntN(1000)}} },
		"metadata": func() any { return pick(map[string]any{"n": 1.5, "s": "x", "l": []any{"a"}}, None{}) },
	}
	for range 300 {
		without := [][]string{nil, {"in"}, {"labels", "metadata"}}[random.IntN(3)]
		var arrays [][]any
		var objects []map[string]any
		for range random.IntN(20) {
			var array []any
			object := map[string]any{}
			for _, c := range columns(reflect.TypeFor[everyRow](), without) {
				v := values[c.name]()
				if s, ok := v.(string); ok {
					v = strings.ToValidUTF8(s, "")
				}
				if id, ok := v.(RecordID); ok {
					v = RecordID{strings.ToValidUTF8(id.Table, ""), strings.ToValidUTF8(id.Key, "")}
				}
				if m, ok := v.(map[string]any); ok && m["kind"] != nil {
					m["kind"] = strings.ToValidUTF8(m["kind"].(string), "")
				}
				array = append(array, v)
				if v != (any)(None{}) {
					object[c.name] = v
				}
			}
			arrays, objects = append(arrays, array), append(objects, object)
		}
		b, err := Marshal(arrays)
		require.NoError(t, err)
		if arrays == nil {
			b = []byte{0x80}
		}
		got, err := decodeRows[everyRow](b, without)
		require.NoError(t, err)
		b, err = Marshal(objects)
		require.NoError(t, err)
		want := []everyRow{}
		require.NoError(t, Unmarshal(b, &want))
		if len(want) == 0 {
			want = []everyRow{}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	const want = "[`id`, `session`, `text`, `role`, `spoken_at`, `known_from`, `until`, `scopes`, `vector`]"
	if got := Columns[benchRow]("head"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What is no rows is refused, without a panic and without much memory.
func TestRowsRefuses(t *testing.T) {
	t.Parallel()
	good, err := Marshal([][]any{{RecordID{"a", "b"}, "text"}})
	require.NoError(t, err)
	type row struct {
		ID   RecordID `cbor:"id"`
		Text string   `cbor:"text"`
	}
	_, size, err := Rows[row](Results{nil, good})
	require.NoError(t, err)
	require.Equal(t, len(good), size)
	_, _, err = Rows[row](Results{})
	require.ErrorIs(t, err, ErrMalformed)
	bad := map[string][]byte{
		"nothing": nil, "null": nullCBOR, "not an array": {0xa0}, "longer than it says": append(good[:len(good):len(good)], 0),
		"a length that is not there": {0x9b, 0, 0, 0, 1, 0, 0, 0, 0}, "a row that is no array": {0x81, 0x01},
		"a short row": {0x81, 0x81, 0x01}, "a number for a text": {0x81, 0x82, 0xc6, 0xf6, 0x01},
		"a text that is not UTF-8": {0x81, 0x82, 0xc6, 0xf6, 0x61, 0xff},
	}
	for n := range len(good) {
		bad[fmt.Sprintf("the first %d bytes", n)] = good[:n]
	}
	for name, b := range bad {
		if rows, err := decodeRows[row](b, nil); err == nil {
			t.Errorf("%s: got %+v", name, rows)
		}
	}
}

func FuzzRows(f *testing.F) {
	for _, v := range []any{[]any{}, []any{[]any{RecordID{"a", "b"}, "text", 1, At(time.Unix(1, 2)), [][]string{{"/"}}, []byte{1}, 0.5, None{}}}} {
		b, err := Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	type row struct {
		ID     RecordID         `cbor:"id"`
		Text   string           `cbor:"text"`
		Seq    int              `cbor:"seq"`
		At     Datetime         `cbor:"at"`
		Scopes [][]string       `cbor:"scopes"`
		Vector Optional[[]byte] `cbor:"vector"`
		Score  float64          `cbor:"score"`
		Out    *RecordID        `cbor:"out"`
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		rows, err := decodeRows[row](b, nil)
		if err != nil {
			return
		}
		// What is read can be written and read again, the same.
		written := make([][]any, len(rows))
		for i, r := range rows {
			written[i] = []any{r.ID, r.Text, r.Seq, r.At, r.Scopes, r.Vector, r.Score, r.Out}
			if r.ID.Table == "" || r.ID.Key == "" {
				written[i][0] = None{}
			}
			if r.Out != nil && (r.Out.Table == "" || r.Out.Key == "") {
				return
			}
		}
		again, err := Marshal(written)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decodeRows[row](again, nil); err != nil {
			t.Errorf("%x, read as %+v: %v", b, rows, err)
		}
	})
}

func BenchmarkRows(b *testing.B) {
	var page [][]any
	for _, r := range benchPage(benchRows) {
		page = append(page, []any{r.ID, r.Session, r.Text, r.Role, r.SpokenAt, r.KnownFrom, r.Until, r.Head, r.Scopes, r.Vector})
	}
	encoded, err := Marshal(page)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if rows, err := decodeRows[benchRow](encoded, nil); err != nil || len(rows) != benchRows {
			b.Fatal(len(rows), err)
		}
	}
	perRow(b)
}
