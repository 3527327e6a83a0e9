package reconcile

import (
	"cmp"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// rank ranks the kinds of sources. Documents and upserts rank above everything that was only said, and conclusions below it.
func rank(kind record.SourceKind) int {
	switch {
	case kind == record.FromDocument || kind == record.FromUpsert:
		return 1
	case kind.Derived():
		return -1
	}
	return 0
}

// tenths returns a confidence in whole tenths, in which confidences are compared. The addition keeps 0.7 at seven tenths despite rounding
// errors.
func tenths(confidence float64) int { return int(confidence*10 + 1e-9) }

// family identifies the live facts of one key, whatever their values.
type family struct {
	kind        record.Kind
	entity, key string
}

// entry is a fact in the ledger of the plan: a stored fact with its planned state, or a new one.
type entry struct {
	fact   *record.Fact // the planned state; a copy if it is new or carried over
	stored *record.Fact // the stored state; nil for a new fact
	entity string       // key of the entity, set by enter
	value  string       // cached SameAs

	moved  bool // carried over to another entity
	closed bool // superseded, or created closed
	ending bool // ended by an invalidation or a past statement; a new head may still supersede it
	told   bool // ended by a past statement
	// forgotten says that the invalidation that ended it is a request to forget it.
	forgotten bool
	// twisted says that the fact is not carried over, because it would relate an entity to itself.
	twisted  bool
	filed    bool // closed before this plan, or created closed by it
	amended  bool // its times changed, so the plan has an amendment for it
	renumber bool // it now begins with a statement of this plan
	yielded  bool // it was superseded without having ended
	until    time.Time
	known    time.Time // latest end of the interval in which it was believed; zero: now

	successor   *entry
	predecessor *entry   // the fact that Supersedes names
	follows     *entry   // the previous fact in time; Supersedes names it if there is no predecessor
	replaced    []*entry // the facts that it superseded
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

// heir returns the successor that exists after the plan. It skips copies that were to be carried over and were themselves replaced in this
// plan: such copies are never stored.
func (e *entry) heir() *entry {
	s := e.successor
	for s != nil && s.moved && !s.carried() {
		s = s.successor
	}
	return s
}

// contested reports whether the fact of a single-valued key contradicts the head and is kept beside it.
func (e *entry) contested() bool { return e.fact.Contested() }

// later reports whether the fact became known after the observation time of this plan.
func (p *planner) later(e *entry) bool { return p.in.Observed.Before(e.fact.Known.From) }

// outweighs reports whether a statement of rank r replaces a fact.
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

// hearsay reports whether a teller is another person, while the subject of the fact has told it herself.
func hearsay(by record.Teller, f *record.Fact) bool {
	return by == record.ByOther && f.By == record.BySubject
}

// teller returns the teller of a statement about an entity.
func (p *planner) teller(entity string) record.Teller {
	switch {
	case p.in.Source.Kind != record.FromTurn:
		return ""
	case !p.in.Secondhand && (entity == userKey || entity == p.key(p.canonical(record.UserEntity))):
		return record.BySubject
	}
	return record.ByOther
}

// bound reports whether this plan may not end a fact, because its source has a higher rank or because its subject told it and another
// person speaks now.
func (p *planner) bound(f *record.Fact) bool {
	return rank(f.Source.Kind) > p.rank || rank(f.Source.Kind) == p.rank && hearsay(p.teller(p.key(f.Entity)), f)
}

// file adds the live facts of the scope set to the ledger. It carries over facts whose entity has changed.
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
		if p.outranks(f) {
			p.conclusions = append(p.conclusions, f)
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

// enter adds an entry to its family.
func (p *planner) enter(e *entry) {
	e.entity = p.key(e.fact.Entity)
	p.entered = append(p.entered, e)
	if f := e.family(); p.families[f] != nil {
		p.families[f] = append(p.families[f], e)
	}
}

// members returns the entries of a family in the order in which they were entered. A family is collected on first use, because a text is
// about few of the facts of an entity.
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

// key returns the key of an entity. It caches the keys.
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

// readdress replaces the entities of a fact by those that it is about now, and reports whether they changed. The names of the user stay
// where they are, because they say who has spoken.
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
		e.ending, e.yielded = p.in.Merge != (Merge{}), p.in.Merge != (Merge{}) // both ends are one entity now
		return false
	}
	f.ID, f.Supersedes, f.Vector = "", "", nil
	f.Known = record.Interval{From: latest(p.in.Observed, f.Known.From)}
	f.Anew(e.stored, p.in.Now)
	e.fact, e.moved, e.predecessor = &f, true, e
	return true
}

// carry enters a fact at its new entity. If that entity has a fact in the same slot, the later of the two in time stays, unless the earlier
// one is more confident or of higher rank.
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

// yield closes a fact in favour of another one that says the same or that takes its place. The fact did not end in the world.
func (p *planner) yield(e, to *entry) {
	e.closed, e.yielded, e.successor, e.until = true, true, to, time.Time{}
}

// replace closes a fact in favour of one with another value. The fact held until the new one began or, if that is unknown, until the new
// one was said.
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

// clamp moves an end into the stated interval of a fact.
func clamp(t time.Time, held record.Interval) time.Time {
	if !held.Until.IsZero() && t.After(held.Until) {
		t = held.Until
	}
	return latest(t, held.From)
}
