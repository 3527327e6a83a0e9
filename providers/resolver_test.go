package providers_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/providers"
	"github.com/spectron-go/spectron/spectrontest"
)

// nowhere is a URL where nobody listens.
const nowhere = "http://127.0.0.1:9/v1"

// fault checks an error of package spectron.
func fault(t *testing.T, err, code error, field, shown string) {
	t.Helper()
	without(t, err)
	require.ErrorIs(t, err, code)
	var e *spectron.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, field, e.Field, "%v", err)
	require.Contains(t, err.Error(), shown)
}

func spec(name string, k spectron.Secret) spectron.ModelSpec {
	var m spectron.Model
	m.Provider, m.Name, _ = strings.Cut(name, "/")
	return spectron.ModelSpec{ContextID: "test", Stage: spectron.StageExtraction, Model: m, Key: k}
}

func TestResolveModelRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	r, err := providers.New(providers.Options{Compatible: map[string]string{"openrouter": nowhere, "local": nowhere}, Keyless: []string{"local"}})
	require.NoError(t, err)
	const models = "Config.Models[extraction]"
	for name, tt := range map[string]struct {
		model string
		key   spectron.Secret
		field string
		shown string
	}{
		"no key":               {"openai/gpt-4o-mini", "", "Config.Providers[openai]", "set Config.Providers[openai], or Options.Keys[openai] of package providers"},
		"no key, compatible":   {"openrouter/meta/llama-3", "", "Config.Providers[openrouter]", "no API key for openrouter/meta/llama-3"},
		"unknown provider":     {"opnai/gpt-4o-mini", key, models, `unknown provider "opnai"; known are anthropic, googleai, local, mistral, ollama, openai, openrouter`},
		"embedding":            {"openai/text-embedding-3-small", key, models, "openai/text-embedding-3-small is an embedding model, and a model that writes text is needed"},
		"embedding, ollama":    {"ollama/nomic-embed-text", "", models, "an embedding model"},
		"embedding, google":    {"googleai/gemini-embedding-001", key, models, "an embedding model"},
		"embedding, in a path": {"openrouter/baai/BGE-m3", key, models, "an embedding model"},
		"speech":               {"openai/whisper-1", key, models, "a model for speech"},
		"images":               {"googleai/imagen-4.0-generate-001", key, models, "a model for images"},
		"moderation":           {"mistral/mistral-moderation-latest", key, models, "a model for moderation"},
		"another URL":          {"googleai/../../v1/files", key, models, "cannot be the name of a model of googleai"},
		"another method":       {"googleai/gemini:delete?x", key, models, "cannot be the name of a model of googleai"},
		"key with a line":      {"openai/gpt-4o-mini", key + "\nX: y", "Config.Providers[openai]", "printable ASCII"},
		"no name":              {"openai/", key, models, ""},
	} {
		m, err := r.ResolveModel(t.Context(), spec(tt.model, tt.key))
		require.Nil(t, m, name)
		fault(t, err, spectron.ErrInvalid, tt.field, tt.shown)
	}
}

func TestResolveModelCallsNobody(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		s := serve(t, w, text(w.answer("yes", "")))
		o := options(w, s)
		o.Keys = nil
		r, err := providers.New(o)
		require.NoError(t, err)
		m, err := r.ResolveModel(t.Context(), spec(w.model, key))
		require.NoError(t, err)
		require.Empty(t, s.received())
		answer, err := llms.GenerateFromSinglePrompt(t.Context(), m, "Well?")
		require.NoError(t, err)
		require.Equal(t, "yes", answer)
		require.Equal(t, w.prefix+key, s.received()[0].auth)

		// The key of a Context goes before that of the options.
		o.Keys = map[string]spectron.Secret{w.name: "another"}
		r, err = providers.New(o)
		require.NoError(t, err)
		for used, k := range map[string]spectron.Secret{key: key, "another": ""} {
			m, err := r.ResolveModel(t.Context(), spec(w.model, k))
			require.NoError(t, err)
			_, err = llms.GenerateFromSinglePrompt(t.Context(), m, "Well?")
			require.NoError(t, err)
			received := s.received()
			require.Equal(t, w.prefix+used, received[len(received)-1].auth)
		}

		// Only the name of a model and its methods are printed.
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
			require.Equal(t, w.model, fmt.Sprintf(verb, m))
			require.NotContains(t, fmt.Sprintf(verb, struct{ M llms.Model }{m}), key)
			require.NotContains(t, fmt.Sprintf(verb, o), "another")
			require.NotContains(t, fmt.Sprintf(verb, struct{ O *providers.Options }{&o}), "another")
			require.NotContains(t, fmt.Sprintf(verb, *r), "another")
		}
	})
}

func TestKeyless(t *testing.T) {
	t.Parallel()
	for _, w := range []wire{wires[2], wires[5]} {
		s := serve(t, w, text(w.answer("yes", "")))
		o := options(w, s)
		if o.Keys = nil; w.name == "other" {
			o.Keyless = []string{"other"}
		}
		m, err := providers.Model(t.Context(), w.model, o)
		require.NoError(t, err)
		_, err = m.GenerateContent(t.Context(), question)
		require.NoError(t, err)
		require.Empty(t, s.received()[0].auth)
	}
}

func TestEnvironment(t *testing.T) {
	for _, w := range wires {
		for _, variable := range []string{"OPENAI", "ANTHROPIC", "GEMINI", "MISTRAL", "OLLAMA", "OTHER"} {
			t.Setenv(variable+"_API_KEY", "")
		}
		variable := map[string]string{"googleai": "GOOGLE"}[w.name]
		if variable == "" {
			variable = strings.ToUpper(w.name)
		}
		t.Setenv(variable+"_API_KEY", " "+key+"\n")
		// What the clients of langchaingo would read.
		t.Setenv("OPENAI_BASE_URL", nowhere)
		t.Setenv("OPENAI_ORGANIZATION", "nobody")
		t.Setenv("OLLAMA_HOST", nowhere)
		t.Setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nonexistent")
		s := serve(t, w, text(w.answer("yes", "")))
		o := options(w, s)
		o.Keys = nil
		m, err := providers.Model(t.Context(), w.model, o)
		if w.name != "ollama" {
			fault(t, err, spectron.ErrInvalid, "Options.Keys["+w.name+"]", "or Options.FromEnvironment with ")
		} else {
			require.NoError(t, err)
			_, err = m.GenerateContent(t.Context(), question)
			require.NoError(t, err)
			require.Empty(t, s.received()[0].auth)
		}
		o.FromEnvironment = true
		m, err = providers.Model(t.Context(), w.model, o)
		require.NoError(t, err)
		_, err = m.GenerateContent(t.Context(), question)
		require.NoError(t, err)
		received := s.received()
		require.Equal(t, w.prefix+key, received[len(received)-1].auth)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	many := map[string]string{}
	for i := range 65 {
		many[fmt.Sprintf("p%d", i)] = nowhere
	}
	url := func(s string) map[string]string { return map[string]string{"openai": s} }
	for name, tt := range map[string]struct {
		o     providers.Options
		code  error
		field string
	}{
		"base of nobody":       {providers.Options{BaseURLs: map[string]string{"opnai": nowhere}}, spectron.ErrInvalid, "Options.BaseURLs[opnai]"},
		"no URL":               {providers.Options{BaseURLs: url("api.openai.com")}, spectron.ErrInvalid, "Options.BaseURLs[openai]"},
		"other scheme":         {providers.Options{BaseURLs: url("file:///etc")}, spectron.ErrInvalid, "Options.BaseURLs[openai]"},
		"no host":              {providers.Options{BaseURLs: url("https:///v1")}, spectron.ErrInvalid, "Options.BaseURLs[openai]"},
		"password":             {providers.Options{BaseURLs: url("https://u:" + key + "@example.com/")}, spectron.ErrInvalid, "Options.BaseURLs[openai]"},
		"query":                {providers.Options{BaseURLs: url("https://example.com/?key=" + key)}, spectron.ErrInvalid, "Options.BaseURLs[openai]"},
		"control character":    {providers.Options{BaseURLs: url("https://example.com/" + key + "\x7f")}, spectron.ErrInvalid, "Options.BaseURLs[openai]"},
		"long URL":             {providers.Options{BaseURLs: url("https://example.com/" + strings.Repeat("x", 3000))}, spectron.ErrTooLarge, "Options.BaseURLs[openai]"},
		"compatible, a name":   {providers.Options{Compatible: map[string]string{"Open Router": nowhere}}, spectron.ErrInvalid, "Options.Compatible"},
		"compatible, taken":    {providers.Options{Compatible: url(nowhere)}, spectron.ErrInvalid, "Options.Compatible[openai]"},
		"compatible, no URL":   {providers.Options{Compatible: map[string]string{"x": ""}}, spectron.ErrInvalid, "Options.Compatible[x]"},
		"compatible, too many": {providers.Options{Compatible: many}, spectron.ErrTooLarge, "Options.Compatible"},
		"keyless, unknown":     {providers.Options{Keyless: []string{"openai"}}, spectron.ErrInvalid, "Options.Keyless"},
		"key of nobody":        {providers.Options{Keys: map[string]spectron.Secret{"opnai": key}}, spectron.ErrInvalid, "Options.Keys[opnai]"},
		"empty key":            {providers.Options{Keys: map[string]spectron.Secret{"openai": ""}}, spectron.ErrInvalid, "Options.Keys[openai]"},
		"key with a line":      {providers.Options{Keys: map[string]spectron.Secret{"openai": key + "\n"}}, spectron.ErrInvalid, "Options.Keys[openai]"},
		"long key":             {providers.Options{Keys: map[string]spectron.Secret{"openai": spectron.Secret(strings.Repeat("k", 5000))}}, spectron.ErrInvalid, "Options.Keys[openai]"},
	} {
		_, err := providers.New(tt.o)
		fault(t, err, tt.code, tt.field, "")
		_, err = providers.Model(t.Context(), "openai/gpt-4o", tt.o)
		require.ErrorIs(t, err, tt.code, name)
		_, err = providers.Embedder(t.Context(), "openai/text-embedding-3-small", tt.o)
		require.ErrorIs(t, err, tt.code, name)
	}
}

func TestNamesOfModels(t *testing.T) {
	t.Parallel()
	o := providers.Options{Keys: map[string]spectron.Secret{"openai": key, "googleai": key, "mistral": key, "anthropic": key, "x": key}, Compatible: map[string]string{"x": nowhere}}
	for _, name := range []string{"", "gpt-4o", "/gpt-4o", "openai/", "openai/text-embedding-3-large", "x/mxbai-embed-large", "x/jina-reranker-v2"} {
		_, err := providers.Model(t.Context(), name, o)
		fault(t, err, spectron.ErrInvalid, "name", "")
	}
	for _, name := range []string{"", "openai/gpt-4o", "openai/o3-mini", "googleai/gemini-2.5-flash", "mistral/mistral-large-latest", "ollama/llama3.2", "anthropic/claude-haiku-4-5", "x/meta/llama-3", "openai/whisper-1"} {
		_, err := providers.Embedder(t.Context(), name, o)
		fault(t, err, spectron.ErrInvalid, "name", "")
	}
	for _, name := range []string{
		"openai/gpt-4o", "openai/o3", "openai/gpt-5-mini", "openai/ft:gpt-4o-mini:acme::abc", "openai/chatgpt-4o-latest", "googleai/gemini-2.5-pro", "googleai/models/gemini-2.5-pro",
		"googleai/gemma-3-27b-it", "mistral/codestral-latest", "mistral/ministral-8b-latest", "ollama/qwen3:8b", "ollama/hf.co/bartowski/Llama-3.2-3B:Q4_K_M", "anthropic/claude-opus-4-1",
		"x/openai/gpt-oss-120b", "x/some-unheard-of-model", "ollama/gpt-oss:20b", "x/mistralai/voxtral-small-24b",
	} {
		_, err := providers.Model(t.Context(), name, o)
		require.NoError(t, err, name)
	}
	for _, name := range []string{
		"openai/text-embedding-ada-002", "googleai/text-embedding-004", "googleai/gemini-embedding-001", "mistral/codestral-embed", "ollama/embeddinggemma", "ollama/qwen3-embedding:0.6b",
		"ollama/all-minilm:33m", "x/baai/bge-m3", "x/some-unheard-of-model",
	} {
		_, err := providers.Embedder(t.Context(), name, o)
		require.NoError(t, err, name)
	}
}

// TestReasoningModels checks that models which refuse a temperature get none, and others do.
func TestReasoningModels(t *testing.T) {
	t.Parallel()
	w := wires[0]
	s := serve(t, w, text(w.answer("yes", "")))
	for name, want := range map[string]bool{"openai/o1": false, "openai/o4-mini": false, "openai/gpt-5.1": false, "openai/gpt-4.1": true} {
		m, err := providers.Model(t.Context(), name, options(w, s))
		require.NoError(t, err)
		_, err = m.GenerateContent(t.Context(), question, llms.WithTemperature(0.2))
		require.NoError(t, err)
		received := s.received()
		_, sent := received[len(received)-1].body["temperature"]
		require.Equal(t, want, sent, name)
	}
}

// TestOllamaHasAWindow checks that a long prompt gets a window it fits into, and that there are few sizes.
func TestOllamaHasAWindow(t *testing.T) {
	t.Parallel()
	w := wires[5]
	s := serve(t, w, text(w.answer("yes", "")))
	m := newModel(t, w, s)
	for _, size := range []int{10, 30_000, 60_000, 5_000_000} {
		_, err := m.GenerateContent(t.Context(), []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, strings.Repeat("x", size))})
		require.NoError(t, err)
	}
	var got []any
	for _, r := range s.received() {
		got = append(got, at(r.body, "options", "num_ctx"))
	}
	require.Equal(t, []any{8192.0, 16384.0, 32768.0, 131072.0}, got)
}

// TestRedirectsKeepTheKey checks that no other server gets a key, whatever the HTTP client of the program does with redirects.
func TestRedirectsKeepTheKey(t *testing.T) {
	each(t, func(t *testing.T, w wire) {
		other := serve(t, w, text(w.answer("stolen", "")))
		s := serve(t, w, func(out http.ResponseWriter, r *http.Request, _ map[string]any) {
			http.Redirect(out, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
		})
		o := options(w, s)
		o.HTTPClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}
		m, err := providers.Model(t.Context(), w.model, o)
		require.NoError(t, err)
		_, err = m.GenerateContent(t.Context(), question)
		without(t, err)
		require.Empty(t, other.received())
	})
}

// TestContextConfiguresItsModel checks that what a Context configures is refused if it cannot work, and else is used with its key.
func TestContextConfiguresItsModel(t *testing.T) {
	t.Parallel()
	w := wires[0]
	refusals := 1
	s := serve(t, w, func(out http.ResponseWriter, r *http.Request, body map[string]any) {
		if refusals > 0 {
			refusals--
			out.Header().Set("Retry-After-Ms", "20")
			out.WriteHeader(http.StatusTooManyRequests)
			return
		}
		text(w.answer(encode(object{"items": []object{{
			"message": 1, "kind": "relation", "entity": object{"type": "person", "name": "I"}, "key": "allergic_to", "value": "",
			"target": object{"type": "topic", "name": "nuts"}, "category": "identity", "confidence": 0.9, "quote": "Anything with nuts sends me to the hospital",
			"from": "", "until": "", "reason": "",
		}}}), ""))(out, r, body)
	})
	models, err := providers.New(providers.Options{BaseURLs: map[string]string{"openai": s.URL}})
	require.NoError(t, err)
	mgr := spectrontest.Open(t, &spectron.Options{Models: models})
	extraction := func(name string) spectron.ContextSpec {
		return spectron.ContextSpec{Config: spectron.Config{
			Models:    map[spectron.Stage]spectron.Model{spectron.StageExtraction: spec(name, "").Model},
			Providers: map[string]spectron.Secret{"mistral": key},
		}}
	}
	for name, shown := range map[string]string{
		"openai/gpt-4o-mini": "there is no API key for openai/gpt-4o-mini", "mistral/mistral-embed": "is an embedding model", "nobody/gpt": "unknown provider",
	} {
		_, err := mgr.CreateContext(t.Context(), "test", extraction(name))
		without(t, err)
		require.ErrorIs(t, err, spectron.ErrInvalid)
		require.ErrorContains(t, err, shown)
	}
	good := extraction("openai/gpt-4o-mini")
	good.Config.Providers["openai"] = key
	c, err := mgr.CreateContext(t.Context(), "test", good)
	require.NoError(t, err)
	require.Empty(t, s.received())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	stored, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Anything with nuts sends me to the hospital."})
	require.NoError(t, err)
	require.Len(t, stored.Extraction.Relations, 1)
	require.Equal(t, "allergic_to", stored.Extraction.Relations[0].Label)
	received := s.received()
	require.Len(t, received, 2)
	require.Equal(t, "Bearer "+key, received[1].auth)
	require.NotNil(t, w.schema(received[1].body))
}

// TestModelsLeaveNothingBehind checks that models of any number start no goroutines that stay.
func TestModelsLeaveNothingBehind(t *testing.T) {
	o := providers.Options{Keys: map[string]spectron.Secret{}}
	for _, w := range wires {
		if w.name != "other" {
			o.Keys[w.name] = key
		}
	}
	r, err := providers.New(o)
	require.NoError(t, err)
	resolve := func(n int) {
		for i := range n {
			for _, provider := range slices.Sorted(maps.Keys(o.Keys)) {
				_, err := r.ResolveModel(t.Context(), spec(fmt.Sprintf("%s/model-%d", provider, i), ""))
				require.NoError(t, err)
			}
		}
	}
	resolve(1) // the client of Google starts a few, once in the process
	before := runtime.NumGoroutine()
	resolve(100)
	require.Less(t, runtime.NumGoroutine(), before+50)
}

// TestProgramsWithoutProviders checks that a program which does not import the package links none of the clients.
func TestProgramsWithoutProviders(t *testing.T) {
	t.Parallel()
	const module = "github.com/spectron-go/spectron"
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", module, module+"/spectrontest", module+"/spectrontest/conformance").CombinedOutput()
	require.NoError(t, err, "%s", out)
	linked := strings.Fields(string(out))
	require.Contains(t, linked, "github.com/tmc/langchaingo/llms")
	for _, path := range linked {
		for _, forbidden := range []string{module + "/providers", "github.com/tmc/langchaingo/llms/", "github.com/google/generative", "github.com/googleapis/", "google.golang.org/", "cloud.google.com/", "go.opentelemetry.io/"} {
			require.False(t, strings.HasPrefix(path, forbidden), "%s is linked", path)
		}
	}
}

func ExampleNew() {
	// Models of Contexts come from OpenAI, with the keys of the Contexts, and from a server in the house that needs none.
	models, err := providers.New(providers.Options{
		Compatible: map[string]string{"house": "http://llm.internal:8000/v1"},
		Keyless:    []string{"house"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = models.ResolveModel(context.Background(), spectron.ModelSpec{Model: spectron.Model{Provider: "house", Name: "llama-3.3-70b"}})
	fmt.Println(err)
	_, err = models.ResolveModel(context.Background(), spectron.ModelSpec{Model: spectron.Model{Provider: "openai", Name: "gpt-4o-mini"}})
	fmt.Println(err)
	// Output:
	// <nil>
	// Config.Providers[openai]: there is no API key for openai/gpt-4o-mini: set Config.Providers[openai], or Options.Keys[openai] of package providers for all Contexts
}
