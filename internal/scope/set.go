package scope

import "github.com/spectron-go/spectron/internal/record"

// Outside returns the clauses of a canonical set that have no path at or below the canonical path.
func Outside(set record.ScopeSet, path string) record.ScopeSet {
	var out record.ScopeSet
	for _, clause := range set {
		inside := false
		for _, p := range clause {
			inside = inside || Contains(path, p)
		}
		if !inside {
			out = append(out, clause)
		}
	}
	return out
}
