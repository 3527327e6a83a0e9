package settings

import (
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/store"
)

// Settings is the configuration of a Context at one moment.
type Settings struct {
	Entry  store.Registered
	Config Config // with an empty Key for each provider that has one
	// The settings that the library itself uses, with their defaults.
	ConfidenceFloor float64          // below which a statement does not become a fact
	SelfService     bool             // whether principals may create and rotate their own keys
	MaxTTL          time.Duration    // longest lifetime of a key; 0: no limit
	Extracts        bool             // whether a model may extract facts
	TokenLimit      int64            // tokens that models may use in a month; negative: no limit
	Models          map[string]Model // by stage; only stages with a model
	RedactsPII      bool             // whether personal data is redacted before a text is stored
	Retention       time.Duration    // age at which turns and traces are removed; 0: never
	EventRetention  time.Duration    // age at which events are removed; 0: never
	ContextExpiry   time.Duration    // age at which facts of the category context expire
	TraceShare      float64          // share of the questions and answers that leave a trace
	MaxTraces       int              // largest number of stored traces of questions, and of answers
	MaxDocument     int64            // largest file of a document, in bytes
	Reuse           Reuse
}

// Reuse says how answers to similar questions are reused.
type Reuse struct {
	On         bool
	Similarity float64       // cosine from which two questions are similar
	Fresh      time.Duration // age up to which an answer is reused
	Most       int           // maximum number of answers
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
	limit, limited := all[tokenLimit].(int64)
	if !limited {
		limit = -1
	}
	days := func(path string) time.Duration {
		n, _ := all[path].(int)
		return time.Duration(n) * 24 * time.Hour
	}
	byStage := map[string]Model{}
	for path, value := range all {
		if stage, ok := within(path, models); ok {
			byStage[stage] = value.(Model)
		}
	}
	return &Settings{
		Entry: entry, Config: config, ConfidenceFloor: all[confidenceFloor].(float64), SelfService: all[selfServiceKeys].(bool),
		MaxTTL: time.Duration(seconds) * time.Second, Extracts: all[extracts].(bool), TokenLimit: limit,
		Models: byStage, RedactsPII: all[piiRedaction].(bool),
		Retention: days(retention), EventRetention: days(eventRetention), ContextExpiry: days(contextExpiry), TraceShare: all[traceShare].(float64), MaxTraces: all[maxTraces].(int), MaxDocument: all[maxDocument].(int64),
		Reuse: Reuse{
			On: all[reuseOn].(bool), Similarity: all[reuseSimilarity].(float64), Fresh: time.Duration(all[reuseFresh].(int64)) * time.Second, Most: all[reuseMost].(int),
		},
	}, nil
}

// Current holds the newest known settings of a Context. It is safe for concurrent use.
type Current struct{ newest atomic.Pointer[Settings] }

// Load returns the settings; nil before the first Take.
func (c *Current) Load() *Settings { return c.newest.Load() }

// Take sets the settings to those of an entry of the registry, unless newer ones are set.
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
