package reconcile

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// item is a statement of the extraction that may become a fact.
type item struct {
	fact   record.Fact // without the fields that only a stored fact has
	span   record.Span
	entity string // key of the entity
	same   string // [record.Fact.SameAs]
}

func (it *item) family() family { return family{it.fact.Kind, it.entity, it.fact.Key} }

// items reads the statements in the order of the text, present and past ones apart. Of equal statements it keeps the best: see surpassed.
func (p *planner) items() (current, past []*item) {
	x := &p.in.Extraction
	all := make([]item, 0, len(x.Attributes)+len(x.Relations)+1)
	if p.name != nil {
		all = append(all, *p.name)
	}
	for i := range x.Attributes {
		a := &x.Attributes[i]
		f := record.Fact{
			Kind: record.KindAttribute, Entity: p.canonical(a.Entity), Key: strings.TrimSpace(a.Key), Value: strings.TrimSpace(a.Value),
			Category: fold(a.Category), Confidence: a.Confidence, Valid: a.Valid,
			BegunBy: a.BegunBy, Spoken: p.in.Spoken, Beside: a.Beside,
		}
		if f.Key == nameKey && p.isUser(clean(a.Entity)) {
			f.Entity = record.UserEntity
		}
		if it, ok := p.item(f, a.Span); ok {
			all = append(all, it)
		}
	}
	for i := range x.Relations {
		r := &x.Relations[i]
		f := record.Fact{
			Kind: record.KindRelation, Entity: p.canonical(r.Subject), Key: strings.TrimSpace(r.Label), Object: p.canonical(r.Object),
			Value: strings.TrimSpace(r.Object.Name), Category: fold(r.Category), Confidence: r.Confidence, Valid: r.Valid,
			BegunBy: r.BegunBy, Spoken: p.in.Spoken, Beside: r.Beside,
		}
		if p.isUser(clean(r.Object)) {
			f.Value = f.Object.Name
		}
		if it, ok := p.item(f, r.Span); ok {
			all = append(all, it)
		}
	}
	sorted := make([]*item, len(all))
	for i := range all {
		sorted[i] = &all[i]
	}
	slices.SortStableFunc(sorted, func(a, b *item) int { return a.span.Start - b.span.Start })
	current = make([]*item, 0, len(all))
	for _, it := range sorted {
		list := &current
		if it.fact.Past {
			list = &past
		}
		twin := slices.IndexFunc(*list, it.repeats)
		switch {
		case twin < 0:
			*list = append(*list, it)
		case (*list)[twin].surpassed(it):
			(*list)[twin] = it
		}
	}
	return current, past
}

// item completes a statement. If it cannot become a fact, item asks about it and returns false.
func (p *planner) item(f record.Fact, span record.Span) (item, bool) {
	it := item{fact: f, span: span, entity: p.key(f.Entity)}
	it.fact.Past = !f.Valid.Until.IsZero() && !f.Valid.Until.After(p.in.Spoken)
	it.fact.Many = f.Category == record.Context || p.in.Single == nil || !p.in.Single(f.Kind, f.Key) ||
		it.entity == userKey && f.Key == nameKey
	it.fact.Beside = f.Beside && !it.fact.Many && !it.fact.Past
	it.fact.Many = it.fact.Many || it.fact.Beside
	it.fact.By = p.teller(it.entity)
	relation := f.Kind == record.KindRelation
	if relation {
		it.same = p.key(f.Object)
	} else {
		it.same = record.SameValue(f.Value)
	}
	switch {
	case !named(f.Key), !named(f.Entity.Name), f.Value == "", relation && !named(f.Object.Name), strings.ContainsFunc(f.Key, control):
		p.ask(it.subject(), "it lacks a name that can be told apart", span)
	case relation && it.entity == it.same:
		p.ask(it.subject(), "it would relate "+display(f.Entity)+" to itself", span)
	case !f.Valid.Until.IsZero() && f.Valid.Until.Before(f.Valid.From):
		p.ask(it.subject(), quoted(f.Value)+" would have ended before it began", span)
	case !(f.Confidence >= p.in.Floor):
		p.doubt(it.subject(), f.Value, f.Confidence, span)
	default:
		it.fact.Confidence = min(f.Confidence, 1)
		return it, true
	}
	return item{}, false
}

// control reports whether a character is a control character, which separates the parts of a slot.
func control(r rune) bool { return r < ' ' }

// repeats reports whether another item says the same.
func (it *item) repeats(other *item) bool {
	return it.same == other.same && it.family() == other.family() &&
		(!it.fact.Past || sameDays(it.fact.Valid, other.fact.Valid))
}

// surpassed reports whether an equal item is better: it is lasting, or more confident.
func (it *item) surpassed(other *item) bool {
	if it.fact.Many != other.fact.Many {
		return it.fact.Many
	}
	return other.fact.Confidence > it.fact.Confidence
}

// sameDays compares two intervals by their days in UTC, as slots of past facts do.
func sameDays(a, b record.Interval) bool {
	y1, m1, d1 := a.From.UTC().Date()
	y2, m2, d2 := b.From.UTC().Date()
	y3, m3, d3 := a.Until.UTC().Date()
	y4, m4, d4 := b.Until.UTC().Date()
	return y1 == y2 && m1 == m2 && d1 == d2 && y3 == y4 && m3 == m4 && d3 == d4
}

// rivals keeps one value for each single-valued key: the last in the text, unless an earlier one is more confident. A question names them
// all.
func (p *planner) rivals(items []*item) []*item {
	for i := 0; i < len(items); i++ {
		it := items[i]
		if it.fact.Many {
			continue
		}
		fam, winner := it.family(), it
		var values []string
		rest := items[i+1:]
		for _, other := range rest {
			if other.fact.Many || other.family() != fam {
				continue
			}
			if values == nil {
				values = []string{it.fact.Value}
			}
			values = append(values, other.fact.Value)
			if tenths(other.fact.Confidence) >= tenths(winner.fact.Confidence) {
				winner = other
			}
		}
		if values == nil {
			continue
		}
		p.ask(it.subject(), quoted(values...)+" were said at once; "+quoted(winner.fact.Value)+" was kept", winner.span)
		rest = slices.DeleteFunc(rest, func(o *item) bool { return o != winner && !o.fact.Many && o.family() == fam })
		items = items[:i+1+len(rest)]
		if winner != it {
			items = slices.Delete(items, i, i+1)
			i--
		}
	}
	return items
}

// isAsserted reports whether the extraction states the value as present.
func (p *planner) isAsserted(fam family, same string) bool {
	return slices.ContainsFunc(p.asserted, func(it *item) bool { return it.same == same && it.family() == fam })
}

// create adds a new live fact.
func (p *planner) create(it *item) *entry {
	e := p.newEntry(it)
	p.enter(e)
	return e
}

func (p *planner) newEntry(it *item) *entry {
	f := it.fact
	f.Scopes, f.Labels, f.Source = p.in.Scopes, p.in.Labels, p.source(it.span)
	f.Quote = it.span.Quote(p.in.Text)
	f.Importance = f.Category.Importance()
	f.Known, f.Spoken = record.Interval{From: p.in.Observed}, p.in.Spoken
	f.RecordedAt = p.in.Now
	e := &entry{fact: &f, value: it.same}
	p.created = append(p.created, e)
	p.touchFact(&f)
	return e
}
