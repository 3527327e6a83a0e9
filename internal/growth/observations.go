package growth

import (
	"fmt"

	"github.com/spectron-go/spectron/internal/record"
)

// A value that was told in enough turns is an observation.
const (
	MinTellings = 3
	MinSessions = 2
)

// Telling is a turn in which a user told a value.
type Telling struct{ Turn, Session string }

// Told is a live fact with the turns in which it was told.
type Told struct {
	Fact     *record.Fact
	Tellings []Telling
	Former   *record.Fact // the value that it superseded, if that was an observation; nil: none
}

// Decision says what becomes of an observation.
type Decision string

// The decisions.
const (
	Create    Decision = "create"
	Update    Decision = "update"
	Supersede Decision = "supersede"
)

// Observation is a proposed change of an observation.
type Observation struct {
	Fact   *record.Fact
	Kind   Decision
	Proofs int    // number of tellings
	Ends   bool   // too few tellings are left
	Why    string // the reason, for people
}

// Observe says whether a value becomes an observation, or how the observation of it changes. It returns false if nothing changes.
func Observe(t Told) (o Observation, changes bool) {
	turns, sessions := map[string]bool{}, map[string]bool{}
	for _, told := range t.Tellings {
		turns[told.Turn], sessions[told.Session] = true, true
	}
	o = Observation{Fact: t.Fact, Kind: Create, Proofs: len(turns)}
	o.Why = fmt.Sprintf("told in %s of %s", count(len(turns), "turn"), count(len(sessions), "session"))
	enough := len(turns) >= MinTellings && len(sessions) >= MinSessions
	switch {
	case t.Fact.Proofs == 0 && !enough, t.Fact.Proofs == o.Proofs && enough:
		return o, false
	case t.Fact.Proofs > 0:
		o.Kind = Update
		if o.Ends = !enough; o.Ends {
			o.Why += ", which is no longer enough"
		}
	case t.Former != nil:
		o.Kind = Supersede
		o.Why += fmt.Sprintf("; before it was %q", t.Former.Value)
	}
	return o, true
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
