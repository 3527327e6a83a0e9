package authz

import (
	"slices"
	"strings"
	"sync"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Access is a compiled form of grants for fast checks. It does not change and is safe for concurrent use.
type Access struct {
	grants  Grants
	regions map[Verb]*Region
	nowhere Region
}

// Compile returns the Access for grants.
func Compile(g Grants) *Access {
	a := &Access{grants: g.Clone(), regions: make(map[Verb]*Region, len(g))}
	for v, patterns := range a.grants {
		a.regions[v] = newRegion(patterns)
	}
	return a
}

// Grants returns the grants, which are shared and must not be changed.
func (a *Access) Grants() Grants { return a.grants }

// Region returns the region where the verb may be used. It is never nil. Without a grant it is empty.
func (a *Access) Region(v Verb) *Region {
	if r, ok := a.regions[v]; ok {
		return r
	}
	return &a.nowhere
}

// Region is the part of the scope tree that a list of patterns covers. It does not change. The paths passed to its methods must be
// canonical. The zero value covers nothing.
type Region struct {
	patterns []scope.Pattern
	nodes    map[string]struct{} // nodes covered without what is below
	subtrees map[string]struct{} // tops of covered subtrees, except the root
	all      bool
	written  func() []string
}

func newRegion(patterns []scope.Pattern) *Region {
	r := &Region{patterns: patterns, written: sync.OnceValue(func() []string {
		out := make([]string, len(patterns))
		for i, p := range patterns {
			out[i] = p.String()
		}
		return out
	})}
	if len(patterns) == 0 {
		return r
	}
	r.nodes, r.subtrees = make(map[string]struct{}), make(map[string]struct{})
	for _, p := range patterns {
		switch {
		case !p.Subtree:
			r.nodes[p.Path] = struct{}{}
		case p.Path == scope.Root:
			r.all = true
		default:
			r.subtrees[p.Path] = struct{}{}
		}
	}
	return r
}

// Covers reports whether the path is in the region. The number of look-ups does not depend on the number of patterns.
func (r *Region) Covers(path string) bool {
	if r.all {
		return true
	}
	if _, ok := r.nodes[path]; ok {
		return true
	}
	return r.subtree(path)
}

// subtree reports whether the path lies in a covered subtree.
func (r *Region) subtree(path string) bool {
	if r.all {
		return true
	}
	_, ok := r.subtrees[path]
	return ok || r.below(path)
}

// below reports whether the path lies in a covered subtree and is not its top.
func (r *Region) below(path string) bool {
	if r.all {
		return path != scope.Root
	}
	if len(r.subtrees) == 0 {
		return false
	}
	for at := strings.LastIndexByte(path, '/'); at > 0; at = strings.LastIndexByte(path[:at], '/') {
		if _, ok := r.subtrees[path[:at]]; ok {
			return true
		}
	}
	return false
}

// within reports whether another pattern of the region contains p.
func (r *Region) within(p scope.Pattern) bool {
	if p.Subtree {
		return r.below(p.Path)
	}
	return r.subtree(p.Path)
}

// Contains reports whether everything that the pattern covers is in the region.
func (r *Region) Contains(p scope.Pattern) bool {
	if p.Subtree {
		return r.subtree(p.Path)
	}
	return r.Covers(p.Path)
}

// Sees reports whether some clause of the set is covered, with all its paths.
func (r *Region) Sees(set record.ScopeSet) bool { return slices.ContainsFunc(set, r.clause) }

// Holds reports whether all clauses of the set are covered, with all their paths. It is false for an empty set.
func (r *Region) Holds(set record.ScopeSet) bool {
	for _, clause := range set {
		if !r.clause(clause) {
			return false
		}
	}
	return len(set) > 0
}

// Visible returns the clauses of the set that are covered with all their paths. Only these may be shown to the caller. The result shares
// the clauses with the set. It is nil if there are none.
func (r *Region) Visible(set record.ScopeSet) record.ScopeSet {
	if r.Holds(set) {
		return set
	}
	var visible record.ScopeSet
	for _, clause := range set {
		if r.clause(clause) {
			visible = append(visible, clause)
		}
	}
	return visible
}

func (r *Region) clause(paths []string) bool {
	for _, path := range paths {
		if !r.Covers(path) {
			return false
		}
	}
	return len(paths) > 0
}

// Empty reports whether nothing is in the region.
func (r *Region) Empty() bool { return len(r.patterns) == 0 }

// All reports whether everything is in the region.
func (r *Region) All() bool { return r.all }

// Patterns returns the patterns of the region, sorted, which are shared and must not be changed.
func (r *Region) Patterns() []scope.Pattern { return r.patterns }

// Written returns the patterns of the region as texts, sorted, which are shared and must not be changed.
func (r *Region) Written() []string {
	if r.written == nil {
		return nil
	}
	return r.written()
}

// Scopes returns the scopes of a write that names none: one clause with the path of every pattern, so that only readers of all of them see
// the record. It is {{"/"}} if the region is everything, and nil if it is empty. If the region has more than scope.MaxPaths patterns,
// scope.ParseSet refuses the clause, and the caller has to name scopes.
func (r *Region) Scopes() record.ScopeSet {
	if r.Empty() {
		return nil
	}
	paths := make([]string, len(r.patterns))
	for i, p := range r.patterns {
		paths[i] = p.Path
	}
	slices.Sort(paths) // "a-b" sorts before the pattern "a/*", but after its path "a"
	return record.ScopeSet{paths}
}
