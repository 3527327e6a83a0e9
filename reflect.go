package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/chat"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/settings"
)

// ReflectRequest is a question to reflect on.
type ReflectRequest struct {
	Query string // at most 16 KiB
	// Lens and Labels narrow what is read, as in RecallRequest. K is the maximum number of records; 0: 20, at most 50.
	Lens   Scopes
	Labels []string
	K      int
	// Model is the model that reflects; zero: that of StageReflection. Another one needs Options.Models.
	Model Model
	// Persist stores the facts that follow. DryRun returns them, and stores nothing.
	Persist bool
	DryRun  bool
}

// Reflection is a conclusion that a model drew from records.
type Reflection struct {
	Reflection string `json:"reflection"` // with a mark such as [S1] behind what a record supports; "" without evidence
	// Evidence has the ids of the records that the model was shown, the best first. Citations are those whose marks are in the text.
	Evidence  []string   `json:"evidence"`
	Citations []Citation `json:"citations,omitempty"`
	// Facts are the facts that the model proposed, with Persist and with DryRun.
	Facts   []ReflectedFact `json:"facts,omitempty"`
	DryRun  bool            `json:"dryRun,omitempty"`
	TraceID string          `json:"traceId,omitempty"` // of the response trace; "" if the reflection leaves none
	Model   *ModelUse       `json:"model,omitempty"`
}

// ReflectedFact is a fact that follows from records, and that none of them states.
type ReflectedFact struct {
	ID         string    `json:"id,omitempty"` // "" if it was not stored
	Entity     EntityRef `json:"entity"`
	Key        string    `json:"key"`
	Value      string    `json:"value,omitempty"`
	Target     EntityRef `json:"target,omitzero"` // of a relation
	Scopes     Scopes    `json:"scopes,omitempty"`
	Evidence   []string  `json:"evidence,omitempty"` // ids of facts and turns
	Confidence float64   `json:"confidence"`
	// Reason says why it is not stored; "" if it is, or would be.
	Reason string `json:"reason,omitempty"`
}

// Reflect draws a conclusion with a model, from the records that Recall finds for the question. The model is shown them as Chat shows them.
// The text cites only them. Without such records, no model is asked.
//
// With Persist, the facts in the conclusion are stored, with the source SourceReflect and less trust than what was said. A fact needs evidence
// among the records: facts, and turns of users. It never replaces what was said, and it ends with its evidence. It may quote
// any record that the model was shown, so it belongs to the scopes whose readers may read all of them, it is erased with each of them, and it
// ends when one of them is forgotten. Facts that do not hold come back with a Reason.
//
// Persisting needs memory:write, and a caller other than a key with PresetAgent: see PresetSupervisor.
//
// Codes: those of Recall; CodeForbidden with the Field Persist; CodeUnsupported with the Field Options.Model if there is no model; CodeBlocked,
// CodeModel and CodeConflict as in Chat.
func (m *Memory) Reflect(ctx context.Context, req ReflectRequest) (*Reflection, error) {
	return callMemory(ctx, m.context, "reflect", func(ctx context.Context, by *gate.Call) (*Reflection, error) {
		return one(func(r *chat.Reflection) Reflection {
			return Reflection{
				Reflection: r.Text, Evidence: r.Evidence, Citations: each(r.Citations, newCitation), Facts: each(r.Facts, newReflectedFact),
				DryRun: req.DryRun, TraceID: r.Trace, Model: newModelUse(&ingest.Asked{Usage: r.Usage}),
			}
		})(chat.Reflect(ctx, by, req.inner()))
	})
}

func (r ReflectRequest) inner() chat.ReflectRequest {
	return chat.ReflectRequest{
		Query: r.Query, Lens: r.Lens, Labels: r.Labels, K: r.K, Model: settings.Model(r.Model), Persist: r.Persist, DryRun: r.DryRun,
	}
}

func newReflectedFact(c chat.Conclusion) ReflectedFact {
	return ReflectedFact{
		ID: c.ID, Entity: EntityRef(c.Entity), Key: c.Key, Value: c.Value, Target: EntityRef(c.Target), Scopes: newScopes(c.Scopes),
		Evidence: c.Evidence, Confidence: c.Confidence, Reason: c.Reason,
	}
}
