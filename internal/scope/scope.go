// Package scope holds the rules of scope paths: how they are written, which contain which, and what a lens
// lets through. All of it is pure.
package scope

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// Limits of scope paths and sets.
const (
	MaxPath     = 512 // bytes
	MaxSegments = 32
	MaxClauses  = 64
	MaxPaths    = 16 // paths in one clause
)

// Root is the path that contains every other.
const Root = "/"

// ErrInvalid is returned for a path or set that breaks the rules; the text says which.
var ErrInvalid = errors.New("invalid scope")

// Parse reads a path as a caller wrote it and returns it in canonical form: segments joined by single
// slashes, without a leading or trailing one; the root is "/". Case is kept. Empty segments, "." and "..",
// control characters, white space, "*" and paths beyond the limits are refused.
func Parse(s string) (string, error) {
	if s == Root {
		return Root, nil
	}
	if len(s) > MaxPath {
		return "", fmt.Errorf("%w: path of %d bytes, at most %d", ErrInvalid, len(s), MaxPath)
	}
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("%w: path is not UTF-8", ErrInvalid)
	}
	path := strings.TrimSuffix(strings.TrimPrefix(s, "/"), "/")
	if path == "" {
		return "", fmt.Errorf("%w: empty path (the root is %q)", ErrInvalid, Root)
	}
	segments := strings.Split(path, "/")
	if len(segments) > MaxSegments {
		return "", fmt.Errorf("%w: path of %d segments, at most %d", ErrInvalid, len(segments), MaxSegments)
	}
	for _, segment := range segments {
		switch {
		case segment == "":
			return "", fmt.Errorf("%w: %q has an empty segment", ErrInvalid, s)
		case segment == "." || segment == "..":
			return "", fmt.Errorf("%w: %q has a segment %q", ErrInvalid, s, segment)
		}
		for _, r := range segment {
			if r == '*' || unicode.IsControl(r) || unicode.IsSpace(r) {
				return "", fmt.Errorf("%w: %q has the character %q", ErrInvalid, s, r)
			}
		}
	}
	return path, nil
}

// Contains reports whether the canonical path lies at or below the canonical ancestor.
func Contains(ancestor, path string) bool {
	return ancestor == Root || ancestor == path ||
		strings.HasPrefix(path, ancestor) && path[len(ancestor)] == '/'
}

// ParseSet reads a scope set. Clauses and their paths come back in canonical form, sorted and without
// repetition, so that equal sets are equal values. An empty set stays empty; an empty clause is refused.
func ParseSet(clauses [][]string) (record.ScopeSet, error) {
	if len(clauses) > MaxClauses {
		return nil, fmt.Errorf("%w: %d clauses, at most %d", ErrInvalid, len(clauses), MaxClauses)
	}
	var set record.ScopeSet
	for i, clause := range clauses {
		if len(clause) == 0 {
			return nil, fmt.Errorf("%w: clause %d is empty", ErrInvalid, i)
		}
		if len(clause) > MaxPaths {
			return nil, fmt.Errorf("%w: clause %d has %d paths, at most %d", ErrInvalid, i, len(clause), MaxPaths)
		}
		paths := make([]string, len(clause))
		for j, p := range clause {
			var err error
			if paths[j], err = Parse(p); err != nil {
				return nil, err
			}
		}
		slices.Sort(paths)
		set = append(set, slices.Compact(paths))
	}
	slices.SortFunc(set, slices.Compare)
	return slices.CompactFunc(set, slices.Equal), nil
}

// Control characters cannot occur in a path, so that keys of different sets differ.
const (
	pathSeparator   = "\x1f"
	clauseSeparator = "\x1e"
)

// Key renders a canonical set as one string that is equal for equal sets only.
func Key(set record.ScopeSet) string {
	clauses := make([]string, len(set))
	for i, clause := range set {
		clauses[i] = strings.Join(clause, pathSeparator)
	}
	return strings.Join(clauses, clauseSeparator)
}

// Through reports whether a lens lets a record of the given set through: some clause of the record involves,
// for each path of some clause of the lens, the path itself or an ancestor of it. An empty lens lets
// everything through.
func Through(lens, set record.ScopeSet) bool {
	if len(lens) == 0 {
		return true
	}
	for _, wanted := range lens {
		for _, clause := range set {
			if involves(clause, wanted) {
				return true
			}
		}
	}
	return false
}

// involves reports whether each wanted path lies at or below some path of the clause.
func involves(clause, wanted []string) bool {
	for _, path := range wanted {
		if !slices.ContainsFunc(clause, func(held string) bool { return Contains(held, path) }) {
			return false
		}
	}
	return true
}
