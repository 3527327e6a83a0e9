package tenancy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Delete drops a Context's database with everything in it, and its entry in the registry.
func (m Tenants) Delete(ctx context.Context, op, id string) (err error) {
	if !m.Enter(id) {
		return conflictContext(id)
	}
	defer m.Leave(id)
	entry, err := m.Registry.Get(ctx, id)
	switch {
	case errors.Is(err, surreal.ErrNotFound):
		return live.NoContext(id)
	case err != nil:
		return err
	case entry.State != store.StateReady && m.busy(entry):
		return conflictContext(id)
	}
	ctx = context.WithoutCancel(ctx)
	if entry.State != store.StateReady {
		return m.sweep(ctx, entry)
	}
	defer m.Erasing(ctx, id, &err)()
	// The state changes before the open handles are looked for: whoever reads the Context meanwhile finds out.
	claim := uuid.NewString()
	err = m.Registry.Take(ctx, entry, store.StateDeleting, claim)
	if errors.Is(err, surreal.ErrNotFound) {
		return live.NoContext(id) // another process was faster
	}
	if err != nil {
		return err
	}
	state := m.Drop(id, nil)
	if state != nil {
		state.Hold()
		defer state.Done()
		// A write that has begun ends before its database goes.
		if err := state.Writer.Lock(ctx); err != nil {
			return err
		}
		defer state.Writer.Unlock()
	}
	event := m.event(op, record.ActionContextDeleted)
	event.Context, event.Target = id, id
	err = errors.Join(m.Registry.Record(ctx, event), m.clear(ctx, entry, claim, true))
	if state != nil && state.Conn != nil {
		// Also for those who are still reading: another Context may come to be where it was.
		err = errors.Join(err, state.Conn.Close(ctx))
	}
	return err
}

// errTakenOver: another process goes on with the deletion of a Context.
var errTakenOver = errors.New("another process has taken over")

// dropDatabase removes the database of a Context that is claimed for deletion, as long as the claim holds.
func (m Tenants) dropDatabase(ctx context.Context, entry store.Registered) error {
	if err := m.ForgetIndex(entry.ID); err != nil {
		return err
	}
	conn, err := m.DB.Connect(ctx, entry.Namespace, entry.Database)
	if err != nil {
		return err
	}
	held := Lease{m.Store, entry, new(time.Time)}
	err = store.DropDatabase(ctx, conn, entry.Database, func(ctx context.Context) error {
		err := held.Renew(ctx)
		if errors.Is(err, surreal.ErrNotFound) {
			return errTakenOver
		}
		return err
	})
	return errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
}

// finishDeleting deletes the Contexts whose deletion was begun and not ended, because the process crashed or the database did
// not answer. It is for a store that no other process has open.
func (m Tenants) finishDeleting(ctx context.Context) error {
	left, err := m.Registry.Deleting(ctx)
	if err != nil {
		return err
	}
	for _, c := range left {
		if err := m.sweep(ctx, c); err != nil {
			return fmt.Errorf("the Context %q, whose deletion had begun: %w", c.ID, err)
		}
	}
	return nil
}

func conflictContext(id string) error {
	return fault.New(fault.Conflict, "ID", "the Context %q is just being created or deleted; try again", id)
}

func busyContext(id string) error {
	return fault.New(fault.AlreadyExists, "ID", "the Context %q is just being created or deleted", id)
}
