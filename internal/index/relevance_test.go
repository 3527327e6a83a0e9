package index_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// What a question asks for counts, in whatever form; who is asked, common words and parts of identifiers count little.
func TestRelevance(t *testing.T) {
	t.Parallel()
	ix := index.New()
	for i, text := range []string{
		"The telescope arrived in a crate", "Nice, does it work?", "Error code MLWK3LL/A on the dishwasher", "Have you tried another fuse?",
		"Not yet", "The ferry was late on the tenth", "Again?", "Yes",
	} {
		require.NoError(t, ix.Put(index.Entry{
			ID: fmt.Sprint(i), Kind: record.KindMemoryChunk, Text: text, Session: "s", Turn: fmt.Sprint(i), Seq: i, Role: record.User,
			Speaker: []string{"Ana", "Ben"}[i%2], Occurred: day.Add(time.Duration(i) * time.Hour),
		}))
	}
	for _, c := range []struct {
		question    string
		least, most float64
	}{
		{"telescope", 1, 1},
		{"telescopes", 1, 1},
		{"Who had a telescope in a crate?", 1, 1},
		{"Which telescope came from Norway?", 0.3, 0.7},
		{"MLWK3LL/A", 1, 1},
		{"XYZ9QQ/A", 0, 0.5},
		{"dishwasher-manual-2019.pdf", 0, 0.3},
		{"What is Ana's opinion of Wittgenstein?", 0, 0.3},
		{"How many submarines does Ben command?", 0, 0.3},
		{"Kubernetes ingress controller", 0, 0},
		{"你好世界", 0, 0},
	} {
		hits, err := ix.Search(index.Query{Text: c.question, Now: day})
		require.NoError(t, err)
		best := 0.0
		for _, h := range hits {
			best = max(best, h.Relevance)
		}
		if best < c.least-1e-9 || best > c.most+1e-9 {
			t.Errorf("%s: relevance %.2f, not %.2f to %.2f", c.question, best, c.least, c.most)
		}
	}
}

// In a store of one row, a word of it says as much as elsewhere: what nothing has does not outweigh it.
func TestRelevanceInSmallStores(t *testing.T) {
	t.Parallel()
	var relevance []float64
	for _, others := range []int{0, 3, 300} {
		ix := index.New()
		require.NoError(t, ix.Put(index.Entry{ID: "x", Kind: record.KindMemoryChunk, Text: "The greenhouse was painted turquoise"}))
		for i := range others {
			require.NoError(t, ix.Put(index.Entry{ID: fmt.Sprint(i), Kind: record.KindMemoryChunk, Text: fmt.Sprintf("Ferry %d leaves from quay %d", i, i%7)}))
		}
		hits, err := ix.Search(index.Query{Text: "Was the greenhouse painted by a professional?"})
		require.NoError(t, err)
		require.NotEmpty(t, hits)
		relevance = append(relevance, hits[0].Relevance)
	}
	for _, r := range relevance {
		if r < 0.5 || r > relevance[0]+0.1 || r < relevance[0]-0.1 {
			t.Errorf("relevance %.2f", relevance)
			break
		}
	}
}
