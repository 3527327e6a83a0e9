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

// Tenants is the registry of Contexts for one caller: the holder of a management key, or the operator if the key is "".
type Tenants struct {
	*live.Store
	Key string
}

// Entry is the stored entry of a Context.
type Entry = store.Registered

// Administrator describes the principal admin of a new Context. Both fields may be empty.
type Administrator struct{ ExternalID, Name string }

// Filling writes into the database of a new Context, under the lease.
type Filling func(surreal.Conn, Lease) error

// Create creates a Context and fills it; fill may be nil.
func (m Tenants) Create(ctx context.Context, op string, entry store.Registered, admin Administrator, fill Filling) (_ *live.Context, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !m.Enter(entry.ID) {
		return nil, busyContext(entry.ID)
	}
	defer m.Leave(entry.ID)
	// From here on ctx is ignored, because an incomplete creation would block the id.
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

// ensuring limits how long Ensure waits for another process that creates or deletes the Context. In total that is about as long as a claim
// holds.
var ensuring = surreal.Backoff{Attempts: 1000, First: 5 * time.Millisecond, Longest: 2 * claimTime / 1000}

// nameAdmin stores the external id and the name of the principal admin, if given.
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
		admin = had // it has a row, because it was imported or the database existed before
	} else if !errors.Is(err, surreal.ErrNotFound) {
		return err
	}
	admin.Name, admin.ExternalID = cmp.Or(who.Name, admin.Name), cmp.Or(who.ExternalID, admin.ExternalID)
	event := m.event(op, record.ActionPrincipalRenamed)
	event.Context, event.Target, event.Detail = id, live.AdminID, admin.Name
	_, err = rows.Change(ctx, store.AccessChange{Principals: []record.Principal{admin}, Events: []record.Event{event}}, at)
	return err
}

// Lease is the claim on a Context that is being created or deleted. Other processes respect it for claimTime.
type Lease struct {
	mgr     *live.Store
	entry   store.Registered
	renewed *time.Time
}

// Renew extends the claim if enough time has passed.
func (l Lease) Renew(ctx context.Context) error {
	now := time.Now() // real time, whatever the store's clock says
	if now.Sub(*l.renewed) < claimTime/8 {
		return nil
	}
	*l.renewed = now
	return l.mgr.Registry.Renew(ctx, l.entry.ID, l.entry.Claim)
}

// event returns an event of the caller in the control plane.
func (m Tenants) event(op, action string) record.Event {
	return record.Event{ID: m.NewID(store.TableEvent), At: m.Now(), Action: action, Op: op, Principal: live.AdminID, Key: m.Key}
}
