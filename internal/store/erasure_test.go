package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// deleteSession deletes the session of a write by said.
func deleteSession(ctx context.Context, s *store.Store, name string, at store.Position) (store.Position, error) {
	gone := store.Erasure{Session: "session:" + name}
	at, err := s.DropSession(ctx, gone, nil, at)
	if err != nil {
		return at, err
	}
	return at, s.EraseSession(ctx, gone, []string{"memory_chunk:" + name})
}

// conversations stores sessions of n turns, each with its chunk.
func conversations(t *testing.T, s *store.Store, n int, names ...string) {
	t.Helper()
	for _, name := range names {
		w := store.Write{Session: record.Session{ID: "session:" + name, Scopes: scopes, Turns: n, CreatedAt: monday}, New: true}
		for i := range n {
			key := fmt.Sprintf("%s%05d", name, i)
			w.Turns = append(w.Turns, record.Turn{
				ID: "turn:" + key, Session: w.Session.ID, Seq: i, Role: record.User, Content: "word", SpokenAt: monday, RecordedAt: monday, Scopes: scopes,
			})
			w.Chunks = append(w.Chunks, record.Chunk{ID: "memory_chunk:" + key, Turn: "turn:" + key, Session: w.Session.ID, Text: "word", SpokenAt: monday, KnownFrom: monday, Scopes: scopes})
		}
		require.NoError(t, apply(s, w))
	}
}

// counting notes how many rows are there after each statement.
type counting struct {
	surreal.Conn
	t     *testing.T
	sizes []int
}

func (c *counting) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	out, err := c.Conn.Query(ctx, sql, vars)
	require.NoError(c.t, err)
	rows, err := c.Conn.Query(ctx, `RETURN array::len(SELECT VALUE id FROM turn) + array::len(SELECT VALUE id FROM memory_chunk)`, nil)
	require.NoError(c.t, err)
	var n int
	require.NoError(c.t, rows.Last(&n))
	c.sizes = append(c.sizes, n)
	return out, err
}

// No statement deletes more than some hundreds of rows, whether the chunks are known or not, and nothing else goes.
func TestSessionsAreErasedInBoundedStatements(t *testing.T) {
	t.Parallel()
	const turns, bound = 1300, 500
	for name, known := range map[string]bool{"chunks known": true, "after a crash": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := enginetest.Connect(t, enginetest.Open(t), "store")
			require.NoError(t, schema.Context().Apply(t.Context(), conn, monday))
			s := store.New(conn, store.SingleWriter)
			conversations(t, s, turns, "gone", "kept")
			gone := store.Erasure{Session: "session:gone", Sets: []record.ScopeSet{scopes}}
			_, err := s.DropSession(t.Context(), gone, nil, store.Position{})
			require.NoError(t, err)
			left, err := s.Erasures(t.Context())
			require.NoError(t, err)
			if len(left) != 1 || left[0].Session != gone.Session || len(left[0].Sets) != 1 || !left[0].Sets[0].Equal(scopes) {
				t.Fatalf("being erased: %+v", left)
			}
			var chunks []string
			if known {
				for i := range turns {
					chunks = append(chunks, fmt.Sprintf("memory_chunk:gone%05d", i))
				}
			}
			watch := &counting{Conn: conn, t: t}
			require.NoError(t, store.New(watch, store.SingleWriter).EraseSession(t.Context(), gone, chunks))
			before := 4 * turns
			for i, after := range watch.sizes {
				if before-after > bound {
					t.Errorf("statement %d deletes %d rows", i, before-after)
				}
				before = after
			}
			if before != 2*turns {
				t.Errorf("%d rows are left of the %d that stay", before, 2*turns)
			}
			kept, err := s.Turns(t.Context(), "session:kept", 2*turns, 0)
			require.NoError(t, err)
			if sessions := collect(t, s.Sessions(t.Context())); len(kept) != turns || len(sessions) != 1 {
				t.Errorf("%d turns, sessions %+v", len(kept), sessions)
			}
			if left, err := s.Erasures(t.Context()); err != nil || len(left) > 0 {
				t.Errorf("still being erased: %+v, %v", left, err)
			}
		})
	}
}

// However often it is interrupted, and wherever: run again it comes to the same end, and until then it is known what is left.
func TestErasingASessionInterrupted(t *testing.T) {
	t.Parallel()
	conn := enginetest.Connect(t, enginetest.Open(t), "store")
	require.NoError(t, schema.Context().Apply(t.Context(), conn, monday))
	s := store.New(conn, store.SingleWriter)
	conversations(t, s, 60, "gone", "kept")
	gone := store.Erasure{Session: "session:gone", Sets: []record.ScopeSet{scopes}}
	_, err := s.DropSession(t.Context(), gone, nil, store.Position{})
	require.NoError(t, err)
	cut := errors.New("the line was cut")
	runs := 0
	for {
		left, err := s.ErasureOf(t.Context(), "session:gone")
		require.NoError(t, err, "run %d", runs)
		broken := &ending{conn, runs, func() error { return cut }}
		if err = store.New(broken, store.SingleWriter).EraseSession(t.Context(), left, nil); err == nil {
			break
		}
		require.ErrorIs(t, err, cut)
		runs++
	}
	if _, err := s.ErasureOf(t.Context(), "session:gone"); !errors.Is(err, surreal.ErrNotFound) || runs < 3 {
		t.Errorf("interrupted %d times; still being erased: %v", runs, err)
	}
	for _, c := range collect(t, s.Chunks(t.Context())) {
		if c.Session != "session:kept" {
			t.Errorf("left: %s", c.ID)
		}
	}
	out, err := conn.Query(t.Context(), `SELECT VALUE id FROM turn`, nil)
	require.NoError(t, err)
	var turns []surreal.RecordID
	require.NoError(t, out.Last(&turns))
	if len(turns) != 60 || slices.ContainsFunc(turns, func(id surreal.RecordID) bool { return strings.HasPrefix(id.Key, "gone") }) {
		t.Errorf("turns left: %v", turns)
	}
}

// A database with many rows is removed in bounded statements: few rows are left to the one that removes it.
func TestDatabasesAreDroppedInBoundedStatements(t *testing.T) {
	t.Parallel()
	const turns, bound = 1300, 250
	conn := enginetest.Connect(t, enginetest.Open(t), "store")
	require.NoError(t, schema.Context().Apply(t.Context(), conn, monday))
	conversations(t, store.New(conn, store.SingleWriter), turns, "gone", "too")
	watch := &counting{Conn: conn, t: t}
	enough := errors.New("the database would be removed now")
	before, steps := 4*turns, 0
	err := store.DropDatabase(t.Context(), watch, "store", func(context.Context) error {
		steps++
		if n := len(watch.sizes); n > 0 {
			if gone := before - watch.sizes[n-1]; gone > bound {
				t.Errorf("statement %d deletes %d rows", n, gone)
			}
			if before = watch.sizes[n-1]; before <= 2*bound {
				return enough
			}
		}
		return nil
	})
	if !errors.Is(err, enough) || steps < 4*turns/bound {
		t.Errorf("%d steps: %v", steps, err)
	}
}

// However often it is interrupted, and wherever: run again it comes to the same end.
func TestDroppingADatabaseInterrupted(t *testing.T) {
	t.Parallel()
	conn := enginetest.Connect(t, enginetest.Open(t), "store")
	require.NoError(t, schema.Context().Apply(t.Context(), conn, monday))
	conversations(t, store.New(conn, store.SingleWriter), 300, "gone", "too")
	cut := errors.New("the line was cut")
	held := func(context.Context) error { return nil }
	runs := 0
	for ; ; runs++ {
		err := store.DropDatabase(t.Context(), &ending{conn, runs, func() error { return cut }}, "store", held)
		if err == nil {
			break
		}
		require.ErrorIs(t, err, cut)
	}
	if used, err := store.DefineDatabase(t.Context(), conn, "store"); err != nil || used || runs < 3 {
		t.Errorf("interrupted %d times; something is left: %v, %v", runs, used, err)
	}
}
