package spectron

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// MasterKey seals keys: 32 bytes. It is never shown.
type MasterKey []byte

// Format prints that there is a key, or nothing, whatever the verb.
func (k MasterKey) Format(f fmt.State, _ rune) {
	if len(k) > 0 {
		_, _ = io.WriteString(f, redacted)
	}
}

// MarshalText is what encoding/json, log/slog and other encoders of texts write.
func (k MasterKey) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(k)), nil }

// keyring makes what seals the keys of providers. Without a master key there is none but in memory, where one is made up.
func (o *Options) keyring(op string, inMemory bool) (*secret.Keyring, error) {
	current, old := o.MasterKey, o.OldMasterKeys
	if len(current) == 0 {
		if len(old) > 0 {
			return nil, invalid(op, "Options.MasterKey", "there are OldMasterKeys and no new one")
		}
		if !inMemory {
			return nil, nil
		}
		made, err := secret.NewMasterKey()
		if err != nil {
			return nil, err
		}
		current = made
	}
	earlier := make([][]byte, len(old))
	for i, k := range old {
		earlier[i] = k
	}
	ring, err := secret.NewKeyring(current, earlier...)
	if errors.Is(err, secret.ErrKeySize) {
		return nil, invalid(op, "Options.MasterKey", "a master key has %d bytes", secret.KeySize)
	}
	return ring, err
}

// sealed returns what is kept of a configuration: its JSON, and the keys of providers, of which those that are not new are
// kept as they are.
func (m *Manager) sealed(op, id string, config Config, kept map[string][]byte) ([]byte, map[string][]byte, error) {
	encoded, err := encodeConfig(config)
	if err != nil {
		return nil, nil, err
	}
	providers := map[string][]byte{}
	for name, key := range config.Providers {
		if key == "" {
			providers[name] = kept[name]
			continue
		}
		if m.keyring == nil {
			return nil, nil, &Error{Op: op, Code: CodeUnsupported, Field: "Config.Providers[" + name + "]",
				Detail: "the store keeps no keys of providers without a master key: set Options.MasterKey"}
		}
		if providers[name], err = m.keyring.Seal([]byte(key), about(id, name)); err != nil {
			return nil, nil, err
		}
	}
	return encoded, providers, nil
}

// about binds a sealed key to its place.
func about(id, provider string) []byte { return []byte(id + "/" + provider) }

// reseal seals the keys of providers that are sealed under an old master key with the new one, and fails when there are some
// that no master key opens.
func (m *Manager) reseal(ctx context.Context) error {
	if m.keyring == nil || m.address.InMemory() {
		return nil
	}
	// All can be opened before the first is sealed anew: else some would be under one key and some under another.
	for _, visit := range []func(context.Context, store.Registered) error{m.openable, m.resealContext} {
		for after := ""; ; {
			page, err := m.registry.Sealed(ctx, after, maxPage)
			if err != nil {
				return err
			}
			for _, entry := range page {
				if err := visit(ctx, entry); err != nil {
					return err
				}
				after = entry.ID
			}
			if len(page) < maxPage {
				break
			}
		}
	}
	return nil
}

// openable checks that some master key opens each key of a Context's providers.
func (m *Manager) openable(_ context.Context, entry store.Registered) error {
	for _, name := range slices.Sorted(maps.Keys(entry.Providers)) {
		if _, err := m.keyring.Open(entry.Providers[name], about(entry.ID, name)); err != nil {
			what := "it; the one before belongs in Options.OldMasterKeys"
			if errors.Is(err, secret.ErrTampered) {
				what = "any; open the store without a master key, unset it with PatchContext, and set it again"
			}
			return &Error{Op: "open", Code: CodeInvalid, Field: "Options.MasterKey", Err: err,
				Detail: fmt.Sprintf("the key of %q of the Context %q cannot be opened with %s", name, entry.ID, what)}
		}
	}
	return nil
}

func (m *Manager) resealContext(ctx context.Context, entry store.Registered) error {
	return surreal.RetryIf(ctx, replans, func(err error) bool { return errors.Is(err, store.ErrStale) }, func() error {
		// It may have been patched since it was listed.
		entry, err := m.registry.Get(ctx, entry.ID)
		if errors.Is(err, surreal.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		anew, changed := maps.Clone(entry.Providers), false
		for _, name := range slices.Sorted(maps.Keys(anew)) {
			if m.keyring.Current(anew[name]) {
				continue
			}
			key, err := m.keyring.Open(anew[name], about(entry.ID, name))
			if err != nil {
				return err
			}
			if anew[name], err = m.keyring.Seal(key, about(entry.ID, name)); err != nil {
				return err
			}
			changed = true
		}
		if !changed {
			return nil
		}
		return m.registry.Reseal(ctx, entry, anew)
	})
}
