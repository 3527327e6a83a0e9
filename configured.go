package spectron

import (
	"time"

	"github.com/spectron-go/spectron/internal/store"
)

// configured is what a Context is configured with, at one moment.
type configured struct {
	entry store.Registered
	acting
}

// acting are the settings that the library itself goes by.
type acting struct {
	confidenceFloor float64
	selfService     bool          // principals make keys of their own
	maxTTL          time.Duration // the longest lifetime of a key; 0: without end
}

// configure takes over the settings of an entry of the registry, unless those that are known are newer.
func (s *contextStore) configure(entry store.Registered) error {
	read, err := s.core.opts.settings(entry)
	if err != nil {
		return err
	}
	now := &configured{entry, read}
	for {
		old := s.settings.Load()
		if old != nil && old.entry.Revision >= entry.Revision {
			return nil
		}
		if s.settings.CompareAndSwap(old, now) {
			return nil
		}
	}
}
