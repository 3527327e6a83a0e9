package spectron

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
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
	var out []Verb
	for _, v := range authz.Verbs() {
		out = append(out, Verb(v))
	}
	return out
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

// parse checks grants. nil stays nil.
func (g Grants) parse(op, field string) (authz.Grants, error) {
	if g == nil {
		return nil, nil
	}
	written, n := make(map[string][]string, len(g)), 0
	for v, patterns := range g {
		written[string(v)] = patterns
		n += len(patterns)
	}
	if n > maxGrants {
		return nil, tooLarge(op, field, n, maxGrants, "patterns")
	}
	out, err := authz.Parse(written)
	if err != nil {
		return nil, &Error{Op: op, Code: CodeInvalid, Field: field, Err: err}
	}
	return out, nil
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

// version is what goes into the history of a principal's grants.
func (c *Context) version(p record.Principal) record.GrantVersion {
	return record.GrantVersion{ID: c.mgr.core.NewID(store.TableGrantHistory), Principal: p.ID, Grants: p.Grants, At: c.state.Now()}
}

// GrantRequest says what is granted or revoked.
type GrantRequest struct {
	Path  string // a scope pattern, such as "org/acme/*"
	Verbs []Verb // at least one
}

func (r GrantRequest) check(op string) (scope.Pattern, []authz.Verb, error) {
	p, err := scope.ParsePattern(r.Path)
	if err != nil {
		return p, nil, &Error{Op: op, Code: CodeInvalid, Field: "Path", Err: err}
	}
	if len(r.Verbs) == 0 {
		return p, nil, invalid(op, "Verbs", "empty")
	}
	if len(r.Verbs) > len(authz.Verbs()) {
		return p, nil, tooLarge(op, "Verbs", len(r.Verbs), len(authz.Verbs()), "verbs")
	}
	verbs := make([]authz.Verb, len(r.Verbs))
	for i, v := range r.Verbs {
		if verbs[i], err = authz.ParseVerb(string(v)); err != nil {
			return p, nil, &Error{Op: op, Code: CodeInvalid, Field: fmt.Sprintf("Verbs[%d]", i), Err: err}
		}
	}
	return p, verbs, nil
}

// Grant lets a principal use verbs at a pattern, and returns it as it is then. It holds for the next call of each of its
// keys. The caller needs grant:manage over the pattern, and the verbs themselves. Codes: CodeInvalid with the Field;
// CodeTooLarge beyond 1,000 patterns; CodeNotFound; CodeForbidden, also for system, and for admin to all but the operator.
func (p *Principals) Grant(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	const op = "grant"
	return p.regrant(ctx, op, EventGranted, id, req, func(s *gate.Call, old authz.Grants, pattern scope.Pattern, verbs []authz.Verb) (authz.Grants, error) {
		if principalID(id) == live.AdminID && !s.Unlimited() { // or its keys would widen
			return nil, s.Deny(ctx, gate.Denial{Field: "id", Target: live.AdminID, Detail: "the program that opened the store alone grants to admin"})
		}
		if err := s.RequireHeld(ctx, "Verbs", authz.Grants{}.With(pattern, verbs...)); err != nil {
			return nil, err
		}
		out := old.With(pattern, verbs...)
		if n := out.Count(); n > maxGrants {
			return nil, tooLarge(op, "Path", n, maxGrants, "patterns")
		}
		return out, nil
	})
}

// Revoke takes away what a principal was granted of the verbs within a pattern, and returns it as it is then. It holds for
// the next call of each of its keys, also through handles that were given out. The caller needs grant:manage over the
// pattern. Codes: those of Grant; CodeConflict when the principal holds a wider pattern, which has to be revoked as it is.
func (p *Principals) Revoke(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	const op = "revoke"
	return p.regrant(ctx, op, EventGrantRevoked, id, req, func(s *gate.Call, old authz.Grants, pattern scope.Pattern, verbs []authz.Verb) (authz.Grants, error) {
		out, err := old.Without(pattern, verbs...)
		var wider *authz.WiderError
		if errors.As(err, &wider) && !s.Region(authz.GrantManage).Contains(wider.Pattern) {
			// Where else it is granted is not for the caller to know.
			return nil, &Error{Op: op, Code: CodeConflict, Field: "Path", Detail: fmt.Sprintf(
				"%s is granted over more than %s, and more than the caller manages", wider.Verb, pattern)}
		}
		if errors.As(err, &wider) {
			return nil, &Error{Op: op, Code: CodeConflict, Field: "Path", Err: err, Detail: fmt.Sprintf(
				"%s is granted over %s, which reaches beyond %s: revoke that, and grant what is to be left", wider.Verb, wider.Pattern, pattern)}
		}
		return out, err
	})
}

// regrant changes the grants of a principal.
func (p *Principals) regrant(ctx context.Context, op, action, id string, req GrantRequest,
	apply func(*gate.Call, authz.Grants, scope.Pattern, []authz.Verb) (authz.Grants, error)) (*Principal, error) {
	c := p.context
	return call(ctx, c, op, func(s *gate.Call) (*Principal, error) {
		if err := checkText(op, "id", id, maxNameBytes); err != nil {
			return nil, err
		}
		pattern, verbs, err := req.check(op)
		if err != nil {
			return nil, err
		}
		if err := s.RequireOver(ctx, "Path", authz.GrantManage, pattern); err != nil {
			return nil, err
		}
		if err := p.immutable(ctx, op, s, id); err != nil {
			return nil, err
		}
		var changed record.Principal
		err = s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			row, err := c.state.Principal(ctx, principalID(id))
			if errors.Is(err, surreal.ErrNotFound) {
				return nil, noPrincipal(op)
			}
			if err != nil {
				return nil, err
			}
			if _, seen := seenBy(s, row); !seen {
				return nil, noPrincipal(op)
			}
			old, err := authz.Parse(row.Grants)
			if err != nil {
				return nil, err
			}
			now, err := apply(s, old, pattern, verbs)
			if err != nil {
				return nil, err
			}
			changed = row
			if now.Equal(old) {
				return nil, nil
			}
			changed.Grants = now.Strings()
			event := s.Event(action)
			event.Target, event.Paths, event.Detail = row.ID, []string{pattern.String()}, verbList(verbs)
			var nodes []record.ScopeNode
			var events []record.Event
			if action == EventGranted {
				if nodes, events, err = c.grounds(ctx, op, s, authz.Grants{}.With(pattern, verbs...)); err != nil {
					return nil, err
				}
			}
			return &store.AccessChange{
				Principals: []record.Principal{changed}, History: []record.GrantVersion{c.version(changed)}, Scopes: nodes,
				Events: append([]record.Event{event}, events...),
			}, nil
		})
		if err != nil {
			return nil, err
		}
		seen, ok := seenBy(s, changed)
		if !ok {
			seen.Grants = nil
		}
		return newPrincipal(seen), nil
	})
}

func verbList(verbs []authz.Verb) string {
	names := make([]string, len(verbs))
	for i, v := range verbs {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

// EffectiveRequest asks what a principal may do.
type EffectiveRequest struct {
	Path string
	AsOf time.Time // zero: now
}

// Effective says which verbs a principal may use at a path, now or at an earlier time. The caller needs grant:manage at the
// path. ErrInvalid with the Field; ErrNotFound; ErrForbidden.
func (p *Principals) Effective(ctx context.Context, id string, req EffectiveRequest) (*EffectiveGrants, error) {
	const op = "effective grants"
	c := p.context
	return call(ctx, c, op, func(s *gate.Call) (*EffectiveGrants, error) {
		path, err := scope.Parse(req.Path)
		if err != nil {
			return nil, &Error{Op: op, Code: CodeInvalid, Field: "Path", Err: err}
		}
		if err := checkTime(op, "AsOf", req.AsOf); err != nil {
			return nil, err
		}
		if err := s.Require(ctx, "Path", authz.GrantManage, record.ScopeSet{{path}}); err != nil {
			return nil, err
		}
		row, err := p.row(ctx, op, s, id)
		if err != nil {
			return nil, err
		}
		held := row.Grants
		if !req.AsOf.IsZero() {
			if held, err = c.grantsAsOf(ctx, row, req.AsOf.UTC()); err != nil {
				return nil, fail(op, err)
			}
		}
		grants, err := authz.Parse(held)
		if err != nil {
			return nil, fail(op, err)
		}
		out := &EffectiveGrants{Path: path, Verbs: []Verb{}, AsOf: req.AsOf.UTC()}
		access := authz.Compile(grants)
		for _, v := range authz.Verbs() {
			if access.Region(v).Covers(path) {
				out.Verbs = append(out.Verbs, Verb(v))
			}
		}
		return out, nil
	})
}

// grantsAsOf is what a principal was granted at a time.
func (c *Context) grantsAsOf(ctx context.Context, p record.Principal, at time.Time) (map[string][]string, error) {
	held, err := c.state.Rows.GrantsAsOf(ctx, p.ID, at)
	if built, ok := live.BuiltIn(p.ID); ok && err == nil && held == nil {
		return built.Grants, nil // before its first change
	}
	return held, err
}
