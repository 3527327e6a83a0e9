// Package schema brings a database to the current version: numbered SurrealQL files, embedded, each applied
// once and recorded in the database that it changed, all that are missing in one transaction. Files are never edited once
// they have been released; changes are new files.
package schema

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

//go:embed control/*.surql context/*.surql
var files embed.FS

// Set is a sequence of migrations for one kind of database.
type Set struct {
	name       string
	migrations []migration
}

type migration struct {
	number    int
	name      string
	statement string
	hash      string
}

var (
	// ErrNewer is returned for a database that a newer version of the library has written.
	ErrNewer = errors.New("schema is newer than this library")
	// ErrChanged is returned for a database whose recorded migrations are not the ones of this library.
	ErrChanged = errors.New("schema was migrated by something else")
)

var (
	control  = sync.OnceValue(func() Set { return load("control") })
	contexts = sync.OnceValue(func() Set { return load("context") })
)

// Control is the schema of the control plane.
func Control() Set { return control() }

// Context is the schema of a Context's database.
func Context() Set { return contexts() }

// load reads the set of a folder. The files are part of the program: a fault in their names is a defect.
func load(folder string) Set {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		panic(err)
	}
	set := Set{name: folder}
	for i, e := range entries {
		b, err := files.ReadFile(folder + "/" + e.Name())
		if err != nil {
			panic(err)
		}
		m := migration{number: i + 1, name: strings.TrimSuffix(e.Name(), ".surql"), statement: string(b)}
		if !strings.HasPrefix(m.name, fmt.Sprintf("%04d_", m.number)) {
			panic(fmt.Sprintf("schema: %s/%s is not number %d", folder, e.Name(), m.number))
		}
		sum := sha256.Sum256(b)
		m.hash = hex.EncodeToString(sum[:])
		set.migrations = append(set.migrations, m)
	}
	return set
}

// Version is the number of the newest migration.
func (s Set) Version() int { return len(s.migrations) }

// Record is the row that says that a migration was applied.
func Record(number int) surreal.RecordID {
	return surreal.RecordID{Table: "migration", Key: fmt.Sprintf("%04d", number)}
}

type applied struct {
	Number int    `cbor:"number"`
	Name   string `cbor:"name"`
	Hash   string `cbor:"hash"`
}

// Applied returns the version of the database that conn uses; 0 for one that has no schema of ours.
func Applied(ctx context.Context, conn surreal.Conn) (int, error) {
	rows, err := recorded(ctx, conn)
	return len(rows), err
}

func recorded(ctx context.Context, conn surreal.Conn) ([]applied, error) {
	var out surreal.Results
	err := surreal.Repeat(ctx, surreal.Backoff{}, func() (err error) {
		out, err = conn.Query(ctx, `SELECT * FROM migration ORDER BY number`, nil)
		return err
	})
	if errors.Is(err, surreal.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var rows []applied
	return rows, out.Last(&rows)
}

// Apply brings the database that conn uses to the set's version, in one transaction. It may run in several processes at once:
// one of them applies a migration, the others find it applied.
func (s Set) Apply(ctx context.Context, conn surreal.Conn, now time.Time) error {
	// A migration whose answer was lost is found applied, or is applied then.
	err := surreal.Repeat(ctx, surreal.Backoff{}, func() error { return s.apply(ctx, conn, now) })
	if err != nil {
		return fmt.Errorf("schema: %s: %w", s.name, err)
	}
	return nil
}

// definer is a connection that may know what statements make of an empty database, and copies that: see engine.Session.
type definer interface {
	Define(ctx context.Context, sql string, vars map[string]any) (copied bool, err error)
}

// Create is Apply for a database that was just made: it looks at what is recorded there only when it is not empty after all.
func (s Set) Create(ctx context.Context, conn surreal.Conn, now time.Time) error {
	err := s.create(ctx, conn, now)
	if err == nil {
		return nil
	}
	if again := s.Apply(ctx, conn, now); again != nil {
		return errors.Join(again, err)
	}
	return nil
}

func (s Set) create(ctx context.Context, conn surreal.Conn, now time.Time) error {
	d, ok := conn.(definer)
	if !ok {
		return s.migrate(ctx, conn, 0, now)
	}
	sql, vars := s.statements(0, now)
	copied, err := d.Define(ctx, sql, vars)
	if err != nil || !copied {
		return err
	}
	_, err = conn.Query(ctx, `UPDATE migration SET applied_at = $now WHERE applied_at != $now RETURN NONE`, map[string]any{"now": surreal.At(now)})
	return err
}

// Check returns the version of the database that conn uses, which is one that Apply could bring up to date: ErrNewer and
// ErrChanged otherwise.
func (s Set) Check(ctx context.Context, conn surreal.Conn) (int, error) {
	version, err := s.check(ctx, conn)
	if err != nil {
		return 0, fmt.Errorf("schema: %s: %w", s.name, err)
	}
	return version, nil
}

func (s Set) check(ctx context.Context, conn surreal.Conn) (int, error) {
	rows, err := recorded(ctx, conn)
	if err != nil {
		return 0, err
	}
	if len(rows) > s.Version() {
		return 0, fmt.Errorf("%w: version %d, this library knows %d", ErrNewer, len(rows), s.Version())
	}
	for i, row := range rows {
		if m := s.migrations[i]; row.Number != m.number || row.Hash != m.hash {
			return 0, fmt.Errorf("%w: %s is recorded where %s belongs", ErrChanged, row.Name, m.name)
		}
	}
	return len(rows), nil
}

func (s Set) apply(ctx context.Context, conn surreal.Conn, now time.Time) error {
	version, err := s.check(ctx, conn)
	if err != nil {
		return err
	}
	err = s.migrate(ctx, conn, version, now)
	if !errors.Is(err, surreal.ErrAlreadyExists) {
		return err
	}
	// Another process was first, or there are tables that no migration of ours made.
	newer, readErr := recorded(ctx, conn)
	if readErr != nil {
		return readErr
	}
	if len(newer) > version {
		return surreal.ErrConflict // Apply reads again
	}
	return fmt.Errorf("%w: %w", ErrChanged, err)
}

// migrate applies the migrations after a version.
func (s Set) migrate(ctx context.Context, conn surreal.Conn, version int, now time.Time) error {
	pending := s.migrations[version:]
	if len(pending) == 0 {
		return nil
	}
	sql, vars := s.statements(version, now)
	if _, err := conn.Query(ctx, sql, vars); err != nil {
		return fmt.Errorf("%s to %s: %w", pending[0].name, pending[len(pending)-1].name, err)
	}
	return nil
}

// statements returns the transaction that applies the migrations after a version.
func (s Set) statements(version int, now time.Time) (string, map[string]any) {
	pending := s.migrations[version:]
	var sql strings.Builder
	// Sets may differ in what is recorded alone: Define tells them by their text.
	fmt.Fprintf(&sql, "-- %s, after %d, up to %d\nBEGIN;\n", s.name, version, s.Version())
	if version == 0 {
		sql.WriteString(combine(pending))
	} else {
		for _, m := range pending {
			sql.WriteString(m.statement)
		}
	}
	record := make([]map[string]any, len(pending))
	for i, m := range pending {
		record[i] = map[string]any{
			"id":     Record(m.number),
			"number": m.number, "name": m.name, "hash": m.hash, "applied_at": surreal.At(now),
		}
	}
	// INSERT fails when another process was first, and with it the whole transaction.
	sql.WriteString("\nINSERT INTO migration $record RETURN NONE;\nCOMMIT;")
	return sql.String(), map[string]any{"record": record}
}

// Through returns the set as it was at an earlier version, to make databases of that version.
func (s Set) Through(version int) Set { return Set{s.name, s.migrations[:version]} }
