package spectron

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/tenancy"
)

// Context is a handle on one memory Context for one caller; it is not the standard library's context.Context. Contexts are
// isolated: each has its own database, and no data of one Context is visible in another. Manager.Context returns the operator's
// handle, which may do everything. Manager.Authenticate returns the handle of a key, which may do what the key allows at each
// call. OnBehalfOf returns a handle that acts for another principal.
type Context struct {
	state  *live.Context
	caller *gate.Caller
}

// ContextSpec describes a Context to create.
type ContextSpec struct {
	// Namespace and Database are SurrealDB's names for where the Context lives: 1 to 64 letters, digits, - and
	// _. Several Contexts may share a namespace, never a database. The namespace "spectron" is reserved.
	// Defaults: namespace "default", database the Context's id.
	Namespace string
	Database  string
	// Description is for people; at most 1,000 bytes.
	Description string
	// Config has the settings that differ from the defaults. PatchContext changes them later.
	Config Config
	// AdminExternalID is the id of the principal admin in another system. Access tokens for that id belong to admin. AdminName
	// is the name of the principal. Both may be empty.
	AdminExternalID string
	AdminName       string
}

// Format exists for the same reason as the Format method of Config.
func (s ContextSpec) Format(f fmt.State, verb rune) {
	type plain ContextSpec
	_, _ = fmt.Fprintf(f, fmt.FormatString(f, verb), plain(s))
}

// ContextInfo describes a Context. Its JSON form is the record of the management API.
type ContextInfo struct {
	ID          string `json:"id"`
	Namespace   string `json:"namespace"`
	Database    string `json:"database"`
	Description string `json:"description,omitempty"`
	// EnforcementBlocked reports whether Remember and RememberMany with InferFull and InferPreview, and later features in which
	// a model answers, are refused with ErrBlocked.
	EnforcementBlocked bool            `json:"enforcement_blocked,omitempty"`
	Config             EffectiveConfig `json:"config"`
	CreatedAt          time.Time       `json:"created_at"`
}

const (
	defaultNamespace = "default"
	maxDescription   = input.MaxDescription
)

var (
	idPattern   = regexp.MustCompile(`^[a-z0-9-]{1,63}$`)
	namePattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	// reservedIDs have another meaning in URLs.
	reservedIDs = []string{"contexts", "health", "verbs", "migrations"}
)

func checkID(op, id string) error {
	if !idPattern.MatchString(id) {
		return invalid(op, "ID", "an id has 1 to 63 lower-case letters, digits and hyphens")
	}
	if slices.Contains(reservedIDs, id) {
		return invalid(op, "ID", "%q is reserved", id)
	}
	return nil
}

func (s ContextSpec) complete(op, id string) (ContextSpec, error) {
	if s.Namespace == "" {
		s.Namespace = defaultNamespace
	}
	if s.Database == "" {
		s.Database = id
	}
	switch {
	case !namePattern.MatchString(s.Namespace):
		return s, invalid(op, "Namespace", "%q is not 1 to 64 letters, digits, - and _", s.Namespace)
	case s.Namespace == tenancy.ReservedNamespace:
		return s, invalid(op, "Namespace", "%q is reserved for the control plane", s.Namespace)
	case !namePattern.MatchString(s.Database):
		return s, invalid(op, "Database", "%q is not 1 to 64 letters, digits, - and _", s.Database)
	}
	if err := input.Text("Description", s.Description, maxDescription); err != nil {
		return s, fail(op, err)
	}
	if err := input.ExternalID("AdminExternalID", s.AdminExternalID); err != nil {
		return s, fail(op, err)
	}
	if s.AdminName != "" {
		if err := input.Name("AdminName", s.AdminName); err != nil {
			return s, fail(op, err)
		}
		if access.PrincipalID(s.AdminName) == live.SystemID {
			return s, invalid(op, "AdminName", "the name belongs to another principal")
		}
	}
	return s, s.Config.check(op, "Config")
}

// CreateContext registers a Context, creates its database and migrates it to the current schema. An id has 1 to 63 lower-case
// letters, digits and hyphens. A failure leaves nothing behind, and never removes a database that existed before. Once begun,
// the creation runs to its end even if ctx ends. Codes: CodeInvalid and CodeTooLarge for the id or another Field;
// CodeAlreadyExists if the id is taken (Field "ID"), or the database belongs to another Context (Field "Database");
// CodeUnsupported if Config has API keys of providers and Options.MasterKey is not set.
func (m *Manager) CreateContext(ctx context.Context, id string, spec ContextSpec) (*Context, error) {
	return m.create(ctx, "create context", id, spec, nil)
}

// create creates a Context and fills it with rows; fill may be nil.
func (m *Manager) create(ctx context.Context, op, id string, spec ContextSpec, fill tenancy.Filling) (*Context, error) {
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	spec, err := spec.complete(op, id)
	if err != nil {
		return nil, err
	}
	entry := tenancy.Entry{ID: id, Namespace: spec.Namespace, Database: spec.Database, Description: spec.Description}
	if err = m.core.Configuration().Put(&entry, settings.Flatten(spec.Config)); err != nil {
		return nil, fail(op, err)
	}
	state, err := m.tenants().Create(ctx, op, entry, tenancy.Administrator{ExternalID: spec.AdminExternalID, Name: spec.AdminName}, fill)
	if err != nil {
		return nil, fail(op, err)
	}
	return &Context{state, m.caller}, nil
}

func (m *Manager) tenants() tenancy.Tenants { return tenancy.Tenants{Store: m.core, Key: m.caller.Key} }

// handleFor returns the Manager's handle on a Context.
func (m *Manager) handleFor(ctx context.Context, op, id string) (*Context, error) {
	state, err := m.core.Handle(ctx, id)
	if err != nil {
		return nil, fail(op, err)
	}
	return &Context{state, m.caller}, nil
}

// Context returns a handle on a Context with the Manager's permissions: those of the operator, who may do everything, or those
// of a management key. ErrNotFound: no Context has that id.
func (m *Manager) Context(ctx context.Context, id string) (*Context, error) {
	const op = "context"
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	return m.handleFor(ctx, op, id)
}

// ContextInfo describes a Context as it is stored now. It does not load the Context into memory. ErrNotFound: no Context has
// that id.
func (m *Manager) ContextInfo(ctx context.Context, id string) (ContextInfo, error) {
	const op = "context info"
	if err := m.admit(ctx, op); err != nil {
		return ContextInfo{}, err
	}
	defer m.core.Done()
	if err := checkID(op, id); err != nil {
		return ContextInfo{}, err
	}
	entry, err := m.tenants().Find(ctx, id)
	if err != nil {
		return ContextInfo{}, fail(op, err)
	}
	info, err := infoOfEntry(entry)
	return info, fail(op, err)
}

// EnsureContext returns the Context with that id, and creates it from spec if it does not exist. An existing Context is not
// changed. If spec names a namespace or a database, the existing Context must have the same: otherwise the error is
// ErrAlreadyExists with the Field that differs.
func (m *Manager) EnsureContext(ctx context.Context, id string, spec ContextSpec) (*Context, error) {
	const op = "ensure context"
	// Another caller may be creating or deleting it at this moment.
	busy := func(err error) bool { return errors.Is(err, &Error{Code: CodeAlreadyExists, Field: "ID"}) }
	var c *Context
	err := m.tenants().Ensure(ctx, busy, func() (err error) {
		c, err = m.Context(ctx, id)
		if errors.Is(err, ErrNotFound) {
			c, err = m.CreateContext(ctx, id, spec)
		}
		return err
	})
	if err != nil {
		return nil, fail(op, err)
	}
	have := c.Info()
	for _, f := range []struct{ field, want, have string }{
		{"Namespace", spec.Namespace, have.Namespace}, {"Database", spec.Database, have.Database},
	} {
		if f.want != "" && f.want != f.have {
			return nil, &Error{Op: op, Code: CodeAlreadyExists, Field: f.field,
				Detail: fmt.Sprintf("the Context %q lives in %q, not %q", id, f.have, f.want)}
		}
	}
	return c, nil
}

// ListContexts returns one page of the Contexts, ordered by id.
func (m *Manager) ListContexts(ctx context.Context, req PageRequest) (Page[ContextInfo], error) {
	return manage(ctx, m, "list contexts", func(gate.ControlCall) (page Page[ContextInfo], err error) {
		limit, err := input.Page(req.Cursor, req.Limit)
		if err != nil {
			return page, err
		}
		rows, err := m.core.Registry.List(ctx, req.Cursor, limit+1)
		if err != nil {
			return page, err
		}
		page.Items, page.HasMore = make([]ContextInfo, 0, limit), len(rows) > limit
		for _, r := range rows[:min(len(rows), limit)] {
			info, err := infoOfEntry(r)
			if err != nil {
				return page, err
			}
			page.Items = append(page.Items, info)
		}
		if page.HasMore {
			page.NextCursor = page.Items[limit-1].ID
		}
		return page, nil
	})
}

// AllContexts iterates over the Contexts, starting with the page that req asks for.
func (m *Manager) AllContexts(ctx context.Context, req PageRequest) iter.Seq2[ContextInfo, error] {
	return all(ctx, req, m.ListContexts)
}

// DeleteContext deletes a Context with its database and its entry in the registry. The namespace stays. This cannot be undone.
// The Context is gone at once: it is no longer listed, and handles on it return ErrNotFound. Its rows are removed in many small
// steps. If a crash or an error interrupts them, the rest is removed when a file store is opened again, or when DeleteContext
// or CreateContext is called with the same id. Once DeleteContext has returned, no byte of the store's file holds the deleted
// data: see ScopeTree.Forget. Codes: CodeNotFound if no Context has that id; CodeConflict if it is being created or deleted at
// this moment.
func (m *Manager) DeleteContext(ctx context.Context, id string) error {
	const op = "delete context"
	if err := m.admit(ctx, op); err != nil {
		return err
	}
	defer m.core.Done()
	if err := checkID(op, id); err != nil {
		return err
	}
	return fail(op, m.tenants().Delete(ctx, op, id))
}

// ID returns the Context's id.
func (c *Context) ID() string { return c.state.ID }

// Info describes the Context as this process knows it. Only the handle of the program that opened the store gets all fields;
// every other handle gets only the id. Manager.ContextInfo also works for management keys.
func (c *Context) Info() ContextInfo {
	if c.caller.Kind != gate.Operator || c.caller.Behalf != "" {
		return ContextInfo{ID: c.state.ID}
	}
	return infoOf(c.state.Settings.Load())
}

// Memory returns the memory of the Context, which remembers and recalls.
func (c *Context) Memory() *Memory { return &Memory{c} }

// Sessions returns the Context's sessions.
func (c *Context) Sessions() *Sessions { return &Sessions{c} }
