package kv

import (
	"bytes"
	"fmt"
	"runtime"
	"sync"
)

// Tx is a transaction. It is meant for one goroutine at a time; different
// transactions may be used at once. After Commit or Rollback, and after the
// database was closed, its methods fail with [ErrClosed].
//
// Tx is only a handle, so that the garbage collector can tell when the program
// has dropped it: nothing in the database, and no scan, points to it.
type Tx struct {
	session *session
	cleanup runtime.Cleanup
}

func newTx(s *session) *Tx {
	tx := &Tx{session: s}
	tx.cleanup = runtime.AddCleanup(tx, (*session).abandon, s)
	return tx
}

// session is the state of a transaction.
type session struct {
	db      *DB
	mode    Mode
	version uint64 // the database's, when the session began

	older, newer *session // in the database's list, guarded by its lock

	// mu guards what follows. The transaction's own goroutine seldom finds it
	// taken: it is there for Close and the clean-up of a dropped transaction,
	// which must not take the snapshot away from under a read.
	mu       sync.Mutex
	ended    bool
	snapshot Snapshot
	writes   tree   // a nil value is a deletion
	changes  uint64 // counts changes of writes, for the scans' positions in it
	size     int    // bytes in writes
	reads    reads  // only in ReadWrite mode
	scans    []*scan
}

// Get returns the value of key and whether there is one. The value of a key
// that is there is not nil. It must not be modified and is valid until the
// transaction ends.
func (tx *Tx) Get(key []byte) (value []byte, ok bool, err error) {
	// Were this the last use of tx, its clean-up could come before the lock.
	defer runtime.KeepAlive(tx)
	s := tx.session
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok, err = s.get(key)
	if err != nil {
		return nil, false, fmt.Errorf("kv: get: %w", err)
	}
	return value, ok, nil
}

// Has returns whether key has a value.
func (tx *Tx) Has(key []byte) (bool, error) {
	defer runtime.KeepAlive(tx)
	s := tx.session
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok, err := s.get(key)
	if err != nil {
		return false, fmt.Errorf("kv: has: %w", err)
	}
	return ok, nil
}

func (s *session) get(key []byte) ([]byte, bool, error) {
	if s.ended {
		return nil, false, ErrClosed
	}
	if err := checkKey(key); err != nil {
		return nil, false, err
	}
	if value, ok := s.writes.get(key); ok {
		return value, value != nil, nil
	}
	if s.mode == ReadWrite {
		s.reads.addKey(key)
	}
	return s.snapshot.Get(key)
}

// Put sets the value of key. A nil value is stored as an empty one.
func (tx *Tx) Put(key, value []byte) error {
	defer runtime.KeepAlive(tx)
	s := tx.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(value) > MaxValueSize {
		return fmt.Errorf("kv: put: value of %d bytes, at most %d: %w", len(value), MaxValueSize, ErrTooLarge)
	}
	if value == nil {
		value = []byte{}
	}
	if err := s.write(key, value); err != nil {
		return fmt.Errorf("kv: put: %w", err)
	}
	return nil
}

// Delete removes key. Removing a key that is not there is no error, and a write
// all the same.
func (tx *Tx) Delete(key []byte) error {
	defer runtime.KeepAlive(tx)
	s := tx.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.write(key, nil); err != nil {
		return fmt.Errorf("kv: delete: %w", err)
	}
	return nil
}

// write buffers copies of a key and its value; a nil value is a deletion.
func (s *session) write(key, value []byte) error {
	if err := s.writable(); err != nil {
		return err
	}
	if err := checkKey(key); err != nil {
		return err
	}
	if s.size+len(key)+len(value) > MaxTxSize {
		return fmt.Errorf("transaction of more than %d bytes: %w", MaxTxSize, ErrTooLarge)
	}
	old, replaced := s.writes.put(record{bytes.Clone(key), bytes.Clone(value)})
	if replaced {
		s.size -= len(key) + len(old)
	}
	s.size += len(key) + len(value)
	s.changes++
	return nil
}

// DeleteRange removes the keys k with lo <= k < hi; bounds are those of
// [Tx.Cursor]. It counts as having read the whole range and written the keys
// that were in it, so its cost grows with their number. If it fails, a part of
// the range may be deleted in the transaction, which should be rolled back.
func (tx *Tx) DeleteRange(lo, hi []byte) error {
	defer runtime.KeepAlive(tx)
	s := tx.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.deleteRange(lo, hi); err != nil {
		return fmt.Errorf("kv: delete range: %w", err)
	}
	return nil
}

func (s *session) deleteRange(lo, hi []byte) error {
	if err := s.writable(); err != nil {
		return err
	}
	c, err := s.scan(lo, hi, Forward)
	if err != nil {
		return err
	}
	defer c.stop()
	for {
		key, _, err := c.next()
		if err != nil || key == nil {
			return err
		}
		if err := s.write(key, nil); err != nil {
			return err
		}
	}
}

// Cursor returns a cursor before the first record, in the given direction, of
// those with a key k for which lo <= k < hi. An empty lo means from the first
// key, a nil hi to the last; an empty hi that is not nil, and hi <= lo, are
// empty ranges. An error is reported by the cursor.
func (tx *Tx) Cursor(lo, hi []byte, dir Direction) *Cursor {
	defer runtime.KeepAlive(tx)
	s := tx.session
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Cursor{tx: tx}
	scan, err := s.scan(lo, hi, dir)
	if err != nil {
		c.err = fmt.Errorf("kv: cursor: %w", err)
		return c
	}
	c.scan = scan
	return c
}

// Commit ends the transaction and makes its writes visible, all at once, to
// every transaction that begins from then on; they are durable, as far as the
// backend can, when it returns. With an error nothing was applied: [ErrConflict]
// if the transaction has to be run again, [ErrClosed] if it had ended before,
// or the backend's.
func (tx *Tx) Commit() error {
	defer runtime.KeepAlive(tx)
	s := tx.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return fmt.Errorf("kv: commit: %w", ErrClosed)
	}
	var err error
	if s.writes.root != nil {
		err = s.db.commit(s)
	}
	s.end()
	tx.cleanup.Stop()
	if err != nil {
		return fmt.Errorf("kv: commit: %w", err)
	}
	return nil
}

// Rollback ends the transaction and discards its writes. After Commit, or a
// second time, it does nothing.
func (tx *Tx) Rollback() {
	tx.session.abandon()
	tx.cleanup.Stop()
}

// abandon rolls the session back unless it has ended.
func (s *session) abandon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.end()
	}
}

// end forgets everything that the session holds and takes it off the database's
// list. A handle that the program still has keeps nothing else alive.
func (s *session) end() {
	s.ended = true
	s.release()
	s.writes, s.reads, s.size = tree{}, reads{}, 0
	s.db.delist(s)
}

// release gives up the snapshot, if that has not happened, and stops the scans,
// whose iterators end with it.
func (s *session) release() {
	if s.snapshot == nil {
		return
	}
	for len(s.scans) > 0 {
		s.scans[len(s.scans)-1].stop()
	}
	s.snapshot.Release()
	s.snapshot = nil
}

// batch returns the writes in ascending order.
func (s *session) batch() []Write {
	var batch []Write
	var p position
	p.before(&s.writes, nil)
	for r, ok := p.next(); ok; r, ok = p.next() {
		batch = append(batch, Write{Key: r.key, Value: r.value})
	}
	return batch
}

func (s *session) writable() error {
	if s.ended {
		return ErrClosed
	}
	if s.mode != ReadWrite {
		return ErrReadOnly
	}
	return nil
}

func checkKey(key []byte) error {
	if len(key) == 0 {
		return ErrEmptyKey
	}
	if len(key) > MaxKeySize {
		return fmt.Errorf("key of %d bytes, at most %d: %w", len(key), MaxKeySize, ErrTooLarge)
	}
	return nil
}
