package spectron_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

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

// TestAdminHasNoMemory checks that the handles of a management key have no access to memory: it lists all of their methods, and none of
// them returns a handle with other methods.
func TestAdminHasNoMemory(t *testing.T) {
	t.Parallel()
	own := map[reflect.Type][]string{
		reflect.TypeFor[*spectron.Admin](): {
			"AllContexts", "AllEvents", "Context", "ContextInfo", "CreateContext", "DeleteContext", "EnsureContext", "Events", "Format", "Health",
			"ListContexts", "ManagementKeys", "Migrations", "PatchContext",
		},
		reflect.TypeFor[*spectron.ContextAdmin](): {
			"AllEvents", "Events", "ID", "Info", "Jobs", "Keys", "Lifecycle", "Ontology", "Principals", "Scopes", "Usage", "WhoAmI",
		},
		reflect.TypeFor[*spectron.AdminLifecycle](): {"Prune", "Reindex"},
		reflect.TypeFor[*spectron.ScopeRegistry]():  {"All", "List", "Register", "Tombstone"},
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
				if out.Kind() == reflect.Pointer && takesContext(out) && !handles[out] {
					t.Errorf("%v.%s leads to a %v", handle, method.Name, out)
				}
			}
		}
	}
}
