package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
)

// kept is a backend that outlives the engine over it.
type kept struct{ kv.Backend }

func (kept) Close() error { return nil }

// Writers whose contexts end at random moments, a Close at a random moment, and a look at what is stored then.
func TestCancelledWritesAndCloseLeaveWholeWrites(t *testing.T) {
	t.Parallel()
	memory := kept{kv.NewMemory()}
	leaveWholeWrites(t, 10*time.Millisecond, func() kv.Backend { return memory })
}

func TestCancelledWritesAndCloseLeaveWholeWritesInAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	leaveWholeWrites(t, 10*time.Millisecond, func() kv.Backend {
		f, err := kv.OpenFile(context.Background(), path, kv.FileOptions{})
		require.NoError(t, err)
		return f
	})
}

// leaveWholeWrites gives a write a random time of up to most: some need longer.
func leaveWholeWrites(t *testing.T, most time.Duration, backend func() kv.Backend) {
	t.Helper()
	ctx := context.Background()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	m, err := shared()
	require.NoError(t, err)
	const rounds, writers = 8, 4
	w := newWrites()
	for round := range rounds {
		e := begin(t, m, kv.New(backend()))
		s := connect(t, e)
		query[any](t, s, `DEFINE TABLE IF NOT EXISTS left; DEFINE TABLE IF NOT EXISTS right; DEFINE TABLE IF NOT EXISTS total`, nil)
		w.check(t, s)
		var wg sync.WaitGroup
		for n := range writers {
			random := rand.New(rand.NewPCG(seed, uint64(round*writers+n)))
			s := connect(t, e)
			wg.Go(func() {
				for i := 0; e.open.Err() == nil; i++ {
					// Every other write is given its time: on a slow machine all of them would be cancelled,
					// and pile up in the module.
					write, cancel := context.WithCancel(ctx)
					if i%2 == 0 {
						time.AfterFunc(time.Duration(random.Int64N(int64(most))), cancel)
					}
					w.write(write, t, s, fmt.Sprintf("%d-%d-%d", round, n, i))
					cancel()
				}
			})
		}
		random := rand.New(rand.NewPCG(seed, uint64(round)<<32))
		enough := w.acknowledged() + 1 + random.IntN(30)
		for w.acknowledged() < enough {
			time.Sleep(time.Duration(1+random.IntN(1000)) * time.Microsecond) // the moment is random
		}
		// Half of the time what runs is given up as well.
		closing, cancel := context.WithCancel(ctx)
		if round%2 == 0 {
			cancel()
		}
		require.NoError(t, e.Close(closing))
		cancel()
		wg.Wait()
	}
	e := begin(t, m, kv.New(backend()))
	w.check(t, connect(t, e))
	require.NoError(t, e.Close(ctx))
	t.Logf("%d of %d writes acknowledged, %d given up", w.acknowledged(), w.count(), w.lost())
	if w.lost() == 0 {
		t.Error("no write was given up: the test does not test")
	}
}
