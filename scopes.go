package spectron

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/lifecycle"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// UnmarshalJSON reads scopes in every form that clients send: a path; a list of paths, each of which is a clause; or a list of clauses.
// Each path may also be an object such as {"org": "acme", "user": "alice"}: its members form the path, in the order in which they are
// written. null, "" and [] give empty Scopes. At most 256 KiB. ErrInvalid.
func (s *Scopes) UnmarshalJSON(data []byte) error {
	set, err := scope.UnmarshalSet(data)
	if err != nil {
		return &Error{Op: "scopes", Code: CodeInvalid, Field: "Scopes", Err: err}
	}
	*s = newScopes(set)
	return nil
}

// newScopes returns a copy that shares nothing with the stored scopes.
func newScopes(set record.ScopeSet) Scopes {
	if set == nil {
		return nil
	}
	out, n := make(Scopes, len(set)), 0
	for _, clause := range set {
		n += len(clause)
	}
	paths := make([]string, 0, n) // of all clauses
	for i, clause := range set {
		if clause != nil {
			from := len(paths)
			paths = append(paths, clause...)
			out[i] = slices.Clip(paths[from:])
		}
	}
	return out
}

// ScopePath is a scope path in JSON: a string, or an object such as {"org": "acme", "user": "alice"}, whose members form the path
// in the order in which they are written.
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

// ScopeNode is a registered scope. If the caller may not read scopes there, the result of Register has only what the caller gave.
type ScopeNode struct {
	Path         string    `json:"path"` // canonical: "org/acme"
	Name         string    `json:"displayName,omitempty"`
	Description  string    `json:"description,omitempty"`
	CreatedAt    time.Time `json:"createdAt"`
	TombstonedAt time.Time `json:"tombstonedAt,omitzero"` // zero while it is in use
}

// ScopeSpec describes a scope to register.
type ScopeSpec struct {
	Path        string // such as "org/acme"
	Name        string // at most 128 bytes
	Description string // at most 1,000 bytes
}

// ScopeTree has the registered scopes of a Context. Memory is partitioned by them, like files by folders. A write registers the
// scopes that it names if its caller may create them; reading requires no registration.
type ScopeTree struct {
	scopeRegistry
}

// ScopeRegistry has the registered scopes of a Context, for a management key. It is a ScopeTree that cannot erase.
type ScopeRegistry struct {
	scopeRegistry
}

// scopeRegistry has the common methods of ScopeTree and ScopeRegistry.
type scopeRegistry struct {
	context *contextHandle
}

// Scopes returns the registered scopes of the Context.
func (c *Context) Scopes() *ScopeTree { return &ScopeTree{scopeRegistry{&c.contextHandle}} }

// Register registers a scope and those above it. It sets the name and description of an existing scope, and reactivates tombstoned
// scopes at and above the path. The caller needs scope:create at the path and at the tombstoned scopes above it. ErrInvalid with
// the Field; ErrForbidden.
func (t *scopeRegistry) Register(ctx context.Context, spec ScopeSpec) (*ScopeNode, error) {
	return call(ctx, t.context, "register scope", func(ctx context.Context, s *gate.Call) (*ScopeNode, error) {
		return one(newScopeNode)(access.RegisterScope(ctx, s, record.ScopeNode{Path: spec.Path, Name: spec.Name, Description: spec.Description}))
	})
}

func newScopeNode(n record.ScopeNode) ScopeNode {
	return ScopeNode{n.Path, n.Name, n.Description, n.CreatedAt, n.TombstonedAt}
}

// List lists the registered scopes in the order of their paths, including tombstoned ones. The caller sees those where it holds scope:read.
// ErrInvalid and ErrTooLarge with the Field.
func (t *scopeRegistry) List(ctx context.Context, req PageRequest) (Page[ScopeNode], error) {
	return call(ctx, t.context, "list scopes", func(ctx context.Context, s *gate.Call) (Page[ScopeNode], error) {
		return page(newScopeNode)(access.ListScopes(ctx, s, paging.Request(req)))
	})
}

// All iterates over the scopes, starting at the requested page. It stops after the first error: see PageRequest.
func (t *scopeRegistry) All(ctx context.Context, req PageRequest) iter.Seq2[ScopeNode, error] {
	return all(ctx, req, t.List)
}

// Tombstone deactivates a scope and those below it. They stay listed and their records can be read, but writes to them are refused
// until Register reactivates them. The caller needs scope:delete over all of it. ErrInvalid; ErrNotFound: the scope is not
// registered; ErrForbidden.
func (t *scopeRegistry) Tombstone(ctx context.Context, path string) error {
	return do(ctx, t.context, "tombstone scope", func(ctx context.Context, s *gate.Call) error { return access.TombstoneScope(ctx, s, path) })
}

// ScopeForgetRequest selects what to erase.
type ScopeForgetRequest struct {
	Path   string // this scope and everything below
	DryRun bool   // only counts, and erases nothing
}

// ScopeForgotten reports what was erased.
type ScopeForgotten struct {
	Path string `json:"path"` // canonical
	// Forgotten is the number of erased records, ByTable their number by kind.
	Forgotten int            `json:"forgotten"`
	ByTable   map[string]int `json:"byTable,omitempty"`
	// Kept is the number of records that also belong to other scopes: they stay there and no longer belong here. Records that stay
	// only where the caller may neither read nor forget count as erased, so that their existence is not revealed.
	Kept   int  `json:"kept"`
	DryRun bool `json:"dryRun,omitempty"` // nothing was erased, only counted
}

// Forget erases the records of a scope and of those below it: turns, facts, search entries and traces. It cannot be undone. A
// record that also belongs to other scopes stays there. The scopes stay registered, and grants are unchanged.
//
// The work is done in many small steps, between which other writes run. A concurrent write to the scope is either erased completely
// or kept completely. The steps continue if ctx ends (ErrTimeout), and after a crash when the Context is next opened. After an
// error, call Forget again. Once it has returned without an error, no byte of the store's file, of an index saved beside it or of a
// later backup holds the texts (Manager.Compact describes the cost). Forget waits for a running backup.
//
// The caller needs memory:forget over the path and everything below. A record that also belongs to a scope where the caller may not
// forget stays. ErrInvalid with the Field; ErrForbidden.
func (t *ScopeTree) Forget(ctx context.Context, req ScopeForgetRequest) (*ScopeForgotten, error) {
	return call(ctx, t.context, "forget scope", func(ctx context.Context, s *gate.Call) (*ScopeForgotten, error) {
		done, err := access.ForgetScope(ctx, s, req.Path, req.DryRun)
		return &ScopeForgotten{done.Path, done.Forgotten, done.ByTable, done.Kept, req.DryRun}, err
	})
}

// ForgetAsync is like Forget, in a job. ErrInvalid also for a DryRun.
func (t *ScopeTree) ForgetAsync(ctx context.Context, req ScopeForgetRequest) (*Job, error) {
	return call(ctx, t.context, "forget scope in the background", func(ctx context.Context, s *gate.Call) (*Job, error) {
		return one(newJob)(lifecycle.StartForgettingScope(ctx, s, req.Path, req.DryRun))
	})
}
