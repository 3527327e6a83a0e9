package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// A table of any length is read whole and in order, whatever the bounds of its pages.
func TestReadingManyRows(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	s := newStore(t)
	session := record.Session{ID: "session:s", Scopes: scopes, CreatedAt: monday}
	stored := 0
	for _, size := range []int{99, 100, 101, 1100, 2500} {
		w := store.Write{Session: session, New: stored == 0, Turns: []record.Turn{{
			ID: fmt.Sprintf("turn:%d", size), Session: session.ID, Seq: size, Scopes: scopes, SpokenAt: monday, RecordedAt: monday,
		}}}
		for ; stored < size; stored++ {
			w.Chunks = append(w.Chunks, record.Chunk{ID: fmt.Sprintf("memory_chunk:%06d", stored), Turn: "turn:t", Session: session.ID, Scopes: scopes})
		}
		require.NoError(t, apply(s, w))
		chunks := collect(t, s.Chunks(context.Background()))
		require.Len(t, chunks, size)
		for i, c := range chunks {
			if want := fmt.Sprintf("memory_chunk:%06d", i); c.ID != want {
				t.Fatalf("%d rows: row %d is %s", size, i, c.ID)
			}
		}
	}
}

// table is a connection to one table of that many rows, whose text is so many bytes long.
type table struct {
	rows, bytes int
	limits      []int // of the pages that were asked for
	running     atomic.Int32
	hold        func(page int) error
}

func (c *table) Query(ctx context.Context, _ string, vars map[string]any) (surreal.Results, error) {
	c.running.Add(1)
	defer c.running.Add(-1)
	limit := vars["limit"].(int)
	c.limits = append(c.limits, limit)
	if c.hold != nil {
		if err := c.hold(len(c.limits)); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	from := 0
	if after := vars["after"].(string); after != "" {
		if _, err := fmt.Sscanf(after, "%d", &from); err != nil {
			return nil, err
		}
		from++
	}
	page := [][]any{}
	none, text := surreal.None{}, strings.Repeat("x", c.bytes)
	for i := from; i < min(from+limit, c.rows); i++ {
		id := surreal.RecordID{Table: "memory_chunk", Key: fmt.Sprintf("%06d", i)}
		page = append(page, []any{id, id, id, "user", none, text, none, 0, none, none, none, none, none, [][]string{{"/"}}, none, none, none})
	}
	b, err := surreal.Marshal(page)
	return surreal.Results{cbor.RawMessage(b)}, err
}

func (*table) Use(context.Context, string, string) error { return nil }
func (*table) Close(context.Context) error               { return nil }

// Long rows are read a few at a time.
func TestPagesAreBoundedByBytes(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for size, rows := range map[int]int{10: 2200, 20_000: 700, 300_000: 110} {
		conn := &table{rows: rows, bytes: size}
		require.Len(t, collect(t, store.New(conn, store.SingleWriter).Chunks(context.Background())), rows)
		for i, limit := range conn.limits {
			if limit > 1000 || i > 0 && limit*size > 4<<20 {
				t.Errorf("rows of %d bytes: page %d asks for %d", size, i, limit)
			}
		}
		if pages := len(conn.limits); pages > 4+rows*size/(3<<20) {
			t.Errorf("%d rows of %d bytes: %d pages", rows, size, pages)
		}
	}
}

// Whoever stops reading early leaves nobody behind who uses the connection.
func TestStoppingEarly(t *testing.T) {
	t.Parallel()
	for _, stop := range []int{0, 1, 98, 99, 100, 500, 1098, 1099, 1100, 1101, 2000} {
		conn, seen := &table{rows: 5000}, 0
		for _, err := range store.New(conn, store.SingleWriter).Chunks(context.Background()) {
			require.NoError(t, err)
			if seen++; seen > stop {
				break
			}
		}
		if n := conn.running.Load(); n != 0 {
			t.Fatalf("stopped after %d rows: %d queries run", stop, n)
		}
		if pages := len(conn.limits); pages > 3+stop/1000 {
			t.Errorf("stopped after %d rows: %d pages were read", stop, pages)
		}
	}
}

// A reading that does not come to the end of the table says so.
func TestReadingFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for page := 1; page <= 4; page++ {
		for name, want := range map[string]error{"error": broken, "cancelled": context.Canceled} {
			ctx, cancel := context.WithCancel(context.Background())
			conn := &table{rows: 2500, hold: func(n int) error {
				if n != page {
					return nil
				}
				if name == "error" {
					return broken
				}
				cancel()
				return nil
			}}
			var got error
			rows := 0
			for _, err := range store.New(conn, store.SingleWriter).Chunks(ctx) {
				if err != nil {
					got = err
					continue
				}
				rows++
			}
			cancel()
			if !errors.Is(got, want) || rows >= conn.rows {
				t.Errorf("%s in page %d: %d rows, then %v", name, page, rows, got)
			}
		}
	}
}
