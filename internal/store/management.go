package store

import (
	"context"
	"errors"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

const tableManagementKey = "management_key"

type managementRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Name       string           `cbor:"name"`
	Salt       []byte           `cbor:"salt"`
	Hash       []byte           `cbor:"hash"`
	Generation int              `cbor:"generation"`
	CreatedAt  surreal.Datetime `cbor:"created_at"`
	LastUsedAt surreal.Datetime `cbor:"last_used_at"`
}

func managementID(id string) surreal.RecordID {
	return surreal.RecordID{Table: tableManagementKey, Key: id}
}

func newManagementRow(k record.ManagementKey) managementRow {
	return managementRow{managementID(k.ID), k.Name, k.Salt, k.Hash, k.Generation, surreal.At(k.CreatedAt), surreal.At(k.LastUsedAt)}
}

func (r managementRow) key() record.ManagementKey {
	return record.ManagementKey{
		ID: r.ID.Key, Name: r.Name, Salt: r.Salt, Hash: r.Hash, Generation: r.Generation, CreatedAt: r.CreatedAt.Time, LastUsedAt: r.LastUsedAt.Time,
	}
}

// changeManagement runs statements of the control plane and stores their event, in one transaction, exactly once.
func (r *Registry) changeManagement(ctx context.Context, statements string, vars map[string]any, event record.Event) error {
	vars["events"] = []eventRow{newEventRow(event)}
	return once(ctx, func() error {
		_, err := r.conn.Query(ctx, "BEGIN;"+statements+insertEvents+"COMMIT;", vars)
		return err
	}, func(ctx context.Context) (bool, error) { return exists(ctx, r.conn, recordID(event.ID)) })
}

// Bootstrap stores the first management key. surreal.ErrAlreadyExists: a first key was stored before.
func (r *Registry) Bootstrap(ctx context.Context, k record.ManagementKey, event record.Event) error {
	return r.changeManagement(ctx, `CREATE ONLY bootstrap:first SET key = $key.id, at = $key.created_at RETURN NONE;
CREATE ONLY $key.id CONTENT $key RETURN NONE;`, map[string]any{"key": newManagementRow(k)}, event)
}

// CreateManagementKey stores a management key. surreal.ErrAlreadyExists: the name is taken.
func (r *Registry) CreateManagementKey(ctx context.Context, k record.ManagementKey, event record.Event) error {
	return r.changeManagement(ctx, `CREATE ONLY $key.id CONTENT $key RETURN NONE;`, map[string]any{"key": newManagementRow(k)}, event)
}

// RotateManagementKey replaces the secret of a management key. surreal.ErrNotFound: the key is gone or was rotated since it was
// read.
func (r *Registry) RotateManagementKey(ctx context.Context, k record.ManagementKey, event record.Event) error {
	err := r.changeManagement(ctx, `
IF array::len((UPDATE $id SET salt = $salt, hash = $hash, generation = $generation WHERE generation = $generation - 1 RETURN VALUE id)) != 1 { THROW 'taken' };`,
		map[string]any{"id": managementID(k.ID), "salt": k.Salt, "hash": k.Hash, "generation": k.Generation}, event)
	return notTaken(err, k.ID)
}

// DropManagementKey removes a management key. surreal.ErrNotFound: no key has that id.
func (r *Registry) DropManagementKey(ctx context.Context, id string, event record.Event) error {
	err := r.changeManagement(ctx, `
IF array::len((DELETE $id RETURN BEFORE)) != 1 { THROW 'taken' };`, map[string]any{"id": managementID(id)}, event)
	return notTaken(err, id)
}

// ManagementKey returns a management key. surreal.ErrNotFound: no key has that id.
func (r *Registry) ManagementKey(ctx context.Context, id string) (record.ManagementKey, error) {
	return one(selectRows(ctx, r.conn, `SELECT * FROM $id`, map[string]any{"id": managementID(id)}, managementRow.key))
}

// ManagementKeyNamed returns the management key with a name. surreal.ErrNotFound: none.
func (r *Registry) ManagementKeyNamed(ctx context.Context, name string) (record.ManagementKey, error) {
	return one(selectRows(ctx, r.conn, `SELECT * FROM management_key WHERE name = $name`, map[string]any{"name": name}, managementRow.key))
}

// ManagementKeys returns up to limit management keys after an id, in the order of their ids.
func (r *Registry) ManagementKeys(ctx context.Context, after string, limit int) ([]record.ManagementKey, error) {
	return selectRows(ctx, r.conn, `SELECT * FROM type::record('management_key', $after>..) LIMIT $limit`,
		map[string]any{"after": after, "limit": limit}, managementRow.key)
}

// UsedManagementKey records that a management key was used, as UsedKey does.
func (r *Registry) UsedManagementKey(ctx context.Context, id string, at time.Time) error {
	return used(ctx, r.conn, managementID(id), at)
}

// Sealed returns up to limit Contexts after an id that have keys of providers, in any state.
func (r *Registry) Sealed(ctx context.Context, after string, limit int) ([]Registered, error) {
	return selectRows(ctx, r.conn, `SELECT * FROM type::record('context', $after>..) WHERE providers != NONE LIMIT $limit`,
		map[string]any{"after": after, "limit": limit}, registeredRow.registered)
}

// Reseal stores newly sealed provider keys, if the stored ones are still those that were read.
func (r *Registry) Reseal(ctx context.Context, was Registered, providers map[string][]byte) error {
	out, err := query(ctx, r.conn, `UPDATE $id SET providers = $providers, revision = $was + 1 WHERE (revision ?? 0) = $was AND claim = $claim RETURN VALUE id`, map[string]any{
		"id": registryID(was.ID), "was": was.Revision, "claim": optional(was.Claim), "providers": someProviders(providers),
	})
	err = expectOne(out, err, was.ID)
	if errors.Is(err, surreal.ErrNotFound) {
		return ErrStale
	}
	return err
}
