package live

import (
	"context"
	"log/slog"

	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Migrate migrates the database of a Context to the current schema. It passes the logging of the migration to later.
func (m *Store) Migrate(ctx context.Context, conn surreal.Conn, c store.Registered, later func(func())) error {
	version, err := schema.Context().Check(ctx, conn)
	if err != nil {
		return err
	}
	if version == 0 && c.SchemaVersion > 0 {
		return ErrGone // the database that had the schema was removed, so it must not be created again
	}
	latest := schema.Context().Version()
	if version < latest {
		if err := store.Upgrade(ctx, conn, m.Now()); err != nil {
			return err
		}
		later(func() {
			m.Log(ctx, slog.LevelInfo, "Context was brought to the current schema", slog.String("context_id", c.ID), slog.Int("from", version), slog.Int("to", latest))
		})
	}
	if c.SchemaVersion == latest {
		return nil
	}
	return m.Registry.Migrated(ctx, c.ID, latest)
}
