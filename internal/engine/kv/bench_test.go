package kv

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

const benchKeys = 100_000

// benchBackends runs a benchmark over each backend.
func benchBackends(b *testing.B, run func(b *testing.B, backend Backend)) {
	b.Run("memory", func(b *testing.B) { run(b, NewMemory()) })
	b.Run("file", func(b *testing.B) { run(b, openTemporary(b)) })
}

// benchDB returns a database of benchKeys records.
func benchDB(b *testing.B, backend Backend) *DB {
	b.Helper()
	db := New(backend)
	fill(b, db, benchKeys, 200)
	b.Cleanup(func() { _ = db.Close() })
	b.ReportAllocs()
	b.ResetTimer()
	return db
}

// benchOrder visits the keys far from one another, without repetition.
func benchOrder() [][]byte {
	keys := make([][]byte, benchKeys)
	for i := range keys {
		keys[i] = numbered(i * 7919 % benchKeys)
	}
	return keys
}

func BenchmarkGet(b *testing.B) {
	for name, mode := range map[string]Mode{"read-only": ReadOnly, "read-write": ReadWrite} {
		b.Run(name, func(b *testing.B) {
			benchBackends(b, func(b *testing.B, backend Backend) {
				keys := benchOrder()
				db := benchDB(b, backend)
				var tx *Tx
				for i := 0; b.Loop(); i++ {
					if i%50 == 0 { // About what one statement reads.
						if tx != nil {
							tx.Rollback()
						}
						tx, _ = db.Begin(mode)
					}
					if _, ok, err := tx.Get(keys[i%benchKeys]); !ok || err != nil {
						b.Fatal(ok, err)
					}
				}
			})
		})
	}
}

func BenchmarkBeginGet(b *testing.B) {
	benchBackends(b, func(b *testing.B, backend Backend) {
		keys := benchOrder()
		db := benchDB(b, backend)
		for i := 0; b.Loop(); i++ {
			tx, err := db.Begin(ReadWrite)
			if err != nil {
				b.Fatal(err)
			}
			if _, ok, err := tx.Get(keys[i%benchKeys]); !ok || err != nil {
				b.Fatal(ok, err)
			}
			tx.Rollback()
		}
	})
}

func BenchmarkPutCommit(b *testing.B) {
	for _, puts := range []int{1, 20} {
		run := func(b *testing.B, backend Backend) {
			keys := benchOrder()
			db := benchDB(b, backend)
			value := make([]byte, 200)
			next := 0
			for b.Loop() {
				tx, err := db.Begin(ReadWrite)
				if err != nil {
					b.Fatal(err)
				}
				for range puts {
					if err := tx.Put(keys[next%benchKeys], value); err != nil {
						b.Fatal(err)
					}
					next++
				}
				if err := tx.Commit(); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.Run(fmt.Sprint(puts), func(b *testing.B) {
			benchBackends(b, run)
			b.Run("file, synced", func(b *testing.B) {
				run(b, openPath(b, filepath.Join(b.TempDir(), "store"), FileOptions{}))
			})
		})
	}
}

func BenchmarkCursor500(b *testing.B) {
	for name, dir := range map[string]Direction{"forward": Forward, "backward": Backward} {
		for _, writes := range []int{0, 50} {
			run := func(b *testing.B, backend Backend) {
				db := benchDB(b, backend)
				tx, err := db.Begin(ReadWrite)
				require.NoError(b, err)
				defer tx.Rollback()
				for i := range writes {
					require.NoError(b, tx.Put(numbered(50_000+10*i), nil))
				}
				for b.Loop() {
					c := tx.Cursor(numbered(50_000), numbered(50_500), dir)
					n := 0
					for c.Next() {
						n++
					}
					if n != 500 || c.Err() != nil {
						b.Fatal(n, c.Err())
					}
				}
			}
			b.Run(fmt.Sprintf("%s/%d own writes", name, writes), func(b *testing.B) { benchBackends(b, run) })
		}
	}
}

// BenchmarkConflictCheck commits against a thousand newer commits.
func BenchmarkConflictCheck(b *testing.B) {
	db := benchDB(b, NewMemory())
	old, err := db.Begin(ReadWrite)
	require.NoError(b, err)
	defer old.Rollback()
	for i := range 1000 {
		tx, err := db.Begin(ReadWrite)
		require.NoError(b, err)
		require.NoError(b, tx.Put(numbered(i), nil))
		require.NoError(b, tx.Commit())
	}
	for i := range 100 {
		_, err := old.Has(numbered(50_000 + i))
		require.NoError(b, err)
	}
	for b.Loop() {
		if old.session.conflicts(db.since(old.session.version)) {
			b.Fatal("conflict")
		}
	}
}

// BenchmarkOpenFile opens a file of 100,000 records of 1,000 bytes, written in an
// order that is not that of their keys, with its pages in the system's cache.
func BenchmarkOpenFile(b *testing.B) {
	f := benchFile(b)
	size := f.newest.tx.Size()
	require.NoError(b, f.Close())
	b.SetBytes(size)
	for b.Loop() {
		f, err := OpenFile(context.Background(), f.path, FileOptions{})
		if err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBackup copies the same file to nowhere.
func BenchmarkBackup(b *testing.B) {
	f := benchFile(b)
	b.SetBytes(f.newest.tx.Size())
	for b.Loop() {
		if _, err := f.Backup(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func benchFile(b *testing.B) *File {
	b.Helper()
	f := openTemporary(b).(*File)
	db := New(f)
	fillOrder(b, db, benchKeys, 1000, func(i int) int { return i * 7919 % benchKeys })
	return f
}
