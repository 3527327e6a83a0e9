package authz_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/scope"
)

func pattern(t testing.TB, s string) scope.Pattern {
	t.Helper()
	p, err := scope.ParsePattern(s)
	require.NoError(t, err)
	return p
}

func parse(t testing.TB, written map[string][]string) authz.Grants {
	t.Helper()
	g, err := authz.Parse(written)
	require.NoError(t, err)
	return g
}

func TestParseVerb(t *testing.T) {
	t.Parallel()
	for _, v := range authz.Verbs() {
		if got, err := authz.ParseVerb(string(v)); err != nil || got != v {
			t.Errorf("ParseVerb(%q) = %q, %v", v, got, err)
		}
	}
	for in, want := range map[string]string{
		"read": `"memory:read"`, "write": `"memory:write"`, "forget": `"memory:forget"`, "create_scope": `"scope:create"`,
		"delete_scope": `"scope:delete"`, "read_scope": `"scope:read"`, "grant": `"grant:manage"`, "manage": `"grant:manage"`,
		"": "the verbs are [memory:read ", "Memory:Read": "the verbs are", "memory:read ": "the verbs are", "memory:*": "the verbs are", strings.Repeat("x", 1<<20): "the verbs are",
	} {
		got, err := authz.ParseVerb(in)
		if got != "" || !errors.Is(err, authz.ErrVerb) || !strings.Contains(err.Error(), want) || len(err.Error()) > 300 {
			t.Errorf("ParseVerb(%.20q) = %q, %v", in, got, err)
		}
	}
	authz.Verbs()[0] = "changed"
	if got := authz.Verbs()[0]; got != authz.MemoryRead {
		t.Errorf("the verbs are shared: %q", got)
	}
}

func TestParseIsCanonical(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ written, want []string }{
		{[]string{"org/acme/", "/org/acme", "org"}, []string{"org", "org/acme"}},
		{[]string{"org/acme/*", "org/acme", "org/acme/x", "org/acme/x/*", "org/acmes"}, []string{"org/acme/*", "org/acmes"}},
		{[]string{"a/*", "a-b", "a"}, []string{"a-b", "a/*"}},
		{[]string{"x", "*", "/", "y/*", "/*"}, []string{"/*"}},
		{[]string{"x/*", "/"}, []string{"/", "x/*"}},
		{[]string{"u\u0308"}, []string{"\u00fc"}},
		{nil, nil},
	} {
		g := parse(t, map[string][]string{"memory:read": c.written})
		got, has := g.Strings()["memory:read"]
		if !slices.Equal(got, c.want) || has != (c.want != nil) {
			t.Errorf("%q became %q, want %q", c.written, got, c.want)
		}
		slices.Reverse(c.written)
		if again := parse(t, map[string][]string{"memory:read": c.written}); !again.Equal(g) {
			t.Errorf("%q became %q, the other way round %q", c.written, got, again.Strings())
		}
	}
	if none := parse(t, nil); !none.Empty() || none.Strings() == nil || authz.Grants(nil).Strings() == nil || !none.Equal(nil) {
		t.Errorf("no grants are %v", none)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		written map[string][]string
		is      error
		text    string
	}{
		"flat verb":     {map[string][]string{"read": {"/*"}}, authz.ErrVerb, `invalid grants: unknown verb "read": write "memory:read"`},
		"empty verb":    {map[string][]string{"": nil}, authz.ErrVerb, `unknown verb ""`},
		"bad pattern":   {map[string][]string{"memory:read": {"a", "b"}, "scope:read": {"a", "a/*/b"}}, scope.ErrInvalid, `scope:read, pattern 1: invalid scope: "a/*/b" has a "*"`},
		"empty pattern": {map[string][]string{"memory:read": {""}}, scope.ErrInvalid, "memory:read, pattern 0: "},
		"several":       {map[string][]string{"zzz": {"a"}, "memory:write": {"**"}, "scope:read": {"**"}}, scope.ErrInvalid, "memory:write, pattern 0"},
		"too many":      {map[string][]string{"memory:read": make([]string, authz.MaxPatterns), "nonsense": {"x"}}, authz.ErrGrants, "1001 patterns, at most 1000"},
	} {
		g, err := authz.Parse(c.written)
		if g != nil || !errors.Is(err, authz.ErrGrants) || !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: %v, %v; want %s", name, g, err, c.text)
		}
	}
	most := make([]string, authz.MaxPatterns)
	for i := range most {
		most[i] = fmt.Sprint("team/", i)
	}
	if g := parse(t, map[string][]string{"memory:read": most}); g.Count() != authz.MaxPatterns {
		t.Errorf("%d patterns of %d", g.Count(), len(most))
	}
}

func TestFull(t *testing.T) {
	t.Parallel()
	full := authz.Full()
	again := parse(t, full.Strings())
	if !again.Equal(full) || full.Count() != len(authz.Verbs()) {
		t.Errorf("full grants are %q", full.Strings())
	}
	access := authz.Compile(full)
	for _, v := range authz.Verbs() {
		if !access.Region(v).All() || !access.Region(v).Covers(scope.Root) || !access.Region(v).Covers("a/b") {
			t.Errorf("full grants lack %s", v)
		}
	}
	if access.Region("memory:other").Covers("a") {
		t.Error("full grants hold a verb that there is not")
	}
}

func TestWithoutSaysWhatIsInTheWay(t *testing.T) {
	t.Parallel()
	g := parse(t, map[string][]string{"memory:read": {"a/*"}, "memory:write": {"a/b", "c"}})
	before := g.Clone()
	less, err := g.Without(pattern(t, "a/b"), authz.MemoryWrite, authz.MemoryRead)
	var wider *authz.WiderError
	require.ErrorAs(t, err, &wider)
	if less != nil || !errors.Is(err, authz.ErrWider) || wider.Verb != authz.MemoryRead || wider.Pattern != pattern(t, "a/*") {
		t.Errorf("%v, %v", less, err)
	}
	less, err = g.Without(pattern(t, "a/*"), authz.MemoryRead, authz.MemoryWrite, authz.MemoryRead, authz.GrantManage)
	require.NoError(t, err)
	if want := parse(t, map[string][]string{"memory:write": {"c"}}); !less.Equal(want) {
		t.Errorf("left %q", less.Strings())
	}
	if more := less.With(pattern(t, "/*"), authz.Verbs()...); !more.Equal(authz.Full()) {
		t.Errorf("everything added gives %q", more.Strings())
	}
	if !g.Equal(before) {
		t.Errorf("the grants changed to %q", g.Strings())
	}
}
