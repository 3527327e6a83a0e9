package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

// useEvery is the minimum time between two records of the use of a key.
const useEvery = time.Minute

// keyUses has the time at which the use of each key was last recorded.
type keyUses struct {
	mu sync.Mutex // guards at, which every call with a key reads
	at map[string]time.Time
}

// due reports whether a use must be recorded, and counts it as recorded.
func (u *keyUses) due(id string, now time.Time) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	last, ok := u.at[id]
	if ok && now.Before(last.Add(useEvery)) && !now.Before(last) {
		return false
	}
	if u.at == nil || len(u.at) >= maxKnown {
		u.at = map[string]time.Time{}
	}
	u.at[id] = now
	return true
}

// again makes the next use due, because this one could not be recorded.
func (u *keyUses) again(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.at, id)
}

// RecordUse records the use of a key in the background. by counts this work, so that Close waits for it. If recording fails, the next use
// is recorded.
func (m *Store) RecordUse(id string, now time.Time, by pinner, put func(context.Context) error) {
	if !m.uses.due(id, now) {
		return
	}
	by.Hold()
	go func() {
		defer by.Done()
		ctx, cancel := context.WithTimeout(context.Background(), m.Opts.StatementTimeout)
		defer cancel()
		if err := put(ctx); err != nil {
			m.uses.again(id)
			m.Log(ctx, slog.LevelWarn, "Use of a key could not be recorded", slog.String("key_id", id), surreal.Cause(err))
		}
	}()
}
