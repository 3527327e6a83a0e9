package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// secretWord is a word that nothing else has.
func secretWord(r *rand.Rand) []byte {
	b := make([]byte, 12)
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyz"[r.IntN(26)]
	}
	return b
}

// countIn counts a word in all the files of a directory.
func countIn(t testing.TB, dir string, word []byte) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	n := 0
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		n += bytes.Count(b, word)
	}
	return n
}

// Records with a word in their keys and values, long and short, are updated again and
// again among others, and then deleted: after the erasure the word is nowhere in the
// file, and all others are.
func TestFileEraseReachesTheBytes(t *testing.T) {
	t.Parallel()
	for _, sync := range []Sync{SyncAlways, SyncOnClose} {
		for seed := range uint64(6) {
			r := rand.New(rand.NewPCG(seed, 8))
			dir := t.TempDir()
			path := filepath.Join(dir, "store")
			f := openPath(t, path, FileOptions{Sync: sync})
			word := secretWord(r)
			value := func() []byte {
				return bytes.Repeat(append(bytes.Clone(word), ' '), 1+r.IntN(50)*r.IntN(20))
			}
			want := map[string]string{}
			// The versions of the erased rows, and others that split and merge pages.
			var doomed []Write
			for round := range 15 {
				var batch []Write
				for i := range 10 + r.IntN(60) {
					batch = append(batch, Write{Key: fmt.Appendf(nil, "k%03d", r.IntN(10)*100+i), Value: bytes.Repeat([]byte{'.'}, r.IntN(900))})
				}
				batch = unique(batch)
				if round > 3 && r.IntN(3) == 0 {
					for i := range batch {
						if r.IntN(2) == 0 {
							batch[i].Value = nil
						}
					}
				}
				for _, w := range batch {
					if w.Value == nil {
						delete(want, string(w.Key))
					} else {
						want[string(w.Key)] = string(w.Value)
					}
				}
				doomed = nil
				for i := range 8 {
					doomed = append(doomed, Write{Key: fmt.Appendf(nil, "k%03d/%s", i*111, word), Value: value()})
				}
				require.NoError(t, f.Apply(unique(append(batch, doomed...))))
			}
			if countIn(t, dir, word) == 0 {
				t.Fatal("the word was never in the file")
			}
			finish := f.Erase()
			for i := range doomed {
				doomed[i].Value = nil
			}
			require.NoError(t, f.Apply(doomed))
			require.NoError(t, finish(context.Background()))
			require.NoError(t, finish(context.Background()), "a second time")
			if n := countIn(t, dir, word); n > 0 {
				t.Errorf("sync %d, seed %d: the word is in the file %d times", sync, seed, n)
			}
			require.Equal(t, want, contents(t, f))
			var backup bytes.Buffer
			_, err := f.Backup(context.Background(), &backup)
			require.NoError(t, err)
			if n := bytes.Count(backup.Bytes(), word); n > 0 {
				t.Errorf("the word is in a backup %d times", n)
			}
			require.NoError(t, f.Apply([]Write{{Key: []byte("later"), Value: []byte("1")}}))
			want["later"] = "1"
			require.NoError(t, f.Close())
			f = openPath(t, path, FileOptions{})
			require.Equal(t, want, contents(t, f))
			if n := countIn(t, dir, word); n > 0 {
				t.Errorf("opened again, the word is in the file %d times", n)
			}
		}
	}
}

// unique sorts a batch and keeps the last of each key.
func unique(batch []Write) []Write {
	var t tree
	for _, w := range batch {
		t.put(record{w.Key, w.Value})
	}
	var out []Write
	var p position
	p.before(&t, nil)
	for r, ok := p.next(); ok; r, ok = p.next() {
		out = append(out, Write{Key: r.key, Value: r.value})
	}
	return out
}

// fileWith makes a file in which the record "secret" was written several times.
func fileWith(t *testing.T, word string) (*File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store")
	f := openPath(t, path, FileOptions{})
	for i := range 5 {
		put1(t, f, "a", fmt.Sprint(i))
		put1(t, f, "secret", fmt.Sprint(word, i))
	}
	return f, path
}

// What was read before the erasure can be read on, and the erasure waits for it.
func TestFileEraseWaitsForReaders(t *testing.T) {
	t.Parallel()
	f, path := fileWith(t, "zqword")
	old := snapshotOf(t, f)
	finish := f.Erase()
	require.NoError(t, f.Apply([]Write{{Key: []byte("secret")}}))
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := finish(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("with a reader: %v", err)
	}
	value, ok, err := old.Get([]byte("secret"))
	if string(value) != "zqword4" || !ok || err != nil {
		t.Errorf("the reader reads %q, %v, %v", value, ok, err)
	}
	// The next erasure finishes the first, although it deletes nothing itself, and lets new readers be.
	newer := snapshotOf(t, f)
	defer newer.Release()
	done := make(chan error)
	go func() { done <- f.Erase()(context.Background()) }()
	old.Release()
	require.NoError(t, <-done)
	if n := countIn(t, filepath.Dir(path), []byte("zqword")); n > 0 {
		t.Errorf("the word is in the file %d times", n)
	}
	if value, _, err := newer.Get([]byte("a")); string(value) != "4" || err != nil {
		t.Errorf("a newer reader reads %q, %v", value, err)
	}
}

// What a crash has left unfinished is finished when the file is opened.
func TestFileEraseAfterCrash(t *testing.T) {
	t.Parallel()
	f, path := fileWith(t, "zqword")
	f.Erase()
	require.NoError(t, f.Apply([]Write{{Key: []byte("secret")}}))
	left, err := os.ReadFile(path) // as a crash leaves it
	require.NoError(t, err)
	require.NotZero(t, bytes.Count(left, []byte("zqword")))
	dir := t.TempDir()
	path = filepath.Join(dir, "store")
	require.NoError(t, os.WriteFile(path, left, 0o600))
	g := openPath(t, path, FileOptions{})
	if n := countIn(t, dir, []byte("zqword")); n > 0 {
		t.Errorf("the word is in the file %d times", n)
	}
	require.Equal(t, map[string]string{"a": "4"}, contents(t, g))
	require.NoError(t, g.Close())
	if version := openPath(t, path, FileOptions{}).Version(); version != g.Version() {
		t.Errorf("opened once more, it was changed: %v, %v", version, g.Version())
	}
}

// Erasures, commits, reads, backups and compactions at once: nothing is lost, and each
// word is gone when its erasure returns.
func TestFileEraseAmongOthers(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	f := openPath(t, path, FileOptions{Sync: SyncOnClose})
	db := New(f)
	const rounds = 15
	var group, readers sync.WaitGroup
	stop := make(chan struct{})
	for n := range 2 {
		group.Go(func() {
			for i := range rounds {
				key, word := fmt.Appendf(nil, "erased/%d/%d", n, i), fmt.Appendf(nil, "zq%dx%dword", n, i)
				set(t, db, key, bytes.Repeat(word, 1+i*40))
				finish := f.Erase()
				set(t, db, key, nil)
				if err := finish(context.Background()); err != nil {
					t.Error(err)
				}
				if b, err := os.ReadFile(path); err != nil || bytes.Contains(b, word) {
					t.Errorf("%s is still there (%v)", word, err)
				}
			}
		})
		group.Go(func() {
			for i := range rounds * 4 {
				set(t, db, fmt.Appendf(nil, "kept/%d/%d", n, i), bytes.Repeat([]byte{'.'}, i*50))
			}
		})
	}
	group.Go(func() {
		for range 5 {
			var backup bytes.Buffer
			if _, err := f.Backup(context.Background(), &backup); err != nil {
				t.Error(err)
			}
			if _, err := f.Compact(context.Background(), nil); err != nil && replacesOpenFiles {
				t.Error(err)
			}
		}
	})
	readers.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			tx, err := db.Begin(ReadOnly)
			if err != nil {
				t.Error(err)
				return
			}
			c := tx.Cursor(nil, nil, Forward)
			for c.Next() {
			}
			if err := c.Err(); err != nil {
				t.Error(err)
			}
			tx.Rollback()
		}
	})
	group.Wait()
	close(stop)
	readers.Wait()
	require.NoError(t, db.Close())
	f = openPath(t, path, FileOptions{})
	got := contents(t, f)
	for n := range 2 {
		for i := range rounds * 4 {
			key := fmt.Sprintf("kept/%d/%d", n, i)
			if len(got[key]) != i*50 {
				t.Errorf("%s has %d bytes", key, len(got[key]))
			}
			delete(got, key)
		}
	}
	if len(got) > 0 {
		t.Errorf("left over: %v", got)
	}
}

// set writes one record; a nil value deletes it.
func set(t *testing.T, db *DB, key, value []byte) {
	tx, err := db.Begin(ReadWrite)
	if err == nil {
		if value == nil {
			err = tx.Delete(key)
		} else {
			err = tx.Put(key, value)
		}
		if err == nil {
			err = tx.Commit()
		}
	}
	if err != nil {
		t.Error(err)
	}
}
