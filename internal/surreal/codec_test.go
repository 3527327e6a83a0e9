package surreal

import (
	"encoding/hex"
	"errors"
	"math"
	"reflect"
	"runtime"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

func unhex(tb testing.TB, s string) []byte {
	tb.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(tb, err)
	return b
}

// The bytes are those of RFC 8949 with SurrealDB's tags.
func TestEncoding(t *testing.T) {
	t.Parallel()
	utc := func(s int64, ns int64) Datetime { return At(time.Unix(s, ns)) }
	for _, c := range []struct {
		in   any
		want string
	}{
		{RecordID{"p", "a"}, "c8826170" + "6161"},
		{RecordID{"p", "⟨é⟩"}, "c882617068e29fa8c3a9e29fa9"},
		{Datetime{}, "c6f6"},
		{utc(0, 0), "cc820000"},
		{utc(-1, 5e8), "cc82201a1dcd6500"},
		{utc(1_750_000_000, 1), "cc821a684ee18001"},
		{utc(253_402_300_799, 999_999_999), "cc821b0000003afff4417f1a3b9ac9ff"},
		{UUID{1, 15: 2}, "d8255001000000000000000000000000000002"},
		{None{}, "c6f6"},
		{nil, "f6"},
		{Optional[string]{}, "c6f6"},
		{Optional[string]{State: Null}, "f6"},
		{Some("x"), "6178"},
		{Some(""), "60"},
		{Some(RecordID{"p", "a"}), "c88261706161"},
		{struct {
			A Optional[int] `cbor:"a"`
			B Optional[int] `cbor:"b"`
			C Optional[int] `cbor:"c"`
		}{B: Optional[int]{State: Null}, C: Some(0)}, "a36161c6f66162f6616300"},
		{time.Unix(0, 1).UTC(), "c0781e313937302d30312d30315430303a30303a30302e3030303030303030315a"},
	} {
		b, err := Marshal(c.in)
		if err != nil || hex.EncodeToString(b) != c.want {
			t.Errorf("%#v is %x (%v), want %s", c.in, b, err, c.want)
		}
	}
	for _, bad := range []any{
		RecordID{}, RecordID{Table: "p"}, RecordID{Key: "a"}, RecordID{"p", "\xff"}, RecordID{"\xff", "a"},
		utc(maxUnix+1, 0), utc(minUnix-1, 0), []any{RecordID{}}, Some(RecordID{}),
	} {
		if b, err := Marshal(bad); !errors.Is(err, ErrMalformed) {
			t.Errorf("%#v became %x, %v", bad, b, err)
		}
	}
}

// Heads in their own and the next longer forms come from and go to what the CBOR library makes of them.
func TestHeads(t *testing.T) {
	t.Parallel()
	for _, n := range []int64{
		0, 1, 23, 24, 255, 256, 65535, 65536, math.MaxUint32, math.MaxUint32 + 1, math.MaxInt64,
		-1, -24, -25, -256, -257, -65536, -65537, -math.MaxUint32 - 1, -math.MaxUint32 - 2, math.MinInt64,
	} {
		want, err := cbor.Marshal(n)
		require.NoError(t, err)
		if got := wire.AppendInt(nil, n); string(got) != string(want) {
			t.Errorf("%d is %x, want %x", n, got, want)
		}
		r := reader{b: want}
		if got := r.int(); got != n || r.end("it") != nil {
			t.Errorf("%x is %d, want %d", want, got, n)
		}
		for cut := range want {
			r := reader{b: want[:cut]}
			if r.int(); r.end("it") == nil {
				t.Errorf("%x was taken for a number", want[:cut])
			}
		}
	}
	for _, long := range []string{"1805", "190005", "1a00000005", "1b0000000000000005"} {
		r := reader{b: unhex(t, long)}
		if got := r.int(); got != 5 || r.end("it") != nil {
			t.Errorf("%s is %d", long, got)
		}
	}
	for _, bad := range []string{"", "1b8000000000000000", "3b8000000000000000", "1c", "1d", "1e", "1f", "60", "f6"} {
		r := reader{b: unhex(t, bad)}
		if got := r.int(); r.end("it") == nil {
			t.Errorf("%s was taken for %d", bad, got)
		}
	}
}

type decodable interface {
	UnmarshalCBOR([]byte) error
}

func TestDecodingRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		into func() decodable
		bad  []string
	}{
		"RecordID": {func() decodable { return &RecordID{"old", "old"} }, []string{
			"", "c8", "c882", "c88261", "c8826170", "c8826170616100" /* more */, "c9826170" + "6161", /* another tag */
			"c8816170" /* one part */, "c883617061616161" /* three */, "c882617001" /* a number */, "c8826170816161",
			"c8826170d82550" + "00000000000000000000000000000000" /* a UUID */, "c8826170" + "61ff" /* not UTF-8 */, "82617" + "06161",
			"c8827fffffffffffffffff", "c8827bffffffffffffffff", "c8827b7fffffffffffffff", "c89f61706161ff", "c86470" + "3a6161", "6161",
		}},
		"Datetime": {func() decodable { return &Datetime{time.Unix(1, 1)} }, []string{
			"", "cc", "cc82", "cc8200", "cc8200006161", "cc820020" /* -1 ns */, "cc82001a77359400" /* 2 s of ns */, "cc8100", "cc83000000",
			"cc821b000008000000000000", "cc821b7fffffffffffffff00", "cc823b7fffffffffffffff00", "cc82f90000f90000", "c0613100", "820000", "00",
		}},
		"UUID": {func() decodable { return &UUID{1} }, []string{
			"", "d825", "d82550", "d8254100", "d8255100000000000000000000000000000000ff", "d8255000000000000000000000000000000000ff",
			"5000000000000000000000000000000000", "d8257000000000000000000000000000000000",
		}},
		"None":             {func() decodable { return &None{} }, []string{"", "f6", "c6", "c600", "c7f6", "00"}},
		"Optional[string]": {func() decodable { o := Some("old"); return &o }, []string{"", "01", "61", "c6", "6161" + "6161"}},
	} {
		for _, bad := range c.bad {
			if len(bad)%2 == 1 {
				t.Fatalf("%s: %q is not hexadecimal", name, bad)
			}
			v := c.into()
			if err := v.UnmarshalCBOR(unhex(t, bad)); err == nil {
				t.Errorf("%s: %s became %v", name, bad, v)
			}
			if !reflect.ValueOf(v).Elem().IsZero() {
				t.Errorf("%s: %s failed and left %v behind", name, bad, v)
			}
		}
	}
}

// A row as SurrealDB sends it: what is there, NULL, NONE and missing, in every type.
func TestNothing(t *testing.T) {
	t.Parallel()
	type row struct {
		ID     RecordID            `cbor:"id"`
		At     Datetime            `cbor:"at"`
		Key    UUID                `cbor:"key"`
		Text   string              `cbor:"text"`
		Many   []string            `cbor:"many"`
		Map    map[string]any      `cbor:"map"`
		Bytes  []byte              `cbor:"bytes"`
		Text2  Optional[string]    `cbor:"text2"`
		ID2    Optional[RecordID]  `cbor:"id2"`
		Bytes2 Optional[[]byte]    `cbor:"bytes2"`
		Many2  Optional[[]float64] `cbor:"many2"`
	}
	names := []string{"id", "at", "key", "text", "many", "map", "bytes", "text2", "id2", "bytes2", "many2"}
	for name, c := range map[string]struct {
		value any
		set   bool
		state State
	}{
		"missing": {nil, false, Missing},
		"NONE":    {None{}, true, Missing},
		"NULL":    {nil, true, Null},
	} {
		in := map[string]any{}
		if c.set {
			for _, n := range names {
				in[n] = c.value
			}
		}
		b, err := Marshal([]any{in})
		require.NoError(t, err)
		var rows []row
		require.NoError(t, Unmarshal(b, &rows), name)
		want := row{
			Text2: Optional[string]{State: c.state}, ID2: Optional[RecordID]{State: c.state},
			Bytes2: Optional[[]byte]{State: c.state}, Many2: Optional[[]float64]{State: c.state},
		}
		require.Equal(t, []row{want}, rows, name)
	}
}

// Why Optional is not a pointer.
func TestPointersDoNotTellNone(t *testing.T) {
	t.Parallel()
	b, err := Marshal(map[string]any{"none": None{}, "null": nil})
	require.NoError(t, err)
	var row struct {
		None *string `cbor:"none"`
		Null *string `cbor:"null"`
	}
	require.NoError(t, Unmarshal(b, &row))
	if row.None == nil || row.Null != nil {
		t.Errorf("NONE is %v, NULL is %v: Optional's comment is out of date", row.None, row.Null)
	}
}

func TestOptionalHoldsEmptyValues(t *testing.T) {
	t.Parallel()
	type row struct {
		Text  Optional[string]   `cbor:"text"`
		Bytes Optional[[]byte]   `cbor:"bytes"`
		Many  Optional[[]string] `cbor:"many"`
		Flag  Optional[bool]     `cbor:"flag"`
		Count Optional[int]      `cbor:"count"`
	}
	want := row{Some(""), Some([]byte{}), Some([]string{}), Some(false), Some(0)}
	b, err := Marshal(want)
	require.NoError(t, err)
	got := row{Text: Some("old"), Count: Optional[int]{State: Null}}
	require.NoError(t, Unmarshal(b, &got))
	require.Equal(t, want, got)
}

func TestFieldNamesMatchTheirCase(t *testing.T) {
	t.Parallel()
	b, err := Marshal(map[string]any{"Name": "other"})
	require.NoError(t, err)
	var row struct {
		Name string `cbor:"name"`
	}
	require.NoError(t, Unmarshal(b, &row))
	if row.Name != "" {
		t.Errorf("Name was taken for name: %q", row.Name)
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	tag := func(n uint64, v any) cbor.Tag { return cbor.Tag{Number: n, Content: v} }
	id, at := RecordID{"p", "a"}, At(time.Unix(-5, 7).UTC())
	for _, c := range []struct{ in, want any }{
		{nil, nil},
		{None{}, None{}},
		{5, int64(5)},
		{-5, int64(-5)},
		{int64(math.MaxInt64), int64(math.MaxInt64)},
		{1.5, 1.5},
		{float32(1.5), 1.5},
		{true, true},
		{"x", "x"},
		{[]byte{1}, []byte{1}},
		{id, id},
		{at, at},
		{UUID{1}, UUID{1}},
		{tag(10, "1.5"), "1.5"},
		{tag(14, []int{5400, 1}), []any{int64(5400), int64(1)}},
		{tag(14, []int{}), []any{}},
		{tag(56, []any{id, 1}), []any{id, int64(1)}},
		{tag(49, []any{tag(50, 1), tag(51, id)}), []any{int64(1), id}},
		{
			map[string]any{"a": []any{nil, None{}, id, map[string]any{"at": at}}, "b": map[string]any{}},
			map[string]any{"a": []any{nil, None{}, id, map[string]any{"at": at}}, "b": map[string]any{}},
		},
	} {
		b, err := Marshal(c.in)
		require.NoError(t, err)
		got, err := Decode(b)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%#v", c.in)
	}
	for _, bad := range []any{
		tag(8, []any{"p", 1}), tag(8, []any{"p"}), tag(8, "p:a"), tag(8, []any{"p", UUID{1}}), tag(8, []any{1, "a"}),
		tag(8, []any{"p", []string{"a"}}), tag(12, "x"), tag(12, []any{1}), tag(12, []any{1.5, 2.5}), tag(12, []int64{0, -1}),
		tag(12, []int64{math.MaxInt64, 0}), tag(37, "x"), tag(37, []byte{1}), tag(37, make([]byte, 17)),
	} {
		for _, in := range []any{bad, []any{1, bad}, map[string]any{"a": []any{bad}}, tag(56, []any{bad})} {
			b, err := Marshal(in)
			require.NoError(t, err)
			if got, err := Decode(b); !errors.Is(err, ErrMalformed) {
				t.Errorf("%v became %v, %v", in, got, err)
			}
		}
	}
	// Not CBOR, more than one item, a number over int64, a key that is not a text, and nesting over the limit.
	deep := make([]byte, 100)
	for i := range deep {
		deep[i] = 0x81
	}
	for _, bad := range [][]byte{nil, {0x82, 1}, {1, 1}, {0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0}, {0xa1, 1, 1}, append(deep, 1)} {
		if got, err := Decode(bad); err == nil {
			t.Errorf("% x became %v", bad, got)
		}
	}
}

// A few bytes that promise many must not be believed.
func TestLengthsAreNotBelieved(t *testing.T) {
	// Not parallel: it measures what the process allocates.
	var row []benchRow
	for _, bomb := range []string{
		"9b000000007fffffff", "bb000000007fffffff", "5b000000007fffffff", "7b000000007fffffff", "9a00ffffff", "ba00ffffff",
		"819a00ffffff", "a16269645a7fffffff", "c89a00ffffff", "c8825a7fffffff", "81a16269" + "64c8827a7fffffff",
	} {
		b := unhex(t, bomb)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Decode(b)
		_, results := DecodeResults(b)
		errs := []error{err, Unmarshal(b, &row), results, new(RecordID).UnmarshalCBOR(b)}
		runtime.ReadMemStats(&after)
		for i, err := range errs {
			if err == nil {
				t.Errorf("%s was decoded (%d)", bomb, i)
			}
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s took %d bytes", bomb, n)
		}
	}
}
