//go:build unix && !solaris && !illumos && !aix

package kv

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lock takes the lock that bbolt takes as well, on the same open file, for which
// it is one and the same: so it is held before bbolt looks at the file.
func lock(file *os.File) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EWOULDBLOCK):
			return ErrInUse
		case !errors.Is(err, syscall.EINTR):
			return fmt.Errorf("the file system cannot lock the file: %w: %w", ErrMedium, err)
		}
	}
}

// unlock gives the lock back. To close the file is not enough if another process is
// being started at the moment, which has it until it runs.
func unlock(file *os.File) { _ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN) }
