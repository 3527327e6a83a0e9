package index_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// What a caller cannot see has no influence: the answer is that of an index without those rows, and without the scopes of the others
// that are out of sight, to the bit.
func TestHiddenRowsHaveNoInfluence(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w, ix, ref := newWorld(100+seed), index.New(), reference{}
			w.excerpts = true
			found, excerpts := 0, 0
			for step := range 200 {
				w.mutate(t, ix, ref)
				if step%5 > 0 {
					continue
				}
				q := w.query()
				q.IncludeDuplicates = step%2 == 0
				bare := index.New()
				for _, e := range ref { // in random order
					if refVisible(q.Filter, e) {
						if f := q.Filter.Visible; f != nil {
							e.Scopes = slices.DeleteFunc(slices.Clone(e.Scopes), func(clause []string) bool { return !f(record.ScopeSet{clause}) })
						}
						require.NoError(t, bare.Put(e))
					}
				}
				got, err := ix.Search(q)
				require.NoError(t, err)
				want, err := bare.Search(q)
				require.NoError(t, err)
				for i := range min(len(got), len(want)) {
					got[i].Scopes, want[i].Scopes = nil, nil
					if got[i].Parts != nil {
						excerpts++
					}
				}
				require.Equal(t, want, got)
				found += len(got)
			}
			require.Greater(t, found, 100)
			require.NotZero(t, excerpts)
		})
	}
}
