package chat_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func TestChatStream(t *testing.T) {
	t.Parallel()
	c, _ := chatting(t, spectrontest.Reply{Stream: []string{"Anna liv", "es in R", "ome [", "S", "1] [S4", "4", "]", ", caf\xc3", "\xa9."}})
	remember(t, c, spectron.RememberRequest{Text: "Anna lives in Rome."})
	var shown []string
	var last *spectron.ChatReply
	for chunk, err := range c.Memory().ChatStream(t.Context(), spectron.ChatRequest{Message: "Where does Anna live?"}) {
		require.NoError(t, err)
		require.Nil(t, last)
		if last = chunk.Reply; last == nil {
			require.NotEmpty(t, chunk.Delta)
			shown = append(shown, chunk.Delta)
		} else {
			require.Equal(t, last.SessionID, chunk.SessionID)
		}
	}
	require.Equal(t, "Anna lives in Rome [S1], café.", last.Reply)
	require.Equal(t, last.Reply, strings.Join(shown, ""))
	require.Greater(t, len(shown), 3)
	require.Len(t, last.Citations, 1)
	require.Equal(t, []string{"user: Where does Anna live?", "assistant: " + last.Reply}, said(t, c, last.SessionID))
	require.Equal(t, 1, last.Model.Calls)
}

// A stream that breaks off, or whose reader leaves, stores the message and no half answer. Before its first part, nothing is stored.
func TestBrokenStreams(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply  spectrontest.Reply
		leaves bool
		stored bool
		want   error
	}{
		"cut":     {reply: spectrontest.Reply{Stream: []string{"Anna ", "lives "}, Err: spectrontest.Unavailable()}, stored: true, want: spectron.ErrModel},
		"limited": {reply: spectrontest.Reply{Stream: []string{"Anna ", "lives "}, Err: spectrontest.RateLimited(0)}, stored: true, want: spectron.ErrModel},
		"length":  {reply: spectrontest.Reply{Stream: []string{"Anna ", "lives "}, StopReason: "length"}, stored: true, want: spectron.ErrModel},
		"endless": {reply: spectrontest.Reply{Stream: []string{"Anna ", strings.Repeat("lives ", 20_000), "on"}}, stored: true, want: spectron.ErrModel},
		"left":    {reply: spectrontest.Reply{Stream: []string{"Anna ", "lives "}, Wait: make(chan struct{})}, leaves: true, stored: true},
		"at once": {reply: spectrontest.Reply{Err: spectrontest.Unavailable()}, want: spectron.ErrModel},
		"empty":   {reply: spectrontest.Reply{Stream: []string{" ", "[S7]", "\n"}}, want: spectron.ErrModel},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, m := chatting(t, c.reply)
			session, err := ctx.Sessions().Create(t.Context(), spectron.SessionSpec{})
			require.NoError(t, err)
			var failed error
			for chunk, err := range ctx.Memory().ChatStream(t.Context(), spectron.ChatRequest{Message: "Where does Anna live?", SessionID: session.ID}) {
				require.Nil(t, chunk.Reply)
				if failed = err; err != nil {
					require.Equal(t, c.stored, chunk.SessionID == session.ID)
				}
				if c.leaves {
					break
				}
			}
			if c.want == nil {
				require.NoError(t, failed)
			} else {
				require.ErrorIs(t, failed, c.want)
			}
			want := []string(nil)
			if c.stored {
				want = []string{"user: Where does Anna live?"}
			}
			require.Equal(t, want, said(t, ctx, session.ID))
			require.Len(t, m.Calls(), 1, "a stream that began is not asked for again")
			used, err := ctx.Usage(t.Context(), spectron.UsageRequest{})
			require.NoError(t, err)
			require.Equal(t, c.stored || name == "empty", used.Tokens > 0, "what was sent is counted")
		})
	}
}

// When ctx ends, the stream ends, also while the model hangs.
func TestStreamOfAnEndedContext(t *testing.T) {
	t.Parallel()
	c, _ := chatting(t, spectrontest.Reply{Stream: []string{"Anna "}, Wait: make(chan struct{})})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var failed error
	for _, err := range c.Memory().ChatStream(ctx, spectron.ChatRequest{Message: "Where does Anna live?"}) {
		failed = err
		cancel()
	}
	require.ErrorIs(t, failed, context.Canceled)
	require.ErrorIs(t, failed, spectron.ErrTimeout)
}

// A panic in the loop reaches its caller, and the store goes on.
func TestPanicInAStream(t *testing.T) {
	t.Parallel()
	c, _ := chatting(t, spectrontest.Reply{Stream: []string{"Anna "}, Wait: make(chan struct{})}, spectrontest.Reply{Text: "Yes."})
	require.Panics(t, func() {
		for range c.Memory().ChatStream(t.Context(), spectron.ChatRequest{Message: "Where does Anna live?"}) {
			panic("in the loop")
		}
	})
	require.Equal(t, "Yes.", chat(t, c, spectron.ChatRequest{Message: "Hello?"}).Reply)
}
