package reconcile

import (
	"cmp"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// rank orders the kinds of source: what documents and operators say stands over what was only said.
func rank(kind record.SourceKind) int {
	if kind == record.FromDocument || kind == record.FromUpsert {
		return 1
	}
	return 0
}

// tenths is the granularity in which confidences are compared. The addition keeps 0.7 at seven tenths.
func tenths(confidence float64) int { return int(confidence*10 + 1e-9) }

// family is what the live facts of one key have in common, whatever their values.
type family struct {
	kind        record.Kind
	entity, key string
}

// entry is a fact in the ledger of the plan: one of the store, as it will stand, or a new one.
type entry struct {
	fact   *record.Fact // as it will stand; a copy where it is new or carried over
	stored *record.Fact // what the store holds; nil for a new one
	entity string       // key of the entity, once it was entered
	value  string       // SameAs, once it was asked for

	moved  bool // carried over to another entity
	closed bool // ended by what took its place, or, when new, filed closed
	ending bool // ended by an invalidation or a past statement; a new head may still take its place
	told   bool // ended by a past statement
	// twisted: not carried over because it would relate an entity to itself
	twisted  bool
	filed    bool // closed before this plan, or created closed by it
	amended  bool // the store has to change what it says of when it held
	renumber bool // it begins with a statement of this plan
	yielded  bool // another one took its place without its having ended
	until    time.Time
	known    time.Time // until when it was believed at the latest; zero: until now

	successor   *entry
	predecessor *entry   // the one that Supersedes names
	follows     *entry   // the one before it in time, which Supersedes names when there is no predecessor
	replaced    []*entry // what it took the place of
}

func (e *entry) family() family { return family{e.fact.Kind, e.entity, e.fact.Key} }

func (e *entry) same() string {
	if e.value == "" {
		e.value = e.fact.SameAs()
	}
	return e.value
}

// carried reports whether the fact is created anew for another entity.
func (e *entry) carried() bool { return e.moved && !e.closed && !e.ending }

// heir is the entry that took its place and exists after the plan: a copy that was to be carried over and was
// itself replaced in the same plan is never stored.
func (e *entry) heir() *entry {
	s := e.successor
	for s != nil && s.moved && !s.carried() {
		s = s.successor
	}
	return s
}

// contested reports whether a fact of a single key stands beside the head because the two contradict.
func (e *entry) contested() bool { return e.fact.Contested() }

// later reports whether the fact became known after what comes now was observed.
func (p *planner) later(e *entry) bool { return p.in.Observed.Before(e.fact.Known.From) }

// outweighs reports whether a statement of the rank replaces a fact.
func outweighs(r int, it, f *record.Fact) bool {
	other := rank(f.Source.Kind)
	switch {
	case r != other:
		return r > other
	case hearsay(it.By, f), hearsay(f.By, it):
		return it.By == record.BySubject
	}
	return tenths(it.Confidence) >= tenths(f.Confidence)
}

// hearsay reports whether somebody else speaks of what the subject of a fact has said of herself.
func hearsay(by record.Teller, f *record.Fact) bool {
	return by == record.ByOther && f.By == record.BySubject
}

// teller is who tells something of an entity.
func (p *planner) teller(entity string) record.Teller {
	switch {
	case p.in.Source.Kind != record.FromTurn:
		return ""
	case !p.in.Secondhand && (entity == userKey || entity == p.key(p.canonical(record.UserEntity))):
		return record.BySubject
	}
	return record.ByOther
}

// bound reports whether what comes may not end a fact: that has a source of higher rank, or is its subject's own word.
func (p *planner) bound(f *record.Fact) bool {
	return rank(f.Source.Kind) > p.rank || rank(f.Source.Kind) == p.rank && hearsay(p.teller(p.key(f.Entity)), f)
}

// file enters the live facts of the scope set in the ledger and carries over those whose entity is another now.
func (p *planner) file() {
	all := make([]entry, len(p.in.Live))
	p.entries = make([]*entry, 0, len(p.in.Live))
	p.entered = make([]*entry, 0, len(p.in.Live)+8)
	var moving []*entry
	for i := range p.in.Live {
		f := &p.in.Live[i]
		if !f.Live() || !f.Scopes.Equal(p.in.Scopes) {
			continue
		}
		e := &all[i]
		*e = entry{fact: f, stored: f}
		p.entries = append(p.entries, e)
		if len(p.moves) > 0 && p.readdress(e) {
			moving = append(moving, e)
			continue
		}
		p.enter(e)
	}
	slices.SortStableFunc(moving, func(a, b *entry) int {
		return cmp.Or(a.stored.Known.From.Compare(b.stored.Known.From), cmp.Compare(a.stored.ID, b.stored.ID))
	})
	for _, e := range moving {
		p.carry(e)
	}
}

// enter makes an entry a member of its family.
func (p *planner) enter(e *entry) {
	e.entity = p.key(e.fact.Entity)
	p.entered = append(p.entered, e)
	if f := e.family(); p.families[f] != nil {
		p.families[f] = append(p.families[f], e)
	}
}

// members are the entries of a family, in the order in which they were entered. They are looked for when they are
// first asked for: most facts that are live about an entity are not what a text is about.
func (p *planner) members(f family) []*entry {
	if m, ok := p.families[f]; ok {
		return m
	}
	m := []*entry{}
	for _, e := range p.entered {
		if e.fact.Key == f.key && e.entity == f.entity && e.fact.Kind == f.kind {
			m = append(m, e)
		}
	}
	p.families[f] = m
	return m
}

// key is the identity of an entity.
func (p *planner) key(ref record.EntityRef) string {
	if ref == p.last.EntityRef && p.last.key != "" {
		return p.last.key
	}
	k, ok := p.keys[ref]
	if !ok {
		k = ref.Key()
		p.keys[ref] = k
	}
	p.last = keyed{ref, k}
	return k
}

// keyed is an entity with its key.
type keyed struct {
	record.EntityRef
	key string
}

// readdress gives a fact the entities that it is about now, and reports whether they changed. The names of the
// user stay where they are: they say who has spoken.
func (p *planner) readdress(e *entry) bool {
	f := *e.stored
	to, subject := p.moves[p.key(f.Entity)]
	if subject && p.isUser(f.Entity) && f.Key == nameKey {
		return false
	}
	if subject {
		f.Entity = to
	}
	object := false
	if f.Kind == record.KindRelation {
		if to, object = p.moves[p.key(f.Object)]; object {
			if record.Normalise(f.Value) == record.Normalise(f.Object.Name) {
				f.Value = to.Name
			}
			f.Object = to
		}
	}
	if !subject && !object {
		return false
	}
	if f.Kind == record.KindRelation && p.key(f.Entity) == p.key(f.Object) {
		e.twisted = true
		e.ending, e.yielded = p.in.Merge != (Merge{}), p.in.Merge != (Merge{}) // both ends are one now
		return false
	}
	f.ID, f.Supersedes, f.Vector = "", "", nil
	f.Known = record.Interval{From: latest(p.in.Observed, f.Known.From)}
	f.RecordedAt = p.in.Now
	e.fact, e.moved, e.predecessor = &f, true, e
	return true
}

// carry enters a fact at its new entity. Where that one has a fact in the slot already, the one that stands later in
// time stays, unless the earlier one is surer or of higher rank.
func (p *planner) carry(e *entry) {
	members := p.members(family{e.fact.Kind, p.key(e.fact.Entity), e.fact.Key})
	for _, o := range members {
		if o.closed || o.fact.Past != e.fact.Past {
			continue
		}
		equal := o.same() == e.same()
		switch {
		case e.fact.Past && equal && o.fact.Slot("") == e.fact.Slot(""),
			!e.fact.Past && equal && (!o.fact.Many || e.fact.Many):
			p.yield(e, o)
			return
		case e.fact.Past || e.fact.Many || o.fact.Many || equal:
			continue
		case !heldAt(o.fact).Before(e.fact.Position()) || !outweighs(rank(e.fact.Source.Kind), e.fact, o.fact):
			p.yield(e, o)
			return
		default:
			e.fact.Valid.From = begins(e.fact, o.fact)
			p.replace(o, e, e.stored.Known.From)
		}
	}
	if !e.fact.Many && !e.fact.Past {
		p.append(e)
		for _, o := range members {
			if !o.closed && !o.fact.Past && o.fact.Many && o.same() == e.same() {
				p.yield(o, e)
			}
		}
	}
	p.enter(e)
}

// yield closes a fact for another one that says the same, or stands where it would have gone. It did not end in
// the world.
func (p *planner) yield(e, to *entry) {
	e.closed, e.yielded, e.successor, e.until = true, true, to, time.Time{}
}

// replace closes a fact for one with another value. It held until the new one began or, where that is unknown,
// until it was said.
func (p *planner) replace(e, by *entry, said time.Time) {
	if e.contested() {
		e.yielded = true // it was never taken for true
	}
	if from := by.fact.Valid.From; e.ending && from.Before(e.until) && !from.IsZero() {
		e.until = clamp(from, e.fact.Valid)
	}
	if !e.ending {
		e.until = said
		if from := by.fact.Valid.From; !from.IsZero() {
			e.until, e.yielded = from, e.yielded || from.Before(e.fact.Position())
		}
		e.until = clamp(e.until, e.fact.Valid)
	}
	e.closed, e.successor = true, by
	by.replaced = append(by.replaced, e)
	if e.moved {
		by.replaced = append(by.replaced, e.replaced...)
	}
	if by.predecessor == nil {
		by.predecessor = e
	}
}

// clamp keeps an end inside the interval that a fact is said to hold.
func clamp(t time.Time, held record.Interval) time.Time {
	if !held.Until.IsZero() && t.After(held.Until) {
		t = held.Until
	}
	return latest(t, held.From)
}
