package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The kinds of traces.
const (
	TraceDecision  = "decision"
	TraceRetrieval = "retrieval"
	TraceResponse  = "response"
)

// TraceQuery selects traces. TraceQuery of package spectron documents the fields.
type TraceQuery struct {
	Kind         string
	Principal    string
	Session      string
	Since, Until time.Time
	Page         paging.Request
}

// traceReader reads traces for a caller.
type traceReader struct {
	by     *gate.Call
	view   *recall.View
	reader recall.Reader
}

func tracesOf(by *gate.Call) traceReader {
	return traceReader{by, by.Live.View.Load(), ReaderOf(by, nil)}
}

// sees returns a trace as the caller may see it.
func (t *traceReader) sees(d record.Decision) (record.Decision, bool) {
	d, ok := t.view.TraceFor(t.reader, d)
	if !ok || t.by.Region(authz.GrantManage).All() {
		return d, ok
	}
	// As of events, only a caller that manages all grants learns of other principals and keys.
	if !t.own(d.Principal) {
		d.Principal = ""
	}
	if !t.own(d.OnBehalfOf) {
		d.OnBehalfOf = ""
	}
	if t.by.Key == nil || t.by.Key.ID != d.Key {
		d.Key = ""
	}
	return d, true
}

// own reports whether the caller is, or acts for, a principal.
func (t *traceReader) own(principal string) bool {
	return principal == t.by.Principal.ID || t.by.Behalf != nil && principal == t.by.Behalf.ID
}

// FindTrace returns a trace that the caller may see.
func FindTrace(ctx context.Context, by *gate.Call, id string) (d record.Decision, err error) {
	if err := input.ID("id", id); err != nil {
		return d, err
	}
	none := fault.New(fault.NotFound, "id", "no such trace")
	if !strings.HasPrefix(id, store.TableDecision+":") {
		return d, none
	}
	d, err = by.Live.Rows.Decision(ctx, id)
	if errors.Is(err, surreal.ErrNotFound) {
		return d, none
	}
	if err != nil {
		return d, err
	}
	t := tracesOf(by)
	d, ok := t.sees(d)
	if !ok {
		return d, none
	}
	return d, nil
}

// ListTraces lists the traces that the caller may see, newest first.
func ListTraces(ctx context.Context, by *gate.Call, q TraceQuery) (page paging.Page[record.Decision], err error) {
	req, err := q.Page.Checked(maxFacts)
	if err != nil {
		return page, err
	}
	for _, t := range []struct {
		field string
		time  time.Time
	}{{"Since", q.Since}, {"Until", q.Until}} {
		if err := input.Time(t.field, t.time); err != nil {
			return page, err
		}
	}
	if err := input.ID("PrincipalID", q.Principal); err != nil {
		return page, err
	}
	if q.Principal != "" {
		q.Principal = access.PrincipalID(q.Principal)
	}
	if err := input.ID("SessionID", q.Session); err != nil {
		return page, err
	}
	t := tracesOf(by)
	if q.Session != "" {
		row, err := readable(by, t.view, q.Session)
		if err != nil {
			return page, err
		}
		// Its traces lie between its first write and its last one.
		q.Session, q.Since = row.ID, later(q.Since, row.CreatedAt)
		if !row.MovedAt.IsZero() && (q.Until.IsZero() || row.MovedAt.Before(q.Until)) {
			q.Until = row.MovedAt
		}
	}
	switch q.Kind {
	case "", TraceDecision:
	case TraceRetrieval, TraceResponse:
		return page, nil // no operation of this version leaves one
	default:
		return page, fault.Bad("Kind", "unknown kind %q; the kinds are decision, retrieval and response", q.Kind)
	}
	if q.Principal != "" && !t.by.Region(authz.GrantManage).All() && !t.own(q.Principal) {
		return page, nil // the caller sees no trace with that principal
	}
	wanted := store.DecisionQuery{Since: q.Since.UTC(), Until: q.Until.UTC(), Principal: q.Principal}
	if t.reader.Visible != nil {
		sets := t.view.Sets(t.reader.Reach, store.MaxPlaces+1)
		if len(sets) == 0 {
			return page, nil
		}
		if len(sets) <= store.MaxPlaces {
			wanted.Places = sets
		}
	}
	return paging.Read(ctx, req, func(ctx context.Context, after string, limit int) ([]record.Decision, error) {
		wanted.After = after
		return t.rows(ctx, wanted, q.Session, limit)
	}, store.DecisionCursor)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// rows returns up to limit traces that match a query, are of a session, and that the caller may see; "": of any session. The database answers
// the query only in part, so it reads as many rows as that takes.
func (t *traceReader) rows(ctx context.Context, q store.DecisionQuery, session string, limit int) (out []record.Decision, err error) {
	// Few rows are left out, unless the caller sees many scope sets of still more.
	for q.Limit = limit; ; q.Limit = min(2*q.Limit, paging.Most) {
		found, err := t.by.Live.Rows.Decisions(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			if session != "" && d.Session != session || q.Principal != "" && d.Principal != q.Principal {
				continue
			}
			if d, ok := t.sees(d); ok {
				if out = append(out, d); len(out) == limit {
					return out, nil
				}
			}
		}
		if len(found) < q.Limit {
			return slices.Clip(out), nil
		}
		q.After = store.DecisionCursor(found[len(found)-1])
	}
}
