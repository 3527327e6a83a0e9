package spectron_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

const providerKey = "sk-canary-0123456789"

// holders returns values that contain a Secret, by the way they contain it.
func holders() map[string]any {
	key := spectron.Secret(providerKey)
	config := spectron.Config{Providers: map[string]spectron.Secret{"openai": key}}
	patch := spectron.ContextPatch{Config: config}
	type nested struct {
		Keys    []spectron.Secret
		Pointer *spectron.Secret
		Any     any
		Config  *spectron.Config
		Patch   *spectron.ContextPatch
		None    *spectron.Config
	}
	return map[string]any{
		"secret":         key,
		"pointer":        &key,
		"slice":          []spectron.Secret{key},
		"array":          [1]spectron.Secret{key},
		"map":            map[string]spectron.Secret{"openai": key},
		"any":            []any{key},
		"nested":         nested{[]spectron.Secret{key}, &key, key, &config, &patch, nil},
		"nested pointer": &nested{[]spectron.Secret{key}, &key, key, &config, &patch, nil},
		"config":         config,
		"config pointer": &config,
		"patch":          patch,
		"patch pointer":  &patch,
		"patches":        []spectron.ContextPatch{patch},
	}
}

// shows fails the test if text shows the key in any form that a verb could give it.
func shows(tb testing.TB, how, text string) {
	tb.Helper()
	for _, form := range []string{
		providerKey, fmt.Sprintf("%x", providerKey), fmt.Sprintf("%X", providerKey), fmt.Sprintf("% x", providerKey),
		fmt.Sprint([]byte(providerKey)), fmt.Sprintf("%#v", []byte(providerKey)), "canary", "0123456789",
	} {
		if strings.Contains(text, strings.Trim(form, "[]")) {
			tb.Errorf("%s shows the key: %s", how, text)
		}
	}
}

func TestSecretPrints(t *testing.T) {
	t.Parallel()
	verbs := []string{
		"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%#x", "%d", "%t", "%c", "%U", "%b", "%o", "%e", "%g", "%5s", "%.3s", "%-60v|", "%z",
	}
	for name, value := range holders() {
		for _, verb := range verbs {
			shows(t, name+" "+verb, fmt.Sprintf(verb, value))
		}
		shows(t, name+", too many arguments", fmt.Sprintf(verbs[0], 1, value))
	}
	for _, verb := range verbs[:15] {
		if got := fmt.Sprintf(verb, spectron.Secret(providerKey)); got != "[redacted]" {
			t.Errorf("%s: %s", verb, got)
		}
		if got := fmt.Sprintf(verb, spectron.Secret("")); got != "" {
			t.Errorf("%s of nothing: %s", verb, got)
		}
	}
	if got := fmt.Sprintln(spectron.Secret(providerKey), spectron.Secret(providerKey).String()); got != "[redacted] [redacted]\n" {
		t.Error(got)
	}
	if got := spectron.Secret("").String(); got != "" {
		t.Error(got)
	}
	shows(t, "an error", fmt.Errorf("connect: %v", spectron.Secret(providerKey)).Error())
}

func TestSecretLogs(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	for name, handler := range map[string]slog.Handler{
		"text": slog.NewTextHandler(&out, nil),
		"JSON": slog.NewJSONHandler(&out, nil),
	} {
		for holder, value := range holders() {
			out.Reset()
			slog.New(handler).With("before", value).Info("configured", "value", value, slog.Group("group", "inner", value))
			shows(t, name+" log of "+holder, out.String())
		}
		out.Reset()
		slog.New(handler).Info("configured", "key", spectron.Secret(providerKey), "none", spectron.Secret(""))
		if strings.Count(out.String(), "[redacted]") != 1 {
			t.Errorf("%s: %s", name, &out)
		}
	}
}

func TestSecretMarshals(t *testing.T) {
	t.Parallel()
	for name, value := range holders() {
		text, err := json.Marshal(value)
		require.NoError(t, err, name)
		shows(t, "JSON of "+name, string(text))
		if !strings.Contains(string(text), `"[redacted]"`) {
			t.Errorf("JSON of %s: %s", name, text)
		}
	}
	type holder struct{ Key spectron.Secret }
	text, err := xml.Marshal(holder{providerKey})
	require.NoError(t, err)
	shows(t, "XML", string(text))
	text, err = json.Marshal([]spectron.Secret{"", providerKey})
	require.NoError(t, err)
	if string(text) != `["","[redacted]"]` {
		t.Errorf("%s", text)
	}
}

func TestSecretReads(t *testing.T) {
	t.Parallel()
	var got struct {
		Key  spectron.Secret
		Keys map[string]spectron.Secret
		None spectron.Secret
	}
	require.NoError(t, json.Unmarshal([]byte(`{"Key": "sk-canary-0123456789", "Keys": {"a": "b\u0063"}, "None": ""}`), &got))
	if string(got.Key) != providerKey || string(got.Keys["a"]) != "bc" || got.None != "" {
		t.Errorf("%q %q %q", string(got.Key), string(got.Keys["a"]), string(got.None))
	}
	if err := json.Unmarshal([]byte(`{"Key": 12}`), &got); err == nil {
		t.Error("a number was taken")
	}
}
