package authz

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/scope"
)

// MaxPatterns is the largest number of patterns, over all verbs, that Parse reads.
const MaxPatterns = 1000

// ErrGrants is the error of Parse. The text names the verb and the pattern at fault.
var ErrGrants = errors.New("invalid grants")

// ErrWider matches every WiderError.
var ErrWider = errors.New("a grant reaches further")

// WiderError is returned if a pattern cannot be revoked because a grant covers it and more. The rest of that grant could not be expressed
// by patterns.
type WiderError struct {
	Verb    Verb
	Pattern scope.Pattern // the wider grant
}

func (e *WiderError) Error() string {
	return fmt.Sprintf("%v: %s on %s; revoke that", ErrWider, e.Verb, e.Pattern)
}

// Is reports whether the target is ErrWider.
func (e *WiderError) Is(target error) bool { return target == ErrWider }

// Grants has, for each verb, the patterns where it may be used. Values are canonical and do not change: lists are sorted by Pattern.String,
// have no pattern that another one of the list contains, and are never empty. So grants that allow the same are equal. The functions of
// this package take and return only canonical values; nil means no grants. The results of Intersect and With may have more than MaxPatterns
// patterns, so a caller that stores them checks Count.
type Grants map[Verb][]scope.Pattern

// Parse parses grants as a caller wrote them. Errors match ErrGrants, and also ErrVerb for an unknown verb, or scope.ErrInvalid for a
// pattern that scope.ParsePattern refuses.
func Parse(written map[string][]string) (Grants, error) {
	total := 0
	for _, patterns := range written {
		total += len(patterns)
	}
	if total > MaxPatterns {
		return nil, fmt.Errorf("%w: %d patterns, at most %d", ErrGrants, total, MaxPatterns)
	}
	grants := make(Grants, min(len(written), len(Verbs())))
	for _, name := range slices.Sorted(maps.Keys(written)) { // sorted, so that the same input always gives the same error
		verb, err := ParseVerb(name)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrGrants, err)
		}
		patterns := make([]scope.Pattern, len(written[name]))
		for i, s := range written[name] {
			if patterns[i], err = scope.ParsePattern(s); err != nil {
				return nil, fmt.Errorf("%w: %s, pattern %d: %w", ErrGrants, verb, i, err)
			}
		}
		grants.set(verb, patterns)
	}
	return grants, nil
}

// Full returns every verb over everything.
func Full() Grants {
	grants := make(Grants)
	for _, v := range Verbs() {
		grants[v] = []scope.Pattern{{Path: scope.Root, Subtree: true}}
	}
	return grants
}

// set sets the patterns of a verb in canonical form. It changes and keeps the given list.
func (g Grants) set(v Verb, patterns []scope.Pattern) {
	if patterns = canonical(patterns); len(patterns) > 0 {
		g[v] = patterns
	} else {
		delete(g, v)
	}
}

// canonical sorts the patterns and drops those that another one contains. It works in place.
func canonical(patterns []scope.Pattern) []scope.Pattern {
	all := newRegion(patterns)
	patterns = slices.DeleteFunc(patterns, all.within)
	slices.SortFunc(patterns, order)
	return slices.Compact(patterns)
}

// order compares patterns by their strings. Usually their paths already decide, so that no string has to be built.
func order(a, b scope.Pattern) int {
	n := min(len(a.Path), len(b.Path))
	if c := strings.Compare(a.Path[:n], b.Path[:n]); c != 0 {
		return c
	}
	return strings.Compare(a.String(), b.String())
}

// Strings returns the grants as Parse reads them. The map is never nil.
func (g Grants) Strings() map[string][]string {
	written := make(map[string][]string, len(g))
	for v, patterns := range g {
		list := make([]string, len(patterns))
		for i, p := range patterns {
			list[i] = p.String()
		}
		written[string(v)] = list
	}
	return written
}

// Count returns the number of patterns over all verbs.
func (g Grants) Count() int {
	n := 0
	for _, patterns := range g {
		n += len(patterns)
	}
	return n
}

// Clone returns a copy that shares nothing with g.
func (g Grants) Clone() Grants {
	clone := make(Grants, len(g))
	for v, patterns := range g {
		clone[v] = slices.Clone(patterns)
	}
	return clone
}

// With returns g with the pattern added for each of the verbs, which must be valid.
func (g Grants) With(p scope.Pattern, verbs ...Verb) Grants {
	more := g.Clone()
	for _, v := range verbs {
		more.set(v, append(more[v], p))
	}
	return more
}

// Without returns g without the patterns of the verbs that lie within p. If a pattern of one of the verbs covers p and more, nothing is
// removed, and the error is a *WiderError, which matches ErrWider. Verbs without patterns within p stay as they are.
func (g Grants) Without(p scope.Pattern, verbs ...Verb) (Grants, error) {
	less := g.Clone()
	for _, v := range verbs {
		for _, held := range less[v] {
			if held != p && held.Contains(p) {
				return nil, &WiderError{Verb: v, Pattern: held}
			}
		}
		less.set(v, slices.DeleteFunc(less[v], p.Contains))
	}
	return less, nil
}

// Within reports whether other allows everything that g allows.
func (g Grants) Within(other Grants) bool {
	for v, patterns := range g {
		region := newRegion(other[v])
		for _, p := range patterns {
			if !region.Contains(p) {
				return false
			}
		}
	}
	return true
}

// Intersect returns the grants that allow what both allow.
func Intersect(a, b Grants) Grants {
	both := make(Grants, min(len(a), len(b)))
	for v := range a {
		inA, inB := newRegion(a[v]), newRegion(b[v])
		// Patterns are nested or disjoint, so the intersection consists of patterns of the two lists.
		var shared []scope.Pattern
		for _, p := range a[v] {
			if inB.Contains(p) {
				shared = append(shared, p)
			}
		}
		for _, p := range b[v] {
			if inA.Contains(p) {
				shared = append(shared, p)
			}
		}
		both.set(v, shared)
	}
	return both
}

// Equal reports whether both allow the same.
func (g Grants) Equal(other Grants) bool {
	return maps.EqualFunc(g, other, slices.Equal[[]scope.Pattern])
}

// Empty reports whether nothing is allowed.
func (g Grants) Empty() bool { return len(g) == 0 }
