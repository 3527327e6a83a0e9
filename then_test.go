package spectron_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestQuestionsOfATime checks that a question that has little but a time is answered with what was said at that time.
func TestQuestionsOfATime(t *testing.T) {
	t.Parallel()
	memory := spectrontest.Context(t).Memory()
	for text, at := range map[string]time.Time{
		"I live in Hamburg with my wife.":                    time.Date(2025, 2, 2, 8, 0, 0, 0, time.UTC),
		"The roof was great. Beer is expensive, though.":     time.Date(2025, 3, 9, 8, 0, 0, 0, time.UTC),
		"I'm in Oslo for two weeks, at a customer's.":        time.Date(2025, 3, 12, 8, 0, 0, 0, time.UTC),
		"They made me redundant, effective today.":           time.Date(2025, 5, 30, 8, 0, 0, 0, time.UTC),
		"Guess who starts at Quillfeather Books on Monday!!": time.Date(2025, 7, 1, 8, 0, 0, 0, time.UTC),
	} {
		_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: text, SpokenAt: at})
		require.NoError(t, err)
	}
	for question, want := range map[string]string{
		"Where was I in March 2025?":              "I'm in Oslo for two weeks, at a customer's.",
		"What happened in May 2025?":              "They made me redundant, effective today.",
		"What did I tell you in July 2025?":       "Guess who starts at Quillfeather Books on Monday!!",
		"What happened on 9 March 2025?":          "The roof was great. Beer is expensive, though.",
		"What did I say in February 2025?":        "I live in Hamburg with my wife.",
		"Where was I in mid-March 2025?":          "I'm in Oslo for two weeks, at a customer's.",
		"Was war im Mai 2025 los?":                "They made me redundant, effective today.",
		"¿Qué pasó en mayo de 2025?":              "They made me redundant, effective today.",
		"Qu'est-ce qui s'est passé en mai 2025 ?": "They made me redundant, effective today.",
	} {
		res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: question})
		require.NoError(t, err)
		if len(res.Hits) == 0 || res.Hits[0].Text != want {
			t.Errorf("%s: %s %v", question, res.Tier, first(res.Hits))
		}
	}
}

// TestMatters: what was said of a matter answers a question about it although it shares no word with it.
func TestMatters(t *testing.T) {
	t.Parallel()
	for question, said := range map[string]string{
		"What is my job?":          "I'm still answering the phones for the actual boss at Tarrant Glass, of all places.",
		"Which city do I live in?": "Boxes to the ceiling of the new flat.",
	} {
		memory := spectrontest.Context(t).Memory()
		for _, text := range []string{"Any idea why my printer only prints pink?", said} {
			_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
			require.NoError(t, err)
		}
		res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: question})
		require.NoError(t, err)
		if first(res.Hits) != said || res.Confident {
			t.Errorf("%s: %q, confident: %v", question, first(res.Hits), res.Confident)
		}
	}
}
