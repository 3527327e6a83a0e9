package access

import (
	"context"
	"fmt"
	"slices"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// WriteScopes returns the scopes of a write that names none: everywhere the caller may write, as one clause. A strict key is refused.
func WriteScopes(ctx context.Context, c *gate.Call, field string) (record.ScopeSet, error) {
	region := c.Region(authz.MemoryWrite)
	if region.Empty() {
		return nil, c.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Detail: "memory:write is not granted anywhere"})
	}
	if c.Strict() {
		return nil, c.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Detail: "a strict key needs Scopes or a SessionID in every request"})
	}
	set := region.Scopes()
	if len(set) != 1 || len(set[0]) > scope.MaxPaths {
		return nil, fault.Bad(field, "the caller may write to %d scopes, more than the %d of one clause: name those that are meant",
			len(region.Patterns()), scope.MaxPaths)
	}
	return set, nil
}

// MissingScopes returns the scopes to register before a write to a scope set: the unregistered scopes and the scopes above them. It
// refuses scopes that the caller may not register, and tombstoned scopes.
func MissingScopes(ctx context.Context, c *gate.Call, field string, set record.ScopeSet) ([]record.ScopeNode, error) {
	paths := slices.DeleteFunc(scope.PathsOf(set), func(p string) bool { return p == scope.Root })
	if len(paths) == 0 {
		return nil, nil
	}
	// One statement reads the scopes together with those above them, which may have to be registered too.
	states, err := c.Live.Scopes(ctx, scope.WithAncestors(paths))
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, p := range paths {
		switch state := states[p]; {
		case state.Tombstoned:
			return nil, tombstoned(ctx, c, field, p)
		case !state.Registered:
			missing = append(missing, p)
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	for _, p := range missing {
		if !c.Region(authz.ScopeCreate).Covers(p) {
			return nil, c.Deny(ctx, gate.Denial{Field: field, Verb: authz.ScopeCreate, Paths: []string{p}, Detail: fmt.Sprintf(
				"the scope %q is not registered: register it with Scopes().Register, or have scope:create granted there", p)})
		}
	}
	var nodes []record.ScopeNode
	for _, p := range scope.WithAncestors(missing) {
		switch state := states[p]; {
		case state.Tombstoned:
			return nil, tombstoned(ctx, c, field, p)
		case !state.Registered:
			nodes = append(nodes, record.ScopeNode{Path: p, CreatedAt: c.Now()})
		}
	}
	return nodes, nil
}

func tombstoned(ctx context.Context, c *gate.Call, field, path string) error {
	return c.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Paths: []string{path}, Detail: fmt.Sprintf(
		"the scope %q was tombstoned: nothing is written to it until Scopes().Register brings it back", path)})
}

// scopesOfGrants returns the unregistered scopes that grants name and that the caller may register, with their event. A grant is useful
// only once its scope is registered.
func scopesOfGrants(ctx context.Context, c *gate.Call, grants authz.Grants) ([]record.ScopeNode, []record.Event, error) {
	var set record.ScopeSet
	for _, patterns := range grants {
		for _, p := range patterns {
			if p.Path != scope.Root && c.Region(authz.ScopeCreate).Covers(p.Path) {
				set = append(set, []string{p.Path})
			}
		}
	}
	wanted := scope.WithAncestors(scope.PathsOf(set))
	states, err := c.Live.Scopes(ctx, wanted)
	if err != nil {
		return nil, nil, err
	}
	var nodes []record.ScopeNode
	for _, p := range wanted {
		tombstoned := slices.ContainsFunc(scope.Ancestors(p), func(a string) bool { return states[a].Tombstoned })
		if !states[p].Registered && !tombstoned {
			nodes = append(nodes, record.ScopeNode{Path: p, CreatedAt: c.Now()})
		}
	}
	if len(nodes) == 0 {
		return nil, nil, nil
	}
	return nodes, []record.Event{Registered(c, nodes)}, nil
}
