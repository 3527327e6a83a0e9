package live

import (
	"time"

	"github.com/spectron-go/spectron/internal/store"
)

// Configured is what a Context is configured with, at one moment.
type Configured struct {
	Entry store.Registered
	Acting
}

// Acting are the settings that the library itself goes by.
type Acting struct {
	ConfidenceFloor float64
	SelfService     bool          // principals make keys of their own
	MaxTTL          time.Duration // the longest lifetime of a key; 0: without end
}

// Configure takes over the settings of an entry of the registry, unless those that are known are newer.
func (s *Context) Configure(entry store.Registered) error {
	read, err := s.Core.Opts.Settings(entry)
	if err != nil {
		return err
	}
	now := &Configured{entry, read}
	for {
		old := s.Settings.Load()
		if old != nil && old.Entry.Revision >= entry.Revision {
			return nil
		}
		if s.Settings.CompareAndSwap(old, now) {
			return nil
		}
	}
}

// Reconfigure takes over what a Context is configured with from now on, if it is in memory.
func (m *Store) Reconfigure(entry store.Registered) error {
	m.mu.Lock()
	state := m.contexts[entry.ID]
	if state == nil {
		m.deletions++ // whoever reads the Context into memory at this moment reads it again
	}
	m.mu.Unlock()
	if state != nil && state.claim == entry.Claim {
		return state.Configure(entry)
	}
	return nil
}
