package access

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// PrincipalID returns the record id for an id that is given with or without its table.
func PrincipalID(id string) string { return store.InTable(store.TablePrincipal, id) }

func noPrincipal() error { return fault.New(fault.NotFound, "id", "no such principal") }

// The kinds of principals that the library itself creates.
const (
	kindHuman   = "human"
	kindAgent   = "agent"
	kindUnknown = "unknown"
)

func checkKind(kind string) error {
	switch kind {
	case "", kindHuman, kindAgent, "service", kindUnknown:
		return nil
	}
	return fault.Bad("Kind", "unknown kind %q; the kinds are human, agent, service and unknown", kind)
}

// checkSubject checks the name of the person that a principal stands for.
func checkSubject(name string) error {
	if name == "" {
		return nil
	}
	if err := input.Name("Subject", name); err != nil {
		return err
	}
	switch record.Normalise(name) {
	case "":
		return fault.Bad("Subject", "%q has neither letters nor digits", name)
	case record.Normalise(record.UserEntity.Name):
		return fault.Bad("Subject", "%q is who speaks while nobody is named", name)
	}
	return nil
}

// checkPrincipal validates the spec of a principal, except its name, and returns its grants.
func checkPrincipal(spec record.Principal) (authz.Grants, error) {
	if err := checkKind(spec.Kind); err != nil {
		return nil, err
	}
	if err := input.ExternalID("ExternalID", spec.ExternalID); err != nil {
		return nil, err
	}
	if err := checkSubject(spec.Subject); err != nil {
		return nil, err
	}
	grants, err := parseGrants("Grants", spec.Grants)
	if grants == nil {
		grants = authz.Grants{}
	}
	return grants, err
}

// visiblePrincipal returns a principal as the caller may see it. false: for the caller it behaves as if it did not exist.
func visiblePrincipal(c *gate.Call, p record.Principal) (record.Principal, bool) {
	region := c.Region(authz.GrantManage)
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
		own[v] = region.Patterns() // they are canonical and not empty
	}
	grants = authz.Intersect(grants, own)
	p.Grants, p.ExternalID, p.Subject = grants.Strings(), "", ""
	return p, !grants.Empty()
}

// requireManager refuses a caller that may not manage any grants.
func requireManager(ctx context.Context, c *gate.Call) error {
	if !c.Region(authz.GrantManage).Empty() {
		return nil
	}
	return c.Deny(ctx, gate.Denial{Verb: authz.GrantManage, Detail: "grant:manage is not granted anywhere"})
}

// requireMutable refuses changes of system, and changes of admin by a caller with a key.
func requireMutable(ctx context.Context, c *gate.Call, id string) error {
	switch {
	case PrincipalID(id) == live.AdminID && c.Caller.Kind == gate.Key:
		return c.Deny(ctx, gate.Denial{Field: "id", Target: live.AdminID, Detail: "only the operator and management keys may change admin"})
	case PrincipalID(id) != live.SystemID:
		return nil
	}
	return c.Deny(ctx, gate.Denial{Field: "id", Target: live.SystemID, Detail: "the principal system cannot be changed"})
}

// CreatePrincipal creates a principal. If a principal has the same external id, it returns that one unchanged.
func CreatePrincipal(ctx context.Context, c *gate.Call, spec record.Principal) (made record.Principal, err error) {
	if err := input.Name("Name", spec.Name); err != nil {
		return made, err
	}
	grants, err := checkPrincipal(spec)
	if err != nil {
		return made, err
	}
	if err := c.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
		return made, err
	}
	if err := c.RequireHeld(ctx, "Grants", grants); err != nil {
		return made, err
	}
	if spec.ExternalID != "" && c.Caller.Kind == gate.Key {
		// The principal with an external id gets the access tokens that are issued for that id.
		return made, c.Deny(ctx, gate.Denial{Field: "ExternalID", Detail: "only the operator and management keys may set an ExternalID"})
	}
	err = c.Change(ctx, func(ctx context.Context) (change *store.AccessChange, err error) {
		made, change, err = makePrincipal(ctx, c, spec, grants)
		return change, err
	})
	return made, err
}

// makePrincipal returns a new principal and the change that creates it. If a principal has the external id, it returns that one and no
// change.
func makePrincipal(ctx context.Context, c *gate.Call, spec record.Principal, grants authz.Grants) (record.Principal, *store.AccessChange, error) {
	if spec.ExternalID != "" {
		old, err := c.Live.Rows.PrincipalExternal(ctx, spec.ExternalID)
		if err == nil || !errors.Is(err, surreal.ErrNotFound) {
			return old, nil, err
		}
	}
	if err := input.Name("Name", spec.Name); err != nil {
		return record.Principal{}, nil, err
	}
	if err := requireFree(ctx, c, spec.Name, ""); err != nil {
		return record.Principal{}, nil, err
	}
	made := record.Principal{
		ID: c.Live.Core.NewID(store.TablePrincipal), Name: spec.Name, Kind: cmp.Or(spec.Kind, kindUnknown),
		ExternalID: spec.ExternalID, Subject: spec.Subject, Grants: grants.Strings(), CreatedAt: c.Now(),
	}
	event := c.Event(record.ActionPrincipalCreated)
	event.Target, event.Detail = made.ID, made.Name
	change, err := regranted(ctx, c, made, event, grants)
	return made, change, err
}

// requireFree refuses a name that another principal has. The name of a built-in principal is free only for that principal, whose id is
// given.
func requireFree(ctx context.Context, c *gate.Call, name, id string) error {
	_, err := c.Live.Rows.PrincipalNamed(ctx, name)
	if built, ok := live.BuiltIn(PrincipalID(name)); ok && errors.Is(err, surreal.ErrNotFound) && built.ID != id {
		err = nil
	}
	switch {
	case errors.Is(err, surreal.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return fault.New(fault.AlreadyExists, "Name", "a principal %q exists", name)
}

// GetPrincipal returns the part of a principal that the caller may see.
func GetPrincipal(ctx context.Context, c *gate.Call, id string) (record.Principal, error) {
	if err := requireManager(ctx, c); err != nil {
		return record.Principal{}, err
	}
	return findPrincipal(ctx, c, id)
}

// findPrincipal reads a principal as the caller sees it.
func findPrincipal(ctx context.Context, c *gate.Call, id string) (record.Principal, error) {
	if err := input.ID("id", id); err != nil {
		return record.Principal{}, err
	}
	row, err := c.Live.Principal(ctx, PrincipalID(id))
	if errors.Is(err, surreal.ErrNotFound) {
		return row, noPrincipal()
	}
	if err != nil {
		return row, err
	}
	seen, ok := visiblePrincipal(c, row)
	if !ok {
		return row, noPrincipal()
	}
	return seen, nil
}

// ListPrincipals lists the principals as the caller sees them.
func ListPrincipals(ctx context.Context, c *gate.Call, req paging.Request) (paging.Page[record.Principal], error) {
	none := paging.Page[record.Principal]{}
	req, err := req.Checked(paging.Most)
	if err != nil {
		return none, err
	}
	if err := requireManager(ctx, c); err != nil {
		return none, err
	}
	if req.Cursor != "" {
		req.Cursor = PrincipalID(req.Cursor)
	}
	return paging.Read(ctx, req, func(ctx context.Context, after string, limit int) ([]record.Principal, error) {
		return visiblePrincipals(ctx, c, after, limit)
	}, func(p record.Principal) string { return p.ID })
}

// visiblePrincipals reads up to limit principals after an id, as the caller may see them. It includes the built-in principals that have no
// row.
func visiblePrincipals(ctx context.Context, c *gate.Call, after string, limit int) ([]record.Principal, error) {
	rows, err := c.Live.Rows.PrincipalsIn(ctx, c.Region(authz.GrantManage).Patterns(), after, limit)
	if err != nil {
		return nil, err
	}
	last := len(rows) < limit
	for _, id := range []string{live.AdminID, live.SystemID} {
		at, found := slices.BinarySearchFunc(rows, id, func(r record.Principal, id string) int { return strings.Compare(r.ID, id) })
		if found || id <= after || at == len(rows) && !last {
			continue
		}
		built, err := c.Live.Principal(ctx, id) // it may have a row that the caller may not see
		if err != nil {
			return nil, err
		}
		rows = slices.Insert(rows, at, built)
	}
	out := rows[:0:0]
	for _, row := range rows {
		if seen, ok := visiblePrincipal(c, row); ok {
			out = append(out, seen)
		}
	}
	return out, nil
}

// Rename has the new values for RenamePrincipal. "" and nil leave a field unchanged.
type Rename struct {
	Name, Kind string
	Subject    *string
}

// RenamePrincipal changes the name, the kind or the subject of a principal.
func RenamePrincipal(ctx context.Context, c *gate.Call, id string, to Rename) (changed record.Principal, err error) {
	name, kind := to.Name, to.Kind
	if name != "" {
		if err := input.Name("Name", name); err != nil {
			return changed, err
		}
	}
	if err := checkKind(kind); err != nil {
		return changed, err
	}
	if to.Subject != nil {
		if err := checkSubject(*to.Subject); err != nil {
			return changed, err
		}
	}
	if err := c.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
		return changed, err
	}
	if err := requireMutable(ctx, c, id); err != nil {
		return changed, err
	}
	err = c.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		row, err := findPrincipal(ctx, c, id)
		if err != nil {
			return nil, err
		}
		changed = row
		changed.Name, changed.Kind = cmp.Or(name, row.Name), cmp.Or(kind, row.Kind)
		if to.Subject != nil {
			changed.Subject = *to.Subject
		}
		if changed.Name != row.Name {
			if err := requireFree(ctx, c, name, row.ID); err != nil {
				return nil, err
			}
		}
		if changed.Name == row.Name && changed.Kind == row.Kind && changed.Subject == row.Subject {
			return nil, nil
		}
		event := c.Event(record.ActionPrincipalRenamed)
		event.Target, event.Detail = row.ID, row.Name+" -> "+changed.Name
		if changed.Subject != row.Subject {
			event.Detail += fmt.Sprintf(", stands for %q", changed.Subject)
		}
		return &store.AccessChange{Principals: []record.Principal{changed}, Events: []record.Event{event}}, nil
	})
	return changed, err
}

// DeletePrincipal removes a principal with its keys.
func DeletePrincipal(ctx context.Context, c *gate.Call, id string) error {
	if err := c.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
		return err
	}
	if _, ok := live.BuiltIn(PrincipalID(id)); ok {
		return c.Deny(ctx, gate.Denial{Field: "id", Target: PrincipalID(id), Detail: "admin and system cannot be deleted"})
	}
	return c.Change(ctx, func(ctx context.Context) (*store.AccessChange, error) {
		row, err := findPrincipal(ctx, c, id)
		if err != nil {
			return nil, err
		}
		event := c.Event(record.ActionPrincipalDeleted)
		event.Target, event.Detail = row.ID, row.Name
		return &store.AccessChange{DropPrincipals: []string{row.ID}, Events: []record.Event{event}}, nil
	})
}
