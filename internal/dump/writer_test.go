package dump_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/dump"
)

// Statements are bounded, and every row is on a line of its own.
func TestStatementsAreBounded(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w, err := dump.NewWriter(&b, dump.Header{})
	require.NoError(t, err)
	text := strings.Repeat("x\n\u2028", 100)
	var rows []cbor.RawMessage
	for i := range 1200 {
		rows = append(rows, raw(t, map[string]any{"id": id("turn", fmt.Sprint(i)), "text": text}))
	}
	rows = append(rows, raw(t, map[string]any{"id": id("turn", "long"), "text": strings.Repeat("y", 3<<20)}))
	for i := range 30 {
		rows = append(rows, raw(t, map[string]any{"id": id("turn", fmt.Sprint("l", i)), "text": strings.Repeat("z", 100_000)}))
	}
	require.NoError(t, w.Rows("turn", dump.Normal, rows))
	require.NoError(t, w.Rows("turn", dump.Normal, nil))
	require.NoError(t, w.Close())
	require.Error(t, w.Close())
	require.Error(t, w.Rows("turn", dump.Normal, nil))
	statements := strings.SplitAfter(b.String(), "];\n")
	// 500, 500 and 200 rows, the long one, three times ten, and the trailer.
	if len(statements) != 8 {
		t.Errorf("%d statements", len(statements))
	}
	for _, s := range statements {
		rows := strings.Count(s, "{ id: ")
		if rows > 500 || rows > 1 && len(s) > 1<<20+1000 {
			t.Errorf("a statement of %d rows and %d bytes", rows, len(s))
		}
		if inserts := strings.Count(s, "INSERT"); inserts > 0 && strings.Count(s, "\n") < rows+2 {
			t.Errorf("a statement of %d rows on %d lines", rows, strings.Count(s, "\n"))
		}
	}
	_, all, err := read(&b, limits)
	require.NoError(t, err)
	var got []cbor.RawMessage
	for _, batch := range all {
		if len(batch.Rows) > 500 {
			t.Errorf("a batch of %d rows", len(batch.Rows))
		}
		got = append(got, batch.Rows...)
	}
	if !slices.EqualFunc(got, rows, func(a, b cbor.RawMessage) bool { return bytes.Equal(a, b) }) {
		t.Error("other rows were read than were written")
	}
}

// What the form cannot hold is refused, by row and field, and nothing is taken for whole afterwards.
func TestRowsRefused(t *testing.T) {
	t.Parallel()
	unhex := func(s string) cbor.RawMessage {
		b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
		require.NoError(t, err)
		return b
	}
	const id, turn = "62 6964 c8 82 64 7475726e 61 61", "c8 82 64 7475726e 61 61" // the text "id", and turn:a
	for name, c := range map[string]struct {
		row, field string
		kind       dump.Kind
	}{
		"nothing":             {"", "", dump.Normal},
		"an array":            {"80", "", dump.Normal},
		"no id":               {"a0", "", dump.Normal},
		"no id but x":         {"a1 61 78 01", "", dump.Normal},
		"a text for an id":    {"a1 62 6964 61 61", "id", dump.Normal},
		"an id of another":    {"a1 62 6964 c8 82 64 7475726d 61 61", "id", dump.Normal},
		"two ids":             {"a2" + id + id, "id", dump.Normal},
		"no edge":             {"a1" + id, "", dump.Relation},
		"half an edge":        {"a2" + id + "62 696e" + turn, "", dump.Relation},
		"an edge from a text": {"a3" + id + "62 696e 61 61 63 6f7574" + turn, "in", dump.Relation},
		"too short":           {"a2" + id, "id", dump.Normal},
		"too long":            {"a1" + id + "00", "", dump.Normal},
		"a length too long":   {"a2" + id + "61 78 7b ffffffffffffffff", "x", dump.Normal},
		"an array too long":   {"a2" + id + "61 78 9b ffffffffffffffff", "x", dump.Normal},
		"indefinite":          {"a2" + id + "61 78 9f ff", "x", dump.Normal},
		"not UTF-8":           {"a2" + id + "61 78 61 ff", "x", dump.Normal},
		"a key not UTF-8":     {"a2" + id + "61 ff 61 61", "id", dump.Normal},
		"a key not text":      {"a2" + id + "01 01", "id", dump.Normal},
		"an integer too long": {"a2" + id + "61 78 1b 8000000000000000", "x", dump.Normal},
		"a negative one":      {"a2" + id + "61 78 3b 8000000000000000", "x", dump.Normal},
		"undefined":           {"a2" + id + "61 78 f7", "x", dump.Normal},
		"a simple value":      {"a2" + id + "61 78 e0", "x", dump.Normal},
		"a table":             {"a2" + id + "61 78 c7 61 61", "x", dump.Normal},
		"a range":             {"a2" + id + "61 78 d8 31 82 f6 f6", "x", dump.Normal},
		"a range of ids":      {"a2" + id + "61 78 c8 82 61 61 d8 31 82 f6 f6", "x", dump.Normal},
		"a geometry":          {"a2" + id + "61 78 d8 58 82 f93c00 f93c00", "x", dump.Normal},
		"NONE of 1":           {"a2" + id + "61 78 c6 01", "x", dump.Normal},
		"an id as text":       {"a2" + id + "61 78 c8 63 613a62", "x", dump.Normal},
		"an id of three":      {"a2" + id + "61 78 c8 83 61 61 61 61 61 61", "x", dump.Normal},
		"an id of no table":   {"a2" + id + "61 78 c8 82 60 61 61", "x", dump.Normal},
		"an id of a float":    {"a2" + id + "61 78 c8 82 61 61 f93c00", "x", dump.Normal},
		"no decimal":          {"a2" + id + "61 78 ca 63 312c35", "x", dump.Normal},
		"a scientific one":    {"a2" + id + "61 78 ca 63 316535", "x", dump.Normal},
		"a statement in one":  {"a2" + id + "61 78 ca 64 31207d5d", "x", dump.Normal},
		"a decimal point":     {"a2" + id + "61 78 ca 62 312e", "x", dump.Normal},
		"no datetime":         {"a2" + id + "61 78 cc 81 01", "x", dump.Normal},
		"a leap second":       {"a2" + id + "61 78 cc 82 18 3b 1a 3b9aca00", "x", dump.Normal},
		"a late datetime":     {"a2" + id + "61 78 cc 82 1b 7fffffffffffffff 00", "x", dump.Normal},
		"a duration of three": {"a2" + id + "61 78 ce 83 01 01 01", "x", dump.Normal},
		"a negative duration": {"a2" + id + "61 78 ce 81 20", "x", dump.Normal},
		"a long subsecond":    {"a2" + id + "61 78 ce 82 01 1a 3b9aca00", "x", dump.Normal},
		"a short UUID":        {"a2" + id + "61 78 d8 25 41 00", "x", dump.Normal},
		"a set that is none":  {"a2" + id + "61 78 d8 38 01", "x", dump.Normal},
		"a key twice":         {"a2" + id + "61 78 a2 61 61 01 61 61 02", "x", dump.Normal},
		"nesting":             {"a2" + id + "61 78" + strings.Repeat("81", 64) + "01", "x", dump.Normal},
	} {
		var b bytes.Buffer
		w, err := dump.NewWriter(&b, dump.Header{})
		require.NoError(t, err)
		good := unhex("a1" + id)
		if c.kind == dump.Relation {
			good = unhex("a3" + id + "62 696e" + turn + "63 6f7574" + turn)
		}
		err = w.Rows("turn", c.kind, []cbor.RawMessage{good, unhex(c.row)})
		var row *dump.RowError
		if !errors.As(err, &row) || row.Row != 1 || row.Table != "turn" || row.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
		if again := w.Close(); again != err {
			t.Errorf("%s: closed with %v", name, again)
		}
		if _, _, err := read(&b, limits); !errors.Is(err, dump.ErrTruncated) {
			t.Errorf("%s: read with %v", name, err)
		}
	}
	for _, table := range []string{"", "\xff", strings.Repeat("x", 10_000)} {
		w, err := dump.NewWriter(io.Discard, dump.Header{})
		require.NoError(t, err)
		if err := w.Rows(table, dump.Normal, nil); err == nil {
			t.Errorf("%.20q is a table", table)
		}
	}
}

// failing takes so many bytes.
type failing struct{ left int }

var errFull = errors.New("full")

func (f *failing) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestWriteErrors(t *testing.T) {
	t.Parallel()
	rows := []cbor.RawMessage{raw(t, map[string]any{"id": id("turn", "a")})}
	for n := range 1000 {
		w, err := dump.NewWriter(&failing{n}, dump.Header{})
		if err == nil {
			if err = w.Rows("turn", dump.Normal, rows); err == nil {
				err = w.Close()
			} else if again := w.Close(); again != err {
				t.Fatalf("%d: %v, and then %v", n, err, again)
			}
		}
		if err == nil {
			if n < 200 {
				t.Fatalf("%d bytes are enough", n)
			}
			return
		}
		require.ErrorIs(t, err, errFull)
	}
	t.Error("it never fits")
}
