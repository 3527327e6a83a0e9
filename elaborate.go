package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/record"
)

// ElaborateRequest says for which entities relations are to be concluded. The zero value looks at the entities of the newest 1,000 facts.
type ElaborateRequest struct {
	Entity EntityRef // only relations of this entity, by any of its names; zero: of any
	Budget int       // the maximum number of relations; 0: 100, at most 1,000
	Sweep  bool      // look at all entities that the caller knows
	DryRun bool      // store nothing
	Lens   Scopes    // as in RecallRequest
}

// Elaborated lists the relations that were concluded.
type Elaborated struct {
	RelationsEmitted int                `json:"relationsEmitted"` // number of stored relations; 0 in a dry run
	Outcomes         []ElaborateOutcome `json:"outcomes"`         // by entity, in the order of type and name; without entities of which nothing follows
}

// ElaborateOutcome has the relations that were concluded for one entity.
type ElaborateOutcome struct {
	EntityName        string             `json:"entityName"`
	EntityType        string             `json:"entityType"`
	DryRun            bool               `json:"dryRun"`
	RelationsEmitted  int                `json:"relationsEmitted"`  // as in Elaborated
	TraceID           string             `json:"traceId,omitempty"` // the decision trace, of the first relation; "" in a dry run
	ProposedRelations []ProposedRelation `json:"proposedRelations"`
}

// ProposedRelation is a relation that follows from two others.
type ProposedRelation struct {
	Subject    string   `json:"subject"` // name of the entity
	Label      string   `json:"label"`
	Object     string   `json:"object"`           // name of the other entity
	ObjectType string   `json:"objectType"`       // its type
	FactID     string   `json:"factId,omitempty"` // the stored fact; "" in a dry run
	Evidence   []string `json:"evidence"`         // ids of the two relations that it follows from
	Proofs     int      `json:"proofs"`           // number of pairs of relations that it follows from
	Confidence float64  `json:"confidence"`       // product of the confidences of the two
	Reason     string   `json:"reason"`           // why it follows, in a sentence for people
}

// Elaborate stores relations that follow from two others: of a person who works at a firm and of a firm that is in Oslo it follows that the
// person works in Oslo; the mother of a mother is a grandmother. It works by a table of rules, also if the Context has a model.
//
// Both relations must belong to the same scopes, and the caller must be allowed to read and to write all of these; others have no influence.
// They must be live, said by a user, a document or an operator, and neither doubtful nor contested nor about the past. The new relation is a
// conclusion, with the source SourceElaboration: see Fact.Proofs. It belongs to the scopes of its evidence. Nothing is concluded that is
// known, that contradicts what is known, or that somebody has ended since. So a second run stores nothing new. Each run that stores
// something leaves a trace in each of the scopes.
//
// Codes: CodeInvalid and CodeTooLarge with the Field; CodeNotFound for an unknown Entity; CodeForbidden for a strict key without a Lens, or
// with one beyond its grants.
func (m *Memory) Elaborate(ctx context.Context, req ElaborateRequest) (*Elaborated, error) {
	return callMemory(ctx, m.context, "elaborate", func(ctx context.Context, by *gate.Call) (*Elaborated, error) {
		found, err := ingest.Elaborate(ctx, by, ingest.Elaboration{
			Entity: record.EntityRef(req.Entity), Budget: req.Budget, Sweep: req.Sweep, DryRun: req.DryRun, Lens: req.Lens,
		})
		if err != nil {
			return nil, err
		}
		out := &Elaborated{Outcomes: []ElaborateOutcome{}}
		for _, e := range found {
			o := ElaborateOutcome{EntityName: e.Entity.Name, EntityType: e.Entity.Type, DryRun: req.DryRun, TraceID: e.Trace}
			for _, r := range e.Relations {
				o.ProposedRelations = append(o.ProposedRelations, ProposedRelation{
					Subject: r.Subject.Name, Label: r.Label, Object: r.Object.Name, ObjectType: r.Object.Type, FactID: r.Fact, Evidence: r.Evidence[:],
					Proofs: r.Proofs, Confidence: r.Confidence, Reason: r.Why,
				})
			}
			if !req.DryRun {
				o.RelationsEmitted = len(o.ProposedRelations)
			}
			out.RelationsEmitted += o.RelationsEmitted
			out.Outcomes = append(out.Outcomes, o)
		}
		return out, nil
	})
}
