package index_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
)

// With one leg a search looks at fewer candidates than for a fusion. Importance and recency still lift the rows that a
// search with more of them would lift.
func TestOneLegNeedsFewCandidates(t *testing.T) {
	t.Parallel()
	const rows, dim = 3000, 64
	c, ix := newCorpus(11), index.New()
	require.NoError(t, ix.Put(c.entries(rows, dim, 1)...))
	for range 50 {
		for _, mode := range []index.Mode{index.Lexical, index.Vector} {
			q := index.Query{Text: c.text(4), Vector: c.vector(dim), Mode: mode, Now: time.Unix(rows, 0)}
			few, err := ix.Search(q)
			require.NoError(t, err)
			q.Pool = rows
			all, err := ix.Search(q)
			require.NoError(t, err)
			if got, want := hitIDs(few), hitIDs(all); len(want) == 0 || !slices.Equal(got, want) {
				t.Errorf("mode %v: %q finds %v, and %v among all rows", mode, q.Text, got, want)
			}
		}
	}
}

func hitIDs(hits []index.Hit) (ids []string) {
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}
