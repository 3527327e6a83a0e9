package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/tenancy"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/internal/testing/teststore"
	"github.com/spectron-go/spectron/internal/transfer"
)

// open opens a store.
func open(t *testing.T, url string) tenancy.Tenants {
	t.Helper()
	m := tenancy.Tenants{Store: teststore.Open(t, url)}
	require.NoError(t, m.Upgrade(context.Background()))
	return m
}

// turns is the number of turns of the Context "old".
const turns = 120

// old creates the Context "old" with turns, and grants rights in it to a principal.
func old(t *testing.T, m tenancy.Tenants) {
	t.Helper()
	ctx := context.Background()
	conn, err := m.DB.Connect(ctx, "n", "old")
	require.NoError(t, err)
	_, err = store.DefineDatabase(ctx, conn, "old")
	require.NoError(t, err)
	require.NoError(t, schema.Context().Through(1).Apply(ctx, conn, time.Unix(0, 0)))
	for _, sql := range []string{
		`CREATE session:s SET scopes = [['/']], turns = $turns, created_at = d'2026-01-01T00:00:00Z'`,
		`FOR $i IN 0..$turns { CREATE type::record('turn', 't' + <string> $i) SET session = session:s, seq = $i, role = 'user', content = 'Text ' + <string> $i,
			spoken_at = d'2026-01-01T00:00:00Z', recorded_at = d'2026-01-01T00:00:00Z', scopes = [['/']] RETURN NONE; }`,
		`FOR $i IN 0..$turns { CREATE type::record('memory_chunk', 'c' + <string> $i) SET turn = type::record('turn', 't' + <string> $i), session = session:s, seq = 0,
			role = 'user', text = 'Text ' + <string> $i, start = 0, spoken_at = d'2026-01-01T00:00:00Z', recorded_at = d'2026-01-01T00:00:00Z',
			known_from = d'2026-01-01T00:00:00Z', scopes = [['/']], category = 'knowledge' RETURN NONE; }`,
	} {
		_, err = conn.Query(ctx, sql, map[string]any{"turns": turns})
		require.NoError(t, err)
	}
	require.NoError(t, conn.Close(ctx))
	_, err = m.Control.Query(ctx, `CREATE context:old SET namespace = 'n', database = 'old', description = 'of old', state = 'ready', claim = 'old',
		created_at = time::now(), made = true, schema_version = 1, enforcement_blocked = false, revision = 0 RETURN NONE`, nil)
	require.NoError(t, err)
	c, err := m.Handle(ctx, "old")
	require.NoError(t, err)
	at, err := c.Rows.Position(ctx)
	require.NoError(t, err)
	eve := record.Principal{ID: "principal:eve", Name: "eve", Kind: "service", Grants: authz.Full().Strings(), CreatedAt: time.Unix(0, 0)}
	_, err = c.Rows.Change(ctx, store.AccessChange{
		Principals: []record.Principal{eve}, Events: []record.Event{{ID: "audit_event:eve", At: time.Unix(0, 0), Action: record.ActionPrincipalCreated}},
	}, at)
	require.NoError(t, err)
}

func export(t *testing.T, m tenancy.Tenants, id string) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, transfer.Export(context.Background(), m.Store, id, &out, "v0.0.0"))
	return out.Bytes()
}

// rowsOf returns the rows of an export without its header.
func rowsOf(text []byte) string {
	_, rows, _ := strings.Cut(string(text), "OPTION IMPORT")
	rows, _, _ = strings.Cut(rows, "INSERT INTO audit_event") // the last table, which is not imported here
	rows, _, _ = strings.Cut(rows, "-- end of export")
	return strings.TrimSpace(rows)
}

// rules returns rules that accept everything.
func rules() transfer.Rules {
	taken := func(string) error { return nil }
	return transfer.Rules{
		Now: time.Now(), TextBytes: 1 << 20, ValueBytes: 1 << 20, NameBytes: 1 << 10, Text: func(string, int) error { return nil },
		Labels: func(l []string) ([]string, error) { return l, nil }, Metadata: func(map[string]any) error { return nil },
		Name: taken, ExternalID: taken, Ontology: func([]byte) error { return nil },
	}
}

// load creates a Context from an export.
func load(m tenancy.Tenants, id, database string, text []byte, access bool) (*transfer.Import, error) {
	ctx := context.Background()
	in, err := transfer.OpenImport(bytes.NewReader(text), rules(), access, false)
	if err != nil {
		return nil, err
	}
	_, err = m.Create(ctx, "import", tenancy.Entry{ID: id, Namespace: "n", Database: database, Description: in.Description()},
		tenancy.Administrator{}, in.Fill(ctx, m.Now()))
	return in, err
}

// TestRoundTrip checks that an exported Context is imported unchanged, from any kind of store into any other, with its permissions if they
// are requested.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	own := open(t, "mem://")
	old(t, own)
	text := export(t, own, "old")
	if !strings.Contains(string(text), "Text 119") || !strings.Contains(string(text), "eve") {
		t.Errorf("exported %d bytes without what was said", len(text))
	}
	file := filepath.Join(t.TempDir(), "agent.db")
	for kind, url := range map[string]string{"own": "mem://", "file": file, "shared": teststore.Serve(t)} {
		m := open(t, url)
		in, err := load(m, "all", "all", text, true)
		require.NoError(t, err, kind)
		if in.Rows[store.TableTurn] != turns || in.Rows[store.TablePrincipal] != 1 || in.LeftOut[store.TableEvent] != 1 {
			t.Errorf("%s: took %v, left out %v", kind, in.Rows, in.LeftOut)
		}
		if again := export(t, m, "all"); rowsOf(again) != rowsOf(text) {
			t.Errorf("%s: it comes back otherwise:\n%s\n%s", kind, rowsOf(text), rowsOf(again))
		}
		in, err = load(m, "some", "some", text, false)
		require.NoError(t, err, kind)
		if in.Rows[store.TableTurn] != turns || in.Rows[store.TablePrincipal] != 0 || in.LeftOut[store.TablePrincipal] != 1 {
			t.Errorf("%s: took %v, left out %v", kind, in.Rows, in.LeftOut)
		}
		entry, err := m.Find(ctx, "some")
		if err != nil || entry.Description != "of old" {
			t.Errorf("%s: %+v, %v", kind, entry, err)
		}
	}
}

// TestRefusals checks that an incomplete or foreign export is refused, and that nothing of it is left.
func TestRefusals(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	m := open(t, "mem://")
	old(t, m)
	text := string(export(t, m, "old"))
	version := fmt.Sprintf("-- schema: %d", schema.Context().Version())
	require.Contains(t, text, version)
	end := strings.Index(text, "-- end of export")
	for what, tc := range map[string]struct {
		text string
		code fault.Code
	}{
		"nothing":          {"", fault.Invalid},
		"something else":   {"SELECT * FROM turn;", fault.Invalid},
		"half":             {text[:len(text)/2], fault.Invalid},
		"without its end":  {text[:end], fault.Invalid},
		"altered":          {strings.Replace(text, "Text 17", "Text 71", 1), fault.Invalid},
		"a row twice":      {text[:end] + text[strings.Index(text, "INSERT"):], fault.Invalid},
		"of a later time":  {strings.Replace(text, version, "-- schema: 999", 1), fault.Unsupported},
		"without a schema": {strings.Replace(text, version, "-- schema: 0", 1), fault.Invalid},
	} {
		_, err := load(m, "new", "new", []byte(tc.text), true)
		if !fault.Is(err, tc.code) {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := m.Find(ctx, "new"); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: there is a Context: %v", what, err)
		}
	}
	if _, err := load(m, "new", "old", []byte(text), true); !fault.Is(err, fault.AlreadyExists) {
		t.Errorf("into the database of another: %v", err)
	}
	_, err := load(m, "new", "new", []byte(text), true)
	require.NoError(t, err)
	if _, err := load(m, "new", "newer", []byte(text), true); !fault.Is(err, fault.AlreadyExists) {
		t.Errorf("under an id that is taken: %v", err)
	}
	if rowsOf(export(t, m, "new")) != rowsOf([]byte(text)) {
		t.Error("the refused ones left something")
	}
}

// TestAnImportInterrupted interrupts an import before each of its statements, by a fault or by the death of its process. Nothing of it is
// left: the database, also one that existed empty before, accepts the whole import afterwards, under any id.
func TestAnImportInterrupted(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	cut := errors.New("the line was cut")
	for kind, url := range map[string]func(*testing.T) string{"own": func(*testing.T) string { return "mem://" }, "shared": func(t *testing.T) string { return teststore.Serve(t) }} {
		for _, before := range []bool{false, true} {
			for _, dies := range []bool{false, true} { // otherwise one statement fails
				if kind == "shared" && (!before || !dies) {
					continue // a server is slow
				}
				t.Run(fmt.Sprintf("%s/before=%t/dies=%t", kind, before, dies), func(t *testing.T) {
					t.Parallel()
					m := open(t, url(t))
					old(t, m)
					text := export(t, m, "old")
					n := 0
					for failed := true; failed; n += testsize.Stride(n) {
						database := fmt.Sprint("d", n)
						if before {
							conn, err := m.DB.Connect(ctx, "n", database)
							require.NoError(t, err)
							_, err = conn.Query(ctx, "DEFINE DATABASE IF NOT EXISTS `"+database+"`; DEFINE PARAM $mine VALUE 1;", nil)
							require.NoError(t, err)
							require.NoError(t, conn.Close(ctx))
						}
						left := n
						heal := teststore.Break(m.Store, 1000, func(_ string, run func() (surreal.Results, error)) (surreal.Results, error) {
							if left--; left == -1 || dies && left < 0 {
								return nil, cut
							}
							return run()
						})
						_, err := load(m, "a", database, text, true)
						heal()
						if failed = err != nil; !failed {
							break
						}
						require.ErrorIs(t, err, cut)
						if _, err := m.Find(ctx, "a"); err == nil { // it was created, and only the reply failed
							if rowsOf(export(t, m, "a")) != rowsOf(text) {
								t.Errorf("%d statements: there is a Context with something else in it", n)
							}
							require.NoError(t, m.Delete(ctx, "delete", "a"))
							continue
						}
						_, err = m.Control.Query(ctx, `UPDATE context SET claimed_at = NONE WHERE state != 'ready' RETURN NONE`, nil)
						require.NoError(t, err)
						id := []string{"a", "b"}[n%2]
						if _, err = load(m, id, database, text, true); err != nil {
							t.Fatalf("%d statements, again: %v", n, err)
						}
						if rowsOf(export(t, m, id)) != rowsOf(text) {
							t.Errorf("%d statements: the second import is not whole, or not alone", n)
						}
						require.NoError(t, m.Delete(ctx, "delete", id))
					}
					if n < 12 {
						t.Errorf("%d statements import %d turns", n, turns)
					}
				})
			}
		}
	}
}

// limited is a writer that accepts the given number of bytes and then fails.
type limited struct{ left int }

var errFull = errors.New("it is full")

func (l *limited) Write(b []byte) (int, error) {
	if len(b) > l.left {
		return 0, errFull
	}
	l.left -= len(b)
	return len(b), nil
}

// TestAnExportInterrupted checks that an export ends with the error of its writer or database, or if another process writes meanwhile, and
// that the next one is complete.
func TestAnExportInterrupted(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := teststore.Serve(t)
	m, other := open(t, url), open(t, url)
	old(t, m)
	whole := export(t, m, "old")
	for _, left := range []int{0, len(whole) / 2, len(whole) - 40} {
		if err := transfer.Export(ctx, m.Store, "old", &limited{left}, ""); !errors.Is(err, errFull) {
			t.Errorf("a writer of %d bytes: %v", left, err)
		}
	}
	c, err := m.Handle(ctx, "old")
	require.NoError(t, err)
	conn := c.Conn
	tables := 0
	cut := errors.New("the line was cut")
	for what, tc := range map[string]struct {
		meanwhile func() error
		failed    func(error) bool
	}{
		"cut": {func() error { return cut }, func(err error) bool { return errors.Is(err, cut) }},
		"written to": {func() error {
			elsewhere, err := other.Handle(ctx, "old")
			if err != nil {
				return err
			}
			at, err := elsewhere.Rows.Position(ctx)
			if err != nil {
				return err
			}
			_, err = elsewhere.Rows.SetEmbedder(ctx, nil, at)
			return err
		}, func(err error) bool { return fault.Is(err, fault.Conflict) }},
	} {
		tables = 0
		c.Conn = &teststore.Conn{Conn: conn, Tap: func(_ string, run func() (surreal.Results, error)) (surreal.Results, error) {
			if tables++; tables == 3 {
				if err := tc.meanwhile(); err != nil {
					return nil, err
				}
			}
			return run()
		}}
		if err := transfer.Export(ctx, m.Store, "old", &bytes.Buffer{}, ""); !tc.failed(err) {
			t.Errorf("%s: %v", what, err)
		}
		c.Conn = conn
	}
	if rowsOf(export(t, m, "old")) != rowsOf(whole) {
		t.Error("the next export is another one")
	}
	if err := transfer.Export(ctx, m.Store, "none", &bytes.Buffer{}, ""); !fault.Is(err, fault.NotFound) {
		t.Errorf("no such Context: %v", err)
	}
}

// TestBackup checks that a backup of a file is a store with all of its data, that other stores have no backup, and that it ends with the
// error of its writer.
func TestBackup(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, m := range []tenancy.Tenants{open(t, "mem://"), open(t, teststore.Serve(t))} {
		n, err := transfer.Backup(ctx, m.Store, &bytes.Buffer{})
		_, _, refused := transfer.Compact(ctx, m.Store, nil)
		if n != 0 || !fault.Is(err, fault.Unsupported) || !fault.Is(refused, fault.Unsupported) {
			t.Errorf("no file: %d bytes, %v, %v", n, err, refused)
		}
	}
	dir := t.TempDir()
	m := open(t, filepath.Join(dir, "agent.db"))
	old(t, m)
	if _, err := transfer.Backup(ctx, m.Store, &limited{100}); !errors.Is(err, errFull) {
		t.Errorf("a writer that is full: %v", err)
	}
	var copied bytes.Buffer
	n, err := transfer.Backup(ctx, m.Store, &copied)
	if err != nil || n != int64(copied.Len()) {
		t.Errorf("%d of %d bytes, %v", n, copied.Len(), err)
	}
	path := filepath.Join(dir, "copy.db")
	require.NoError(t, os.WriteFile(path, copied.Bytes(), 0o600))
	whole := rowsOf(export(t, m, "old"))
	if rowsOf(export(t, open(t, path), "old")) != whole {
		t.Error("the copy has something else in it")
	}
	var steps []uint64
	before, after, err := transfer.Compact(ctx, m.Store, func(done, _ uint64) { steps = append(steps, done) })
	if err != nil || after > before || len(steps) == 0 || !slices.IsSorted(steps) {
		t.Errorf("from %d to %d bytes in %v, %v", before, after, steps, err)
	}
	if rowsOf(export(t, m, "old")) != whole {
		t.Error("the small file has something else in it")
	}
}
