package tenancy

import (
	"context"
	"errors"
	"fmt"

	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Upgrade migrates the store to the current schema.
func (m Tenants) Upgrade(ctx context.Context) error {
	if file, found := m.DB.Backing(); !m.Shared && (file == nil || found.Records == 0) {
		return schema.Control().Create(ctx, m.Control, m.Now()) // a new store
	}
	if err := store.UpgradeControl(ctx, m.Control, m.Now()); err != nil {
		return err
	}
	newest, err := m.Registry.Newest(ctx)
	if err != nil {
		return err
	}
	m.Clock.At(newest)
	if err := m.migrateAll(ctx); err != nil {
		return err
	}
	if !m.Shared {
		if err := m.finishDeleting(ctx); err != nil {
			return err
		}
	}
	return m.Configuration().Reseal(ctx)
}

// migrateAll migrates every Context to the current schema, each in one transaction. It refuses a store with a Context of a newer
// version.
func (m Tenants) migrateAll(ctx context.Context) error {
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
		if err := m.visit(ctx, c, func(conn surreal.Conn) error { return m.Migrate(ctx, conn, c, func(log func()) { log() }) }); err != nil {
			return fmt.Errorf("the Context %q: %w", c.ID, err)
		}
	}
	return nil
}

// eachContext calls f with every ready Context, in the order of their ids.
func (m Tenants) eachContext(ctx context.Context, f func(store.Registered) error) error {
	return store.Each(ctx, m.Registry.List, f)
}

// visit calls f with a new connection to the database of a Context.
func (m Tenants) visit(ctx context.Context, c store.Registered, f func(surreal.Conn) error) error {
	conn, err := m.DB.Connect(ctx, c.Namespace, c.Database)
	if err != nil {
		return err
	}
	return errors.Join(f(conn), conn.Close(context.WithoutCancel(ctx)))
}

// Version is the schema version of one database of a store.
type Version struct {
	Context             string // "" for the control plane
	Namespace, Database string
	Version, Latest     int
}

// Migrations calls f with the version of the control plane, and then of every Context in the order of their ids.
func (m Tenants) Migrations(ctx context.Context, f func(Version)) error {
	version, err := schema.Applied(ctx, m.Control)
	if err != nil {
		return err
	}
	f(Version{"", store.ControlNamespace, store.ControlDatabase, version, schema.Control().Version()})
	return m.eachContext(ctx, func(c store.Registered) error {
		return m.visit(ctx, c, func(conn surreal.Conn) error {
			version, err := schema.Applied(ctx, conn)
			f(Version{c.ID, c.Namespace, c.Database, version, schema.Context().Version()})
			return err
		})
	})
}
