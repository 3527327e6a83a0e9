package tenancy

import (
	"context"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
)

// Configure changes the settings of a Context and records an event that names them. Once the write has begun, it ignores the end of ctx.
// fault.NotFound: no ready Context has that id; store.ErrStale: write conflict, retries exhausted.
func (m Tenants) Configure(ctx context.Context, op, id string, p settings.Patch) (changed *settings.Settings, err error) {
	err = store.Replan(ctx, func() error {
		was, err := m.Find(ctx, id)
		if err != nil {
			return err
		}
		now, err := m.Configuration().Patched(was, p)
		if err != nil {
			return err
		}
		if p.Models() {
			if err := m.CheckModels(ctx, now); err != nil {
				return err
			}
		}
		event := m.event(op, record.ActionContextConfigured)
		event.Context, event.Target, event.Detail = id, id, p.Changes()
		if err := m.Registry.Configure(context.WithoutCancel(ctx), was, now, event); err != nil {
			return err
		}
		now.Revision++
		changed, err = settings.New(now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return changed, m.Reconfigure(changed.Entry)
}
