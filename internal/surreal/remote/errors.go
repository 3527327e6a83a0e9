package remote

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

var (
	// ErrInvalid is returned for options, a URL or names that cannot be meant.
	ErrInvalid = errors.New("remote: invalid")
	// ErrClosed is returned by everything after Close, and for requests that Close found waiting for a connection.
	ErrClosed = errors.New("remote: closed")
)

// errUnsent is why a request did not leave: its connection ended first. It never leaves the package.
var errUnsent = errors.New("not sent")

// unreachable is the error of a request that was not sent.
func unreachable(cause error) error {
	return fmt.Errorf("remote: %w: %w", surreal.ErrUnreachable, inner(cause))
}

// lost is the error of a request that may have run.
func lost(cause error) error {
	return fmt.Errorf("remote: %w: %w", surreal.ErrLost, inner(cause))
}

// inner is a cause that matches nothing which has another meaning for the caller: our own deadlines are not those of
// the caller's context, and what was lost on the way to a connection is not the caller's request.
func inner(cause error) error {
	for _, other := range []error{context.DeadlineExceeded, context.Canceled, surreal.ErrLost, errUnsent} {
		if errors.Is(cause, other) {
			return errors.New(cause.Error())
		}
	}
	return cause
}

// gaveUp is the error of a request that was sent and whose caller's context ended.
func gaveUp(ctx context.Context) error {
	return fmt.Errorf("remote: the answer was not awaited: %w: %w", ctx.Err(), surreal.ErrLost)
}

// unanswered is the error of a request that was sent and not answered in time.
func unanswered(after time.Duration) error {
	return fmt.Errorf("remote: no answer within Options.RequestTimeout, %v: %w, %w", after, surreal.ErrTimeout, surreal.ErrLost)
}

func requestTooLarge(size int, limit int64) error {
	return fmt.Errorf("remote: %w: a request of %d bytes; Options.MaxMessageBytes is %d", surreal.ErrTooLarge, size, limit)
}

func answerTooLarge(limit int64) error {
	return fmt.Errorf("remote: %w: an answer of more than Options.MaxMessageBytes, %d, though the request ran: %w", surreal.ErrTooLarge, limit, surreal.ErrLost)
}

// The texts with which SurrealDB refuses requests that it has not looked at.
var (
	overloadedTexts = []string{"The server is unable to handle the request", "The server is gracefully shutting down"}
	expiredTexts    = []string{"The session has expired", "The token has expired"}
)

// saysAny reports whether err is SurrealDB's error of a whole request with one of the texts.
func saysAny(err error, texts []string) bool {
	var e *surreal.Error
	if !errors.As(err, &e) || e.Statement >= 0 {
		return false
	}
	for _, t := range texts {
		if e.Message == t {
			return true
		}
	}
	return false
}
