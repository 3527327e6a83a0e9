package chat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// The audit says what an answer cost, and the statistics how many answers cost nothing because they were given before.
func TestCostOfAnswers(t *testing.T) {
	t.Parallel()
	c, m := chatting(t, spectrontest.Reply{Text: "In Rome. [S1]", PromptTokens: 50, CompletionTokens: 7})
	remember(t, c, spectron.RememberRequest{Text: "Anna lives in Rome."})
	first := chat(t, c, spectron.ChatRequest{Message: "Where does Anna live?"})
	again := chat(t, c, spectron.ChatRequest{Message: "Where does Anna live?"})
	require.True(t, again.Cached)
	m.Add(spectrontest.Reply{Text: concludes("Anna is in Rome. [S1]"), PromptTokens: 80, CompletionTokens: 9})
	reflected, err := c.Memory().Reflect(t.Context(), spectron.ReflectRequest{Query: "Where is Anna?"})
	require.NoError(t, err)
	page, err := c.Memory().Audit(t.Context(), spectron.AuditQuery{Kind: spectron.TraceResponse})
	require.NoError(t, err)
	cost := map[string][]any{}
	for _, row := range page.Items {
		cost[row.TraceID] = []any{row.Cost, row.TokensIn, row.TokensOut}
	}
	require.Equal(t, map[string][]any{first.TraceID: {57.0, 50, 7}, again.TraceID: {0.0, 0, 0}, reflected.TraceID: {89.0, 80, 9}}, cost)
	stats, err := c.Traces().Stats(t.Context(), spectron.TraceStatsRequest{})
	require.NoError(t, err)
	require.Equal(t, []any{3, 1}, []any{stats.ResponseTraces, stats.ResponseTracesCached})
}
