package kv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

const (
	// compactFill is how full the pages of a compacted file are: some room saves the
	// first changes from splitting each page that they touch.
	compactFill = 0.9
	// compactStep is how many bytes are copied in one transaction.
	compactStep = 8 << 20
	// compactRest is how many bytes of commits may be left to repeat when others are
	// made to wait, and compactRounds how often it tries to have no more.
	compactRest   = 1 << 20
	compactRounds = 20
)

// Compacted says what a Compact did.
type Compacted struct {
	Before, After int64 // bytes of the file
}

// Compact writes the newest state to a new file, which takes the place of the old one
// and is as small as it can be, while a file that is written to only grows. The store
// can be used meanwhile: what is committed is repeated in the new file, and commits
// wait only while the last of them are. It needs room for the new file beside the old.
// progress, unless it is nil, is told how many of how many records were copied.
//
// With an error, and after a crash, the old file is there as it was. What a crash
// leaves beside it, under its name and ".compacting", the next [OpenFile] removes.
// [ErrMoved]: the file is not at its place any more. [ErrUnsupported]: this system
// cannot replace a file that is open. [ErrMedium]: there is no room, or the disk
// failed; [ErrDamaged]. Compact ends early when ctx ends or the file is closed.
func (f *File) Compact(ctx context.Context, progress func(done, total uint64)) (Compacted, error) {
	out, err := f.compact(ctx, progress)
	return out, f.wrap("compact", err)
}

// compacting is where a compacted file is made, by whoever has the file locked.
func (f *File) compacting() string { return f.path + ".compacting" }

func (f *File) compact(ctx context.Context, progress func(done, total uint64)) (out Compacted, err error) {
	if !replacesOpenFiles {
		return out, fmt.Errorf("a file that is open cannot be replaced here: %w", ErrUnsupported)
	}
	unlock, err := f.maintain(ctx)
	if err != nil {
		return out, err
	}
	defer unlock()
	from, err := f.beginCopy()
	if err != nil {
		return out, err
	}
	defer f.endCopy(from)
	info, err := from.view.medium.disk.Stat()
	if err != nil {
		return out, mediumError(err)
	}
	out.Before = info.Size()
	if err = f.writeCopy(ctx, info, from, progress); err == nil {
		var m *medium
		if m, err = f.openCopy(ctx, from.state); err == nil {
			var swapped bool
			if swapped, err = f.replaceWith(ctx, m, from.state); !swapped {
				err = errors.Join(err, m.shut(false))
			}
			out.After = m.info.Size()
		}
	}
	if err != nil {
		// After a rename there is none, and then it does no harm.
		err = errors.Join(err, removeFile(f.compacting()))
	}
	return out, err
}

// copied is a state that is being copied.
type copied struct {
	view  *view
	state copyState
}

// copyState is what the head of a file says.
type copyState struct {
	version Version
	marked  bool
}

// copyLog is what was committed since a copy was begun. It is guarded by File.writing.
type copyLog struct {
	entries []copyEntry
	size    int
}

type copyEntry struct {
	batch  []Write
	marked bool
}

func (l *copyLog) add(batch []Write, marked bool) {
	l.entries = append(l.entries, copyEntry{batch, marked})
	for _, w := range batch {
		l.size += len(w.Key) + len(w.Value)
	}
}

func (f *File) beginCopy() (copied, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return copied{}, err
	}
	if err := f.present(); err != nil {
		return copied{}, err
	}
	v, err := f.acquire()
	if err != nil {
		return copied{}, err
	}
	f.copying = &copyLog{}
	return copied{v, copyState{f.version, f.marked}}, nil
}

func (f *File) endCopy(from copied) {
	f.writing.Lock()
	f.copying = nil
	f.writing.Unlock()
	f.release(from.view)
}

// writeCopy makes the compacted file, whole and on the disk.
func (f *File) writeCopy(ctx context.Context, like fs.FileInfo, from copied, progress func(done, total uint64)) (err error) {
	if err := removeFile(f.compacting()); err != nil {
		return err
	}
	disk, err := os.OpenFile(f.compacting(), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return accessError(f.compacting(), err)
	}
	if err := takeAfter(disk, like); err != nil {
		return errors.Join(mediumError(err), disk.Close())
	}
	db, err := openBolt(disk, SyncOnClose, 0)
	if err != nil {
		return err
	}
	db.NoGrowSync = true
	err = f.copyRecords(ctx, db, from, progress)
	if err == nil {
		err = db.Sync()
	}
	if err = errors.Join(err, db.Close()); err != nil && ctx.Err() == nil && !errors.Is(err, ErrDamaged) {
		err = mediumError(err)
	}
	return err
}

// copyRecords fills a new file, some megabytes in a transaction.
func (f *File) copyRecords(ctx context.Context, to *bbolt.DB, from copied, progress func(done, total uint64)) (err error) {
	var step *bbolt.Tx
	defer func() {
		if step != nil {
			_ = step.Rollback()
		}
	}()
	snapshot := &fileSnapshot{file: f, view: from.view}
	records := snapshot.Iterate(nil, nil, Forward)
	found := Version{Commits: from.state.version.Commits}
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		if step, err = to.Begin(true); err != nil {
			return err
		}
		bucket, err := step.CreateBucketIfNotExists(recordsBucket)
		if err != nil {
			return err
		}
		bucket.FillPercent = compactFill
		for size := 0; more && size < compactStep; {
			key, value, err := records.Next()
			if more = key != nil; err != nil {
				return err
			}
			if !more {
				break
			}
			b := stored(make([]byte, 0, checksumSize+len(value)), key, value)
			if err := found.add(key, b); err != nil {
				return err
			}
			if err := bucket.Put(key, b); err != nil {
				return err
			}
			size += len(key) + len(b)
		}
		if !more {
			heads, err := step.CreateBucket(headBucket)
			if err != nil {
				return err
			}
			if err := heads.Put(headKey, encodeHead(found, from.state.marked)); err != nil {
				return err
			}
		}
		if err := step.Commit(); err != nil {
			return err
		}
		if progress != nil {
			progress(found.Records, from.state.version.Records)
		}
	}
	if found != from.state.version {
		return damagedf("%d records of %d are there", found.Records, from.state.version.Records)
	}
	return nil
}

// openCopy checks the compacted file as OpenFile does, and opens it.
func (f *File) openCopy(ctx context.Context, want copyState) (*medium, error) {
	disk, err := openLocked(f.compacting())
	if err != nil {
		return nil, err
	}
	info, err := disk.Stat()
	if err != nil {
		return nil, errors.Join(mediumError(err), disk.Close())
	}
	m, found, err := adopt(ctx, disk, info.Size(), FileOptions{Sync: SyncAlways}, mappingSize)
	if err != nil {
		return nil, err
	}
	if found.version != want.version {
		return nil, errors.Join(damagedf("the copy is not what was copied"), m.shut(false))
	}
	return m, nil
}

// replaceWith repeats what was committed meanwhile and puts the copy in the place of
// the file. With an error that comes before that, swapped is false.
func (f *File) replaceWith(ctx context.Context, m *medium, state copyState) (swapped bool, err error) {
	m.db.NoSync, m.db.NoGrowSync = true, true
	for range compactRounds {
		entries := f.takeCopyLog()
		if entries == nil {
			break
		}
		if state, err = m.repeat(ctx, entries, state); err != nil {
			return false, err
		}
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return false, err
	}
	if state, err = m.repeat(ctx, f.copying.entries, state); err != nil {
		return false, err
	}
	if state != (copyState{f.version, f.marked}) {
		return false, damagedf("the copy is not what was copied")
	}
	if err := m.db.Sync(); err != nil {
		return false, mediumError(err)
	}
	m.sync = f.medium.sync
	m.db.NoSync, m.db.NoGrowSync = m.sync == SyncOnClose, false
	if m.info, err = m.disk.Stat(); err != nil {
		return false, mediumError(err)
	}
	return f.swap(m)
}

// takeCopyLog returns what is to be repeated, nil if it is little.
func (f *File) takeCopyLog() []copyEntry {
	f.writing.Lock()
	defer f.writing.Unlock()
	if f.copying.size <= compactRest {
		return nil
	}
	entries := f.copying.entries
	*f.copying = copyLog{}
	return entries
}

func (m *medium) repeat(ctx context.Context, entries []copyEntry, state copyState) (copyState, error) {
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return state, err
		}
		version, err := m.commit(state.version, e.batch, state.marked, e.marked)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				err = mediumError(err)
			}
			return state, err
		}
		state = copyState{version, e.marked}
	}
	return state, nil
}

// swap gives a medium the file's name. The caller holds f.writing.
func (f *File) swap(m *medium) (swapped bool, err error) {
	if err := f.present(); err != nil {
		return false, err
	}
	v, err := m.look()
	if err != nil {
		return false, err
	}
	if err := os.Rename(f.compacting(), f.path); err != nil {
		v.end()
		return false, mediumError(err)
	}
	// From here on the new file is the store.
	err = syncDirectory(filepath.Dir(f.path))
	f.mu.Lock()
	old := f.newest
	f.medium, f.newest = m, v
	m.views++
	f.live[v] = struct{}{}
	if err != nil {
		// After a crash the old file may be back, and what is written now would be lost.
		err = mediumError(err)
		f.failed = fmt.Errorf("the file was compacted and has to be opened again: %w", err)
	}
	f.mu.Unlock()
	f.drop(old) // Not the last view of its medium: the caller has one.
	return true, err
}

// removeFile removes what a crash may have left, if there is anything.
func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return mediumError(err)
	}
	return nil
}
