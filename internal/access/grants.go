package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// parseGrants parses and validates the grants that a caller gave. nil stays nil.
func parseGrants(field string, written map[string][]string) (authz.Grants, error) {
	if written == nil {
		return nil, nil
	}
	n := 0
	for _, patterns := range written {
		n += len(patterns)
	}
	if n > authz.MaxPatterns {
		return nil, fault.Over(field, n, authz.MaxPatterns, "patterns")
	}
	out, err := authz.Parse(written)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, field, err)
	}
	return out, nil
}

// regranted returns the change that stores the grants of p. It also registers the scopes of the named grants that the caller may register.
func regranted(ctx context.Context, c *gate.Call, p record.Principal, event record.Event, named authz.Grants) (*store.AccessChange, error) {
	nodes, events, err := scopesOfGrants(ctx, c, named)
	if err != nil {
		return nil, err
	}
	version := record.GrantVersion{ID: c.Live.Core.NewID(store.TableGrantHistory), Principal: p.ID, Grants: p.Grants, At: c.Now()}
	return &store.AccessChange{
		Principals: []record.Principal{p}, History: []record.GrantVersion{version}, Scopes: nodes, Events: append([]record.Event{event}, events...),
	}, nil
}

// Grant gives a principal verbs over a pattern and returns the changed principal.
func Grant(ctx context.Context, c *gate.Call, id, path string, verbs []string) (record.Principal, error) {
	return regrant(ctx, c, record.ActionGranted, id, path, verbs, func(old authz.Grants, pattern scope.Pattern, verbs []authz.Verb) (authz.Grants, error) {
		if PrincipalID(id) == live.AdminID && !c.Unlimited() { // the keys of admin would get more rights
			return nil, c.Deny(ctx, gate.Denial{Field: "id", Target: live.AdminID, Detail: "only the program that opened the store may change the grants of admin"})
		}
		if err := c.RequireHeld(ctx, "Verbs", authz.Grants{}.With(pattern, verbs...)); err != nil {
			return nil, err
		}
		out := old.With(pattern, verbs...)
		if n := out.Count(); n > authz.MaxPatterns {
			return nil, fault.Over("Path", n, authz.MaxPatterns, "patterns")
		}
		return out, nil
	})
}

// Revoke removes a principal's grants of verbs within a pattern and returns the changed principal.
func Revoke(ctx context.Context, c *gate.Call, id, path string, verbs []string) (record.Principal, error) {
	return regrant(ctx, c, record.ActionGrantRevoked, id, path, verbs, func(old authz.Grants, pattern scope.Pattern, verbs []authz.Verb) (authz.Grants, error) {
		out, err := old.Without(pattern, verbs...)
		var wider *authz.WiderError
		if errors.As(err, &wider) && !c.Region(authz.GrantManage).Contains(wider.Pattern) {
			// The caller may not learn where else it is granted.
			return nil, fault.New(fault.Conflict, "Path", "%s is granted over more than %s, and more than the caller manages", wider.Verb, pattern)
		}
		if errors.As(err, &wider) {
			return nil, &fault.Error{Code: fault.Conflict, Field: "Path", Err: err, Detail: fmt.Sprintf(
				"%s is granted over %s, which reaches beyond %s: revoke that, and grant what is to be left", wider.Verb, wider.Pattern, pattern)}
		}
		return out, err
	})
}

// regrant changes the grants of a principal.
func regrant(ctx context.Context, c *gate.Call, action, id, path string, named []string,
	apply func(authz.Grants, scope.Pattern, []authz.Verb) (authz.Grants, error)) (changed record.Principal, err error) {
	if err := input.ID("id", id); err != nil {
		return changed, err
	}
	pattern, verbs, err := parseGrant(path, named)
	if err != nil {
		return changed, err
	}
	if err := c.RequireOver(ctx, "Path", authz.GrantManage, pattern); err != nil {
		return changed, err
	}
	if err := requireMutable(ctx, c, id); err != nil {
		return changed, err
	}
	err = c.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		row, err := c.Live.Principal(ctx, PrincipalID(id))
		if errors.Is(err, surreal.ErrNotFound) {
			return nil, noPrincipal()
		}
		if err != nil {
			return nil, err
		}
		if _, seen := visiblePrincipal(c, row); !seen {
			return nil, noPrincipal()
		}
		old, err := authz.Parse(row.Grants)
		if err != nil {
			return nil, err
		}
		now, err := apply(old, pattern, verbs)
		if err != nil {
			return nil, err
		}
		changed = row
		if now.Equal(old) {
			return nil, nil
		}
		changed.Grants = now.Strings()
		event := c.Event(action)
		event.Target, event.Paths, event.Detail = row.ID, []string{pattern.String()}, strings.Join(verbNames(verbs), ", ")
		added := authz.Grants{}
		if action == record.ActionGranted {
			added = added.With(pattern, verbs...)
		}
		return regranted(ctx, c, changed, event, added)
	})
	if err != nil {
		return record.Principal{}, err
	}
	seen, ok := visiblePrincipal(c, changed)
	if !ok {
		seen.Grants = nil
	}
	return seen, nil
}

// parseGrant parses and validates a grant to give or revoke.
func parseGrant(path string, named []string) (scope.Pattern, []authz.Verb, error) {
	p, err := scope.ParsePattern(path)
	if err != nil {
		return p, nil, fault.Wrap(fault.Invalid, "Path", err)
	}
	if len(named) == 0 {
		return p, nil, fault.Bad("Verbs", "empty")
	}
	if len(named) > len(authz.Verbs()) {
		return p, nil, fault.Over("Verbs", len(named), len(authz.Verbs()), "verbs")
	}
	verbs := make([]authz.Verb, len(named))
	for i, v := range named {
		if verbs[i], err = authz.ParseVerb(v); err != nil {
			return p, nil, fault.Wrap(fault.Invalid, fmt.Sprintf("Verbs[%d]", i), err)
		}
	}
	return p, verbs, nil
}

func verbNames(verbs []authz.Verb) []string {
	names := make([]string, len(verbs))
	for i, v := range verbs {
		names[i] = string(v)
	}
	return names
}

// Verbs returns the names of the verbs.
func Verbs() []string { return verbNames(authz.Verbs()) }

// EffectiveGrants returns the verbs that a principal may use at a path, now or at an earlier time, and the canonical form of the path.
func EffectiveGrants(ctx context.Context, c *gate.Call, id, path string, asOf time.Time) (canonical string, verbs []string, err error) {
	if path, err = parsePath("Path", path); err != nil {
		return "", nil, err
	}
	if err := input.Time("AsOf", asOf); err != nil {
		return "", nil, err
	}
	if err := c.Require(ctx, "Path", authz.GrantManage, record.ScopeSet{{path}}); err != nil {
		return "", nil, err
	}
	p, err := findPrincipal(ctx, c, id)
	if err != nil {
		return "", nil, err
	}
	held := p.Grants
	if !asOf.IsZero() {
		if held, err = grantsAsOf(ctx, c, p.ID, asOf.UTC()); err != nil {
			return "", nil, err
		}
	}
	grants, err := authz.Parse(held)
	if err != nil {
		return "", nil, err
	}
	access := authz.Compile(grants)
	for _, v := range authz.Verbs() {
		if access.Region(v).Covers(path) {
			verbs = append(verbs, string(v))
		}
	}
	return path, verbs, nil
}

// grantsAsOf returns the grants that a principal had at a time.
func grantsAsOf(ctx context.Context, c *gate.Call, id string, at time.Time) (map[string][]string, error) {
	held, err := c.Live.Rows.GrantsAsOf(ctx, id, at)
	if built, ok := live.BuiltIn(id); ok && err == nil && held == nil {
		return built.Grants, nil // its grants before their first change
	}
	return held, err
}
