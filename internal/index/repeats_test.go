package index_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
)

// Repeats finds what comparing every text with all earlier ones finds.
func TestRepeats(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	var prints []index.Fingerprint
	var texts [][]string
	for range 600 {
		var words []string
		if len(texts) > 0 && r.IntN(2) == 0 {
			words = append(words, texts[r.IntN(len(texts))]...)
			for range r.IntN(4) {
				words[r.IntN(len(words))] = []string{"then", "Alice", "7", "now"}[r.IntN(4)]
			}
		} else {
			for range 1 + r.IntN(300) {
				words = append(words, fmt.Sprintf("word%c%c", 'a'+r.IntN(26), 'a'+r.IntN(26)))
			}
		}
		texts = append(texts, words)
		prints = append(prints, index.FingerprintOf(strings.Join(words, " ")))
	}
	want, repeats := make([]int, len(prints)), 0
	for i := range prints {
		want[i] = -1
		for j := range i {
			if want[j] < 0 && prints[i].Duplicates(prints[j]) {
				want[i] = j
				repeats++
				break
			}
		}
	}
	require.Greater(t, repeats, 100)
	require.Equal(t, want, index.Repeats(prints))
	require.Empty(t, index.Repeats(nil))
	require.Equal(t, []int{-1, -1}, index.Repeats(make([]index.Fingerprint, 2)))
}
