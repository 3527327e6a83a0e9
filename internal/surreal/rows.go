package surreal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/surrealdb/surrealdb.go/pkg/models"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// Columns returns the names of R's fields, as their cbor tags have them, as an array in SurrealQL: what a statement
// selects as VALUE for Rows to read. The fields named in without are left out. An array costs the
// engine a seventh less than an object, and is read without comparing names.
func Columns[R any](without ...string) string {
	var names []string
	for _, f := range columns(reflect.TypeFor[R](), without) {
		names = append(names, "`"+f.name+"`") // in is a keyword
	}
	return "[" + strings.Join(names, ", ") + "]"
}

type column struct {
	name  string
	index int  // of the field
	omit  bool // a zero value is written as NONE
}

func columns(row reflect.Type, without []string) []column {
	var out []column
	for i := range row.NumField() {
		name, options, _ := strings.Cut(row.Field(i).Tag.Get("cbor"), ",")
		if !slices.Contains(without, name) {
			out = append(out, column{name, i, options != ""}) // omitempty or omitzero
		}
	}
	return out
}

// MarshalRows writes rows as a statement that selects Columns returns them.
func MarshalRows[R any](rows []R, without ...string) ([]byte, error) {
	fields := columns(reflect.TypeFor[R](), without)
	b := wire.AppendHead(nil, wire.Array, uint64(len(rows)))
	for i := range rows {
		b = wire.AppendHead(b, wire.Array, uint64(len(fields)))
		row := reflect.ValueOf(&rows[i]).Elem()
		for _, f := range fields {
			field := row.Field(f.index)
			if f.omit && field.IsZero() {
				b = append(b, noneCBOR...)
				continue
			}
			switch v := field.Addr().Interface().(type) {
			case *string:
				b = wire.AppendText(b, *v)
			default:
				item, err := Marshal(field.Interface())
				if err != nil {
					return nil, fmt.Errorf("surreal: row %d: %s: %w", i, f.name, err)
				}
				b = append(b, item...)
			}
		}
	}
	return b, nil
}

// UnmarshalRows decodes what MarshalRows wrote.
func UnmarshalRows[R any](b []byte, without ...string) ([]R, error) { return decodeRows[R](b, without) }

// Rows decodes the result of the last statement, arrays of the values of Columns, and returns how many bytes it has as
// well. A value becomes what Unmarshal makes of it as the field of an object,
// with NONE as a field that is not there. Rows that follow one another share the memory of equal lists, and bytes are those of the
// result.
func Rows[R any](out Results, without ...string) (rows []R, size int, err error) {
	if len(out) == 0 {
		return nil, 0, fmt.Errorf("%w: no results", ErrMalformed)
	}
	b := out[len(out)-1]
	rows, err = decodeRows[R](b, without)
	return rows, len(b), err
}

func decodeRows[R any](b []byte, without []string) ([]R, error) {
	fields := columns(reflect.TypeFor[R](), without)
	r := rowReader{reader: reader{b: b}, lists: make([]list, len(fields))}
	h := r.head()
	// A row has at least a byte for itself and for each of its values.
	if r.failed || h.Major != wire.Array || h.N > uint64(len(r.b)/(1+len(fields))) {
		return nil, fmt.Errorf("%w: not rows", ErrMalformed)
	}
	rows := make([]R, h.N)
	for i := range rows {
		r.expect(wire.Array, uint64(len(fields)))
		if r.failed {
			return nil, fmt.Errorf("%w: not a row of %d columns", ErrMalformed, len(fields))
		}
		row := reflect.ValueOf(&rows[i]).Elem()
		for c, f := range fields {
			if err := r.value(row.Field(f.index).Addr().Interface(), &r.lists[c]); err != nil {
				return nil, fmt.Errorf("surreal: row %d: %s: %w", i, f.name, err)
			}
		}
	}
	return rows, r.end("rows")
}

// rowReader reads the values of rows.
type rowReader struct {
	reader
	lists []list // of each column the last that was read
	words [32]string
}

// list is a list of lists of strings and how it was written.
type list struct {
	raw   []byte
	value [][]string
}

// value takes a value into target, a pointer. What is in every row, in the form that SurrealDB writes, is read here; all
// else, and what is malformed, is left to the CBOR library.
func (r *rowReader) value(target any, last *list) error {
	before := r.b
	switch v := target.(type) {
	case *string:
		if b := r.content(wire.Text); !r.failed && utf8.Valid(b) {
			*v = r.word(b)
			return nil
		}
	case *int:
		if n := r.int(); !r.failed && int64(int(n)) == n {
			*v = int(n)
			return nil
		}
	case *float64:
		if len(r.b) >= 9 && r.b[0] == float64Head {
			*v = math.Float64frombits(binary.BigEndian.Uint64(r.b[1:]))
			r.b = r.b[9:]
			return nil
		}
	case *RecordID:
		r.expect(wire.Tag, models.TagRecordID)
		r.expect(wire.Array, 2)
		table, key := r.content(wire.Text), r.content(wire.Text)
		if !r.failed && utf8.Valid(table) && utf8.Valid(key) {
			*v = RecordID{r.word(table), string(key)}
			return nil
		}
	case **RecordID:
		// The library makes a pointer to nothing of NONE.
		if r.nothing() {
			return nil
		}
		*v = new(RecordID)
		return r.value(*v, nil)
	case *Datetime:
		if r.nothing() {
			return nil
		}
		r.expect(wire.Tag, models.TagCustomDatetime)
		r.expect(wire.Array, 2)
		if seconds, nanoseconds := r.int(), r.int(); !r.failed {
			return v.set(seconds, nanoseconds)
		}
	case *Optional[[]byte]:
		if r.nothingAt(noneCBOR) {
			return nil
		}
		if b := r.content(wire.Bytes); !r.failed {
			*v = Some(b)
			return nil
		}
	case *Optional[string]:
		if r.nothingAt(noneCBOR) {
			return nil
		}
		if b := r.content(wire.Text); !r.failed && utf8.Valid(b) {
			*v = Some(string(b))
			return nil
		}
	case *[]string:
		if r.nothing() {
			return nil
		}
	case *[][]string:
		if len(last.raw) > 0 && bytes.HasPrefix(r.b, last.raw) {
			*v = last.value
			r.b = r.b[len(last.raw):]
			return nil
		}
		if err := r.library(before, v); err != nil {
			return err
		}
		*last = list{before[:len(before)-len(r.b)], *v}
		return nil
	}
	return r.library(before, target)
}

// float64Head is the head of a number in double precision.
const float64Head = wire.Simple<<5 | 27

// library takes a value from the front of b by the CBOR library.
func (r *rowReader) library(b []byte, target any) error {
	rest, err := decoder.UnmarshalFirst(b, target)
	r.b, r.failed = rest, false
	return err
}

// nothing takes NONE or NULL, if that is next.
func (r *rowReader) nothing() bool { return r.nothingAt(noneCBOR) || r.nothingAt(nullCBOR) }

func (r *rowReader) nothingAt(item []byte) bool {
	if !bytes.HasPrefix(r.b, item) {
		return false
	}
	r.b = r.b[len(item):]
	return true
}

// word makes a string of b. Short ones come again in every row, as names of tables and roles do, and are kept.
func (r *rowReader) word(b []byte) string {
	if len(b) == 0 || len(b) > 16 {
		return string(b)
	}
	slot := &r.words[(int(b[0])*7+int(b[len(b)-1])*3+len(b))%len(r.words)]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}
