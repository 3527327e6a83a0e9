package spectron

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/settings"
)

const canary = "sk-canary-0123456789"

func to[T any](value T) *T { return &value }

func models(stage Stage, m Model) Config { return Config{Models: map[Stage]Model{stage: m}} }

func providers(name string, key Secret) Config {
	return Config{Providers: map[string]Secret{name: key}}
}

// merged returns c with a patch applied.
func (c Config) merged(patch Config, unset []string) (Config, error) {
	merged, err := settings.Flatten(c).Merge(settings.Flatten(patch), unset)
	return configOf(merged), fail(opConfig, err)
}

func (c Config) effective() EffectiveConfig { return effectiveConfig(settings.Flatten(c)) }

func TestConfigChecks(t *testing.T) {
	t.Parallel()
	cache := func(c ResponseCacheConfig) Config { return Config{ResponseCache: &c} }
	floor := func(f float64) Config { return Config{Reconciliation: &ReconciliationConfig{ConfidenceFloor: &f}} }
	many := Config{Providers: map[string]Secret{}}
	for i := range 17 {
		many.Providers[fmt.Sprint("p", i)] = "k"
	}
	const (
		badModel = `not the name of a model, such as "openai/gpt-4o-mini"`
		badName  = "the name of a provider is not 1 to 32 of a-z, 0-9, _ and -"
		ascii    = "has characters that are not printable ASCII"
		spaces   = "begins or ends with a space"
	)
	for _, tc := range []struct {
		config        Config
		field, detail string // "": accepted
		want          *Error
	}{
		{Config{}, "", "", nil},
		{Config{TokenLimit: to(int64(0))}, "", "", nil},
		{Config{TokenLimit: to(int64(1e15))}, "", "", nil},
		{Config{TokenLimit: to(int64(-1))}, "TokenLimit", "-1 is not between 0 and 1000000000000000", nil},
		{Config{TokenLimit: to(int64(1e15 + 1))}, "TokenLimit", "1000000000000001 is not between 0 and 1000000000000000", nil},
		{Config{RetentionDays: to(1)}, "", "", nil},
		{Config{RetentionDays: to(36500)}, "", "", nil},
		{Config{RetentionDays: to(0)}, "RetentionDays", "0 is not between 1 and 36500", nil},
		{Config{RetentionDays: to(36501)}, "RetentionDays", "36501 is not between 1 and 36500", nil},
		{Config{ContextExpiryDays: to(36500)}, "", "", nil},
		{Config{ContextExpiryDays: to(0)}, "ContextExpiryDays", "0 is not between 1 and 36500", nil},
		{Config{ContextExpiryDays: to(36501)}, "ContextExpiryDays", "36501 is not between 1 and 36500", nil},
		{Config{Documents: &DocumentsConfig{}}, "", "", nil},
		{Config{Documents: &DocumentsConfig{MaxBytes: to(int64(2 << 30))}}, "", "", nil},
		{Config{Documents: &DocumentsConfig{MaxBytes: to(int64(0))}}, "Documents.MaxBytes", "0 is not between 1 and 2147483648", nil},
		{Config{Documents: &DocumentsConfig{MaxBytes: to(int64(2<<30 + 1))}}, "Documents.MaxBytes", "2147483649 is not between 1 and 2147483648", nil},
		{Config{MaxTokenTTLSeconds: to(int64(3153600000))}, "", "", nil},
		{Config{MaxTokenTTLSeconds: to(int64(0))}, "MaxTokenTTLSeconds", "0 is not between 1 and 3153600000", nil},
		{Config{MaxTokenTTLSeconds: to(int64(3153600001))}, "MaxTokenTTLSeconds", "3153600001 is not between 1 and 3153600000", nil},
		{floor(0), "", "", nil},
		{floor(1), "", "", nil},
		{floor(-0.1), "Reconciliation.ConfidenceFloor", "-0.1 is not between 0 and 1", nil},
		{floor(math.NaN()), "Reconciliation.ConfidenceFloor", "NaN is not between 0 and 1", nil},
		{floor(math.Inf(1)), "Reconciliation.ConfidenceFloor", "+Inf is not between 0 and 1", nil},
		{Config{Reconciliation: &ReconciliationConfig{}, ResponseCache: &ResponseCacheConfig{}}, "", "", nil},
		{cache(ResponseCacheConfig{SimilarityThreshold: to(1.5)}), "ResponseCache.SimilarityThreshold", "1.5 is not between 0 and 1", nil},
		{cache(ResponseCacheConfig{SimilarityThreshold: to(math.NaN())}), "ResponseCache.SimilarityThreshold", "NaN is not between 0 and 1", nil},
		{cache(ResponseCacheConfig{FreshnessWindowSeconds: to(int64(0))}), "ResponseCache.FreshnessWindowSeconds", "0 is not between 1 and 3153600000", nil},
		{cache(ResponseCacheConfig{FreshnessWindowSeconds: to(int64(1 << 40))}), "ResponseCache.FreshnessWindowSeconds", "1099511627776 is not between 1 and 3153600000", nil},
		{cache(ResponseCacheConfig{MaxEntries: to(1000000)}), "", "", nil},
		{cache(ResponseCacheConfig{MaxEntries: to(0)}), "ResponseCache.MaxEntries", "0 is not between 1 and 1000000", nil},
		{cache(ResponseCacheConfig{MaxEntries: to(1000001)}), "ResponseCache.MaxEntries", "1000001 is not between 1 and 1000000", nil},

		{models(StageResponse, Model{"openrouter", "meta/llama"}), "", "", nil},
		{models(StageResponse, Model{"a", strings.Repeat("b", 254)}), "", "", nil},
		{models(StageResponse, Model{"a", strings.Repeat("b", 255)}), "Models[response]", "257 bytes (at most 256)", ErrTooLarge},
		{models(StageExtraction, Model{}), "Models[extraction]", `empty; to go back to the default, unset "models.extraction"`, nil},
		{models(StageExtraction, Model{Name: canary}), "Models[extraction]", badModel, nil},
		{models(StageReflection, Model{canary, ""}), "Models[reflection]", badModel, nil},
		{models(StageReflection, Model{"a", "/b"}), "Models[reflection]", badModel, nil},
		{models(StageReflection, Model{"a", "b\n"}), "Models[reflection]", badModel, nil},
		{models(StageReflection, Model{"A", "b"}), "Models[reflection]", badModel, nil},
		{models("embedding", Model{"a", "b"}), "Models[embedding]", "unknown stage; the stages are extraction, reconciliation, response, synthesis, reflection, elaboration_consolidation", nil},
		{models("extracton", Model{"a", "b"}), "Models[extracton]", "unknown stage; the stages are extraction, reconciliation, response, synthesis, reflection, elaboration_consolidation", nil},
		{models("", Model{"a", "b"}), `Models[""]`, "unknown stage; the stages are extraction, reconciliation, response, synthesis, reflection, elaboration_consolidation", nil},

		{providers("openai", "k"), "", "", nil},
		{providers(strings.Repeat("a", 32), Secret(strings.Repeat("k", 4096))), "", "", nil},
		{providers("a", `{"key": "~"}`), "", "", nil},
		{providers("openai", ""), "Providers[openai]", `empty; to remove the key, unset "providers.openai"`, nil},
		{providers("openai", Secret(strings.Repeat(canary, 205))), "Providers[openai]", "4100 bytes (at most 4096)", ErrTooLarge},
		{providers("openai", canary+"\n"), "Providers[openai]", ascii, nil},
		{providers("openai", canary+"é"), "Providers[openai]", ascii, nil},
		{providers("openai", canary+"\x7f"), "Providers[openai]", ascii, nil},
		{providers("openai", canary+"\xff"), "Providers[openai]", ascii, nil},
		{providers("openai", " "+canary), "Providers[openai]", spaces, nil},
		{providers("openai", canary+" "), "Providers[openai]", spaces, nil},
		{providers("openai", "[redacted]"), "Providers[openai]", "[redacted] is the redacted form of a key, not a key", nil},
		{providers("", "k"), "Providers", badName, nil},
		{providers("OpenAI", "k"), "Providers", badName, nil},
		{providers(strings.Repeat(canary, 2), "openai"), "Providers", badName, nil},
		{many, "Providers", "17 providers (at most 16)", ErrTooLarge},
	} {
		err := tc.config.check("update context", "Spec.Config")
		if tc.detail == "" {
			require.NoError(t, err)
			continue
		}
		if tc.want == nil {
			tc.want = ErrInvalid
		}
		requireError(t, err, tc.want, "update context", "Spec.Config."+tc.field, tc.detail)
	}
}

// requireError fails the test unless err has exactly the given parts and contains no provider's key.
func requireError(t *testing.T, err error, want *Error, op, field, detail string) {
	t.Helper()
	var e *Error
	require.ErrorAs(t, err, &e)
	if !errors.Is(err, want) || e.Op != op || e.Field != field || e.Detail != detail {
		t.Errorf("%v: %q %q %q %q", err, e.Op, e.Code, e.Field, e.Detail)
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the error shows a key: %v", err)
	}
}

func TestConfigPatchChecks(t *testing.T) {
	t.Parallel()
	const there = "unknown path; the paths are token_limit, retention_days, models, models.extraction, models.reconciliation, " +
		"models.response, models.synthesis, models.reflection, models.elaboration_consolidation, " +
		"pii_redaction_enabled, llm_extraction_enabled, reconciliation, reconciliation.confidence_floor, response_cache, " +
		"response_cache.enabled, response_cache.similarity_threshold, response_cache.freshness_window_seconds, " +
		"response_cache.max_entries, traces, traces.sampling, traces.max_entries, documents, documents.max_bytes, events, events.retention_days, context_expiry_days, allow_self_service_keys, max_token_ttl_seconds, providers, providers.<name>"
	for _, tc := range []struct {
		patch         ContextPatch
		field, detail string
		want          *Error
	}{
		{ContextPatch{Description: to(strings.Repeat("x", 1001))}, "Description", "1001 bytes (at most 1000)", ErrTooLarge},
		{ContextPatch{Description: to("\xff")}, "Description", "not UTF-8", ErrInvalid},
		{ContextPatch{Config: Config{RetentionDays: to(0)}}, "Config.RetentionDays", "0 is not between 1 and 36500", ErrInvalid},
		{ContextPatch{Unset: []string{"models", "tokens"}}, "Unset[1]", there, ErrInvalid},
		{ContextPatch{Unset: []string{""}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: []string{"."}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: []string{"models."}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: []string{"token"}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: []string{"token_limit.x"}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: []string{"config.token_limit"}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: []string{"providers."}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: []string{"providers." + strings.Repeat(canary, 2)}}, "Unset[0]", there, ErrInvalid},
		{ContextPatch{Unset: slices.Repeat([]string{"models"}, 65)}, "Unset", "65 paths (at most 64)", ErrTooLarge},
	} {
		requireError(t, tc.patch.check("update context"), tc.want, "update context", tc.field, tc.detail)
	}
	for path := range strings.SplitSeq(strings.TrimPrefix(there, "unknown path; the paths are "), ", ") {
		path = strings.Replace(path, "<name>", "a", 1)
		require.NoError(t, ContextPatch{Description: to(""), Unset: []string{path}}.check("update context"))
	}
}

// leaves calls visit with every field of a struct of settings and its path.
func leaves(of reflect.Value, prefix string, visit func(path string, of reflect.Value)) {
	for i := range of.NumField() {
		tag, _, _ := strings.Cut(of.Type().Field(i).Tag.Get("json"), ",")
		f := of.Field(i)
		if f.Kind() == reflect.Pointer && f.Type().Elem().Kind() == reflect.Struct {
			f.Set(reflect.New(f.Type().Elem()))
			f = f.Elem()
		}
		switch {
		case tag == "models":
			for _, stage := range []Stage{
				StageExtraction, StageReconciliation, StageResponse, StageSynthesis, StageReflection, StageElaborationConsolidation,
			} {
				visit(prefix+tag+"."+string(stage), f)
			}
		case strings.HasPrefix(tag, "providers"):
			visit("providers.<name>", f)
		case f.Kind() == reflect.Struct:
			leaves(f, prefix+tag+".", visit)
		default:
			visit(prefix+tag, f)
		}
	}
}

// TestConfigIsComplete checks that every setting is in the table of internal/settings, in Config and in EffectiveConfig, with the same
// type.
func TestConfigIsComplete(t *testing.T) {
	t.Parallel()
	var c Config
	var e EffectiveConfig
	var inConfig, inEffective, inTable []string
	leaves(reflect.ValueOf(&c).Elem(), "", func(path string, of reflect.Value) {
		inConfig = append(inConfig, path)
		if of.Kind() == reflect.Pointer {
			of.Set(reflect.New(of.Type().Elem()))
		}
	})
	leaves(reflect.ValueOf(&e).Elem(), "", func(path string, _ reflect.Value) { inEffective = append(inEffective, path) })
	var unknown *Error
	require.ErrorAs(t, ContextPatch{Unset: []string{"?"}}.check("check"), &unknown)
	groups := []string{"models", "reconciliation", "response_cache", "traces", "documents", "events", "providers"}
	for path := range strings.SplitSeq(strings.TrimPrefix(unknown.Detail, "unknown path; the paths are "), ", ") {
		if !slices.Contains(groups, path) {
			inTable = append(inTable, path)
		}
	}
	require.ElementsMatch(t, inTable, inConfig)
	require.ElementsMatch(t, inTable, inEffective)

	// If the table has another type, one of these calls panics.
	c.Models = map[Stage]Model{StageResponse: {"a", "b"}}
	c.Providers = map[string]Secret{"a": "k"}
	_ = c.effective()
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var again Config
	require.NoError(t, json.Unmarshal(text, &again))
	again.Providers = c.Providers // they are not shown
	require.Equal(t, c, again)
	require.Equal(t, settings.Flatten(c), settings.Flatten(again))
}

func TestConfigEffective(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(Config{}.effective())
	require.NoError(t, err)
	require.JSONEq(t, `{
		"models": {}, "providers_configured": [], "pii_redaction_enabled": false, "llm_extraction_enabled": true,
		"reconciliation": {"confidence_floor": 0.7},
		"response_cache": {"enabled": true, "similarity_threshold": 0.92, "freshness_window_seconds": 3600, "max_entries": 5000},
		"traces": {"sampling": 1, "max_entries": 10000}, "documents": {"max_bytes": 268435456}, "events": {},
		"context_expiry_days": 7, "allow_self_service_keys": true
	}`, string(text))

	var c Config
	require.NoError(t, json.Unmarshal([]byte(`{
		"token_limit": 1000000, "retention_days": 90, "models": {"extraction": "openai/gpt-4o-mini", "response": "openai/gpt-4o"},
		"providers": {"openai": "sk-canary-0123456789", "anthropic": "sk-canary-0123456789"},
		"pii_redaction_enabled": true, "llm_extraction_enabled": false, "reconciliation": {"confidence_floor": 0},
		"response_cache": {"enabled": false, "max_entries": 1}, "traces": {"sampling": 0.25}, "documents": {"max_bytes": 5}, "context_expiry_days": 3, "allow_self_service_keys": false,
		"max_token_ttl_seconds": 60
	}`), &c))
	text, err = json.Marshal(c.effective())
	require.NoError(t, err)
	require.JSONEq(t, `{
		"token_limit": 1000000, "retention_days": 90,
		"models": {"extraction": "openai/gpt-4o-mini", "response": "openai/gpt-4o", "synthesis": "openai/gpt-4o"},
		"providers_configured": ["anthropic", "openai"], "pii_redaction_enabled": true, "llm_extraction_enabled": false,
		"reconciliation": {"confidence_floor": 0},
		"response_cache": {"enabled": false, "similarity_threshold": 0.92, "freshness_window_seconds": 3600, "max_entries": 1},
		"traces": {"sampling": 0.25, "max_entries": 10000}, "documents": {"max_bytes": 5}, "events": {},
		"context_expiry_days": 3, "allow_self_service_keys": false, "max_token_ttl_seconds": 60
	}`, string(text))

	*c.effective().TokenLimit = 1
	c.effective().Models[StageResponse] = Model{"x", "y"}
	if *c.TokenLimit != 1000000 || c.Models[StageResponse].Name != "gpt-4o" {
		t.Errorf("the effective configuration shares with its source: %+v", c)
	}
}

func TestConfigEffectiveResponse(t *testing.T) {
	t.Parallel()
	a, b := Model{"p", "a"}, Model{"p", "b"}
	for _, tc := range []struct{ set, want map[Stage]Model }{
		{nil, map[Stage]Model{}},
		{map[Stage]Model{StageReflection: a}, map[Stage]Model{StageReflection: a}},
		{map[Stage]Model{StageResponse: a}, map[Stage]Model{StageResponse: a, StageSynthesis: a}},
		{map[Stage]Model{StageSynthesis: a}, map[Stage]Model{StageResponse: a, StageSynthesis: a}},
		{map[Stage]Model{StageResponse: a, StageSynthesis: b}, map[Stage]Model{StageResponse: a, StageSynthesis: b}},
	} {
		require.Equal(t, tc.want, Config{Models: tc.set}.effective().Models)
	}
}

// valued matches the canary as a whole JSON value, but not as the name of a field.
var valued = regexp.MustCompile(`[:,\[]\s*"` + canary + `"\s*[,}\]]`)

func FuzzConfigPatch(f *testing.F) {
	for _, seed := range []string{
		`null`, `{}`, `{"description": "x", "enforcement_blocked": null, "config": {"token_limit": 2000000}}`,
		`{"config": {"providers": {"openai": "` + canary + `", "a": null}, "models": {"reflection": "anthropic/claude-opus-4-7"}}}`,
		`{"config": {"models": {"extraction": {"provider": "openai", "model": "` + canary + `"}}, "providers": null}}`,
		`{"config": {"token_limit": "` + canary + `", "retention_days": 1e2, "reconciliation": {"confidence_floor": 0.5}}}`,
		`{"config": {"response_cache": {"enabled": false, "similarity_threshold": 1, "freshness_window_seconds": 9, "max_entries": 1}}}`,
		`{"config": {"pii_redaction_enabled": true, "llm_extraction_enabled": false, "context_expiry_days": 3}}`,
		`{"config": {"documents": {"max_bytes": 1}, "traces": null}}`, `{"config": {"documents": {"max_bytes": "` + canary + `"}}}`,
		`{"config": {"allow_self_service_keys": null, "max_token_ttl_seconds": 4, "x": "` + canary + `"}}`,
		`{"config": {"token_limit": 1, "token_limit": 2}}`, `{"config": [[[[[[[[[[]]]]]]]]]]}`, `{"config": `, "\xff", `{"description": "\ud800"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p ContextPatch
		err := p.UnmarshalJSON(data)
		// If the canary is the name of a field, an error may name it.
		hidden := json.Valid(data) && len(valued.FindAll(data, -1)) == bytes.Count(data, []byte("canary"))
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Op != "config" || e.Code != CodeInvalid && e.Code != CodeTooLarge {
				t.Fatalf("%T %v", err, err)
			}
			if hidden && strings.Contains(err.Error(), "canary") || len(err.Error()) > 2000 {
				t.Fatalf("%s: %v", data, err)
			}
			if !reflect.DeepEqual(p, ContextPatch{}) {
				t.Fatalf("%s: refused, but %+v", data, p)
			}
			return
		}
		if text := fmt.Sprintf("%+v %v %#v", p, &p, p.Config); hidden && (p.Description == nil || *p.Description != canary) &&
			!strings.Contains(fmt.Sprint(p.Config.Models), "canary") && strings.Contains(text, "canary") {
			t.Fatalf("printed: %s", text)
		}
		if err := p.check("check"); err != nil {
			if hidden && strings.Contains(err.Error(), "canary") {
				t.Fatalf("%s: %v", data, err)
			}
			return
		}
		c, err := Config{}.merged(p.Config, p.Unset)
		if err != nil {
			t.Fatalf("%s: checked, but %v", data, err)
		}
		stored, err := settings.Flatten(c).Encode()
		if err != nil {
			t.Fatalf("%s: not encoded: %v", data, err)
		}
		again, err := settings.Decode(stored)
		if err != nil {
			t.Fatalf("%s: %s is not decoded: %v", data, stored, err)
		}
		c.Providers = nil
		if !reflect.DeepEqual(again, settings.Flatten(c)) {
			t.Fatalf("%s: %s is decoded to %+v", data, stored, again)
		}
	})
}
