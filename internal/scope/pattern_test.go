package scope_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/scope"
)

func TestParsePattern(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/": "/", "*": "/*", "/*": "/*", "org/acme": "org/acme", "/org/acme/": "org/acme", "org/acme/*": "org/acme/*",
		"/org/*": "org/*", "u\u0308/*": "\u00fc/*", strings.Repeat("a", scope.MaxPath) + "/*": strings.Repeat("a", scope.MaxPath) + "/*",
	} {
		got, err := scope.ParsePattern(in)
		if err != nil || got.String() != want {
			t.Errorf("ParsePattern(%q) = %v, %v; want %s", in, got, err, want)
		}
		if again, err := scope.ParsePattern(got.String()); err != nil || again != got {
			t.Errorf("ParsePattern(%q) = %v, %v; want it back", got.String(), again, err)
		}
	}
	for _, in := range []string{"**", "a*", "*a", "a/**", "org/*/x", "org/*/*", "*/*", "/*/*", "*/", "org/*/", "/*/", strings.Repeat("*", 1<<20)} {
		got, err := scope.ParsePattern(in)
		if !errors.Is(err, scope.ErrInvalid) || !strings.Contains(err.Error(), "where none can stand") || len(err.Error()) > 300 {
			t.Errorf("ParsePattern(%.20q) = %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "//", "//*", "org//*", "a//b", "../*", "a b", "a\u200b/*", "\xff/*", strings.Repeat("a", scope.MaxPath+1) + "/*"} {
		if got, err := scope.ParsePattern(in); !errors.Is(err, scope.ErrInvalid) {
			t.Errorf("ParsePattern(%.20q) = %v, %v; want ErrInvalid", in, got, err)
		}
	}
}

// tree returns every path of up to depth segments made of the names, and the root.
func tree(depth int, names ...string) []string {
	paths, level := []string{scope.Root}, []string{""}
	for range depth {
		var below []string
		for _, parent := range level {
			for _, name := range names {
				below = append(below, strings.TrimPrefix(parent+"/"+name, "/"))
			}
		}
		paths, level = append(paths, below...), below
	}
	return paths
}

// TestPatternsAgainstSets compares every pair of patterns over a small tree with the sets of paths that they cover. The paths go one level
// deeper than the patterns and have names that no pattern has, so that no set of nodes equals a subtree.
func TestPatternsAgainstSets(t *testing.T) {
	t.Parallel()
	paths := tree(3, "a", "ab", "z")
	var patterns []scope.Pattern
	for _, path := range tree(2, "a", "ab") {
		patterns = append(patterns, scope.Pattern{Path: path}, scope.Pattern{Path: path, Subtree: true})
	}
	covered := func(p scope.Pattern) []string {
		return slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return !p.Covers(path) })
	}
	below := func(p scope.Pattern) []string { // by the definition, segment by segment
		return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
			top, at := strings.Split(strings.Trim(p.Path, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
			if p.Path == scope.Root {
				return !p.Subtree && path != scope.Root
			}
			return !(slices.Equal(top, at) || p.Subtree && len(at) > len(top) && slices.Equal(top, at[:len(top)]))
		})
	}
	for _, p := range patterns {
		if again, err := scope.ParsePattern(p.String()); err != nil || again != p {
			t.Errorf("%v read back is %v, %v", p, again, err)
		}
		ps := covered(p)
		require.Equal(t, below(p), ps, "%v", p)
		for _, q := range patterns {
			qs := covered(q)
			var both []string
			for _, path := range ps {
				if slices.Contains(qs, path) {
					both = append(both, path)
				}
			}
			if got, want := p.Contains(q), len(both) == len(qs); got != want {
				t.Errorf("%v contains %v: %v, want %v", p, q, got, want)
			}
			shared, ok := p.Intersect(q)
			if ok != (len(both) > 0) || ok && !slices.Equal(covered(shared), both) {
				t.Errorf("%v and %v share %v, %v; want %q", p, q, shared, ok, both)
			}
			if other, also := q.Intersect(p); other != shared || also != ok {
				t.Errorf("%v and %v share %v, the other way round %v", p, q, shared, other)
			}
		}
	}
}
