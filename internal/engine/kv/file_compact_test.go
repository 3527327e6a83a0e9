//go:build linux || darwin

package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// grown makes a file that is much larger than what is in it.
func grown(t *testing.T, path string) (*File, map[string]string) {
	t.Helper()
	f := openPath(t, path, FileOptions{Sync: SyncOnClose})
	want := map[string]string{}
	for round := range 30 {
		var batch []Write
		for i := range 100 {
			w := Write{Key: fmt.Appendf(nil, "k%d/%d", round, i), Value: bytes.Repeat([]byte{'.'}, i*30)}
			batch = append(batch, w)
			if round%10 == 0 {
				want[string(w.Key)] = string(w.Value)
			}
		}
		require.NoError(t, f.Apply(unique(batch)))
	}
	for round := range 30 {
		var batch []Write
		for i := range 100 {
			if round%10 != 0 {
				batch = append(batch, Write{Key: fmt.Appendf(nil, "k%d/%d", round, i)})
			}
		}
		require.NoError(t, f.Apply(unique(batch)))
	}
	return f, want
}

// A compacted file holds the same, is smaller, takes more, and is the one at its path; a reader goes on in the old one.
func TestFileCompact(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "store")
	f, want := grown(t, path)
	require.NoError(t, os.Chmod(path, 0o640))
	reader := snapshotOf(t, f)
	var last, total uint64
	got, err := f.Compact(context.Background(), func(done, all uint64) { last, total = done, all })
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	if got.Before < 3*got.After || got.After != info.Size() || info.Mode().Perm() != 0o640 {
		t.Errorf("%+v, mode %v", got, info.Mode())
	}
	if last != uint64(len(want)) || total != last {
		t.Errorf("progress %d of %d, there are %d", last, total, len(want))
	}
	put1(t, f, "more", "1")
	if _, ok, err := reader.Get([]byte("more")); ok || err != nil {
		t.Errorf("the old reader: %v, %v", ok, err)
	}
	if value, _, err := reader.Get([]byte("k0/99")); len(value) != 99*30 || err != nil {
		t.Errorf("the old reader: %d bytes, %v", len(value), err)
	}
	reader.Release()
	want["more"] = "1"
	require.Equal(t, want, contents(t, f))
	if _, err := OpenFile(context.Background(), path, FileOptions{}); !errors.Is(err, ErrInUse) {
		t.Errorf("opened twice: %v", err)
	}
	require.NoError(t, f.Close())
	require.Equal(t, want, contents(t, openPath(t, path, FileOptions{})))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(entries) != 1 {
		t.Errorf("beside the file: %v", entries)
	}
}

// What ends early leaves the file as it was, and nothing beside it.
func TestFileCompactEndsEarly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "store")
	f, want := grown(t, path)
	ctx, cancel := context.WithCancel(context.Background())
	if _, err := f.Compact(ctx, func(uint64, uint64) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(entries) != 1 {
		t.Errorf("beside the file: %v", entries)
	}
	require.Equal(t, want, contents(t, f))
	require.NoError(t, f.Close())
	// What a crash leaves is removed.
	require.NoError(t, os.WriteFile(path+".compacting", []byte("half of it"), 0o600))
	require.Equal(t, want, contents(t, openPath(t, path, FileOptions{})))
	if _, err := os.Stat(path + ".compacting"); !os.IsNotExist(err) {
		t.Errorf("it is still there: %v", err)
	}
}

// A process that writes and compacts is killed at any moment: every batch that was acknowledged is there.
func TestFileKilledWhileCompacting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	r := rand.New(rand.NewPCG(3, 14))
	acknowledged, compacted := 0, 0
	for round := range 25 {
		cmd, out, stderr := child(t, "compact", path)
		kill := killSoon(round, r, cmd)
		for written, done := 0, 0; out.Scan(); {
			var n int
			if _, err := fmt.Sscanf(out.Text(), "%d;", &n); err == nil {
				acknowledged = n
				written++
			} else if out.Text() == "compacted;" {
				compacted++
				done++
			}
			kill.done(min(written, 4*done)) // Some of both.
		}
		_ = cmd.Wait() // It was killed.
		require.Empty(t, stderr.String())
		f := openPath(t, path, FileOptions{})
		n, err := newestBatch(f)
		require.NoError(t, err)
		if n != acknowledged && n != acknowledged+1 {
			t.Fatalf("round %d: %d batches were acknowledged, %d are there", round, acknowledged, n)
		}
		if commits := f.Version().Commits; commits != uint64(n) {
			t.Errorf("round %d: %d commits, %d batches", round, commits, n)
		}
		require.NoError(t, f.Close())
		acknowledged = n
	}
	t.Logf("%d batches, %d compactions", acknowledged, compacted)
	if acknowledged < 25 || compacted < 25 {
		t.Error("hardly anything was written, or compacted")
	}
}

func childCompact(path string) error {
	f, err := OpenFile(context.Background(), path, FileOptions{})
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() {
		for {
			_, err := f.Compact(context.Background(), nil)
			if err == nil {
				_, err = fmt.Println("compacted;")
			}
			if err != nil {
				failed <- err
				return
			}
		}
	}()
	n, err := newestBatch(f)
	for err == nil {
		n++
		if err = f.Apply(batchOf(n)); err == nil {
			_, err = fmt.Printf("%d;\n", n)
		}
		select {
		case err = <-failed:
		default:
		}
	}
	return err
}

// There is no room for the second file: the first is as it was, and takes more once there is.
func childCompactFull(path string) error {
	f, err := OpenFile(context.Background(), path, FileOptions{})
	if err != nil {
		return err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	limit.Cur = 40 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if _, err := f.Compact(context.Background(), nil); !errors.Is(err, ErrMedium) || !errors.Is(err, syscall.EFBIG) {
		return fmt.Errorf("without room: %w", err)
	}
	if _, err := os.Stat(path + ".compacting"); !os.IsNotExist(err) {
		return fmt.Errorf("it is still there: %w", err)
	}
	limit.Cur = limit.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if err := f.Apply([]Write{{Key: []byte("more"), Value: []byte("1")}}); err != nil {
		return err
	}
	if _, err := f.Compact(context.Background(), nil); err != nil {
		return err
	}
	return f.Close()
}

func TestFileCompactFull(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f, want := grown(t, path)
	require.NoError(t, f.Close())
	cmd, out, stderr := child(t, "compact full", path)
	for out.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
	want["more"] = "1"
	require.Equal(t, want, contents(t, openPath(t, path, FileOptions{})))
}

// The file is taken away under an open store: no commit, compaction or backup passes that
// over, and commits go on once it has been put back.
func TestFileMoved(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(dir, path string) (back func() error, err error){
		"renamed": func(dir, path string) (func() error, error) {
			return func() error { return os.Rename(path+"x", path) }, os.Rename(path, path+"x")
		},
		"replaced": func(dir, path string) (func() error, error) {
			return func() error { return os.Rename(path+"x", path) },
				errors.Join(os.Rename(path, path+"x"), os.WriteFile(path, make([]byte, 1<<21), 0o600))
		},
		"directory renamed": func(dir, path string) (func() error, error) {
			return func() error { return os.Rename(dir+"x", dir) }, os.Rename(dir, dir+"x")
		},
		"removed": func(dir, path string) (func() error, error) { return nil, os.Remove(path) },
	} {
		dir := filepath.Join(t.TempDir(), "dir")
		require.NoError(t, os.Mkdir(dir, 0o700))
		path := filepath.Join(dir, "store")
		f := openPath(t, path, FileOptions{})
		put1(t, f, "a", "1")
		back, err := take(dir, path)
		require.NoError(t, err, name)
		for range 2 {
			err := f.Apply([]Write{{Key: []byte("a"), Value: []byte("2")}})
			if !errors.Is(err, ErrMoved) || !errors.Is(err, ErrMedium) || !strings.Contains(err.Error(), path) {
				t.Errorf("%s: apply: %v", name, err)
			}
		}
		if _, err := f.Compact(context.Background(), nil); !errors.Is(err, ErrMoved) {
			t.Errorf("%s: compact: %v", name, err)
		}
		var copied bytes.Buffer
		if _, err := f.Backup(context.Background(), &copied); !errors.Is(err, ErrMoved) {
			t.Errorf("%s: backup: %v", name, err)
		}
		rescued := filepath.Join(t.TempDir(), "rescued")
		require.NoError(t, os.WriteFile(rescued, copied.Bytes(), 0o600))
		require.Equal(t, map[string]string{"a": "1"}, contents(t, openPath(t, rescued, FileOptions{})), name)
		require.Equal(t, map[string]string{"a": "1"}, contents(t, f), name)
		if back == nil {
			continue
		}
		require.NoError(t, back(), name)
		put1(t, f, "a", "3")
		require.NoError(t, f.Close())
		require.Equal(t, map[string]string{"a": "3"}, contents(t, openPath(t, path, FileOptions{})), name)
	}
}

// Another program writes over an open file, in place: nothing is committed on top of it, and the file can be closed.
func TestFileOverwritten(t *testing.T) {
	t.Parallel()
	for name, with := range map[string]func(b []byte) []byte{
		"garbage":              func(b []byte) []byte { return bytes.Repeat([]byte{'x'}, len(b)) },
		"an older state of it": func(b []byte) []byte { return b },
	} {
		path := filepath.Join(t.TempDir(), "store")
		f := openPath(t, path, FileOptions{})
		put1(t, f, "a", "1")
		old, err := os.ReadFile(path)
		require.NoError(t, err)
		for range 4 {
			put1(t, f, "a", "2")
		}
		disk, err := os.OpenFile(path, os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = disk.WriteAt(with(old), 0)
		require.NoError(t, errors.Join(err, disk.Close()))
		for range 2 {
			if err := f.Apply([]Write{{Key: []byte("a"), Value: []byte("3")}}); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: apply: %v", name, err)
			}
		}
		require.NoError(t, f.Close(), name)
	}
}

// What an erasure costs in a file of 200,000 records of 1 KB: a record is deleted, and its bytes cleared.
func BenchmarkFileErase(b *testing.B) {
	f := openPath(b, filepath.Join(b.TempDir(), "store"), FileOptions{})
	for at := 0; at < 200_000; at += 2000 {
		var batch []Write
		for i := range 2000 {
			batch = append(batch, Write{Key: fmt.Appendf(nil, "k%08d", at+i), Value: bytes.Repeat([]byte{'.'}, 1000)})
		}
		require.NoError(b, f.Apply(batch))
	}
	start := time.Now()
	f.Erase()
	require.NoError(b, f.Apply([]Write{{Key: []byte("k")}}))
	require.NoError(b, f.Erase()(context.Background()))
	b.Logf("%d MiB, the first erasure: %v", f.newest.tx.Size()>>20, time.Since(start))
	n := 0
	b.Run("erase", func(b *testing.B) {
		for b.Loop() {
			finish := f.Erase()
			require.NoError(b, f.Apply([]Write{{Key: fmt.Appendf(nil, "k%08d", n)}}))
			require.NoError(b, finish(context.Background()))
			n++
		}
	})
	b.Run("delete", func(b *testing.B) {
		for b.Loop() {
			require.NoError(b, f.Apply([]Write{{Key: fmt.Appendf(nil, "k%08d", n)}}))
			n++
		}
	})
	b.Run("compact", func(b *testing.B) {
		for b.Loop() {
			_, err := f.Compact(context.Background(), nil)
			require.NoError(b, err)
		}
	})
	b.Run("present", func(b *testing.B) {
		for b.Loop() {
			require.NoError(b, f.Present())
		}
	})
}
