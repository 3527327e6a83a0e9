package kv

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// unprivileged runs a function in a thread that has no privileges over files, if
// the tests run as root, whom permissions do not stop.
func unprivileged(t *testing.T, run func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		run()
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // For ever: the thread ends with the goroutine.
		if err := unix.Setfsuid(65534); err != nil {
			t.Error(err)
			return
		}
		run()
	}()
	<-done
}

func TestFilePermissions(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755)) // The way there.
	path := filepath.Join(dir, "store")
	require.NoError(t, openPath(t, path, FileOptions{}).Close())
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.Chmod(path, 0o444))
	require.NoError(t, os.Chmod(dir, 0o555))
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) })
	unprivileged(t, func() {
		for name, path := range map[string]string{"file": path, "directory": filepath.Join(dir, "new")} {
			_, err := OpenFile(context.Background(), path, FileOptions{})
			if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "writable") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(entries) != 1 {
		t.Errorf("%v", entries)
	}
}

// mount mounts a file system, for which one has to be root.
func mount(t *testing.T, flags uintptr, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", flags, options); err != nil {
		t.Skipf("a file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { whenIdle(t, func() error { return unix.Unmount(dir, 0) }) })
	return dir
}

// whenIdle does what needs that nobody has a file open: a process that another test starts has those of this one for a
// moment, until it runs its own program.
func whenIdle(t *testing.T, f func() error) {
	t.Helper()
	var err error
	if !assert.Eventually(t, func() bool { err = f(); return err == nil }, 10*time.Minute, 10*time.Millisecond) {
		t.Error(err)
	}
}

func TestFileDiskFull(t *testing.T) {
	t.Parallel()
	dir := mount(t, 0, "size=1m")
	ballast := filepath.Join(dir, "ballast")
	require.NoError(t, os.WriteFile(ballast, make([]byte, 600<<10), 0o600))
	f, err := OpenFile(context.Background(), filepath.Join(dir, "store"), FileOptions{})
	require.NoError(t, err)
	defer func() { _ = f.Close() }()
	require.NoError(t, fillUp(f, unix.ENOSPC))
	require.NoError(t, os.Remove(ballast))
	require.NoError(t, goOn(f))
	// Nor can a new file be made, and no part of it stays.
	require.NoError(t, os.WriteFile(ballast, nil, 0o600))
	for size := 1 << 20; size > 0; size /= 2 {
		file, err := os.OpenFile(ballast, os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, _ = file.Write(make([]byte, size)) // Until there is no room.
		require.NoError(t, file.Close())
	}
	if _, err := OpenFile(context.Background(), filepath.Join(dir, "second"), FileOptions{}); !errors.Is(err, unix.ENOSPC) || !errors.Is(err, ErrMedium) {
		t.Errorf("a new file: %v", err)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(entries) != 2 {
		t.Errorf("%v", entries)
	}
}

func TestFileReadOnlyFileSystem(t *testing.T) {
	t.Parallel()
	dir := mount(t, 0, "size=1m")
	path := filepath.Join(dir, "store")
	require.NoError(t, openPath(t, path, FileOptions{}).Close())
	whenIdle(t, func() error { return unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, "") })
	for _, path := range []string{path, filepath.Join(dir, "new")} {
		_, err := OpenFile(context.Background(), path, FileOptions{})
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "read-only") {
			t.Errorf("got %v", err)
		}
	}
}

// After fsync has failed nobody knows what is on the disk. The state before the
// batch is read on, and nothing is written any more.
func TestFileSyncFails(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f := openPath(t, path, FileOptions{})
	for _, value := range []string{"1", "2", "3", "4"} { // Some pages are free then.
		put1(t, f, "a", value)
	}
	// What is written to the null device is gone, and it cannot be synced.
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	require.NoError(t, err)
	defer func() { _ = null.Close() }()
	require.NoError(t, unix.Dup3(int(null.Fd()), int(f.disk.Fd()), unix.O_CLOEXEC))
	if err := f.Apply([]Write{{Key: []byte("a"), Value: []byte("5")}}); !errors.Is(err, ErrMedium) || !errors.Is(err, unix.EINVAL) {
		t.Errorf("apply: %v", err)
	}
	if err := f.Apply([]Write{{Key: []byte("b"), Value: []byte("6")}}); !errors.Is(err, ErrMedium) || !strings.Contains(err.Error(), "opened again") {
		t.Errorf("second apply: %v", err)
	}
	want := map[string]string{"a": "4"}
	if got := contents(t, f); !maps.Equal(got, want) || f.Version().Commits != 4 {
		t.Errorf("got %v in version %v", got, f.Version())
	}
	require.NoError(t, f.Close())
	if got := contents(t, openPath(t, path, FileOptions{})); !maps.Equal(got, want) {
		t.Errorf("opened again: %v", got)
	}
}
