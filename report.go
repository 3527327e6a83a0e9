package spectron

import (
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// report says what a plan changes, in the terms of the API.
func (p *planner) report(turn string, in reconcile.Input, plan reconcile.Plan) Extraction {
	x := Extraction{TurnID: turn, Reinforced: plan.Reinforced}
	seen := map[string]bool{}
	mention := func(e record.EntityRef) {
		key := e.Key()
		if e.Name == "" || seen[key] {
			return
		}
		seen[key] = true
		_, old := in.Entities[key]
		known, _ := p.entity(key)
		x.Entities = append(x.Entities, ExtractedEntity{
			ID: entityID(e), Type: record.EntityType(e.Type), Name: e.Name, Category: Category(orDefault(known.Category, record.Knowledge)), IsNew: !old,
		})
	}
	for _, e := range plan.Entities {
		mention(e.EntityRef)
	}
	for _, f := range plan.Create {
		mention(f.Entity)
		if f.Kind == record.KindRelation {
			mention(f.Object)
			x.Relations = append(x.Relations, ExtractedRelation{
				ID: f.ID, Subject: entityID(f.Entity), Label: f.Key, Object: entityID(f.Object), Category: Category(f.Category), Quote: f.Quote,
			})
			continue
		}
		x.Attributes = append(x.Attributes, ExtractedAttribute{
			ID: f.ID, EntityID: entityID(f.Entity), Key: f.Key, Value: f.Value, Category: Category(f.Category), Quote: f.Quote,
		})
	}
	for _, i := range plan.Instructions {
		x.Instructions = append(x.Instructions, ExtractedInstruction{i.ID, i.Label, i.Description})
	}
	for _, q := range plan.Questions {
		x.Uncertainties = append(x.Uncertainties, Uncertainty{q.About, q.Reason})
	}
	for _, c := range plan.Corrections {
		x.Corrections = append(x.Corrections, Correction{entityID(c.Entity), c.Key, c.OldValue, c.NewValue})
	}
	for _, c := range append(plan.Close, plan.CloseInstructions...) {
		x.Closed = append(x.Closed, c.ID)
	}
	return x
}
