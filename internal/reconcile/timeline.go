package reconcile

import (
	"slices"
	"sort"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// The facts of a single-valued key form a timeline in the order of [record.Fact.Position], whatever the order in which they arrive. Each
// fact of the timeline is a stay: one value with the interval in which the key had it. Contested facts, past facts and facts that have
// yielded are no stays.
//
// One invariant holds after every plan. Of the facts of such a key in one scope set that have neither yielded nor were contested, no two
// are valid at the same instant, and no two were believed at the same instant.
//
// A late statement is stored closed, between its predecessor and its successor. The predecessor ends where the statement begins, and the
// statement ends where the successor begins. If the predecessor was said to hold again after that, the rest of it becomes a stay of its
// own, so that A, B, A are three stays. A late statement with the value of a neighbour makes the neighbour longer.
//
// A value that is said to hold "since" a day replaces values that were only said, earlier, to hold at times after that day. The two
// statements contradict each other, and the later one counts.

// MaxAgain limits how many times of one stay are kept at which it was said to hold again. If there are more, the last but one is dropped.
const MaxAgain = 64

// Amendment changes the times of a stored fact because of a statement about another time. Its fields are the complete new state, not only
// what changes.
type Amendment struct {
	ID                       string
	Valid, Known             record.Interval
	Spoken, BegunBy          time.Time
	Again                    []time.Time
	Yielded                  bool
	Supersedes, SupersededBy string
	// By is the teller of the fact. A fact that another person told becomes the subject's own word once the subject says it too.
	By record.Teller
	// Renumber says that the fact now begins with the statement of the plan. Seq is then the next number. Whoever applies the plan sets it.
	Renumber bool
	Seq      int64
}

// Amend applies the amendment to its fact.
func (a *Amendment) Amend(f *record.Fact) {
	f.Valid, f.Known, f.Spoken, f.BegunBy, f.Again = a.Valid, a.Known, a.Spoken, a.BegunBy, a.Again
	f.Yielded, f.Supersedes, f.SupersededBy, f.By = a.Yielded, a.Supersedes, a.SupersededBy, a.By
	if a.Renumber {
		f.Seq = a.Seq
	}
}

// Close applies the closing to its fact.
func (c *Closing) Close(f *record.Fact) {
	f.Known.Until, f.RetiredAt, f.SupersededBy, f.Yielded = c.KnownUntil, c.RetiredAt, c.SupersededBy, c.Yielded
	f.EndedBy, f.Reason = c.EndedBy, c.Reason
	if !c.ValidUntil.IsZero() {
		f.Valid.Until = c.ValidUntil
	}
}

// dated reports whether a statement says when the fact began.
func dated(f *record.Fact) bool {
	return !f.BegunBy.IsZero() || !f.Valid.From.IsZero() && !f.Valid.From.Equal(f.Spoken)
}

// since reports whether a fact was said to hold from a stated beginning until it was said.
func since(f *record.Fact) bool { return f.BegunBy.IsZero() && dated(f) }

// heldAt returns the last time at which a fact is known to have held.
func heldAt(f *record.Fact) time.Time {
	at := f.Position()
	if n := len(f.Again); n > 0 && f.Again[n-1].After(at) {
		at = f.Again[n-1]
	}
	return at
}

// covers reports whether the stated interval of f contains the time of other, and f is the later word: f was said to hold since other began
// or before, other has no stated beginning, and f was said after other was last known to hold.
func covers(f, other *record.Fact) bool {
	return since(f) && !dated(other) && !f.Valid.From.After(other.Position()) && heldAt(other).Before(f.Spoken)
}

// begins returns when a fact begins that follows another one. before is its predecessor; nil: there is none.
func begins(f, before *record.Fact) time.Time {
	switch {
	case f.BegunBy.IsZero() && f.Valid.From.IsZero():
		return f.Spoken
	case f.BegunBy.IsZero() || before == nil:
		return f.Valid.From
	}
	// It began in the stated period, but not while the predecessor was known to hold.
	from := latest(f.Valid.From, heldAt(before))
	if at := f.Position(); from.After(at) {
		from = at
	}
	return from
}

// history returns the closed facts of a key, in order.
func (p *planner) history(fam family) []*record.Fact {
	if p.in.History == nil {
		return nil
	}
	facts := p.in.History(fam.kind, fam.entity, fam.key)
	if !slices.ContainsFunc(facts, p.apart) {
		return facts
	}
	return slices.DeleteFunc(slices.Clone(facts), p.apart)
}

// position returns the index at which a fact with a position is inserted: behind the facts with the same position.
func position(facts []*record.Fact, at time.Time) int {
	return sort.Search(len(facts), func(i int) bool { return facts[i].Position().After(at) })
}

// replayed reports whether the statement is already in the history. Either a closed fact was taken from the same words of the same source,
// or a closed stay was said to hold at that time, or a closed fact tells the same about the past.
func (p *planner) replayed(it *item) bool {
	facts := p.history(it.family())
	if span := p.source(it.span).Span; !p.in.First && p.in.Source.Ref != "" && !span.Empty() {
		for _, f := range facts {
			s := &f.Source
			if s.Ref == p.in.Source.Ref && s.Kind == p.in.Source.Kind && s.Span == span && f.SameAs() == it.same {
				return true
			}
		}
	}
	if e := p.before(timeline{facts: facts, at: position(facts, it.fact.Position())}, time.Time{}); e != nil && !p.in.First &&
		(e.same() == it.same || within(e.fact, &it.fact)) && (e.fact.Position().Equal(it.fact.Position()) || slices.ContainsFunc(e.fact.Again, it.fact.Position().Equal)) {
		return true
	}
	return it.fact.Past && slices.ContainsFunc(at(facts, it.fact.Position()), func(f *record.Fact) bool {
		return f.SameAs() == it.same && f.Valid.Until.Equal(it.fact.Valid.Until)
	})
}

// at returns the facts with one position.
func at(facts []*record.Fact, t time.Time) []*record.Fact {
	end := position(facts, t)
	return facts[position(facts, t.Add(-1)):end]
}

// stay reports whether a closed fact is part of the timeline of its key.
func stay(f *record.Fact) bool { return !f.Many && !f.Past && !f.Yielded }

// timeline is the timeline of a key, seen from one position.
type timeline struct {
	facts []*record.Fact // the closed facts, in order
	at    int            // index of the first closed fact after the position
	head  *entry         // the live fact; nil: none
}

func (p *planner) timeline(it *item, head *entry) timeline {
	facts := p.history(it.family())
	return timeline{facts, position(facts, it.fact.Position()), head}
}

// before returns the last stay that begins at the position or before it; nil: none. at is the position.
func (p *planner) before(t timeline, at time.Time) *entry {
	if t.head != nil && !t.head.fact.Position().After(at) {
		return t.head
	}
	for i := t.at - 1; i >= 0; i-- {
		if f := p.asPlanned(t.facts[i]); stay(f) {
			return p.filed(f)
		}
	}
	return nil
}

// after returns the first stay that begins after the position; nil: none. at is the position.
func (p *planner) after(t timeline, at time.Time) *entry {
	for _, f := range t.facts[t.at:] {
		if stay(p.asPlanned(f)) {
			return p.filed(f)
		}
	}
	if t.head != nil && t.head.fact.Position().After(at) {
		return t.head
	}
	return nil
}

// filed returns the entry of a closed fact, and creates it on first use.
func (p *planner) filed(f *record.Fact) *entry {
	if e := p.past[f.ID]; e != nil {
		return e
	}
	e := &entry{fact: f, stored: f, closed: true, filed: true}
	if p.past == nil {
		p.past = map[string]*entry{}
	}
	p.past[f.ID] = e
	p.filings = append(p.filings, e)
	return e
}

// asPlanned returns a closed fact as it will be after the plan.
func (p *planner) asPlanned(f *record.Fact) *record.Fact {
	if e := p.past[f.ID]; e != nil {
		return e.fact
	}
	return f
}

// change returns the fact of an entry to change. It copies a stored fact first, because readers share that.
func (e *entry) change() *record.Fact {
	if e.stored != nil && e.fact == e.stored {
		f := *e.stored
		e.fact = &f
	}
	e.amended = e.stored != nil && !e.moved
	return e.fact
}

// setAgain records that a stay was said to hold at a time after it began.
func (e *entry) setAgain(at time.Time) {
	i, found := slices.BinarySearchFunc(e.fact.Again, at, time.Time.Compare)
	if found || !at.After(e.fact.Position()) {
		return
	}
	f := e.change()
	f.Again = slices.Insert(slices.Clone(f.Again), i, at)
	if n := len(f.Again); n > MaxAgain {
		f.Again = slices.Delete(f.Again, n-2, n-1)
	}
}

// late reports whether a statement does not come last in the timeline: it is about a time before the head was last said to hold, or the
// head covers it. A statement that overrules the head is not late.
func (p *planner) late(it *item, head *entry) bool {
	if it.same == head.same() {
		return it.fact.Position().Before(heldAt(head.fact))
	}
	return it.fact.Position().Before(heldAt(head.fact)) && !p.overrules(it, head) || covers(head.fact, &it.fact)
}

// overrules reports whether a statement replaces the head and all stays after its own beginning. It says since when its value holds, and
// was said later than all of them, and none of them is dated.
func (p *planner) overrules(it *item, head *entry) bool {
	if !covers(&it.fact, head.fact) {
		return false
	}
	t := p.timeline(it, head)
	return !slices.ContainsFunc(t.facts[t.at:], func(f *record.Fact) bool {
		f = p.asPlanned(f)
		return stay(f) && !p.replaces(it, f)
	})
}

// replaces reports whether a statement covers a fact and outweighs it.
func (p *planner) replaces(it *item, f *record.Fact) bool {
	return covers(&it.fact, f) && outweighs(p.rank, &it.fact, f)
}

// overrule lets the stays yield that a statement replaces, from its position on. It stops at the first stay that is not replaced.
func (p *planner) overrule(it *item, t timeline) {
	if !since(&it.fact) {
		return
	}
	for _, f := range t.facts[t.at:] {
		f = p.asPlanned(f)
		switch {
		case !stay(f):
			continue
		case !p.replaces(it, f):
			return
		}
		p.filed(f).change().Yielded = true
	}
}

// insert stores a statement that is not the last one in the timeline of its key. It returns false if the statement is the last one. head is
// nil if no fact is live.
func (p *planner) insert(it *item, head *entry) bool {
	at, t := it.fact.Position(), p.timeline(it, head)
	before := p.before(t, at)
	p.overrule(it, t)
	after := p.after(t, at)
	switch {
	case after == nil && (before == nil || before != head):
		return false
	case before != nil && before.same() == it.same && (before.holdsAt(at) || at.Equal(before.fact.Position())):
		p.confirm(before, it)
		return true
	case p.refineStay(it, t, before, after):
		return true
	case after != nil && (after.same() == it.same || !dated(&it.fact) && !dated(after.fact) && within(after.fact, &it.fact)) &&
		(before == nil || !heldAt(before.fact).After(at)):
		p.extend(it, t, before, after)
		return true
	case p.told(it, t):
		return true
	}
	n := p.newEntry(it)
	n.closed, n.filed = true, true
	n.fact.RetiredAt, n.fact.ToldUntil = p.in.Now, it.fact.Valid.Until
	switch {
	case before != nil && covers(before.fact, n.fact):
		n.fact.Yielded, n.successor = true, before
		p.believe(t, n, time.Time{}, before, nil)
		return true
	case before == nil:
	case outweighs(p.rank, &it.fact, before.fact):
		n.fact.Valid.From = begins(n.fact, before.fact)
		after = p.interrupt(before, n, after)
	default:
		n.fact.Many, n.fact.Valid.From = true, begins(n.fact, before.fact)
		p.ask(it.subject(), quoted(it.fact.Value)+" contradicts "+quoted(before.fact.Value)+" of that time, which stays", it.span)
		if after == nil {
			after = before
		}
	}
	n.successor = after
	until := heldAt(after.fact)
	if !n.fact.Many {
		p.follow(after, n, before)
		until = after.fact.Valid.From
	} else if at.Before(after.fact.Position()) {
		until = after.fact.Position()
	}
	n.fact.Valid.Until = clamp(until, n.fact.Valid)
	if n.fact.Many {
		n.fact.Known.Until = latest(n.fact.Known.From, after.fact.Known.From)
	} else {
		p.believe(t, n, time.Time{}, nil, after)
	}
	if p.rank > rank(after.fact.Source.Kind) {
		p.ask(it.subject(), quoted(it.fact.Value)+" of "+origin(p.in.Source.Kind)+" was observed before "+
			quoted(after.fact.Value)+", which stays", it.span)
	} else if hearsay(after.fact.By, &it.fact) && rank(after.fact.Source.Kind) == p.rank {
		p.ask(it.subject(), display(it.fact.Entity)+" said "+quoted(it.fact.Value)+" before somebody else said "+
			quoted(after.fact.Value)+", which stays", it.span)
	}
	return true
}

// append puts a fact that is carried over to another entity at the end of the timeline of that entity.
func (p *planner) append(e *entry) {
	facts := p.history(family{e.fact.Kind, p.key(e.fact.Entity), e.fact.Key})
	last := p.before(timeline{facts: facts, at: len(facts)}, time.Time{})
	if last == nil {
		return
	}
	e.fact.Valid.From = latest(begins(e.fact, last.fact), last.fact.Position())
	last.cut(e.fact.Valid.From)
}

// succession gives a new head its place at the end of a timeline. ended says that the previous value has ended in this plan.
func (p *planner) succession(t timeline, n *entry, ended bool) {
	before := p.before(t, n.fact.Position())
	switch {
	case before != nil:
		n.fact.Valid.From = begins(n.fact, before.fact)
	case ended, p.formerly(n):
		n.fact.Valid.From = begins(n.fact, nil)
	}
	if before != nil && before.filed {
		before.cut(n.fact.Valid.From)
	}
	if t.head == nil || p.later(t.head) {
		p.believe(t, n, time.Time{}, nil, nil)
	}
}

// formerly reports whether a past fact says what the key held before.
func (p *planner) formerly(n *entry) bool {
	return slices.ContainsFunc(p.members(n.family()), func(e *entry) bool { return !e.closed && e.fact.Past })
}

// told reports whether a closed fact with the same position has the same value.
func (p *planner) told(it *item, t timeline) bool {
	return slices.ContainsFunc(at(t.facts, it.fact.Position()), func(f *record.Fact) bool { return f.SameAs() == it.same })
}

// holdsAt reports whether a stay had not ended by a time after its beginning.
func (e *entry) holdsAt(at time.Time) bool {
	until := e.fact.Valid.Until
	return until.IsZero() || at.Before(until)
}

// confirm records that a stay was said to hold again.
func (p *planner) confirm(e *entry, it *item) {
	if !e.closed {
		p.reinforce(e)
	}
	e.setAgain(it.fact.Position())
	if since(&it.fact) && !(since(e.fact) && !e.fact.Spoken.Before(it.fact.Spoken)) {
		e.setAgain(it.fact.Spoken)
	}
	e.setTeller(it)
}

// setTeller makes a fact that another person told the subject's own word, once the subject says it too.
func (e *entry) setTeller(it *item) {
	if it.fact.By == record.BySubject && e.fact.By != record.BySubject && rank(e.fact.Source.Kind) == 0 {
		e.change().By = record.BySubject
	}
}

// follow makes before the predecessor of e, and derives from it when e began. sofar is the predecessor until now. The link of e changes
// only if it names sofar or nothing.
func (p *planner) follow(e, before, sofar *entry) {
	e.startAfter(before)
	if e.stored == nil || e.stored.Supersedes == "" || sofar != nil && e.stored.Supersedes == sofar.fact.ID {
		e.change()
		e.follows = before
	}
}

// startAfter derives from its predecessor when an entry began.
func (e *entry) startAfter(before *entry) {
	if from := begins(e.fact, before.fact); !from.Equal(e.fact.Valid.From) {
		e.change().Valid.From = from
	}
}

// precede makes n the successor of e, in place of after. It does nothing if another fact than after has superseded e.
func (p *planner) precede(e, n, after *entry) {
	if !e.closed || e.fact.SupersededBy == "" || after != nil && e.fact.SupersededBy == after.fact.ID {
		if e.filed {
			e.change()
		}
		e.successor, n.follows = n, e
	}
}

// cut ends a stay at a time, unless it ended earlier.
func (e *entry) cut(at time.Time) {
	at = clamp(at, e.fact.Valid)
	if !at.Equal(e.fact.Valid.Until) {
		e.change().Valid.Until = at
	}
}

// interrupt ends the stay before where n begins, and returns the successor of n. If before was said to hold again after that, the successor
// is the rest of it, as a stay of its own. Otherwise it is after.
func (p *planner) interrupt(before, n, after *entry) *entry {
	old := before.fact
	i, _ := slices.BinarySearchFunc(old.Again, n.fact.Position(), time.Time.Compare)
	if i < len(old.Again) && old.Again[i].Equal(n.fact.Position()) {
		i++
	}
	p.precede(before, n, after)
	if i == len(old.Again) || !before.holdsAt(old.Again[i]) || after != nil && !old.Again[i].Before(after.fact.Position()) {
		if i < len(old.Again) {
			before.change().Again = slices.Clone(old.Again[:i])
		}
		if end := old.Valid.Until; after != nil && !end.IsZero() && end.Equal(after.fact.Valid.From) && !end.Equal(old.ToldUntil) {
			before.change().Valid.Until = time.Time{} // it ended where after began, and after begins later now
		}
		before.cut(n.fact.Valid.From)
		return after
	}
	f := *old
	f.ID, f.Vector, f.Supersedes, f.SupersededBy, f.BegunBy = "", nil, "", "", time.Time{}
	f.Anew(old, p.in.Now)
	f.Retold, f.Proofs = nil, 0 // it is not known which turns told the rest
	f.Spoken, f.Valid.From, f.Again = old.Again[i], old.Again[i], slices.Clone(old.Again[i+1:])
	f.Known.From = latest(f.Spoken, old.Known.From)
	if since(old) && f.Spoken.Before(old.Spoken) {
		f.Spoken = old.Spoken
	}
	if !f.Known.Until.IsZero() {
		f.Known.Until = latest(f.Known.Until, f.Known.From)
	}
	rest := &entry{fact: &f, value: before.same(), closed: before.closed, filed: before.filed, successor: after}
	p.created = append(p.created, rest)
	if !rest.closed {
		before.closed, before.until = true, clamp(n.fact.Valid.From, old.Valid)
		p.enter(rest)
	}
	b := before.change()
	b.Again = slices.Clone(old.Again[:i])
	if before.filed {
		before.cut(n.fact.Valid.From)
		if f.Known.From.Before(b.Known.Until) {
			b.Known.Until = f.Known.From
		}
		if after != nil {
			p.follow(after, rest, before)
		}
	} else {
		before.known = f.Known.From
	}
	return rest
}

// extend lets a stay begin earlier, because of a late statement.
func (p *planner) extend(it *item, t timeline, before, e *entry) {
	if !e.closed {
		p.reinforce(e)
	}
	at, old := it.fact.Position(), e.fact.Position()
	e.setTeller(it)
	f := e.change()
	e.renumber = true
	// A fact that was said to hold since a day is known to have held from that day until it was said. It is not known to have held all the
	// time since the new beginning. So both times are kept as times at which it held.
	again := []time.Time{old}
	spoken := p.in.Spoken
	if since(f) {
		again = append(again, f.Spoken)
		if !spoken.Before(old) {
			spoken = latest(spoken, f.Spoken)
		}
	}
	f.Spoken = spoken
	switch {
	case since(&it.fact):
		f.Valid.From, f.BegunBy = at, time.Time{}
	case dated(&it.fact):
		f.Valid.From, f.BegunBy, f.Spoken = it.fact.Valid.From, at, latest(f.Spoken, p.in.Spoken)
	default:
		f.Valid.From, f.BegunBy = time.Time{}, time.Time{}
	}
	for _, at := range again {
		e.setAgain(at)
	}
	for _, o := range e.replaced { // superseded in this plan
		if from := e.fact.Position(); from.Before(o.until) {
			o.until, o.yielded = clamp(from, o.fact.Valid), o.yielded || from.Before(o.fact.Position())
		}
	}
	if before != nil && before.stored != e.stored {
		e.startAfter(before)
		before.cut(e.fact.Valid.From)
	}
	if first := f.Known.From; p.in.Observed.Before(first) && !e.moved {
		f.Known.From = p.in.Observed
		p.believe(t, e, first, nil, nil)
	}
}

// believe computes the interval in which an entry was believed, and cuts the intervals of other facts that overlap with it. The entry
// became known at Known.From of its fact. Where two facts overlap, the one later in the timeline keeps the time. first is since when the
// entry was believed so far; zero for a new entry. over is the entry that it yields to, and rest the new entry that follows it; both may be
// nil.
func (p *planner) believe(t timeline, e *entry, first time.Time, over, rest *entry) {
	f := e.fact
	known := f.Known.From
	var next time.Time
	blocked := false
	meet := func(g *record.Fact, cut func(time.Time)) {
		until := g.Known.Until
		switch {
		case !until.IsZero() && (!until.After(known) || !g.Known.From.Before(until)): // its interval ended before, or is empty
		case !g.Known.From.After(known):
			if over != nil && g == over.fact || !f.Live() && g.Position().After(f.Position()) {
				blocked = true
			} else if cut != nil {
				cut(known)
			}
		case cut != nil && (f.Live() || g.Known.From.Before(first)):
			cut(g.Known.From)
		case next.IsZero() || g.Known.From.Before(next):
			next = g.Known.From
		}
	}
	for _, g := range t.facts {
		g = p.asPlanned(g)
		if !g.Many && !g.Past && g.ID != f.ID {
			meet(g, func(at time.Time) { p.filed(g).change().Known.Until = at })
		}
	}
	for _, other := range []*entry{t.head, rest} {
		if other != nil && other != e && (!other.closed || other == rest) {
			meet(other.fact, nil)
		}
	}
	switch {
	case f.Live():
	case blocked && !first.IsZero():
		f.Known.From = first
	case !first.IsZero() && first.Before(f.Known.Until): // it was already believed, but from a later time on
	case blocked, next.IsZero():
		f.Known.Until = known
	default:
		f.Known.Until = next
	}
}
