package index_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// judged is a query with the one row that answers it.
type judged struct{ query, want string }

// memories makes facts about people, many of which share words, and questions about them: plain ones,
// inflected ones and ones with a typing error in a name.
func memories(rng *rand.Rand) (entries []index.Entry, questions []judged) {
	names := []string{"Alexandra", "Benjamin", "Charlotte", "Dominique", "Eleanor", "Frederick", "Gabriella", "Harrison", "Isabella", "Jonathan"}
	last := []string{"Abernathy", "Blackwood", "Castellano", "Drummond", "Eastwood", "Fairchild", "Goldstein", "Hawthorne"}
	facts := []struct{ text, ask, inflected string }{
		{"%s was promoted to director of engineering at %s", "When was %s promoted at %s?", "%s promotion %s"},
		{"%s moved to a new apartment near %s station", "Where did %s move, near %s?", "%s moving near %s"},
		{"%s collects antique maps from the %s auctions", "What does %s collect from %s?", "%s collection of maps, %s"},
		{"%s is allergic to peanuts and told %s about it", "What is %s allergic to, who told %s?", "%s allergies %s"},
		{"%s plays the cello in the %s orchestra", "Which instrument does %s play in %s?", "%s playing in %s"},
	}
	places := []string{"Globex", "Initech", "Riverside", "Northgate", "Meadowbrook", "Silverlake"}
	misspell := func(s string) string {
		i := 2 + rng.IntN(len(s)-4)
		return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
	}
	for i, n := range names {
		for j, l := range last {
			for f, fact := range facts {
				place := places[(i*7+j*3+f)%len(places)]
				who := n + " " + l
				id := fmt.Sprintf("%d-%d-%d", i, j, f)
				entries = append(entries, index.Entry{ID: id, Text: fmt.Sprintf(fact.text, who, place)})
				switch rng.IntN(9) {
				case 0:
					questions = append(questions, judged{fmt.Sprintf(fact.ask, who, place), id})
				case 1:
					questions = append(questions, judged{fmt.Sprintf(fact.inflected, who, place), id})
				case 2:
					questions = append(questions, judged{fmt.Sprintf(fact.ask, misspell(n)+" "+l, place), id})
				case 4:
					questions = append(questions, judged{"Did anybody mention lately whether something happened regarding " + fmt.Sprintf(fact.inflected, who, place) + " recently?", id})
				case 3:
					questions = append(questions, judged{fmt.Sprintf(fact.inflected, misspell(n)+" "+misspell(l), place), id})
				}
			}
		}
	}
	return entries, questions
}

// Fusion must not lose to the better of its legs: mean reciprocal rank over judged questions, with the
// lexical embedder, whose leg is close to the other one in kind.
func TestFusionDoesNotLoseToItsBestLeg(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	entries, questions := memories(rand.New(rand.NewPCG(5, 6)))
	require.Greater(t, len(questions), 100)
	e, err := index.NewLexicalEmbedder(0)
	require.NoError(t, err)
	for i := range entries {
		entries[i].Vector, err = e.EmbedQuery(ctx, entries[i].Text)
		require.NoError(t, err)
	}
	ix := index.New()
	require.NoError(t, ix.Put(entries...))
	measure := func(mode index.Mode) (mrr float64) {
		for _, q := range questions {
			v, err := e.EmbedQuery(ctx, q.query)
			require.NoError(t, err)
			hits, err := ix.Search(index.Query{Text: q.query, Vector: v, Mode: mode})
			require.NoError(t, err)
			for i, h := range hits {
				if h.ID == q.want {
					mrr += 1 / float64(i+1) / float64(len(questions))
				}
			}
		}
		return mrr
	}
	lexical, vector, hybrid := measure(index.Lexical), measure(index.Vector), measure(index.Hybrid)
	t.Logf("mean reciprocal rank over %d questions: BM25 %.3f, vectors %.3f, fused %.3f", len(questions), lexical, vector, hybrid)
	if hybrid < max(lexical, vector)-0.005 {
		t.Errorf("fused %.3f, BM25 %.3f, vectors %.3f", hybrid, lexical, vector)
	}
	if strings.TrimSpace(entries[0].Text) == "" || lexical < 0.5 || vector < 0.5 {
		t.Errorf("the questions measure nothing: BM25 %.3f, vectors %.3f", lexical, vector)
	}
}
