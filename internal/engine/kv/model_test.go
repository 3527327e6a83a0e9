package kv

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
)

// universe is every key that a machine uses, in order. It is small, so that
// transactions meet, and full of prefixes and neighbours.
var universe = func() []string {
	keys := []string{"\x00", "\xff", "\xff\xff"}
	for _, a := range []string{"a", "b", "c/"} {
		keys = append(keys, a)
		for _, b := range []string{"\x00", "\x00\x00", "a", "b", "\xff"} {
			keys = append(keys, a+b)
			for i := range 4 {
				keys = append(keys, fmt.Sprintf("%s%s%c", a, b, "\x01am\xfe"[i]))
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}()

// model is the store as plain as it can be: one map per version.
type model struct {
	states []map[string]string // states[v] is the state after v commits
	wrote  []map[string]bool   // wrote[v] are the keys that commit v wrote; wrote[0] is empty
}

func newModel() *model {
	return &model{states: []map[string]string{{}}, wrote: []map[string]bool{{}}}
}

type modelTx struct {
	model   *model
	mode    Mode
	version int
	writes  map[string]*string // nil is a deletion
	read    map[string]bool
}

func (m *model) begin(mode Mode) *modelTx {
	return &modelTx{
		model: m, mode: mode, version: len(m.states) - 1,
		writes: map[string]*string{}, read: map[string]bool{},
	}
}

func (tx *modelTx) get(key string) (string, bool) {
	if w, ok := tx.writes[key]; ok {
		if w == nil {
			return "", false
		}
		return *w, true
	}
	tx.read[key] = true
	v, ok := tx.model.states[tx.version][key]
	return v, ok
}

// view is what the transaction sees at the moment.
func (tx *modelTx) view() map[string]string {
	view := maps.Clone(tx.model.states[tx.version])
	for k, w := range tx.writes {
		if w == nil {
			delete(view, k)
		} else {
			view[k] = *w
		}
	}
	return view
}

// readRange marks the keys of the universe from lo to hi as read.
func (tx *modelTx) readRange(lo string, hi *string) {
	for _, k := range universe {
		if k >= lo && (hi == nil || k < *hi) {
			tx.read[k] = true
		}
	}
}

func (tx *modelTx) deleteRange(lo string, hi *string) {
	tx.readRange(lo, hi)
	for k := range tx.view() {
		if k >= lo && (hi == nil || k < *hi) {
			tx.writes[k] = nil
		}
	}
}

// commit returns whether the transaction may commit, and commits it.
func (tx *modelTx) commit() bool {
	if len(tx.writes) == 0 {
		return true
	}
	wrote := map[string]bool{}
	for k := range tx.writes {
		wrote[k] = true
	}
	for _, newer := range tx.model.wrote[tx.version+1:] {
		for k := range newer {
			if wrote[k] || tx.read[k] {
				return false
			}
		}
	}
	newest := &modelTx{model: tx.model, version: len(tx.model.states) - 1, writes: tx.writes}
	tx.model.states = append(tx.model.states, newest.view())
	tx.model.wrote = append(tx.model.wrote, wrote)
	return true
}

type modelCursor struct {
	tx   *modelTx
	lo   string
	hi   *string
	dir  Direction
	at   *string
	done bool
}

func (c *modelCursor) next() (key, value string, ok bool) {
	if c.done {
		return "", "", false
	}
	view := c.tx.view()
	keys := slices.Sorted(maps.Keys(view))
	if c.dir == Backward {
		slices.Reverse(keys)
	}
	for _, k := range keys {
		if k < c.lo || c.hi != nil && k >= *c.hi {
			continue
		}
		if c.at != nil && (c.dir == Forward && k <= *c.at || c.dir == Backward && k >= *c.at) {
			continue
		}
		c.at = &k
		if c.dir == Forward {
			past := k + "\x00"
			c.tx.readRange(c.lo, &past)
		} else {
			c.tx.readRange(k, c.hi)
		}
		return k, view[k], true
	}
	c.done = true
	c.tx.readRange(c.lo, c.hi)
	return "", "", false
}

// machine runs a program of bytes on a database and on the model at once and
// compares everything that the two answer.
type machine struct {
	t       testing.TB
	db      *DB
	model   *model
	program []byte
	slots   [8]machineTx
	counts  map[string]int
}

type machineTx struct {
	real    *Tx
	model   *modelTx
	cursors []machineCursor
}

type machineCursor struct {
	real  *Cursor
	model *modelCursor
}

// runProgram runs a program on an empty backend and returns how often what
// happened.
func runProgram(t testing.TB, b Backend, program []byte) map[string]int {
	m := &machine{t: t, db: New(b), model: newModel(), program: program, counts: map[string]int{}}
	for len(m.program) > 0 {
		m.step()
		m.checkLog()
	}
	for i := range m.slots {
		if m.slots[i].real != nil {
			m.slots[i].real.Rollback()
			m.slots[i] = machineTx{}
		}
	}
	m.checkLog()
	m.checkState()
	if n := m.db.Live(); n != 0 {
		t.Fatalf("%d transactions live at the end", n)
	}
	if err := m.db.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	return m.counts
}

func (m *machine) byte() int {
	if len(m.program) == 0 {
		return 0
	}
	b := m.program[0]
	m.program = m.program[1:]
	return int(b)
}

func (m *machine) key() string { return universe[m.byte()%len(universe)] }

// bounds returns a range: mostly two keys in any order, sometimes open.
func (m *machine) bounds() (lo string, hi *string, loBytes, hiBytes []byte) {
	kind := m.byte() % 8
	if kind != 0 {
		lo = m.key()
		loBytes = []byte(lo)
	}
	if kind > 1 {
		k := m.key()
		if kind == 7 {
			k = ""
		}
		hi, hiBytes = &k, append([]byte{}, k...)
	}
	return lo, hi, loBytes, hiBytes
}

func (m *machine) step() {
	op := m.byte()
	tx := &m.slots[m.byte()%len(m.slots)]
	if tx.real == nil {
		mode := ReadWrite
		if op%8 == 0 {
			mode = ReadOnly
		}
		real, err := m.db.Begin(mode)
		m.must(err)
		*tx = machineTx{real: real, model: m.model.begin(mode)}
	}
	switch op % 32 {
	case 0, 1, 2, 3, 4, 5:
		m.get(tx)
	case 6:
		key := m.key()
		got, err := tx.real.Has([]byte(key))
		m.must(err)
		if _, want := tx.model.get(key); got != want {
			m.t.Fatalf("has %q: got %v, want %v", key, got, want)
		}
	case 7, 8, 9, 10, 11, 12:
		m.put(tx, m.key())
	case 13, 14, 15:
		m.delete(tx, m.key())
	case 16:
		m.deleteRange(tx)
	case 17, 18, 19:
		m.open(tx)
	case 20, 21, 22, 23, 24, 25:
		m.next(tx)
	case 26, 27:
		m.writeAtCursor(tx)
	case 28:
		if len(tx.cursors) > 0 {
			i := m.byte() % len(tx.cursors)
			tx.cursors[i].real.Close()
			tx.cursors = slices.Delete(tx.cursors, i, i+1)
		}
	case 29, 30:
		m.commit(tx)
	case 31:
		tx.real.Rollback()
		m.counts["rollback"]++
		m.checkEnded(tx)
	}
}

func (m *machine) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *machine) get(tx *machineTx) {
	key := m.key()
	got, gotOK, err := tx.real.Get([]byte(key))
	m.must(err)
	want, wantOK := tx.model.get(key)
	if gotOK != wantOK || string(got) != want || gotOK != (got != nil) {
		m.t.Fatalf("get %q: got %q %v, want %q %v", key, got, gotOK, want, wantOK)
	}
}

// written checks the outcome of a write and returns whether it had to succeed.
func (m *machine) written(tx *machineTx, err error) bool {
	m.t.Helper()
	if tx.model.mode == ReadOnly {
		if !errors.Is(err, ErrReadOnly) {
			m.t.Fatalf("write in a read-only transaction: %v", err)
		}
		return false
	}
	m.must(err)
	return true
}

func (m *machine) put(tx *machineTx, key string) {
	value := bytes.Repeat([]byte{byte(m.byte())}, m.byte()%5)
	k := []byte(key)
	err := tx.real.Put(k, value)
	v := string(value)
	// The store must not have kept these.
	clear(k)
	clear(value)
	if m.written(tx, err) {
		tx.model.writes[key] = &v
	}
}

func (m *machine) delete(tx *machineTx, key string) {
	if m.written(tx, tx.real.Delete([]byte(key))) {
		tx.model.writes[key] = nil
	}
}

func (m *machine) deleteRange(tx *machineTx) {
	lo, hi, l, h := m.bounds()
	if m.written(tx, tx.real.DeleteRange(l, h)) {
		tx.model.deleteRange(lo, hi)
		m.counts["delete range"]++
	}
}

func (m *machine) open(tx *machineTx) {
	if len(tx.cursors) == 4 {
		tx.cursors = tx.cursors[1:] // Stays open, and counts as read.
	}
	lo, hi, l, h := m.bounds()
	dir := Direction(m.byte() % 2)
	tx.cursors = append(tx.cursors, machineCursor{
		real:  tx.real.Cursor(l, h, dir),
		model: &modelCursor{tx: tx.model, lo: lo, hi: hi, dir: dir},
	})
	clear(l)
	clear(h)
}

func (m *machine) next(tx *machineTx) {
	if len(tx.cursors) == 0 {
		return
	}
	c := tx.cursors[m.byte()%len(tx.cursors)]
	steps := 1 + m.byte()%4
	if m.byte()%16 == 0 {
		steps = len(universe) + 1 // To the end.
	}
	for range steps {
		ok := c.real.Next()
		m.must(c.real.Err())
		key, value, wantOK := c.model.next()
		if ok != wantOK || string(c.real.Key()) != key || string(c.real.Value()) != value || ok != (c.real.Value() != nil) {
			m.t.Fatalf("next: got %q=%q %v, want %q=%q %v", c.real.Key(), c.real.Value(), ok, key, value, wantOK)
		}
		m.counts["next"]++
	}
}

// writeAtCursor writes at the key a cursor stands on, or right beside it.
func (m *machine) writeAtCursor(tx *machineTx) {
	if len(tx.cursors) == 0 {
		return
	}
	c := tx.cursors[m.byte()%len(tx.cursors)]
	if c.model.at == nil {
		return
	}
	i, _ := slices.BinarySearch(universe, *c.model.at)
	i = min(max(i+m.byte()%5-2, 0), len(universe)-1)
	if m.byte()%2 == 0 {
		m.put(tx, universe[i])
	} else {
		m.delete(tx, universe[i])
	}
}

func (m *machine) commit(tx *machineTx) {
	err := tx.real.Commit()
	switch {
	case tx.model.commit():
		if err != nil {
			m.t.Fatalf("commit: %v, want success", err)
		}
		m.counts["commit"]++
		if len(tx.model.writes) > 0 {
			m.checkState()
		}
	case !errors.Is(err, ErrConflict):
		m.t.Fatalf("commit: %v, want a conflict", err)
	default:
		m.counts["conflict"]++
	}
	m.checkEnded(tx)
}

// checkEnded checks that an ended transaction does nothing more, and frees the
// slot.
func (m *machine) checkEnded(tx *machineTx) {
	tx.real.Rollback()
	if _, _, err := tx.real.Get([]byte("a")); !errors.Is(err, ErrClosed) {
		m.t.Fatalf("get after the end: %v", err)
	}
	for _, c := range tx.cursors {
		done := c.model.done
		if c.real.Next() || done != (c.real.Err() == nil) || !done && !errors.Is(c.real.Err(), ErrClosed) {
			m.t.Fatalf("cursor after the end: done %v, error %v", done, c.real.Err())
		}
	}
	*tx = machineTx{}
}

// checkLog checks that the log holds what an open transaction may need and
// nothing else.
func (m *machine) checkLog() {
	newest := len(m.model.states) - 1
	oldest := newest
	for _, tx := range m.slots {
		if tx.real != nil && tx.model.mode == ReadWrite {
			oldest = min(oldest, tx.model.version)
		}
	}
	var got []uint64
	size := 0
	for _, e := range m.db.log.entries {
		got = append(got, e.version)
		size += e.size
	}
	if len(got) != newest-oldest || len(got) > 0 && got[0] != uint64(oldest+1) {
		m.t.Fatalf("log holds %v, want those after %d up to %d", got, oldest, newest)
	}
	if m.db.log.size != size {
		m.t.Fatalf("log size: got %d, want %d", m.db.log.size, size)
	}
}

// checkState compares the newest committed state, walked in both directions.
func (m *machine) checkState() {
	want := m.model.states[len(m.model.states)-1]
	tx, err := m.db.Begin(ReadOnly)
	m.must(err)
	defer tx.Rollback()
	keys := slices.Sorted(maps.Keys(want))
	for _, dir := range []Direction{Forward, Backward} {
		c := tx.Cursor(nil, nil, dir)
		var got []string
		for c.Next() {
			got = append(got, string(c.Key()))
			if v := string(c.Value()); v != want[string(c.Key())] {
				m.t.Fatalf("state: %q is %q, want %q", c.Key(), v, want[string(c.Key())])
			}
		}
		m.must(c.Err())
		if dir == Backward {
			slices.Reverse(got)
		}
		if !slices.Equal(got, keys) {
			m.t.Fatalf("state: keys %q, want %q", got, keys)
		}
	}
}
