package spectron_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// answered is a Context in a file in which a model has answered from records.
type answered struct {
	dir    string
	model  *spectrontest.Model
	open   func() (*spectron.Manager, *spectron.Context)
	mgr    *spectron.Manager
	c      *spectron.Context
	fact   string
	told   *spectron.Remembered // the session of the record
	first  *spectron.ChatReply  // written from the record
	second *spectron.ChatReply  // written from the first one
	other  *spectron.ChatReply  // written from another record
}

// The words of the records and of the replies that are to go, and those that stay.
var (
	repliedGone = []string{"zqoslo", "zqfirst", "zqsecond"}
	repliedKept = []string{"zqrome", "zqother"}
)

func newAnswered(t *testing.T) *answered {
	t.Helper()
	ctx := t.Context()
	m := spectrontest.NewModel(t,
		spectrontest.Reply{When: "Where does Anna live?", Text: "Anna lives in Zqoslo [S1], zqfirst."},
		spectrontest.Reply{When: "Are you sure?", Text: "Yes, zqsecond."},
		spectrontest.Reply{When: "Where does Bob live?", Text: "Bob lives in Zqrome [S1], zqother."},
	)
	a, extracts := &answered{dir: t.TempDir(), model: m}, false
	a.open = func() (*spectron.Manager, *spectron.Context) {
		engine, err := spectron.Compiled()
		require.NoError(t, err)
		mgr, err := spectron.Open(ctx, "file://"+filepath.Join(a.dir, "agent.db"), &spectron.Options{
			Engine: engine, Model: m, ModelName: "test/one", Clock: func() time.Time { return spectrontest.Epoch },
		})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, mgr.Close(context.Background())) })
		c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{Config: spectron.Config{LLMExtraction: &extracts}})
		require.NoError(t, err)
		return mgr, c
	}
	a.mgr, a.c = a.open()
	var err error
	a.told, err = a.c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Anna lives in Zqoslo.", Scopes: spectron.Scopes{{"org/one"}}})
	require.NoError(t, err)
	_, err = a.c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Zqrome.", Scopes: spectron.Scopes{{"org/two"}}})
	require.NoError(t, err)
	a.fact = liveWith(t, a.c, "zqoslo").ID
	a.first = a.chat(t, spectron.ChatRequest{Message: "Where does Anna live?", Scopes: spectron.Scopes{{"org/three"}}, Lens: spectron.Scopes{{"org/one"}}})
	a.second = a.chat(t, spectron.ChatRequest{Message: "Are you sure?", SessionID: a.first.SessionID})
	a.other = a.chat(t, spectron.ChatRequest{Message: "Where does Bob live?", Scopes: spectron.Scopes{{"org/three"}}, Lens: spectron.Scopes{{"org/two"}}})
	require.Len(t, a.first.Citations, 1)
	require.Len(t, a.other.Citations, 1)
	a.check(t, true, repliedGone...)
	return a
}

func (a *answered) chat(t *testing.T, req spectron.ChatRequest) *spectron.ChatReply {
	t.Helper()
	r, err := a.c.Memory().Chat(t.Context(), req)
	require.NoError(t, err)
	return r
}

// check looks for the words in the file and in what is read.
func (a *answered) check(t *testing.T, there bool, words ...string) {
	t.Helper()
	read := strings.ToLower(allReads(t, a.mgr, a.c))
	for _, w := range words {
		_, where := occurrences(t, a.dir, w)
		require.Equal(t, there, len(where) > 0, "%s: %v", w, where)
		require.Equal(t, there, strings.Contains(read, w), w)
	}
	for _, w := range repliedKept {
		_, where := occurrences(t, a.dir, w)
		require.NotEmpty(t, where, w)
		require.Contains(t, read, w)
	}
}

// gone checks that nothing of the replies is left, also after reopening.
func (a *answered) gone(t *testing.T, words ...string) {
	t.Helper()
	a.check(t, false, words...)
	require.NoError(t, a.mgr.Close(t.Context()))
	if n, where := occurrences(t, a.dir, words...); n > 0 {
		t.Errorf("closed: %v", where)
	}
	a.mgr, a.c = a.open()
	a.check(t, false, words...)
}

// TestRepliesGoWithWhatTheyQuote erases a record from which a model has written an answer, from which it has written another one.
func TestRepliesGoWithWhatTheyQuote(t *testing.T) {
	t.Parallel()
	for name, erase := range map[string]func(*testing.T, *answered) error{
		"fact": func(t *testing.T, a *answered) error {
			out, err := a.c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{a.fact}, Purge: true, DryRun: true})
			require.NoError(t, err)
			dry := out.IDs
			out, err = a.c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{a.fact}, Purge: true})
			require.NoError(t, err)
			require.Equal(t, dry, out.IDs)
			require.Contains(t, out.IDs, a.first.TurnIDs[1])
			require.Contains(t, out.IDs, a.second.TurnIDs[1])
			return nil
		},
		"turn": func(t *testing.T, a *answered) error {
			_, err := a.c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{a.told.TurnID}, Purge: true})
			return err
		},
		"closed before": func(t *testing.T, a *answered) error {
			out, err := a.c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{a.fact}})
			require.NoError(t, err)
			require.Contains(t, out.IDs, a.second.TurnIDs[1])
			found, err := a.c.Memory().Recall(t.Context(), spectron.RecallRequest{Query: "Where does Anna live? Are you sure?", K: 50})
			require.NoError(t, err)
			for _, h := range found.Hits {
				require.NotContains(t, h.Text, "zqfirst")
				require.NotContains(t, h.Text, "zqsecond")
			}
			_, err = a.c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{a.fact}, Purge: true})
			return err
		},
		"session": func(t *testing.T, a *answered) error { return a.c.Sessions().Delete(t.Context(), a.told.SessionID) },
		"session of many replies": func(t *testing.T, a *answered) error {
			a.model.Add(spectrontest.Reply{When: "And again?", Text: "Zqsecond.", Times: 20})
			for range 20 {
				a.chat(t, spectron.ChatRequest{Message: "And again?", SessionID: a.first.SessionID})
			}
			return a.c.Sessions().Delete(t.Context(), a.told.SessionID)
		},
		"scope": func(t *testing.T, a *answered) error {
			_, err := a.c.Scopes().Forget(t.Context(), spectron.ScopeForgetRequest{Path: "org/one"})
			return err
		},
		"somebody who may not read the replies": func(t *testing.T, a *answered) error {
			p, err := a.c.Principals().Create(t.Context(), spectron.PrincipalSpec{Name: "clerk", Grants: spectron.Grants{
				spectron.MemoryRead: {"org/one"}, spectron.MemoryForget: {"org/one"},
			}})
			require.NoError(t, err)
			key, err := a.c.Keys().Create(t.Context(), spectron.KeySpec{PrincipalID: p.ID, Name: "clerk"})
			require.NoError(t, err)
			clerk, err := a.mgr.Authenticate(t.Context(), key.Secret)
			require.NoError(t, err)
			out, err := clerk.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{a.fact}, Purge: true})
			require.NoError(t, err)
			for _, r := range []*spectron.ChatReply{a.first, a.second} {
				require.NotContains(t, fmt.Sprint(out), r.TurnIDs[1])
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAnswered(t)
			require.NoError(t, erase(t, a))
			words := repliedGone
			if strings.HasPrefix(name, "session") {
				words = words[1:] // the fact stays
			}
			a.gone(t, words...)
		})
	}
}

// TestRepliesGoWithTheirMessage erases a message, which its answer quotes.
func TestRepliesGoWithTheirMessage(t *testing.T) {
	t.Parallel()
	m := spectrontest.NewModel(t, spectrontest.Reply{When: "zqpin", Text: "You said zqpin."})
	mgr, extracts := spectrontest.Open(t, &spectron.Options{Model: m, ModelName: "test/one"}), false
	c, err := mgr.CreateContext(t.Context(), "one", spectron.ContextSpec{Config: spectron.Config{LLMExtraction: &extracts}})
	require.NoError(t, err)
	first, err := c.Memory().Chat(t.Context(), spectron.ChatRequest{Message: "What is my zqpin?"})
	require.NoError(t, err)
	again, err := c.Memory().Chat(t.Context(), spectron.ChatRequest{Message: "What is my zqpin?"})
	require.NoError(t, err)
	require.True(t, again.Cached)
	out, err := c.Memory().Forget(t.Context(), spectron.ForgetRequest{IDs: []string{first.TurnIDs[0]}, Purge: true})
	require.NoError(t, err)
	require.ElementsMatch(t, []string{first.TurnIDs[0], first.TurnIDs[1], again.TurnIDs[1]}, out.IDs)
	traces, err := c.Traces().List(t.Context(), spectron.TraceQuery{})
	require.NoError(t, err)
	for _, tr := range traces.Items {
		require.NotContains(t, fmt.Sprint(tr), "You said zqpin", "the trace of the answer")
	}
}
