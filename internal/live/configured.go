package live

import (
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// Configuration keeps what Contexts are configured with.
func (m *Store) Configuration() settings.Store {
	return settings.Store{Registry: m.Registry, Keyring: m.Keyring}
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
		return state.Settings.Take(entry)
	}
	return nil
}
