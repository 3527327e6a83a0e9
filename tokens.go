package spectron

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// AccessTokenSpec asks for a key of short life, for somebody whom another system knows.
type AccessTokenSpec struct {
	ExternalID string        // who it is there; its principal is made when there is none
	Name       string        // of the principal, where it is made; "": the ExternalID
	TTL        time.Duration // how long the token is good: more than 0
	// Grants, unless nil, are what the principal is granted from now on: with all its keys, earlier tokens too.
	Grants Grants
}

// IssueAccessToken makes a key that is good for a while for somebody whom another system knows by an external id, and its
// principal if there is none yet. There is no renewing one: issue another before it ends. The Context's
// max_token_ttl_seconds bounds it. Codes: CodeInvalid and CodeTooLarge with the Field; CodeAlreadyExists for a Name that
// another principal has; CodeForbidden: it is for the operator and management keys, and for the
// principal admin for the operator alone.
func (k *Keys) IssueAccessToken(ctx context.Context, spec AccessTokenSpec) (*Key, error) {
	const op = "issue access token"
	c := k.context
	return call(ctx, c, op, func(s *gate.Call) (*Key, error) {
		if spec.ExternalID == "" {
			return nil, invalid(op, "ExternalID", "empty")
		}
		if spec.TTL <= 0 {
			return nil, invalid(op, "TTL", "an access token needs a lifetime")
		}
		if err := checkTTL(op, spec.TTL); err != nil {
			return nil, err
		}
		who := PrincipalSpec{Name: orDefault(spec.Name, spec.ExternalID), Kind: PrincipalHuman, ExternalID: spec.ExternalID, Grants: spec.Grants}
		grants, err := who.check(op)
		if err != nil {
			return nil, err
		}
		if err := s.RequireAdministrator(ctx); err != nil {
			return nil, err
		}
		var holder record.Principal
		err = s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			made, change, err := c.makePrincipal(ctx, op, s, who, grants)
			holder = made
			if err != nil || change != nil || spec.Grants == nil || maps.EqualFunc(made.Grants, grants.Strings(), slices.Equal) {
				return change, err
			}
			if made.ID == live.AdminID {
				return nil, invalid(op, "Grants", "what admin may do is not asserted with a token; use Principals().Grant and Revoke")
			}
			holder.Grants = grants.Strings()
			event := s.Event(EventGranted)
			event.Target, event.Detail = holder.ID, "asserted with an access token"
			nodes, events, err := c.grounds(ctx, op, s, grants)
			return &store.AccessChange{
				Principals: []record.Principal{holder}, History: []record.GrantVersion{c.version(holder)}, Scopes: nodes,
				Events: append([]record.Event{event}, events...),
			}, err
		})
		if err != nil {
			return nil, err
		}
		return k.mint(ctx, op, s, KeySpec{Name: tokenName + c.mgr.core.Opts.NewID(), PrincipalID: holder.ID, TTL: spec.TTL}, nil)
	})
}

// tokenName begins the names of access tokens.
const tokenName = "access token "

// ended lists the access tokens of a principal that are no longer good, and the keys that were made with them: the next token
// takes their place.
func (k *Keys) ended(ctx context.Context, principal string) ([]string, error) {
	keys, err := k.context.state.Rows.KeysOf(ctx, principal)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range keys {
		if !strings.HasPrefix(r.Name, tokenName) || r.ValidUntil.IsZero() || k.context.state.Now().Before(r.ValidUntil) {
			continue
		}
		out = append(out, r.ID)
		for _, made := range record.KeysMadeWith(keys, r.ID) {
			out = append(out, made.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
