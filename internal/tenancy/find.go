package tenancy

import (
	"context"

	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// ReservedNamespace is that of the control plane.
const ReservedNamespace = store.ControlNamespace

// Find returns what is stored of a Context. fault.NotFound: there is none of that id that is ready.
func (m Tenants) Find(ctx context.Context, id string) (Entry, error) {
	l := &life{Tenants: m, entry: store.Registered{ID: id}}
	if err := l.look(ctx); err != nil {
		return Entry{}, err
	}
	return l.found, l.run(ctx, toOpen)
}

// Ensure runs f again for as long as another process may be creating or deleting the Context that it is about, which busy says.
func (m Tenants) Ensure(ctx context.Context, busy func(error) bool, f func() error) error {
	return surreal.RetryIf(ctx, ensuring, busy, f)
}
