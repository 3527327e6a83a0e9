package store

import (
	"context"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Presented is the stored data of the key that a secret names.
type Presented struct {
	// Namespace and Database are those of the Context if it is ready, otherwise those of the control plane.
	Namespace, Database string
	// Known says that the Context is registered, Ready that it can be used.
	Known, Ready bool
	// Key has the fields that decide about a secret: ID, Salt, Hash, Generation, SelfService and ValidUntil. nil: the key does not
	// exist.
	Key *record.APIKey
}

// Presented looks up the key of a Context. The statements are the same whether the key exists or not: without a Context the key is
// looked up in the control plane, which has no such key. The result has the same size for every key. The database still decodes the
// whole row, which takes longer for a key with grants of its own.
func (r *Registry) Presented(ctx context.Context, context, key string) (Presented, error) {
	// This is one database call, because a call costs more than a statement. In the known versions a USE ends with the call; for
	// versions where it does not, the last USE restores the database.
	out, err := query(ctx, r.conn, `LET $context = $entry.{namespace, database, state};
LET $at = IF $context.state = $ready { $context } ELSE { $nowhere };
USE NS $at.namespace DB $at.database;
RETURN { known: $context != NONE, namespace: $at.namespace, database: $at.database, key: $key.{id, salt, hash, generation, self_service, valid_until} };
USE NS $nowhere.namespace DB $nowhere.database;`, map[string]any{
		"entry": registryID(context), "key": keyID(key), "ready": StateReady,
		"nowhere": map[string]any{"namespace": ControlNamespace, "database": ControlDatabase},
	})
	if err != nil {
		return Presented{}, err
	}
	var found struct {
		Known     bool                     `cbor:"known"`
		Namespace string                   `cbor:"namespace"`
		Database  string                   `cbor:"database"`
		Key       surreal.Optional[keyRow] `cbor:"key"`
	}
	if err := out.Into(len(out)-2, &found); err != nil {
		return Presented{}, err
	}
	p := Presented{Namespace: found.Namespace, Database: found.Database, Known: found.Known, Ready: found.Namespace != ControlNamespace}
	if row := found.Key.Value; p.Ready && found.Key.State == surreal.Present {
		p.Key = &record.APIKey{
			ID: row.ID.Key, Salt: row.Salt, Hash: row.Hash, Generation: row.Generation, SelfService: row.SelfService, ValidUntil: row.ValidUntil.Time,
		}
	}
	return p, nil
}

// Level reads as many rows as Presented did not find, so that both together always find two rows: otherwise the time of a refusal
// would reveal which keys exist. An accepted key does not need it.
func (r *Registry) Level(ctx context.Context, known, key bool) error {
	row := func(found bool, number int) surreal.RecordID {
		if found {
			return surreal.RecordID{Table: "migration", Key: "none"}
		}
		return schema.Record(number) // a row that every database has
	}
	_, err := query(ctx, r.conn, `RETURN [$context.{number, name, hash}, $key.{id, number, name, hash, applied_at}]`,
		map[string]any{"context": row(known, 1), "key": row(key, 2)})
	return err
}

// RecordAt stores events in the database of a Context, as Record does in that of the control plane. ErrRemoved: the database was emptied.
func (r *Registry) RecordAt(ctx context.Context, namespace, database string, list ...record.Event) error {
	_, err := query(ctx, r.conn, `USE NS $at.namespace DB $at.database; {`+existing+recordEvents(list)+`}; USE NS $home.namespace DB $home.database;`, map[string]any{
		"at": map[string]any{"namespace": namespace, "database": database}, "events": rows(list, newEventRow),
		"database": map[string]any{"id": theDatabase}, "home": map[string]any{"namespace": ControlNamespace, "database": ControlDatabase},
	})
	return added(err)
}
