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
		if err == nil || attempt == b.Attempts || !errors.Is(err, ErrConflict) {
			return err
		}
		// An ended context wins over a pause that is over as well.
		if ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
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
