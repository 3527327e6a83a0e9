package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/record"
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
	return call(ctx, k.context, "issue access token", func(ctx context.Context, s *gate.Call) (*Key, error) {
		who := record.Principal{Name: spec.Name, ExternalID: spec.ExternalID, Grants: spec.Grants.written()}
		row, secret, err := k.as(s).IssueToken(ctx, who, spec.TTL)
		key := newKey(row, secret)
		return &key, err
	})
}
