package providers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
)

// model is a model of a provider.
type model struct {
	target
	client llms.Model
	plain  atomic.Bool // a schema was refused: JSON mode is used instead
}

var _ llms.Model = (*model)(nil)

func (r *Resolver) model(q request) (llms.Model, error) {
	t, err := r.target(q, chatKind)
	if err != nil {
		return nil, err
	}
	client, err := t.vendor.chat(t)
	if err != nil {
		return nil, &spectron.Error{Op: q.op, Code: spectron.CodeInvalid, Field: q.field, Err: err}
	}
	return &model{target: t, client: client}, nil
}

// String returns the name, such as "openai/gpt-4o-mini".
func (m *model) String() string { return m.target.model.String() }

// Format prints the name, whatever the verb.
func (m *model) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, m.String()) // fmt keeps the error of its own writer
}

// Call generates an answer to one text.
func (m *model) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, m, prompt, options...)
}

// GenerateContent generates an answer.
func (m *model) GenerateContent(ctx context.Context, messages []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	return m.generate(ctx, messages, nil, options)
}

const maxSchema = 256 << 10 // bytes

// GenerateJSON generates an answer that is a JSON object of the schema, as far as the provider can promise that.
func (m *model) GenerateJSON(ctx context.Context, messages []llms.MessageContent, schema json.RawMessage, options ...llms.CallOption) (*llms.ContentResponse, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(schema, &object); err != nil || object == nil {
		return nil, m.bad("the schema is not a JSON object")
	}
	if len(schema) > maxSchema {
		return nil, m.bad("the schema has %d bytes (at most %d)", len(schema), maxSchema)
	}
	if !m.plain.Load() {
		response, err := m.generate(ctx, messages, schema, options)
		if !refusesSchema(err) {
			return response, err
		}
	}
	response, err := m.generate(ctx, messages, nil, append(slices.Clone(options), llms.WithJSONMode()))
	if err == nil {
		m.plain.Store(true) // only now it is sure that the schema was the reason
	}
	return response, err
}

// schemaWords are in the errors of providers that refuse a schema.
var schemaWords = []string{"schema", "format", "tool"}

// notFound is what routers say that know no model for a request.
var notFound = &llms.Error{Code: llms.ErrCodeResourceNotFound}

// refusesSchema reports whether a provider refused a request because of its schema.
func refusesSchema(err error) bool {
	if !llms.IsInvalidRequestError(err) && !errors.Is(err, notFound) {
		return false
	}
	text := strings.ToLower(err.Error())
	return slices.ContainsFunc(schemaWords, func(word string) bool { return strings.Contains(text, word) })
}

func (m *model) bad(format string, args ...any) error {
	return (&failure{code: llms.ErrCodeInvalidRequest, detail: fmt.Sprintf(format, args...)}).as(m.target.model.Provider)
}

// generate asks the model once.
func (m *model) generate(ctx context.Context, messages []llms.MessageContent, schema json.RawMessage, options []llms.CallOption) (*llms.ContentResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, endedBy(err).as(m.target.model.Provider)
	}
	// Some clients do not check this, and one panics.
	if len(messages) == 0 || messages[len(messages)-1].Role == llms.ChatMessageTypeSystem {
		return nil, m.bad("the last message is the question, so it cannot be a system message")
	}
	for _, message := range messages {
		if len(message.Parts) == 0 {
			return nil, m.bad("a message without content")
		}
	}
	// A caller cannot switch to another model: only this one was checked.
	options = append(slices.Clone(options), llms.WithModel(m.target.model.Name))
	var set llms.CallOptions
	for _, option := range options {
		option(&set)
	}
	x := &exchange{target: m.target, ended: ctx.Err, call: call{
		model: m.target.model.Name, base: m.base, options: set, schema: schema, streams: set.StreamingFunc != nil || set.StreamingReasoningFunc != nil,
	}}
	response, err := guarded(func() (*llms.ContentResponse, error) {
		return m.client.GenerateContent(x.with(ctx), messages, options...)
	})
	if err := x.result(err); err != nil {
		return nil, err
	}
	if response == nil || len(response.Choices) == 0 {
		return nil, unusable("the answer has no text").as(m.target.model.Provider)
	}
	return alike(response, x, schema != nil), nil
}

// alike gives an answer the form that the documentation of the package promises.
func alike(response *llms.ContentResponse, x *exchange, structured bool) *llms.ContentResponse {
	if x.model.Provider == "anthropic" {
		response = &llms.ContentResponse{Choices: []*llms.ContentChoice{merged(response.Choices)}}
	}
	for _, choice := range response.Choices {
		if choice.GenerationInfo == nil {
			choice.GenerationInfo = map[string]any{}
		}
		if structured && choice.Content == "" && len(choice.ToolCalls) > 0 && choice.ToolCalls[0].FunctionCall != nil {
			choice.Content, choice.ToolCalls, choice.FuncCall = choice.ToolCalls[0].FunctionCall.Arguments, nil, nil
			if choice.StopReason == "tool_use" {
				choice.StopReason = "stop"
			}
		}
		if choice.StopReason == "" {
			choice.StopReason = x.stopped
		}
		if common, ok := stopReasons[choice.StopReason]; ok {
			choice.StopReason = common
		}
		countTokens(choice.GenerationInfo)
	}
	return response
}

// merged makes one choice of the blocks of an answer of Anthropic, where each is a choice.
func merged(blocks []*llms.ContentChoice) *llms.ContentChoice {
	one := *blocks[len(blocks)-1]
	one.Content, one.ToolCalls = "", nil
	var text strings.Builder
	for _, block := range blocks {
		text.WriteString(block.Content)
		one.ToolCalls = append(one.ToolCalls, block.ToolCalls...)
	}
	if len(one.ToolCalls) == 0 {
		one.Content = text.String()
	}
	return &one
}

// stopReasons has the common word for what providers say.
var stopReasons = map[string]string{
	"end_turn": "stop", "stop_sequence": "stop", "STOP": "stop", "FinishReasonStop": "stop",
	"max_tokens": "length", "model_length": "length", "FinishReasonMaxTokens": "length",
	"tool_use": "tool_calls", "refusal": "content_filter", "FinishReasonSafety": "content_filter",
}

// countTokens sets the three counts in the information about an answer.
func countTokens(info map[string]any) {
	prompt, completion, total := number(info["PromptTokens"]), number(info["CompletionTokens"]), number(info["TotalTokens"])
	if _, ok := info["InputTokens"]; ok { // Anthropic
		prompt = number(info["InputTokens"]) + number(info["CacheCreationInputTokens"]) + number(info["CacheReadInputTokens"])
		completion = number(info["OutputTokens"])
	}
	completion = max(completion, total-prompt) // Google counts the tokens of its thoughts in the total alone
	info["PromptTokens"], info["CompletionTokens"], info["TotalTokens"] = prompt, completion, prompt+completion
}

// number returns a count, and 0 for what is none.
func number(value any) int {
	switch n := value.(type) {
	case int:
		return max(n, 0)
	case int32:
		return max(int(n), 0)
	}
	return 0
}

// blocked reports whether the client of Google says that a filter blocked the answer.
func blocked(err error) bool { return strings.HasPrefix(err.Error(), "blocked: ") }
