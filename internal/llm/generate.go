package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tmc/langchaingo/llms"
)

// Prompt is a request for a text.
type Prompt struct {
	System string
	Text   string
	Schema json.RawMessage // the JSON schema of the answer; nil: a plain text
}

// Limits of a generated text.
const (
	// MaxReply is the maximum length of a text, in bytes. A longer one is a fault of the model.
	MaxReply = 64 << 10
	// replyTokens limits the length of a text at the provider.
	replyTokens = 4096
)

// errEndless is the error for a text that does not end.
var errEndless = fmt.Errorf("its answer has more than %d bytes", MaxReply)

// Generate asks the model for a text. It waits for rate limits, calls Admit and Meter, and keeps to the limits of time, as Extract does. An
// answer that is empty, too long, or cut off at the limit of tokens is an error.
//
// If each is not nil, the text is streamed: each gets its parts as they arrive, in the goroutine of the caller. An error of each ends the call
// of the model and is returned as it is. A stream that began is not asked for again. text is what each got, also after an error.
func (c *Client) Generate(ctx context.Context, p Prompt, each func(part string) error) (text string, usage Usage, err error) {
	m, begun := c.Model, time.Now()
	messages := []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeSystem, p.System), llms.TextParts(llms.ChatMessageTypeHuman, p.Text)}
	err = c.patiently(ctx, m, func(ctx context.Context) (err error) {
		if each != nil {
			text, err = c.stream(ctx, m, messages, &usage, each)
			return err
		}
		var response *llms.ContentResponse
		text, response, err = c.attempt(ctx, m, messages, &usage, func(ctx context.Context) (*llms.ContentResponse, error) {
			if p.Schema != nil {
				return callJSON(ctx, m.LLM, messages, p.Schema)
			}
			return m.LLM.GenerateContent(ctx, messages, llms.WithMaxTokens(replyTokens))
		})
		if err == nil {
			err = whole(response, text)
		}
		return err
	})
	if usage.Calls > 0 {
		usage.Waited = time.Since(begun)
	}
	return text, usage, err
}

// Failed reports whether an error of Generate is one of the model, and not of the caller.
func Failed(err error) bool {
	var call *callError
	return errors.As(err, &call)
}

// whole returns an error for an answer that is not complete.
func whole(response *llms.ContentResponse, text string) error {
	if len(text) > MaxReply {
		return errEndless
	}
	for _, choice := range response.Choices {
		if choice == nil {
			continue
		}
		switch reason := strings.ToLower(choice.StopReason); reason {
		case "length", "max_tokens", "content_filter":
			return fmt.Errorf("its answer was cut off (%s)", reason)
		}
	}
	return nil
}

// stream makes one call whose answer is streamed to each. The call runs in a goroutine of its own, which ends before stream returns.
func (c *Client) stream(ctx context.Context, m Model, messages []llms.MessageContent, usage *Usage, each func(string) error) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // also if each panics
	parts := make(chan []byte)
	type result struct {
		answer   string
		response *llms.ContentResponse
		err      error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		r.answer, r.response, r.err = c.attempt(ctx, m, messages, usage, func(ctx context.Context) (*llms.ContentResponse, error) {
			return m.LLM.GenerateContent(ctx, messages, llms.WithMaxTokens(replyTokens), llms.WithStreamingFunc(func(_ context.Context, part []byte) error {
				select {
				case parts <- append([]byte(nil), part...): // the model may use its memory again
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}))
		})
		done <- r
	}()
	s := streamed{each: each}
	for {
		select {
		case part := <-parts:
			if s.add(part); s.failed != nil {
				cancel()
			}
		case r := <-done:
			if r.err == nil && s.failed == nil {
				if rest, ok := strings.CutPrefix(r.answer, string(s.raw)); ok {
					s.add([]byte(rest)) // a model that does not stream, or not all
				}
			}
			if r.response == nil && len(s.raw) > 0 { // the provider counts what it sent before the call ended
				t := counted(nil, messages, string(s.raw))
				c.count(context.WithoutCancel(ctx), m, t, usage)
			}
			return s.text.String(), s.end(m, r.response, r.err)
		}
	}
}

// streamed is an answer that arrives in parts.
type streamed struct {
	each   func(string) error
	raw    []byte          // all that has arrived
	text   strings.Builder // what each got: raw without an unfinished character at its end
	failed error           // the error of each, or errEndless
}

// add takes a part of the answer.
func (s *streamed) add(part []byte) {
	if s.failed != nil {
		return
	}
	s.raw = append(s.raw, part...)
	if len(s.raw) > MaxReply {
		s.failed = errEndless
		return
	}
	end := len(s.raw)
	for back := 1; back < utf8.UTFMax && back <= end; back++ {
		if b := s.raw[end-back]; utf8.RuneStart(b) {
			if !utf8.FullRune(s.raw[end-back:]) {
				end -= back
			}
			break
		}
	}
	if next := string(s.raw[s.text.Len():end]); next != "" {
		s.text.WriteString(next)
		s.failed = s.each(next)
	}
}

// end returns the error of a call whose answer was streamed.
func (s *streamed) end(m Model, response *llms.ContentResponse, err error) error {
	switch {
	case errors.Is(s.failed, errEndless):
		return &final{&callError{m, "failed", errEndless}}
	case s.failed != nil:
		return &final{s.failed}
	case err != nil && len(s.raw) > 0:
		return &final{&callError{m, "broke off its answer", err}}
	case err != nil:
		return err
	}
	if err := whole(response, s.text.String()); err != nil {
		return &final{&callError{m, "failed", err}}
	}
	return nil
}
