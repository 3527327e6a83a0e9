package providers

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tmc/langchaingo/embeddings"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/anthropic"
	"github.com/tmc/langchaingo/llms/googleai"
	"github.com/tmc/langchaingo/llms/ollama"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/spectron-go/spectron"
)

// vendor is what is particular to a provider.
type vendor struct {
	base      string         // the base URL of its own service; "": it has none
	env       []string       // the environment variables that may have its key
	free      bool           // it needs no key
	name      *regexp.Regexp // the names of its models, if these become part of a URL; nil: any
	authorize func(h http.Header, key string)
	chat      func(t target) (llms.Model, error)
	embedder  func(t target) (embeddings.EmbedderClient, error) // nil: it has no embedding models

	// edit changes a request that the client has made: it adds what the client cannot express, and removes what the caller did not ask for.
	edit func(body fields, at *url.URL, c call) error
	// shape changes a complete answer to the form that the client expects for the request it made. nil: it has that form.
	shape func(made *url.URL, body []byte) []byte
	// end reads the end of an answer: why the model stopped, or an error if the answer is not complete. nil: the client does.
	end func(body []byte) (stop string, err error)
}

// target is a model of a provider, and how to reach it.
type target struct {
	vendor   *vendor
	model    spectron.Model
	base     *url.URL
	key      func() string // "": none; a function, so that no print of a model shows it
	keyField string        // where the key is set, for errors
	client   *http.Client
}

// call is what a request is about.
type call struct {
	model   string
	base    *url.URL
	options llms.CallOptions
	schema  json.RawMessage // of the answer; nil: none
	streams bool            // the answer is read while it comes
}

// fields are those of a JSON object.
type fields map[string]json.RawMessage

// set sets a field.
func (f fields) set(name string, value any) error {
	encoded, err := json.Marshal(value)
	if err != nil {
		return err
	}
	f[name] = encoded
	return nil
}

// rename moves a field to another name.
func (f fields) rename(from, to string) {
	if value, ok := f[from]; ok {
		delete(f, from)
		f[to] = value
	}
}

// within changes an object in a field.
func (f fields) within(name string, change func(fields) error) error {
	inner := fields{}
	if value, ok := f[name]; ok {
		if err := json.Unmarshal(value, &inner); err != nil {
			return err
		}
	}
	if err := change(inner); err != nil {
		return err
	}
	return f.set(name, inner)
}

// unused stands for a key in the clients of langchaingo: exchange sets the real one, so that no client holds it.
const unused = "unused"

// answerName names the answer where a provider wants a name for a schema.
const answerName = "answer"

var vendors = map[string]*vendor{
	"openai": {
		base: "https://api.openai.com/v1", env: []string{"OPENAI_API_KEY"},
		authorize: bearer, chat: openaiChat, embedder: openaiEmbedder, edit: editOpenAI,
	},
	// Mistral's API is OpenAI's but for a few names. RATIONALE.md says why the client of langchaingo for it is not used.
	"mistral": {
		base: "https://api.mistral.ai/v1", env: []string{"MISTRAL_API_KEY"},
		authorize: bearer, chat: openaiChat, embedder: openaiEmbedder, edit: editMistral,
	},
	"anthropic": {
		base: "https://api.anthropic.com/v1", env: []string{"ANTHROPIC_API_KEY"},
		authorize: header("x-api-key"), chat: anthropicChat, edit: editAnthropic,
	},
	"googleai": {
		base: "https://generativelanguage.googleapis.com", env: []string{"GEMINI_API_KEY", "GOOGLE_API_KEY"}, name: googleName,
		authorize: header("x-goog-api-key"), chat: googleChat, embedder: googleEmbedder, edit: editGoogle, shape: shapeGoogle,
	},
	"ollama": {
		base: "http://127.0.0.1:11434", env: []string{"OLLAMA_API_KEY"}, free: true,
		authorize: bearer, chat: ollamaChat, embedder: ollamaEmbedder, edit: editOllama, end: endOllama,
	},
}

// compatible is an endpoint with OpenAI's API.
func compatible(name string) *vendor {
	env := strings.ToUpper(strings.ReplaceAll(name, "-", "_")) + "_API_KEY"
	return &vendor{env: []string{env}, authorize: bearer, chat: openaiChat, embedder: openaiEmbedder, edit: editCompatible}
}

func bearer(h http.Header, key string) {
	if h.Del("Authorization"); key != "" {
		h.Set("Authorization", "Bearer "+key)
	}
}

func header(name string) func(http.Header, string) {
	return func(h http.Header, key string) { h.Set(name, key) }
}

// OpenAI, and what has its API.

func openaiClient(t target) (*openai.LLM, error) {
	// Every option is given, because the client reads those that are not from the environment.
	return openai.New(
		openai.WithToken(unused), openai.WithModel(t.model.Name), openai.WithEmbeddingModel(t.model.Name), openai.WithBaseURL(t.base.String()),
		openai.WithOrganization(""), openai.WithHTTPClient(shared),
	)
}

func openaiChat(t target) (llms.Model, error) { return openaiClient(t) }

func openaiEmbedder(t target) (embeddings.EmbedderClient, error) { return openaiClient(t) }

// reasoning matches the models of OpenAI that refuse a temperature.
var reasoning = regexp.MustCompile(`^(.*/)?(o\d|gpt-5)`)

func editOpenAI(body fields, _ *url.URL, c call) error {
	if reasoning.MatchString(c.model) {
		delete(body, "temperature")
	}
	if c.schema == nil {
		return nil
	}
	return body.set("response_format", map[string]any{
		"type": "json_schema", "json_schema": map[string]any{"name": answerName, "strict": true, "schema": c.schema},
	})
}

func editCompatible(body fields, at *url.URL, c call) error {
	body.rename("max_completion_tokens", "max_tokens") // the older name, which all of them know
	return editOpenAI(body, at, c)
}

func editMistral(body fields, at *url.URL, c call) error {
	body.rename("seed", "random_seed")
	return editCompatible(body, at, c)
}

// Anthropic.

func anthropicChat(t target) (llms.Model, error) {
	return anthropic.New(
		anthropic.WithToken(unused), anthropic.WithModel(t.model.Name), anthropic.WithBaseURL(t.base.String()), anthropic.WithHTTPClient(shared),
	)
}

// anthropicTokens is the length of an answer if the caller sets none: the API wants one, and every model allows this.
const anthropicTokens = 4_096

func editAnthropic(body fields, _ *url.URL, c call) error {
	if c.options.MaxTokens == 0 {
		if err := body.set("max_tokens", anthropicTokens); err != nil {
			return err
		}
	}
	if c.schema == nil {
		return nil
	}
	// The model must call a tool whose arguments are the answer. The client cannot force a tool.
	if err := body.set("tools", []map[string]any{{"name": answerName, "description": "Takes the answer.", "input_schema": c.schema}}); err != nil {
		return err
	}
	return body.set("tool_choice", map[string]any{"type": "tool", "name": answerName})
}

// Google.

// googleName matches names of models: they become part of a URL.
var googleName = regexp.MustCompile(`^((models|tunedModels)/)?[A-Za-z0-9][A-Za-z0-9._-]*$`)

// google is the client of the process. A client cannot be closed completely: its connection for cached content stays. So there is one, and
// exchange sends each request where it belongs.
var google = sync.OnceValues(func() (*googleai.GoogleAI, error) {
	return googleai.New(context.Background(),
		googleai.WithAPIKey(unused), googleai.WithHTTPClient(shared), googleai.WithDefaultTemperature(0), googleai.WithDefaultEmbeddingModel(unused))
})

// googleModel uses a copy of the client for each call, because a call writes the name of its model into the client.
type googleModel struct{ client *googleai.GoogleAI }

func (m googleModel) GenerateContent(ctx context.Context, messages []llms.MessageContent, options ...llms.CallOption) (*llms.ContentResponse, error) {
	own := *m.client
	return own.GenerateContent(ctx, messages, options...)
}

func (m googleModel) Call(ctx context.Context, prompt string, options ...llms.CallOption) (string, error) {
	return llms.GenerateFromSinglePrompt(ctx, m, prompt, options...)
}

func googleChat(target) (llms.Model, error) {
	client, err := google()
	return googleModel{client}, err
}

func googleEmbedder(target) (embeddings.EmbedderClient, error) { return google() }

// googleStream is the method that the client calls for more than one message, even if the caller wants no stream. It then takes the usage
// from the first part of the stream, where most of the answer is not counted yet. So such a call is made without a stream.
const googleStream = "streamGenerateContent"

// shapeGoogle makes a stream of one part.
func shapeGoogle(made *url.URL, body []byte) []byte {
	if !strings.HasSuffix(made.Path, ":"+googleStream) {
		return body
	}
	return slices.Concat([]byte("["), body, []byte("]"))
}

func editGoogle(body fields, at *url.URL, c call) error {
	// The client sends all requests to Google's host, and embeds with one model.
	name := c.model
	if !strings.Contains(name, "/") {
		name = "models/" + name
	}
	_, method, _ := strings.Cut(at.Path, ":")
	if method == googleStream && !c.streams {
		method = "generateContent"
	}
	at.Scheme, at.Host, at.Path = c.base.Scheme, c.base.Host, c.base.Path+"/v1beta/"+name+":"+method
	if err := body.set("model", name); err != nil {
		return err
	}
	if texts, ok := body["requests"]; ok {
		var requests []fields
		if err := json.Unmarshal(texts, &requests); err != nil {
			return err
		}
		for _, r := range requests {
			if err := r.set("model", name); err != nil {
				return err
			}
		}
		return body.set("requests", requests)
	}
	return body.within("generationConfig", func(config fields) error {
		for field, set := range map[string]bool{"topK": c.options.TopK > 0, "topP": c.options.TopP > 0, "maxOutputTokens": c.options.MaxTokens > 0} {
			if !set {
				delete(config, field) // a default of the client that is too small
			}
		}
		if c.schema != nil {
			config["responseMimeType"], config["responseJsonSchema"] = json.RawMessage(`"application/json"`), c.schema
		}
		return nil
	})
}

// Ollama.

func ollamaClient(t target) (*ollama.LLM, error) {
	return ollama.New(ollama.WithServerURL(t.base.String()), ollama.WithModel(t.model.Name), ollama.WithHTTPClient(shared))
}

func ollamaChat(t target) (llms.Model, error) { return ollamaClient(t) }

func ollamaEmbedder(t target) (embeddings.EmbedderClient, error) { return ollamaClient(t) }

// Ollama cuts a prompt that is longer than the window of the model, without a word. So the window fits the prompt. It only has a few sizes,
// because a model is loaded again for another one.
const (
	smallestWindow = 8_192 // tokens
	largestWindow  = 131_072
	bytesPerToken  = 3 // few enough for languages that have more tokens than English
	answerTokens   = 4_096
)

func editOllama(body fields, _ *url.URL, c call) error {
	if c.schema != nil {
		body["format"] = c.schema
	}
	messages, ok := body["messages"]
	if !ok {
		return nil // texts to embed
	}
	window, needed := smallestWindow, len(messages)/bytesPerToken+max(c.options.MaxTokens, answerTokens)
	for window < needed && window < largestWindow {
		window *= 2
	}
	return body.within("options", func(o fields) error { return o.set("num_ctx", window) })
}

// maxOllamaLine is the longest line that the client reads. It takes a longer one for the end.
const maxOllamaLine = 500_000

// endOllama checks the last line of an answer: the client takes any line for the last.
func endOllama(body []byte) (string, error) {
	lines := strings.Split(strings.TrimSpace(string(body)), "\n")
	var last struct {
		Done   *bool
		Reason string `json:"done_reason"`
		Error  string
		Embeds json.RawMessage `json:"embeddings"`
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		return "", errCut
	}
	switch {
	case last.Error != "":
		return "", fmt.Errorf("the server reports: %s", last.Error)
	case last.Embeds != nil:
		return "", nil
	case last.Done == nil || !*last.Done:
		return "", errCut
	}
	for _, line := range lines {
		if len(line) > maxOllamaLine {
			return "", fmt.Errorf("a line of %d bytes (at most %d)", len(line), maxOllamaLine)
		}
	}
	return last.Reason, nil
}
