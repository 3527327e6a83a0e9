package live

import (
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// Snapshot is a state that was read without the writer's lock. Others may write meanwhile, so reads may be inconsistent. Current reports
// whether they are still valid.
type Snapshot struct {
	View     *recall.View
	Settings *settings.Settings
	position *store.Position
}

// Snapshot returns the current state in memory. The Context must be in use.
func (s *Context) Snapshot() Snapshot {
	position := s.position.Load() // before what is read at it: every write moves it last
	return Snapshot{s.View.Load(), s.Settings.Load(), position}
}

// Current reports whether nothing was written, and nothing configured, since the snapshot. The caller holds the writer's lock.
func (s *Context) Current(at Snapshot) bool {
	return at.position == s.position.Load() && at.View == s.View.Load() && at.Settings == s.Settings.Load() && !s.NeedsReload.Load()
}
