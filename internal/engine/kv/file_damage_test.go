package kv

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.etcd.io/bbolt"
)

// sample is a closed file with several levels of branches (its keys are long),
// values that overflow, and free pages; and what it was some commits before.
type sample struct {
	bytes, earlier []byte
	records        map[string]string
	ever           map[[2]string]bool // each key with each value that it had in any commit
	version        Version
}

// newSample makes a sample. It is another each time: bbolt takes any free page.
func newSample(t *testing.T) sample {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample")
	r := rand.New(rand.NewPCG(8, 8))
	s := sample{ever: map[[2]string]bool{}}
	f := openPath(t, path, FileOptions{Sync: SyncOnClose})
	for round := range 30 {
		if round == 25 {
			var err error
			s.earlier, err = os.ReadFile(path)
			require.NoError(t, err)
		}
		batch := map[string]*string{}
		for range 20 {
			n := r.IntN(220)
			key := fmt.Sprintf("%04d%s", n, strings.Repeat("k", n%5*160))
			if r.IntN(4) == 0 {
				batch[key] = nil
				continue
			}
			value := strings.Repeat(string(rune('a'+r.IntN(26))), r.IntN(300))
			if r.IntN(40) == 0 {
				value = strings.Repeat(value, 40)
			}
			batch[key] = &value
			s.ever[[2]string{key, value}] = true
		}
		require.NoError(t, f.Apply(sorted(batch)))
	}
	s.records, s.version = contents(t, f), f.Version()
	stats := f.newest.records.Stats()
	require.GreaterOrEqual(t, stats.Depth, 3)
	require.Positive(t, stats.LeafOverflowN)
	size := f.newest.tx.Size()
	t.Logf("%d records, %d levels, %d pages", stats.KeyN, stats.Depth, size/filePageSize)
	require.NoError(t, f.Close())
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	s.bytes = b[:size+2*filePageSize] // The rest was taken in advance and is empty.
	require.Less(t, int64(stats.LeafPageN+stats.BranchPageN+stats.LeafOverflowN+3)*filePageSize, size, "free pages")
	return s
}

// damage returns a damaged copy of the file and what was done to it.
func (s sample) damage(r *rand.Rand) ([]byte, string) {
	b := bytes.Clone(s.bytes)
	pages := len(b) / filePageSize
	at := r.IntN(len(b))
	if r.IntN(2) == 0 { // The heads of pages, which bbolt believes.
		at = r.IntN(pages)*filePageSize + r.IntN(160)
	}
	page := func(b []byte, i int) []byte { return b[i*filePageSize : (i+1)*filePageSize] }
	i, j := r.IntN(pages), r.IntN(pages)
	switch r.IntN(10) {
	case 0, 1, 2:
		b[at] ^= 1 << r.IntN(8)
		return b, fmt.Sprintf("bit of byte %d flipped", at)
	case 3:
		b[at] = byte(r.Uint32())
		return b, fmt.Sprintf("byte %d random", at)
	case 4:
		clear(page(b, i))
		return b, fmt.Sprintf("page %d zeroed", i)
	case 5:
		copy(page(b, i), page(s.bytes, j))
		if r.IntN(2) == 0 { // As if it belonged there.
			order.PutUint64(page(b, i), uint64(i))
		}
		return b, fmt.Sprintf("page %d over page %d", j, i)
	case 6:
		copy(page(b, i), page(s.bytes, j))
		copy(page(b, j), page(s.bytes, i))
		return b, fmt.Sprintf("pages %d and %d swapped", i, j)
	case 7:
		at = max(at, 1) // A file of no bytes is a new one.
		return b[:at], fmt.Sprintf("cut off at %d", at)
	case 8:
		for range 1 + r.IntN(20_000) {
			b = append(b, byte(r.Uint32()))
		}
		return b, "garbage appended"
	default:
		i %= len(s.earlier) / filePageSize
		copy(page(b, i), page(s.earlier, i))
		return b, fmt.Sprintf("page %d as it was", i)
	}
}

// Whatever happens to the bytes of a file: it is refused and left alone, or it
// holds every record and goes on working.
func TestFileDamage(t *testing.T) {
	t.Parallel()
	s := newSample(t)
	cases := uint64(750)
	if raceEnabled {
		cases = 200 // The detector finds nothing more in the others.
	}
	for part := range uint64(4) {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "store")
			refused := uint64(0)
			for seed := range cases {
				b, what := s.damage(rand.New(rand.NewPCG(part, seed)))
				if s.survives(t, path, b, fmt.Sprintf("part %d, seed %d, %s", part, seed, what)) {
					continue
				}
				refused++
			}
			t.Logf("%d refused", refused)
			if refused < cases/3 || refused > cases*9/10 {
				t.Errorf("%d of %d were refused", refused, cases)
			}
		})
	}
}

// survives checks the promise for a file of some bytes, and returns whether it
// could be opened.
func (s sample) survives(t *testing.T, path string, b []byte, what string) bool {
	t.Helper()
	require.NoError(t, os.WriteFile(path, b, 0o600))
	f, err := OpenFile(context.Background(), path, FileOptions{Sync: SyncOnClose})
	if err != nil {
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatalf("%s: %v", what, err)
		}
		after, readErr := os.ReadFile(path)
		require.NoError(t, readErr)
		if !bytes.Equal(after, b) {
			t.Fatalf("%s: the file was changed", what)
		}
		return false
	}
	defer func() { _ = f.Close() }()
	if f.Version() != s.version || !maps.Equal(contents(t, f), s.records) {
		t.Fatalf("%s: was opened with version %v", what, f.Version())
	}
	// It is as good as new: bbolt finds nothing, and nothing is lost by writing.
	put1(t, f, "0000", "new")
	want := maps.Clone(s.records)
	want["0000"] = "new"
	if !maps.Equal(contents(t, f), want) {
		t.Fatalf("%s: other records after a write", what)
	}
	for err := range f.newest.tx.Check() {
		t.Fatalf("%s: %v", what, err)
	}
	return true
}

func FuzzOpenFile(f *testing.F) {
	f.Add(uint32(0), []byte{}, []byte{})
	f.Add(uint32(filePageSize*4+8), []byte{1, 0, 0xff, 0xff}, []byte("garbage"))
	var s sample
	f.Fuzz(func(t *testing.T, at uint32, over, tail []byte) {
		if s.bytes == nil {
			s = newSample(t)
		}
		b := append(bytes.Clone(s.bytes), tail...)
		copy(b[int(at)%len(b):], over)
		s.survives(t, filepath.Join(t.TempDir(), "store"), b, fmt.Sprintf("%x at %d", over, at))
	})
}

// A record that changes under an open file is not returned, and takes neither the
// process nor its neighbours along. A pointer that changes may lead to a free page,
// where a record of an earlier commit is still whole: what opening a file finds by
// the head, a read of one record cannot.
func TestFileDamageWhileOpen(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the system does not let anybody cut a mapped file off")
	}
	s := newSample(t)
	path := filepath.Join(t.TempDir(), "store")
	require.NoError(t, os.WriteFile(path, s.bytes, 0o600))
	f := openPath(t, path, FileOptions{Sync: SyncOnClose})
	r := rand.New(rand.NewPCG(3, 9))
	damaged := 0
	for range 60 {
		b := bytes.Clone(s.bytes)
		for range 1 + r.IntN(8) {
			at := firstPage*filePageSize + r.IntN(len(b)-firstPage*filePageSize)
			b[at] ^= 1 << r.IntN(8)
		}
		require.NoError(t, os.WriteFile(path, b, 0o600)) // The same file.
		snapshot := snapshotOf(t, f)
		for key := range s.records {
			value, ok, err := snapshot.Get([]byte(key))
			if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrMedium) || err == nil && ok && !s.ever[[2]string{key, string(value)}] {
				t.Fatalf("%q: %d bytes, %v", key, len(value), err)
			}
			if err != nil {
				damaged++
			}
		}
		for _, dir := range []Direction{Forward, Backward} {
			it := snapshot.Iterate(nil, nil, dir)
			for range 2 * len(s.records) {
				key, value, err := it.Next()
				if err != nil || key == nil {
					break
				}
				if !s.ever[[2]string{string(key), string(value)}] {
					t.Fatalf("%q: %d bytes", key, len(value))
				}
			}
		}
		snapshot.Release()
	}
	if damaged == 0 {
		t.Error("nothing was found")
	}
}

// A file that is cut off under an open one makes reading its mapping fault.
func TestFileCutOffWhileOpen(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the system does not let anybody cut a mapped file off")
	}
	s := newSample(t)
	path := filepath.Join(t.TempDir(), "store")
	require.NoError(t, os.WriteFile(path, s.bytes, 0o600))
	f := openPath(t, path, FileOptions{})
	require.NoError(t, os.Truncate(path, 2*filePageSize))
	snapshot := snapshotOf(t, f)
	failed := 0
	for key := range s.records {
		if _, _, err := snapshot.Get([]byte(key)); errors.Is(err, ErrMedium) {
			failed++
		}
	}
	if failed != len(s.records) {
		t.Errorf("%d of %d reads failed", failed, len(s.records))
	}
	snapshot.Release()
	if err := f.Apply([]Write{{Key: []byte("a"), Value: []byte("b")}}); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
		t.Errorf("apply: %v", err)
	}
	if err := f.Apply([]Write{{Key: []byte("a"), Value: []byte("b")}}); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "opened again") {
		t.Errorf("second apply: %v", err)
	}
	if _, err := f.Backup(context.Background(), io.Discard); !errors.Is(err, ErrDamaged) {
		t.Errorf("backup: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	_, err := OpenFile(context.Background(), path, FileOptions{})
	if !errors.Is(err, ErrDamaged) {
		t.Errorf("open: %v", err)
	}
}

// Files of others are refused and stay as they are.
func TestFileForeign(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := map[string][]byte{
		"text":   []byte("Not a store.\n"),
		"long":   bytes.Repeat([]byte("Not a store.\n"), 10_000),
		"zeros":  make([]byte, 64<<10),
		"sqlite": append([]byte("SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20"), make([]byte, 8172)...),
		"byte":   {0},
	}
	for name, buckets := range map[string]int{"bolt empty": 0, "bolt one": 1, "bolt many": 3000} {
		path := filepath.Join(dir, name)
		db, err := bbolt.Open(path, 0o600, nil)
		require.NoError(t, err)
		require.NoError(t, db.Update(func(tx *bbolt.Tx) error {
			for i := range buckets {
				if _, err := tx.CreateBucket(numbered(i)); err != nil {
					return err
				}
			}
			return nil
		}))
		require.NoError(t, db.Close())
		if files[name], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, b, 0o600))
		_, err := OpenFile(context.Background(), path, FileOptions{})
		if !errors.Is(err, ErrForeign) || !strings.Contains(fmt.Sprint(err), path) {
			t.Errorf("%s: %v", name, err)
		}
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		if !bytes.Equal(after, b) {
			t.Errorf("%s was changed", name)
		}
	}
	if _, err := OpenFile(context.Background(), dir, FileOptions{}); !errors.Is(err, ErrForeign) {
		t.Errorf("directory: %v", err)
	}
}

// A later version may change anything but the place of its number.
func TestFileNewerFormat(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f := openPath(t, path, FileOptions{})
	require.NoError(t, f.db.Update(func(tx *bbolt.Tx) error {
		if _, err := tx.CreateBucket([]byte("something new")); err != nil {
			return err
		}
		return tx.Bucket(headBucket).Put(headKey, newerHead())
	}))
	require.NoError(t, f.Close())
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	if _, err = OpenFile(context.Background(), path, FileOptions{}); !errors.Is(err, ErrNewerFormat) {
		t.Errorf("got %v", err)
	}
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	if !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

func newerHead() []byte {
	b := append([]byte(headMagic), newestFormat+1, 0, 0, 0)
	b = append(b, "whatever there will be"...)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}
