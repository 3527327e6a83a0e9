package live

import (
	"context"
	"log/slog"

	"github.com/spectron-go/spectron/internal/surreal"
)

// manyConflicts is the number of retries after write conflicts from which an operation is logged as a warning.
const manyConflicts = 8

// Log logs an event of a Context that no method returns: ids and counts, never a text, a name or a secret. While the writer's lock is held,
// the record waits until the lock is free.
func (s *Context) Log(ctx context.Context, level slog.Level, message string, attrs ...slog.Attr) {
	attrs = append([]slog.Attr{slog.String("context_id", s.ID)}, attrs...)
	s.Writer.whenFree(func() { s.Core.Log(ctx, level, message, attrs...) })
}

// Log logs an event of the store that no method returns.
func (m *Store) Log(ctx context.Context, level slog.Level, message string, attrs ...slog.Attr) {
	m.Opts.Logger.LogAttrs(ctx, level, message, attrs...)
}

// kind returns the code of an error for a log. It is for errors of the caller's embedder or clock, whose text may quote their input.
func kind(err error) slog.Attr { return slog.String("code", string(Fault(err).Code)) }

// Watched reports whether the logger logs retries of operations.
func (o *Options) Watched(ctx context.Context) bool { return o.Logger.Enabled(ctx, slog.LevelInfo) }

// Watch counts the retries of an operation that runs with the returned context. The returned function ends the counting, logs what is worth
// a record, and returns the number of retries.
func (o *Options) Watch(ctx context.Context, op string) (context.Context, func(contextID string) (retries int)) {
	ctx, seen := surreal.CountRetries(ctx)
	return ctx, func(contextID string) int {
		attrs := []slog.Attr{slog.String("op", op), slog.String("context_id", contextID)}
		if n := seen.Lost(); n > 0 {
			o.Logger.LogAttrs(ctx, slog.LevelInfo, "Lost answer of the database was made up for", append(attrs, slog.Int("retries", n))...)
		}
		if n := seen.Conflicts(); n >= manyConflicts {
			o.Logger.LogAttrs(ctx, slog.LevelWarn, "Write conflict was retried many times", append(attrs, slog.Int("retries", n))...)
		}
		return seen.Lost() + seen.Conflicts()
	}
}
