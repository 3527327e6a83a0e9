package kv

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

const benchKeys = 100_000

func benchDB(b *testing.B) *DB {
	b.Helper()
	db := New(NewMemory())
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
			keys := benchOrder()
			db := benchDB(b)
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
	}
}

func BenchmarkBeginGet(b *testing.B) {
	keys := benchOrder()
	db := benchDB(b)
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
}

func BenchmarkPutCommit(b *testing.B) {
	for _, puts := range []int{1, 20} {
		b.Run(fmt.Sprint(puts), func(b *testing.B) {
			keys := benchOrder()
			db := benchDB(b)
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
		})
	}
}

func BenchmarkCursor500(b *testing.B) {
	for name, dir := range map[string]Direction{"forward": Forward, "backward": Backward} {
		for _, writes := range []int{0, 50} {
			b.Run(fmt.Sprintf("%s/%d own writes", name, writes), func(b *testing.B) {
				db := benchDB(b)
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
			})
		}
	}
}

// BenchmarkConflictCheck commits against a thousand newer commits.
func BenchmarkConflictCheck(b *testing.B) {
	db := benchDB(b)
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
