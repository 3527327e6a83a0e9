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

// ManagementKey is a key of the control plane: whoever has its secret may create, configure and delete Contexts, and
// manage what is in them of principals, keys, scopes and ontology, but reads and writes no memory.
type ManagementKey struct {
	ID   string `json:"id"` // "mk_…"
	Name string `json:"name"`
	// Secret is there only where the key is made or rotated: it is not kept. It is in no JSON and in nothing that is
	// printed.
	Secret     string    `json:"-"`
	CreatedAt  time.Time `json:"created_at"`
	LastUsedAt time.Time `json:"last_used_at,omitzero"` // to the minute; zero: never
}

// Format prints the key without its secret, whatever the verb.
func (k ManagementKey) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "{ID:%s Name:%s Secret:%s}", k.ID, k.Name, Secret(k.Secret))
}

// ManagementKeys are the keys of the control plane.
type ManagementKeys struct {
	plane *controlPlane
}

// ManagementKeys returns the keys of the control plane.
func (m *controlPlane) ManagementKeys() *ManagementKeys { return &ManagementKeys{m} }

// Bootstrap makes the first management key, once in the life of a store: its secret is in the result and nowhere else. The
// program that opened the store needs none; it is for administrative tools. ErrAlreadyExists: there was a first
// one; a program that has lost it mints another with Create.
func (k *ManagementKeys) Bootstrap(ctx context.Context) (*ManagementKey, error) {
	return manage(ctx, k.plane, "bootstrap", func(ctx context.Context, c gate.ControlCall) (*ManagementKey, error) {
		row, secret, err := access.Bootstrap(ctx, c)
		key := newManagementKey(row, secret)
		return &key, err
	})
}

// Create mints a management key. ErrAlreadyExists: the name is taken.
func (k *ManagementKeys) Create(ctx context.Context, name string) (*ManagementKey, error) {
	return manage(ctx, k.plane, "create management key", func(ctx context.Context, c gate.ControlCall) (*ManagementKey, error) {
		row, secret, err := access.CreateManagementKey(ctx, c, name)
		key := newManagementKey(row, secret)
		return &key, err
	})
}

func newManagementKey(k record.ManagementKey, secret string) ManagementKey {
	return ManagementKey{k.ID, k.Name, secret, k.CreatedAt, k.LastUsedAt}
}

// List lists the management keys in the order in which they were made, without their secrets.
func (k *ManagementKeys) List(ctx context.Context, req PageRequest) (Page[ManagementKey], error) {
	return manage(ctx, k.plane, "list management keys", func(ctx context.Context, c gate.ControlCall) (Page[ManagementKey], error) {
		page, err := access.ListManagementKeys(ctx, c, paging.Request(req))
		return newPage(page, func(r record.ManagementKey) ManagementKey { return newManagementKey(r, "") }), err
	})
}

// All goes through the keys from a page on.
func (k *ManagementKeys) All(ctx context.Context, req PageRequest) iter.Seq2[ManagementKey, error] {
	return all(ctx, req, k.List)
}

// Rotate gives a management key, by its id or name, another secret. The old one, and every handle that was made from it, is
// dead at once. ErrNotFound; ErrConflict: somebody else rotated it at the same time.
func (k *ManagementKeys) Rotate(ctx context.Context, id string) (*ManagementKey, error) {
	return manage(ctx, k.plane, "rotate management key", func(ctx context.Context, c gate.ControlCall) (*ManagementKey, error) {
		row, secret, err := access.RotateManagementKey(ctx, c, id)
		key := newManagementKey(row, secret)
		return &key, err
	})
}

// Revoke removes a management key, by its id or name: its secret and every handle that was made from it are dead at once.
// ErrNotFound: there is none.
func (k *ManagementKeys) Revoke(ctx context.Context, id string) error {
	_, err := manage(ctx, k.plane, "revoke management key", func(ctx context.Context, c gate.ControlCall) (none struct{}, err error) {
		return none, access.RevokeManagementKey(ctx, c, id)
	})
	return err
}
