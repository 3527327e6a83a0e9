package spectron

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/scope"
)

// Verb is a permission that can be granted over scopes.
type Verb string

// The verbs.
const (
	MemoryRead   Verb = "memory:read"   // read records: recall, sessions, state
	MemoryWrite  Verb = "memory:write"  // remember
	MemoryForget Verb = "memory:forget" // forget, erase, delete sessions
	ScopeRead    Verb = "scope:read"    // list scopes, but not the records in them
	ScopeCreate  Verb = "scope:create"  // register scopes
	ScopeDelete  Verb = "scope:delete"  // tombstone scopes
	GrantManage  Verb = "grant:manage"  // see principals, and grant to others what the caller itself holds
)

// Verbs returns all verbs.
func Verbs() []Verb {
	return each(access.Verbs(), func(v string) Verb { return Verb(v) })
}

// Grants maps each granted verb to the scope patterns where it may be used. A pattern is a path for that scope alone
// ("org/acme"), a path with "/*" for the scope and everything below ("org/acme/*"), or "/*" for everything.
//
// In JSON a pattern may also be an object such as {"org": "acme"}. It means the path made of its members in their written
// order, and everything below.
type Grants map[Verb][]string

// UnmarshalJSON reads grants whose patterns may have both forms. ErrInvalid: a pattern or the JSON is malformed.
func (g *Grants) UnmarshalJSON(data []byte) error {
	const op = "grants"
	var raw map[Verb][]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return &Error{Op: op, Code: CodeInvalid, Field: "Grants", Err: err}
	}
	if raw == nil {
		*g = nil
		return nil
	}
	out := Grants{}
	for verb, list := range raw {
		out[verb] = []string{}
		for _, one := range list {
			p, err := scope.UnmarshalPattern(one)
			if err != nil {
				return &Error{Op: op, Code: CodeInvalid, Field: fmt.Sprintf("Grants[%s]", verb), Err: err}
			}
			out[verb] = append(out[verb], p.String())
		}
	}
	*g = out
	return nil
}

// written returns the grants with plain strings as verbs. nil stays nil.
func (g Grants) written() map[string][]string {
	if g == nil {
		return nil
	}
	out := make(map[string][]string, len(g))
	for v, patterns := range g {
		out[string(v)] = patterns
	}
	return out
}

func newGrants(g map[string][]string) Grants {
	out := make(Grants, len(g))
	for v, patterns := range g {
		out[Verb(v)] = slices.Clone(patterns)
	}
	return out
}

// EffectiveGrants has the verbs that a principal may use at a path.
type EffectiveGrants struct {
	Path  string    `json:"path"` // canonical
	Verbs []Verb    `json:"verbs"`
	AsOf  time.Time `json:"asOf,omitzero"` // the requested time; zero: now
}

// GrantRequest says what to grant or revoke.
type GrantRequest struct {
	Path  string // a scope pattern, such as "org/acme/*"
	Verbs []Verb // at least one
}

// Grant gives a principal verbs over a pattern and returns the changed principal. It takes effect at the next call of each of
// the principal's keys. The caller needs grant:manage over the pattern, and the granted verbs themselves. Codes: CodeInvalid
// with the Field; CodeTooLarge beyond 1,000 patterns; CodeNotFound; CodeForbidden, always for the principal system, and for the
// principal admin unless the caller is the operator.
func (p *Principals) Grant(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	return call(ctx, p.context, "grant", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		return one(newPrincipal)(access.Grant(ctx, s, id, req.Path, each(req.Verbs, verbName)))
	})
}

// Revoke removes a principal's grants of the verbs within a pattern and returns the changed principal. It takes effect at the
// next call of each of the principal's keys, also through existing handles. The caller needs grant:manage over the pattern.
// Codes: those of Grant; CodeConflict if the principal holds a wider pattern, which must be revoked as a whole.
func (p *Principals) Revoke(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	return call(ctx, p.context, "revoke", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		return one(newPrincipal)(access.Revoke(ctx, s, id, req.Path, each(req.Verbs, verbName)))
	})
}

func verbName(v Verb) string { return string(v) }

// EffectiveRequest asks which verbs a principal may use at a path.
type EffectiveRequest struct {
	Path string    // a scope path, such as "org/acme"
	AsOf time.Time // zero: now
}

// Effective returns the verbs that a principal may use at a path, now or at an earlier time. The caller needs grant:manage at
// the path. Codes: CodeInvalid with the Field; CodeNotFound; CodeForbidden.
func (p *Principals) Effective(ctx context.Context, id string, req EffectiveRequest) (*EffectiveGrants, error) {
	return call(ctx, p.context, "effective grants", func(ctx context.Context, s *gate.Call) (*EffectiveGrants, error) {
		path, verbs, err := access.EffectiveGrants(ctx, s, id, req.Path, req.AsOf)
		out := &EffectiveGrants{Path: path, Verbs: []Verb{}, AsOf: req.AsOf.UTC()}
		for _, v := range verbs {
			out.Verbs = append(out.Verbs, Verb(v))
		}
		return out, err
	})
}
