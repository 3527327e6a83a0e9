package surreal

import (
	"bytes"
	"math"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"
)

// size counts the values in v and the bytes of its strings.
func size(v any) int {
	n := 1
	switch x := v.(type) {
	case string:
		n += len(x)
	case []byte:
		n += len(x)
	case RecordID:
		n += len(x.Table) + len(x.Key)
	case []any:
		for _, e := range x {
			n += size(e)
		}
	case map[string]any:
		for k, e := range x {
			n += len(k) + size(e)
		}
	}
	return n
}

func FuzzDecode(f *testing.F) {
	page, err := Marshal(benchPage(2))
	require.NoError(f, err)
	f.Add(page)
	f.Add([]byte("\xa1eerror\xa2gmessageaxdkindhNotFound"))
	f.Add([]byte("\x81\xa2fstatusbOKfresult\x81\xc8\x82apaa"))
	f.Add([]byte("\x81\xa3fstatuscERRfresultaxgdetails\xa1dkindeTable"))
	for _, s := range []string{"c6f6", "f6", "c8826170" + "6161", "cc820000", "cc82201a1dcd6500", "c88261707f6161ff", "9f01ff", "d8254100", "1bffffffffffffffff"} {
		f.Add(unhex(f, s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		original := bytes.Clone(b)
		if v, err := Decode(b); err == nil && size(v) > len(b) {
			t.Errorf("%d bytes became %d: %v", len(b), size(v), v)
		}
		// The fast paths take nothing that the CBOR library would not.
		var id RecordID
		if err := id.UnmarshalCBOR(b); err == nil && !isNothing(b) {
			got, err := Decode(b)
			if err != nil || got != id {
				t.Errorf("% x is %v, but %v (%v) to Decode", b, id, got, err)
			}
		}
		var at Datetime
		if err := at.UnmarshalCBOR(b); err == nil && !isNothing(b) {
			got, err := Decode(b)
			if err != nil || got != at {
				t.Errorf("% x is %v, but %v (%v) to Decode", b, at, got, err)
			}
		}
		var u UUID
		if err := u.UnmarshalCBOR(b); err == nil && !isNothing(b) {
			got, err := Decode(b)
			if err != nil || got != u {
				t.Errorf("% x is %v, but %v (%v) to Decode", b, u, got, err)
			}
		}
		var text Optional[string]
		_ = text.UnmarshalCBOR(b)
		var rows []benchRow
		if err := Unmarshal(b, &rows); err == nil && len(rows) > len(b) {
			t.Errorf("%d bytes became %d rows", len(b), len(rows))
		}
		if results, err := DecodeResults(b); err == nil {
			for i := range results {
				_ = results.Into(i, &rows)
			}
		}
		if out, err := DecodeResponse(b); err == nil && !bytes.Equal(out, b) {
			t.Errorf("% x became % x", b, out)
		}
		if !bytes.Equal(b, original) {
			t.Error("decoding changed its input")
		}
	})
}

func FuzzRoundTrip(f *testing.F) {
	f.Add("p", "a", int64(0), int64(0), "x", []byte{1}, 1.5, int64(-1), byte(0))
	f.Add("table", "⟨key⟩ `x`", int64(-1), int64(999_999_999), "", []byte(nil), math.Inf(1), int64(math.MinInt64), byte(1))
	f.Add("é", "\x00", int64(minUnix), int64(1), "\x00", []byte{}, math.Copysign(0, -1), int64(math.MaxInt64), byte(2))
	f.Add("p", "1", int64(maxUnix), int64(999_999_999), "😀", []byte("b"), math.MaxFloat64, int64(1), byte(2))
	f.Fuzz(func(t *testing.T, table, key string, s, ns int64, text string, b []byte, x float64, n int64, state byte) {
		type row struct {
			ID    RecordID            `cbor:"id"`
			At    Datetime            `cbor:"at"`
			Text  Optional[string]    `cbor:"text"`
			Bytes Optional[[]byte]    `cbor:"bytes"`
			Float float64             `cbor:"float"`
			Int   int64               `cbor:"int"`
			Many  []Optional[int64]   `cbor:"many"`
			Map   map[string]Datetime `cbor:"map"`
			Key   UUID                `cbor:"key"`
		}
		at := Datetime{time.Unix(s%(maxUnix+1), ns&0x3fff_ffff%1_000_000_000).UTC()}
		if at.Unix() < minUnix || math.IsNaN(x) || !utf8.ValidString(text) {
			return
		}
		in := row{
			ID: RecordID{table, key}, At: at, Float: x, Int: n, Many: []Optional[int64]{{}, {State: Null}, Some(n)},
			Map: map[string]Datetime{text: at},
		}
		copy(in.Key[:], b)
		in.Text.State, in.Bytes.State = State(state%3), State(state%3)
		if in.Text.State == Present {
			in.Text, in.Bytes = Some(text), Some(append([]byte{}, b...))
		}
		encoded, err := Marshal(in)
		if valid := table != "" && key != "" && utf8.ValidString(table) && utf8.ValidString(key); valid != (err == nil) {
			t.Fatalf("%q:%q: %v", table, key, err)
		}
		if err != nil {
			return
		}
		require.NoError(t, cbor.Wellformed(encoded))
		var out row
		require.NoError(t, Unmarshal(encoded, &out))
		require.Equal(t, in, out)

		decoded, err := Decode(encoded)
		require.NoError(t, err)
		m := decoded.(map[string]any)
		require.Equal(t, in.ID, m["id"])
		require.Equal(t, in.Int, m["int"])
		require.Equal(t, in.Key, m["key"])
		if at.IsZero() {
			require.Equal(t, None{}, m["at"])
		} else {
			require.Equal(t, in.At, m["at"])
		}
		require.Equal(t, []any{[]any{None{}, nil, text}[state%3], []any{None{}, nil, append([]byte{}, b...)}[state%3]}, []any{m["text"], m["bytes"]})
	})
}
