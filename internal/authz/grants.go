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

// ErrGrants is returned by Parse; the text names the verb and the pattern at fault.
var ErrGrants = errors.New("invalid grants")

// ErrWider is what a WiderError matches.
var ErrWider = errors.New("a grant reaches further")

// WiderError says that a pattern could not be taken away, because a grant covers it and more, and what would
// be left of that grant cannot be written as patterns.
type WiderError struct {
	Verb    Verb
	Pattern scope.Pattern // the grant in the way
}

func (e *WiderError) Error() string {
	return fmt.Sprintf("%v: %s on %s; revoke that", ErrWider, e.Verb, e.Pattern)
}

// Is reports whether the target is ErrWider.
func (e *WiderError) Is(target error) bool { return target == ErrWider }

// Grants says for each verb where it may be used. Values are canonical and are not changed once made: lists
// are sorted by Pattern.String, hold no pattern that another one of the list contains, and are never empty, so
// that grants which allow the same are equal. The functions here take and return canonical values only; nil
// is no grants at all. What Intersect and With return may have more than MaxPatterns patterns: who stores
// them asks Count.
type Grants map[Verb][]scope.Pattern

// Parse reads grants as a caller wrote them. Errors match ErrGrants, and beside it ErrVerb for an unknown verb
// or scope.ErrInvalid for a pattern that scope.ParsePattern refuses.
func Parse(written map[string][]string) (Grants, error) {
	total := 0
	for _, patterns := range written {
		total += len(patterns)
	}
	if total > MaxPatterns {
		return nil, fmt.Errorf("%w: %d patterns, at most %d", ErrGrants, total, MaxPatterns)
	}
	grants := make(Grants, min(len(written), len(Verbs())))
	for _, name := range slices.Sorted(maps.Keys(written)) { // sorted: of several faults, always the same is named
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

// set gives a verb the canonical form of the patterns, which it takes over.
func (g Grants) set(v Verb, patterns []scope.Pattern) {
	if patterns = canonical(patterns); len(patterns) > 0 {
		g[v] = patterns
	} else {
		delete(g, v)
	}
}

// canonical sorts the patterns and drops those that another one contains, in place.
func canonical(patterns []scope.Pattern) []scope.Pattern {
	all := newRegion(patterns)
	patterns = slices.DeleteFunc(patterns, all.within)
	slices.SortFunc(patterns, order)
	return slices.Compact(patterns)
}

// order compares the patterns as strings, which mostly differ in what their paths have already.
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

// With returns g and the pattern for each of the verbs, which must be some of Verbs.
func (g Grants) With(p scope.Pattern, verbs ...Verb) Grants {
	more := g.Clone()
	for _, v := range verbs {
		more.set(v, append(more[v], p))
	}
	return more
}

// Without returns g without the patterns of the verbs that lie within p. It takes away all of p or nothing:
// when a pattern of one of the verbs covers p and more, the error is a *WiderError, which matches ErrWider.
// A verb that has nothing of p is left as it is.
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

// Within reports whether other allows everything that g does.
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

// Intersect returns what both allow.
func Intersect(a, b Grants) Grants {
	both := make(Grants, min(len(a), len(b)))
	for v := range a {
		inA, inB := newRegion(a[v]), newRegion(b[v])
		// Patterns are nested or apart, so what two lists share is made of patterns of the lists.
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
