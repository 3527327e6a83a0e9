package live

import (
	"context"
	"log/slog"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// heard is a log handler that records each message, and whether the writer's lock was held then.
type heard struct {
	slog.Handler
	lock  *writerLock
	lines []string
}

func (h *heard) Enabled(context.Context, slog.Level) bool { return true }

func (h *heard) Handle(_ context.Context, r slog.Record) error {
	if len(h.lock.lock) > 0 {
		r.Message += ", under the lock"
	}
	h.lines = append(h.lines, r.Message)
	return nil
}

// TestNothingIsLoggedUnderTheWritersLock checks that records that arise under the writer's lock are written in order after it is freed, and
// that other records are written at once.
func TestNothingIsLoggedUnderTheWritersLock(t *testing.T) {
	t.Parallel()
	ctx, book := t.Context(), &heard{}
	s := &Context{Core: &Store{Opts: Options{Logger: slog.New(book)}}, Writer: writerLock{lock: newLock()}}
	book.lock = &s.Writer
	for round := range 2 {
		book.lines = nil
		s.Log(ctx, slog.LevelInfo, "before")
		require.NoError(t, s.Writer.Lock(ctx))
		s.Log(ctx, slog.LevelInfo, "first")
		s.Log(ctx, slog.LevelInfo, "second")
		if want := []string{"before"}; !slices.Equal(book.lines, want) {
			t.Errorf("round %d: %q was logged under the lock, want %q", round, book.lines, want)
		}
		s.Writer.Unlock()
		s.Log(ctx, slog.LevelInfo, "after")
		if want := []string{"before", "first", "second", "after"}; !slices.Equal(book.lines, want) {
			t.Errorf("round %d: %q was logged, want %q", round, book.lines, want)
		}
	}
}
