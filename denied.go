package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
)

// denied puts an attempt in the control plane on record.
func (m *Manager) denied(ctx context.Context, e record.Event) error {
	return m.core.Refused.Record(ctx, live.Bounded(e), live.Attempter{Key: e.Key}, m.core.Opts.NewID, m.core.Registry.Record, m.core.Registry.Record)
}

// denied puts an attempt in the Context on record.
func (c *Context) denied(ctx context.Context, e record.Event) error {
	put := c.state.Rows.Record
	return c.state.Denied.Record(ctx, live.Bounded(e), live.Attempter{Key: e.Key}, c.mgr.core.Opts.NewID, put, put)
}

// notAccepted refuses a secret, once the attempt is on record, in the Context that it names if that is in memory, else in the
// control plane: with the ids that it names, never with the secret.
func (m *Manager) notAccepted(ctx context.Context, op string, p secret.Parsed, at store.Presented) error {
	e := record.Event{ID: m.core.NewID(store.TableEvent), At: m.core.Now(), Action: EventDenied, Op: op, Detail: notAccepted}
	namespace, database := store.ControlNamespace, store.ControlDatabase
	switch {
	case at.Ready && m.core.InMemory(p.Context) != nil:
		e.Context, e.Key, namespace, database = p.Context, p.ID, at.Namespace, at.Database
	case p.ID != secret.Nobody().ID:
		e.Context, e.Target = p.Context, p.ID
	}
	err := m.core.Refused.Record(ctx, e, live.Attempter{Key: p.ID, Stranger: true}, m.core.Opts.NewID, func(ctx context.Context, list ...record.Event) error {
		return m.core.Registry.RecordAt(ctx, namespace, database, list...)
	}, m.core.Registry.Record)
	return &Error{Op: op, Code: CodeUnauthenticated, Detail: notAccepted, Err: err}
}

func (c *Context) used(now time.Time) {
	id := c.caller.key
	c.mgr.core.RecordUse(id, now, c.state, func(ctx context.Context) error { return c.state.Rows.UsedKey(ctx, id, now) })
}

func (m *Manager) usedManagement(id string, now time.Time) {
	m.core.RecordUse(id, now, m.core, func(ctx context.Context) error { return m.core.Registry.UsedManagementKey(ctx, id, now) })
}
