// Package question answers a caller's question: it checks the request, restricts the search to what the caller may see, and embeds the
// question if the search needs its vector.
package question

import (
	"context"
	"errors"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/tracing"
)

// Answer is the answer to a question.
type Answer struct {
	recall.Result
	// Conflict says why the search used words alone although no mode asked for that; nil: it did not.
	Conflict error
	// Vector is the vector of the question; nil: the search needed none.
	Vector []float32
	Trace  string // id of the trace of the question; "": it leaves none
	// Cursor continues the answer; "": nothing follows.
	Cursor string
}

// Ask answers a question. Codes: fault.Invalid and fault.TooLarge with the field; fault.NotFound for a session; fault.Forbidden for a
// lens; fault.Model if the embedder fails; fault.Conflict if the vectors of the Context come from another embedder.
func Ask(ctx context.Context, by *gate.Call, req Request) (out Answer, err error) {
	started := time.Now()
	if err := ctx.Err(); err != nil {
		return out, err
	}
	q, err := req.Query(ctx, by)
	if err != nil {
		return out, err
	}
	pages, err := newPages(by, req, &q)
	if err != nil {
		return out, err
	}
	q.Beside = req.Beside && req.Cursor == "" // later pages would repeat them
	e := embedding{by: by.Live, q: q}
	if q.Mode != index.Lexical && !q.Listed {
		q.Quick = !by.Live.Core.StoresVectors
		q.Embed = func() ([]float32, error) { return e.embed(ctx) }
	}
	out.Result, err = by.Live.View.Load().Recall(ctx, q)
	out.Conflict, out.Vector = e.conflict, e.vector
	switch {
	case e.failed != nil:
		err = live.FailEmbedding(ctx, e.failed)
	case errors.Is(err, index.ErrDimension):
		err = live.FailEmbedding(ctx, err)
	}
	if err != nil {
		return out, err
	}
	if out.Cursor, err = pages.cut(&out.Result); err != nil {
		return out, err
	}
	if !q.Listed && q.Filter.AsOf.IsZero() && q.StoredAt.IsZero() {
		by.Live.Reinforce(facts(out.Hits))
	}
	text := q.Text
	if req.Said {
		text = ""
	}
	out.Trace = note(by, q, text, req.Mode, out.Result, time.Since(started))
	return out, nil
}

// facts returns the facts among hits.
func facts(hits []recall.Hit) (out []*record.Fact) {
	for i := range hits {
		if f := hits[i].Fact; f != nil {
			out = append(out, f)
		}
	}
	return out
}

// note leaves the trace of a question, and returns its id; "": it leaves none.
func note(by *gate.Call, q recall.Query, text, mode string, found recall.Result, latency time.Duration) string {
	r := record.Retrieval{
		At: q.Now, Text: text, Mode: mode, Session: q.Filter.Session, Lens: q.Filter.Lens, Tier: string(found.Tier), Reason: found.Reason,
		Latency: latency, Confident: found.Confident, Candidates: max(found.Candidates, len(found.Hits)), Hits: make([]record.Returned, len(found.Hits)),
	}
	for i := range found.Hits {
		h := &found.Hits[i]
		r.Hits[i] = record.Returned{ID: h.ID, Score: h.Score, Relevance: h.Relevance, Signals: record.Signals(h.Why)}
	}
	return tracing.Leave(by, r)
}

// embedding embeds a question, and keeps the error if that fails.
type embedding struct {
	by               *live.Context
	q                recall.Query
	failed, conflict error
	vector           []float32
}

func (e *embedding) embed(ctx context.Context) (vector []float32, err error) {
	vector, err = e.by.EmbedQuestion(ctx, e.q.Text)
	if e.q.Any && fault.Is(err, fault.Conflict) && (e.q.Words > 0 || e.q.Vectors == 0) {
		e.conflict = err // search by words alone
		return nil, nil
	}
	e.failed, e.vector = err, vector
	return vector, err
}
