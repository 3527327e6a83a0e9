package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tmc/langchaingo/llms"
	"golang.org/x/sync/errgroup"

	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
)

// Model is a model with its name, such as "openai/gpt-4o-mini".
type Model struct {
	Name   string
	LLM    llms.Model
	Secret string // the API key, which no error may show; "": not known
}

// Hide removes a secret from a text.
func Hide(text, key string) string {
	if key == "" {
		return text
	}
	return strings.ReplaceAll(text, key, secret.Redacted)
}

// callError is the error of a call. Its text is short and does not show the key.
type callError struct {
	model  Model
	reason string
	err    error
}

// maxReason limits the text of an error of a provider, which may be a whole page, in code points.
const maxReason = 300

func (e *callError) Error() string {
	return e.model.Name + " " + e.reason + ": " + cut(Hide(e.err.Error(), e.model.Secret), maxReason)
}

func (e *callError) Unwrap() error { return e.err }

// Client calls models.
type Client struct {
	Model    Model
	Stronger *Model // asked if the answer of Model cannot be used; nil: there is none
	// Timeout limits the time of one call, without waits for a rate limit.
	Timeout time.Duration
	// Admit is called before each call; an error of it refuses the call.
	Admit func(ctx context.Context) error
	// Meter is called after each call that was answered, also if the answer cannot be used.
	Meter func(ctx context.Context, model string, t Tokens)
	// Run runs one call, which may ignore the end of ctx. It must return when ctx ends.
	Run func(ctx context.Context, call func() error) error
}

// Tokens counts the tokens of one call.
type Tokens struct {
	In, Out   int
	Estimated bool // the provider did not report them
}

// ErrRefused wraps the error of Client.Admit.
var ErrRefused = errors.New("the call of the model was refused")

// atOnce is how many calls one Extract makes at a time.
const atOnce = 4

// maxTokens limits the length of an answer.
const maxTokens = 8192

// jsonModel is a model that can be held to a JSON schema.
type jsonModel interface {
	GenerateJSON(ctx context.Context, messages []llms.MessageContent, schema json.RawMessage, options ...llms.CallOption) (*llms.ContentResponse, error)
}

// Extract asks the model about the messages that the rules did not settle. It returns an error only if ctx has ended. A call that fails leaves
// its messages to the rules; Output.Failures says why.
func (c *Client) Extract(ctx context.Context, in Input) (Output, error) {
	out := Output{Extractions: make([]record.Extraction, len(in.Messages)), Failures: make([]string, len(in.Messages))}
	todo := windows(&in)
	if len(todo) == 0 {
		return out, ctx.Err()
	}
	begun := time.Now()
	results := make([]result, len(todo))
	var group errgroup.Group
	group.SetLimit(atOnce)
	for i, w := range todo {
		group.Go(func() error {
			results[i] = c.read(ctx, &in, w)
			return nil
		})
	}
	_ = group.Wait() // no function of it returns an error
	dropped := map[int]map[string]int{}
	for i, r := range results {
		r.into(&out, todo[i], dropped)
	}
	for i, why := range dropped {
		out.Extractions[i].Uncertainties = append(out.Extractions[i].Uncertainties, uncertainty(why))
	}
	if out.Usage.Calls > 0 {
		out.Usage.Waited = time.Since(begun)
	}
	return out, ctx.Err()
}

// result is the outcome of the calls for one window.
type result struct {
	checked
	usage Usage
	err   error
}

// into adds a result to the output.
func (r *result) into(out *Output, w window, dropped map[int]map[string]int) {
	out.Usage = Sum(out.Usage, r.usage)
	out.Usage.Dropped += r.count
	if r.err != nil {
		for i := range w.read {
			out.Failures[i] = r.err.Error()
		}
	}
	for i, x := range r.extractions {
		merge(&out.Extractions[i], *x)
	}
	for i, counts := range r.dropped {
		if dropped[i] == nil {
			dropped[i] = map[string]int{}
		}
		for why, n := range counts {
			dropped[i][why] += n
		}
	}
}

// Sum adds what calls have cost, that were made one after the other.
func Sum(u, more Usage) Usage {
	u.Models = slices.Clone(u.Models)
	u.Calls += more.Calls
	u.TokensIn += more.TokensIn
	u.TokensOut += more.TokensOut
	u.Estimated = u.Estimated || more.Estimated
	u.Dropped += more.Dropped
	u.Waited += more.Waited
	for _, name := range more.Models {
		u.called(name)
	}
	return u
}

func (u *Usage) called(name string) {
	if !slices.Contains(u.Models, name) {
		u.Models = append(u.Models, name)
	}
}

// merge appends an extraction to another one of the same text.
func merge(to *record.Extraction, x record.Extraction) {
	to.Entities = append(to.Entities, x.Entities...)
	to.Attributes = append(to.Attributes, x.Attributes...)
	to.Relations = append(to.Relations, x.Relations...)
	to.Instructions = append(to.Instructions, x.Instructions...)
	to.Uncertainties = append(to.Uncertainties, x.Uncertainties...)
	to.Invalidations = append(to.Invalidations, x.Invalidations...)
}

// read asks about one window: the model, once more if its answer cannot be read, and then the stronger model.
func (c *Client) read(ctx context.Context, in *Input, w window) (r result) {
	data, err := prompt(in, w)
	if err != nil {
		r.err = err
		return r
	}
	g := newGround(in, w)
	messages := []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeSystem, extractPrompt), llms.TextParts(llms.ChatMessageTypeHuman, data)}
	models := []Model{c.Model}
	if c.Stronger != nil {
		models = append(models, *c.Stronger)
	}
	for _, m := range models {
		ask := messages
		for round := range 2 {
			answer, err := c.generate(ctx, m, ask, &r.usage)
			if err != nil {
				r.err = err
				break
			}
			items, bad, err := parse(answer)
			if err == nil {
				r.checked, r.err = g.check(items, bad), nil
				if !r.odd || c.Stronger == nil || m == *c.Stronger {
					return r
				}
				break // it contradicts itself
			}
			r.err = fmt.Errorf("the answer of %s cannot be used: %w", m.Name, err)
			if round == 0 {
				ask = append(messages[:2:2], llms.TextParts(llms.ChatMessageTypeAI, cut(answer, maxContext)), llms.TextParts(llms.ChatMessageTypeHuman, repair(err)))
			}
		}
		if errors.Is(r.err, ErrRefused) || ctx.Err() != nil {
			break
		}
	}
	if r.extractions != nil {
		r.err = nil // the stronger model failed; what does not contradict itself in the first answer remains
	}
	return r
}

// generate calls a model once for a JSON object. It waits for a rate limit and tries again, as long as the time allows.
func (c *Client) generate(ctx context.Context, m Model, messages []llms.MessageContent, usage *Usage) (answer string, err error) {
	err = c.patiently(ctx, m, func(ctx context.Context) (err error) {
		answer, _, err = c.attempt(ctx, m, messages, usage, func(ctx context.Context) (*llms.ContentResponse, error) {
			return callJSON(ctx, m.LLM, messages, Schema)
		})
		return err
	})
	return answer, err
}

// final is an error after which a call is not made again. It is returned as it is.
type final struct{ err error }

func (f *final) Error() string { return f.err.Error() }

func (f *final) Unwrap() error { return f.err }

// patiently makes a call. It waits for a rate limit and makes the call again, as long as the time allows.
func (c *Client) patiently(ctx context.Context, m Model, call func(ctx context.Context) error) error {
	if _, limited := ctx.Deadline(); !limited {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		err := call(ctx)
		if err == nil || errors.Is(err, ErrRefused) {
			return err
		}
		var last *final
		if errors.As(err, &last) {
			return last.err
		}
		after, limited := rateLimit(err)
		if !limited {
			return &callError{m, "failed", err}
		}
		after = max(after, wait)
		if deadline, _ := ctx.Deadline(); time.Until(deadline) < after {
			return &callError{m, "is limited for longer than the call may wait", err}
		}
		timer := time.NewTimer(after)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// attempt makes one call with ask. It returns the response too, which is nil if there was none.
func (c *Client) attempt(ctx context.Context, m Model, messages []llms.MessageContent, usage *Usage, ask func(context.Context) (*llms.ContentResponse, error)) (answer string, response *llms.ContentResponse, err error) {
	if err := c.Admit(ctx); err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	replies := make(chan *llms.ContentResponse, 1) // the call may go on after Run has returned
	err = c.Run(ctx, func() error {
		response, err := guarded(ctx, ask)
		replies <- response
		return err
	})
	select {
	case response = <-replies:
	default:
	}
	if err == nil {
		answer, err = content(response)
	}
	usage.Calls++
	usage.called(m.Name)
	if response != nil {
		c.count(ctx, m, counted(response, messages, answer), usage)
	}
	return answer, response, err
}

// count counts the tokens of a call.
func (c *Client) count(ctx context.Context, m Model, t Tokens, usage *Usage) {
	usage.TokensIn += t.In
	usage.TokensOut += t.Out
	usage.Estimated = usage.Estimated || t.Estimated
	c.Meter(ctx, m.Name, t)
}

// How long generate waits after a rate limit that does not say how long: the first time, and at most.
const (
	firstWait   = 200 * time.Millisecond
	longestWait = 20 * time.Second
	// patience is how long a call without a deadline waits for a rate limit in all.
	patience = 5 * time.Minute
)

// guarded calls a model. A panic of the model is an error, because it must not cost the text.
func guarded(ctx context.Context, ask func(context.Context) (*llms.ContentResponse, error)) (response *llms.ContentResponse, err error) {
	defer func() {
		if why := recover(); why != nil {
			response, err = nil, fmt.Errorf("the model panicked: %v", why)
		}
	}()
	return ask(ctx)
}

// callJSON asks for a JSON object that fits a schema.
func callJSON(ctx context.Context, m llms.Model, messages []llms.MessageContent, schema json.RawMessage) (*llms.ContentResponse, error) {
	if j, ok := m.(jsonModel); ok {
		return j.GenerateJSON(ctx, messages, schema, llms.WithMaxTokens(maxTokens))
	}
	return m.GenerateContent(ctx, messages, llms.WithMaxTokens(maxTokens), llms.WithJSONMode())
}

// content returns the text of a response.
func content(response *llms.ContentResponse) (string, error) {
	if response == nil {
		return "", errors.New("no response")
	}
	var text strings.Builder // some clients make a choice of each block of an answer
	for _, choice := range response.Choices {
		if choice != nil {
			text.WriteString(choice.Content)
		}
	}
	if text.Len() == 0 {
		return "", errors.New("an empty response")
	}
	return text.String(), nil
}

// rateLimit reports whether an error says that a provider is called too often, and how long to wait if the provider says so.
func rateLimit(err error) (after time.Duration, limited bool) {
	var told interface{ RetryAfter() time.Duration }
	if errors.As(err, &told) {
		after = told.RetryAfter()
	}
	if llms.IsRateLimitError(err) {
		return after, true
	}
	// Clients of langchaingo that do not use its error type have the status in the text.
	text := strings.ToLower(err.Error())
	return after, slices.ContainsFunc([]string{"status code: 429", "429 too many", "rate limit", "rate_limit", "too many requests"}, func(s string) bool {
		return strings.Contains(text, s)
	})
}

// counted returns the tokens of a call: the figures of the provider, in any of the forms that langchaingo has for them, or an estimate.
func counted(response *llms.ContentResponse, messages []llms.MessageContent, answer string) Tokens {
	var t Tokens
	if response != nil {
		for _, choice := range response.Choices {
			if choice == nil {
				continue
			}
			t.In = max(t.In, figure(choice.GenerationInfo, "PromptTokens", "InputTokens", "input_tokens", "prompt_tokens"))
			t.Out = max(t.Out, figure(choice.GenerationInfo, "CompletionTokens", "OutputTokens", "output_tokens", "completion_tokens")) // each choice has those of all
		}
	}
	if t.In > 0 && (t.Out > 0 || answer == "") {
		return t
	}
	t = Tokens{Out: digest.Tokens(answer), Estimated: true}
	for _, m := range messages {
		for _, part := range m.Parts {
			if text, ok := part.(llms.TextContent); ok {
				t.In += digest.Tokens(text.Text)
			}
		}
	}
	return t
}

// figure returns the first positive number among the values of some keys.
func figure(info map[string]any, keys ...string) int {
	for _, key := range keys {
		switch n := info[key].(type) {
		case int:
			if n > 0 {
				return n
			}
		case int32:
			if n > 0 {
				return int(n)
			}
		case int64:
			if n > 0 {
				return int(n)
			}
		case float64:
			if n > 0 && n < 1e12 {
				return int(n)
			}
		}
	}
	return 0
}
