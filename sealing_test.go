package spectron_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

func masterKey(b byte) spectron.MasterKey { return bytes.Repeat([]byte{b}, 32) }

// onDisk returns the bytes of all files in the directory of a file store.
func onDisk(t *testing.T, path string) []byte {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	var all []byte
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		require.NoError(t, err)
		all = append(all, data...)
	}
	return all
}

// sealedKeys returns the sealed keys of providers of a Context in a closed file store.
func sealedKeys(t *testing.T, path, id string) map[string][]byte {
	t.Helper()
	var sealed map[string][]byte
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		entry, err := store.NewRegistry(connect(store.ControlNamespace, store.ControlDatabase)).Get(context.Background(), id)
		require.NoError(t, err)
		sealed = entry.Providers
	})
	return sealed
}

// TestSettingsProviderKeysAreSealed checks that a provider's key is stored sealed, and that another key replaces it.
func TestSettingsProviderKeysAreSealed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "agent.db")
	opts := spectron.Options{MasterKey: masterKey(7)}
	config := spectron.Config{Providers: map[string]spectron.Secret{"openai": providerKey, "anthropic": providerKey}}
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		create(t, mgr, "a", spectron.ContextSpec{Description: marker, Config: config})
	})
	before := sealedKeys(t, path, "a")
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		info := patch(t, mgr, "a", `{"config": {"providers": {"openai": "`+providerKey+`-new"}}}`)
		if !slices.Equal(info.Config.ProvidersConfigured, []string{"anthropic", "openai"}) {
			t.Errorf("%v", info.Config.ProvidersConfigured)
		}
	})
	after := sealedKeys(t, path, "a")
	if len(before) != 2 || len(after) != 2 || bytes.Equal(before["openai"], after["openai"]) || !bytes.Equal(before["anthropic"], after["anthropic"]) {
		t.Errorf("not the one key was sealed anew")
	}
	if bytes.Equal(before["openai"][9:], before["anthropic"][9:]) {
		t.Error("equal keys are sealed to equal values")
	}
	inFile(t, path, func(connect func(string, string) surreal.Conn) {
		control := connect(store.ControlNamespace, store.ControlDatabase)
		rows := 0
		for _, table := range []string{"context", "audit_event", "management_key", "bootstrap", "migration"} {
			var list []map[string]any
			require.NoError(t, run(t, control, "SELECT * FROM "+table).Last(&list))
			rows += len(list)
			for _, row := range list {
				shows(t, table, fmt.Sprintf("%v %+q", row, row))
			}
		}
		if rows < 4 {
			t.Errorf("only %d rows were looked at", rows)
		}
	})
	disk := onDisk(t, path)
	if !bytes.Contains(disk, []byte(marker)) {
		t.Fatal("the search does not find what is in the file")
	}
	for _, secret := range [][]byte{[]byte(providerKey), []byte("canary-012"), masterKey(7)[:16]} {
		if bytes.Contains(disk, secret) {
			t.Errorf("%q is in the file", secret)
		}
	}
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		patch(t, mgr, "a", `{"config": {"providers": {"openai": null}}}`)
	})
	if left := sealedKeys(t, path, "a"); len(left) != 1 || !bytes.Equal(left["anthropic"], before["anthropic"]) {
		t.Errorf("%d sealed keys are left, not the one", len(left))
	}
}

// TestSettingsWithoutAMasterKey checks that a store that outlives the program refuses keys of providers without a master key.
func TestSettingsWithoutAMasterKey(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	config := spectron.Config{TokenLimit: to(int64(5)), Providers: map[string]spectron.Secret{"openai": providerKey}}
	const field = "Config.Providers[openai]"
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		isError(t, second(mgr.CreateContext(ctx, "a", spectron.ContextSpec{Config: config})), spectron.ErrUnsupported, field)
		isError(t, second(mgr.Context(ctx, "a")), spectron.ErrNotFound, "ID")
		c := create(t, mgr, "a", spectron.ContextSpec{})
		_, err := mgr.PatchContext(ctx, "a", spectron.ContextPatch{Config: config, Description: to("x")})
		isError(t, err, spectron.ErrUnsupported, field)
		if err == nil || !strings.Contains(err.Error(), "Options.MasterKey") {
			t.Errorf("it does not say what to do: %v", err)
		}
		if info := c.Info(); info.Config.TokenLimit != nil || info.Description != "" || len(info.Config.ProvidersConfigured) > 0 {
			t.Errorf("half of it was stored: %+v", info)
		}
		patch(t, mgr, "a", `{"config": {"token_limit": 6, "providers": null}}`)
	})
	// A file with sealed keys opens without the master key, and keeps them.
	withStore(t, path, spectron.Options{MasterKey: masterKey(1)}, func(mgr *spectron.Manager) {
		patch(t, mgr, "a", `{"config": {"providers": {"openai": "`+providerKey+`", "b": "`+providerKey+`"}}}`)
	})
	sealed := sealedKeys(t, path, "a")
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		info := patch(t, mgr, "a", `{"config": {"token_limit": 7, "providers": {"b": null}}}`)
		if !slices.Equal(info.Config.ProvidersConfigured, []string{"openai"}) {
			t.Errorf("%v", info.Config.ProvidersConfigured)
		}
		isError(t, second(mgr.PatchContext(ctx, "a", spectron.ContextPatch{Config: config})), spectron.ErrUnsupported, field)
	})
	if got := sealedKeys(t, path, "a"); len(got) != 1 || !bytes.Equal(got["openai"], sealed["openai"]) {
		t.Error("the sealed key is not as it was")
	}
	// A store in memory needs no master key.
	mgr := spectrontest.Open(t, nil)
	create(t, mgr, "a", spectron.ContextSpec{Config: config})
	info := patch(t, mgr, "a", `{"config": {"providers": {"x": "y"}}}`)
	if !slices.Equal(info.Config.ProvidersConfigured, []string{"openai", "x"}) {
		t.Errorf("in memory: %v", info.Config.ProvidersConfigured)
	}
}

func TestSettingsRefuseMasterKeys(t *testing.T) {
	t.Parallel()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	for name, opts := range map[string]spectron.Options{
		"short":     {MasterKey: []byte(providerKey)},
		"long":      {MasterKey: append(masterKey(1), providerKey...)},
		"old short": {MasterKey: masterKey(1), OldMasterKeys: []spectron.MasterKey{masterKey(2), []byte(providerKey)}},
		"old empty": {MasterKey: masterKey(1), OldMasterKeys: []spectron.MasterKey{{}}},
		"only old":  {OldMasterKeys: []spectron.MasterKey{masterKey(1)}},
	} {
		opts.Engine = engine
		for _, url := range []string{"mem://", "file://" + filepath.Join(t.TempDir(), "agent.db")} {
			_, err := spectron.Open(context.Background(), url, &opts)
			isError(t, err, spectron.ErrInvalid, "Options.MasterKey")
			if err != nil {
				shows(t, name, err.Error())
			}
		}
	}
}

// TestSettingsMasterKeyRotates changes the master key of a file.
func TestSettingsMasterKeyRotates(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	config := spectron.Config{Providers: map[string]spectron.Secret{"openai": providerKey, "b": "bkey"}}
	ids := []string{"a", "b", "c"}
	withStore(t, path, spectron.Options{MasterKey: masterKey(1)}, func(mgr *spectron.Manager) {
		for _, id := range ids {
			create(t, mgr, id, spectron.ContextSpec{Config: config})
		}
		create(t, mgr, "none", spectron.ContextSpec{})
	})
	was := sealedKeys(t, path, "b")
	refused := func(opts spectron.Options) {
		t.Helper()
		mgr, err := openWith(t, path, opts)
		if err == nil {
			require.NoError(t, mgr.Close(ctx))
		}
		isError(t, err, spectron.ErrInvalid, "Options.MasterKey")
	}
	refused(spectron.Options{MasterKey: masterKey(2)})
	refused(spectron.Options{MasterKey: masterKey(2), OldMasterKeys: []spectron.MasterKey{masterKey(3)}})
	if now := sealedKeys(t, path, "b"); !reflect.DeepEqual(now, was) {
		t.Error("a master key that does not fit changed what is sealed")
	}
	for _, step := range []spectron.Options{
		{MasterKey: masterKey(2), OldMasterKeys: []spectron.MasterKey{masterKey(3), masterKey(1)}},
		{MasterKey: masterKey(2)}, // the old one is no longer needed
		{MasterKey: masterKey(2), OldMasterKeys: []spectron.MasterKey{masterKey(1)}},
	} {
		withStore(t, path, step, func(mgr *spectron.Manager) {
			for _, id := range ids {
				for how, info := range readings(t, mgr, id) {
					if !slices.Equal(info.Config.ProvidersConfigured, []string{"b", "openai"}) {
						t.Errorf("%s of %s: %v", how, id, info.Config.ProvidersConfigured)
					}
				}
			}
		})
	}
	for _, id := range ids {
		for name, sealed := range sealedKeys(t, path, id) {
			if bytes.Equal(sealed, was[name]) || bytes.Equal(sealed[:9], was[name][:9]) {
				t.Errorf("%s of %s is still sealed under the old key", name, id)
			}
		}
	}
	refused(spectron.Options{MasterKey: masterKey(1)})
	// A key that was patched under the new master key can be opened later.
	withStore(t, path, spectron.Options{MasterKey: masterKey(2)}, func(mgr *spectron.Manager) {
		patch(t, mgr, "a", `{"config": {"providers": {"openai": "next"}}}`)
	})
	withStore(t, path, spectron.Options{MasterKey: masterKey(3), OldMasterKeys: []spectron.MasterKey{masterKey(2)}}, func(*spectron.Manager) {})
	withStore(t, path, spectron.Options{MasterKey: masterKey(3)}, func(*spectron.Manager) {})
}
