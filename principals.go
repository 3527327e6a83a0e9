package spectron

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// PrincipalKind is what a principal is. It never decides what it may do.
type PrincipalKind string

// The kinds of principals.
const (
	PrincipalHuman   PrincipalKind = "human"
	PrincipalAgent   PrincipalKind = "agent"
	PrincipalService PrincipalKind = "service"
	PrincipalUnknown PrincipalKind = "unknown"
)

// Principal is an identity that keys act as.
type Principal struct {
	ID         string        `json:"id"` // "principal:…"
	Name       string        `json:"displayName"`
	Kind       PrincipalKind `json:"kind"`
	ExternalID string        `json:"externalId,omitempty"`
	Grants     Grants        `json:"grants"`
	CreatedAt  time.Time     `json:"createdAt,omitzero"`
}

// PrincipalSpec is what a principal is made from.
type PrincipalSpec struct {
	Name string        // unique in the Context; 1 to 128 bytes
	Kind PrincipalKind // "": PrincipalUnknown
	// ExternalID says who it is in another system, such as "okta:00u1…"; at most 512 bytes. Create returns the principal
	// that has it already as it is. It is for the operator and management keys.
	ExternalID string
	Grants     Grants
}

// PrincipalPage is one page of a listing, in the order of the ids.
type PrincipalPage struct {
	Principals []Principal
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

// Principals are the identities of a Context. "admin" and "system" are always there: admin may do everything until the
// operator or a management key revokes some of it, which the operator alone can grant again, and cannot be deleted; system, which the library's own work is done as, cannot
// be changed at all.
//
// Seeing and changing them takes grant:manage. Who has it over a part of the scopes sees the principals that hold something
// there, and of their grants what lies there; the others are not there. Making, renaming and deleting takes it over
// everything. What one does not hold oneself, one cannot grant.
type Principals struct {
	context *Context
}

// Principals returns the identities of the Context.
func (c *Context) Principals() *Principals { return &Principals{c} }

const (
	// maxGrants bounds the patterns of one principal or key.
	maxGrants = authz.MaxPatterns
)

// principalID accepts an id with or without its table.
func principalID(id string) string {
	if strings.HasPrefix(id, store.TablePrincipal+":") {
		return id
	}
	return store.TablePrincipal + ":" + id
}

func noPrincipal(op string) error {
	return &Error{Op: op, Code: CodeNotFound, Field: "id", Detail: "no such principal"}
}

func newPrincipal(p record.Principal) *Principal {
	return &Principal{p.ID, p.Name, PrincipalKind(p.Kind), p.ExternalID, newGrants(p.Grants), p.CreatedAt}
}

// seenBy is a principal as a manager of grants sees it; false: it is not there for it.
func seenBy(s *gate.Call, p record.Principal) (record.Principal, bool) {
	region := s.Region(authz.GrantManage)
	switch {
	case region.All():
		return p, true
	case region.Empty():
		return p, false
	}
	grants, err := authz.Parse(p.Grants)
	if err != nil {
		return p, false
	}
	own := authz.Grants{}
	for _, v := range authz.Verbs() {
		own[v] = region.Patterns() // canonical, and not empty
	}
	grants = authz.Intersect(grants, own)
	p.Grants, p.ExternalID = grants.Strings(), ""
	return p, !grants.Empty()
}

// manages refuses a caller who may not manage any grants.
func (p *Principals) manages(ctx context.Context, op string, s *gate.Call) error {
	if !s.Region(authz.GrantManage).Empty() {
		return nil
	}
	return s.Deny(ctx, gate.Denial{Verb: authz.GrantManage, Detail: "grant:manage is not granted anywhere"})
}

// Create makes a principal, or returns the one that has the same ExternalID, as it is. Codes: CodeInvalid and CodeTooLarge
// with the Field; CodeAlreadyExists for a name that another one has; CodeForbidden.
func (p *Principals) Create(ctx context.Context, spec PrincipalSpec) (*Principal, error) {
	const op = "create principal"
	return call(ctx, p.context, op, func(s *gate.Call) (*Principal, error) {
		if err := checkName(op, "Name", spec.Name); err != nil {
			return nil, err
		}
		grants, err := spec.check(op)
		if err != nil {
			return nil, err
		}
		if err := s.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
			return nil, err
		}
		if err := s.RequireHeld(ctx, "Grants", grants); err != nil {
			return nil, err
		}
		if spec.ExternalID != "" && s.Caller.Kind == gate.Key {
			// Whoever binds it gets the access tokens that are issued for it.
			return nil, s.Deny(ctx, gate.Denial{Field: "ExternalID", Detail: "the operator and management keys say who somebody is elsewhere"})
		}
		var made record.Principal
		err = s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			var change *store.AccessChange
			made, change, err = p.context.makePrincipal(ctx, op, s, spec, grants)
			return change, err
		})
		if err != nil {
			return nil, err
		}
		return newPrincipal(made), nil
	})
}

// check checks what a principal is to be made from.
func (s PrincipalSpec) check(op string) (authz.Grants, error) {
	if err := s.Kind.check(op); err != nil {
		return nil, err
	}
	if err := checkExternalID(op, "ExternalID", s.ExternalID); err != nil {
		return nil, err
	}
	grants, err := s.Grants.parse(op, "Grants")
	if grants == nil {
		grants = authz.Grants{}
	}
	return grants, err
}

func checkExternalID(op, field, id string) error {
	if err := checkText(op, field, id, maxNameBytes); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(id) != id:
		return invalid(op, field, "begins or ends with white space")
	case id != "" && record.Blank(id):
		return invalid(op, field, "blank")
	}
	return nil
}

func (k PrincipalKind) check(op string) error {
	switch k {
	case "", PrincipalHuman, PrincipalAgent, PrincipalService, PrincipalUnknown:
		return nil
	}
	return invalid(op, "Kind", "unknown kind %q; there are human, agent, service and unknown", k)
}

// makePrincipal works out the change that makes a principal; none when the external id has one.
func (c *Context) makePrincipal(ctx context.Context, op string, s *gate.Call, spec PrincipalSpec, grants authz.Grants) (record.Principal, *store.AccessChange, error) {
	if spec.ExternalID != "" {
		old, err := c.state.Rows.PrincipalExternal(ctx, spec.ExternalID)
		if err == nil || !errors.Is(err, surreal.ErrNotFound) {
			return old, nil, err
		}
	}
	if err := checkName(op, "Name", spec.Name); err != nil {
		return record.Principal{}, nil, err
	}
	if err := c.freeName(ctx, op, spec.Name, ""); err != nil {
		return record.Principal{}, nil, err
	}
	now := c.state.Now()
	made := record.Principal{
		ID: c.mgr.core.NewID(store.TablePrincipal), Name: spec.Name, Kind: string(orDefault(spec.Kind, PrincipalUnknown)),
		ExternalID: spec.ExternalID, Grants: grants.Strings(), CreatedAt: now,
	}
	event := s.Event(EventPrincipalCreated)
	event.Target, event.Detail = made.ID, made.Name
	nodes, events, err := c.grounds(ctx, op, s, grants)
	return made, &store.AccessChange{
		Principals: []record.Principal{made}, History: []record.GrantVersion{c.version(made)}, Scopes: nodes,
		Events: append([]record.Event{event}, events...),
	}, err
}

// freeName refuses a name that a principal has, and those of the built-in ones to all but them.
func (c *Context) freeName(ctx context.Context, op, name, id string) error {
	_, err := c.state.Rows.PrincipalNamed(ctx, name)
	if built, ok := live.BuiltIn(principalID(name)); ok && errors.Is(err, surreal.ErrNotFound) && built.ID != id {
		err = nil
	}
	switch {
	case errors.Is(err, surreal.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return &Error{Op: op, Code: CodeAlreadyExists, Field: "Name", Detail: fmt.Sprintf("a principal %q exists", name)}
}

// Get returns a principal. ErrNotFound: there is none of that id that the caller may see; ErrForbidden.
func (p *Principals) Get(ctx context.Context, id string) (*Principal, error) {
	const op = "get principal"
	return call(ctx, p.context, op, func(s *gate.Call) (*Principal, error) {
		if err := p.manages(ctx, op, s); err != nil {
			return nil, err
		}
		row, err := p.row(ctx, op, s, id)
		if err != nil {
			return nil, err
		}
		return newPrincipal(row), nil
	})
}

// row reads a principal as the caller sees it.
func (p *Principals) row(ctx context.Context, op string, s *gate.Call, id string) (record.Principal, error) {
	if err := checkText(op, "id", id, maxNameBytes); err != nil {
		return record.Principal{}, err
	}
	row, err := p.context.state.Principal(ctx, principalID(id))
	if errors.Is(err, surreal.ErrNotFound) {
		return row, noPrincipal(op)
	}
	if err != nil {
		return row, fail(op, err)
	}
	seen, ok := seenBy(s, row)
	if !ok {
		return row, noPrincipal(op)
	}
	return seen, nil
}

// List lists the principals after the cursor of an earlier page ("" from the start), up to limit (0: 100, at most 1,000).
func (p *Principals) List(ctx context.Context, cursor string, limit int) (PrincipalPage, error) {
	const op = "list principals"
	return call(ctx, p.context, op, func(s *gate.Call) (PrincipalPage, error) {
		limit, err := checkPage(op, cursor, limit)
		if err != nil {
			return PrincipalPage{}, err
		}
		if err := p.manages(ctx, op, s); err != nil {
			return PrincipalPage{}, err
		}
		if cursor != "" {
			cursor = principalID(cursor)
		}
		rows, err := p.seen(ctx, s, cursor, limit+1)
		if err != nil {
			return PrincipalPage{}, fail(op, err)
		}
		page := PrincipalPage{HasMore: len(rows) > limit}
		for _, row := range rows[:min(len(rows), limit)] {
			page.Principals = append(page.Principals, *newPrincipal(row))
		}
		if page.HasMore {
			page.NextCursor = page.Principals[limit-1].ID
		}
		return page, nil
	})
}

// seen reads up to limit principals after an id, as the caller sees them, with those that are there without a row.
func (p *Principals) seen(ctx context.Context, s *gate.Call, after string, limit int) ([]record.Principal, error) {
	rows, err := p.context.state.Rows.PrincipalsIn(ctx, s.Region(authz.GrantManage).Patterns(), after, limit)
	if err != nil {
		return nil, err
	}
	last := len(rows) < limit
	for _, id := range []string{live.AdminID, live.SystemID} {
		at, found := slices.BinarySearchFunc(rows, id, func(r record.Principal, id string) int { return strings.Compare(r.ID, id) })
		if found || id <= after || at == len(rows) && !last {
			continue
		}
		built, err := p.context.state.Principal(ctx, id) // it may have a row, and that nothing to see
		if err != nil {
			return nil, err
		}
		rows = slices.Insert(rows, at, built)
	}
	out := rows[:0:0]
	for _, row := range rows {
		if seen, ok := seenBy(s, row); ok {
			out = append(out, seen)
		}
	}
	return out, nil
}

// PrincipalPatch changes what a principal is called; what it may do is changed by Grant and Revoke.
type PrincipalPatch struct {
	Name string        // "": as it is
	Kind PrincipalKind // "": as it is
}

// Rename changes the name or the kind of a principal. ErrNotFound; ErrAlreadyExists for a name that another one has;
// ErrForbidden, also for system.
func (p *Principals) Rename(ctx context.Context, id string, patch PrincipalPatch) (*Principal, error) {
	const op = "rename principal"
	return call(ctx, p.context, op, func(s *gate.Call) (*Principal, error) {
		if patch.Name != "" {
			if err := checkName(op, "Name", patch.Name); err != nil {
				return nil, err
			}
		}
		if err := patch.Kind.check(op); err != nil {
			return nil, err
		}
		if err := s.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
			return nil, err
		}
		if err := p.immutable(ctx, op, s, id); err != nil {
			return nil, err
		}
		var changed record.Principal
		err := s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			row, err := p.row(ctx, op, s, id)
			if err != nil {
				return nil, err
			}
			changed = row
			if patch.Name != "" && patch.Name != row.Name {
				if err := p.context.freeName(ctx, op, patch.Name, row.ID); err != nil {
					return nil, err
				}
				changed.Name = patch.Name
			}
			changed.Kind = string(orDefault(patch.Kind, PrincipalKind(row.Kind)))
			if changed.Name == row.Name && changed.Kind == row.Kind {
				return nil, nil
			}
			event := s.Event(EventPrincipalRenamed)
			event.Target, event.Detail = row.ID, row.Name+" -> "+changed.Name
			return &store.AccessChange{Principals: []record.Principal{changed}, Events: []record.Event{event}}, nil
		})
		if err != nil {
			return nil, err
		}
		return newPrincipal(changed), nil
	})
}

// immutable refuses to change system, and with a key to change admin.
func (p *Principals) immutable(ctx context.Context, op string, s *gate.Call, id string) error {
	switch {
	case principalID(id) == live.AdminID && s.Caller.Kind == gate.Key:
		return s.Deny(ctx, gate.Denial{Field: "id", Target: live.AdminID, Detail: "admin is changed by the operator and management keys"})
	case principalID(id) != live.SystemID:
		return nil
	}
	return s.Deny(ctx, gate.Denial{Field: "id", Target: live.SystemID, Detail: "the principal system cannot be changed"})
}

// Delete removes a principal with its keys: they, and all handles made from them, are dead at once. What it has remembered
// stays. ErrNotFound; ErrForbidden, also for admin and system.
func (p *Principals) Delete(ctx context.Context, id string) error {
	const op = "delete principal"
	return do(ctx, p.context, op, func(s *gate.Call) error {
		if err := s.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
			return err
		}
		if _, ok := live.BuiltIn(principalID(id)); ok {
			return s.Deny(ctx, gate.Denial{Field: "id", Target: principalID(id), Detail: "admin and system cannot be deleted"})
		}
		return s.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
			row, err := p.row(ctx, op, s, id)
			if err != nil {
				return nil, err
			}
			event := s.Event(EventPrincipalDeleted)
			event.Target, event.Detail = row.ID, row.Name
			return &store.AccessChange{DropPrincipals: []string{row.ID}, Events: []record.Event{event}}, nil
		})
	})
}
