//go:build unix

package kv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// mappingSize returns how much address space bbolt is to take for a file that
// uses a number of bytes. It is much more than that, since a file that outgrows its
// mapping can go on growing only at a moment without snapshots; address space costs
// nothing, but there is an end to it, and other stores of the process need some. If
// the system refuses (as under ulimit -v), it is less.
func mappingSize(file *os.File, used int64) (int64, error) {
	size := max(64<<30, powerOfTwo(8*used))
	if strconv.IntSize == 32 {
		size = max(512<<20, powerOfTwo(2*used))
	}
	least := mappedSize(used)
	for ; size >= least; size /= 2 {
		if size > int64(^uint(0)>>1) {
			continue
		}
		b, err := unix.Mmap(int(file.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
		if err == nil {
			return size, unix.Munmap(b)
		}
	}
	return 0, fmt.Errorf("%d bytes of address space cannot be had, raise the limit (ulimit -v): %w: %w", least, ErrMedium, unix.ENOMEM)
}

// syncDirectory makes the names in a directory durable.
func syncDirectory(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil // One may be allowed to write to a directory and not to read it.
	}
	defer func() {
		_ = d.Close() // Nothing was written through it.
	}()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// replace puts a file in the place of another, which is open.
func replace(temporary, path string, _ *os.File) error { return os.Rename(temporary, path) }

// replacesOpenFiles says whether a file that is open can be replaced by another.
const replacesOpenFiles = true

// takeAfter gives a new file the mode of another, and its owner.
func takeAfter(file *os.File, like fs.FileInfo) error {
	want, ok := like.Sys().(*syscall.Stat_t)
	info, err := file.Stat()
	if err != nil {
		return err
	}
	have, _ := info.Sys().(*syscall.Stat_t)
	if ok && have != nil && (have.Uid != want.Uid || have.Gid != want.Gid) {
		if err := file.Chown(int(want.Uid), int(want.Gid)); err != nil {
			return err
		}
	}
	return file.Chmod(like.Mode().Perm())
}
