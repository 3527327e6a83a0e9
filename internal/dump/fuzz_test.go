package dump

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"
)

var fuzzTables = map[string]Kind{"turn": Normal, "a b": Normal, "relation": Relation}

// written is an export of the rows.
func written(tb testing.TB, table string, kind Kind, rows ...cbor.RawMessage) ([]byte, error) {
	tb.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, Header{Context: "c"})
	require.NoError(tb, err)
	if err := w.Rows(table, kind, rows); err != nil {
		return nil, err
	}
	require.NoError(tb, w.Close())
	return b.Bytes(), nil
}

// FuzzReader reads any text after a header. What of it is read is CBOR that is written and read again as it is.
func FuzzReader(f *testing.F) {
	r := newValues(7)
	for i := range 30 {
		file, err := written(f, "turn", Normal, encode(f, r.row("turn", i)))
		require.NoError(f, err)
		f.Add(bytes.TrimPrefix(file, []byte(firstLine)))
	}
	for _, s := range []string{
		"\n-- format: 1\nINSERT INTO turn [{ id: turn:a, x: <set>[1], y: 1h30m, z: 'a\\u{41}' }, ];",
		"\n-- format: 1\nOPTION IMPORT; INSERT RELATION INTO relation [{ id: relation:[1], in: `a`:-1, out: b:{ x: NONE } }];\n-- end of export\n-- rows: 1 relation\n-- sha256: 00",
		"\n-- format: 1\nINSERT INTO `a b` [{ id: `a b`:u'018f0000-0000-7000-8000-000000000000', x: [NaN, -Infinity, 1.5e-7f, -0f, 1.5dec, b'00', d'-0001-01-01T00:00:00.5Z'] }];",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		text = append([]byte(firstLine), text...)
		batches := func(r io.Reader) (rows []Batch, end error) {
			reader, err := NewReader(r, Limits{Tables: fuzzTables, RowBytes: 1 << 20})
			for err == nil {
				var b Batch
				if b, err = reader.Next(); err == nil {
					rows = append(rows, b)
				}
			}
			return rows, err
		}
		all, end := batches(bytes.NewReader(text))
		var syntax *SyntaxError
		var format *FormatError
		if end != io.EOF && !errors.Is(end, ErrTruncated) && !errors.Is(end, ErrAltered) && !errors.Is(end, ErrNotExport) && !errors.As(end, &syntax) && !errors.As(end, &format) {
			t.Fatalf("an error of no kind: %v", end)
		}
		slowly, again := batches(threes{bytes.NewReader(text)})
		if again.Error() != end.Error() || len(slowly) != len(all) {
			t.Fatalf("%v, but %v when read in parts", end, again)
		}
		lines := bytes.Split(text, []byte("\n"))
		for i, b := range all {
			require.Equal(t, b.Lines, slowly[i].Lines)
			for _, line := range b.Lines {
				if !bytes.ContainsRune(lines[line-1], '{') {
					t.Fatalf("no row begins in line %d: %s", line, text)
				}
			}
		}
		for _, b := range all {
			for _, row := range b.Rows {
				if err := cbor.Wellformed(row); err != nil {
					t.Fatalf("% x: %v", row, err)
				}
			}
			file, err := written(t, b.Table, b.Kind, b.Rows...)
			if err != nil {
				t.Fatalf("read, and not written: %v", err)
			}
			again, end := batches(bytes.NewReader(file))
			if end != io.EOF {
				t.Fatalf("written, and not read: %v\n%s", end, file)
			}
			var rows []cbor.RawMessage
			for _, b := range again {
				rows = append(rows, b.Rows...)
			}
			require.Equal(t, b.Rows, rows)
		}
	})
}

// threes reads a few bytes at a time.
type threes struct{ r io.Reader }

func (t threes) Read(b []byte) (int, error) { return t.r.Read(b[:min(3, len(b))]) }

// FuzzRoundTrip writes any CBOR. What of it is written is read as the same value, and is one statement to a
// person: a line a row.
func FuzzRoundTrip(f *testing.F) {
	r := newValues(8)
	for range 100 {
		f.Add([]byte(encode(f, r.value(3))))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		row := append([]byte("\xa2bid\xc8\x82dturnaaax"), value...)
		file, err := written(t, "turn", Normal, row)
		var refused *RowError
		if errors.As(err, &refused) {
			return
		}
		require.NoError(t, err)
		if lines := strings.FieldsFunc(string(file), func(r rune) bool { return r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029 }); len(lines) != 14 {
			t.Fatalf("%d lines: %s", len(lines), file)
		}
		reader, err := NewReader(bytes.NewReader(file), Limits{Tables: fuzzTables})
		require.NoError(t, err)
		b, err := reader.Next()
		require.NoError(t, err, "%s", file)
		_, err = reader.Next()
		require.Equal(t, io.EOF, err)
		require.Len(t, b.Rows, 1)
		var v any
		if decode.Unmarshal(row, &v) == nil { // it refuses keys that Go cannot hold, as numbers too large
			same(t, string(file), encode(t, trimmed(v)), b.Rows[0])
		}
	})
}

// trimmed is v with durations as SurrealDB writes them: without zeros at their end.
func trimmed(v any) any {
	switch x := v.(type) {
	case []any:
		for i := range x {
			x[i] = trimmed(x[i])
		}
	case map[any]any:
		for k := range x {
			x[k] = trimmed(x[k])
		}
	case cbor.Tag:
		x.Content = trimmed(x.Content)
		if parts, ok := x.Content.([]any); ok && x.Number == 14 {
			for len(parts) > 0 && parts[len(parts)-1] == uint64(0) {
				parts = parts[:len(parts)-1]
			}
			x.Content = parts
		}
		return x
	}
	return v
}

// Every half that a float is, and every one near them.
func TestHalves(t *testing.T) {
	t.Parallel()
	for half := range 1 << 16 {
		item := []byte{0xf9, byte(half >> 8), byte(half)}
		var f float64
		require.NoError(t, decode.Unmarshal(item, &f))
		want := encode(t, f)
		if got := appendFloat(nil, f); !bytes.Equal(got, want) {
			t.Fatalf("%04x is %v: % x, not % x", half, f, got, want)
		}
		p := printer{cursor: cursor{b: item}}
		require.NoError(t, p.value(0))
		printed, err := strconv.ParseFloat(strings.TrimSuffix(string(p.out), "f"), 64)
		require.NoError(t, err)
		if math.Float64bits(printed) != math.Float64bits(f) && f == f {
			t.Fatalf("%04x is %v, not %s", half, f, p.out)
		}
	}
	r := newValues(9)
	for range 20_000 {
		f := r.float()
		if got, want := appendFloat(nil, f), encode(t, f); !bytes.Equal(got, want) {
			t.Fatalf("%v: % x, not % x", f, got, want)
		}
	}
}
