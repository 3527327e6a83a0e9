package providers_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/providers"
)

// key is the API key of all tests. No error may contain it.
const key = "sk-canary-0123456789"

// wire is how a provider talks.
type wire struct {
	name      string
	model     string // full names
	embedding string
	paths     []string // of a chat with a system message, and of texts to embed
	header    string   // that has the key
	prefix    string   // before the key in the header

	// answer is the body with a text, 11 prompt tokens, 7 completion tokens and a reason to stop. embedded has vectors.
	answer   func(text, stop string) string
	length   string // the reason to stop at the limit of tokens
	embedded func(vectors [][]float32) string
	// structured is an answer to a request with a schema.
	structured func(text string) string
	// refusal is the body of an error.
	refusal func(status int, code, text string) string
	// schema reads the schema of a request, and plain whether it asks for any JSON.
	schema func(body map[string]any) any
	plain  func(body map[string]any) bool
	// said returns the texts of a request: system and question.
	said func(body map[string]any) string
}

func at(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

func encode(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

type object = map[string]any

func openaiAnswer(text, stop string) string {
	if stop == "" {
		stop = "stop"
	}
	return encode(object{
		"id": "chatcmpl-1", "object": "chat.completion",
		"choices": []object{{"index": 0, "message": object{"role": "assistant", "content": text}, "finish_reason": stop}},
		"usage":   object{"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
	})
}

func openaiEmbedded(vectors [][]float32) string {
	var data []object
	for i, v := range vectors {
		data = append(data, object{"object": "embedding", "index": i, "embedding": v})
	}
	return encode(object{"object": "list", "data": data, "usage": object{"prompt_tokens": 3, "total_tokens": 3}})
}

func openaiRefusal(_ int, code, text string) string {
	return encode(object{"error": object{"message": text, "type": "some_error", "code": code}})
}

func openaiSchema(body map[string]any) any {
	return at(body, "response_format", "json_schema", "schema")
}

func openaiPlain(body map[string]any) bool {
	return at(body, "response_format", "type") == "json_object"
}

func openaiSaid(body map[string]any) string {
	return fmt.Sprint(at(body, "messages", 0, "content"), "|", at(body, "messages", 1, "content"))
}

var wires = []wire{
	{
		name: "openai", model: "openai/gpt-4o-mini", embedding: "openai/text-embedding-3-small", paths: []string{"/chat/completions", "/embeddings"},
		header: "Authorization", prefix: "Bearer ", answer: openaiAnswer, length: "length", embedded: openaiEmbedded, refusal: openaiRefusal,
		structured: func(text string) string { return openaiAnswer(text, "") }, schema: openaiSchema, plain: openaiPlain, said: openaiSaid,
	},
	{
		name: "mistral", model: "mistral/mistral-small-latest", embedding: "mistral/mistral-embed", paths: []string{"/chat/completions", "/embeddings"},
		header: "Authorization", prefix: "Bearer ", answer: openaiAnswer, length: "model_length", embedded: openaiEmbedded,
		refusal: func(_ int, code, text string) string {
			return encode(object{"object": "error", "message": text, "type": code, "param": nil, "code": "3051"})
		},
		structured: func(text string) string { return openaiAnswer(text, "") }, schema: openaiSchema, plain: openaiPlain, said: openaiSaid,
	},
	{
		name: "other", model: "other/meta/llama-3:8b", embedding: "other/nomic-embed-text", paths: []string{"/chat/completions", "/embeddings"},
		header: "Authorization", prefix: "Bearer ", answer: openaiAnswer, length: "length", embedded: openaiEmbedded,
		refusal:    func(_ int, code, text string) string { return encode(object{"detail": code + " " + text}) },
		structured: func(text string) string { return openaiAnswer(text, "") }, schema: openaiSchema, plain: openaiPlain, said: openaiSaid,
	},
	{
		name: "anthropic", model: "anthropic/claude-haiku-4-5", paths: []string{"/messages"}, header: "X-Api-Key", length: "max_tokens",
		answer: func(text, stop string) string {
			if stop == "" {
				stop = "end_turn"
			}
			half := len(text) / 2
			return encode(object{
				"id": "msg_1", "type": "message", "role": "assistant", "stop_reason": stop,
				"content": []object{{"type": "thinking", "thinking": "hm", "signature": "x"}, {"type": "text", "text": text[:half]}, {"type": "text", "text": text[half:]}},
				"usage":   object{"input_tokens": 4, "cache_read_input_tokens": 5, "cache_creation_input_tokens": 2, "output_tokens": 7},
			})
		},
		structured: func(text string) string {
			return encode(object{
				"id": "msg_1", "type": "message", "role": "assistant", "stop_reason": "tool_use",
				"content": []object{{"type": "text", "text": "Here:"}, {"type": "tool_use", "id": "t1", "name": "answer", "input": json.RawMessage(text)}},
				"usage":   object{"input_tokens": 11, "output_tokens": 7},
			})
		},
		refusal: func(_ int, code, text string) string {
			return encode(object{"type": "error", "error": object{"type": code, "message": text}})
		},
		schema: func(body map[string]any) any {
			if at(body, "tool_choice", "name") != at(body, "tools", 0, "name") {
				return nil
			}
			return at(body, "tools", 0, "input_schema")
		},
		plain: func(body map[string]any) bool { return body["tools"] == nil },
		said: func(body map[string]any) string {
			return fmt.Sprint(body["system"], "|", at(body, "messages", 0, "content", 0, "text"))
		},
	},
	{
		name: "googleai", model: "googleai/gemini-2.5-flash", embedding: "googleai/gemini-embedding-001",
		paths:  []string{"/v1beta/models/gemini-2.5-flash:generateContent", "/v1beta/models/gemini-embedding-001:batchEmbedContents"},
		header: "X-Goog-Api-Key", length: "MAX_TOKENS",
		answer: func(text, stop string) string {
			if stop == "" {
				stop = "STOP"
			}
			return encode(object{
				"candidates": []object{{"content": object{"role": "model", "parts": []object{{"text": text, "thoughtSignature": "eA=="}}}, "finishReason": stop, "index": 0}},
				// 4 tokens of thoughts.
				"usageMetadata": object{"promptTokenCount": 11, "candidatesTokenCount": 3, "thoughtsTokenCount": 4, "totalTokenCount": 18},
				"modelVersion":  "gemini-2.5-flash",
			})
		},
		structured: func(text string) string {
			return encode(object{
				"candidates":    []object{{"content": object{"role": "model", "parts": []object{{"text": text}}}, "finishReason": 1}},
				"usageMetadata": object{"promptTokenCount": 11, "candidatesTokenCount": 7, "totalTokenCount": 18},
			})
		},
		embedded: func(vectors [][]float32) string {
			var list []object
			for _, v := range vectors {
				list = append(list, object{"values": v})
			}
			return encode(object{"embeddings": list})
		},
		refusal: func(status int, code, text string) string {
			return encode(object{"error": object{"code": status, "message": text, "status": code}})
		},
		schema: func(body map[string]any) any { return at(body, "generationConfig", "responseJsonSchema") },
		plain: func(body map[string]any) bool {
			return at(body, "generationConfig", "responseMimeType") == "application/json" && at(body, "generationConfig", "responseJsonSchema") == nil
		},
		said: func(body map[string]any) string {
			return fmt.Sprint(at(body, "systemInstruction", "parts", 0, "text"), "|", at(body, "contents", 0, "parts", 0, "text"))
		},
	},
	{
		name: "ollama", model: "ollama/llama3.2", embedding: "ollama/nomic-embed-text", paths: []string{"/api/chat", "/api/embed"}, length: "length",
		header: "Authorization", prefix: "Bearer ",
		answer: func(text, stop string) string {
			if stop == "" {
				stop = "stop"
			}
			half := len(text) / 2
			return encode(object{"model": "llama3.2", "message": object{"role": "assistant", "content": text[:half]}, "done": false}) + "\n" +
				encode(object{"model": "llama3.2", "message": object{"role": "assistant", "content": text[half:]}, "done": false}) + "\n" +
				encode(object{
					"model": "llama3.2", "message": object{"role": "assistant", "content": ""}, "done": true, "done_reason": stop,
					"prompt_eval_count": 11, "eval_count": 7,
				}) + "\n"
		},
		structured: func(text string) string {
			return encode(object{"message": object{"role": "assistant", "content": text}, "done": true, "done_reason": "stop", "prompt_eval_count": 11, "eval_count": 7})
		},
		embedded: func(vectors [][]float32) string { return encode(object{"model": "m", "embeddings": vectors}) },
		refusal: func(_ int, code, text string) string {
			return encode(object{"error": strings.TrimSpace(code + " " + text)})
		},
		schema: func(body map[string]any) any {
			if schema, ok := body["format"].(map[string]any); ok {
				return schema
			}
			return nil
		},
		plain: func(body map[string]any) bool { return body["format"] == "json" },
		said:  openaiSaid,
	},
}

// request is what a server received.
type request struct {
	path string
	auth string
	body map[string]any
}

// server plays a provider.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []request
}

// serve starts a server whose answers a test writes.
func serve(t *testing.T, w wire, answer func(http.ResponseWriter, *http.Request, map[string]any)) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		var body map[string]any
		if err == nil {
			err = json.Unmarshal(text, &body)
		}
		if err != nil {
			t.Errorf("%s: the request %q: %v", w.name, text, err)
		}
		s.mu.Lock()
		s.requests = append(s.requests, request{r.URL.Path, r.Header.Get(w.header), body})
		s.mu.Unlock()
		answer(out, r, body)
	}))
	t.Cleanup(s.Close)
	return s
}

// received returns the requests so far.
func (s *server) received() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]request(nil), s.requests...)
}

// options let the provider of w be the server.
func options(w wire, s *server) providers.Options {
	o := providers.Options{Keys: map[string]spectron.Secret{w.name: key}}
	if w.name == "other" {
		o.Compatible = map[string]string{w.name: s.URL}
	} else {
		o.BaseURLs = map[string]string{w.name: s.URL + "/"}
	}
	return o
}

// each runs a test for each provider.
func each(t *testing.T, test func(t *testing.T, w wire)) {
	t.Helper()
	t.Parallel()
	for _, w := range wires {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			test(t, w)
		})
	}
}

// text answers with a body.
func text(body string) func(http.ResponseWriter, *http.Request, map[string]any) {
	return func(out http.ResponseWriter, _ *http.Request, _ map[string]any) {
		out.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(out, body) // a client that is gone is what some tests want
	}
}

// without checks that an error does not show the key.
func without(t *testing.T, err error) {
	t.Helper()
	require.Error(t, err)
	for _, shown := range []string{err.Error(), fmt.Sprintf("%+v %#v", err, err)} {
		require.NotContains(t, shown, key)
	}
}
