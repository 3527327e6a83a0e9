package kv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// mappingSize returns the size in which bbolt is to map a file that uses a number
// of bytes. The file gets as large as its mapping here, so it is not much more.
func mappingSize(_ *os.File, used int64) (int64, error) {
	return mappedSize(max(16<<20, used+used/2)), nil
}

// lockRegion is a byte far behind the end of any file, and not the one that bbolt
// locks: a region cannot be locked twice here.
var lockRegion = windows.Overlapped{Offset: 1<<32 - 1, OffsetHigh: 1<<31 - 2}

// lock is held before bbolt looks at the file.
func lock(file *os.File) error {
	region := lockRegion
	err := windows.LockFileEx(windows.Handle(file.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &region)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION):
		return ErrInUse
	}
	return fmt.Errorf("the file system cannot lock the file: %w: %w", ErrMedium, err)
}

func unlock(file *os.File) {
	region := lockRegion
	_ = windows.UnlockFileEx(windows.Handle(file.Fd()), 0, 1, 0, &region)
}

// syncDirectory has nothing to do: the system writes names by itself.
func syncDirectory(string) error { return nil }

// replace puts a file in the place of another, which must not be open here.
func replace(temporary, path string, old *os.File) error {
	unlock(old)
	if err := old.Close(); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}

// replacesOpenFiles: a mapped file cannot be replaced here.
const replacesOpenFiles = false

func takeAfter(*os.File, fs.FileInfo) error { return nil }
