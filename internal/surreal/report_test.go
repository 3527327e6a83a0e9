package surreal_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

// What is tried again is counted below the context that asked for it, also where that context's end does not matter.
func TestRetriesAreCounted(t *testing.T) {
	t.Parallel()
	outer, all := surreal.CountRetries(context.Background())
	quick := surreal.Backoff{Attempts: 4, First: time.Nanosecond, Longest: time.Nanosecond}
	failing := func(times int, err error) func() error {
		return func() error {
			if times--; times < 0 {
				return nil
			}
			return err
		}
	}
	ctx, seen := surreal.CountRetries(outer)
	for _, err := range []error{
		surreal.Retry(ctx, quick, failing(2, surreal.ErrConflict)),
		surreal.Repeat(context.WithoutCancel(ctx), quick, failing(1, fmt.Errorf("cut: %w", surreal.ErrLost))),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	if err := surreal.Retry(ctx, quick, failing(9, surreal.ErrConflict)); !errors.Is(err, surreal.ErrConflict) {
		t.Errorf("got %v", err)
	}
	if seen.Conflicts() != 2+3 || seen.Lost() != 1 {
		t.Errorf("%d conflicts, %d lost", seen.Conflicts(), seen.Lost())
	}
	if all.Conflicts() != 0 {
		t.Errorf("the outer count has %d", all.Conflicts())
	}
	surreal.Retried(context.Background(), surreal.ErrConflict) // nobody counts
}

func TestCauseQuotesNothing(t *testing.T) {
	t.Parallel()
	said := &surreal.Error{Kind: surreal.ErrAlreadyExists, Message: "index has ['zqsecret']"}
	for _, err := range []error{said, fmt.Errorf("writing: %w", said), errors.Join(errors.New("first"), said)} {
		if got := surreal.Cause(err).Value.String(); got != "the database answered: already exists" {
			t.Errorf("%v: %q", err, got)
		}
	}
	if got := surreal.Cause(errors.New("disk full")).Value.String(); !strings.Contains(got, "disk full") {
		t.Errorf("got %q", got)
	}
}
