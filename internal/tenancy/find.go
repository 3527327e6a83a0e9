package tenancy

import (
	"context"

	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// ReservedNamespace is the namespace of the control plane.
const ReservedNamespace = store.ControlNamespace

// Find returns the stored entry of a Context. fault.NotFound: no ready Context has that id.
func (m Tenants) Find(ctx context.Context, id string) (Entry, error) {
	l := &life{Tenants: m, entry: store.Registered{ID: id}}
	if err := l.look(ctx); err != nil {
		return Entry{}, err
	}
	return l.found, l.run(ctx, toOpen)
}

// Settings returns the stored settings of a Context. fault.NotFound: no ready Context has that id.
func (m Tenants) Settings(ctx context.Context, id string) (*settings.Settings, error) {
	entry, err := m.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	return settings.New(entry)
}

// List returns the stored settings of the Contexts on a page, in the order of their ids. Invalid and TooLarge name the field.
func (m Tenants) List(ctx context.Context, r paging.Request) (page paging.Page[*settings.Settings], err error) {
	if r, err = r.Checked(paging.Most); err != nil {
		return page, err
	}
	rows, err := paging.Read(ctx, r, m.Registry.List, func(e Entry) string { return e.ID })
	if err != nil {
		return page, err
	}
	return paging.Convert(rows, settings.New)
}

// Ensure repeats f while busy says that another process may be creating or deleting the Context.
func (m Tenants) Ensure(ctx context.Context, busy func(error) bool, f func() error) error {
	return surreal.RetryIf(ctx, ensuring, busy, f)
}
