package llm

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"
)

func TestGenerate(t *testing.T) {
	t.Parallel()
	c, sum := client(replies("Hello."))
	text, usage, err := c.Generate(t.Context(), Prompt{System: "rules", Text: "question"}, nil)
	require.NoError(t, err)
	require.Equal(t, "Hello.", text)
	require.Equal(t, 1, usage.Calls)
	require.Positive(t, usage.TokensIn)
	require.Equal(t, usage.TokensOut, sum.Out)
	require.Positive(t, usage.Waited)

	// A model that does not stream gives one part.
	c, _ = client(replies("Hello."))
	var parts []string
	_, _, err = c.Generate(t.Context(), Prompt{}, func(part string) error {
		parts = append(parts, part)
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, []string{"Hello."}, parts)
}

func TestGenerateWaitsForRateLimits(t *testing.T) {
	t.Parallel()
	m := &scripted{answer: func(call int, _ []llms.MessageContent) (*llms.ContentResponse, error) {
		if call == 1 {
			return nil, limited{time.Millisecond}
		}
		return reply("Hello."), nil
	}}
	for _, each := range []func(string) error{nil, func(string) error { return nil }} {
		m.calls = nil
		c, _ := client(m)
		text, usage, err := c.Generate(t.Context(), Prompt{}, each)
		require.NoError(t, err)
		require.Equal(t, "Hello.", text)
		require.Equal(t, 2, usage.Calls)
	}
	c, _ := client(&scripted{answer: func(int, []llms.MessageContent) (*llms.ContentResponse, error) { return nil, limited{time.Hour} }})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, _, err := c.Generate(ctx, Prompt{}, nil)
	require.ErrorContains(t, err, "is limited for longer than the call may wait")
	require.True(t, Failed(err))
}

func TestGenerateFails(t *testing.T) {
	t.Parallel()
	key := "sk-very-secret"
	for name, answer := range map[string]func(int, []llms.MessageContent) (*llms.ContentResponse, error){
		"an error": func(int, []llms.MessageContent) (*llms.ContentResponse, error) {
			return nil, errors.New("bad key " + key)
		},
		"a panic": func(int, []llms.MessageContent) (*llms.ContentResponse, error) { panic(key) },
		"nothing": func(int, []llms.MessageContent) (*llms.ContentResponse, error) { return nil, nil },
		"no text": func(int, []llms.MessageContent) (*llms.ContentResponse, error) { return reply(""), nil },
		"too long": func(int, []llms.MessageContent) (*llms.ContentResponse, error) {
			return reply(strings.Repeat("x", MaxReply+1)), nil
		},
		"cut off": func(int, []llms.MessageContent) (*llms.ContentResponse, error) {
			return &llms.ContentResponse{Choices: []*llms.ContentChoice{nil, {Content: "Hel", StopReason: "MAX_TOKENS"}}}, nil
		},
		"a filtered": func(int, []llms.MessageContent) (*llms.ContentResponse, error) {
			return &llms.ContentResponse{Choices: []*llms.ContentChoice{{Content: "Hel", StopReason: "content_filter"}}}, nil
		},
	} {
		for _, each := range []func(string) error{nil, func(string) error { return nil }} {
			c, _ := client(&scripted{answer: answer})
			c.Model.Secret = key
			_, usage, err := c.Generate(t.Context(), Prompt{}, each)
			require.Error(t, err, name)
			require.True(t, Failed(err), name)
			require.NotContains(t, err.Error(), key)
			require.Equal(t, 1, usage.Calls)
		}
	}
	refused := errors.New("no tokens left")
	c, _ := client(replies("Hello."))
	c.Admit = func(context.Context) error { return refused }
	_, usage, err := c.Generate(t.Context(), Prompt{}, func(string) error { return nil })
	require.ErrorIs(t, err, refused)
	require.False(t, Failed(err))
	require.Zero(t, usage.Calls)
	// The error of the reader is returned as it is.
	c, _ = client(replies("Hello."))
	left := errors.New("left")
	_, _, err = c.Generate(t.Context(), Prompt{}, func(string) error { return left })
	require.Equal(t, left, err)
}
