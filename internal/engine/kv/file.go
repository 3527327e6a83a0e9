package kv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"
)

// Sync says when what was committed is forced to the disk.
type Sync uint8

const (
	// SyncAlways has each Apply return only when the disk has its batch.
	SyncAlways Sync = iota
	// SyncOnClose leaves it to the operating system when to write, until Close.
	// A crash of the program loses nothing. A crash of the machine may lose the
	// newest commits or damage the file, which the next OpenFile reports.
	SyncOnClose
)

// FileOptions are the options of [OpenFile]. The zero value is good.
type FileOptions struct {
	Sync Sync
}

// File is a backend in one file, of bbolt's format. See [OpenFile].
//
// Readers never wait for the disk: a snapshot shares the read transaction that
// was begun after the newest successful Apply. What the process sees is therefore
// what Apply reported, whatever a failed commit may have left in the file.
type File struct {
	path string // of the file itself, not of a symbolic link to it
	name string // as it was opened, from the root: what has this name must be the file

	// upkeep lets one goroutine at a time erase or compact. It is taken before
	// writing.
	upkeep chan struct{}

	// writing lets one Apply at a time, or Close, change the file. It is taken
	// before mu.
	writing sync.Mutex
	marked  bool     // the head says that an erasure is not finished; guarded by writing
	copying *copyLog // what a Compact under way has to repeat; guarded by writing

	// mu guards what follows; it is held for a few instructions, except while
	// the file is mapped anew.
	mu        sync.Mutex
	*medium                      // changed under writing as well
	newest    *view              // nil after Close, or if it could not be begun
	live      map[*view]struct{} // whose transactions have not been ended
	snapshots int                // that have not been released
	erasing   int                // erasures that have begun and not ended
	failed    error              // why the file takes no more writes
	version   Version            // changed under writing as well

	closed atomic.Bool // set under mu
}

var _ Backend = (*File)(nil)

// medium is an open file of bbolt's. Compact puts another one in its place; the
// old one stays open until its last view ends.
type medium struct {
	db    *bbolt.DB
	disk  *os.File    // db's, which owns it
	info  fs.FileInfo // says which file it is
	sync  Sync
	room  int64 // bytes that the mapping has, at least; guarded by File.writing
	tight bool  // the next batch may not fit into that; guarded by File.writing
	views int   // whose transactions have not been ended; guarded by File.mu
	// stuck says that a panic has left a lock of bbolt's held: it must not be
	// called any more.
	stuck atomic.Bool
}

// view is a read transaction that snapshots share. bbolt allows that as long as
// nobody begins it twice or ends it under the others: reading one changes only
// an atomic counter.
type view struct {
	tx      *bbolt.Tx
	records *bbolt.Bucket
	medium  *medium
	refs    int           // guarded by File.mu
	ended   chan struct{} // closed once its transaction has ended
}

// Version returns the version of the newest committed state.
func (f *File) Version() Version {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.version
}

// Unread gives back the memory of what was read of the file, as after reading much of it once. What is read again is as quick to
// have as long as the system has it in its cache.
func (f *File) Unread() {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.newest != nil {
		f.unmapPages(f.newest.tx.Size())
	}
}

// Snapshot implements [Backend]. It costs one allocation. A snapshot keeps the
// pages of the file that it shows from being used again.
func (f *File) Snapshot() (Snapshot, error) {
	v, err := f.acquire()
	if err != nil {
		return nil, f.wrap("snapshot", err)
	}
	return &fileSnapshot{file: f, view: v}, nil
}

func (f *File) acquire() (*view, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.closed.Load():
		return nil, ErrClosed
	case f.newest == nil && f.failed != nil:
		return nil, f.failed
	case f.newest == nil:
		return nil, ErrMedium // A failed Apply is just about to say why.
	}
	f.newest.refs++
	f.snapshots++
	return f.newest, nil
}

// release gives back a view that was acquired.
func (f *File) release(v *view) {
	f.mu.Lock()
	f.snapshots--
	f.mu.Unlock()
	if idle := f.drop(v); idle != nil {
		_ = f.shut(idle) // Close has returned; nobody is left to be told.
	}
}

// drop takes one reference from a view. With the last one its transaction ends.
// It returns the medium that is to be shut now, if one is.
func (f *File) drop(v *view) (idle *medium) {
	f.mu.Lock()
	v.refs--
	last := v.refs == 0
	f.mu.Unlock()
	if !last {
		return nil
	}
	v.end()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forget(v)
	if m := v.medium; m.views == 0 && (f.closed.Load() || m != f.medium) {
		return m
	}
	return nil
}

// end ends the transaction of a view that nobody uses.
func (v *view) end() {
	if !v.medium.stuck.Load() {
		_ = v.tx.Rollback() // Fails only for a transaction that has ended.
	}
	close(v.ended)
}

// forget takes a view that has ended off the list. The caller holds f.mu.
func (f *File) forget(v *view) {
	delete(f.live, v)
	v.medium.views--
}

// look begins a view of the newest state of a medium. The caller holds f.mu or is
// the only one to know f.
func (f *File) look(m *medium) (*view, error) {
	v, err := m.look()
	if err != nil {
		return nil, err
	}
	m.views++
	f.live[v] = struct{}{}
	return v, nil
}

func (m *medium) look() (v *view, err error) {
	if m.stuck.Load() {
		return nil, damagedf("a page of the file was not what it has to be")
	}
	inside := true
	defer func() {
		if inside {
			m.stuck.Store(true)
		}
	}()
	defer recovered(&err, debug.SetPanicOnFault(true))
	tx, err := m.db.Begin(false)
	if err != nil {
		inside = false
		return nil, err
	}
	records := tx.Bucket(recordsBucket)
	inside = false
	if records == nil {
		_ = tx.Rollback()
		return nil, damagedf("the bucket of records is missing")
	}
	return &view{tx: tx, records: records, medium: m, refs: 1, ended: make(chan struct{})}, nil
}

// Close implements [Backend]. It waits for an Apply under way, not for snapshots:
// if some are live, against the rules, their methods fail from now on, and the
// file is closed with the last of them.
func (f *File) Close() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	if f.closed.Load() {
		f.mu.Unlock()
		return nil
	}
	f.closed.Store(true)
	v, idle := f.newest, f.medium
	if f.views > 0 {
		idle = nil
	}
	f.newest = nil
	f.mu.Unlock()
	if v != nil {
		idle = f.drop(v)
	}
	if idle == nil {
		return nil
	}
	return f.shut(idle)
}

// shut lets go of a medium. Nothing uses it any more.
func (f *File) shut(m *medium) error {
	f.mu.Lock()
	flush := m.sync == SyncOnClose && m == f.medium && f.failed == nil
	f.mu.Unlock()
	return f.wrap("close", m.shut(flush))
}

func (m *medium) shut(flush bool) error {
	if m.stuck.Load() {
		// bbolt would wait for the transaction that was left open. Its mapping
		// stays for as long as the process.
		unlock(m.disk)
		return m.disk.Close()
	}
	var err error
	if flush {
		err = m.db.Sync()
	}
	return errors.Join(err, m.db.Close())
}

// wrap says what failed and where.
func (f *File) wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("kv: %s %s: %w", what, f.path, err)
}
