package dump_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/dump"
	"github.com/spectron-go/spectron/internal/surreal"
)

var limits = dump.Limits{Tables: map[string]dump.Kind{"turn": dump.Normal, "a b": dump.Normal, "relation": dump.Relation}}

var header = dump.Header{
	Schema: 3, Library: "v1.2.3", Exported: time.Date(2026, 5, 1, 12, 30, 0, 5, time.UTC),
	Context: "acme\nprod", Description: "what \"it\" is; \u2028 DELETE turn;",
}

func raw(tb testing.TB, v any) cbor.RawMessage {
	tb.Helper()
	b, err := surreal.Marshal(v)
	require.NoError(tb, err)
	return b
}

func id(table, key string) surreal.RecordID { return surreal.RecordID{Table: table, Key: key} }

// small is a small export.
func small(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	w, err := dump.NewWriter(&b, header)
	require.NoError(tb, err)
	require.NoError(tb, w.Rows("turn", dump.Normal, []cbor.RawMessage{
		raw(tb, map[string]any{"id": id("turn", "1"), "text": "é '\"\\\n", "at": surreal.At(time.Unix(1, 500)), "n": -5, "f": 1.5}),
		raw(tb, map[string]any{"id": id("turn", "2"), "v": []any{nil, surreal.None{}, true, []byte{1, 2}, surreal.UUID{1}}}),
	}))
	require.NoError(tb, w.Rows("relation", dump.Relation, []cbor.RawMessage{
		raw(tb, map[string]any{"id": id("relation", "r"), "in": id("turn", "1"), "out": id("turn", "2")}),
	}))
	require.NoError(tb, w.Close())
	return b.Bytes()
}

const prologue = "-- spectron context export\n-- format: 1\nOPTION IMPORT;\n"

// signed ends an export with a valid trailer.
func signed(body string, counts ...string) string {
	body += "-- end of export\n"
	for _, c := range counts {
		body += "-- rows: " + c + "\n"
	}
	return body + fmt.Sprintf("-- sha256: %x\n", sha256.Sum256([]byte(body)))
}

// read reads a whole export.
func read(r io.Reader, l dump.Limits) (dump.Header, []dump.Batch, error) {
	reader, err := dump.NewReader(r, l)
	if err != nil {
		return dump.Header{}, nil, err
	}
	var all []dump.Batch
	for {
		b, err := reader.Next()
		if err == io.EOF {
			return reader.Header(), all, nil
		}
		if err != nil {
			if _, again := reader.Next(); again != err {
				return dump.Header{}, nil, fmt.Errorf("%v, and then %v", err, again)
			}
			return reader.Header(), all, err
		}
		all = append(all, b)
	}
}

func TestSmallExport(t *testing.T) {
	t.Parallel()
	file := small(t)
	want := `-- spectron context export
-- format: 1
-- schema: 3
-- library: "v1.2.3"
-- exported: 2026-05-01T12:30:00.000000005Z
-- context: "acme\nprod"
-- description: "what \"it\" is; \u{2028} DELETE turn;"
OPTION IMPORT;
INSERT INTO turn [
{ f: 1.5f, n: -5, at: d'1970-01-01T00:00:01.0000005Z', id: turn:` + "`1`" + `, text: "é '\"\\\n" },
{ v: [NULL, NONE, true, b"0102", u'01000000-0000-0000-0000-000000000000'], id: turn:` + "`2`" + ` }
];
INSERT RELATION INTO relation [
{ id: relation:r, in: turn:` + "`1`" + `, out: turn:` + "`2`" + ` }
];
-- end of export
-- rows: 2 turn
-- rows: 1 relation
-- sha256: `
	require.Equal(t, want, string(file[:len(file)-65]))
	for name, r := range map[string]io.Reader{
		"at once": bytes.NewReader(file), "by bytes": iotest.OneByteReader(bytes.NewReader(file)), "with the end": iotest.DataErrReader(bytes.NewReader(file)),
	} {
		h, all, err := read(r, limits)
		require.NoError(t, err, name)
		wantHeader := header
		wantHeader.Format = dump.Format
		require.Equal(t, wantHeader, h, name)
		require.Len(t, all, 2, name)
		require.Equal(t, dump.Relation, all[1].Kind)
		require.Len(t, all[0].Rows, 2, name)
		got, err := surreal.Decode(all[0].Rows[0])
		require.NoError(t, err)
		require.Equal(t, map[string]any{"id": id("turn", "1"), "text": "é '\"\\\n", "at": surreal.At(time.Unix(1, 500).UTC()), "n": int64(-5), "f": 1.5}, got)
	}
}

// Whatever the place where it is cut, a part of an export is known for one.
func TestTruncated(t *testing.T) {
	t.Parallel()
	file := small(t)
	for n := range len(file) - 1 {
		if _, _, err := read(bytes.NewReader(file[:n]), limits); !errors.Is(err, dump.ErrTruncated) {
			t.Errorf("%d of %d bytes: %v", n, len(file), err)
		}
	}
	if _, _, err := read(bytes.NewReader(file[:len(file)-1]), limits); err != nil {
		t.Errorf("without the last newline: %v", err)
	}
}

// Any bit that is flipped, any byte that is lost, doubled or put in, is found.
func TestAltered(t *testing.T) {
	t.Parallel()
	file := small(t)
	check := func(what string, b []byte) {
		if _, _, err := read(bytes.NewReader(b), limits); err == nil {
			t.Errorf("%s is not found", what)
		}
	}
	for i := range len(file) - 1 {
		for bit := range 8 {
			b := bytes.Clone(file)
			b[i] ^= 1 << bit
			check(fmt.Sprintf("bit %d of byte %d", bit, i), b)
		}
		check(fmt.Sprintf("byte %d lost", i), append(bytes.Clone(file[:i]), file[i+1:]...))
		check(fmt.Sprintf("a space at %d", i), append(append(bytes.Clone(file[:i]), ' '), file[i:]...))
		check(fmt.Sprintf("a line at %d", i), append(append(bytes.Clone(file[:i]), '\n'), file[i:]...))
	}
	body := string(file[:bytes.Index(file, []byte("-- end"))])
	for name, counts := range map[string][]string{
		"no counts": nil, "one less": {"1 turn", "1 relation"}, "a missing one": {"2 turn"}, "another order": {"1 relation", "2 turn"},
		"one more": {"2 turn", "1 relation", "1 entity"}, "twice": {"2 turn", "2 turn", "1 relation"},
	} {
		if _, _, err := read(strings.NewReader(signed(body, counts...)), limits); !errors.Is(err, dump.ErrAltered) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := read(strings.NewReader(signed(body, "2 turn", "1 relation")), limits); err != nil {
		t.Errorf("the right ones: %v", err)
	}
	if _, _, err := read(strings.NewReader(strings.Replace(string(file), "é", "e", 1)), limits); !errors.Is(err, dump.ErrAltered) {
		t.Errorf("another letter: %v", err)
	}
}

// Nothing that is not a literal in an INSERT is read.
func TestRefused(t *testing.T) {
	t.Parallel()
	row := func(v string) string { return "INSERT INTO turn [{ id: turn:a, x: " + v + " }];" }
	bodies := []string{
		"DELETE turn;", "REMOVE TABLE turn;", "SELECT * FROM turn;", "USE NS a;", "BEGIN;", "LET $x = 1;", "DEFINE TABLE x;", "RETURN 1;", ";", "{}", "1", "(DELETE turn);",
		"OPTION IMPORT;", "OPTION OTHER;", "INSERT turn [];", "INSERT IGNORE INTO turn [];", "INSERT INTO entity [];", "INSERT INTO Turn [];", "INSERT INTO `a`b [];",
		"INSERT INTO turn {};", "INSERT INTO turn $x;", "INSERT INTO turn (id) VALUES (turn:a);", "INSERT INTO turn (SELECT * FROM x);", "INSERT INTO turn [] RETURN NONE;",
		"INSERT INTO turn [] ON DUPLICATE KEY UPDATE x = 1;", "INSERT INTO turn [] INSERT", "INSERT INTO turn [1];", "INSERT INTO turn [[]];", "INSERT INTO turn [,];", "INSERT INTO turn [turn:a];",
		"INSERT INTO turn [{ id: turn:a } { id: turn:b }];", "INSERT INTO turn [{}];", "INSERT INTO turn [{ x: 1 }];", "INSERT INTO turn [{ id: 'a' }];", "INSERT INTO turn [{ id: entity:a }];",
		"INSERT INTO turn [{ id: turn:a, id: entity:a }];", "INSERT INTO turn [{ id: turn:a, id: turn:a }];", "INSERT RELATION INTO turn [];", "INSERT INTO relation [];",
		"INSERT RELATION INTO relation [{ id: relation:a }];", "INSERT RELATION INTO relation [{ id: relation:a, in: turn:a }];", "INSERT RELATION INTO relation [{ id: relation:a, in: turn:a, out: 1 }];",
		"/* x */", "# x", "// x", "-- a\rDELETE turn;", "-- a\u2028DELETE turn;", "-- a\u0085DELETE turn;", "-- \xff\n", "--\x00\n",
		"INSERT INTO turn [{ id: turn:rand() }];", "INSERT INTO turn [{ id: turn:ulid() }];", "INSERT INTO turn [{ id: turn:a..b }];", "INSERT INTO turn [{ id: turn:1.. }];",
		"INSERT INTO turn [{ id: turn:$x }];", "INSERT INTO turn [{ id: turn: a }];", "INSERT INTO turn [{ id: turn :a }];", "INSERT INTO turn [{ id: turn:a.b }];", "INSERT INTO turn [{ id: turn:a->x }];",
		"INSERT INTO turn [{ id: turn:1.5f }];", "INSERT INTO turn [{ id: turn:-1.5f }];", "INSERT INTO turn [{ id: turn:1_0 }];", "INSERT INTO turn [{ id: turn:9223372036854775808 }];", "INSERT INTO turn [{ id: turn:'a' }];",
		"INSERT INTO turn [{ id: turn: }];", "INSERT INTO turn [{ id: turn:u'x' }];", "INSERT INTO turn [{ id: turn:é }];", "INSERT INTO turn [{ id: :a }];", "INSERT INTO turn [{ id: ``:a }];",
		row("$x"), row("(1)"), row("(SELECT 1)"), row("{ RETURN 1 }"), row("{ DELETE turn }"), row("{ turn:a }"), row("{ 1 }"), row("{,}"), row("{ a }"), row("{ a; }"), row("{ a: 1; }"), row("{ a:: 1 }"),
		row("{ 1: 2 }"), row("{ é: 2 }"), row("{ a: 1, a: 2 }"), row("{ a: 1, 'a': 2 }"), row("{ b: 1, a: 2, b: 3 }"), row("{ [1]: 2 }"), row("{ $a: 2 }"),
		row("rand()"), row("time::now()"), row("fn::x()"), row("http::get('x')"), row("function() { }"), row("|turn:10|"), row("<future> { 1 }"), row("<int> 1"), row("<set>{}"), row("<set> [1]"), row("<set>[1"),
		row("<string>1"), row("<string>turn:a"), row("<string><string>'a'"), row("<-turn"), row("->turn"), row("/a/"), row("f'a:/b'"), row("r'turn:a'"), row("s'a'"), row("D'2026-01-01T00:00:00Z'"),
		row("1 + 1"), row("1+1"), row("1-1"), row("- 1"), row("+1"), row("1.5"), row("1e5"), row(".5f"), row("5.f"), row("1ef"), row("1e999f"), row("0x10"), row("1_000"), row("1..2"), row("1__f"),
		row("9223372036854775808"), row("-9223372036854775809"), row("-NaN"), row("-inf"), row("inf"), row("nan"), row("infinity"), row("1.5.5dec"), row("1e5dec"), row("dec"), row("-dec"), row("-"), row("1h-1m"), row("-1h"), row("1x"), row("1.5h"), row("18446744073709551616s"),
		row("18446744073709551615s1s"), row("584942417356y"), row("1µs"), row("1h 30m 1"), row("a"), row("a.b"), row("a[0]"), row("turn"), row("this"), row("!true"), row("true AND false"), row("'a' + 'b'"), row("'a'.len()"),
		row("[1,,2]"), row("[1 2]"), row("[1}"), row("{ a: 1 ]"), row("[..]"), row("[1..2]"), row("\"a"), row("'\\x41'"), row("'\\ud83d'"), row("'\\ud83d\\ude00'"), row("'\\u{110000}'"), row("'\\u{}'"), row("'\\u{0000041}'"), row("'\\u12'"), row("'\\"), row("'\\é'"),
		row("'\xff'"), row("'\xed\xa0\x80'"), row("b'0'"), row("b'0g'"), row("b' 00'"), row("u'018f0000000070008000000000000000'"), row("u'{018f0000-0000-7000-8000-00000000000}'"), row("u''"),
		row("d'2026-02-30T00:00:00Z'"), row("d'2026-13-01T00:00:00Z'"), row("d'2026-00-01T00:00:00Z'"), row("d'2026-01-01T24:00:00Z'"), row("d'2026-01-01T00:00:60Z'"), row("d'2026-01-01T00:00:00'"), row("d'2026-01-01T00:00:00+01:00'"), row("d'2026-01-01'"),
		row("d'2026-01-01T00:00:00.Z'"), row("d'2026-01-01T00:00:00.1234567890Z'"), row("d'262143-01-01T00:00:00Z'"), row("d'-262144-01-01T00:00:00Z'"), row("d'26-01-01T00:00:00Z'"), row("d'2026-01-01T00:00:00ZZ'"), row("d'2026-01-01 00:00:00Z'"), row("d''"), row("d'2026-01-0xT00:00:00Z'"),
		row("[--1\n-]"), row("1 }, { id: turn:b, x: 1 }]; DELETE turn; INSERT INTO turn [{ id: turn:c"),
	}
	for _, body := range bodies {
		_, _, err := read(strings.NewReader(signed(prologue+body+"\n", "1 turn")), limits)
		var syntax *dump.SyntaxError
		if !errors.As(err, &syntax) && !(errors.Is(err, dump.ErrTruncated) && strings.Count(body, `"`)+strings.Count(body, "'") == 1) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// What means the same is read the same.
func TestReformatted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]any{
		"'a\"b'": "a\"b", `"a'b"`: "a'b", `'\n\r\t\b\f\0\\\'\"\u00e9\u{1f600}` + "\\`'": "\n\r\t\b\f\x00\\'\"é😀`", "'a\nb'": "a\nb", "none": surreal.None{}, "Null": nil, "TRUE": true,
		"[ 1 ,\n\t2,\r\n]": []any{int64(1), int64(2)}, "[]": []any{}, "{}": map[string]any{}, "{ 'a' : 1, `b`: 2, \"c\": 3, select: 4, }": map[string]any{"a": int64(1), "b": int64(2), "c": int64(3), "select": int64(4)},
		"[1, -- one\n2 -- two\r\n]": []any{int64(1), int64(2)}, "-0": int64(0), "007": int64(7), "1E+2f": 100.0, "0.5e-1f": 0.05, "1.50dec": "1.50", "b'00fF'": []byte{0, 255}, "b\"\"": []byte{},
		"`turn`:`1`": id("turn", "1"), "turn:1e5": id("turn", "1e5"), "turn:01h": id("turn", "01h"), "turn:_1": id("turn", "_1"), "turn:rand": id("turn", "rand"), "<string>'Point'": "Point", "<set>[1]": []any{int64(1)},
		"30m1h": []any{int64(5400)}, "1000ms": []any{int64(1)}, "0s": []any{}, "d\"+2026-05-01T12:30:00.50Z\"": surreal.At(time.Date(2026, 5, 1, 12, 30, 0, 500_000_000, time.UTC)),
		"d'0000-02-29T00:00:00Z'": surreal.At(time.Date(0, 2, 29, 0, 0, 0, 0, time.UTC)), "u\"018F0000-0000-7000-8000-000000000000\"": surreal.UUID{1, 0x8f, 6: 0x70, 8: 0x80},
	} {
		file := signed(prologue+"-- a remark\n  insert\tinto\n`turn` -- here\n[{id:turn:a,x:"+text+"},]\n;\n", "1 turn")
		_, all, err := read(strings.NewReader(file), limits)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got, err := surreal.Decode(all[0].Rows[0])
		require.NoError(t, err, text)
		require.Equal(t, map[string]any{"id": id("turn", "a"), "x": want}, got, text)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	const first = "-- spectron context export\n"
	_, _, err := read(strings.NewReader(first+"-- format: 2\n-- whatever\nSTATEMENT;"), limits)
	var format *dump.FormatError
	require.ErrorAs(t, err, &format)
	require.Equal(t, 2, format.Format)
	for _, text := range []string{"x", "-- surreal export", "INSERT", "\ufeff" + first, " " + first, "-- spectron context export and more\n", "-- spectron context exporT\n"} {
		if _, _, err := read(strings.NewReader(text), limits); !errors.Is(err, dump.ErrNotExport) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, fields := range []string{
		"", "-- schema: 1\n-- format: 1\n", "-- format: 0\n", "-- format: -1\n", "-- format: x\n", "-- format: 1\n-- format: 1\n", "-- format: 1\n-- schema: -1\n", "-- format: 1\n-- schema: 99999999999\n",
		"-- format: 1\n-- context: acme\n", "-- format: 1\n-- context: \"acme\n", "-- format: 1\n-- context: \"acme\" x\n", "-- format: 1\n-- exported: yesterday\n", "-- format: 1\n-- context: \"a\"\n-- context: \"b\"\n",
	} {
		var syntax *dump.SyntaxError
		if _, _, err := read(strings.NewReader(signed(first+fields+"OPTION IMPORT;\n")), limits); !errors.As(err, &syntax) {
			t.Errorf("%q: %v", fields, err)
		}
	}
	for _, fields := range []string{"-- format: 1\n", "-- format: 1\n-- a remark\n-- a remark\n-- other: x\n\n", "-- format: 1\r\n"} {
		if _, _, err := read(strings.NewReader(signed(first+fields)), limits); err != nil {
			t.Errorf("%q: %v", fields, err)
		}
	}
	for _, h := range []dump.Header{{Format: 2}, {Schema: -1}, {Context: "\xff"}, {Library: strings.Repeat("x", 100_000)}} {
		if _, err := dump.NewWriter(io.Discard, h); err == nil {
			t.Errorf("%.100v is written", h)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("INSERT INTO turn [{ id: turn:a, x: 'é\n' }];\n", 10_000)
	for body, want := range map[string][2]int{
		"DELETE turn;": {4, 1}, "\n  DELETE turn;": {5, 3}, "INSERT INTO turn [\n{ id: turn:a,\n  x: now() }];": {6, 6}, long + " x;": {20_004, 2}, long + "INSERT INTO turn [{ id: $": {20_004, 25},
	} {
		_, _, err := read(strings.NewReader(prologue+body), limits)
		var syntax *dump.SyntaxError
		require.ErrorAs(t, err, &syntax)
		if syntax.Line != want[0] || syntax.Column != want[1] {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	with := func(rowBytes, nesting int) dump.Limits {
		return dump.Limits{Tables: limits.Tables, RowBytes: rowBytes, Nesting: nesting}
	}
	row := "{ id: turn:a, x: '" + strings.Repeat("x", 200_000) + "', y: [[[1]]] }"
	file := signed(prologue+"INSERT INTO turn [\n"+row+"\n];\n", "1 turn")
	for name, c := range map[string]struct {
		limits dump.Limits
		ok     bool
	}{
		"none": {with(0, 0), true}, "as long": {with(len(row), 4), true}, "too long": {with(len(row)-1, 0), false}, "much too long": {with(1000, 0), false}, "too deep": {with(0, 3), false},
	} {
		_, _, err := read(strings.NewReader(file), c.limits)
		var syntax *dump.SyntaxError
		if c.ok != (err == nil) || !c.ok && !errors.As(err, &syntax) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var syntax *dump.SyntaxError
	for _, text := range []string{
		"-- " + strings.Repeat("x", 300_000), strings.Repeat("x", 300_000), "INSERT INTO turn [{ id: turn:" + strings.Repeat("x", 300_000), "INSERT INTO turn [{ id: " + strings.Repeat("9", 300_000),
		"INSERT INTO turn [{ x: " + strings.Repeat("[", 1_000_000), "INSERT INTO turn [{ x: " + strings.Repeat("{a:", 1_000_000), "INSERT INTO turn [{ x: " + strings.Repeat("a:[", 1_000_000), "INSERT INTO turn [{ x: " + strings.Repeat("<set>[", 1_000_000),
	} {
		if _, _, err := read(strings.NewReader(prologue+text), limits); !errors.As(err, &syntax) {
			t.Errorf("%.40s: %v", text, err)
		}
	}
	if _, err := dump.NewReader(strings.NewReader(file), with(0, 65)); err == nil {
		t.Error("any nesting may be asked for")
	}
	// An export without end is read in little memory: what is checked is that it comes in batches at all.
	endless := io.MultiReader(strings.NewReader(prologue+"INSERT INTO turn ["), &repeated{text: []byte("{ id: turn:a, x: 'abc' },\n")})
	r, err := dump.NewReader(endless, limits)
	require.NoError(t, err)
	for range 20 {
		b, err := r.Next()
		require.NoError(t, err)
		require.Len(t, b.Rows, 500)
	}
}

// repeated reads the same text for ever.
type repeated struct {
	text []byte
	at   int
}

func (r *repeated) Read(b []byte) (int, error) {
	n := copy(b, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	file, broken := small(t), errors.New("broken")
	for n := range len(file) {
		_, _, err := read(io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken)), limits)
		if !errors.Is(err, broken) {
			t.Fatalf("after %d bytes: %v", n, err)
		}
	}
	if _, _, err := read(io.MultiReader(bytes.NewReader(file), strings.NewReader("x")), limits); err == nil {
		t.Error("text after the end is passed over")
	}
	if _, _, err := read(io.MultiReader(bytes.NewReader(file), strings.NewReader("\r\n \n")), limits); err != nil {
		t.Errorf("a line after the end: %v", err)
	}
}
