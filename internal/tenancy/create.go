// Package tenancy is the registry of the Contexts of a store: it creates, finds, deletes and migrates them.
package tenancy

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
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
func (m Tenants) Create(ctx context.Context, op string, entry store.Registered, admin Administrator, fill Filling) (_ *live.Context, err error) {
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
	l := &life{Tenants: m, op: op, entry: entry, at: situation{absent, nobody, kept}, making: &making{admin: admin, fill: fill}}
	defer func() {
		if l.conn != nil && l.blank == nil {
			err = errors.Join(err, l.conn.Close(ctx))
		}
	}()
	if err := l.run(ctx, toCreate); err != nil {
		return nil, err
	}
	if l.blank != nil {
		return m.Adopt(ctx, l.blank), nil
	}
	return m.Handle(ctx, entry.ID)
}

// ensuring is how long to wait for another process to finish with a Context: about as long as it may take.
var ensuring = surreal.Backoff{Attempts: 1000, First: 5 * time.Millisecond, Longest: 2 * claimTime / 1000}

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
