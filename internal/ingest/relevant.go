package ingest

import (
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// loadRelevantFacts gives the reconciler the stored facts in the scopes of the write that an extraction may affect: the facts of the same
// entities under the same keys. The value of a fact alone does not count: a move to a city affects the facts of the person who moves, but
// not those of all its inhabitants. An entity may turn out to be the same as another one. Then all of its facts become facts of the other
// entity, so the keys of these facts are loaded for both entities.
func (p *planner) loadRelevantFacts(in *reconcile.Input) {
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
	for _, u := range x.Uncertainties {
		if u.Key != "" {
			subjects = append(subjects, u.Entity)
		}
	}
	for _, d := range x.Doubts {
		subjects = append(subjects, d.Entities...)
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
			// An entity of unknown type may turn out to be an entity whose type the text gives.
			moving[key] = moving[key] || known.Type == record.TypeUnknown && record.EntityType(e.Type) != record.TypeUnknown
		}
	}
	if x.Speaker.Name != "" {
		// The person who is known by that name may be another person.
		moving[x.Speaker.Key()] = true
		if !in.Attributed || in.Speaker == record.UserEntity {
			// Facts from before the name was known become facts of the name.
			moving[record.UserEntity.Key()], moving[in.Speaker.Key()] = true, true
		}
	}
	wanted := reconcile.NewWanted(in)
	moved := p.facts(chosen(moving), chosen(moving), nil)
	for _, f := range moved {
		wanted.Key(f.Key)
		about[f.Entity.Key()] = true
	}
	if len(moved) > 0 {
		// All of these entities may receive the moved facts.
		for key := range in.Entities {
			about[key] = true
		}
	}
	given := map[string]bool{}
	for _, f := range append(moved, p.facts(chosen(about), nil, wanted)...) {
		if given[f.ID] {
			continue
		}
		in.Live = append(in.Live, *f)
		given[f.ID] = true
		// The targets of moved facts are needed as well.
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

// recently is the number of preceding messages that a message can refer to: a statement and a reply to it.
const recently = 2

// recent returns a function that reports whether a turn is one of the last messages before the newest turn of the write; nil: the write has
// no turn.
func (p *planner) recent() func(turn string) bool {
	if len(p.own.Turns) == 0 {
		return nil
	}
	last := p.own.Turns[len(p.own.Turns)-1].Seq
	planned := slices.Concat(p.lastTurns(p.own.Session.ID, recently), p.own.Turns[max(0, len(p.own.Turns)-1-recently):])
	return func(turn string) bool {
		for _, t := range planned {
			if t.ID == turn {
				return t.Seq < last && last-t.Seq <= recently
			}
		}
		session, seq := p.view.TurnPlace(turn)
		return session == p.own.Session.ID && session != "" && seq < last && last-seq <= recently
	}
}

// accounts returns, by the keys of names, the entities that the names refer to: the entity that a name was merged into, or the speaker who
// gave the name as another name of hers. A name that is itself an account, or about which any other fact is or was known, refers to its own
// entity.
func (p *planner) accounts(names []record.EntityRef) map[string]record.EntityRef {
	keys := map[string]bool{}
	for _, e := range names {
		keys[e.Key()] = record.EntityType(e.Type) == record.TypePerson && e != record.UserEntity
	}
	out := map[string]record.EntityRef{}
	for _, e := range names {
		if into := p.merged(e.Key()); into != (record.EntityRef{}) {
			out[e.Key()] = into
			delete(keys, e.Key())
		}
	}
	joins := &reconcile.Wanted{}
	joins.Key(record.Account)
	for _, f := range p.facts(chosen(keys), nil, joins) {
		key := []string{f.Entity.Key()}
		other := func(o *record.Fact) bool { return o.ID != f.ID && !o.Source.Kind.Derived() }
		if !slices.ContainsFunc(p.facts(key, nil, nil), other) && !p.remembers(key[0]) && len(p.facts(nil, key, joins)) == 0 {
			out[key[0]] = f.Object
		}
	}
	return out
}

// merged returns the entity that a name was merged into, in the scopes of the write; zero: none. It follows a chain of merges to its end.
func (p *planner) merged(key string) (into record.EntityRef) {
	joins := &reconcile.Wanted{}
	joins.Key(record.Alias)
	for seen := map[string]bool{}; !seen[key]; key = into.Key() {
		seen[key] = true
		facts := p.facts([]string{key}, nil, joins)
		if len(facts) == 0 {
			return into
		}
		into = facts[len(facts)-1].Object
	}
	return into
}

// remembers reports whether closed facts about an entity exist in the scopes of the write, other than account relations and conclusions.
func (p *planner) remembers(entity string) bool {
	counts := func(f *record.Fact) bool { return f.Key != record.Account && !f.Source.Kind.Derived() }
	for of, facts := range p.histories {
		if of.entity == entity && slices.ContainsFunc(facts, counts) {
			return true
		}
	}
	return p.view.Remembers(p.scopes, entity, counts)
}

// facts returns the live facts in the scopes of the write whose subject or object has one of the given keys, if they are wanted. They come
// from the view, with the changes of the write so far, and from the write itself.
func (p *planner) facts(subjects, objects []string, wanted *reconcile.Wanted) []*record.Fact {
	out := p.view.LiveIn(p.scopes, subjects, objects, wanted, func(f *record.Fact) bool { return !p.closed[f.ID] })
	for i, f := range out {
		if at, ok := p.amended[f.ID]; ok {
			changed := *f
			p.write.Amend[at].Amend(&changed)
			out[i] = &changed
		}
	}
	var created []int
	take := func(facts []*record.Fact) {
		for _, f := range facts {
			created = append(created, p.position[f.ID])
		}
	}
	for _, key := range subjects {
		if s := p.bySubject[key]; s != nil {
			s.Live(wanted, take)
		}
	}
	for _, key := range objects {
		created = append(created, p.byObject[key]...)
	}
	slices.Sort(created)
	for _, i := range slices.Compact(created) {
		if f := &p.write.Create[i]; f.Live() && wanted.Has(f) {
			out = append(out, f)
		}
	}
	return out
}

// created returns the current state of facts that the write creates.
func (p *planner) created(facts []*record.Fact) []*record.Fact {
	out := make([]*record.Fact, len(facts))
	for i, f := range facts {
		out[i] = &p.write.Create[p.position[f.ID]]
	}
	return out
}

// namesakes returns the known entities with a name, of any type.
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

// entity returns an entity that every reader of the write's scopes knows.
func (p *planner) entity(key string) (record.Entity, bool) {
	if e, ok := p.entities[key]; ok {
		return e, true
	}
	return p.view.Known(key, p.scopes)
}

// chosen returns the keys with the value true, sorted.
func chosen(set map[string]bool) []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(set)) {
		if set[key] {
			out = append(out, key)
		}
	}
	return out
}
