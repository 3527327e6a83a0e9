package surreal

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"
)

var errCollision = fmt.Errorf("write: %w", &Error{Kind: ErrConflict, Message: "Transaction conflict: x", Statement: 0})

func TestRetryAttempts(t *testing.T) {
	t.Parallel()
	quick := Backoff{Attempts: 4, First: 1, Longest: 1}
	for name, c := range map[string]struct {
		backoff  Backoff
		failures int   // how often f fails before it succeeds
		failure  error // with what
		attempts int
		err      error
	}{
		"success":                      {quick, 0, nil, 1, nil},
		"success at the second":        {quick, 1, errCollision, 2, nil},
		"success at the last":          {quick, 3, errCollision, 4, nil},
		"conflicts only":               {quick, 100, errCollision, 4, ErrConflict},
		"one attempt":                  {Backoff{Attempts: 1}, 100, errCollision, 1, ErrConflict},
		"ten attempts by default":      {Backoff{First: 1, Longest: 1}, 100, errCollision, 10, ErrConflict},
		"negative is the default":      {Backoff{Attempts: -1, First: -1, Longest: 1}, 100, errCollision, 10, ErrConflict},
		"already exists is final":      {quick, 100, &Error{Kind: ErrAlreadyExists}, 1, ErrAlreadyExists},
		"a throw is final":             {quick, 100, &Error{Kind: ErrThrown}, 1, ErrThrown},
		"a timeout is final":           {quick, 100, &Error{Kind: ErrTimeout}, 1, ErrTimeout},
		"an error of others is final":  {quick, 100, context.DeadlineExceeded, 1, context.DeadlineExceeded},
		"a joined conflict is retried": {quick, 2, errors.Join(errors.New("x"), errCollision), 3, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			attempts := 0
			err := Retry(t.Context(), c.backoff, func() error {
				if attempts++; attempts <= c.failures {
					return c.failure
				}
				return nil
			})
			if attempts != c.attempts || !errors.Is(err, c.err) || c.err == nil && err != nil {
				t.Errorf("%d attempts and %v, want %d and %v", attempts, err, c.attempts, c.err)
			}
		})
	}
}

// The clock in here stands still but for the pauses.
func TestRetryPauses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		backoff Backoff
		bounds  []time.Duration
	}{
		"doubled": {
			Backoff{Attempts: 7, First: 3 * time.Millisecond, Longest: 20 * time.Millisecond},
			[]time.Duration{3e6, 6e6, 12e6, 20e6, 20e6, 20e6},
		},
		"by default":               {Backoff{Attempts: 9}, []time.Duration{2e6, 4e6, 8e6, 16e6, 32e6, 64e6, 128e6, 200e6}},
		"the first over the last":  {Backoff{Attempts: 3, First: time.Hour, Longest: 10}, []time.Duration{10, 10}},
		"no overflow when doubled": {Backoff{Attempts: 4, First: 1e9, Longest: math.MaxInt64}, []time.Duration{1e9, 2e9, 4e9}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				longest := make([]time.Duration, len(c.bounds))
				for range 200 {
					var last time.Time
					attempt := 0
					err := Retry(t.Context(), c.backoff, func() error {
						if attempt > 0 {
							pause := time.Since(last)
							if pause <= 0 || pause > c.bounds[attempt-1] {
								t.Errorf("pause %d is %v, want at most %v", attempt, pause, c.bounds[attempt-1])
							}
							longest[attempt-1] = max(longest[attempt-1], pause)
						}
						attempt++
						last = time.Now()
						return errCollision
					})
					if !errors.Is(err, ErrConflict) || attempt != c.backoff.Attempts {
						t.Fatalf("%d attempts, %v", attempt, err)
					}
				}
				// 200 uniform draws: the chance that all are below half is 2^-200.
				for i, bound := range c.bounds {
					if longest[i] < bound/2 {
						t.Errorf("pause %d never was over %v of %v", i+1, longest[i], bound)
					}
				}
			})
		})
	}
}

func TestRetryEndsWithItsContext(t *testing.T) {
	t.Parallel()
	long := Backoff{First: time.Hour, Longest: time.Hour}
	check := func(t *testing.T, start time.Time, attempts int, err error) {
		t.Helper()
		if attempts != 1 || !errors.Is(err, context.Canceled) || !errors.Is(err, ErrConflict) {
			t.Errorf("%d attempts, %v; want one and both errors", attempts, err)
		}
		if d := time.Since(start); d != 0 {
			t.Errorf("it took %v", d)
		}
	}
	t.Run("during the attempt", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			start, attempts := time.Now(), 0
			err := Retry(ctx, long, func() error { attempts++; cancel(); return errCollision })
			check(t, start, attempts, err)
		})
	})
	t.Run("during the pause", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			start, attempts := time.Now(), 0
			go func() {
				synctest.Wait() // until Retry waits for the clock
				cancel()
			}()
			err := Retry(ctx, long, func() error { attempts++; return errCollision })
			check(t, start, attempts, err)
		})
	})
}
