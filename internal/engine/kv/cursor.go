package kv

import (
	"bytes"
	"fmt"
	"runtime"
)

// Cursor walks a range of a transaction's view: its snapshot, overlaid with its
// own writes. It reads one record at a time.
//
// Each Next looks at the view as it is then and takes the record that follows
// the cursor's position. So a write that the transaction makes while the cursor
// is open has its effect if it lies ahead: what is put there is found, what is
// overwritten has its new value, what is deleted is skipped. A write at or
// behind the position changes nothing: Key and Value keep what Next found, and
// a record deleted under the cursor still marks its position. The end is final:
// once Next has returned false, it does so for ever.
//
// A cursor belongs to the goroutine of its transaction, and ends with it.
type Cursor struct {
	tx         *Tx   // keeps the transaction from being cleaned up
	scan       *scan // nil if the cursor could not be opened, or is closed
	key, value []byte
	err        error
}

// Next moves to the next record and reports whether there is one. If it returns
// false, Err tells whether that was the end of the range.
func (c *Cursor) Next() bool {
	defer runtime.KeepAlive(c.tx)
	c.key, c.value = nil, nil
	if c.scan == nil || c.err != nil {
		return false
	}
	s := c.scan.session
	s.mu.Lock()
	defer s.mu.Unlock()
	key, value, err := c.scan.next()
	if err != nil {
		c.err = fmt.Errorf("kv: cursor: %w", err)
		c.scan.stop()
		return false
	}
	c.key, c.value = key, value
	return key != nil
}

// Key returns the key of the record that Next moved to, or nil. It must not be
// modified and is valid until the transaction ends.
func (c *Cursor) Key() []byte { return c.key }

// Value returns the value of the record that Next moved to; it is not nil if
// Key is not. It must not be modified and is valid until the transaction ends.
func (c *Cursor) Value() []byte { return c.value }

// Err returns the error that ended the cursor, or nil. That its transaction has
// ended is one, unless the cursor had reached the end of its range before.
func (c *Cursor) Err() error { return c.err }

// Close ends the cursor; what it walked stays read. It may be called repeatedly.
// A cursor at its end need not be closed.
func (c *Cursor) Close() {
	c.key, c.value = nil, nil
	if c.scan == nil {
		return
	}
	s := c.scan.session
	s.mu.Lock()
	defer s.mu.Unlock()
	c.scan.stop()
	c.scan = nil
}

// scan is the state of a cursor. Its methods are called with the session's lock
// held. The open scans of a session are in session.scans.
type scan struct {
	session *session
	slot    int // in session.scans, or -1 when stopped
	lo, hi  []byte
	dir     Direction

	// at is the key that was returned last, nil at the start; finished says
	// that the end of the range was reported.
	at       []byte
	finished bool

	// The record of the snapshot that comes next, once it has been fetched. It
	// is ahead of at; its key is nil at the end.
	iterator Iterator
	fetched  bool
	ahead    record

	// The write that comes next, as of the session's count of changes, and the
	// position after it.
	position position
	changes  uint64
	seeked   bool
	write    record
}

// scan opens a scan.
func (s *session) scan(lo, hi []byte, dir Direction) (*scan, error) {
	if s.ended {
		return nil, ErrClosed
	}
	// A bound may be the successor of the longest key, which is one byte more.
	if n := max(len(lo), len(hi)); n > MaxKeySize+1 {
		return nil, fmt.Errorf("bound of %d bytes, at most %d: %w", n, MaxKeySize+1, ErrTooLarge)
	}
	c := &scan{session: s, slot: len(s.scans), lo: bytes.Clone(lo), hi: bytes.Clone(hi), dir: dir}
	c.iterator = s.snapshot.Iterate(c.lo, c.hi, dir)
	s.scans = append(s.scans, c)
	return c, nil
}

// stop closes the scan and leaves what it walked to the session's reads.
func (c *scan) stop() {
	if c.slot < 0 {
		return
	}
	s := c.session
	if walked, ok := c.walked(); ok && s.mode == ReadWrite {
		s.reads.spans = append(s.reads.spans, walked)
	}
	last := len(s.scans) - 1
	s.scans[c.slot] = s.scans[last]
	s.scans[c.slot].slot = c.slot
	s.scans[last] = nil
	s.scans = s.scans[:last]
	c.slot = -1
	c.iterator, c.at, c.ahead, c.write, c.position.path = nil, nil, record{}, record{}, nil
	c.position.space = [len(c.position.space)]step{}
}

// walked returns the part of the range that the scan has read, if any. Records
// of the snapshot that were fetched and not returned do not count: had another
// stood in their place, the scan would have returned the same.
func (c *scan) walked() (span, bool) {
	switch {
	case c.finished:
		return span{c.lo, c.hi}, true
	case c.at == nil:
		return span{}, false
	case c.dir == Forward:
		return span{c.lo, append(bytes.Clone(c.at), 0)}, true
	default:
		return span{bytes.Clone(c.at), c.hi}, true
	}
}

// next returns the record after the scan's position in the view as it is now,
// and a nil key at the end.
func (c *scan) next() (key, value []byte, err error) {
	if c.finished {
		return nil, nil, nil
	}
	if c.session.ended || c.slot < 0 {
		return nil, nil, ErrClosed
	}
	for {
		if !c.fetched {
			c.ahead.key, c.ahead.value, err = c.iterator.Next()
			if err != nil {
				return nil, nil, err
			}
			c.fetched = true
		}
		write, ok := c.nextWrite()
		if !ok || c.ahead.key != nil && c.precedes(c.ahead.key, write.key) {
			key, value = c.ahead.key, c.ahead.value
			if key == nil {
				c.finished = true
				c.stop()
				return nil, nil, nil
			}
			c.fetched = false
			c.at = key
			return key, value, nil
		}
		if bytes.Equal(c.ahead.key, write.key) {
			c.fetched = false
		}
		c.at = write.key
		if write.value != nil {
			c.take()
			return write.key, write.value, nil
		}
		c.take()
	}
}

// precedes says whether a comes before b in the scan's direction.
func (c *scan) precedes(a, b []byte) bool {
	if c.dir == Forward {
		return bytes.Compare(a, b) < 0
	}
	return bytes.Compare(a, b) > 0
}

// nextWrite returns the first write of the session that is in the range and
// ahead of the scan's position.
func (c *scan) nextWrite() (record, bool) {
	s := c.session
	if s.writes.root == nil {
		return record{}, false
	}
	if !c.seeked || c.changes != s.changes {
		c.seek()
		c.seeked, c.changes = true, s.changes
		c.take()
		if c.at != nil && bytes.Equal(c.write.key, c.at) {
			c.take()
		}
	}
	return c.write, c.write.key != nil
}

// seek puts the position among the writes to the scan's own, or before it if
// the scan stands on a write and walks forward.
func (c *scan) seek() {
	writes := &c.session.writes
	switch {
	case c.at != nil:
		c.position.before(writes, c.at)
	case c.dir == Forward:
		c.position.before(writes, c.lo)
	case c.hi != nil:
		c.position.before(writes, c.hi)
	default:
		c.position.end(writes)
	}
}

// take steps over the next write, so that c.write is the one after it.
func (c *scan) take() {
	var r record
	var ok bool
	if c.dir == Forward {
		r, ok = c.position.next()
		ok = ok && below(r.key, c.hi)
	} else {
		r, ok = c.position.previous()
		ok = ok && bytes.Compare(r.key, c.lo) >= 0
	}
	if !ok {
		r = record{}
	}
	c.write = r
}
