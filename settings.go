package spectron

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

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

// actingSettings are the settings that the library itself goes by.
func actingSettings(entry store.Registered) (live.Acting, error) {
	s, err := newSettings(entry)
	if err != nil {
		return live.Acting{}, err
	}
	out := live.Acting{ConfidenceFloor: s.effective.Reconciliation.ConfidenceFloor, SelfService: s.effective.AllowSelfServiceKeys}
	if ttl := s.effective.MaxTokenTTLSeconds; ttl != nil {
		out.MaxTTL = time.Duration(*ttl) * time.Second
	}
	return out, nil
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
	defer m.core.Done()
	if err := checkID(op, id); err != nil {
		return ContextInfo{}, err
	}
	if err := patch.check(op); err != nil {
		return ContextInfo{}, err
	}
	var read *settings
	err := surreal.RetryIf(ctx, live.Replans, func(err error) bool { return errors.Is(err, store.ErrStale) }, func() error {
		was, err := m.core.Registry.Get(ctx, id)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && was.State != store.StateReady {
			return fail(op, live.NoContext(id))
		}
		if err != nil {
			return err
		}
		now, err := m.patched(op, was, patch)
		if err != nil {
			return err
		}
		event := m.control().Event(op, EventContextConfigured)
		event.Context, event.Target, event.Detail = id, id, patch.changes()
		// Once it is stored it must come to be known.
		if err := m.core.Registry.Configure(context.WithoutCancel(ctx), was, now, event); err != nil {
			return err
		}
		now.Revision++
		if read, err = newSettings(now); err != nil {
			return err
		}
		return m.core.Reconfigure(now)
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
