package tenancy

// A Context goes through the states of its entry in the registry:
//
//	absent → creating → ready → deleting → absent
//
// and from creating back to absent when it cannot be made. What a call does next follows from what it wants and what it has found, by
// the table below, and from nothing else. A process may crash between any two steps. What it leaves behind is one of the situations
// that the table has a row for.

// goal is what a call wants. The values of this and the next four types are sets, so that one row of the table can be for several.
type goal uint8

const (
	toCreate goal = 1 << iota // a Context that was not there
	toUndo                    // the creation that failed
	toRemove                  // a Context, and its database with it
	toSweep                   // what another call left behind
	toOpen                    // a Context that is ready

	toClear = toUndo | toRemove | toSweep
)

// state is that of the entry, as this call knows it.
type state uint8

const (
	absent state = 1 << iota
	creating
	ready
	deleting

	unfinished = creating | deleting
	registered = unfinished | ready
)

// holder is who has the claim on an entry. Each step towards ready or absent is taken under a claim, which no two calls share.
type holder uint8

const (
	nobody  holder = 1 << iota // its holder gave it up, crashed, or reached what it wanted
	others                     // another call, here or in another process, may be at work
	builder                    // this call, which makes the Context
	remover                    // this call, which takes it away
	faster                     // another call, which has changed the entry since this one read it

	anyone = nobody | others | builder | remover | faster
)

// content is what becomes of the database when the Context goes.
type content uint8

const (
	dropped content = 1 << iota // it goes as well: it was made for the Context, or the Context was ready
	emptied                     // it was there before, without rows: it gets rid of those that the creation wrote
	kept                        // it was there before, or is gone already

	whatever = dropped | emptied | kept
)

// step is what a call does next.
type step uint8

const (
	impossible step = iota // no sequence of steps leads here
	look                   // read the entry
	register               // absent → creating: claim the id and the database
	build                  // creating → ready: make the database, and fill it
	clearAway              // sweep what another call left behind
	condemn                // → deleting, under a new claim: from here on the database may go
	seize                  // take over the claim and nothing else: the database stays
	drop                   // remove the database
	empty                  // remove the rows from the database
	forget                 // → absent
	finish                 // the goal is reached, or is no longer this call's
	refuseTaken
	refuseBusy
	refuseMissing
)

// situation is what a call knows of a Context.
type situation struct {
	state    state
	holder   holder
	database content
}

// transitions say what a call does next. One row at most is for a goal in a situation.
var transitions = []struct {
	goals     goal
	states    state
	holders   holder
	databases content
	next      step
}{
	{toCreate, absent, anyone, whatever, register},
	{toCreate, creating, builder, whatever, build},
	{toCreate, ready, builder, whatever, finish},
	{toCreate, ready, nobody | others, whatever, refuseTaken},
	{toCreate, unfinished, others, whatever, refuseBusy},
	{toCreate, unfinished, nobody, whatever, clearAway},
	{toCreate, registered, faster, whatever, look},

	// The claim changes first: a statement of the creation that is still on its way finds another one. A database that stays is never
	// that of an entry in deleting, which whoever finds it may drop.
	{toUndo, creating, builder, dropped, condemn},
	{toUndo, creating, builder, emptied | kept, seize},
	{toUndo, creating, faster, whatever, look},
	{toUndo, ready, builder, whatever, finish}, // it was made: only the answer was lost
	{toUndo, deleting, faster, whatever, finish},
	{toUndo, absent | registered, nobody | others, whatever, finish},

	{toRemove, absent, nobody, whatever, refuseMissing},
	{toRemove, ready, nobody | others, whatever, condemn},
	{toRemove, ready, faster, whatever, refuseMissing},
	{toRemove, unfinished, others, whatever, refuseBusy},

	{toSweep, absent | ready, nobody | others, whatever, finish},
	{toSweep, unfinished, others, whatever, finish},

	{toRemove | toSweep, unfinished, nobody, dropped, condemn},
	{toRemove | toSweep, unfinished, nobody, emptied | kept, seize},
	{toRemove | toSweep, unfinished, faster, whatever, finish},

	{toClear, deleting, remover, dropped, drop},
	{toClear, creating, remover, emptied, empty},
	{toClear, unfinished, remover, kept, forget},
	{toClear, absent, remover, whatever, finish},

	{toOpen, ready, nobody | others, whatever, finish},
	{toOpen, absent | unfinished, nobody | others, whatever, refuseMissing},
}

// next returns the step of the table.
func next(want goal, at situation) step {
	for _, t := range transitions {
		if t.goals&want != 0 && t.states&at.state != 0 && t.holders&at.holder != 0 && t.databases&at.database != 0 {
			return t.next
		}
	}
	return impossible
}
