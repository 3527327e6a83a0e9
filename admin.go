package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/access"
)

// Admin is an open store as whoever has a management key sees it: it manages Contexts, and what is in them of principals, keys,
// scopes and ontologies. It has no method that reads, writes or copies what is remembered, and does not close the store. It is
// good for as long as the key is: once that was revoked or rotated, every method returns ErrUnauthenticated.
type Admin struct {
	controlPlane
}

// AuthenticateManager returns the Admin of whoever has the secret of a management key. ErrUnauthenticated: the secret is not that
// of a management key.
func (m *Manager) AuthenticateManager(ctx context.Context, managementSecret string) (*Admin, error) {
	const op = "authenticate manager"
	return observe(ctx, &m.core.Opts, operationOf(m.caller, op, ""), func(ctx context.Context, seen *observation) (*Admin, error) {
		caller, err := access.Authenticator{Store: m.core, Op: op}.AuthenticateManager(ctx, managementSecret)
		if err != nil {
			return nil, fail(op, err)
		}
		seen.authenticated("", caller)
		return &Admin{controlPlane{m.core, caller}}, nil
	})
}

// CreateContext registers a Context: see Manager.CreateContext, also for the errors.
func (m *Admin) CreateContext(ctx context.Context, id string, spec ContextSpec) (*ContextAdmin, error) {
	return newContextAdmin(m.createContext(ctx, id, spec))
}

// EnsureContext returns the Context of that id, and creates it first when there is none: see Manager.EnsureContext, also for the
// errors.
func (m *Admin) EnsureContext(ctx context.Context, id string, spec ContextSpec) (*ContextAdmin, error) {
	return newContextAdmin(m.ensureContext(ctx, id, spec))
}

// Context returns the management key's handle on a Context. ErrNotFound: there is none of that id.
func (m *Admin) Context(ctx context.Context, id string) (*ContextAdmin, error) {
	return newContextAdmin(m.context(ctx, id))
}

// ContextAdmin is a Context as whoever has a management key sees it: its principals, keys, scopes, ontology and events. It has no
// memory and no sessions.
type ContextAdmin struct {
	contextHandle
}

func newContextAdmin(h contextHandle, err error) (*ContextAdmin, error) {
	if err != nil {
		return nil, err
	}
	return &ContextAdmin{h}, nil
}

// Info describes the Context, as it is stored now. ErrNotFound: it was deleted; ErrUnauthenticated: the key is no longer good.
func (c *ContextAdmin) Info(ctx context.Context) (ContextInfo, error) {
	plane := controlPlane{c.state.Core, c.caller}
	return plane.ContextInfo(ctx, c.state.ID)
}

// Scopes returns the registered scopes of the Context. Forgetting what belongs to them takes memory:forget, which no management key
// has: see ScopeTree.
func (c *ContextAdmin) Scopes() *ScopeRegistry {
	return &ScopeRegistry{scopeRegistry{&c.contextHandle}}
}
