package kv

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// retry runs a transaction until its commit does not conflict. It returns the
// number of conflicts.
func retry(db *DB, body func(tx *Tx) error) (conflicts int, err error) {
	for {
		tx, err := db.Begin(ReadWrite)
		if err != nil {
			return conflicts, err
		}
		if err := body(tx); err != nil {
			tx.Rollback()
			return conflicts, err
		}
		err = tx.Commit()
		if !errors.Is(err, ErrConflict) {
			return conflicts, err
		}
		conflicts++
	}
}

func number(b []byte) int64 { return int64(binary.BigEndian.Uint64(b)) }

func encode(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// testBankTransfers moves money between few accounts from several goroutines
// while others add all of them up: the sum never changes.
func testBankTransfers(t *testing.T, b Backend) {
	const accounts, start, workers, transfers = 6, 1000, 4, 100
	account := func(i int) []byte { return []byte(fmt.Sprintf("account/%d", i)) }
	db := New(b)
	_, err := retry(db, func(tx *Tx) error {
		for i := range accounts {
			if err := tx.Put(account(i), encode(start)); err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(t, err)

	sum := func(dir Direction) (int64, error) {
		tx, err := db.Begin(ReadOnly)
		if err != nil {
			return 0, err
		}
		defer tx.Rollback()
		var total int64
		c := tx.Cursor([]byte("account/"), []byte("account0"), dir)
		for c.Next() {
			total += number(c.Value())
		}
		return total, c.Err()
	}
	var group sync.WaitGroup
	failures := make(chan error, 2*workers)
	for w := range workers {
		r := rand.New(rand.NewPCG(uint64(w), 17))
		group.Go(func() {
			for range transfers {
				from, to, amount := r.IntN(accounts), r.IntN(accounts-1), r.Int64N(100)
				if to >= from {
					to++
				}
				if _, err := retry(db, func(tx *Tx) error {
					for i, change := range map[int]int64{from: -amount, to: amount} {
						v, _, err := tx.Get(account(i))
						if err != nil {
							return err
						}
						if err := tx.Put(account(i), encode(number(v)+change)); err != nil {
							return err
						}
					}
					return nil
				}); err != nil {
					failures <- err
					return
				}
			}
		})
		group.Go(func() {
			for i := range transfers {
				total, err := sum(Direction(i % 2))
				if err == nil && total != accounts*start {
					err = fmt.Errorf("a reader sees a total of %d", total)
				}
				if err != nil {
					failures <- err
					return
				}
			}
		})
	}
	group.Wait()
	close(failures)
	for err := range failures {
		t.Error(err)
	}
	total, err := sum(Forward)
	require.NoError(t, err)
	if total != accounts*start || db.Live() != 0 || len(db.log.entries) != 0 {
		t.Errorf("at the end: total %d, %d live, %d logged", total, db.Live(), len(db.log.entries))
	}
}

// testWriteSkew lets two doctors at a time go off duty if another stays. Each
// pair reads the same and writes apart; under plain snapshots both would go.
func testWriteSkew(t *testing.T, b Backend) {
	db := New(b)
	for round := range 200 {
		keys := [2][]byte{[]byte(fmt.Sprintf("%d/a", round)), []byte(fmt.Sprintf("%d/b", round))}
		_, err := retry(db, func(tx *Tx) error {
			return errors.Join(tx.Put(keys[0], []byte("on")), tx.Put(keys[1], []byte("on")))
		})
		require.NoError(t, err)
		var group sync.WaitGroup
		var errs [2]error
		for i := range 2 {
			group.Go(func() {
				_, errs[i] = retry(db, func(tx *Tx) error {
					other, _, err := tx.Get(keys[1-i])
					if err != nil || string(other) != "on" {
						return err
					}
					return tx.Put(keys[i], []byte("off"))
				})
			})
		}
		group.Wait()
		require.NoError(t, errors.Join(errs[:]...))
		tx, err := db.Begin(ReadOnly)
		require.NoError(t, err)
		on := 0
		for _, k := range keys {
			v, _, err := tx.Get(k)
			require.NoError(t, err)
			if string(v) == "on" {
				on++
			}
		}
		tx.Rollback()
		if on != 1 {
			t.Fatalf("round %d: %d on duty", round, on)
		}
	}
}

// testPhantom checks which parts of a range a cursor makes a transaction
// depend on: from its start to the record it stands on, and no further.
func testPhantom(t *testing.T, b Backend) {
	db := New(b)
	put := func(keys ...string) {
		_, err := retry(db, func(tx *Tx) error {
			for _, k := range keys {
				if err := tx.Put([]byte(k), []byte("x")); err != nil {
					return err
				}
			}
			return nil
		})
		require.NoError(t, err)
	}
	put("b", "d", "f")
	for _, c := range []struct {
		name     string
		dir      Direction
		steps    int
		close    bool
		other    string
		conflict bool
	}{
		{"nothing walked", Forward, 0, false, "b", false},
		{"before the first", Forward, 1, false, "a2", true},
		{"the record", Forward, 1, false, "b", true},
		{"right behind the record", Forward, 1, false, "b\x00", false},
		{"ahead, fetched or not", Forward, 1, false, "d", false},
		{"closed cursors count", Forward, 1, true, "a3", true},
		{"in between", Forward, 2, false, "c", true},
		{"after the last", Forward, 3, false, "f\x00", false},
		{"the end", Forward, 4, false, "f\x01", true},
		{"below the range", Forward, 4, false, "A", false},
		{"the upper bound", Forward, 4, false, "g", false},
		{"backward, above the last", Backward, 1, false, "f\x02", true},
		{"backward, the record", Backward, 1, false, "f", true},
		{"backward, ahead", Backward, 1, false, "d", false},
		{"backward, the end", Backward, 9, true, "a", true},
	} {
		tx, err := db.Begin(ReadWrite)
		require.NoError(t, err)
		cursor := tx.Cursor([]byte("a"), []byte("g"), c.dir)
		for range c.steps {
			cursor.Next()
		}
		require.NoError(t, cursor.Err())
		if c.close {
			cursor.Close()
		}
		require.NoError(t, tx.Put([]byte("own"), []byte(c.name)))
		put(c.other)
		err = tx.Commit()
		if c.conflict != errors.Is(err, ErrConflict) || !c.conflict && err != nil {
			t.Errorf("%s: got %v, want conflict %v", c.name, err, c.conflict)
		}
		_, err = retry(db, func(tx *Tx) error { // As it was.
			return errors.Join(tx.DeleteRange(nil, nil),
				tx.Put([]byte("b"), nil), tx.Put([]byte("d"), nil), tx.Put([]byte("f"), nil))
		})
		require.NoError(t, err)
	}
}

// recorder notes the batches that a backend applied, in order.
type recorder struct {
	Backend
	batches [][]Write // written by one Apply at a time
}

func (r *recorder) Apply(batch []Write) error {
	if err := r.Backend.Apply(batch); err != nil {
		return err
	}
	r.batches = append(r.batches, batch)
	return nil
}

// history is what one committed transaction read.
type history struct {
	gets  map[string]string // "" is a miss
	scans []historyScan
}

// historyScan is a range and what was found there: all of it, or in its
// direction the first few.
type historyScan struct {
	lo, hi string
	dir    Direction
	whole  bool
	keys   []string
	values []string
}

// fits says whether a state answers all reads as the transaction saw them.
func (h *history) fits(state map[string]string) bool {
	for k, v := range h.gets {
		if state[k] != v {
			return false
		}
	}
	for _, s := range h.scans {
		var keys []string
		for _, k := range slices.Sorted(maps.Keys(state)) {
			if k >= s.lo && k < s.hi {
				keys = append(keys, k)
			}
		}
		if s.dir == Backward {
			slices.Reverse(keys)
		}
		if !s.whole && len(keys) > len(s.keys) {
			keys = keys[:len(s.keys)]
		}
		if !slices.Equal(keys, s.keys) {
			return false
		}
		for i, k := range keys {
			if state[k] != s.values[i] {
				return false
			}
		}
	}
	return true
}

// testHistories runs random transactions from several goroutines and then runs
// the committed ones again, one after the other in the order of their commits:
// every read must give what it gave. Reads come before writes in each, so that
// they are of the snapshot.
func testHistories(t *testing.T, b Backend) {
	const workers, rounds, keys = 4, 100, 24
	rec := &recorder{Backend: &strict{Backend: b, t: t}}
	db := New(rec)
	key := func(i int) string { return fmt.Sprintf("k%02d", i) }
	var mu sync.Mutex
	committed := map[string]*history{} // by the value of the key "id"
	var readers []*history
	conflicts := 0
	run := func(r *rand.Rand, id string) error {
		tx, err := db.Begin(ReadWrite)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		h := &history{gets: map[string]string{}}
		for range r.IntN(4) {
			k := key(r.IntN(keys))
			v, _, err := tx.Get([]byte(k))
			if err != nil {
				return err
			}
			h.gets[k] = string(v)
		}
		if r.IntN(2) == 0 {
			lo := r.IntN(keys)
			s := historyScan{lo: key(lo), hi: key(lo + 1 + r.IntN(6)), dir: Direction(r.IntN(2))}
			c := tx.Cursor([]byte(s.lo), []byte(s.hi), s.dir)
			for limit := r.IntN(5); len(s.keys) < limit; {
				if s.whole = !c.Next(); s.whole {
					break
				}
				s.keys = append(s.keys, string(c.Key()))
				s.values = append(s.values, string(c.Value()))
			}
			if err := c.Err(); err != nil {
				return err
			}
			h.scans = append(h.scans, s)
		}
		writes := r.IntN(4)
		for i := range writes {
			k := []byte(key(r.IntN(keys)))
			if r.IntN(3) == 0 {
				err = tx.Delete(k)
			} else {
				err = tx.Put(k, []byte(fmt.Sprint(id, "/", i)))
			}
			if err != nil {
				return err
			}
		}
		if writes > 0 {
			// A key of its own, so that transactions do not meet in it.
			if err := tx.Put([]byte("~"+id), nil); err != nil {
				return err
			}
		}
		err = tx.Commit()
		mu.Lock()
		defer mu.Unlock()
		switch {
		case errors.Is(err, ErrConflict):
			conflicts++
			return nil
		case err != nil:
			return err
		case writes > 0:
			committed["~"+id] = h
		default:
			readers = append(readers, h)
		}
		return nil
	}
	var group sync.WaitGroup
	errs := make([]error, workers)
	for w := range workers {
		r := rand.New(rand.NewPCG(uint64(w), 29))
		group.Go(func() {
			for i := range rounds {
				if errs[w] = run(r, fmt.Sprintf("%d-%d", w, i)); errs[w] != nil {
					return
				}
			}
		})
	}
	group.Wait()
	require.NoError(t, errors.Join(errs...))

	state := map[string]string{}
	states := []map[string]string{maps.Clone(state)}
	for _, batch := range rec.batches {
		id := string(batch[len(batch)-1].Key)
		h := committed[id]
		require.NotNil(t, h, "%q was applied, not committed", id)
		delete(committed, id)
		if !h.fits(state) {
			t.Fatalf("%s did not see the state before its commit", id)
		}
		for _, w := range batch[:len(batch)-1] {
			if w.Value == nil {
				delete(state, string(w.Key))
			} else {
				state[string(w.Key)] = string(w.Value)
			}
		}
		states = append(states, maps.Clone(state))
	}
	if len(committed) != 0 {
		t.Errorf("%d commits were not applied", len(committed))
	}
	for _, h := range readers {
		if !slices.ContainsFunc(states, h.fits) {
			t.Error("a transaction without writes saw a state that never was")
		}
	}
	t.Logf("%d commits, %d conflicts, %d without writes", len(rec.batches), conflicts, len(readers))
}
