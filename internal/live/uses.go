package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

// useEvery is how often the use of a key is recorded.
const useEvery = time.Minute

// keyUses remembers when the use of each key was recorded last.
type keyUses struct {
	mu sync.Mutex // guards at, which every call of a handle asks
	at map[string]time.Time
}

// due reports whether a use is to be recorded, and takes note of it.
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

// again lets the next use be recorded: this one was not.
func (u *keyUses) again(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.at, id)
}

// RecordUse records the use of a key, behind the call that uses it: Close waits for it, and by counts it. What is not
// recorded is left to the next use.
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
			m.log(ctx, slog.LevelWarn, "Use of a key could not be recorded", slog.String("key_id", id), surreal.Cause(err))
		}
	}()
}
