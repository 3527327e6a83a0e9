// Package gate is the access control of every call. It is the only way from a handle to a Context in memory. Handle.Authorize admits a
// call. The Call has the caller's permissions at that moment, checks requests against them, records refusals as events, and applies
// changes of permissions. Permissions are never older than the last change that returned.
package gate

import (
	"context"
	"errors"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Handle is a Context together with its caller.
type Handle struct {
	Live   *live.Context
	Caller *Caller
}

// Call is one operation of a caller on a Context, from Authorize to Done.
type Call struct {
	*Permissions
	Live   *live.Context
	Op     string // name of the method, for events
	Stored Stored // what it has stored, for the Observer
}

// Stored counts the records that a call has stored.
type Stored struct {
	Turns, Chunks int
	Facts, Closed int // including instructions
}

// Authorize admits an operation on the Context, refreshes the Context in memory, and computes the caller's permissions. Codes:
// fault.Closed after the store was closed; fault.NotFound after the Context was deleted; fault.Unauthenticated if the key of the handle
// was revoked, rotated or has expired, or its principal was deleted.
func (h Handle) Authorize(ctx context.Context, op string) (*Call, error) {
	if err := h.Live.Pin(); err != nil {
		return nil, err
	}
	admitted := false
	defer func() {
		if !admitted { // even if an embedder panics while the Context is loaded
			h.Live.Done()
		}
	}()
	if err := h.Live.Alive(); err != nil {
		return nil, err
	}
	// Other processes may have written, and changed the caller's permissions.
	if err := h.Live.Refresh(ctx); err != nil {
		return nil, err
	}
	p, err := h.Permissions(ctx)
	if fault.Is(err, fault.Unauthenticated) {
		if unrecorded := h.auditDeadKey(ctx, op); unrecorded != nil {
			err = errors.Join(err, unrecorded)
		}
	}
	if err != nil {
		return nil, err
	}
	admitted = true
	return &Call{Permissions: p, Live: h.Live, Op: op}, nil
}

// RequireMemory refuses management keys, which may not use memory.
func (c *Call) RequireMemory(ctx context.Context) error {
	if c.Caller.Kind.usesMemory() {
		return nil
	}
	return c.Deny(ctx, Denial{Detail: managementDenied})
}

const managementDenied = "a management key is for the control plane only"

// Everywhere returns the call with all permissions over memory, for work that its caller may order without seeing what it works on.
func (c *Call) Everywhere() *Call {
	all := *c.Permissions
	all.Access = authz.Compile(authz.Full())
	return &Call{Permissions: &all, Live: c.Live, Op: c.Op}
}

// Done ends a call.
func (c *Call) Done() { c.Live.Done() }

// Handle returns the handle of the call.
func (c *Call) Handle() Handle { return Handle{c.Live, c.Caller} }

// Now returns the time of the Context's clock.
func (c *Call) Now() time.Time { return c.Live.Now() }

// Permissions returns the caller's current permissions.
func (h Handle) Permissions(ctx context.Context) (*Permissions, error) {
	if !h.Caller.Kind.usesMemory() && !h.Caller.Kind.manages() {
		return nil, errNoCaller()
	}
	cache, now := &h.Live.Access, h.Live.Now()
	version := cache.Version.Load()
	if p := h.Caller.last.Load(); p != nil && p.Version == version && (p.Until.IsZero() || now.Before(p.Until)) {
		if h.Caller.Kind == Key {
			h.used(now)
		}
		return p, nil
	}
	p := &Permissions{Caller: h.Caller, Judged: live.Judged{Generation: h.Caller.Generation, Version: version}}
	grants := authz.Full()
	var err error
	switch h.Caller.Kind {
	case Operator:
		p.Principal, _ = live.BuiltIn(live.AdminID)
	case Management:
		p.Principal, _ = live.BuiltIn(live.AdminID)
		for _, v := range []authz.Verb{authz.MemoryRead, authz.MemoryWrite, authz.MemoryForget} {
			delete(grants, v)
		}
		if err := (Control{h.Live.Core, h.Caller}).stillManages(ctx); err != nil {
			return nil, err
		}
	case Key:
		if grants, err = h.keyGrants(ctx, p, now); err != nil {
			return nil, err
		}
	}
	if h.Caller.Behalf != "" {
		target, err := h.Live.Holder(ctx, h.Caller.Behalf)
		if errors.Is(err, surreal.ErrNotFound) {
			return nil, unauthenticated("the principal that the handle acts for was deleted")
		}
		if err != nil {
			return nil, err
		}
		p.Behalf, grants = &target.Principal, authz.Intersect(grants, target.Allowed)
	}
	p.Access = authz.Compile(grants)
	if h.Caller.Kind != Management { // a management key is checked in the control plane at each call
		h.Caller.last.Store(p)
	}
	if h.Caller.Kind == Key {
		h.used(now)
	}
	return p, nil
}

// Compiled returns the permissions of a caller that has just authenticated. If they are cached for another caller with the same key, they
// are not computed again.
func (h Handle) Compiled(ctx context.Context) (*Permissions, error) {
	judged, found, changes := h.Live.Access.Judged.Get(h.Caller.Key)
	var known *Permissions
	if found && judged.Generation == h.Caller.Generation {
		known = &Permissions{Judged: judged, Caller: h.Caller}
		h.Caller.last.Store(known) // Permissions checks whether they are still valid
	}
	p, err := h.Permissions(ctx)
	if err == nil && p != known {
		h.Live.Access.Judged.Put(changes, h.Caller.Key, p.Judged)
	}
	return p, err
}

// keyGrants returns the grants of the caller's key and its principal, if the key is still valid.
func (h Handle) keyGrants(ctx context.Context, p *Permissions, now time.Time) (authz.Grants, error) {
	key, principal, err := h.Live.Key(ctx, h.Caller.Key)
	if err == nil && principal.ID == "" {
		err = surreal.ErrNotFound
	}
	if errors.Is(err, surreal.ErrNotFound) {
		return nil, unauthenticated("the key was revoked")
	}
	if err != nil {
		return nil, err
	}
	if key.Generation != h.Caller.Generation {
		return nil, unauthenticated("the key was rotated")
	}
	if !key.ValidUntil.IsZero() && !now.Before(key.ValidUntil) {
		return nil, unauthenticated("the key has expired")
	}
	grants := principal.Allowed
	if key.Narrowed != nil {
		grants = authz.Intersect(grants, key.Narrowed)
	}
	p.Key, p.Principal, p.Until = &key.APIKey, principal.Principal, key.ValidUntil
	return grants, nil
}

func unauthenticated(detail string) error { return fault.New(fault.Unauthenticated, "", "%s", detail) }

func (h Handle) used(now time.Time) {
	id := h.Caller.Key
	h.Live.Core.RecordUse(id, now, h.Live, func(ctx context.Context) error { return h.Live.Rows.UsedKey(ctx, id, now) })
}

// Recheck returns an error if the permissions have changed since the call began. The caller holds the writer's lock, so they cannot
// change afterwards.
func (c *Call) Recheck(ctx context.Context) error {
	now, err := c.Handle().Permissions(ctx)
	if err != nil || now == c.Permissions || now.same(c.Permissions) {
		return err
	}
	return fault.New(fault.Conflict, "", "the caller's permissions changed during the call; try again")
}

// Current returns the caller's permissions now, for a call that has waited.
func (c *Call) Current(ctx context.Context) (*Call, error) {
	now, err := c.Handle().Permissions(ctx)
	if err != nil {
		return nil, err
	}
	return &Call{Permissions: now, Live: c.Live, Op: c.Op}, nil
}

// rounds is the maximum number of times that Read runs its function.
const rounds = 8

// Read runs f, which reads what the caller may read. If the caller's permissions have changed while f waited, such as for a model, it runs
// f again.
func Read[T any](ctx context.Context, c *Call, f func(context.Context, *Call) (T, error)) (out T, err error) {
	for range rounds {
		if out, err = f(ctx, c); err != nil {
			return out, err
		}
		now, err := c.Current(ctx)
		if err != nil || now.Permissions == c.Permissions || now.same(c.Permissions) {
			return out, err
		}
		c = now
	}
	return out, fault.New(fault.Conflict, "", "the caller's permissions kept changing during the call: retries exhausted; try again")
}

// Change applies a change of permissions. f computes the change from the stored rows, under the writer's lock, and may be called again.
// If f returns nil, nothing changes.
func (c *Call) Change(ctx context.Context, f func(context.Context) (*store.AccessChange, error)) error {
	// Once begun it runs to its end, because memory must follow what is stored.
	return c.Live.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
		ctx := context.WithoutCancel(ctx)
		if err := c.Recheck(ctx); err != nil {
			return at, err
		}
		change, err := f(ctx)
		if err != nil || change == nil {
			return at, err
		}
		reached, err := c.Live.Rows.Change(ctx, *change, at)
		// This also runs after an error, because the change may be stored.
		c.Live.Access.Forget(change.Touched())
		return reached, err
	})
}
