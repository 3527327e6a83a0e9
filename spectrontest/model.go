package spectrontest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tmc/langchaingo/llms"
)

// Model is a scripted language model for Options.Model. It answers from replies that a test gives in advance, and records the calls.
//
//	m := spectrontest.NewModel(t,
//		spectrontest.Reply{When: "moved to", Text: `{"items":[]}`},
//		spectrontest.Reply{When: "hello", Err: spectrontest.RateLimited(time.Second)},
//	)
//	mgr := spectrontest.Open(t, &spectron.Options{Model: m})
//
// A call that no reply matches fails the test, and so does a reply that is unused at the end of the test. A Model is safe for concurrent
// use. It takes a JSON schema, as the models of package providers do; struct{ llms.Model }{m} is the same model without that.
type Model struct {
	tb testing.TB

	mu      sync.Mutex
	replies []*scripted
	calls   []Call
	over    bool // the test has ended
}

// Reply is what a Model answers.
type Reply struct {
	// When is a text that must be in a message of the call; "": any call. Replies are tried in their order, so replies without a
	// condition answer one call after the other.
	When string
	// Match must accept the call as well; nil: it does.
	Match func(Call) bool
	// Times is how many calls the reply answers, and must answer. 0: one. Negative: any number, also none.
	Times int

	// Text is the answer. A Remember expects a JSON object with items such as
	//
	//	{"items": [{"message": 1, "kind": "relation", "entity": {"type": "person", "name": "I"}, "key": "lives_in",
	//		"target": {"type": "location", "name": "Porto"}, "category": "identity", "confidence": 0.9, "quote": "greetings from Porto"}]}
	//
	// message is the number "n" of the message in the prompt, from 1; "I" is its speaker. The kinds are attribute and ended (with key and
	// value), relation (with key and target), instruction (with key and value) and uncertain (with reason). The quote must be in the message.
	// Call.Schema is the JSON schema of it all.
	Text string
	// Stream is the answer in the parts in which it is streamed to a caller that wants that. nil: Text in one part. With Err, the stream breaks
	// off after these parts. With Wait, the parts are sent at once, and only the end is delayed.
	Stream []string
	// StopReason is why the answer ends. Default: "stop". "length" is a text that was cut off at the limit of tokens.
	StopReason string
	// PromptTokens and CompletionTokens are the usage that the model reports. 0: an estimate of one token for four bytes. Both negative: the
	// model reports none.
	PromptTokens, CompletionTokens int

	// Err is returned instead of an answer, such as RateLimited(time.Second) or Unavailable().
	Err error
	// Wait delays the answer until the channel is closed or the context of the call ends. A channel that is never closed makes the call
	// hang until its context ends. nil: no delay.
	Wait <-chan struct{}
}

// Call is a call of a Model.
type Call struct {
	Messages []llms.MessageContent
	Prompt   string           // the texts of the messages, with a blank line between them
	Options  llms.CallOptions // such as MaxTokens and JSONMode
	Schema   json.RawMessage  // the schema of the answer; nil: none was given
}

// scripted is a reply with its uses.
type scripted struct {
	Reply
	used int
}

// left reports whether the reply can answer another call.
func (s *scripted) left() bool { return s.Times < 0 || s.used < max(s.Times, 1) }

var _ llms.Model = (*Model)(nil)

// NewModel returns a Model with replies.
func NewModel(tb testing.TB, replies ...Reply) *Model {
	tb.Helper()
	m := &Model{tb: tb}
	m.Add(replies...)
	tb.Cleanup(m.end)
	return m
}

// Add adds replies.
func (m *Model) Add(replies ...Reply) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range replies {
		m.replies = append(m.replies, &scripted{Reply: r})
	}
}

// Calls returns the calls so far, in the order of their arrival. It includes calls that wait.
func (m *Model) Calls() []Call {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.calls)
}

// end fails the test if a reply is unused.
func (m *Model) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.over = true
	for i, r := range m.replies {
		if want := max(r.Times, 1); r.Times >= 0 && r.used < want {
			m.tb.Errorf("spectrontest: reply %d of the model (%s) answered %d calls, want %d", i+1, r.describe(), r.used, want)
		}
	}
}

func (s *scripted) describe() string {
	if s.When == "" {
		return "any call"
	}
	return fmt.Sprintf("when %q", s.When)
}

// Call answers one text. It is the older method of llms.Model.
func (m *Model) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, m, prompt, options...)
}

// GenerateContent answers messages.
func (m *Model) GenerateContent(ctx context.Context, messages []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	return m.GenerateJSON(ctx, messages, nil, options...)
}

// GenerateJSON answers messages like GenerateContent, and records the schema.
func (m *Model) GenerateJSON(ctx context.Context, messages []llms.MessageContent, schema json.RawMessage, options ...llms.CallOption) (*llms.ContentResponse, error) {
	call := Call{Messages: slices.Clone(messages), Prompt: prompt(messages), Schema: slices.Clone(schema)}
	for _, option := range options {
		option(&call.Options)
	}
	reply, err := m.take(call)
	if err != nil {
		return nil, err
	}
	stream := call.Options.StreamingFunc
	if reply.Text == "" {
		reply.Text = strings.Join(reply.Stream, "")
	}
	if stream != nil {
		for _, part := range reply.Stream {
			if err := stream(ctx, []byte(part)); err != nil {
				return nil, err
			}
		}
	}
	if reply.Wait != nil {
		select {
		case <-reply.Wait:
		case <-ctx.Done():
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case reply.Err != nil:
		return nil, reply.Err
	}
	if stream != nil && reply.Stream == nil {
		if err := stream(ctx, []byte(reply.Text)); err != nil {
			return nil, err
		}
	}
	return reply.response(call), nil
}

// take records a call and returns the reply to it.
func (m *Model) take(call Call) (Reply, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, call)
	for _, r := range m.replies {
		if r.left() && strings.Contains(call.Prompt, r.When) && (r.Match == nil || r.Match(call)) {
			r.used++
			return r.Reply, nil
		}
	}
	if !m.over {
		m.tb.Errorf("spectrontest: the model has no reply to call %d: %s", len(m.calls), call.Prompt)
	}
	return Reply{}, errors.New("spectrontest: the model has no reply to this call")
}

// response returns the answer in the form of OpenAI's client.
func (r Reply) response(call Call) *llms.ContentResponse {
	choice := &llms.ContentChoice{Content: r.Text, StopReason: r.StopReason}
	if choice.StopReason == "" {
		choice.StopReason = "stop"
	}
	if r.PromptTokens >= 0 || r.CompletionTokens >= 0 {
		in, out := tokens(r.PromptTokens, call.Prompt), tokens(r.CompletionTokens, r.Text)
		choice.GenerationInfo = map[string]any{"PromptTokens": in, "CompletionTokens": out, "TotalTokens": in + out}
	}
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{choice}}
}

// tokens returns a count, or an estimate for a text.
func tokens(count int, text string) int {
	if count != 0 {
		return max(count, 0)
	}
	return (len(text) + 3) / 4
}

// prompt returns the texts of messages.
func prompt(messages []llms.MessageContent) string {
	var texts []string
	for _, message := range messages {
		for _, part := range message.Parts {
			if text, ok := part.(llms.TextContent); ok {
				texts = append(texts, text.Text)
			}
		}
	}
	return strings.Join(texts, "\n\n")
}

// RateLimited returns the error of a provider that refuses a call because of its rate limit: an *llms.Error whose chain has an error with
// the methods RetryAfter() time.Duration and StatusCode() int. A wait of 0 is one that the provider does not state.
func RateLimited(wait time.Duration) error {
	return llms.NewError(llms.ErrCodeRateLimit, "spectrontest", "rate limit exceeded").WithCause(&status{429, wait})
}

// Unavailable returns the error of a provider whose server fails, in the same form.
func Unavailable() error {
	return llms.NewError(llms.ErrCodeProviderUnavailable, "spectrontest", "internal server error").WithCause(&status{500, 0})
}

// status is what an error says about a response.
type status struct {
	code int
	wait time.Duration
}

func (s *status) Error() string { return fmt.Sprintf("status %d", s.code) }

// RetryAfter returns how long the provider asks to wait.
func (s *status) RetryAfter() time.Duration { return s.wait }

// StatusCode returns the status of the HTTP response.
func (s *status) StatusCode() int { return s.code }
