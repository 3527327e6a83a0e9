package spectron

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/secret"
)

// sealedOf returns the sealed keys of providers of a Context.
func sealedOf(t *testing.T, m *Manager, id string) map[string][]byte {
	t.Helper()
	entry, err := m.core.Registry.Get(context.Background(), id)
	require.NoError(t, err)
	return entry.Providers
}

// about returns the additional data that binds a sealed key.
func about(id, provider string) []byte { return []byte(id + "/" + provider) }

// TestSettingsSealedKeysStayInTheirPlace checks that a sealed key can be opened only for its own Context and provider.
func TestSettingsSealedKeysStayInTheirPlace(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	opts := &Options{MasterKey: bytes.Repeat([]byte{1}, 32)}
	url := "file://" + filepath.Join(t.TempDir(), "agent.db")
	m := openIn(t, url, opts).manager()
	for id, key := range map[string]Secret{"a": "key of a", "a-openai": "another"} {
		_, err := m.CreateContext(ctx, id, ContextSpec{Config: Config{Providers: map[string]Secret{"openai": key, "b": key + " b"}}})
		require.NoError(t, err)
	}
	sealed := sealedOf(t, m, "a")
	for _, tc := range []struct{ id, provider, name, want string }{
		{"a", "openai", "openai", "key of a"}, {"a", "b", "b", "key of a b"},
		{"a-openai", "openai", "openai", ""}, {"a", "b", "openai", ""}, {"a", "openai", "b", ""}, {"", "openai", "openai", ""},
		{"a/openai", "", "openai", ""}, {"test", "openai", "openai", ""},
	} {
		plain, err := m.core.Keyring.Open(sealed[tc.name], about(tc.id, tc.provider))
		if string(plain) != tc.want || (err == nil) != (tc.want != "") || err != nil && !errors.Is(err, secret.ErrTampered) {
			t.Errorf("%s of a, opened as %s of %q: %q, %v", tc.name, tc.provider, tc.id, plain, err)
		}
	}

	// A change of the master key detects bytes that were moved in the database, and does not seal them again.
	victim, err := m.core.Registry.Get(ctx, "a-openai")
	require.NoError(t, err)
	moved := map[string][]byte{"openai": sealed["openai"], "b": victim.Providers["b"]}
	require.NoError(t, m.core.Registry.Reseal(ctx, victim, moved))
	require.NoError(t, m.Close(ctx))
	next := &Options{MasterKey: bytes.Repeat([]byte{2}, 32), OldMasterKeys: []MasterKey{opts.MasterKey}}
	engine, err := Compiled()
	require.NoError(t, err)
	next.Engine = engine
	_, err = Open(ctx, url, next)
	if !errors.Is(err, &Error{Code: CodeInvalid, Field: "Options.MasterKey"}) || !errors.Is(err, secret.ErrTampered) {
		t.Errorf("a moved key is sealed anew: %v", err)
	}
	// Nothing was sealed again. Without a master key the store opens, so that the key can be set again.
	m = openIn(t, url, nil).manager()
	defer func() { require.NoError(t, m.Close(ctx)) }()
	for id, was := range map[string]map[string][]byte{"a": sealed, "a-openai": moved} {
		for name, value := range sealedOf(t, m, id) {
			if !bytes.Equal(value, was[name]) {
				t.Errorf("%s of %s was sealed anew", name, id)
			}
		}
	}
	if _, err := m.PatchContext(ctx, "a-openai", ContextPatch{Unset: []string{"providers.openai"}}); err != nil {
		t.Error(err)
	}
}

// TestSettingsSealWhatWasConfigured checks that sealed keys open to the configured values, also after patches of them and of other fields.
func TestSettingsSealWhatWasConfigured(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openIn(t, "mem://", nil)
	m := c.manager()
	defer func() { require.NoError(t, m.Close(ctx)) }()
	check := func(want map[string]string) {
		t.Helper()
		sealed := sealedOf(t, m, "test")
		if len(sealed) != len(want) {
			t.Errorf("%d keys are sealed, not %d", len(sealed), len(want))
		}
		for name, key := range want {
			plain, err := m.core.Keyring.Open(sealed[name], about("test", name))
			if err != nil || string(plain) != key || bytes.Contains(sealed[name], []byte(key)) {
				t.Errorf("%s: %q, %v", name, plain, err)
			}
		}
		entry, err := m.core.Registry.Get(ctx, "test")
		require.NoError(t, err)
		if bytes.Contains(entry.Config, []byte("-key-")) || bytes.Contains(entry.Config, []byte(redacted)) {
			t.Errorf("kept beside it: %s", entry.Config)
		}
	}
	patch := func(p ContextPatch) {
		t.Helper()
		_, err := m.PatchContext(ctx, "test", p)
		require.NoError(t, err)
	}
	patch(ContextPatch{Config: providers("openai", "first-key-of-it")})
	check(map[string]string{"openai": "first-key-of-it"})
	patch(ContextPatch{Config: Config{TokenLimit: to(int64(5))}})
	check(map[string]string{"openai": "first-key-of-it"})
	patch(ContextPatch{Config: providers("b", "other-key-of-it")})
	check(map[string]string{"openai": "first-key-of-it", "b": "other-key-of-it"})
	patch(ContextPatch{Config: providers("openai", "second-key-of-it")})
	check(map[string]string{"openai": "second-key-of-it", "b": "other-key-of-it"})
	// Unset is applied before Config.
	patch(ContextPatch{Config: providers("c", "third-key-of-it"), Unset: []string{"providers"}})
	check(map[string]string{"c": "third-key-of-it"})
	patch(ContextPatch{Unset: []string{"providers.c"}})
	check(nil)
}
