package ingest

import (
	"context"
	"fmt"
	"slices"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// registered is the event of scopes that come into use.
func registered(s *gate.Call, nodes []record.ScopeNode) record.Event {
	e := s.Event("scope.register")
	for _, n := range nodes {
		e.Paths = append(e.Paths, n.Path)
	}
	e.Target = e.Paths[len(e.Paths)-1]
	if more := len(e.Paths) - live.MaxEventPaths; more > 0 {
		e.Paths, e.Detail = e.Paths[:live.MaxEventPaths], fmt.Sprintf("and %d more", more)
	}
	return e
}

// place finds what has to be registered before something is written to a scope set: the scopes that are not yet, and those
// above them. It refuses what the caller may not register, and what was tombstoned.
func place(ctx context.Context, s *gate.Call, field string, set record.ScopeSet) ([]record.ScopeNode, error) {
	paths := slices.DeleteFunc(scope.PathsOf(set), func(p string) bool { return p == scope.Root })
	if len(paths) == 0 {
		return nil, nil
	}
	// What may have to be registered above them is read with them: one statement.
	states, err := s.Live.Scopes(ctx, scope.WithAncestors(paths))
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, p := range paths {
		switch state := states[p]; {
		case state.Tombstoned:
			return nil, tombstoned(ctx, s, field, p)
		case !state.Registered:
			missing = append(missing, p)
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	for _, p := range missing {
		if !s.Region(authz.ScopeCreate).Covers(p) {
			return nil, s.Deny(ctx, gate.Denial{Field: field, Verb: authz.ScopeCreate, Paths: []string{p}, Detail: fmt.Sprintf(
				"the scope %q is not registered: register it with Scopes().Register, or have scope:create granted there", p)})
		}
	}
	var nodes []record.ScopeNode
	for _, p := range scope.WithAncestors(missing) {
		switch state := states[p]; {
		case state.Tombstoned:
			return nil, tombstoned(ctx, s, field, p)
		case !state.Registered:
			nodes = append(nodes, record.ScopeNode{Path: p, CreatedAt: s.Now()})
		}
	}
	return nodes, nil
}
func tombstoned(ctx context.Context, s *gate.Call, field, path string) error {
	return s.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Paths: []string{path}, Detail: fmt.Sprintf(
		"the scope %q was tombstoned: nothing is written to it until Scopes().Register brings it back", path)})
}

// writeScopes is where a write that names no scopes goes: everywhere that the caller may write, as one clause.
func writeScopes(ctx context.Context, s *gate.Call, field string) (record.ScopeSet, error) {
	region := s.Region(authz.MemoryWrite)
	if region.Empty() {
		return nil, s.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Detail: "memory:write is not granted anywhere"})
	}
	if s.Strict() {
		return nil, s.Deny(ctx, gate.Denial{Field: field, Verb: authz.MemoryWrite, Detail: "a strict key has to say where: name the scopes or a session"})
	}
	set := region.Scopes()
	if len(set) != 1 || len(set[0]) > scope.MaxPaths {
		return nil, fault.Bad(field, "the caller may write to %d scopes, more than the %d of one clause: name those that are meant",
			len(region.Patterns()), scope.MaxPaths)
	}
	return set, nil
}
