package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

const (
	maxForgetIDs   = 1000
	maxDescription = 8 << 10 // bytes
	// maxForgotten is the maximum number of facts, instructions, uncertainties and pieces of texts that a call forgets.
	maxForgotten = 100_000
	// fewRecords is the number of records up to which a filter or a description may fit all of them.
	fewRecords = 10
)

// ForgetRequest selects what to forget. ForgetRequest of package spectron documents the fields.
type ForgetRequest struct {
	IDs           []string
	Query         string
	Lens          [][]string
	Labels        []string
	Speaker       string
	Session       string
	After, Before time.Time
	Purge, DryRun bool
	Again         bool // passes over IDs that do not exist: an earlier attempt has forgotten them
}

// Forgotten is the result of Forget.
type Forgotten struct {
	Closed, Purged int
	Items          []ForgottenItem
	Ambiguous      []ForgottenItem
	Trace          string
}

// ForgottenItem is a record that is forgotten, or would be.
type ForgottenItem struct {
	ID   string
	Kind record.Kind
	Text string
}

// forgetting is a validated request.
type forgetting struct {
	ForgetRequest
	by        *gate.Call
	lens      record.ScopeSet
	reader    recall.Reader
	begun     time.Time
	ambiguous []ForgottenItem
}

// Forget closes or erases records, or lists them.
func Forget(ctx context.Context, by *gate.Call, req ForgetRequest) (*Forgotten, error) {
	f := &forgetting{ForgetRequest: req, by: by, begun: by.Live.Core.Opts.Clock()}
	if err := f.check(ctx); err != nil {
		return nil, err
	}
	if f.Query != "" {
		if err := f.describe(ctx); err != nil {
			return nil, err
		}
	}
	return live.Await(ctx, by.Live, func() (*Forgotten, error) { return f.run(ctx) })
}

// check validates the request.
func (f *forgetting) check(ctx context.Context) (err error) {
	if len(f.IDs) > maxForgetIDs {
		return fault.Over("IDs", len(f.IDs), maxForgetIDs, "ids")
	}
	for i, id := range f.IDs {
		field := fmt.Sprintf("IDs[%d]", i)
		if err := input.ID(field, id); err != nil {
			return err
		}
		table, key, _ := strings.Cut(id, ":")
		if !forgettable(table) || record.Blank(key) {
			return fault.Bad(field, "it is no id of a fact, an instruction, an uncertainty, a turn, a passage, a session or an entity")
		}
	}
	if f.Query = strings.TrimSpace(f.Query); f.Query != "" && record.Blank(f.Query) {
		return fault.Bad("Query", "it describes nothing")
	}
	if err := input.Text("Query", f.Query, maxDescription); err != nil {
		return err
	}
	if f.Labels, err = input.Labels("Labels", f.Labels); err != nil {
		return err
	}
	if f.Speaker, err = input.Speaker("Speaker", f.Speaker); err != nil {
		return err
	}
	if err := input.ID("SessionID", f.Session); err != nil {
		return err
	}
	for field, at := range map[string]*time.Time{"SaidAfter": &f.After, "SaidBefore": &f.Before} {
		if err := input.Time(field, *at); err != nil {
			return err
		}
		*at = at.UTC()
	}
	if f.lens, err = f.by.Lens(ctx, f.Lens); err != nil {
		return err
	}
	filtered := len(f.Labels) > 0 || f.Speaker != "" || f.Session != "" || !f.After.IsZero() || !f.Before.IsZero()
	switch {
	case len(f.IDs) > 0 && (f.Query != "" || filtered):
		return fault.Bad("IDs", "ids say exactly what to forget: only a Lens can be combined with them")
	case len(f.IDs) == 0 && f.Query == "" && !filtered && len(f.lens) == 0:
		return fault.Bad("IDs", "nothing says what to forget: set IDs, a Query, a Lens, or a filter")
	case !f.After.IsZero() && !f.Before.IsZero() && !f.After.Before(f.Before):
		return fault.Bad("SaidBefore", "it is not after SaidAfter")
	case f.by.Region(authz.MemoryForget).Empty():
		return f.deny(ctx, "memory:forget is not granted")
	}
	if f.Session != "" {
		f.Session = SessionID(f.Session)
		if _, err := readable(f.by, f.by.Live.View.Load(), f.Session); err != nil {
			return err
		}
	}
	f.reader = ReaderOf(f.by, nil)
	return nil
}

// forgettable reports whether records of a kind can be forgotten by id.
func forgettable(table string) bool {
	switch table {
	case store.TableAttribute, store.TableRelation, store.TableInstruction, store.TableUncertainty, store.TableTurn, store.TableChunk,
		store.TableSession, store.TableEntity:
		return true
	}
	return false
}

func (f *forgetting) deny(ctx context.Context, detail string) error {
	return f.by.Deny(ctx, gate.Denial{Verb: authz.MemoryForget, Detail: detail})
}

// sees reports whether the caller may know of records with a scope set, and the lens lets them through. Unlike that of a question, the lens
// of a forgetting lets only records through that belong nowhere else: not those of the scopes above.
func (f *forgetting) sees(set record.ScopeSet) bool {
	return len(f.by.Seen(set)) > 0 && (len(f.lens) == 0 || !slices.ContainsFunc(set, func(clause []string) bool { return !f.within(clause) }))
}

// within reports whether a clause belongs to the lens: for a clause of the lens, it has a path at or below each path.
func (f *forgetting) within(clause []string) bool {
	return slices.ContainsFunc(f.lens, func(wanted []string) bool {
		return !slices.ContainsFunc(wanted, func(path string) bool {
			return !slices.ContainsFunc(clause, func(p string) bool { return scope.Contains(path, p) })
		})
	})
}

// describe finds the records that the description means.
func (f *forgetting) describe(ctx context.Context) error {
	found, err := f.described(ctx)
	if err != nil {
		return err
	}
	view := f.by.Live.View.Load().State()
	held := f.by.Region(authz.MemoryForget)
	if err := view.Hold(ctx); err != nil {
		return err
	}
	defer view.Release()
	for _, h := range found.Meant {
		if f.fits(view, h.ID, held.Holds) {
			f.IDs = append(f.IDs, h.ID)
		}
	}
	for _, h := range found.Possible {
		if f.fits(view, h.ID, held.Holds) {
			f.ambiguous = append(f.ambiguous, ForgottenItem{ID: h.ID, Kind: h.Kind, Text: h.Text})
		}
	}
	return nil
}

// fits reports whether a record passes the filter and may be forgotten.
func (f *forgetting) fits(view *recall.State, id string, held func(record.ScopeSet) bool) bool {
	c := view.Chunk(id)
	if c != nil {
		return f.sees(c.Scopes) && held(c.Scopes) && f.said(c.Labels, c.Session, c.Speaker, c.SpokenAt)
	}
	if fact, ok := view.Fact(id); ok {
		return f.sees(fact.Scopes) && held(fact.Scopes) && f.tells(view, fact)
	}
	i, ok := view.Instruction(id)
	return ok && f.sees(i.Scopes) && held(i.Scopes) && f.orders(view, i)
}

func (f *forgetting) tells(view *recall.State, fact *record.Fact) bool {
	return f.said(fact.Labels, fact.Source.Session, f.speakerOf(view, fact.Source), fact.Spoken)
}

func (f *forgetting) orders(view *recall.State, i *record.Instruction) bool {
	return f.said(i.Labels, i.Source.Session, f.speakerOf(view, i.Source), i.Known.From)
}

// said applies the filter of the request.
func (f *forgetting) said(labels []string, session, speaker string, at time.Time) bool {
	switch {
	case f.Session != "" && session != f.Session,
		f.Speaker != "" && record.Normalise(speaker) != record.Normalise(f.Speaker),
		!f.After.IsZero() && at.Before(f.After),
		!f.Before.IsZero() && !at.Before(f.Before):
		return false
	}
	return !slices.ContainsFunc(f.Labels, func(l string) bool { return !slices.Contains(labels, l) })
}

// speakerOf returns the speaker of the turn that a record was taken from. It reads the turn only if the filter asks for a speaker.
func (f *forgetting) speakerOf(view *recall.State, s record.Source) string {
	if f.Speaker == "" || !strings.HasPrefix(s.Ref, store.TableTurn+":") {
		return ""
	}
	for _, c := range view.Pieces(s.Ref) {
		return c.Speaker
	}
	return ""
}

// run plans the forgetting on the current state, and stores it.
func (f *forgetting) run(ctx context.Context) (out *Forgotten, err error) {
	// Once begun, it runs to its end.
	whole := context.WithoutCancel(ctx)
	if f.Purge && !f.DryRun {
		defer f.by.Live.Core.Erasing(whole, f.by.Live.ID, &err)()
		if err := f.by.Live.FinishPurges(whole); err != nil {
			return nil, f.by.Live.Explain(ctx, err)
		}
	}
	var left *store.Erasure
	buried := map[string]bool{} // tombstones that are stored already
	for more := []string(nil); ; {
		err := f.by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
			if err := f.by.Recheck(ctx); err != nil {
				return at, err
			}
			out, more = &Forgotten{Ambiguous: f.ambiguous}, nil
			b, err := f.gather(ctx, view.Own())
			if err != nil {
				return at, err
			}
			if err := b.rest(ctx, view); err != nil {
				return at, err
			}
			if out.Items, err = b.items(!f.Purge || f.DryRun); err != nil || len(out.Items) == 0 {
				return at, err
			}
			out.count(f.Purge)
			if f.DryRun {
				return at, nil
			}
			tombstones := slices.DeleteFunc(b.tombstones(), func(id string) bool { return buried[id] })
			if len(tombstones) > manyTombstones {
				more = tombstones
				return at, nil
			}
			if f.Purge {
				at, left, out.Trace, err = b.purge(whole, view, at, tombstones)
			} else {
				at, out.Trace, err = b.close(whole, view, at, tombstones)
			}
			return at, err
		})
		if err != nil {
			return nil, err
		}
		if more == nil {
			break
		}
		if err := f.by.Live.Rows.Bury(whole, more); err != nil {
			return nil, f.by.Live.Explain(ctx, err)
		}
		for _, id := range more {
			buried[id] = true
		}
	}
	if left != nil {
		err = f.by.Live.Explain(ctx, f.by.Live.Rows.EraseRows(whole, *left))
	}
	if !f.Purge && !f.DryRun {
		f.by.Stored.Closed = out.Closed
	}
	return out, err
}

// manyTombstones is the number of tombstones from which on they are stored before the forgetting, while other writes run. A tombstone of a
// text that is stored changes nothing.
const manyTombstones = 500

func (o *Forgotten) count(purge bool) {
	if purge {
		o.Purged = len(o.Items)
	} else {
		o.Closed = len(o.Items)
	}
}
