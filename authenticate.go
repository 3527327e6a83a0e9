package spectron

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
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
//
// A refusal costs the same whatever the reason: one call of the database that looks up the Context and the key, one that reads as
// many rows as the first did not find, two hashes, and one event unless too many are on record (see Context.Events). What still
// differs is what the database does inside a statement: it takes somewhat longer to decode a key that has many grants of its
// own, and somewhat less to find that there is no such Context. The event goes into the Context that the secret names if that
// is in memory, else into the control plane; and on a server, who presents what was a good secret here until another process
// took it back waits in addition until that change is read.
func (m *Manager) Authenticate(ctx context.Context, keySecret string) (*Context, error) {
	const op = "authenticate"
	if err := m.core.Begin(); err != nil {
		return nil, fail(op, err)
	}
	defer m.core.Done()
	p, err := secret.Parse(keySecret)
	if err != nil || p.Form == secret.Management {
		p = secret.Nobody()
	}
	if c, err := m.recognise(ctx, op, p); c != nil || err != nil {
		return c, err
	}
	return m.lookUp(ctx, op, p)
}

// recognise authenticates with what is in memory: nil when that does not do. It costs one hash.
func (m *Manager) recognise(ctx context.Context, op string, p secret.Parsed) (*Context, error) {
	var known *record.APIKey
	if state := m.core.InMemory(p.Context); state != nil {
		if key, ok := state.KnownKey(p.ID); ok {
			known = &key
		}
	}
	if !m.accepts(p, known) {
		return nil, nil
	}
	return m.handleOf(ctx, op, p, known)
}

// lookUp authenticates with what is stored, and refuses what is not accepted. The statements are the same whether the Context
// and the key are there or not, and whether the Context is in memory.
func (m *Manager) lookUp(ctx context.Context, op string, p secret.Parsed) (*Context, error) {
	found, err := m.core.Registry.Presented(ctx, p.Context, p.ID)
	if err != nil {
		return nil, fail(op, err)
	}
	if m.accepts(p, found.Key) {
		if c, err := m.handleOf(ctx, op, p, found.Key); c != nil || err != nil {
			return c, err
		}
	}
	if err := m.core.Registry.Level(ctx, found.Known, found.Key != nil); err != nil {
		return nil, fail(op, err)
	}
	return nil, m.notAccepted(ctx, op, p, found)
}

// accepts reports whether a secret is that of a key, which is good at this moment; nil is none. It costs one hash, whatever
// the answer.
func (m *Manager) accepts(p secret.Parsed, key *record.APIKey) bool {
	if key == nil {
		return m.core.Matches(p, secret.NoKey())
	}
	matches := m.core.Matches(p, secret.Stored{Salt: key.Salt, Hash: key.Hash})
	return matches && key.SelfService == (p.Form == secret.SelfService) && (key.ValidUntil.IsZero() || m.core.Now().Before(key.ValidUntil))
}

// handleOf makes the handle of a key that was accepted, in a Context that is in memory or is read now; nil when the key or the
// Context is no longer good.
func (m *Manager) handleOf(ctx context.Context, op string, p secret.Parsed, key *record.APIKey) (*Context, error) {
	found, err := m.core.Pinned(ctx, p.Context)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fail(op, err)
	}
	defer found.Done()
	// The key says what may be done; whoever authenticates it, the operator or a management key, does not matter.
	c := &Context{&Manager{m.core, &gate.Caller{}}, found, &gate.Caller{Kind: gate.Key, Key: p.ID, Generation: key.Generation}}
	_, err = c.handle().Compiled(ctx)
	err = fail(op, c.state.Explain(ctx, err))
	switch {
	case errors.Is(err, ErrUnauthenticated), errors.Is(err, ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return c, nil
}

// notAccepted refuses a secret, once the attempt is on record, in the Context that it names if that is in memory, else in the
// control plane: with the ids that it names, never with the secret.
func (m *Manager) notAccepted(ctx context.Context, op string, p secret.Parsed, at store.Presented) error {
	e := record.Event{ID: m.core.NewID(store.TableEvent), At: m.core.Now(), Action: record.ActionDenied, Op: op, Detail: gate.NotAccepted}
	namespace, database := store.ControlNamespace, store.ControlDatabase
	switch {
	case at.Ready && m.core.InMemory(p.Context) != nil:
		e.Context, e.Key, namespace, database = p.Context, p.ID, at.Namespace, at.Database
	case p.ID != secret.Nobody().ID:
		e.Context, e.Target = p.Context, p.ID
	}
	err := m.core.Refused.Record(ctx, e, live.Attempter{Key: p.ID, Stranger: true}, m.core.Opts.NewID, func(ctx context.Context, list ...record.Event) error {
		return m.core.Registry.RecordAt(ctx, namespace, database, list...)
	}, m.core.Registry.Record)
	return &Error{Op: op, Code: CodeUnauthenticated, Detail: gate.NotAccepted, Err: err}
}

// OnBehalfOf returns the handle of the caller acting for a principal, by its id: it can do what both of them can, and what
// the caller's key can, and does not manage keys. What it does is on record with both.
//
// ErrForbidden: the handle acts for somebody already, or the principal is not there or may do nothing that the caller may.
// The operator gets ErrNotFound for one that is not there.
func (c *Context) OnBehalfOf(ctx context.Context, principal string) (*Context, error) {
	const op = "on behalf of"
	return call(ctx, c, op, func(s *gate.Call) (*Context, error) {
		if err := checkText(op, "principal", principal, maxNameBytes); err != nil {
			return nil, err
		}
		if record.Blank(principal) {
			return nil, invalid(op, "principal", "empty")
		}
		if s.Behalf != nil {
			return nil, s.Deny(ctx, gate.Denial{Field: "principal", Detail: "who acts for another cannot pass that on"})
		}
		id := principalID(principal)
		out := &Context{c.mgr, c.state, c.caller.For(id)}
		_, err := c.state.Principal(ctx, id)
		missing := errors.Is(err, surreal.ErrNotFound) || id == live.SystemID
		if err != nil && !missing {
			return nil, fail(op, err)
		}
		if missing && c.caller.Kind != gate.Key {
			return nil, &Error{Op: op, Code: CodeNotFound, Field: "principal", Detail: "no such principal"}
		}
		if !missing {
			delegated, err := out.handle().Permissions(ctx)
			if err != nil {
				return nil, fail(op, err)
			}
			missing = delegated.Grants().Empty() && c.caller.Kind == gate.Key
		}
		if missing {
			return nil, s.Deny(ctx, gate.Denial{Field: "principal", Target: id, Detail: "there is no principal of that id that the caller shares anything with"})
		}
		return out, nil
	})
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
	return call(ctx, m.context, op, func(s *gate.Call) (*Identity, error) {
		out := &Identity{
			PrincipalID: s.Principal.ID, Name: s.Principal.Name, Kind: PrincipalKind(s.Principal.Kind), Grants: newGrants(s.Principal.Grants),
			EffectiveGrants: newGrants(s.Grants().Strings()), KeyID: s.Caller.Key,
		}
		if s.Caller.Kind != gate.Key {
			admin, err := m.context.state.Principal(ctx, live.AdminID) // it may have another name by now
			if err != nil {
				return nil, fail(op, err)
			}
			out.Name, out.Kind, out.Grants = admin.Name, PrincipalKind(admin.Kind), newGrants(authz.Full().Strings())
		}
		if s.Key != nil {
			out.Preset, out.Strict = Preset(s.Key.Preset), s.Key.Strict
			if s.Key.Grants != nil {
				out.TokenGrants = newGrants(s.Key.Grants)
			}
		}
		if s.Behalf != nil {
			out.DelegatedPrincipalID = s.Behalf.ID
		}
		return out, nil
	})
}
