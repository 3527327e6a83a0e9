package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/tracing"
)

// Traces say how the memory of a Context came about, and how it was used: each write that decides about facts leaves one, each question, and
// each answer of a model. See TraceRecord.
//
// Traces of writes are stored with the write. Those of questions and answers are stored in the background, within about a second, and at the
// latest by Close; what is noted by then is lost if the process is killed. If more questions are asked than can be stored, about 60 a second,
// the others leave none. Config.Traces sets their share and number, and Config.RetentionDays their age. They are in backups, and not in exports.
type Traces struct {
	context *contextHandle
}

// Traces returns the Context's traces.
func (c *Context) Traces() *Traces { return &Traces{&c.contextHandle} }

// TraceKind is the kind of a trace.
type TraceKind string

// The kinds of traces.
const (
	TraceDecision  TraceKind = tracing.Decision  // of a write: Remember with InferFull or InferTriples, or an edit
	TraceRetrieval TraceKind = tracing.Retrieval // of a question: Recall, and what else searches
	TraceResponse  TraceKind = tracing.Response  // of an answer that a model wrote
)

// TraceRecord is a stored trace.
//
// The trace of a write has no text. It says what the write decided, with the ids of the records that it touched. An edit of records in several
// scope sets leaves a trace in each. It belongs to the scopes that were written to, and is visible to whoever may read these. Once no text, fact
// or instruction is left in its scopes, it is no longer shown. Traces that earlier versions of this library stored have fewer edges: they list
// superseded records in Closed.
//
// The trace of a question has the question, and that of an answer has the answer. They are visible to callers that may read everything that
// their own caller could read. For the key that asked, its traces stay visible if its grants shrink, but without the text of the answer.
// Personal data in their texts is redacted if the Context redacts it. A trace is erased with any record that it touches, that an answer cites, or
// that the model was given for it; with the session that the question was limited to; and if its caller held a grant that names a forgotten scope,
// or one below it.
//
// All traces show only records that exist and that the caller may read.
type TraceRecord struct {
	ID        string    `json:"id"` // "decision_trace:…", "retrieval_trace:…" or "response_trace:…"
	Kind      TraceKind `json:"kind"`
	CreatedAt time.Time `json:"createdAt,omitzero"` // the RecordedAt of the facts that the write created, or when the question was asked
	// Operation is what was done: an Infer ("full", "triples"), or an edit: "close", "correct", "pin", "revoke", "resolve", "delete" or
	// "merge", or what led to conclusions: "reflect", "elaboration" or "consolidation". "recall" for a question; "chat" or "reflect" for an answer.
	Operation string `json:"operation"`
	// PrincipalID is the principal that wrote or asked, OnBehalfOf the one that it acted for, and KeyID the key that it used. A caller that does
	// not hold grant:manage over everything sees only its own ids here.
	PrincipalID string `json:"principalId,omitempty"`
	OnBehalfOf  string `json:"onBehalfOf,omitempty"`
	KeyID       string `json:"keyId,omitempty"`  // "" for the operator
	Scopes      Scopes `json:"scopes,omitempty"` // of a write
	// Extractor is what read the text of a write: "rules", or "caller" for triples and edits. Model is the model that was asked, as provider and
	// name.
	Extractor string `json:"extractor,omitempty"`
	Model     string `json:"model,omitempty"`
	// Latency is the time from the call to the transaction that stored the write, or to the answer.
	Latency   time.Duration `json:"latencyNs"`           // in nanoseconds in JSON
	SessionID string        `json:"sessionId,omitempty"` // of the write or answer, or to which the question was limited; "" for an edit
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
	Resolved  []string        `json:"resolved,omitempty"`
	Retrieval *RetrievalTrace `json:"retrieval,omitempty"` // set for TraceRetrieval
	Response  *ResponseTrace  `json:"response,omitempty"`  // set for TraceResponse
}

// RetrievalTrace is what the trace of a question has beyond a TraceRecord.
type RetrievalTrace struct {
	// Query is the question. Its words are kept in memory only, so that no file has them: "" for a question that another process, or an earlier
	// one, was asked, for one of long ago, and for the message of a Chat, which the response trace has.
	Query     string `json:"query"`
	Mode      Mode   `json:"mode,omitempty"` // as requested
	Tier      Tier   `json:"tier"`
	Reason    string `json:"reason,omitempty"` // why this tier
	Confident bool   `json:"confident"`        // as in Recalled
	// Candidates is the number of records among which the hits were chosen. The caller of the question could read all of them.
	Candidates int           `json:"candidates"`
	Returned   []ReturnedHit `json:"returned,omitempty"` // best first
}

// ReturnedHit is a hit that a question returned.
type ReturnedHit struct {
	ID        string  `json:"id"`
	Score     float64 `json:"score"`     // as in Hit
	Relevance float64 `json:"relevance"` // as in Hit
	Why       Why     `json:"why,omitzero"`
}

// ResponseTrace is what the trace of an answer has beyond a TraceRecord.
type ResponseTrace struct {
	UserMessage string `json:"userMessage"` // what the user said; the question of a reflection is kept like RetrievalTrace.Query
	Text        string `json:"text"`        // "" if the caller may no longer read what the answer was made from
	Cached      bool   `json:"cached"`
	ReusedFrom  string `json:"reusedFrom,omitempty"` // id of the trace of the answer that was used again
	// RetrievalIDs are the traces of the questions that the answer was made from, and CitedIDs the records that it cites.
	RetrievalIDs []string `json:"retrievalIds,omitempty"`
	CitedIDs     []string `json:"citedIds,omitempty"`
}

// Superseded is a record that gave way to another one.
type Superseded struct {
	ID string `json:"id"`
	By string `json:"by,omitempty"` // the record that superseded it; "" if it was erased
}

// TraceQuery selects a page of traces, newest first. Its last four fields are those of PageRequest.
type TraceQuery struct {
	Kind        TraceKind // "": any
	PrincipalID string    // the principal that wrote or asked, with or without "principal:"; "": any
	SessionID   string    // the SessionID of the trace; "": any
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
		return page(tracesOf(by))(tracing.List(ctx, by, q.inner()))
	})
}

// All iterates over the traces, starting at the requested page. It stops after the first error: see PageRequest.
func (t *Traces) All(ctx context.Context, q TraceQuery) iter.Seq2[TraceRecord, error] {
	return all(ctx, q, t.List)
}

// Get returns a trace by its id, such as Remembered.TraceID or Recalled.Trace.ID. ErrNotFound: no trace with that id is visible to the caller.
func (t *Traces) Get(ctx context.Context, id string) (*TraceRecord, error) {
	return callMemory(ctx, t.context, "get trace", func(ctx context.Context, by *gate.Call) (*TraceRecord, error) {
		return one(tracesOf(by))(tracing.Find(ctx, by, id))
	})
}

func (q TraceQuery) inner() tracing.Query {
	return tracing.Query{
		Kind: string(q.Kind), Principal: q.PrincipalID, Session: q.SessionID, Since: q.Since, Until: q.Until, Page: paging.Request(q.page()),
	}
}

func (q TraceQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q TraceQuery) at(p PageRequest) TraceQuery {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

// tracesOf converts traces for a caller.
func tracesOf(by *gate.Call) func(record.Trace) TraceRecord {
	return func(t record.Trace) TraceRecord {
		switch {
		case t.Decision != nil:
			return newDecisionTrace(*t.Decision, by)
		case t.Retrieval != nil:
			return newRetrievalTrace(*t.Retrieval)
		}
		return newResponseTrace(*t.Response)
	}
}

func newDecisionTrace(d record.Decision, by *gate.Call) TraceRecord {
	return TraceRecord{
		ID: d.ID, Kind: TraceDecision, CreatedAt: d.RecordedAt, Operation: d.Infer, PrincipalID: d.Principal, OnBehalfOf: d.OnBehalfOf, KeyID: d.Key,
		Scopes: newScopes(by.Seen(d.Scopes)), Extractor: d.Extractor, Model: d.Model, Latency: d.Latency, SessionID: d.Session, TurnIDs: d.Turns,
		Considered: d.Considered, ConsideredBeyond: d.Beyond, Created: d.Created,
		Superseded: each(d.Superseded, func(s record.Supersession) Superseded { return Superseded{s.Fact, s.By} }),
		Closed:     d.Closed, Amended: d.Amended, Reinforced: d.Reinforced, Flagged: d.Flagged, Doubted: d.Doubted, Resolved: d.Resolved,
	}
}

func newRetrievalTrace(r record.Retrieval) TraceRecord {
	return TraceRecord{
		ID: r.ID, Kind: TraceRetrieval, CreatedAt: r.At.UTC(), Operation: "recall", PrincipalID: r.Principal, OnBehalfOf: r.Behalf, KeyID: r.Key,
		Latency: r.Latency, SessionID: r.Session,
		Retrieval: &RetrievalTrace{
			Query: r.Text, Mode: Mode(r.Mode), Tier: Tier(r.Tier), Reason: r.Reason, Confident: r.Confident, Candidates: r.Candidates,
			Returned: each(r.Hits, func(h record.Returned) ReturnedHit { return ReturnedHit{h.ID, h.Score, h.Relevance, Why(h.Signals)} }),
		},
	}
}

func newResponseTrace(r record.Response) TraceRecord {
	return TraceRecord{
		ID: r.ID, Kind: TraceResponse, CreatedAt: r.At.UTC(), Operation: r.Source, PrincipalID: r.Principal, OnBehalfOf: r.Behalf, KeyID: r.Key,
		Model: r.Model, Latency: r.Latency, SessionID: r.Session,
		Response: &ResponseTrace{
			UserMessage: r.Message, Text: r.Text, Cached: r.Cached, ReusedFrom: r.ReusedFrom, RetrievalIDs: r.Retrievals, CitedIDs: r.Cited,
		},
	}
}
