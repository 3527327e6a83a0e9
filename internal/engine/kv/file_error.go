package kv

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"

	bbolterrors "go.etcd.io/bbolt/errors"
)

// recovered turns a panic into an error. A page that was damaged after the file
// was opened makes bbolt panic; one that the disk cannot read, or that somebody
// has cut off, is a fault of the memory that it is mapped to. Used as
//
//	defer recovered(&err, debug.SetPanicOnFault(true))
//
// which lets the goroutine panic, not the process end, for the time of the call.
func recovered(err *error, panicOnFault bool) {
	debug.SetPanicOnFault(panicOnFault)
	switch r := recover().(type) {
	case nil:
	case interface{ Addr() uintptr }:
		*err = fmt.Errorf("a page of the file cannot be read: %w", ErrMedium)
	default:
		*err = damagedf("%v", r)
	}
}

// undone says of an error of a commit that bbolt has taken the transaction back
// and that nothing of it can be on the disk: there was no room to write it. It
// is not so after fsync has failed, even if it succeeds the next time.
func undone(err error) bool {
	var path *fs.PathError
	return errors.Is(err, bbolterrors.ErrMaxSizeReached) ||
		errors.As(err, &path) && path.Op == "write" ||
		strings.Contains(err.Error(), "file resize error")
}

// mediumError says of an error of the operating system what it is: [ErrMedium],
// and [fs.ErrPermission] if it is for want of permission.
func mediumError(err error) error {
	if errors.Is(err, ErrMedium) || errors.Is(err, ErrClosed) {
		return err
	}
	var number syscall.Errno
	if !errors.As(err, &number) {
		// bbolt drops the chain of two of its errors and leaves the text.
		for _, n := range []syscall.Errno{syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT, syscall.EIO} {
			if strings.HasSuffix(err.Error(), n.Error()) {
				number = n
				err = fmt.Errorf("%w (%v)", n, err)
			}
		}
	}
	switch number {
	case syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT:
		return fmt.Errorf("no room, make some and try again: %w: %w", ErrMedium, err)
	case syscall.EROFS:
		return fmt.Errorf("the file system is mounted read-only: %w: %w: %w", ErrMedium, fs.ErrPermission, err)
	}
	return fmt.Errorf("%w: %w", ErrMedium, err)
}
