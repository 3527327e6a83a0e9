package reconcile

import (
	"cmp"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// comparison sorts the live facts of a single-valued key by their relation to a new statement.
type comparison struct {
	head    *entry
	same    *entry // the head or a contested fact with the same value
	beaten  []*entry
	block   []*entry // contradict it and are not outweighed
	late    []*entry // contradict it and were learned later
	ended   []*entry // end in this extraction
	newer   *entry   // a context fact of the same value that was learned later
	passing []*entry // context facts of the same value; a lasting fact replaces them unless they were learned later
	beside  *entry   // a fact of the same value that was told as another one beside the head
}

// compare compares a statement with the live facts of its family.
func (p *planner) compare(it *item) comparison {
	var s comparison
	for _, e := range p.members(it.family()) {
		same := e.same() == it.same
		switch {
		case e.closed, e.fact.Past:
			continue
		case e.ending:
			s.ended = append(s.ended, e)
			continue
		case !e.fact.Many && s.head == nil:
			s.head = e
		case e.fact.Many && !e.contested():
			switch {
			case same && e.fact.Beside:
				s.beside = e
			case same:
				s.passing = append(s.passing, e)
			}
			continue
		case !same && e.contested() && within(e.fact, &it.fact): // it is narrower than the statement, so the two do not contradict each other
			continue
		}
		switch {
		case same && s.same == nil:
			s.same = e
		case same:
			twin := e
			if e == s.head {
				s.same, twin = e, s.same
			}
			if !p.behind(it, twin) {
				s.beaten = append(s.beaten, twin)
			}
		case p.behind(it, e):
			s.late = append(s.late, e)
		case outweighs(p.rank, &it.fact, e.fact):
			s.beaten = append(s.beaten, e)
		default:
			s.block = append(s.block, e)
		}
	}
	return s
}

// behind reports whether a statement is about an earlier time than a fact.
func (p *planner) behind(it *item, e *entry) bool {
	if e.contested() {
		return it.fact.Position().Before(e.fact.Position())
	}
	return p.late(it, e)
}

// insertLate stores a statement about an earlier time. It reports whether the statement was one.
func (p *planner) insertLate(it *item, s *comparison) bool {
	switch {
	case s.same != nil && s.same != s.head && p.behind(it, s.same):
		p.reinforce(s.same)
		return true
	case s.head != nil:
		return p.late(it, s.head) && p.insert(it, s.head)
	case s.same == nil && len(s.beaten)+len(s.block) == 0 && len(s.late) > 0: // the first contested fact stands for the head
		return p.insert(it, slices.MinFunc(s.late, func(a, b *entry) int { return record.CompareInTime(a.fact, b.fact) }))
	}
	return p.insert(it, nil)
}

// reconcileSingle reconciles a statement about a single-valued key.
func (p *planner) reconcileSingle(it *item) {
	s := p.compare(it)
	if (s.same == nil || !p.in.First) && p.replayed(it) {
		return
	}
	if s.beside != nil && s.head == nil { // the head that it stood beside is gone
		s.passing = append(s.passing, s.beside)
		s.beside = nil
	}
	if s.beside != nil && s.same == nil && s.beside.holdsAt(it.fact.Position()) && !it.fact.Position().Before(s.beside.fact.Position()) {
		p.reinforce(s.beside)
		return
	}
	if p.refine(it, &s) || p.insertLate(it, &s) {
		return
	}
	s.passing = slices.DeleteFunc(s.passing, func(e *entry) bool {
		if !p.later(e) {
			return false
		}
		s.newer = e
		return true
	})
	outweighed := len(s.block) > 0
	if s.head != nil {
		outweighed = slices.Contains(s.block, s.head)
	}
	switch {
	case outweighed:
		p.contest(it, &s)
	case s.same != nil && s.same.holdsAt(it.fact.Position()) && (s.same == s.head || len(s.beaten)+len(s.ended)+len(s.passing) == 0):
		p.confirm(s.same, it)
		for _, e := range s.beaten {
			p.yield(e, s.same)
		}
		p.markAnsweredIfUncontested(it, &s)
	default:
		p.succeed(it, &s)
		p.markAnsweredIfUncontested(it, &s)
	}
}

// markAnsweredIfUncontested marks the questions about the key as answered, unless a fact still contradicts the head.
func (p *planner) markAnsweredIfUncontested(it *item, s *comparison) {
	if len(s.block)+len(s.late) == 0 {
		p.markAnswered(it)
	}
}

// succeed makes a statement the head. It supersedes every fact that it outweighs.
func (p *planner) succeed(it *item, s *comparison) {
	t := p.timeline(it, s.head)
	p.overrule(it, t)
	if s.head != nil && covers(&it.fact, s.head.fact) {
		s.head.yielded = true
		t.head = nil
	}
	n := p.create(it)
	p.succession(t, n, len(s.ended) > 0)
	old := slices.Concat(s.beaten, s.ended, s.passing)
	if s.same != nil {
		old = append(old, s.same)
	}
	if i := slices.IndexFunc(old, func(e *entry) bool { return !e.fact.Many }); i > 0 {
		old[0], old[i] = old[i], old[0]
	}
	for _, e := range old {
		if e.same() == n.same() && e.holdsAt(n.fact.Position()) {
			p.goOn(e, n)
			continue
		}
		p.replace(e, n, p.in.Spoken)
	}
	if left := slices.Concat(s.block, s.late); len(left) > 0 {
		p.ask(it.subject(), quoted(it.fact.Value)+" was said and contradicts "+quoted(valuesOf(left)...)+", which stays beside it", it.span)
	}
}

func valuesOf(entries []*entry) []string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.fact.Value
	}
	return out
}

// contest stores a statement beside the facts that it does not outweigh. If these have a higher rank, or are their subject's own word, the
// statement still supersedes the contested statements that it outweighs, so that only the latest of these is kept.
func (p *planner) contest(it *item, s *comparison) {
	against := s.head
	if against == nil {
		against = s.block[0]
	}
	outranked, own := rank(against.fact.Source.Kind) > p.rank, hearsay(it.fact.By, against.fact)
	if stands := cmp.Or(s.same, s.newer); stands != nil {
		p.reinforce(stands)
		for _, e := range s.beaten {
			if (outranked || own) && stands == s.same {
				p.yield(e, stands)
			}
		}
		return
	}
	n := p.createBeside(it, s)
	reason := quoted(it.fact.Value) + " is less sure than " + quoted(against.fact.Value) + ", which stays"
	switch {
	case outranked:
		reason = quoted(it.fact.Value) + " contradicts " + quoted(against.fact.Value) + " of " + origin(against.fact.Source.Kind) + ", which stays"
	case own:
		reason = quoted(it.fact.Value) + " contradicts " + quoted(against.fact.Value) + ", which " + display(against.fact.Entity) + " told and which stays"
	}
	if !outranked && !own { // it may be right, so the head is in doubt
		p.ask(it.subject(), reason, it.span, p.open(against)...)
		return
	}
	for _, e := range s.beaten {
		p.replace(e, n, p.in.Spoken)
	}
	p.ask(it.subject(), reason, it.span)
}

// createBeside creates a fact that stands beside the head.
func (p *planner) createBeside(it *item, s *comparison) *entry {
	kept := *it
	kept.fact.Many = true
	n := p.create(&kept)
	for _, e := range s.passing { // they have the same slot
		p.goOn(e, n)
	}
	return n
}

// goOn replaces a fact by one with the same value. The fact did not end in the world.
func (p *planner) goOn(e, by *entry) {
	p.replace(e, by, p.in.Spoken)
	e.yielded, e.until = true, time.Time{}
}

// add plans one value of a key that holds several.
func (p *planner) add(it *item) {
	members := p.members(it.family())
	i := slices.IndexFunc(members, func(e *entry) bool {
		return !e.closed && !e.ending && !e.fact.Past && e.same() == it.same
	})
	var n *entry
	switch {
	case i >= 0 && it.fact.Beside && members[i].contested() && !p.later(members[i]): // the two do not contradict each other
		n = p.create(it)
		p.goOn(members[i], n)
		if !slices.ContainsFunc(p.members(it.family()), func(e *entry) bool { return p.holds(e) && e.contested() }) {
			p.answered = append(p.answered, record.Normalise(about(it.fact.Entity, it.fact.Key, "")))
		}
	case i >= 0 && members[i].holdsAt(it.fact.Position()):
		n = members[i]
		p.reinforce(n)
	case p.replayed(it):
		return
	default:
		n = p.create(it)
		if i >= 0 { // it had a stated end, and holds again
			p.replace(members[i], n, p.in.Spoken)
		}
	}
	p.markAnswered(it)
	if p.renamed.Name != "" && it.entity == userKey && it.fact.Key == nameKey && it.same == p.name.same {
		p.rename(members, n)
	}
}

// rename supersedes the short name of the speaker by the full name.
func (p *planner) rename(names []*entry, full *entry) {
	short := record.SameValue(p.renamed.Name)
	for _, e := range names {
		switch {
		case e.closed || e.same() != short || p.later(e):
		case full.stored == nil:
			p.goOn(e, full)
		default:
			p.yield(e, full)
		}
	}
}

// placePast plans a statement about something that had ended when it was said. It ends the live fact with that value, or creates a past
// fact.
func (p *planner) placePast(it *item) {
	ended := false
	members := p.members(it.family())
	for _, e := range members {
		if !e.closed && e.fact.Past && e.same() == it.same && sameDays(e.fact.Valid, it.fact.Valid) {
			p.reinforce(e)
			return
		}
	}
	for _, e := range members {
		switch {
		case e.closed, e.fact.Past, e.told, e.same() != it.same, p.later(e), p.isAsserted(it.family(), it.same):
		case !it.fact.Valid.Until.After(e.fact.Position()): // an earlier stay with the same value
		case p.bound(e.fact):
			p.outranked(e, it.span)
		default:
			e.ending, e.told, e.until = true, true, it.fact.Valid.Until
			ended = true
		}
	}
	if !ended && !p.replayed(it) {
		p.create(it)
	}
}

// clear separates the stays of a key from stated periods with other values. A period has both ends. A stay with an unknown beginning or end
// gives way to it. A stay that really contradicts it raises a question.
func (p *planner) clear(fam family) {
	var periods, stays []*entry
	for _, e := range p.members(fam) {
		switch {
		case e.closed || e.ending:
		case e.fact.Past && !e.fact.Valid.From.IsZero():
			periods = append(periods, e)
		case !e.fact.Past && !e.fact.Many:
			stays = append(stays, e)
		}
	}
	if len(periods) == 0 {
		return
	}
	for _, f := range p.history(fam) {
		if stay(p.asPlanned(f)) {
			stays = append(stays, p.filed(f))
		}
	}
	for _, e := range p.created {
		if e.filed && stay(e.fact) && p.key(e.fact.Entity) == fam.entity && e.fact.Kind == fam.kind && e.fact.Key == fam.key {
			stays = append(stays, e)
		}
	}
	for _, period := range periods {
		for _, e := range stays {
			p.giveWay(e, period)
		}
	}
}

// giveWay separates one stay from one period.
func (p *planner) giveWay(e, period *entry) {
	f, told := e.fact, period.fact.Valid
	if e.same() == period.same() || !e.holdsAt(told.From) || !f.Valid.From.Before(told.Until) {
		return
	}
	switch at := f.Position(); {
	case !at.Before(told.Until) && f.Valid.From.IsZero():
		e.change().Valid.From = begins(f, nil)
	case !at.Before(told.Until):
		e.change().Valid.From = told.Until
	case e.filed && heldAt(f).Before(told.From) && !since(f) && !f.Valid.Until.Equal(f.ToldUntil):
		e.cut(told.From)
	case period.stored == nil && (at.Before(told.From) && since(f) && !f.Spoken.Before(told.Until) || !at.Before(told.From) && !dated(f)):
		p.ask(about(f.Entity, f.Key, ""), quoted(period.fact.Value)+" was said for a time at which "+quoted(f.Value)+" held", p.local(period.fact.Source.Span))
	}
}

// outranked asks about a fact that is said to have ended and that this plan may not close. A fact that its subject told is put in doubt,
// because it may have changed.
func (p *planner) outranked(e *entry, span record.Span) {
	if rank(e.fact.Source.Kind) > p.rank || e.filed {
		p.ask(about(e.fact.Entity, e.fact.Key, ""), quoted(e.fact.Value)+" of "+origin(e.fact.Source.Kind)+
			" was said to have ended; it stays", span)
		return
	}
	p.ask(Subject(e.fact), quoted(e.fact.Value)+" was said to have ended by somebody else than "+display(e.fact.Entity)+"; it stays", span, e)
}
