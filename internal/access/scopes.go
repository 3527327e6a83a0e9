// Package access manages principals and their grants, keys and tokens, scopes, and the events of their changes. Its functions take a call
// that the gate has admitted, and check the permissions of its caller. Errors come from package fault, without the operation, or from
// the packages below.
package access

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// parsePath parses the path of a scope.
func parsePath(field, path string) (string, error) {
	parsed, err := scope.Parse(path)
	if err != nil {
		return "", fault.Wrap(fault.Invalid, field, err)
	}
	return parsed, nil
}

// RegisterScope registers a scope and the scopes above it. A registered scope gets the name and the description of the spec. A tombstoned
// scope is registered again, and so are the scopes above it. It returns the part of the scope that the caller may see.
func RegisterScope(ctx context.Context, c *gate.Call, spec record.ScopeNode) (node record.ScopeNode, err error) {
	if spec.Path, err = checkScope(spec); err != nil {
		return node, err
	}
	if err := c.Require(ctx, "Path", authz.ScopeCreate, record.ScopeSet{{spec.Path}}); err != nil {
		return node, err
	}
	err = c.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		wanted := append(scope.Ancestors(spec.Path), spec.Path)
		found, err := c.Live.Rows.Scopes(ctx, wanted)
		if err != nil {
			return nil, err
		}
		change := &store.AccessChange{}
		for _, path := range wanted {
			n := record.ScopeNode{Path: path, CreatedAt: c.Now()}
			at := slices.IndexFunc(found, func(f record.ScopeNode) bool { return f.Path == path })
			if at >= 0 {
				n = found[at]
			}
			was := n
			if !n.TombstonedAt.IsZero() {
				if err := c.Require(ctx, "Path", authz.ScopeCreate, record.ScopeSet{{path}}); err != nil {
					return nil, err
				}
				n.TombstonedAt = time.Time{}
			}
			if path == spec.Path {
				n.Name, n.Description = cmp.Or(spec.Name, n.Name), cmp.Or(spec.Description, n.Description)
				node = n
			}
			if at < 0 || n != was {
				change.Scopes = append(change.Scopes, n)
			}
		}
		if len(change.Scopes) == 0 {
			return nil, nil
		}
		change.Events = []record.Event{Registered(c, change.Scopes)}
		return change, nil
	})
	if err != nil {
		return record.ScopeNode{}, err
	}
	if !c.Region(authz.ScopeRead).Covers(spec.Path) {
		// The caller may not learn whether it was registered before.
		node = record.ScopeNode{Path: spec.Path, Name: spec.Name, Description: spec.Description, CreatedAt: c.Now()}
	}
	return node, nil
}

// checkScope validates the spec of a scope and returns its path.
func checkScope(spec record.ScopeNode) (string, error) {
	path, err := parsePath("Path", spec.Path)
	if err != nil {
		return "", err
	}
	if path == scope.Root {
		return "", fault.Bad("Path", "the root scope always exists")
	}
	if err := input.Text("Name", spec.Name, input.MaxName); err != nil {
		return "", err
	}
	if spec.Name != "" && record.Blank(spec.Name) {
		return "", fault.Bad("Name", "blank")
	}
	return path, input.Text("Description", spec.Description, input.MaxDescription)
}

// Registered returns the event for newly registered scopes.
func Registered(c *gate.Call, nodes []record.ScopeNode) record.Event {
	e := scopesEvent(c, record.ActionScopeRegistered, nodes)
	e.Target = nodes[len(nodes)-1].Path
	return e
}

// scopesEvent returns an event about scopes. It names at most live.MaxEventPaths of them.
func scopesEvent(c *gate.Call, action string, nodes []record.ScopeNode) record.Event {
	e := c.Event(action)
	for _, n := range nodes[:min(len(nodes), live.MaxEventPaths)] {
		e.Paths = append(e.Paths, n.Path)
	}
	if more := len(nodes) - len(e.Paths); more > 0 {
		e.Detail = fmt.Sprintf("and %d more", more)
	}
	return e
}

// ListScopes lists the registered scopes where the caller holds scope:read, including tombstoned ones.
func ListScopes(ctx context.Context, c *gate.Call, req paging.Request) (paging.Page[record.ScopeNode], error) {
	req, err := req.Checked(paging.Most)
	if err != nil {
		return paging.Page[record.ScopeNode]{}, err
	}
	patterns := c.Region(authz.ScopeRead).Patterns()
	return paging.Read(ctx, req, func(ctx context.Context, after string, limit int) ([]record.ScopeNode, error) {
		return c.Live.Rows.ScopesIn(ctx, patterns, after, limit)
	}, func(n record.ScopeNode) string { return n.Path })
}

// TombstoneScope tombstones a scope and the scopes below it.
func TombstoneScope(ctx context.Context, c *gate.Call, path string) error {
	path, err := parsePath("path", path)
	if err != nil {
		return err
	}
	if path == scope.Root {
		return fault.Bad("path", "the root scope cannot be tombstoned")
	}
	// The verb is required over the whole subtree, so that the caller does not learn whether scopes exist below.
	if err := c.RequireOver(ctx, "path", authz.ScopeDelete, scope.Pattern{Path: path, Subtree: true}); err != nil {
		return err
	}
	return c.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		nodes, err := c.Live.Rows.ScopesBelow(ctx, path)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(nodes, func(n record.ScopeNode) bool { return n.Path == path }) {
			return nil, fault.New(fault.NotFound, "path", "no scope %q", path)
		}
		var gone []record.ScopeNode
		for _, n := range nodes {
			if n.TombstonedAt.IsZero() {
				n.TombstonedAt = c.Now()
				gone = append(gone, n)
			}
		}
		if len(gone) == 0 {
			return nil, nil
		}
		event := scopesEvent(c, record.ActionScopeTombstoned, gone)
		event.Target = path
		return &store.AccessChange{Scopes: gone, Events: []record.Event{event}}, nil
	})
}

// Forgotten is the result of erasing a scope. Its JSON is that of package spectron.
type Forgotten struct {
	Path      string         `json:"path"`
	Forgotten int            `json:"forgotten"`         // number of erased records
	ByTable   map[string]int `json:"byTable,omitempty"` // number of erased records by table, without zeros
	Kept      int            `json:"kept"`              // number of records kept because they also belong elsewhere
}

// ForgetScope erases the records of a scope and of the scopes below it, or only counts them.
func ForgetScope(ctx context.Context, c *gate.Call, path string, dryRun bool) (out Forgotten, err error) {
	if path, err = MayForget(ctx, c, path); err != nil {
		return out, err
	}
	erasure := store.Erasure{Path: path, At: c.Now(), Within: c.Forgets()}
	knows := func(clause []string) bool {
		set := record.ScopeSet{clause}
		return c.Region(authz.MemoryForget).Holds(set) || c.Region(authz.MemoryRead).Holds(set)
	}
	e, err := c.Live.Rows.Erasing(erasure, knows, dryRun)
	if err != nil {
		return out, err
	}
	if dryRun {
		_, err = e.Count(ctx)
	} else {
		_, err = live.Await(ctx, c.Live, func() (struct{}, error) { return struct{}{}, eraseScope(ctx, c, e) })
	}
	if err != nil {
		return out, c.Live.Explain(ctx, err)
	}
	total := e.Erased()
	for _, counts := range []map[string]int{total.Rows, total.Narrowed} {
		delete(counts, store.TableIdempotency) // what writes answered is no memory
	}
	out = Forgotten{Path: path, ByTable: total.Rows}
	for n := range maps.Values(total.Rows) {
		out.Forgotten += n
	}
	for n := range maps.Values(total.Narrowed) {
		out.Kept += n
	}
	maps.DeleteFunc(out.ByTable, func(_ string, n int) bool { return n == 0 })
	return out, nil
}

// MayForget checks whether the caller may erase a scope and those below it. It returns the path in its canonical form.
func MayForget(ctx context.Context, c *gate.Call, path string) (string, error) {
	path, err := parsePath("Path", path)
	if err != nil {
		return "", err
	}
	return path, c.RequireOver(ctx, "Path", authz.MemoryForget, scope.Pattern{Path: path, Subtree: true})
}

// eraseScope records the erasure of a scope, and then erases the records page by page in the database and in memory. Other writes run
// between the pages.
func eraseScope(ctx context.Context, c *gate.Call, e *store.Erasing) (err error) {
	// Once begun, the erasure runs to its end.
	whole := context.WithoutCancel(ctx)
	defer c.Live.Core.Erasing(whole, c.Live.ID, &err)()
	err = c.Live.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
		if err := c.Recheck(ctx); err != nil {
			return at, err
		}
		event := c.Event(record.ActionScopeForgotten)
		event.Target, event.Paths, event.Verb = e.Path, []string{e.Path}, string(authz.MemoryForget)
		return c.Live.Rows.BeginErasing(whole, e.Erasure, event, at)
	})
	if err == nil {
		err = c.Live.ErasePages(whole, e, func(view *recall.View) bool { return view.Holds(e.Touches) })
	}
	if err == nil { // what belonged to documents
		err = c.Live.FinishPurges(whole)
	}
	return err
}
