// Package tenancy is the registry of the Contexts of a store: it creates, finds, deletes and migrates them.
package tenancy

import (
	"cmp"
	"context"
	"errors"
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

// Tenants is the registry of the Contexts of a store: it creates, deletes and migrates them, on behalf of whoever has a key; "" for
// the operator.
type Tenants struct {
	*live.Store
	Key string
}

// Entry is what the registry has of a Context.
type Entry = store.Registered

// Administrator says who the principal admin of a new Context is, where somebody says so.
type Administrator struct{ ExternalID, Name string }

// Filling writes into the database of a new Context, which the lease keeps for it.
type Filling func(surreal.Conn, Lease) error

// Create makes a Context and fills it; fill may be nil.
func (m Tenants) Create(ctx context.Context, op string, entry store.Registered, admin Administrator, fill Filling) (*live.Context, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !m.Enter(entry.ID) {
		return nil, busyContext(entry.ID)
	}
	defer m.Leave(entry.ID)
	// From here on it runs to its end: what is half made would be in the way.
	ctx = context.WithoutCancel(ctx)
	entry.CreatedAt = m.Now()
	if err := m.claim(ctx, &entry); err != nil {
		return nil, err
	}
	state, err := m.fill(ctx, op, entry, admin, fill)
	if err != nil {
		return nil, err
	}
	if state != nil {
		return m.Adopt(ctx, state), nil
	}
	return m.Handle(ctx, entry.ID)
}

// fill builds a Context. What an import wrote before it failed is erased.
func (m Tenants) fill(ctx context.Context, op string, entry store.Registered, admin Administrator, fill Filling) (_ *live.Context, err error) {
	if fill != nil {
		defer m.Erasing(ctx, entry.ID, &err)()
	}
	return m.build(ctx, op, entry, admin, fill)
}

// claimTime is how long a process may take to create or delete a Context. After it another one takes over what was
// left behind; in a store of our own that is at once.
const claimTime = 2 * time.Minute

// ensuring is how long to wait for another process to finish with a Context: about as long as it may take.
var ensuring = surreal.Backoff{Attempts: 1000, First: 5 * time.Millisecond, Longest: 2 * claimTime / 1000}

// claim takes the id and the database in the registry.
func (m Tenants) claim(ctx context.Context, entry *store.Registered) error {
	for {
		entry.Claim = uuid.NewString()
		err := m.Registry.Claim(ctx, *entry)
		if !errors.Is(err, surreal.ErrAlreadyExists) {
			return err
		}
		old, err := m.Registry.Get(ctx, entry.ID)
		if errors.Is(err, surreal.ErrNotFound) {
			old, err = m.Registry.Owner(ctx, entry.Namespace, entry.Database)
		}
		switch {
		case errors.Is(err, surreal.ErrNotFound):
			continue // it has gone meanwhile
		case err != nil:
			return err
		case old.ID != entry.ID && (old.State == store.StateReady || m.busy(old) || m.Changes(old.ID)):
			return fault.New(fault.AlreadyExists, "Database", "%s/%s belongs to another Context", entry.Namespace, entry.Database)
		case old.State == store.StateReady:
			return fault.New(fault.AlreadyExists, "ID", "a Context %q exists", entry.ID)
		case m.busy(old):
			return busyContext(entry.ID)
		}
		if err := m.sweep(ctx, old); err != nil {
			return err
		}
	}
}

// busy reports whether another process may be at work on a Context that is not ready.
func (m Tenants) busy(c store.Registered) bool {
	return m.Shared && c.Held < claimTime
}

// sweep removes a Context that a process left behind while it created or deleted it. What was to be deleted is, and
// what was made; a database that was there before is left.
func (m Tenants) sweep(ctx context.Context, old store.Registered) (err error) {
	defer m.Erasing(ctx, old.ID, &err)()
	claim := uuid.NewString()
	err = m.Registry.Take(ctx, old, store.StateDeleting, claim)
	if errors.Is(err, surreal.ErrNotFound) {
		return nil // another process was faster
	}
	if err != nil {
		return err
	}
	if err := m.clear(ctx, old, claim, old.State == store.StateDeleting || old.Made); err != nil {
		return err
	}
	message := "Creation that was interrupted is taken back"
	if old.State == store.StateDeleting {
		message = "Deletion that was interrupted is finished"
	}
	m.Opts.Logger.LogAttrs(ctx, slog.LevelInfo, message, slog.String("context_id", old.ID))
	return nil
}

// clear removes a Context that is claimed for deletion: the database, if it is to go, then the entry, so that it can be
// tried again.
func (m Tenants) clear(ctx context.Context, c store.Registered, claim string, database bool) error {
	c.Claim = claim
	if database {
		err := m.dropDatabase(ctx, c)
		if errors.Is(err, errTakenOver) {
			return nil
		}
		if err != nil {
			return errors.Join(err, m.Registry.GiveUp(ctx, c.ID, claim))
		}
	}
	return m.Registry.Forget(ctx, c.ID, claim)
}

// build makes the database of a claimed Context, fills it and declares it ready, or takes everything back. fill may
// be nil; with it, the database must be empty. A database that is new and was not filled is returned as it is in memory:
// nothing is in it.
func (m Tenants) build(ctx context.Context, op string, entry store.Registered, admin Administrator, fill Filling) (_ *live.Context, err error) {
	made, empty := false, false
	var conn surreal.Conn
	kept := false
	defer func() {
		if conn != nil && !kept {
			err = errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
		}
	}()
	defer func() {
		if err != nil {
			err = m.unbuild(context.WithoutCancel(ctx), entry, conn, made, empty, err)
		}
	}()
	if conn, err = m.DB.Connect(ctx, entry.Namespace, entry.Database); err != nil {
		return nil, err
	}
	used, err := store.DefineDatabase(ctx, conn, entry.Database)
	if err != nil {
		return nil, err
	}
	if !used {
		if err := m.Registry.SetMade(ctx, entry.ID, entry.Claim); err != nil {
			return nil, err
		}
		made = true
	}
	if fill != nil {
		held, err := store.Holds(ctx, conn)
		if err != nil {
			return nil, err
		}
		if held {
			return nil, fault.New(fault.AlreadyExists, "Database", "the database has rows in it")
		}
		empty = true
		if err := fill(conn, Lease{m.Store, entry, new(time.Time)}); err != nil {
			return nil, err
		}
	}
	fresh := made && fill == nil
	if fresh {
		err = schema.Context().Create(ctx, conn, m.Now())
	} else {
		err = store.Upgrade(ctx, conn, m.Now())
	}
	if err != nil {
		return nil, err
	}
	if err := m.nameAdmin(ctx, op, conn, entry.ID, admin); err != nil {
		return nil, err
	}
	var state *live.Context
	if fresh {
		// Before it is ready, when nobody else can have written to it.
		if state, err = m.Blank(ctx, entry, conn); err != nil {
			return nil, err
		}
	}
	event := m.event(op, record.ActionContextCreated)
	event.Context, event.Target = entry.ID, entry.ID
	if err := m.Registry.Ready(ctx, entry.ID, entry.Claim, schema.Context().Version(), event); err != nil {
		return nil, err
	}
	kept = fresh
	return state, nil
}

// nameAdmin stores who the principal admin is, where the spec says so.
func (m Tenants) nameAdmin(ctx context.Context, op string, conn surreal.Conn, id string, who Administrator) error {
	if who.ExternalID == "" && who.Name == "" {
		return nil
	}
	rows := store.New(conn, m.Writers())
	at, err := rows.Position(ctx)
	if err != nil {
		return err
	}
	if who.ExternalID != "" {
		if other, err := rows.PrincipalExternal(ctx, who.ExternalID); err == nil && other.ID != live.AdminID {
			return fault.New(fault.AlreadyExists, "AdminExternalID", "another principal has it")
		} else if err != nil && !errors.Is(err, surreal.ErrNotFound) {
			return err
		}
	}
	if who.Name != "" {
		if other, err := rows.PrincipalNamed(ctx, who.Name); err == nil && other.ID != live.AdminID {
			return fault.New(fault.AlreadyExists, "AdminName", "another principal has it")
		} else if err != nil && !errors.Is(err, surreal.ErrNotFound) {
			return err
		}
	}
	admin, _ := live.BuiltIn(live.AdminID)
	if had, err := rows.Principal(ctx, live.AdminID); err == nil {
		admin = had // it was imported
	} else if !errors.Is(err, surreal.ErrNotFound) {
		return err
	}
	admin.Name, admin.ExternalID = cmp.Or(who.Name, admin.Name), cmp.Or(who.ExternalID, admin.ExternalID)
	event := m.event(op, record.ActionPrincipalRenamed)
	event.Context, event.Target, event.Detail = id, live.AdminID, admin.Name
	_, err = rows.Change(ctx, store.AccessChange{Principals: []record.Principal{admin}, Events: []record.Event{event}}, at)
	return err
}

// unbuild takes back what build did before it failed, if the Context is still this process's to make.
func (m Tenants) unbuild(ctx context.Context, entry store.Registered, conn surreal.Conn, made, empty bool, failed error) error {
	entry.State = store.StateCreating
	claim := uuid.NewString()
	err := m.Registry.Take(ctx, entry, store.StateDeleting, claim)
	if errors.Is(err, surreal.ErrNotFound) {
		now, err := m.Registry.Get(ctx, entry.ID)
		if err == nil && now.State == store.StateReady && now.Claim == entry.Claim {
			return nil // it was made; only the answer was lost
		}
		if err != nil && !errors.Is(err, surreal.ErrNotFound) {
			return errors.Join(failed, err)
		}
		return failed // another process has taken it over
	}
	if err != nil {
		return errors.Join(failed, err)
	}
	if !made && empty {
		// The database was there before, without rows.
		failed = errors.Join(failed, store.Clear(ctx, conn))
	}
	return errors.Join(failed, m.clear(ctx, entry, claim, made))
}

// Lease is the claim on a Context that is being made or deleted, which other processes respect for claimTime.
type Lease struct {
	mgr     *live.Store
	entry   store.Registered
	renewed *time.Time
}

// Renew keeps the claim, from time to time.
func (l Lease) Renew(ctx context.Context) error {
	now := time.Now() // how long it takes, whatever the store's clock says
	if now.Sub(*l.renewed) < claimTime/8 {
		return nil
	}
	*l.renewed = now
	return l.mgr.Registry.Renew(ctx, l.entry.ID, l.entry.Claim)
}

// event is something that the caller did in the control plane.
func (m Tenants) event(op, action string) record.Event {
	return record.Event{ID: m.NewID(store.TableEvent), At: m.Now(), Action: action, Op: op, Principal: live.AdminID, Key: m.Key}
}
