package spectron_test

import (
	"context"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// administered has the methods that a Context and a ContextAdmin share.
type administered interface {
	ID() string
	Keys() *spectron.Keys
	Principals() *spectron.Principals
	Ontology() *spectron.Ontologies
	Events(context.Context, spectron.EventQuery) (spectron.Page[spectron.Event], error)
	WhoAmI(context.Context) (*spectron.Identity, error)
}

var (
	_ administered = (*spectron.Context)(nil)
	_ administered = (*spectron.ContextAdmin)(nil)
)

func methodsOf(t reflect.Type) (names []string) {
	for i := range t.NumMethod() {
		names = append(names, t.Method(i).Name)
	}
	return names
}

// contents are the types of results that tell what is in memory, or what a document says.
var contents = []reflect.Type{
	reflect.TypeFor[spectron.Hit](), reflect.TypeFor[spectron.Fact](), reflect.TypeFor[spectron.Entity](), reflect.TypeFor[spectron.Instruction](),
	reflect.TypeFor[spectron.Uncertainty](), reflect.TypeFor[spectron.Session](), reflect.TypeFor[spectron.Turn](), reflect.TypeFor[spectron.ContextBlock](),
	reflect.TypeFor[spectron.Chunk](), reflect.TypeFor[spectron.DocumentHit](), reflect.TypeFor[spectron.DocumentKeyword](), reflect.TypeFor[io.Reader](),
	reflect.TypeFor[io.ReadCloser](),
}

// tells reports whether a value of a type may hold one of contents. Iterators are functions with a function that gets the values.
func tells(t reflect.Type, visited map[reflect.Type]bool) bool {
	if slices.Contains(contents, t) {
		return true
	}
	if visited[t] {
		return false
	}
	visited[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
		return tells(t.Elem(), visited)
	case reflect.Map:
		return tells(t.Key(), visited) || tells(t.Elem(), visited)
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && tells(f.Type, visited) {
				return true
			}
		}
	case reflect.Func:
		for i := range t.NumIn() {
			if tells(t.In(i), visited) {
				return true
			}
		}
		for i := range t.NumOut() {
			if tells(t.Out(i), visited) {
				return true
			}
		}
	}
	return false
}

// TestAdminHasNoMemory checks that the handles of a management key have no access to memory: it lists all of their methods, none of
// them returns a handle with other methods, and none has a result that tells what is in memory or in a document. What a Document itself tells is
// checked by TestManagementKeysDoNotReadDocuments.
func TestAdminHasNoMemory(t *testing.T) {
	t.Parallel()
	own := map[reflect.Type][]string{
		reflect.TypeFor[*spectron.Admin](): {
			"AllContexts", "AllEvents", "Context", "ContextInfo", "CreateContext", "DeleteContext", "EnsureContext", "Events", "Format", "Health",
			"ListContexts", "ManagementKeys", "Migrations", "PatchContext",
		},
		reflect.TypeFor[*spectron.ContextAdmin](): {
			"AllEvents", "Documents", "Events", "ID", "Info", "Jobs", "Keys", "Lifecycle", "Ontology", "Principals", "Scopes", "Usage", "WhoAmI",
		},
		reflect.TypeFor[*spectron.AdminLifecycle](): {"Prune", "Reindex"},
		reflect.TypeFor[*spectron.ScopeRegistry]():  {"All", "List", "Register", "Tombstone"},
		// Not the methods of Documents that read what documents say: AllChunks, Chunks, Keywords, Query, Raw and RecomputeLinks.
		reflect.TypeFor[*spectron.DocumentRegistry](): {"All", "Delete", "Get", "List", "Reprocess", "Upload", "UploadFolder", "Wait"},
	}
	for handle, want := range own {
		if got := methodsOf(handle); !slices.Equal(got, want) {
			t.Errorf("%v has the methods\n%v, want\n%v", handle, got, want)
		}
		if n := handle.Elem().NumField(); n != 1 || handle.Elem().Field(0).IsExported() {
			t.Errorf("%v has fields that others can reach", handle)
		}
	}
	handles := map[reflect.Type]bool{
		reflect.TypeFor[*spectron.ManagementKeys](): true, reflect.TypeFor[*spectron.Keys](): true, reflect.TypeFor[*spectron.Principals](): true,
		reflect.TypeFor[*spectron.Ontologies](): true, reflect.TypeFor[*spectron.Jobs](): true,
	}
	for handle := range own {
		handles[handle] = true
	}
	for handle := range handles {
		for i := range handle.NumMethod() {
			method := handle.Method(i)
			for j := range method.Type.NumOut() {
				out := method.Type.Out(j)
				if tells(out, map[reflect.Type]bool{}) {
					t.Errorf("%v.%s returns what is in memory: %v", handle, method.Name, out)
				}
				if out.Kind() == reflect.Pointer && takesContext(out) && !handles[out] {
					t.Errorf("%v.%s leads to a %v", handle, method.Name, out)
				}
			}
		}
	}
}

// TestManagementKeysDoNotReadDocuments checks that a management key manages documents without learning what they say: neither results nor
// reports of progress have a word of the file, but those that were given with it.
func TestManagementKeysDoNotReadDocuments(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr, err := spectron.Open(ctx, "mem://", nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	acme, err := mgr.CreateContext(ctx, "acme", spectron.ContextSpec{})
	require.NoError(t, err)
	key, err := mgr.ManagementKeys().Create(ctx, "ops")
	require.NoError(t, err)
	admin, err := mgr.AuthenticateManager(ctx, key.Secret)
	require.NoError(t, err)
	managed, err := admin.Context(ctx, "acme")
	require.NoError(t, err)
	registry := managed.Documents()
	const text = "# Zebra handbook\n\nThe zebra warehouse in Leipzig keeps zebra saddles: see [the zebra list](https://zebra.example/list).\n"
	var seen []any
	see := func(of ...spectron.Document) {
		for _, d := range of {
			seen = append(seen, d)
		}
	}
	up, err := registry.Upload(ctx, spectron.UploadRequest{Name: "a.md", Source: "shelf", Reader: strings.NewReader(text)})
	require.NoError(t, err)
	see(up.Document)
	ready, err := registry.Wait(ctx, up.ID, func(d spectron.Document) {
		see(d)
		require.NoError(t, d.Err())
	})
	require.NoError(t, err)
	require.NoError(t, ready.Err())
	see(*ready)

	// There is something to hide.
	whole, err := acme.Documents().Get(ctx, up.ID)
	require.NoError(t, err)
	require.Equal(t, "Zebra handbook", whole.Title)
	require.NotEmpty(t, whole.Keywords)
	require.NotEmpty(t, whole.Links)

	got, err := registry.Get(ctx, up.ID)
	require.NoError(t, err)
	require.Equal(t, "a.md", got.Title)
	require.Equal(t, "shelf", got.Source)
	require.Equal(t, whole.Chunks, got.Chunks)
	again, err := registry.Upload(ctx, spectron.UploadRequest{Name: "b.md", Reader: strings.NewReader(text)})
	require.NoError(t, err)
	require.True(t, again.Deduplicated)
	require.Equal(t, spectron.DocumentReady, again.Status)
	page, err := registry.List(ctx, spectron.DocumentList{})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	see(page.Items...)
	for d, err := range registry.All(ctx, spectron.DocumentList{}) {
		require.NoError(t, err)
		see(d)
	}
	renewed, err := registry.Reprocess(ctx, up.ID, spectron.ReprocessRequest{})
	require.NoError(t, err)
	see(*got, again.Document, *renewed)
	for _, d := range seen {
		if shown := toJSON(t, d); strings.Contains(strings.ToLower(shown), "zebra") {
			t.Errorf("a management key reads %s", shown)
		}
	}

	// A title that was given is no secret of the file.
	_, err = registry.Upload(ctx, spectron.UploadRequest{Name: "c.md", Title: "Zebras", Reader: strings.NewReader(text + "More.\n")})
	require.NoError(t, err)
	titled, err := registry.List(ctx, spectron.DocumentList{Limit: 1})
	require.NoError(t, err)
	require.Equal(t, "Zebras", titled.Items[0].Title)
}
