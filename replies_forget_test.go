package spectron_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// forgottenReplies reports which of some replies have been forgotten.
func forgottenReplies(t *testing.T, c *spectron.Context, replies ...*spectron.ChatReply) (out []bool) {
	t.Helper()
	for _, r := range replies {
		turn, err := c.Memory().Get(t.Context(), r.TurnIDs[1])
		require.NoError(t, err)
		out = append(out, !turn.Turn.ForgottenAt.IsZero())
	}
	return out
}

// TestRepliesEndWithARequest asks in a turn to forget what a model has answered from. Its replies end as they do with Memory.Forget. They stay
// if the record only ends or changes: they were right when they were written.
func TestRepliesEndWithARequest(t *testing.T) {
	t.Parallel()
	tell := func(text string) func(*testing.T, *answered) {
		return func(t *testing.T, a *answered) {
			_, err := a.c.Memory().Remember(t.Context(), spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/one"}}})
			require.NoError(t, err)
		}
	}
	for name, row := range map[string]struct {
		change func(*testing.T, *answered)
		ends   bool
	}{
		"request": {tell("Please forget that Anna lives in Zqoslo."), true},
		"request in a batch": {func(t *testing.T, a *answered) {
			_, err := a.c.Memory().RememberMany(t.Context(), spectron.RememberManyRequest{Scopes: spectron.Scopes{{"org/one"}}, Messages: []spectron.Message{
				{Content: "It rains."}, {Content: "Forget where Anna lives."}, {Content: "Anna is a vegan."},
			}})
			require.NoError(t, err)
		}, true},
		"request beside a change": {tell("Anna lives in Rome now. Please forget that Anna lives in Zqoslo."), true},
		"forget": {func(t *testing.T, a *answered) {
			_, err := a.c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{a.fact}})
			require.NoError(t, err)
		}, true},
		"preview": {func(t *testing.T, a *answered) {
			_, err := a.c.Memory().Remember(t.Context(), spectron.RememberRequest{
				Text: "Please forget that Anna lives in Zqoslo.", Infer: spectron.InferPreview, Scopes: spectron.Scopes{{"org/one"}},
			})
			require.NoError(t, err)
		}, false},
		"unclear request": {tell("Please forget Anna."), false},
		"end":             {tell("Anna no longer lives in Zqoslo."), false},
		"change":          {tell("Anna moved to Rome."), false},
		"closed":          {func(t *testing.T, a *answered) { require.NoError(t, a.c.Facts().Close(t.Context(), a.fact, "")) }, false},
		"updated": {func(t *testing.T, a *answered) {
			_, err := a.c.Memory().Update(t.Context(), a.fact, "Rome")
			require.NoError(t, err)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAnswered(t)
			row.change(t, a)
			require.Equal(t, []bool{row.ends, row.ends, false}, forgottenReplies(t, a.c, a.first, a.second, a.other))
			found, err := a.c.Memory().Recall(t.Context(), spectron.RecallRequest{Query: "Where does Anna live? zqfirst zqsecond", K: 50})
			require.NoError(t, err)
			for _, h := range found.Hits {
				if row.ends && (strings.Contains(strings.ToLower(h.Text), "zqfirst") || strings.Contains(strings.ToLower(h.Text), "zqsecond")) {
					t.Errorf("found %q", h.Text)
				}
			}
		})
	}
}

// TestRepliesEndWithAnInstruction asks to forget an instruction that an answer followed.
func TestRepliesEndWithAnInstruction(t *testing.T) {
	t.Parallel()
	m := spectrontest.NewModel(t, spectrontest.Reply{Text: "Es geht mir gut.", Times: -1})
	mgr, extracts := spectrontest.Open(t, &spectron.Options{Model: m, ModelName: "test/one"}), false
	c, err := mgr.CreateContext(t.Context(), "one", spectron.ContextSpec{Config: spectron.Config{LLMExtraction: &extracts}})
	require.NoError(t, err)
	before, err := c.Memory().Chat(t.Context(), spectron.ChatRequest{Message: "What is up?"})
	require.NoError(t, err)
	tell(t, c, "Always answer in German.")
	first, err := c.Memory().Chat(t.Context(), spectron.ChatRequest{Message: "How are you?"})
	require.NoError(t, err)
	tell(t, c, "Please forget that you should answer in German.")
	require.Equal(t, []bool{false, true}, forgottenReplies(t, c, before, first))
	again, err := c.Memory().Chat(t.Context(), spectron.ChatRequest{Message: "How are you?"})
	require.NoError(t, err)
	require.False(t, again.Cached)
}
