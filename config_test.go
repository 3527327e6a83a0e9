package spectron_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

var (
	_ encoding.TextMarshaler   = spectron.Model{}
	_ encoding.TextUnmarshaler = (*spectron.Model)(nil)
	_ encoding.TextMarshaler   = spectron.Secret("")
)

// wholeConfig has every field of a Config.
const wholeConfig = `{
	"token_limit": 1000000, "retention_days": 90,
	"models": {
		"extraction": "openai/gpt-4o-mini", "reconciliation": {"provider": "anthropic", "model": "claude"},
		"response": "openrouter/meta/llama", "synthesis": "a/b", "reflection": "c/d", "elaboration_consolidation": "e/f"
	},
	"providers": {"openai": "sk-canary-0123456789", "my_own-1": "x y"},
	"pii_redaction_enabled": true, "llm_extraction_enabled": false,
	"reconciliation": {"confidence_floor": 0.25},
	"response_cache": {"enabled": false, "similarity_threshold": 1, "freshness_window_seconds": 60, "max_entries": 7},
	"traces": {"sampling": 0.5, "max_entries": 8},
	"documents": {"max_bytes": 1048576}, "events": {"retention_days": 400}, "context_expiry_days": 3, "allow_self_service_keys": false, "max_token_ttl_seconds": 86400
}`

func wholeConfigValue() spectron.Config {
	return spectron.Config{
		TokenLimit:    to(int64(1000000)),
		RetentionDays: to(90),
		Models: map[spectron.Stage]spectron.Model{
			spectron.StageExtraction:               {Provider: "openai", Name: "gpt-4o-mini"},
			spectron.StageReconciliation:           {Provider: "anthropic", Name: "claude"},
			spectron.StageResponse:                 {Provider: "openrouter", Name: "meta/llama"},
			spectron.StageSynthesis:                {Provider: "a", Name: "b"},
			spectron.StageReflection:               {Provider: "c", Name: "d"},
			spectron.StageElaborationConsolidation: {Provider: "e", Name: "f"},
		},
		Providers:      map[string]spectron.Secret{"openai": providerKey, "my_own-1": "x y"},
		PIIRedaction:   to(true),
		LLMExtraction:  to(false),
		Reconciliation: &spectron.ReconciliationConfig{ConfidenceFloor: to(0.25)},
		ResponseCache: &spectron.ResponseCacheConfig{
			Enabled: to(false), SimilarityThreshold: to(1.0), FreshnessWindowSeconds: to(int64(60)), MaxEntries: to(7),
		},
		Traces:               &spectron.TracesConfig{Sampling: to(0.5), MaxEntries: to(8)},
		Events:               &spectron.EventsConfig{RetentionDays: to(400)},
		Documents:            &spectron.DocumentsConfig{MaxBytes: to(int64(1 << 20))},
		ContextExpiryDays:    to(3),
		AllowSelfServiceKeys: to(false),
		MaxTokenTTLSeconds:   to(int64(86400)),
	}
}

func to[T any](value T) *T { return &value }

func TestConfigReads(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text string
		want spectron.Config
	}{
		"null":                       {`null`, spectron.Config{}},
		"empty":                      {` {} `, spectron.Config{}},
		"whole":                      {wholeConfig, wholeConfigValue()},
		"null is absent":             {`{"token_limit": null, "retention_days": 1, "models": null, "providers": {"a": null}, "response_cache": null}`, spectron.Config{RetentionDays: to(1)}},
		"escaped name":               {`{"token\u005flimit": 1}`, spectron.Config{TokenLimit: to(int64(1))}},
		"zero":                       {`{"token_limit": 0, "reconciliation": {"confidence_floor": 0}}`, spectron.Config{TokenLimit: to(int64(0)), Reconciliation: &spectron.ReconciliationConfig{ConfidenceFloor: to(0.0)}}},
		"exponent in a share":        {`{"reconciliation": {"confidence_floor": 5e-1}}`, spectron.Config{Reconciliation: &spectron.ReconciliationConfig{ConfidenceFloor: to(0.5)}}},
		"empty groups":               {`{"models": {}, "providers": {}, "response_cache": {}}`, spectron.Config{}},
		"out of range is for others": {`{"retention_days": -1}`, spectron.Config{RetentionDays: to(-1)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got spectron.Config
			require.NoError(t, json.Unmarshal([]byte(tc.text), &got))
			require.Equal(t, tc.want, got)
			var patch spectron.ContextPatch
			if name != "null" && name != "null is absent" {
				require.NoError(t, json.Unmarshal([]byte(`{"config": `+tc.text+`}`), &patch))
				require.Equal(t, spectron.ContextPatch{Config: tc.want}, patch)
			}
		})
	}
}

func TestConfigReadReplaces(t *testing.T) {
	t.Parallel()
	got := wholeConfigValue()
	require.NoError(t, json.Unmarshal([]byte(`{"token_limit": 5}`), &got))
	require.Equal(t, spectron.Config{TokenLimit: to(int64(5))}, got)
	require.Error(t, json.Unmarshal([]byte(`{"retention_days": 5, "x": 1}`), &got))
	require.Equal(t, spectron.Config{TokenLimit: to(int64(5))}, got)
	require.NoError(t, json.Unmarshal([]byte(`null`), &got))
	require.Equal(t, spectron.Config{TokenLimit: to(int64(5))}, got)

	patch := spectron.ContextPatch{Description: to("a"), Unset: []string{"models"}}
	require.NoError(t, json.Unmarshal([]byte(`{"config": {"token_limit": 5}}`), &patch))
	require.Equal(t, spectron.ContextPatch{Config: got}, patch)
	require.Error(t, json.Unmarshal([]byte(`{"description": "b", "x": 1}`), &patch))
	require.Equal(t, spectron.ContextPatch{Config: got}, patch)
}

func TestConfigMarshals(t *testing.T) {
	t.Parallel()
	c := wholeConfigValue()
	c.Providers = nil
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var again spectron.Config
	require.NoError(t, json.Unmarshal(text, &again))
	require.Equal(t, c, again)
	if !strings.Contains(string(text), `"response":"openrouter/meta/llama"`) {
		t.Errorf("%s", text)
	}
}

// nulls sets every path to null that a patch may set to null.
const nulls = `{"description": null, "enforcement_blocked": null, "config": {
	"token_limit": null, "retention_days": null,
	"models": {"extraction": null, "reconciliation": null, "response": null, "synthesis": null, "reflection": null,
		"elaboration_consolidation": null},
	"providers": {"openai": null},
	"pii_redaction_enabled": null, "llm_extraction_enabled": null, "reconciliation": {"confidence_floor": null},
	"response_cache": {"enabled": null, "similarity_threshold": null, "freshness_window_seconds": null, "max_entries": null},
	"traces": {"sampling": null, "max_entries": null}, "documents": {"max_bytes": null},
	"events": {"retention_days": null}, "context_expiry_days": null, "allow_self_service_keys": null, "max_token_ttl_seconds": null
}}`

func TestConfigPatchReads(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text string
		want spectron.ContextPatch
	}{
		"null":  {`null`, spectron.ContextPatch{}},
		"empty": {`{}`, spectron.ContextPatch{}},
		"all": {
			`{"description": "x", "enforcement_blocked": true, "config": ` + wholeConfig + `}`,
			spectron.ContextPatch{Description: to("x"), EnforcementBlocked: to(true), Config: wholeConfigValue()},
		},
		"not blocked": {`{"enforcement_blocked": false}`, spectron.ContextPatch{EnforcementBlocked: to(false)}},
		"nulls": {nulls, spectron.ContextPatch{Description: to(""), EnforcementBlocked: to(false), Unset: []string{
			"token_limit", "retention_days", "models.extraction", "models.reconciliation", "models.response", "models.synthesis",
			"models.reflection", "models.elaboration_consolidation", "providers.openai",
			"pii_redaction_enabled", "llm_extraction_enabled", "reconciliation.confidence_floor", "response_cache.enabled",
			"response_cache.similarity_threshold", "response_cache.freshness_window_seconds", "response_cache.max_entries",
			"traces.sampling", "traces.max_entries", "documents.max_bytes", "events.retention_days",
			"context_expiry_days", "allow_self_service_keys", "max_token_ttl_seconds",
		}}},
		"null groups": {
			`{"config": {"models": null, "providers": null, "reconciliation": null, "response_cache": null}}`,
			spectron.ContextPatch{Unset: []string{"models", "providers", "reconciliation", "response_cache"}},
		},
		"set and unset": {
			`{"config": {"providers": {"a": null, "b": "k"}, "token_limit": 2, "retention_days": null}}`,
			spectron.ContextPatch{
				Config: spectron.Config{TokenLimit: to(int64(2)), Providers: map[string]spectron.Secret{"b": "k"}},
				Unset:  []string{"providers.a", "retention_days"},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got spectron.ContextPatch
			require.NoError(t, json.Unmarshal([]byte(tc.text), &got))
			require.Equal(t, tc.want, got)
		})
	}
}

func TestConfigPatchRefuses(t *testing.T) {
	t.Parallel()
	const (
		fields = "token_limit, retention_days, models, pii_redaction_enabled, llm_extraction_enabled, reconciliation, response_cache, traces, " +
			"documents, events, context_expiry_days, allow_self_service_keys, max_token_ttl_seconds, providers"
		names = "extraction, reconciliation, response, synthesis, reflection, elaboration_consolidation"
		cache = "enabled, similarity_threshold, freshness_window_seconds, max_entries"
	)
	deep := strings.Repeat(`{"a":`, 9) + "1" + strings.Repeat("}", 9)
	for name, tc := range map[string]struct {
		text, path, detail string
		want               *spectron.Error
	}{
		"unknown":             {`{"confg": {}}`, "confg", "unknown field; the fields are description, enforcement_blocked, config", nil},
		"unknown, case":       {`{"Config": {}}`, "Config", "unknown field; the fields are description, enforcement_blocked, config", nil},
		"unknown, null":       {`{"config": {"tokens": null}}`, "config.tokens", "unknown field; the fields are " + fields, nil},
		"unknown in config":   {`{"config": {"token_limit": 1, "x": 1}}`, "config.x", "unknown field; the fields are " + fields, nil},
		"unknown, empty":      {`{"config": {"": 1}}`, `config.""`, "unknown field; the fields are " + fields, nil},
		"unknown, dotted":     {`{"config": {"models.response": "a/b"}}`, `config."models.response"`, "unknown field; the fields are " + fields, nil},
		"unknown, long":       {`{"config": {"` + strings.Repeat("x", 90) + `": 1}}`, `config."` + strings.Repeat("x", 64) + `"`, "unknown field; the fields are " + fields, nil},
		"unknown, control":    {`{"config": {"a\nb": 1}}`, `config."a\nb"`, "unknown field; the fields are " + fields, nil},
		"unknown stage":       {`{"config": {"models": {"extracton": "a/b"}}}`, "config.models.extracton", "unknown field; the fields are " + names, nil},
		"unknown, cache":      {`{"config": {"response_cache": {"size": 1}}}`, "config.response_cache.size", "unknown field; the fields are " + cache, nil},
		"unknown, reconcile":  {`{"config": {"reconciliation": {"floor": 1}}}`, "config.reconciliation.floor", "unknown field; the fields are confidence_floor", nil},
		"unknown, documents":  {`{"config": {"documents": {"max_size": 1}}}`, "config.documents.max_size", "unknown field; the fields are max_bytes", nil},
		"unknown in a model":  {`{"config": {"models": {"response": {"name": "a"}}}}`, "config.models.response.name", "unknown field; the fields are provider, model", nil},
		"unset is not JSON":   {`{"unset": ["models"]}`, "unset", "unknown field; the fields are description, enforcement_blocked, config", nil},
		"configured is not":   {`{"config": {"providers_configured": ["a"]}}`, "config.providers_configured", "unknown field; the fields are " + fields, nil},
		"twice":               {`{"description": "a", "description": "a"}`, "description", "repeated", nil},
		"twice, config":       {`{"config": {}, "config": {}}`, "config", "repeated", nil},
		"twice, escaped":      {`{"config": {"token_limit": 1, "token\u005flimit": 2}}`, "config.token_limit", "repeated", nil},
		"twice, one null":     {`{"config": {"token_limit": null, "token_limit": 2}}`, "config.token_limit", "repeated", nil},
		"twice, provider":     {`{"config": {"providers": {"a": "sk-canary", "a": "sk-canary"}}}`, "config.providers.a", "repeated", nil},
		"twice, stage":        {`{"config": {"models": {"response": "a/b", "response": "a/b"}}}`, "config.models.response", "repeated", nil},
		"twice in a model":    {`{"config": {"models": {"response": {"model": "a", "model": "b"}}}}`, "config.models.response.model", "repeated", nil},
		"twice in the cache":  {`{"config": {"response_cache": {"enabled": true, "enabled": true}}}`, "config.response_cache.enabled", "repeated", nil},
		"patch":               {`[]`, "", "an array where an object belongs", nil},
		"description":         {`{"description": 1}`, "description", "a number where a string belongs", nil},
		"enforcement":         {`{"enforcement_blocked": "true"}`, "enforcement_blocked", "a string where true or false belongs", nil},
		"config":              {`{"config": "sk-canary"}`, "config", "a string where an object belongs", nil},
		"config null":         {`{"config": null}`, "config", "null would remove the whole configuration; set only the fields to reset to null", nil},
		"token limit":         {`{"config": {"token_limit": "1"}}`, "config.token_limit", "a string where a whole number belongs", nil},
		"token limit 1.5":     {`{"config": {"token_limit": 1.5}}`, "config.token_limit", "a number with a fraction or an exponent where a whole number belongs", nil},
		"token limit 1e3":     {`{"config": {"token_limit": 1e3}}`, "config.token_limit", "a number with a fraction or an exponent where a whole number belongs", nil},
		"token limit 2^63":    {`{"config": {"token_limit": 9223372036854775808}}`, "config.token_limit", "out of range", nil},
		"retention":           {`{"config": {"retention_days": true}}`, "config.retention_days", "true or false where a whole number belongs", nil},
		"models":              {`{"config": {"models": "a/b"}}`, "config.models", "a string where an object belongs", nil},
		"models, stage":       {`{"config": {"models": {"response": 4}}}`, "config.models.response", "a number where a string or an object with provider and model belongs", nil},
		"models, no slash":    {`{"config": {"models": {"response": "sk-canary"}}}`, "config.models.response", `not the name of a model, such as "openai/gpt-4o-mini"`, nil},
		"models, no provider": {`{"config": {"models": {"response": {"model": "a"}}}}`, "config.models.response", `not the name of a model, such as "openai/gpt-4o-mini"`, nil},
		"models, no name":     {`{"config": {"models": {"response": {"provider": "a"}}}}`, "config.models.response", `not the name of a model, such as "openai/gpt-4o-mini"`, nil},
		"models, null name":   {`{"config": {"models": {"response": {"provider": "a", "model": null}}}}`, "config.models.response.model", "null where a string belongs", nil},
		"models, long":        {`{"config": {"models": {"response": "a/` + strings.Repeat("b", 255) + `"}}}`, "config.models.response", "257 bytes (at most 256)", spectron.ErrTooLarge},
		"providers":           {`{"config": {"providers": ["sk-canary"]}}`, "config.providers", "an array where an object belongs", nil},
		"provider":            {`{"config": {"providers": {"openai": {"key": "sk-canary"}}}}`, "config.providers.openai", "an object where a string belongs", nil},
		"provider name":       {`{"config": {"providers": {"SK-canary": "openai"}}}`, "config.providers", "the name of a provider is not 1 to 32 of a-z, 0-9, _ and -", nil},
		"provider name, null": {`{"config": {"providers": {"a.b": null}}}`, "config.providers", "the name of a provider is not 1 to 32 of a-z, 0-9, _ and -", nil},
		"pii":                 {`{"config": {"pii_redaction_enabled": 1}}`, "config.pii_redaction_enabled", "a number where true or false belongs", nil},
		"llm":                 {`{"config": {"llm_extraction_enabled": {}}}`, "config.llm_extraction_enabled", "an object where true or false belongs", nil},
		"reconciliation":      {`{"config": {"reconciliation": 0.5}}`, "config.reconciliation", "a number where an object belongs", nil},
		"floor":               {`{"config": {"reconciliation": {"confidence_floor": "0.5"}}}`, "config.reconciliation.confidence_floor", "a string where a number belongs", nil},
		"floor 1e999":         {`{"config": {"reconciliation": {"confidence_floor": 1e999}}}`, "config.reconciliation.confidence_floor", "out of range", nil},
		"documents":           {`{"config": {"documents": 1}}`, "config.documents", "a number where an object belongs", nil},
		"documents, bytes":    {`{"config": {"documents": {"max_bytes": "1 MiB"}}}`, "config.documents.max_bytes", "a string where a whole number belongs", nil},
		"cache":               {`{"config": {"response_cache": false}}`, "config.response_cache", "true or false where an object belongs", nil},
		"cache, enabled":      {`{"config": {"response_cache": {"enabled": "no"}}}`, "config.response_cache.enabled", "a string where true or false belongs", nil},
		"cache, similarity":   {`{"config": {"response_cache": {"similarity_threshold": []}}}`, "config.response_cache.similarity_threshold", "an array where a number belongs", nil},
		"cache, freshness":    {`{"config": {"response_cache": {"freshness_window_seconds": "1h"}}}`, "config.response_cache.freshness_window_seconds", "a string where a whole number belongs", nil},
		"cache, entries":      {`{"config": {"response_cache": {"max_entries": 0.5}}}`, "config.response_cache.max_entries", "a number with a fraction or an exponent where a whole number belongs", nil},
		"expiry":              {`{"config": {"context_expiry_days": "7"}}`, "config.context_expiry_days", "a string where a whole number belongs", nil},
		"self-service":        {`{"config": {"allow_self_service_keys": 0}}`, "config.allow_self_service_keys", "a number where true or false belongs", nil},
		"ttl":                 {`{"config": {"max_token_ttl_seconds": "1"}}`, "config.max_token_ttl_seconds", "a string where a whole number belongs", nil},
		"nothing":             {``, "", "not one JSON value, at byte 0", nil},
		"half":                {`{"config": {"providers": {"a": "sk-canary`, "", "not one JSON value, at byte 41", nil},
		"not quoted":          {`{"config": {"providers": {"a": sk-canary}}}`, "", "not one JSON value, at byte 32", nil},
		"two values":          {`{} {}`, "", "not one JSON value, at byte 4", nil},
		"not UTF-8":           {"{\"description\": \"\xff\"}", "", "not UTF-8", nil},
		"too deep":            {deep, "", "9 levels (at most 8)", spectron.ErrTooLarge},
		"too deep, arrays":    {`{"config": ` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, "", "not one JSON value, at byte 10011", nil},
		"too long":            {`{"description": "` + strings.Repeat("x", 256<<10) + `"}`, "", "262163 bytes (at most 262144)", spectron.ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.want == nil {
				tc.want = spectron.ErrInvalid
			}
			var patch spectron.ContextPatch
			refused(t, patch.UnmarshalJSON([]byte(tc.text)), tc.want, tc.path, tc.detail)
			require.Equal(t, spectron.ContextPatch{}, patch)
			// A Config alone must refuse the same, one level higher.
			inner := strings.TrimSuffix(strings.TrimPrefix(tc.text, `{"config": `), "}")
			if path, ok := strings.CutPrefix(tc.path, "config."); ok {
				var c spectron.Config
				refused(t, json.Unmarshal([]byte(inner), &c), tc.want, path, tc.detail)
				require.Equal(t, spectron.Config{}, c)
			}
		})
	}
}

// refused fails the test unless err has exactly the given parts and contains no key.
func refused(t *testing.T, err error, want *spectron.Error, field, detail string) {
	t.Helper()
	var e *spectron.Error
	if !errors.As(err, &e) {
		t.Fatalf("no Error: %v", err)
	}
	if !errors.Is(err, want) || e.Op != "config" || e.Field != field || e.Detail != detail {
		t.Errorf("%v: %q %q %q %q, not %q %q", err, e.Op, e.Code, e.Field, e.Detail, field, detail)
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the error shows a key: %v", err)
	}
}

func TestConfigModel(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("b", 254)
	for text, want := range map[string]spectron.Model{
		`""`:                             {},
		`null`:                           {},
		`"openai/gpt-4o-mini"`:           {Provider: "openai", Name: "gpt-4o-mini"},
		`"openrouter/meta/llama"`:        {Provider: "openrouter", Name: "meta/llama"},
		`"a_b-1/X:y@2.0 "`:               {Provider: "?"},
		`"a/` + long + `"`:               {Provider: "a", Name: long},
		`"a/` + long + `b"`:              {Provider: "?"},
		`"openai"`:                       {Provider: "?"},
		`"openai/"`:                      {Provider: "?"},
		`"/gpt"`:                         {Provider: "?"},
		`"a//b"`:                         {Provider: "?"},
		`"a/b/"`:                         {Provider: "?"},
		`"OpenAI/gpt"`:                   {Provider: "?"},
		`"a/b c"`:                        {Provider: "?"},
		`"a/\u00e9"`:                     {Provider: "?"},
		`"a/\u0000"`:                     {Provider: "?"},
		`7`:                              {Provider: "?"},
		`{"provider":"a"}`:               {Provider: "?"},
		`{"model":"a"}`:                  {Provider: "?"},
		`{}`:                             {Provider: "?"},
		`{"provider":"a","model":"b/c"}`: {Provider: "a", Name: "b/c"},
		`{"model":"b","provider":"a"}`:   {Provider: "a", Name: "b"},
		`{"provider":"a/b","model":"c"}`: {Provider: "?"},
	} {
		var got spectron.Model
		err := json.Unmarshal([]byte(text), &got)
		if want.Provider == "?" {
			if !errors.Is(err, spectron.ErrInvalid) && !errors.Is(err, spectron.ErrTooLarge) || got != (spectron.Model{}) {
				t.Errorf("%s: %v, %v", text, got, err)
			}
			continue
		}
		require.NoError(t, err, text)
		if got != want {
			t.Errorf("%s: %+v", text, got)
		}
		out, err := json.Marshal(got)
		require.NoError(t, err)
		if string(out) != fmt.Sprintf("%q", got.String()) {
			t.Errorf("%s: %s", text, out)
		}
		var again spectron.Model
		require.NoError(t, again.UnmarshalText([]byte(got.String())))
		if again != got {
			t.Errorf("%s: %+v", text, again)
		}
	}
	for _, m := range []spectron.Model{{Provider: "a"}, {Name: "b"}, {Provider: "a/b", Name: "c"}, {Provider: "a", Name: "/b"}} {
		if out, err := m.MarshalText(); !errors.Is(err, spectron.ErrInvalid) {
			t.Errorf("%+v: %s, %v", m, out, err)
		}
	}
	m := spectron.Model{Provider: "a", Name: "b"}
	if err := m.UnmarshalText([]byte("c")); !errors.Is(err, spectron.ErrInvalid) || m.Provider != "a" {
		t.Errorf("%+v, %v", m, err)
	}
}
