package tenancy

import (
	"context"
	"fmt"

	"github.com/spectron-go/spectron/internal/store"
)

// Delete drops a Context's database with everything in it, and its entry in the registry. It also removes an incomplete Context
// with that id.
func (m Tenants) Delete(ctx context.Context, op, id string) error {
	if !m.Enter(id) {
		return conflictContext(id)
	}
	defer m.Leave(id)
	l := &life{Tenants: m, op: op, entry: store.Registered{ID: id}}
	if err := l.look(ctx); err != nil {
		return err
	}
	return l.run(context.WithoutCancel(ctx), toRemove)
}

// finishDeleting completes the deletions that a crash or a database failure interrupted. It is for a store that no other process
// has open.
func (m Tenants) finishDeleting(ctx context.Context) error {
	left, err := m.Registry.Deleting(ctx)
	if err != nil {
		return err
	}
	for _, c := range left {
		l := &life{Tenants: m, entry: c, found: c}
		l.at = l.judge(c)
		if err := l.sweep(ctx); err != nil {
			return fmt.Errorf("the Context %q, whose deletion had begun: %w", c.ID, err)
		}
	}
	return nil
}
