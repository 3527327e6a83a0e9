package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
)

// Authenticate returns the handle of whoever has the secret of a key: it can do what that key can at the moment of each call,
// and no more. A handle is light; keep it, or make one for each request.
//
// ErrUnauthenticated: the secret is not good, whatever is wrong with it: malformed, unknown, of a Context that is not
// there, rotated, revoked or expired.
//
// A refusal costs the same whatever the reason: one call of the database that looks up the Context and the key, one that reads as
// many rows as the first did not find, two hashes, and one event unless too many are on record (see Context.Events). What still
// differs is what the database does inside a statement: it takes somewhat longer to decode a key that has many grants of its
// own, and somewhat less to find that there is no such Context. The event goes into the Context that the secret names if that
// is in memory, else into the control plane; and on a server, who presents what was a good secret here until another process
// took it back waits in addition until that change is read.
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

// OnBehalfOf returns the handle of the caller acting for a principal, by its id: it can do what both of them can, and what
// the caller's key can, and does not manage keys. What it does is on record with both.
//
// ErrForbidden: the handle acts for somebody already, or the principal does not exist or may do nothing that the caller may.
// The operator gets ErrNotFound for one that does not exist.
func (c *Context) OnBehalfOf(ctx context.Context, principal string) (*Context, error) {
	return call(ctx, &c.contextHandle, "on behalf of", func(ctx context.Context, s *gate.Call) (*Context, error) {
		caller, err := access.OnBehalfOf(ctx, s, principal)
		return &Context{contextHandle{c.state, caller}}, err
	})
}

// Identity says who a handle is.
type Identity struct {
	PrincipalID string        `json:"principalId"`
	Name        string        `json:"displayName"`
	Kind        PrincipalKind `json:"kind"`
	// Grants are the principal's, EffectiveGrants what is left of them with this key and on whose behalf it acts.
	Grants          Grants `json:"grants"`
	EffectiveGrants Grants `json:"effectiveGrants"`
	// TokenGrants are what the key was narrowed to; nil: it was not.
	TokenGrants          Grants `json:"tokenGrants,omitzero"`
	DelegatedPrincipalID string `json:"delegatedPrincipalId,omitempty"` // on whose behalf
	KeyID                string `json:"keyId,omitempty"`                // "" for the operator
	Preset               Preset `json:"preset,omitempty"`
	Strict               bool   `json:"strict,omitempty"`
}

// WhoAmI is that of the Context.
func (m *Memory) WhoAmI(ctx context.Context) (*Identity, error) { return m.context.WhoAmI(ctx) }

// WhoAmI says who the caller is and what it may do at this moment. ErrUnauthenticated: nothing any more.
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
