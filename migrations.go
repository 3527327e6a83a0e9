package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/tenancy"
)

// Migration is the schema version of one database of a store.
type Migration struct {
	ContextID string // "" for the control plane
	Namespace string
	Database  string
	Version   int // the version of the database
	Latest    int // the version that this library migrates to
}

// Current reports whether the database is up to date.
func (m Migration) Current() bool { return m.Version == m.Latest }

// Migrations returns the schema version of the control plane, and then of every Context ordered by id. Open migrates all of
// them. So they differ from Latest only while a newer version of this library uses the same server.
func (m *Manager) Migrations(ctx context.Context) ([]Migration, error) {
	const op = "migrations"
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	var out []Migration
	err := m.tenants().Migrations(ctx, func(v tenancy.Version) {
		out = append(out, Migration{v.Context, v.Namespace, v.Database, v.Version, v.Latest})
	})
	if err != nil {
		return nil, fail(op, err)
	}
	return out, nil
}
