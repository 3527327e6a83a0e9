// Package tracing reads traces for a caller: of writes, of questions and of answers.
package tracing

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
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The kinds of traces.
const (
	Decision  = "decision"
	Retrieval = "retrieval"
	Response  = "response"
)

// most is the maximum number of traces on a page.
const most = 500

// Query selects traces. TraceQuery of package spectron documents the fields.
type Query struct {
	Kind         string
	Principal    string
	Key          string
	Session      string
	Since, Until time.Time
	Page         paging.Request
}

// reader reads traces for a caller.
type reader struct {
	by     *gate.Call
	view   *recall.View
	reader recall.Reader
	region *authz.Region
	covers map[string]bool // by the patterns of a region: whether the caller may read all of it
	noted  []record.Noted  // traces of questions and answers that the caller may know of, newest first
}

// readerFor returns a reader of decisions. note adds the other traces.
func readerFor(by *gate.Call) *reader {
	return &reader{by: by, view: by.Live.View.Load(), reader: ingest.ReaderOf(by, nil), region: by.Region(authz.MemoryRead), covers: map[string]bool{}}
}

// note reads the traces of questions and answers.
func (t *reader) note(ctx context.Context) error {
	all, err := t.by.Live.Noted(ctx)
	if err != nil {
		return err
	}
	since := t.by.Live.TracesSince()
	for i := range all {
		if all[i].At.Before(since) {
			continue // it has expired
		}
		if t.knows(&all[i]) {
			t.noted = append(t.noted, all[i])
		}
	}
	return nil
}

// knows reports whether the caller may know of a trace of a question or an answer: it is the caller's own, or the caller may read everything
// that the caller of the trace could read.
func (t *reader) knows(n *record.Noted) bool { return t.whole(n.Region) || t.mine(n) }

// whole reports whether the caller may read a region.
func (t *reader) whole(patterns []string) bool {
	if t.region.All() {
		return true
	}
	key := strings.Join(patterns, "\n")
	covered, known := t.covers[key]
	if !known {
		covered = len(patterns) > 0 && !slices.ContainsFunc(patterns, func(text string) bool {
			p, err := scope.ParsePattern(text)
			return err != nil || !t.region.Contains(p)
		})
		t.covers[key] = covered
	}
	return covered
}

// mine reports whether a trace comes from the caller: from the same key, because another key of its principal may be wider.
func (t *reader) mine(n *record.Noted) bool {
	key, behalf := "", ""
	if t.by.Key != nil {
		key = t.by.Key.ID
	}
	if t.by.Behalf != nil {
		behalf = t.by.Behalf.ID
	}
	return n.Principal == t.by.Principal.ID && n.Key == key && n.Behalf == behalf
}

// own reports whether the caller is, or acts for, a principal.
func (t *reader) own(principal string) bool {
	return principal == t.by.Principal.ID || t.by.Behalf != nil && principal == t.by.Behalf.ID
}

// manages reports whether the caller may learn of all principals and keys, as of events.
func (t *reader) manages() bool { return t.by.Region(authz.GrantManage).All() }

// veil removes the principals and the key of a trace that the caller may not learn of.
func (t *reader) veil(principal, behalf, key *string) {
	if t.manages() {
		return
	}
	if !t.own(*principal) {
		*principal = ""
	}
	if !t.own(*behalf) {
		*behalf = ""
	}
	if t.by.Key == nil || t.by.Key.ID != *key {
		*key = ""
	}
}

// decision returns the trace of a write as the caller may see it.
func (t *reader) decision(d record.Decision) (record.Decision, bool) {
	d, ok := t.view.TraceFor(t.reader, d)
	if ok {
		t.veil(&d.Principal, &d.OnBehalfOf, &d.Key)
	}
	return d, ok
}

// session returns a session that a trace names, if the caller may know of it.
func (t *reader) session(id string) string {
	if row, ok := t.view.Session(id); !ok || len(t.by.Seen(row.Scopes)) == 0 {
		return ""
	}
	return id
}

// retrieval returns the trace of a question as the caller may see it. It returns false if something that it touches was erased.
func (t *reader) retrieval(r record.Retrieval) (record.Retrieval, bool) {
	n := r.Noted()
	seen, ok := t.view.Touched(t.reader, n.Touched)
	if !ok || !t.knows(&n) {
		return r, false
	}
	r.Text = t.by.Live.Asked(r.ID)
	r.Hits = slices.DeleteFunc(slices.Clone(r.Hits), func(h record.Returned) bool { return !slices.Contains(seen, h.ID) })
	if r.Session = t.session(r.Session); !t.whole(r.Region) {
		r.Candidates = len(r.Hits) // the others may be hidden by now
	}
	t.veil(&r.Principal, &r.Behalf, &r.Key)
	return r, true
}

// response returns the trace of an answer as the caller may see it. note was called.
func (t *reader) response(r record.Response) (record.Response, bool) {
	n := r.Noted()
	seen, ok := t.view.Touched(t.reader, n.Touched)
	if !ok || !t.knows(&n) {
		return r, false
	}
	if r.Source == record.ResponseReflect {
		r.Message = t.by.Live.Asked(r.ID)
	}
	unseen := func(id string) bool { return !slices.Contains(seen, id) }
	r.Cited, r.Given = slices.DeleteFunc(slices.Clone(r.Cited), unseen), slices.DeleteFunc(slices.Clone(r.Given), unseen)
	hidden := func(id string) bool {
		return !slices.ContainsFunc(t.noted, func(n record.Noted) bool { return n.ID == id })
	}
	r.Retrievals = slices.DeleteFunc(slices.Clone(r.Retrievals), hidden)
	if hidden(r.ReusedFrom) {
		r.ReusedFrom = ""
	}
	if r.Session = t.session(r.Session); !t.whole(r.Region) {
		r.Text = "" // it may quote what the caller may no longer read
	}
	t.veil(&r.Principal, &r.Behalf, &r.Key)
	return r, true
}

// Find returns a trace that the caller may see.
func Find(ctx context.Context, by *gate.Call, id string) (record.Trace, error) {
	none := fault.New(fault.NotFound, "id", "no such trace")
	if err := input.ID("id", id); err != nil {
		return record.Trace{}, err
	}
	t := readerFor(by)
	table, _, _ := strings.Cut(id, ":")
	switch table {
	case store.TableDecision:
		d, err := by.Live.Rows.Decision(ctx, id)
		if err != nil && !errors.Is(err, surreal.ErrNotFound) {
			return record.Trace{}, err
		}
		if err == nil {
			if d, ok := t.decision(d); ok {
				return record.Trace{Decision: &d}, nil
			}
		}
		return record.Trace{}, none
	case store.TableRetrieval, store.TableResponse:
		if err := t.note(ctx); err != nil {
			return record.Trace{}, err
		}
		i := slices.IndexFunc(t.noted, func(n record.Noted) bool { return n.ID == id })
		if i < 0 {
			return record.Trace{}, none
		}
		found, err := t.load(ctx, t.noted[i:i+1])
		if err == nil && len(found) == 0 {
			err = none
		}
		if err != nil {
			return record.Trace{}, err
		}
		return found[0], nil
	}
	return record.Trace{}, none
}

// load returns traces of questions and answers as the caller may see them, in the same order.
func (t *reader) load(ctx context.Context, list []record.Noted) (out []record.Trace, err error) {
	var questions, answers []string
	for _, n := range list {
		if strings.HasPrefix(n.ID, store.TableRetrieval+":") {
			questions = append(questions, n.ID)
		} else {
			answers = append(answers, n.ID)
		}
	}
	found := map[string]record.Trace{}
	if len(questions) > 0 {
		rows, err := t.by.Live.Rows.Retrievals(ctx, questions)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r, ok := t.retrieval(r); ok {
				found[r.ID] = record.Trace{Retrieval: &r}
			}
		}
	}
	if len(answers) > 0 {
		rows, err := t.by.Live.Rows.Responses(ctx, answers)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r, ok := t.response(r); ok {
				found[r.ID] = record.Trace{Response: &r}
			}
		}
	}
	for _, n := range list {
		if trace, ok := found[n.ID]; ok {
			out = append(out, trace)
		}
	}
	return out, nil
}

// cursor returns the position of a trace in listings.
func cursor(t record.Trace) string {
	switch {
	case t.Decision != nil:
		return store.DecisionCursor(*t.Decision)
	case t.Retrieval != nil:
		return store.NotedCursor(t.Retrieval.Noted())
	}
	return store.NotedCursor(t.Response.Noted())
}

// List lists the traces that the caller may see, newest first.
func List(ctx context.Context, by *gate.Call, q Query) (page paging.Page[record.Trace], err error) {
	req, err := q.Page.Checked(most)
	if err != nil {
		return page, err
	}
	t := readerFor(by)
	none, err := t.check(&q)
	if err != nil || none {
		return page, err
	}
	decisions, some, err := t.decisionQuery(q)
	if err != nil {
		return page, err
	}
	some = some && (q.Kind == "" || q.Kind == Decision)
	if q.Kind != Decision {
		if err := t.note(ctx); err != nil {
			return page, err
		}
	}
	noted := t.selected(q)
	return paging.Read(ctx, req, func(ctx context.Context, after string, limit int) ([]record.Trace, error) {
		var out []record.Trace
		if some {
			decisions.After = after
			found, err := t.rows(ctx, decisions, q, limit)
			if err != nil {
				return nil, err
			}
			for _, d := range found {
				out = append(out, record.Trace{Decision: &d})
			}
		}
		others, err := t.after(ctx, noted, after, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, others...)
		slices.SortFunc(out, func(a, b record.Trace) int { return strings.Compare(cursor(a), cursor(b)) })
		return out[:min(len(out), limit)], nil
	}, cursor)
}

// check validates a query and completes its ids. It reports whether the caller sees no trace of that kind at all.
func (t *reader) check(q *Query) (none bool, err error) {
	if err := window(q.Since, q.Until); err != nil {
		return false, err
	}
	for _, id := range []struct{ field, value string }{{"PrincipalID", q.Principal}, {"KeyID", q.Key}, {"SessionID", q.Session}} {
		if err := input.ID(id.field, id.value); err != nil {
			return false, err
		}
	}
	switch q.Kind {
	case "", Decision, Retrieval, Response:
	default:
		return false, fault.Bad("Kind", "unknown kind %q; the kinds are decision, retrieval and response", q.Kind)
	}
	if q.Principal != "" {
		q.Principal = access.PrincipalID(q.Principal)
		none = !t.manages() && !t.own(q.Principal) // the caller sees no trace with that principal
	}
	if q.Key != "" {
		none = none || !t.manages() && (t.by.Key == nil || t.by.Key.ID != q.Key)
	}
	if q.Session != "" {
		if q.Session = t.session(ingest.SessionID(q.Session)); q.Session == "" {
			return false, fault.New(fault.NotFound, "SessionID", "no such session")
		}
	}
	return none, nil
}

// window validates the times of a request.
func window(since, until time.Time) error {
	if err := input.Time("Since", since); err != nil {
		return err
	}
	return input.Time("Until", until)
}

// decisionQuery returns the query for the database. It returns false if no trace of a write can match.
func (t *reader) decisionQuery(q Query) (out store.DecisionQuery, some bool, err error) {
	if q.Session != "" {
		// The traces of its writes lie between its first write and its last one.
		row, _ := t.view.Session(q.Session)
		q.Since = later(q.Since, row.CreatedAt)
		if !row.MovedAt.IsZero() && (q.Until.IsZero() || row.MovedAt.Before(q.Until)) {
			q.Until = row.MovedAt
		}
	}
	out = store.DecisionQuery{Since: q.Since.UTC(), Until: q.Until.UTC(), Principal: q.Principal}
	if t.reader.Visible != nil {
		sets := t.view.Sets(t.reader.Reach, store.MaxPlaces+1)
		if len(sets) == 0 {
			return out, false, nil
		}
		if len(sets) <= store.MaxPlaces {
			out.Places = sets
		}
	}
	return out, true, nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// selected returns the traces of questions and answers that a query selects, newest first.
func (t *reader) selected(q Query) []record.Noted {
	return slices.DeleteFunc(slices.Clone(t.noted), func(n record.Noted) bool {
		kind, _, _ := strings.Cut(n.ID, "_")
		return q.Kind != "" && kind != q.Kind || q.Principal != "" && n.Principal != q.Principal || q.Key != "" && n.Key != q.Key ||
			q.Session != "" && n.Session != q.Session || !q.Since.IsZero() && n.At.Before(q.Since) || !q.Until.IsZero() && n.At.After(q.Until)
	})
}

// after returns up to limit traces of a list after a position.
func (t *reader) after(ctx context.Context, list []record.Noted, position string, limit int) (out []record.Trace, err error) {
	from, _ := slices.BinarySearchFunc(list, position, func(n record.Noted, position string) int {
		if store.NotedCursor(n) <= position {
			return -1
		}
		return 1
	})
	for list = list[from:]; len(list) > 0 && len(out) < limit; {
		n := min(len(list), limit-len(out))
		found, err := t.load(ctx, list[:n])
		if err != nil {
			return nil, err
		}
		out, list = append(out, found...), list[n:]
	}
	return out, nil
}

// rows returns up to limit traces of writes that match a query and that the caller may see. The database answers the query only in part, so it
// reads as many rows as that takes.
func (t *reader) rows(ctx context.Context, wanted store.DecisionQuery, q Query, limit int) (out []record.Decision, err error) {
	// Few rows are left out, unless the caller sees many scope sets of still more.
	for wanted.Limit = limit; ; wanted.Limit = min(2*wanted.Limit, paging.Most) {
		found, err := t.by.Live.Rows.Decisions(ctx, wanted)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			if q.Session != "" && d.Session != q.Session || q.Principal != "" && d.Principal != q.Principal || q.Key != "" && d.Key != q.Key {
				continue
			}
			if d, ok := t.decision(d); ok {
				if out = append(out, d); len(out) == limit {
					return out, nil
				}
			}
		}
		if len(found) < wanted.Limit {
			return slices.Clip(out), nil
		}
		wanted.After = store.DecisionCursor(found[len(found)-1])
	}
}
