package spectron

import (
	"context"
	"errors"
	"fmt"

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
	defer m.done()
	version, err := schema.Applied(ctx, m.control)
	if err != nil {
		return nil, fail(op, err)
	}
	out := []Migration{{
		Namespace: store.ControlNamespace, Database: store.ControlDatabase, Version: version, Latest: schema.Control().Version(),
	}}
	err = m.eachContext(ctx, func(c store.Registered) error {
		return m.visit(ctx, c, func(conn surreal.Conn) error {
			version, err := schema.Applied(ctx, conn)
			out = append(out, Migration{c.ID, c.Namespace, c.Database, version, schema.Context().Version()})
			return err
		})
	})
	return out, fail(op, err)
}

// upgrade brings the store to the current schema, and the keys in it under the current master key.
func (m *Manager) upgrade(ctx context.Context) error {
	if file, found := m.db.Backing(); !m.shared && (file == nil || found.Records == 0) {
		return schema.Control().Create(ctx, m.control, m.now()) // it is new
	}
	if err := store.UpgradeControl(ctx, m.control, m.now()); err != nil {
		return err
	}
	newest, err := m.registry.Newest(ctx)
	if err != nil {
		return err
	}
	m.clock.at(newest)
	if err := m.migrateAll(ctx); err != nil {
		return err
	}
	if !m.shared {
		if err := m.finishDeleting(ctx); err != nil {
			return err
		}
	}
	return m.reseal(ctx)
}

// migrateAll brings every Context to the current schema, each in one transaction. It refuses a store in which one is
// newer.
func (m *Manager) migrateAll(ctx context.Context) error {
	latest := schema.Context().Version()
	var old []store.Registered
	err := m.eachContext(ctx, func(c store.Registered) error {
		switch {
		case c.SchemaVersion > latest:
			return fmt.Errorf("the Context %q: %w: version %d, this library knows %d", c.ID, schema.ErrNewer, c.SchemaVersion, latest)
		case c.SchemaVersion < latest:
			old = append(old, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, c := range old {
		if err := m.visit(ctx, c, func(conn surreal.Conn) error { return m.migrate(ctx, conn, c) }); err != nil {
			return fmt.Errorf("the Context %q: %w", c.ID, err)
		}
	}
	return nil
}

// migrate brings the database of a Context to the current schema.
func (m *Manager) migrate(ctx context.Context, conn surreal.Conn, c store.Registered) error {
	version, err := schema.Context().Check(ctx, conn)
	if err != nil {
		return err
	}
	if version == 0 && c.SchemaVersion > 0 {
		return errGone // a database without the schema that it had was removed: it must not come back
	}
	latest := schema.Context().Version()
	if version < latest {
		if err := store.Upgrade(ctx, conn, m.now()); err != nil {
			return err
		}
	}
	if c.SchemaVersion == latest {
		return nil
	}
	return m.registry.Migrated(ctx, c.ID, latest)
}

// eachContext calls f with every Context that is ready, in the order of their ids.
func (m *Manager) eachContext(ctx context.Context, f func(store.Registered) error) error {
	for after := ""; ; {
		page, err := m.registry.List(ctx, after, maxPage)
		if err != nil {
			return err
		}
		for _, c := range page {
			if err := f(c); err != nil {
				return err
			}
			after = c.ID
		}
		if len(page) < maxPage {
			return nil
		}
	}
}

// visit runs f on a connection to a Context's database of its own.
func (m *Manager) visit(ctx context.Context, c store.Registered, f func(surreal.Conn) error) error {
	conn, err := m.db.Connect(ctx, c.Namespace, c.Database)
	if err != nil {
		return err
	}
	return errors.Join(f(conn), conn.Close(context.WithoutCancel(ctx)))
}
