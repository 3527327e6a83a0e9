package spectron

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const canary = "sk-canary-0123456789"

func to[T any](value T) *T { return &value }

func models(stage Stage, m Model) Config { return Config{Models: map[Stage]Model{stage: m}} }

func providers(name string, key Secret) Config {
	return Config{Providers: map[string]Secret{name: key}}
}

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
		ascii    = "has characters that are not printable ASCII"
		spaces   = "begins or ends with a space"
	)
	for _, tc := range []struct {
		config        Config
		field, detail string // "": it is accepted
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
		{models(StageEmbedding, Model{"a", "b"}), "Models[embedding]", "the embedder is that of the whole store, Options.Embedder; it is not set for a Context", nil},
		{models(StageEmbedding, Model{}), "Models[embedding]", "the embedder is that of the whole store, Options.Embedder; it is not set for a Context", nil},
		{models("extracton", Model{"a", "b"}), "Models[extracton]", "unknown stage; there are extraction, reconciliation, response, synthesis, reflection, elaboration_consolidation, embedding", nil},
		{models("", Model{"a", "b"}), `Models[""]`, "unknown stage; there are extraction, reconciliation, response, synthesis, reflection, elaboration_consolidation, embedding", nil},

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
		{providers("openai", "[redacted]"), "Providers[openai]", "[redacted] is what is shown of a key, not a key", nil},
		{providers("", "k"), "Providers", badProvider, nil},
		{providers("OpenAI", "k"), "Providers", badProvider, nil},
		{providers(strings.Repeat(canary, 2), "openai"), "Providers", badProvider, nil},
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

// requireError fails the test unless err says just that, without a provider's key.
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
	const there = "unknown path; there are token_limit, retention_days, models, models.extraction, models.reconciliation, " +
		"models.response, models.synthesis, models.reflection, models.elaboration_consolidation, models.embedding, " +
		"pii_redaction_enabled, llm_extraction_enabled, reconciliation, reconciliation.confidence_floor, response_cache, " +
		"response_cache.enabled, response_cache.similarity_threshold, response_cache.freshness_window_seconds, " +
		"response_cache.max_entries, context_expiry_days, allow_self_service_keys, max_token_ttl_seconds, providers, providers.<name>"
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
		if len(tc.patch.Unset) > 0 {
			_, err := Config{}.merged(tc.patch.Config, tc.patch.Unset)
			requireError(t, err, tc.want, "config", tc.field, tc.detail)
		}
	}
	for _, path := range append(paths(), "providers.a") {
		if path != "providers.<name>" {
			require.NoError(t, ContextPatch{Description: to(""), Unset: []string{path}}.check("update context"))
		}
	}
}

// TestConfigFieldsAreComplete fails when a field of a Config is not in configFields.
func TestConfigFieldsAreComplete(t *testing.T) {
	t.Parallel()
	var want []string
	var walk func(t reflect.Type, path, name string)
	walk = func(t reflect.Type, path, name string) {
		for i := range t.NumField() {
			f := t.Field(i)
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case f.Name == "Providers":
			case f.Name == "Models":
				for _, stage := range stages {
					want = append(want, fmt.Sprintf("%smodels.%s Models[%s]", path, stage, stage))
				}
			case f.Type.Elem().Kind() == reflect.Struct:
				walk(f.Type.Elem(), path+tag+".", name+f.Name+".")
			default:
				want = append(want, path+tag+" "+name+f.Name)
			}
		}
	}
	walk(reflect.TypeFor[Config](), "", "")
	var got []string
	for _, f := range configFields {
		got = append(got, f.path+" "+f.name)
	}
	require.ElementsMatch(t, want, got)
}

func TestConfigEffective(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(Config{}.effective())
	require.NoError(t, err)
	require.JSONEq(t, `{
		"models": {}, "providers_configured": [], "pii_redaction_enabled": false, "llm_extraction_enabled": true,
		"reconciliation": {"confidence_floor": 0.7},
		"response_cache": {"enabled": true, "similarity_threshold": 0.92, "freshness_window_seconds": 3600, "max_entries": 5000},
		"context_expiry_days": 7, "allow_self_service_keys": true
	}`, string(text))

	var c Config
	require.NoError(t, json.Unmarshal([]byte(`{
		"token_limit": 1000000, "retention_days": 90, "models": {"extraction": "openai/gpt-4o-mini", "response": "openai/gpt-4o"},
		"providers": {"openai": "sk-canary-0123456789", "anthropic": "sk-canary-0123456789"},
		"pii_redaction_enabled": true, "llm_extraction_enabled": false, "reconciliation": {"confidence_floor": 0},
		"response_cache": {"enabled": false, "max_entries": 1}, "context_expiry_days": 3, "allow_self_service_keys": false,
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

func TestConfigMerges(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ base, patch, want string }{
		"one value":       {`{"token_limit": 1, "retention_days": 2}`, `{"token_limit": 5}`, `{"token_limit": 5, "retention_days": 2}`},
		"a model":         {`{"models": {"extraction": "a/b", "response": "a/c"}}`, `{"models": {"reflection": "a/d", "response": "a/e"}}`, `{"models": {"extraction": "a/b", "response": "a/e", "reflection": "a/d"}}`},
		"a key":           {`{"providers": {"a": "1", "b": "2"}}`, `{"providers": {"b": "3", "c": "4"}}`, `{"providers": {"a": "1", "b": "3", "c": "4"}}`},
		"in a group":      {`{"response_cache": {"enabled": false}}`, `{"response_cache": {"max_entries": 9}}`, `{"response_cache": {"enabled": false, "max_entries": 9}}`},
		"null":            {`{"token_limit": 1, "retention_days": 2}`, `{"token_limit": null}`, `{"retention_days": 2}`},
		"null model":      {`{"models": {"extraction": "a/b", "response": "a/c"}}`, `{"models": {"response": null}}`, `{"models": {"extraction": "a/b"}}`},
		"null models":     {`{"models": {"extraction": "a/b", "response": "a/c"}}`, `{"models": null}`, `{}`},
		"null key":        {`{"providers": {"a": "1", "b": "2"}}`, `{"providers": {"a": null, "x": null}}`, `{"providers": {"b": "2"}}`},
		"null last key":   {`{"providers": {"a": "1"}}`, `{"providers": {"a": null}}`, `{}`},
		"null keys":       {`{"providers": {"a": "1", "b": "2"}}`, `{"providers": null}`, `{}`},
		"null in a group": {`{"response_cache": {"enabled": false, "max_entries": 9}}`, `{"response_cache": {"enabled": null}}`, `{"response_cache": {"max_entries": 9}}`},
		"null group":      {`{"response_cache": {"enabled": false, "max_entries": 9}, "token_limit": 1}`, `{"response_cache": null}`, `{"token_limit": 1}`},
		"last of a group": {`{"reconciliation": {"confidence_floor": 0.1}}`, `{"reconciliation": {"confidence_floor": null}}`, `{}`},
		"null of nothing": {`{}`, `{"token_limit": null, "models": {"response": null}, "providers": null, "response_cache": {"enabled": null}}`, `{}`},
	} {
		var base, want Config
		var patch ContextPatch
		require.NoError(t, json.Unmarshal([]byte(tc.base), &base), name)
		require.NoError(t, json.Unmarshal([]byte(tc.want), &want), name)
		require.NoError(t, json.Unmarshal([]byte(`{"config": `+tc.patch+`}`), &patch), name)
		got, err := base.merged(patch.Config, patch.Unset)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
	}
	c, err := models(StageResponse, Model{"a", "b"}).merged(models(StageReflection, Model{"a", "c"}), []string{"models"})
	require.NoError(t, err)
	require.Equal(t, models(StageReflection, Model{"a", "c"}), c, "what is unset goes before what is set comes")

	full := Config{Providers: map[string]Secret{}}
	for i := range 16 {
		full.Providers[fmt.Sprint("p", i)] = "k"
	}
	_, err = full.merged(providers("openai", canary), nil)
	requireError(t, err, ErrTooLarge, "config", "Config.Providers", "17 providers (at most 16)")
	c, err = full.merged(providers("openai", "k"), []string{"providers.p3"})
	require.NoError(t, err)
	if len(c.Providers) != 16 || len(full.Providers) != 16 {
		t.Errorf("%d and %d providers", len(c.Providers), len(full.Providers))
	}
}
