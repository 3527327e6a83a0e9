package reconcile

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/places"
	"github.com/spectron-go/spectron/internal/record"
)

// A place does not contradict a place that it lies in: a person who lives in California may live in San Francisco. The narrower value
// stands for both. It takes over the stay of the wider value, which yields. The wider value, said later, reinforces the narrower one.
//
// Roles are not compared in this way: a product manager who says that she is a manager may have been promoted.

// placed are the attributes whose values are places. Relations to locations have such values too.
var placed = []string{"address", "location", "birthplace", "residence"}

// within reports whether the value of inner is a place that lies in the place of outer.
func within(inner, outer *record.Fact) bool {
	if inner.Kind != outer.Kind || inner.Many && !inner.Contested() || outer.Many && !outer.Contested() || inner.Past || outer.Past {
		return false
	}
	if inner.Kind == record.KindRelation {
		in, out := inner.Object.Type, outer.Object.Type
		if in != record.TypeLocation && out != record.TypeLocation || !mayBePlace(in) || !mayBePlace(out) {
			return false
		}
	} else if !slices.Contains(placed, inner.Key) {
		return false
	}
	return places.Within(inner.Value, outer.Value)
}

func mayBePlace(kind string) bool { return kind == record.TypeLocation || kind == record.TypeUnknown }

// coarse removes a place if the same text names a narrower one for the same key.
func coarse(items []*item) []*item {
	return slices.DeleteFunc(slices.Clone(items), func(it *item) bool {
		return !it.fact.Many && slices.ContainsFunc(items, func(other *item) bool {
			return !other.fact.Many && other.same != it.same && other.family() == it.family() && tenths(other.fact.Confidence) >= tenths(it.fact.Confidence) &&
				within(&other.fact, &it.fact) && !within(&it.fact, &other.fact)
		})
	})
}

// refine plans a statement that is narrower or wider than the head and does not contradict it. It returns false for other statements.
func (p *planner) refine(it *item, s *comparison) bool {
	h, at := s.head, it.fact.Position()
	if h == nil || s.same == h || !h.holdsAt(at) {
		return false
	}
	early := at.Before(h.fact.Position())
	// A statement with a beginning of its own tells of a move.
	moved := dated(&it.fact) && !early
	stands := h
	switch {
	case within(h.fact, &it.fact):
		if moved || early {
			return false
		}
		if !p.in.First && (at.Equal(h.fact.Position()) || slices.ContainsFunc(h.fact.Again, at.Equal)) {
			return true // it is a replay, which has already lengthened the stay
		}
		p.reinforce(h)
		h.setTeller(it)
	case !within(&it.fact, h.fact), p.later(h) && !early:
		return false
	case p.bound(h.fact): // it may not replace the head, and does not contradict it either
		p.besideWider(it, s)
	case early && (dated(h.fact) || !p.justBefore(p.timeline(it, h), h, at)):
		return false
	case moved || dated(h.fact): // the place within the wider one is unknown for the time before
		s.without(h)
		s.beaten = append(s.beaten, h)
		if i, _ := slices.BinarySearchFunc(h.fact.Again, at, time.Time.Compare); i < len(h.fact.Again) {
			h.change().Again = slices.Clone(h.fact.Again[:i]) // statements from then on are about the narrower value
		}
		p.succeed(it, s)
		p.markAnsweredIfUncontested(it, s)
		return true
	default:
		stands = p.takeOver(it, p.timeline(it, h), h)
		for _, e := range s.passing {
			p.goOn(e, stands)
		}
		if s.same != nil {
			p.yield(s.same, stands)
		}
	}
	s.without(h)
	for _, e := range s.beaten {
		if e.contested() && !e.closed {
			p.yield(e, stands)
		}
	}
	p.markAnsweredIfUncontested(it, s)
	return true
}

// without removes an entry from the facts that contradict the statement.
func (s *comparison) without(e *entry) {
	is := func(o *entry) bool { return o == e }
	s.beaten, s.block, s.late = slices.DeleteFunc(s.beaten, is), slices.DeleteFunc(s.block, is), slices.DeleteFunc(s.late, is)
}

// justBefore reports whether nothing is known to have held between a time and an entry.
func (p *planner) justBefore(t timeline, e *entry, at time.Time) bool {
	before := p.before(t, at)
	return p.after(t, at) == e && (before == nil || !heldAt(before.fact).After(at))
}

// besideWider keeps a narrower value beside a wider one that it may not replace.
func (p *planner) besideWider(it *item, s *comparison) {
	if s.same != nil {
		p.reinforce(s.same)
		return
	}
	n := p.createBeside(it, s)
	for _, e := range s.beaten {
		if e.contested() {
			p.replace(e, n, p.in.Spoken)
		}
	}
}

// takeOver creates a fact with a narrower value that continues the stay of a wider one.
func (p *planner) takeOver(it *item, t timeline, e *entry) *entry {
	at, old := it.fact.Position(), e.fact
	n := p.newEntry(it)
	f := n.fact
	if at.Before(old.Position()) { // the stay begins earlier
		f.Again = append([]time.Time{old.Position()}, old.Again...)
		if before := p.before(t, at); before != nil {
			f.Valid.From = begins(f, before.fact)
			before.cut(f.Valid.From)
		}
	} else {
		f.Valid.From, f.BegunBy, f.Spoken, f.Again = old.Valid.From, old.BegunBy, old.Spoken, slices.Clone(old.Again)
		n.setAgain(at)
	}
	f.Again = f.Again[:min(len(f.Again), MaxAgain)]
	if f.Valid.Until.IsZero() {
		f.Valid.Until = old.Valid.Until
	}
	if !e.closed {
		f.Known.From = latest(f.Known.From, old.Known.From)
		p.enter(n)
		p.yield(e, n)
		n.predecessor = e
	}
	return n
}

// refineStay plans a statement that is narrower or wider than a closed stay. It returns false for other statements.
func (p *planner) refineStay(it *item, t timeline, before, after *entry) bool {
	at := it.fact.Position()
	if before == nil || !before.filed || !before.holdsAt(at) || dated(&it.fact) {
		return false
	}
	if within(before.fact, &it.fact) {
		return true // the closed stay says it already, more exactly
	}
	if dated(before.fact) || !within(&it.fact, before.fact) || p.bound(before.fact) {
		return false
	}
	n := p.takeOver(it, t, before)
	n.closed, n.filed = true, true
	n.fact.RetiredAt, n.fact.ToldUntil, n.successor = p.in.Now, it.fact.Valid.Until, after
	p.precede(before, n, after)
	if after != nil {
		p.follow(after, n, before)
	}
	p.believe(t, n, time.Time{}, nil, after)
	before.change().Yielded = true
	return true
}
