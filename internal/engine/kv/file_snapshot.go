package kv

import (
	"bytes"
	"runtime/debug"

	"go.etcd.io/bbolt"
)

// fileSnapshot is a snapshot of a [File]. The slices that it returns lie in the
// mapping of the file.
type fileSnapshot struct {
	file   *File
	view   *view         // nil after Release
	cursor *bbolt.Cursor // for Get; it keeps its stack from one search to the next
}

func (s *fileSnapshot) usable() bool { return s.view != nil && !s.file.closed.Load() }

func (s *fileSnapshot) Get(key []byte) (value []byte, ok bool, err error) {
	if !s.usable() {
		return nil, false, s.file.wrap("get", ErrClosed)
	}
	value, ok, err = s.get(key)
	if err != nil {
		return nil, false, s.file.wrap("get", err)
	}
	return value, ok, nil
}

func (s *fileSnapshot) get(key []byte) (value []byte, ok bool, err error) {
	defer recovered(&err, debug.SetPanicOnFault(true))
	if s.cursor == nil {
		s.cursor = s.view.records.Cursor()
	}
	found, b := s.cursor.Seek(key)
	if !bytes.Equal(found, key) {
		return nil, false, nil
	}
	value, err = unstored(found, b)
	return value, true, err
}

func (s *fileSnapshot) Iterate(lo, hi []byte, dir Direction) Iterator {
	return &fileIterator{snapshot: s, lo: lo, hi: hi, dir: dir}
}

func (s *fileSnapshot) Release() {
	v := s.view
	s.view, s.cursor = nil, nil
	s.file.release(v)
}

type fileIterator struct {
	snapshot *fileSnapshot
	lo, hi   []byte
	dir      Direction
	done     bool
	cursor   *bbolt.Cursor // nil before the first record
}

func (it *fileIterator) Next() (key, value []byte, err error) {
	if it.done {
		return nil, nil, nil
	}
	if !it.snapshot.usable() {
		return nil, nil, it.snapshot.file.wrap("iterate", ErrClosed)
	}
	key, value, err = it.next()
	if err != nil {
		return nil, nil, it.snapshot.file.wrap("iterate", err)
	}
	it.done = key == nil
	return key, value, nil
}

func (it *fileIterator) next() (key, value []byte, err error) {
	defer recovered(&err, debug.SetPanicOnFault(true))
	key, b := it.step()
	if key == nil || !below(key, it.hi) || bytes.Compare(key, it.lo) < 0 {
		return nil, nil, nil
	}
	value, err = unstored(key, b)
	return key, value, err
}

// step moves the cursor to the next record, which may be beyond the range.
func (it *fileIterator) step() (key, b []byte) {
	switch {
	case it.cursor != nil && it.dir == Forward:
		return it.cursor.Next()
	case it.cursor != nil:
		return it.cursor.Prev()
	}
	it.cursor = it.snapshot.view.records.Cursor()
	switch {
	case it.dir == Forward:
		return it.cursor.Seek(it.lo)
	case it.hi != nil:
		if key, _ = it.cursor.Seek(it.hi); key != nil {
			return it.cursor.Prev()
		}
	}
	return it.cursor.Last()
}
