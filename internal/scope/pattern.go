package scope

import (
	"fmt"
	"strings"
)

// Pattern selects nodes of the scope tree: one node, or a node and everything below it. Two patterns are either nested or disjoint, which
// keeps every operation on them simple. The zero value is not a pattern.
type Pattern struct {
	Path    string // canonical
	Subtree bool   // includes everything below the path
}

// subtreeSuffix marks a pattern that includes everything below its path.
const subtreeSuffix = "/*"

// ParsePattern parses a pattern: "org/acme" is that node alone, "org/acme/*" the node and everything below, "/" the root alone, "/*" and
// "*" everything. ErrInvalid: a "*" elsewhere, or a path that Parse refuses.
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
	// Parse accepts a trailing slash. Here it would be an empty segment before the "*".
	if subtree && strings.HasSuffix(node, "/") {
		return Pattern{}, fmt.Errorf("%s has an empty segment", quote(s))
	}
	path, err := parse(node)
	if err != nil {
		return Pattern{}, err
	}
	return Pattern{Path: path, Subtree: subtree}, nil
}

// quote quotes a caller's text for an error, at most 64 characters of it.
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

// Covers reports whether the pattern includes the canonical path.
func (p Pattern) Covers(path string) bool {
	return p.Path == path || p.Subtree && Contains(p.Path, path)
}

// Contains reports whether the pattern covers everything that the other one covers.
func (p Pattern) Contains(other Pattern) bool {
	return p == other || p.Subtree && Contains(p.Path, other.Path)
}

// Intersect returns the pattern that covers what both cover; false: they are disjoint.
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
