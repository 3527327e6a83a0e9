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

// Preset is a kind of key that comes with a principal of its own.
type Preset string

// The presets.
const (
	// PresetAgent recalls at and below its scope floor and remembers in the registered scopes there. It may not persist
	// reflections, manage keys or, unless KeySpec.Upload says so, upload documents.
	PresetAgent Preset = "agent"
	// PresetSupervisor may do what an agent may, and persist reflections.
	PresetSupervisor Preset = "supervisor"

	Agent      = PresetAgent      // the earlier name
	Supervisor = PresetSupervisor // the earlier name
)

// Key is a key of a Context. Whoever has its secret is, through Manager.Authenticate, the principal that it belongs to, and
// may do what that principal may, or the less that the key was narrowed to.
type Key struct {
	ID   string `json:"id"` // "cak_…"
	Name string `json:"name"`
	// Secret is there only where the key is made or rotated: it is not kept. It is in no JSON and in nothing that is
	// printed.
	Secret      string `json:"-"`
	PrincipalID string `json:"principal_id"`
	// Principal is the preset that the key was made with; "" for a key of a principal that was there.
	Principal  Preset `json:"principal,omitempty"`
	ScopeFloor string `json:"scope_floor,omitempty"` // of a preset
	// Grants are what the key was narrowed to; nil: all that its principal may do.
	Grants Grants `json:"grants,omitzero"`
	Strict bool   `json:"strict,omitempty"`
	Upload bool   `json:"upload,omitempty"`
	// MadeBy is who made the key: "operator", or the id of a management key or of a key of the Context. A key that another key
	// of the Context made ends no later than that one. "" for keys of stores that did not record it. A key that does not
	// manage the keys of others reads "management" instead of the id of a management key.
	MadeBy string `json:"made_by,omitempty"`
	// RotatedBy is who made its present secret, in the same terms; "" for its first secret. A key that another key of the
	// Context rotated ends no later than that one either.
	RotatedBy  string    `json:"rotated_by,omitempty"`
	CreatedAt  time.Time `json:"created_at"`
	ValidUntil time.Time `json:"valid_until,omitzero"`  // zero: without end
	LastUsedAt time.Time `json:"last_used_at,omitzero"` // to the minute; zero: never
}

// Format prints the key without its secret, whatever the verb.
func (k Key) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "{ID:%s Name:%s Secret:%s PrincipalID:%s Principal:%s ScopeFloor:%s Grants:%v Strict:%t MadeBy:%s RotatedBy:%s ValidUntil:%v}",
		k.ID, k.Name, Secret(k.Secret), k.PrincipalID, k.Principal, k.ScopeFloor, k.Grants, k.Strict, k.MadeBy, k.RotatedBy, k.ValidUntil)
}

// KeySpec is what a key is made from: a preset with a scope floor, which makes a principal for the key, or a principal that
// exists.
type KeySpec struct {
	// Name is unique among the keys of a principal; a preset's is that of its principal too. 1 to 128 bytes; "" for a key
	// that is no preset's: its id.
	Name string

	// Principal is a preset: it makes a principal of that kind for the key, with memory:read and memory:write at ScopeFloor and below.
	Principal Preset
	// ScopeFloor is a path, "org/acme"; "" and "/" are everything.
	ScopeFloor string
	// Upload lets a PresetAgent upload documents, once the library takes any.
	Upload bool

	// PrincipalID binds the key to a principal that exists. "" and no Principal: to that of the key in use. Keys of the
	// principal admin are made by the program that opened the store alone.
	PrincipalID string
	// Grants narrow what the key may do of what its principal may; nil: they do not. ErrInvalid: they reach beyond.
	Grants Grants

	// Strict makes the key say where: writes name their scopes or a session, recalls a Lens within what the key may read.
	// What is left to a default or reaches outside is refused with ErrForbidden, instead of narrowed.
	Strict bool
	// TTL is how long the key is good; 0: without end. It is at most what the Context's max_token_ttl_seconds allows, and
	// no longer than the key that it is made with.
	TTL time.Duration
}

// Keys are the keys of a Context. The operator and management keys manage all of them. The handle of a key manages the keys
// of its own principal, where the Context allows self-service, and never one that may do more than itself; with
// grant:manage over everything it also sees and revokes those of others.
type Keys struct {
	context *contextHandle
	of      string // id of the principal whose keys they are; "": of all that the caller manages
}

// Keys returns the keys of the Context.
func (c *contextHandle) Keys() *Keys { return &Keys{context: c} }

// Of returns the keys of one principal, by its id: it creates keys for that principal and hides all others.
func (k *Keys) Of(principal string) *Keys { return &Keys{k.context, access.PrincipalID(principal)} }

// as are the keys as a call of the caller sees them.
func (k *Keys) as(s *gate.Call) access.Keys { return access.Keys{Call: s, Of: k.of} }

func newKey(k record.APIKey, secret string) Key {
	out := Key{
		ID: k.ID, Name: k.Name, Secret: secret, PrincipalID: k.Principal, Principal: Preset(k.Preset), ScopeFloor: k.ScopeFloor,
		Strict: k.Strict, Upload: k.Upload, MadeBy: k.MadeBy, RotatedBy: k.RotatedBy,
		CreatedAt: k.CreatedAt, ValidUntil: k.ValidUntil, LastUsedAt: k.LastUsedAt,
	}
	if k.Grants != nil {
		out.Grants = newGrants(k.Grants)
	}
	return out
}

// Create makes a key; the result has its secret, which is nowhere else. Codes: CodeInvalid and CodeTooLarge with the Field,
// also for Grants beyond those of the principal; CodeNotFound for a PrincipalID; CodeAlreadyExists for a name that is taken;
// CodeForbidden.
func (k *Keys) Create(ctx context.Context, spec KeySpec) (*Key, error) {
	return call(ctx, k.context, "create key", func(ctx context.Context, s *gate.Call) (*Key, error) {
		row, secret, err := k.as(s).Create(ctx, record.APIKey{
			Name: spec.Name, Preset: string(spec.Principal), ScopeFloor: spec.ScopeFloor, Upload: spec.Upload,
			Principal: spec.PrincipalID, Grants: spec.Grants.written(), Strict: spec.Strict,
		}, spec.TTL)
		key := newKey(row, secret)
		return &key, err
	})
}

// List lists keys in the order in which they were made, without their secrets: for the operator, management keys and who holds
// grant:manage over everything all of them, for others those of their own principal.
func (k *Keys) List(ctx context.Context, req PageRequest) (Page[Key], error) {
	return call(ctx, k.context, "list keys", func(ctx context.Context, s *gate.Call) (Page[Key], error) {
		page, err := k.as(s).List(ctx, paging.Request(req))
		return newPage(page, func(r record.APIKey) Key { return newKey(r, "") }), err
	})
}

// All goes through the keys from a page on.
func (k *Keys) All(ctx context.Context, req PageRequest) iter.Seq2[Key, error] {
	return all(ctx, req, k.List)
}

// Get returns a key by its id or name, without its secret. ErrNotFound: there is none that the caller manages;
// ErrConflict: several principals have one of that name; ErrForbidden.
func (k *Keys) Get(ctx context.Context, id string) (*Key, error) {
	return call(ctx, k.context, "get key", func(ctx context.Context, s *gate.Call) (*Key, error) {
		row, err := k.as(s).Get(ctx, id)
		key := newKey(row, "")
		return &key, err
	})
}

// Rotate gives a key, by its id or name, another secret, which is in the result and nowhere else. The old one, and every
// handle that was made from it, is dead at once; when the key ends stays as it was, within what the Context allows by now.
// Codes: CodeNotFound; CodeConflict for a name that several have; CodeForbidden, also for a key that may do more than the
// caller.
func (k *Keys) Rotate(ctx context.Context, id string) (*Key, error) {
	return k.rotate(ctx, id, nil)
}

// RotateFor is Rotate, and has the key end after ttl, as KeySpec.TTL does. ErrInvalid: ttl is not more than 0.
func (k *Keys) RotateFor(ctx context.Context, id string, ttl time.Duration) (*Key, error) {
	return k.rotate(ctx, id, &ttl)
}

// rotate gives a key another secret, and a lifetime unless ttl is nil.
func (k *Keys) rotate(ctx context.Context, id string, ttl *time.Duration) (*Key, error) {
	return call(ctx, k.context, "rotate key", func(ctx context.Context, s *gate.Call) (*Key, error) {
		row, secret, err := k.as(s).Rotate(ctx, id, ttl)
		key := newKey(row, secret)
		return &key, err
	})
}

// RevokeOption says how Keys.Revoke treats the keys that were made with the one that it removes.
type RevokeOption int

// KeepMade leaves the keys that were made with the revoked one as they are. It is for the operator and management keys.
const KeepMade RevokeOption = 1

// Revoke removes a key, by its id or name: its secret, and every handle that was made from it, is dead at once, and its name
// is free. The keys that were made or rotated with it go too, and those that were made with them, unless KeepMade says
// otherwise. The principal that came with a preset goes with its last key. Codes: CodeNotFound; CodeConflict for a name that
// several have; CodeForbidden, also for a key of one's own that may do more than the one in use; CodeInvalid for an option.
//
// ManagementKeys.Revoke leaves the keys that the management key made in Contexts: applications live on. Key.MadeBy says which
// they are.
func (k *Keys) Revoke(ctx context.Context, id string, options ...RevokeOption) error {
	return do(ctx, k.context, "revoke key", func(ctx context.Context, s *gate.Call) error {
		if slices.ContainsFunc(options, func(o RevokeOption) bool { return o != KeepMade }) {
			return fault.Bad("options", "there is KeepMade")
		}
		return k.as(s).Revoke(ctx, id, len(options) > 0)
	})
}
