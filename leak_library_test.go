package spectron_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// Attacks on documents by a caller that holds a key of one scope, in a Context with other tenants.

// doorkeeper is an embedder that fails for texts with one word, and waits with texts that have another.
type doorkeeper struct {
	spectrontest.Embedder
	fails, waits string
	inside       chan struct{} // gets an item when a text begins to wait
	open         chan struct{} // closed to let them go
}

func newDoorkeeper(fails, waits string) *doorkeeper {
	return &doorkeeper{fails: fails, waits: waits, inside: make(chan struct{}, 100), open: make(chan struct{})}
}

func (d *doorkeeper) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	for _, text := range texts {
		if d.fails != "" && strings.Contains(text, d.fails) {
			return nil, errors.New("no vector for " + text)
		}
		if d.waits != "" && strings.Contains(text, d.waits) {
			d.inside <- struct{}{}
			select {
			case <-d.open:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
	}
	return d.Embedder.EmbedDocuments(ctx, texts)
}

func (d *doorkeeper) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	out, err := d.EmbedDocuments(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// library is a Context with the tenants acme and beta, each with a caller that may do everything in its scope.
type library struct {
	*desk
	acme, beta badge
}

func newLibrary(tb testing.TB, opts *spectron.Options) *library {
	tb.Helper()
	clock := spectrontest.NewClock()
	opts.Clock, opts.NewID = clock.Now, spectrontest.IDs()
	mgr := spectrontest.Open(tb, opts)
	l := &library{desk: &desk{mgr, create(tb, mgr, "acme", spectron.ContextSpec{}), clock}}
	register(tb, l.c, "org/acme", "org/beta")
	l.acme, l.beta = l.badge(tb, "acme", over("org/acme/*")), l.badge(tb, "beta", over("org/beta/*"))
	return l
}

var atAcme, atBeta = spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/beta"}}

// upload uploads a text, and waits for it as the operator.
func (l *library) upload(tb testing.TB, by *spectron.Context, text string, req spectron.UploadRequest) *spectron.Uploaded {
	tb.Helper()
	req.Reader = strings.NewReader(text)
	if req.Name == "" {
		req.Name = "a.md"
	}
	up, err := by.Documents().Upload(context.Background(), req)
	require.NoError(tb, err)
	l.wait(tb, up.ID)
	return up
}

func (l *library) wait(tb testing.TB, id string) *spectron.Document {
	tb.Helper()
	d, err := l.c.Documents().Wait(context.Background(), id)
	require.NoError(tb, err)
	return d
}

// seen returns everything that a caller gets of documents.
func (l *library) seen(by *spectron.Context) (out []string) {
	ctx, docs := context.Background(), by.Documents()
	note := func(what string, v any, err error) {
		out = append(out, fmt.Sprintf("%s:\n%s %v", what, asJSON(v), err))
	}
	page, err := docs.List(ctx, spectron.DocumentList{WithTotal: true})
	note("list", page, err)
	for _, d := range page.Items {
		chunks, err := docs.Chunks(ctx, spectron.ChunkQuery{DocumentID: d.ID, WithTotal: true})
		note("chunks", chunks, err)
		keywords, err := docs.Keywords().ForDocument(ctx, d.ID)
		note("keywords of", keywords, err)
		r, err := docs.Raw(ctx, d.ID)
		if err == nil {
			var b []byte
			b, err = io.ReadAll(r)
			note("raw", string(b), err)
		}
	}
	words, err := docs.Keywords().List(ctx, spectron.KeywordList{WithTotal: true})
	note("keywords", words, err)
	found, err := docs.Keywords().Search(ctx, spectron.KeywordSearch{Query: "harbour crane steel tariff"})
	note("search keywords", found, err)
	links, err := docs.RecomputeLinks(ctx)
	note("links", links, err)
	for _, mode := range []spectron.Mode{"", spectron.ModeBM25, spectron.ModeHybrid, spectron.ModeVector, spectron.ModeHybridGraph} {
		for _, q := range []string{"Which crane lifts steel in the harbour?", "tariff of pilots", "harbour", "secret margin"} {
			for _, all := range []bool{false, true} {
				hits, err := docs.Query(ctx, spectron.DocumentQuery{Query: q, Mode: mode, K: 20, Neighbours: 1, Section: true, IncludeDuplicates: all})
				if hits != nil {
					hits.TraceID = "" // a number that all tenants share
				}
				note(fmt.Sprint("query ", mode, q, all), hits, err)
			}
		}
	}
	for _, q := range []string{"Which crane lifts steel in the harbour?", "secret margin", "pilot tariff"} {
		for _, kind := range []spectron.Kind{spectron.KindPassages, spectron.KindChunk, spectron.KindSection} {
			r, err := by.Memory().Recall(ctx, spectron.RecallRequest{Query: q, Kinds: []spectron.Kind{kind}, IncludeWeak: true})
			if r != nil {
				repeatable(r)
			}
			note(fmt.Sprint("recall ", q, kind), r, err)
		}
	}
	jobs, err := by.Jobs().List(ctx, spectron.JobQuery{WithTotal: true})
	note("jobs", jobs, err)
	events, err := by.Events(ctx, spectron.EventQuery{})
	note("events", events, err)
	scopes, err := by.Scopes().List(ctx, spectron.PageRequest{WithTotal: true})
	note("scopes", scopes, err)
	return out
}

const (
	tariffs = "# Tariff\n\nThe harbour crane tariff for steel is nine coins.\n\n## Pilots\n\nThe pilot tariff is two coins. See [cranes](cranes.md).\n"
	cranes  = "# Cranes\n\nThe harbour crane lifts steel.\n\n## Rules\n\nNo harbour crane lifts pilots. See [tariffs](a.md).\n"
)

// TestTenantsOfALibrary compares what a tenant gets of documents in two Contexts: in one of them another tenant has the same bytes, joins and leaves
// its documents, links to them, and has their keywords.
func TestTenantsOfALibrary(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	told := func(hidden bool) (out []string) {
		l := newLibrary(t, &spectron.Options{})
		start, steps := l.clock.Now(), 0
		step := func(only bool, do func()) {
			steps++
			if l.clock.Set(start.Add(time.Duration(steps) * time.Minute)); !only || hidden {
				do()
			}
		}
		note := func(what string, v any, err error) {
			out = append(out, fmt.Sprintf("%s:\n%s %v", what, asJSON(v), err))
		}
		mine := func(what string, up *spectron.Uploaded) {
			note(what, []any{up.ID, up.Deduplicated, up.Scopes, up.Name, up.CreatedAt, up.UpdatedAt}, nil)
		}
		step(true, func() {
			l.upload(t, l.beta.Context, tariffs, spectron.UploadRequest{Title: "Secret margin", Source: "https://beta.example/secret", Labels: []string{"kind=secret"}, Scopes: atBeta})
		})
		step(false, func() {
			mine("the same bytes", l.upload(t, l.acme.Context, tariffs, spectron.UploadRequest{Scopes: atAcme}))
		})
		var shared string
		step(false, func() {
			shared = l.upload(t, l.c, cranes, spectron.UploadRequest{Name: "cranes.md", Scopes: atAcme}).ID
		})
		out = append(out, l.seen(l.acme.Context)...)
		step(true, func() {
			if up := l.upload(t, l.c, cranes, spectron.UploadRequest{Scopes: atBeta}); up.ID != shared || !up.Deduplicated {
				t.Errorf("%+v", up)
			}
		})
		step(true, func() {
			l.upload(t, l.beta.Context, "# Secret margin\n\nThe harbour crane tariff for steel. [a](cranes.md) [b](a.md) secret margin harbour.", spectron.UploadRequest{Scopes: atBeta})
			l.upload(t, l.beta.Context, "%PDF-1.4 nothing", spectron.UploadRequest{Name: "x.pdf", Scopes: atBeta})
		})
		out = append(out, l.seen(l.acme.Context)...)
		step(false, func() { mine("again", l.upload(t, l.acme.Context, cranes, spectron.UploadRequest{Scopes: atAcme})) })
		step(true, func() { require.NoError(t, l.beta.Documents().Delete(ctx, shared)) })
		out = append(out, l.seen(l.acme.Context)...)
		step(true, func() { l.upload(t, l.c, cranes, spectron.UploadRequest{Scopes: atBeta}) })
		step(true, func() {
			_, err := l.c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/beta"})
			require.NoError(t, err)
		})
		out = append(out, l.seen(l.acme.Context)...)
		if d := l.wait(t, shared); len(d.Scopes) != 1 {
			t.Errorf("the shared document is in %v", d.Scopes)
		}
		step(false, func() {
			d, err := l.acme.Documents().Reprocess(ctx, shared, spectron.ReprocessRequest{})
			require.NoError(t, err)
			l.wait(t, d.ID)
		})
		out = append(out, l.seen(l.acme.Context)...)
		step(false, func() { note("delete", nil, l.acme.Documents().Delete(ctx, shared)) })
		return append(out, l.seen(l.acme.Context)...)
	}
	got, want := told(true), told(false)
	require.Len(t, got, len(want))
	ids, failed := renaming{map[string]string{}, map[string]string{}}, 0
	for i := range want {
		if !ids.alike(got[i], want[i]) && failed < 8 {
			failed++
			t.Errorf("%s\nwith what is hidden\n  %s\nwithout it\n  %s", got[i][:strings.IndexByte(got[i], '\n')], apart(got[i], want[i]), apart(want[i], got[i]))
		}
	}
	if !strings.Contains(strings.Join(want, ""), "nine coins") {
		t.Error("the tenant finds nothing")
	}
}

// TestDocumentsOfTwoTenants checks what a tenant may do to a document that also belongs to another one.
func TestDocumentsOfTwoTenants(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLibrary(t, &spectron.Options{})
	d := l.upload(t, l.c, tariffs, spectron.UploadRequest{Scopes: spectron.Scopes{atAcme[0], atBeta[0]}})
	_, err := l.acme.Documents().Reprocess(ctx, d.ID, spectron.ReprocessRequest{Reader: strings.NewReader("Mine."), Name: "a.txt"})
	isError(t, err, spectron.ErrForbidden, "ID")
	require.Len(t, eventsOf(t, l.c, spectron.EventDenied), 1)
	require.NoError(t, l.acme.Documents().Delete(ctx, d.ID))
	for _, err := range []error{
		second(l.acme.Documents().Get(ctx, d.ID)), second(l.acme.Documents().Raw(ctx, d.ID)), l.acme.Documents().Delete(ctx, d.ID),
		second(l.acme.Documents().Wait(ctx, d.ID)), second(l.acme.Documents().Keywords().ForDocument(ctx, d.ID)),
		second(l.acme.Documents().Reprocess(ctx, d.ID, spectron.ReprocessRequest{})), second(l.acme.Documents().Chunks(ctx, spectron.ChunkQuery{DocumentID: d.ID})),
	} {
		isError(t, err, spectron.ErrNotFound, "ID")
	}
	theirs, err := l.beta.Documents().Get(ctx, d.ID)
	require.NoError(t, err)
	require.Equal(t, atBeta, theirs.Scopes)
	// A document that cannot be read: a reader that may not change it shares it as it is.
	broken := l.upload(t, l.c, "%PDF-1.4 nothing", spectron.UploadRequest{Name: "x.pdf", Scopes: spectron.Scopes{atAcme[0], atBeta[0]}})
	denied := len(eventsOf(t, l.c, spectron.EventDenied))
	register(t, l.c, "org/acme/user")
	reader := l.badge(t, "reader", spectron.Grants{spectron.MemoryRead: {"org/acme/*"}, spectron.MemoryWrite: {"org/acme/user"}})
	up, err := reader.Documents().Upload(ctx, spectron.UploadRequest{Reader: strings.NewReader("%PDF-1.4 nothing"), Name: "x.pdf", Scopes: spectron.Scopes{{"org/acme/user"}}})
	require.NoError(t, err)
	require.Equal(t, broken.ID, up.ID)
	require.Equal(t, spectron.DocumentFailed, up.Status)
	require.Len(t, up.Scopes, 2)
	require.Len(t, eventsOf(t, l.c, spectron.EventDenied), denied)
}

// TestSharingShowsNothingOlder uploads the bytes of a document into another scope while its passages are still those of other bytes.
func TestSharingShowsNothingOlder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	door := newDoorkeeper("redacted", "")
	l := newLibrary(t, &spectron.Options{Embedder: door})
	d := l.upload(t, l.acme.Context, "# Salaries\n\nAlice earns zqsalary.", spectron.UploadRequest{Scopes: atAcme})
	_, err := l.acme.Documents().Reprocess(ctx, d.ID, spectron.ReprocessRequest{Reader: strings.NewReader("# Salaries\n\nredacted"), Name: "a.md"})
	require.NoError(t, err)
	up, err := l.c.Documents().Upload(ctx, spectron.UploadRequest{Reader: strings.NewReader("# Salaries\n\nredacted"), Name: "a.md", Scopes: atBeta})
	require.NoError(t, err)
	require.False(t, up.Deduplicated)
	if shown := strings.Join(l.seen(l.beta.Context), ""); strings.Contains(shown, "zqsalary") {
		t.Error(shown)
	}
}

// TestRevokedReadersOfDocuments revokes what a caller may read while it reads, waits and searches.
func TestRevokedReadersOfDocuments(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	long := "# Long\n\n" + strings.Repeat("The harbour crane lifts steel. ", 100_000) // 3 MB
	for name, revoke := range map[string]func(l *library, b badge) error{
		"key": func(l *library, b badge) error { return l.c.Keys().Revoke(ctx, b.key.ID) },
		"grant": func(l *library, b badge) error {
			return second(l.c.Principals().Revoke(ctx, b.who.ID, spectron.GrantRequest{Path: "/*", Verbs: spectron.Verbs()}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := map[string]*spectron.Error{"key": spectron.ErrUnauthenticated, "grant": spectron.ErrNotFound}[name]
			door := newDoorkeeper("", "zqslow")
			l := newLibrary(t, &spectron.Options{Embedder: door})
			l.upload(t, l.c, cranes, spectron.UploadRequest{Scopes: atAcme})
			up, err := l.c.Documents().Upload(ctx, spectron.UploadRequest{Reader: strings.NewReader("zqslow " + long), Name: "long.md", Scopes: atAcme})
			require.NoError(t, err)
			<-door.inside
			victim := l.badge(t, "victim", over("org/acme", spectron.MemoryRead))
			raw, err := victim.Documents().Raw(ctx, up.ID)
			require.NoError(t, err)
			_, err = io.ReadFull(raw, make([]byte, 1000))
			require.NoError(t, err)
			var mu sync.Mutex
			revoked, late := false, 0
			waited, asked, begun := make(chan error), make(chan error), make(chan struct{}, 100)
			go func() {
				_, err := victim.Documents().Wait(ctx, up.ID, func(spectron.Document) {
					mu.Lock()
					defer mu.Unlock()
					if begun <- struct{}{}; revoked {
						late++
					}
				})
				waited <- err
			}()
			<-begun
			go func() {
				hits, err := victim.Documents().Query(ctx, spectron.DocumentQuery{Query: "zqslow harbour crane"})
				if err == nil && len(hits.Hits) > 0 {
					err = fmt.Errorf("%d hits", len(hits.Hits))
				}
				asked <- err
			}()
			<-door.inside
			mu.Lock()
			require.NoError(t, revoke(l, victim))
			revoked = true
			mu.Unlock()
			isError(t, <-waited, want, map[string]string{"grant": "ID"}[name]) // although the work goes on
			close(door.open)
			if err := <-asked; name == "grant" && err != nil || name == "key" && !errors.Is(err, want) {
				t.Errorf("query: %v", err)
			}
			if late > 0 {
				t.Errorf("%d reports after the change", late)
			}
			rest, err := io.ReadAll(raw)
			isError(t, err, want, map[string]string{"grant": "ID"}[name])
			if len(rest) >= 1<<20 {
				t.Errorf("%d bytes after the change", len(rest))
			}
		})
	}
}

// TestLimitedKeysAndDocuments checks the keys of presets, strict keys, and callers that act for others.
func TestLimitedKeysAndDocuments(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLibrary(t, &spectron.Options{})
	d := l.upload(t, l.c, tariffs, spectron.UploadRequest{Scopes: atAcme})
	req := func() spectron.UploadRequest {
		return spectron.UploadRequest{Reader: strings.NewReader("Text."), Name: "a.txt", Scopes: atAcme}
	}
	for _, preset := range []spectron.Preset{spectron.PresetAgent, spectron.PresetSupervisor} {
		for _, may := range []bool{false, true} {
			c := l.as(t, l.mint(t, spectron.KeySpec{Name: fmt.Sprint(preset, may), Principal: preset, ScopeFloor: "org/acme", Upload: may}))
			_, one := c.Documents().Upload(ctx, req())
			_, folder := c.Documents().UploadFolder(ctx, spectron.FolderRequest{FS: fstest.MapFS{"b.txt": {Data: []byte("Other.")}}, Scopes: atAcme})
			_, again := c.Documents().Reprocess(ctx, d.ID, spectron.ReprocessRequest{})
			for _, err := range []error{one, folder, again} {
				if may != (err == nil) || !may && !errors.Is(err, spectron.ErrForbidden) {
					t.Errorf("%s, upload %t: %v", preset, may, err)
				}
			}
			_, err := c.Documents().Get(ctx, d.ID)
			require.NoError(t, err)
			isError(t, c.Documents().Delete(ctx, d.ID), spectron.ErrForbidden, "ID")
		}
	}
	strict := l.as(t, l.mint(t, spectron.KeySpec{Name: "strict", PrincipalID: l.acme.who.ID, Strict: true}))
	_, err := strict.Documents().Query(ctx, spectron.DocumentQuery{Query: "tariff"})
	isError(t, err, spectron.ErrForbidden, "Lens")
	_, err = strict.Documents().Query(ctx, spectron.DocumentQuery{Query: "tariff", Lens: atBeta})
	isError(t, err, spectron.ErrForbidden, "Lens")
	hits, err := strict.Documents().Query(ctx, spectron.DocumentQuery{Query: "tariff", Lens: atAcme})
	require.NoError(t, err)
	require.NotEmpty(t, hits.Hits)
	nowhere := req()
	nowhere.Scopes = nil
	_, err = strict.Documents().Upload(ctx, nowhere)
	isError(t, err, spectron.ErrForbidden, "Scopes")
	// On behalf of beta, nobody sees more than both.
	for _, c := range []*spectron.Context{l.c, l.badge(t, "wide", over("/*")).Context} {
		other, err := c.OnBehalfOf(ctx, l.beta.who.ID)
		require.NoError(t, err)
		isError(t, second(other.Documents().Get(ctx, d.ID)), spectron.ErrNotFound, "ID")
		_, err = other.Documents().Upload(ctx, req())
		isError(t, err, spectron.ErrForbidden, "Scopes")
		hits, err := other.Documents().Query(ctx, spectron.DocumentQuery{Query: "tariff"})
		require.NoError(t, err)
		require.Empty(t, hits.Hits)
		up := l.upload(t, other, tariffs, spectron.UploadRequest{})
		require.Equal(t, atBeta, up.Scopes)
		require.NoError(t, other.Documents().Delete(ctx, up.ID))
	}
}

// The words of a document that must show nowhere but in itself.
const (
	secretText  = "zqtextq"
	secretTitle = "zqtitleq"
	secretName  = "zqnameq"
	secretFrom  = "zqsourceq"
	secretLink  = "zqlinkq"
)

// TestManagementKeysGetNoContent checks what a management key gets of documents: nothing from within the files.
func TestManagementKeysGetNoContent(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := newLibrary(t, &spectron.Options{})
	k, err := l.mgr.ManagementKeys().Create(ctx, "tool")
	require.NoError(t, err)
	admin, err := l.mgr.AuthenticateManager(ctx, k.Secret)
	require.NoError(t, err)
	c, err := admin.Context(ctx, "acme")
	require.NoError(t, err)
	docs := c.Documents()
	text := func(n int) string {
		return fmt.Sprintf("# %s\n\nThe %s harbour ledger number %d. See [it](https://x.example/%s).\n", secretTitle, secretText, n, secretLink)
	}
	l.upload(t, l.acme.Context, text(1), spectron.UploadRequest{Name: "report.md", Scopes: atAcme})
	var got []any
	add := func(v any, err error) {
		require.NoError(t, err)
		got = append(got, v)
	}
	up, err := docs.Upload(ctx, spectron.UploadRequest{Reader: strings.NewReader(text(2)), Name: "b.md", Title: "Given", Scopes: atAcme})
	add(up, err)
	d, err := docs.Wait(ctx, up.ID, func(d spectron.Document) { got = append(got, d) })
	add(d, err)
	require.Equal(t, "Given", d.Title)
	again, err := docs.Upload(ctx, spectron.UploadRequest{Reader: strings.NewReader(text(1)), Scopes: atAcme, Name: "c.md"})
	add(again, err)
	require.True(t, again.Deduplicated)
	require.Equal(t, "report.md", again.Title)
	folder, err := docs.UploadFolder(ctx, spectron.FolderRequest{FS: fstest.MapFS{"d.md": {Data: []byte(text(3))}}, Scopes: atAcme})
	add(folder, err)
	l.wait(t, folder.Documents[0].ID)
	for d, err := range docs.All(ctx, spectron.DocumentList{}) {
		add(d, err)
		add(docs.Get(ctx, d.ID))
	}
	add(docs.Reprocess(ctx, up.ID, spectron.ReprocessRequest{}))
	l.wait(t, up.ID)
	add(docs.Get(ctx, up.ID))
	add(c.Jobs().List(ctx, spectron.JobQuery{}))
	add(c.Events(ctx, spectron.EventQuery{}))
	shown := strings.ToLower(asJSON(got))
	for _, word := range []string{secretText, secretTitle, secretLink, "harbour", "ledger number"} {
		if strings.Contains(shown, word) {
			t.Errorf("%s shows in %s", word, shown)
		}
	}
	full, err := l.acme.Documents().Get(ctx, up.ID)
	require.NoError(t, err)
	require.NotEmpty(t, full.Keywords)
	require.Len(t, full.Links, 1)
	require.NoError(t, docs.Delete(ctx, up.ID))
}

// TestDocumentsAreNotLogged checks that no text or name of a document is in the log, for the Observer, in an event, a job, or an error.
func TestDocumentsAreNotLogged(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var log lockedBuffer
	var heard recorder
	door := newDoorkeeper("zqfailsq", "")
	l := newLibrary(t, &spectron.Options{Embedder: door, Observer: &heard, Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	req := spectron.UploadRequest{Title: secretTitle, Name: secretName + ".md", Source: secretFrom, Scopes: atAcme}
	d := l.upload(t, l.acme.Context, "# Heading\n\nThe "+secretText+" harbour. [it]("+secretLink+")", req)
	req.Name = secretName + ".pdf"
	bad := l.upload(t, l.acme.Context, "%PDF-1.4 "+secretText, req)
	req.Name = secretName + ".md"
	req.Reader = strings.NewReader("The zqfailsq " + secretText)
	failing, err := l.acme.Documents().Upload(ctx, req)
	require.NoError(t, err)
	req.Name, req.Reader = secretName+".xyz", strings.NewReader("\x00\x01"+secretText)
	_, refused := l.acme.Documents().Upload(ctx, req)
	req.Name, req.Scopes, req.Reader = secretName+".md", atBeta, strings.NewReader(secretText)
	_, denied := l.acme.Documents().Upload(ctx, req)
	isError(t, denied, spectron.ErrForbidden, "Scopes")
	require.Eventually(t, func() bool { // the first attempt has failed
		jobs, err := l.acme.Jobs().List(ctx, spectron.JobQuery{State: spectron.JobQueued})
		require.NoError(t, err)
		return len(jobs.Items) == 1 && jobs.Items[0].Attempts > 0
	}, time.Minute, 10*time.Millisecond)
	hits, err := l.acme.Documents().Query(ctx, spectron.DocumentQuery{Query: secretText})
	require.NoError(t, err)
	require.NotEmpty(t, hits.Hits)
	require.NoError(t, l.acme.Documents().Delete(ctx, d.ID))
	waiting, err := l.acme.Documents().Get(ctx, failing.ID)
	require.NoError(t, err)
	broken, err := l.acme.Documents().Get(ctx, bad.ID)
	require.NoError(t, err)
	require.Equal(t, spectron.DocumentFailed, broken.Status)
	jobs, err := l.c.Jobs().List(ctx, spectron.JobQuery{})
	require.NoError(t, err)
	starts, ends := heard.take()
	events := eventsOf(t, l.c, "")
	var exported bytes.Buffer
	require.NoError(t, l.mgr.ExportContext(ctx, "acme", &exported))
	var rows []string
	for line := range strings.Lines(exported.String()) {
		if strings.Contains(line, "id: job:") || strings.Contains(line, "id: audit_event:") {
			rows = append(rows, line)
		}
	}
	for _, e := range events {
		if strings.HasPrefix(string(e.Action), "document.") && !strings.HasPrefix(e.Target, "document:") {
			t.Errorf("the target of %+v", e)
		}
	}
	for what, shown := range map[string]string{
		"log": log.String(), "observer": fmt.Sprintf("%+v %+v", starts, ends), "events": asJSON(events), "jobs": asJSON(jobs), "rows": strings.Join(rows, ""),
		"errors": fmt.Sprint(refused, denied), "reasons": fmt.Sprint(waiting.Reason, broken.Reason, broken.Err()),
	} {
		for _, word := range []string{secretText, secretTitle, secretName, secretFrom, secretLink, "zqfailsq"} {
			if strings.Contains(strings.ToLower(shown), word) {
				t.Errorf("%s shows in the %s: %s", word, what, shown)
			}
		}
	}
	if len(events) == 0 || len(ends) == 0 {
		t.Error("nothing was observed")
	}
}

// TestErasedDocumentsLeaveNoByte checks that a document leaves the store's file with the last of its scopes: its bytes, passages, names and keywords,
// also if it is being processed.
func TestErasedDocumentsLeaveNoByte(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), t.TempDir()
	door := newDoorkeeper("", "zqslowq")
	mgr, err := spectron.Open(ctx, "file://"+filepath.Join(dir, "a.db"), &spectron.Options{Engine: spectrontest.Engine(t), Embedder: door})
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	l := &library{desk: &desk{mgr, create(t, mgr, "acme", spectron.ContextSpec{}), nil}}
	register(t, l.c, "org/acme", "org/beta")
	l.acme, l.beta = l.badge(t, "acme", over("org/acme/*")), l.badge(t, "beta", over("org/beta/*"))
	words := []string{secretText, secretTitle, secretName, secretFrom, secretLink}
	text := "# Heading\n\nThe " + secretText + " harbour. [it](" + secretLink + ")"
	for range 400 { // many passages, several pieces
		text += "\n\n## Part " + secretText + "\n\n" + strings.Repeat("harbour "+secretText+" crane ", 120)
	}
	req := spectron.UploadRequest{Title: secretTitle, Name: secretName + ".md", Source: secretFrom}
	gone := func(after string) {
		t.Helper()
		if n, where := occurrences(t, dir, words...); n > 0 {
			t.Errorf("after %s: %d times, %v", after, n, where)
		}
	}
	both := func() string {
		req.Scopes = spectron.Scopes{atAcme[0], atBeta[0]}
		d := l.upload(t, l.c, text, req)
		if n, _ := occurrences(t, dir, words...); n < 5 {
			t.Fatal("it is not in the file")
		}
		return d.ID
	}
	for _, narrow := range []string{"delete", "forget"} {
		id := both()
		if d := l.wait(t, id); d.Err() != nil || d.Chunks <= 250 {
			t.Fatalf("%+v", d)
		}
		if narrow == "delete" {
			require.NoError(t, l.acme.Documents().Delete(ctx, id))
		} else {
			_, err := l.acme.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme"})
			require.NoError(t, err)
		}
		isError(t, second(l.acme.Documents().Get(ctx, id)), spectron.ErrNotFound, "ID")
		r, err := l.beta.Documents().Raw(ctx, id) // it is whole for the others
		require.NoError(t, err)
		b, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Equal(t, text, string(b))
		hits, err := l.beta.Documents().Query(ctx, spectron.DocumentQuery{Query: secretText})
		require.NoError(t, err)
		require.NotEmpty(t, hits.Hits)
		if narrow == "delete" {
			_, err = l.beta.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/beta"})
			require.NoError(t, err)
		} else {
			require.NoError(t, l.beta.Documents().Delete(ctx, id))
		}
		gone(narrow)
	}
	// New bytes replace the old ones.
	id := both()
	_, err = l.c.Documents().Reprocess(ctx, id, spectron.ReprocessRequest{Reader: strings.NewReader("Nothing."), Name: "b.txt"})
	require.NoError(t, err)
	l.wait(t, id)
	require.Eventually(t, func() bool { // they are erased after the new ones are found
		n, _ := occurrences(t, dir, secretText, secretName, secretLink)
		return n == 0
	}, time.Minute, 50*time.Millisecond)
	require.NoError(t, l.c.Documents().Delete(ctx, id))
	// It is deleted while it is processed.
	req.Reader, req.Scopes = strings.NewReader(text+" zqslowq"), atAcme
	up, err := l.c.Documents().Upload(ctx, req)
	require.NoError(t, err)
	<-door.inside
	require.NoError(t, l.acme.Documents().Delete(ctx, up.ID))
	gone("a deletion meanwhile")
	close(door.open)
	require.Eventually(t, func() bool {
		jobs, err := l.c.Jobs().List(ctx, spectron.JobQuery{})
		require.NoError(t, err)
		return !slices.ContainsFunc(jobs.Items, func(j spectron.Job) bool { return !j.State.Ended() })
	}, time.Minute, 10*time.Millisecond)
	gone("the end of its job")
}
