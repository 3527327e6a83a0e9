package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// PrincipalKind is what a principal is. It never decides what it may do.
type PrincipalKind string

// The kinds of principals.
const (
	PrincipalHuman   PrincipalKind = "human"
	PrincipalAgent   PrincipalKind = "agent"
	PrincipalService PrincipalKind = "service"
	PrincipalUnknown PrincipalKind = "unknown"
)

// Principal is an identity that keys act as.
type Principal struct {
	ID         string        `json:"id"` // "principal:…"
	Name       string        `json:"displayName"`
	Kind       PrincipalKind `json:"kind"`
	ExternalID string        `json:"externalId,omitempty"`
	Grants     Grants        `json:"grants"`
	CreatedAt  time.Time     `json:"createdAt,omitzero"`
}

// PrincipalSpec is what a principal is made from.
type PrincipalSpec struct {
	Name string        // unique in the Context; 1 to 128 bytes
	Kind PrincipalKind // "": PrincipalUnknown
	// ExternalID says who it is in another system, such as "okta:00u1…"; at most 512 bytes. Create returns the principal
	// that has it already as it is. It is for the operator and management keys.
	ExternalID string
	Grants     Grants
}

// Principals are the identities of a Context. "admin" and "system" are always there: admin may do everything until the
// operator or a management key revokes some of it, which the operator alone can grant again, and cannot be deleted; system, which the library's own work is done as, cannot
// be changed at all.
//
// Seeing and changing them takes grant:manage. A caller that has it over a part of the scopes sees the principals that hold
// something there, and of their grants what lies there; the others behave as if they did not exist. Making, renaming and deleting takes it over
// everything. What one does not hold oneself, one cannot grant.
type Principals struct {
	context *contextHandle
}

// Principals returns the identities of the Context.
func (c *contextHandle) Principals() *Principals { return &Principals{c} }

func newPrincipal(p record.Principal) *Principal {
	return &Principal{p.ID, p.Name, PrincipalKind(p.Kind), p.ExternalID, newGrants(p.Grants), p.CreatedAt}
}

// Create makes a principal, or returns the one that has the same ExternalID, as it is. Codes: CodeInvalid and CodeTooLarge
// with the Field; CodeAlreadyExists for a name that another one has; CodeForbidden.
func (p *Principals) Create(ctx context.Context, spec PrincipalSpec) (*Principal, error) {
	return call(ctx, p.context, "create principal", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		row, err := access.CreatePrincipal(ctx, s, record.Principal{
			Name: spec.Name, Kind: string(spec.Kind), ExternalID: spec.ExternalID, Grants: spec.Grants.written(),
		})
		return newPrincipal(row), err
	})
}

// Get returns a principal. ErrNotFound: there is none of that id that the caller may see; ErrForbidden.
func (p *Principals) Get(ctx context.Context, id string) (*Principal, error) {
	return call(ctx, p.context, "get principal", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		row, err := access.GetPrincipal(ctx, s, id)
		return newPrincipal(row), err
	})
}

// List lists the principals in the order of their ids.
func (p *Principals) List(ctx context.Context, req PageRequest) (Page[Principal], error) {
	return call(ctx, p.context, "list principals", func(ctx context.Context, s *gate.Call) (Page[Principal], error) {
		page, err := access.ListPrincipals(ctx, s, paging.Request(req))
		return newPage(page, func(r record.Principal) Principal { return *newPrincipal(r) }), err
	})
}

// All goes through the principals from a page on.
func (p *Principals) All(ctx context.Context, req PageRequest) iter.Seq2[Principal, error] {
	return all(ctx, req, p.List)
}

// PrincipalPatch changes what a principal is called; what it may do is changed by Grant and Revoke.
type PrincipalPatch struct {
	Name string        // "": as it is
	Kind PrincipalKind // "": as it is
}

// Rename changes the name or the kind of a principal. ErrNotFound; ErrAlreadyExists for a name that another one has;
// ErrForbidden, also for system.
func (p *Principals) Rename(ctx context.Context, id string, patch PrincipalPatch) (*Principal, error) {
	return call(ctx, p.context, "rename principal", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		row, err := access.RenamePrincipal(ctx, s, id, patch.Name, string(patch.Kind))
		return newPrincipal(row), err
	})
}

// Delete removes a principal with its keys: they, and all handles made from them, are dead at once. What it has remembered
// stays. ErrNotFound; ErrForbidden, also for admin and system.
func (p *Principals) Delete(ctx context.Context, id string) error {
	return do(ctx, p.context, "delete principal", func(ctx context.Context, s *gate.Call) error { return access.DeletePrincipal(ctx, s, id) })
}
