package gate

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Control is the control plane together with its caller: the operator, or a management key.
type Control struct {
	Store  *live.Store
	Caller *Caller
}

// Authorize admits an operation of a caller whose key is still valid. Store.Done ends the operation.
func (m Control) Authorize(ctx context.Context, op string) error {
	if !m.Caller.Kind.manages() {
		return errNoCaller()
	}
	if err := m.Store.Begin(); err != nil {
		return err
	}
	if m.Caller.Kind != Management {
		return nil
	}
	err := m.stillManages(ctx)
	if err == nil {
		return nil
	}
	defer m.Store.Done()
	if !fault.Is(err, fault.Unauthenticated) {
		return err
	}
	event := m.Event(op, record.ActionDenied)
	event.Detail = NotAccepted
	if unrecorded := m.Store.RecordDenied(ctx, event); unrecorded != nil {
		err = errors.Join(err, unrecorded)
	}
	return err
}

// stillManages refuses a management key that was revoked or rotated.
func (m Control) stillManages(ctx context.Context) error {
	row, err := m.Store.Registry.ManagementKey(ctx, m.Caller.Key)
	switch {
	case errors.Is(err, surreal.ErrNotFound):
		return unauthenticated("the management key was revoked")
	case err != nil:
		return err
	case row.Generation != m.Caller.Generation:
		return unauthenticated("the management key was rotated")
	}
	m.Used()
	return nil
}

// Used records that the management key was used.
func (m Control) Used() {
	id, now := m.Caller.Key, m.Store.Now()
	m.Store.RecordUse(id, now, m.Store, func(ctx context.Context) error { return m.Store.Registry.UsedManagementKey(ctx, id, now) })
}

// Event returns an event of the caller in the control plane.
func (m Control) Event(op, action string) record.Event {
	return record.Event{
		ID: m.Store.NewID(store.TableEvent), At: m.Store.Now(), Action: action, Op: op, Principal: live.AdminID, Key: m.Caller.Key,
	}
}

// ControlCall is one operation of a caller in the control plane, from Control.Authorize to Store.Done.
type ControlCall struct {
	Control
	Op string // name of the method, for events
}

// Event returns an event of the operation.
func (c ControlCall) Event(action string) record.Event { return c.Control.Event(c.Op, action) }
