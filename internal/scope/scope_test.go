package scope_test

import (
	"errors"
	"slices"
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
		"org/u\u0308": "org/\u00fc", "\u212b": "\u00c5", "می\u200cخواهم": "می\u200cخواهم", "क्\u200dष": "क्\u200dष",
		"org/Ünïcode/日本": "org/Ünïcode/日本", "user/a@b.example": "user/a@b.example",
	} {
		got, err := scope.Parse(in)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"org/a\u200b", "org/\ufeffa", "org/\u202ea", "org/\u00ada", "org/\U000e0041", "org/\u2060", "org/\u2028", "org/\u00a0",
		strings.Repeat("\u0958", scope.MaxPath/3), // three bytes each, six in normal form
		strings.Repeat("a", scope.MaxPath) + "/", "org/*\u0301", "///", "/org//",
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

func TestParseIsIdempotent(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"/org/acme/", "u\u0308", "e\u0323\u0302", "\u1112\u1161\u11ab", "a" + strings.Repeat("\u0301", 100), "a/\u0338", "\u2126/\u0344",
	} {
		once, err := scope.Parse(in)
		require.NoError(t, err, "%q", in)
		if twice, err := scope.Parse(once); err != nil || twice != once {
			t.Errorf("Parse(Parse(%q)) = %q, %v; want %q", in, twice, err, once)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"/", "/org/acme/", "u\u0308/\u212b", "a/\u200d", "a" + strings.Repeat("\u0301", 64), "\u1112\u1161/\u11ab", "*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		path, err := scope.Parse(in)
		if err != nil {
			if !errors.Is(err, scope.ErrInvalid) {
				t.Fatalf("Parse(%q): %v", in, err)
			}
			return
		}
		if again, err := scope.Parse(path); err != nil || again != path || len(path) > scope.MaxPath {
			t.Fatalf("Parse(%q) = %q, and that parsed again is %q, %v", in, path, again, err)
		}
		for i, ancestor := range scope.Ancestors(path) {
			if again, err := scope.Parse(ancestor); err != nil || again != ancestor || strings.Count(ancestor, "/") != i || !scope.Contains(ancestor, path) {
				t.Fatalf("ancestor %d of %q is %q", i, path, ancestor)
			}
		}
	})
}

func TestAncestors(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][]string{
		"/": nil, "org": nil, "org/acme": {"org"}, "org/acme/user/alice": {"org", "org/acme", "org/acme/user"}, "é/日本/x": {"é", "é/日本"},
	} {
		if got := scope.Ancestors(path); !slices.Equal(got, want) || want == nil && got != nil {
			t.Errorf("Ancestors(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestParseSetSaysWhere(t *testing.T) {
	t.Parallel()
	_, err := scope.ParseSet([][]string{{"a"}, {"b", "c//d"}})
	require.ErrorIs(t, err, scope.ErrInvalid)
	if want := `invalid scope: clause 1, path 1: "c//d" has an empty segment`; err.Error() != want {
		t.Errorf("%v; want %s", err, want)
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
