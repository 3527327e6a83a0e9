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
	// The settings that the library itself goes by, with their defaults.
	ConfidenceFloor float64       // from which a fact may replace another
	SelfService     bool          // principals make and rotate keys of their own
	MaxTTL          time.Duration // the longest lifetime of a key; 0: without end
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
	all := config.Effective()
	seconds, _ := all[longestTTL].(int64)
	return &Settings{
		Entry: entry, Config: config, ConfidenceFloor: all[confidenceFloor].(float64), SelfService: all[selfServiceKeys].(bool),
		MaxTTL: time.Duration(seconds) * time.Second,
	}, nil
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
