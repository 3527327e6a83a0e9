package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// selectRows runs a query of one result and converts its rows.
func selectRows[R, T any](ctx context.Context, conn surreal.Conn, sql string, vars map[string]any, convert func(R) T) ([]T, error) {
	out, err := query(ctx, conn, sql, vars)
	if err != nil {
		return nil, err
	}
	var found []R
	if err := out.Last(&found); err != nil {
		return nil, err
	}
	return rows(found, convert), nil
}

// one returns the only row of a result. surreal.ErrNotFound: no row.
func one[T any](found []T, err error) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	if len(found) == 0 {
		return none, fmt.Errorf("store: %w", surreal.ErrNotFound)
	}
	return found[0], nil
}

// Principal returns a principal. surreal.ErrNotFound: no principal has that id.
func (s *Store) Principal(ctx context.Context, id string) (record.Principal, error) {
	return one(selectRows(ctx, s.conn, `SELECT * FROM $id`, map[string]any{"id": recordID(id)}, principalRow.principal))
}

// PrincipalNamed returns the principal with a name. surreal.ErrNotFound: none.
func (s *Store) PrincipalNamed(ctx context.Context, name string) (record.Principal, error) {
	return one(selectRows(ctx, s.conn, `SELECT * FROM principal WHERE name = $name`, map[string]any{"name": name}, principalRow.principal))
}

// PrincipalExternal returns the principal with an external id. surreal.ErrNotFound: none.
func (s *Store) PrincipalExternal(ctx context.Context, external string) (record.Principal, error) {
	return one(selectRows(ctx, s.conn, `SELECT * FROM principal WHERE external_id = $external`,
		map[string]any{"external": external}, principalRow.principal))
}

// Principals returns up to limit principals after an id, in the order of their ids.
func (s *Store) Principals(ctx context.Context, after string, limit int) ([]record.Principal, error) {
	return selectRows(ctx, s.conn, `SELECT * FROM type::record('principal', $after>..) LIMIT $limit`,
		map[string]any{"after": recordID(after).Key, "limit": limit}, principalRow.principal)
}

// GrantsAsOf returns the grants of a principal at a time; nil before the principal existed.
func (s *Store) GrantsAsOf(ctx context.Context, principal string, at time.Time) (map[string][]string, error) {
	found, err := one(selectRows(ctx, s.conn,
		`SELECT * FROM grant_history WHERE principal = $p AND at <= $at ORDER BY at DESC, id DESC LIMIT 1`,
		map[string]any{"p": recordID(principal), "at": surreal.At(at)},
		func(r grantRow) map[string][]string { return r.Grants }))
	if errors.Is(err, surreal.ErrNotFound) {
		return nil, nil
	}
	return found, err
}

// Key returns a key. surreal.ErrNotFound: no key has that id.
func (s *Store) Key(ctx context.Context, id string) (record.APIKey, error) {
	return one(selectRows(ctx, s.conn, `SELECT * FROM $id`, map[string]any{"id": keyID(id)}, keyRow.key))
}

// KeyWithPrincipal returns a key and its principal. The principal has no id if its row does not exist.
func (s *Store) KeyWithPrincipal(ctx context.Context, id string) (record.APIKey, record.Principal, error) {
	out, err := query(ctx, s.conn, `RETURN { key: $id.*, principal: $id.principal.* }`, map[string]any{"id": keyID(id)})
	if err != nil {
		return record.APIKey{}, record.Principal{}, err
	}
	var found struct {
		Key       surreal.Optional[keyRow] `cbor:"key"`
		Principal cbor.RawMessage          `cbor:"principal"` // undefined if the key does not exist
	}
	if err := out.Last(&found); err != nil {
		return record.APIKey{}, record.Principal{}, err
	}
	if found.Key.State != surreal.Present {
		return record.APIKey{}, record.Principal{}, fmt.Errorf("store: %w", surreal.ErrNotFound)
	}
	var principal surreal.Optional[principalRow]
	if err := surreal.Unmarshal(found.Principal, &principal); err != nil || principal.State != surreal.Present {
		return found.Key.Value.key(), record.Principal{}, err
	}
	return found.Key.Value.key(), principal.Value.principal(), nil
}

// Keys returns up to limit keys after an id, in the order of their ids; principal "" means all principals. For one principal only
// its own keys are read.
func (s *Store) Keys(ctx context.Context, principal, after string, limit int) ([]record.APIKey, error) {
	vars := map[string]any{"after": after, "limit": limit}
	sql := `SELECT * FROM type::record('api_key', $after>..) LIMIT $limit`
	if principal != "" {
		following := ""
		if after != "" {
			following, vars["from"] = `AND id > $from `, keyID(after)
		}
		sql = `SELECT * FROM api_key WITH INDEX api_key_name WHERE principal = $p ` + following + `ORDER BY id LIMIT $limit`
		vars["p"] = recordID(principal)
	}
	return selectRows(ctx, s.conn, sql, vars, keyRow.key)
}

// KeysOf returns all keys of a principal, in the order of their ids.
func (s *Store) KeysOf(ctx context.Context, principal string) ([]record.APIKey, error) {
	return selectRows(ctx, s.conn, `SELECT * FROM api_key WITH INDEX api_key_name WHERE principal = $p ORDER BY id`,
		map[string]any{"p": recordID(principal)}, keyRow.key)
}

// KeysNamed returns the keys with a name; principal "" means all principals.
func (s *Store) KeysNamed(ctx context.Context, principal, name string) ([]record.APIKey, error) {
	vars := map[string]any{"name": name}
	where := ""
	if principal != "" {
		where, vars["p"] = `principal = $p AND `, recordID(principal)
	}
	return selectRows(ctx, s.conn, `SELECT * FROM api_key WHERE `+where+`name = $name ORDER BY id`, vars, keyRow.key)
}

// UsedKey records that a key was used, unless a later use or a use less than a minute earlier is recorded.
func (s *Store) UsedKey(ctx context.Context, id string, at time.Time) error {
	return used(ctx, s.conn, keyID(id), at)
}

func used(ctx context.Context, conn surreal.Conn, id surreal.RecordID, at time.Time) error {
	_, err := query(ctx, conn, `UPDATE $id SET last_used_at = $at WHERE last_used_at = NONE OR last_used_at + 1m <= $at RETURN NONE`,
		map[string]any{"id": id, "at": surreal.At(at)})
	return err
}

// Scopes returns the registered scopes among the given paths.
func (s *Store) Scopes(ctx context.Context, paths []string) ([]record.ScopeNode, error) {
	return selectRows(ctx, s.conn, `SELECT * FROM $ids`, map[string]any{"ids": rows(paths, scopeID)}, scopeRow.node)
}

// ScopesAfter returns up to limit registered scopes after a path, in the order of their paths as SurrealDB sorts text.
func (s *Store) ScopesAfter(ctx context.Context, after string, limit int) ([]record.ScopeNode, error) {
	return selectRows(ctx, s.conn, `SELECT * FROM type::record('scope_node', $after>..) LIMIT $limit`,
		map[string]any{"after": after, "limit": limit}, scopeRow.node)
}

// ScopesBelow returns the registered scopes at and below a path; "/" means all.
func (s *Store) ScopesBelow(ctx context.Context, path string) ([]record.ScopeNode, error) {
	if path == "/" {
		return selectRows(ctx, s.conn, `SELECT * FROM scope_node`, nil, scopeRow.node)
	}
	// "0" follows "/": the texts between the two begin with the path and a slash.
	return selectRows(ctx, s.conn, `SELECT * FROM array::concat((SELECT VALUE id FROM $id),
		(SELECT VALUE id FROM type::record('scope_node', $from..$until)))`,
		map[string]any{"id": scopeID(path), "from": path + "/", "until": path + "0"}, scopeRow.node)
}

// Newest returns the time of the newest event, or zero. Other rows have times of their own.
func (s *Store) Newest(ctx context.Context) (time.Time, error) { return newestEvent(ctx, s.conn) }

// Newest returns the time of the newest event of the control plane, or zero.
func (r *Registry) Newest(ctx context.Context) (time.Time, error) { return newestEvent(ctx, r.conn) }

func newestEvent(ctx context.Context, conn surreal.Conn) (time.Time, error) {
	found, err := events(ctx, conn, EventQuery{Limit: 1})
	if err != nil || len(found) == 0 {
		return time.Time{}, err
	}
	return found[0].At, nil
}

// Record stores events without another change. For an event that is already stored, only a larger Count is taken over.
// ErrRemoved: the Context was deleted.
func (s *Store) Record(ctx context.Context, list ...record.Event) error {
	return s.add(ctx, recordEvents(list), map[string]any{"events": rows(list, newEventRow)})
}

// recordEvents returns the statements that store events, bound to $events.
func recordEvents(list []record.Event) string {
	// They are repeated if the reply is lost: an event is stored once, under its own id.
	sql := `
INSERT IGNORE INTO audit_event $events RETURN NONE;`
	if slices.ContainsFunc(list, func(e record.Event) bool { return e.Count > 0 }) {
		sql += `
FOR $e IN $events { UPDATE $e.id SET count = $e.count WHERE count < $e.count RETURN NONE; };`
	}
	return sql
}

// Ontology returns the newest version of the declared vocabulary. surreal.ErrNotFound: none was ever declared.
func (s *Store) Ontology(ctx context.Context) (record.OntologyVersion, error) {
	found, err := one(selectRows(ctx, s.conn, `SELECT * FROM ontology ORDER BY id DESC LIMIT 1`, nil, func(r ontologyRow) ontologyRow { return r }))
	if err != nil {
		return record.OntologyVersion{}, err
	}
	return found.version()
}

// OntologyVersions returns up to limit versions, newest first, before a version; 0: from the newest.
func (s *Store) OntologyVersions(ctx context.Context, before, limit int) ([]record.OntologyVersion, error) {
	where, vars := ``, map[string]any{"limit": limit}
	if before > 0 {
		where, vars["before"] = ` WHERE id < $before`, ontologyID(before) // as in events
	}
	found, err := selectRows(ctx, s.conn, `SELECT * FROM ontology`+where+` ORDER BY id DESC LIMIT $limit`, vars, func(r ontologyRow) ontologyRow { return r })
	if err != nil {
		return nil, err
	}
	out := make([]record.OntologyVersion, len(found))
	for i, r := range found {
		if out[i], err = r.version(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
