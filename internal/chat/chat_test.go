package chat_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// chatting returns a Context whose model answers messages, and extracts nothing.
func chatting(t *testing.T, replies ...spectrontest.Reply) (*spectron.Context, *spectrontest.Model) {
	t.Helper()
	_, c, m := opened(t, &spectron.Options{}, replies...)
	return c, m
}

func opened(t *testing.T, o *spectron.Options, replies ...spectrontest.Reply) (*spectron.Manager, *spectron.Context, *spectrontest.Model) {
	t.Helper()
	m := spectrontest.NewModel(t, replies...)
	o.Model, o.ModelName, o.NewID = m, "test/one", spectrontest.IDs()
	mgr, extracts := spectrontest.Open(t, o), false
	c, err := mgr.CreateContext(t.Context(), "test", spectron.ContextSpec{Config: spectron.Config{LLMExtraction: &extracts}})
	require.NoError(t, err)
	return mgr, c, m
}

func remember(t *testing.T, c *spectron.Context, req spectron.RememberRequest) *spectron.Remembered {
	t.Helper()
	r, err := c.Memory().Remember(t.Context(), req)
	require.NoError(t, err)
	return r
}

// said returns the texts of a session.
func said(t *testing.T, c *spectron.Context, session string) (out []string) {
	t.Helper()
	for turn, err := range c.Sessions().AllTurns(t.Context(), spectron.TurnQuery{SessionID: session}) {
		require.NoError(t, err)
		out = append(out, string(turn.Role)+": "+turn.Content)
	}
	return out
}

// as returns the handle of a new principal with grants.
func as(t *testing.T, mgr *spectron.Manager, c *spectron.Context, name string, grants spectron.Grants) (*spectron.Context, *spectron.Key) {
	t.Helper()
	p, err := c.Principals().Create(t.Context(), spectron.PrincipalSpec{Name: name, Grants: grants})
	require.NoError(t, err)
	key, err := c.Keys().Create(t.Context(), spectron.KeySpec{PrincipalID: p.ID, Name: name})
	require.NoError(t, err)
	h, err := mgr.Authenticate(t.Context(), key.Secret)
	require.NoError(t, err)
	return h, key
}

func chat(t *testing.T, c *spectron.Context, req spectron.ChatRequest) *spectron.ChatReply {
	t.Helper()
	r, err := c.Memory().Chat(t.Context(), req)
	require.NoError(t, err)
	return r
}

// section returns the part of a prompt between two tags.
func section(t *testing.T, prompt, tag string) string {
	t.Helper()
	_, rest, _ := strings.Cut(prompt, "\n\n<"+tag+">") // the rules name the tags too
	inside, _, ok := strings.Cut(rest, "</"+tag+">")
	require.True(t, ok || !strings.Contains(prompt, "\n<"+tag+">\n"), prompt)
	return inside
}

func TestChatAnswersFromMemory(t *testing.T) {
	t.Parallel()
	c, m := chatting(t,
		spectrontest.Reply{When: "Where does Anna live?", Text: " Anna lives in Rome [S1] [S9], not in Oslo [s77].[S22, S1] ", PromptTokens: 50, CompletionTokens: 7},
		spectrontest.Reply{When: "And her job?", Text: "I do not know."},
	)
	remember(t, c, spectron.RememberRequest{Text: "Anna lives in Rome. Always answer in capitals."})
	r := chat(t, c, spectron.ChatRequest{Message: "Where does Anna live? I like tea."})
	require.Equal(t, "Anna lives in Rome [S1], not in Oslo.[S1]", r.Reply)
	require.Len(t, r.Citations, 1)
	require.Equal(t, "S1", r.Citations[0].Marker)
	require.Equal(t, []string{"test/one"}, r.Model.Models)
	require.Equal(t, 50, r.Model.TokensIn)
	require.NotEmpty(t, r.TraceID)
	require.Len(t, r.TurnIDs, 2)
	require.Equal(t, "entity:topic/tea", r.Updates.Relations[0].Object)
	prompt := m.Calls()[0].Prompt
	require.Contains(t, section(t, prompt, "memory"), "Anna lives in Rome")
	require.Contains(t, prompt, "<wishes>\n- Always answer in capitals")
	require.NotContains(t, prompt, "\n<conversation>\n")

	next := chat(t, c, spectron.ChatRequest{Message: "And her job?", SessionID: r.SessionID})
	require.Equal(t, r.SessionID, next.SessionID)
	require.Empty(t, next.Citations)
	prompt = m.Calls()[1].Prompt
	talk := prompt[strings.LastIndex(prompt, "<conversation>"):]
	require.Contains(t, talk, "user ")
	require.Contains(t, talk, "assistant ")
	require.NotContains(t, section(t, prompt, "memory"), "I like tea", "the turns of the conversation are not found again")
	turns, err := c.Sessions().Turns(t.Context(), spectron.TurnQuery{SessionID: r.SessionID})
	require.NoError(t, err)
	require.Len(t, turns.Items, 4)
	require.Equal(t, spectron.RoleAssistant, turns.Items[3].Role)
	require.Equal(t, "I do not know.", turns.Items[3].Content)
}

func TestChatInOneSessionAtOnce(t *testing.T) {
	t.Parallel()
	c, _ := chatting(t, spectrontest.Reply{Text: "Yes.", Times: 10})
	session, err := c.Sessions().Create(t.Context(), spectron.SessionSpec{})
	require.NoError(t, err)
	var all sync.WaitGroup
	for _, who := range []string{"one", "two"} {
		all.Go(func() {
			for range 5 {
				_, err := c.Memory().Chat(context.Background(), spectron.ChatRequest{Message: "Hello from " + who, SessionID: session.ID})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	turns, err := c.Sessions().Turns(t.Context(), spectron.TurnQuery{SessionID: session.ID})
	require.NoError(t, err)
	require.Len(t, turns.Items, 20)
}
