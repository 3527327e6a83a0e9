package spectron

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// Preset is a kind of key that has a principal of its own.
type Preset string

// The presets.
const (
	// PresetAgent recalls at and below its scope floor, and remembers in the registered scopes there. It may not persist
	// reflections or manage keys. It may upload documents only if KeySpec.Upload is set.
	PresetAgent Preset = "agent"
	// PresetSupervisor has the rights of an agent, and may persist reflections.
	PresetSupervisor Preset = "supervisor"

	Agent      = PresetAgent      // the earlier name
	Supervisor = PresetSupervisor // the earlier name
)

// Key is a key of a Context. A program that has its secret acts, through Manager.Authenticate, as the key's principal. It has the
// rights of that principal, limited by the key's Grants.
type Key struct {
	ID   string `json:"id"` // "cak_…"
	Name string `json:"name"`
	// Secret is set only in the result of Create and Rotate, because it is not stored. JSON and printed values never contain it.
	Secret      string `json:"-"`
	PrincipalID string `json:"principal_id"`
	// Principal is the preset that the key was created with; "" for a key of an existing principal.
	Principal  Preset `json:"principal,omitempty"`
	ScopeFloor string `json:"scope_floor,omitempty"` // of a preset
	// Grants limit the rights of the key; nil: all rights of its principal.
	Grants Grants `json:"grants,omitzero"`
	Strict bool   `json:"strict,omitempty"` // see KeySpec
	Upload bool   `json:"upload,omitempty"` // see KeySpec
	// MadeBy names the creator of the key: "operator", or the id of a management key or of a key of the Context. A key created with
	// another key of the Context expires no later than that key. "" if the store did not record it. A key that does not manage the
	// keys of others sees "management" instead of the id of a management key.
	MadeBy string `json:"made_by,omitempty"`
	// RotatedBy names the last caller, other than the key itself, that rotated the key, in the same terms; "": none. A key rotated with
	// another key of the Context expires no later than that key either.
	RotatedBy  string    `json:"rotated_by,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	ValidUntil time.Time `json:"valid_until,omitzero"`  // zero: does not expire
	LastUsedAt time.Time `json:"last_used_at,omitzero"` // to the minute; zero: never
}

// Format prints the key without its secret, whatever the verb.
func (k Key) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "{ID:%s Name:%s Secret:%s PrincipalID:%s Principal:%s ScopeFloor:%s Grants:%v Strict:%t MadeBy:%s RotatedBy:%s ValidUntil:%v}",
		k.ID, k.Name, Secret(k.Secret), k.PrincipalID, k.Principal, k.ScopeFloor, k.Grants, k.Strict, k.MadeBy, k.RotatedBy, k.ValidUntil)
}

// KeySpec describes a key to create: a preset with a scope floor, which creates a principal for the key, or a key of an existing
// principal.
type KeySpec struct {
	// Name is unique among the keys of a principal: 1 to 128 bytes on one line. It must not begin with "access token ". With a preset it is
	// also the name of the principal. Without a preset, "" means the key's id.
	Name string

	// Principal is a preset: a principal of that kind is created for the key, with memory:read and memory:write at ScopeFloor and
	// below.
	Principal Preset
	// ScopeFloor is a path, such as "org/acme"; "" and "/" mean everything.
	ScopeFloor string
	// Upload lets the key of a preset upload and reprocess documents: see Documents.Upload.
	Upload bool

	// PrincipalID binds the key to an existing principal. If PrincipalID and Principal are "": to the principal of the caller's
	// key. Only the program that opened the store creates keys of the principal admin.
	PrincipalID string
	// Grants limit the rights of the key; nil: all rights of its principal. ErrInvalid: they exceed the rights of the principal or of the
	// caller's key. If Grants are nil, a key that is created with a limited key has the same limits.
	Grants Grants

	// Strict requires explicit scopes: a write names its scopes or a session, and a recall has a Lens within what the key may read.
	// Requests that rely on a default or exceed these scopes are refused with ErrForbidden instead of being narrowed.
	Strict bool
	// TTL is the lifetime of the key, at most 100 years of 365 days; 0: the key does not expire. The setting max_token_ttl_seconds of the
	// Context and the expiry of the caller's key shorten it, also if it is 0. Key.ValidUntil is the resulting expiry.
	TTL time.Duration
}

// Keys are the keys of a Context. The operator and management keys manage all of them. If the Context allows self-service, the
// handle of a key manages the keys of its own principal, except keys with more rights than its own. With grant:manage over
// everything it also sees and revokes the keys of others.
type Keys struct {
	context *contextHandle
	of      string // id of the principal that owns the keys; "": all that the caller manages
}

// Keys returns the keys of the Context.
func (c *contextHandle) Keys() *Keys { return &Keys{context: c} }

// Of returns the keys of one principal, by its id: it creates keys for that principal and hides all others.
func (k *Keys) Of(principal string) *Keys { return &Keys{k.context, access.PrincipalID(principal)} }

// as returns the keys for a call of the caller.
func (k *Keys) as(s *gate.Call) access.Keys { return access.Keys{Call: s, Of: k.of} }

// newKey converts a key without its secret, which is not stored.
func newKey(k record.APIKey) Key {
	out := Key{
		ID: k.ID, Name: k.Name, PrincipalID: k.Principal, Principal: Preset(k.Preset), ScopeFloor: k.ScopeFloor,
		Strict: k.Strict, Upload: k.Upload, MadeBy: k.MadeBy, RotatedBy: k.RotatedBy,
		CreatedAt: k.CreatedAt, ValidUntil: k.ValidUntil, LastUsedAt: k.LastUsedAt,
	}
	if k.Grants != nil {
		out.Grants = newGrants(k.Grants)
	}
	return out
}

// mintedKey converts a key that has just been given a secret.
func mintedKey(k record.APIKey, secret string, err error) (*Key, error) {
	if err != nil {
		return nil, err
	}
	out := newKey(k)
	out.Secret = secret
	return &out, nil
}

// Create creates a key. Only the result contains its secret. Codes: CodeInvalid and CodeTooLarge with the Field, also for Grants
// that exceed those of the principal; CodeNotFound for a PrincipalID; CodeAlreadyExists if the name is taken; CodeForbidden.
func (k *Keys) Create(ctx context.Context, spec KeySpec) (*Key, error) {
	return call(ctx, k.context, "create key", func(ctx context.Context, s *gate.Call) (*Key, error) {
		return mintedKey(k.as(s).Create(ctx, record.APIKey{
			Name: spec.Name, Preset: string(spec.Principal), ScopeFloor: spec.ScopeFloor, Upload: spec.Upload,
			Principal: spec.PrincipalID, Grants: spec.Grants.written(), Strict: spec.Strict,
		}, spec.TTL))
	})
}

// List lists keys in the order of their creation, without their secrets. The operator, management keys and callers that hold grant:manage
// over everything see all keys; others see those of their own principal. Codes: CodeInvalid and CodeTooLarge with the Field; CodeForbidden.
func (k *Keys) List(ctx context.Context, req PageRequest) (Page[Key], error) {
	return call(ctx, k.context, "list keys", func(ctx context.Context, s *gate.Call) (Page[Key], error) {
		return page(newKey)(k.as(s).List(ctx, paging.Request(req)))
	})
}

// All iterates over the keys, starting at the requested page. It stops after the first error: see PageRequest.
func (k *Keys) All(ctx context.Context, req PageRequest) iter.Seq2[Key, error] {
	return all(ctx, req, k.List)
}

// Get returns a key by its id or name, without its secret. ErrNotFound: the caller manages no such key; ErrConflict: keys of
// several principals have that name; ErrForbidden.
func (k *Keys) Get(ctx context.Context, id string) (*Key, error) {
	return call(ctx, k.context, "get key", func(ctx context.Context, s *gate.Call) (*Key, error) {
		return one(newKey)(k.as(s).Get(ctx, id))
	})
}

// Rotate replaces the secret of a key, which is named by its id or name. Only the result contains the new secret. The old secret
// and all handles made from it become invalid at once. The key expires as before, or earlier if the Context now allows less. Codes:
// CodeNotFound; CodeConflict if several keys have the name; CodeForbidden, also for a key with more rights than the caller.
func (k *Keys) Rotate(ctx context.Context, id string) (*Key, error) {
	return k.rotate(ctx, id, nil)
}

// RotateFor is like Rotate, and sets a new lifetime, as KeySpec.TTL does. ErrInvalid: ttl is not positive, or is more than 100 years of 365
// days.
func (k *Keys) RotateFor(ctx context.Context, id string, ttl time.Duration) (*Key, error) {
	return k.rotate(ctx, id, &ttl)
}

// rotate replaces the secret of a key, and its lifetime unless ttl is nil.
func (k *Keys) rotate(ctx context.Context, id string, ttl *time.Duration) (*Key, error) {
	return call(ctx, k.context, "rotate key", func(ctx context.Context, s *gate.Call) (*Key, error) {
		return mintedKey(k.as(s).Rotate(ctx, id, ttl))
	})
}

// RevokeOption says how Keys.Revoke treats the keys created with the revoked key.
type RevokeOption int

// KeepMade keeps the keys created with the revoked key. Only the operator and management keys may use it.
const KeepMade RevokeOption = 1

// Revoke removes a key, which is named by its id or name. Its secret and all handles made from it become invalid at once, and its
// name is free. The keys that were created or rotated with it are revoked too, and so on for theirs, unless KeepMade is given. The
// principal of a preset is removed with its last key. Codes: CodeNotFound; CodeConflict if several keys have the name;
// CodeForbidden, also for a key of the caller's principal with more rights than the caller's key; CodeInvalid for an option.
//
// ManagementKeys.Revoke keeps the keys that the management key created in Contexts, so that applications continue to work.
// Key.MadeBy identifies them.
func (k *Keys) Revoke(ctx context.Context, id string, options ...RevokeOption) error {
	return do(ctx, k.context, "revoke key", func(ctx context.Context, s *gate.Call) error {
		if slices.ContainsFunc(options, func(o RevokeOption) bool { return o != KeepMade }) {
			return fault.Bad("options", "the only option is KeepMade")
		}
		return k.as(s).Revoke(ctx, id, len(options) > 0)
	})
}
