package authz_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
)

func TestRegionOfNothing(t *testing.T) {
	t.Parallel()
	var zero authz.Region
	for name, r := range map[string]*authz.Region{"no grants": authz.Compile(nil).Region(authz.MemoryRead), "zero": &zero} {
		if r.Covers("/") || r.Covers("a") || r.Contains(pattern(t, "a")) || r.Contains(pattern(t, "/*")) || r.Sees(record.ScopeSet{{"a"}}) ||
			r.Holds(record.ScopeSet{{"a"}}) || r.Visible(record.ScopeSet{{"a"}}) != nil || !r.Empty() || r.All() || len(r.Patterns()) > 0 || r.Scopes() != nil {
			t.Errorf("%s: covers something", name)
		}
	}
}

// TestNothingIsNobodys checks that not even a caller with all rights sees a record without scopes.
func TestNothingIsNobodys(t *testing.T) {
	t.Parallel()
	r := authz.Compile(authz.Full()).Region(authz.MemoryRead)
	for _, set := range []record.ScopeSet{nil, {}, {{}}, {nil, {}}} {
		if r.Sees(set) || r.Holds(set) || r.Visible(set) != nil {
			t.Errorf("%q is seen", set)
		}
	}
	if set := (record.ScopeSet{{"a"}, {}}); !r.Sees(set) || r.Holds(set) || !r.Visible(set).Equal(record.ScopeSet{{"a"}}) {
		t.Errorf("%q: sees %v, holds %v, visible %q", set, r.Sees(set), r.Holds(set), r.Visible(set))
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		patterns []string
		want     record.ScopeSet
	}{
		{nil, nil},
		{[]string{"/*", "a"}, record.ScopeSet{{"/"}}},
		{[]string{"/"}, record.ScopeSet{{"/"}}},
		{[]string{"team/x", "org/acme/*"}, record.ScopeSet{{"org/acme", "team/x"}}},
		{[]string{"a/*", "a-b"}, record.ScopeSet{{"a", "a-b"}}},
	} {
		r := authz.Compile(parse(t, map[string][]string{"memory:write": c.patterns})).Region(authz.MemoryWrite)
		if got := r.Scopes(); !got.Equal(c.want) {
			t.Errorf("%q writes to %q, want %q", c.patterns, got, c.want)
		}
	}
}

func TestCompileCopies(t *testing.T) {
	t.Parallel()
	g := parse(t, map[string][]string{"memory:read": {"a", "b"}})
	a := authz.Compile(g)
	g[authz.MemoryRead][0] = pattern(t, "/*")
	g[authz.MemoryWrite] = g[authz.MemoryRead]
	if want := parse(t, map[string][]string{"memory:read": {"a", "b"}}); !a.Grants().Equal(want) || a.Region(authz.MemoryRead).Covers("c") || !a.Region(authz.MemoryWrite).Empty() {
		t.Errorf("the access became %q", a.Grants().Strings())
	}
}

// hundred returns grants with a hundred patterns for each verb, half of them nodes and half subtrees.
func hundred(t testing.TB) authz.Grants {
	var patterns []string
	for i := range 50 {
		patterns = append(patterns, fmt.Sprintf("org/acme/team/%d/*", i), fmt.Sprintf("org/acme/user/%d", i))
	}
	written := make(map[string][]string)
	for _, v := range authz.Verbs() {
		written[string(v)] = patterns
	}
	return parse(t, written)
}

func TestAccessIsSharedByGoroutines(t *testing.T) {
	t.Parallel()
	a := authz.Compile(hundred(t))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 50 {
				for _, v := range authz.Verbs() {
					path := fmt.Sprintf("org/acme/team/%d/x", i)
					if r := a.Region(v); !r.Covers(path) || r.Covers(fmt.Sprintf("org/acme/user/%d/x", i)) || !r.Sees(record.ScopeSet{{path}}) {
						t.Errorf("%s on %s", v, path)
					}
				}
			}
		})
	}
	group.Wait()
}

func TestAskingDoesNotAllocate(t *testing.T) {
	r := authz.Compile(hundred(t)).Region(authz.MemoryRead)
	set := record.ScopeSet{{"org/other/x", "org/acme"}, {"org/acme/user/7", "org/acme/team/49/a/b/c"}}
	n := testing.AllocsPerRun(100, func() {
		if !r.Covers("org/acme/team/49/a/b/c") || !r.Sees(set) || r.Holds(set) || !r.Holds(set[1:]) || len(r.Visible(set[1:])) != 1 {
			t.Error("wrong answer")
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkRegion(b *testing.B) {
	r := authz.Compile(hundred(b)).Region(authz.MemoryRead)
	set := record.ScopeSet{{"org/other/user/1", "org/acme"}, {"org/acme/user/7", "org/acme/team/49/a/b/c"}}
	require.True(b, r.Sees(set))
	wide := pattern(b, "org/other/*")
	for name, ask := range map[string]func() bool{
		"Covers/subtree": func() bool { return r.Covers("org/acme/team/49/a/b/c") },
		"Covers/outside": func() bool { return !r.Covers("org/other/user/49/a/b/c") },
		"Sees":           func() bool { return r.Sees(set) },
		"Holds":          func() bool { return r.Holds(set[1:]) },
		"Contains":       func() bool { return !r.Contains(wide) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !ask() {
					b.Fatal("wrong answer")
				}
			}
		})
	}
}

// BenchmarkCompile compiles a hundred patterns of one verb, and of each verb.
func BenchmarkCompile(b *testing.B) {
	each := hundred(b)
	for name, g := range map[string]authz.Grants{"one verb": {authz.MemoryRead: each[authz.MemoryRead]}, "seven verbs": each} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if authz.Compile(g).Region(authz.MemoryRead).Empty() {
					b.Fatal("wrong answer")
				}
			}
		})
	}
}

// BenchmarkIntersect intersects grants of a hundred patterns of each verb with themselves.
func BenchmarkIntersect(b *testing.B) {
	g := hundred(b)
	b.ReportAllocs()
	for b.Loop() {
		if authz.Intersect(g, g).Count() != g.Count() {
			b.Fatal("wrong answer")
		}
	}
}
