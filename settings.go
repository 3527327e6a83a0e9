package spectron

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

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

// settings are what a Context is configured with, at one moment.
type settings struct {
	entry     store.Registered
	config    Config // with the names of providers that have a key, and no keys
	effective EffectiveConfig
}

func newSettings(entry store.Registered) (*settings, error) {
	config, err := decodeConfig(entry.Config)
	if err != nil {
		return nil, err
	}
	for name := range entry.Providers {
		setKey(&config.Providers, name, "")
	}
	return &settings{entry, config, config.effective()}, nil
}

// info describes the Context. It shares nothing with what is kept.
func (s *settings) info() ContextInfo {
	return ContextInfo{
		ID: s.entry.ID, Namespace: s.entry.Namespace, Database: s.entry.Database, Description: s.entry.Description,
		EnforcementBlocked: s.entry.EnforcementBlocked, Config: s.config.effective(), CreatedAt: s.entry.CreatedAt,
	}
}

// configure takes over the settings of an entry of the registry, unless those that are known are newer.
func (s *contextStore) configure(entry store.Registered) error {
	read, err := newSettings(entry)
	if err != nil {
		return err
	}
	for {
		old := s.settings.Load()
		if old != nil && old.entry.Revision >= entry.Revision {
			return nil
		}
		if s.settings.CompareAndSwap(old, read) {
			return nil
		}
	}
}

// maxTTL is the longest lifetime of a key; 0: without end.
func (s *settings) maxTTL() time.Duration {
	if s.effective.MaxTokenTTLSeconds == nil {
		return 0
	}
	return time.Duration(*s.effective.MaxTokenTTLSeconds) * time.Second
}

// PatchContext changes the description and the configuration of a Context: what the patch has is merged into what is
// there, field by field. It holds for the next call of every handle, in this process and in others. Keys of providers are
// sealed and never shown: the result has the names of those that are set.
//
// Codes: CodeNotFound; CodeInvalid and CodeTooLarge with the Field; CodeUnsupported when a provider's key is to be kept and
// there is no Options.MasterKey; CodeConflict when others change it at the same time, again and again.
func (m *Manager) PatchContext(ctx context.Context, id string, patch ContextPatch) (ContextInfo, error) {
	const op = "patch context"
	if err := m.admit(ctx, op); err != nil {
		return ContextInfo{}, err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return ContextInfo{}, err
	}
	if err := patch.check(op); err != nil {
		return ContextInfo{}, err
	}
	var read *settings
	err := surreal.RetryIf(ctx, replans, func(err error) bool { return errors.Is(err, store.ErrStale) }, func() error {
		was, err := m.registry.Get(ctx, id)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && was.State != store.StateReady {
			return noContext(op, id)
		}
		if err != nil {
			return err
		}
		now, err := m.patched(op, was, patch)
		if err != nil {
			return err
		}
		event := m.event(op, EventContextConfigured)
		event.Context, event.Target, event.Detail = id, id, patch.changes()
		// Once it is stored it must come to be known.
		if err := m.registry.Configure(context.WithoutCancel(ctx), was, now, event); err != nil {
			return err
		}
		now.Revision++
		if read, err = newSettings(now); err != nil {
			return err
		}
		m.mu.Lock()
		state := m.open[id]
		if state == nil {
			m.deletions++ // whoever reads the Context into memory at this moment reads it again
		}
		m.mu.Unlock()
		if state != nil && state.claim == now.Claim {
			return state.configure(now)
		}
		return nil
	})
	if err != nil {
		return ContextInfo{}, fail(op, err)
	}
	return read.info(), nil
}

// patched is an entry of the registry with a patch applied.
func (m *Manager) patched(op string, was store.Registered, patch ContextPatch) (store.Registered, error) {
	old, err := newSettings(was)
	if err != nil {
		return was, err
	}
	config, err := old.config.merged(patch.Config, patch.Unset)
	if err != nil {
		return was, err
	}
	now := was
	if patch.Description != nil {
		now.Description = *patch.Description
	}
	if patch.EnforcementBlocked != nil {
		now.EnforcementBlocked = *patch.EnforcementBlocked
	}
	now.Config, now.Providers, err = m.sealed(op, was.ID, config, was.Providers)
	return now, err
}

// changes lists what a patch changes, without the values.
func (p ContextPatch) changes() string {
	var out []string
	if p.Description != nil {
		out = append(out, "description")
	}
	if p.EnforcementBlocked != nil {
		out = append(out, "enforcement_blocked")
	}
	for _, f := range configFields {
		var one Config
		f.copy(&one, &p.Config)
		if set, err := encodeConfig(one); err == nil && string(set) != "{}" {
			out = append(out, f.path)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Config.Providers)) {
		out = append(out, "providers."+name)
	}
	for _, path := range p.Unset {
		out = append(out, "-"+path)
	}
	return strings.Join(out, ", ")
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
	if m.keyring == nil || m.address.scheme == schemeMemory {
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
