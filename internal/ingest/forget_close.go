package ingest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// maxTraced is the maximum number of turns that the trace of a forgetting lists.
const maxTraced = record.MaxConsidered

// editing returns an edit of the state that the writer holds.
func (b *bundle) editing(kind string) *editing {
	e := newEditing(&draft{by: b.by, infer: Infer(kind), begun: b.begun}, b.view)
	e.ends = b.facts // closed by themselves, even if one is a conclusion from another
	return e
}

// closing has the records of one scope set.
type closing struct {
	set          record.ScopeSet
	facts        []*record.Fact
	instructions []*record.Instruction
	resolved     []string
	turns        []string
	entities     []record.Entity
}

// bySet sorts the records by scope set.
func (b *bundle) bySet() (out []*closing) {
	sets := map[string]*closing{}
	in := func(set record.ScopeSet) *closing {
		key := scope.Key(set)
		if sets[key] == nil {
			sets[key] = &closing{set: set}
		}
		return sets[key]
	}
	for _, id := range sortedKeys(b.facts) {
		c := in(b.facts[id].Scopes)
		c.facts = append(c.facts, b.facts[id])
	}
	for _, id := range sortedKeys(b.instructions) {
		c := in(b.instructions[id].Scopes)
		c.instructions = append(c.instructions, b.instructions[id])
	}
	for _, id := range sortedKeys(b.questions) {
		if q := b.questions[id]; !q.Resolved {
			c := in(q.Scopes)
			c.resolved = append(c.resolved, id)
		}
	}
	turns := b.turns()
	for _, id := range sortedKeys(turns) {
		if c := in(turns[id][0].Scopes); len(c.turns) < maxTraced {
			c.turns = append(c.turns, id)
		}
	}
	for _, id := range sortedKeys(b.entities) {
		c := in(b.entities[id].Scopes)
		c.entities = append(c.entities, b.entities[id])
	}
	for _, key := range sortedKeys(sets) {
		out = append(out, sets[key])
	}
	return out
}

// close ends the records: they stay in the history, and in answers as of earlier times.
func (b *bundle) close(ctx context.Context, view *recall.View, at store.Position, tombstones []string) (store.Position, string, error) {
	e := b.editing(record.EditForget)
	now := b.by.Now()
	for i, c := range b.bySet() {
		p := e.in(c.set)
		plan := reconcile.Plan{Resolved: c.resolved}
		for _, f := range c.facts {
			switch {
			case f.Live():
				plan.Close = append(plan.Close, p.edit("").Forget(f, p.key))
			case !f.Yielded:
				plan.Amend = append(plan.Amend, reconcile.Forgotten(f))
			}
		}
		for _, i := range c.instructions {
			if i.Active {
				plan.CloseInstructions = append(plan.CloseInstructions, p.revocation(i))
			}
		}
		p.decision.Turns = c.turns
		p.addPlan(plan)
		for _, id := range b.resting {
			if f, ok := b.view.Fact(id); ok && i == 0 && f.Live() {
				p.closeConclusion(f)
			}
		}
		for _, row := range c.entities {
			if row.RetiredAt.IsZero() {
				row.RetiredAt, row.UpdatedAt = p.now, p.now
				p.write.Raised = append(p.write.Raised, row)
			}
		}
		e.take(p)
	}
	w := e.out
	hide := func(c *record.Chunk) {
		if c.KnownUntil.IsZero() {
			w.Hidden = append(w.Hidden, store.Hiding{ID: c.ID, Until: later(now, c.KnownFrom)})
		}
	}
	for _, id := range sortedKeys(b.pieces) {
		hide(b.pieces[id])
	}
	for _, c := range b.replies {
		hide(c)
	}
	w.Tombstones, w.Events = tombstones, []record.Event{b.event(record.EditForget)}
	e.timed(&w)
	at, err := b.by.Live.Apply(ctx, w, at)
	if err != nil {
		return at, "", err
	}
	if err := view.Apply(w); err != nil {
		b.by.Live.ReadAnew(ctx, err)
	}
	return at, w.Decision.ID, nil
}

// event returns the event of the forgetting. It names no record.
func (b *bundle) event(what string) record.Event {
	e := b.by.Event(record.ActionMemoryForgotten)
	e.Detail = what
	return e
}

// tombstones returns the tombstones of the forgotten texts and conclusions.
func (b *bundle) tombstones() []string {
	out := make([]string, 0, len(b.pieces))
	for _, c := range slices.AppendSeq(slices.Clone(b.replies), maps.Values(b.pieces)) {
		out = append(out, tombstoneOf(b.by.Live, c.Scopes, c.Role, c.SpokenAt, c.Text))
	}
	for _, f := range b.facts {
		if f.Source.Kind.Derived() {
			out = append(out, conclusionTombstones(b.by.Live, f, f.Source.DerivedFrom)...)
		}
		out = append(out, conclusionTombstones(b.by.Live, f, recall.DocumentsAmong(f.Tellings()))...) // the documents stay, and may be read again
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// tombstoneOf returns the id of the tombstone of a piece of a text. Who tells the same to the same scopes at another time says it anew.
func tombstoneOf(c digester, set record.ScopeSet, role record.Role, spoken time.Time, text string) string {
	return store.TableForgotten + ":" + c.Digest(strings.Join([]string{scope.Key(set), string(role), spoken.UTC().Format(time.DateTime), text}, "\x1f"))
}

// conclusionTombstones returns the ids of the tombstones of a conclusion, one for each record of its evidence. It is not drawn again from
// these records alone.
func conclusionTombstones(c digester, f *record.Fact, evidence []string) []string {
	out := make([]string, len(evidence))
	for i, id := range evidence {
		out[i] = store.TableForgotten + ":" + c.Digest(strings.Join([]string{scope.Key(f.Scopes), f.Entity.Key(), f.Key, f.SameAs(), id}, "\x1f"))
	}
	return out
}

// digester makes keyed hashes.
type digester interface{ Digest(text string) string }
