package store

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// Registered is a Context in the control plane.
type Registered struct {
	ID          string
	Namespace   string
	Database    string
	Description string
	State       string
	CreatedAt   time.Time
}

// Registry holds the statements of the control plane.
type Registry struct {
	conn surreal.Conn
}

// NewRegistry makes a registry of a connection that uses the control database.
func NewRegistry(conn surreal.Conn) *Registry { return &Registry{conn} }

type registeredRow struct {
	ID          surreal.RecordID `cbor:"id"`
	Namespace   string           `cbor:"namespace"`
	Database    string           `cbor:"database"`
	Description string           `cbor:"description"`
	State       string           `cbor:"state"`
	CreatedAt   surreal.Datetime `cbor:"created_at"`
}

func (r registeredRow) registered() Registered {
	return Registered{r.ID.Key, r.Namespace, r.Database, r.Description, r.State, r.CreatedAt.Time}
}

func registryID(id string) surreal.RecordID { return surreal.RecordID{Table: "context", Key: id} }

// Claim registers a Context in the state creating. surreal.ErrAlreadyExists: the id or the database is taken.
func (r *Registry) Claim(ctx context.Context, c Registered) error {
	return surreal.Retry(ctx, surreal.Backoff{}, func() error {
		_, err := r.conn.Query(ctx, `CREATE ONLY $row.id CONTENT $row RETURN NONE`, map[string]any{"row": registeredRow{
			registryID(c.ID), c.Namespace, c.Database, c.Description, StateCreating, surreal.At(c.CreatedAt),
		}})
		return err
	})
}

// Move changes the state of a Context. surreal.ErrNotFound: it is not in the state from.
func (r *Registry) Move(ctx context.Context, id, from, to string) error {
	return surreal.Retry(ctx, surreal.Backoff{}, func() error {
		out, err := r.conn.Query(ctx, `UPDATE $id SET state = $to WHERE state = $from RETURN VALUE id`,
			map[string]any{"id": registryID(id), "from": from, "to": to})
		return expectOne(out, err, id)
	})
}

// Forget removes a Context's entry. It is not an error when there is none.
func (r *Registry) Forget(ctx context.Context, id string) error {
	return surreal.Retry(ctx, surreal.Backoff{}, func() error {
		_, err := r.conn.Query(ctx, `DELETE $id RETURN NONE`, map[string]any{"id": registryID(id)})
		return err
	})
}

// Get returns a Context in any state. surreal.ErrNotFound: there is none.
func (r *Registry) Get(ctx context.Context, id string) (Registered, error) {
	var rows []registeredRow
	out, err := r.conn.Query(ctx, `SELECT * FROM $id`, map[string]any{"id": registryID(id)})
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

// List returns up to limit Contexts that are ready, in the order of their ids, after the given id.
func (r *Registry) List(ctx context.Context, after string, limit int) ([]Registered, error) {
	var rows []registeredRow
	out, err := r.conn.Query(ctx, `SELECT * FROM type::record('context', $after>..) WHERE state = $ready LIMIT $limit`,
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

// Databases lists the databases of the namespace that conn uses.
func Databases(ctx context.Context, conn surreal.Conn) ([]string, error) {
	out, err := conn.Query(ctx, `RETURN object::keys((INFO FOR NS).databases)`, nil)
	if errors.Is(err, surreal.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	return names, out.Last(&names)
}

// DropDatabase removes a database of the namespace that conn uses, with everything in it.
func DropDatabase(ctx context.Context, conn surreal.Conn, name string) error {
	// A name cannot be bound to a parameter here; Context validation keeps it to letters, digits, - and _.
	_, err := conn.Query(ctx, "REMOVE DATABASE IF EXISTS `"+name+"`", nil)
	return err
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
