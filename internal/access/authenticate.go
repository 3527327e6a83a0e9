package access

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Authenticator checks the secrets that are presented to a store.
type Authenticator struct {
	*live.Store
	Op string // name of the method, for events
}

// Authenticate returns a handle for the secret of a key. fault.Unauthenticated: the secret is refused, whatever is wrong with it.
func (a Authenticator) Authenticate(ctx context.Context, keySecret string) (gate.Handle, error) {
	if err := a.Begin(); err != nil {
		return gate.Handle{}, err
	}
	defer a.Done()
	p, err := secret.Parse(keySecret)
	if err != nil || p.Form == secret.Management {
		p = secret.Nobody()
	}
	if h, ok, err := a.recognise(ctx, p); ok || err != nil {
		return h, err
	}
	return a.lookUp(ctx, p)
}

// recognise tries to authenticate from the caches in memory. It computes one hash.
func (a Authenticator) recognise(ctx context.Context, p secret.Parsed) (gate.Handle, bool, error) {
	var known *record.APIKey
	if state := a.InMemory(p.Context); state != nil {
		if key, ok := state.KnownKey(p.ID); ok {
			known = &key
		}
	}
	if !a.accepts(p, known) {
		return gate.Handle{}, false, nil
	}
	return a.handleOf(ctx, p, known)
}

// lookUp authenticates from the database, and refuses secrets that are not accepted. It runs the same statements whether the Context and
// the key exist or not, and whether the Context is in memory or not.
func (a Authenticator) lookUp(ctx context.Context, p secret.Parsed) (gate.Handle, error) {
	found, err := a.Registry.Presented(ctx, p.Context, p.ID)
	if err != nil {
		return gate.Handle{}, err
	}
	if a.accepts(p, found.Key) {
		if h, ok, err := a.handleOf(ctx, p, found.Key); ok || err != nil {
			return h, err
		}
	}
	if err := a.Registry.Level(ctx, found.Known, found.Key != nil); err != nil {
		return gate.Handle{}, err
	}
	return gate.Handle{}, a.refuse(ctx, p, found)
}

// accepts reports whether a secret belongs to a key that is valid now; a nil key never does. It computes one hash in every case, so that
// its time does not depend on the result.
func (a Authenticator) accepts(p secret.Parsed, key *record.APIKey) bool {
	if key == nil {
		return a.Matches(p, secret.NoKey())
	}
	matches := a.Matches(p, secret.Stored{Salt: key.Salt, Hash: key.Hash})
	return matches && key.SelfService == (p.Form == secret.SelfService) && (key.ValidUntil.IsZero() || a.Now().Before(key.ValidUntil))
}

// handleOf returns the handle of an accepted key. It loads the Context if it is not in memory. false: the key or the Context is no longer
// valid.
func (a Authenticator) handleOf(ctx context.Context, p secret.Parsed, key *record.APIKey) (gate.Handle, bool, error) {
	found, err := a.Pinned(ctx, p.Context)
	if fault.Is(err, fault.NotFound) {
		return gate.Handle{}, false, nil
	}
	if err != nil {
		return gate.Handle{}, false, err
	}
	defer found.Done()
	h := gate.Handle{Live: found, Caller: &gate.Caller{Kind: gate.Key, Key: p.ID, Generation: key.Generation}}
	_, err = h.Compiled(ctx)
	err = found.Explain(ctx, err)
	switch {
	case fault.Is(err, fault.Unauthenticated), fault.Is(err, fault.NotFound), errors.Is(err, surreal.ErrNotFound), errors.Is(err, live.ErrGone):
		return gate.Handle{}, false, nil
	case err != nil:
		return gate.Handle{}, false, err
	}
	return h, true, nil
}

// refuse records a refused secret as an event and returns the error. The event is stored in the Context that the secret names if that
// Context is in memory, otherwise in the control plane. It has the ids in the secret, but never the secret itself.
func (a Authenticator) refuse(ctx context.Context, p secret.Parsed, at store.Presented) error {
	e := record.Event{ID: a.NewID(store.TableEvent), At: a.Now(), Action: record.ActionDenied, Op: a.Op, Detail: gate.NotAccepted}
	namespace, database := store.ControlNamespace, store.ControlDatabase
	switch {
	case at.Ready && a.InMemory(p.Context) != nil:
		e.Context, e.Key, namespace, database = p.Context, p.ID, at.Namespace, at.Database
	case p.ID != secret.Nobody().ID:
		e.Context, e.Target = p.Context, p.ID
	}
	err := a.RecordAttempt(ctx, e, live.Attempter{Key: p.ID, Stranger: true}, func(ctx context.Context, list ...record.Event) error {
		return a.Registry.RecordAt(ctx, namespace, database, list...)
	})
	return &fault.Error{Code: fault.Unauthenticated, Detail: gate.NotAccepted, Err: err}
}

// AuthenticateManager returns the caller for the secret of a management key. fault.Unauthenticated: no key has that secret.
func (a Authenticator) AuthenticateManager(ctx context.Context, managementSecret string) (*gate.Caller, error) {
	if err := a.Begin(); err != nil {
		return nil, err
	}
	defer a.Done()
	parsed, err := secret.Parse(managementSecret)
	if err != nil || parsed.Form != secret.Management {
		parsed = secret.Nobody()
	}
	row, err := a.Registry.ManagementKey(ctx, parsed.ID)
	stored := secret.Stored{Salt: row.Salt, Hash: row.Hash}
	if errors.Is(err, surreal.ErrNotFound) {
		stored, err = secret.NoKey(), nil
	}
	if err != nil {
		return nil, err
	}
	if !a.Matches(parsed, stored) {
		if err := a.Registry.Level(ctx, true, row.ID != ""); err != nil {
			return nil, err
		}
		return nil, a.refuse(ctx, parsed, store.Presented{})
	}
	caller := &gate.Caller{Kind: gate.Management, Key: row.ID, Generation: row.Generation}
	gate.Control{Store: a.Store, Caller: caller}.Used()
	return caller, nil
}

// OnBehalfOf returns the caller acting for a principal, by its id.
func OnBehalfOf(ctx context.Context, c *gate.Call, principal string) (*gate.Caller, error) {
	if err := input.ID("principal", principal); err != nil {
		return nil, err
	}
	if record.Blank(principal) {
		return nil, fault.Bad("principal", "empty")
	}
	if c.Behalf != nil {
		return nil, c.Deny(ctx, gate.Denial{Field: "principal", Detail: "a caller that acts for another principal cannot delegate further"})
	}
	id := PrincipalID(principal)
	_, err := c.Live.Principal(ctx, id)
	missing := errors.Is(err, surreal.ErrNotFound) || id == live.SystemID
	if err != nil && !missing {
		return nil, err
	}
	if missing && c.Caller.Kind != gate.Key {
		return nil, fault.New(fault.NotFound, "principal", "no such principal")
	}
	out := gate.Handle{Live: c.Live, Caller: c.Caller.For(id)}
	if !missing {
		delegated, err := out.Permissions(ctx)
		if err != nil {
			return nil, err
		}
		missing = delegated.Grants().Empty() && c.Caller.Kind == gate.Key
	}
	if missing {
		return nil, c.Deny(ctx, gate.Denial{Field: "principal", Target: id, Detail: "no principal with that id shares a permission with the caller"})
	}
	return out.Caller, nil
}

// CallerPrincipal returns the principal of the caller with its grants. The operator and management keys are the principal admin with full
// grants.
func CallerPrincipal(ctx context.Context, c *gate.Call) (record.Principal, error) {
	if c.Caller.Kind == gate.Key {
		return c.Principal, nil
	}
	admin, err := c.Live.Principal(ctx, live.AdminID) // read from its row, because it may have been renamed
	admin.Grants = authz.Full().Strings()
	return admin, err
}
