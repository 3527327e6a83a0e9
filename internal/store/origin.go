package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/surreal"
)

// ErrRemoved is returned for a write to a database that was removed, or that belongs to another Context by now. Nothing was stored.
var ErrRemoved = errors.New("the database of the Context was removed")

// removed is the text that the statements throw in this case.
const removed = "removed"

// SurrealDB defines the database and the tables that a statement adds rows to, if they do not exist. So each statement that adds rows
// first checks that the database is the one it was made for. Writes that follow the log of changes check their position; the others begin with one
// of these statements. Otherwise a process that does not know yet that another one has deleted a Context could bring its database back, or write
// into the database of a new Context of the same name.
const (
	// exactly is for a database that other processes may remove. Its origin is a random text, which Know stores.
	exactly = `
IF (SELECT VALUE [origin] FROM ONLY $database.id) != [$database.origin] { THROW 'removed' };`
	// existing is for a database that only this process removes.
	existing = `
IF (SELECT VALUE id FROM ONLY $database.id) = NONE { THROW 'removed' };`
)

// theDatabase is the row that holds the origin. Each database of a Context has it, because migrations are never taken back.
var theDatabase = schema.Record(1)

// Know makes the Store refuse writes to any other database than the one that its connection uses now. Position does it too.
func (s *Store) Know(ctx context.Context) error {
	if s.writers == SingleWriter || s.origin.Load() != nil {
		return nil
	}
	out, err := query(ctx, s.conn, `{
IF (SELECT VALUE origin FROM ONLY $database) = NONE { UPDATE $database SET origin = $new WHERE origin = NONE RETURN NONE };
RETURN SELECT VALUE origin FROM ONLY $database;
}`, map[string]any{"database": theDatabase, "new": uuid.NewString()})
	if err != nil {
		return err
	}
	var origin string
	if err := out.Last(&origin); err != nil {
		return err
	}
	s.origin.CompareAndSwap(nil, &origin)
	return nil
}

// here returns the statement that checks the database, and adds its variables.
func (s *Store) here(vars map[string]any) string {
	if s.writers == SingleWriter {
		vars["database"] = map[string]any{"id": theDatabase}
		return existing
	}
	origin := "unknown" // to a Store that has read nothing, no database is the right one
	if known := s.origin.Load(); known != nil {
		origin = *known
	}
	vars["database"] = map[string]any{"id": theDatabase, "origin": origin}
	return exactly
}

// add runs statements that add rows, in one transaction and in this database only. They may run again if their reply is lost.
func (s *Store) add(ctx context.Context, statements string, vars map[string]any) error {
	_, err := query(ctx, s.conn, "{"+s.here(vars)+s.held(ctx, vars)+statements+"}", vars)
	return added(err)
}

// added returns ErrRemoved or ErrFenced in place of the error that says so.
func added(err error) error {
	switch what, _ := surreal.Thrown(err); what {
	case removed:
		return errors.Join(ErrRemoved, err)
	case fenced:
		return ErrFenced
	}
	return err
}
