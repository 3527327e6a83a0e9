package spectron

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Verb is something that may be granted.
type Verb string

// The verbs.
const (
	MemoryRead   Verb = "memory:read"   // recall, sessions, state: what belongs there
	MemoryWrite  Verb = "memory:write"  // remember
	MemoryForget Verb = "memory:forget" // forget, erase, delete sessions
	ScopeRead    Verb = "scope:read"    // list scopes; not what belongs to them
	ScopeCreate  Verb = "scope:create"  // register scopes
	ScopeDelete  Verb = "scope:delete"  // tombstone scopes
	GrantManage  Verb = "grant:manage"  // see principals, and pass on what one has oneself
)

// Verbs lists the verbs.
func Verbs() []Verb {
	var out []Verb
	for _, v := range authz.Verbs() {
		out = append(out, Verb(v))
	}
	return out
}

// Grants say what may be done where: scope patterns by verb. A pattern is a path for that scope alone ("org/acme"), a path
// and "/*" for it and everything below ("org/acme/*"), or "/*" for everything.
//
// In JSON a pattern may also be an object, such as {"org": "acme"}: the path of its members in the order in which they are
// written, and everything below.
type Grants map[Verb][]string

// UnmarshalJSON reads grants with patterns in both forms.
func (g *Grants) UnmarshalJSON(data []byte) error {
	const op = "grants"
	var raw map[Verb][]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return &Error{Op: op, Code: CodeInvalid, Field: "Grants", Err: err}
	}
	if raw == nil {
		*g = nil
		return nil
	}
	out := Grants{}
	for verb, list := range raw {
		out[verb] = []string{}
		for _, one := range list {
			p, err := scope.UnmarshalPattern(one)
			if err != nil {
				return &Error{Op: op, Code: CodeInvalid, Field: fmt.Sprintf("Grants[%s]", verb), Err: err}
			}
			out[verb] = append(out[verb], p.String())
		}
	}
	*g = out
	return nil
}

// parse checks grants. nil stays nil.
func (g Grants) parse(op, field string) (authz.Grants, error) {
	if g == nil {
		return nil, nil
	}
	written, n := make(map[string][]string, len(g)), 0
	for v, patterns := range g {
		written[string(v)] = patterns
		n += len(patterns)
	}
	if n > maxGrants {
		return nil, tooLarge(op, field, n, maxGrants, "patterns")
	}
	out, err := authz.Parse(written)
	if err != nil {
		return nil, &Error{Op: op, Code: CodeInvalid, Field: field, Err: err}
	}
	return out, nil
}

func newGrants(g map[string][]string) Grants {
	out := make(Grants, len(g))
	for v, patterns := range g {
		out[Verb(v)] = slices.Clone(patterns)
	}
	return out
}

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

// EffectiveGrants are the verbs that a principal may use at a path.
type EffectiveGrants struct {
	Path  string    `json:"path"` // canonical
	Verbs []Verb    `json:"verbs"`
	AsOf  time.Time `json:"asOf,omitzero"`
}

// Principals are the identities of a Context. "admin" and "system" are always there: admin may do everything until the
// operator or a management key changes that, and cannot be deleted; system, which the library's own work is done as, cannot
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
	adminID  = store.TablePrincipal + ":admin"
	systemID = store.TablePrincipal + ":system"
	// maxGrants bounds the patterns of one principal or key.
	maxGrants = authz.MaxPatterns
)

// builtIn returns the principals that are there without a row.
func builtIn(id string) (record.Principal, bool) {
	if id != adminID && id != systemID {
		return record.Principal{}, false
	}
	name := strings.TrimPrefix(id, store.TablePrincipal+":")
	return record.Principal{ID: id, Name: name, Kind: string(PrincipalService), Grants: authz.Full().Strings()}, true
}

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
func seenBy(s *standing, p record.Principal) (record.Principal, bool) {
	region := s.region(authz.GrantManage)
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
func (p *Principals) manages(ctx context.Context, op string, s *standing) error {
	if !s.region(authz.GrantManage).Empty() {
		return nil
	}
	return p.context.deny(ctx, op, s, denial{verb: authz.GrantManage, detail: "grant:manage is not granted anywhere"})
}

// Create makes a principal, or returns the one that has the same ExternalID, as it is. Codes: CodeInvalid and CodeTooLarge
// with the Field; CodeAlreadyExists for a name that another one has; CodeForbidden.
func (p *Principals) Create(ctx context.Context, spec PrincipalSpec) (*Principal, error) {
	const op = "create principal"
	s, err := p.context.begin(ctx, op)
	if err != nil {
		return nil, err
	}
	defer p.context.mgr.done()
	if err := checkName(op, "Name", spec.Name); err != nil {
		return nil, err
	}
	grants, err := spec.check(op)
	if err != nil {
		return nil, err
	}
	if err := p.context.mustCover(ctx, op, "", s, authz.GrantManage, everything()); err != nil {
		return nil, err
	}
	if err := p.context.mustHave(ctx, op, "Grants", s, grants); err != nil {
		return nil, err
	}
	if spec.ExternalID != "" && s.caller.kind == byKey {
		// Whoever binds it gets the access tokens that are issued for it.
		return nil, p.context.deny(ctx, op, s, denial{field: "ExternalID", detail: "the operator and management keys say who somebody is elsewhere"})
	}
	var made record.Principal
	err = p.context.change(ctx, op, s, func(ctx context.Context) (*store.AccessChange, error) {
		var change *store.AccessChange
		made, change, err = p.context.makePrincipal(ctx, op, s, spec, grants)
		return change, err
	})
	if err != nil {
		return nil, err
	}
	return newPrincipal(made), nil
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
	if strings.TrimSpace(id) != id {
		return invalid(op, field, "begins or ends with white space")
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

// mustHave refuses a caller who does not hold what it is to pass on.
func (c *Context) mustHave(ctx context.Context, op, field string, s *standing, grants authz.Grants) error {
	if grants.Within(s.Grants()) {
		return nil
	}
	if s.caller.kind == byManagement && s.behalf == nil {
		return nil // it holds no memory verbs, and is there to grant them
	}
	return c.deny(ctx, op, s, denial{field: field, detail: "one can pass on only what one has"})
}

// makePrincipal works out the change that makes a principal; none when the external id has one.
func (c *Context) makePrincipal(ctx context.Context, op string, s *standing, spec PrincipalSpec, grants authz.Grants) (record.Principal, *store.AccessChange, error) {
	if spec.ExternalID != "" {
		old, err := c.state.store.PrincipalExternal(ctx, spec.ExternalID)
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
	now := c.mgr.now()
	made := record.Principal{
		ID: store.TablePrincipal + ":" + c.mgr.opts.NewID(), Name: spec.Name, Kind: string(orDefault(spec.Kind, PrincipalUnknown)),
		ExternalID: spec.ExternalID, Grants: grants.Strings(), CreatedAt: now,
	}
	event := c.event(s, op, EventPrincipalCreated)
	event.Target, event.Detail = made.ID, made.Name
	nodes, events, err := c.grounds(ctx, op, s, grants)
	return made, &store.AccessChange{
		Principals: []record.Principal{made}, History: []record.GrantVersion{c.version(made)}, Scopes: nodes,
		Events: append([]record.Event{event}, events...),
	}, err
}

// version is what goes into the history of a principal's grants.
func (c *Context) version(p record.Principal) record.GrantVersion {
	return record.GrantVersion{ID: store.TableGrantHistory + ":" + c.mgr.opts.NewID(), Principal: p.ID, Grants: p.Grants, At: c.mgr.now()}
}

// freeName refuses a name that a principal has, and those of the built-in ones to all but them.
func (c *Context) freeName(ctx context.Context, op, name, id string) error {
	_, err := c.state.store.PrincipalNamed(ctx, name)
	if built, ok := builtIn(principalID(name)); ok && errors.Is(err, surreal.ErrNotFound) && built.ID != id {
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
	s, err := p.context.begin(ctx, op)
	if err != nil {
		return nil, err
	}
	defer p.context.mgr.done()
	if err := p.manages(ctx, op, s); err != nil {
		return nil, err
	}
	row, err := p.row(ctx, op, s, id)
	if err != nil {
		return nil, err
	}
	return newPrincipal(row), nil
}

// row reads a principal as the caller sees it.
func (p *Principals) row(ctx context.Context, op string, s *standing, id string) (record.Principal, error) {
	if err := checkText(op, "id", id, maxNameBytes); err != nil {
		return record.Principal{}, err
	}
	row, err := p.context.state.principal(ctx, principalID(id))
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
	s, err := p.context.begin(ctx, op)
	if err != nil {
		return PrincipalPage{}, err
	}
	defer p.context.mgr.done()
	limit, err = checkPage(op, cursor, limit)
	if err != nil {
		return PrincipalPage{}, err
	}
	if err := p.manages(ctx, op, s); err != nil {
		return PrincipalPage{}, err
	}
	if cursor != "" {
		cursor = principalID(cursor)
	}
	// A caller who sees few of them must not learn from a page how many there are.
	var page PrincipalPage
	for len(page.Principals) <= limit {
		rows, err := p.context.state.store.Principals(ctx, cursor, maxPage)
		if err != nil {
			return PrincipalPage{}, fail(op, err)
		}
		last := len(rows) < maxPage
		for _, row := range withBuiltIn(rows, cursor, last) {
			if seen, ok := seenBy(s, row); ok {
				page.Principals = append(page.Principals, *newPrincipal(seen))
			}
			cursor = row.ID
		}
		if last {
			break
		}
	}
	if len(page.Principals) > limit {
		page.Principals, page.HasMore = page.Principals[:limit], true
		page.NextCursor = page.Principals[limit-1].ID
	}
	return page, nil
}

// withBuiltIn puts the principals that are there without a row into their places in a page.
func withBuiltIn(rows []record.Principal, after string, last bool) []record.Principal {
	for _, id := range []string{adminID, systemID} {
		at, found := slices.BinarySearchFunc(rows, id, func(r record.Principal, id string) int { return strings.Compare(r.ID, id) })
		if built, _ := builtIn(id); !found && id > after && (last || at < len(rows)) {
			rows = slices.Insert(rows, at, built)
		}
	}
	return rows
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
	s, err := p.context.begin(ctx, op)
	if err != nil {
		return nil, err
	}
	defer p.context.mgr.done()
	if patch.Name != "" {
		if err := checkName(op, "Name", patch.Name); err != nil {
			return nil, err
		}
	}
	if err := patch.Kind.check(op); err != nil {
		return nil, err
	}
	if err := p.context.mustCover(ctx, op, "", s, authz.GrantManage, everything()); err != nil {
		return nil, err
	}
	if err := p.immutable(ctx, op, s, id); err != nil {
		return nil, err
	}
	var changed record.Principal
	err = p.context.change(ctx, op, s, func(ctx context.Context) (*store.AccessChange, error) {
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
		event := p.context.event(s, op, EventPrincipalRenamed)
		event.Target, event.Detail = row.ID, row.Name+" -> "+changed.Name
		return &store.AccessChange{Principals: []record.Principal{changed}, Events: []record.Event{event}}, nil
	})
	if err != nil {
		return nil, err
	}
	return newPrincipal(changed), nil
}

// immutable refuses to change system, and with a key to change admin.
func (p *Principals) immutable(ctx context.Context, op string, s *standing, id string) error {
	switch {
	case principalID(id) == adminID && s.caller.kind == byKey:
		return p.context.deny(ctx, op, s, denial{field: "id", target: adminID, detail: "admin is changed by the operator and management keys"})
	case principalID(id) != systemID:
		return nil
	}
	return p.context.deny(ctx, op, s, denial{field: "id", target: systemID, detail: "the principal system cannot be changed"})
}

// Delete removes a principal with its keys: they, and all handles made from them, are dead at once. What it has remembered
// stays. ErrNotFound; ErrForbidden, also for admin and system.
func (p *Principals) Delete(ctx context.Context, id string) error {
	const op = "delete principal"
	s, err := p.context.begin(ctx, op)
	if err != nil {
		return err
	}
	defer p.context.mgr.done()
	if err := p.context.mustCover(ctx, op, "", s, authz.GrantManage, everything()); err != nil {
		return err
	}
	if _, ok := builtIn(principalID(id)); ok {
		return p.context.deny(ctx, op, s, denial{field: "id", target: principalID(id), detail: "admin and system cannot be deleted"})
	}
	err = p.context.change(ctx, op, s, func(ctx context.Context) (*store.AccessChange, error) {
		row, err := p.row(ctx, op, s, id)
		if err != nil {
			return nil, err
		}
		event := p.context.event(s, op, EventPrincipalDeleted)
		event.Target, event.Detail = row.ID, row.Name
		return &store.AccessChange{DropPrincipals: []string{row.ID}, Events: []record.Event{event}}, nil
	})
	return err
}

// GrantRequest says what is granted or revoked.
type GrantRequest struct {
	Path  string // a scope pattern, such as "org/acme/*"
	Verbs []Verb // at least one
}

func (r GrantRequest) check(op string) (scope.Pattern, []authz.Verb, error) {
	p, err := scope.ParsePattern(r.Path)
	if err != nil {
		return p, nil, &Error{Op: op, Code: CodeInvalid, Field: "Path", Err: err}
	}
	if len(r.Verbs) == 0 {
		return p, nil, invalid(op, "Verbs", "empty")
	}
	if len(r.Verbs) > len(authz.Verbs()) {
		return p, nil, tooLarge(op, "Verbs", len(r.Verbs), len(authz.Verbs()), "verbs")
	}
	verbs := make([]authz.Verb, len(r.Verbs))
	for i, v := range r.Verbs {
		if verbs[i], err = authz.ParseVerb(string(v)); err != nil {
			return p, nil, &Error{Op: op, Code: CodeInvalid, Field: fmt.Sprintf("Verbs[%d]", i), Err: err}
		}
	}
	return p, verbs, nil
}

// Grant lets a principal use verbs at a pattern, and returns it as it is then. It holds for the next call of each of its
// keys. The caller needs grant:manage over the pattern, and the verbs themselves. Codes: CodeInvalid with the Field;
// CodeTooLarge beyond 1,000 patterns; CodeNotFound; CodeForbidden, also for system.
func (p *Principals) Grant(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	const op = "grant"
	return p.regrant(ctx, op, EventGranted, id, req, func(s *standing, old authz.Grants, pattern scope.Pattern, verbs []authz.Verb) (authz.Grants, error) {
		if err := p.context.mustHave(ctx, op, "Verbs", s, authz.Grants{}.With(pattern, verbs...)); err != nil {
			return nil, err
		}
		out := old.With(pattern, verbs...)
		if n := out.Count(); n > maxGrants {
			return nil, tooLarge(op, "Path", n, maxGrants, "patterns")
		}
		return out, nil
	})
}

// Revoke takes away what a principal was granted of the verbs within a pattern, and returns it as it is then. It holds for
// the next call of each of its keys, also through handles that were given out. The caller needs grant:manage over the
// pattern. Codes: those of Grant; CodeConflict when the principal holds a wider pattern, which has to be revoked as it is.
func (p *Principals) Revoke(ctx context.Context, id string, req GrantRequest) (*Principal, error) {
	const op = "revoke"
	return p.regrant(ctx, op, EventGrantRevoked, id, req, func(s *standing, old authz.Grants, pattern scope.Pattern, verbs []authz.Verb) (authz.Grants, error) {
		out, err := old.Without(pattern, verbs...)
		var wider *authz.WiderError
		if errors.As(err, &wider) && !s.region(authz.GrantManage).Contains(wider.Pattern) {
			// Where else it is granted is not for the caller to know.
			return nil, &Error{Op: op, Code: CodeConflict, Field: "Path", Detail: fmt.Sprintf(
				"%s is granted over more than %s, and more than the caller manages", wider.Verb, pattern)}
		}
		if errors.As(err, &wider) {
			return nil, &Error{Op: op, Code: CodeConflict, Field: "Path", Err: err, Detail: fmt.Sprintf(
				"%s is granted over %s, which reaches beyond %s: revoke that, and grant what is to be left", wider.Verb, wider.Pattern, pattern)}
		}
		return out, err
	})
}

// regrant changes the grants of a principal.
func (p *Principals) regrant(ctx context.Context, op, action, id string, req GrantRequest,
	apply func(*standing, authz.Grants, scope.Pattern, []authz.Verb) (authz.Grants, error)) (*Principal, error) {
	c := p.context
	s, err := c.begin(ctx, op)
	if err != nil {
		return nil, err
	}
	defer c.mgr.done()
	if err := checkText(op, "id", id, maxNameBytes); err != nil {
		return nil, err
	}
	pattern, verbs, err := req.check(op)
	if err != nil {
		return nil, err
	}
	if err := c.mustCover(ctx, op, "Path", s, authz.GrantManage, pattern); err != nil {
		return nil, err
	}
	if err := p.immutable(ctx, op, s, id); err != nil {
		return nil, err
	}
	var changed record.Principal
	err = c.change(ctx, op, s, func(ctx context.Context) (*store.AccessChange, error) {
		row, err := c.state.principal(ctx, principalID(id))
		if errors.Is(err, surreal.ErrNotFound) {
			return nil, noPrincipal(op)
		}
		if err != nil {
			return nil, err
		}
		if _, seen := seenBy(s, row); !seen {
			return nil, noPrincipal(op)
		}
		old, err := authz.Parse(row.Grants)
		if err != nil {
			return nil, err
		}
		now, err := apply(s, old, pattern, verbs)
		if err != nil {
			return nil, err
		}
		changed = row
		if now.Equal(old) {
			return nil, nil
		}
		changed.Grants = now.Strings()
		event := c.event(s, op, action)
		event.Target, event.Paths, event.Detail = row.ID, []string{pattern.String()}, verbList(verbs)
		var nodes []record.ScopeNode
		var events []record.Event
		if action == EventGranted {
			if nodes, events, err = c.grounds(ctx, op, s, authz.Grants{}.With(pattern, verbs...)); err != nil {
				return nil, err
			}
		}
		return &store.AccessChange{
			Principals: []record.Principal{changed}, History: []record.GrantVersion{c.version(changed)}, Scopes: nodes,
			Events: append([]record.Event{event}, events...),
		}, nil
	})
	if err != nil {
		return nil, err
	}
	seen, ok := seenBy(s, changed)
	if !ok {
		seen.Grants = nil
	}
	return newPrincipal(seen), nil
}

func verbList(verbs []authz.Verb) string {
	names := make([]string, len(verbs))
	for i, v := range verbs {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

// EffectiveRequest asks what a principal may do.
type EffectiveRequest struct {
	Path string
	AsOf time.Time // zero: now
}

// Effective says which verbs a principal may use at a path, now or at an earlier time. The caller needs grant:manage at the
// path. ErrInvalid with the Field; ErrNotFound; ErrForbidden.
func (p *Principals) Effective(ctx context.Context, id string, req EffectiveRequest) (*EffectiveGrants, error) {
	const op = "effective grants"
	c := p.context
	s, err := c.begin(ctx, op)
	if err != nil {
		return nil, err
	}
	defer c.mgr.done()
	path, err := scope.Parse(req.Path)
	if err != nil {
		return nil, &Error{Op: op, Code: CodeInvalid, Field: "Path", Err: err}
	}
	if err := checkTime(op, "AsOf", req.AsOf); err != nil {
		return nil, err
	}
	if err := c.must(ctx, op, "Path", s, authz.GrantManage, record.ScopeSet{{path}}); err != nil {
		return nil, err
	}
	row, err := p.row(ctx, op, s, id)
	if err != nil {
		return nil, err
	}
	held := row.Grants
	if !req.AsOf.IsZero() {
		if held, err = c.grantsAsOf(ctx, row, req.AsOf.UTC()); err != nil {
			return nil, fail(op, err)
		}
	}
	grants, err := authz.Parse(held)
	if err != nil {
		return nil, fail(op, err)
	}
	out := &EffectiveGrants{Path: path, Verbs: []Verb{}, AsOf: req.AsOf.UTC()}
	access := authz.Compile(grants)
	for _, v := range authz.Verbs() {
		if access.Region(v).Covers(path) {
			out.Verbs = append(out.Verbs, Verb(v))
		}
	}
	return out, nil
}

// grantsAsOf is what a principal was granted at a time.
func (c *Context) grantsAsOf(ctx context.Context, p record.Principal, at time.Time) (map[string][]string, error) {
	held, err := c.state.store.GrantsAsOf(ctx, p.ID, at)
	if built, ok := builtIn(p.ID); ok && err == nil && held == nil {
		return built.Grants, nil // before its first change
	}
	return held, err
}
