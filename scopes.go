package spectron

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
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

// ScopeTree is the registered scopes of a Context: the folders that its memory is in. A write registers the scopes that it
// names when its caller may create them; reading needs none of it.
type ScopeTree struct {
	scopeRegistry
}

// ScopeRegistry is the registered scopes of a Context, for a management key: a ScopeTree that erases nothing.
type ScopeRegistry struct {
	scopeRegistry
}

// scopeRegistry is what a ScopeTree and a ScopeRegistry have in common.
type scopeRegistry struct {
	context *contextHandle
}

// Scopes returns the registered scopes of the Context.
func (c *Context) Scopes() *ScopeTree { return &ScopeTree{scopeRegistry{&c.contextHandle}} }

// Register registers a scope and those above it. One that is there gets the name and description that the spec has; one that
// was tombstoned is in use again, and so are those above it. The caller needs scope:create at the path, and at those above
// it that were tombstoned. ErrInvalid with the Field; ErrForbidden.
func (t *scopeRegistry) Register(ctx context.Context, spec ScopeSpec) (*ScopeNode, error) {
	return call(ctx, t.context, "register scope", func(ctx context.Context, s *gate.Call) (*ScopeNode, error) {
		node, err := access.RegisterScope(ctx, s, record.ScopeNode{Path: spec.Path, Name: spec.Name, Description: spec.Description})
		out := newScopeNode(node)
		return &out, err
	})
}

func newScopeNode(n record.ScopeNode) ScopeNode {
	return ScopeNode{n.Path, n.Name, n.Description, n.CreatedAt, n.TombstonedAt}
}

// List lists the registered scopes in the order of their paths, tombstoned ones as well. The caller sees those at which it holds
// scope:read.
func (t *scopeRegistry) List(ctx context.Context, req PageRequest) (Page[ScopeNode], error) {
	return call(ctx, t.context, "list scopes", func(ctx context.Context, s *gate.Call) (Page[ScopeNode], error) {
		page, err := access.ListScopes(ctx, s, paging.Request(req))
		return newPage(page, newScopeNode), err
	})
}

// All goes through the scopes from a page on.
func (t *scopeRegistry) All(ctx context.Context, req PageRequest) iter.Seq2[ScopeNode, error] {
	return all(ctx, req, t.List)
}

// Tombstone takes a scope and those below it out of use: they stay listed, what belongs to them stays and can be read, and
// nothing is written to them until Register brings them back. The caller needs scope:delete over all of it. ErrInvalid;
// ErrNotFound: it is not registered; ErrForbidden.
func (t *scopeRegistry) Tombstone(ctx context.Context, path string) error {
	return do(ctx, t.context, "tombstone scope", func(ctx context.Context, s *gate.Call) error { return access.TombstoneScope(ctx, s, path) })
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
	return call(ctx, t.context, "forget scope", func(ctx context.Context, s *gate.Call) (*ScopeForgotten, error) {
		done, err := access.ForgetScope(ctx, s, req.Path, req.DryRun)
		return &ScopeForgotten{done.Path, done.Forgotten, done.ByTable, done.Kept, req.DryRun}, err
	})
}
