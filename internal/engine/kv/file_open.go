package kv

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"
)

// OpenFile opens the store in a file, or makes an empty one if there is no file
// or one of no bytes. One [File] at a time, in all processes, has it open.
//
// Before it is used, the file is read from its beginning to its end and compared
// with what was written to it, which takes time in proportion to its size; ctx can
// end that. An erasure that a crash has interrupted is finished then. With an error
// nothing in the file has been changed, but for that:
//
//   - [ErrInUse]: it is open elsewhere. OpenFile does not wait.
//   - [ErrForeign]: it is something else, or no regular file.
//   - [ErrNewerFormat]: a later version of this package has written it.
//   - [ErrDamaged]: it does not hold what was written to it.
//   - [fs.ErrNotExist]: the directory is missing.
//   - [fs.ErrPermission]: it may not be read and written, or not be made.
//   - [ErrMedium]: it cannot be read, written or mapped.
//
// A new file has mode 0600 and is made under another name, so that a crash leaves
// none or a whole one. What a crash leaves under the other name, which begins with
// a dot and the name and ends in ".new", may be deleted.
func OpenFile(ctx context.Context, path string, o FileOptions) (*File, error) {
	f, err := openFile(ctx, path, o, mappingSize)
	if err != nil {
		return nil, fmt.Errorf("kv: open %s: %w", path, err)
	}
	return f, nil
}

// allocSize is by how much a file grows at a time, which costs an fsync.
const allocSize = 1 << 20

// maxAttempts bounds how often the file may be replaced under OpenFile's eyes.
const maxAttempts = 10

func openFile(ctx context.Context, path string, o FileOptions, mapping func(*os.File, int64) (int64, error)) (*File, error) {
	if o.Sync > SyncOnClose {
		return nil, fmt.Errorf("no such choice of Sync: %d", o.Sync)
	}
	path, err := filepath.Abs(path) // The program may change its working directory.
	if err != nil {
		return nil, mediumError(err)
	}
	name := path
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // A link stays when a file of no bytes is replaced.
	}
	for range maxAttempts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		disk, err := openLocked(path)
		if errors.Is(err, fs.ErrNotExist) {
			if err := create(path, nil); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		info, same, err := identify(disk, path)
		switch {
		case err != nil:
		case !same: // Replaced, between opening and locking it.
		case info.Size() == 0:
			err = create(path, disk)
		default:
			m, found, err := adopt(ctx, disk, info.Size(), o, mapping)
			if err != nil {
				return nil, err
			}
			return newFile(ctx, path, name, m, found)
		}
		unlock(disk)
		_ = disk.Close() // Nothing was written to it.
		if err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("the file is being replaced all the time: %w", ErrInUse)
}

// openLocked opens a regular file for reading and writing and locks it.
func openLocked(path string) (*os.File, error) {
	info, err := os.Stat(path) // Opening a pipe or a device could have effects.
	if err != nil {
		return nil, accessError(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("no regular file: %w", ErrForeign)
	}
	disk, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, accessError(path, err)
	}
	if err := lock(disk); err != nil {
		_ = disk.Close() // Nothing was written to it.
		return nil, err
	}
	return disk, nil
}

// identify returns what an open file is and whether it is still the one at path.
func identify(disk *os.File, path string) (info fs.FileInfo, same bool, err error) {
	if info, err = disk.Stat(); err != nil {
		return nil, false, mediumError(err)
	}
	there, err := os.Stat(path)
	if err != nil {
		return info, false, nil // The next attempt says why.
	}
	return info, os.SameFile(info, there), nil
}

// newFile begins to use a file that was adopted, and finishes what a crash left
// unfinished.
func newFile(ctx context.Context, path, name string, m *medium, found checked) (*File, error) {
	f := &File{
		path: path, name: name, upkeep: make(chan struct{}, 1), medium: m,
		live: map[*view]struct{}{}, version: found.version, marked: found.erasing,
	}
	var err error
	if f.newest, err = f.look(m); err != nil {
		return nil, errors.Join(err, m.shut(false))
	}
	if err = removeFile(f.compacting()); err == nil && f.marked {
		err = f.finishErasing(ctx, 0)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// adopt checks a locked file and hands it to bbolt. It closes the file if it fails.
func adopt(ctx context.Context, disk *os.File, size int64, o FileOptions, mapping func(*os.File, int64) (int64, error)) (_ *medium, found checked, err error) {
	defer func() {
		if err != nil {
			unlock(disk)
			_ = disk.Close() // bbolt may have closed it; nothing was written to it.
		}
	}()
	info, err := disk.Stat()
	if err != nil {
		return nil, found, mediumError(err)
	}
	m, err := readMeta(disk, size)
	if err != nil {
		return nil, found, unchanged(err)
	}
	if found, err = check(ctx, disk, m); err != nil {
		return nil, found, unchanged(err)
	}
	room, err := mapping(disk, int64(m.pages*m.pageSize))
	if err != nil {
		return nil, found, err
	}
	db, err := openBolt(disk, o.Sync, int(room))
	if err != nil {
		return nil, found, err
	}
	db.AllocSize = allocSize
	opened := &medium{db: db, disk: disk, info: info, sync: o.Sync}
	opened.limit(max(room, size))
	opened.unmapPages(int64(m.pages * m.pageSize)) // bbolt has looked at all of them, for what is free
	return opened, found, nil
}

// unchanged adds to an error of the check what the user wants to know first.
func unchanged(err error) error {
	if errors.Is(err, ErrDamaged) {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	return err
}

// openBolt hands an open file to bbolt, which owns it from then on, even if it
// fails.
func openBolt(disk *os.File, s Sync, room int) (db *bbolt.DB, err error) {
	defer recovered(&err, false)
	db, err = bbolt.Open(disk.Name(), 0o600, &bbolt.Options{
		OpenFile:        func(string, int, fs.FileMode) (*os.File, error) { return disk, nil },
		Timeout:         1, // It has what it waits for, or will not get it.
		PageSize:        filePageSize,
		InitialMmapSize: room,
		NoSync:          s == SyncOnClose,
		NoFreelistSync:  true,
		FreelistType:    bbolt.FreelistMapType,
		NoStatistics:    true,
	})
	switch {
	case errors.Is(err, bbolterrors.ErrTimeout):
		return nil, ErrInUse
	case err != nil:
		return nil, mediumError(err)
	}
	return db, nil
}

// create makes an empty store at path: whole, under another name, and on the disk
// before it gets its own. If old is not nil, it is the open file of no bytes that
// is there and gives way. It is no error if another process was faster.
func create(path string, old *os.File) (err error) {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	disk, err := os.CreateTemp(dir, "."+name+".*.new")
	if err != nil {
		return accessError(path, err)
	}
	temporary := disk.Name()
	defer func() {
		// After a rename there is none; what cannot be removed does no harm.
		_ = os.Remove(temporary)
	}()
	db, err := openBolt(disk, SyncAlways, 0)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		heads, err := tx.CreateBucket(headBucket)
		if err != nil {
			return err
		}
		if _, err := tx.CreateBucket(recordsBucket); err != nil {
			return err
		}
		return heads.Put(headKey, encodeHead(Version{}, false))
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return mediumError(err)
	}
	if old == nil {
		err = publish(temporary, path)
	} else {
		err = replace(temporary, path, old)
	}
	if err != nil {
		return accessError(path, err)
	}
	if err := syncDirectory(dir); err != nil {
		return mediumError(err)
	}
	return nil
}

// publish gives a file its name, unless there is one of that name.
func publish(temporary, path string) error {
	err := os.Link(temporary, path)
	if errors.Is(err, fs.ErrExist) {
		// Somebody was faster, or it is a link to nowhere.
		_, err = os.Stat(path)
	}
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// Not every file system has links. Between the two calls another process
	// can be as far; this is the one case in which it is not noticed.
	if _, statErr := os.Lstat(path); statErr == nil {
		return nil
	}
	return os.Rename(temporary, path)
}

// accessError says why a file could not be opened or made, and what to do.
func accessError(path string, err error) error {
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	} else if errors.As(err, &linkErr) {
		err = linkErr.Err
	}
	dir := filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, statErr := os.Lstat(path); statErr == nil {
			return fmt.Errorf("a symbolic link that leads nowhere: %w", err)
		}
		return fmt.Errorf("the directory %s does not exist, create it first: %w", dir, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the file must be readable and writable, and the directory %s writable to make it: %w", dir, err)
	}
	return mediumError(err)
}
