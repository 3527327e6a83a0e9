package kv

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func begin(t testing.TB, db *DB, mode Mode) *Tx {
	t.Helper()
	tx, err := db.Begin(mode)
	require.NoError(t, err)
	return tx
}

func testCursorOwnWrites(t *testing.T, b Backend) {
	db := New(b)
	tx := begin(t, db, ReadWrite)
	for _, k := range []string{"b", "d", "f", "h"} {
		require.NoError(t, tx.Put([]byte(k), []byte("old")))
	}
	require.NoError(t, tx.Commit())

	for _, dir := range []Direction{Forward, Backward} {
		tx := begin(t, db, ReadWrite)
		c := tx.Cursor([]byte("a"), []byte("z"), dir)
		var got []string
		step := func(n int) {
			for range n {
				if !c.Next() {
					got = append(got, "end")
					return
				}
				got = append(got, fmt.Sprintf("%s=%s", c.Key(), c.Value()))
			}
		}
		first, behind, ahead, gone := "b", "a", "e", "f"
		want := []string{"b=old", "d=new", "e=new", "h=old", "end", "end"}
		if dir == Backward {
			first, behind, ahead, gone = "h", "i", "e", "d"
			want = []string{"h=old", "f=new", "e=new", "b=old", "end", "end"}
		}
		step(1)
		require.NoError(t, tx.Put([]byte(behind), []byte("new")))                                    // Not found.
		require.NoError(t, tx.Delete([]byte(first)))                                                 // Under the cursor.
		require.NoError(t, tx.Put([]byte(map[Direction]string{0: "d", 1: "f"}[dir]), []byte("new"))) // Next, and fetched.
		if string(c.Key()) != first || string(c.Value()) != "old" {
			t.Errorf("%v: after its deletion the record reads %s=%s", dir, c.Key(), c.Value())
		}
		step(1)
		require.NoError(t, tx.Put([]byte(ahead), []byte("new")))
		require.NoError(t, tx.Put([]byte(gone), []byte("new")))
		require.NoError(t, tx.Delete([]byte(gone)))
		step(3)
		require.NoError(t, tx.Put([]byte("y"), []byte("late")))
		require.NoError(t, tx.Put([]byte("a"), []byte("late")))
		step(1) // The end is final.
		if !slices.Equal(got, want) {
			t.Errorf("%v: got %q, want %q", dir, got, want)
		}
		require.NoError(t, c.Err())
		tx.Rollback()
	}
}

func testCloseEndsTransactions(t *testing.T, b Backend) {
	db := New(b)
	tx := begin(t, db, ReadWrite)
	require.NoError(t, tx.Put([]byte("a"), []byte("1")))
	require.NoError(t, tx.Commit())
	writer, reader := begin(t, db, ReadWrite), begin(t, db, ReadOnly)
	require.NoError(t, writer.Put([]byte("b"), nil))
	cursor := reader.Cursor(nil, nil, Forward)

	// Readers that never end by themselves do not keep Close from ending.
	var group sync.WaitGroup
	started := make(chan struct{}, 4)
	for range cap(started) {
		group.Go(func() {
			tx, err := db.Begin(ReadOnly)
			started <- struct{}{}
			for err == nil {
				_, _, err = tx.Get([]byte("a"))
			}
			if !errors.Is(err, ErrClosed) {
				t.Errorf("a reader ended with %v", err)
			}
		})
	}
	for range cap(started) {
		<-started
	}
	require.NoError(t, db.Close())
	require.NoError(t, db.Close())
	group.Wait()

	_, beginErr := db.Begin(ReadOnly)
	_, _, getErr := reader.Get([]byte("a"))
	_, hasErr := reader.Has([]byte("a"))
	cursor.Next()
	for name, err := range map[string]error{
		"begin": beginErr, "get": getErr, "has": hasErr, "cursor": cursor.Err(),
		"new cursor": reader.Cursor(nil, nil, Forward).Err(),
		"put":        writer.Put([]byte("c"), nil), "delete": writer.Delete([]byte("c")),
		"delete range": writer.DeleteRange(nil, nil), "commit": writer.Commit(),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	cursor.Close()
	cursor.Close()
	reader.Rollback()
	if n := db.Live(); n != 0 {
		t.Errorf("%d live", n)
	}
}

func TestCloseNil(t *testing.T) {
	t.Parallel()
	if err := (*DB)(nil).Close(); err != nil {
		t.Error(err)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	overBackends(t, testLimits)
}

func testLimits(t *testing.T, open func(testing.TB) Backend) {
	db := New(open(t))
	tx := begin(t, db, ReadWrite)
	longest := bytes.Repeat([]byte{'k'}, MaxKeySize)
	long := append(bytes.Clone(longest), 'k')
	_, _, getErr := tx.Get(long)
	_, _, emptyErr := tx.Get(nil)
	_, hasErr := tx.Has(long)
	for _, c := range []struct {
		name      string
		got, want error
	}{
		{"longest key", tx.Put(longest, nil), nil},
		{"bound behind the longest key", tx.Cursor(longest, long, Forward).Err(), nil},
		{"put long key", tx.Put(long, nil), ErrTooLarge},
		{"delete long key", tx.Delete(long), ErrTooLarge},
		{"get long key", getErr, ErrTooLarge},
		{"has long key", hasErr, ErrTooLarge},
		{"long bound", tx.Cursor(nil, append(long, 'k'), Backward).Err(), ErrTooLarge},
		{"delete range, long bound", tx.DeleteRange(append(long, 'k'), nil), ErrTooLarge},
		{"put empty key", tx.Put([]byte{}, nil), ErrEmptyKey},
		{"delete empty key", tx.Delete(nil), ErrEmptyKey},
		{"get empty key", emptyErr, ErrEmptyKey},
		{"long value", tx.Put([]byte("a"), make([]byte, MaxValueSize+1)), ErrTooLarge},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
	// The size of a transaction counts what is buffered, not what was.
	for range 3 {
		require.NoError(t, tx.Put([]byte("a"), make([]byte, 1000)))
	}
	if want := MaxKeySize + 1 + 1000; tx.session.size != want {
		t.Errorf("size %d, want %d", tx.session.size, want)
	}
	tx.session.size = MaxTxSize - 1
	if err := tx.Put([]byte("b"), []byte("b")); !errors.Is(err, ErrTooLarge) {
		t.Errorf("beyond the transaction's limit: %v", err)
	}
	require.NoError(t, tx.Delete([]byte("b")))
}

// faulty is a backend whose methods can be made to fail or to wait.
type faulty struct {
	Backend
	snapshotErr, applyErr, nextErr, closeErr error
	applying                                 chan struct{} // if set, Apply sends and then receives
}

func (f *faulty) Snapshot() (Snapshot, error) {
	if f.snapshotErr != nil {
		return nil, f.snapshotErr
	}
	s, err := f.Backend.Snapshot()
	return faultySnapshot{s, f}, err
}

func (f *faulty) Apply(batch []Write) error {
	if f.applying != nil {
		f.applying <- struct{}{}
		<-f.applying
	}
	if f.applyErr != nil {
		return f.applyErr
	}
	return f.Backend.Apply(batch)
}

func (f *faulty) Close() error { return errors.Join(f.Backend.Close(), f.closeErr) }

type faultySnapshot struct {
	Snapshot
	faulty *faulty
}

func (s faultySnapshot) Iterate(lo, hi []byte, dir Direction) Iterator {
	return faultyIterator{s.Snapshot.Iterate(lo, hi, dir), s.faulty}
}

type faultyIterator struct {
	Iterator
	faulty *faulty
}

func (it faultyIterator) Next() ([]byte, []byte, error) {
	if it.faulty.nextErr != nil {
		return nil, nil, it.faulty.nextErr
	}
	return it.Iterator.Next()
}

func TestBackendFaults(t *testing.T) {
	t.Parallel()
	overBackends(t, testBackendFaults)
}

func testBackendFaults(t *testing.T, open func(testing.TB) Backend) {
	broken := errors.New("broken")
	f := &faulty{Backend: open(t)}
	db := New(f)

	f.snapshotErr = broken
	if _, err := db.Begin(ReadWrite); !errors.Is(err, broken) || db.Live() != 0 {
		t.Errorf("begin: %v, %d live", err, db.Live())
	}
	f.snapshotErr = nil

	tx := begin(t, db, ReadWrite)
	require.NoError(t, tx.Put([]byte("a"), []byte("1")))
	f.applyErr = broken
	if err := tx.Commit(); !errors.Is(err, broken) || db.Live() != 0 {
		t.Errorf("commit: %v, %d live", err, db.Live())
	}
	f.applyErr = nil
	if err := tx.Commit(); !errors.Is(err, ErrClosed) {
		t.Errorf("second commit: %v", err)
	}

	tx = begin(t, db, ReadWrite)
	if _, ok, err := tx.Get([]byte("a")); ok || err != nil {
		t.Errorf("the failed commit is seen: %v, %v", ok, err)
	}
	f.nextErr = broken
	c := tx.Cursor(nil, nil, Forward)
	if c.Next() || !errors.Is(c.Err(), broken) || c.Next() || c.Key() != nil {
		t.Errorf("cursor: %v", c.Err())
	}
	if err := tx.DeleteRange(nil, nil); !errors.Is(err, broken) {
		t.Errorf("delete range: %v", err)
	}
	f.closeErr = broken
	for range 2 {
		if err := db.Close(); !errors.Is(err, broken) {
			t.Errorf("close: %v", err)
		}
	}
}

// A transaction's own snapshot is gone before its writes are applied; those of
// others are not.
func TestCommitReleasesFirst(t *testing.T) {
	t.Parallel()
	overBackends(t, testCommitReleasesFirst)
}

func testCommitReleasesFirst(t *testing.T, open func(testing.TB) Backend) {
	b := &strict{Backend: open(t), t: t}
	db := New(b)
	other := begin(t, db, ReadOnly)
	tx := begin(t, db, ReadWrite)
	require.NoError(t, tx.Put([]byte("a"), nil))
	require.True(t, tx.Cursor(nil, nil, Forward).Next())
	require.NoError(t, tx.Commit())
	if b.atApply != 1 {
		t.Errorf("%d snapshots during the commit", b.atApply)
	}
	other.Rollback()
	require.NoError(t, db.Close())
}

// Close may come at any moment of Begin: the transaction ends, or never starts.
func TestCloseWhileBeginning(t *testing.T) {
	t.Parallel()
	overBackends(t, testCloseWhileBeginning)
}

func testCloseWhileBeginning(t *testing.T, open func(testing.TB) Backend) {
	for range 30 {
		db := New(&strict{Backend: open(t), t: t})
		var group sync.WaitGroup
		started := make(chan struct{}, 3)
		for range cap(started) {
			group.Go(func() {
				var held [4]*Tx
				for i := 0; ; i++ {
					tx, err := db.Begin(ReadWrite)
					if err != nil {
						if !errors.Is(err, ErrClosed) {
							t.Errorf("begin: %v", err)
						}
						break
					}
					if old := held[i%len(held)]; old != nil {
						old.Rollback()
					}
					held[i%len(held)] = tx
					if i == 0 {
						started <- struct{}{}
					}
				}
				for _, tx := range held {
					if tx != nil {
						tx.Rollback()
					}
				}
			})
		}
		for range cap(started) {
			<-started
		}
		require.NoError(t, db.Close())
		group.Wait()
		if n := db.Live(); n != 0 {
			t.Fatalf("%d live", n)
		}
	}
}

// A commit that waits for its medium must not stop others from reading, and
// is not seen by them; Close waits for it.
func TestCommitInProgress(t *testing.T) {
	t.Parallel()
	overBackends(t, testCommitInProgress)
}

func testCommitInProgress(t *testing.T, open func(testing.TB) Backend) {
	f := &faulty{Backend: open(t), applying: make(chan struct{})}
	db := New(f)
	tx := begin(t, db, ReadWrite)
	require.NoError(t, tx.Put([]byte("a"), []byte("1")))
	committed := make(chan error)
	go func() { committed <- tx.Commit() }()
	<-f.applying
	reader := begin(t, db, ReadWrite)
	if ok, err := reader.Has([]byte("a")); ok || err != nil {
		t.Errorf("during the commit: %v, %v", ok, err)
	}
	require.NoError(t, reader.Commit())
	closed := make(chan error)
	go func() { closed <- db.Close() }()
	select {
	case <-closed:
		t.Error("closed during a commit")
	case f.applying <- struct{}{}:
	}
	require.NoError(t, <-committed)
	require.NoError(t, <-closed)
}

// A transaction that stays open for longer than the log reaches back cannot be
// checked any more: it reads on, and its commit conflicts.
func TestLogLimit(t *testing.T) {
	t.Parallel()
	overBackends(t, testLogLimit)
}

func testLogLimit(t *testing.T, open func(testing.TB) Backend) {
	db := New(open(t))
	db.logLimit = 2000
	old, reader := begin(t, db, ReadWrite), begin(t, db, ReadWrite)
	require.NoError(t, old.Put([]byte("own"), nil))
	for i := range 100 {
		tx := begin(t, db, ReadWrite)
		require.NoError(t, tx.Put([]byte(fmt.Sprintf("other/%d", i)), nil))
		require.NoError(t, tx.Commit())
		if db.log.size > db.logLimit {
			t.Fatalf("log of %d bytes", db.log.size)
		}
	}
	young := begin(t, db, ReadWrite)
	require.NoError(t, young.Put([]byte("young"), nil))
	if ok, err := reader.Has([]byte("other/1")); ok || err != nil {
		t.Errorf("the old snapshot: %v, %v", ok, err)
	}
	if err := old.Commit(); !errors.Is(err, ErrConflict) {
		t.Errorf("old: %v", err)
	}
	require.NoError(t, reader.Commit())
	require.NoError(t, young.Commit())
	if len(db.log.entries) != 0 || db.log.size != 0 {
		t.Errorf("%d entries, %d bytes at the end", len(db.log.entries), db.log.size)
	}
}

// A dropped transaction is rolled back by the garbage collector; one of which
// only a cursor is left is not dropped.
func TestDroppedTransaction(t *testing.T) {
	t.Parallel()
	overBackends(t, testDroppedTransaction)
}

func testDroppedTransaction(t *testing.T, open func(testing.TB) Backend) {
	db := New(open(t))
	commit := func(k string) {
		tx := begin(t, db, ReadWrite)
		require.NoError(t, tx.Put([]byte(k), nil))
		require.NoError(t, tx.Commit())
	}
	commit("a")
	cursor := begin(t, db, ReadWrite).Cursor(nil, nil, Forward)
	for range 10 {
		tx := begin(t, db, ReadWrite)
		require.NoError(t, tx.Put([]byte("b"), nil))
		tx.Cursor(nil, nil, Backward).Next()
	}
	commit("c")
	for deadline := time.Now().Add(10 * time.Minute); db.Live() > 1 && time.Now().Before(deadline); {
		runtime.GC()
	}
	if n := db.Live(); n != 1 {
		t.Errorf("%d live, want the cursor's", n)
	}
	if !cursor.Next() || string(cursor.Key()) != "a" || cursor.Next() || cursor.Err() != nil {
		t.Errorf("the cursor: %q, %v", cursor.Key(), cursor.Err())
	}
	runtime.KeepAlive(cursor)
	for deadline := time.Now().Add(10 * time.Minute); db.Live() > 0 && time.Now().Before(deadline); {
		runtime.GC()
	}
	if db.Live() != 0 || len(db.log.entries) != 0 {
		t.Errorf("%d live, %d logged at the end", db.Live(), len(db.log.entries))
	}
}
