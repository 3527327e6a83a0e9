package kv

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// fillPercent is how full bbolt leaves the first of two halves when it splits a
// page.
const fillPercent = 0.7

// Apply implements [Backend]. With [SyncAlways] the batch is on the disk when it
// returns.
//
// It fails with [ErrMedium], and the reason of the operating system, if the batch
// could not be written. When there was no room, nothing has happened: it may be
// tried again. After other failures, as of fsync, it is not known what is on the
// disk: the state before the batch can still be read, and every further Apply
// fails until the file has been opened again, which finds the batch whole or not
// at all.
//
// It fails with [ErrConflict], and nothing has happened, if the file has outgrown its
// mapping, which takes an uncommon size or system (see mappingSize), and a snapshot
// is live: the file is mapped anew only while there are none.
func (f *File) Apply(batch []Write) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return f.wrap("apply", err)
	}
	if len(batch) == 0 {
		return nil
	}
	var err error
	if !f.tight {
		err = f.extend(batch)
		f.tight = errors.Is(err, bbolterrors.ErrMaxSizeReached)
	}
	if f.tight {
		err = f.grow(batch)
	}
	if err != nil {
		return f.wrap("apply", f.settle(err))
	}
	return nil
}

func (f *File) writable() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed.Load() {
		return ErrClosed
	}
	return f.failed
}

// commit writes a batch in one transaction of bbolt's and returns the version
// that it makes.
func (f *File) commit(batch []Write) (version Version, err error) {
	open := false
	defer func() {
		if open {
			f.stuck.Store(true)
		}
	}()
	defer recovered(&err, debug.SetPanicOnFault(true))
	tx, err := f.db.Begin(true)
	if err != nil {
		return Version{}, err
	}
	open = true
	version, err = put(tx, f.version, batch)
	if err != nil {
		_ = tx.Rollback() // Fails only for a transaction that has ended.
	} else {
		err = tx.Commit()
	}
	open = false
	return version, err
}

// put makes the changes of a batch to the state of a version in a transaction and
// returns the version of the new state.
func put(tx *bbolt.Tx, version Version, batch []Write) (Version, error) {
	records, heads := tx.Bucket(recordsBucket), tx.Bucket(headBucket)
	if records == nil || heads == nil {
		return Version{}, damagedf("a bucket is missing")
	}
	records.FillPercent = fillPercent
	size := 0
	for _, w := range batch {
		if w.Value != nil {
			size += checksumSize + len(w.Value)
		}
	}
	buffer := make([]byte, 0, size) // bbolt refers to the values until the commit.
	cursor := records.Cursor()
	for _, w := range batch {
		old, b := cursor.Seek(w.Key)
		if bytes.Equal(old, w.Key) {
			if err := version.remove(w.Key, b); err != nil {
				return Version{}, err
			}
		} else if w.Value == nil {
			continue
		}
		if w.Value == nil {
			if err := records.Delete(w.Key); err != nil {
				return Version{}, err
			}
			continue
		}
		start := len(buffer)
		buffer = stored(buffer, w.Key, w.Value)
		value := buffer[start:len(buffer):len(buffer)]
		if err := version.add(w.Key, value); err != nil {
			return Version{}, err
		}
		if err := records.Put(w.Key, value); err != nil {
			return Version{}, err
		}
	}
	version.Commits++
	return version, heads.Put(headKey, encodeHead(version))
}

// extend applies a batch that fits under the mapping.
func (f *File) extend(batch []Write) error {
	version, err := f.commit(batch)
	if err != nil {
		return err
	}
	f.mu.Lock()
	v, err := f.look()
	if err != nil {
		f.mu.Unlock()
		return err
	}
	old := f.newest
	f.newest, f.version = v, version
	f.mu.Unlock()
	f.drop(old)
	return nil
}

// grow applies a batch that may not fit under the mapping. If it does not, bbolt
// maps the file anew, and waits until every read transaction has ended before it
// does: so there must be none.
func (f *File) grow(batch []Write) error {
	f.mu.Lock() // Whoever wants a snapshot meanwhile waits.
	defer f.mu.Unlock()
	if f.snapshots > 0 {
		return fmt.Errorf("%d snapshots keep the file from being mapped anew beyond %d bytes: %w", f.snapshots, f.room, ErrConflict)
	}
	before := f.newest.tx.ID()
	_ = f.newest.tx.Rollback() // Fails only for a transaction that has ended.
	f.newest = nil
	f.views--

	f.db.MaxSize = 0
	version, err := f.commit(batch)
	if f.stuck.Load() {
		return err
	}
	v, lookErr := f.look()
	if lookErr != nil {
		return errors.Join(err, lookErr)
	}
	f.newest = v
	f.limit(v.tx.Size())
	if err == nil {
		f.version = version
	} else if v.tx.ID() != before {
		// The batch is there in spite of the error. It must not be seen.
		f.newest = nil
		_ = v.tx.Rollback()
		f.views--
	}
	return err
}

// limit keeps bbolt from mapping the file anew by itself, given that it is mapped
// at a size at least. bbolt rounds up what it needs before it compares, so that it
// stops short of the end, and grow may have to be called more than once until the
// mapping is a larger one.
func (f *File) limit(size int64) {
	if room := mappedSize(size); room > f.room {
		f.room, f.tight = room, false
	}
	f.db.MaxSize = int(f.room - 1) // At exactly its size it would be mapped anew.
}

// settle makes the error of a failed Apply one that a caller can match, and
// decides whether the file may be written to again.
func (f *File) settle(err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case errors.Is(err, ErrConflict):
		return err
	case errors.Is(err, ErrDamaged):
	default:
		err = mediumError(err)
	}
	if !f.intact(err) {
		f.failed = fmt.Errorf("an earlier write failed and the file has to be opened again: %w", err)
	}
	return err
}

// intact says whether bbolt is where it was before a failed transaction. It is
// if the error came before anything was forced to the disk, and the newest
// meta is the one that readers see.
func (f *File) intact(err error) (ok bool) {
	if f.stuck.Load() || f.newest == nil || !errors.Is(err, ErrDamaged) && !undone(err) {
		return false
	}
	v, err := f.look()
	if err != nil {
		return false
	}
	same := v.tx.ID() == f.newest.tx.ID()
	_ = v.tx.Rollback()
	f.views--
	return same
}
