package tenancy

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// claimTime is how long a process may take to create or delete a Context. After this time another process takes over the rest. A
// store with one process does so at once.
const claimTime = 2 * time.Minute

// life takes one Context through the states of the registry, for one call.
type life struct {
	Tenants
	op    string
	entry store.Registered // the entry that the call wants or holds; otherwise the entry that look found
	at    situation
	found store.Registered // the entry that at describes
	*making
	gone *live.Context // the state of the handles on the deleted Context, with its writer's lock held; nil: there are no handles
}

// making has the additional state of a creation.
type making struct {
	admin Administrator
	fill  Filling
	conn  surreal.Conn  // connection to the database
	blank *live.Context // the new Context in memory; nil: it is not known to be empty
}

// run takes steps until the goal is reached or refused.
func (l *life) run(ctx context.Context, want goal) (err error) {
	var erased func()
	defer func() {
		if failed := l.release(ctx); failed != nil {
			err = errors.Join(err, failed)
		}
		if erased != nil {
			erased()
		}
	}()
	for err == nil {
		step := next(want, l.at)
		if erased == nil && (step == condemn || step == seize) {
			erased = l.Erasing(ctx, l.entry.ID, &err)
		}
		switch step {
		case finish:
			return nil
		case refuseTaken, refuseBusy, refuseMissing:
			return l.refusal(want, step)
		case look:
			err = l.look(ctx)
		case register:
			err = l.register(ctx)
		case build:
			err = l.build(ctx)
		case clearAway:
			err = l.clearAway(ctx)
		case condemn, seize:
			err = l.take(ctx, want, step)
		case drop:
			err = l.drop(ctx)
		case empty:
			err = l.empty(ctx)
		case forget:
			err = l.forget(ctx)
		default:
			err = fmt.Errorf("tenancy: no step to %d from %+v", want, l.at)
		}
	}
	return err
}

// look reads the entry with the id, or the entry of the Context that has the database.
func (l *life) look(ctx context.Context) error {
	found, err := l.Registry.Get(ctx, l.entry.ID)
	if errors.Is(err, surreal.ErrNotFound) && l.entry.Database != "" {
		found, err = l.Registry.Owner(ctx, l.entry.Namespace, l.entry.Database)
	}
	if errors.Is(err, surreal.ErrNotFound) {
		l.at = situation{absent, nobody, kept}
		return nil
	}
	if err != nil {
		return err
	}
	l.found, l.at = found, l.judge(found)
	return nil
}

// states maps stored states to those of the table.
var states = map[string]state{store.StateCreating: creating, store.StateReady: ready, store.StateDeleting: deleting}

// judge returns the situation of an entry, for this call.
func (l *life) judge(e store.Registered) situation {
	at := situation{states[e.State], nobody, dropped}
	switch {
	case at.state != creating || e.Made:
	case e.Emptied:
		at.database = emptied
	default:
		at.database = kept
	}
	switch {
	case l.making != nil && e.ID == l.entry.ID && e.Claim == l.entry.Claim:
		at.holder = builder
	case l.Shared && e.Held < claimTime, e.ID != l.entry.ID && l.Changes(e.ID):
		at.holder = others
	}
	return at
}

// register claims the id and the database. The content of the database is not known yet.
func (l *life) register(ctx context.Context) error {
	l.entry.State, l.entry.Claim = store.StateCreating, uuid.NewString()
	err := l.Registry.Claim(ctx, l.entry)
	if errors.Is(err, surreal.ErrAlreadyExists) {
		return l.look(ctx)
	}
	if err == nil {
		l.at = l.judge(l.entry)
	}
	return err
}

// build creates and fills the database of a claimed Context and marks it as ready, or undoes everything. The rows of a failed
// import are erased.
func (l *life) build(ctx context.Context) (err error) {
	if l.fill != nil {
		defer l.Erasing(ctx, l.entry.ID, &err)()
	}
	failed := l.make(ctx)
	if failed == nil {
		l.at.state = ready
		return nil
	}
	l.blank = nil
	undone := l.run(ctx, toUndo)
	if undone == nil && l.at.state == ready && l.at.holder == builder {
		return nil
	}
	return errors.Join(failed, undone)
}

// make does the work of build. A new database that was not filled is also adopted into memory, because it is known to be empty.
func (l *life) make(ctx context.Context) (err error) {
	if l.conn, err = l.DB.Connect(ctx, l.entry.Namespace, l.entry.Database); err != nil {
		return err
	}
	used, err := store.DefineDatabase(ctx, l.conn, l.entry.Database)
	if err != nil {
		return err
	}
	if !used {
		l.entry.Made = true
		if err := l.decide(ctx); err != nil {
			return err
		}
	}
	if l.fill != nil {
		held, err := store.Holds(ctx, l.conn)
		if err != nil {
			return err
		}
		if held {
			return fault.New(fault.AlreadyExists, "Database", "the database has rows in it")
		}
		if used {
			l.entry.Emptied = true
			if err := l.decide(ctx); err != nil {
				return err
			}
		}
		if err := l.fill(l.conn, Lease{l.Store, l.entry, new(time.Time)}); err != nil {
			return err
		}
	}
	fresh := !used && l.fill == nil
	if fresh {
		err = schema.Context().Create(ctx, l.conn, l.Now())
	} else {
		err = store.Upgrade(ctx, l.conn, l.Now())
	}
	if err != nil {
		return err
	}
	if err := l.nameAdmin(ctx, l.op, l.conn, l.entry.ID, l.admin); err != nil {
		return err
	}
	if fresh {
		// Before the Context is ready, no other call can have written to it.
		if l.blank, err = l.Blank(ctx, l.entry, l.conn); err != nil {
			return err
		}
	}
	event := l.event(l.op, record.ActionContextCreated)
	event.Context, event.Target = l.entry.ID, l.entry.ID
	return l.Registry.Ready(ctx, l.entry.ID, l.entry.Claim, schema.Context().Version(), event)
}

// decide records what happens to the database if the creation fails. Until then the database is kept, which loses nothing.
func (l *life) decide(ctx context.Context) error {
	if err := l.Registry.SetDatabase(ctx, l.entry); err != nil {
		return err
	}
	l.at = l.judge(l.entry)
	return nil
}

// clearAway sweeps the leftovers of another call.
func (l *life) clearAway(ctx context.Context) error {
	left := &life{Tenants: l.Tenants, op: l.op, entry: l.found, found: l.found, at: l.at}
	if err := left.sweep(ctx); err != nil {
		return err
	}
	l.at = situation{absent, nobody, kept} // unless another call was faster, which register detects
	return nil
}

// sweep removes the leftovers of another call, unless a third call is faster.
func (l *life) sweep(ctx context.Context) error {
	message := "Creation that was interrupted is taken back"
	if l.entry.State == store.StateDeleting {
		message = "Deletion that was interrupted is finished"
	}
	if err := l.run(ctx, toSweep); err != nil {
		return err
	}
	if l.at.holder != faster {
		l.Opts.Logger.LogAttrs(ctx, slog.LevelInfo, message, slog.String("context_id", l.entry.ID))
	}
	return nil
}

// take takes over the claim in order to remove the Context. The deletion of a ready Context is recorded as an event.
func (l *life) take(ctx context.Context, want goal, how step) error {
	was, now := l.at.state, l.at.state
	if want != toUndo {
		l.entry = l.found
	}
	var events []record.Event
	if how == condemn {
		now = deleting
		if was == ready {
			event := l.event(l.op, record.ActionContextDeleted)
			event.Context, event.Target = l.entry.ID, l.entry.ID
			events = append(events, event)
		}
	}
	claim := uuid.NewString()
	err := l.Registry.Take(ctx, l.entry, stateName(now), claim, events...)
	if errors.Is(err, surreal.ErrNotFound) {
		l.at.holder = faster
		return nil
	}
	if err != nil {
		return err
	}
	l.entry.State, l.entry.Claim = stateName(now), claim
	l.at.state, l.at.holder = now, remover
	if was == ready {
		return l.evict(ctx)
	}
	return nil
}

func stateName(s state) string {
	if s == deleting {
		return store.StateDeleting
	}
	return store.StateCreating
}

// evict ends the handles on a Context that is being deleted. The stored state has changed before the handles are looked up, so a
// call that loads the Context meanwhile detects it.
func (l *life) evict(ctx context.Context) error {
	gone := l.Drop(l.entry.ID, nil)
	if gone == nil {
		return nil
	}
	gone.Hold()
	// A running write ends before its database is dropped.
	if err := gone.Writer.Lock(ctx); err != nil {
		gone.Done()
		return err
	}
	l.gone = gone
	return nil
}

// release wakes the calls that wait for the deleted Context, and closes its connection, also for running reads: another Context may
// be created in its place.
func (l *life) release(ctx context.Context) (err error) {
	if l.gone == nil {
		return nil
	}
	gone := l.gone
	l.gone = nil
	if gone.Conn != nil {
		err = gone.Conn.Close(ctx)
	}
	gone.Writer.Unlock()
	gone.Done()
	return err
}

// errTakenOver is returned if another process has taken over the deletion of a Context.
var errTakenOver = errors.New("another process has taken over")

// drop removes the database while the claim holds. After an error, the next call takes over at once.
func (l *life) drop(ctx context.Context) error {
	err := l.dropDatabase(ctx)
	switch {
	case errors.Is(err, errTakenOver):
		l.at.holder = faster
		return nil
	case err != nil:
		return errors.Join(err, l.Registry.GiveUp(ctx, l.entry.ID, l.entry.Claim))
	}
	l.at.database = kept
	return nil
}

func (l *life) dropDatabase(ctx context.Context) error {
	if err := l.ForgetIndex(l.entry.ID); err != nil {
		return err
	}
	held := Lease{l.Store, l.entry, new(time.Time)}
	return l.visit(ctx, l.entry, func(conn surreal.Conn) error {
		return store.DropDatabase(ctx, conn, l.entry.Database, func(ctx context.Context) error {
			err := held.Renew(ctx)
			if errors.Is(err, surreal.ErrNotFound) {
				return errTakenOver
			}
			return err
		})
	})
}

// empty removes the rows from a database that existed before the creation and was empty.
func (l *life) empty(ctx context.Context) error {
	err := l.visit(ctx, l.entry, func(conn surreal.Conn) error { return store.Clear(ctx, conn) })
	if err != nil {
		return errors.Join(err, l.Registry.GiveUp(ctx, l.entry.ID, l.entry.Claim))
	}
	l.at.database = kept
	return nil
}

// forget removes the entry. Then the id and the database are free.
func (l *life) forget(ctx context.Context) error {
	if err := l.Registry.Forget(ctx, l.entry.ID, l.entry.Claim); err != nil {
		return err
	}
	l.at.state = absent
	return nil
}

// refusal returns the error for a call that cannot continue.
func (l *life) refusal(want goal, why step) error {
	id := l.entry.ID
	switch {
	case why == refuseMissing:
		return live.NoContext(id)
	case want != toCreate:
		return conflictContext(id)
	case l.found.ID != id:
		return fault.New(fault.AlreadyExists, "Database", "%s/%s belongs to another Context", l.entry.Namespace, l.entry.Database)
	case why == refuseBusy:
		return busyContext(id)
	}
	return fault.New(fault.AlreadyExists, "ID", "a Context %q exists", id)
}

func conflictContext(id string) error {
	return fault.New(fault.Conflict, "ID", "the Context %q is just being created or deleted; try again", id)
}

func busyContext(id string) error {
	return fault.New(fault.AlreadyExists, "ID", "the Context %q is just being created or deleted", id)
}
