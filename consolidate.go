package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/growth"
	"github.com/spectron-go/spectron/internal/ingest"
)

// ConsolidateRequest says how far a consolidation goes.
type ConsolidateRequest struct {
	DryRun bool // store nothing
	// FactLimit is the maximum number of facts to look at, of those that were told more than once: the newest. 0: 10,000, at most 100,000.
	FactLimit int
	// ObservationLimit is the maximum number of observations to create or to change. 0: 100, at most 1,000.
	ObservationLimit int
	Lens             Scopes // as in RecallRequest
}

// DecisionKind says what a consolidation did with an observation.
type DecisionKind string

// The kinds of decisions.
const (
	DecisionCreate    DecisionKind = DecisionKind(growth.Create)    // a value has become an observation
	DecisionUpdate    DecisionKind = DecisionKind(growth.Update)    // the number of proofs of an observation has changed
	DecisionSupersede DecisionKind = DecisionKind(growth.Supersede) // a value has become an observation in place of the former value of its key
)

// Consolidated lists the observations that were created or changed.
type Consolidated struct {
	Created    int                  `json:"created"`
	Updated    int                  `json:"updated"`
	Superseded int                  `json:"superseded"`
	DryRun     bool                 `json:"dryRun"`
	TraceID    string               `json:"traceId,omitempty"` // the decision trace, in the first of several scope sets; "" in a dry run, and if nothing changed
	Outcomes   []ConsolidateOutcome `json:"outcomes"`          // by entity, key and value
}

// ConsolidateOutcome is a change of one observation.
type ConsolidateOutcome struct {
	EntityName string       `json:"entityName"`
	EntityType string       `json:"entityType"`
	Key        string       `json:"key"`
	Value      string       `json:"value"`
	Kind       DecisionKind `json:"kind"`
	ProofCount int          `json:"proofCount"` // number of turns that told the value; fewer than three, or of one session: it is no observation any more
	// ObservationID is the fact that is the observation.
	ObservationID string `json:"observationId,omitempty"`
	Rationale     string `json:"rationale"` // the reason, in a sentence for people
}

// Consolidate makes observations of the values that users have told in at least three turns of at least two sessions, and updates existing
// ones. It counts turns, also if the Context has a model.
//
// An observation is the fact that has the value, so it is superseded, closed and erased with it. It has the importance of an identity fact, which does not fade,
// Fact.Proofs says in how many turns it was told, and Fact.Evidence lists them; at most 65 are counted. Turns count as far as they exist and
// the caller may read them. A turn counts for a fact of the same scopes only. A fact that is in doubt, contested or about the past is no
// observation. If too few tellings are left, because sessions were deleted, the fact stays but is no observation any more. If the value of a
// key changes, the new value becomes an observation once it was told often enough; then the outcome says that it supersedes the former one.
// A second run changes nothing. Each run that changes something leaves a trace in each of the scopes.
//
// Only facts count whose scopes the caller may all read and write. Tellings from before this version of the library were not recorded.
// Codes: CodeInvalid and CodeTooLarge with the Field; CodeForbidden for a strict key without a Lens, or with one beyond its grants.
func (m *Memory) Consolidate(ctx context.Context, req ConsolidateRequest) (*Consolidated, error) {
	return callMemory(ctx, m.context, "consolidate", func(ctx context.Context, by *gate.Call) (*Consolidated, error) {
		done, err := ingest.Consolidate(ctx, by, ingest.Consolidation{
			DryRun: req.DryRun, Facts: req.FactLimit, Observations: req.ObservationLimit, Lens: req.Lens,
		})
		if err != nil {
			return nil, err
		}
		out := &Consolidated{DryRun: req.DryRun, TraceID: done.Trace, Outcomes: []ConsolidateOutcome{}}
		for _, o := range done.Observations {
			switch o.Kind {
			case growth.Create:
				out.Created++
			case growth.Update:
				out.Updated++
			case growth.Supersede:
				out.Superseded++
			}
			out.Outcomes = append(out.Outcomes, ConsolidateOutcome{
				EntityName: o.Fact.Entity.Name, EntityType: o.Fact.Entity.Type, Key: o.Fact.Key, Value: o.Fact.Value, Kind: DecisionKind(o.Kind),
				ProofCount: o.Proofs, ObservationID: o.Fact.ID, Rationale: o.Why,
			})
		}
		return out, nil
	})
}
