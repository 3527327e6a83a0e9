package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/lifecycle"
)

// ForgetRequest says what to forget: the records with the given IDs; what a Query describes; or everything that passes the filters. The
// filters narrow a Query too. At least one of them must be set.
type ForgetRequest struct {
	// IDs are those of facts, instructions, uncertainties, turns, passages (Hit.ID), sessions and entities ("entity:person/alice"). At most
	// 1,000. Only a Lens can be combined with them.
	IDs []string
	// Query describes what to forget, in words. At most 8 KiB. Records that it may mean as well are in Forgotten.Ambiguous, and stay.
	Query string
	// Lens limits the request to records that belong to these scopes or to scopes below, and nowhere else. Unlike the Lens of a question, it
	// leaves the records of the scopes above alone.
	Lens Scopes
	// Labels limits the request to records with all of these labels.
	Labels []string
	// Speaker limits it to what this person said.
	Speaker string
	// SessionID limits it to what was said in this session.
	SessionID string
	// SaidAfter and SaidBefore limit it to what was said from the first time on and before the second, as in RecallRequest; zero: no limit.
	SaidAfter, SaidBefore time.Time
	// Purge erases the records. Otherwise they are closed.
	Purge bool
	// DryRun changes nothing, and lists what would be forgotten.
	DryRun bool
}

// Forgotten is the receipt of Memory.Forget. After a purge it has no text.
type Forgotten struct {
	Closed    int             `json:"closed"`              // number of closed records
	Purged    int             `json:"purged"`              // number of erased records
	IDs       []string        `json:"ids,omitempty"`       // of these records
	Items     []ForgottenItem `json:"items,omitempty"`     // the same records with their kinds and texts
	Ambiguous []ForgottenItem `json:"ambiguous,omitempty"` // what the Query may mean as well; none of it was forgotten
	DryRun    bool            `json:"dryRun,omitempty"`    // nothing was forgotten
	// TraceID is the id of the decision trace; "" if nothing was forgotten.
	TraceID string `json:"traceId,omitempty"`
}

// ForgottenItem is a record that was forgotten.
type ForgottenItem struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	Text string `json:"text,omitempty"` // the text, or its beginning; "" after a purge
}

// Forget closes or erases records.
//
// By default it closes them. Facts and instructions end: they stay in the history, and in answers as of earlier times. A text cannot end,
// so it is no longer found: Recall finds it only as of earlier times and with IncludeClosed, no model is shown it, and Sessions.Turns lists it
// with its ForgottenAt. Uncertainties are resolved, and entities count as deleted.
//
// With Purge it erases them: their rows, vectors, index entries and quotes, and the answers of IdempotencyKeys that tell of them. Once it has
// returned, no byte of the file, of a saved index or of a later backup has their texts. That cannot be undone. A purge is complete or did
// not happen, also after a crash.
//
// What belongs together is forgotten together. With a text goes what was told in it. With a fact go the values that it replaced, its copies
// under other names of its entity, what was concluded from it, the uncertainties about it, and the texts that told it: of a text that is
// longer than 1,200 characters only the pieces that told it. Other facts that were told in the same text stay, without their quotes. A value
// that replaced a forgotten one stays too. The entities that nothing else tells of go too, and the answers that a model wrote from what goes. With
// a session or an entity goes everything that is known from it, or about it. Texts that only mention the same thing stay; a Query or a filter
// finds them.
//
// What was forgotten does not come back: a text with the same words, role, scopes and SpokenAt is not stored again (Remembered.Forgotten),
// and a model that was asked meanwhile is not heard. A conclusion is not drawn again from the same evidence. Who says the same at another
// time, or without a SpokenAt, says it anew. This is known by keyed hashes, which an export does not have.
//
// The caller needs memory:forget over all scopes of a record, also those that it may not read. A filter or a Query takes only records that
// the caller may forget. An event (EventMemoryForgotten) says who has forgotten something, and a trace which records were closed.
//
// Codes: CodeNotFound with the Field for an id that the caller does not see; CodeForbidden; CodeInvalid with the Field: also for a filter or
// a Query that fits everything, if there are more than 10 records and neither a Lens, a session nor ids are named; CodeTooLarge with the
// Field, also for more than 100,000 records; CodeConflict if the permissions changed meanwhile; CodeTimeout if ctx ends: what has begun is
// completed.
func (m *Memory) Forget(ctx context.Context, req ForgetRequest) (*Forgotten, error) {
	return callMemory(ctx, m.context, "forget", func(ctx context.Context, by *gate.Call) (*Forgotten, error) {
		out, err := ingest.Forget(ctx, by, req.inner())
		if err != nil {
			return nil, err
		}
		return newForgotten(out, req.DryRun), nil
	})
}

// ForgetAsync is like Forget, in a job: for sessions and scopes with much in them. A Query or a filter is resolved now; the job has only the ids
// of the records, and forgets a thousand of them at a time. The result of a purge has no ids of entities, because their names are in them. Codes:
// those of Forget; CodeInvalid for a DryRun.
func (m *Memory) ForgetAsync(ctx context.Context, req ForgetRequest) (*Job, error) {
	return callMemory(ctx, m.context, "forget in the background", func(ctx context.Context, by *gate.Call) (*Job, error) {
		return one(newJob)(lifecycle.StartForgetting(ctx, by, req.inner()))
	})
}

func (r ForgetRequest) inner() ingest.ForgetRequest {
	return ingest.ForgetRequest{
		IDs: r.IDs, Query: r.Query, Lens: r.Lens, Labels: r.Labels, Speaker: r.Speaker, Session: r.SessionID, After: r.SaidAfter, Before: r.SaidBefore,
		Purge: r.Purge, DryRun: r.DryRun,
	}
}

func newForgotten(f *ingest.Forgotten, dryRun bool) *Forgotten {
	out := &Forgotten{Closed: f.Closed, Purged: f.Purged, Items: forgottenItems(f.Items), Ambiguous: forgottenItems(f.Ambiguous), DryRun: dryRun, TraceID: f.Trace}
	for _, i := range out.Items {
		out.IDs = append(out.IDs, i.ID)
	}
	return out
}

func forgottenItems(list []ingest.ForgottenItem) (out []ForgottenItem) {
	for _, i := range list {
		out = append(out, ForgottenItem{i.ID, Kind(i.Kind), i.Text})
	}
	return out
}
