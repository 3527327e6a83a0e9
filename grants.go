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

// Verb is something that may be granted.
type Verb string

// The verbs.
const (
	MemoryRead   Verb = "memory:read"   // recall, sessions, state: what belongs there
	MemoryWrite  Verb = "memory:write"  // remember
	MemoryForget Verb = "memory:forget" // forget, erase, delete sessions
	ScopeRead    Verb = "scope:read"    // list scopes; not what belongs to them
	ScopeCreate  Verb = "scope:create"  // register scopes
	ScopeDelete  Verb = "scope:delete"  // tombstone scopes
	GrantManage  Verb = "grant:manage"  // see principals, and pass on what one has oneself
)

// Verbs lists the verbs.
func Verbs() []Verb {
	return each(access.Verbs(), func(v string) Verb { return Verb(v) })
}

// Grants say what may be done where: scope patterns by verb. A pattern is a path for that scope alone ("org/acme"), a path
// and "/*" for it and everything below ("org/acme/*"), or "/*" for everything.
//
// In JSON a pattern may also be an object, such as {"org": "acme"}: the path of its members in the order in which they are
// written, and everything below.
type Grants map[Verb][]string

// UnmarshalJSON reads grants with patterns in both forms.
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

// written are the grants without the type of their verbs. nil stays nil.
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

// EffectiveGrants are the verbs that a principal may use at a path.
type EffectiveGrants struct {
	Path  string    `json:"path"` // canonical
	Verbs []Verb    `json:"verbs"`
	AsOf  time.Time `json:"asOf,omitzero"`
}

// GrantRequest says what is granted or revoked.
type GrantRequest struct {
	Path  string // a scope pattern, such as "org/acme/*"
	Verbs []Verb // at least one
}

// Grant lets a principal use verbs at a pattern, and returns it as it is then. It holds for the next call of each of its
// keys. The caller needs grant:manage over the pattern, and the verbs themselves. Codes: CodeInvalid with the Field;
// CodeTooLarge beyond 1,000 patterns; CodeNotFound; CodeForbidden, also for system, and for admin to all but the operator.
func (p *Principals) Grant(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	return call(ctx, p.context, "grant", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		row, err := access.Grant(ctx, s, id, req.Path, each(req.Verbs, verbName))
		return newPrincipal(row), err
	})
}

// Revoke takes away what a principal was granted of the verbs within a pattern, and returns it as it is then. It holds for
// the next call of each of its keys, also through handles that were given out. The caller needs grant:manage over the
// pattern. Codes: those of Grant; CodeConflict when the principal holds a wider pattern, which has to be revoked as it is.
func (p *Principals) Revoke(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	return call(ctx, p.context, "revoke", func(ctx context.Context, s *gate.Call) (*Principal, error) {
		row, err := access.Revoke(ctx, s, id, req.Path, each(req.Verbs, verbName))
		return newPrincipal(row), err
	})
}

func verbName(v Verb) string { return string(v) }

// EffectiveRequest asks what a principal may do.
type EffectiveRequest struct {
	Path string
	AsOf time.Time // zero: now
}

// Effective says which verbs a principal may use at a path, now or at an earlier time. The caller needs grant:manage at the
// path. ErrInvalid with the Field; ErrNotFound; ErrForbidden.
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
