package live

import (
	"sync"
	"time"
)

// monotonic is a clock that never goes back, even if the machine's clock does. Its time is never before a time that it has returned, or
// before a stored time.
type monotonic struct {
	mu     sync.Mutex
	newest time.Time
}

// At returns the later of t and the newest time seen.
func (m *monotonic) At(t time.Time) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t.After(m.newest) {
		m.newest = t
	}
	return m.newest
}

// Now returns the time of the control plane's clock, in UTC.
func (m *Store) Now() time.Time { return m.Clock.At(m.Opts.Clock().UTC()) }

// Now returns the time of the Context's clock, in UTC. Each Context has its own clock, so that a Context with a stored time ahead does
// not affect the others.
func (s *Context) Now() time.Time { return s.clock.At(s.Core.Opts.Clock().UTC()) }
