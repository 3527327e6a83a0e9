package surreal

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// Backoff says how often and how long to retry a conflict.
type Backoff struct {
	Attempts int           // how many times in all; 0: 10
	First    time.Duration // the first pause, doubled each time; 0: 2 ms
	Longest  time.Duration // 0: 200 ms
}

// Retry runs f until it returns something other than a conflict, pausing between attempts for a random time
// of up to a bound that doubles, so that writers that collided do not collide again. After the last attempt
// it returns the conflict; when ctx ends, the conflict joined with the context's error.
func Retry(ctx context.Context, b Backoff, f func() error) error {
	return RetryIf(ctx, b, func(err error) bool { return errors.Is(err, ErrConflict) }, f)
}

// Repeat is Retry for what may be done twice: it runs f again when an answer was lost as well, unless that was because it
// took too long or was too large. f reads, or has the same effect however often it runs.
func Repeat(ctx context.Context, b Backoff, f func() error) error {
	return RetryIf(ctx, b, func(err error) bool {
		return errors.Is(err, ErrConflict) || errors.Is(err, ErrLost) && !errors.Is(err, ErrTimeout) && !errors.Is(err, ErrTooLarge)
	}, f)
}

// RetryIf is Retry for the errors for which again says so.
func RetryIf(ctx context.Context, b Backoff, again func(error) bool, f func() error) error {
	if b.Attempts <= 0 {
		b.Attempts = 10
	}
	if b.First <= 0 {
		b.First = 2 * time.Millisecond
	}
	if b.Longest <= 0 {
		b.Longest = 200 * time.Millisecond
	}
	bound := min(b.First, b.Longest)
	for attempt := 1; ; attempt++ {
		err := f()
		if err == nil || attempt == b.Attempts || !again(err) {
			return err
		}
		// An ended context wins over a pause that is over as well.
		if ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		Retried(ctx, err)
		pause := time.NewTimer(rand.N(bound) + 1)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return errors.Join(err, ctx.Err())
		}
		bound += min(bound, b.Longest-bound) // doubled, without overflow
	}
}
