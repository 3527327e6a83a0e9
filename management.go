package spectron

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// ManagementKey is a key of the control plane. A program that has its secret may create, configure and delete Contexts, and manage
// their principals, keys, scopes and ontologies. It reads and writes no memory.
type ManagementKey struct {
	ID   string `json:"id"` // "mk_…"
	Name string `json:"name"`
	// Secret is set only in the result of Bootstrap, Create and Rotate, because it is not stored. JSON and printed values never
	// contain it.
	Secret     string    `json:"-"`
	CreatedAt  time.Time `json:"created_at"`
	LastUsedAt time.Time `json:"last_used_at,omitzero"` // to the minute; zero: never
}

// Format prints the key without its secret, whatever the verb.
func (k ManagementKey) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "{ID:%s Name:%s Secret:%s}", k.ID, k.Name, Secret(k.Secret))
}

// ManagementKeys are the keys of the control plane. The program that opened the store and every management key may manage them.
type ManagementKeys struct {
	plane *controlPlane
}

// ManagementKeys returns the keys of the control plane.
func (m *controlPlane) ManagementKeys() *ManagementKeys { return &ManagementKeys{m} }

// Bootstrap creates the first management key, once in the life of a store. Only the result contains its secret. The program that
// opened the store needs no management key: they are for administrative tools. ErrAlreadyExists: a first key was created before. If
// its secret is lost, the program creates another key with Create.
func (k *ManagementKeys) Bootstrap(ctx context.Context) (*ManagementKey, error) {
	return manage(ctx, k.plane, "bootstrap", func(ctx context.Context, c gate.ControlCall) (*ManagementKey, error) {
		return mintedManagementKey(access.Bootstrap(ctx, c))
	})
}

// Create creates a management key. Only the result contains its secret. The name has 1 to 128 bytes on one line. ErrAlreadyExists: the name
// is taken; ErrInvalid and ErrTooLarge: the name is not valid.
func (k *ManagementKeys) Create(ctx context.Context, name string) (*ManagementKey, error) {
	return manage(ctx, k.plane, "create management key", func(ctx context.Context, c gate.ControlCall) (*ManagementKey, error) {
		return mintedManagementKey(access.CreateManagementKey(ctx, c, name))
	})
}

// newManagementKey converts a key without its secret, which is not stored.
func newManagementKey(k record.ManagementKey) ManagementKey {
	return ManagementKey{ID: k.ID, Name: k.Name, CreatedAt: k.CreatedAt, LastUsedAt: k.LastUsedAt}
}

// mintedManagementKey converts a key that has just been given a secret.
func mintedManagementKey(k record.ManagementKey, secret string, err error) (*ManagementKey, error) {
	if err != nil {
		return nil, err
	}
	out := newManagementKey(k)
	out.Secret = secret
	return &out, nil
}

// List lists the management keys in the order of their creation, without their secrets. ErrInvalid and ErrTooLarge with the Field.
func (k *ManagementKeys) List(ctx context.Context, req PageRequest) (Page[ManagementKey], error) {
	return manage(ctx, k.plane, "list management keys", func(ctx context.Context, c gate.ControlCall) (Page[ManagementKey], error) {
		return page(newManagementKey)(access.ListManagementKeys(ctx, c, paging.Request(req)))
	})
}

// All iterates over the keys, starting at the requested page. It stops after the first error: see PageRequest.
func (k *ManagementKeys) All(ctx context.Context, req PageRequest) iter.Seq2[ManagementKey, error] {
	return all(ctx, req, k.List)
}

// Rotate replaces the secret of a management key, which is named by its id or name. The old secret and all handles made from it become
// invalid at once. ErrNotFound: the key does not exist; ErrConflict: a concurrent call rotated or revoked the key.
func (k *ManagementKeys) Rotate(ctx context.Context, id string) (*ManagementKey, error) {
	return manage(ctx, k.plane, "rotate management key", func(ctx context.Context, c gate.ControlCall) (*ManagementKey, error) {
		return mintedManagementKey(access.RotateManagementKey(ctx, c, id))
	})
}

// Revoke removes a management key, which is named by its id or name. Its secret and all handles made from it become invalid at
// once. ErrNotFound: the key does not exist.
func (k *ManagementKeys) Revoke(ctx context.Context, id string) error {
	_, err := manage(ctx, k.plane, "revoke management key", func(ctx context.Context, c gate.ControlCall) (none struct{}, err error) {
		return none, access.RevokeManagementKey(ctx, c, id)
	})
	return err
}
