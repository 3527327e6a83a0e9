package engine

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Remove removes rows with their index entries, in one commit, as a DELETE would, which costs a hundred times as much. It stops before the
// commit becomes large: done is the number of ids, from the first on, that it has dealt with, at least one. Of these, left are the rows that
// only a statement can remove: those of tables with edges, references, events, fields, or indexes other than unique ones, and those of an
// unknown form. Rows that do not exist are removed. surreal.ErrConflict: a statement used the rows at the same time; nothing was removed.
func (s *Session) Remove(ctx context.Context, ids []surreal.RecordID) (done int, left []surreal.RecordID, err error) {
	err = s.within(ctx, kv.ReadWrite, func(tx *kv.Tx, at numbers) (err error) {
		done, left, err = at.remove(tx, ids)
		return err
	})
	return done, left, err
}

func (n numbers) remove(tx *kv.Tx, ids []surreal.RecordID) (done int, left []surreal.RecordID, err error) {
	tables := map[string]*removable{}
	size := 0
	for _, id := range ids {
		t, known := tables[id.Table]
		if !known {
			if t, err = n.removable(tx, id.Table); err != nil {
				return 0, nil, err
			}
			tables[id.Table] = t
		}
		key := t.row(id.Key)
		value, there, err := tx.Get(key)
		if err != nil {
			return 0, nil, err
		}
		if size += len(value); size > bytesRemoved && size > len(value) {
			return done, left, nil
		}
		done++
		if !there {
			continue
		}
		entries, ok, err := t.entries(tx, id, value)
		if err != nil {
			return 0, nil, err
		}
		if !ok {
			left = append(left, id)
			continue
		}
		for _, k := range append(entries, key) {
			if err := tx.Delete(k); err != nil {
				return 0, nil, err
			}
		}
	}
	return done, left, nil
}

// removable says how the rows of a table are removed.
type removable struct {
	prefix  []byte // of the keys of all that belongs to the table
	plain   bool   // all that its rows have is their entries in the indexes
	indexes []uniqueIndex
}

type uniqueIndex struct {
	number  uint32
	columns []string
}

// The marks of what belongs to a table, after its prefix.
const (
	definitionMark = '!'
	rowMark        = '*'
	entryMark      = '+'
)

// removable reads what is defined for a table.
func (n numbers) removable(tx *kv.Tx, table string) (*removable, error) {
	t := &removable{prefix: slices.Concat(n.prefix(), []byte{rowMark}, []byte(table), []byte{0})}
	definitions := tx.Cursor(t.from(definitionMark), t.from(definitionMark+1), kv.Forward)
	defer definitions.Close()
	for definitions.Next() {
		kind := definitions.Key()[len(t.prefix):]
		switch {
		case bytes.HasPrefix(kind, []byte("!ih")), bytes.HasPrefix(kind, []byte("!il")), bytes.HasPrefix(kind, []byte("!is")): // numbers of indexes
		case bytes.HasPrefix(kind, []byte("!ix")):
			index, ok := readUnique(definitions.Value())
			if !ok {
				return t, nil
			}
			t.indexes = append(t.indexes, index)
		default:
			return t, nil
		}
	}
	if err := definitions.Err(); err != nil {
		return nil, err
	}
	for _, others := range [][2][]byte{{t.from(definitionMark + 1), t.from(rowMark)}, {t.from(entryMark + 1), append(bytes.Clone(t.prefix), 0xff)}} {
		c := tx.Cursor(others[0], others[1], kv.Forward)
		found := c.Next() // an edge, or a reference
		c.Close()
		if err := c.Err(); found || err != nil {
			return t, err
		}
	}
	t.plain = true
	return t, nil
}

func (t *removable) from(mark byte) []byte { return append(bytes.Clone(t.prefix), mark) }

// row returns the key of a row whose own key is a text.
func (t *removable) row(key string) []byte {
	return appendText(append(t.from(rowMark), textKey), key)
}

// The kinds of a row's own key, in keys of the storage.
const textKey = 3

// The kinds of values in an index.
const (
	numberEntry = 5
	recordEntry = 16
)

// entries returns the keys of a row's index entries. ok: they are there, and belong to it.
func (t *removable) entries(tx *kv.Tx, id surreal.RecordID, row []byte) (keys [][]byte, ok bool, err error) {
	if !t.plain {
		return nil, false, nil
	}
	if len(t.indexes) == 0 {
		return nil, true, nil
	}
	columns, ok := readRow(row)
	if !ok {
		return nil, false, nil
	}
	for _, index := range t.indexes {
		key := append(binary.BigEndian.AppendUint32(t.from(entryMark), index.number), '*')
		for _, name := range index.columns {
			entry, indexed := columns[name]
			if !indexed {
				return nil, false, nil
			}
			key = append(key, entry...)
		}
		key = append(key, 0, 2) // no more columns, and no id of a row: there is only one
		value, there, err := tx.Get(key)
		if err != nil || !there || !bytes.Equal(value, appendRecord(nil, id)) {
			return nil, false, err
		}
		keys = append(keys, key)
	}
	return keys, true, nil
}

// appendText appends a text as keys of the storage have it: up to a zero.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if text[i] <= 1 {
			b = append(b, 1)
		}
		b = append(b, text[i])
	}
	return append(b, 0)
}

// appendRecord appends the id of a row as values of the storage have it.
func appendRecord(b []byte, id surreal.RecordID) []byte {
	b = append(appendNumber(append(b, 1), uint32(len(id.Table))), id.Table...)
	return append(appendNumber(append(b, 1, 1), uint32(len(id.Key))), id.Key...)
}

// appendInteger appends a number that is not negative as an index has it: its digits, each with one more than its value in half a byte, after
// their number, so that texts sort as numbers do; and that it is an integer.
func appendInteger(b []byte, n int64) []byte {
	text := "\x80"
	if n > 0 {
		digits := strconv.FormatInt(n, 10)
		halves := make([]byte, 0, len(digits)+2)
		for i := range len(digits) {
			halves = append(halves, digits[i]-'0'+1)
		}
		if halves = append(halves, 0); len(halves)%2 > 0 {
			halves = append(halves, 0xf)
		}
		packed := []byte{0xa0, 0x19, 0x19 + byte(len(digits)-1)}
		for i := 0; i < len(halves); i += 2 {
			packed = append(packed, halves[i]<<4|halves[i+1])
		}
		text = string(packed)
	}
	return appendText(append(b, numberEntry), text+"\x00")
}

// readUnique reads the definition of a unique index over columns.
func readUnique(b []byte) (index uniqueIndex, ok bool) {
	r := &valueReader{rest: b}
	r.skip(1)
	index.number = r.number()
	r.text() // its name
	r.text() // its table
	for range r.number() {
		index.columns = append(index.columns, string(r.text()))
	}
	kind := r.take(2)
	return index, !r.failed && len(index.columns) > 0 && kind[1] == 1
}

// readRow reads the columns of a row that may be in an index, as an index has them.
func readRow(b []byte) (columns map[string][]byte, ok bool) {
	r := &valueReader{rest: b}
	if head := r.take(5); r.failed || !bytes.Equal(head, []byte{1, 0, 1, objectValue, 1}) {
		return nil, false
	}
	columns = map[string][]byte{}
	for range r.number() {
		name := string(r.text())
		if entry := r.value(); entry != nil {
			columns[name] = entry
		}
		if r.failed {
			return nil, false
		}
	}
	return columns, !r.failed && len(r.rest) == 0
}

// valueReader reads values as the storage has them. Each begins with a revision.
type valueReader struct {
	rest   []byte
	failed bool // what was read is no value of a known form
}

func (r *valueReader) take(n int) []byte {
	if r.failed || n < 0 || n > len(r.rest) {
		r.failed = true
		return make([]byte, max(0, min(n, 16))) // no caller reads more at once by position
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *valueReader) skip(n int) { r.take(n) }

func (r *valueReader) number() uint32 {
	n, next, err := readNumber(r.rest, 0)
	if err != nil {
		r.failed = true
		return 0
	}
	r.skip(next)
	return n
}

// eightBytes is the mark of a number of 64 bits: see readNumber.
const eightBytes = 253

// integer reads a number that may be negative.
func (r *valueReader) integer() int64 {
	n := uint64(0)
	if len(r.rest) > 0 && r.rest[0] == eightBytes {
		n = binary.LittleEndian.Uint64(r.take(9)[1:])
	} else {
		n = uint64(r.number())
	}
	return int64(n>>1) ^ -int64(n&1)
}

func (r *valueReader) text() []byte { return r.take(int(r.number())) }

// The kinds of values.
const (
	numberValue   = 3
	textValue     = 4
	datetimeValue = 6
	arrayValue    = 8
	objectValue   = 10
	recordValue   = 14
)

// value reads a value. It returns it as an index has it; nil: it is of a kind that no index has.
func (r *valueReader) value() []byte {
	head := r.take(2)
	if r.failed || head[0] != 1 {
		r.failed = true
		return nil
	}
	if head[1] == textValue {
		r.text()
		return nil
	}
	if r.take(1)[0] != 1 {
		r.failed = true
		return nil
	}
	switch head[1] {
	case numberValue:
		if r.take(1)[0] != 0 { // no integer
			r.failed = true
			return nil
		}
		if n := r.integer(); n >= 0 && !r.failed {
			return appendInteger(nil, n)
		}
	case datetimeValue:
		r.integer() // seconds
		r.number()  // nanoseconds
	case arrayValue:
		for range r.number() {
			if r.value(); r.failed {
				return nil
			}
		}
	case recordValue:
		table := r.text()
		if kind := r.take(2); r.failed || kind[0] != 1 || kind[1] != 1 {
			r.failed = true
			return nil
		}
		key := r.text()
		return appendText(append(appendText([]byte{recordEntry}, string(table)), textKey), string(key))
	default:
		r.failed = true
	}
	return nil
}
