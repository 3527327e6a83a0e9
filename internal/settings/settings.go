package settings

import (
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/store"
)

// Settings is the configuration of a Context at one moment.
type Settings struct {
	Entry  store.Registered
	Config Config // with an empty key for each provider that has one

	effective Config
}

// New reads the settings in an entry of the registry. Errors are those of Decode.
func New(entry store.Registered) (*Settings, error) {
	config, err := Decode(entry.Config)
	if err != nil {
		return nil, err
	}
	for name := range entry.Providers {
		config[providers+"."+name] = Key("")
	}
	return &Settings{entry, config, config.Effective()}, nil
}

// ConfidenceFloor is the confidence from which a fact may replace another.
func (s *Settings) ConfidenceFloor() float64 { return s.effective[confidenceFloor].(float64) }

// SelfServiceKeys reports whether principals make and rotate keys of their own.
func (s *Settings) SelfServiceKeys() bool { return s.effective[selfServiceKeys].(bool) }

// LongestTTL is the longest lifetime of a key; 0: without end.
func (s *Settings) LongestTTL() time.Duration {
	seconds, _ := s.effective[longestTTL].(int64)
	return time.Duration(seconds) * time.Second
}

// Current holds the newest known settings of a Context. It is safe for concurrent use.
type Current struct{ newest atomic.Pointer[Settings] }

// Load returns them; nil before the first Take.
func (c *Current) Load() *Settings { return c.newest.Load() }

// Take takes over the settings of an entry of the registry, unless those that are known are newer.
func (c *Current) Take(entry store.Registered) error {
	read, err := New(entry)
	if err != nil {
		return err
	}
	for {
		old := c.newest.Load()
		if old != nil && old.Entry.Revision >= entry.Revision || c.newest.CompareAndSwap(old, read) {
			return nil
		}
	}
}
