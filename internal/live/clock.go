package live

import (
	"sync"
	"time"
)

// monotonic is a clock that never goes back, whatever the one of the machine does: what it has shown, or what is stored with a
// later time, is the least that it shows from then on.
type monotonic struct {
	mu     sync.Mutex
	newest time.Time
}

// At returns t, or the newest time that was seen.
func (m *monotonic) At(t time.Time) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t.After(m.newest) {
		m.newest = t
	}
	return m.newest
}

// Now is the clock of the control plane, in UTC.
func (m *Store) Now() time.Time { return m.Clock.At(m.Opts.Clock().UTC()) }

// Now is the clock of the Context, in UTC. It is not that of the store: a Context in which something is stored with a time ahead
// does not hold up the others.
func (s *Context) Now() time.Time { return s.clock.At(s.Core.Opts.Clock().UTC()) }
