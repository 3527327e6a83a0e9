package dump

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"
)

// canonical is the encoding that values have in every comparison: sorted keys, everything as short as it can be.
var canonical = func() cbor.EncMode {
	m, err := cbor.EncOptions{
		Sort:          cbor.SortBytewiseLexical,
		ShortestFloat: cbor.ShortestFloat16,
		NaNConvert:    cbor.NaNConvert7e00,
		InfConvert:    cbor.InfConvertFloat16,
	}.EncMode()
	if err != nil {
		panic(err)
	}
	return m
}()

var decode = func() cbor.DecMode {
	m, err := cbor.DecOptions{MaxNestedLevels: 1000, DupMapKey: cbor.DupMapKeyEnforcedAPF}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()

func encode(tb testing.TB, v any) cbor.RawMessage {
	tb.Helper()
	b, err := canonical.Marshal(v)
	require.NoError(tb, err)
	return b
}

// canon is b in canonical encoding.
func canon(tb testing.TB, b []byte) cbor.RawMessage {
	tb.Helper()
	var v any
	require.NoError(tb, decode.Unmarshal(b, &v))
	return encode(tb, v)
}

type object = map[string]any

func tagged(n uint64, v any) cbor.Tag { return cbor.Tag{Number: n, Content: v} }

func record(table string, key any) cbor.Tag { return tagged(8, []any{table, key}) }

var none = tagged(6, nil)

// texts are strings that a lexer, a protocol or an editor could trip over.
var texts = []string{
	"", "a", "1", "-1", "007", "1_0", "_", "__", "1.5", "1e5", "1f", "1dec", "1h", "9223372036854775808", "true", "null", "NONE", "none",
	"NaN", "nan", "Infinity", "rand", "rand()", "ulid", "uuid()", "u", "d", "b", "r", "s", "f", "in", "out", "id", "type", "a b", "a:b", "a/b", "a.b",
	"person/alice", "⟨a⟩", "⟨", "⟩", "`a`", "a`b", `a\b`, `a\`, `\`, `\\`, `\n`, `\u{41}`, `\u0041`, `\ud83d`, "'", `"`, `'"`, "`", `"\`, "$x", "{}", "[1]", "..", "é", "e\u0301",
	"日本語", "😀👍🏽", "\n\t\r\b\f\v", "\x00", "a\x00b", "\x1b[31m", "\x7f", "\u0080", "\u0085", "\u00a0", "\u061c", "\u200d", "\u200e", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff",
	"\ufffd", "\uffff", "\U0010ffff", "--", "-- x\ny", "/* x */", "//", "#", ";", "]; DELETE turn;", "<script>", "2026-01-01T00:00:00Z",
	"018f0000-0000-7000-8000-000000000000", "Point", "GeometryCollection", strings.Repeat("x", 3000), strings.Repeat("é\"", 2000),
}

// values makes random values of every kind that an export holds.
type values struct{ *rand.Rand }

func newValues(seed uint64) values { return values{rand.New(rand.NewPCG(seed, 1))} }

func (r values) text() string {
	if r.IntN(2) == 0 {
		return texts[r.IntN(len(texts))]
	}
	var b strings.Builder
	for range r.IntN(8) {
		switch r.IntN(4) {
		case 0:
			b.WriteByte(byte(r.IntN(128)))
		case 1:
			b.WriteByte("'\"`\\\n-;⟨"[r.IntN(7)])
		case 2:
			b.WriteString(texts[r.IntN(20)])
		default:
			b.WriteRune(rune(r.IntN(0xd800)))
		}
	}
	return b.String()
}

func (r values) int() int64 {
	switch r.IntN(4) {
	case 0:
		return []int64{0, -1, 23, 24, 255, 256, -24, -25, 65535, 65536, math.MaxUint32, math.MaxUint32 + 1, math.MaxInt64, math.MinInt64}[r.IntN(14)]
	case 1:
		return r.Int64N(1000) - 500
	}
	return int64(r.Uint64()) >> r.IntN(64)
}

func (r values) float() float64 {
	switch r.IntN(4) {
	case 0:
		return []float64{
			0, math.Copysign(0, -1), 1, 0.1, 0.5, -1.5, 65504, 65505, 65536, 5.960464477539063e-08, 6.103515625e-05, 6.097555160522461e-05, 2.9802322387695312e-08,
			1e20, 1e21, 1e22, 1e-4, 1e-5, 1e300, math.MaxFloat32, math.MaxFloat64, 5e-324, 1.401298464324817e-45, math.Inf(1), math.Inf(-1), math.NaN(),
		}[r.IntN(26)]
	case 1:
		return float64(float32(r.NormFloat64()))
	case 2:
		return math.Float64frombits(r.Uint64())
	}
	return r.Float64()
}

func (r values) decimal() string {
	whole, fraction := strconv.FormatUint(r.Uint64()>>r.IntN(64), 10), strings.TrimRight(strconv.Itoa(r.IntN(1_000_000)), "0")
	if r.IntN(2) == 0 && fraction != "" {
		whole += "." + fraction
	}
	if r.IntN(2) == 0 && whole != "0" {
		whole = "-" + whole
	}
	return whole
}

func (r values) datetime() cbor.Tag {
	seconds := r.Int64N(4_000_000_000) - 1_000_000_000
	switch r.IntN(4) {
	case 0:
		seconds = minUnix + r.Int64N(maxUnix-minUnix+1)
	case 1:
		seconds = []int64{minUnix, maxUnix, 0, -1, -62135596801, -62135596800, 253402300799, 253402300800, -62167219201, -62167219200, 951782400}[r.IntN(11)]
	}
	return tagged(12, []any{seconds, []int{0, 1, 100_000_000, 999_999_999, r.IntN(1_000_000_000)}[r.IntN(5)]})
}

func (r values) duration() cbor.Tag {
	seconds, ns := r.Uint64()>>r.IntN(64), []int{0, 1, 1_000_000, 1000, 999_999_999, r.IntN(1_000_000_000)}[r.IntN(6)]
	if r.IntN(4) == 0 {
		seconds = []uint64{0, math.MaxUint64}[r.IntN(2)]
	}
	switch {
	case ns > 0:
		return tagged(14, []any{seconds, ns})
	case seconds > 0:
		return tagged(14, []any{seconds})
	}
	return tagged(14, []any{})
}

func (r values) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func (r values) record(depth int) cbor.Tag {
	table := texts[1+r.IntN(len(texts)-1)]
	if r.IntN(2) == 0 {
		table = "turn"
	}
	switch r.IntN(6) {
	case 0:
		return record(table, r.int())
	case 1:
		return record(table, tagged(37, r.bytes(16)))
	case 2:
		return record(table, r.array(depth))
	case 3:
		return record(table, r.object(depth))
	}
	return record(table, r.text())
}

func (r values) size(depth int) int {
	if depth <= 0 {
		return 0
	}
	return []int{0, 1, 2, 3, 5, 30}[r.IntN(6)]
}

func (r values) array(depth int) []any {
	out := make([]any, r.size(depth))
	for i := range out {
		out[i] = r.value(depth - 1 - len(out)/20)
	}
	return out
}

func (r values) object(depth int) object {
	out := object{}
	for n := r.size(depth); len(out) < n; {
		out[r.text()] = r.value(depth - 1 - n/20)
	}
	if r.IntN(10) == 0 {
		out = object{
			"type":        []string{"Point", "LineString", "Polygon", "MultiPoint"}[r.IntN(4)],
			"coordinates": [][]any{{1.5, 2.5}, {[]any{1.5, 2.5}, []any{0.5, 3.5}}, {[]any{[]any{0.5, 1.5}, []any{2.5, 0.5}}}}[r.IntN(3)],
		}
	}
	return out
}

// value makes a value, with at most depth arrays and objects in each other.
func (r values) value(depth int) any {
	switch r.IntN(16) {
	case 0:
		return none
	case 1:
		return nil
	case 2:
		return r.IntN(2) == 0
	case 3, 4:
		return r.int()
	case 5, 6:
		return r.float()
	case 7:
		return tagged(10, r.decimal())
	case 8:
		return r.bytes([]int{0, 1, 23, 24, 300}[r.IntN(5)])
	case 9:
		return r.datetime()
	case 10:
		return r.duration()
	case 11:
		return tagged(37, r.bytes(16))
	case 12:
		return r.record(depth - 1)
	case 13:
		if depth > 0 {
			if r.IntN(8) == 0 {
				set := make([]int, r.IntN(4))
				for i := range set {
					set[i] = r.IntN(1000)
				}
				slices.Sort(set)
				return tagged(56, slices.Compact(set))
			}
			return r.array(depth)
		}
	case 14:
		if depth > 0 {
			return r.object(depth)
		}
	}
	return r.text()
}

// row makes a row of a table, whose key is i.
func (r values) row(table string, i int) object {
	out := object{}
	for range r.IntN(6) {
		out[r.text()] = r.value(3)
	}
	out["id"] = record(table, fmt.Sprintf("%s%d", texts[r.IntN(len(texts))], i))
	return out
}
