package scope_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// randomSet returns a canonical set of few paths, so that sets overlap.
func randomSet(t *testing.T, random *rand.Rand) record.ScopeSet {
	paths := []string{"/", "org", "org/acme", "org/acme/user/a", "org/acme/user/b", "org/beta", "org/beta-b", "team", "team/x"}
	if random.IntN(20) == 0 {
		return []record.ScopeSet{{}, {{}, {"org"}}}[random.IntN(2)] // a set without paths, at least in part
	}
	var clauses [][]string
	for range 1 + random.IntN(3) {
		var clause []string
		for range 1 + random.IntN(6) {
			clause = append(clause, paths[random.IntN(len(paths))])
		}
		clauses = append(clauses, clause)
	}
	set, err := scope.ParseSet(clauses)
	require.NoError(t, err)
	return set
}

// TestCatalogIsAMap compares a catalog with a map that is searched set by set.
func TestCatalogIsAMap(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 1))
		var catalog scope.Catalog[int]
		sets, model := map[string]record.ScopeSet{}, map[string]int{}
		for step := range 200 {
			set := randomSet(t, random)
			key := scope.Key(set)
			if random.IntN(4) == 0 {
				_, had := model[key]
				if got := catalog.Delete(set); got != had {
					t.Fatalf("Delete(%q) = %v, want %v", set, got, had)
				}
				delete(model, key)
				delete(sets, key)
			} else {
				catalog.Put(set, step)
				sets[key], model[key] = set, step
			}
			if got, ok := catalog.Get(set); got != model[key] || ok != (sets[key] != nil) || catalog.Len() != len(model) {
				t.Fatalf("Get(%q) = %d, %v; %d sets, want %d", set, got, ok, catalog.Len(), len(model))
			}
		}
		expect := func(what string, found func(yield func(record.ScopeSet, int) bool), visible func(record.ScopeSet) bool) {
			t.Helper()
			got := map[string]int{}
			for set, value := range found {
				key := scope.Key(set)
				if _, twice := got[key]; twice {
					t.Errorf("%s: %q twice", what, set)
				}
				got[key] = value
			}
			want := map[string]int{}
			for key, set := range sets {
				if visible == nil || visible(set) {
					want[key] = model[key]
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("seed %d, %s: %d sets, want %d", seed, what, len(got), len(want))
			}
		}
		expect("all", catalog.Visible(scope.Reach{}), nil)
		for range 30 {
			asked := randomSet(t, random)
			through := func(set record.ScopeSet) bool { return scope.Through(asked, set) }
			expect(fmt.Sprintf("lens %q", asked), catalog.Visible(scope.Reach{Visible: through, Lens: asked}), through)
			expect(fmt.Sprintf("known to %q", asked), catalog.KnownTo(asked), func(set record.ScopeSet) bool { return scope.Implies(asked, set) })
			var patterns []string
			for _, p := range slices.Concat(asked...) {
				patterns = append(patterns, p+[]string{"", "/*"}[random.IntN(2)])
			}
			for i, p := range patterns {
				if p == "//*" {
					patterns[i] = "/*"
				}
			}
			grants, err := authz.Parse(map[string][]string{"memory:read": patterns})
			require.NoError(t, err)
			region := authz.Compile(grants).Region(authz.MemoryRead)
			expect(fmt.Sprintf("region %q", patterns), catalog.Visible(scope.Reach{Visible: region.Sees, Within: region.Patterns()}), region.Sees)
			both := func(set record.ScopeSet) bool { return region.Sees(set) && through(set) }
			expect(fmt.Sprintf("region %q, lens %q", patterns, asked), catalog.Visible(scope.Reach{Visible: both, Within: region.Patterns(), Lens: asked}), both)
		}
	}
}

// TestImpliesHoldsForEveryReader checks that every reader that sees the first set sees the other one.
func TestImpliesHoldsForEveryReader(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	told := 0
	for range 3000 {
		set, other := randomSet(t, random), randomSet(t, random)
		among := scope.Implies(set, other)
		// The critical readers hold exactly the paths of one clause of the set.
		all := len(set) > 0
		for _, clause := range set {
			if len(clause) == 0 {
				all = false
				break
			}
			grants, err := authz.Parse(map[string][]string{"memory:read": clause})
			require.NoError(t, err)
			region := authz.Compile(grants).Region(authz.MemoryRead)
			all = all && region.Sees(other)
		}
		if among != all {
			t.Errorf("Implies(%q, %q) = %v", set, other, among)
		}
		if among {
			told++
		}
	}
	if told < 100 {
		t.Errorf("only %d of the pairs were among", told)
	}
}

func BenchmarkCatalog(b *testing.B) {
	for _, n := range []int{1, 1_000, 50_000} {
		var catalog scope.Catalog[int]
		for i := range n {
			catalog.Put(record.ScopeSet{{fmt.Sprintf("org/t%d", i)}}, i)
		}
		mine := record.ScopeSet{{"org/t0"}}
		grants, err := authz.Parse(map[string][]string{"memory:read": {"org/t0/*"}})
		require.NoError(b, err)
		region := authz.Compile(grants).Region(authz.MemoryRead)
		reach := scope.Reach{Visible: region.Sees, Within: region.Patterns()}
		b.Run(fmt.Sprintf("Visible/%d", n), func(b *testing.B) {
			for b.Loop() {
				for range catalog.Visible(reach) {
				}
			}
		})
		b.Run(fmt.Sprintf("Get/%d", n), func(b *testing.B) {
			for b.Loop() {
				catalog.Get(mine)
			}
		})
	}
}
