package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// ControlNamespace is the reserved namespace of the control plane; ControlDatabase its database.
const (
	ControlNamespace = "spectron"
	ControlDatabase  = "metadata"
)

// The states of a registered Context. Only Ready ones are seen from outside.
const (
	StateCreating = "creating"
	StateReady    = "ready"
	StateDeleting = "deleting"
)

// Registered is the entry of a Context in the control plane.
type Registered struct {
	ID          string
	Namespace   string
	Database    string
	Description string
	State       string
	CreatedAt   time.Time
	// Claim names the process that creates or deletes the Context, or did so; every claim is different. Held is the time since it
	// was taken or renewed, by the database's clock, which all processes share. For an abandoned claim it is long.
	Claim string
	Held  time.Duration
	// Made says that the database was created for the Context. Emptied says that it existed before and had no rows: its rows are
	// those of the creation.
	Made, Emptied bool
	// SchemaVersion is the version of its database after the last migration; 0 before that.
	SchemaVersion int
	// Config is the configuration as JSON without secrets; empty: defaults. Providers has the sealed keys of model providers, by
	// provider.
	Config             []byte
	Providers          map[string][]byte
	EnforcementBlocked bool
	Revision           int // number of changes of the configuration and the description
}

// Registry holds the statements of the control plane.
type Registry struct {
	conn surreal.Conn
}

// NewRegistry returns a registry over a connection that uses the control database.
func NewRegistry(conn surreal.Conn) *Registry { return &Registry{conn} }

type registeredRow struct {
	ID            surreal.RecordID         `cbor:"id"`
	Namespace     string                   `cbor:"namespace"`
	Database      string                   `cbor:"database"`
	Description   string                   `cbor:"description"`
	State         string                   `cbor:"state"`
	CreatedAt     surreal.Datetime         `cbor:"created_at"`
	Claim         surreal.Optional[string] `cbor:"claim"`
	ClaimedAt     surreal.Datetime         `cbor:"claimed_at"`
	AskedAt       surreal.Datetime         `cbor:"asked_at"`
	Made          bool                     `cbor:"made"`
	Emptied       bool                     `cbor:"emptied"`
	SchemaVersion int                      `cbor:"schema_version"`

	Config             surreal.Optional[string]            `cbor:"config"`
	Providers          surreal.Optional[map[string][]byte] `cbor:"providers"`
	EnforcementBlocked bool                                `cbor:"enforcement_blocked"`
	Revision           int                                 `cbor:"revision"`
}

func (r registeredRow) registered() Registered {
	return Registered{
		ID: r.ID.Key, Namespace: r.Namespace, Database: r.Database, Description: r.Description, State: r.State,
		CreatedAt: r.CreatedAt.Time, Claim: r.Claim.Value, Held: r.AskedAt.Sub(r.ClaimedAt.Time), Made: r.Made, Emptied: r.Emptied,
		SchemaVersion: r.SchemaVersion, Config: []byte(r.Config.Value), Providers: r.Providers.Value,
		EnforcementBlocked: r.EnforcementBlocked, Revision: r.Revision,
	}
}

func registryID(id string) surreal.RecordID { return surreal.RecordID{Table: "context", Key: id} }

// Claim registers a Context in the state creating. surreal.ErrAlreadyExists: the id or the database is taken.
func (r *Registry) Claim(ctx context.Context, c Registered) error {
	return once(ctx, func() error {
		_, err := r.conn.Query(ctx, `CREATE ONLY $id SET namespace = $namespace, database = $database, description = $description,
			state = $state, created_at = $created_at, claim = $claim, claimed_at = time::now(), config = $config,
			providers = $providers, made = false, schema_version = 0, enforcement_blocked = false, revision = 0 RETURN NONE`, map[string]any{
			"id": registryID(c.ID), "namespace": c.Namespace, "database": c.Database, "description": c.Description,
			"state": StateCreating, "created_at": surreal.At(c.CreatedAt), "claim": c.Claim,
			"config": optional(string(c.Config)), "providers": someProviders(c.Providers),
		})
		return err
	}, func(ctx context.Context) (bool, error) {
		now, err := r.Get(ctx, c.ID)
		if errors.Is(err, surreal.ErrNotFound) {
			return false, nil
		}
		return now.Claim == c.Claim, err
	})
}

// Take changes the state of a Context to creating or deleting, under a new claim, and records events. surreal.ErrNotFound: the
// entry has changed since it was read.
func (r *Registry) Take(ctx context.Context, was Registered, state, claim string, list ...record.Event) error {
	return once(ctx, func() error {
		_, err := r.conn.Query(ctx, `BEGIN;
IF array::len((UPDATE $id SET state = $to, claim = $claim, claimed_at = time::now() WHERE state = $from AND claim = $was RETURN VALUE id)) != 1
	{ THROW 'taken' };
INSERT IGNORE INTO audit_event $events RETURN NONE;
COMMIT;`, map[string]any{
			"id": registryID(was.ID), "from": was.State, "was": optional(was.Claim), "to": state, "claim": claim, "events": rows(list, newEventRow),
		})
		return notTaken(err, was.ID)
	}, func(ctx context.Context) (bool, error) {
		now, err := r.Get(ctx, was.ID)
		return err == nil && now.Claim == claim, err
	})
}

// Renew extends a claim. surreal.ErrNotFound: another process has taken it over.
func (r *Registry) Renew(ctx context.Context, id, claim string) error {
	return r.change(ctx, Registered{ID: id, Claim: claim}, `claimed_at = time::now()`)
}

// GiveUp abandons a claim, so that the next process takes it over at once.
func (r *Registry) GiveUp(ctx context.Context, id, claim string) error {
	return r.change(ctx, Registered{ID: id, Claim: claim}, `claimed_at = NONE`)
}

// SetDatabase records whether the database of a claimed Context was created for it, and whether it had no rows.
func (r *Registry) SetDatabase(ctx context.Context, c Registered) error {
	return r.change(ctx, c, `made = $made, emptied = $emptied`)
}

// change sets fields of an entry under its claim.
func (r *Registry) change(ctx context.Context, c Registered, assignments string) error {
	out, err := query(ctx, r.conn, `UPDATE $id SET `+assignments+` WHERE claim = $claim RETURN VALUE id`,
		map[string]any{"id": registryID(c.ID), "claim": c.Claim, "made": c.Made, "emptied": c.Emptied})
	return expectOne(out, err, c.ID)
}

// someProviders converts an empty map to NONE.
func someProviders(p map[string][]byte) surreal.Optional[map[string][]byte] {
	if len(p) == 0 {
		return surreal.Optional[map[string][]byte]{}
	}
	return surreal.Some(p)
}

// Ready ends the claim on a created Context, whose database has the given version. surreal.ErrNotFound: another process has taken
// the claim over.
func (r *Registry) Ready(ctx context.Context, id, claim string, version int, event record.Event) error {
	_, err := query(ctx, r.conn, `BEGIN;
IF array::len((UPDATE $id SET state = $ready, schema_version = $version WHERE claim = $claim RETURN VALUE id)) != 1 { THROW 'taken' };
INSERT IGNORE INTO audit_event $events RETURN NONE;
COMMIT;`, map[string]any{
		"id": registryID(id), "claim": claim, "version": version, "ready": StateReady, "events": []eventRow{newEventRow(event)},
	})
	return notTaken(err, id)
}

// notTaken converts the error of a statement that throws 'taken'.
func notTaken(err error, id string) error {
	if what, ok := surreal.Thrown(err); ok && what == "taken" {
		return fmt.Errorf("store: %s: %w", id, surreal.ErrNotFound)
	}
	return err
}

// Configure stores the description and the configuration of a ready Context. ErrStale: the entry was changed or removed since it
// was read.
func (r *Registry) Configure(ctx context.Context, was, now Registered, event record.Event) error {
	vars := map[string]any{
		"id": registryID(was.ID), "ready": StateReady, "claim": was.Claim, "was": was.Revision, "description": now.Description,
		"config": optional(string(now.Config)), "providers": someProviders(now.Providers), "blocked": now.EnforcementBlocked,
		"events": []eventRow{newEventRow(event)},
	}
	return once(ctx, func() error {
		_, err := r.conn.Query(ctx, `BEGIN;
IF array::len((UPDATE $id SET description = $description, config = $config, providers = $providers, enforcement_blocked = $blocked,
	revision = $was + 1 WHERE state = $ready AND claim = $claim AND (revision ?? 0) = $was RETURN VALUE id)) != 1 { THROW 'stale' };
INSERT INTO audit_event $events RETURN NONE;
COMMIT;`, vars)
		return planned(err)
	}, func(ctx context.Context) (bool, error) { return exists(ctx, r.conn, recordID(event.ID)) })
}

// Migrated records the schema version of a Context, which only grows.
func (r *Registry) Migrated(ctx context.Context, id string, version int) error {
	_, err := query(ctx, r.conn, `UPDATE $id SET schema_version = $version WHERE schema_version < $version RETURN NONE`,
		map[string]any{"id": registryID(id), "version": version})
	return err
}

// Forget removes the entry of a Context under its claim. A missing entry is not an error.
func (r *Registry) Forget(ctx context.Context, id, claim string) error {
	_, err := query(ctx, r.conn, `DELETE $id WHERE claim = $claim RETURN NONE`,
		map[string]any{"id": registryID(id), "claim": claim})
	return err
}

// Record stores events of the control plane without another change.
func (r *Registry) Record(ctx context.Context, list ...record.Event) error {
	_, err := query(ctx, r.conn, recordEvents(list), map[string]any{"events": rows(list, newEventRow)})
	return err
}

// Events returns the events of the control plane, newest first.
func (r *Registry) Events(ctx context.Context, q EventQuery) ([]record.Event, error) {
	return events(ctx, r.conn, q)
}

// Get returns a Context in any state. surreal.ErrNotFound: no Context has that id.
func (r *Registry) Get(ctx context.Context, id string) (Registered, error) {
	var rows []registeredRow
	out, err := query(ctx, r.conn, `SELECT *, time::now() AS asked_at FROM $id`, map[string]any{"id": registryID(id)})
	if err == nil {
		err = out.Last(&rows)
	}
	if err != nil {
		return Registered{}, err
	}
	if len(rows) == 0 {
		return Registered{}, fmt.Errorf("store: context %s: %w", id, surreal.ErrNotFound)
	}
	return rows[0].registered(), nil
}

// Owner returns the Context of a database, in any state. surreal.ErrNotFound: none.
func (r *Registry) Owner(ctx context.Context, namespace, database string) (Registered, error) {
	var rows []registeredRow
	out, err := query(ctx, r.conn, `SELECT *, time::now() AS asked_at FROM context WHERE namespace = $namespace AND database = $database`,
		map[string]any{"namespace": namespace, "database": database})
	if err == nil {
		err = out.Last(&rows)
	}
	if err != nil {
		return Registered{}, err
	}
	if len(rows) == 0 {
		return Registered{}, fmt.Errorf("store: database %s/%s: %w", namespace, database, surreal.ErrNotFound)
	}
	return rows[0].registered(), nil
}

// Deleting returns the Contexts with an unfinished deletion.
func (r *Registry) Deleting(ctx context.Context) ([]Registered, error) {
	return selectRows(ctx, r.conn, `SELECT *, time::now() AS asked_at FROM context WHERE state = $deleting`,
		map[string]any{"deleting": StateDeleting}, registeredRow.registered)
}

// List returns up to limit ready Contexts after the given id, in the order of their ids.
func (r *Registry) List(ctx context.Context, after string, limit int) ([]Registered, error) {
	var rows []registeredRow
	out, err := query(ctx, r.conn, `SELECT * FROM type::record('context', $after>..) WHERE state = $ready LIMIT $limit`,
		map[string]any{"after": after, "limit": limit, "ready": StateReady})
	if err == nil {
		err = out.Last(&rows)
	}
	if err != nil {
		return nil, err
	}
	all := make([]Registered, len(rows))
	for i, row := range rows {
		all[i] = row.registered()
	}
	return all, nil
}

// Each visits the Contexts of a listing, such as List, page by page.
func Each(
	ctx context.Context, list func(ctx context.Context, after string, limit int) ([]Registered, error), visit func(Registered) error,
) error {
	const page = 1000
	for after := ""; ; {
		found, err := list(ctx, after, page)
		if err != nil {
			return err
		}
		for _, c := range found {
			if err := visit(c); err != nil {
				return err
			}
			after = c.ID
		}
		if len(found) < page {
			return nil
		}
	}
}

// DefineDatabase creates the database that conn uses if it does not exist. used reports whether anything was defined in it: a
// table, a user or anything else.
func DefineDatabase(ctx context.Context, conn surreal.Conn, name string) (used bool, err error) {
	defined, err := definitions(ctx, conn, name)
	if err != nil {
		return true, err
	}
	for _, things := range defined {
		used = used || len(things) > 0
	}
	return used, nil
}

// definitions returns the definitions in the database that conn uses, by kind and name. It creates the database if it does not
// exist: a connection that selected a removed database can read it only after that.
func definitions(ctx context.Context, conn surreal.Conn, name string) (defined map[string]map[string]any, err error) {
	// A name cannot be bound to a parameter here; Context validation keeps it to letters, digits, - and _.
	out, err := query(ctx, conn, "DEFINE DATABASE IF NOT EXISTS `"+name+"`; INFO FOR DB;", nil)
	if err == nil {
		err = out.Last(&defined)
	}
	return defined, err
}

func expectOne(out surreal.Results, err error, id string) error {
	var ids []surreal.RecordID
	if err == nil {
		err = out.Last(&ids)
	}
	if err == nil && len(ids) != 1 {
		err = fmt.Errorf("store: %s: %w", id, surreal.ErrNotFound)
	}
	return err
}

// MarkWorking notes that a Context may have open jobs, or that it has none.
func (r *Registry) MarkWorking(ctx context.Context, id string, working bool) error {
	sql := `UPSERT ONLY $id RETURN NONE`
	if !working {
		sql = `DELETE $id RETURN NONE`
	}
	_, err := query(ctx, r.conn, sql, map[string]any{"id": surreal.RecordID{Table: "working", Key: id}})
	return err
}

// Working lists the Contexts that may have open jobs.
func (r *Registry) Working(ctx context.Context) ([]string, error) {
	return selectRows(ctx, r.conn, `SELECT VALUE id FROM working`, nil, func(id surreal.RecordID) string { return id.Key })
}
