package access

import (
	"context"
	"errors"
	"slices"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Keys manages the keys of a Context for one caller. Results have only the fields that the caller may know.
type Keys struct {
	*gate.Call
	Of string // id of the principal that owns the keys; "": all principals that the caller manages
}

func noKey() error { return fault.New(fault.NotFound, "id", "no such key") }

// shown returns a key as the caller may see it. A caller with a key of the Context that does not manage all grants sees "management"
// instead of the id of a management key.
func (k Keys) shown(key record.APIKey) record.APIKey {
	if k.Key == nil || k.Region(authz.GrantManage).All() {
		return key
	}
	for _, maker := range []*string{&key.MadeBy, &key.RotatedBy} {
		if secret.IsManagementKeyID(*maker) {
			*maker = "management"
		}
	}
	return key
}

// actor describes the caller for the key policy.
func (k Keys) actor() authz.KeyActor {
	return authz.KeyActor{
		Operator: k.Unlimited(), Administrator: k.Key == nil && k.Behalf == nil,
		Excluded:      k.Behalf != nil || k.Key != nil && k.Key.Preset != "",
		ManagesGrants: k.Region(authz.GrantManage).All(), SelfService: k.Live.Settings.Load().SelfService,
	}
}

// target describes a key of a principal for the key policy.
func (k Keys) target(principal string) *authz.KeyTarget {
	return &authz.KeyTarget{Own: principal == k.Principal.ID, OfAdmin: principal == live.AdminID}
}

// require refuses an action on a key that the policy does not allow the caller; a nil key means any key.
func (k Keys) require(ctx context.Context, action authz.KeyAction, t *authz.KeyTarget, id string) error {
	switch k.actor().Judge(action, t) {
	case authz.KeyNotManaged:
		return k.Deny(ctx, gate.Denial{Detail: "agents, supervisors and callers that act for another principal may not manage keys"})
	case authz.KeyNoSelfService:
		return k.Deny(ctx, gate.Denial{Detail: "the Context does not allow self-service keys (allow_self_service_keys)"})
	case authz.KeyForOthers:
		return k.Deny(ctx, gate.Denial{Field: "PrincipalID", Detail: "a key may create keys only for its own principal"})
	case authz.KeyHidden:
		return noKey()
	case authz.KeyWider:
		return k.Deny(ctx, gate.Denial{Field: "id", Target: id, Detail: "the key may do more than the caller's key"})
	case authz.KeyOfAdministrator:
		return k.Deny(ctx, gate.Denial{Field: "PrincipalID", Target: live.AdminID, Detail: "only the program that opened the store may create keys of admin"})
	}
	return nil
}

// requireKey is like require, for a key that was read: it also compares the limits of the key with those of the caller's key.
func (k Keys) requireKey(ctx context.Context, action authz.KeyAction, row record.APIKey) error {
	t := k.target(row.Principal)
	if k.Key != nil && k.Key.ID != row.ID {
		theirs, err := limits(row)
		if err != nil {
			return err
		}
		mine, err := limits(*k.Key)
		if err != nil {
			return err
		}
		t.Wider = theirs.Wider(mine)
	}
	return k.require(ctx, action, t, row.ID)
}

func limits(key record.APIKey) (authz.KeyLimits, error) {
	if key.Grants == nil {
		return authz.KeyLimits{Strict: key.Strict}, nil
	}
	grants, err := authz.Parse(key.Grants)
	return authz.KeyLimits{Grants: grants, Strict: key.Strict}, err
}

// whose returns the principal whose keys the caller manages; "": all.
func (k Keys) whose(ctx context.Context) (string, error) {
	switch {
	case k.Of != "":
		return k.Of, k.require(ctx, authz.SeeKey, k.target(k.Of), "")
	case k.actor().ManagesGrants:
		return "", nil
	}
	return k.Principal.ID, nil
}

// List lists the keys that the caller manages.
func (k Keys) List(ctx context.Context, req paging.Request) (paging.Page[record.APIKey], error) {
	none := paging.Page[record.APIKey]{}
	req, err := req.Checked(paging.Most)
	if err != nil {
		return none, err
	}
	if err := k.require(ctx, authz.SeeKey, nil, ""); err != nil {
		return none, err
	}
	whose, err := k.whose(ctx)
	if err != nil {
		return none, err
	}
	page, err := paging.Read(ctx, req, func(ctx context.Context, after string, limit int) ([]record.APIKey, error) {
		return k.Live.Rows.Keys(ctx, whose, after, limit)
	}, func(r record.APIKey) string { return r.ID })
	for i := range page.Items {
		page.Items[i] = k.shown(page.Items[i])
	}
	return page, err
}

// Get returns a key by its id or name.
func (k Keys) Get(ctx context.Context, id string) (record.APIKey, error) {
	if err := k.require(ctx, authz.SeeKey, nil, ""); err != nil {
		return record.APIKey{}, err
	}
	row, err := k.find(ctx, id)
	return k.shown(row), err
}

// find finds a key by its id or name among those that the caller manages. For a caller with a key, a name refers to a key of its own
// principal.
func (k Keys) find(ctx context.Context, id string) (record.APIKey, error) {
	none := record.APIKey{}
	if err := input.ID("id", id); err != nil {
		return none, err
	}
	principal, err := k.whose(ctx)
	if err != nil {
		return none, err
	}
	if owner, ok := secret.ContextOfKeyID(id); ok {
		if owner != k.Live.ID {
			return none, noKey()
		}
		row, err := k.Live.Rows.Key(ctx, id)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && principal != "" && row.Principal != principal {
			return none, noKey()
		}
		return row, err
	}
	if principal == "" && k.Key != nil {
		principal = k.Principal.ID
	}
	rows, err := k.Live.Rows.KeysNamed(ctx, principal, id)
	switch {
	case err != nil:
		return none, err
	case len(rows) == 0:
		return none, noKey()
	case len(rows) > 1:
		return none, fault.New(fault.Conflict, "id", "several principals have a key with that name; use its id")
	}
	return rows[0], nil
}

// Revoke removes a key by its id or name. Unless keepMade is set, it also removes the keys that this key created. The principal of a
// preset is deleted with its last key.
func (k Keys) Revoke(ctx context.Context, id string, keepMade bool) error {
	if err := k.require(ctx, authz.RevokeKey, nil, ""); err != nil {
		return err
	}
	if keepMade && k.Key != nil {
		return k.Deny(ctx, gate.Denial{Field: "options", Detail: "only the operator and management keys may keep the keys that a revoked key created"})
	}
	return k.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		row, err := k.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := k.requireKey(ctx, authz.RevokeKey, row); err != nil {
			return nil, err
		}
		siblings, err := k.Live.Rows.KeysOf(ctx, row.Principal)
		if err != nil {
			return nil, err
		}
		change := &store.AccessChange{}
		drop := func(key record.APIKey, detail string) {
			event := k.Event(record.ActionKeyRevoked)
			event.Target, event.Detail = key.ID, detail
			change.DropKeys, change.Events = append(change.DropKeys, key.ID), append(change.Events, event)
		}
		drop(row, row.Name)
		if !keepMade {
			for _, made := range record.KeysMadeWith(siblings, row.ID) {
				drop(made, made.Name+", made with "+row.ID)
			}
		}
		if row.Preset != "" && len(siblings) == len(change.DropKeys) {
			change.DropPrincipals = []string{row.Principal}
			gone := k.Event(record.ActionPrincipalDeleted)
			gone.Target, gone.Detail = row.Principal, "deleted with its key"
			change.Events = append(change.Events, gone)
		}
		return change, nil
	})
}

// obsoleteTokens returns the expired access tokens of a principal, and the keys that they created. The next token replaces them.
func (k Keys) obsoleteTokens(ctx context.Context, principal string) ([]string, error) {
	keys, err := k.Live.Rows.KeysOf(ctx, principal)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range keys {
		if !isToken(r.Name) || r.ValidUntil.IsZero() || k.Now().Before(r.ValidUntil) {
			continue
		}
		out = append(out, r.ID)
		for _, made := range record.KeysMadeWith(keys, r.ID) {
			out = append(out, made.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
