package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

type writerFunc func(b []byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// restore opens what a backup wrote.
func restore(t *testing.T, b []byte) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "restored")
	require.NoError(t, os.WriteFile(path, b, 0o600))
	return openPath(t, path, FileOptions{Sync: SyncOnClose})
}

// A backup is the state at its beginning, and a store like any other, after an
// even and after an odd number of transactions.
func TestBackup(t *testing.T) {
	t.Parallel()
	f := openTemporary(t).(*File)
	want := map[string]string{}
	for i := range 7 {
		for j := range 50 {
			key := fmt.Sprintf("%d/%d", i, j)
			want[key] = strings.Repeat("v", i*j)
			put1(t, f, key, want[key])
		}
		var b bytes.Buffer
		n, err := f.Backup(context.Background(), &b)
		require.NoError(t, err)
		if n != int64(b.Len()) {
			t.Errorf("%d bytes, said to be %d", b.Len(), n)
		}
		restored := restore(t, b.Bytes())
		if restored.Version() != f.Version() || !maps.Equal(contents(t, restored), want) {
			t.Errorf("round %d: version %v, want %v", i, restored.Version(), f.Version())
		}
		for range 3 {
			put1(t, restored, "after", "wards")
		}
		require.NoError(t, restored.Close())
		f2 := openPath(t, restored.path, FileOptions{})
		if len(contents(t, f2)) != len(want)+1 {
			t.Errorf("round %d: %d records after writing to the copy", i, len(contents(t, f2)))
		}
		put1(t, f, fmt.Sprintf("%d", i), "") // Changes the parity of the next.
		want[fmt.Sprintf("%d", i)] = ""
	}
}

// What commits meanwhile is not in a backup, whatever pages it reuses.
func TestBackupInUse(t *testing.T) {
	t.Parallel()
	f := openTemporary(t).(*File)
	var batch []Write
	for i := range 3000 {
		batch = append(batch, Write{Key: numbered(i), Value: []byte(strings.Repeat("0", 300))})
	}
	require.NoError(t, f.Apply(batch))
	var group sync.WaitGroup
	stop := make(chan struct{})
	group.Go(func() {
		for round := 1; ; round++ {
			select {
			case <-stop:
				return
			default:
			}
			for i := range batch { // All records change together.
				batch[i].Value = []byte(strings.Repeat(fmt.Sprint(round%10), 300))
			}
			if err := f.Apply(batch); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 8 {
		var b bytes.Buffer
		_, err := f.Backup(context.Background(), &b)
		require.NoError(t, err)
		first := ""
		all := contents(t, restore(t, b.Bytes()))
		for _, v := range all {
			if first == "" {
				first = v
			}
			if v != first {
				t.Fatalf("two states in one backup: %.3s and %.3s", v, first)
			}
		}
		if len(all) != len(batch) {
			t.Fatalf("%d records", len(all))
		}
	}
	close(stop)
	group.Wait()
}

func TestBackupLeavesDeletedOut(t *testing.T) {
	t.Parallel()
	f := openTemporary(t).(*File)
	for i := range 200 {
		put1(t, f, fmt.Sprint(i), strings.Repeat("secret", 300))
	}
	for i := range 200 {
		require.NoError(t, f.Apply([]Write{{Key: []byte(fmt.Sprint(i))}}))
	}
	var b bytes.Buffer
	_, err := f.Backup(context.Background(), &b)
	require.NoError(t, err)
	if bytes.Contains(b.Bytes(), []byte("secret")) {
		t.Error("the backup has what was deleted")
	}
}

func TestBackupFails(t *testing.T) {
	t.Parallel()
	full := errors.New("full")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for name, c := range map[string]struct {
		ctx   context.Context
		write func(f *File, n int) (int, error) // of the bytes before the chunk and its size
		want  error
		most  int
	}{
		"writer":      {context.Background(), func(_ *File, n int) (int, error) { return 10, full }, full, 1},
		"short write": {context.Background(), func(_ *File, n int) (int, error) { return n - 1, nil }, io.ErrShortWrite, 1},
		"context":     {ctx, func(_ *File, n int) (int, error) { cancel(); return n, nil }, context.Canceled, 1},
		"closed":      {context.Background(), func(f *File, n int) (int, error) { return n, f.Close() }, ErrClosed, 1},
	} {
		t.Run(name, func(t *testing.T) {
			f := openTemporary(t).(*File)
			put1(t, f, "a", strings.Repeat("v", 3*backupChunk))
			calls, total := 0, 0
			n, err := f.Backup(c.ctx, writerFunc(func(b []byte) (int, error) {
				calls++
				n, err := c.write(f, len(b))
				total += n
				return n, err
			}))
			if !errors.Is(err, c.want) || calls > c.most || int(n) != total {
				t.Errorf("%v after %d calls, %d bytes", err, calls, n)
			}
			require.NoError(t, f.Close())
			openPath(t, f.path, FileOptions{})
		})
	}
}
