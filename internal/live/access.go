package live

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// accessCache keeps what is known of principals, keys and scopes, by the names of their rows.
type accessCache struct {
	// Version counts the changes of principals and keys: what was worked out under an earlier one is worked out again.
	Version atomic.Uint64
	mu      sync.RWMutex // guards what follows, which is read while others change it
	known   map[string]any
	changes int // of any row: what was read before the last one is not kept
}

// maxKnown bounds the cache in rows.
const maxKnown = 100_000

// Forget drops what is known of some rows; nil: of all.
func (a *accessCache) Forget(names []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.changes++
	if names == nil {
		clear(a.known)
		a.Version.Add(1)
	}
	judged := false
	for _, name := range names {
		delete(a.known, name)
		judged = judged || !strings.HasPrefix(name, store.TableScope+":")
	}
	if judged {
		a.Version.Add(1)
	}
}

// Get returns what is known of a row, and what to keep it under when it has to be read.
func (a *accessCache) Get(name string) (row any, changes int) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.known[name], a.changes
}

// knownRow returns a row, from the cache or else from read. What read found is not kept when something has changed since.
func knownRow[T any](a *accessCache, name string, read func() (T, error)) (T, error) {
	row, changes := a.Get(name)
	if found, ok := row.(T); ok {
		return found, nil
	}
	found, err := read()
	if err == nil {
		a.Keep(changes, name, found)
	}
	return found, err
}

// Keep takes a row that was read after so many changes, unless there was another one since.
func (a *accessCache) Keep(changes int, name string, row any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.changes != changes {
		return
	}
	if len(a.known) >= maxKnown || a.known == nil {
		a.known = map[string]any{}
	}
	a.known[name] = row
}

// Principal returns a principal. surreal.ErrNotFound: there is none of that id.
func (s *Context) Principal(ctx context.Context, id string) (record.Principal, error) {
	if id == store.TablePrincipal+":" {
		return record.Principal{}, surreal.ErrNotFound
	}
	return knownRow(&s.Access, id, func() (record.Principal, error) {
		p, err := s.Rows.Principal(ctx, id)
		if built, ok := BuiltIn(id); ok && errors.Is(err, surreal.ErrNotFound) {
			return built, nil
		}
		return p, err
	})
}

// Key returns a key and its principal, which has no id when it is gone. surreal.ErrNotFound: there is no such key.
func (s *Context) Key(ctx context.Context, id string) (record.APIKey, record.Principal, error) {
	name := store.KeyRecord(id)
	_, changes := s.Access.Get(name)
	key, err := knownRow(&s.Access, name, func() (record.APIKey, error) {
		key, principal, err := s.Rows.KeyWithPrincipal(ctx, id)
		if err == nil && principal.ID != "" {
			s.Access.Keep(changes, principal.ID, principal)
		}
		return key, err
	})
	if err != nil {
		return record.APIKey{}, record.Principal{}, err
	}
	principal, err := s.Principal(ctx, key.Principal)
	if errors.Is(err, surreal.ErrNotFound) {
		return key, record.Principal{}, nil
	}
	return key, principal, err
}

// scopeState is what is known of a scope: the zero value, that it is not registered.
type scopeState struct{ Registered, Tombstoned bool }

// Scopes returns the states of scopes.
func (s *Context) Scopes(ctx context.Context, paths []string) (map[string]scopeState, error) {
	out := make(map[string]scopeState, len(paths))
	var missing []string
	changes := 0
	for _, p := range paths {
		row, seen := s.Access.Get(store.ScopeRecord(p))
		if state, ok := row.(scopeState); ok {
			out[p] = state
			continue
		}
		if len(missing) == 0 {
			changes = seen // the oldest
		}
		missing = append(missing, p)
	}
	if len(missing) == 0 {
		return out, nil
	}
	nodes, err := s.Rows.Scopes(ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		out[n.Path] = scopeState{true, !n.TombstonedAt.IsZero()}
	}
	for _, p := range missing {
		s.Access.Keep(changes, store.ScopeRecord(p), out[p])
	}
	return out, nil
}

// The principals that are there without a row.
const (
	AdminID  = store.TablePrincipal + ":admin"
	SystemID = store.TablePrincipal + ":system"
)

// BuiltIn returns the principals that are there without a row.
func BuiltIn(id string) (record.Principal, bool) {
	if id != AdminID && id != SystemID {
		return record.Principal{}, false
	}
	name := strings.TrimPrefix(id, store.TablePrincipal+":")
	return record.Principal{ID: id, Name: name, Kind: "service", Grants: authz.Full().Strings()}, true
}
