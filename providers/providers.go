// Package providers makes the models and embedders of package spectron from names such as "openai/gpt-4o-mini", over the clients of
// langchaingo. The providers are anthropic, googleai, mistral, ollama, openai, and every endpoint with OpenAI's API that
// Options.Compatible names.
//
//	embedder, err := providers.Embedder(ctx, "openai/text-embedding-3-small", providers.Options{FromEnvironment: true})
//	…
//	mgr, err := spectron.Open(ctx, "agent.db", &spectron.Options{Models: providers.Default(), Embedder: embedder})
//
// A program that does not import this package links none of these clients.
//
// A model of this package also has a method that takes a JSON schema for the answer:
//
//	GenerateJSON(ctx context.Context, messages []llms.MessageContent, schema json.RawMessage, options ...llms.CallOption) (*llms.ContentResponse, error)
//
// It uses what the provider offers for structured answers. If the provider or the model refuses the schema, it asks in JSON mode.
//
// Answers are alike for all providers: the text is in the first choice; its GenerationInfo has PromptTokens, CompletionTokens and
// TotalTokens as int; its StopReason is stop, length, content_filter or tool_calls, or the provider's own word. A temperature that is not
// set is 0.
//
// Errors are alike too. Each is an *llms.Error with one of these codes: ErrCodeRateLimit, ErrCodeProviderUnavailable (a server error, a
// connection that failed, or an answer that was cut off), ErrCodeAuthentication, ErrCodeQuotaExceeded, ErrCodeResourceNotFound,
// ErrCodeTokenLimit, ErrCodeContentFilter, ErrCodeInvalidRequest, ErrCodeTimeout and ErrCodeCanceled (ctx ended), ErrCodeUnknown (an answer
// over 8 MiB, or one that is not what the provider's API promises). The chain has an error with the methods
//
//	RetryAfter() time.Duration // how long the provider asks to wait; 0: it does not say
//	StatusCode() int           // the status of the HTTP response; 0: there was none
//
// Nothing is repeated here: the caller decides. No error contains an API key.
package providers

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tmc/langchaingo/embeddings"
	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
)

// Options say where the providers are and which keys to use. The zero value works: each provider has its own URL, and each Context
// configures its own keys.
type Options struct {
	// BaseURLs replaces the base URL of providers, by their names, for example for a proxy: "openai": "https://proxy.example/v1". By default
	// these are https://api.openai.com/v1, https://api.anthropic.com/v1, https://api.mistral.ai/v1,
	// https://generativelanguage.googleapis.com (googleai) and http://127.0.0.1:11434 (ollama).
	BaseURLs map[string]string
	// Compatible has further endpoints with OpenAI's API, by the names that models then use: with "openrouter":
	// "https://openrouter.ai/api/v1", a model is "openrouter/meta-llama/llama-3.3-70b-instruct". A name has 1 to 32 of a-z, 0-9, _ and -.
	Compatible map[string]string
	// Keyless names the entries of Compatible that need no API key.
	Keyless []string
	// Keys has API keys by provider. They are used for Contexts that configure no key of their own, so every Context may spend them.
	Keys map[string]spectron.Secret
	// FromEnvironment reads keys that are configured nowhere from the environment, when a model is made: OPENAI_API_KEY,
	// ANTHROPIC_API_KEY, GEMINI_API_KEY or GOOGLE_API_KEY, MISTRAL_API_KEY, OLLAMA_API_KEY, and OPENROUTER_API_KEY for an endpoint named
	// openrouter. Every Context may spend them.
	FromEnvironment bool
	// HTTPClient sends the requests. Redirects are not followed, because they could carry a key to another server. nil: a client that
	// allows 10 minutes for a request.
	HTTPClient *http.Client
}

// Format exists so that no verb of package fmt shows a key.
func (o Options) Format(f fmt.State, verb rune) {
	type plain Options
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(o))
}

const (
	defaultTimeout = 10 * time.Minute
	maxEntries     = 64    // of each map
	maxURL         = 2_048 // bytes
	maxKey         = 4_096 // bytes
)

var (
	providerName = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)
	sealedKey    = regexp.MustCompile(`^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$`)
)

// Resolver makes the models that Contexts configure. It is safe for concurrent use.
type Resolver struct {
	vendors map[string]*vendor
	bases   map[string]*url.URL
	keyless map[string]bool
	key     func(provider string) string // a function, so that no print of a Resolver shows a key
	env     bool
	client  *http.Client
}

var _ spectron.ModelResolver = (*Resolver)(nil)

// Default returns a Resolver with the zero Options: each Context configures its own keys.
func Default() *Resolver {
	r, err := New(Options{})
	if err != nil {
		panic(err) // the zero Options are valid
	}
	return r
}

// New returns a Resolver. ErrInvalid and ErrTooLarge: Field names the option.
func New(o Options) (*Resolver, error) {
	keys := maps.Clone(o.Keys)
	r := &Resolver{
		vendors: maps.Clone(vendors), bases: map[string]*url.URL{}, keyless: map[string]bool{}, env: o.FromEnvironment,
		key:    func(provider string) string { return string(keys[provider]) },
		client: &http.Client{Timeout: defaultTimeout},
	}
	if o.HTTPClient != nil {
		own := *o.HTTPClient
		r.client = &own
	}
	r.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for field, n := range map[string]int{"BaseURLs": len(o.BaseURLs), "Compatible": len(o.Compatible), "Keyless": len(o.Keyless), "Keys": len(o.Keys)} {
		if n > maxEntries {
			return nil, &spectron.Error{Op: opNew, Code: spectron.CodeTooLarge, Field: "Options." + field, Detail: fmt.Sprintf("%d entries (at most %d)", n, maxEntries)}
		}
	}
	for name, v := range vendors {
		base, err := parseBase("Options.BaseURLs", name, v.base)
		if err != nil {
			return nil, err
		}
		r.bases[name] = base
	}
	for _, name := range slices.Sorted(maps.Keys(o.Compatible)) {
		if !providerName.MatchString(name) {
			return nil, invalid(opNew, "Options.Compatible", "%q is not a name of 1 to 32 of a-z, 0-9, _ and -", name)
		}
		if vendors[name] != nil {
			return nil, invalid(opNew, entry("Options.Compatible", name), "%s is a provider already: set Options.BaseURLs instead", name)
		}
		base, err := parseBase("Options.Compatible", name, o.Compatible[name])
		if err != nil {
			return nil, err
		}
		r.vendors[name], r.bases[name] = compatible(name), base
	}
	for _, name := range slices.Sorted(maps.Keys(o.BaseURLs)) {
		if vendors[name] == nil {
			return nil, invalid(opNew, entry("Options.BaseURLs", name), "unknown provider; known are %s, and Options.Compatible adds others", known(vendors))
		}
		base, err := parseBase("Options.BaseURLs", name, o.BaseURLs[name])
		if err != nil {
			return nil, err
		}
		r.bases[name] = base
	}
	for _, name := range o.Keyless {
		if _, ok := o.Compatible[name]; !ok {
			return nil, invalid(opNew, "Options.Keyless", "%q is not in Options.Compatible", name)
		}
		r.keyless[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(o.Keys)) {
		if r.vendors[name] == nil {
			return nil, invalid(opNew, entry("Options.Keys", name), "unknown provider; known are %s", known(r.vendors))
		}
		if !validKey(string(o.Keys[name])) {
			return nil, invalid(opNew, entry("Options.Keys", name), "a key has 1 to %d characters of printable ASCII, without a space at the beginning or end", maxKey)
		}
	}
	return r, nil
}

// ResolveModel makes the model of a Context. It calls no provider. ErrInvalid: the provider is unknown, there is no key for it, or the model
// is of another kind, such as an embedding model.
func (r *Resolver) ResolveModel(_ context.Context, spec spectron.ModelSpec) (llms.Model, error) {
	field := entry("Config.Models", string(spec.Stage))
	return r.model(request{
		field: field, model: spec.Model, key: spec.Key, keyField: entry("Config.Providers", spec.Model.Provider),
	})
}

// Model makes a model for spectron.Options.Model from a name such as "openai/gpt-4o-mini". It calls no provider. Its errors are those of New
// and of ResolveModel.
func Model(_ context.Context, name string, o Options) (llms.Model, error) {
	r, q, err := read("model", name, o)
	if err != nil {
		return nil, err
	}
	return r.model(q)
}

// Embedder makes an embedder for spectron.Options.Embedder from a name such as "openai/text-embedding-3-small". It has a method
// EmbedderName() string that returns the name. It calls no provider. ErrInvalid: as for ResolveModel, or the provider offers no embedding
// models, as anthropic.
func Embedder(_ context.Context, name string, o Options) (embeddings.Embedder, error) {
	r, q, err := read("embedder", name, o)
	if err != nil {
		return nil, err
	}
	return r.embedder(q)
}

// Operations in errors.
const opNew = "providers"

// request says which model is wanted, and how errors name its parts.
type request struct {
	op       string
	field    string // that names the model
	model    spectron.Model
	key      spectron.Secret
	keyField string // that takes the key
}

// read makes a resolver, and a request from a name that a program gives.
func read(op, name string, o Options) (*Resolver, request, error) {
	r, err := New(o)
	if err != nil {
		return nil, request{}, err
	}
	q := request{op: op, field: "name"}
	if err := q.model.UnmarshalText([]byte(name)); err != nil {
		return nil, request{}, &spectron.Error{Op: op, Code: spectron.CodeInvalid, Field: "name", Err: err}
	}
	q.keyField = entry("Options.Keys", q.model.Provider)
	return r, q, nil
}

// target returns where the model is and what authorises its use.
func (r *Resolver) target(q request, wanted kind) (target, error) {
	if _, err := q.model.MarshalText(); err != nil {
		return target{}, &spectron.Error{Op: q.op, Code: spectron.CodeInvalid, Field: q.field, Err: err}
	}
	provider := q.model.Provider
	v := r.vendors[provider]
	if v == nil {
		return target{}, invalid(q.op, q.field, "unknown provider %q; known are %s", provider, known(r.vendors))
	}
	if v.name != nil && !v.name.MatchString(q.model.Name) {
		return target{}, invalid(q.op, q.field, "%q cannot be the name of a model of %s", q.model.Name, provider)
	}
	if found := kindOf(q.model.Name); found != unknownKind && found != wanted {
		return target{}, invalid(q.op, q.field, "%s is %s, and %s is needed", q.model, found, wanted)
	}
	key := string(q.key)
	if key == "" {
		key = r.key(provider)
	}
	if key == "" && r.env {
		for _, name := range v.env {
			if key = strings.TrimSpace(os.Getenv(name)); key != "" {
				break
			}
		}
	}
	switch {
	case key == "" && !v.free && !r.keyless[provider]:
		also := fmt.Sprintf("Options.FromEnvironment with %s in the environment", v.env[0])
		if own := entry("Options.Keys", provider); own != q.keyField {
			also = own + " of package providers for all Contexts"
		}
		if _, built := vendors[provider]; !built {
			also += ", or name it in Options.Keyless if it needs none"
		}
		return target{}, invalid(q.op, q.keyField, "there is no API key for %s: set %s, or %s", q.model, q.keyField, also)
	case key != "" && !validKey(key):
		return target{}, invalid(q.op, q.keyField, "the API key has other characters than printable ASCII, or over %d", maxKey)
	}
	return target{vendor: v, model: q.model, base: r.bases[provider], key: func() string { return key }, keyField: q.keyField, client: r.client}, nil
}

// known lists the names of providers.
func known(of map[string]*vendor) string { return strings.Join(slices.Sorted(maps.Keys(of)), ", ") }

func validKey(key string) bool { return len(key) <= maxKey && sealedKey.MatchString(key) }

// parseBase reads a base URL. Its errors do not repeat it: it may contain a password.
func parseBase(field, name, text string) (*url.URL, error) {
	field = entry(field, name)
	if len(text) > maxURL {
		return nil, &spectron.Error{Op: opNew, Code: spectron.CodeTooLarge, Field: field, Detail: fmt.Sprintf("%d bytes (at most %d)", len(text), maxURL)}
	}
	base, err := url.Parse(text)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Hostname() == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, invalid(opNew, field, "not a URL such as https://api.example.com/v1: it has http or https, a host and a path, and no user, query or fragment")
	}
	base.Path = strings.TrimRight(base.Path, "/")
	return base, nil
}

func entry(field, name string) string { return fmt.Sprintf("%s[%s]", field, name) }

func invalid(op, field, format string, args ...any) error {
	return &spectron.Error{Op: op, Code: spectron.CodeInvalid, Field: field, Detail: fmt.Sprintf(format, args...)}
}
