package live

import (
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// Snapshot tells whether what was read without the writer's lock is still so. Others may write while it is used: then what is read
// does not belong together, and Current says so.
type Snapshot struct {
	View     *recall.View
	Settings *settings.Settings
	position *store.Position
}

// Snapshot is what is in memory at this moment. The Context is in use.
func (s *Context) Snapshot() Snapshot {
	position := s.position.Load() // before what is read at it: every write moves it last
	return Snapshot{s.View.Load(), s.Settings.Load(), position}
}

// Current reports whether nothing was written, and nothing configured, since the snapshot. The caller holds the writer's lock.
func (s *Context) Current(at Snapshot) bool {
	return at.position == s.position.Load() && at.View == s.View.Load() && at.Settings == s.Settings.Load() && !s.NeedsReload.Load()
}
