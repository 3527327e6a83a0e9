package store

import (
	"context"
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/surreal"
)

// DropDatabase removes a database of the namespace that conn uses, with everything in it. conn uses the database. What is in it
// goes first, a little at a time: to remove a database is one statement, which takes as long as there is much in it. renew
// is called before each step; its error ends it. Run it again after an error. Several may do it at the same time.
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

// emptier is a connection to the embedded engine, which removes what is in a database without a statement: see engine.Session. A
// row costs a hundredth of what it costs a statement.
type emptier interface {
	Empty(ctx context.Context, limit int) (left bool, err error)
}

// recordsDropped is how many records of the storage one step removes: a row, and an entry for each of its indexes.
const recordsDropped = 5000

// empty removes what is in a database.
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

// rowsDropped is how many rows of a table are left to the statement that removes the database. It removes them several times as
// fast as one that deletes them.
const rowsDropped = turnsErased

// dropRows empties the tables that have many rows, but for a few rows. What belongs to others goes before them: to delete an
// entity deletes its relations.
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
	// Of turns few are looked at: the database holds each of them whole.
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
		if err := erasePages(ctx, conn, `type::table($table)`, map[string]any{"table": table}, atLeast, renew); err != nil {
			return err
		}
	}
	return nil
}
