package store

import (
	"context"
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/surreal"
)

// DropDatabase removes the database that conn uses, with everything in it. It first removes the content in small steps, because
// removing a database is one statement whose time grows with its content. It calls renew before each step and ends with its error.
// Run it again after an error. Concurrent calls are allowed.
func DropDatabase(ctx context.Context, conn surreal.Conn, name string, renew func(context.Context) error) error {
	var err error
	if e, ok := conn.(emptier); ok {
		err = empty(ctx, e, renew)
	} else {
		err = dropRows(ctx, conn, name, renew)
	}
	if err != nil {
		return err
	}
	if err := renew(ctx); err != nil {
		return err
	}
	// Context validation keeps the name to letters, digits, - and _.
	_, err = query(ctx, conn, "REMOVE DATABASE IF EXISTS `"+name+"`", nil)
	return err
}

// emptier is a connection to the embedded engine that can remove the content of a database without a statement: see engine.Session.
// This costs a hundredth of a statement for each row.
type emptier interface {
	Empty(ctx context.Context, limit int) (left bool, err error)
}

// recordsDropped is the number of storage records that one step removes: each row, and each of its index entries, is one.
const recordsDropped = 5000

// empty removes the content of a database.
func empty(ctx context.Context, e emptier, renew func(context.Context) error) error {
	for left := true; left; {
		err := surreal.Retry(ctx, surreal.Backoff{}, func() (err error) {
			if err = renew(ctx); err == nil {
				left, err = e.Empty(ctx, recordsDropped)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rowsDropped is the number of rows of a table that are left for the statement that removes the database. It removes rows several
// times as fast as DELETE.
const rowsDropped = turnsErased

// dropRows removes most rows of large tables. Dependent rows go first, because deleting an entity deletes its relations.
func dropRows(ctx context.Context, conn surreal.Conn, name string, renew func(context.Context) error) error {
	defined, err := definitions(ctx, conn, name)
	if err != nil {
		return err
	}
	rest := defined["tables"]
	var tables []string
	for _, e := range Erasers() {
		if rest[e.Table] != nil {
			tables = append(tables, e.Table)
			delete(rest, e.Table)
		}
	}
	tables = append(tables, slices.Sorted(maps.Keys(rest))...)
	if len(tables) == 0 {
		return nil
	}
	// Only a few turns are selected: the database loads each of them completely.
	out, err := query(ctx, conn, `RETURN $tables.filter(|$t| IF $t = 'turn' {
	array::len((SELECT VALUE id FROM turn LIMIT $turns)) = $turns
} ELSE {
	array::len((SELECT VALUE id FROM type::table($t) LIMIT $rows)) = $rows
})`, map[string]any{"tables": tables, "turns": turnPage, "rows": rowsDropped})
	if err != nil {
		return err
	}
	var large []string
	if err := out.Last(&large); err != nil {
		return err
	}
	for _, table := range large {
		atLeast := rowsDropped
		if table == TableTurn {
			atLeast = turnPage
		}
		if err := erasePages(ctx, conn, `type::table($table)`, ``, map[string]any{"table": table}, atLeast, renew); err != nil {
			return err
		}
	}
	return nil
}
