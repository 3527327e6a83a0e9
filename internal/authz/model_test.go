package authz_test

import (
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// world is a small tree of scopes with the patterns over it. The paths go one level deeper than the patterns and have a name, z, that no
// pattern has. So no set of nodes equals a subtree, and two lists of patterns allow the same exactly if they cover the same paths.
type world struct {
	paths    []string
	patterns []scope.Pattern
	random   *rand.Rand
}

func newWorld(seed uint64) *world {
	w := &world{random: rand.New(rand.NewPCG(seed, 4))}
	w.paths = tree(3, "a", "a-", "ab", "z")
	for _, path := range tree(2, "a", "a-", "ab") {
		w.patterns = append(w.patterns, scope.Pattern{Path: path}, scope.Pattern{Path: path, Subtree: true})
	}
	return w
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

func pick[T any](w *world, from []T) T { return from[w.random.IntN(len(from))] }

// model is what grants allow: for each verb, the paths.
type model map[authz.Verb]map[string]bool

// covered returns the paths that a pattern covers, by the definition, segment by segment.
func (w *world) covered(p scope.Pattern) map[string]bool {
	in := make(map[string]bool)
	top := strings.Split(p.Path, "/")
	for _, path := range w.paths {
		at := strings.Split(path, "/")
		switch {
		case p.Path == scope.Root && p.Subtree, path == p.Path, p.Subtree && len(at) > len(top) && slices.Equal(top, at[:len(top)]):
			in[path] = true
		}
	}
	return in
}

// grants returns grants of a few patterns for a few verbs, some narrow and some wide, and what they allow.
func (w *world) grants(t *testing.T) (authz.Grants, model) {
	written, m := make(map[string][]string), make(model)
	for _, v := range authz.Verbs()[:3] {
		m[v] = make(map[string]bool)
		for range w.random.IntN(7) {
			p := pick(w, w.patterns)
			if p.Path == scope.Root && w.random.IntN(4) > 0 {
				continue
			}
			written[string(v)] = append(written[string(v)], p.String())
			maps.Copy(m[v], w.covered(p))
		}
	}
	g, err := authz.Parse(written)
	require.NoError(t, err)
	return g, m
}

// check checks that grants allow what they should, and that they are canonical.
func (w *world) check(t *testing.T, what string, g authz.Grants, want model) {
	t.Helper()
	access := authz.Compile(g)
	for _, v := range authz.Verbs() {
		region := access.Region(v)
		for _, path := range w.paths {
			if got := region.Covers(path); got != want[v][path] {
				t.Fatalf("%s: %s on %q is %v, want %v; %q", what, v, path, got, want[v][path], g.Strings())
			}
		}
		if region.Empty() != (len(want[v]) == 0) || region.All() != (len(want[v]) == len(w.paths)) {
			t.Fatalf("%s: %s is empty %v, all %v; %q", what, v, region.Empty(), region.All(), g.Strings())
		}
		list := g[v]
		for i, p := range list {
			if i > 0 && list[i-1].String() >= p.String() {
				t.Fatalf("%s: %s is not sorted: %v", what, v, list)
			}
			for j, q := range list {
				if i != j && p.Contains(q) {
					t.Fatalf("%s: %s: %v contains %v", what, v, p, q)
				}
			}
		}
		if _, has := g[v]; has && len(list) == 0 {
			t.Fatalf("%s: %s has an empty list", what, v)
		}
	}
	again, err := authz.Parse(g.Strings())
	require.NoError(t, err)
	if !again.Equal(g) {
		t.Fatalf("%s: %q reads back as %q", what, g.Strings(), again.Strings())
	}
}

func (m model) within(other model) bool {
	for v, paths := range m {
		for path := range paths {
			if !other[v][path] {
				return false
			}
		}
	}
	return true
}

const rounds = 1500

func TestGrantsAgainstModel(t *testing.T) {
	t.Parallel()
	w := newWorld(1)
	within := 0
	for range rounds {
		a, inA := w.grants(t)
		b, inB := w.grants(t)
		if w.random.IntN(3) == 0 { // otherwise grants rarely lie within others
			for v, patterns := range a {
				for _, p := range patterns {
					b = b.With(p, v)
					maps.Copy(inB[v], w.covered(p))
				}
			}
		}
		w.check(t, "parsed", a, inA)
		w.check(t, "built", b, inB)
		if got, want := a.Within(b), inA.within(inB); got != want {
			t.Fatalf("%q within %q: %v, want %v", a.Strings(), b.Strings(), got, want)
		}
		if a.Within(b) {
			within++
		}
		if got, want := a.Equal(b), inA.within(inB) && inB.within(inA); got != want {
			t.Fatalf("%q equals %q: %v, want %v", a.Strings(), b.Strings(), got, want)
		}
		if !a.Equal(a.Clone()) {
			t.Fatalf("%q is not its clone", a.Strings())
		}
		shared := make(model)
		for v := range inA {
			shared[v] = make(map[string]bool)
			for path := range inA[v] {
				if inB[v][path] {
					shared[v][path] = true
				}
			}
		}
		w.check(t, "intersection", authz.Intersect(a, b), shared)
	}
	if within < rounds/10 || within > rounds*9/10 {
		t.Errorf("%d of %d grants lie within others, which tests little", within, rounds)
	}
}

func TestAttenuation(t *testing.T) {
	t.Parallel()
	w := newWorld(2)
	for range rounds {
		a, _ := w.grants(t)
		b, _ := w.grants(t)
		c, _ := w.grants(t)
		ab := authz.Intersect(a, b)
		if !ab.Within(a) || !ab.Within(b) {
			t.Fatalf("%q and %q share %q, which is wider", a.Strings(), b.Strings(), ab.Strings())
		}
		for law, holds := range map[string]bool{
			"the same both ways":     ab.Equal(authz.Intersect(b, a)),
			"the same in any order":  authz.Intersect(ab, c).Equal(authz.Intersect(a, authz.Intersect(b, c))),
			"the same with itself":   authz.Intersect(a, a).Equal(a),
			"everything is neutral":  authz.Intersect(a, authz.Full()).Equal(a),
			"nothing gives nothing":  authz.Intersect(a, nil).Empty() && authz.Intersect(nil, a).Empty(),
			"within is intersection": a.Within(b) == ab.Equal(a),
			"all within everything":  a.Within(authz.Full()),
			"nothing within all":     authz.Grants(nil).Within(a),
		} {
			if !holds {
				t.Fatalf("%s: not for %q, %q, %q", law, a.Strings(), b.Strings(), c.Strings())
			}
		}
	}
}

func TestWithAndWithoutAgainstModel(t *testing.T) {
	t.Parallel()
	w := newWorld(3)
	refusals := 0
	for range rounds {
		g, in := w.grants(t)
		before := g.Clone()
		p := pick(w, w.patterns)
		verbs := authz.Verbs()[:1+w.random.IntN(3)]
		taken := w.covered(p)

		more, less := make(model), make(model)
		var inTheWay []scope.Pattern
		for v := range in {
			more[v], less[v] = maps.Clone(in[v]), maps.Clone(in[v])
			if !slices.Contains(verbs, v) {
				continue
			}
			maps.Copy(more[v], taken)
			maps.DeleteFunc(less[v], func(path string, _ bool) bool { return taken[path] })
			for _, held := range g[v] {
				covers, overlaps, beyond := w.covered(held), false, false
				for path := range covers {
					overlaps = overlaps || taken[path]
					beyond = beyond || !taken[path]
				}
				if overlaps && beyond {
					inTheWay = append(inTheWay, held)
				}
			}
		}
		w.check(t, "with", g.With(p, verbs...), more)
		got, err := g.Without(p, verbs...)
		if len(inTheWay) > 0 {
			refusals++
			var wider *authz.WiderError
			if got != nil || !errors.As(err, &wider) || !slices.Contains(inTheWay, wider.Pattern) || !slices.Contains(g[wider.Verb], wider.Pattern) || !slices.Contains(verbs, wider.Verb) {
				t.Fatalf("%q without %v: %v, %v; in the way %v", g.Strings(), p, got, err, inTheWay)
			}
		} else {
			require.NoError(t, err, "%q without %v", g.Strings(), p)
			w.check(t, "without", got, less)
		}
		if !g.Equal(before) {
			t.Fatalf("the grants changed from %q to %q", before.Strings(), g.Strings())
		}
	}
	if refusals < rounds/10 || refusals > rounds*9/10 {
		t.Errorf("%d refusals of %d, which tests little", refusals, rounds)
	}
}

func TestRegionAgainstModel(t *testing.T) {
	t.Parallel()
	w := newWorld(4)
	seen, held := 0, 0
	for range rounds {
		g, in := w.grants(t)
		region, paths := authz.Compile(g).Region(authz.MemoryRead), in[authz.MemoryRead]
		for _, p := range w.patterns {
			contains := true
			for path := range w.covered(p) {
				contains = contains && paths[path]
			}
			if region.Contains(p) != contains {
				t.Fatalf("%v and %v: contains %v, want %v", region.Patterns(), p, region.Contains(p), contains)
			}
		}
		if !slices.Equal(region.Patterns(), g[authz.MemoryRead]) {
			t.Fatalf("patterns %v of %v", region.Patterns(), g[authz.MemoryRead])
		}
		for range 20 {
			set := make(record.ScopeSet, w.random.IntN(4))
			var visible record.ScopeSet
			for i := range set {
				clear := true
				for range w.random.IntN(4) {
					path := pick(w, w.paths)
					set[i] = append(set[i], path)
					clear = clear && paths[path]
				}
				if clear && len(set[i]) > 0 {
					visible = append(visible, set[i])
				}
			}
			sees, holds := len(visible) > 0, len(set) > 0 && len(visible) == len(set)
			if region.Sees(set) != sees || region.Holds(set) != holds || !region.Visible(set).Equal(visible) {
				t.Fatalf("%v and %q: sees %v, want %v; holds %v, want %v; visible %q, want %q",
					region.Patterns(), set, region.Sees(set), sees, region.Holds(set), holds, region.Visible(set), visible)
			}
			if sees {
				seen++
			}
			if holds {
				held++
			}
		}
		set := region.Scopes()
		if region.Empty() {
			if set != nil {
				t.Fatalf("nowhere to write, but %q", set)
			}
			continue
		}
		if canonical, err := scope.ParseSet(set); err != nil || !canonical.Equal(set) || len(set) != 1 || len(set[0]) != len(region.Patterns()) || !region.Holds(set) {
			t.Fatalf("%v writes to %q, %v", region.Patterns(), set, err)
		}
	}
	if seen < rounds || held < rounds/2 {
		t.Errorf("%d sets seen and %d held, which tests little", seen, held)
	}
}
