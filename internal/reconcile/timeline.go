package reconcile

import (
	"slices"
	"sort"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// The facts of a key of one value follow each other in time, in the order of [record.Fact.Position], whatever the order in which
// they arrive. One invariant holds after every plan: of the facts of such a key in one scope set that have neither yielded nor
// were contested, no two are valid at one instant, and no two were believed at one instant.
//
// A statement that comes late is filed between its neighbours, closed: the one before it ends where it begins, and it ends where
// the one after it begins. Where the one before was said to hold once more after that, it goes on as a stay of its own, so that
// A, B, A are three. The value of a neighbour again makes that one longer. What began "since" a day, as was said later, takes the
// place of what was merely said to hold in between: the two contradict, and the later word counts.

// MaxAgain bounds how many times of one stay are kept at which it was said to hold once more. Of more the last ones replace each other.
const MaxAgain = 64

// Amendment changes what the store has of when a fact held, by what a statement about another time tells. It says how the fact
// is from then on in all of this.
type Amendment struct {
	ID                       string
	Valid, Known             record.Interval
	Spoken, BegunBy          time.Time
	Again                    []time.Time
	Yielded                  bool
	Supersedes, SupersededBy string
	// By is who told it: what its subject says as well is her own word.
	By record.Teller
	// Renumber says that the fact begins with the statement of the plan: Seq is then the next number, for who applies it to set.
	Renumber bool
	Seq      int64
}

// Amend applies it.
func (a *Amendment) Amend(f *record.Fact) {
	f.Valid, f.Known, f.Spoken, f.BegunBy, f.Again = a.Valid, a.Known, a.Spoken, a.BegunBy, a.Again
	f.Yielded, f.Supersedes, f.SupersededBy, f.By = a.Yielded, a.Supersedes, a.SupersededBy, a.By
	if a.Renumber {
		f.Seq = a.Seq
	}
}

// Close applies a closing.
func (c *Closing) Close(f *record.Fact) {
	f.Known.Until, f.RetiredAt, f.SupersededBy, f.Yielded = c.KnownUntil, c.RetiredAt, c.SupersededBy, c.Yielded
	f.EndedBy, f.Reason = c.EndedBy, c.Reason
	if !c.ValidUntil.IsZero() {
		f.Valid.Until = c.ValidUntil
	}
}

// dated reports whether it was said when a fact began.
func dated(f *record.Fact) bool {
	return !f.BegunBy.IsZero() || !f.Valid.From.IsZero() && !f.Valid.From.Equal(f.Spoken)
}

// since reports whether a fact was said to hold from its beginning to when it was said.
func since(f *record.Fact) bool { return f.BegunBy.IsZero() && dated(f) }

// heldAt is the last time at which a fact is known to have held.
func heldAt(f *record.Fact) time.Time {
	at := f.Position()
	if n := len(f.Again); n > 0 && f.Again[n-1].After(at) {
		at = f.Again[n-1]
	}
	return at
}

// covers reports whether a fact was said, later, to have held since before a time at which another one was merely said to hold.
func covers(f, other *record.Fact) bool {
	return since(f) && !dated(other) && !f.Valid.From.After(other.Position()) && heldAt(other).Before(f.Spoken)
}

// begins is from when a fact that follows another one holds.
func begins(f, before *record.Fact) time.Time {
	switch {
	case f.BegunBy.IsZero() && f.Valid.From.IsZero():
		return f.Spoken
	case f.BegunBy.IsZero() || before == nil:
		return f.Valid.From
	}
	// In the period that was named, but not while the other one was known to hold.
	from := latest(f.Valid.From, heldAt(before))
	if at := f.Position(); from.After(at) {
		from = at
	}
	return from
}

// history are the closed facts of a key, in order.
func (p *planner) history(fam family) []*record.Fact {
	if p.in.History == nil {
		return nil
	}
	return p.in.History(fam.kind, fam.entity, fam.key)
}

// position returns where a fact would have its place among others, behind those of the same position.
func position(facts []*record.Fact, at time.Time) int {
	return sort.Search(len(facts), func(i int) bool { return facts[i].Position().After(at) })
}

// replayed reports whether the statement was filed before and closed: it comes from the same words of the same origin, or is
// one about the past that a closed fact tells already.
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

// at are the facts of one position.
func at(facts []*record.Fact, t time.Time) []*record.Fact {
	end := position(facts, t)
	return facts[position(facts, t.Add(-1)):end]
}

// stay reports whether a closed fact is a part of the timeline of its key.
func stay(f *record.Fact) bool { return !f.Many && !f.Past && !f.Yielded }

// timeline is the timeline of a key around one position.
type timeline struct {
	facts []*record.Fact // the closed ones, in order
	at    int            // those of the position and before it come before that
	head  *entry         // the live one; nil: none
}

func (p *planner) timeline(it *item, head *entry) timeline {
	facts := p.history(it.family())
	return timeline{facts, position(facts, it.fact.Position()), head}
}

// before returns the last stay that does not begin after the position, which is at.
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

// after returns the first stay after the position.
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

// filed is the entry of a closed fact, as it is stored or as it will stand.
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

// asPlanned is a closed fact as it will stand.
func (p *planner) asPlanned(f *record.Fact) *record.Fact {
	if e := p.past[f.ID]; e != nil {
		return e.fact
	}
	return f
}

// change returns the fact of an entry to be changed.
func (e *entry) change() *record.Fact {
	if e.stored != nil && e.fact == e.stored {
		f := *e.stored
		e.fact = &f
	}
	e.amended = e.stored != nil && !e.moved
	return e.fact
}

// setAgain notes that a stay was said to hold at some time after it began.
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

// late reports whether a statement is about a time before the last one of the head, or within what that is said to cover.
func (p *planner) late(it *item, head *entry) bool {
	if it.same == head.same() {
		return it.fact.Position().Before(heldAt(head.fact))
	}
	return it.fact.Position().Before(heldAt(head.fact)) && !p.overrules(it, head) || covers(head.fact, &it.fact)
}

// overrules reports whether a statement says since when its value holds, said later than the head and all that stands in between,
// none of which is dated.
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

// replaces reports whether a statement says since when its value holds, later than a fact that it contradicts, and outweighs that.
func (p *planner) replaces(it *item, f *record.Fact) bool {
	return covers(&it.fact, f) && outweighs(p.rank, &it.fact, f)
}

// overrule lets the stays yield that a statement contradicts, when it says that its value held since before them.
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

// insert files a statement that is not the last one of its key, and reports whether it was that. The head is nil where no fact
// is live.
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

// append puts what is carried over to another entity behind what that one had.
func (p *planner) append(e *entry) {
	facts := p.history(family{e.fact.Kind, p.key(e.fact.Entity), e.fact.Key})
	last := p.before(timeline{facts: facts, at: len(facts)}, time.Time{})
	if last == nil {
		return
	}
	e.fact.Valid.From = latest(begins(e.fact, last.fact), last.fact.Position())
	last.cut(e.fact.Valid.From)
}

// succession gives a new head its place at the end of a timeline. ended says that what held before has ended in this plan.
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

// formerly reports whether a statement about the past says what the key held before.
func (p *planner) formerly(n *entry) bool {
	return slices.ContainsFunc(p.members(n.family()), func(e *entry) bool { return !e.closed && e.fact.Past })
}

// told reports whether a closed fact of the same position says the same.
func (p *planner) told(it *item, t timeline) bool {
	return slices.ContainsFunc(at(t.facts, it.fact.Position()), func(f *record.Fact) bool { return f.SameAs() == it.same })
}

// holdsAt reports whether a stay had not ended by a time after its beginning.
func (e *entry) holdsAt(at time.Time) bool {
	until := e.fact.Valid.Until
	return until.IsZero() || at.Before(until)
}

// confirm notes that a stay was said to hold once more.
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

// setTeller makes what somebody else had told the subject's own word, once she says it.
func (e *entry) setTeller(it *item) {
	if it.fact.By == record.BySubject && e.fact.By != record.BySubject && rank(e.fact.Source.Kind) == 0 {
		e.change().By = record.BySubject
	}
}

// follow makes an entry the successor of another one, from which on it is known when it began. Its link goes from the one that
// it followed so far to the new one.
func (p *planner) follow(e, before, sofar *entry) {
	e.startAfter(before)
	if e.stored == nil || e.stored.Supersedes == "" || sofar != nil && e.stored.Supersedes == sofar.fact.ID {
		e.change()
		e.follows = before
	}
}

// startAfter notes when an entry began that comes after another one.
func (e *entry) startAfter(before *entry) {
	if from := begins(e.fact, before.fact); !from.Equal(e.fact.Valid.From) {
		e.change().Valid.From = from
	}
}

// precede makes an entry the predecessor of another one, unless what took its place is something else.
func (p *planner) precede(e, n, after *entry) {
	if !e.closed || e.fact.SupersededBy == "" || after != nil && e.fact.SupersededBy == after.fact.ID {
		if e.filed {
			e.change()
		}
		e.successor, n.follows = n, e
	}
}

// cut ends a stay, at the latest when another one begins.
func (e *entry) cut(at time.Time) {
	at = clamp(at, e.fact.Valid)
	if !at.Equal(e.fact.Valid.Until) {
		e.change().Valid.Until = at
	}
}

// interrupt ends a stay for a new one, and returns what follows that: the rest of the stay, when it was said to hold once more
// later on, or what stands after both.
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
			before.change().Valid.Until = time.Time{} // it ended where that began, which begins later now
		}
		before.cut(n.fact.Valid.From)
		return after
	}
	f := *old
	f.ID, f.Vector, f.Supersedes, f.SupersededBy, f.RecordedAt, f.BegunBy = "", nil, "", "", p.in.Now, time.Time{}
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

// extend makes a stay begin earlier, as is said late.
func (p *planner) extend(it *item, t timeline, before, e *entry) {
	if !e.closed {
		p.reinforce(e)
	}
	at, old := it.fact.Position(), e.fact.Position()
	e.setTeller(it)
	f := e.change()
	e.renumber = true
	// What was said since when holds from then to when it was said, and not in all of the time since what is said now.
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
	for _, o := range e.replaced { // in this plan
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

// believe works out when an entry was believed that became known at Known.From of its fact, and cuts what was believed of others
// at that time: of two the one that stands later counts. first is from when the entry was believed so far, zero for a new one;
// over is what it yields to, rest what follows it new; both may be nil.
func (p *planner) believe(t timeline, e *entry, first time.Time, over, rest *entry) {
	f := e.fact
	known := f.Known.From
	var next time.Time
	blocked := false
	meet := func(g *record.Fact, cut func(time.Time)) {
		until := g.Known.Until
		switch {
		case !until.IsZero() && (!until.After(known) || !g.Known.From.Before(until)): // before that, or never
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
	case !first.IsZero() && first.Before(f.Known.Until): // it was believed before, from later on
	case blocked, next.IsZero():
		f.Known.Until = known
	default:
		f.Known.Until = next
	}
}
