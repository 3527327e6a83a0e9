package access

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The presets.
const (
	agent      = "agent"
	supervisor = "supervisor"
)

// tokenName is the prefix of the names of access tokens.
const tokenName = "access token "

func isToken(name string) bool { return strings.HasPrefix(name, tokenName) }

// maxTTL is the longest lifetime of a key that expires.
const maxTTL = 100 * 365 * 24 * time.Hour

func checkTTL(ttl time.Duration) error {
	if ttl < 0 || ttl > maxTTL {
		return fault.Bad("TTL", "%v is not between 0 and %v", ttl, maxTTL)
	}
	return nil
}

// Create creates a key with the lifetime ttl (0: it never expires) and returns it with its secret. The spec has a name, a preset with its
// scope floor or a principal, and the grants that the key is narrowed to.
func (k Keys) Create(ctx context.Context, spec record.APIKey, ttl time.Duration) (record.APIKey, string, error) {
	none := record.APIKey{}
	if k.Of != "" {
		if spec.Preset != "" || spec.Principal != "" && PrincipalID(spec.Principal) != k.Of {
			return none, "", fault.Bad("PrincipalID", "the keys belong to another principal")
		}
		spec.Principal = k.Of
	}
	narrower, err := checkKey(spec, ttl)
	if err != nil {
		return none, "", err
	}
	var holder string // the principal of a preset is created with the key
	switch {
	case spec.Preset != "":
	case spec.Principal != "":
		holder = PrincipalID(spec.Principal)
	case k.actor().Administrator:
		return none, "", fault.Bad("PrincipalID", "set Principal (agent or supervisor) or PrincipalID; the principal admin may do everything")
	default:
		holder = k.Principal.ID
	}
	if err := k.require(ctx, authz.CreateKey, k.target(holder), ""); err != nil {
		return none, "", err
	}
	spec.Principal = holder
	return k.mint(ctx, spec, ttl, narrower)
}

// checkKey validates the spec of a key and returns the grants that the key is narrowed to.
func checkKey(spec record.APIKey, ttl time.Duration) (authz.Grants, error) {
	if spec.Name != "" || spec.Preset != "" {
		if err := input.Name("Name", spec.Name); err != nil {
			return nil, err
		}
	}
	if isToken(spec.Name) {
		return nil, fault.Bad("Name", "names that begin with %q are reserved for access tokens", tokenName)
	}
	switch spec.Preset {
	case "":
		if spec.ScopeFloor != "" {
			return nil, fault.Bad("ScopeFloor", "ScopeFloor needs a Principal (agent or supervisor); narrow the key of a PrincipalID with Grants")
		}
		if spec.Upload {
			return nil, fault.Bad("Upload", "Upload needs the Principal agent")
		}
	case agent, supervisor:
		if spec.Principal != "" || spec.Grants != nil {
			return nil, fault.Bad("Principal", "a preset has its own principal and grants; leave PrincipalID and Grants empty")
		}
		if spec.ScopeFloor != "" {
			if _, err := parsePath("ScopeFloor", spec.ScopeFloor); err != nil {
				return nil, err
			}
		}
	default:
		return nil, fault.Bad("Principal", "unknown preset %q; the presets are agent and supervisor; for an existing principal set PrincipalID", spec.Preset)
	}
	if err := input.ID("PrincipalID", spec.Principal); err != nil {
		return nil, err
	}
	if err := checkTTL(ttl); err != nil {
		return nil, err
	}
	return parseGrants("Grants", spec.Grants)
}

// mint creates a key, and for a preset its principal.
func (k Keys) mint(ctx context.Context, spec record.APIKey, ttl time.Duration, narrower authz.Grants) (made record.APIKey, text string, err error) {
	form := secret.Operator
	if k.Caller.Kind == gate.Key {
		form = secret.SelfService
	}
	err = k.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		holder, change, err := k.holder(ctx, spec)
		if err != nil {
			return nil, err
		}
		taken, err := k.Live.Rows.KeysNamed(ctx, holder.ID, spec.Name)
		if err != nil {
			return nil, err
		}
		if len(taken) > 0 {
			return nil, fault.New(fault.AlreadyExists, "Name", "the principal has a key %q already", spec.Name)
		}
		id, err := secret.NewContextKeyID(k.Live.ID)
		if err != nil {
			return nil, err
		}
		made = record.APIKey{
			ID: id, Principal: holder.ID, Name: cmp.Or(spec.Name, id), Preset: spec.Preset, Strict: spec.Strict || k.Strict(),
			Upload: spec.Upload, SelfService: form == secret.SelfService, MadeBy: k.maker(), CreatedAt: k.Now(), ValidUntil: k.validUntil(ttl),
		}
		if spec.Preset != "" {
			made.ScopeFloor = floor(spec.ScopeFloor).Path
		}
		if made.Grants, err = k.narrowed(ctx, holder, narrower); err != nil {
			return nil, err
		}
		if text, err = newSecret(form, &made); err != nil {
			return nil, err
		}
		if isToken(made.Name) {
			if change.DropKeys, err = k.obsoleteTokens(ctx, holder.ID); err != nil {
				return nil, err
			}
		}
		event := k.Event(record.ActionKeyCreated)
		event.Target, event.Detail = made.ID, made.Name+" of "+holder.ID
		change.Keys, change.Events = []record.APIKey{made}, append(change.Events, event)
		return change, nil
	})
	return k.shown(made), text, err
}

// newSecret replaces the secret of a key and returns it.
func newSecret(form secret.Form, key *record.APIKey) (string, error) {
	minted, err := secret.Mint(form, key.ID)
	if err != nil {
		return "", err
	}
	key.Salt, key.Hash = minted.Stored.Salt, minted.Stored.Hash
	key.Generation++
	return minted.Text(), nil
}

// maker returns the value of MadeBy for a key that the caller creates.
func (k Keys) maker() string {
	if k.Caller.Kind == gate.Operator {
		return record.MadeByOperator
	}
	return k.Caller.Key
}

// validUntil returns the expiry of a key that is created now.
func (k Keys) validUntil(ttl time.Duration) (until time.Time) {
	longest := k.Live.Settings.Load().MaxTTL
	if longest > 0 && (ttl == 0 || ttl > longest) {
		ttl = longest
	}
	if ttl > 0 {
		until = k.Now().Add(ttl)
	}
	if k.Key != nil { // no later than the caller's key
		until = earlier(until, k.Key.ValidUntil)
	}
	return until
}

// floor returns the pattern of the grants of a preset; everything if the path is "".
func floor(path string) scope.Pattern {
	parsed, err := scope.Parse(path)
	if err != nil { // path was validated, so it is empty
		return scope.Everything()
	}
	return scope.Pattern{Path: parsed, Subtree: true}
}

// holder returns the principal of a new key, and the change that the key belongs to. The change creates the principal of a preset.
func (k Keys) holder(ctx context.Context, spec record.APIKey) (record.Principal, *store.AccessChange, error) {
	if spec.Preset == "" {
		p, err := k.Live.Principal(ctx, spec.Principal)
		if errors.Is(err, surreal.ErrNotFound) || err == nil && p.ID == live.SystemID {
			return p, nil, fault.New(fault.NotFound, "PrincipalID", "no such principal, or it may not have keys")
		}
		return p, &store.AccessChange{}, err
	}
	grants := authz.Grants{}.With(floor(spec.ScopeFloor), authz.MemoryRead, authz.MemoryWrite)
	return makePrincipal(ctx, k.Call, record.Principal{Name: spec.Name, Kind: kindAgent}, grants)
}

// narrowed returns the grants that limit a new key: the requested ones, and never more than the caller's key has; nil: no limit.
func (k Keys) narrowed(ctx context.Context, holder record.Principal, asked authz.Grants) (map[string][]string, error) {
	limit, err := authz.Parse(holder.Grants)
	if err != nil {
		return nil, err
	}
	if k.Key != nil {
		limit = k.Grants()
	}
	switch {
	case asked != nil && !asked.Within(limit):
		return nil, k.Deny(ctx, gate.Denial{Code: fault.Invalid, Field: "Grants", Target: holder.ID,
			Detail: "the grants exceed those of the principal or of the caller's key: a key can only be narrowed"})
	case asked != nil:
		return asked.Strings(), nil
	case k.Key != nil && k.Key.Grants != nil:
		// The new key must not get what the principal is granted later.
		return maps.Clone(k.Key.Grants), nil
	}
	return nil, nil
}

// Rotate replaces the secret of a key, given by id or name, and sets its lifetime unless ttl is nil.
func (k Keys) Rotate(ctx context.Context, id string, ttl *time.Duration) (changed record.APIKey, text string, err error) {
	if ttl != nil {
		if err := checkTTL(*ttl); err != nil {
			return changed, "", err
		}
		if *ttl == 0 {
			return changed, "", fault.Bad("TTL", "0 is not a lifetime; use Rotate to keep the expiry of the key")
		}
	}
	if err := k.require(ctx, authz.RotateKey, nil, ""); err != nil {
		return changed, "", err
	}
	err = k.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		row, err := k.find(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := k.requireKey(ctx, authz.RotateKey, row); err != nil {
			return nil, err
		}
		form := secret.Operator
		if row.SelfService {
			form = secret.SelfService
		}
		changed = row
		if text, err = newSecret(form, &changed); err != nil {
			return nil, err
		}
		if ttl != nil {
			changed.ValidUntil = k.validUntil(*ttl)
		} else {
			changed.ValidUntil = earlier(row.ValidUntil, k.validUntil(0))
		}
		if k.Caller.Key != row.ID { // a key that rotates itself stays with its holder
			changed.RotatedBy = k.maker()
		}
		siblings, err := k.Live.Rows.KeysOf(ctx, row.Principal)
		if err != nil {
			return nil, err
		}
		keys := endTogether(siblings, &changed)
		event := k.Event(record.ActionKeyRotated)
		event.Target, event.Detail = row.ID, row.Name
		return &store.AccessChange{Keys: keys, Events: []record.Event{event}}, nil
	})
	return k.shown(changed), text, err
}

// endTogether limits the expiry of a changed key to that of the keys that it was created and rotated with. It returns the key, and with
// their new expiry the keys that were created with it and would expire later. All are keys of one principal, because a key creates keys
// only for its own principal.
func endTogether(siblings []record.APIKey, changed *record.APIKey) []record.APIKey {
	for i, k := range siblings {
		if k.ID == changed.ID {
			siblings[i] = *changed
		} else if changed.EndsWith(k.ID) {
			changed.ValidUntil = earlier(changed.ValidUntil, k.ValidUntil)
		}
	}
	out := []record.APIKey{*changed}
	for _, k := range record.KeysMadeWith(siblings, changed.ID) {
		if end := earlier(k.ValidUntil, changed.ValidUntil); !end.Equal(k.ValidUntil) {
			k.ValidUntil = end
			out = append(out, k)
		}
	}
	return out
}

// earlier returns the earlier of two expiry times; the zero time means none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// IssueToken creates a key with the lifetime ttl for a user whom another system knows by an external id, and the user's principal if it
// does not exist. Grants, unless nil, replace the grants of that principal.
func (k Keys) IssueToken(ctx context.Context, who record.Principal, ttl time.Duration) (record.APIKey, string, error) {
	none := record.APIKey{}
	if who.ExternalID == "" {
		return none, "", fault.Bad("ExternalID", "empty")
	}
	if ttl <= 0 {
		return none, "", fault.Bad("TTL", "an access token needs a lifetime")
	}
	if err := checkTTL(ttl); err != nil {
		return none, "", err
	}
	who.Name, who.Kind = cmp.Or(who.Name, who.ExternalID), kindHuman
	grants, err := checkPrincipal(who)
	if err != nil {
		return none, "", err
	}
	if err := k.RequireAdministrator(ctx); err != nil {
		return none, "", err
	}
	var holder record.Principal
	err = k.Change(ctx, func(ctx context.Context) (change *store.AccessChange, err error) {
		holder, change, err = makePrincipal(ctx, k.Call, who, grants)
		if err != nil || change != nil || who.Grants == nil || maps.EqualFunc(holder.Grants, grants.Strings(), slices.Equal) {
			return change, err
		}
		if holder.ID == live.AdminID {
			return nil, fault.Bad("Grants", "the grants of admin cannot be set with a token; use Principals().Grant and Revoke")
		}
		holder.Grants = grants.Strings()
		event := k.Event(record.ActionGranted)
		event.Target, event.Detail = holder.ID, "asserted with an access token"
		return regranted(ctx, k.Call, holder, event, grants)
	})
	if err == nil {
		err = k.require(ctx, authz.CreateKey, k.target(holder.ID), "")
	}
	if err != nil {
		return none, "", err
	}
	return k.mint(ctx, record.APIKey{Name: tokenName + k.Live.Core.Opts.NewID(), Principal: holder.ID}, ttl, nil)
}
