package settings

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/strictjson"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

const canary = "sk-canary-0123456789"

// pathOf names a setting by its path in errors.
func pathOf(path string) string { return path }

// randomValue returns a random value that passes the rule of a setting.
func randomValue(t *testing.T, r *rand.Rand, s setting) (value any, ok bool) {
	t.Helper()
	for _, text := range []string{
		fmt.Sprint(r.IntN(2) == 0), fmt.Sprintf("0.5%d", r.IntN(100)), fmt.Sprint(1 + r.IntN(30000)),
		fmt.Sprintf(`"p%d/m<&>/%d"`, r.IntN(3), r.IntN(9)),
	} {
		v, err := strictjson.Parse([]byte(text), maxJSON)
		require.NoError(t, err)
		if value, err := s.rule.read(v); err == nil && s.rule.check("", s.path, value) == nil {
			return value, true
		}
	}
	return nil, false
}

// randomConfig returns a configuration with each setting with a probability of one half.
func randomConfig(t *testing.T, r *rand.Rand) Config {
	t.Helper()
	c := Config{}
	for _, s := range table {
		value, ok := randomValue(t, r, s)
		if !ok {
			t.Fatalf("no value for %s", s.path)
		}
		if ok && s.path != anyProvider && r.IntN(2) == 0 {
			c[s.path] = value
		}
	}
	for i := range 4 {
		if r.IntN(2) == 0 {
			c[fmt.Sprint("providers.p", i)] = Key(fmt.Sprint(canary, r.IntN(100)))
		}
	}
	return c
}

func randomUnset(r *rand.Rand) []string {
	all := append(slices.DeleteFunc(paths(), func(s string) bool { return s == anyProvider }), "providers.p0", "providers.p1")
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
		out, err := base.Merge(patch, unset)
		require.NoError(t, err)
		return out
	}
	for i := range testsize.Of(1000) {
		c, p1, p2 := randomConfig(t, r), randomConfig(t, r), randomConfig(t, r)
		u1, u2 := randomUnset(r), randomUnset(r)
		before := []Config{maps.Clone(c), maps.Clone(p1), maps.Clone(p2)}
		require.NoError(t, c.check(pathOf))
		require.NoError(t, CheckUnset(u1))

		require.Equal(t, c, merge(c, Config{}, nil), "nothing changes nothing, run %d", i)
		require.Equal(t, c, merge(c, c, nil), "the same changes nothing, run %d", i)
		require.Equal(t, c, merge(Config{}, c, nil), "onto nothing, run %d", i)

		one := merge(merge(c, p1, u1), p2, u2)
		both := merge(c, merge(p1, p2, u2), append(slices.Clone(u1), u2...))
		require.Equal(t, one, both, "two patches are one, run %d: %v %v", i, u1, u2)
		require.NoError(t, one.check(pathOf))
		for path := range one {
			if _, ok := p2[path]; !ok && slices.Contains(u2, path) {
				t.Fatalf("run %d: %s was unset", i, path)
			}
		}

		data, err := one.Encode()
		require.NoError(t, err)
		if bytes.Contains(data, []byte("canary")) || bytes.Contains(data, []byte(providers)) {
			t.Fatalf("providers in %s", data)
		}
		again, err := Decode(data)
		require.NoError(t, err)
		require.Equal(t, merge(one, nil, []string{providers}), again, "round trip, run %d", i)
		data2, err := again.Encode()
		require.NoError(t, err)
		require.Equal(t, string(data), string(data2))

		var everything []string
		for _, s := range table {
			everything = append(everything, s.path)
		}
		require.Equal(t, Config{}.Effective(), merge(one, nil, append(everything, providers)).Effective())

		for path := range one {
			one[path] = "scrambled"
		}
		require.Equal(t, before, []Config{c, p1, p2}, "run %d changed its arguments", i)
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
		base, err := Read([]byte(tc.base))
		require.NoError(t, err, name)
		want, err := Read([]byte(tc.want))
		require.NoError(t, err, name)
		patch, err := ReadPatch([]byte(`{"config": ` + tc.patch + `}`))
		require.NoError(t, err, name)
		got, err := base.Merge(patch.Config, patch.Unset)
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
	}
	got, err := Config{"models.response": Model{"a", "b"}}.Merge(Config{"models.reflection": Model{"a", "c"}}, []string{models})
	require.NoError(t, err)
	require.Equal(t, Config{"models.reflection": Model{"a", "c"}}, got, "what is unset goes before what is set comes")

	full := Config{}
	for i := range maxProviders {
		full[fmt.Sprint("providers.p", i)] = Key("k")
	}
	_, err = full.Merge(Config{"providers.openai": Key(canary)}, nil)
	if e, ok := err.(*fault.Error); !ok || e.Code != fault.TooLarge || e.Field != "Config.Providers" || e.Detail != "17 providers (at most 16)" {
		t.Errorf("%v", err)
	}
	got, err = full.Merge(Config{"providers.openai": Key("k")}, []string{"providers.p3"})
	require.NoError(t, err)
	if len(got.Providers()) != 16 || len(full.Providers()) != 16 {
		t.Errorf("%d and %d providers", len(got.Providers()), len(full.Providers()))
	}
}

func TestPatchChanges(t *testing.T) {
	t.Parallel()
	p, err := ReadPatch([]byte(`{"config": {"providers": {"b": "k", "a": "k"}, "max_token_ttl_seconds": 5, "models": {"reflection": "a/b",
		"extraction": "a/b", "response": null}, "token_limit": 1}, "description": null, "enforcement_blocked": true}`))
	require.NoError(t, err)
	const want = "description, enforcement_blocked, token_limit, models.extraction, models.reflection, max_token_ttl_seconds, " +
		"providers.a, providers.b, -models.response"
	if got := p.Changes(); got != want {
		t.Errorf("%s", got)
	}
}

func TestConfigStored(t *testing.T) {
	t.Parallel()
	c, err := Decode(nil)
	require.NoError(t, err)
	require.Equal(t, Config{}, c)
	data, err := Config{"providers.a": Key(canary)}.Encode()
	require.NoError(t, err)
	require.Equal(t, "{}", string(data))
	data, err = Config{"token_limit": int64(1), "models.response": Model{"a", "b/c"}, "models.extraction": Model{"a", "d"}}.Encode()
	require.NoError(t, err)
	require.JSONEq(t, `{"token_limit":1,"models":{"extraction":"a/d","response":"a/b/c"}}`, string(data))

	for text, want := range map[string]fault.Code{
		`{"token_limit": 1, "later": {"a": [1]}}`:      fault.Unsupported,
		`{"models": {"later": "a/b"}}`:                 fault.Unsupported,
		`{"response_cache": {"later": true}}`:          fault.Unsupported,
		`{"token_limit"`:                               fault.Damaged,
		`[]`:                                           fault.Damaged,
		`null`:                                         fault.Damaged,
		`{"token_limit": "1"}`:                         fault.Damaged,
		`{"token_limit": -1}`:                          fault.Damaged,
		`{"token_limit": 1, "token_limit": 1}`:         fault.Damaged,
		`{"models": {"embedding": "a/b"}}`:             fault.Unsupported,
		`{"providers": {"a": "` + canary + `"}}`:       fault.Damaged,
		`{"providers": {"a": "` + canary + `\u00e9"}}`: fault.Damaged,
	} {
		c, err := Decode([]byte(text))
		if !fault.Is(err, want) || c != nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", text, err)
		}
	}
	_, err = Decode([]byte(`{"models": {"later": "a/b"}}`))
	if !strings.Contains(err.Error(), "the stored configuration is of a later version: config: models.later: unknown field") {
		t.Error(err)
	}
	if data, err := (Config{"models.response": Model{Provider: "a"}}).Encode(); err == nil {
		t.Errorf("%s", data)
	}
}

// TestFlatten checks that the result of Flatten shares nothing with the struct, and has no groups without values.
func TestFlatten(t *testing.T) {
	t.Parallel()
	type group struct {
		Floor *float64 `json:"confidence_floor,omitempty"`
	}
	type some struct {
		Limit  *int64           `json:"token_limit,omitempty"`
		Models map[string]Model `json:"models,omitempty"`
		Group  *group           `json:"reconciliation,omitempty"`
	}
	floor := 0.5
	from := some{Models: map[string]Model{"response": {"a", "b"}}, Group: &group{&floor}}
	flat := Flatten(from)
	floor, from.Models["response"] = 0.6, Model{}
	require.Equal(t, Config{"models.response": Model{"a", "b"}, confidenceFloor: 0.5}, flat)
	require.Equal(t, Config{}, Flatten(some{Group: &group{}}))
}

func TestKeysAreNotPrinted(t *testing.T) {
	t.Parallel()
	c := Config{"providers.a": Key(canary), "providers.b": Key("")}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if text := fmt.Sprintf(verb, c); strings.Contains(text, "canary") || strings.Contains(text, fmt.Sprintf("%x", canary)) {
			t.Errorf("%s: %s", verb, text)
		}
	}
}
