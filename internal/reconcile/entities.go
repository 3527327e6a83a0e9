package reconcile

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// clean trims the name and maps the type to a known one.
func clean(ref record.EntityRef) record.EntityRef {
	if ref == (record.EntityRef{}) {
		return ref
	}
	return record.EntityRef{Type: record.EntityType(ref.Type), Name: strings.TrimSpace(ref.Name)}
}

// named reports whether a name is not empty once it is normalised.
func named(name string) bool { return record.Normalise(name) != "" }

// known returns an entity in its known spelling, if it is known.
func (p *planner) known(ref record.EntityRef) record.EntityRef {
	if e, ok := p.in.Entities[p.key(ref)]; ok {
		return clean(e.EntityRef)
	}
	return ref
}

// canonical returns the entity that a reference of the extraction means, in its known spelling.
func (p *planner) canonical(ref record.EntityRef) record.EntityRef {
	ref = clean(ref)
	if to, ok := p.aliases[p.key(ref)]; ok {
		ref = to
	}
	return p.known(ref)
}

// order ranks categories. The category that fades least has the highest rank.
func order(c record.Category) int {
	switch c {
	case record.Identity:
		return 2
	case record.Context:
		return 0
	default:
		return 1
	}
}

// fold maps unknown categories to the default.
func fold(c record.Category) record.Category {
	switch c {
	case record.Identity, record.Context:
		return c
	default:
		return record.Knowledge
	}
}

// touch records that the plan needs an entity with at least the given category. "" requires no category.
func (p *planner) touch(ref record.EntityRef, c record.Category) {
	if ref.Name == "" {
		return
	}
	key := p.key(ref)
	i, ok := p.seen[key]
	if !ok {
		if p.seen == nil {
			p.seen = make(map[string]int, 8)
			p.touched = make([]record.Entity, 0, 8)
		}
		i = len(p.touched)
		p.seen[key] = i
		p.touched = append(p.touched, record.Entity{EntityRef: ref, Category: c})
		if key == userKey {
			p.touched[i].Category = record.Identity
		}
	}
	if e := &p.touched[i]; c != "" && (e.Category == "" || order(c) > order(e.Category)) {
		e.Category = c
	}
}

func (p *planner) touchFact(f *record.Fact) {
	p.touch(f.Entity, "")
	if f.Kind == record.KindRelation {
		p.touch(f.Object, "")
	}
}

// mention touches the entities that the text names. It asks about those whose name or confidence is not good enough.
func (p *planner) mention() {
	for _, e := range p.in.Extraction.Entities {
		ref := p.canonical(e.EntityRef)
		switch {
		case !named(ref.Name):
			p.ask(display(ref), "it has no name that can be told apart", e.Span)
		case e.Confidence >= p.in.Floor:
			p.touch(ref, fold(e.Category))
		case p.key(clean(e.EntityRef)) != p.key(clean(p.in.Extraction.Speaker)): // a question about the speaker exists already
			p.doubt(display(ref), ref.Name, e.Confidence, e.Span)
		}
	}
}

// writeEntities separates entities that are new in the scope set from known ones whose category rises.
func (p *planner) writeEntities() {
	for _, e := range p.touched {
		known, ok := p.in.Entities[p.key(e.EntityRef)]
		switch {
		case !ok, !known.Scopes.Equal(p.in.Scopes):
			e.Category = fold(e.Category)
			e.ID = p.in.NewID("appearance")
			e.Importance = e.Category.Importance()
			e.Scopes, e.CreatedAt, e.UpdatedAt = p.in.Scopes, p.in.Now, p.in.Now
			p.plan.Entities = append(p.plan.Entities, e)
		case e.Category != "" && order(e.Category) > order(known.Category):
			known.Category, known.UpdatedAt = e.Category, p.in.Now
			known.Importance = max(known.Importance, e.Category.Importance())
			p.plan.Raised = append(p.plan.Raised, known)
		}
	}
}
