package tenancy

// A Context goes through the states of its entry in the registry:
//
//	absent → creating → ready → deleting → absent
//
// and from creating back to absent if the creation fails. The table below gives the next step of a call. It depends only on the goal of the
// call and on the situation that the call has found. A process may crash between any two steps: each situation that it can leave behind has
// a row in the table.

// goal is what a call wants. The values of goal, state, holder and content are bit sets, so that one row of the table can cover several.
type goal uint8

const (
	toCreate goal = 1 << iota // create a Context
	toUndo                    // remove the failed creation
	toRemove                  // remove a Context and its database
	toSweep                   // remove the leftovers of another call
	toOpen                    // find a Context that is ready

	toClear = toUndo | toRemove | toSweep
)

// state is the state of the entry, as this call knows it.
type state uint8

const (
	absent state = 1 << iota
	creating
	ready
	deleting

	unfinished = creating | deleting
	registered = unfinished | ready
)

// holder is the holder of the claim on an entry. Each step towards ready or absent is taken under a claim, and no two calls share a
// claim.
type holder uint8

const (
	nobody  holder = 1 << iota // the holder gave the claim up, crashed, or reached its goal
	others                     // another call, in this or another process, may be at work
	builder                    // this call, which creates the Context
	remover                    // this call, which removes the Context
	faster                     // another call, which has changed the entry since this call read it

	anyone = nobody | others | builder | remover | faster
)

// content says what happens to the database when the Context is removed.
type content uint8

const (
	dropped content = 1 << iota // it is dropped: it was created for the Context, or the Context was ready
	emptied                     // it existed before and was empty: the rows of the creation are removed
	kept                        // it existed before, or is gone already

	whatever = dropped | emptied | kept
)

// step is the next step of a call.
type step uint8

const (
	impossible step = iota // no sequence of steps leads here
	look                   // read the entry
	register               // absent → creating: claim the id and the database
	build                  // creating → ready: create the database, and fill it
	clearAway              // remove the leftovers of another call
	condemn                // → deleting, under a new claim; from then on the database may be dropped
	seize                  // take over the claim alone: the database stays
	drop                   // remove the database
	empty                  // remove the rows from the database
	forget                 // → absent
	finish                 // the goal is reached, or another call takes care of it
	refuseTaken
	refuseBusy
	refuseMissing
)

// situation is what a call knows about a Context.
type situation struct {
	state    state
	holder   holder
	database content
}

// transitions says what a call does next. At most one row matches a goal in a situation.
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

	// The claim changes first, so that a delayed statement of the creation finds another claim and fails. An entry whose database must stay
	// is never in deleting, because any call may drop the database of such an entry.
	{toUndo, creating, builder, dropped, condemn},
	{toUndo, creating, builder, emptied | kept, seize},
	{toUndo, creating, faster, whatever, look},
	{toUndo, ready, builder, whatever, finish}, // the Context was created and only the reply was lost
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

// next returns the next step by the table.
func next(want goal, at situation) step {
	for _, t := range transitions {
		if t.goals&want != 0 && t.states&at.state != 0 && t.holders&at.holder != 0 && t.databases&at.database != 0 {
			return t.next
		}
	}
	return impossible
}
