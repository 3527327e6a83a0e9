package spectron

import (
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/record"
)

// Remember stores a text with the facts extracted from it, or the facts that the caller gives, in one transaction. Once it
// has returned, the next Recall finds them. A value that contradicts a stored value supersedes it if its source is as good.
// The old value is kept with its end time. Uncertain statements are not stored as facts but reported as uncertainties.
//
// If there is a model (Options.Model, Options.Models), it reads what the rules did not settle, and Remembered.Model says what it did. If it
// fails, the text is stored with what the rules found. Rate limits of its provider are waited for as long as the deadline of ctx allows, or
// for at most five minutes if there is none. A fifth of the time until the deadline, and at most 5 seconds, is left for storing the text.
//
// Codes: CodeInvalid and CodeTooLarge name the field; CodeNotFound if the session does not exist and the caller is the
// operator; CodeModel if the embedder fails; CodeConflict if the vectors of the Context come from another embedder (see
// Options.Embedder; nothing is stored); CodeForbidden for scopes that the caller may not write to or that were tombstoned,
// and for a session that does not exist or that the caller may not write to; CodeBlocked while EnforcementBlocked is set. When
// ctx ends, Remember returns at once with CodeTimeout. Usually nothing is stored then. If the text was already extracted and
// embedded, the write may still be stored, and Detail says so.
func (m *Memory) Remember(ctx context.Context, req RememberRequest) (*Remembered, error) {
	return callMemory(ctx, m.context, "remember", func(ctx context.Context, by *gate.Call) (*Remembered, error) {
		return one(newRemembered)(ingest.Remember(ctx, by, req.inner()))
	})
}

// RememberMany stores a conversation in order, in one transaction. It behaves like Remember for each message. Each message is
// interpreted with the facts of the messages before it.
func (m *Memory) RememberMany(ctx context.Context, req RememberManyRequest) (*RememberedMany, error) {
	return callMemory(ctx, m.context, "remember many", func(ctx context.Context, by *gate.Call) (*RememberedMany, error) {
		return one(newRememberedMany)(ingest.RememberMany(ctx, by, req.inner()))
	})
}

func (r RememberRequest) inner() ingest.Request {
	out := ingest.Request{
		Infer: ingest.Infer(r.Infer), Session: r.SessionID, Scopes: r.Scopes, Labels: r.Labels, Category: record.Category(r.Category), Observed: r.ObservedAt, Key: r.IdempotencyKey,
		Messages: []ingest.Message{{Role: record.Role(r.Role), Text: r.Text, Speaker: r.Speaker, At: r.SpokenAt, Location: r.Location}},
	}
	for _, t := range r.Triples {
		out.Triples = append(out.Triples, ingest.Triple{
			Entity: record.EntityRef(t.Entity), Key: t.Key, Value: t.Value, Target: record.EntityRef(t.Target), Category: record.Category(t.Category),
		})
	}
	return out
}

func (r RememberManyRequest) inner() ingest.Request {
	out := ingest.Request{
		Infer: ingest.Infer(r.Infer), Session: r.SessionID, Scopes: r.Scopes, Labels: r.Labels, Category: record.Category(r.Category), Observed: r.ObservedAt,
		Extract: ingest.Mode(r.Extract),
		Key:     r.IdempotencyKey,
	}
	for _, m := range r.Messages {
		out.Messages = append(out.Messages, ingest.Message{Role: record.Role(m.Role), Text: m.Content, Speaker: m.Speaker, At: m.At, Location: m.Location})
	}
	return out
}

func newRemembered(s *ingest.Stored) Remembered {
	out := Remembered{
		Infer: Infer(s.Infer), SessionID: s.Session, ChunkIDs: s.Chunks, Preview: s.Infer == ingest.Preview, TraceID: s.Trace, Replayed: s.Replayed,
		Forgotten: len(s.Forgotten) > 0,
		Findings:  newFindings(s.Findings), Redactions: newRedactions(s.Redacted), Model: newModelUse(s.Asked),
	}
	if len(s.Turns) > 0 {
		out.TurnID = s.Turns[0]
	}
	if len(s.Changes) > 0 {
		x := newExtraction(s.Changes[0])
		out.Extraction = &x
	}
	return out
}

func newRememberedMany(s *ingest.Stored) RememberedMany {
	out := RememberedMany{
		Infer: Infer(s.Infer), SessionID: s.Session, TurnIDs: s.Turns, Preview: s.Infer == ingest.Preview, TraceID: s.Trace, Replayed: s.Replayed,
		Forgotten: s.Forgotten,
		Findings:  newFindings(s.Findings), Redactions: newRedactions(s.Redacted), Model: newModelUse(s.Asked),
	}
	for _, c := range s.Changes {
		out.Extractions = append(out.Extractions, newExtraction(c))
	}
	return out
}

func newModelUse(a *ingest.Asked) *ModelUse {
	if a == nil {
		return nil
	}
	return &ModelUse{a.Models, a.Calls, a.TokensIn, a.TokensOut, a.Estimated, a.Waited, a.Dropped, a.Failures}
}

// newExtraction converts the changes of one message to the public type.
func newExtraction(c ingest.Change) Extraction {
	x := Extraction{TurnID: c.Turn, Reinforced: c.Reinforced}
	for _, e := range c.Mentions {
		x.Entities = append(x.Entities, ExtractedEntity{
			ID: entityID(e.EntityRef), Type: record.EntityType(e.Type), Name: e.Name, Category: Category(e.Category), IsNew: e.New,
		})
	}
	for _, f := range c.Create {
		if f.Kind == record.KindRelation {
			x.Relations = append(x.Relations, ExtractedRelation{
				ID: f.ID, Subject: entityID(f.Entity), Label: f.Key, Object: entityID(f.Object), Category: Category(f.Category), Quote: f.Quote,
			})
			continue
		}
		x.Attributes = append(x.Attributes, ExtractedAttribute{
			ID: f.ID, EntityID: entityID(f.Entity), Key: f.Key, Value: f.Value, Category: Category(f.Category), Quote: f.Quote,
		})
	}
	for _, i := range c.Instructions {
		x.Instructions = append(x.Instructions, ExtractedInstruction{i.ID, i.Label, i.Description})
	}
	for _, q := range c.Questions {
		x.Uncertainties = append(x.Uncertainties, Uncertainty{ID: q.ID, About: q.About, Reason: q.Reason})
	}
	for _, o := range c.Corrections {
		x.Corrections = append(x.Corrections, Correction{entityID(o.Entity), o.Key, o.OldValue, o.NewValue})
	}
	for _, o := range slices.Concat(c.Close, c.CloseInstructions) {
		x.Closed = append(x.Closed, o.ID)
	}
	return x
}
