package ingest

import (
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// CheckRef validates a reference to an entity and returns it with its type folded. fault.Invalid and fault.TooLarge name the field.
func CheckRef(field string, ref record.EntityRef) (record.EntityRef, error) {
	for _, s := range []struct{ field, value string }{{field + ".Type", ref.Type}, {field + ".Name", ref.Name}} {
		if err := input.Text(s.field, s.value, input.MaxID); err != nil {
			return ref, err
		}
		if record.Blank(s.value) {
			return ref, fault.Bad(s.field, "empty")
		}
	}
	if record.Normalise(ref.Name) == "" {
		return ref, fault.Bad(field+".Name", "it has no name that can be told apart")
	}
	return record.EntityRef{Type: record.EntityType(ref.Type), Name: ref.Name}, nil
}

// entity returns an entity's key and, for each scope set in which the caller sees it, its rows and facts. It refuses a caller that may not
// write to all of these sets.
func (e *editing) entity(ctx context.Context, field string, ref record.EntityRef) (key string, filed []recall.Filed, err error) {
	key, filed, ok := e.view.FiledFor(ReaderOf(e.by, nil), ref)
	if !ok {
		return key, nil, fault.New(fault.NotFound, field, "no such entity")
	}
	for _, f := range filed {
		if err := e.mustWrite(ctx, field, "entity", f.Set); err != nil {
			return key, nil, err
		}
	}
	return key, filed, nil
}

// DeleteEntity closes all live facts about an entity, as far as the caller knows them.
func DeleteEntity(ctx context.Context, by *gate.Call, ref record.EntityRef) error {
	ref, err := CheckRef("ref", ref)
	if err != nil {
		return err
	}
	return change(ctx, by, record.EditDelete, edit{plan: func(ctx context.Context, e *editing) error {
		_, filed, err := e.entity(ctx, "ref", ref)
		if err != nil {
			return err
		}
		for _, f := range filed {
			p := e.in(f.Set)
			plan := reconcile.Plan{Resolved: p.settled(f.Live...)}
			for _, fact := range f.Live {
				plan.Close = append(plan.Close, p.edit("").Close(fact, p.key))
			}
			p.addPlan(plan)
			for _, row := range f.Rows {
				row.RetiredAt, row.UpdatedAt = p.now, p.now
				p.write.Raised = append(p.write.Raised, row)
			}
			e.take(p)
		}
		return nil
	}})
}

// MergeEntity merges an entity into another one: its facts become facts of the other one, and its name refers to the other one from then
// on.
func MergeEntity(ctx context.Context, by *gate.Call, ref, into record.EntityRef) error {
	ref, err := CheckRef("ref", ref)
	if err != nil {
		return err
	}
	if into, err = CheckRef("into", into); err != nil {
		return err
	}
	for i, r := range []record.EntityRef{ref, into} {
		if r.Key() == record.UserEntity.Key() {
			return fault.Bad([]string{"ref", "into"}[i], "the unnamed speaker is nobody's other name; it is known by the name that it says")
		}
	}
	return change(ctx, by, record.EditMerge, edit{creates: true, plan: func(ctx context.Context, e *editing) error {
		from, filed, err := e.entity(ctx, "ref", ref)
		if err != nil {
			return err
		}
		to, there, err := e.entity(ctx, "into", into)
		switch {
		case err != nil:
			return err
		case from == to && ref.Key() == into.Key():
			return fault.Bad("into", "an entity cannot be merged into itself")
		case from == to && from == ref.Key():
			return fault.Bad("into", "it was merged into this entity before: the merge would be cyclic")
		case from != ref.Key():
			return fault.New(fault.Conflict, "ref", "it was merged into %s already", from)
		}
		target := nameOf(there, to, into)
		for _, f := range filed {
			p := e.in(f.Set)
			in := reconcile.Input{
				Scopes: p.scopes, ScopeKey: p.key, Spoken: p.now, Observed: p.now, Now: p.now, NewID: p.newID, Single: single, Floor: e.floor(), First: true,
				History: p.history, Merge: reconcile.Merge{From: nameOf(filed, from, ref), Into: target}, Entities: map[string]record.Entity{},
				Source: record.Source{Kind: record.FromUpsert, Ref: p.decision.ID, Trust: trustOperator},
			}
			in.Questions = func(about string) []record.OpenQuestion { return p.view.Questions(p.scopes, about) }
			for _, fact := range p.facts([]string{from, to}, []string{from}, nil) {
				in.Live = append(in.Live, *fact)
				for _, ref := range []record.EntityRef{fact.Entity, fact.Object} {
					if known, ok := p.entity(ref.Key()); ok {
						in.Entities[ref.Key()] = known
					}
				}
			}
			for _, key := range []string{from, to} {
				if known, ok := p.entity(key); ok {
					in.Entities[key] = known
				}
			}
			plan := reconcile.Make(in)
			p.consider(in.Live, plan)
			p.addPlan(plan)
			e.take(p)
		}
		return nil
	}})
}

// nameOf returns the reference to an entity as it is spelled: as given if given has the key, otherwise as in a stored row.
func nameOf(filed []recall.Filed, key string, given record.EntityRef) record.EntityRef {
	if given.Key() == key {
		return given
	}
	for _, f := range filed {
		if i := slices.IndexFunc(f.Rows, func(r record.Entity) bool { return r.Key() == key }); i >= 0 {
			return f.Rows[i].EntityRef
		}
	}
	return given
}
