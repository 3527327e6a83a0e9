package schema_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/surreal"
)

func TestApply(t *testing.T) {
	t.Parallel()
	ctx, e, now := context.Background(), enginetest.Open(t), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for name, set := range map[string]schema.Set{"control": schema.Control(), "context": schema.Context()} {
		conn := enginetest.Connect(t, e, name)
		version, err := schema.Applied(ctx, conn)
		require.NoError(t, err)
		if version != 0 {
			t.Errorf("%s: a new database has version %d", name, version)
		}
		for range 2 {
			require.NoError(t, set.Apply(ctx, conn, now))
			version, err = schema.Applied(ctx, conn)
			require.NoError(t, err)
			if version != set.Version() || version == 0 {
				t.Errorf("%s: version %d, want %d", name, version, set.Version())
			}
		}
	}
}

// A database that is new in any version comes to be the same as one that has seen all of them.
func TestANewDatabaseIsAsAnOldOne(t *testing.T) {
	t.Parallel()
	ctx, e, now := context.Background(), enginetest.Open(t), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for name, set := range map[string]schema.Set{"control": schema.Control(), "context": schema.Context()} {
		old := enginetest.Connect(t, e, name)
		for version := 1; version <= set.Version(); version++ {
			require.NoError(t, set.Through(version).Apply(ctx, old, now))
		}
		want := structure(t, old)
		for version := 1; version <= set.Version(); version++ {
			fresh := enginetest.Connect(t, e, fmt.Sprint(name, version))
			require.NoError(t, set.Through(version).Create(ctx, fresh, now))
			require.NoError(t, set.Apply(ctx, fresh, now))
			got := structure(t, fresh)
			for _, line := range want {
				if !slices.Contains(got, line) {
					t.Errorf("%s, new in version %d, has not: %s", name, version, line)
				}
			}
			for _, line := range got {
				if !slices.Contains(want, line) {
					t.Errorf("%s, new in version %d, has: %s", name, version, line)
				}
			}
		}
	}
}

// structure is all that is defined in a database, and the migrations that are recorded, one a line.
func structure(t *testing.T, conn surreal.Conn) (lines []string) {
	t.Helper()
	read := func(sql string, into any) {
		got, err := conn.Query(context.Background(), sql, nil)
		require.NoError(t, err)
		require.NoError(t, got.Last(into))
	}
	add := func(what string, things map[string][]map[string]any) {
		for kind, list := range things {
			for _, thing := range list {
				delete(thing, "id") // counted as tables are made
				lines = append(lines, fmt.Sprintf("%s %s %v", what, kind, thing))
			}
		}
	}
	var db, migrations map[string][]map[string]any
	read(`INFO FOR DB STRUCTURE`, &db)
	require.NotEmpty(t, db["tables"])
	for _, table := range db["tables"] {
		var has map[string][]map[string]any
		read(fmt.Sprintf("INFO FOR TABLE %s STRUCTURE", table["name"]), &has)
		add(fmt.Sprint(table["name"]), has)
	}
	add("database", db)
	read(`RETURN { migrations: (SELECT * OMIT id FROM migration) }`, &migrations)
	add("rows", migrations)
	require.NotEmpty(t, migrations["migrations"])
	return lines
}

// made is a connection that notes whether what statements make was copied.
type made struct {
	*engine.Session
	copied bool
}

func (m *made) Define(ctx context.Context, sql string, vars map[string]any) (copied bool, err error) {
	m.copied, err = m.Session.Define(ctx, sql, vars)
	return m.copied, err
}

// A database that is copied from another one is the same, but for the time at which it was made.
func TestACopiedDatabaseIsAsOneThatWasMade(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for name, set := range map[string]schema.Set{"control": schema.Control(), "context": schema.Context()} {
		old := enginetest.Connect(t, enginetest.Open(t), name)
		require.NoError(t, set.Apply(ctx, old, now))
		want := structure(t, old)
		for i := range 2 {
			conn := &made{Session: enginetest.Connect(t, enginetest.Open(t), name).(*engine.Session)}
			require.NoError(t, set.Create(ctx, conn, now.Add(time.Duration(i-1)*time.Hour)))
			if i == 0 {
				continue // another test may have made one before
			}
			if !conn.copied {
				t.Errorf("%s: it was not copied", name)
			}
			got := structure(t, conn)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: copied:\n%s\nmade:\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

func TestApplyAtOnce(t *testing.T) {
	t.Parallel()
	e, now := enginetest.Open(t), time.Now()
	var wg sync.WaitGroup
	for range 6 {
		conn := enginetest.Connect(t, e, "shared")
		wg.Go(func() {
			if err := schema.Context().Apply(context.Background(), conn, now); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	version, err := schema.Applied(context.Background(), enginetest.Connect(t, e, "shared"))
	if err != nil || version != schema.Context().Version() {
		t.Errorf("version %d, %v", version, err)
	}
}

func TestApplyRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	ctx, e, now := context.Background(), enginetest.Open(t), time.Now()
	newer := enginetest.Connect(t, e, "newer")
	require.NoError(t, schema.Control().Apply(ctx, newer, now))
	_, err := newer.Query(ctx, `CREATE migration:later SET number = 9999, name = '9999_later', hash = ''`, nil)
	require.NoError(t, err)
	if err := schema.Control().Apply(ctx, newer, now); !errors.Is(err, schema.ErrNewer) {
		t.Errorf("a newer database: %v", err)
	}
	changed := enginetest.Connect(t, e, "changed")
	require.NoError(t, schema.Control().Apply(ctx, changed, now))
	if err := schema.Context().Apply(ctx, changed, now); !errors.Is(err, schema.ErrChanged) {
		t.Errorf("another schema: %v", err)
	}
	foreign := enginetest.Connect(t, e, "foreign")
	_, err = foreign.Query(ctx, `DEFINE TABLE turn SCHEMALESS; CREATE turn:one`, nil)
	require.NoError(t, err)
	if err := schema.Context().Apply(ctx, foreign, now); !errors.Is(err, schema.ErrChanged) {
		t.Errorf("a database with tables of somebody else: %v", err)
	}
}

// Two sets whose databases differ in the migrations that are on record alone are two sets.
func TestSetsAreNotCopiedForEachOther(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for name, set := range map[string]schema.Set{"control": schema.Control(), "context": schema.Context()} {
		for version := set.Version() - 1; version <= set.Version(); version++ {
			for range 2 { // the second is copied
				conn := enginetest.Connect(t, enginetest.Open(t), name)
				require.NoError(t, set.Through(version).Create(ctx, conn, now))
				if got, err := schema.Applied(ctx, conn); err != nil || got != version {
					t.Errorf("%s: version %d, %v, want %d", name, got, err, version)
				}
			}
		}
	}
}
