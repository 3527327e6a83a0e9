package ingest

import (
	"cmp"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// Change describes what a message changes.
type Change struct {
	Turn     string // id; "" for a message without text
	Mentions []Mention
	reconcile.Plan
}

// Mention is an entity that a change is about.
type Mention struct {
	record.EntityRef
	Category record.Category
	New      bool // the entity was not known in the scopes of the write
}

// report describes the changes of a plan that is part of the write.
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
