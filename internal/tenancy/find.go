package tenancy

import (
	"context"

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

// Ensure repeats f while busy says that another process may be creating or deleting the Context.
func (m Tenants) Ensure(ctx context.Context, busy func(error) bool, f func() error) error {
	return surreal.RetryIf(ctx, ensuring, busy, f)
}
