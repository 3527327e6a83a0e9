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

// PrincipalKind describes a principal. It never decides permissions.
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
	// Subject is the person that the principal stands for, by the name of an entity. It is "I" in what is remembered with its keys, if
	// neither the message nor the session names the speaker. It grants nothing. "": nobody.
	Subject   string    `json:"subject,omitempty"`
	Grants    Grants    `json:"grants"`
	CreatedAt time.Time `json:"createdAt,omitzero"`
}

// PrincipalSpec describes a principal to create.
type PrincipalSpec struct {
	Name string        // unique in the Context; 1 to 128 bytes
	Kind PrincipalKind // "": PrincipalUnknown
	// ExternalID is the principal's id in another system, such as "okta:00u1…"; at most 512 bytes. If a principal has it already,
	// Create returns that principal unchanged. Only the operator and management keys may set it.
	ExternalID string
	// Subject is the person that the principal stands for: see Principal. 1 to 128 bytes on one line; "user" is refused.
	Subject string
	Grants  Grants // at most 1,000 patterns
}

// Principals are the identities of a Context. The principals "admin" and "system" always exist. admin may do everything until the
// operator or a management key revokes rights, which only the operator can grant again; it cannot be deleted. The library's own
// work runs as system, which cannot be changed.
//
// Seeing and changing principals requires grant:manage. A caller that holds it over a part of the scopes sees the principals with
// grants there, and of their grants only those that lie there; other principals behave as if they did not exist. Creating, renaming
// and deleting requires it over everything. A caller can grant only what it holds itself.
type Principals struct {
	context *contextHandle
}

// Principals returns the identities of the Context.
func (c *contextHandle) Principals() *Principals { return &Principals{c} }

func newPrincipal(p record.Principal) Principal {
	return Principal{p.ID, p.Name, PrincipalKind(p.Kind), p.ExternalID, p.Subject, newGrants(p.Grants), p.CreatedAt}
}

// Create creates a principal, or returns the existing one with the same ExternalID unchanged. Codes: CodeInvalid and CodeTooLarge
// with the Field; CodeAlreadyExists if another principal has the name; CodeForbidden.
func (p *Principals) Create(ctx context.Context, spec PrincipalSpec) (*Principal, error) {
	return call(ctx, p.context, "create principal", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		return one(newPrincipal)(access.CreatePrincipal(ctx, s, record.Principal{
			Name: spec.Name, Kind: string(spec.Kind), ExternalID: spec.ExternalID, Subject: spec.Subject, Grants: spec.Grants.written(),
		}))
	})
}

// Get returns a principal. ErrNotFound: no principal with that id is visible to the caller; ErrForbidden.
func (p *Principals) Get(ctx context.Context, id string) (*Principal, error) {
	return call(ctx, p.context, "get principal", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		return one(newPrincipal)(access.GetPrincipal(ctx, s, id))
	})
}

// List lists the principals that the caller sees, in the order of their ids. ErrInvalid and ErrTooLarge with the Field; ErrForbidden
// without grant:manage.
func (p *Principals) List(ctx context.Context, req PageRequest) (Page[Principal], error) {
	return call(ctx, p.context, "list principals", func(ctx context.Context, s *gate.Call) (Page[Principal], error) {
		return page(newPrincipal)(access.ListPrincipals(ctx, s, paging.Request(req)))
	})
}

// All iterates over the principals, starting at the requested page. It stops after the first error: see PageRequest.
func (p *Principals) All(ctx context.Context, req PageRequest) iter.Seq2[Principal, error] {
	return all(ctx, req, p.List)
}

// PrincipalPatch changes the name, the kind and the subject of a principal. Grant and Revoke change its permissions.
type PrincipalPatch struct {
	Name string        // "": unchanged
	Kind PrincipalKind // "": unchanged
	// Subject is the person that the principal stands for from now on; nil: unchanged, a pointer to "": nobody.
	Subject *string
}

// Rename changes the name, the kind or the subject of a principal. ErrInvalid and ErrTooLarge with the Field; ErrNotFound; ErrAlreadyExists
// if another principal has the name; ErrForbidden, always for the principal system, and for the principal admin if the caller is a key of
// the Context.
func (p *Principals) Rename(ctx context.Context, id string, patch PrincipalPatch) (*Principal, error) {
	return call(ctx, p.context, "rename principal", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		return one(newPrincipal)(access.RenamePrincipal(ctx, s, id, access.Rename{Name: patch.Name, Kind: string(patch.Kind), Subject: patch.Subject}))
	})
}

// Delete removes a principal and its keys. The keys and all handles made from them become invalid at once. The principal's memories stay.
// ErrNotFound: no principal with that id is visible to the caller; ErrForbidden, also for admin and system.
func (p *Principals) Delete(ctx context.Context, id string) error {
	return do(ctx, p.context, "delete principal", func(ctx context.Context, s *gate.Call) error { return access.DeletePrincipal(ctx, s, id) })
}
