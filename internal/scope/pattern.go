package scope

import (
	"fmt"
	"strings"
)

// Pattern says which nodes of the tree of scopes a grant is about: one node, or a node and everything below
// it. Two patterns are either nested or have nothing in common, which keeps every operation on them simple.
// The zero value is not a pattern.
type Pattern struct {
	Path    string // canonical
	Subtree bool   // everything below the path too
}

// subtreeSuffix is how a pattern says that it means everything below its path.
const subtreeSuffix = "/*"

// ParsePattern reads a pattern: "org/acme" is that node, "org/acme/*" it and everything below, "/" the root
// alone, "/*" and "*" everything. A "*" elsewhere, and a path that Parse refuses, give ErrInvalid.
func ParsePattern(s string) (Pattern, error) {
	p, err := parsePattern(s)
	if err != nil {
		return Pattern{}, invalid(err)
	}
	return p, nil
}

func parsePattern(s string) (Pattern, error) {
	if s == "*" || s == subtreeSuffix {
		return Pattern{Path: Root, Subtree: true}, nil
	}
	node, subtree := strings.CutSuffix(s, subtreeSuffix)
	if strings.Contains(node, "*") {
		return Pattern{}, fmt.Errorf(`%s has a "*" where none can stand: it may only be the whole last segment, once`, quote(s))
	}
	// Parse takes a trailing slash, which here would be an empty segment before the "*".
	if subtree && strings.HasSuffix(node, "/") {
		return Pattern{}, fmt.Errorf("%s has an empty segment", quote(s))
	}
	path, err := parse(node)
	if err != nil {
		return Pattern{}, err
	}
	return Pattern{Path: path, Subtree: subtree}, nil
}

// quote shortens what a caller wrote, which may be of any size, for an error.
func quote(s string) string { return fmt.Sprintf("%.64q", s) }

// String returns the canonical form, which ParsePattern reads back.
func (p Pattern) String() string {
	switch {
	case !p.Subtree:
		return p.Path
	case p.Path == Root:
		return subtreeSuffix
	default:
		return p.Path + subtreeSuffix
	}
}

// Covers reports whether the pattern is about the canonical path.
func (p Pattern) Covers(path string) bool {
	return p.Path == path || p.Subtree && Contains(p.Path, path)
}

// Contains reports whether the pattern covers everything that the other one does.
func (p Pattern) Contains(other Pattern) bool {
	return p == other || p.Subtree && Contains(p.Path, other.Path)
}

// Intersect returns the pattern of what both cover, and false when that is nothing.
func (p Pattern) Intersect(other Pattern) (Pattern, bool) {
	switch {
	case p.Contains(other):
		return other, true
	case other.Contains(p):
		return p, true
	default:
		return Pattern{}, false
	}
}
