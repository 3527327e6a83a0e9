package spectron_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/spectrontest"
)

// openWith opens a file store with options. It adds the engine, a clock that does not advance, and relaxed durability.
func openWith(t *testing.T, path string, opts spectron.Options) (*spectron.Manager, error) {
	t.Helper()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	opts.Engine, opts.Durability = engine, spectron.DurabilityRelaxed
	if opts.Clock == nil {
		opts.Clock = spectrontest.NewClock().Now
	}
	return spectron.Open(context.Background(), "file://"+path, &opts)
}

// withStore opens a file store while f runs.
func withStore(t *testing.T, path string, opts spectron.Options, f func(*spectron.Manager)) {
	t.Helper()
	mgr, err := openWith(t, path, opts)
	require.NoError(t, err)
	f(mgr)
	require.NoError(t, mgr.Close(context.Background()))
}

func patchJSON(tb testing.TB, text string) spectron.ContextPatch {
	tb.Helper()
	var p spectron.ContextPatch
	require.NoError(tb, json.Unmarshal([]byte(text), &p))
	return p
}

// patch patches the Context with JSON and checks that every way to read it gives the result.
func patch(tb testing.TB, mgr *spectron.Manager, id, text string) spectron.ContextInfo {
	tb.Helper()
	info, err := mgr.PatchContext(context.Background(), id, patchJSON(tb, text))
	require.NoError(tb, err)
	for how, got := range readings(tb, mgr, id) {
		if !reflect.DeepEqual(got, info) {
			tb.Errorf("%s after %s:\n%+v\nthe patch returned\n%+v", how, text, got, info)
		}
	}
	return info
}

// readings returns the results of all ways to read a Context.
func readings(tb testing.TB, mgr *spectron.Manager, id string) map[string]spectron.ContextInfo {
	tb.Helper()
	c, err := mgr.Context(context.Background(), id)
	require.NoError(tb, err)
	stored, err := mgr.ContextInfo(context.Background(), id)
	require.NoError(tb, err)
	out := map[string]spectron.ContextInfo{"ContextInfo": stored}
	if info := c.Info(); info.Namespace != "" { // the handle of a management key has only the id
		out["Info"] = info
	}
	page, err := mgr.ListContexts(context.Background(), spectron.PageRequest{})
	require.NoError(tb, err)
	for _, info := range page.Items {
		if info.ID == id {
			out["ListContexts"] = info
		}
	}
	require.GreaterOrEqual(tb, len(out), 2)
	return out
}

func toJSON(tb testing.TB, value any) string {
	tb.Helper()
	text, err := json.Marshal(value)
	require.NoError(tb, err)
	return string(text)
}

// TestSettingsRecord checks the record of the management API, field by field.
func TestSettingsRecord(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 15, 10, 0, 0, 0, time.UTC)
	mgr := spectrontest.Open(t, &spectron.Options{Clock: func() time.Time { return at }})
	var config spectron.Config
	require.NoError(t, json.Unmarshal([]byte(`{"token_limit": 1000000,
		"models": {"extraction": "openai/gpt-4o-mini", "response": "openai/gpt-4o"}, "providers": {"openai": "`+providerKey+`"}}`), &config))
	create(t, mgr, "acme-prod", spectron.ContextSpec{Namespace: "acme", Database: "prod", Config: config})
	for how, info := range readings(t, mgr, "acme-prod") {
		var record struct {
			ID, Namespace, Database string
			Config                  map[string]json.RawMessage
			CreatedAt               string `json:"created_at"`
		}
		var fields map[string]any
		text := toJSON(t, info)
		require.NoError(t, json.Unmarshal([]byte(text), &record))
		require.NoError(t, json.Unmarshal([]byte(text), &fields))
		if len(fields) != 5 || record.ID != "acme-prod" || record.Namespace != "acme" || record.Database != "prod" || record.CreatedAt != "2026-01-15T10:00:00Z" {
			t.Errorf("%s: %s", how, text)
		}
		require.JSONEq(t, `{"token_limit": 1000000, "providers_configured": ["openai"],
			"models": {"extraction": "openai/gpt-4o-mini", "response": "openai/gpt-4o", "synthesis": "openai/gpt-4o"},
			"pii_redaction_enabled": false, "llm_extraction_enabled": true, "reconciliation": {"confidence_floor": 0.7},
			"response_cache": {"enabled": true, "similarity_threshold": 0.92, "freshness_window_seconds": 3600, "max_entries": 5000},
			"traces": {"sampling": 1, "max_entries": 10000}, "documents": {"max_bytes": 268435456}, "events": {},
			"context_expiry_days": 7, "allow_self_service_keys": true}`, toJSON(t, record.Config), how)
		shows(t, how+" as JSON", text)
		shows(t, how+" printed", fmt.Sprintf("%v %+v %#v", info, info, info))
	}
}

// TestSettingsPatchesMerge checks that each patch changes exactly the fields that it names, for every handle.
func TestSettingsPatchesMerge(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	one := create(t, mgr, "a", spectron.ContextSpec{Description: "first", Config: spectron.Config{TokenLimit: to(int64(1))}})
	two, err := mgr.Context(ctx, "a")
	require.NoError(t, err)
	other := create(t, mgr, "b", spectron.ContextSpec{Description: "other", Config: spectron.Config{TokenLimit: to(int64(1))}})
	untouched := toJSON(t, other.Info())

	want := map[string]any{}
	require.NoError(t, json.Unmarshal([]byte(toJSON(t, one.Info())), &want))
	config := want["config"].(map[string]any)
	cache := config["response_cache"].(map[string]any)
	model := config["models"].(map[string]any)
	for _, step := range []struct {
		patch, changes string
		apply          func()
	}{
		{`{}`, "", func() {}},
		{`{"config": {}}`, "", func() {}},
		{`{"config": {"token_limit": 2000000, "models": {"reflection": "anthropic/claude-opus-4-7"}, "providers": {"anthropic": "` + providerKey + `"}}}`,
			"token_limit, models.reflection, providers.anthropic", func() {
				config["token_limit"], model["reflection"] = 2000000.0, "anthropic/claude-opus-4-7"
				config["providers_configured"] = []any{"anthropic"}
			}},
		{`{"config": {"retention_days": 90}}`, "retention_days", func() { config["retention_days"] = 90.0 }},
		{`{"config": {"models": {"response": {"provider": "openai", "model": "gpt-4o"}}}}`, "models.response", func() {
			model["response"], model["synthesis"] = "openai/gpt-4o", "openai/gpt-4o"
		}},
		{`{"config": {"providers": {"openai": "` + providerKey + `-2"}}}`, "providers.openai", func() {
			config["providers_configured"] = []any{"anthropic", "openai"}
		}},
		{`{"config": {"providers": {"openai": "` + providerKey + `-3"}}}`, "providers.openai", func() {}},
		{`{"config": {"response_cache": {"max_entries": 9}}}`, "response_cache.max_entries", func() { cache["max_entries"] = 9.0 }},
		{`{"config": {"response_cache": {"enabled": false}, "context_expiry_days": 3}}`, "response_cache.enabled, context_expiry_days", func() {
			cache["enabled"], config["context_expiry_days"] = false, 3.0
		}},
		{`{"config": {"pii_redaction_enabled": true, "llm_extraction_enabled": false, "reconciliation": {"confidence_floor": 0}}}`,
			"pii_redaction_enabled, llm_extraction_enabled, reconciliation.confidence_floor", func() {
				config["pii_redaction_enabled"], config["llm_extraction_enabled"] = true, false
				config["reconciliation"] = map[string]any{"confidence_floor": 0.0}
			}},
		{`{"config": {"allow_self_service_keys": false, "max_token_ttl_seconds": 60}}`, "allow_self_service_keys, max_token_ttl_seconds", func() {
			config["allow_self_service_keys"], config["max_token_ttl_seconds"] = false, 60.0
		}},
		{`{"description": "second", "enforcement_blocked": true}`, "description, enforcement_blocked", func() {
			want["description"], want["enforcement_blocked"] = "second", true
		}},
		{`{"enforcement_blocked": false}`, "enforcement_blocked", func() { delete(want, "enforcement_blocked") }},
		{`{"config": {"models": {"reflection": null}, "token_limit": null, "providers": {"anthropic": null}}}`,
			"-models.reflection, -token_limit, -providers.anthropic", func() {
				delete(model, "reflection")
				delete(config, "token_limit")
				config["providers_configured"] = []any{"openai"}
			}},
		{`{"config": {"response_cache": null, "models": null, "providers": null}}`, "-response_cache, -models, -providers", func() {
			cache["max_entries"], cache["enabled"] = 5000.0, true
			clear(model)
			config["providers_configured"] = []any{}
		}},
		{`{"description": null, "enforcement_blocked": null}`, "description, enforcement_blocked", func() { delete(want, "description") }},
	} {
		info := patch(t, mgr, "a", step.patch)
		step.apply()
		require.JSONEq(t, toJSON(t, want), toJSON(t, info), step.patch)
		for i, c := range []*spectron.Context{one, two} {
			if !reflect.DeepEqual(c.Info(), info) {
				t.Errorf("handle %d after %s: %+v", i, step.patch, c.Info())
			}
		}
		page, err := mgr.Events(ctx, spectron.EventQuery{Action: spectron.EventContextConfigured, Limit: 1})
		require.NoError(t, err)
		if len(page.Items) != 1 || page.Items[0].Detail != step.changes || page.Items[0].ContextID != "a" ||
			page.Items[0].Op != "patch context" || page.Items[0].PrincipalID != "principal:admin" {
			t.Errorf("%s: the event %+v", step.patch, page.Items)
		}
		shows(t, "the event", toJSON(t, page))
	}
	if got := toJSON(t, other.Info()); got != untouched {
		t.Errorf("another Context changed: %s", got)
	}
}

// TestSettingsAreNotShared checks that a caller may change the results.
func TestSettingsAreNotShared(t *testing.T) {
	t.Parallel()
	mgr := spectrontest.Open(t, nil)
	spec := spectron.ContextSpec{Config: wholeConfigValue()}
	c := create(t, mgr, "a", spec)
	want := toJSON(t, c.Info())
	scribble := func(info spectron.ContextInfo) {
		*info.Config.TokenLimit, *info.Config.RetentionDays, *info.Config.MaxTokenTTLSeconds = 5, 5, 5
		info.Config.Models[spectron.StageResponse] = spectron.Model{Provider: "x", Name: "y"}
		info.Config.ProvidersConfigured[0] = "x"
	}
	*spec.Config.TokenLimit = 9
	clear(spec.Config.Models)
	scribble(c.Info())
	for _, info := range readings(t, mgr, "a") {
		scribble(info)
	}
	p := patchJSON(t, `{"config": {"token_limit": 1000000}}`)
	info, err := mgr.PatchContext(context.Background(), "a", p)
	require.NoError(t, err)
	*p.Config.TokenLimit = 8
	scribble(info)
	if got := toJSON(t, c.Info()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestSettingsBlock checks that a blocked Context refuses work for models, from the next call of every handle on.
func TestSettingsBlock(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	c := create(t, mgr, "a", spectron.ContextSpec{})
	minted, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Agent})
	require.NoError(t, err)
	byKey, err := mgr.Authenticate(ctx, minted.Secret)
	require.NoError(t, err)
	again, err := mgr.Context(ctx, "a")
	require.NoError(t, err)
	tell(t, c, "Alice works at Acme.")
	many := func(infer spectron.Infer) func(*spectron.Memory) error {
		return func(m *spectron.Memory) error {
			return second(m.RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "Bob lives in Oslo."}}, Infer: infer}))
		}
	}
	once := func(req spectron.RememberRequest) func(*spectron.Memory) error {
		return func(m *spectron.Memory) error { return second(m.Remember(ctx, req)) }
	}
	triples := []spectron.Triple{{Entity: spectron.EntityRef{Type: "person", Name: "Alice"}, Key: "mood", Value: "good"}}
	calls := map[string]struct {
		blocked bool
		call    func(*spectron.Memory) error
	}{
		"default": {true, once(spectron.RememberRequest{Text: "Bob lives in Oslo."})},
		"full":    {true, once(spectron.RememberRequest{Text: "Bob lives in Oslo.", Infer: spectron.InferFull})},
		"preview": {true, once(spectron.RememberRequest{Text: "Bob lives in Oslo.", Infer: spectron.InferPreview})},
		"triples": {false, once(spectron.RememberRequest{Infer: spectron.InferTriples, Triples: triples})},
		"none":    {false, once(spectron.RememberRequest{Text: "Word for word.", Infer: spectron.InferNone})},
		"many":    {true, many("")}, "many, preview": {true, many(spectron.InferPreview)}, "many, none": {false, many(spectron.InferNone)},
		"recall": {false, func(m *spectron.Memory) error {
			return second(m.Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"}))
		}},
		"who am I": {false, func(m *spectron.Memory) error { return second(m.WhoAmI(ctx)) }},
	}
	for _, blocked := range []bool{true, false} {
		patch(t, mgr, "a", fmt.Sprintf(`{"enforcement_blocked": %t}`, blocked))
		for who, handle := range map[string]*spectron.Context{"first": c, "again": again, "key": byKey} {
			for name, call := range calls {
				err := call.call(handle.Memory())
				if call.blocked && blocked {
					isError(t, err, spectron.ErrBlocked, "Infer")
				} else if err != nil {
					t.Errorf("%s, %s, blocked %t: %v", who, name, blocked, err)
				}
			}
		}
		if blocked {
			if got := known(t, c, "Bob Oslo", time.Time{}); len(got) > 0 {
				t.Errorf("stored although blocked: %v", got)
			}
		}
	}
}

// TestSettingsOfKeys checks that settings for keys apply to the next key that is created.
func TestSettingsOfKeys(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	clock := spectrontest.NewClock()
	mgr := spectrontest.Open(t, &spectron.Options{Clock: clock.Now})
	c := create(t, mgr, "a", spectron.ContextSpec{})
	p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "Alice", Grants: spectron.Grants{spectron.MemoryRead: {"/*"}}})
	require.NoError(t, err)
	first, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "first", PrincipalID: p.ID})
	require.NoError(t, err)
	if !first.ValidUntil.IsZero() {
		t.Errorf("a key without a limit ends at %v", first.ValidUntil)
	}
	alice, err := mgr.Authenticate(ctx, first.Secret)
	require.NoError(t, err)

	patch(t, mgr, "a", `{"config": {"allow_self_service_keys": false}}`)
	isError(t, second(alice.Keys().Create(ctx, spectron.KeySpec{Name: "own"})), spectron.ErrForbidden, "")
	isError(t, second(alice.Keys().Rotate(ctx, "first")), spectron.ErrForbidden, "")
	patch(t, mgr, "a", `{"config": {"allow_self_service_keys": null}}`)
	own, err := alice.Keys().Create(ctx, spectron.KeySpec{Name: "own"})
	require.NoError(t, err)
	if !strings.HasPrefix(own.Secret, "sp-cak_a_") {
		t.Error("not a key of self-service")
	}

	patch(t, mgr, "a", `{"config": {"max_token_ttl_seconds": 60}}`)
	for i, tc := range []struct{ ttl, want time.Duration }{{0, time.Minute}, {time.Hour, time.Minute}, {time.Second, time.Second}, {time.Minute, time.Minute}} {
		for who, keys := range map[string]*spectron.Keys{"operator": c.Keys(), "principal": alice.Keys()} {
			made, err := keys.Create(ctx, spectron.KeySpec{Name: fmt.Sprint(who, i), PrincipalID: p.ID, TTL: tc.ttl})
			require.NoError(t, err)
			if want := clock.Now().Add(tc.want); !made.ValidUntil.Equal(want) {
				t.Errorf("%s, %v: until %v, want %v", who, tc.ttl, made.ValidUntil, want)
			}
		}
	}
	patch(t, mgr, "a", `{"config": {"max_token_ttl_seconds": null}}`)
	free, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "free", PrincipalID: p.ID})
	require.NoError(t, err)
	if !free.ValidUntil.IsZero() {
		t.Errorf("without a limit again, a key ends at %v", free.ValidUntil)
	}
}

func TestSettingsRefuseUnknownFields(t *testing.T) {
	t.Parallel()
	for text, field := range map[string]string{
		`{"confg": {}}`:                                           "confg",
		`{"namespace": "n"}`:                                      "namespace",
		`{"id": "x"}`:                                             "id",
		`{"created_at": "2026-01-01T00:00:00Z"}`:                  "created_at",
		`{"config": {"tokens": 1}}`:                               "config.tokens",
		`{"config": {"models": {"extracton": "a/b"}}}`:            "config.models.extracton",
		`{"config": {"providers_configured": ["a"]}}`:             "config.providers_configured",
		`{"config": {"response_cache": {"max": 1}}}`:              "config.response_cache.max",
		`{"config": {"reconciliation": {"confidence": 1}}}`:       "config.reconciliation.confidence",
		`{"config": {"models": {"response": {"name": "x"}}}}`:     "config.models.response.name",
		`{"config": {"token_limit": 1, "token_limit": 2}}`:        "config.token_limit",
		`{"config": {"token_limit": "` + providerKey + `"}}`:      "config.token_limit",
		`{"config": {"models": {"response": "` + marker + ` "}}}`: "config.models.response",
	} {
		p := spectron.ContextPatch{Description: to("before")}
		err := json.Unmarshal([]byte(text), &p)
		isError(t, err, spectron.ErrInvalid, field)
		if err != nil {
			shows(t, text, err.Error())
		}
		if p.Description == nil || *p.Description != "before" || !reflect.DeepEqual(p.Config, spectron.Config{}) {
			t.Errorf("%s: half of it was read: %+v", text, p)
		}
	}
}

// TestSettingsRefusedPatches checks that a refused patch changes nothing and records no event.
func TestSettingsRefusedPatches(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	c := create(t, mgr, "a", spectron.ContextSpec{Config: wholeConfigValue()})
	want := c.Info()
	many := spectron.Config{Providers: map[string]spectron.Secret{}}
	for i := range 15 { // two exist already
		many.Providers[fmt.Sprint("p", i)] = providerKey
	}
	for name, tc := range map[string]struct {
		id    string
		patch spectron.ContextPatch
		want  *spectron.Error
		field string
	}{
		"unknown":         {"b", spectron.ContextPatch{Description: to("x")}, spectron.ErrNotFound, "ID"},
		"bad id":          {"A", spectron.ContextPatch{}, spectron.ErrInvalid, "ID"},
		"no id":           {"", spectron.ContextPatch{}, spectron.ErrInvalid, "ID"},
		"out of range":    {"a", spectron.ContextPatch{Config: spectron.Config{TokenLimit: to(int64(5)), RetentionDays: to(0)}}, spectron.ErrInvalid, "Config.RetentionDays"},
		"long":            {"a", spectron.ContextPatch{Description: to(strings.Repeat("x", 1001)), EnforcementBlocked: to(true)}, spectron.ErrTooLarge, "Description"},
		"path":            {"a", spectron.ContextPatch{EnforcementBlocked: to(true), Unset: []string{"token_limit", "x"}}, spectron.ErrInvalid, "Unset[1]"},
		"provider's name": {"a", spectron.ContextPatch{Config: spectron.Config{Providers: map[string]spectron.Secret{"Open AI": providerKey}}}, spectron.ErrInvalid, "Config.Providers"},
		"provider's key":  {"a", spectron.ContextPatch{Config: spectron.Config{Providers: map[string]spectron.Secret{"openai": providerKey + "\n"}}}, spectron.ErrInvalid, "Config.Providers[openai]"},
		"shown key":       {"a", spectron.ContextPatch{Config: spectron.Config{Providers: map[string]spectron.Secret{"openai": "[redacted]"}}}, spectron.ErrInvalid, "Config.Providers[openai]"},
		"too many keys":   {"a", spectron.ContextPatch{Config: many}, spectron.ErrTooLarge, "Config.Providers"},
		"unknown stage": {"a", spectron.ContextPatch{Config: spectron.Config{Models: map[spectron.Stage]spectron.Model{"embedding": {Provider: "a", Name: "b"}}}},
			spectron.ErrInvalid, "Config.Models[embedding]"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mgr.PatchContext(ctx, tc.id, tc.patch)
			isError(t, err, tc.want, tc.field)
			if err != nil {
				shows(t, "the error", err.Error())
			}
		})
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := mgr.PatchContext(ended, "a", spectron.ContextPatch{Description: to("x")}); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
	for how, got := range readings(t, mgr, "a") {
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", how, got, want)
		}
	}
	page, err := mgr.Events(ctx, spectron.EventQuery{Action: spectron.EventContextConfigured})
	require.NoError(t, err)
	if len(page.Items) > 0 {
		t.Errorf("events of patches that were refused: %+v", page.Items)
	}
}

// TestSettingsRefusedContexts checks that a refused specification leaves neither a Context nor a database.
func TestSettingsRefusedContexts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	withStore(t, path, spectron.Options{MasterKey: masterKey(1)}, func(mgr *spectron.Manager) {
		for field, spec := range map[string]spectron.ContextSpec{
			"Config.TokenLimit":        {Config: spectron.Config{TokenLimit: to(int64(-1))}},
			"Config.Models[extracton]": {Config: spectron.Config{Models: map[spectron.Stage]spectron.Model{"extracton": {Provider: "a", Name: "b"}}}},
			"Config.Providers":         {Config: spectron.Config{Providers: map[string]spectron.Secret{"a b": providerKey}}},
			"Config.Providers[openai]": {Config: spectron.Config{Providers: map[string]spectron.Secret{"openai": providerKey + "\x00"}}},
			"Namespace":                {Namespace: "spectron"},
			"Database":                 {Database: "a.b"},
			"Description":              {Description: "\xff"},
		} {
			spec.Config.RetentionDays = to(90)
			_, err := mgr.CreateContext(ctx, "a", spec)
			isError(t, err, spectron.ErrInvalid, field)
			isError(t, second(mgr.EnsureContext(ctx, "a", spec)), spectron.ErrInvalid, field)
			if err != nil {
				shows(t, field, err.Error())
			}
		}
	})
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		control := connect(store.ControlNamespace, store.ControlDatabase)
		var rows []map[string]any
		require.NoError(t, run(t, control, `SELECT * FROM context, audit_event`).Last(&rows))
		if len(rows) > 0 {
			t.Errorf("left behind: %v", rows)
		}
		var root struct {
			Namespaces map[string]any `cbor:"namespaces"`
		}
		require.NoError(t, run(t, control, `INFO FOR ROOT`).Last(&root))
		if root.Namespaces["default"] != nil || root.Namespaces["spectron"] == nil {
			t.Errorf("namespaces: %v", root.Namespaces)
		}
	})
}

// TestSettingsPatchesAtOnce checks that concurrent patches of different fields are all applied.
func TestSettingsPatchesAtOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	c := create(t, mgr, "a", spectron.ContextSpec{})
	patches := []string{
		`{"description": "d"}`, `{"enforcement_blocked": true}`, `{"config": {"token_limit": 7}}`, `{"config": {"retention_days": 8}}`,
		`{"config": {"models": {"extraction": "a/b"}}}`, `{"config": {"models": {"reflection": "a/c"}}}`,
		`{"config": {"providers": {"p1": "` + providerKey + `"}}}`, `{"config": {"providers": {"p2": "` + providerKey + `"}}}`,
		`{"config": {"response_cache": {"enabled": false}}}`, `{"config": {"response_cache": {"max_entries": 9}}}`,
		`{"config": {"context_expiry_days": 2}}`, `{"config": {"max_token_ttl_seconds": 60}}`,
	}
	start := make(chan struct{})
	var wg sync.WaitGroup
	for _, text := range patches {
		p := patchJSON(t, text)
		wg.Go(func() {
			<-start
			if _, err := mgr.PatchContext(ctx, "a", p); err != nil {
				t.Errorf("%s: %v", text, err)
			}
			if _, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "x"}); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	for how, info := range readings(t, mgr, "a") {
		got := info.Config
		if info.Description != "d" || !info.EnforcementBlocked || *got.TokenLimit != 7 || *got.RetentionDays != 8 || len(got.Models) != 2 ||
			!slices.Equal(got.ProvidersConfigured, []string{"p1", "p2"}) || got.ResponseCache.Enabled || got.ResponseCache.MaxEntries != 9 ||
			got.ContextExpiryDays != 2 || *got.MaxTokenTTLSeconds != 60 {
			t.Errorf("%s: %s", how, toJSON(t, info))
		}
	}
	page, err := mgr.Events(ctx, spectron.EventQuery{Action: spectron.EventContextConfigured})
	require.NoError(t, err)
	if len(page.Items) != len(patches) {
		t.Errorf("%d events of %d patches", len(page.Items), len(patches))
	}
}

// during is an embedder that runs a function once, at its first call.
type during struct {
	spectrontest.Embedder
	once sync.Once
	do   func()
}

func (d *during) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	d.once.Do(d.do)
	return d.Embedder.EmbedDocuments(ctx, texts)
}

// TestSettingsPatchWhileAContextIsRead checks that a patch applies even if the Context is being loaded at that moment.
func TestSettingsPatchWhileAContextIsRead(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		tell(t, create(t, mgr, "a", spectron.ContextSpec{}), "Alice works at Acme.")
	})
	embedder := &during{} // the texts have no vectors of it yet, so it is called while the Context is loaded
	withStore(t, path, spectron.Options{Embedder: embedder}, func(mgr *spectron.Manager) {
		patched := false
		embedder.do = func() {
			_, err := mgr.PatchContext(ctx, "a", patchJSON(t, `{"enforcement_blocked": true, "config": {"token_limit": 5}}`))
			patched = err == nil
		}
		c, err := mgr.Context(ctx, "a")
		require.NoError(t, err)
		require.True(t, patched, "no patch while the Context was read")
		if info := c.Info(); !info.EnforcementBlocked || info.Config.TokenLimit == nil || *info.Config.TokenLimit != 5 {
			t.Errorf("the patch is not known: %s", toJSON(t, info))
		}
		isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo."})), spectron.ErrBlocked, "Infer")
	})
}

// TestSettingsAreKept checks that the configuration is kept when the program ends.
func TestSettingsAreKept(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	opts := spectron.Options{MasterKey: masterKey(1)}
	var want spectron.ContextInfo
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		create(t, mgr, "a", spectron.ContextSpec{Namespace: "acme", Database: "prod", Description: "first", Config: wholeConfigValue()})
		want = patch(t, mgr, "a", `{"description": "second", "enforcement_blocked": true, "config": {"token_limit": 3}}`)
	})
	for range 2 {
		withStore(t, path, opts, func(mgr *spectron.Manager) {
			for how, got := range readings(t, mgr, "a") {
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %+v, want %+v", how, got, want)
				}
			}
			c, err := mgr.Context(ctx, "a")
			require.NoError(t, err)
			isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x"})), spectron.ErrBlocked, "Infer")
		})
	}
	// Patch a Context that is not open in this process.
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		info, err := mgr.PatchContext(ctx, "a", spectron.ContextPatch{EnforcementBlocked: to(false)})
		require.NoError(t, err)
		c, err := mgr.Context(ctx, "a")
		require.NoError(t, err)
		if !reflect.DeepEqual(c.Info(), info) || info.EnforcementBlocked {
			t.Errorf("%+v, %+v", c.Info(), info)
		}
		tell(t, c, "x")
	})
}

// TestSettingsNamespaceIsKept checks that deleting a Context drops its database, but keeps the namespace with the other Contexts in it.
func TestSettingsNamespaceIsKept(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		for _, id := range []string{"a", "b"} {
			tell(t, create(t, mgr, id, spectron.ContextSpec{Namespace: "acme"}), "Alice works at Acme"+id+".")
		}
		create(t, mgr, "alone", spectron.ContextSpec{Namespace: "empty"})
		require.NoError(t, mgr.DeleteContext(ctx, "a"))
		require.NoError(t, mgr.DeleteContext(ctx, "alone"))
		c, err := mgr.Context(ctx, "b")
		require.NoError(t, err)
		same(t, known(t, c, "Alice", time.Time{}), []string{"Alice works at Acmeb"})
	})
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		control := connect(store.ControlNamespace, store.ControlDatabase)
		var root struct {
			Namespaces map[string]any `cbor:"namespaces"`
		}
		require.NoError(t, run(t, control, `INFO FOR ROOT`).Last(&root))
		for _, name := range []string{"acme", "empty", "spectron"} {
			if root.Namespaces[name] == nil {
				t.Errorf("the namespace %q is gone", name)
			}
		}
		var acme struct {
			Databases map[string]any `cbor:"databases"`
		}
		require.NoError(t, run(t, connect("acme", "b"), `INFO FOR NS`).Last(&acme))
		if len(acme.Databases) != 1 || acme.Databases["b"] == nil {
			t.Errorf("databases: %v", acme.Databases)
		}
		var ids []surreal.RecordID
		require.NoError(t, run(t, control, `SELECT VALUE id FROM context`).Last(&ids))
		if len(ids) != 1 || ids[0].Key != "b" {
			t.Errorf("entries: %v", ids)
		}
	})
}

// TestSettingsDeletedContextsHaveNoKeys checks that the keys of providers are deleted with a Context: a new Context with the same id has
// none.
func TestSettingsDeletedContextsHaveNoKeys(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	spec := spectron.ContextSpec{Config: spectron.Config{TokenLimit: to(int64(5)), Providers: map[string]spectron.Secret{"openai": providerKey}}}
	c := create(t, mgr, "a", spec)
	key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Agent, ScopeFloor: "org/acme"})
	require.NoError(t, err)
	agent, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	patch(t, mgr, "a", `{"enforcement_blocked": true}`)
	require.NoError(t, mgr.DeleteContext(ctx, "a"))

	refused := func() {
		t.Helper()
		isError(t, second(mgr.Authenticate(ctx, key.Secret)), spectron.ErrUnauthenticated, "")
		isError(t, second(agent.Memory().WhoAmI(ctx)), spectron.ErrNotFound, "")
		isError(t, second(c.Keys().Get(ctx, key.ID)), spectron.ErrNotFound, "")
		isError(t, second(mgr.PatchContext(ctx, "gone", spectron.ContextPatch{})), spectron.ErrNotFound, "ID")
	}
	refused()
	anew := create(t, mgr, "a", spectron.ContextSpec{})
	refused()
	if info := anew.Info(); info.EnforcementBlocked || info.Config.TokenLimit != nil || len(info.Config.ProvidersConfigured) > 0 {
		t.Errorf("configured as the one before: %+v", info)
	}
	page, err := anew.Keys().List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) > 0 {
		t.Errorf("keys of the one before: %v", page.Items)
	}
	isError(t, second(anew.Keys().Get(ctx, "app")), spectron.ErrNotFound, "id")
	_, err = anew.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Agent})
	require.NoError(t, err)
	refused()
}

// TestSettingsEventsOutliveTheContext checks that the events of a Context stay in the control plane after it was deleted.
func TestSettingsEventsOutliveTheContext(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	clock := spectrontest.NewClock()
	mgr := spectrontest.Open(t, &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs()})
	create(t, mgr, "a", spectron.ContextSpec{})
	at := []time.Time{clock.Now(), clock.Advance(time.Hour)}
	patch(t, mgr, "a", `{"config": {"token_limit": 5}}`)
	at = append(at, clock.Advance(time.Hour))
	require.NoError(t, mgr.DeleteContext(ctx, "a"))
	isError(t, mgr.DeleteContext(ctx, "a"), spectron.ErrNotFound, "ID")
	page, err := mgr.Events(ctx, spectron.EventQuery{})
	require.NoError(t, err)
	var got []string
	for i, e := range page.Items {
		got = append(got, fmt.Sprintf("%s %s %s %s %s", e.Action, e.Op, e.ContextID, e.Target, e.PrincipalID))
		if want := at[len(at)-1-i]; !e.At.Equal(want) || e.KeyID != "" {
			t.Errorf("%+v, want at %v", e, want)
		}
	}
	same(t, got, []string{
		"context.delete delete context a a principal:admin", "context.configure patch context a a principal:admin",
		"context.create create context a a principal:admin",
	})
	first, err := mgr.Events(ctx, spectron.EventQuery{Until: at[0]})
	require.NoError(t, err)
	if len(first.Items) != 1 || first.Items[0].Action != spectron.EventContextCreated {
		t.Errorf("%+v", first.Items)
	}
}

// TestSettingsAreListed checks that a listing has the configuration of each Context, page by page.
func TestSettingsAreListed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	for i, id := range []string{"a", "b", "c", "d", "e"} {
		create(t, mgr, id, spectron.ContextSpec{Description: id, Config: spectron.Config{
			TokenLimit: to(int64(i)), Providers: map[string]spectron.Secret{"p" + id: providerKey},
		}})
	}
	patch(t, mgr, "b", `{"enforcement_blocked": true}`)
	var got []string
	pages := 0
	for cursor := ""; ; pages++ {
		page, err := mgr.ListContexts(ctx, spectron.PageRequest{Cursor: cursor, Limit: 2})
		require.NoError(t, err)
		for _, c := range page.Items {
			got = append(got, fmt.Sprint(c.ID, c.Description, *c.Config.TokenLimit, c.Config.ProvidersConfigured, c.EnforcementBlocked, c.Config.ContextExpiryDays))
		}
		shows(t, "a page", fmt.Sprintf("%+v", page)+toJSON(t, page))
		if cursor = page.NextCursor; !page.HasMore {
			break
		}
	}
	same(t, got, []string{"aa0 [pa] false 7", "bb1 [pb] true 7", "cc2 [pc] false 7", "dd3 [pd] false 7", "ee4 [pe] false 7"})
	if pages != 2 {
		t.Errorf("%d pages", pages+1)
	}
	for _, limit := range []int{-1, 1001} {
		isError(t, second(mgr.ListContexts(ctx, spectron.PageRequest{Limit: limit})), spectron.ErrInvalid, "Limit")
	}
}
