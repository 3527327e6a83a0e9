package spectron_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// inFileWith returns a Context of a file store whose model answers messages and extracts nothing, and the folder of the store.
func inFileWith(t *testing.T, replies ...spectrontest.Reply) (*spectron.Manager, *spectron.Context, *spectrontest.Model, string) {
	t.Helper()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	dir, m, extracts := t.TempDir(), spectrontest.NewModel(t, replies...), false
	mgr, err := spectron.Open(t.Context(), "file://"+filepath.Join(dir, "agent.db"), &spectron.Options{Engine: engine, Model: m, ModelName: "test/one"})
	require.NoError(t, err)
	t.Cleanup(func() { _ = mgr.Close(t.Context()) })
	c, err := mgr.CreateContext(t.Context(), "test", spectron.ContextSpec{Config: spectron.Config{LLMExtraction: &extracts}})
	require.NoError(t, err)
	return mgr, c, m, dir
}

// The traces of a chat have its message and its answer. They go with the turns, and so does what the search was asked.
func TestPurgedChat(t *testing.T) {
	t.Parallel()
	for _, purged := range []int{0, 1} {
		mgr, c, _, dir := inFileWith(t, spectrontest.Reply{Text: "Zqanswer it is."})
		r, err := c.Memory().Chat(t.Context(), spectron.ChatRequest{Message: "What is the zqmatter?"})
		require.NoError(t, err)
		_, err = c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: r.TurnIDs[purged : purged+1], Purge: true})
		require.NoError(t, err)
		_, err = c.Traces().Get(t.Context(), r.TraceID)
		require.ErrorIs(t, err, spectron.ErrNotFound)
		require.NoError(t, mgr.Close(t.Context()))
		_, where := occurrences(t, dir, []string{"zqmatter", "zqanswer"}[purged])
		require.Empty(t, where)
	}
}

// With a fact go all texts that told it, not only the first.
func TestForgottenFactOfSeveralTexts(t *testing.T) {
	t.Parallel()
	for _, purge := range []bool{false, true} {
		c := spectrontest.Context(t, nil)
		say(t, c, nil, "Alice lives in Zqoslo.", "As I said, Alice lives in Zqoslo. Bob likes zqrex.", "Alice lives in Zqoslo.", "Zqoslo is a nice town.",
			strings.Repeat("The harbour is quiet. ", 120)+"Alice lives in Zqoslo.")
		_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{liveWith(t, c, "zqoslo").ID}, Purge: purge})
		require.NoError(t, err)
		var left []string
		for _, h := range recall(t, c, spectron.RecallRequest{Query: "Where does Alice live? Zqoslo", K: 50}).Hits {
			if strings.Contains(h.Text, "Zqoslo") {
				left = append(left, h.Text)
			}
		}
		require.Equal(t, []string{"Zqoslo is a nice town."}, left)
		require.NotNil(t, liveWith(t, c, "zqrex"), "what else was told stays")
		require.Empty(t, consolidated(t, c, spectron.ConsolidateRequest{}))
	}
}

// A forgotten turn proves nothing.
func TestObservationLosesForgottenTurn(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	say(t, c, nil, "Alice lives in Oslo.", "Alice lives in Oslo.", "Alice lives in Oslo.")
	require.Equal(t, []string{"create Alice lives_in Oslo 3"}, consolidated(t, c, spectron.ConsolidateRequest{}))
	_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: liveWith(t, c, "oslo").Evidence[2:]})
	require.NoError(t, err)
	require.Equal(t, []string{"update Alice lives_in Oslo 2"}, consolidated(t, c, spectron.ConsolidateRequest{}))
}

// A piece of a text that was forgotten is not shown to a model with the rest of the text.
func TestForgottenPieceIsNotShown(t *testing.T) {
	t.Parallel()
	_, c, m, _ := inFileWith(t, spectrontest.Reply{Text: "Fine."})
	said := remember(t, c, spectron.RememberRequest{Text: "My dog is called Zqrex. " + strings.Repeat("The harbour is quiet. ", 120) + "I live in Zqoslo.", Speaker: "Alice"})
	_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{liveWith(t, c, "zqoslo").ID}})
	require.NoError(t, err)
	block, err := c.Sessions().Context(t.Context(), said.SessionID, "harbour")
	require.NoError(t, err)
	_, err = c.Memory().Chat(t.Context(), spectron.ChatRequest{Message: "How are you?", SessionID: said.SessionID})
	require.NoError(t, err)
	for _, text := range []string{block.Text, m.Calls()[0].Prompt} {
		require.NotContains(t, text, "Zqoslo")
		require.Contains(t, text, "Zqrex")
		require.Contains(t, text, "…")
	}
}

// A conclusion that was forgotten or corrected is not drawn again from the same evidence, but from a new one.
func TestForgottenConclusionStaysForgotten(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(c *spectron.Context, id string) error{
		"forgotten": func(c *spectron.Context, id string) error {
			_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{id}})
			return err
		},
		"purged": func(c *spectron.Context, id string) error {
			_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{id}, Purge: true})
			return err
		},
		"corrected": func(c *spectron.Context, id string) error {
			_, err := c.Memory().Update(t.Context(), id, "Bergen")
			return err
		},
	} {
		at := spectrontest.Epoch
		c := spectrontest.Context(t, &spectron.Options{Clock: func() time.Time { return at }})
		say(t, c, nil, "Alice works at Globex.")
		declare(t, c, nil, "Globex located_in Oslo")
		require.Equal(t, []string{"Alice works_in Oslo"}, elaborated(t, c, spectron.ElaborateRequest{}))
		page, err := c.Facts().List(t.Context(), spectron.FactQuery{SourceKind: spectron.SourceElaboration})
		require.NoError(t, err)
		at = at.Add(time.Hour)
		require.NoError(t, end(c, page.Items[0].ID), name)
		require.Empty(t, elaborated(t, c, spectron.ElaborateRequest{DryRun: true}), name)
		require.Empty(t, elaborated(t, c, spectron.ElaborateRequest{}), name)
		if name == "corrected" {
			continue // the corrected value holds
		}
		at = at.Add(time.Hour)
		say(t, c, nil, "Alice no longer works at Globex.")
		at = at.Add(time.Hour)
		say(t, c, nil, "Alice works at Globex again.")
		require.Equal(t, []string{"Alice works_in Oslo"}, elaborated(t, c, spectron.ElaborateRequest{}))
	}
}

// The text of a summary is for a model: it has nothing that was forgotten or revoked.
func TestSummaryWithoutForgotten(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	said := remember(t, c, spectron.RememberRequest{Text: "My dog is called Zqrex.", Speaker: "Alice"})
	order := remember(t, c, spectron.RememberRequest{Text: "Please always answer in Zqlatin. I like tea.", SessionID: said.SessionID, Speaker: "Alice"})
	_, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{said.TurnID, order.Extraction.Instructions[0].ID}})
	require.NoError(t, err)
	summary, err := c.Sessions().Summary(t.Context(), said.SessionID)
	require.NoError(t, err)
	require.Empty(t, present(summary.Text))
	require.Contains(t, summary.Text, "tea")
	require.NotContains(t, summary.Topics, "Zqrex")
}
