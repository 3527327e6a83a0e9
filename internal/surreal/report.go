package surreal

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
)

// Retries counts what was tried again below a context. It is safe for concurrent use.
type Retries struct{ conflicts, lost atomic.Int64 }

// Conflicts is how often something was tried again because others had changed it.
func (r *Retries) Conflicts() int { return int(r.conflicts.Load()) }

// Lost is how often something was tried again because an answer was lost.
func (r *Retries) Lost() int { return int(r.lost.Load()) }

type retriesKey struct{}

// CountRetries returns a context below which retries are counted. Work that several callers share counts for the first of them.
func CountRetries(ctx context.Context) (context.Context, *Retries) {
	r := new(Retries)
	return context.WithValue(ctx, retriesKey{}, r), r
}

// Retried counts that something is tried again because of an error.
func Retried(ctx context.Context, err error) {
	r, ok := ctx.Value(retriesKey{}).(*Retries)
	switch {
	case !ok:
	case errors.Is(err, ErrLost):
		r.lost.Add(1)
	default:
		r.conflicts.Add(1)
	}
}

// Cause is an error for a log. What SurrealDB says quotes what is stored: of that only the kind is left.
func Cause(err error) slog.Attr {
	text := err.Error()
	var e *Error
	if errors.As(err, &e) {
		text = "the database answered: " + e.Kind.Error()
	}
	return slog.String("error", text)
}
