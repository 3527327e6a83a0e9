package spectron_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/spectrontest"
)

const handbook = `# Handbook

Welcome to Acme.

## Refunds

Customers in Germany may return a bicycle within 14 days. The refund arrives within a week.

## Shipping

Parcels leave the warehouse in Leipzig every morning at six.
`

func TestUploadedDocumentsAreFound(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	acme, err := mgr.CreateContext(ctx, "acme", spectron.ContextSpec{Namespace: "a", Database: "b"})
	require.NoError(t, err)
	docs := acme.Documents()
	up, err := docs.Upload(ctx, spectron.UploadRequest{Name: "handbook.md", Reader: strings.NewReader(handbook)})
	require.NoError(t, err)
	require.False(t, up.Deduplicated)
	d, err := docs.Wait(ctx, up.ID)
	require.NoError(t, err)
	require.NoError(t, d.Err())
	require.Equal(t, spectron.DocumentReady, d.Status)
	require.Equal(t, "Handbook", d.Title)
	found, err := docs.Query(ctx, spectron.DocumentQuery{Query: "When do parcels leave?"})
	require.NoError(t, err)
	require.NotEmpty(t, found.Hits)
	require.Equal(t, "Shipping", found.Hits[0].Section)
	require.Equal(t, up.ID, found.Hits[0].DocumentID)
	raw, err := docs.Raw(ctx, up.ID)
	require.NoError(t, err)
	b, err := io.ReadAll(raw)
	require.NoError(t, err)
	require.Equal(t, handbook, string(b))
	again, err := docs.Upload(ctx, spectron.UploadRequest{Name: "copy.md", Reader: strings.NewReader(handbook)})
	require.NoError(t, err)
	require.True(t, again.Deduplicated)
	require.Equal(t, up.ID, again.ID)
	require.NoError(t, docs.Delete(ctx, up.ID))
	_, err = docs.Get(ctx, up.ID)
	require.ErrorIs(t, err, spectron.ErrNotFound)
	found, err = docs.Query(ctx, spectron.DocumentQuery{Query: "When do parcels leave?"})
	require.NoError(t, err)
	require.Empty(t, found.Hits)
}

// documentsIn opens a Context with a configuration, in memory.
func documentsIn(t *testing.T, config spectron.Config) *spectron.Documents {
	t.Helper()
	mgr := spectrontest.Open(t)
	c, err := mgr.CreateContext(context.Background(), "docs", spectron.ContextSpec{Config: config})
	require.NoError(t, err)
	return c.Documents()
}

func uploaded(t *testing.T, docs *spectron.Documents, name, text string) *spectron.Document {
	t.Helper()
	up, err := docs.Upload(context.Background(), spectron.UploadRequest{Name: name, Reader: strings.NewReader(text)})
	require.NoError(t, err)
	d, err := docs.Wait(context.Background(), up.ID)
	require.NoError(t, err)
	return d
}

// A Context that redacts personal data has none of a document: not in its passages, its keywords or its links, and not its bytes.
func TestDocumentsWithoutPersonalData(t *testing.T) {
	t.Parallel()
	ctx, on := context.Background(), true
	docs := documentsIn(t, spectron.Config{PIIRedaction: &on})
	d := uploaded(t, docs, "zoe@example.com notes.md", "# Contact\n\nWrite to zoe@example.com about parcels. [Mail](mailto:zoe@example.com)\n")
	require.NoError(t, d.Err())
	require.Equal(t, "[email] notes.md", d.Name)
	found, err := docs.Query(ctx, spectron.DocumentQuery{Query: "parcels"})
	require.NoError(t, err)
	require.Len(t, found.Hits, 1)
	require.Equal(t, "Contact\n\nWrite to [email] about parcels. Mail", found.Hits[0].Text)
	require.Equal(t, len([]rune(found.Hits[0].Text)), found.Hits[0].CharEnd-found.Hits[0].CharStart)
	for _, text := range append(d.Links, d.Title, d.Name) {
		require.NotContains(t, text, "zoe@")
	}
	for _, k := range d.Keywords {
		require.NotContains(t, k.Text, "zoe@")
	}
	_, err = docs.Raw(ctx, d.ID)
	require.ErrorIs(t, err, spectron.ErrNotFound)
	_, err = docs.Reprocess(ctx, d.ID, spectron.ReprocessRequest{})
	require.ErrorIs(t, err, spectron.ErrConflict)
}

// A file that cannot be read fails with a reason, and keeps its bytes. Another upload of it tries again.
func TestUnreadableDocuments(t *testing.T) {
	t.Parallel()
	docs := documentsIn(t, spectron.Config{})
	for name, bad := range map[string]struct{ text, reason string }{
		"deep.json":     {strings.Repeat("[", 1_000_000), "limit"},
		"broken.json":   {`{"a": `, "damaged"},
		"empty.html":    {"<html><head><title>Nothing</title></head><body> </body></html>", "no text"},
		"cut.pdf":       {"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "damaged"},
		"locked.docx":   {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600), "encrypted"},
		"binary.txt":    {"words\x00\x01\x02" + strings.Repeat("\x00\x03", 200), "damaged"},
		"notazip.epub":  {"PK\x03\x04" + strings.Repeat("x", 100), "damaged"},
		"encrypted.eml": {"Subject: s\r\nContent-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n", "encrypted"},
	} {
		up, err := docs.Upload(context.Background(), spectron.UploadRequest{Name: name, Reader: strings.NewReader(bad.text)})
		if err != nil {
			require.ErrorIs(t, err, spectron.ErrUnsupported, name)
			continue
		}
		d, err := docs.Wait(context.Background(), up.ID)
		require.NoError(t, err)
		require.Equal(t, spectron.DocumentFailed, d.Status, name)
		require.Equal(t, spectron.CodeInvalid, d.Code, name)
		require.Contains(t, d.Reason, bad.reason, name)
		require.ErrorIs(t, d.Err(), spectron.ErrInvalid)
		raw, err := docs.Raw(context.Background(), d.ID)
		require.NoError(t, err)
		b, err := io.ReadAll(raw)
		require.NoError(t, err)
		require.Equal(t, bad.text, string(b))
		again, err := docs.Upload(context.Background(), spectron.UploadRequest{Name: name, Reader: strings.NewReader(bad.text)})
		require.NoError(t, err)
		require.True(t, again.Deduplicated)
		require.False(t, again.Status.Ended())
	}
	limit := int64(1000)
	docs = documentsIn(t, spectron.Config{Documents: &spectron.DocumentsConfig{MaxBytes: &limit}})
	_, err := docs.Upload(context.Background(), spectron.UploadRequest{Name: "a.txt", Reader: strings.NewReader(strings.Repeat("word ", 201))})
	require.ErrorIs(t, err, spectron.ErrTooLarge)
}

// A folder is uploaded with the paths of its files, and what cannot be read is skipped.
func TestUploadFolder(t *testing.T) {
	t.Parallel()
	docs := documentsIn(t, spectron.Config{})
	folder := fstest.MapFS{
		"guide/start.md":  {Data: []byte("# Start\n\nSee [the end](end.md).\n")},
		"guide/end.md":    {Data: []byte("# End\n\nThis is the end.\n")},
		"guide/photo.png": {Data: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")},
		"guide/empty.md":  {},
		".git/config":     {Data: []byte("secret")},
		"drafts/new.md":   {Data: []byte("# Draft\n")},
	}
	var names []string
	request := spectron.FolderRequest{
		FS: folder, Skip: func(name string) bool { return strings.HasPrefix(name, "drafts/") },
		Progress: func(p spectron.FolderProgress) {
			names = append(names, p.Name)
			require.Equal(t, 4, p.Total)
			require.Len(t, names, p.Done)
		},
	}
	done, err := docs.UploadFolder(context.Background(), request)
	require.NoError(t, err)
	require.Equal(t, []string{"guide/empty.md", "guide/end.md", "guide/photo.png", "guide/start.md"}, names)
	require.Len(t, done.Documents, 2)
	require.Equal(t, "guide/end.md", done.Documents[0].Name)
	require.Len(t, done.Skipped, 2)
	require.ErrorIs(t, done.Skipped[0].Err, spectron.ErrInvalid)
	require.ErrorIs(t, done.Skipped[1].Err, spectron.ErrUnsupported)
	for _, d := range done.Documents {
		_, err := docs.Wait(context.Background(), d.ID)
		require.NoError(t, err)
	}
	links, err := docs.RecomputeLinks(context.Background())
	require.NoError(t, err)
	require.Equal(t, 1, links.LinksEmitted)
	names = nil
	again, err := docs.UploadFolder(context.Background(), request)
	require.NoError(t, err)
	for _, d := range again.Documents {
		require.True(t, d.Deduplicated)
	}
}

// Vectors of passages are those of the embedder of the store, also after it was replaced.
func TestDocumentsAreEmbedded(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), "file://"+t.TempDir()+"/agent.db"
	open := func(e embeddings.Embedder) (*spectron.Manager, *spectron.Documents) {
		mgr, err := spectron.Open(ctx, path, &spectron.Options{Engine: spectrontest.Engine(t), Embedder: e})
		require.NoError(t, err)
		c, err := mgr.EnsureContext(ctx, "docs", spectron.ContextSpec{})
		require.NoError(t, err)
		return mgr, c.Documents()
	}
	find := func(docs *spectron.Documents) []spectron.DocumentHit {
		found, err := docs.Query(ctx, spectron.DocumentQuery{Query: "automobile", Mode: spectron.ModeVector})
		require.NoError(t, err)
		return found.Hits
	}
	mgr, docs := open(nil)
	d := uploaded(t, docs, "garage.md", "# Garage\n\n## Upstairs\n\nThe cat sleeps.\n\n## Downstairs\n\nThe car is red.\n")
	require.NoError(t, d.Err())
	require.NoError(t, mgr.Close(ctx))
	mgr, docs = open(&spectrontest.SynonymEmbedder{})
	_, err := mgr.ReembedContext(ctx, "docs")
	require.NoError(t, err)
	require.Equal(t, "Downstairs", find(docs)[0].Section)
	_, err = docs.Reprocess(ctx, d.ID, spectron.ReprocessRequest{})
	require.NoError(t, err)
	_, err = docs.Wait(ctx, d.ID)
	require.NoError(t, err)
	require.Equal(t, "Downstairs", find(docs)[0].Section)
	require.NoError(t, mgr.Close(ctx))
	mgr, docs = open(&spectrontest.SynonymEmbedder{})
	require.Equal(t, "Downstairs", find(docs)[0].Section)
	require.NoError(t, mgr.Close(ctx))
}

// TestSmallDocumentsAreReadyAtOnce checks which documents are processed by the upload itself, and that others wait for a job.
func TestSmallDocumentsAreReadyAtOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	const small = "# Note\n\nThe ferry leaves at nine.\n"
	for name, tc := range map[string]struct {
		opts spectron.Options
		file string
		text string
		want spectron.DocumentStatus
	}{
		"Markdown":        {spectron.Options{}, "a.md", small, spectron.DocumentReady},
		"text":            {spectron.Options{}, "a.txt", small, spectron.DocumentReady},
		"a table":         {spectron.Options{}, "a.csv", "ferry,time\nnorth,nine\n", spectron.DocumentReady},
		"HTML":            {spectron.Options{}, "a.html", "<p>The ferry leaves at nine.</p>", spectron.DocumentQueued},
		"large":           {spectron.Options{}, "a.md", strings.Repeat(small, 2000), spectron.DocumentQueued},
		"an own embedder": {spectron.Options{Embedder: &spectrontest.Embedder{}}, "a.md", small, spectron.DocumentQueued},
		"no workers":      {spectron.Options{Workers: -1}, "a.md", small, spectron.DocumentQueued},
		"without text":    {spectron.Options{}, "a.md", " \n", spectron.DocumentQueued},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			docs := create(t, spectrontest.Open(t, &tc.opts), "acme", spectron.ContextSpec{}).Documents()
			up, err := docs.Upload(ctx, spectron.UploadRequest{Name: tc.file, Reader: strings.NewReader(tc.text)})
			require.NoError(t, err)
			require.Equal(t, tc.want, up.Status)
			if tc.want != spectron.DocumentReady {
				return
			}
			require.Equal(t, 1, up.Version)
			require.Positive(t, up.Chunks)
			require.False(t, up.StartedAt.IsZero() || up.CompletedAt.Before(up.StartedAt))
			d, err := docs.Wait(ctx, up.ID)
			require.NoError(t, err)
			require.Equal(t, &up.Document, d)
			found, err := docs.Query(ctx, spectron.DocumentQuery{Query: "ferry nine"})
			require.NoError(t, err)
			require.Equal(t, up.ID, found.Hits[0].DocumentID)
			raw, err := docs.Raw(ctx, up.ID)
			require.NoError(t, err)
			stored, err := io.ReadAll(raw)
			require.NoError(t, err)
			require.Equal(t, tc.text, string(stored))
		})
	}
}

// Each field of a query does what its comment says.
func TestDocumentQueryFields(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	docs := documentsIn(t, spectron.Config{})
	put := func(name, text string, labels ...string) *spectron.Document {
		up, err := docs.Upload(ctx, spectron.UploadRequest{Name: name, Reader: strings.NewReader(text), Labels: labels, Scopes: spectron.Scopes{{"org/" + name}}})
		require.NoError(t, err)
		d, err := docs.Wait(ctx, up.ID)
		require.NoError(t, err)
		require.NoError(t, d.Err())
		return d
	}
	long := strings.Repeat("The river carries the timber to the mill by the bridge. ", 60)
	mill := put("mill.md", "# Mill\n\n## Wheel\n\nThe wheel turns.\n\n## Timber\n\n"+long+"\n\n## Owner\n\nThe miller owns the mill.\n", "kind=report")
	barn := put("barn.html", "<h1>Barn</h1><p>The barn has a wheel too.</p>")
	ask := func(q spectron.DocumentQuery) *spectron.DocumentHits {
		found, err := docs.Query(ctx, q)
		require.NoError(t, err)
		return found
	}
	documentsOf := func(q spectron.DocumentQuery) map[string]bool {
		out := map[string]bool{}
		for _, h := range ask(q).Hits {
			out[h.DocumentID] = true
		}
		return out
	}
	both, one, other := map[string]bool{mill.ID: true, barn.ID: true}, map[string]bool{mill.ID: true}, map[string]bool{barn.ID: true}
	require.Equal(t, both, documentsOf(spectron.DocumentQuery{Query: "wheel"}))
	require.Equal(t, other, documentsOf(spectron.DocumentQuery{Query: "wheel", DocumentIDs: []string{barn.ID}}))
	require.Equal(t, other, documentsOf(spectron.DocumentQuery{Query: "wheel", MIMETypes: []string{"text/html"}}))
	require.Equal(t, one, documentsOf(spectron.DocumentQuery{Query: "wheel", Labels: []string{"kind=report"}}))
	require.Equal(t, one, documentsOf(spectron.DocumentQuery{Query: "wheel", Lens: spectron.Scopes{{"org/mill.md"}}}))
	require.Empty(t, ask(spectron.DocumentQuery{Query: "wheel of a bicycle in Paris", Threshold: 0.9}).Hits)
	require.Len(t, ask(spectron.DocumentQuery{Query: "wheel", K: 1}).Hits, 1)

	timber := ask(spectron.DocumentQuery{Query: "timber bridge", K: 1, Neighbours: 1}).Hits[0]
	require.Len(t, timber.Around, 2)
	require.Equal(t, []int{timber.Position - 1, timber.Position + 1}, []int{timber.Around[0].Position, timber.Around[1].Position})
	whole := ask(spectron.DocumentQuery{Query: "timber bridge", K: 1, Section: true}).Hits[0]
	require.NotEmpty(t, whole.Around)
	for _, c := range whole.Around {
		require.Equal(t, whole.Section, c.Section)
		require.NotEqual(t, whole.Position, c.Position)
	}
	repeated := 0
	for c, err := range docs.AllChunks(ctx, spectron.ChunkQuery{DocumentID: mill.ID}) {
		require.NoError(t, err)
		if c.Repeats != "" {
			repeated++
		}
	}
	require.Positive(t, repeated, "the chunks of the long section are alike")
	alike := spectron.DocumentQuery{Query: "timber bridge", K: 50, DocumentIDs: []string{mill.ID}}
	few, hidden := ask(alike).Hits, 0
	for _, h := range few {
		hidden += len(h.Duplicates)
	}
	alike.IncludeDuplicates = true
	require.Len(t, ask(alike).Hits, len(few)+hidden)
	require.Positive(t, hidden)
}

// Chunks that continue a table are found by the names of its columns.
func TestTablesOfDocuments(t *testing.T) {
	t.Parallel()
	docs := documentsIn(t, spectron.Config{})
	var table strings.Builder
	table.WriteString("# Stock\n\n| article | zqwarehouse |\n| --- | --- |\n")
	for i := range 200 {
		fmt.Fprintf(&table, "| bolt%d | hall %d |\n", i, i%7)
	}
	d := uploaded(t, docs, "stock.md", table.String())
	require.NoError(t, d.Err())
	found, err := docs.Query(context.Background(), spectron.DocumentQuery{Query: "zqwarehouse of bolt190", K: 1})
	require.NoError(t, err)
	require.Contains(t, found.Hits[0].Text, "bolt190")
	require.Equal(t, "article | zqwarehouse", found.Hits[0].Columns)
	require.Equal(t, 1.0, found.Hits[0].Relevance, "both words are the chunk's")
	require.NotContains(t, found.Hits[0].Text, "zqwarehouse")
}

// TestALargeDocumentBesideOtherWrites has another process write to a server while a worker processes a document of many chunks: all of them are stored.
func TestALargeDocumentBesideOtherWrites(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	m := &meddler{}
	open := func(workers int) *spectron.Manager {
		mgr, err := spectron.Open(ctx, server.URL("ws"), &spectron.Options{Engine: spectrontest.Engine(t), Embedder: m, Workers: workers})
		require.NoError(t, err)
		return mgr
	}
	one, two := open(1), open(-1)
	c := create(t, one, "acme", spectron.ContextSpec{})
	_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "the first words"}) // records the embedder
	require.NoError(t, err)
	other, err := two.Context(ctx, "acme")
	require.NoError(t, err)
	m.texts = func() {
		_, err := other.Memory().Remember(ctx, spectron.RememberRequest{Text: "hello there"})
		require.NoError(t, err)
	}
	up, err := c.Documents().Upload(ctx, spectron.UploadRequest{Name: "a.md", Reader: strings.NewReader(book(250_000))})
	require.NoError(t, err)
	d, err := other.Documents().Wait(ctx, up.ID) // the worker does not catch up before its last write
	require.NoError(t, err)
	require.NoError(t, d.Err())
	require.Greater(t, d.Chunks, 250)
	require.NoError(t, one.Close(ctx))
	require.NoError(t, two.Close(ctx))
	three := open(-1)
	again, err := three.Context(ctx, "acme")
	require.NoError(t, err)
	n := 0
	for _, err := range again.Documents().AllChunks(ctx, spectron.ChunkQuery{DocumentID: up.ID}) {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, d.Chunks, n)
	require.NoError(t, three.Close(ctx))
}
