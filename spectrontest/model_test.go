package spectrontest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// recorder is a test whose failures are recorded.
type recorder struct {
	testing.TB
	failures []string
	cleanups []func()
}

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

// finish ends the recorded test and returns its failures.
func (r *recorder) finish() string {
	for _, f := range r.cleanups {
		f()
	}
	return strings.Join(r.failures, "\n")
}

func ask(ctx context.Context, m llms.Model, text string, options ...llms.CallOption) (*llms.ContentChoice, error) {
	r, err := m.GenerateContent(ctx, []llms.MessageContent{
		llms.TextParts(llms.ChatMessageTypeSystem, "Be brief."), llms.TextParts(llms.ChatMessageTypeHuman, text),
	}, options...)
	if err != nil {
		return nil, err
	}
	return r.Choices[0], nil
}

func TestModel(t *testing.T) {
	t.Parallel()
	m := spectrontest.NewModel(t,
		spectrontest.Reply{When: "moved", Text: "first"},
		spectrontest.Reply{When: "moved", Text: "second", PromptTokens: 100, CompletionTokens: 20},
		spectrontest.Reply{Match: func(c spectrontest.Call) bool { return c.Options.JSONMode }, Text: "{", StopReason: "length"},
		spectrontest.Reply{Text: "any", Times: 2},
		spectrontest.Reply{When: "Be brief", Times: -1, PromptTokens: -1, CompletionTokens: -1},
	)
	for i, tt := range []struct {
		prompt  string
		options []llms.CallOption
		text    string
		stop    string
		info    map[string]any
	}{
		{"I moved.", nil, "first", "stop", map[string]any{"PromptTokens": 5, "CompletionTokens": 2, "TotalTokens": 7}},
		{"I moved.", nil, "second", "stop", map[string]any{"PromptTokens": 100, "CompletionTokens": 20, "TotalTokens": 120}},
		{"json", []llms.CallOption{llms.WithJSONMode()}, "{", "length", map[string]any{"PromptTokens": 4, "CompletionTokens": 1, "TotalTokens": 5}},
		{"a", nil, "any", "stop", map[string]any{"PromptTokens": 3, "CompletionTokens": 1, "TotalTokens": 4}},
		{"b", nil, "any", "stop", map[string]any{"PromptTokens": 3, "CompletionTokens": 1, "TotalTokens": 4}},
		{"c", nil, "", "stop", nil},
		{"d", nil, "", "stop", nil},
	} {
		c, err := ask(t.Context(), m, tt.prompt, tt.options...)
		require.NoError(t, err)
		require.Equal(t, []any{tt.text, tt.stop, tt.info}, []any{c.Content, c.StopReason, c.GenerationInfo})
		calls := m.Calls()
		require.Len(t, calls, i+1)
		require.Equal(t, "Be brief.\n\n"+tt.prompt, calls[i].Prompt)
		require.Len(t, calls[i].Messages, 2)
	}
	require.True(t, m.Calls()[2].Options.JSONMode)
}

func TestModelTakesASchema(t *testing.T) {
	t.Parallel()
	m := spectrontest.NewModel(t, spectrontest.Reply{Text: "{}", Times: 2})
	_, err := m.GenerateJSON(t.Context(), nil, json.RawMessage(`{"type":"object"}`))
	require.NoError(t, err)
	require.JSONEq(t, `{"type":"object"}`, string(m.Calls()[0].Schema))
	var without any = struct{ llms.Model }{m}
	_, ok := without.(interface {
		GenerateJSON(context.Context, []llms.MessageContent, json.RawMessage, ...llms.CallOption) (*llms.ContentResponse, error)
	})
	require.False(t, ok)
	var streamed string
	_, err = ask(t.Context(), without.(llms.Model), "x", llms.WithStreamingFunc(func(_ context.Context, chunk []byte) error {
		streamed += string(chunk)
		return nil
	}))
	require.NoError(t, err)
	require.Equal(t, "{}", streamed)
}

func TestModelFailsTheTest(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	m := spectrontest.NewModel(r, spectrontest.Reply{When: "moved", Times: 3}, spectrontest.Reply{When: "never"}, spectrontest.Reply{When: "maybe", Times: -1})
	_, err := ask(t.Context(), m, "I moved.")
	require.NoError(t, err)
	_, err = ask(t.Context(), m, "hello")
	require.Error(t, err)
	require.Equal(t, "spectrontest: the model has no reply to call 2: Be brief.\n\nhello\n"+
		"spectrontest: reply 1 of the model (when \"moved\") answered 1 calls, want 3\n"+
		"spectrontest: reply 2 of the model (when \"never\") answered 0 calls, want 1", r.finish())
	_, err = ask(t.Context(), m, "too late")
	require.Error(t, err)
	require.Len(t, r.failures, 3, "a test that has ended is not failed")
}

func TestModelFails(t *testing.T) {
	t.Parallel()
	own := errors.New("own")
	ctx, cancel := context.WithCancel(t.Context())
	arrived := func(spectrontest.Call) bool {
		cancel()
		return true
	}
	m := spectrontest.NewModel(t,
		spectrontest.Reply{Err: spectrontest.RateLimited(7 * time.Second)}, spectrontest.Reply{Err: spectrontest.Unavailable()}, spectrontest.Reply{Err: own},
		spectrontest.Reply{Match: arrived, Wait: make(chan struct{})},
	)
	var says interface {
		RetryAfter() time.Duration
		StatusCode() int
	}
	_, err := ask(t.Context(), m, "x")
	require.True(t, llms.IsRateLimitError(err))
	require.ErrorAs(t, err, &says)
	require.Equal(t, 7*time.Second, says.RetryAfter())
	require.Equal(t, 429, says.StatusCode())
	_, err = ask(t.Context(), m, "x")
	require.True(t, llms.IsProviderUnavailableError(err))
	require.ErrorAs(t, err, &says)
	require.Equal(t, 500, says.StatusCode())
	_, err = ask(t.Context(), m, "x")
	require.ErrorIs(t, err, own)

	_, err = ask(ctx, m, "x")
	require.ErrorIs(t, err, context.Canceled)
}

func TestModelWaits(t *testing.T) {
	t.Parallel()
	gate := make(chan struct{})
	m := spectrontest.NewModel(t, spectrontest.Reply{When: "slow", Text: "slow", Wait: gate}, spectrontest.Reply{When: "quick", Text: "quick"})
	answers := make(chan string)
	go func() {
		c, err := ask(context.WithoutCancel(t.Context()), m, "slow")
		if err != nil {
			answers <- err.Error()
			return
		}
		answers <- c.Content
	}()
	c, err := ask(t.Context(), m, "quick")
	require.NoError(t, err)
	require.Equal(t, "quick", c.Content)
	close(gate)
	require.Equal(t, "slow", <-answers)
}

func TestModelIsConcurrent(t *testing.T) {
	t.Parallel()
	m := spectrontest.NewModel(t, spectrontest.Reply{Times: 64, Text: "yes"})
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			if _, err := ask(context.WithoutCancel(t.Context()), m, "x"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	require.Len(t, m.Calls(), 64)
}

// TestModelIsAnOption checks that a store takes the model.
func TestModelIsAnOption(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, &spectron.Options{Model: spectrontest.NewModel(t)})
	_, err := c.Memory().Remember(t.Context(), spectron.RememberRequest{Text: "Alice lives in Berlin.", Infer: spectron.InferNone})
	require.NoError(t, err)
}
