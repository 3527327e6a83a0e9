package remote

import (
	"context"
	"math/rand/v2"
	"time"
)

// The pauses between attempts to connect: random, up to a bound that doubles, so that clients of a server that comes
// back do not come all at once.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = 2 * time.Second
)

type backoff struct{ bound time.Duration }

// wait pauses, longer each time, or until ctx ends, which it returns.
func (b *backoff) wait(ctx context.Context) error {
	b.bound = min(max(2*b.bound, firstPause), longestPause)
	pause := time.NewTimer(b.bound/2 + rand.N(b.bound/2))
	defer pause.Stop()
	select {
	case <-pause.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
