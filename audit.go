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

// AuditQuery selects a page of the audit of a memory, newest first. Its last two fields are those of PageRequest.
type AuditQuery struct {
	PrincipalID string    // the principal that wrote or asked, with or without "principal:"; "": any
	KeyID       string    // the key that it used; "": any
	Kind        TraceKind // "": any
	Since       time.Time // inclusive; zero: no lower bound
	Until       time.Time // inclusive; zero: no upper bound
	Cursor      string    // Page.NextCursor of the page before; "" from the start
	Limit       int       // 0: 50, at most 500
}

// AuditRow says that memory was written or used: it is a short form of a trace.
type AuditRow struct {
	TraceID     string        `json:"traceId"`
	Kind        TraceKind     `json:"kind"`
	CreatedAt   time.Time     `json:"createdAt,omitzero"`
	Latency     time.Duration `json:"latencyNs"`   // in nanoseconds in JSON
	RowsTouched int           `json:"rowsTouched"` // records that the trace lists
	Model       string        `json:"model,omitempty"`
	// Cost is what a model cost for it, in tokens: the sum of TokensIn, which it read, and TokensOut, which it wrote. 0: none was asked, or an
	// earlier version of this library stored the trace.
	Cost        float64 `json:"cost"`
	TokensIn    int     `json:"tokensIn,omitempty"`
	TokensOut   int     `json:"tokensOut,omitempty"`
	PrincipalID string  `json:"principalId,omitempty"` // as in TraceRecord
	KeyID       string  `json:"keyId,omitempty"`
}

// Audit lists what was written, asked and answered, as far as the caller may see the traces of it: see TraceRecord. With a PrincipalID or KeyID
// that the caller does not see in traces there are no rows. CodeInvalid and CodeTooLarge with the Field.
func (m *Memory) Audit(ctx context.Context, q AuditQuery) (Page[AuditRow], error) {
	return callMemory(ctx, m.context, "audit", func(ctx context.Context, by *gate.Call) (Page[AuditRow], error) {
		return page(newAuditRow)(tracing.Audit(ctx, by, tracing.Query{
			Kind: string(q.Kind), Principal: q.PrincipalID, Key: q.KeyID, Since: q.Since, Until: q.Until, Page: paging.Request(q.page()),
		}))
	})
}

// AuditAll iterates over the rows of Audit, starting at the requested page. It stops after the first error: see PageRequest.
func (m *Memory) AuditAll(ctx context.Context, q AuditQuery) iter.Seq2[AuditRow, error] {
	return all(ctx, q, m.Audit)
}

func (q AuditQuery) page() PageRequest { return PageRequest{Cursor: q.Cursor, Limit: q.Limit} }

func (q AuditQuery) at(p PageRequest) AuditQuery {
	q.Cursor, q.Limit = p.Cursor, p.Limit
	return q
}

func newAuditRow(t record.Trace) AuditRow {
	var out AuditRow
	var spent record.Tokens
	switch {
	case t.Decision != nil:
		d := t.Decision
		out, spent = AuditRow{
			TraceID: d.ID, Kind: TraceDecision, CreatedAt: d.RecordedAt, Latency: d.Latency, RowsTouched: d.Touches(), Model: d.Model,
			PrincipalID: d.Principal, KeyID: d.Key,
		}, d.Spent
	case t.Retrieval != nil:
		r := t.Retrieval
		out = AuditRow{
			TraceID: r.ID, Kind: TraceRetrieval, CreatedAt: r.At.UTC(), Latency: r.Latency, RowsTouched: len(r.Hits), PrincipalID: r.Principal, KeyID: r.Key,
		}
	default:
		r := t.Response
		out, spent = AuditRow{
			TraceID: r.ID, Kind: TraceResponse, CreatedAt: r.At.UTC(), Latency: r.Latency, RowsTouched: len(r.Cited) + len(r.Given), Model: r.Model,
			PrincipalID: r.Principal, KeyID: r.Key,
		}, r.Spent
	}
	out.TokensIn, out.TokensOut, out.Cost = spent.In, spent.Out, float64(spent.In+spent.Out)
	return out
}
