package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/record"
)

// AccessTokenSpec describes an access token: a short-lived key for a user of another system.
type AccessTokenSpec struct {
	ExternalID string        // id of the user in the other system, at most 512 bytes; the principal is created if it does not exist
	Name       string        // name of a new principal; "": the ExternalID
	TTL        time.Duration // lifetime of the token: more than 0, at most 100 years of 365 days
	// Grants, unless nil, replace the grants of the principal. They apply to all of its keys, also to earlier tokens.
	Grants Grants
}

// IssueAccessToken creates a short-lived key for a user whom another system knows by an external id. It creates the user's principal if it
// does not exist. A token cannot be renewed: issue another before it expires. The setting max_token_ttl_seconds of the Context may shorten
// its lifetime. A new token replaces the expired tokens of the principal. Codes: CodeInvalid and CodeTooLarge with the Field;
// CodeAlreadyExists for a Name that another principal has; CodeForbidden unless the caller is the operator or a management key, and for the
// principal admin unless it is the operator.
func (k *Keys) IssueAccessToken(ctx context.Context, spec AccessTokenSpec) (*Key, error) {
	return call(ctx, k.context, "issue access token", func(ctx context.Context, s *gate.Call) (*Key, error) {
		who := record.Principal{Name: spec.Name, ExternalID: spec.ExternalID, Grants: spec.Grants.written()}
		return mintedKey(k.as(s).IssueToken(ctx, who, spec.TTL))
	})
}
