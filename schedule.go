package spectron

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/lifecycle"
	"github.com/spectron-go/spectron/internal/live"
)

// Pass is a kind of maintenance that a Schedule repeats.
type Pass string

// The passes.
const (
	PassDecay       Pass = lifecycle.KindDecay       // Lifecycle.Decay
	PassExpire      Pass = lifecycle.KindExpire      // Lifecycle.Expire
	PassPrune       Pass = lifecycle.KindPrune       // Lifecycle.Prune
	PassElaborate   Pass = lifecycle.KindElaborate   // Memory.Elaborate with Sweep
	PassConsolidate Pass = lifecycle.KindConsolidate // Memory.Consolidate
)

// Schedule says which passes a store makes by itself. Each is a Job of the operator, in each Context: Jobs lists them with their results. With
// several processes on a server, one of them leaves the job. If two look at the same moment, a pass may be made twice, to the same effect.
type Schedule struct {
	// Passes are made in this order. nil: all.
	Passes []Pass
	// Every is the time from one pass to the next, by Options.Clock. A pass that was never made is due at once. Default: 24 hours; at least a minute.
	Every time.Duration
	// Check is how often the clock is looked at. Default: a minute; at least 10 milliseconds.
	Check time.Duration
}

// The defaults and limits of a Schedule.
const (
	defaultEvery = 24 * time.Hour
	leastEvery   = time.Minute
	defaultCheck = time.Minute
	leastCheck   = 10 * time.Millisecond
)

func allPasses() []Pass {
	return []Pass{PassDecay, PassExpire, PassPrune, PassElaborate, PassConsolidate}
}

// complete returns a copy with defaults, or an error for an invalid value.
func (s *Schedule) complete(op string) (*Schedule, error) {
	if s == nil {
		return nil, nil
	}
	c := *s
	if c.Passes = slices.Clone(c.Passes); c.Passes == nil {
		c.Passes = allPasses()
	}
	for _, p := range c.Passes {
		if !slices.Contains(allPasses(), p) {
			return nil, invalid(op, "Options.Schedule.Passes", "unknown pass %q; the passes are %v", p, allPasses())
		}
	}
	if c.Every == 0 {
		c.Every = defaultEvery
	}
	if c.Every < leastEvery {
		return nil, invalid(op, "Options.Schedule.Every", "%v is less than %v", c.Every, leastEvery)
	}
	if c.Check == 0 {
		c.Check = defaultCheck
	}
	if c.Check < leastCheck {
		return nil, invalid(op, "Options.Schedule.Check", "%v is less than %v", c.Check, leastCheck)
	}
	return &c, nil
}

func (s *Schedule) inner(core *live.Store) *lifecycle.Schedule {
	return &lifecycle.Schedule{Core: core, Kinds: each(s.Passes, func(p Pass) string { return string(p) }), Every: s.Every, Check: s.Check}
}
