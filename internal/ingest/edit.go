package ingest

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// An edit changes stored records without a new statement. It is a write like any other: it is planned on the current state, stored in one
// transaction with the read state as a precondition, planned again after a conflict, and leaves a trace in each scope set.

// edit is the change that a draft plans in place of messages.
type edit struct {
	creates bool // whether it creates facts, which have to be embedded
	dry     bool // nothing is stored
	plan    func(context.Context, *editing) error
}

// editing is a running edit.
type editing struct {
	*draft
	view *recall.State
	seq  int64 // the last number given to a fact
	out  store.Write
	// closed has the ids of the facts and instructions that the edit closes, in all scope sets.
	closed map[string]bool
	// ends has the facts that the edit plans to close itself.
	ends map[string]*record.Fact
}

// change runs an edit.
func change(ctx context.Context, by *gate.Call, kind string, e edit) error {
	_, err := (&draft{infer: Infer(kind), edit: &e}).write(ctx, by)
	return err
}

// planEdit plans the edit of a draft.
func (d *draft) planEdit(ctx context.Context, view *recall.State) (*outcome, error) {
	e := newEditing(d, view)
	if err := d.edit.plan(ctx, e); err != nil {
		return nil, err
	}
	return &outcome{
		write: e.out, facts: len(e.out.Create) + len(e.out.Instructions), closings: len(e.out.Close) + len(e.out.CloseInstructions),
	}, nil
}

func newEditing(d *draft, view *recall.State) *editing {
	return &editing{draft: d, view: view, seq: view.LastSeq(), closed: map[string]bool{}}
}

// in returns a planner for a scope set. It begins the trace of the edit there.
func (e *editing) in(set record.ScopeSet) *planner {
	p := newPlanner(e.draft, newGroup(e.view))
	p.scopes, p.key, p.seq, p.closed, p.ends = set, scope.Key(set), e.seq, e.closed, e.ends
	p.ledger = p.ledgerOf(p.key, set, true)
	p.decides(byCaller)
	return p
}

// take adds the plan for a scope set to the write of the edit.
func (e *editing) take(p *planner) {
	p.writeEntities()
	w, out := &p.write, &e.out
	out.Entities, out.Raised = append(out.Entities, w.Entities...), append(out.Raised, w.Raised...)
	out.Amend, out.Close, out.Create = append(out.Amend, w.Amend...), append(out.Close, w.Close...), append(out.Create, w.Create...)
	out.Instructions, out.CloseInstructions = append(out.Instructions, w.Instructions...), append(out.CloseInstructions, w.CloseInstructions...)
	out.Questions, out.Resolved = append(out.Questions, w.Questions...), append(out.Resolved, w.Resolved...)
	out.At, out.Note, out.Pins, e.seq = p.now, cmp.Or(out.Note, w.Note), append(out.Pins, w.Pins...), p.seq
	out.Observed, out.Retold, out.Resourced = append(out.Observed, w.Observed...), append(out.Retold, w.Retold...), append(out.Resourced, w.Resourced...)
	if out.Decision == nil {
		out.Decision = &p.decision
	} else {
		out.Others = append(out.Others, p.decision)
	}
}

// mustWrite refuses a caller that may not write to all of some scope sets. The error names no scope, because a caller that may read a
// record need not know all clauses of its scope set.
func (e *editing) mustWrite(ctx context.Context, field, what string, sets ...record.ScopeSet) error {
	for _, set := range sets {
		if !e.by.Region(authz.MemoryWrite).Holds(set) {
			return e.by.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Detail: "memory:write is not granted over all scopes of the " + what})
		}
	}
	return nil
}

// sees reports whether the caller may know of a record with a scope set.
func (e *editing) sees(set record.ScopeSet) bool { return len(e.by.Seen(set)) > 0 }

// liveFact finds a live fact that the caller may change. otherwise is the advice in the error for a closed fact.
func (e *editing) liveFact(ctx context.Context, id, otherwise string) (*record.Fact, error) {
	f, ok := e.view.Fact(id)
	if !ok || !e.sees(f.Scopes) {
		return nil, noFact()
	}
	if err := e.mustWrite(ctx, "id", "fact", f.Scopes); err != nil {
		return nil, err
	}
	if !f.Live() {
		return nil, fault.New(fault.Conflict, "id", "the fact was closed already; %s", otherwise)
	}
	return f, nil
}

func noFact() error { return fault.New(fault.NotFound, "id", "no such fact") }

// edit describes the edit for package reconcile.
func (p *planner) edit(reason string) reconcile.Edit {
	return reconcile.Edit{Now: p.now, By: p.decision.ID, Reason: reason}
}

// settled returns the ids of the uncertainties that are resolved when the given facts end: the uncertainties about these facts, except
// those that also put a fact in doubt that stays live.
func (p *planner) settled(facts ...*record.Fact) (ids []string) {
	ends := func(id string) bool {
		f, ok := p.view.Fact(id)
		return !ok || !f.Live() || slices.ContainsFunc(facts, func(g *record.Fact) bool { return g.ID == id })
	}
	for _, f := range facts {
		for _, q := range append(p.view.Doubts(f), p.view.Questions(f.Scopes, record.Normalise(reconcile.Subject(f)))...) {
			if !slices.ContainsFunc(q.Facts, func(id string) bool { return !ends(id) }) {
				ids = append(ids, q.ID)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// floor returns the confidence below which a statement does not become a fact. A floor of 0 is replaced by the smallest positive value,
// because 0 means the default.
func (d *draft) floor() float64 { return floorOf(d.by) }

func floorOf(by *gate.Call) float64 {
	return max(by.Live.Settings.Load().ConfidenceFloor, math.SmallestNonzeroFloat64)
}

// checkNote checks the note or reason that a caller gives for an edit, redacts and trims it.
func checkNote(by *gate.Call, field, note string) (string, error) {
	if err := input.Text(field, note, input.MaxDescription); err != nil {
		return "", err
	}
	return strings.TrimSpace(redactorFor(by).text(note)), nil
}

// CloseFact closes a fact that no longer holds.
func CloseFact(ctx context.Context, by *gate.Call, id, reason string) error {
	reason, err := checkNote(by, "reason", reason)
	if err != nil {
		return err
	}
	return change(ctx, by, record.EditClose, edit{plan: func(ctx context.Context, e *editing) error {
		f, err := e.liveFact(ctx, id, "there is nothing to close")
		if err != nil {
			return err
		}
		p := e.in(f.Scopes)
		p.addPlan(reconcile.Plan{Close: []reconcile.Closing{p.edit(reason).Close(f, p.key)}, Resolved: p.settled(f)})
		e.take(p)
		return nil
	}})
}

// CorrectFact replaces the value of a fact, and returns the id of the new fact.
func CorrectFact(ctx context.Context, by *gate.Call, id, value string) (corrected string, err error) {
	if err := input.Text("value", value, MaxValueBytes); err != nil {
		return "", err
	}
	if value = strings.TrimSpace(value); record.Blank(value) {
		return "", fault.Bad("value", "empty")
	}
	redactor := redactorFor(by)
	value = redactor.text(value)
	err = change(ctx, by, record.EditCorrect, edit{creates: true, plan: func(ctx context.Context, e *editing) error {
		f, err := e.liveFact(ctx, id, "correct the fact that took its place (Fact.SupersededBy), or remember the value")
		if err != nil {
			return err
		}
		p := e.in(f.Scopes)
		n, end := p.edit("").Correct(f, p.key, p.newID(string(f.Kind)), value, trustOperator)
		plan := reconcile.Plan{Create: []record.Fact{n}, Close: []reconcile.Closing{end}, Resolved: p.settled(f)}
		switch {
		case n.Kind == record.KindRelation && redactor.on && guard.Bare(value):
			return noName("value")
		case n.Value == f.Value:
			return fault.Bad("value", "the fact has this value already")
		case n.Kind == record.KindRelation && record.Normalise(value) == "":
			return fault.Bad("value", "it is no name")
		case n.Kind == record.KindRelation && n.Object.Key() == n.Entity.Key():
			return fault.Bad("value", "it would relate %s to itself", n.Entity.Name)
		case slices.ContainsFunc(p.facts([]string{f.Entity.Key()}, nil, nil), func(o *record.Fact) bool {
			return o.ID != f.ID && o.Kind == f.Kind && o.Key == f.Key && o.Past == f.Past && o.SameAs() == n.SameAs()
		}):
			return fault.New(fault.Conflict, "value", "another live fact has this value; close this one instead")
		}
		for _, ref := range []record.EntityRef{n.Entity, n.Object} {
			if known, ok := p.entity(ref.Key()); ref.Name != "" && (!ok || !known.Scopes.Equal(p.scopes)) {
				plan.Entities = append(plan.Entities, record.Entity{
					ID: p.newID(store.TableAppearance), EntityRef: ref, Category: record.Knowledge, Importance: record.Knowledge.Importance(),
					Scopes: p.scopes, CreatedAt: p.now, UpdatedAt: p.now,
				})
			}
		}
		corrected = n.ID
		p.addPlan(plan)
		e.take(p)
		return nil
	}})
	return corrected, err
}

// PinFact sets whether the importance of a fact stays as it is.
func PinFact(ctx context.Context, by *gate.Call, id string, pinned bool) error {
	return change(ctx, by, record.EditPin, edit{plan: func(ctx context.Context, e *editing) error {
		f, err := e.liveFact(ctx, id, "only live facts are pinned")
		if err != nil {
			return err
		}
		p := e.in(f.Scopes)
		p.decision.Amended = []string{f.ID}
		p.write.Pins = []store.Pin{{ID: f.ID, Slot: f.Slot(p.key), Pinned: pinned, Importance: p.importance(f, false)}}
		e.take(p)
		return nil
	}})
}

// importance returns the importance of a fact for a row that is written now. As an observation it has that of an identity fact.
func (p *planner) importance(f *record.Fact, observed bool) store.Importance {
	out := p.by.Live.ImportanceNow(f)
	if observed {
		out.Is = max(out.Is, record.Identity.Importance())
	}
	return out
}

// RevokeInstruction ends an instruction.
func RevokeInstruction(ctx context.Context, by *gate.Call, id string) error {
	return change(ctx, by, record.EditRevoke, edit{plan: func(ctx context.Context, e *editing) error {
		p, i, err := e.instruction(ctx, id, "there is nothing to revoke")
		if err != nil {
			return err
		}
		p.addPlan(reconcile.Plan{CloseInstructions: []reconcile.Closing{p.revocation(i)}})
		e.take(p)
		return nil
	}})
}

// later returns the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// revocation ends an instruction.
func (p *planner) revocation(i *record.Instruction) reconcile.Closing {
	return reconcile.Closing{ID: i.ID, Slot: i.Slot(p.key), KnownUntil: later(p.now, i.Known.From), RetiredAt: p.now}
}

// ResolveQuestion resolves an uncertainty by hand. It no longer puts facts in doubt.
func ResolveQuestion(ctx context.Context, by *gate.Call, id, note string) error {
	note, err := checkNote(by, "note", note)
	if err != nil {
		return err
	}
	return change(ctx, by, record.EditResolve, edit{plan: func(ctx context.Context, e *editing) error {
		q, ok := e.view.Question(id)
		if !ok || !e.sees(q.Scopes) {
			return fault.New(fault.NotFound, "id", "no such uncertainty")
		}
		if err := e.mustWrite(ctx, "id", "uncertainty", q.Scopes); err != nil {
			return err
		}
		if q.Resolved {
			return fault.New(fault.Conflict, "id", "the uncertainty is resolved already")
		}
		p := e.in(q.Scopes)
		p.write.Note = note
		p.addPlan(reconcile.Plan{Resolved: []string{q.ID}})
		e.take(p)
		return nil
	}})
}
