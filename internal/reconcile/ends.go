package reconcile

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// A role often changes together with the employer. So a change of the employer raises a question about the role.
const (
	employerKey = "works_at"
	roleKey     = "role"
)

// end is an invalidation as the planner reads it.
type end struct {
	record.Invalidation
	entity string // key of the entity
	value  string // normalised; "" for all values
}

// hits reports whether the invalidation names the value of a fact.
func (n *end) hits(f *record.Fact, same string) bool {
	if n.value == "" {
		return true
	}
	return n.value == same || n.value == record.Normalise(f.Value) ||
		f.Kind == record.KindRelation && n.value == record.Normalise(f.Object.Name)
}

// contradictions reads the invalidations. It removes those that the extraction itself contradicts, together with the contradicting
// statements: a text that says both was not understood.
func (p *planner) contradictions(current []*item) ([]*item, []end) {
	x := &p.in.Extraction
	if len(x.Invalidations) == 0 {
		return current, nil
	}
	ends := make([]end, 0, len(x.Invalidations))
	var contradicted []*item
	for _, i := range x.Invalidations {
		n := end{Invalidation: i, value: record.Normalise(i.Value)}
		n.Key = strings.TrimSpace(i.Key)
		n.Entity = p.canonical(i.Entity)
		if n.Key == nameKey && p.isUser(clean(i.Entity)) {
			n.Entity = record.UserEntity
		}
		n.entity = p.key(n.Entity)
		if n.Key == "" || !named(n.Entity.Name) || i.Value != "" && n.value == "" {
			p.ask(display(n.Entity), "the text says that something ended, but not what", i.Span)
			continue
		}
		said := false
		for _, it := range current {
			if n.value != "" && it.entity == n.entity && it.fact.Key == n.Key && n.hits(&it.fact, it.same) {
				said = true
				contradicted = append(contradicted, it)
				p.ask(it.subject(), quoted(it.fact.Value)+" is said both to hold and to have ended", i.Span)
			}
		}
		if !said {
			ends = append(ends, n)
		}
	}
	current = slices.DeleteFunc(current, func(it *item) bool { return slices.Contains(contradicted, it) })
	return current, ends
}

// end marks the live facts that an invalidation ends. It is not yet known whether they have a successor.
func (p *planner) end(n end) {
	for _, kind := range []record.Kind{record.KindAttribute, record.KindRelation} {
		fam := family{kind, n.entity, n.Key}
		for _, e := range p.members(fam) {
			switch {
			case e.closed, e.ending, e.fact.Past, !n.hits(e.fact, e.same()):
			case p.later(e), p.in.Spoken.Before(heldAt(e.fact)), !n.At.IsZero() && n.At.Before(e.fact.Valid.From): // an earlier stay with the same value
			case p.isAsserted(fam, e.same()):
			case p.bound(e.fact):
				p.outranked(e, n.Span)
			default:
				e.ending, e.until, e.forgotten = true, n.At, n.Forget
				if n.At.IsZero() {
					e.until = p.in.Spoken
				}
				e.until = clamp(latest(e.until, e.fact.Position()), e.fact.Valid)
			}
		}
		p.endStay(n, fam)
	}
}

// endStay applies an invalidation that comes late: it shortens the closed stay that would hold at that time.
func (p *planner) endStay(n end, fam family) {
	when := n.At
	if when.IsZero() {
		when = p.in.Spoken
	}
	facts := p.history(fam)
	for i := position(facts, when) - 1; i >= 0; i-- {
		f := p.asPlanned(facts[i])
		if !stay(f) {
			continue
		}
		switch {
		case !n.hits(f, f.SameAs()), heldAt(f).After(when), !f.Valid.Until.IsZero() && !f.Valid.Until.After(when):
		case p.bound(f):
			p.outranked(p.filed(f), n.Span)
		default:
			e := p.filed(f)
			e.cut(when)
			if until := latest(p.in.Observed, f.Known.From); until.Before(f.Known.Until) {
				e.change().Known.Until = until
			}
		}
		return
	}
}

// ofEmployer are the keys whose values depend on the employer.
var ofEmployer = []family{{kind: record.KindAttribute, key: roleKey}, {kind: record.KindRelation, key: "manager"}, {kind: record.KindRelation, key: "reports_to"}}

// roles asks about facts that may have ended with an employer. It considers entities whose employer was replaced or ended, and only keys
// about which the text says nothing.
func (p *planner) roles() {
	for _, e := range p.entries {
		if e.fact.Kind != record.KindRelation || e.fact.Key != employerKey || !e.ending && !p.displaced(e) {
			continue
		}
		entity := p.key(e.fact.Entity)
		employer := family{e.fact.Kind, entity, employerKey}
		if e.fact.Many && p.in.Single != nil && p.in.Single(e.fact.Kind, employerKey) &&
			slices.ContainsFunc(p.members(employer), func(o *entry) bool { return !o.fact.Many && !o.fact.Past && o != e }) {
			continue // it was only contested: the head is another fact
		}
		for _, dependent := range ofEmployer {
			if p.mentions(entity, dependent.key) {
				continue
			}
			for _, r := range p.members(family{dependent.kind, entity, dependent.key}) {
				if !r.closed && !r.ending && !r.fact.Past && r.fact.Category != record.Context {
					p.ask(about(e.fact.Entity, dependent.key, ""), quoted(r.fact.Value)+" may have ended with "+quoted(e.fact.Value), record.Span{})
				}
			}
		}
	}
}

// displaced reports whether a new value superseded the fact.
func (p *planner) displaced(e *entry) bool {
	s := e.heir()
	return s != nil && s.same() != e.same() && slices.Contains(s.replaced, e)
}

// mentions reports whether the extraction says anything about a key of an entity.
func (p *planner) mentions(entity, key string) bool {
	return p.states(entity, key) || slices.ContainsFunc(p.in.Extraction.Invalidations, func(i record.Invalidation) bool {
		return strings.TrimSpace(i.Key) == key && p.key(p.canonical(i.Entity)) == entity
	})
}

// states reports whether the extraction has a value for a key of an entity.
func (p *planner) states(entity, key string) bool {
	x := &p.in.Extraction
	return slices.ContainsFunc(x.Attributes, func(a record.ExtractedAttribute) bool {
		return strings.TrimSpace(a.Key) == key && p.key(p.canonical(a.Entity)) == entity
	}) || slices.ContainsFunc(x.Relations, func(r record.ExtractedRelation) bool {
		return strings.TrimSpace(r.Label) == key && p.key(p.canonical(r.Subject)) == entity
	})
}
