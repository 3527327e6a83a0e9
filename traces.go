package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// Traces say how the memory of a Context came about: each write that decides about facts leaves one. See TraceRecord.
type Traces struct {
	context *contextHandle
}

// Traces returns the Context's traces.
func (c *Context) Traces() *Traces { return &Traces{&c.contextHandle} }

// TraceKind is the kind of a trace.
type TraceKind string

// The kinds of traces. In this version only writes leave traces.
const (
	TraceDecision  TraceKind = ingest.TraceDecision  // of a write: Remember with InferFull or InferTriples, or an edit
	TraceRetrieval TraceKind = ingest.TraceRetrieval // of a search
	TraceResponse  TraceKind = ingest.TraceResponse  // of an answer
)

// TraceRecord is a stored trace. It says what a write decided, with the ids of the records that it touched. It holds no text. An edit of
// records in several scope sets leaves a trace in each.
//
// A trace belongs to the scopes that were written to, and is visible to whoever may read these. It shows only records that exist and that
// the caller may read. Once no text, fact or instruction is left in its scopes, it is no longer shown. Traces that earlier versions of
// this library stored have fewer edges: they list superseded records in Closed.
type TraceRecord struct {
	ID        string    `json:"id"` // "decision_trace:…"
	Kind      TraceKind `json:"kind"`
	CreatedAt time.Time `json:"createdAt,omitzero"` // the RecordedAt of the facts that the write created
	// Operation is what was done: an Infer ("full", "triples"), or an edit: "close", "correct", "pin", "revoke", "resolve", "delete" or
	// "merge", or what led to conclusions: "reflect", "elaboration" or "consolidation".
	Operation string `json:"operation"`
	// PrincipalID is the principal that wrote, OnBehalfOf the one that it acted for, and KeyID the key that it used. A caller that does not
	// hold grant:manage over everything sees only its own ids here.
	PrincipalID string `json:"principalId,omitempty"`
	OnBehalfOf  string `json:"onBehalfOf,omitempty"`
	KeyID       string `json:"keyId,omitempty"` // "" for the operator
	Scopes      Scopes `json:"scopes,omitempty"`
	// Extractor is what read the text: "rules", or "caller" for triples and edits. Model is the model that it asked, as provider and name.
	Extractor string `json:"extractor,omitempty"`
	Model     string `json:"model,omitempty"`
	// Latency is the time from the call to the transaction that stored the write.
	Latency   time.Duration `json:"latencyNs"`           // in nanoseconds in JSON
	SessionID string        `json:"sessionId,omitempty"` // "" for an edit
	TurnIDs   []string      `json:"turnIds,omitempty"`   // the stored texts
	// Considered are the live facts that the statements were compared with: those of the same entities and keys, at most 200.
	// ConsideredBeyond is the number of others.
	Considered       []string `json:"considered,omitempty"`
	ConsideredBeyond int      `json:"consideredBeyond,omitempty"`
	// Created are new facts and instructions.
	Created []string `json:"created,omitempty"`
	// Superseded are facts and instructions that gave way to others.
	Superseded []Superseded `json:"superseded,omitempty"`
	// Closed are facts and instructions that ended without a successor.
	Closed []string `json:"closed,omitempty"`
	// Amended are facts of which a late statement changed the times, or an edit the pin.
	Amended []string `json:"amended,omitempty"`
	// Reinforced are facts and instructions that were told again.
	Reinforced []string `json:"reinforced,omitempty"`
	// Flagged are new uncertainties, and Doubted the facts that these put in doubt.
	Flagged []string `json:"flagged,omitempty"`
	Doubted []string `json:"doubted,omitempty"`
	// Resolved are uncertainties that the write settled.
	Resolved []string `json:"resolved,omitempty"`
}

// Superseded is a record that gave way to another one.
type Superseded struct {
	ID string `json:"id"`
	By string `json:"by,omitempty"` // the record that superseded it; "" if it was erased
}

// TraceQuery selects a page of traces, newest first. Its last four fields are those of PageRequest.
type TraceQuery struct {
	Kind        TraceKind // "": any
	PrincipalID string    // the principal that wrote, with or without "principal:"; "": any
	SessionID   string    // the session that was written to; "": any
	Since       time.Time // inclusive; zero: no lower bound
	Until       time.Time // inclusive; zero: no upper bound
	Cursor      string    // Page.NextCursor of the page before; "" from the start
	Limit       int       // 0: 100, at most 500
	Offset      int       // as in PageRequest
	WithTotal   bool      // counts all matching traces by reading them
}

// List lists the traces that the caller may see, ordered by CreatedAt, the newest first. With a PrincipalID that the caller does not see in
// traces (see TraceRecord.PrincipalID) there are none. CodeInvalid and CodeTooLarge with the Field; CodeNotFound for a session that the caller
// may not read.
func (t *Traces) List(ctx context.Context, q TraceQuery) (Page[TraceRecord], error) {
	return callMemory(ctx, t.context, "list traces", func(ctx context.Context, by *gate.Call) (Page[TraceRecord], error) {
		return page(tracesOf(by))(ingest.ListTraces(ctx, by, q.inner()))
	})
}

// All iterates over the traces, starting at the requested page. It stops after the first error: see PageRequest.
func (t *Traces) All(ctx context.Context, q TraceQuery) iter.Seq2[TraceRecord, error] {
	return all(ctx, q, t.List)
}

// Get returns a trace by its id, such as Remembered.TraceID. ErrNotFound: no trace with that id is visible to the caller.
func (t *Traces) Get(ctx context.Context, id string) (*TraceRecord, error) {
	return callMemory(ctx, t.context, "get trace", func(ctx context.Context, by *gate.Call) (*TraceRecord, error) {
		return one(tracesOf(by))(ingest.FindTrace(ctx, by, id))
	})
}

func (q TraceQuery) inner() ingest.TraceQuery {
	return ingest.TraceQuery{
		Kind: string(q.Kind), Principal: q.PrincipalID, Session: q.SessionID, Since: q.Since, Until: q.Until, Page: paging.Request(q.page()),
	}
}

func (q TraceQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q TraceQuery) at(p PageRequest) TraceQuery {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

// tracesOf converts traces for a caller.
func tracesOf(by *gate.Call) func(record.Decision) TraceRecord {
	return func(d record.Decision) TraceRecord {
		return TraceRecord{
			ID: d.ID, Kind: TraceDecision, CreatedAt: d.RecordedAt, Operation: d.Infer, PrincipalID: d.Principal, OnBehalfOf: d.OnBehalfOf, KeyID: d.Key,
			Scopes: newScopes(by.Seen(d.Scopes)), Extractor: d.Extractor, Model: d.Model, Latency: d.Latency, SessionID: d.Session, TurnIDs: d.Turns,
			Considered: d.Considered, ConsideredBeyond: d.Beyond, Created: d.Created,
			Superseded: each(d.Superseded, func(s record.Supersession) Superseded { return Superseded{s.Fact, s.By} }),
			Closed:     d.Closed, Amended: d.Amended, Reinforced: d.Reinforced, Flagged: d.Flagged, Doubted: d.Doubted, Resolved: d.Resolved,
		}
	}
}
