package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
)

// Authenticate returns the handle of a key, given its secret. The handle has the rights that the key has at the time of each call.
// A handle is small: keep it, or create one for each request.
//
// ErrUnauthenticated: the secret is refused. The error is the same for every reason: the secret is malformed, unknown, rotated,
// revoked or expired, or its Context does not exist.
//
// A refusal costs the same for every reason: one database call that looks up the Context and the key, one that reads as many rows
// as the first did not find, two hashes, and one event unless too many were recorded (see Context.Events). Some differences inside
// the database remain: decoding a key with many grants of its own takes somewhat longer, and a missing Context takes somewhat less
// time. The event is stored in the Context that the secret names if that Context is in memory, otherwise in the control plane. On a
// server, a secret that was valid in this process until another process revoked it also waits until that change is read.
func (m *Manager) Authenticate(ctx context.Context, keySecret string) (*Context, error) {
	const op = "authenticate"
	return observe(ctx, &m.core.Opts, operationOf(m.caller, op, ""), func(ctx context.Context, seen *observation) (*Context, error) {
		h, err := access.Authenticator{Store: m.core, Op: op}.Authenticate(ctx, keySecret)
		if err != nil {
			return nil, fail(op, err)
		}
		seen.authenticated(h.Live.ID, h.Caller)
		return &Context{contextHandle{h.Live, h.Caller}}, nil
	})
}

// OnBehalfOf returns a handle of the caller that acts for a principal, given its id. It has the rights that both principals and the
// caller's key have, and does not manage keys. Events name both.
//
// ErrForbidden: the handle already acts for another principal, or the principal does not exist or shares no rights with the caller.
// The operator gets ErrNotFound for a principal that does not exist.
func (c *Context) OnBehalfOf(ctx context.Context, principal string) (*Context, error) {
	return call(ctx, &c.contextHandle, "on behalf of", func(ctx context.Context, s *gate.Call) (*Context, error) {
		caller, err := access.OnBehalfOf(ctx, s, principal)
		return &Context{contextHandle{c.state, caller}}, err
	})
}

// Identity describes the caller of a handle. For the operator and management keys the principal is admin.
type Identity struct {
	PrincipalID string        `json:"principalId"`
	Name        string        `json:"displayName"`
	Kind        PrincipalKind `json:"kind"`
	// Grants are the grants of the principal. EffectiveGrants are the part that the key and the delegation leave.
	Grants          Grants `json:"grants"`
	EffectiveGrants Grants `json:"effectiveGrants"` // never more than Grants
	// TokenGrants are the grants that the key is limited to; nil: no limit.
	TokenGrants          Grants `json:"tokenGrants,omitzero"`
	DelegatedPrincipalID string `json:"delegatedPrincipalId,omitempty"` // the principal that the handle acts for
	KeyID                string `json:"keyId,omitempty"`                // "" for the operator
	Preset               Preset `json:"preset,omitempty"`               // preset of the key; "" if it has none
	Strict               bool   `json:"strict,omitempty"`               // whether the key is strict: see KeySpec
}

// WhoAmI describes the caller, as Context.WhoAmI does.
func (m *Memory) WhoAmI(ctx context.Context) (*Identity, error) { return m.context.WhoAmI(ctx) }

// WhoAmI describes the caller and its current rights. ErrUnauthenticated: the key is no longer valid.
func (c *contextHandle) WhoAmI(ctx context.Context) (*Identity, error) {
	return call(ctx, c, "who am I", func(ctx context.Context, s *gate.Call) (*Identity, error) {
		who, err := access.CallerPrincipal(ctx, s)
		out := &Identity{
			PrincipalID: who.ID, Name: who.Name, Kind: PrincipalKind(who.Kind), Grants: newGrants(who.Grants),
			EffectiveGrants: newGrants(s.Grants().Strings()), KeyID: s.Caller.Key,
		}
		if s.Key != nil {
			out.Preset, out.Strict = Preset(s.Key.Preset), s.Key.Strict
			if s.Key.Grants != nil {
				out.TokenGrants = newGrants(s.Key.Grants)
			}
		}
		if s.Behalf != nil {
			out.DelegatedPrincipalID = s.Behalf.ID
		}
		return out, err
	})
}
