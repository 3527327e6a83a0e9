package spectron

import (
	"context"
	"iter"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Uncertainties are the statements of a Context that were not stored as facts, or only with doubt. See Uncertainty.
type Uncertainties struct {
	context *contextHandle
}

// Uncertainties returns the Context's uncertainties.
func (c *Context) Uncertainties() *Uncertainties { return &Uncertainties{&c.contextHandle} }

// UncertaintyQuery selects a page of uncertainties. Its last four fields are those of PageRequest.
type UncertaintyQuery struct {
	// Open selects open uncertainties, and Resolved selects resolved ones. Both, or neither, select all.
	Open, Resolved bool

	Cursor    string // Page.NextCursor of the page before; "" from the start
	Limit     int    // 0: 100, at most 500
	Offset    int    // as in PageRequest
	WithTotal bool   // counts all matching uncertainties
}

// List lists the uncertainties that the caller may read, ordered by RecordedAt, the newest first. CodeInvalid and CodeTooLarge with the
// Field.
func (u *Uncertainties) List(ctx context.Context, q UncertaintyQuery) (Page[Uncertainty], error) {
	return callMemory(ctx, u.context, "list uncertainties", func(_ context.Context, by *gate.Call) (Page[Uncertainty], error) {
		return page(uncertaintiesOf(by))(ingest.ListQuestions(by, paging.Request(q.page()),
			func(row *record.OpenQuestion) bool { return q.Open == q.Resolved || q.Resolved == row.Resolved }))
	})
}

// All iterates over the uncertainties, starting at the requested page. It stops after the first error: see PageRequest.
func (u *Uncertainties) All(ctx context.Context, q UncertaintyQuery) iter.Seq2[Uncertainty, error] {
	return all(ctx, q, u.List)
}

// Get returns an uncertainty, open or resolved. ErrNotFound: no uncertainty with that id is visible to the caller.
func (u *Uncertainties) Get(ctx context.Context, id string) (*Uncertainty, error) {
	return callMemory(ctx, u.context, "get uncertainty", func(_ context.Context, by *gate.Call) (*Uncertainty, error) {
		return one(uncertaintiesOf(by))(ingest.FindQuestion(by, id))
	})
}

// Resolve settles an uncertainty by hand. The facts that it put in doubt lead answers again. Uncertainty.Note shows the note, which may be
// empty. To settle an uncertainty with a value, correct or close the fact, or remember a clear statement. Codes: CodeNotFound;
// CodeForbidden without memory:write over all scopes of the uncertainty; CodeConflict if it is already resolved; CodeInvalid and
// CodeTooLarge with the Field: a note has at most 1,000 bytes.
func (u *Uncertainties) Resolve(ctx context.Context, id, note string) error {
	return doMemory(ctx, u.context, "resolve uncertainty", func(ctx context.Context, by *gate.Call) error {
		return ingest.ResolveQuestion(ctx, by, id, note)
	})
}

func (q UncertaintyQuery) page() PageRequest {
	return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal}
}

func (q UncertaintyQuery) at(p PageRequest) UncertaintyQuery {
	return UncertaintyQuery{q.Open, q.Resolved, p.Cursor, p.Limit, p.Offset, p.WithTotal}
}

// uncertaintiesOf converts uncertainties for a caller.
func uncertaintiesOf(by *gate.Call) func(recall.Question) Uncertainty {
	return func(q recall.Question) Uncertainty {
		return Uncertainty{
			ID: q.ID, About: q.About, Reason: q.Reason, FactIDs: q.Facts, Scopes: newScopes(by.Seen(q.Scopes)), RecordedAt: q.RecordedAt,
			Resolved: q.Resolved, ResolvedAt: q.ResolvedAt, Note: q.Note, Source: sourceOf(&q.Origin, &q.OpenQuestion.Source, ""),
		}
	}
}
