package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
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

// Migrations reports the schema version of the control plane, and then of each Context in the order of their ids. Open migrates all of
// them, so a version differs from the latest one only while a newer version of this library uses the same server.
func (m *controlPlane) Migrations(ctx context.Context) ([]Migration, error) {
	return manage(ctx, m, "migrations", func(ctx context.Context, _ gate.ControlCall) (out []Migration, err error) {
		err = m.tenants().Migrations(ctx, func(v tenancy.Version) {
			out = append(out, Migration{v.Context, v.Namespace, v.Database, v.Version, v.Latest})
		})
		return out, err
	})
}
