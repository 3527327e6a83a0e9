package spectron

import (
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/extract"
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
	// With an employer go the role and the manager, with a speaker the name.
	keys := map[string]bool{extract.Role: true, "manager": true, extract.ReportsTo: true, "name": true}
	for _, a := range x.Attributes {
		subjects, keys[a.Key] = append(subjects, a.Entity), true
	}
	for _, r := range x.Relations {
		subjects, objects, keys[r.Label] = append(subjects, r.Subject), append(objects, r.Object), true
	}
	for _, i := range x.Invalidations {
		subjects, keys[i.Key] = append(subjects, i.Entity), true
	}
	for _, e := range x.Entities {
		objects = append(objects, e.EntityRef)
	}

	in.Entities = map[string]record.Entity{}
	about, moving := map[string]bool{}, map[string]bool{}
	for i, e := range slices.Concat(subjects, objects) {
		namesakes := p.namesakes(e.Name)
		for _, known := range namesakes {
			key := known.Key()
			in.Entities[key] = known
			about[key] = about[key] || i < len(subjects)
			// An entity of an unknown type may turn out to be one of a known type.
			moving[key] = moving[key] || known.Type == record.TypeUnknown
		}
	}
	if x.Speaker.Name != "" {
		// What was said before the name was known goes over to it.
		moving[record.UserEntity.Key()], moving[in.Speaker.Key()] = true, true
	}
	moved := p.facts(chosen(moving), chosen(moving), nil)
	for _, f := range moved {
		keys[f.Key] = true
		about[f.Entity.Key()] = true
	}
	if len(moved) > 0 {
		// Whoever they go over to.
		for key := range in.Entities {
			about[key] = true
		}
	}
	given := map[string]bool{}
	for _, f := range append(moved, p.facts(chosen(about), nil, keys)...) {
		if given[f.ID] {
			continue
		}
		in.Live = append(in.Live, *f)
		given[f.ID] = true
		// Those at the other end of what goes over are touched as well.
		for _, e := range []record.EntityRef{f.Entity, f.Object} {
			if known, ok := p.entity(e.Key()); ok {
				in.Entities[e.Key()] = known
			}
		}
	}
	for _, i := range append(p.view.Instructions(p.scopes), p.write.Instructions...) {
		if i.Active && !p.closed[i.ID] {
			in.LiveInstructions = append(in.LiveInstructions, i)
		}
	}
	for _, q := range append(p.view.Questions(p.scopes), p.write.Questions...) {
		if !q.Resolved && !slices.Contains(p.write.Resolved, q.ID) {
			in.OpenQuestions = append(in.OpenQuestions, q)
		}
	}
}

// facts returns the live facts that the view and the write so far hold in the write's scopes about the entities with the
// given keys, as subject or object, under some of the given fact keys; nil: all.
func (p *planner) facts(subjects, objects []string, keys map[string]bool) []*record.Fact {
	out := p.view.LiveIn(p.scopes, subjects, objects, func(f *record.Fact) bool {
		return (keys == nil || keys[f.Key]) && !p.closed[f.ID]
	})
	for i, f := range out {
		if at, ok := p.amended[f.ID]; ok {
			changed := *f
			p.write.Amend[at].Amend(&changed)
			out[i] = &changed
		}
	}
	var created []int
	for _, key := range subjects {
		created = append(created, p.bySubject[key]...)
	}
	for _, key := range objects {
		created = append(created, p.byObject[key]...)
	}
	slices.Sort(created)
	for _, i := range slices.Compact(created) {
		if f := &p.write.Create[i]; f.Live() && (keys == nil || keys[f.Key]) {
			out = append(out, f)
		}
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
