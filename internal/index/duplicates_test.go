package index_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

func TestNearDuplicates(t *testing.T) {
	t.Parallel()
	words := make([]string, 300)
	for i := range words {
		words[i] = fmt.Sprintf("word%c%c", 'a'+i%26, 'a'+i/26)
	}
	long := strings.Join(words, " ")
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"equal", "Alice works at Acme", "Alice works at Acme", true},
		{"case, space and stops", "Alice works at Acme.", "alice  works at ACME!", true},
		{"unicode forms", "Zoë likes crème", "Zoe\u0308 likes cre\u0300me", true},
		{"another name", "Alice works at Acme", "Alice works at Globex", false},
		{"another order", "Alice called Bob", "Bob called Alice", false},
		{"another tense", "Alice works at Acme", "Alice worked at Acme", false},
		{"negation", "Alice works at Acme", "Alice no longer works at Acme", false},
		{"question", "Alice works at Acme.", "Alice works at Acme?", false},
		{"another number", "the budget is 4,000 euros", "the budget is 5,000 euros", false},
		{"sign", "it was -5 degrees there", "it was 5 degrees there", false},
		{"accent", "my resume", "my résumé", false},
		{"another character", "田中さんは東京にいます", "田中さんは大阪にいます", false},
		{"nothing in them", "...", "!!!", false},
		{"long, one small word", long, long + " indeed", true},
		{"long, another name", long + " Alice", long + " Robert", false},
		{"long, another number", long + " 17", long + " 18", false},
		{"long, half of it", long, strings.Join(words[:150], " "), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ix := index.New()
			v := []float32{1, 2}
			require.NoError(t, ix.Put(index.Entry{ID: "a", Text: tt.a, Vector: v}, index.Entry{ID: "b", Text: tt.b, Vector: v}))
			q := index.Query{Vector: v}
			hits, err := ix.Search(q)
			require.NoError(t, err)
			want := 2
			if tt.same {
				want = 1
				require.Equal(t, []string{"b"}, hits[0].Duplicates)
			}
			require.Len(t, hits, want)
			q.IncludeDuplicates = true
			hits, err = ix.Search(q)
			require.NoError(t, err)
			require.Len(t, hits, 2)
		})
	}
}

// Duplicates that fill the pool do not cost hits, and a fact does not vanish behind a passage.
func TestDuplicatesDoNotCostHits(t *testing.T) {
	t.Parallel()
	ix := index.New()
	for i := range 2000 {
		require.NoError(t, ix.Put(index.Entry{ID: fmt.Sprintf("same:%04d", i), Text: "tea tea tea"}))
	}
	for i := range 5 {
		require.NoError(t, ix.Put(index.Entry{ID: fmt.Sprintf("other:%d", i), Text: fmt.Sprintf("tea, room %d, with a long view", i)}))
	}
	require.NoError(t, ix.Put(index.Entry{ID: "fact", Kind: record.KindAttribute, Text: "tea tea tea"}))
	hits, err := ix.Search(index.Query{Text: "tea", K: 7, All: true})
	require.NoError(t, err)
	require.Len(t, hits, 7)
	require.Equal(t, "fact", hits[0].ID)
	require.Equal(t, "same:0000", hits[1].ID)
	require.Len(t, hits[1].Duplicates, 1999)
}
