// Package scope has the rules of scope paths, patterns and sets: their written forms in Go and JSON, which of them contain which, and which
// records a lens lets through. It is pure.
package scope

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

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

// Parse parses a path as a caller wrote it and returns it in canonical form: segments joined by single slashes, without a leading or
// trailing slash, in Unicode normal form C. The root is "/". Case is kept. ErrInvalid: an empty segment, a segment without visible
// characters, "." or "..", a control character, white space, "*", a format character other than the two joiners, or a path over the limits
// before or after normalising.
func Parse(s string) (string, error) {
	path, err := parse(s)
	if err != nil {
		return "", invalid(err)
	}
	return path, nil
}

// invalid marks a reason as ErrInvalid. Functions that are not exported return bare reasons, so that each error is marked only once.
func invalid(reason error) error { return fmt.Errorf("%w: %v", ErrInvalid, reason) }

func parse(s string) (string, error) {
	if s == Root {
		return Root, nil
	}
	if len(s) > MaxPath {
		return "", fmt.Errorf("path of %d bytes, at most %d", len(s), MaxPath)
	}
	if !utf8.ValidString(s) {
		return "", errors.New("path is not UTF-8")
	}
	path := norm.NFC.String(strings.TrimSuffix(strings.TrimPrefix(s, "/"), "/"))
	if path == "" {
		return "", fmt.Errorf("empty path (the root is %q)", Root)
	}
	if len(path) > MaxPath {
		return "", fmt.Errorf("path of %d bytes in normal form, at most %d", len(path), MaxPath)
	}
	segments := 0
	for segment := range strings.SplitSeq(path, "/") {
		if segments++; segments > MaxSegments {
			return "", fmt.Errorf("path of more than %d segments", MaxSegments)
		}
		switch segment {
		case "":
			return "", fmt.Errorf("%q has an empty segment", s)
		case ".", "..":
			return "", fmt.Errorf("%q has a segment %q", s, segment)
		}
		for _, r := range segment {
			if refused(r) {
				return "", fmt.Errorf("%q has the character %q", s, r)
			}
		}
		if record.Blank(segment) {
			return "", fmt.Errorf("%q has a segment in which nothing can be seen", s)
		}
	}
	return path, nil
}

// refused reports whether a character is not allowed in a path. Format characters are invisible, so different paths would look the same.
// The two joiners are allowed, because some scripts need them.
func refused(r rune) bool {
	const joiner, nonJoiner = '\u200d', '\u200c'
	return r == '*' || unicode.IsControl(r) || unicode.IsSpace(r) ||
		unicode.Is(unicode.Cf, r) && r != joiner && r != nonJoiner
}

// Contains reports whether the canonical path lies at or below the canonical ancestor.
func Contains(ancestor, path string) bool {
	return ancestor == Root || ancestor == path ||
		strings.HasPrefix(path, ancestor) && path[len(ancestor)] == '/'
}

// Ancestors returns the canonical ancestors of a canonical path, the outermost first, without the root and the path itself. It returns nil
// for a path of one segment and for the root.
func Ancestors(path string) []string {
	if path == Root {
		return nil
	}
	var ancestors []string
	for i := range len(path) {
		if path[i] == '/' {
			ancestors = append(ancestors, path[:i])
		}
	}
	return ancestors
}

// ParseSet parses a scope set. The clauses and their paths are canonical, sorted and without repetition, so that equal sets are equal
// values. An empty set stays empty. An empty clause is refused. Errors match ErrInvalid and name the clause and the path at fault, counted
// from 0.
func ParseSet(clauses [][]string) (record.ScopeSet, error) {
	set, err := parseSet(clauses)
	if err != nil {
		return nil, invalid(err)
	}
	return set, nil
}

func parseSet(clauses [][]string) (record.ScopeSet, error) {
	if len(clauses) > MaxClauses {
		return nil, fmt.Errorf("%d clauses, at most %d", len(clauses), MaxClauses)
	}
	var set record.ScopeSet
	for i, clause := range clauses {
		if len(clause) == 0 {
			return nil, fmt.Errorf("clause %d is empty", i)
		}
		if len(clause) > MaxPaths {
			return nil, fmt.Errorf("clause %d has %d paths, at most %d", i, len(clause), MaxPaths)
		}
		paths := make([]string, len(clause))
		for j, p := range clause {
			var err error
			if paths[j], err = parse(p); err != nil {
				return nil, fmt.Errorf("clause %d, path %d: %w", i, j, err)
			}
		}
		slices.Sort(paths)
		set = append(set, slices.Compact(paths))
	}
	slices.SortFunc(set, slices.Compare)
	return slices.CompactFunc(set, slices.Equal), nil
}

// The separators are control characters, which cannot occur in a path. So the keys of different sets differ.
const (
	pathSeparator   = "\x1f"
	clauseSeparator = "\x1e"
)

// Key returns a string for a canonical set. Only equal sets have equal keys.
func Key(set record.ScopeSet) string {
	clauses := make([]string, len(set))
	for i, clause := range set {
		clauses[i] = strings.Join(clause, pathSeparator)
	}
	return strings.Join(clauses, clauseSeparator)
}

// Through reports whether a lens lets a record with the given set through. It does if, for a clause of the lens and a clause of the set,
// each path of the lens clause lies at or below a path of the set's clause. An empty lens lets everything through.
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
