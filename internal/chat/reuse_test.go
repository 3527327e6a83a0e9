package chat_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// asker has a Context whose model answers, and counts.
type asker struct {
	t     *testing.T
	mgr   *spectron.Manager
	c     *spectron.Context
	m     *spectrontest.Model
	clock *spectrontest.Clock
}

func newAsker(t *testing.T, o *spectron.Options) asker {
	t.Helper()
	clock := spectrontest.NewClock()
	o.Clock = clock.Now
	mgr, c, m := opened(t, o, spectrontest.Reply{Text: "In Rome. [S1]", Times: -1})
	return asker{t, mgr, c, m, clock}
}

// asks makes a chat, and checks whether the model was asked.
func (a asker) asks(c *spectron.Context, cached bool, req spectron.ChatRequest) *spectron.ChatReply {
	a.t.Helper()
	before := len(a.m.Calls())
	r := chat(a.t, c, req)
	require.Equal(a.t, cached, r.Cached, req.Message)
	require.Equal(a.t, cached, len(a.m.Calls()) == before)
	require.Equal(a.t, cached, r.Tier == spectron.TierCache)
	require.Equal(a.t, cached, r.ReusedFrom != "")
	require.Equal(a.t, "In Rome. [S1]", r.Reply)
	require.Len(a.t, said(a.t, c, r.SessionID), 2)
	return r
}

func TestAnswersAreReused(t *testing.T) {
	t.Parallel()
	a := newAsker(t, &spectron.Options{})
	c := a.c
	remember(t, c, spectron.RememberRequest{Text: "Anna lives in Rome."})
	remember(t, c, spectron.RememberRequest{Text: "The old harbour of Genoa reopened after the storm."})
	req := spectron.ChatRequest{Message: "Where does Anna live?"}
	first := a.asks(c, false, req)
	again := a.asks(c, true, spectron.ChatRequest{Message: "where does ANNA live"})
	require.Equal(t, first.TraceID, again.ReusedFrom)
	require.NotEqual(t, first.TraceID, again.TraceID)
	require.NotEqual(t, first.SessionID, again.SessionID)
	require.Equal(t, first.Citations, again.Citations)
	require.Zero(t, again.Model.Calls)

	// A search, whose first answers are found again as texts.
	search := spectron.ChatRequest{Message: "What happened at the harbour of Genoa?"}
	a.asks(c, false, search)
	for range 3 {
		a.asks(c, true, search)
	}

	// Other questions and requests are asked.
	a.asks(c, false, spectron.ChatRequest{Message: "Where does Anna not live?"})
	for _, other := range []spectron.ChatRequest{
		{Message: req.Message, BypassCache: true}, {Message: req.Message, K: 3}, {Message: req.Message, Speaker: "Eve"},
		{Message: req.Message, Lens: spectron.Scopes{{"/"}}}, {Message: req.Message, SessionID: first.SessionID, BypassCache: true},
	} {
		before := len(a.m.Calls())
		require.False(t, chat(t, c, other).Cached)
		require.Len(t, a.m.Calls(), before+1)
	}
	r := chat(t, c, spectron.ChatRequest{Message: req.Message, SessionID: first.SessionID})
	require.False(t, r.Cached, "within a conversation the answer depends on its turns")
}

// Nothing that an answer depends on may have changed.
func TestReuseEnds(t *testing.T) {
	t.Parallel()
	req := spectron.ChatRequest{Message: "Where does Anna live?"}
	for name, change := range map[string]func(a asker, told *spectron.Remembered){
		"another value": func(a asker, _ *spectron.Remembered) {
			remember(a.t, a.c, spectron.RememberRequest{Text: "Anna lives in Oslo."})
		},
		"corrected": func(a asker, told *spectron.Remembered) {
			_, err := a.c.Facts().Correct(a.t.Context(), told.Extraction.Relations[0].ID, "Oslo")
			require.NoError(a.t, err)
		},
		"closed": func(a asker, told *spectron.Remembered) {
			require.NoError(a.t, a.c.Facts().Close(a.t.Context(), told.Extraction.Relations[0].ID, "wrong"))
		},
		"in doubt": func(a asker, _ *spectron.Remembered) {
			remember(a.t, a.c, spectron.RememberRequest{Text: "Anna moved out of Rome to somewhere else, I heard."})
		},
		"an instruction": func(a asker, _ *spectron.Remembered) {
			remember(a.t, a.c, spectron.RememberRequest{Text: "Always answer in German."})
		},
		"erased": func(a asker, _ *spectron.Remembered) {
			r := remember(a.t, a.c, spectron.RememberRequest{Text: "It rained all day.", Infer: spectron.InferNone})
			require.NoError(a.t, a.c.Sessions().Delete(a.t.Context(), r.SessionID))
		},
		"an hour": func(a asker, _ *spectron.Remembered) { a.clock.Advance(time.Hour) },
		"off": func(a asker, _ *spectron.Remembered) {
			off := false
			_, err := a.mgr.PatchContext(a.t.Context(), "test", spectron.ContextPatch{Config: spectron.Config{ResponseCache: &spectron.ResponseCacheConfig{Enabled: &off}}})
			require.NoError(a.t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAsker(t, &spectron.Options{})
			told := remember(t, a.c, spectron.RememberRequest{Text: "Anna lives in Rome."})
			a.asks(a.c, false, req)
			a.asks(a.c, true, req)
			change(a, told)
			a.asks(a.c, false, req)
		})
	}
}

// Answers are never shared between principals, not even with the same grants, and end with the grants.
func TestReuseAcrossPrincipals(t *testing.T) {
	t.Parallel()
	a := newAsker(t, &spectron.Options{})
	remember(t, a.c, spectron.RememberRequest{Text: "Anna lives in Rome.", Scopes: spectron.Scopes{{"org"}}})
	req := spectron.ChatRequest{Message: "Where does Anna live?"}
	one, key := as(t, a.mgr, a.c, "one", over("org"))
	two, _ := as(t, a.mgr, a.c, "two", over("org"))
	a.asks(one, false, req)
	a.asks(one, true, req)
	a.asks(two, false, req)
	a.asks(a.c, false, req)
	behalf, err := a.c.OnBehalfOf(t.Context(), key.PrincipalID)
	require.NoError(t, err)
	a.asks(behalf, false, req)
	_, err = a.c.Principals().Grant(t.Context(), key.PrincipalID, spectron.GrantRequest{Path: "org/more", Verbs: []spectron.Verb{spectron.MemoryRead}})
	require.NoError(t, err)
	a.asks(one, false, req)
}

// An embedder of meaning finds a question in other words. Numbers and negations make another question of it.
func TestReuseBySimilarity(t *testing.T) {
	t.Parallel()
	a := newAsker(t, &spectron.Options{Embedder: &spectrontest.SynonymEmbedder{}})
	remember(t, a.c, spectron.RememberRequest{Text: "The doctor of the clinic praised the car in 2024."})
	a.asks(a.c, false, spectron.ChatRequest{Message: "What did the doctor praise at the clinic on Sunday?"})
	a.asks(a.c, true, spectron.ChatRequest{Message: "What did the physician praise at the clinic on Sunday?"})
	a.asks(a.c, false, spectron.ChatRequest{Message: "What did the physician not praise at the clinic on Sunday?"})
	a.asks(a.c, false, spectron.ChatRequest{Message: "What did the physician praise at the clinic on Sunday in 2023?"})
}

// TestReuseOfATextEnds shows the model only the text that told a fact. The text stays as it is when the fact changes.
func TestReuseOfATextEnds(t *testing.T) {
	t.Parallel()
	req := spectron.ChatRequest{Message: "Tell me about the trams that Anna likes in Rome"}
	tells := func(text string) func(asker, string) {
		return func(a asker, _ string) { remember(a.t, a.c, spectron.RememberRequest{Text: text}) }
	}
	for name, change := range map[string]func(a asker, fact string){
		"ended":           tells("Anna no longer lives in Rome."),
		"superseded":      tells("Anna has moved to Oslo."),
		"doubted":         tells("Anna moved out of Rome, I heard."),
		"to be forgotten": tells("Please forget that Anna lives in Rome."),
		"closed":          func(a asker, id string) { require.NoError(a.t, a.c.Facts().Close(a.t.Context(), id, "")) },
		"corrected": func(a asker, id string) {
			_, err := a.c.Facts().Correct(a.t.Context(), id, "Oslo")
			require.NoError(a.t, err)
		},
		"updated": func(a asker, id string) {
			_, err := a.c.Memory().Update(a.t.Context(), id, "Oslo")
			require.NoError(a.t, err)
		},
		"deleted": func(a asker, _ string) {
			require.NoError(a.t, a.c.Entities().Delete(a.t.Context(), spectron.EntityRef{Type: "person", Name: "Anna"}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAsker(t, &spectron.Options{})
			told := remember(t, a.c, spectron.RememberRequest{Text: "Anna lives in Rome. She likes the old trams there very much and takes them to the harbour."})
			first := a.asks(a.c, false, req)
			require.Equal(t, spectron.KindMemoryChunk, first.Citations[0].Kind)
			a.asks(a.c, true, req)
			change(a, told.Extraction.Relations[0].ID)
			a.asks(a.c, false, req)
		})
	}
}
