package kv

import (
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// The tests of this file measure the heap of the process. They do not call
// t.Parallel, so no other test runs at the same time.

func heapInUse() int64 {
	runtime.GC()
	runtime.GC() // What clean-ups held is freed by the second.
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func numbered(i int) []byte { return []byte(fmt.Sprintf("table/%08d", i)) }

// fill puts n records with values of a size, a thousand in a transaction, in
// ascending order.
func fill(t testing.TB, db *DB, n, size int) {
	t.Helper()
	fillOrder(t, db, n, size, func(i int) int { return i })
}

func fillOrder(t testing.TB, db *DB, n, size int, order func(i int) int) {
	t.Helper()
	for i := 0; i < n; {
		tx, err := db.Begin(ReadWrite)
		require.NoError(t, err)
		for end := min(i+1000, n); i < end; i++ {
			require.NoError(t, tx.Put(numbered(order(i)), make([]byte, size)))
		}
		require.NoError(t, tx.Commit())
	}
}

func TestHeapStaysUnderOverwrites(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	const keys, size, overwrites = 2000, 500, 200_000
	db := New(NewMemory())
	fill(t, db, keys, size)
	overwrite := func(n int) {
		var held [16]*Tx // Some snapshots outlive many commits.
		for i := range n {
			slot := &held[i%len(held)]
			if i%37 == 0 {
				if *slot != nil {
					(*slot).Rollback()
				}
				*slot = begin(t, db, Mode(i/37%2))
			}
			tx, err := db.Begin(ReadWrite)
			if err != nil {
				t.Fatal(err)
			}
			key := numbered(i * 7 % keys)
			_, _, err = tx.Get(key)
			if i%5 == 0 {
				err = errors.Join(err, tx.Delete(numbered(i*11%keys)))
			}
			err = errors.Join(err, tx.Put(key, make([]byte, size)), tx.Commit())
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, tx := range held {
			if tx != nil {
				tx.Rollback()
			}
		}
		fill(t, db, keys, size)
	}
	overwrite(overwrites / 10)
	before := heapInUse()
	overwrite(overwrites)
	after := heapInUse()
	t.Logf("heap %d KiB before, %d KiB after", before>>10, after>>10)
	if grown := after - before; grown > 256<<10 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	if db.Live() != 0 || len(db.log.entries) != 0 {
		t.Errorf("%d live, %d logged", db.Live(), len(db.log.entries))
	}
	runtime.KeepAlive(db)
}

// What is deleted or overwritten is gone from the heap when no snapshot shows
// it, whatever its neighbours in the tree are. Whole blocks are taken out and
// blocks between them left untouched, which would show arrays shared by nodes.
func TestHeapShrinksWithDeletes(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	const keys, size = 10_000, 2000
	ascending := func(i int) int { return i }
	// With some of the greatest keys first, the others do not come at the end of
	// a node: with one, leaves are halved and their first halves left alone;
	// with enough for leaves of their own, the same is done to inner nodes.
	halving := func(i int) int { return (i + keys - 1) % keys }
	halvingInner := func(i int) int { return (i + keys - 100) % keys }
	descending := func(i int) int { return keys - 1 - i }
	for _, c := range []struct {
		block int
		order func(i int) int
	}{{1, ascending}, {16, halving}, {17, descending}, {32, ascending}, {512, halvingInner}, {500, descending}} {
		block := c.block
		for _, how := range []string{"delete", "overwrite"} {
			empty := heapInUse()
			db := New(NewMemory())
			fillOrder(t, db, keys, size, c.order)
			old := begin(t, db, ReadOnly)
			full := heapInUse() - empty
			for i := range keys {
				if i/block%2 == 1 {
					tx := begin(t, db, ReadWrite)
					if how == "delete" {
						require.NoError(t, tx.Delete(numbered(i)))
					} else {
						require.NoError(t, tx.Put(numbered(i), nil))
					}
					require.NoError(t, tx.Commit())
				}
			}
			held := heapInUse() - empty
			old.Rollback()
			half := heapInUse() - empty
			// keys/2 values must be gone; a fifth of one half is left for nodes.
			if held < full || half > full*6/10 {
				t.Errorf("%s in blocks of %d: %d KiB full, %d KiB under a snapshot, %d KiB after it",
					how, block, full>>10, held>>10, half>>10)
			}
			runtime.KeepAlive(db)
			runtime.KeepAlive(old)
		}
	}
}

// An ended transaction, and its cursors, keep nothing alive.
func TestHeapOfEndedTransactions(t *testing.T) {
	const size = 1 << 20
	db := New(NewMemory())
	empty := heapInUse()
	ended := map[*Tx]*Cursor{}
	for i := range 40 {
		fill(t, db, 4, size) // What the snapshot below shows is replaced next.
		tx := begin(t, db, ReadWrite)
		for j := range 4 {
			require.NoError(t, tx.Put(numbered(100+j), make([]byte, size)))
		}
		c := tx.Cursor(nil, nil, Forward)
		c.Next()
		c.Next()
		switch i % 3 {
		case 0:
			tx.Rollback()
		case 1:
			require.NoError(t, tx.Commit())
		default:
			fill(t, db, 4, size)
			require.ErrorIs(t, tx.Commit(), ErrConflict)
		}
		// Key and Value stay until the next call.
		if c.Next() || c.Value() != nil {
			t.Fatal("the cursor outlives its transaction")
		}
		ended[tx] = c
	}
	if held := heapInUse() - empty; held > 10*size {
		t.Errorf("%d KiB are alive, 8 values of %d are stored", held>>10, size)
	}
	runtime.KeepAlive(ended)
	runtime.KeepAlive(db)
}
