package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/access"
)

// Admin is the handle of a management key on an open store. It manages Contexts, their configuration, principals, keys, scopes and
// ontologies. It has no method that reads, writes or copies memory, and it cannot close the store. Once the key is revoked or
// rotated, every method returns ErrUnauthenticated.
type Admin struct {
	controlPlane
}

// AuthenticateManager returns the Admin for the secret of a management key. ErrUnauthenticated: the secret does not belong to a
// management key.
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

// CreateContext creates a Context. Manager.CreateContext describes it and its errors.
func (m *Admin) CreateContext(ctx context.Context, id string, spec ContextSpec) (*ContextAdmin, error) {
	return newContextAdmin(m.createContext(ctx, id, spec))
}

// EnsureContext returns the Context with that id, and creates it if it does not exist. Manager.EnsureContext describes it and its
// errors.
func (m *Admin) EnsureContext(ctx context.Context, id string, spec ContextSpec) (*ContextAdmin, error) {
	return newContextAdmin(m.ensureContext(ctx, id, spec))
}

// Context returns the management key's handle on a Context. ErrNotFound: no Context has that id.
func (m *Admin) Context(ctx context.Context, id string) (*ContextAdmin, error) {
	return newContextAdmin(m.context(ctx, id))
}

// ContextAdmin is the handle of a management key on a Context. It manages principals, keys, scopes and the ontology, and lists
// events. It has no memory and no sessions.
type ContextAdmin struct {
	contextHandle
}

func newContextAdmin(h contextHandle, err error) (*ContextAdmin, error) {
	if err != nil {
		return nil, err
	}
	return &ContextAdmin{h}, nil
}

// Info describes the Context as it is stored now. ErrNotFound: the Context was deleted; ErrUnauthenticated: the key is no longer
// valid.
func (c *ContextAdmin) Info(ctx context.Context) (ContextInfo, error) {
	plane := controlPlane{c.state.Core, c.caller}
	return plane.ContextInfo(ctx, c.state.ID)
}

// Scopes returns the registered scopes of the Context. They have no Forget (see ScopeTree), because no management key has
// memory:forget.
func (c *ContextAdmin) Scopes() *ScopeRegistry {
	return &ScopeRegistry{scopeRegistry{&c.contextHandle}}
}
