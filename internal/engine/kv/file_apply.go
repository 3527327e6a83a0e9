package kv

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"syscall"

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
// It fails with [ErrMoved] if the file is not what it was opened as any more: if that
// was noticed before anything was written, nothing has happened, and it may be tried
// again once the file has been put back. It fails with [ErrDamaged] if another program
// has written to the file or cut it.
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
	if err := f.apply(batch, f.marked || f.erases()); err != nil {
		return f.wrap("apply", err)
	}
	return nil
}

// apply is Apply with writing held, for a batch that may be empty. marked is what
// the head says of erasures from then on.
func (f *File) apply(batch []Write, marked bool) error {
	err := f.present()
	if err != nil {
		return f.settle(err)
	}
	if !f.tight {
		err = f.extend(batch, marked)
		f.tight = errors.Is(err, bbolterrors.ErrMaxSizeReached)
	}
	if f.tight {
		err = f.grow(batch, marked)
	}
	if err != nil {
		return f.settle(err)
	}
	f.marked = marked
	if f.copying != nil {
		f.copying.add(batch, marked)
	}
	return nil
}

// present checks that the file is what its name stands for: otherwise a commit
// would be lost with it.
func (f *File) present() error {
	there, err := os.Stat(f.name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s was removed or renamed while it was open: %w", f.name, ErrMoved)
	case err != nil:
		return mediumError(err)
	case !os.SameFile(there, f.info):
		return fmt.Errorf("%s was replaced by another file while it was open: %w", f.name, ErrMoved)
	case f.newest != nil && there.Size() < f.newest.tx.Size():
		return fmt.Errorf("%d bytes are left of %d: %w", there.Size(), f.newest.tx.Size(), errCut)
	}
	return nil
}

// errCut says that a part of the file is gone.
var errCut = fmt.Errorf("another program has cut the file while it was open: %w", ErrDamaged)

func (f *File) writable() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed.Load() {
		return ErrClosed
	}
	return f.failed
}

// commit writes a batch and checks that it has reached the file of that name.
func (f *File) commit(batch []Write, marked bool) (Version, error) {
	version, err := f.medium.commit(f.version, batch, f.marked, marked)
	if err == nil {
		err = f.present()
	}
	return version, err
}

// commit writes a batch in one transaction of bbolt's, over the state of a version,
// and returns the version that it makes. was and marked are what the head says of
// erasures before and after it.
func (m *medium) commit(version Version, batch []Write, was, marked bool) (_ Version, err error) {
	inside := true
	defer func() {
		if inside {
			m.stuck.Store(true)
		}
	}()
	defer recovered(&err, debug.SetPanicOnFault(true))
	tx, err := m.db.Begin(true)
	if err != nil {
		inside = false
		return Version{}, err
	}
	if heads := tx.Bucket(headBucket); heads == nil || !bytes.Equal(heads.Get(headKey), encodeHead(version, was)) {
		err = damagedf("another program has written to the file while it was open")
	} else {
		version, err = put(tx, version, batch, marked)
	}
	if err != nil {
		_ = tx.Rollback() // Fails only for a transaction that has ended.
	} else {
		err = tx.Commit()
	}
	inside = false
	return version, err
}

// put makes the changes of a batch to the state of a version in a transaction and
// returns the version of the new state.
func put(tx *bbolt.Tx, version Version, batch []Write, marked bool) (Version, error) {
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
	return version, heads.Put(headKey, encodeHead(version, marked))
}

// extend applies a batch that fits under the mapping.
func (f *File) extend(batch []Write, marked bool) error {
	version, err := f.commit(batch, marked)
	if err != nil {
		return err
	}
	f.mu.Lock()
	v, err := f.look(f.medium)
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
func (f *File) grow(batch []Write, marked bool) error {
	f.mu.Lock() // Whoever wants a snapshot meanwhile waits.
	defer f.mu.Unlock()
	if f.snapshots > 0 {
		return fmt.Errorf("%d snapshots keep the file from being mapped anew beyond %d bytes: %w", f.snapshots, f.room, ErrConflict)
	}
	before := f.newest.tx.ID()
	f.newest.end()
	f.forget(f.newest)
	f.newest = nil

	f.db.MaxSize = 0
	version, err := f.commit(batch, marked)
	if f.stuck.Load() {
		return err
	}
	v, lookErr := f.look(f.medium)
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
		v.end()
		f.forget(v)
	}
	return err
}

// limit keeps bbolt from mapping the file anew by itself, given that it is mapped
// at a size at least. bbolt rounds up what it needs before it compares, so that it
// stops short of the end, and grow may have to be called more than once until the
// mapping is a larger one.
func (m *medium) limit(size int64) {
	if room := mappedSize(size); room > m.room {
		m.room, m.tight = room, false
	}
	m.db.MaxSize = int(m.room - 1) // At exactly its size it would be mapped anew.
}

// settle makes the error of a failed Apply one that a caller can match, and
// decides whether the file may be written to again.
func (f *File) settle(err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case errors.Is(err, ErrConflict):
		return err
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrMoved):
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
	if f.stuck.Load() || f.newest == nil || errors.Is(err, errCut) ||
		!errors.Is(err, ErrDamaged) && !errors.Is(err, ErrMoved) && !undone(err) {
		return false
	}
	v, err := f.medium.look()
	if err != nil {
		return false
	}
	same := v.tx.ID() == f.newest.tx.ID()
	v.end()
	return same
}
