package ingest

import (
	"cmp"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// Change is what a message changes of what is known.
type Change struct {
	Turn     string // id; "" when nothing was said
	Mentions []Mention
	reconcile.Plan
}

// Mention is an entity that a change is about.
type Mention struct {
	record.EntityRef
	Category record.Category
	New      bool // nobody had named it before, where the write goes
}

// report says what a plan changes, once it is part of the write.
func (p *planner) report(turn string, in reconcile.Input, plan reconcile.Plan) Change {
	out := Change{Turn: turn, Plan: plan}
	seen := map[string]bool{}
	mention := func(e record.EntityRef) {
		key := e.Key()
		if e.Name == "" || seen[key] {
			return
		}
		seen[key] = true
		_, old := in.Entities[key]
		known, _ := p.entity(key)
		out.Mentions = append(out.Mentions, Mention{e, cmp.Or(known.Category, record.Knowledge), !old})
	}
	for _, e := range plan.Entities {
		mention(e.EntityRef)
	}
	for _, f := range plan.Create {
		mention(f.Entity)
		if f.Kind == record.KindRelation {
			mention(f.Object)
		}
	}
	return out
}
