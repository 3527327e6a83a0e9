package settings

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Store stores settings in the registry of Contexts, with the keys of providers sealed.
type Store struct {
	Registry *store.Registry
	Keyring  *secret.Keyring // nil: keys of providers are refused
	Logger   *slog.Logger
}

// NewKeyring returns a keyring with the master key and earlier master keys; nil if there is no master key.
func NewKeyring(current []byte, old [][]byte) (*secret.Keyring, error) {
	const field = "Options.MasterKey"
	switch {
	case len(current) == 0 && len(old) > 0:
		return nil, fault.Bad(field, "missing, but OldMasterKeys are set")
	case len(current) == 0:
		return nil, nil
	}
	ring, err := secret.NewKeyring(current, old...)
	if errors.Is(err, secret.ErrKeySize) {
		return nil, fault.Bad(field, "a master key has %d bytes", secret.KeySize)
	}
	return ring, err
}

// Put sets the configuration of an entry of the registry. For an empty Key the entry keeps its sealed key. fault.Unsupported: there is a
// new key and no keyring.
func (s Store) Put(entry *store.Registered, config Config) (err error) {
	sealed := map[string][]byte{}
	for _, name := range config.Providers() {
		key := config[providers+"."+name].(Key)
		switch {
		case key == "":
			sealed[name] = entry.Providers[name]
			continue
		case s.Keyring == nil:
			return fault.New(fault.Unsupported, "Config.Providers["+name+"]",
				"the store keeps no keys of providers without a master key: set Options.MasterKey")
		}
		if sealed[name], err = s.Keyring.Seal([]byte(key), about(entry.ID, name)); err != nil {
			return err
		}
	}
	entry.Providers = sealed
	entry.Config, err = config.Encode()
	return err
}

// Key returns the API key that an entry of the registry has for a provider; "" if it has none.
func (s Store) Key(entry store.Registered, provider string) (string, error) {
	sealed, ok := entry.Providers[provider]
	if !ok {
		return "", nil
	}
	if s.Keyring == nil {
		return "", fault.New(fault.Unsupported, "Options.MasterKey", "the key of %q is sealed; open the store with the master key that sealed it", provider)
	}
	key, err := s.Keyring.Open(sealed, about(entry.ID, provider))
	if err != nil {
		return "", &fault.Error{Code: fault.Invalid, Field: "Options.MasterKey", Detail: fmt.Sprintf("the key of %q cannot be opened", provider), Err: err}
	}
	return string(key), nil
}

// about returns the additional data that binds a sealed key to its Context and provider.
func about(id, provider string) []byte { return []byte(id + "/" + provider) }

// Patched returns an entry of the registry with a patch applied. Errors are those of Put and Decode, and fault.TooLarge: too many
// providers.
func (s Store) Patched(entry store.Registered, p Patch) (store.Registered, error) {
	old, err := New(entry)
	if err != nil {
		return entry, err
	}
	config, err := old.Config.Merge(p.Config, p.Unset)
	if err != nil {
		return entry, err
	}
	if p.Description != nil {
		entry.Description = *p.Description
	}
	if p.EnforcementBlocked != nil {
		entry.EnforcementBlocked = *p.EnforcementBlocked
	}
	err = s.Put(&entry, config)
	return entry, err
}

// Reseal seals all keys of providers that an old master key sealed with the new one. If one of them cannot be opened with any master key,
// Reseal fails and changes nothing.
func (s Store) Reseal(ctx context.Context) error {
	if s.Keyring == nil {
		return nil
	}
	// First check that all keys can be opened, because a later failure would leave some under the new master key and some under an old one.
	err := store.Each(ctx, s.Registry.Sealed, func(entry store.Registered) error { _, err := s.resealed(entry); return err })
	if err != nil {
		return err
	}
	return store.Each(ctx, s.Registry.Sealed, func(listed store.Registered) error {
		return store.Replan(ctx, func() error {
			entry, err := s.Registry.Get(ctx, listed.ID) // it may have been patched since it was listed
			if errors.Is(err, surreal.ErrNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			anew, err := s.resealed(entry)
			if err != nil || maps.EqualFunc(anew, entry.Providers, bytes.Equal) {
				return err
			}
			if err := s.Registry.Reseal(ctx, entry, anew); err != nil {
				return err
			}
			s.Logger.LogAttrs(ctx, slog.LevelInfo, "Keys of providers are sealed under the new master key", slog.String("context_id", entry.ID), slog.Int("keys", len(anew)))
			return nil
		})
	})
}

// resealed opens each key of a Context's providers, and returns all of them sealed with the new master key.
func (s Store) resealed(entry store.Registered) (map[string][]byte, error) {
	anew := maps.Clone(entry.Providers)
	for _, name := range slices.Sorted(maps.Keys(anew)) {
		key, err := s.Keyring.Open(anew[name], about(entry.ID, name))
		if err != nil {
			advice := "it; the one before belongs in Options.OldMasterKeys"
			if errors.Is(err, secret.ErrTampered) {
				advice = "any; open the store without a master key, unset it with PatchContext, and set it again"
			}
			return nil, &fault.Error{Code: fault.Invalid, Field: "Options.MasterKey", Err: err,
				Detail: fmt.Sprintf("the key of %q of the Context %q cannot be opened with %s", name, entry.ID, advice)}
		}
		if s.Keyring.Current(anew[name]) {
			continue
		}
		if anew[name], err = s.Keyring.Seal(key, about(entry.ID, name)); err != nil {
			return nil, err
		}
	}
	return anew, nil
}
