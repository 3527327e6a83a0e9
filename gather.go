package spectron

import (
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// gather gives the reconciler what is known, where the write goes, about everything that an extraction touches:
// the facts of the same entities under the same keys. A city that thousands live in is touched by each move
// there, but its facts are not. All facts of an entity that may turn out to be another one go over to that
// one, so their keys are touched as well, for both.
func (p *planner) gather(in *reconcile.Input) {
	x := in.Extraction
	subjects := []record.EntityRef{record.UserEntity, in.Speaker, x.Speaker}
	var objects []record.EntityRef
	for _, a := range x.Attributes {
		subjects = append(subjects, a.Entity)
	}
	for _, r := range x.Relations {
		subjects, objects = append(subjects, r.Subject), append(objects, r.Object)
	}
	for _, i := range x.Invalidations {
		subjects = append(subjects, i.Entity)
	}
	for _, e := range x.Entities {
		objects = append(objects, e.EntityRef)
	}
	in.Accounts = p.accounts(slices.Concat(subjects, objects))
	for _, key := range slices.Sorted(maps.Keys(in.Accounts)) {
		subjects = append(subjects, in.Accounts[key])
	}

	in.Entities = map[string]record.Entity{}
	about, moving := map[string]bool{}, map[string]bool{}
	for i, e := range slices.Concat(subjects, objects) {
		namesakes := p.namesakes(e.Name)
		for _, known := range namesakes {
			key := known.Key()
			in.Entities[key] = known
			about[key] = about[key] || i < len(subjects)
			// An entity of an unknown type may turn out to be one of a type that the text gives.
			moving[key] = moving[key] || known.Type == record.TypeUnknown && record.EntityType(e.Type) != record.TypeUnknown
		}
	}
	if x.Speaker.Name != "" {
		// Whoever is known by that name may be somebody else.
		moving[x.Speaker.Key()] = true
		if !in.Attributed || in.Speaker == record.UserEntity {
			// What was said before the name was known goes over to it.
			moving[record.UserEntity.Key()], moving[in.Speaker.Key()] = true, true
		}
	}
	wanted := reconcile.NewWanted(in)
	moved := slices.DeleteFunc(p.facts(chosen(moving), chosen(moving), nil), func(f *record.Fact) bool { return !f.Live() })
	for _, f := range moved {
		wanted.Key(f.Key)
		about[f.Entity.Key()] = true
	}
	if len(moved) > 0 {
		// Whoever they go over to.
		for key := range in.Entities {
			about[key] = true
		}
	}
	given := map[string]bool{}
	for _, f := range append(moved, p.facts(chosen(about), nil, wanted)...) {
		switch {
		case given[f.ID]:
			continue
		case f.Live():
			in.Live = append(in.Live, *f)
		default:
			in.Closed = append(in.Closed, *f)
		}
		given[f.ID] = true
		// Those at the other end of what goes over are touched as well.
		for _, e := range []record.EntityRef{f.Entity, f.Object} {
			if known, ok := p.entity(e.Key()); ok {
				in.Entities[e.Key()] = known
			}
		}
	}
	in.Instructions = func(deed string) []record.Instruction {
		known := p.view.Orders(p.scopes, deed)
		for _, i := range p.orders[deed] {
			known = append(known, p.write.Instructions[i])
		}
		return slices.DeleteFunc(known, func(i record.Instruction) bool { return !i.Active || p.closed[i.ID] })
	}
	in.Questions = func(about string) []record.OpenQuestion {
		known := p.view.Questions(p.scopes, about)
		for _, i := range p.questions[about] {
			known = append(known, p.write.Questions[i])
		}
		return slices.DeleteFunc(known, func(q record.OpenQuestion) bool { return q.Resolved || p.resolved[q.ID] })
	}
}

// accounts returns whom names stand for, by the keys of the names: those that one speaker has said for another name of her own.
// A name of which anything else is or was known, or that is itself an account, stands for itself.
func (p *planner) accounts(names []record.EntityRef) map[string]record.EntityRef {
	keys := map[string]bool{}
	for _, e := range names {
		keys[e.Key()] = record.EntityType(e.Type) == record.TypePerson && e != record.UserEntity
	}
	out := map[string]record.EntityRef{}
	joins := &reconcile.Wanted{}
	joins.Key(record.Account)
	for _, f := range p.facts(chosen(keys), nil, joins) {
		if !f.Live() {
			continue
		}
		key := []string{f.Entity.Key()}
		own := func(o *record.Fact) bool { return o.ID != f.ID && (o.Live() || o.Key != record.Account) }
		if !slices.ContainsFunc(p.facts(key, nil, nil), own) && len(p.facts(nil, key, joins)) == 0 {
			out[key[0]] = f.Object
		}
	}
	return out
}

// facts returns what the view and the write so far hold in the write's scopes about the entities with the given
// keys, as subject or object, as far as it is wanted.
func (p *planner) facts(subjects, objects []string, wanted *reconcile.Wanted) []*record.Fact {
	out := p.view.FactsIn(p.scopes, subjects, objects, wanted, func(f *record.Fact) bool { return !p.closed[f.ID] })
	var created []int
	take := func(ids []string) {
		for _, id := range ids {
			created = append(created, p.position[id])
		}
	}
	for _, key := range subjects {
		if s := p.bySubject[key]; s != nil {
			s.Find(wanted, take)
		}
	}
	for _, key := range objects {
		created = append(created, p.byObject[key]...)
	}
	slices.Sort(created)
	for _, i := range slices.Compact(created) {
		if f := &p.write.Create[i]; wanted.Has(f) {
			out = append(out, f)
		}
	}
	return out
}

// created returns facts that the write so far creates.
func (p *planner) created(ids []string) []*record.Fact {
	out := make([]*record.Fact, len(ids))
	for i, id := range ids {
		out[i] = &p.write.Create[p.position[id]]
	}
	return out
}

// namesakes returns the entities of a name, under any type.
func (p *planner) namesakes(name string) []record.Entity {
	normalised := record.Normalise(name)
	if normalised == "" {
		return nil
	}
	var out []record.Entity
	for _, kind := range record.EntityTypes() {
		if e, ok := p.entity(kind + "/" + normalised); ok {
			out = append(out, e)
		}
	}
	return out
}

// entity returns an entity that is known where the write goes, to everybody who reads what is written there.
func (p *planner) entity(key string) (record.Entity, bool) {
	if e, ok := p.entities[key]; ok {
		return e, true
	}
	return p.view.Known(key, p.scopes)
}

// chosen lists the keys that are set, sorted.
func chosen(set map[string]bool) []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(set)) {
		if set[key] {
			out = append(out, key)
		}
	}
	return out
}
