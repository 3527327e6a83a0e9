package spectron

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
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

// ManagementKeyPage is one page of a listing, in the order in which the keys were made.
type ManagementKeyPage struct {
	Keys       []ManagementKey
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

// Format is there for the same reason as that of Config.
func (p ManagementKeyPage) Format(f fmt.State, verb rune) {
	type plain ManagementKeyPage
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(p))
}

// ManagementKeys are the keys of the control plane.
type ManagementKeys struct {
	mgr *Manager
}

// ManagementKeys returns the keys of the control plane.
func (m *Manager) ManagementKeys() *ManagementKeys { return &ManagementKeys{m} }

// bootstrapName is the name of the first management key.
const bootstrapName = "bootstrap"

// Bootstrap makes the first management key, once in the life of a store: its secret is in the result and nowhere else. The
// program that opened the store needs none; it is for who manages it from outside. ErrAlreadyExists: there was a first
// one; a program that has lost it mints another with Create.
func (k *ManagementKeys) Bootstrap(ctx context.Context) (*ManagementKey, error) {
	const op = "bootstrap"
	return k.mint(ctx, op, bootstrapName, (*store.Registry).Bootstrap, "the first management key was made before; mint another with ManagementKeys().Create")
}

// Create mints a management key. ErrAlreadyExists: the name is taken.
func (k *ManagementKeys) Create(ctx context.Context, name string) (*ManagementKey, error) {
	return k.mint(ctx, "create management key", name, (*store.Registry).CreateManagementKey, fmt.Sprintf("a management key %q exists", name))
}

func (k *ManagementKeys) mint(ctx context.Context, op, name string,
	put func(*store.Registry, context.Context, record.ManagementKey, record.Event) error, taken string) (*ManagementKey, error) {
	m := k.mgr
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	if err := checkName(op, "name", name); err != nil {
		return nil, err
	}
	id, err := secret.NewManagementKeyID()
	if err != nil {
		return nil, fail(op, err)
	}
	minted, err := secret.Mint(secret.Management, id)
	if err != nil {
		return nil, fail(op, err)
	}
	row := record.ManagementKey{ID: id, Name: name, Salt: minted.Stored.Salt, Hash: minted.Stored.Hash, Generation: 1, CreatedAt: m.core.Now()}
	event := m.control().Event(op, EventManagementKeyCreated)
	event.Target, event.Detail = id, name
	err = put(m.core.Registry, context.WithoutCancel(ctx), row, event)
	if errors.Is(err, surreal.ErrAlreadyExists) {
		return nil, &Error{Op: op, Code: CodeAlreadyExists, Field: "name", Detail: taken}
	}
	if err != nil {
		return nil, fail(op, err)
	}
	return newManagementKey(row, minted.Text()), nil
}

func newManagementKey(k record.ManagementKey, secret string) *ManagementKey {
	return &ManagementKey{k.ID, k.Name, secret, k.CreatedAt, k.LastUsedAt}
}

// List lists the management keys after the cursor of an earlier page ("" from the start), up to limit (0: 100, at most
// 1,000), without their secrets.
func (k *ManagementKeys) List(ctx context.Context, cursor string, limit int) (ManagementKeyPage, error) {
	const op = "list management keys"
	m := k.mgr
	if err := m.admit(ctx, op); err != nil {
		return ManagementKeyPage{}, err
	}
	defer m.core.Done()
	limit, err := checkPage(op, cursor, limit)
	if err != nil {
		return ManagementKeyPage{}, err
	}
	rows, err := m.core.Registry.ManagementKeys(ctx, cursor, limit+1)
	if err != nil {
		return ManagementKeyPage{}, fail(op, err)
	}
	page := ManagementKeyPage{HasMore: len(rows) > limit}
	for _, r := range rows[:min(len(rows), limit)] {
		page.Keys = append(page.Keys, *newManagementKey(r, ""))
	}
	if page.HasMore {
		page.NextCursor = page.Keys[limit-1].ID
	}
	return page, nil
}

// Rotate gives a management key, by its id or name, another secret. The old one, and every handle that was made from it, is
// dead at once. ErrNotFound; ErrConflict: somebody else rotated it at the same time.
func (k *ManagementKeys) Rotate(ctx context.Context, id string) (*ManagementKey, error) {
	const op = "rotate management key"
	m := k.mgr
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	row, err := m.managementKey(ctx, op, id)
	if err != nil {
		return nil, err
	}
	minted, err := secret.Mint(secret.Management, row.ID)
	if err != nil {
		return nil, fail(op, err)
	}
	row.Salt, row.Hash, row.Generation = minted.Stored.Salt, minted.Stored.Hash, row.Generation+1
	event := m.control().Event(op, EventManagementKeyRotated)
	event.Target, event.Detail = row.ID, row.Name
	err = m.core.Registry.RotateManagementKey(context.WithoutCancel(ctx), row, event)
	if errors.Is(err, surreal.ErrNotFound) {
		return nil, &Error{Op: op, Code: CodeConflict, Field: "id", Detail: "the key was rotated or revoked at the same time"}
	}
	if err != nil {
		return nil, fail(op, err)
	}
	return newManagementKey(row, minted.Text()), nil
}

// Revoke removes a management key, by its id or name: its secret and every handle that was made from it are dead at once.
// ErrNotFound: there is none.
func (k *ManagementKeys) Revoke(ctx context.Context, id string) error {
	const op = "revoke management key"
	m := k.mgr
	if err := m.admit(ctx, op); err != nil {
		return err
	}
	defer m.core.Done()
	row, err := m.managementKey(ctx, op, id)
	if err != nil {
		return err
	}
	event := m.control().Event(op, EventManagementKeyRevoked)
	event.Target, event.Detail = row.ID, row.Name
	err = m.core.Registry.DropManagementKey(context.WithoutCancel(ctx), row.ID, event)
	if errors.Is(err, surreal.ErrNotFound) {
		return noManagementKey(op)
	}
	return fail(op, err)
}

func noManagementKey(op string) error {
	return &Error{Op: op, Code: CodeNotFound, Field: "id", Detail: "no such management key"}
}

// managementKey finds a management key by its id or name.
func (m *Manager) managementKey(ctx context.Context, op, id string) (record.ManagementKey, error) {
	if err := checkText(op, "id", id, maxNameBytes); err != nil {
		return record.ManagementKey{}, err
	}
	if id == "" {
		return record.ManagementKey{}, noManagementKey(op)
	}
	row, err := m.core.Registry.ManagementKey(ctx, id)
	if errors.Is(err, surreal.ErrNotFound) {
		row, err = m.core.Registry.ManagementKeyNamed(ctx, id)
	}
	if errors.Is(err, surreal.ErrNotFound) {
		return row, noManagementKey(op)
	}
	return row, fail(op, err)
}

// AuthenticateManager returns the Manager of whoever has the secret of a management key. It may do what a management key
// may, for as long as the key is good: everything about Contexts, principals, keys, scopes and ontologies, but not read or
// write memory, copy the store or close it (ErrForbidden). ErrUnauthenticated: the secret is not that of a management key.
func (m *Manager) AuthenticateManager(ctx context.Context, managementSecret string) (*Manager, error) {
	const op = "authenticate manager"
	if err := m.core.Begin(); err != nil {
		return nil, fail(op, err)
	}
	defer m.core.Done()
	parsed, err := secret.Parse(managementSecret)
	if err != nil || parsed.Form != secret.Management {
		parsed = secret.Nobody()
	}
	row, err := m.core.Registry.ManagementKey(ctx, parsed.ID)
	stored := secret.Stored{Salt: row.Salt, Hash: row.Hash}
	if errors.Is(err, surreal.ErrNotFound) {
		stored, err = secret.NoKey(), nil
	}
	if err != nil {
		return nil, fail(op, err)
	}
	if !m.core.Matches(parsed, stored) {
		if err := m.core.Registry.Level(ctx, true, row.ID != ""); err != nil {
			return nil, fail(op, err)
		}
		return nil, m.notAccepted(ctx, op, parsed, store.Presented{})
	}
	out := &Manager{m.core, &gate.Caller{Kind: gate.Management, Key: row.ID, Generation: row.Generation}}
	out.control().Used()
	return out, nil
}

func checkName(op, field, name string) error { return fail(op, input.Name(field, name)) }

// checkPage checks what a listing is asked for, and returns how many rows a page has.
func checkPage(op, cursor string, limit int) (int, error) {
	if limit == 0 {
		limit = defaultPage
	}
	if limit < 0 || limit > maxPage {
		return 0, invalid(op, "limit", "%d is not between 1 and %d", limit, maxPage)
	}
	return limit, checkText(op, "cursor", cursor, maxNameBytes)
}
