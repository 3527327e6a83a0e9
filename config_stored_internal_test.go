package spectron

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// randomConfig sets each field with a probability of a half.
func randomConfig(r *rand.Rand) Config {
	var c Config
	half := func() bool { return r.IntN(2) == 0 }
	if half() {
		c.TokenLimit = to(r.Int64N(maxTokenLimit + 1))
	}
	if half() {
		c.RetentionDays = to(1 + r.IntN(maxDays))
	}
	for _, stage := range stages {
		if stage != StageEmbedding && half() {
			setKey(&c.Models, stage, Model{fmt.Sprint("p", r.IntN(3)), fmt.Sprint("m<&>/", r.IntN(9))})
		}
	}
	for i := range 4 {
		if half() {
			setKey(&c.Providers, fmt.Sprint("p", i), Secret(fmt.Sprint(canary, r.IntN(100))))
		}
	}
	for _, p := range []**bool{
		&c.PIIRedaction, &c.LLMExtraction, &c.AllowSelfServiceKeys, &made(&c.ResponseCache).Enabled,
	} {
		if half() {
			*p = to(half())
		}
	}
	for _, p := range []**float64{&made(&c.Reconciliation).ConfidenceFloor, &c.ResponseCache.SimilarityThreshold} {
		if half() {
			*p = to(r.Float64())
		}
	}
	for _, p := range []**int{&c.ResponseCache.MaxEntries, &c.ContextExpiryDays} {
		if half() {
			*p = to(1 + r.IntN(maxDays))
		}
	}
	for _, p := range []**int64{&c.ResponseCache.FreshnessWindowSeconds, &c.MaxTokenTTLSeconds} {
		if half() {
			*p = to(1 + r.Int64N(maxSeconds))
		}
	}
	if half() {
		return c.clone() // without the groups that are empty
	}
	return c
}

func randomUnset(r *rand.Rand) []string {
	all := append(slices.DeleteFunc(paths(), func(s string) bool { return s == "providers.<name>" }), "providers.p0", "providers.p1")
	var out []string
	for range r.IntN(6) {
		out = append(out, all[r.IntN(len(all))])
	}
	return out
}

func TestConfigProperties(t *testing.T) {
	t.Parallel()
	const seed = 20260
	r := rand.New(rand.NewPCG(seed, 1))
	merge := func(base, patch Config, unset []string) Config {
		t.Helper()
		out, err := base.merged(patch, unset)
		require.NoError(t, err)
		return out
	}
	for i := range 1000 {
		c, p1, p2 := randomConfig(r), randomConfig(r), randomConfig(r)
		u1, u2 := randomUnset(r), randomUnset(r)
		before := fmt.Sprint(shown(c), shown(p1), shown(p2))
		require.NoError(t, c.check("check", "Config"))

		require.Equal(t, c.clone(), merge(c, Config{}, nil), "nothing changes nothing, run %d", i)
		require.Equal(t, c.clone(), merge(c, c, nil), "the same changes nothing, run %d", i)
		require.Equal(t, c.clone(), merge(Config{}, c, nil), "onto nothing, run %d", i)

		one := merge(merge(c, p1, u1), p2, u2)
		both := merge(c, merge(p1, p2, u2), append(slices.Clone(u1), u2...))
		require.Equal(t, one, both, "two patches are one, run %d: %v %v", i, u1, u2)
		require.NoError(t, one.check("check", "Config"))

		data, err := encodeConfig(one)
		require.NoError(t, err)
		if bytes.Contains(data, []byte("canary")) || bytes.Contains(data, []byte("providers")) {
			t.Fatalf("providers in %s", data)
		}
		again, err := decodeConfig(data)
		require.NoError(t, err)
		without := merge(one, Config{}, []string{"providers"})
		require.Equal(t, without, again, "round trip, run %d", i)
		data2, err := encodeConfig(again)
		require.NoError(t, err)
		require.Equal(t, string(data), string(data2))

		var everything []string
		for _, f := range configFields {
			everything = append(everything, f.path)
		}
		require.Equal(t, Config{}.effective(), merge(one, Config{}, append(everything, "providers")).effective())

		if after := fmt.Sprint(shown(c), shown(p1), shown(p2)); after != before {
			t.Fatalf("run %d changed its arguments: %s, %s", i, before, after)
		}
		scramble(&one)
		if after := fmt.Sprint(shown(c), shown(p1), shown(p2)); after != before {
			t.Fatalf("run %d: the result shares with its arguments", i)
		}
	}
}

// shown is all that c holds, keys too.
func shown(c Config) string {
	text, err := json.Marshal(c)
	if err != nil {
		return err.Error()
	}
	for _, name := range slices.Sorted(maps.Keys(c.Providers)) {
		text = append(text, " "+name+"="+string(c.Providers[name])...)
	}
	return string(text)
}

// scramble overwrites all that c points to.
func scramble(c *Config) {
	for _, stage := range slices.Collect(maps.Keys(c.Models)) {
		c.Models[stage] = Model{"scrambled", "model"}
	}
	for name := range c.Providers {
		c.Providers[name] = "scrambled"
	}
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		for i := range v.NumField() {
			switch field := v.Field(i); {
			case field.Kind() != reflect.Pointer || field.IsNil():
			case field.Elem().Kind() == reflect.Struct:
				walk(field.Elem())
				fallthrough
			default:
				field.Elem().SetZero()
			}
		}
	}
	walk(reflect.ValueOf(c).Elem())
}

func TestConfigStored(t *testing.T) {
	t.Parallel()
	c, err := decodeConfig(nil)
	require.NoError(t, err)
	require.Equal(t, Config{}, c)
	data, err := encodeConfig(Config{Models: map[Stage]Model{}, ResponseCache: &ResponseCacheConfig{}, Providers: map[string]Secret{"a": canary}})
	require.NoError(t, err)
	require.Equal(t, "{}", string(data))
	data, err = encodeConfig(Config{TokenLimit: to(int64(1)), Models: map[Stage]Model{StageResponse: {"a", "b/c"}, StageExtraction: {"a", "d"}}})
	require.NoError(t, err)
	require.Equal(t, `{"token_limit":1,"models":{"extraction":"a/d","response":"a/b/c"}}`, string(data))

	for text, want := range map[string]*Error{
		`{"token_limit": 1, "later": {"a": [1]}}`:      ErrUnsupported,
		`{"models": {"later": "a/b"}}`:                 ErrUnsupported,
		`{"response_cache": {"later": true}}`:          ErrUnsupported,
		`{"token_limit"`:                               ErrDamaged,
		`[]`:                                           ErrDamaged,
		`null`:                                         ErrDamaged,
		`{"token_limit": "1"}`:                         ErrDamaged,
		`{"token_limit": -1}`:                          ErrDamaged,
		`{"token_limit": 1, "token_limit": 1}`:         ErrDamaged,
		`{"models": {"embedding": "a/b"}}`:             ErrDamaged,
		`{"providers": {"a": "` + canary + `"}}`:       ErrDamaged,
		`{"providers": {"a": "` + canary + `\u00e9"}}`: ErrDamaged,
	} {
		c, err := decodeConfig([]byte(text))
		if !errors.Is(err, want) || !reflect.DeepEqual(c, Config{}) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", text, err)
		}
	}
	_, err = decodeConfig([]byte(`{"models": {"later": "a/b"}}`))
	if !strings.Contains(err.Error(), "what is stored is of a later version: config: models.later: unknown field") {
		t.Error(err)
	}
	if data, err := encodeConfig(models(StageResponse, Model{Provider: "a"})); !errors.Is(err, ErrInvalid) {
		t.Errorf("%s, %v", data, err)
	}
}

// valued finds the canary where it is all of a JSON value, not the name of a field.
var valued = regexp.MustCompile(`[:,\[]\s*"` + canary + `"\s*[,}\]]`)

func FuzzConfigPatch(f *testing.F) {
	for _, seed := range []string{
		`null`, `{}`, `{"description": "x", "enforcement_blocked": null, "config": {"token_limit": 2000000}}`,
		`{"config": {"providers": {"openai": "` + canary + `", "a": null}, "models": {"reflection": "anthropic/claude-opus-4-7"}}}`,
		`{"config": {"models": {"extraction": {"provider": "openai", "model": "` + canary + `"}}, "providers": null}}`,
		`{"config": {"token_limit": "` + canary + `", "retention_days": 1e2, "reconciliation": {"confidence_floor": 0.5}}}`,
		`{"config": {"response_cache": {"enabled": false, "similarity_threshold": 1, "freshness_window_seconds": 9, "max_entries": 1}}}`,
		`{"config": {"pii_redaction_enabled": true, "llm_extraction_enabled": false, "context_expiry_days": 3}}`,
		`{"config": {"allow_self_service_keys": null, "max_token_ttl_seconds": 4, "x": "` + canary + `"}}`,
		`{"config": {"token_limit": 1, "token_limit": 2}}`, `{"config": [[[[[[[[[[]]]]]]]]]]}`, `{"config": `, "\xff", `{"description": "\ud800"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p ContextPatch
		err := p.UnmarshalJSON(data)
		// Where the name of a field is the canary, an error may say so.
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
		stored, err := encodeConfig(c)
		if err != nil {
			t.Fatalf("%s: not encoded: %v", data, err)
		}
		again, err := decodeConfig(stored)
		if err != nil {
			t.Fatalf("%s: %s is not decoded: %v", data, stored, err)
		}
		c.Providers = nil
		if !reflect.DeepEqual(again, c) {
			t.Fatalf("%s: %s is decoded to %+v", data, stored, again)
		}
	})
}
