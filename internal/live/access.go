package live

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Holder is a principal with its parsed grants.
type Holder struct {
	record.Principal
	Allowed authz.Grants
}

// HeldKey is a key with the parsed grants that limit it; nil: no limit.
type HeldKey struct {
	record.APIKey
	Narrowed authz.Grants
}

// ScopeState is the state of a scope. The zero value means that it is not registered.
type ScopeState struct{ Registered, Tombstoned bool }

// accessCache caches principals, keys, scopes and the ontology by the names of their rows.
type accessCache struct {
	// Version counts the changes of principals and keys. Permissions that were computed under an earlier version are computed again.
	Version    atomic.Uint64
	principals Cache[Holder]
	keys       Cache[HeldKey]
	scopes     Cache[ScopeState]
	ontology   Cache[*ontology.Terms] // one entry, under store.OntologyRecord
	// Judged has the permissions that the gate has computed for keys, by their ids.
	Judged Cache[Judged]
}

// Judged has the permissions that the gate has computed for a key.
type Judged struct {
	*authz.Access
	Principal  record.Principal
	Key        *record.APIKey
	Generation int       // generation of the key's secret
	Version    uint64    // version of the keys and principals
	Until      time.Time // the expiry of the key; zero: never
}

// Forget drops the named rows; nil: all rows.
func (a *accessCache) Forget(names []string) {
	a.principals.Forget(names)
	a.keys.Forget(names)
	a.scopes.Forget(names)
	a.ontology.Forget(names)
	if names == nil {
		a.Judged.Forget(nil)
		a.Version.Add(1)
	}
	for _, name := range names {
		if !strings.HasPrefix(name, store.TableScope+":") {
			a.Version.Add(1)
			break
		}
	}
}

// Principal returns a principal. surreal.ErrNotFound: no principal has that id.
func (s *Context) Principal(ctx context.Context, id string) (record.Principal, error) {
	p, err := s.Holder(ctx, id)
	return p.Principal, err
}

// Holder returns a principal with its grants. surreal.ErrNotFound: no principal has that id.
func (s *Context) Holder(ctx context.Context, id string) (Holder, error) {
	if id == store.TablePrincipal+":" {
		return Holder{}, surreal.ErrNotFound
	}
	return s.Access.principals.GetOrRead(id, func() (Holder, error) {
		p, err := s.Rows.Principal(ctx, id)
		if built, ok := BuiltIn(id); ok && errors.Is(err, surreal.ErrNotFound) {
			p, err = built, nil
		}
		if err != nil {
			return Holder{}, err
		}
		return newHolder(p)
	})
}

func newHolder(p record.Principal) (Holder, error) {
	allowed, err := authz.Parse(p.Grants)
	return Holder{p, allowed}, err
}

// Key returns a key and its principal. If the principal was deleted, it has no id. surreal.ErrNotFound: no key has that id.
func (s *Context) Key(ctx context.Context, id string) (HeldKey, Holder, error) {
	changes := s.Access.principals.Changes() // counted before both rows are read
	key, err := s.Access.keys.GetOrRead(store.KeyRecord(id), func() (out HeldKey, err error) {
		row, principal, err := s.Rows.KeyWithPrincipal(ctx, id)
		if err != nil {
			return out, err
		}
		if principal.ID != "" {
			holder, err := newHolder(principal)
			if err != nil {
				return out, err
			}
			s.Access.principals.Put(changes, principal.ID, holder)
		}
		out.APIKey = row
		if row.Grants != nil {
			out.Narrowed, err = authz.Parse(row.Grants)
		}
		return out, err
	})
	if err != nil {
		return HeldKey{}, Holder{}, err
	}
	principal, err := s.Holder(ctx, key.Principal)
	if errors.Is(err, surreal.ErrNotFound) {
		return key, Holder{}, nil
	}
	return key, principal, err
}

// KnownKey returns a key if it is in memory.
func (s *Context) KnownKey(id string) (record.APIKey, bool) {
	key, found, _ := s.Access.keys.Get(store.KeyRecord(id))
	return key.APIKey, found
}

// Scopes returns the states of scopes by path. It reads those that are not cached in one statement.
func (s *Context) Scopes(ctx context.Context, paths []string) (map[string]ScopeState, error) {
	out := make(map[string]ScopeState, len(paths))
	var missing []string
	changes := 0
	for _, p := range paths {
		state, found, seen := s.Access.scopes.Get(store.ScopeRecord(p))
		if found {
			out[p] = state
			continue
		}
		if len(missing) == 0 {
			changes = seen // the count before the oldest look-up
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
		out[n.Path] = ScopeState{true, !n.TombstonedAt.IsZero()}
	}
	for _, p := range missing {
		s.Access.scopes.Put(changes, store.ScopeRecord(p), out[p])
	}
	return out, nil
}

// The ids of the built-in principals, which exist without a row.
const (
	AdminID  = store.TablePrincipal + ":admin"
	SystemID = store.TablePrincipal + ":system"
)

// BuiltIn returns the built-in principal with an id; false: no built-in principal has it.
func BuiltIn(id string) (record.Principal, bool) {
	if id != AdminID && id != SystemID {
		return record.Principal{}, false
	}
	name := strings.TrimPrefix(id, store.TablePrincipal+":")
	return record.Principal{ID: id, Name: name, Kind: "service", Grants: authz.Full().Strings()}, true
}
