package ingest

import (
	"slices"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// trace adds the decisions of a plan to the trace of the write.
func (p *planner) trace(plan reconcile.Plan) {
	d := &p.decision
	for _, c := range slices.Concat(plan.Close, plan.CloseInstructions) {
		if c.SupersededBy != "" {
			d.Superseded = append(d.Superseded, record.Supersession{Fact: c.ID, By: c.SupersededBy})
		} else {
			d.Closed = append(d.Closed, c.ID)
		}
	}
	for _, a := range plan.Amend {
		d.Amended = appendNew(d.Amended, a.ID)
	}
	for _, f := range plan.Create {
		d.Created = append(d.Created, f.ID)
	}
	for _, i := range plan.Instructions {
		d.Created = append(d.Created, i.ID)
	}
	d.Reinforced = append(d.Reinforced, plan.Reinforced...)
	for _, q := range plan.Questions {
		d.Flagged = append(d.Flagged, q.ID)
		d.Doubted = appendNew(d.Doubted, q.Facts...)
	}
	d.Resolved = append(d.Resolved, plan.Resolved...)
}

// appendNew appends the ids that a list does not have yet.
func appendNew(list []string, ids ...string) []string {
	for _, id := range ids {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

// consider adds the live facts to the trace that the decisions of a plan depended on: those of the keys that the plan changes, confirms or
// puts in doubt.
func (p *planner) consider(facts []record.Fact, plan reconcile.Plan) {
	if len(facts) == 0 {
		return
	}
	concerned := map[historyKey]bool{}
	for i := range plan.Create {
		concerned[historyOf(&plan.Create[i])] = true
	}
	touched := map[string]bool{}
	for _, c := range plan.Close {
		touched[c.ID] = true
	}
	for _, a := range plan.Amend {
		touched[a.ID] = true
	}
	for _, id := range plan.Reinforced {
		touched[id] = true
	}
	for _, q := range plan.Questions {
		for _, id := range q.Facts {
			touched[id] = true
		}
	}
	for i := range facts {
		if touched[facts[i].ID] {
			concerned[historyOf(&facts[i])] = true
		}
	}
	d := &p.decision
	for i := range facts {
		f := &facts[i]
		if !concerned[historyOf(f)] || p.weighed[f.ID] || !f.Scopes.Equal(p.scopes) {
			continue
		}
		if p.weighed == nil {
			p.weighed = map[string]bool{}
		}
		p.weighed[f.ID] = true
		if len(d.Considered) == record.MaxConsidered {
			d.Beyond++
			continue
		}
		d.Considered = append(d.Considered, f.ID)
	}
}

// timed sets the latency of a write, which is about to be stored.
func (d *draft) timed(w *store.Write) {
	if w.Decision == nil {
		return
	}
	latency := max(0, d.by.Live.Core.Opts.Clock().Sub(d.begun))
	w.Decision.Latency = latency
	for i := range w.Others {
		w.Others[i].Latency = latency
	}
}
