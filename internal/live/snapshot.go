package live

import (
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// Snapshot is a state that was read without the writer's lock. Other calls may write while it is read, so its parts may be inconsistent.
// Current reports whether it is still valid.
type Snapshot struct {
	View     *recall.View
	Settings *settings.Settings
	position *store.Position
}

// Snapshot returns the current state in memory. The Context must be in use.
func (s *Context) Snapshot() Snapshot {
	position := s.position.Load() // read before the view, because every write moves it last
	return Snapshot{s.View.Load(), s.Settings.Load(), position}
}

// Current reports whether nothing was written, and nothing configured, since the snapshot. The caller holds the writer's lock.
func (s *Context) Current(at Snapshot) bool {
	return at.position == s.position.Load() && at.View == s.View.Load() && at.Settings == s.Settings.Load() && !s.NeedsReload.Load()
}
