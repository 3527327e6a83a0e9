package jobs

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Pauses double up to the longest, and differ by up to a half, so that jobs that failed together do not begin together.
func TestPause(t *testing.T) {
	t.Parallel()
	o := Options{}.withDefaults()
	for attempts, longest := range map[int]time.Duration{
		0: time.Second, 1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second, 9: 256 * time.Second, 10: 5 * time.Minute, 64: 5 * time.Minute, 1 << 40: 5 * time.Minute,
	} {
		seen := map[time.Duration]bool{}
		for range 50 {
			pause := o.pause(attempts)
			require.GreaterOrEqual(t, pause, longest/2, "after %d attempts", attempts)
			require.LessOrEqual(t, pause, longest, "after %d attempts", attempts)
			seen[pause] = true
		}
		require.Greater(t, len(seen), 1, "after %d attempts", attempts)
	}
}
