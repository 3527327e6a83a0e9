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
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/tenancy"
)

// Context is a handle of one caller on a memory Context. It is not the standard library's context.Context. Contexts are isolated:
// each has its own database, and no data of one Context is visible in another. Manager.Context returns the operator's handle, which
// may do everything. Manager.Authenticate returns the handle of a key, with the rights that the key has at the time of each call.
// OnBehalfOf returns a handle that acts for another principal. A management key has a ContextAdmin instead.
type Context struct {
	contextHandle
}

// contextHandle has the state and the methods that Context and ContextAdmin share.
type contextHandle struct {
	state  *live.Context
	caller *gate.Caller
}

// ContextSpec describes a Context to create.
type ContextSpec struct {
	// Namespace and Database are SurrealDB's names for where the Context lives: 1 to 64 letters, digits, - and _. Several Contexts may
	// share a namespace, but never a database. The namespace "spectron" is reserved. Defaults: namespace "default"; the id of the Context
	// as database.
	Namespace string
	Database  string
	// Description is for people; at most 1,000 bytes.
	Description string
	// Config has the settings that differ from the defaults. PatchContext changes them later.
	Config Config
	// AdminExternalID is the id of the principal admin in another system; at most 512 bytes. Access tokens for that id belong to admin.
	// AdminName is the name of the principal; at most 128 bytes. Both may be empty.
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
	// EnforcementBlocked reports whether work for models is refused: see ContextPatch.
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
	return newContext(m.createContext(ctx, id, spec))
}

func newContext(h contextHandle, err error) (*Context, error) {
	if err != nil {
		return nil, err
	}
	return &Context{h}, nil
}

func (m *controlPlane) createContext(ctx context.Context, id string, spec ContextSpec) (contextHandle, error) {
	const op = "create context"
	return observed(ctx, m, op, id, func(ctx context.Context) (contextHandle, error) { return m.build(ctx, op, id, spec) })
}

// build creates an empty Context, once the gate admits it.
func (m *controlPlane) build(ctx context.Context, op, id string, spec ContextSpec) (contextHandle, error) {
	return admitted(ctx, m, op, func(ctx context.Context, _ gate.ControlCall) (contextHandle, error) {
		return m.create(ctx, op, id, spec, nil)
	})
}

// create creates and fills a Context for an admitted operation; fill may be nil.
func (m *controlPlane) create(ctx context.Context, op, id string, spec ContextSpec, fill tenancy.Filling) (none contextHandle, err error) {
	if err := checkID(op, id); err != nil {
		return none, err
	}
	spec, err = spec.complete(op, id)
	if err != nil {
		return none, err
	}
	entry := tenancy.Entry{ID: id, Namespace: spec.Namespace, Database: spec.Database, Description: spec.Description}
	if err = m.core.Configuration().Put(&entry, settings.Flatten(spec.Config)); err != nil {
		return none, err
	}
	if err = m.core.CheckModels(ctx, entry); err != nil {
		return none, err
	}
	state, err := m.tenants().Create(ctx, op, entry, tenancy.Administrator{ExternalID: spec.AdminExternalID, Name: spec.AdminName}, fill)
	return contextHandle{state, m.caller}, err
}

func (m *controlPlane) tenants() tenancy.Tenants {
	return tenancy.Tenants{Store: m.core, Key: m.caller.Key}
}

// Context returns the operator's handle on a Context, which may do everything. ErrNotFound: no Context has that id.
func (m *Manager) Context(ctx context.Context, id string) (*Context, error) {
	return newContext(m.context(ctx, id))
}

func (m *controlPlane) context(ctx context.Context, id string) (contextHandle, error) {
	const op = "context"
	return observed(ctx, m, op, id, func(ctx context.Context) (contextHandle, error) { return m.find(ctx, op, id) })
}

// find finds a Context, once the gate admits it.
func (m *controlPlane) find(ctx context.Context, op, id string) (contextHandle, error) {
	return admitted(ctx, m, op, func(ctx context.Context, c gate.ControlCall) (none contextHandle, err error) {
		if err := checkID(op, id); err != nil {
			return none, err
		}
		state, err := c.Store.Handle(ctx, id)
		return contextHandle{state, m.caller}, err
	})
}

// ContextInfo describes a Context as it is stored now. It does not load the Context into memory. ErrNotFound: no Context has
// that id.
func (m *controlPlane) ContextInfo(ctx context.Context, id string) (ContextInfo, error) {
	const op = "context info"
	return manageContext(ctx, m, op, id, func(ctx context.Context, _ gate.ControlCall) (none ContextInfo, err error) {
		if err := checkID(op, id); err != nil {
			return none, err
		}
		found, err := m.tenants().Settings(ctx, id)
		if err != nil {
			return none, err
		}
		return infoOf(found), nil
	})
}

// EnsureContext returns the Context with that id, and creates it from spec if it does not exist. An existing Context is not changed. If
// spec names a namespace or a database, an existing Context must have the same. Codes: those of CreateContext; CodeAlreadyExists with the
// Field "Namespace" or "Database" if the existing Context has another.
func (m *Manager) EnsureContext(ctx context.Context, id string, spec ContextSpec) (*Context, error) {
	return newContext(m.ensureContext(ctx, id, spec))
}

func (m *controlPlane) ensureContext(ctx context.Context, id string, spec ContextSpec) (contextHandle, error) {
	const op = "ensure context"
	return observed(ctx, m, op, id, func(ctx context.Context) (contextHandle, error) { return m.ensure(ctx, op, id, spec) })
}

// ensure finds or creates a Context.
func (m *controlPlane) ensure(ctx context.Context, op, id string, spec ContextSpec) (h contextHandle, err error) {
	// Another call may be creating or deleting the Context at this moment.
	busy := func(err error) bool { return errors.Is(err, &Error{Code: CodeAlreadyExists, Field: "ID"}) }
	err = m.tenants().Ensure(ctx, busy, func() (err error) {
		h, err = m.find(ctx, "context", id)
		if errors.Is(err, ErrNotFound) {
			h, err = m.build(ctx, "create context", id, spec)
		}
		return err
	})
	if err != nil {
		return h, fail(op, err)
	}
	have := h.state.Settings.Load().Entry
	for _, f := range []struct{ field, want, have string }{
		{"Namespace", spec.Namespace, have.Namespace}, {"Database", spec.Database, have.Database},
	} {
		if f.want != "" && f.want != f.have {
			return h, &Error{Op: op, Code: CodeAlreadyExists, Field: f.field,
				Detail: fmt.Sprintf("the Context %q lives in %q, not %q", id, f.have, f.want)}
		}
	}
	return h, nil
}

// ListContexts lists the Contexts in the order of their ids. ErrInvalid and ErrTooLarge with the Field.
func (m *controlPlane) ListContexts(ctx context.Context, req PageRequest) (Page[ContextInfo], error) {
	return manage(ctx, m, "list contexts", func(ctx context.Context, _ gate.ControlCall) (Page[ContextInfo], error) {
		return page(infoOf)(m.tenants().List(ctx, paging.Request(req)))
	})
}

// AllContexts iterates over the Contexts, starting at the requested page. It stops after the first error: see PageRequest.
func (m *controlPlane) AllContexts(ctx context.Context, req PageRequest) iter.Seq2[ContextInfo, error] {
	return all(ctx, req, m.ListContexts)
}

// DeleteContext deletes a Context: its database with everything in it, and its entry in the registry. The namespace stays. It
// cannot be undone. The Context is gone at once: it is not listed, and its handles return ErrNotFound. Its rows are removed in many
// small steps. After a crash or an error the rest is removed when a file store is opened again, or when DeleteContext or
// CreateContext is called with the same id. Once DeleteContext has returned, no byte of the store's file holds the data: see
// ScopeTree.Forget. ErrNotFound: no Context has that id; ErrConflict: another call is creating or deleting it.
func (m *controlPlane) DeleteContext(ctx context.Context, id string) error {
	const op = "delete context"
	_, err := manageContext(ctx, m, op, id, func(ctx context.Context, _ gate.ControlCall) (none struct{}, err error) {
		if err := checkID(op, id); err != nil {
			return none, err
		}
		return none, m.tenants().Delete(ctx, op, id)
	})
	return err
}

// ID returns the Context's id.
func (c *contextHandle) ID() string { return c.state.ID }

// Info describes the Context, as this process knows it, to the program that opened the store. Every other handle gets only the id.
func (c *Context) Info() ContextInfo {
	if c.caller.Kind != gate.Operator || c.caller.Behalf != "" {
		return ContextInfo{ID: c.state.ID}
	}
	return infoOf(c.state.Settings.Load())
}

// Memory returns the memory of the Context.
func (c *Context) Memory() *Memory { return &Memory{&c.contextHandle} }

// Sessions returns the sessions of the Context.
func (c *Context) Sessions() *Sessions { return &Sessions{&c.contextHandle} }
