package scope

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// PathsOf returns the paths of a scope set, each once, sorted.
func PathsOf(set record.ScopeSet) []string {
	paths := slices.Concat(set...)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// WithAncestors returns paths and all paths above them except the root, each once, sorted.
func WithAncestors(paths []string) []string {
	var all []string
	for _, p := range paths {
		all = append(append(all, Ancestors(p)...), p)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Everything is the pattern of all scopes.
func Everything() Pattern { return Pattern{Path: Root, Subtree: true} }
