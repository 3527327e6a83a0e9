package spectron

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Authenticate returns the handle of whoever has the secret of a key: it can do what that key can at the moment of each call,
// and no more. A handle is light; keep it, or make one for each request.
//
// ErrUnauthenticated: the secret is not good, whatever is wrong with it: malformed, unknown, of a Context that is not
// there, rotated, revoked or expired.
func (m *Manager) Authenticate(ctx context.Context, keySecret string) (*Context, error) {
	const op = "authenticate"
	if err := m.begin(op); err != nil {
		return nil, err
	}
	defer m.done()
	parsed, err := secret.Parse(keySecret)
	if err != nil || parsed.Form == secret.Management {
		return nil, m.unknownKey(ctx, op, "", "")
	}
	found, err := m.contextOf(ctx, op, parsed)
	if err != nil {
		return nil, err
	}
	defer found.done()
	state := found.state
	// The key says what may be done; whoever authenticates it, the operator or a management key, does not matter.
	c := &Context{&Manager{m.openStore, operator()}, state, &caller{kind: byKey, key: parsed.ID}}
	cached, _ := state.access.get(store.KeyRecord(parsed.ID))
	key, _, err := state.key(ctx, parsed.ID)
	switch {
	case errors.Is(err, surreal.ErrNotFound):
		parsed.MatchesNone() // as long as with a key that is there
		return nil, c.refuseKey(ctx, op)
	case err != nil:
		return nil, m.notThere(ctx, op, parsed, c.explain(ctx, op, err))
	case !parsed.Matches(secret.Stored{Salt: key.Salt, Hash: key.Hash}), key.SelfService != (parsed.Form == secret.SelfService):
		if cached != nil {
			// An id that is unknown is looked for in the database: so is one that is known, or time would tell.
			if _, _, err := state.store.KeyWithPrincipal(ctx, parsed.ID); err != nil && !errors.Is(err, surreal.ErrNotFound) {
				return nil, fail(op, err)
			}
		}
		return nil, c.refuseKey(ctx, op)
	}
	c.caller.generation = key.Generation
	if _, err := c.compiled(ctx, op); errors.Is(err, ErrUnauthenticated) {
		return nil, c.refuseKey(ctx, op)
	} else if err != nil {
		return nil, err
	}
	return c, nil
}

// refuseKey refuses a key of the Context that is not good, once the attempt is on record.
func (c *Context) refuseKey(ctx context.Context, op string) error {
	return &Error{Op: op, Code: CodeUnauthenticated, Detail: notAccepted, Err: c.dead(ctx, op)}
}

// notThere turns a Context that does not exist into a key that is not accepted.
func (m *Manager) notThere(ctx context.Context, op string, p secret.Parsed, err error) error {
	if errors.Is(err, ErrNotFound) {
		return m.unknownKey(ctx, op, p.Context, p.ID)
	}
	return fail(op, err)
}

// contextOf finds the Context that a secret names, and pins it. One that is not in memory is read only for a key that is good.
func (m *Manager) contextOf(ctx context.Context, op string, p secret.Parsed) (*Context, error) {
	m.mu.Lock()
	state := m.contexts[p.Context]
	m.mu.Unlock()
	if state == nil || !state.loaded() {
		if err := m.peek(ctx, op, p); err != nil {
			return nil, m.notThere(ctx, op, p, err)
		}
	}
	c, err := m.pinned(ctx, op, p.Context)
	if err != nil {
		return nil, m.notThere(ctx, op, p, err)
	}
	return c, nil
}

// peek looks up a key in a Context that is not open.
func (m *Manager) peek(ctx context.Context, op string, p secret.Parsed) (err error) {
	entry, err := m.registry.Get(ctx, p.Context)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && entry.State != store.StateReady {
		p.MatchesNone()
		return noContext(op, p.Context)
	}
	if err != nil {
		return err
	}
	conn, err := m.db.Connect(ctx, entry.Namespace, entry.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	key, err := store.New(conn, store.Alone).Key(ctx, p.ID)
	if errors.Is(err, surreal.ErrNotFound) {
		p.MatchesNone()
		return noContext(op, p.Context)
	}
	if err == nil && (!p.Matches(secret.Stored{Salt: key.Salt, Hash: key.Hash}) || key.SelfService != (p.Form == secret.SelfService) ||
		!key.ValidUntil.IsZero() && !m.now().Before(key.ValidUntil)) {
		return noContext(op, p.Context)
	}
	return err
}

// OnBehalfOf returns the handle of the caller acting for a principal, by its id: it can do what both of them can, and what
// the caller's key can, and does not manage keys. What it does is on record with both.
//
// ErrForbidden: the handle acts for somebody already, or the principal is not there or may do nothing that the caller may.
// The operator gets ErrNotFound for one that is not there.
func (c *Context) OnBehalfOf(ctx context.Context, principal string) (*Context, error) {
	const op = "on behalf of"
	s, err := c.begin(ctx, op)
	if err != nil {
		return nil, err
	}
	defer c.done()
	if err := checkText(op, "principal", principal, maxNameBytes); err != nil {
		return nil, err
	}
	if record.Blank(principal) {
		return nil, invalid(op, "principal", "empty")
	}
	if s.behalf != nil {
		return nil, c.deny(ctx, op, s, denial{field: "principal", detail: "who acts for another cannot pass that on"})
	}
	id := principalID(principal)
	who := &caller{kind: c.caller.kind, key: c.caller.key, generation: c.caller.generation, behalf: id}
	out := &Context{c.mgr, c.state, who}
	_, err = c.state.principal(ctx, id)
	missing := errors.Is(err, surreal.ErrNotFound) || id == systemID
	if err != nil && !missing {
		return nil, fail(op, err)
	}
	if missing && c.caller.kind != byKey {
		return nil, &Error{Op: op, Code: CodeNotFound, Field: "principal", Detail: "no such principal"}
	}
	if !missing {
		delegated, err := out.standing(ctx, op)
		if err != nil {
			return nil, err
		}
		missing = delegated.Grants().Empty() && c.caller.kind == byKey
	}
	if missing {
		return nil, c.deny(ctx, op, s, denial{field: "principal", target: id, detail: "there is no principal of that id that the caller shares anything with"})
	}
	return out, nil
}

// Identity says who a handle is.
type Identity struct {
	PrincipalID string        `json:"principalId"`
	Name        string        `json:"displayName"`
	Kind        PrincipalKind `json:"kind"`
	// Grants are the principal's, EffectiveGrants what is left of them with this key and on whose behalf it acts.
	Grants          Grants `json:"grants"`
	EffectiveGrants Grants `json:"effectiveGrants"`
	// TokenGrants are what the key was narrowed to; nil: it was not.
	TokenGrants          Grants `json:"tokenGrants,omitzero"`
	DelegatedPrincipalID string `json:"delegatedPrincipalId,omitempty"` // on whose behalf
	KeyID                string `json:"keyId,omitempty"`                // "" for the operator
	Preset               Preset `json:"preset,omitempty"`
	Strict               bool   `json:"strict,omitempty"`
}

// WhoAmI says who the caller is and what it may do at this moment. ErrUnauthenticated: nothing any more.
func (m *Memory) WhoAmI(ctx context.Context) (*Identity, error) {
	const op = "who am I"
	s, err := m.context.begin(ctx, op)
	if err != nil {
		return nil, err
	}
	defer m.context.done()
	out := &Identity{
		PrincipalID: s.principal.ID, Name: s.principal.Name, Kind: PrincipalKind(s.principal.Kind), Grants: newGrants(s.principal.Grants),
		EffectiveGrants: newGrants(s.Grants().Strings()), KeyID: s.caller.key,
	}
	if s.caller.kind != byKey {
		admin, err := m.context.state.principal(ctx, adminID) // it may have another name by now
		if err != nil {
			return nil, fail(op, err)
		}
		out.Name, out.Kind, out.Grants = admin.Name, PrincipalKind(admin.Kind), newGrants(authz.Full().Strings())
	}
	if s.key != nil {
		out.Preset, out.Strict = Preset(s.key.Preset), s.key.Strict
		if s.key.Grants != nil {
			out.TokenGrants = newGrants(s.key.Grants)
		}
	}
	if s.behalf != nil {
		out.DelegatedPrincipalID = s.behalf.ID
	}
	return out, nil
}
