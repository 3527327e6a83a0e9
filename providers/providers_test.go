package providers_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron/providers"
)

var question = []llms.MessageContent{
	llms.TextParts(llms.ChatMessageTypeSystem, "Answer in JSON."), llms.TextParts(llms.ChatMessageTypeHuman, "Who works where?"),
}

// generator has the methods of a model of the package.
type generator interface {
	llms.Model
	GenerateJSON(context.Context, []llms.MessageContent, json.RawMessage, ...llms.CallOption) (*llms.ContentResponse, error)
}

// caller has the older method of a model, which clients still have.
type caller interface {
	Call(context.Context, string, ...llms.CallOption) (string, error)
}

// waiter is what an error says about a response.
type waiter interface {
	RetryAfter() time.Duration
	StatusCode() int
}

func newModel(t *testing.T, w wire, s *server) generator {
	t.Helper()
	m, err := providers.Model(t.Context(), w.model, options(w, s))
	require.NoError(t, err)
	return m.(generator)
}

func TestAnswer(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		s := serve(t, w, text(w.answer("Anna works at Acme.", "")))
		m := newModel(t, w, s)
		r, err := m.GenerateContent(t.Context(), question, llms.WithMaxTokens(100), llms.WithModel("another"), llms.WithSeed(3))
		require.NoError(t, err)
		require.Len(t, r.Choices, 1)
		c := r.Choices[0]
		require.Equal(t, "Anna works at Acme.", c.Content)
		require.Equal(t, "stop", c.StopReason)
		require.Equal(t, []any{11, 7, 18}, []any{c.GenerationInfo["PromptTokens"], c.GenerationInfo["CompletionTokens"], c.GenerationInfo["TotalTokens"]})
		received := s.received()
		require.Len(t, received, 1)
		require.Equal(t, w.paths[0], received[0].path)
		require.Equal(t, w.prefix+key, received[0].auth)
		require.Equal(t, "Answer in JSON.|Who works where?", w.said(received[0].body))
		_, name, _ := strings.Cut(w.model, "/")
		require.Contains(t, received[0].body["model"], name)
		require.Contains(t, encode(received[0].body), ":100", "the limit of tokens")

		one, err := m.(caller).Call(t.Context(), "Who?")
		require.NoError(t, err)
		require.Equal(t, "Anna works at Acme.", one)
	})
}

func TestAnswerOfGoogleToOneMessage(t *testing.T) {
	t.Parallel()
	w := wires[4]
	s := serve(t, w, text(w.answer("yes", "")))
	r, err := newModel(t, w, s).GenerateContent(t.Context(), question[1:])
	require.NoError(t, err)
	require.Equal(t, "yes", r.Choices[0].Content)
	config := s.received()[0].body["generationConfig"]
	require.Equal(t, object{"candidateCount": 1.0, "temperature": 0.0}, config, "defaults of the client that nobody asked for")
}

func TestAnswerAtTheLimitOfTokens(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		r, err := newModel(t, w, serve(t, w, text(w.answer(`{"items":[`, w.length)))).GenerateContent(t.Context(), question)
		require.NoError(t, err)
		require.Equal(t, "length", r.Choices[0].StopReason)
		require.Equal(t, `{"items":[`, r.Choices[0].Content)
	})
}

const schema = `{"type":"object","properties":{"n":{"type":["integer","null"],"minimum":1}},"required":["n"],"additionalProperties":false}`

func TestStructuredAnswer(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		s := serve(t, w, text(w.structured(`{"n":3}`)))
		r, err := newModel(t, w, s).GenerateJSON(t.Context(), question, json.RawMessage(schema))
		require.NoError(t, err)
		require.JSONEq(t, `{"n":3}`, r.Choices[0].Content)
		require.Equal(t, "stop", r.Choices[0].StopReason)
		require.Empty(t, r.Choices[0].ToolCalls)
		require.Equal(t, 11, r.Choices[0].GenerationInfo["PromptTokens"])
		require.JSONEq(t, schema, encode(w.schema(s.received()[0].body)), "the schema arrives as it is")
	})
}

// TestStructuredAnswerIsRefused checks that a provider which refuses a schema is asked in JSON mode, and then no longer with a schema.
func TestStructuredAnswerIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		s := serve(t, w, func(out http.ResponseWriter, r *http.Request, body map[string]any) {
			if w.schema(body) != nil {
				out.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(out, w.refusal(400, "invalid_request_error", "Schema is not supported with this model."))
				return
			}
			text(w.answer(`{"n":3}`, ""))(out, r, body)
		})
		m := newModel(t, w, s)
		for range 2 {
			r, err := m.GenerateJSON(t.Context(), question, json.RawMessage(schema))
			require.NoError(t, err)
			require.JSONEq(t, `{"n":3}`, r.Choices[0].Content)
		}
		received := s.received()
		require.Len(t, received, 3)
		require.True(t, w.plain(received[1].body) && w.plain(received[2].body), "JSON mode")
	})
}

func TestSchemaIsChecked(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		s := serve(t, w, text(w.answer("yes", "")))
		m := newModel(t, w, s)
		for _, bad := range []string{"", "null", "[]", `{"a":`, `{"a":"` + strings.Repeat("x", 300_000) + `"}`} {
			_, err := m.GenerateJSON(t.Context(), question, json.RawMessage(bad))
			require.True(t, llms.IsInvalidRequestError(err), "%v", err)
		}
		for _, bad := range [][]llms.MessageContent{nil, question[:1], {{Role: llms.ChatMessageTypeHuman}}} {
			_, err := m.GenerateContent(t.Context(), bad)
			require.True(t, llms.IsInvalidRequestError(err), "%v", err)
		}
		require.Empty(t, s.received())
	})
}

// TestRefusals checks the error for each status, of models and of embedders.
func TestRefusals(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		for _, tt := range []struct {
			status int
			code   string
			text   string
			header string // Retry-After
			want   llms.ErrorCode
			after  time.Duration
			shown  string
		}{
			{429, "rate_limit", "slow down", "7", llms.ErrCodeRateLimit, 7 * time.Second, "slow down (try again in 7s)"},
			{429, "rate_limit", "slow down", "", llms.ErrCodeRateLimit, 0, "slow down"},
			{429, "insufficient_quota", "pay", "", llms.ErrCodeQuotaExceeded, 0, ""},
			{401, "invalid_api_key", "Incorrect API key provided: " + key, "", llms.ErrCodeAuthentication, 0, "Options.Keys[" + w.name + "]"},
			{403, "forbidden", "no", "", llms.ErrCodeAuthentication, 0, "the API key was refused"},
			{404, "not_found", "no such model", "", llms.ErrCodeResourceNotFound, 0, "no such model"},
			{400, "invalid_request_error", "bad thing " + key, "", llms.ErrCodeInvalidRequest, 0, "bad thing [redacted]"},
			{400, "context_length_exceeded", "long", "", llms.ErrCodeTokenLimit, 0, ""},
			{422, "", "wrong", "", llms.ErrCodeInvalidRequest, 0, ""},
			{500, "server_error", "oops\n\x00", "", llms.ErrCodeProviderUnavailable, 0, "status 500"},
			{503, "unavailable", "busy", "1.5", llms.ErrCodeProviderUnavailable, 1500 * time.Millisecond, "busy"},
			{529, "overloaded_error", "busy", "", llms.ErrCodeProviderUnavailable, 0, "status 529"},
			{307, "", "", "", llms.ErrCodeInvalidRequest, 0, "redirects"},
		} {
			s := serve(t, w, func(out http.ResponseWriter, _ *http.Request, _ map[string]any) {
				if tt.header != "" {
					out.Header().Set("Retry-After", tt.header)
				}
				out.Header().Set("Location", "/elsewhere")
				out.WriteHeader(tt.status)
				_, _ = io.WriteString(out, w.refusal(tt.status, tt.code, tt.text))
			})
			check := func(err error) {
				t.Helper()
				without(t, err)
				var e *llms.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, tt.want, e.Code, "%d %s: %v", tt.status, tt.code, err)
				require.Equal(t, w.name, e.Provider)
				var wait waiter
				require.ErrorAs(t, err, &wait)
				require.Equal(t, tt.after, wait.RetryAfter())
				require.Equal(t, tt.status, wait.StatusCode())
				require.Contains(t, err.Error(), tt.shown)
			}
			_, err := newModel(t, w, s).GenerateContent(t.Context(), question)
			check(err)
			require.Len(t, s.received(), 1, "%d: nothing is repeated", tt.status)
			if w.embedding != "" {
				e, err := providers.Embedder(t.Context(), w.embedding, options(w, s))
				require.NoError(t, err)
				_, err = e.EmbedQuery(t.Context(), "hello")
				check(err)
				require.Len(t, s.received(), 2, "%d: nothing is repeated", tt.status)
			}
		}
	})
}

func TestRetryAfterInOtherForms(t *testing.T) {
	t.Parallel()
	openai, google := wires[0], wires[4]
	for name, tt := range map[string]struct {
		wire    wire
		headers map[string]string
		body    string
		want    time.Duration
	}{
		"milliseconds":         {openai, map[string]string{"Retry-After-Ms": "250", "Retry-After": "9"}, "{}", 250 * time.Millisecond},
		"a date":               {openai, map[string]string{"Date": "Tue, 05 May 2026 10:00:00 GMT", "Retry-After": "Tue, 05 May 2026 10:00:30 GMT"}, "{}", 30 * time.Second},
		"a date in the past":   {openai, map[string]string{"Date": "Tue, 05 May 2026 10:00:00 GMT", "Retry-After": "Tue, 05 May 2026 09:00:30 GMT"}, "{}", 0},
		"nonsense":             {openai, map[string]string{"Retry-After": "soon"}, "<html>", 0},
		"negative":             {openai, map[string]string{"Retry-After": "-5"}, "{}", 0},
		"not a number":         {openai, map[string]string{"Retry-After": "NaN"}, "{}", 0},
		"for ever":             {openai, map[string]string{"Retry-After": "1e300"}, "{}", 24 * time.Hour},
		"in the body":          {google, nil, `{"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"46s"}]}}`, 46 * time.Second},
		"in the body, a list":  {google, nil, `[{"error":{"code":429,"details":[{},{"retryDelay":"2.5s"}]}}]`, 2500 * time.Millisecond},
		"in the body, strange": {google, nil, `[{"error":{"code":429,"details":[{"retryDelay":"46"}]}}]`, 0},
	} {
		s := serve(t, tt.wire, func(out http.ResponseWriter, _ *http.Request, _ map[string]any) {
			for k, v := range tt.headers {
				out.Header().Set(k, v)
			}
			out.WriteHeader(http.StatusTooManyRequests)
			_, _ = io.WriteString(out, tt.body)
		})
		_, err := newModel(t, tt.wire, s).GenerateContent(t.Context(), question)
		var wait waiter
		require.ErrorAs(t, err, &wait, name)
		require.Equal(t, tt.want, wait.RetryAfter(), name)
		require.True(t, llms.IsRateLimitError(err), name)
	}
}

// TestBrokenAnswers checks answers with the status 200 that are none.
func TestBrokenAnswers(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		good := w.answer("Anna works at Acme.", "")
		for name, tt := range map[string]struct {
			answer func(http.ResponseWriter, *http.Request, map[string]any)
			want   llms.ErrorCode
			shown  string
		}{
			"cut connection": {func(out http.ResponseWriter, r *http.Request, body map[string]any) {
				out.Header().Set("Content-Length", strconv.Itoa(len(good)))
				text(good[:len(good)/2])(out, r, body)
			}, llms.ErrCodeProviderUnavailable, "the answer was cut off"},
			"cut text":       {text(good[:len(good)/2]), llms.ErrCodeProviderUnavailable, "the answer was cut off"},
			"nothing":        {text(""), llms.ErrCodeProviderUnavailable, "the answer was cut off"},
			"another object": {text(`{"hello":"world"}`), "", ""},
			"page":           {text("<html>Sign in</html>"), "", ""},
			"endless": {func(out http.ResponseWriter, r *http.Request, _ map[string]any) {
				line := []byte(`{"message":{"role":"assistant","content":"again and again"},"done":false}` + "\n")
				for r.Context().Err() == nil {
					if _, err := out.Write(line); err != nil {
						return
					}
				}
			}, llms.ErrCodeUnknown, "the answer has over 8388608 bytes"},
			"no answer": {func(http.ResponseWriter, *http.Request, map[string]any) { panic(http.ErrAbortHandler) }, llms.ErrCodeProviderUnavailable, ""},
		} {
			s := serve(t, w, tt.answer)
			_, err := newModel(t, w, s).GenerateContent(t.Context(), question)
			without(t, err)
			var e *llms.Error
			require.ErrorAs(t, err, &e, name)
			if tt.want != "" {
				require.Equal(t, tt.want, e.Code, "%s: %v", name, err)
			}
			require.Contains(t, err.Error(), tt.shown, name)
			require.Less(t, len(err.Error()), 500, name)
			require.Len(t, s.received(), 1, "%s: nothing is repeated", name)
		}
	})
}

// FuzzAnswer checks that no answer of a provider, with any status, makes a model or an embedder panic, hang or show the key, and that an error
// has the promised type.
func FuzzAnswer(f *testing.F) {
	for _, w := range wires {
		f.Add(200, w.answer("Anna works at Acme.", ""))
		f.Add(200, w.structured(`{"n":3}`))
		f.Add(429, w.refusal(429, "rate_limit", "slow down "+key))
		if w.embedded != nil {
			f.Add(200, w.embedded([][]float32{{1, 2}}))
		}
	}
	for _, body := range []string{
		"null", "[]", "[null]", `"text"`, "0", `{"choices":[null]}`, `{"choices":[{"message":null}]}`, `{"choices":[{"message":{"content":"x"},"finish_reason":"function_call"}]}`,
		`{"choices":[{"message":{"tool_calls":[null]}}]}`, `{"content":[null]}`, `{"content":[{"type":"new"}]}`, `{"content":[]}`, `{"content":[{"type":"tool_use"}]}`, `{"candidates":[null]}`,
		`{"candidates":[{"content":null}]}`, `{"candidates":[{"content":{"parts":[{}]}}]}`, `{"promptFeedback":{"blockReason":1}}`, `{"candidates":[{"finishReason":"SAFETY"}]}`, `{"done":true}`,
		`{"done":true,"message":null}`, `{"error":null}`, `{"data":[null]}`, `{"data":[{}]}`, `{"embeddings":[null]}`, `{"embeddings":null}`, `{"embeddings":[{}]}`,
		`{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":-5,"completion_tokens":-7}}`,
	} {
		f.Add(200, body)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			status = 200
		}
		for _, w := range wires {
			s := serve(t, w, func(out http.ResponseWriter, _ *http.Request, _ map[string]any) {
				out.WriteHeader(status)
				_, _ = io.WriteString(out, body) // some statuses have no body
			})
			check := func(err error) {
				var e *llms.Error
				if err == nil {
					return
				}
				require.ErrorAs(t, err, &e)
				require.NotContains(t, err.Error(), key)
				require.Less(t, len(err.Error()), 700)
			}
			m := newModel(t, w, s)
			for _, generate := range []func() (*llms.ContentResponse, error){
				func() (*llms.ContentResponse, error) { return m.GenerateContent(t.Context(), question) },
				func() (*llms.ContentResponse, error) {
					return m.GenerateJSON(t.Context(), question, json.RawMessage(schema))
				},
			} {
				r, err := generate()
				if check(err); err != nil {
					continue
				}
				require.NotEmpty(t, r.Choices)
				for _, c := range r.Choices {
					require.GreaterOrEqual(t, c.GenerationInfo["PromptTokens"], 0)
					require.GreaterOrEqual(t, c.GenerationInfo["CompletionTokens"], 0)
				}
			}
			if w.embedding != "" {
				e, err := providers.Embedder(t.Context(), w.embedding, options(w, s))
				require.NoError(t, err)
				_, err = e.EmbedDocuments(t.Context(), []string{"a"})
				check(err)
			}
			s.Close()
		}
	})
}

func TestNobodyListens(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		s := serve(t, w, text(""))
		m := newModel(t, w, s)
		s.Close()
		_, err := m.GenerateContent(t.Context(), question)
		without(t, err)
		require.True(t, llms.IsProviderUnavailableError(err), "%v", err)
	})
}

// TestContextEnds checks that a call ends with its caller's context, before and while the provider answers.
func TestContextEnds(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		arrived := make(chan struct{}, 8)
		s := serve(t, w, func(out http.ResponseWriter, r *http.Request, _ map[string]any) {
			out.WriteHeader(http.StatusOK)
			_, _ = io.WriteString(out, "{")
			out.(http.Flusher).Flush()
			arrived <- struct{}{}
			<-r.Context().Done()
		})
		m := newModel(t, w, s)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-arrived
			cancel()
		}()
		_, err := m.GenerateContent(ctx, question)
		require.ErrorIs(t, err, context.Canceled)
		require.True(t, llms.IsCanceledError(err), "%v", err)

		_, err = m.GenerateContent(ctx, question)
		require.ErrorIs(t, err, context.Canceled)
		require.Len(t, s.received(), 1, "a call that was over before it began")

		late, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err = m.GenerateContent(late, question)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.True(t, llms.IsTimeoutError(err), "%v", err)

		// The time of the HTTP client is not that of the caller.
		o := options(w, s)
		o.HTTPClient = &http.Client{Timeout: 50 * time.Millisecond}
		slow, err := providers.Model(t.Context(), w.model, o)
		require.NoError(t, err)
		_, err = slow.GenerateContent(t.Context(), question)
		require.True(t, llms.IsProviderUnavailableError(err), "%v", err)
		require.NotErrorIs(t, err, context.DeadlineExceeded)
	})
}

func TestEmbedder(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		if w.embedding == "" {
			_, err := providers.Embedder(t.Context(), w.name+"/embed-it", providers.Options{})
			require.ErrorContains(t, err, "offers no embedding models")
			return
		}
		next := 0 // requests come one after the other
		s := serve(t, w, func(out http.ResponseWriter, r *http.Request, body map[string]any) {
			inputs := 1
			if list, ok := body["input"].([]any); ok {
				inputs = len(list)
			} else if list, ok := body["requests"].([]any); ok {
				inputs = len(list)
			}
			var vectors [][]float32
			for range inputs {
				vectors = append(vectors, []float32{float32(next), 0.5})
				next++
			}
			text(w.embedded(vectors))(out, r, body)
		})
		e, err := providers.Embedder(t.Context(), w.embedding, options(w, s))
		require.NoError(t, err)
		texts := make([]string, 130)
		for i := range texts {
			texts[i] = fmt.Sprintf("text\n%d", i)
		}
		vectors, err := e.EmbedDocuments(t.Context(), texts)
		require.NoError(t, err)
		require.Len(t, vectors, 130)
		for i, v := range vectors {
			require.Equal(t, []float32{float32(i), 0.5}, v)
		}
		v, err := e.EmbedQuery(t.Context(), "hello")
		require.NoError(t, err)
		require.Equal(t, []float32{130, 0.5}, v)
		empty, err := e.EmbedDocuments(t.Context(), nil)
		require.NoError(t, err)
		require.Empty(t, empty)
		first := s.received()[0]
		require.Equal(t, w.paths[1], first.path)
		require.Equal(t, w.prefix+key, first.auth)
		require.Contains(t, encode(first.body), `text\n0`, "lines are kept")
		_, name, _ := strings.Cut(w.embedding, "/")
		require.Contains(t, first.body["model"], name)
		require.Equal(t, w.embedding, e.(interface{ EmbedderName() string }).EmbedderName())
	})
}

func TestEmbedderGetsOtherVectors(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		if w.embedding == "" {
			return
		}
		for name, vectors := range map[string][][]float32{"none": {}, "too many": {{1}, {2}, {3}}, "empty": {{}}} {
			e, err := providers.Embedder(t.Context(), w.embedding, options(w, serve(t, w, text(w.embedded(vectors)))))
			require.NoError(t, err)
			_, err = e.EmbedDocuments(t.Context(), []string{"a"})
			var typed *llms.Error
			require.ErrorAs(t, err, &typed, name)
		}
	})
}

func TestStream(t *testing.T) {
	t.Parallel()
	w := wires[0]
	for name, tt := range map[string]struct {
		body string
		want string
	}{
		"whole": {`data: {"choices":[{"delta":{"content":"Anna "}}]}` + "\n\n" + `data: {"choices":[{"delta":{"content":"works."}}]}` + "\n\ndata: [DONE]\n\n", "Anna works."},
		"long":  {strings.Repeat(`data: {"choices":[{"delta":{"content":"`+strings.Repeat("again ", 8_000)+`"}}]}`+"\n\n", 200), ""},
	} {
		s := serve(t, w, func(out http.ResponseWriter, _ *http.Request, _ map[string]any) { _, _ = io.WriteString(out, tt.body) })
		var streamed strings.Builder
		_, err := newModel(t, w, s).GenerateContent(t.Context(), question, llms.WithStreamingFunc(func(_ context.Context, chunk []byte) error {
			streamed.Write(chunk)
			return nil
		}))
		if tt.want == "" {
			var e *llms.Error
			require.ErrorAs(t, err, &e, name)
			require.ErrorContains(t, err, "bytes", name)
			continue
		}
		require.NoError(t, err, name)
		require.Equal(t, tt.want, streamed.String())
	}
}

func TestConcurrentCalls(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		s := serve(t, w, text(w.answer("yes", "")))
		m := newModel(t, w, s)
		done := make(chan error)
		for range 8 {
			go func() {
				r, err := m.GenerateContent(context.WithoutCancel(t.Context()), question)
				if err == nil && r.Choices[0].Content != "yes" {
					err = errors.New(r.Choices[0].Content)
				}
				done <- err
			}()
		}
		for range 8 {
			require.NoError(t, <-done)
		}
	})
}
