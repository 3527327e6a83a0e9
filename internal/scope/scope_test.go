package scope_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/": "/", "org": "org", "org/acme": "org/acme", "/org/acme/": "org/acme", "org/Acme": "org/Acme",
		"org/Ünïcode/日本": "org/Ünïcode/日本", "user/a@b.example": "user/a@b.example",
	} {
		got, err := scope.Parse(in)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", "//", "org//acme", "org/../acme", ".", "org/*", "*", "org/a b", "org/a\x00b", "org/\n", "\xff",
		strings.Repeat("a/", scope.MaxSegments) + "a", strings.Repeat("a", scope.MaxPath+1),
	} {
		if got, err := scope.Parse(in); !errors.Is(err, scope.ErrInvalid) {
			t.Errorf("Parse(%q) = %q, %v; want ErrInvalid", in, got, err)
		}
	}
}

func TestContains(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ancestor, path string
		want           bool
	}{
		{"/", "org", true}, {"/", "/", true}, {"org", "org", true}, {"org", "org/acme", true},
		{"org/acme", "org", false}, {"org/ac", "org/acme", false}, {"org/acme", "org/acme/user/alice", true}, {"org", "/", false},
	} {
		if got := scope.Contains(c.ancestor, c.path); got != c.want {
			t.Errorf("Contains(%q, %q) = %v", c.ancestor, c.path, got)
		}
	}
}

func TestParseSetIsCanonical(t *testing.T) {
	t.Parallel()
	a, err := scope.ParseSet([][]string{{"team/x", "org/acme/"}, {"org"}, {"org"}})
	require.NoError(t, err)
	b, err := scope.ParseSet([][]string{{"/org"}, {"org/acme", "team/x", "team/x"}})
	require.NoError(t, err)
	if scope.Key(a) != scope.Key(b) || scope.Key(a) != "org\x1eorg/acme\x1fteam/x" {
		t.Errorf("keys %q and %q", scope.Key(a), scope.Key(b))
	}
	for _, bad := range [][][]string{{{}}, {{"a"}, {}}, {{"a//b"}}, make([][]string, scope.MaxClauses+1), {make([]string, scope.MaxPaths+1)}} {
		if _, err := scope.ParseSet(bad); !errors.Is(err, scope.ErrInvalid) {
			t.Errorf("ParseSet(%v): %v", bad, err)
		}
	}
}

func TestThrough(t *testing.T) {
	t.Parallel()
	set := func(clauses ...[]string) record.ScopeSet { return clauses }
	for name, c := range map[string]struct {
		lens, record record.ScopeSet
		want         bool
	}{
		"no lens":                  {nil, set([]string{"org"}), true},
		"the path itself":          {set([]string{"org/acme"}), set([]string{"org/acme"}), true},
		"an ancestor":              {set([]string{"org/acme/user/a"}), set([]string{"org/acme"}), true},
		"the root":                 {set([]string{"org/acme"}), set([]string{"/"}), true},
		"a descendant is not seen": {set([]string{"org"}), set([]string{"org/acme"}), false},
		"a sibling":                {set([]string{"org/b"}), set([]string{"org/a"}), false},
		"one clause of two":        {set([]string{"b"}), set([]string{"a"}, []string{"b"}), true},
		"both paths wanted":        {set([]string{"a", "b"}), set([]string{"a", "b"}), true},
		"only one path there":      {set([]string{"a", "b"}), set([]string{"a"}), false},
	} {
		if got := scope.Through(c.lens, c.record); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
