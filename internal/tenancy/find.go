package tenancy

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// ReservedNamespace is that of the control plane.
const ReservedNamespace = store.ControlNamespace

// Find returns what is stored of a Context. fault.NotFound: there is none of that id that is ready.
func (m Tenants) Find(ctx context.Context, id string) (Entry, error) {
	entry, err := m.Registry.Get(ctx, id)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && entry.State != store.StateReady {
		return Entry{}, live.NoContext(id)
	}
	return entry, err
}

// Ensure runs f again for as long as another process may be creating or deleting the Context that it is about, which busy says.
func (m Tenants) Ensure(ctx context.Context, busy func(error) bool, f func() error) error {
	return surreal.RetryIf(ctx, ensuring, busy, f)
}
