package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// openPath opens a file, which is closed after the test.
func openPath(tb testing.TB, path string, o FileOptions) *File {
	tb.Helper()
	f, err := OpenFile(context.Background(), path, o)
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = f.Close() })
	return f
}

// openTemporary opens a new file for tests that do not end the program.
func openTemporary(tb testing.TB) Backend {
	return openPath(tb, filepath.Join(tb.TempDir(), "store"), FileOptions{Sync: SyncOnClose})
}

// openSmall opens a file that soon outgrows its mapping.
func openSmall(tb testing.TB, path string) *File {
	tb.Helper()
	f, err := openFile(context.Background(), path, FileOptions{Sync: SyncOnClose},
		func(_ *os.File, used int64) (int64, error) { return mappedSize(used), nil })
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = f.Close() })
	return f
}

func TestFile(t *testing.T) {
	t.Parallel()
	testBackend(t, openTemporary)
}

func put1(tb testing.TB, b Backend, key, value string) {
	tb.Helper()
	require.NoError(tb, b.Apply([]Write{{Key: []byte(key), Value: []byte(value)}}))
}

// contents returns all records.
func contents(tb testing.TB, b Backend) map[string]string {
	tb.Helper()
	s, err := b.Snapshot()
	require.NoError(tb, err)
	defer s.Release()
	all := map[string]string{}
	it := s.Iterate(nil, nil, Forward)
	for {
		key, value, err := it.Next()
		require.NoError(tb, err)
		if key == nil {
			return all
		}
		all[string(key)] = string(value)
	}
}

// A program and its reopened file: whatever is committed is there again.
func TestFileReopen(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 2))
	path := filepath.Join(t.TempDir(), "store")
	want := map[string]string{}
	var version Version
	for round := range 60 {
		sync := Sync(round % 2)
		f := openPath(t, path, FileOptions{Sync: sync})
		require.Equal(t, want, contents(t, f), "round %d", round)
		require.Equal(t, version, f.Version())
		for range r.IntN(4) {
			batch := map[string]*string{}
			for range r.IntN(40) {
				key := fmt.Sprintf("%0*d", 1+r.IntN(60), r.IntN(400))
				if r.IntN(3) == 0 {
					batch[key] = nil
					delete(want, key)
					continue
				}
				value := strings.Repeat(string(rune('a'+r.IntN(26))), r.IntN(30)*r.IntN(30))
				if r.IntN(100) == 0 {
					value = strings.Repeat(value, 50)
				}
				batch[key] = &value
				want[key] = value
			}
			require.NoError(t, f.Apply(sorted(batch)))
		}
		version = f.Version()
		require.EqualValues(t, len(want), version.Records)
		require.NoError(t, f.Close())
	}
}

func sorted(batch map[string]*string) []Write {
	var writes []Write
	for _, key := range slices.Sorted(maps.Keys(batch)) {
		w := Write{Key: []byte(key)}
		if v := batch[key]; v != nil {
			w.Value = append([]byte{}, *v...)
		}
		writes = append(writes, w)
	}
	return writes
}

// A new file is whole, private, and alone in its directory.
func TestFileNew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, prepare := range map[string]func(path string){
		"missing":     func(string) {},
		"of no bytes": func(path string) { require.NoError(t, os.WriteFile(path, nil, 0o644)) },
		"after a crash": func(path string) {
			require.NoError(t, os.WriteFile(filepath.Join(dir, ".after a crash.1.new"), []byte("half"), 0o600))
		},
	} {
		path := filepath.Join(dir, name)
		prepare(path)
		f := openPath(t, path, FileOptions{})
		if f.Version() != (Version{}) || len(contents(t, f)) != 0 {
			t.Errorf("%s: version %v", name, f.Version())
		}
		info, err := os.Stat(path)
		require.NoError(t, err)
		if mode := info.Mode().Perm(); mode&^0o600 != 0 && runtime.GOOS != "windows" {
			t.Errorf("%s: mode %o", name, mode)
		}
		put1(t, f, "a", "b")
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	if len(entries) != 4 {
		t.Errorf("%v", entries)
	}
	_, err = OpenFile(context.Background(), filepath.Join(dir, "none", "store"), FileOptions{})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), filepath.Join(dir, "none")+" does not exist") {
		t.Errorf("missing directory: %v", err)
	}
	if _, err = OpenFile(context.Background(), filepath.Join(dir, "store"), FileOptions{Sync: 7}); err == nil {
		t.Error("an unknown choice of Sync was taken")
	}
}

// A symbolic link to a file is as good as the file; one to nowhere is not.
func TestFileLink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target, link, nowhere := filepath.Join(dir, "target"), filepath.Join(dir, "link"), filepath.Join(dir, "nowhere")
	require.NoError(t, os.WriteFile(target, nil, 0o600))
	if err := errors.Join(os.Symlink(target, link), os.Symlink(filepath.Join(dir, "none"), nowhere)); err != nil {
		t.Skipf("the system does not allow symbolic links: %v", err)
	}
	f := openPath(t, link, FileOptions{})
	put1(t, f, "a", "b")
	if _, err := OpenFile(context.Background(), target, FileOptions{}); !errors.Is(err, ErrInUse) {
		t.Errorf("the target: %v", err)
	}
	require.NoError(t, f.Close())
	if got := contents(t, openPath(t, target, FileOptions{})); len(got) != 1 {
		t.Errorf("the target holds %v", got)
	}
	if _, err := OpenFile(context.Background(), nowhere, FileOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nowhere: %v", err)
	}
}

// Of several who make the same file at once one gets it, and nobody breaks it.
func TestFileNewAtOnce(t *testing.T) {
	t.Parallel()
	for round := range 20 {
		path := filepath.Join(t.TempDir(), "store")
		if round%2 == 0 {
			require.NoError(t, os.WriteFile(path, nil, 0o600))
		}
		var group sync.WaitGroup
		var mu sync.Mutex
		wrote := 0
		for range 4 {
			group.Go(func() {
				for {
					f, err := OpenFile(context.Background(), path, FileOptions{})
					if errors.Is(err, ErrInUse) {
						runtime.Gosched()
						continue
					}
					if err == nil {
						mu.Lock()
						wrote++
						n := wrote
						mu.Unlock()
						err = errors.Join(f.Apply([]Write{{Key: []byte{byte(n)}, Value: []byte{}}}), f.Close())
					}
					if err != nil {
						t.Error(err)
					}
					return
				}
			})
		}
		group.Wait()
		if f := openPath(t, path, FileOptions{}); len(contents(t, f)) != 4 {
			t.Errorf("round %d: %d of 4 writes are there", round, len(contents(t, f)))
		}
	}
}

func TestFileInUse(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f := openPath(t, path, FileOptions{})
	_, err := OpenFile(context.Background(), path, FileOptions{})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "in use") {
		t.Errorf("got %v", err)
	}
	put1(t, f, "a", "b")
	require.NoError(t, f.Close())
	openPath(t, path, FileOptions{})
}

func TestFileOpenCancelled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f := openPath(t, path, FileOptions{})
	var batch []Write
	for i := range 1000 {
		batch = append(batch, Write{Key: numbered(i), Value: make([]byte, 200)})
	}
	require.NoError(t, f.Apply(batch))
	require.NoError(t, f.Close())
	disk, err := os.Open(path)
	require.NoError(t, err)
	defer func() { _ = disk.Close() }()
	info, err := disk.Stat()
	require.NoError(t, err)
	m, err := readMeta(disk, info.Size())
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	reads := 0
	_, err = check(ctx, readerAt(func(b []byte, at int64) (int, error) {
		if reads++; reads == 2 { // The root of the records.
			cancel()
		}
		return disk.ReadAt(b, at)
	}), m)
	if !errors.Is(err, context.Canceled) || reads != 2 {
		t.Errorf("%v after %d reads", err, reads)
	}
	if _, err := OpenFile(ctx, path, FileOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	openPath(t, path, FileOptions{})
}

type readerAt func(b []byte, at int64) (int, error)

func (f readerAt) ReadAt(b []byte, at int64) (int, error) { return f(b, at) }

// After Close nothing answers, and nothing that was released is waited for.
func TestFileClose(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f := openPath(t, path, FileOptions{})
	put1(t, f, "a", "b")
	held := snapshotOf(t, f)
	it := held.Iterate(nil, nil, Forward)
	value, _, err := held.Get([]byte("a"))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.NoError(t, f.Close())
	_, snapshotErr := f.Snapshot()
	_, _, getErr := held.Get([]byte("a"))
	_, _, nextErr := it.Next()
	_, backupErr := f.Backup(context.Background(), &bytes.Buffer{})
	for name, err := range map[string]error{
		"snapshot": snapshotErr, "get": getErr, "next": nextErr, "backup": backupErr,
		"apply": f.Apply([]Write{{Key: []byte("a")}}), "empty apply": f.Apply(nil),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if string(value) != "b" {
		t.Errorf("the slice of a live snapshot reads %q", value)
	}
	// The file is let go with the last snapshot.
	if _, err := OpenFile(context.Background(), path, FileOptions{}); !errors.Is(err, ErrInUse) {
		t.Errorf("open under a snapshot: %v", err)
	}
	held.Release()
	if _, _, err := held.Get([]byte("a")); !errors.Is(err, ErrClosed) {
		t.Errorf("get after the release: %v", err)
	}
	openPath(t, path, FileOptions{})
}

// A file that outgrows its mapping grows when no snapshot is live, and never
// waits for one.
func TestFileGrow(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f := openSmall(t, path)
	want := map[string]string{}
	conflicts := 0
	for i := range 600 {
		key, value := fmt.Sprintf("%05d", i), strings.Repeat("v", 1+i*5)
		batch := []Write{{Key: []byte(key), Value: []byte(value)}}
		if i%7 == 0 {
			held := snapshotOf(t, f)
			err := f.Apply(batch)
			_, ok, getErr := held.Get([]byte(key))
			require.NoError(t, getErr)
			require.False(t, ok)
			held.Release()
			if err == nil {
				want[key] = value
				continue
			}
			require.ErrorIs(t, err, ErrConflict)
			require.Len(t, contents(t, f), len(want))
			conflicts++
		}
		require.NoError(t, f.Apply(batch))
		want[key] = value
	}
	t.Logf("%d conflicts, %d bytes", conflicts, f.newest.tx.Size())
	if conflicts < 3 {
		t.Error("the mapping was large enough")
	}
	if !maps.Equal(contents(t, f), want) {
		t.Error("the records differ")
	}
	require.NoError(t, f.Close())
	if !maps.Equal(contents(t, openPath(t, path, FileOptions{})), want) {
		t.Error("the records differ after opening it again")
	}
}

// Snapshots that come and go in other goroutines neither hold up a file that
// grows nor see half of it.
func TestFileGrowConcurrently(t *testing.T) {
	t.Parallel()
	f := openSmall(t, filepath.Join(t.TempDir(), "store"))
	put1(t, f, "n", "0")
	put1(t, f, "m", "0")
	stop := make(chan struct{})
	var group sync.WaitGroup
	var reading sync.RWMutex
	conflicts := 0
	for range 3 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				reading.RLock()
				s, err := f.Snapshot()
				if err != nil {
					reading.RUnlock()
					t.Error(err)
					return
				}
				n, _, err1 := s.Get([]byte("n"))
				m, _, err2 := s.Get([]byte("m"))
				if err := errors.Join(err1, err2); err != nil || !bytes.Equal(n, m) {
					t.Errorf("%q, %q, %v", n, m, err)
				}
				s.Release()
				reading.RUnlock()
			}
		})
	}
	value := make([]byte, 20_000)
	for i := range 300 {
		n := []byte(fmt.Sprint(i))
		batch := []Write{{Key: numbered(i), Value: value}, {Key: []byte("m"), Value: n}, {Key: []byte("n"), Value: n}}
		slices.SortFunc(batch, func(a, b Write) int { return bytes.Compare(a.Key, b.Key) })
		err := f.Apply(batch)
		if errors.Is(err, ErrConflict) {
			conflicts++
			reading.Lock()
			err = f.Apply(batch)
			reading.Unlock()
		}
		if err != nil {
			t.Error(err)
			break
		}
	}
	t.Logf("%d conflicts", conflicts)
	close(stop)
	group.Wait()
}

func TestMappedSize(t *testing.T) {
	t.Parallel()
	for size, want := range map[int64]int64{
		0: 1 << 15, 1 << 15: 1 << 15, 1<<15 + 1: 1 << 16, 1 << 30: 1 << 30, 1<<30 + 1: 2 << 30, 5<<30 - 1: 5 << 30,
	} {
		if got := mappedSize(size); got != want {
			t.Errorf("%d: got %d, want %d", size, got, want)
		}
	}
}

// A commit that failed when it was already in the file is not seen, and no other
// is built upon it.
func TestFileCommitInSpiteOfError(t *testing.T) {
	t.Parallel()
	f := openTemporary(t).(*File)
	put1(t, f, "a", "1")
	version, err := f.commit([]Write{{Key: []byte("a"), Value: []byte("2")}}, false)
	require.NoError(t, err)
	require.EqualValues(t, 2, version.Commits)
	err = f.settle(&fs.PathError{Op: "write", Path: f.path, Err: syscall.ENOSPC})
	if !errors.Is(err, ErrMedium) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("got %v", err)
	}
	if got := contents(t, f)["a"]; got != "1" || f.Version().Commits != 1 {
		t.Errorf("got %q in version %v", got, f.Version())
	}
	if err := f.Apply([]Write{{Key: []byte("a"), Value: []byte("3")}}); !errors.Is(err, ErrMedium) {
		t.Errorf("apply: %v", err)
	}
}
