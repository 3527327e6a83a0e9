package live

import (
	"context"
	"log/slog"

	"github.com/spectron-go/spectron/internal/surreal"
)

// manyConflicts is from how many retries on an operation that wrote beside others is worth a warning.
const manyConflicts = 8

// log tells Options.Logger of what would otherwise be unseen in a Context: ids and counts, never a text, a name or a secret. While the
// writer's lock is held, it is told when that is free.
func (s *Context) log(ctx context.Context, level slog.Level, message string, attrs ...slog.Attr) {
	attrs = append([]slog.Attr{slog.String("context_id", s.ID)}, attrs...)
	s.Writer.whenFree(func() { s.Core.log(ctx, level, message, attrs...) })
}

// log tells Options.Logger of what would otherwise be unseen in the control plane.
func (m *Store) log(ctx context.Context, level slog.Level, message string, attrs ...slog.Attr) {
	m.Opts.Logger.LogAttrs(ctx, level, message, attrs...)
}

// kind is an error of a caller's embedder or clock for a log: its text may quote what it was given.
func kind(err error) slog.Attr { return slog.String("code", string(Fault(err).Code)) }

// Watched reports whether anybody hears of the retries of operations.
func (o *Options) Watched(ctx context.Context) bool { return o.Logger.Enabled(ctx, slog.LevelInfo) }

// Watch counts what is tried again below a context. The function ends that: it logs what is worth it, and says how much it was.
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
