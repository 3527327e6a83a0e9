package kv

import (
	"errors"
	"fmt"
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
	path string
	sync Sync
	db   *bbolt.DB
	disk *os.File // db's, which owns it

	// writing lets one Apply at a time, or Close, change the file. It is taken
	// before mu.
	writing sync.Mutex
	room    int64 // bytes that the mapping has, at least; guarded by writing
	tight   bool  // the next batch may not fit into that; guarded by writing

	// mu guards what follows; it is held for a few instructions, except while
	// the file is mapped anew.
	mu        sync.Mutex
	newest    *view   // nil after Close, or if it could not be begun
	snapshots int     // that have not been released
	views     int     // whose transactions have not been ended
	failed    error   // why the file takes no more writes
	version   Version // changed under writing as well

	closed atomic.Bool // set under mu
	stuck  atomic.Bool // a panic has left a write transaction of bbolt's open
}

var _ Backend = (*File)(nil)

// view is a read transaction that snapshots share. bbolt allows that as long as
// nobody begins it twice or ends it under the others: reading one changes only
// an atomic counter.
type view struct {
	tx      *bbolt.Tx
	records *bbolt.Bucket
	refs    int // guarded by File.mu
}

// Version returns the version of the newest committed state.
func (f *File) Version() Version {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.version
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
	if f.drop(v) {
		_ = f.shut() // Close has returned; nobody is left to be told.
	}
}

// drop takes one reference from a view. With the last one its transaction ends.
// It returns whether the file is to be shut now.
func (f *File) drop(v *view) bool {
	f.mu.Lock()
	v.refs--
	last := v.refs == 0
	f.mu.Unlock()
	if !last {
		return false
	}
	_ = v.tx.Rollback() // Fails only for a transaction that has ended.
	f.mu.Lock()
	defer f.mu.Unlock()
	f.views--
	return f.closed.Load() && f.views == 0
}

// look begins a view of the newest state. The caller holds f.mu or is the only
// one to know f.
func (f *File) look() (v *view, err error) {
	defer recovered(&err, debug.SetPanicOnFault(true))
	tx, err := f.db.Begin(false)
	if err != nil {
		return nil, err
	}
	records := tx.Bucket(recordsBucket)
	if records == nil {
		_ = tx.Rollback()
		return nil, damagedf("the bucket of records is missing")
	}
	f.views++
	return &view{tx: tx, records: records, refs: 1}, nil
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
	v, idle := f.newest, f.views == 0
	f.newest = nil
	f.mu.Unlock()
	if v != nil {
		idle = f.drop(v)
	}
	if !idle {
		return nil
	}
	return f.shut()
}

// shut lets go of the file. Nothing uses it any more.
func (f *File) shut() error {
	if f.stuck.Load() {
		// bbolt would wait for the transaction that was left open. Its mapping
		// stays for as long as the process.
		unlock(f.disk)
		return f.wrap("close", f.disk.Close())
	}
	var err error
	if f.sync == SyncOnClose && f.failed == nil {
		err = f.db.Sync()
	}
	return f.wrap("close", errors.Join(err, f.db.Close()))
}

// wrap says what failed and where.
func (f *File) wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("kv: %s %s: %w", what, f.path, err)
}
