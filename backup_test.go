package spectron_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// rowsOf returns the rows of an export, without the header that says where and when it was made.
func rowsOf(export string) string {
	_, rows, _ := strings.Cut(export, "OPTION IMPORT;")
	rows, _, _ = strings.Cut(rows, "-- end of export")
	return rows
}

// TestAContextMovesBetweenStores checks that a Context is the same after it was moved from memory to a file, to a server and back.
func TestAContextMovesBetweenStores(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	engine, err := spectron.Compiled()
	require.NoError(t, err)

	source := spectrontest.Open(t, &spectron.Options{Clock: ticking()})
	first, err := source.CreateContext(ctx, "test", spectron.ContextSpec{})
	require.NoError(t, err)
	for _, text := range []string{
		"My name is Nora Keller. I work at Brightwave.", "From now on, always answer in French.", "I joined Halden Labs.",
		"Anna Schmidt lives in Berlin.", "Quotes \" ' ` \\ and\nlines, 東京 🚀, \u202e, ⟨x⟩; REMOVE DATABASE test;",
	} {
		_, err := first.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Labels: []string{"from=chat"}, Scopes: spectron.Scopes{{"org/acme"}}})
		require.NoError(t, err)
	}
	var export bytes.Buffer
	require.NoError(t, source.ExportContext(ctx, "test", &export))
	want := rowsOf(export.String())
	for _, url := range []string{
		"file://" + filepath.Join(t.TempDir(), "agent.db"), server.URL("ws"), "mem://", server.URL("http"), "file://" + filepath.Join(t.TempDir(), "last.db"),
	} {
		mgr, err := spectron.Open(ctx, url, &spectron.Options{Engine: engine})
		require.NoError(t, err)
		id := strings.SplitN(url, ":", 2)[0] // the two on the server are different Contexts
		progress := 0
		moved, err := mgr.ImportContext(ctx, spectron.ImportRequest{
			ID: id, Spec: spectron.ContextSpec{Description: "moved"}, From: &export, Events: true,
			Progress: func(rows int) {
				require.Greater(t, rows, progress)
				progress = rows
			},
		})
		require.NoError(t, err, url)
		all := 0
		for _, n := range moved.Rows {
			all += n
		}
		require.Equal(t, all, progress)
		found, err := moved.Context.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where did I work before?", Lens: spectron.Scopes{{"org/acme"}}})
		require.NoError(t, err)
		if len(found.Hits) == 0 || found.Hits[0].Text != "Nora Keller works at Brightwave" || found.Hits[0].Fact.ValidUntil.IsZero() {
			t.Errorf("%s: the history is lost", url)
		}
		export.Reset()
		require.NoError(t, mgr.ExportContext(ctx, id, &export))
		if got := rowsOf(export.String()); got != want {
			t.Errorf("%s: exported again, the rows are\n%s\nwant\n%s", url, got, want)
		}
		require.NoError(t, mgr.Close(ctx))
	}

	// SurrealDB itself takes the export, into a database with the schema.
	conn := enginetest.Connect(t, enginetest.Open(t), "import")
	require.NoError(t, schema.Context().Apply(ctx, conn, spectrontest.Epoch))
	_, err = conn.Query(ctx, export.String(), nil)
	require.NoError(t, err)
	rows := 0
	for chunk, err := range store.New(conn, store.SingleWriter).Chunks(ctx) {
		require.NoError(t, err)
		if !strings.Contains(want, chunk.ID[len("memory_chunk:"):]) {
			t.Errorf("%s is not of the export", chunk.ID)
		}
		rows++
	}
	if rows != 5 {
		t.Errorf("SurrealDB has %d texts, want 5", rows)
	}
}

// What comes from elsewhere is read, never run.
func TestAnImportRunsNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t)
	victim, err := mgr.CreateContext(ctx, "victim", spectron.ContextSpec{Namespace: "acme"})
	require.NoError(t, err)
	_, err = victim.Memory().Remember(ctx, spectron.RememberRequest{Text: "The safe is behind the picture."})
	require.NoError(t, err)
	var export bytes.Buffer
	require.NoError(t, mgr.ExportContext(ctx, "victim", &export))
	head, _, _ := strings.Cut(export.String(), "INSERT")
	for _, statement := range []string{
		"REMOVE DATABASE victim;", "USE NS acme DB victim; DELETE turn;", "DELETE memory_chunk;",
		"INSERT INTO turn (SELECT * FROM turn);", "INSERT INTO context [{ id: context:x }];", "INSERT INTO turn [{ id: turn:x, content: rand::guid() }];",
		"INSERT INTO turn [{ id: turn:x, content: $auth }];", "DEFINE USER eve ON ROOT PASSWORD 'x' ROLES OWNER;",
	} {
		_, err := mgr.ImportContext(ctx, spectron.ImportRequest{ID: "copy", Spec: spectron.ContextSpec{Namespace: "acme"}, From: strings.NewReader(head + statement + "\n-- end of export\n")})
		isError(t, err, spectron.ErrInvalid, "From")
		isError(t, second(mgr.Context(ctx, "copy")), spectron.ErrNotFound, "ID")
	}
	if n := findAll(t, victim, "The safe is behind the picture."); n != 1 {
		t.Errorf("the text is there %d times", n)
	}
}
