package store_test

import (
	"context"
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
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// watched notes how many bytes each query returned.
type watched struct {
	surreal.Conn
	sizes []int
}

func (w *watched) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	out, err := w.Conn.Query(ctx, sql, vars)
	size := 0
	for _, r := range out {
		size += len(r)
	}
	w.sizes = append(w.sizes, size)
	return out, err
}

// addTurns writes the turns of a session, one write each when they are large.
func addTurns(t *testing.T, s *store.Store, session string, contents []string) {
	t.Helper()
	var w store.Write
	for i, content := range contents {
		w.Session = record.Session{ID: session, Scopes: scopes, Turns: i + 1}
		w.Turns = append(w.Turns, record.Turn{
			ID: fmt.Sprintf("turn:%s-%d", session[len("session:"):], len(contents)-i), Session: session, Seq: i, Content: content, Scopes: scopes,
		})
		if w.TurnsBefore == 0 && i == len(w.Turns)-1 {
			w.New = true
		}
		if len(content) > 1<<20 || i == len(contents)-1 {
			require.NoError(t, apply(s, w))
			w = store.Write{TurnsBefore: i + 1}
		}
	}
}

func TestTurnsAreReadInPages(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	conn := &watched{Conn: enginetest.Connect(t, enginetest.Open(t), "store")}
	require.NoError(t, schema.Context().Apply(ctx, conn, monday))
	s := store.New(conn, store.SingleWriter)
	small := make([]string, 600)
	for i := range small {
		small[i] = fmt.Sprint("turn ", i)
	}
	// Three bytes a character: what counts is bytes.
	large := slices.Repeat([]string{"short", strings.Repeat("x", 3<<20), strings.Repeat("東", 3<<20)}, 7)
	addTurns(t, s, "session:small", small)
	addTurns(t, s, "session:other", []string{"another"})
	addTurns(t, s, "session:large", large)
	for _, tt := range []struct {
		session       string
		contents      []string
		limit, offset int
	}{
		{"session:small", small, 600, 0},
		{"session:small", small, 1000, 250},
		{"session:small", small, 16, 0},
		{"session:small", small, 17, 16},
		{"session:small", small, 1, 599},
		{"session:small", small, 5, 600},
		{"session:small", small, 0, 0},
		{"session:none", nil, 5, 0},
		{"session:large", large, 100, 0},
		{"session:large", large, 18, 2},
		{"session:large", large, 1, 2},
	} {
		conn.sizes = nil
		got, err := s.Turns(ctx, tt.session, tt.limit, tt.offset)
		require.NoError(t, err)
		from := min(tt.offset, len(tt.contents))
		want := tt.contents[from:min(from+tt.limit, len(tt.contents))]
		if len(got) != len(want) {
			t.Fatalf("%s, %d from %d: %d turns, want %d", tt.session, tt.limit, tt.offset, len(got), len(want))
		}
		for i, turn := range got {
			if turn.Seq != from+i || turn.Content != want[i] || turn.Session != tt.session {
				t.Fatalf("%s, %d from %d: turn %d is %s with %d bytes", tt.session, tt.limit, tt.offset, i, turn.ID, len(turn.Content))
			}
		}
		// The largest single turn has 9 MiB.
		if n := slices.Max(append(conn.sizes, 0)); n > 9<<20+1000 {
			t.Errorf("%s, %d from %d: one statement returned %d bytes", tt.session, tt.limit, tt.offset, n)
		}
	}
}

// A session may be larger than all the memory that the module can have.
func TestReadingALongSessionNeedsTheMemoryOfAPage(t *testing.T) {
	if !testsize.Long() {
		t.Skip("writes 240 MiB: set SPECTRON_LONG")
	}
	// Not parallel: it needs the memory.
	e := enginetest.Open(t)
	conn := enginetest.Connect(t, e, "store")
	require.NoError(t, schema.Context().Apply(context.Background(), conn, monday))
	s := store.New(conn, store.SingleWriter)
	addTurns(t, s, "session:long", slices.Repeat([]string{strings.Repeat("x", 4<<20)}, 60))
	turns, err := s.Turns(context.Background(), "session:long", 500, 0)
	require.NoError(t, err)
	if len(turns) != 60 {
		t.Errorf("%d turns", len(turns))
	}
	t.Logf("%d MiB", e.Stats().WasmBytes>>20)
	if n := e.Stats().WasmBytes; n > 220<<20 {
		t.Errorf("the module's memory grew to %d MiB", n>>20)
	}
}
