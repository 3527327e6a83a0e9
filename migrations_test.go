package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// inFile runs f with connections to the databases of a file, below the library.
func inFile(t *testing.T, path string, f func(connect func(namespace, database string) surreal.Conn)) {
	t.Helper()
	ctx := context.Background()
	file, err := kv.OpenFile(ctx, path, kv.FileOptions{})
	require.NoError(t, err)
	e := enginetest.OpenOn(t, file)
	f(func(namespace, database string) surreal.Conn {
		conn, err := e.Connect(ctx)
		require.NoError(t, err)
		require.NoError(t, conn.Use(ctx, namespace, database))
		return conn
	})
	require.NoError(t, e.Close(ctx))
}

// run runs a statement that must succeed.
func run(t *testing.T, conn surreal.Conn, sql string) surreal.Results {
	t.Helper()
	out, err := conn.Query(context.Background(), sql, nil)
	require.NoError(t, err)
	return out
}

// oldFile creates a file with the first version of the schema and two Contexts with a turn each.
func oldFile(t *testing.T) string {
	t.Helper()
	ctx, at := context.Background(), spectrontest.Epoch
	path := filepath.Join(t.TempDir(), "old.db")
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		control := connect(store.ControlNamespace, store.ControlDatabase)
		require.NoError(t, schema.Control().Through(1).Apply(ctx, control, at))
		for _, id := range []string{"one", "two"} {
			run(t, control, fmt.Sprintf(`CREATE context:%s SET namespace = 'default', database = '%s', description = 'of old',
				state = 'ready', created_at = d'2026-01-01T00:00:00Z'`, id, id))
			conn := connect("default", id)
			require.NoError(t, schema.Context().Through(1).Apply(ctx, conn, at))
			run(t, conn, fmt.Sprintf(`
				CREATE session:s SET scopes = [['/']], turns = 1, created_at = d'2026-01-01T00:00:00Z';
				CREATE turn:t SET session = session:s, seq = 0, role = 'user', content = 'The code of %[1]s is 4711.',
					spoken_at = d'2026-01-01T00:00:00Z', recorded_at = d'2026-01-01T00:00:00Z', scopes = [['/']];
				CREATE memory_chunk:c SET turn = turn:t, session = session:s, seq = 0, role = 'user', text = 'The code of %[1]s is 4711.',
					start = 0, spoken_at = d'2026-01-01T00:00:00Z', recorded_at = d'2026-01-01T00:00:00Z',
					known_from = d'2026-01-01T00:00:00Z', scopes = [['/']], category = 'knowledge'`, id))
		}
	})
	return path
}

// openFile opens a file store at a given time.
func openFile(path string, at time.Time) (*spectron.Manager, error) {
	engine, err := spectron.Compiled()
	if err != nil {
		return nil, err
	}
	return spectron.Open(context.Background(), "file://"+path, &spectron.Options{Clock: func() time.Time { return at }, Engine: engine})
}

// migratedAt returns when the last migration of each database was applied.
func migratedAt(t *testing.T, path string) []string {
	t.Helper()
	var out []string
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		for _, db := range []struct{ namespace, name string }{{store.ControlNamespace, store.ControlDatabase}, {"default", "one"}, {"default", "two"}} {
			var rows []struct {
				Name      string           `cbor:"name"`
				AppliedAt surreal.Datetime `cbor:"applied_at"`
			}
			require.NoError(t, run(t, connect(db.namespace, db.name), `SELECT name, applied_at, number FROM migration ORDER BY number`).Last(&rows))
			for _, r := range rows {
				out = append(out, fmt.Sprintf("%s %s %s", db.name, r.Name, r.AppliedAt.Format(time.DateOnly)))
			}
		}
	})
	return out
}

func TestAnOldFileIsBroughtUpToDateOnce(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), oldFile(t)
	day := spectrontest.Epoch.AddDate(0, 1, 0)
	for i := range 2 {
		mgr, err := openFile(path, day.AddDate(0, 0, i))
		require.NoError(t, err)
		migrations, err := mgr.Migrations(ctx)
		require.NoError(t, err)
		want := []spectron.Migration{
			{Namespace: "spectron", Database: "metadata", Version: schema.Control().Version(), Latest: schema.Control().Version()},
			{ContextID: "one", Namespace: "default", Database: "one", Version: schema.Context().Version(), Latest: schema.Context().Version()},
			{ContextID: "two", Namespace: "default", Database: "two", Version: schema.Context().Version(), Latest: schema.Context().Version()},
		}
		require.Equal(t, want, migrations)
		for _, id := range []string{"one", "two"} {
			c, err := mgr.Context(ctx, id)
			require.NoError(t, err)
			if info := c.Info(); info.Description != "of old" {
				t.Errorf("%s: %+v", id, info)
			}
			found, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "What is the code?"})
			require.NoError(t, err)
			if want := "The code of " + id + " is 4711."; len(found.Hits) != 1 || found.Hits[0].Text != want {
				t.Errorf("%s: %+v, want %q", id, found.Hits, want)
			}
			turns, err := c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: "session:s"})
			if err != nil || len(turns.Items) != 1 {
				t.Errorf("%s: turns %v, %v", id, turns, err)
			}
		}
		require.NoError(t, mgr.Close(ctx))
	}
	for _, line := range migratedAt(t, path) {
		want := "2026-02-01" // the first of the two openings
		if strings.Contains(line, " 0001_") {
			want = "2026-01-01"
		}
		if !strings.HasSuffix(line, want) {
			t.Errorf("%s, want %s", line, want)
		}
	}
}

// TestAMigrationIsAppliedAsAWhole checks that a failed migration leaves the database unchanged, and that the error names the Context.
func TestAMigrationIsAppliedAsAWhole(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), oldFile(t)
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		run(t, connect("default", "two"), `DEFINE TABLE change SCHEMALESS`) // a table of somebody else, which blocks the migration
	})
	if _, err := openFile(path, spectrontest.Epoch); !errors.Is(err, spectron.ErrUnsupported) || !strings.Contains(err.Error(), `"two"`) {
		t.Errorf("got %v", err)
	}
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		conn := connect("default", "two")
		version, err := schema.Applied(ctx, conn)
		if err != nil || version != 1 {
			t.Errorf("version %d, %v, want 1", version, err)
		}
		run(t, conn, `REMOVE TABLE change`)
	})
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err, "with the obstacle away")
	require.NoError(t, mgr.Close(ctx))
}

func TestAFileOfANewerVersionIsRefused(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(connect func(string, string) surreal.Conn, t *testing.T){
		"control plane": func(connect func(string, string) surreal.Conn, t *testing.T) {
			run(t, connect("spectron", "metadata"), `CREATE migration:later SET number = 99, name = '0099_later', hash = ''`)
		},
		"recorded Context": func(connect func(string, string) surreal.Conn, t *testing.T) {
			run(t, connect("spectron", "metadata"), `UPDATE context:two SET schema_version = 99`)
		},
		"Context": func(connect func(string, string) surreal.Conn, t *testing.T) {
			run(t, connect("default", "two"), `CREATE migration:later SET number = 99, name = '0099_later', hash = ''`)
			run(t, connect("spectron", "metadata"), `UPDATE context:two SET schema_version = 1`)
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			ctx, path := context.Background(), oldFile(t)
			mgr, err := openFile(path, spectrontest.Epoch)
			require.NoError(t, err)
			require.NoError(t, mgr.Close(ctx))
			inFile(t, path, func(connect func(string, string) surreal.Conn) { change(connect, t) })
			_, err = openFile(path, spectrontest.Epoch)
			if !errors.Is(err, spectron.ErrUnsupported) || !strings.Contains(err.Error(), "newer than this library") {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestAContextThatWasLeftHalfMade kills a process while it fills a new Context. What it created is removed when the id is used again. A
// database that existed before is left unchanged.
func TestAContextThatWasLeftHalfMade(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	for made, want := range map[bool]int{true: 0, false: 1} {
		path := oldFile(t)
		mgr, err := openFile(path, spectrontest.Epoch)
		require.NoError(t, err)
		require.NoError(t, mgr.Close(ctx))
		inFile(t, path, func(connect func(string, string) surreal.Conn) {
			run(t, connect("spectron", "metadata"), fmt.Sprintf(`UPDATE context:two SET state = 'creating', made = %t, claim = 'x'`, made))
		})
		mgr, err = openFile(path, spectrontest.Epoch)
		require.NoError(t, err)
		if _, err := mgr.Context(ctx, "two"); !errors.Is(err, spectron.ErrNotFound) {
			t.Errorf("made %t: it is there: %v", made, err)
		}
		c, err := mgr.EnsureContext(ctx, "two", spectron.ContextSpec{})
		require.NoError(t, err)
		if n := findAll(t, c, "The code of two is 4711."); n != want {
			t.Errorf("made %t: %d texts of before, want %d", made, n, want)
		}
		require.NoError(t, mgr.Close(ctx))
	}
}

// TestAFailedImportLeavesNothing checks that a failed import into an existing empty database leaves it empty.
func TestAFailedImportLeavesNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, path := context.Background(), oldFile(t)
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		run(t, connect("default", "there"), `DEFINE PARAM $mine VALUE 1`)
	})
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	var export strings.Builder
	require.NoError(t, mgr.ExportContext(ctx, "one", &export))
	half := export.String()[:strings.Index(export.String(), "-- end of export")]
	for range 2 {
		_, err = mgr.ImportContext(ctx, spectron.ImportRequest{ID: "there", From: strings.NewReader(half)})
		isError(t, err, spectron.ErrInvalid, "From")
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = mgr.ImportContext(ended, spectron.ImportRequest{ID: "there", From: strings.NewReader(export.String())})
	isError(t, err, spectron.ErrTimeout, "")
	there, err := mgr.ImportContext(ctx, spectron.ImportRequest{ID: "there", From: strings.NewReader(export.String())})
	require.NoError(t, err)
	if n := findAll(t, there.Context, "The code of one is 4711."); n != 1 {
		t.Errorf("%d texts", n)
	}
}
