package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Migration is the version of the schema of one database of a store.
type Migration struct {
	ContextID string // "" for the control plane
	Namespace string
	Database  string
	Version   int // that the database has
	Latest    int // that this library brings databases to
}

// Current reports whether the database is up to date.
func (m Migration) Current() bool { return m.Version == m.Latest }

// Migrations reports the schema's version of the control plane, and then of every Context in the order of their ids. Open
// brings all of them up to date, so that they differ from the latest only while a newer version of this library
// uses the same server.
func (m *Manager) Migrations(ctx context.Context) ([]Migration, error) {
	const op = "migrations"
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	version, err := schema.Applied(ctx, m.core.Control)
	if err != nil {
		return nil, fail(op, err)
	}
	out := []Migration{{
		Namespace: store.ControlNamespace, Database: store.ControlDatabase, Version: version, Latest: schema.Control().Version(),
	}}
	err = m.tenants().EachContext(ctx, func(c store.Registered) error {
		return m.tenants().Visit(ctx, c, func(conn surreal.Conn) error {
			version, err := schema.Applied(ctx, conn)
			out = append(out, Migration{c.ID, c.Namespace, c.Database, version, schema.Context().Version()})
			return err
		})
	})
	return out, fail(op, err)
}
