package live

import (
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// Configuration stores the settings of Contexts.
func (m *Store) Configuration() settings.Store {
	return settings.Store{Registry: m.Registry, Keyring: m.Keyring, Logger: m.Opts.Logger}
}

// Reconfigure applies the new settings of a Context, if handles on it exist.
func (m *Store) Reconfigure(entry store.Registered) error {
	m.mu.Lock()
	state := m.contexts[entry.ID]
	if state == nil {
		m.deletions++ // a call that is creating the state of the Context reads the entry again
	}
	m.mu.Unlock()
	if state != nil && state.claim == entry.Claim {
		return state.Settings.Take(entry)
	}
	return nil
}
