package spectron

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// UnmarshalJSON reads scopes in every form that clients send: a path, a list of paths of which each is a clause, a list of
// clauses, and for each path also an object such as {"org": "acme", "user": "alice"}, which is the path of its members in
// the order in which they are written. ErrInvalid.
func (s *Scopes) UnmarshalJSON(data []byte) error {
	set, err := scope.UnmarshalSet(data)
	if err != nil {
		return &Error{Op: "scopes", Code: CodeInvalid, Field: "Scopes", Err: err}
	}
	*s = newScopes(set)
	return nil
}

// newScopes shares nothing with what is kept.
func newScopes(set record.ScopeSet) Scopes {
	if set == nil {
		return nil
	}
	out := make(Scopes, len(set))
	for i, clause := range set {
		out[i] = slices.Clone(clause)
	}
	return out
}

// ScopePath is a scope path in JSON: a string, or an object such as {"org": "acme", "user": "alice"}, which is the path of
// its members in the order in which they are written.
type ScopePath string

// UnmarshalJSON reads both forms; null changes nothing. ErrInvalid.
func (p *ScopePath) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	path, err := scope.UnmarshalPath(data)
	if err != nil {
		return &Error{Op: "scope path", Code: CodeInvalid, Field: "Path", Err: err}
	}
	*p = ScopePath(path)
	return nil
}

// ScopeNode is a registered scope.
type ScopeNode struct {
	Path         string    `json:"path"` // canonical: "org/acme"
	Name         string    `json:"displayName,omitempty"`
	Description  string    `json:"description,omitempty"`
	CreatedAt    time.Time `json:"createdAt"`
	TombstonedAt time.Time `json:"tombstonedAt,omitzero"` // zero while it is in use
}

// ScopeSpec is what a scope is registered as.
type ScopeSpec struct {
	Path        string
	Name        string // at most 128 bytes
	Description string // at most 1,000 bytes
}

// ScopePage is one page of a listing, in the order of the paths.
type ScopePage struct {
	Scopes     []ScopeNode
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

// ScopeTree is the registered scopes of a Context: the folders that its memory is in. A write registers the scopes that it
// names when its caller may create them; reading needs none of it.
type ScopeTree struct {
	context *Context
}

// Scopes returns the registered scopes of the Context.
func (c *Context) Scopes() *ScopeTree { return &ScopeTree{c} }

// Register registers a scope and those above it. One that is there gets the name and description that the spec has; one that
// was tombstoned is in use again, and so are those above it. The caller needs scope:create at the path, and at those above
// it that were tombstoned. ErrInvalid with the Field; ErrForbidden.
func (t *ScopeTree) Register(ctx context.Context, spec ScopeSpec) (*ScopeNode, error) {
	const op = "register scope"
	c := t.context
	return call(ctx, c, op, func(s *gate.Call) (*ScopeNode, error) {
		path, err := parseScope(op, "Path", spec.Path)
		if err != nil {
			return nil, err
		}
		if path == scope.Root {
			return nil, invalid(op, "Path", "the root is always there")
		}
		if err := checkText(op, "Name", spec.Name, input.MaxName); err != nil {
			return nil, err
		}
		if spec.Name != "" && record.Blank(spec.Name) {
			return nil, invalid(op, "Name", "blank")
		}
		if err := checkText(op, "Description", spec.Description, maxDescription); err != nil {
			return nil, err
		}
		if err := s.Require(ctx, "Path", authz.ScopeCreate, record.ScopeSet{{path}}); err != nil {
			return nil, err
		}
		var node record.ScopeNode
		err = s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			wanted := append(scope.Ancestors(path), path)
			found, err := c.state.Rows.Scopes(ctx, wanted)
			if err != nil {
				return nil, err
			}
			change := &store.AccessChange{}
			for _, p := range wanted {
				n := record.ScopeNode{Path: p, CreatedAt: c.state.Now()}
				at := slices.IndexFunc(found, func(f record.ScopeNode) bool { return f.Path == p })
				if at >= 0 {
					n = found[at]
				}
				was := n
				if !n.TombstonedAt.IsZero() {
					if err := s.Require(ctx, "Path", authz.ScopeCreate, record.ScopeSet{{p}}); err != nil {
						return nil, err
					}
					n.TombstonedAt = time.Time{}
				}
				if p == path {
					n.Name, n.Description = orDefault(spec.Name, n.Name), orDefault(spec.Description, n.Description)
					node = n
				}
				if at < 0 || n != was {
					change.Scopes = append(change.Scopes, n)
				}
			}
			if len(change.Scopes) == 0 {
				return nil, nil
			}
			change.Events = []record.Event{c.registered(s, op, change.Scopes)}
			return change, nil
		})
		if err != nil {
			return nil, err
		}
		if !s.Region(authz.ScopeRead).Covers(path) {
			// Whether it was there is not for the caller to know.
			node = record.ScopeNode{Path: path, Name: spec.Name, Description: spec.Description, CreatedAt: c.state.Now()}
		}
		return newScopeNode(node), nil
	})
}

func parseScope(op, field, path string) (string, error) {
	parsed, err := scope.Parse(path)
	if err != nil {
		return "", &Error{Op: op, Code: CodeInvalid, Field: field, Err: err}
	}
	return parsed, nil
}

func newScopeNode(n record.ScopeNode) *ScopeNode {
	return &ScopeNode{n.Path, n.Name, n.Description, n.CreatedAt, n.TombstonedAt}
}

// registered is the event of scopes that come into use.
func (c *Context) registered(s *gate.Call, op string, nodes []record.ScopeNode) record.Event {
	e := s.Event(EventScopeRegistered)
	for _, n := range nodes {
		e.Paths = append(e.Paths, n.Path)
	}
	e.Target = e.Paths[len(e.Paths)-1]
	if more := len(e.Paths) - live.MaxEventPaths; more > 0 {
		e.Paths, e.Detail = e.Paths[:live.MaxEventPaths], fmt.Sprintf("and %d more", more)
	}
	return e
}

// List lists the registered scopes after the cursor of an earlier page ("" from the start), up to limit (0: 100, at most
// 1,000), tombstoned ones as well. The caller sees those at which it holds scope:read.
func (t *ScopeTree) List(ctx context.Context, cursor string, limit int) (ScopePage, error) {
	const op = "list scopes"
	c := t.context
	return call(ctx, c, op, func(s *gate.Call) (ScopePage, error) {
		limit, err := checkPage(op, cursor, limit)
		if err != nil {
			return ScopePage{}, err
		}
		nodes, err := c.state.Rows.ScopesIn(ctx, s.Region(authz.ScopeRead).Patterns(), cursor, limit+1)
		if err != nil {
			return ScopePage{}, fail(op, err)
		}
		page := ScopePage{HasMore: len(nodes) > limit}
		for _, n := range nodes[:min(len(nodes), limit)] {
			page.Scopes = append(page.Scopes, *newScopeNode(n))
		}
		if page.HasMore {
			page.NextCursor = page.Scopes[limit-1].Path
		}
		return page, nil
	})
}

// Tombstone takes a scope and those below it out of use: they stay listed, what belongs to them stays and can be read, and
// nothing is written to them until Register brings them back. The caller needs scope:delete over all of it. ErrInvalid;
// ErrNotFound: it is not registered; ErrForbidden.
func (t *ScopeTree) Tombstone(ctx context.Context, path string) error {
	const op = "tombstone scope"
	c := t.context
	return do(ctx, c, op, func(s *gate.Call) error {
		parsed, err := parseScope(op, "path", path)
		if err != nil {
			return err
		}
		if parsed == scope.Root {
			return invalid(op, "path", "the root cannot be taken out of use")
		}
		// Over all of it, so that whether there is anything below does not show.
		if err := s.RequireOver(ctx, "path", authz.ScopeDelete, scope.Pattern{Path: parsed, Subtree: true}); err != nil {
			return err
		}
		return s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			nodes, err := c.state.Rows.ScopesBelow(ctx, parsed)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(nodes, func(n record.ScopeNode) bool { return n.Path == parsed }) {
				return nil, &Error{Op: op, Code: CodeNotFound, Field: "path", Detail: fmt.Sprintf("no scope %q", parsed)}
			}
			change := &store.AccessChange{}
			event := s.Event(EventScopeTombstoned)
			event.Target = parsed
			for _, n := range nodes {
				if !n.TombstonedAt.IsZero() {
					continue
				}
				n.TombstonedAt = c.state.Now()
				change.Scopes, event.Paths = append(change.Scopes, n), append(event.Paths, n.Path)
			}
			if len(change.Scopes) == 0 {
				return nil, nil
			}
			if more := len(event.Paths) - live.MaxEventPaths; more > 0 {
				event.Paths, event.Detail = event.Paths[:live.MaxEventPaths], fmt.Sprintf("and %d more", more)
			}
			change.Events = []record.Event{event}
			return change, nil
		})
	})
}

// ScopeForgetRequest says what to erase.
type ScopeForgetRequest struct {
	Path   string // it and everything below
	DryRun bool   // only count
}

// ScopeForgotten says what was erased.
type ScopeForgotten struct {
	Path string
	// Forgotten is how many records were erased, ByTable how many of each kind.
	Forgotten int
	ByTable   map[string]int
	// Kept is how many records belong elsewhere as well: they stay there, and no longer belong here. What stays only where the
	// caller may neither read nor forget counts as erased: that it is there is not for the caller to know.
	Kept   int
	DryRun bool
}

// Forget erases what belongs to a scope and to those below it: turns, facts, what search finds, traces. It cannot be undone.
// A record that belongs elsewhere as well stays there. The scopes stay registered, and who may do what stays as it is.
// It takes many small steps, between which others write: what is written to the scope meanwhile is erased as well, or all of it
// is there afterwards. The steps go on when ctx ends first (ErrTimeout), and are finished after a crash, when the Context is
// opened; when it fails on the way, call it again. Once it has returned without an error, the
// texts are in no byte of the store's file, no index saved beside it and no later backup (see Manager.Compact for what that
// costs). It waits for a backup that is being made. The caller needs memory:forget over the
// path and everything below; a record that belongs there together with somewhere else where it may not forget stays.
// ErrInvalid with the Field; ErrForbidden.
func (t *ScopeTree) Forget(ctx context.Context, req ScopeForgetRequest) (*ScopeForgotten, error) {
	const op = "forget scope"
	c := t.context
	return call(ctx, c, op, func(s *gate.Call) (*ScopeForgotten, error) {
		path, err := parseScope(op, "Path", req.Path)
		if err != nil {
			return nil, err
		}
		if err := s.RequireOver(ctx, "Path", authz.MemoryForget, scope.Pattern{Path: path, Subtree: true}); err != nil {
			return nil, err
		}
		erasure := store.Erasure{Path: path, At: c.state.Now(), Within: s.Forgets()}
		knows := func(clause []string) bool {
			set := record.ScopeSet{clause}
			return s.Region(authz.MemoryForget).Holds(set) || s.Region(authz.MemoryRead).Holds(set)
		}
		e, err := c.state.Rows.Erasing(erasure, knows, req.DryRun)
		if err != nil {
			return nil, fail(op, err)
		}
		if req.DryRun {
			_, err = e.Count(ctx)
		} else {
			_, err = live.Await(ctx, c.state, func() (struct{}, error) { return struct{}{}, c.eraseScope(ctx, op, s, e) })
		}
		if err != nil {
			return nil, fail(op, c.state.Explain(ctx, err))
		}
		total := e.Erased()
		out := &ScopeForgotten{Path: path, ByTable: total.Rows, DryRun: req.DryRun}
		for n := range maps.Values(total.Rows) {
			out.Forgotten += n
		}
		for n := range maps.Values(total.Narrowed) {
			out.Kept += n
		}
		maps.DeleteFunc(out.ByTable, func(_ string, n int) bool { return n == 0 })
		return out, nil
	})
}

// eraseScope stores that a scope is being erased and does it, in memory as in the database, page by page. Others write between
// the pages.
func (c *Context) eraseScope(ctx context.Context, op string, by *gate.Call, e *store.Erasing) (err error) {
	// Once it is begun it runs to its end.
	whole := context.WithoutCancel(ctx)
	defer c.mgr.core.Erasing(whole, c.ID(), &err)()
	err = c.state.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
		if err := by.Recheck(ctx); err != nil {
			return at, err
		}
		event := by.Event(EventScopeForgotten)
		event.Target, event.Paths, event.Verb = e.Path, []string{e.Path}, string(authz.MemoryForget)
		return c.state.Rows.BeginErasing(whole, e.Erasure, event, at)
	})
	if err == nil {
		err = c.state.ErasePages(whole, e, func(view *recall.View) bool { return view.Holds(e.Touches) })
	}
	return err
}

// place finds what has to be registered before something is written to a scope set: the scopes that are not yet, and those
// above them. It refuses what the caller may not register, and what was tombstoned.
func (c *Context) place(ctx context.Context, op, field string, s *gate.Call, set record.ScopeSet) ([]record.ScopeNode, error) {
	paths := slices.DeleteFunc(scope.PathsOf(set), func(p string) bool { return p == scope.Root })
	if len(paths) == 0 {
		return nil, nil
	}
	// What may have to be registered above them is read with them: one statement.
	states, err := c.state.Scopes(ctx, scope.WithAncestors(paths))
	if err != nil {
		return nil, fail(op, err)
	}
	var missing []string
	for _, p := range paths {
		switch state := states[p]; {
		case state.Tombstoned:
			return nil, c.tombstoned(ctx, op, field, s, p)
		case !state.Registered:
			missing = append(missing, p)
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	for _, p := range missing {
		if !s.Region(authz.ScopeCreate).Covers(p) {
			return nil, s.Deny(ctx, gate.Denial{Field: field, Verb: authz.ScopeCreate, Paths: []string{p}, Detail: fmt.Sprintf(
				"the scope %q is not registered: register it with Scopes().Register, or have scope:create granted there", p)})
		}
	}
	var nodes []record.ScopeNode
	for _, p := range scope.WithAncestors(missing) {
		switch state := states[p]; {
		case state.Tombstoned:
			return nil, c.tombstoned(ctx, op, field, s, p)
		case !state.Registered:
			nodes = append(nodes, record.ScopeNode{Path: p, CreatedAt: c.state.Now()})
		}
	}
	return nodes, nil
}

func (c *Context) tombstoned(ctx context.Context, op, field string, s *gate.Call, path string) error {
	return s.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Paths: []string{path}, Detail: fmt.Sprintf(
		"the scope %q was tombstoned: nothing is written to it until Scopes().Register brings it back", path)})
}

// grounds finds the scopes that grants name and that are not registered, as far as the caller may register them: who is
// granted something can use it.
func (c *Context) grounds(ctx context.Context, op string, s *gate.Call, grants authz.Grants) ([]record.ScopeNode, []record.Event, error) {
	var set record.ScopeSet
	for _, patterns := range grants {
		for _, p := range patterns {
			if p.Path != scope.Root && s.Region(authz.ScopeCreate).Covers(p.Path) {
				set = append(set, []string{p.Path})
			}
		}
	}
	wanted := scope.WithAncestors(scope.PathsOf(set))
	states, err := c.state.Scopes(ctx, wanted)
	if err != nil {
		return nil, nil, err
	}
	var nodes []record.ScopeNode
	for _, p := range wanted {
		dead := slices.ContainsFunc(scope.Ancestors(p), func(a string) bool { return states[a].Tombstoned })
		if !states[p].Registered && !dead {
			nodes = append(nodes, record.ScopeNode{Path: p, CreatedAt: c.state.Now()})
		}
	}
	if len(nodes) == 0 {
		return nil, nil, nil
	}
	return nodes, []record.Event{c.registered(s, op, nodes)}, nil
}

// writeScopes is where a write that names no scopes goes: everywhere that the caller may write, as one clause.
func (c *Context) writeScopes(ctx context.Context, op, field string, s *gate.Call) (record.ScopeSet, error) {
	region := s.Region(authz.MemoryWrite)
	if region.Empty() {
		return nil, s.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Detail: "memory:write is not granted anywhere"})
	}
	if s.Strict() {
		return nil, s.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Detail: "a strict key has to say where: name the scopes or a session"})
	}
	set := region.Scopes()
	if len(set) != 1 || len(set[0]) > scope.MaxPaths {
		return nil, invalid(op, field, "the caller may write to %d scopes, more than the %d of one clause: name those that are meant",
			len(region.Patterns()), scope.MaxPaths)
	}
	return set, nil
}
