package bench

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// textSize is enough to see that texts are found alike; vectors are compared in all sizes.
const textSize = 10_000

// What is compared has to give the same answers: an approximate search would be faster, too.
func TestVectorsAreFoundExactly(t *testing.T) {
	t.Parallel()
	for _, n := range sizes {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			c := corpora[n]()
			best := make([][]float64, len(c.nearby)) // the cosines of the nearest rows, by comparing all
			for i, v := range c.nearby {
				best[i] = nearest(c, v)
			}
			for _, l := range vectorLibraries {
				find := l.fill(t, c)
				for i, v := range c.nearby {
					hits, err := find(v)
					require.NoError(t, err)
					if got := recall(c, v, best[i], hits); got != 1 {
						t.Errorf("%s, query %d: recall at %d is %v", l.name, i, top, got)
					}
				}
			}
		})
	}
}

func nearest(c *corpus, v []float32) []float64 {
	all := make([]float64, len(c.vectors))
	for i := range all {
		all[i] = dot(v, c.vectors[i])
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all[:top]
}

// recall is the share of the nearest rows that were found, in their order. Rows whose cosines differ by less than single
// precision can tell may stand for each other.
func recall(c *corpus, v []float32, best []float64, hits []found) float64 {
	const precision = 1e-6
	seen, right := map[string]bool{}, 0
	for i, h := range hits[:min(len(hits), top)] {
		row := slices.Index(c.ids, h.id)
		if row >= 0 && !seen[h.id] && dot(v, c.vectors[row]) >= best[i]-precision {
			right++
		}
		seen[h.id] = true
	}
	return float64(right) / float64(len(best))
}

// A word that no more texts have than a search returns is found in each of them, and nowhere else.
func TestRareWordsAreFoundExactly(t *testing.T) {
	t.Parallel()
	c := corpora[textSize]()
	ids := map[string][]string{} // of the texts that have the word
	for _, query := range c.rare {
		for word := range strings.FieldsSeq(query) {
			ids[word] = nil
		}
	}
	for i, text := range c.texts {
		for word := range strings.FieldsSeq(strings.ToLower(strings.TrimSuffix(text, "."))) {
			if have, asked := ids[word]; asked && !slices.Contains(have, c.ids[i]) {
				ids[word] = append(have, c.ids[i])
			}
		}
	}
	for _, l := range textLibraries {
		find, words := l.fill(t, c), 0
		for word, want := range ids {
			if len(want) > top {
				continue
			}
			words++
			hits, err := find(word)
			require.NoError(t, err)
			got := idsOf(hits)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("%s: %q is in %v and was found in %v", l.name, word, want, got)
			}
		}
		require.Greater(t, words, 50)
	}
}

// For common words the order decides, and each library has its own analyser and weights: about half of the answers are
// the same, and by chance hardly any would be.
func TestCommonWordsAreFoundAlike(t *testing.T) {
	t.Parallel()
	c := corpora[textSize]()
	ours := spectronText(t, c)
	for _, peer := range textLibraries[1:] {
		theirs, same := peer.fill(t, c), 0
		for _, query := range c.common {
			hits, err := ours(query)
			require.NoError(t, err)
			others, err := theirs(query)
			require.NoError(t, err)
			ids := idsOf(others)
			for _, id := range idsOf(hits) {
				if slices.Contains(ids, id) {
					same++
				}
			}
		}
		share := float64(same) / float64(top*len(c.common))
		t.Logf("%.2f of the first %d are also those of %s", share, top, peer.name)
		if share < 0.3 {
			t.Errorf("%.2f of the first %d are also those of %s", share, top, peer.name)
		}
	}
}

func idsOf(hits []found) []string {
	return listed(hits, func(f *found) string { return f.id })
}
