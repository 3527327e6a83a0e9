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
	New      bool   // the entity was not known in the scopes of the write
	In       string // id of the record that names it: an appearance, or a fact
	Object   bool   // it is the target of that fact
}

// report describes the changes of a plan that is part of the write.
func (p *planner) report(turn string, in reconcile.Input, plan reconcile.Plan) Change {
	out := Change{Turn: turn, Plan: plan}
	seen := map[string]bool{}
	mention := func(e record.EntityRef, named string, object bool) {
		key := e.Key()
		if e.Name == "" || seen[key] {
			return
		}
		seen[key] = true
		_, old := in.Entities[key]
		known, _ := p.entity(key)
		out.Mentions = append(out.Mentions, Mention{e, cmp.Or(known.Category, record.Knowledge), !old, named, object})
	}
	for _, e := range plan.Entities {
		mention(e.EntityRef, e.ID, false)
	}
	for _, f := range plan.Create {
		mention(f.Entity, f.ID, false)
		if f.Kind == record.KindRelation {
			known, _ := p.entity(f.Object.Key())
			if f.Object.Name == f.Value {
				known.ID = f.ID // the fact keeps the spelling of the text
			}
			mention(f.Object, known.ID, known.ID == f.ID)
		}
	}
	return out
}
