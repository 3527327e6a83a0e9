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

// A search that is repeated because its hits are weak gives, to the bit, what a search of the larger pool gives. It is not repeated where
// that would find the same.
func TestWeakSearchIsRepeated(t *testing.T) {
	t.Parallel()
	const rows, dim = 2000, 16
	c, ix := newCorpus(12), index.New()
	require.NoError(t, ix.Put(c.entries(rows, dim, 1)...))
	repeated, spared := 0, 0
	for n := range 200 {
		q := index.Query{Text: c.text(1 + n%5), Asks: n%2 == 0}
		if n%3 == 0 {
			q.Vector = c.vector(dim)
		}
		if n%7 == 0 {
			q.Vectors, q.Words = 1, 1
		}
		larger := q
		larger.Pool, larger.Terms = 2*index.DefaultPool, ix.Terms(q.Text)
		asked := 0
		q.Weak = func([]index.Hit) bool { asked++; return true }
		require.Equal(t, search(t, ix, larger), search(t, ix, q), "%q", q.Text)
		switch asked {
		case 0:
			spared++
		case 1:
			repeated++
		default:
			t.Errorf("asked %d times", asked)
		}
	}
	if repeated < 20 || spared < 20 {
		t.Errorf("%d searches were repeated, %d were not", repeated, spared)
	}
}
