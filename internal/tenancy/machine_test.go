package tenancy

import (
	"fmt"
	"testing"
)

var (
	goals    = []goal{toCreate, toUndo, toRemove, toSweep, toOpen}
	allState = []state{absent, creating, ready, deleting}
	holders  = []holder{nobody, others, builder, remover, faster}
	contents = []content{dropped, emptied, kept}
)

// TestTransitionsAreUnambiguous checks that at most one row of the table matches a goal in a situation, and that next returns it.
func TestTransitionsAreUnambiguous(t *testing.T) {
	t.Parallel()
	used := map[int]bool{}
	for _, want := range goals {
		for _, s := range allState {
			for _, h := range holders {
				for _, c := range contents {
					step := impossible
					for i, row := range transitions {
						if row.goals&want == 0 || row.states&s == 0 || row.holders&h == 0 || row.databases&c == 0 {
							continue
						}
						if used[i] = true; step != impossible {
							t.Errorf("two rows for goal %d, state %d, holder %d, database %d", want, s, h, c)
						}
						step = row.next
					}
					if got := next(want, situation{s, h, c}); got != step {
						t.Errorf("goal %d, state %d, holder %d, database %d: step %d, want %d", want, s, h, c, got, step)
					}
				}
			}
		}
	}
	for i := range transitions {
		if !used[i] {
			t.Errorf("row %d is for nothing", i)
		}
	}
}

// TestTransitionsAreSafe checks that each row keeps the guarantees of the registry.
func TestTransitionsAreSafe(t *testing.T) {
	t.Parallel()
	for _, want := range goals {
		for _, s := range allState {
			for _, h := range holders {
				for _, c := range contents {
					at := situation{s, h, c}
					step := next(want, at)
					for promise, broken := range map[string]bool{
						"a database that was there before is not dropped":           step == drop && c != dropped,
						"what may be dropped is what this call takes away":          step == drop && (s != deleting || h != remover),
						"rows are removed where the creation wrote them":            step == empty && (c != emptied || h != remover),
						"the entry outlives the database":                           step == forget && c != kept,
						"an entry is removed by who holds the claim":                step == forget && h != remover,
						"what another call works on is left to it":                  h == others && s&unfinished != 0 && (step == condemn || step == seize || step == clearAway),
						"a database that stays is not that of an entry in deleting": step == condemn && s == creating && c != dropped,
						"nothing is refused once something was taken":               (step == refuseTaken || step == refuseBusy || step == refuseMissing) && (h == remover || h == builder),
						"who opens a Context changes nothing":                       want == toOpen && step != impossible && step != finish && step != refuseMissing,
						"a Context is made of nothing":                              (step == register) != (want == toCreate && s == absent),
						"a Context that is ready goes when that is asked for":       step == condemn && s == ready && want != toRemove,
					} {
						if broken {
							t.Errorf("goal %d in %+v: step %d: not true that %s", want, at, step, promise)
						}
					}
				}
			}
		}
	}
}

// claim names a claim: the call that made it, and its number. The zero value belongs to nobody.
type claim struct{ call, number int }

// row is the entry in the model of the registry, with the database of the Context.
type row struct {
	state   state
	claim   claim
	content content // the recorded content of the database
	before  content // its content when the Context was claimed; also dropped once the Context was ready
	gone    bool    // the database was dropped
}

// caller is a call in the model: its goal, its knowledge, and the number of its claims.
type caller struct {
	want, then goal // then: the next goal after a sweep; 0: none
	at         situation
	seen       claim // claim of the entry that at describes
	claims     int
	done, dead bool
}

// world is a state of the model.
type world struct {
	row   row
	calls [2]caller
	late  bool // claims of running calls have expired
}

// look returns the world after a call has read the entry.
func (w world) look(i int) world {
	c := &w.calls[i]
	c.seen = w.row.claim
	switch {
	case w.row.state == absent:
		c.at = situation{absent, nobody, kept}
		return w
	case w.row.state == creating:
		c.at = situation{creating, nobody, w.row.content}
	default:
		c.at = situation{w.row.state, nobody, dropped}
	}
	holder := w.row.claim.call - 1
	switch {
	case holder == i && c.want == toUndo && w.row.claim.number == c.claims:
		c.at.holder = builder
	case holder >= 0 && !w.calls[holder].dead && !w.late:
		c.at.holder = others
	}
	return w
}

// claim makes a new claim of a call.
func (c *caller) claim(i int) claim {
	c.claims++
	return claim{i + 1, c.claims}
}

// steps returns the worlds that one step of a call may lead to. found has the possible contents of a new Context's database.
func (w world) steps(t *testing.T, i int, found []content) (out []world) {
	c := &w.calls[i]
	step := next(c.want, c.at)
	mine := w.row.claim == c.seen && c.seen.call == i+1 && w.row.state != absent
	switch step {
	case impossible:
		t.Errorf("a dead end: %+v", w)
	case finish:
		if c.then != 0 {
			c.want, c.then, c.at, c.seen = c.then, 0, situation{absent, nobody, kept}, claim{}
		} else {
			c.done = true
		}
	case refuseTaken, refuseBusy, refuseMissing:
		c.done = true
	case look:
		w = w.look(i)
	case register:
		if w.row.state != absent {
			return []world{w.look(i)}
		}
		for _, database := range found {
			v := w
			c := &v.calls[i]
			c.seen = c.claim(i)
			v.row = row{creating, c.seen, database, database, false}
			c.at = situation{creating, builder, database}
			out = append(out, v)
		}
		return out
	case build:
		failed := w
		failed.calls[i].want = toUndo
		out = append(out, failed)
		if !mine {
			return out
		}
		w.row.state, w.row.before = ready, dropped
		lost := w // the reply
		lost.calls[i].want = toUndo
		out = append(out, lost)
		c.at.state = ready
	case clearAway:
		c.want, c.then = toSweep, c.want
	case condemn, seize:
		if w.row.state != c.at.state || w.row.claim != c.seen {
			c.at.holder = faster
			break
		}
		if step == condemn {
			w.row.state = deleting
		}
		c.seen = c.claim(i)
		w.row.claim = c.seen
		c.at.state, c.at.holder = w.row.state, remover
	case drop:
		if !mine {
			c.at.holder = faster
			break
		}
		if w.row.before != dropped {
			t.Errorf("a database that was there before is dropped: %+v", w)
		}
		w.row.gone = true
		c.at.database = kept
	case empty:
		c.at.database = kept
	case forget:
		if mine {
			w.row = row{state: absent, content: kept, before: kept}
		}
		c.at.state = absent
	}
	return append(out, w)
}

// alone runs one new call alone and returns the final world. The call must end.
func (w world) alone(t *testing.T, want goal) world {
	w.late = true // all earlier calls have stopped
	w.calls[0] = caller{want: want, at: situation{absent, nobody, kept}, claims: 100}
	if want != toCreate {
		w = w.look(0)
	}
	for range 20 {
		if w.calls[0].done {
			return w
		}
		all := w.steps(t, 0, []content{dropped})
		w = all[len(all)-1] // nothing fails
	}
	t.Errorf("no end: %+v", w)
	return w
}

// mostClaims is the number of claims of a call after which the model stops following it, because two slow calls with expired claims could
// take over from each other forever.
const mostClaims = 2

// TestEveryOrderOfTwoCalls runs the steps of two calls that create or delete one Context in every order. Each may fail or crash anywhere,
// and claims may expire although their holder is alive. In every case a database that existed before is kept unless a Context was ready in
// it, and the next call can create or delete the id.
func TestEveryOrderOfTwoCalls(t *testing.T) {
	t.Parallel()
	for _, wants := range [][2]goal{{toCreate, toCreate}, {toCreate, toRemove}, {toRemove, toRemove}, {toRemove, toSweep}} {
		for _, start := range []row{
			{state: absent, content: kept, before: kept},
			{state: ready, content: dropped, before: dropped},
			{state: ready, content: kept, before: dropped},
			{state: creating, content: kept, before: kept},
			{state: creating, content: emptied, before: emptied},
			{state: creating, content: dropped, before: dropped},
			{state: deleting, content: dropped, before: dropped},
		} {
			first := world{row: start}
			for i, want := range wants {
				first.calls[i] = caller{want: want, at: situation{absent, nobody, kept}}
				if want != toCreate {
					first = first.look(i)
				}
			}
			seen := map[world]bool{first: true}
			made := 0
			for queue := []world{first}; len(queue) > 0; {
				w := queue[len(queue)-1]
				queue = queue[:len(queue)-1]
				if w.row.gone && w.row.state == creating || w.row.state == ready && w.row.gone {
					t.Fatalf("no database: %+v", w)
				}
				if w.row.state == ready {
					made++
				}
				then := w.alone(t, toCreate)
				if then.row.state != ready || then.row.gone {
					t.Fatalf("the id cannot be used: %+v", w)
				}
				if then = w.alone(t, toRemove); then.row.state != absent {
					t.Fatalf("what is left cannot be deleted: %+v", w)
				}
				var more []world
				for i, c := range w.calls {
					if c.done || c.dead || c.claims > mostClaims {
						continue
					}
					crashed := w
					crashed.calls[i].dead = true
					more = append(more, crashed)
					more = append(more, w.steps(t, i, contents)...)
				}
				if !w.late {
					late := w
					late.late = true
					more = append(more, late)
				}
				for _, v := range more {
					if !seen[v] {
						seen[v] = true
						queue = append(queue, v)
					}
				}
			}
			if len(seen) < 10 || made == 0 && (wants[0] == toCreate || start.state == ready) {
				t.Errorf("%v from %s: %d worlds, %d of them with a Context", wants, fmt.Sprint(start), len(seen), made)
			}
		}
	}
}
