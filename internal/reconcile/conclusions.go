package reconcile

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// A conclusion is a fact that nobody said. It follows from facts and turns, its evidence. What was said never depends on a conclusion: a
// plan of what was said is made as if there were none, and closes those that it contradicts or replaces. A plan of conclusions changes
// nothing that was said. Whoever applies a plan closes the conclusions whose evidence it closes.

// outranks reports whether a fact is a conclusion and the plan is not one of conclusions.
func (p *planner) outranks(f *record.Fact) bool { return p.rank >= 0 && f.Source.Kind.Derived() }

// apart reports whether a fact takes no part in the timelines of this plan: a conclusion in a plan of what was said, and the reverse.
func (p *planner) apart(f *record.Fact) bool { return f.Source.Kind.Derived() != (p.rank < 0) }

// concludes reports whether a conclusion may be stored.
func (p *planner) concludes(it *item) bool {
	var known []*record.Fact
	for _, e := range p.members(it.family()) {
		if !e.closed && !e.ending {
			known = append(known, e.fact)
		}
	}
	if p.in.History != nil {
		known = append(known, p.in.History(it.fact.Kind, it.entity, it.fact.Key)...)
	}
	return Admits(&it.fact, p.in.Proven, known)
}

// Admits reports whether a conclusion may be stored, given the live and closed facts about its key. It may not if something was said about
// the key, if the value is known, if a surer conclusion has another value, or if somebody ended the value after proven, when the newest
// evidence was recorded. Of a key with several values, only facts with the same value count.
func Admits(conclusion *record.Fact, proven time.Time, known []*record.Fact) bool {
	value := conclusion.SameAs()
	return !slices.ContainsFunc(known, func(f *record.Fact) bool {
		same := f.Kind == conclusion.Kind && f.SameAs() == value
		switch {
		case !f.Live():
			return same && f.Reason != record.Unfounded && f.RetiredAt.After(proven)
		case !same && (conclusion.Many || f.Past):
			return false
		}
		return same || !f.Source.Kind.Derived() || tenths(f.Confidence) > tenths(conclusion.Confidence)
	})
}

// concede closes the conclusions that do not stand beside what was said.
func (p *planner) concede() {
	for _, f := range p.conclusions {
		c := Closing{ID: f.ID, Slot: f.Slot(p.in.ScopeKey), KnownUntil: latest(p.in.Observed, f.Known.From), RetiredAt: p.in.Now}
		if p.conceded(f, &c) {
			p.plan.Close = append(p.plan.Close, c)
		}
	}
}

// conceded reports whether a conclusion ends, and completes its closing: a statement about its key supersedes it, it was said to have
// ended, it may have changed, or the facts about its entities move to another entity.
func (p *planner) conceded(f *record.Fact, c *Closing) bool {
	of := family{f.Kind, p.key(f.Entity), f.Key}
	e := &entry{fact: f, stored: f, entity: of.entity}
	for _, n := range p.created {
		if p.key(n.fact.Entity) != of.entity || n.fact.Kind != of.kind || n.fact.Key != of.key {
			continue
		}
		same := n.same() == e.same()
		switch {
		case n.fact.Past && same:
			c.EndedBy, c.ValidUntil = p.in.Source.Ref, clamp(n.fact.Valid.Until, f.Valid)
			return true
		case n.fact.Past, !n.fact.Live(), f.Many && !same:
		default:
			c.SupersededBy, c.Yielded = n.fact.ID, same
			if !same {
				c.ValidUntil = clamp(p.in.Spoken, f.Valid)
			}
			return true
		}
	}
	if p.in.Spoken.Before(f.Spoken) {
		return p.moved(f, c)
	}
	for i := range p.ends {
		if n := &p.ends[i]; n.entity == of.entity && n.Key == of.key && n.hits(f, e.same()) {
			c.EndedBy, c.ValidUntil, c.Forgotten = p.in.Source.Ref, clamp(latest(n.At, f.Position()), f.Valid), n.Forget
			return true
		}
	}
	if p.shaken(e) {
		c.EndedBy, c.Reason = p.in.Source.Ref, record.Unfounded
		return true
	}
	return p.moved(f, c)
}

// moved reports whether the facts about an entity of a conclusion move to another entity.
func (p *planner) moved(f *record.Fact, c *Closing) bool {
	_, subject := p.moves[p.key(f.Entity)]
	_, object := p.moves[p.key(f.Object)]
	if !subject && (!object || f.Kind != record.KindRelation) {
		return false
	}
	c.EndedBy, c.Reason, c.ValidUntil = p.in.Source.Ref, record.Unfounded, time.Time{}
	return true
}

// shaken reports whether a statement that was not understood may be about a conclusion. A fact that was said would be in doubt.
func (p *planner) shaken(e *entry) bool {
	for i := range p.in.Extraction.Doubts {
		d := &p.in.Extraction.Doubts[i]
		about := slices.ContainsFunc(d.Entities, func(ref record.EntityRef) bool { return p.key(p.canonical(ref)) == e.entity })
		if about && p.doubted(d, valuesIn(d.Near), e.fact) && !p.ofAnother(d, e) {
			return true
		}
	}
	return slices.ContainsFunc(p.in.Extraction.Uncertainties, func(u record.Uncertainty) bool {
		return u.Changes && u.Key == e.fact.Key && p.key(p.canonical(u.Entity)) == e.entity
	})
}
