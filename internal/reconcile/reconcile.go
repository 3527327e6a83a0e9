// Package reconcile plans writes: from what is live and what came it works out which facts to create, which to
// close and with what successor, which were only said again, and what is left open. It is pure: no I/O, no
// clock, no randomness. The store applies a [Plan] in one transaction with the slots of the closed facts as
// preconditions, and plans again when one of them has changed.
//
// One invariant holds after every plan: no two live facts of a scope set fill the same [record.Fact.Slot].
package reconcile

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// DefaultFloor is the Floor of an Input that sets none.
const DefaultFloor = 0.7

// Input is what a plan is made from. Nothing in it is changed; the plan shares its slices.
type Input struct {
	Extraction record.Extraction
	// Live are the live facts about the entities that the extraction touches, whether as subject or as object,
	// and about [record.UserEntity] and Speaker, in any scope. Facts of other scope sets and closed ones are ignored.
	Live []record.Fact
	// History returns the closed facts that an entity has for a key in the scope set, in the order of [record.CompareInTime]. What
	// comes late finds its place among them, and a replay does not file again what was superseded, ended or forgotten. Nil: there
	// are none. The facts stay as they are.
	History func(kind record.Kind, entity, key string) []*record.Fact
	// Instructions finds the active instructions that ask for a deed or forbid it, by their [record.Deed], in any scope;
	// nil: there are none.
	Instructions func(deed string) []record.Instruction
	// Questions finds the unresolved uncertainties by the normalised words that they are about, in any scope; nil: there
	// are none. They are not asked twice, and a clear statement resolves them.
	Questions func(about string) []record.OpenQuestion
	// Entities are the known entities by [record.EntityRef.Key], as all may know them who read what is written here: those
	// touched, where they exist, and those of type unknown or of a known type with the name of one touched. Their Scopes say
	// whether they appear in the scope set that is written to, or are known from elsewhere.
	Entities map[string]record.Entity
	// Speaker is who "I" was taken to be: zero or [record.UserEntity] while unknown.
	Speaker record.EntityRef
	// Attributed says that the caller named the speaker: a name that the text says is another one for that person.
	Attributed bool
	// Others are the other speakers of the session.
	Others []record.EntityRef
	// Accounts are the persons whom a name stands for, by the key of the name ([record.Account]).
	Accounts map[string]record.EntityRef
	// Source is the provenance of what comes; Span is filled for each item.
	Source record.Source
	// First says that nothing was ever read out of the Source before: what comes is no replay.
	First bool
	// Text is what the spans quote; "" for triples. A span that does not lie in it is dropped.
	Text string
	// Scopes is the canonical scope set to write to, ScopeKey its scope.Key.
	Scopes   record.ScopeSet
	ScopeKey string
	Labels   []string
	// Spoken is when it was said (valid time), Observed the transaction time, Now the system time.
	// A zero Observed is Spoken, a zero Spoken is Observed, and Now if both are zero.
	Spoken, Observed, Now time.Time
	// NewID makes the id of a new record of a table. It is called once for each record of the plan that has an
	// id, in an order that depends on the input alone.
	NewID func(table string) string
	// Floor is the confidence below which nothing becomes a fact; what lies below it becomes a question. 0: DefaultFloor.
	Floor float64
	// Single reports whether a key or label holds one value at a time. Nil: none does.
	Single func(kind record.Kind, key string) bool
}

func (in *Input) instructions(deed string) []record.Instruction {
	if in.Instructions == nil {
		return nil
	}
	return in.Instructions(deed)
}

func (in *Input) questions(about string) []record.OpenQuestion {
	if in.Questions == nil {
		return nil
	}
	return in.Questions(about)
}

// Plan is what a write does. All closings apply before all creations.
type Plan struct {
	// Entities appear in the scope set for the first time. Their CreatedAt and UpdatedAt are Now.
	Entities []record.Entity
	// Raised are entities that are known in the scope set, as they are to be stored: of a higher category.
	Raised []record.Entity
	// Create are the new facts. Some are created closed: what was said earlier than what is known now.
	Create []record.Fact
	// Amend are facts whose times change, closed ones and live ones; an id occurs once. They apply before the closings.
	Amend []Amendment
	// Close are the facts that end; an id occurs once.
	Close []Closing
	// Reinforced are the ids of live facts and instructions that were said again.
	Reinforced []string
	// Instructions are new and active.
	Instructions []record.Instruction
	// CloseInstructions are the instructions that end; their ValidUntil is zero.
	CloseInstructions []Closing
	// Questions are the uncertainties to store.
	Questions []record.OpenQuestion
	// Resolved are the ids of open questions that are settled now.
	Resolved []string
	// Corrections are the values that new values took the place of.
	Corrections []Correction
}

// Empty reports whether the plan stores nothing new and ends nothing; it may still reinforce.
func (p *Plan) Empty() bool {
	return len(p.Entities)+len(p.Raised)+len(p.Create)+len(p.Amend)+len(p.Close)+len(p.Instructions)+
		len(p.CloseInstructions)+len(p.Questions)+len(p.Resolved) == 0
}

// Closing ends a live fact or instruction.
type Closing struct {
	ID string
	// Slot is what the record must still fill when the plan is applied.
	Slot string
	// KnownUntil and RetiredAt are always set, ValidUntil only where it is to change: the zero time keeps what
	// the fact has.
	KnownUntil, ValidUntil, RetiredAt time.Time
	// SupersededBy is the id of the record that takes its place; "" when none does.
	SupersededBy string
	// Yielded says that it did not end: it was corrected, or goes on as the fact that takes its place.
	Yielded bool
}

// Correction is a value that another one took the place of.
type Correction struct {
	Entity             record.EntityRef
	Key                string
	OldID, NewID       string
	OldValue, NewValue string
}

// Make plans a write. The rules, for each entity and key within one scope set:
//
//   - Below [Input.Floor] nothing becomes a fact, it becomes a question.
//   - The value of a live fact again: that fact is reinforced.
//   - A key that holds several values, and any fact of the context category: one live fact for each value.
//   - Another value for a single key replaces the head when it outweighs it: a source of higher rank (documents
//     and upserts stand over all others), or of the same rank and at least as sure. Confidences are compared in
//     whole tenths, cut off, so that 0.95 and 0.9 are equally sure. What does not outweigh the head is kept
//     beside it as a contested fact (Many set) with a question that names both values.
//   - A contested key is settled by the next statement that outweighs what it contradicts: contested facts with
//     other values are closed and the questions about the key resolved.
//   - Two values for a single key in one extraction: the later in the text is taken, unless it is less sure; the
//     other values are left to a question.
//   - What is said of a time before the head held does not replace it: it is filed closed, in its place in the timeline of the
//     key. Where it outranks what follows it a question says so.
//   - What had ended when it was said is a past fact, beside the head; where it says that a live fact ended, that
//     one is closed instead. A value of which it is not known when it began or ended gives way to a period that was told with
//     both ends.
//   - Invalidations close what they match, unless it has a source of higher rank (a question), was learned later,
//     or speaks of the past. One that comes late shortens the closed stay that it falls into, unless its value was said to
//     hold again after that. One that the same extraction contradicts is left to a question, and so is what it contradicts.
//   - A speaker who says a name becomes the subject of what was known of the unnamed speaker. One whom the caller names
//     stays who that is: what the text says is another name for that person, and nothing goes over.
func Make(in Input) Plan {
	p := newPlanner(&in)
	p.meet()
	p.adoptUnknown()
	p.file()
	current, past := p.items()
	current, ends := p.contradictions(current)
	current = p.rivals(current)
	p.asserted = current
	for i := range ends {
		p.end(ends[i])
	}
	for _, it := range past {
		p.placePast(it)
	}
	for _, it := range current {
		if !it.fact.Many {
			p.reconcileSingle(it)
		}
	}
	for _, it := range current { // a value beside a head must see whether the head stays
		if it.fact.Many {
			p.add(it)
		}
	}
	for _, it := range slices.Concat(current, past) {
		if !it.fact.Many {
			p.clear(it.family())
		}
	}
	p.instruct()
	p.mention()
	return p.finish()
}

// planner is the state of one call of Make.
type planner struct {
	in   *Input
	rank int
	plan Plan

	keys    map[record.EntityRef]string // of entities, for one normalisation each
	last    keyed
	aliases map[string]record.EntityRef // entity key: whom the extraction means by it
	moves   map[string]record.EntityRef // entity key: to whom its live facts go over
	name    *item                       // the name that the speaker said, as a fact
	renamed record.EntityRef            // the shorter name that it replaces

	past    map[string]*entry // closed facts that the plan looks at, by id
	filings []*entry          // and in order

	entries  []*entry // of the store, in the order of Live
	entered  []*entry
	families map[family][]*entry
	created  []*entry // carried over first, then past facts, heads, and values of keys that hold several
	asserted []*item
	touched  []record.Entity
	seen     map[string]int // entity key: index in touched

	raised   map[string]bool // questions asked in this plan or open already, by what they are about
	answered []string
}

func newPlanner(in *Input) *planner {
	if in.Spoken.IsZero() {
		in.Spoken = in.Observed
	}
	if in.Spoken.IsZero() {
		in.Spoken = in.Now
	}
	if in.Floor == 0 {
		in.Floor = DefaultFloor
	}
	if in.Observed.IsZero() {
		in.Observed = in.Spoken
	}
	return &planner{
		in: in, rank: rank(in.Source.Kind), keys: make(map[record.EntityRef]string, 16),
		families: make(map[family][]*entry, 8),
	}
}

// finish gives everything new its id, links what was closed to what took its place, and writes the plan.
func (p *planner) finish() Plan {
	p.roles()
	var created []*entry
	for _, e := range p.entries {
		if e.carried() {
			p.touchFact(e.fact)
			created = append(created, e)
		}
		if e.twisted && !e.closed && !e.ending {
			to, ok := p.moves[e.entity]
			if !ok {
				to = e.fact.Entity
			}
			p.ask(about(to, e.fact.Key, ""), "it would relate "+display(to)+" to itself", record.Span{})
		}
	}
	p.created = append(created, p.created...)
	for _, e := range p.created {
		e.fact.ID = p.in.NewID(string(e.fact.Kind))
	}
	for _, e := range slices.Concat(p.filings, p.entries) {
		p.amend(e)
	}
	for _, e := range p.entries {
		p.close(e)
	}
	if len(p.created) > 0 {
		p.plan.Create = make([]record.Fact, 0, len(p.created))
	}
	for _, e := range p.created {
		if s := e.heir(); s != nil {
			e.fact.SupersededBy = s.fact.ID
		}
		if e.follows != nil && e.fact.Supersedes == "" {
			e.fact.Supersedes = e.follows.fact.ID
		}
		p.plan.Create = append(p.plan.Create, *e.fact)
	}
	p.correct()
	p.writeEntities()
	p.resolve()
	return p.plan
}

// amend writes what changes of when a fact held.
func (p *planner) amend(e *entry) {
	if !e.amended {
		return
	}
	f := e.fact
	a := Amendment{
		ID: f.ID, Valid: f.Valid, Known: f.Known, Spoken: f.Spoken, BegunBy: f.BegunBy, Again: f.Again, Yielded: f.Yielded,
		Supersedes: f.Supersedes, SupersededBy: f.SupersededBy, Renumber: e.renumber,
	}
	if s := e.heir(); s != nil && e.filed {
		a.SupersededBy = s.fact.ID
	}
	if e.follows != nil {
		a.Supersedes = e.follows.fact.ID
	}
	p.plan.Amend = append(p.plan.Amend, a)
}

// close writes the closing of an entry, if it has one.
func (p *planner) close(e *entry) {
	if !e.closed && !e.ending && !e.moved {
		return
	}
	c := Closing{
		ID: e.stored.ID, Slot: e.stored.Slot(p.in.ScopeKey), RetiredAt: p.in.Now,
		KnownUntil: latest(p.in.Observed, e.stored.Known.From), ValidUntil: e.until, Yielded: e.yielded,
	}
	s := e.heir()
	if e.carried() {
		s, c.ValidUntil, c.Yielded = e, time.Time{}, true
	}
	if s != nil {
		c.SupersededBy = s.fact.ID
		switch {
		case !e.known.IsZero():
			if e.known.Before(c.KnownUntil) {
				c.KnownUntil = latest(e.known, e.stored.Known.From)
			}
		case s.stored == nil || s.moved:
			c.KnownUntil = latest(c.KnownUntil, s.fact.Known.From)
		}
		if s.predecessor == e {
			s.fact.Supersedes = e.stored.ID
		}
	}
	p.plan.Close = append(p.plan.Close, c)
}

// correct reports what was replaced by another value, in the order of the new facts.
func (p *planner) correct() {
	for _, n := range p.created {
		for _, old := range n.replaced {
			if old.same() == n.same() {
				continue
			}
			p.plan.Corrections = append(p.plan.Corrections, Correction{
				Entity: n.fact.Entity, Key: n.fact.Key, OldID: old.stored.ID, NewID: n.fact.ID,
				OldValue: old.fact.Value, NewValue: n.fact.Value,
			})
		}
	}
}

// reinforce notes that a live fact was said again. One that is carried over in this plan is new anyway.
func (p *planner) reinforce(e *entry) {
	if e.stored != nil && !e.moved {
		p.again(e.stored.ID)
	}
}

func (p *planner) again(id string) {
	if !slices.Contains(p.plan.Reinforced, id) {
		p.plan.Reinforced = append(p.plan.Reinforced, id)
	}
}

func latest(times ...time.Time) time.Time {
	out := times[0]
	for _, t := range times[1:] {
		if t.After(out) {
			out = t
		}
	}
	return out
}
