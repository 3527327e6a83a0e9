// Package reconcile plans writes. From current facts and a new extraction it computes which facts to create, which to close and with
// which successor, which to reinforce, and which uncertainties to store. It is pure: no I/O, no clock, no randomness. The store applies
// a [Plan] in one transaction with the slots of the closed facts as preconditions. If one of them has changed, the write is planned again.
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

// Input is the input of a plan. Make does not change it; the plan shares its slices.
type Input struct {
	Extraction record.Extraction
	// Live are the live facts about the entities that the extraction touches, whether as subject or as object,
	// and about [record.UserEntity] and Speaker, in any scope. Facts of other scope sets and closed ones are ignored.
	Live []record.Fact
	// History returns the closed facts of an entity and key in the scope set, in the order of [record.CompareInTime]. Late statements
	// are inserted among them, and a replay does not store facts again that were superseded, ended or forgotten. Nil: there are none.
	// The facts are not changed.
	History func(kind record.Kind, entity, key string) []*record.Fact
	// Instructions finds the active instructions that ask for a deed or forbid it, by their [record.Deed], in any scope;
	// nil: there are none.
	Instructions func(deed string) []record.Instruction
	// Revoked are active instructions that the speaker asks to forget.
	Revoked []Revoked
	// Questions finds the unresolved uncertainties by the normalised words that they are about, in any scope; nil: there
	// are none. They are not stored twice, and a clear statement resolves them.
	Questions func(about string) []record.OpenQuestion
	// Entities has the entities that every reader of the target scopes may know, by [record.EntityRef.Key]: the touched entities, if
	// they exist, and entities with the name of a touched one and the type unknown or a known type. Their Scopes say whether they
	// appear in the target scope set or elsewhere.
	Entities map[string]record.Entity
	// Speaker is the person that "I" means: zero or [record.UserEntity] while unknown.
	Speaker record.EntityRef
	// Attributed says that the caller named the speaker. A name in the text is then another name of that person.
	Attributed bool
	// Others are the other speakers of the session.
	Others []record.EntityRef
	// Accounts maps the key of a name to the person that the name stands for ([record.Account]).
	Accounts map[string]record.EntityRef
	// Merge is an entity that a caller merges into another one. Its live facts are carried over, and its name stands for the other entity from
	// then on.
	Merge Merge
	// Source is the provenance of the extraction; Span is filled in for each item.
	Source record.Source
	// Secondhand says that nobody speaks about herself in the text, because its role is not user.
	Secondhand bool
	// Recent reports whether a turn is the user's previous message in the session; nil: there is none.
	Recent func(turn string) bool
	// First says that nothing was extracted from the Source before, so that the extraction is not a replay.
	First bool
	// Proven is when the newest evidence of a conclusion was recorded. Only a Source of a derived kind has it.
	Proven time.Time
	// Text is the text that the spans quote; "" for triples. A span outside of it is dropped.
	Text string
	// Offset is where Text begins in the origin, which the spans of sources are positions of.
	Offset int
	// Scopes is the canonical scope set to write to, ScopeKey its scope.Key.
	Scopes   record.ScopeSet
	ScopeKey string
	Labels   []string
	// Spoken is when the text was said (valid time), Observed the transaction time, Now the system time. A zero Observed is Spoken. A zero
	// Spoken is Observed, or Now if both are zero.
	Spoken, Observed, Now time.Time
	// NewID returns an id for a new record of a table. It is called once for each record of the plan that has an
	// id, in an order that depends only on the input.
	NewID func(table string) string
	// Floor is the least confidence of a fact. A statement below it becomes a question. 0: DefaultFloor.
	Floor float64
	// Single reports whether a key or label holds one value at a time. Nil: none does.
	Single func(kind record.Kind, key string) bool
}

// Revoked is an instruction with the words that take it back.
type Revoked struct {
	record.Instruction
	By record.Span
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

// Plan has the changes of a write. All closings apply before all creations.
type Plan struct {
	// Entities are new in the scope set. Their CreatedAt and UpdatedAt are Now.
	Entities []record.Entity
	// Raised are known entities of the scope set that get a higher category, as they are to be stored.
	Raised []record.Entity
	// Create are the new facts. Facts about an earlier time than the live facts are created closed.
	Create []record.Fact
	// Amend are live and closed facts whose times change; an id occurs once. They apply before the closings.
	Amend []Amendment
	// Close are the facts to close; an id occurs once.
	Close []Closing
	// Reinforced are the ids of live facts and instructions that were said again.
	Reinforced []string
	// Instructions are new and active.
	Instructions []record.Instruction
	// CloseInstructions are the instructions to close; their ValidUntil is zero.
	CloseInstructions []Closing
	// Questions are the uncertainties to store.
	Questions []record.OpenQuestion
	// Resolved are the ids of open questions that are answered now.
	Resolved []string
	// Corrections are the superseded values with their successors.
	Corrections []Correction
}

// Empty reports whether the plan stores nothing new and ends nothing; it may still reinforce.
func (p *Plan) Empty() bool {
	return len(p.Entities)+len(p.Raised)+len(p.Create)+len(p.Amend)+len(p.Close)+len(p.Instructions)+
		len(p.CloseInstructions)+len(p.Questions)+len(p.Resolved) == 0
}

// Closing closes a live fact or instruction.
type Closing struct {
	ID string
	// Slot is the slot that the record must still fill when the plan is applied.
	Slot string
	// KnownUntil and RetiredAt are always set. ValidUntil is set only if it changes: the zero time keeps the fact's value.
	KnownUntil, ValidUntil, RetiredAt time.Time
	// SupersededBy is the id of the successor, or "".
	SupersededBy string
	// Yielded says that the fact did not end in the world: it was corrected, or continues as its successor.
	Yielded bool
	// EndedBy is the id of the source that ended the fact, if it has no successor.
	EndedBy string
	// Reason is the reason that the caller gave for closing it.
	Reason string
	// Forgotten says that a speaker asked to forget it. It is not stored.
	Forgotten bool
}

// Correction is a superseded value with its successor.
type Correction struct {
	Entity             record.EntityRef
	Key                string
	OldID, NewID       string
	OldValue, NewValue string
}

// Make plans a write. The rules, for each entity and key within one scope set:
//
//   - A statement below [Input.Floor] becomes a question, not a fact.
//   - A statement with the value of a live fact reinforces that fact.
//   - A key that holds several values, and any fact of the context category, has one live fact for each value.
//   - Another value for a single-valued key supersedes the head if it outweighs the head. It outweighs it with a source of higher rank
//     (documents and upserts rank above all others), or of the same rank and at least equal confidence. Confidences are compared in whole
//     tenths, rounded down, so that 0.95 and 0.9 are equal. Within a rank, what a person says of herself outweighs what others say of her,
//     at any confidence. A value that does not outweigh the head is stored beside it as a contested fact (Many set), with a question that
//     names both values.
//   - A place does not contradict a place that it lies in: the narrower of the two is the head.
//   - A value that is told as an additional one beside the head closes nothing.
//   - The next statement that outweighs what it contradicts settles a contested key: contested facts with other values are closed, and the
//     questions about the key are resolved.
//   - Of two values for a single-valued key in one extraction, the later in the text wins, unless its confidence is lower. The other values
//     become a question.
//   - A statement about a time before the head held does not supersede the head. It is stored closed, in its place in the timeline of the
//     key. If it outranks its successor, a question says so.
//   - A statement about something that had already ended is a past fact beside the head. If it says that a live fact ended, that fact is
//     closed instead. A value with an unknown start or end gives way to a period that was told with both ends.
//   - An invalidation closes the facts that it matches, except facts of a source with higher rank (which gives a question), facts that
//     their subject told while another person speaks now (a question puts them in doubt), facts that were learned later, and past facts. A
//     late invalidation shortens the closed period that it falls into, unless the value was said again after that. An invalidation that the
//     same extraction contradicts becomes a question, and so does the statement that contradicts it.
//   - Of two instructions that exclude each other ([record.Order]) the later supersedes the earlier.
//   - A conclusion ([record.SourceKind.Derived]) is only stored for a key about which nothing was said, and gives way to whatever is said
//     later: see concludes and concede.
//   - A speaker who says a name becomes the subject of the facts about the unnamed speaker. A speaker whom the caller names stays the same
//     person: a name in the text is another name of that person, and no facts move.
func Make(in Input) Plan {
	p := newPlanner(&in)
	p.meet()
	p.merge()
	p.adoptUnknown()
	p.file()
	current, past := p.items()
	current, ends := p.contradictions(current)
	current = p.rivals(coarse(current))
	if p.rank < 0 {
		current = slices.DeleteFunc(current, func(it *item) bool { return !p.concludes(it) })
	}
	p.asserted, p.ends = current, ends
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
	for _, it := range current { // whether the head stays must be known first
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
	p.revoke()
	p.mention()
	return p.finish()
}

// planner is the state of one call of Make.
type planner struct {
	in   *Input
	rank int
	plan Plan

	keys    map[record.EntityRef]string // cached keys of entities
	last    keyed
	aliases map[string]record.EntityRef // by entity key: the entity that the extraction means by it
	moves   map[string]record.EntityRef // by entity key: the entity that its live facts are carried over to
	name    *item                       // the name that the speaker said, as a statement
	renamed record.EntityRef            // the shorter name that it replaces

	past    map[string]*entry // closed facts that the plan looks at, by id
	filings []*entry          // the same, in the order of first use

	entries  []*entry // of stored facts, in the order of Live
	entered  []*entry
	families map[family][]*entry
	created  []*entry // in order: carried-over facts, past facts, heads, values of keys that hold several
	asserted []*item
	ends     []end
	// conclusions are the live conclusions in the scope set, which take no part in a plan of what was said.
	conclusions []*record.Fact

	touched []record.Entity
	seen    map[string]int // by entity key: its index in touched

	raised   map[string]bool // topics of the questions that this plan asks, even if they are open already
	linked   []link
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

// finish gives new records their ids, links closed facts to their successors, and returns the plan.
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
	p.concede()
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

// amend writes the amendment of an entry, if its times changed.
func (p *planner) amend(e *entry) {
	if !e.amended {
		return
	}
	f := e.fact
	a := Amendment{
		ID: f.ID, Valid: f.Valid, Known: f.Known, Spoken: f.Spoken, BegunBy: f.BegunBy, Again: f.Again, Yielded: f.Yielded,
		Supersedes: f.Supersedes, SupersededBy: f.SupersededBy, By: f.By, Renumber: e.renumber,
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
	c.Forgotten = e.forgotten && !e.carried()
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
	if s == nil {
		c.EndedBy = p.in.Source.Ref
	}
	p.plan.Close = append(p.plan.Close, c)
}

// correct writes the corrections: values that were superseded by another value, in the order of the new facts.
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

// reinforce records that a live fact was said again. A fact that is carried over in this plan is created anew, so it needs no
// reinforcement.
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
