package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// migrate brings the database of a Context to the current schema.
func (m *openStore) migrate(ctx context.Context, conn surreal.Conn, c store.Registered) error {
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
