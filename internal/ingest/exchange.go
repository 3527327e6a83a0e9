package ingest

import (
	"context"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// What a conversation with a model needs beside Remember: where the conversation will be stored, and how it went so far.

// ErrErased is the error of a write whose basis was erased, or is no longer visible to the caller.
var ErrErased = fault.New(fault.Conflict, "", "records that the text was made from were erased meanwhile; try again")

// Target is where a write would go.
type Target struct {
	Scopes  record.ScopeSet
	Session record.Session // zero: a new one
}

// MayWrite returns where Remember would store a request. It returns the error with which Remember would refuse the request before it reads
// the texts.
func MayWrite(ctx context.Context, by *gate.Call, req Request) (Target, error) {
	d, err := one(req, by.Live.Core.Opts.MaxText)
	if err != nil {
		return Target{}, err
	}
	d.by = by
	to, err := d.destination(ctx)
	return Target{to.scopes, to.session}, err
}

// narrowed returns a scope set whose readers must also hold further paths.
func narrowed(set record.ScopeSet, with []string) (out record.ScopeSet) {
	if len(with) == 0 {
		return set
	}
	for _, clause := range set {
		clause = append(slices.Clone(clause), with...)
		slices.Sort(clause)
		out = append(out, slices.Compact(clause))
	}
	slices.SortFunc(out, slices.Compare)
	return slices.CompactFunc(out, slices.Equal)
}

// Beyond returns the paths that a reader of a scope set needs to see a record with another scope set, and that not every reader of the set
// holds. If the record has several clauses, those count of which the fewest paths are missing.
func Beyond(set, other record.ScopeSet) []string {
	if scope.Implies(set, other) {
		return nil
	}
	var best []string
	for i, clause := range other {
		var missing []string
		for _, path := range clause {
			if slices.ContainsFunc(set, func(own []string) bool { return !slices.Contains(own, path) }) {
				missing = append(missing, path)
			}
		}
		if i == 0 || len(missing) < len(best) {
			best = missing
		}
	}
	return best
}

// Common returns scopes whose readers may see records with each of the given scope sets; nil: there are none.
func Common(sets []record.ScopeSet) record.ScopeSet {
	if len(sets) == 0 {
		return nil
	}
	out := sets[0]
	for _, set := range sets[1:] {
		out = narrowed(out, Beyond(out, set))
	}
	if slices.ContainsFunc(out, func(clause []string) bool { return len(clause) > scope.MaxPaths }) ||
		slices.ContainsFunc(sets, func(set record.ScopeSet) bool { return !scope.Implies(out, set) }) {
		return nil
	}
	return out
}

// Redact returns a text without personal data, if the Context redacts it.
func Redact(by *gate.Call, text string) string { return redactorFor(by).text(text) }

// Check validates a conclusion's triple.
func (d *Derived) Check() error { return d.check("Facts") }

// LastTurns returns the last turns of a session that the caller may read, that a lens keeps, and that were not forgotten, oldest first. An ellipsis stands for a forgotten part of a text. Without
// a session, or if the caller may not read it, there are none.
func LastTurns(ctx context.Context, by *gate.Call, session record.Session, lens record.ScopeSet, limit int) (out []record.Turn, err error) {
	if session.ID == "" || len(by.Seen(session.Scopes)) == 0 {
		return nil, nil
	}
	visible, state := by.Through(recall.Through(lens)), by.Live.View.Load().State()
	for end := session.Turns; end > 0 && len(out) < limit; {
		from := max(end-max(limit, tailPage), 0)
		page, err := by.Live.Rows.Turns(ctx, session.ID, end-from, from)
		if err != nil {
			return nil, by.Live.Explain(ctx, err)
		}
		for _, t := range slices.Backward(page) {
			if t.Seq < end && (visible == nil || visible(t.Scopes)) && state.Forgotten(t.ID).IsZero() && len(out) < limit {
				t.Content = unhidden(t.Content, state.Pieces(t.ID))
				out = append(out, t)
			}
		}
		end = from
	}
	slices.Reverse(out)
	return out, nil
}

// unhidden returns a text without its forgotten pieces.
func unhidden(text string, pieces []*record.Chunk) string {
	pieces = slices.DeleteFunc(slices.Clone(pieces), func(c *record.Chunk) bool { return c.KnownUntil.IsZero() })
	if len(pieces) == 0 {
		return text
	}
	var out strings.Builder
	hidden := false
	for _, r := range masked(text, pieces) {
		if r != mask {
			out.WriteRune(r)
		} else if !hidden {
			out.WriteString("…")
		}
		hidden = r == mask
	}
	return out.String()
}

// tailPage is how many turns LastTurns reads at once.
const tailPage = 50
