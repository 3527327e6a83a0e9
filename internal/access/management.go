package access

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// bootstrapName is the name of the first management key.
const bootstrapName = "bootstrap"

// Bootstrap creates the first management key and returns it with its secret. It works only once in the life of a store.
func Bootstrap(ctx context.Context, c gate.ControlCall) (record.ManagementKey, string, error) {
	key, text, err := mintManagementKey(ctx, c, bootstrapName, c.Store.Registry.Bootstrap)
	if errors.Is(err, surreal.ErrAlreadyExists) {
		err = fault.New(fault.AlreadyExists, "name", "the first management key exists already; create another with ManagementKeys().Create")
	}
	return key, text, err
}

// CreateManagementKey creates a management key and returns it with its secret.
func CreateManagementKey(ctx context.Context, c gate.ControlCall, name string) (record.ManagementKey, string, error) {
	key, text, err := mintManagementKey(ctx, c, name, c.Store.Registry.CreateManagementKey)
	if errors.Is(err, surreal.ErrAlreadyExists) {
		err = fault.New(fault.AlreadyExists, "name", "a management key %q exists", name)
	}
	return key, text, err
}

func mintManagementKey(ctx context.Context, c gate.ControlCall, name string,
	put func(context.Context, record.ManagementKey, record.Event) error) (key record.ManagementKey, text string, err error) {
	if err := input.Name("name", name); err != nil {
		return key, "", err
	}
	id, err := secret.NewManagementKeyID()
	if err != nil {
		return key, "", err
	}
	key = record.ManagementKey{ID: id, Name: name, CreatedAt: c.Store.Now()}
	if text, err = newManagementSecret(&key); err != nil {
		return key, "", err
	}
	return key, text, put(context.WithoutCancel(ctx), key, managementEvent(c, record.ActionManagementKeyCreated, key))
}

// newManagementSecret replaces the secret of a management key and returns it.
func newManagementSecret(key *record.ManagementKey) (string, error) {
	minted, err := secret.Mint(secret.Management, key.ID)
	if err != nil {
		return "", err
	}
	key.Salt, key.Hash = minted.Stored.Salt, minted.Stored.Hash
	key.Generation++
	return minted.Text(), nil
}

func managementEvent(c gate.ControlCall, action string, key record.ManagementKey) record.Event {
	event := c.Event(action)
	event.Target, event.Detail = key.ID, key.Name
	return event
}

// ListManagementKeys lists the management keys.
func ListManagementKeys(ctx context.Context, c gate.ControlCall, req paging.Request) (paging.Page[record.ManagementKey], error) {
	req, err := req.Checked(paging.Most)
	if err != nil {
		return paging.Page[record.ManagementKey]{}, err
	}
	return paging.Read(ctx, req, c.Store.Registry.ManagementKeys, func(k record.ManagementKey) string { return k.ID })
}

// RotateManagementKey replaces the secret of a management key, given by id or name, and returns the key with it.
func RotateManagementKey(ctx context.Context, c gate.ControlCall, id string) (record.ManagementKey, string, error) {
	row, err := findManagementKey(ctx, c.Store.Registry, id)
	if err != nil {
		return row, "", err
	}
	text, err := newManagementSecret(&row)
	if err != nil {
		return row, "", err
	}
	err = c.Store.Registry.RotateManagementKey(context.WithoutCancel(ctx), row, managementEvent(c, record.ActionManagementKeyRotated, row))
	if errors.Is(err, surreal.ErrNotFound) {
		err = fault.New(fault.Conflict, "id", "the key was rotated or revoked at the same time")
	}
	return row, text, err
}

// RevokeManagementKey removes a management key, by its id or name.
func RevokeManagementKey(ctx context.Context, c gate.ControlCall, id string) error {
	row, err := findManagementKey(ctx, c.Store.Registry, id)
	if err != nil {
		return err
	}
	err = c.Store.Registry.DropManagementKey(context.WithoutCancel(ctx), row.ID, managementEvent(c, record.ActionManagementKeyRevoked, row))
	if errors.Is(err, surreal.ErrNotFound) {
		return noManagementKey()
	}
	return err
}

func noManagementKey() error { return fault.New(fault.NotFound, "id", "no such management key") }

// findManagementKey finds a management key by its id or name.
func findManagementKey(ctx context.Context, registry *store.Registry, id string) (record.ManagementKey, error) {
	if err := input.ID("id", id); err != nil {
		return record.ManagementKey{}, err
	}
	if id == "" {
		return record.ManagementKey{}, noManagementKey()
	}
	row, err := registry.ManagementKey(ctx, id)
	if errors.Is(err, surreal.ErrNotFound) {
		row, err = registry.ManagementKeyNamed(ctx, id)
	}
	if errors.Is(err, surreal.ErrNotFound) {
		return row, noManagementKey()
	}
	return row, err
}
