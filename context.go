package spectron

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/settings"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Context is a handle on one memory Context, as one caller sees it; it is not the standard library's
// context.Context. A Context is the hard wall between memories: it has a database of its own, and nothing in
// one is ever seen in another. Manager.Context gives the operator's handle, which may do everything; Manager.Authenticate
// that of a key, which may do what the key may at the moment of each call; OnBehalfOf that of somebody who acts for
// another.
type Context struct {
	mgr    *Manager
	state  *contextStore
	caller *caller
}

// ContextSpec is what a Context is made from.
type ContextSpec struct {
	// Namespace and Database are SurrealDB's names for where the Context lives: 1 to 64 letters, digits, - and
	// _. Several Contexts may share a namespace, never a database. The namespace "spectron" is reserved.
	// Defaults: namespace "default", database the Context's id.
	Namespace string
	Database  string
	// Description is for people; at most 1,000 bytes.
	Description string
	// Config is what differs from the defaults; PatchContext changes it later.
	Config Config
	// AdminExternalID says who the principal admin is in another system, so that access tokens for that id are admin's;
	// AdminName is what it is called. Both may be empty.
	AdminExternalID string
	AdminName       string
}

// Format is there for the same reason as that of Config.
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
	// EnforcementBlocked: Remember and RememberMany with InferFull and InferPreview are refused with ErrBlocked, and so is
	// what comes to be answered by a model.
	EnforcementBlocked bool            `json:"enforcement_blocked,omitempty"`
	Config             EffectiveConfig `json:"config"`
	CreatedAt          time.Time       `json:"created_at"`
}

// ContextPage is one page of a listing, in the order of the ids.
type ContextPage struct {
	Contexts   []ContextInfo
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

const (
	defaultNamespace = "default"
	maxDescription   = 1000
	defaultPage      = 100
	maxPage          = 1000
)

var (
	idPattern   = regexp.MustCompile(`^[a-z0-9-]{1,63}$`)
	namePattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	// reservedIDs would be taken for something else in a URL.
	reservedIDs = []string{"contexts", "health", "verbs", "migrations"}
)

func checkID(op, id string) error {
	if !idPattern.MatchString(id) {
		return invalid(op, "ID", "not 1 to 63 lower-case letters, digits and hyphens")
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
	case s.Namespace == store.ControlNamespace:
		return s, invalid(op, "Namespace", "%q is reserved for the control plane", s.Namespace)
	case !namePattern.MatchString(s.Database):
		return s, invalid(op, "Database", "%q is not 1 to 64 letters, digits, - and _", s.Database)
	}
	if err := checkText(op, "Description", s.Description, maxDescription); err != nil {
		return s, err
	}
	if err := checkExternalID(op, "AdminExternalID", s.AdminExternalID); err != nil {
		return s, err
	}
	if s.AdminName != "" {
		if err := checkName(op, "AdminName", s.AdminName); err != nil {
			return s, err
		}
		if principalID(s.AdminName) == systemID {
			return s, invalid(op, "AdminName", "it is the name of another principal")
		}
	}
	return s, s.Config.check(op, "Config")
}

// CreateContext registers a Context, makes its database and brings that to the current schema. Its id has 1 to 63 lower-case
// letters, digits and hyphens. A failure on the way leaves nothing behind, and never removes a database that was there
// before; once begun, it runs to its end although ctx ends. ErrInvalid and ErrTooLarge: the id, or what the Field names;
// ErrAlreadyExists: the id is taken (Field "ID"), or the database belongs to another Context (Field "Database");
// ErrUnsupported: it is to keep keys of providers, and there is no Options.MasterKey.
func (m *Manager) CreateContext(ctx context.Context, id string, spec ContextSpec) (*Context, error) {
	return m.create(ctx, "create context", id, spec, nil)
}

// create makes a Context and fills it; fill may be nil.
func (m *Manager) create(ctx context.Context, op, id string, spec ContextSpec, fill func(surreal.Conn, lease) error) (*Context, error) {
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	spec, err := spec.complete(op, id)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fail(op, err)
	}
	if !m.enter(id) {
		return nil, busyContext(op, id)
	}
	defer m.leave(id)
	// From here on it runs to its end: what is half made would be in the way.
	ctx = context.WithoutCancel(ctx)
	entry := store.Registered{
		ID: id, Namespace: spec.Namespace, Database: spec.Database, Description: spec.Description, CreatedAt: m.now(),
	}
	if err = m.settings().Put(&entry, settings.Flatten(spec.Config)); err != nil {
		return nil, fail(op, err)
	}
	if err := m.claim(ctx, op, &entry); err != nil {
		return nil, err
	}
	state, err := m.fill(ctx, op, entry, spec, fill)
	if err != nil {
		return nil, fail(op, err)
	}
	if state != nil {
		return &Context{m, m.adopt(ctx, state), m.caller}, nil
	}
	return m.handle(ctx, op, id)
}

// fill builds a Context. What an import wrote before it failed is erased.
func (m *Manager) fill(ctx context.Context, op string, entry store.Registered, spec ContextSpec, fill func(surreal.Conn, lease) error) (_ *contextStore, err error) {
	if fill != nil {
		defer m.erasing(ctx, op, entry.ID, &err)()
	}
	return m.build(ctx, op, entry, spec, fill)
}

// claimTime is how long a process may take to create or delete a Context. After it another one takes over what was
// left behind; in a store of our own that is at once.
const claimTime = 2 * time.Minute

// ensuring is how long to wait for another process to finish with a Context: about as long as it may take.
var ensuring = surreal.Backoff{Attempts: 1000, First: 5 * time.Millisecond, Longest: 2 * claimTime / 1000}

// claim takes the id and the database in the registry.
func (m *Manager) claim(ctx context.Context, op string, entry *store.Registered) error {
	for {
		entry.Claim = uuid.NewString()
		err := m.registry.Claim(ctx, *entry)
		if !errors.Is(err, surreal.ErrAlreadyExists) {
			return fail(op, err)
		}
		old, err := m.registry.Get(ctx, entry.ID)
		if errors.Is(err, surreal.ErrNotFound) {
			old, err = m.registry.Owner(ctx, entry.Namespace, entry.Database)
		}
		switch {
		case errors.Is(err, surreal.ErrNotFound):
			continue // it has gone meanwhile
		case err != nil:
			return fail(op, err)
		case old.ID != entry.ID && (old.State == store.StateReady || m.busy(old) || m.changes(old.ID)):
			return &Error{
				Op: op, Code: CodeAlreadyExists, Field: "Database",
				Detail: fmt.Sprintf("%s/%s belongs to another Context", entry.Namespace, entry.Database),
			}
		case old.State == store.StateReady:
			return &Error{Op: op, Code: CodeAlreadyExists, Field: "ID", Detail: fmt.Sprintf("a Context %q exists", entry.ID)}
		case m.busy(old):
			return busyContext(op, entry.ID)
		}
		if err := m.sweep(ctx, old); err != nil {
			return fail(op, err)
		}
	}
}

// busy reports whether another process may be at work on a Context that is not ready.
func (m *Manager) busy(c store.Registered) bool {
	return m.shared && c.Held < claimTime
}

// sweep removes a Context that a process left behind while it created or deleted it. What was to be deleted is, and
// what was made; a database that was there before is left.
func (m *Manager) sweep(ctx context.Context, old store.Registered) (err error) {
	defer m.erasing(ctx, "finish deleting", old.ID, &err)()
	claim := uuid.NewString()
	err = m.registry.Take(ctx, old, store.StateDeleting, claim)
	if errors.Is(err, surreal.ErrNotFound) {
		return nil // another process was faster
	}
	if err != nil {
		return err
	}
	return m.clear(ctx, old, claim, old.State == store.StateDeleting || old.Made)
}

// clear removes a Context that is claimed for deletion: the database, if it is to go, then the entry, so that it can be
// tried again.
func (m *Manager) clear(ctx context.Context, c store.Registered, claim string, database bool) error {
	c.Claim = claim
	if database {
		err := m.dropDatabase(ctx, c)
		if errors.Is(err, errTakenOver) {
			return nil
		}
		if err != nil {
			return errors.Join(err, m.registry.GiveUp(ctx, c.ID, claim))
		}
	}
	return m.registry.Forget(ctx, c.ID, claim)
}

// build makes the database of a claimed Context, fills it and declares it ready, or takes everything back. fill may
// be nil; with it, the database must be empty. A database that is new and was not filled is returned as it is in memory:
// nothing is in it.
func (m *Manager) build(ctx context.Context, op string, entry store.Registered, spec ContextSpec, fill func(surreal.Conn, lease) error) (_ *contextStore, err error) {
	made, empty := false, false
	var conn surreal.Conn
	kept := false
	defer func() {
		if conn != nil && !kept {
			err = errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
		}
	}()
	defer func() {
		if err != nil {
			err = m.unbuild(context.WithoutCancel(ctx), entry, conn, made, empty, err)
		}
	}()
	if conn, err = m.db.Connect(ctx, entry.Namespace, entry.Database); err != nil {
		return nil, err
	}
	used, err := store.DefineDatabase(ctx, conn, entry.Database)
	if err != nil {
		return nil, err
	}
	if !used {
		if err := m.registry.SetMade(ctx, entry.ID, entry.Claim); err != nil {
			return nil, err
		}
		made = true
	}
	if fill != nil {
		held, err := store.Holds(ctx, conn)
		if err != nil {
			return nil, err
		}
		if held {
			return nil, &Error{Op: op, Code: CodeAlreadyExists, Field: "Database", Detail: "the database has rows in it"}
		}
		empty = true
		if err := fill(conn, lease{m, entry, new(time.Time)}); err != nil {
			return nil, err
		}
	}
	fresh := made && fill == nil
	if fresh {
		err = schema.Context().Create(ctx, conn, m.now())
	} else {
		err = store.Upgrade(ctx, conn, m.now())
	}
	if err != nil {
		return nil, err
	}
	if err := m.nameAdmin(ctx, op, conn, entry.ID, spec); err != nil {
		return nil, err
	}
	var state *contextStore
	if fresh {
		// Before it is ready, when nobody else can have written to it.
		if state, err = m.blank(ctx, entry, conn); err != nil {
			return nil, err
		}
	}
	event := m.event(op, EventContextCreated)
	event.Context, event.Target = entry.ID, entry.ID
	if err := m.registry.Ready(ctx, entry.ID, entry.Claim, schema.Context().Version(), event); err != nil {
		return nil, err
	}
	kept = fresh
	return state, nil
}

// nameAdmin stores who the principal admin is, where the spec says so.
func (m *Manager) nameAdmin(ctx context.Context, op string, conn surreal.Conn, id string, spec ContextSpec) error {
	if spec.AdminExternalID == "" && spec.AdminName == "" {
		return nil
	}
	rows := store.New(conn, m.writers())
	at, err := rows.Position(ctx)
	if err != nil {
		return err
	}
	if spec.AdminExternalID != "" {
		if other, err := rows.PrincipalExternal(ctx, spec.AdminExternalID); err == nil && other.ID != adminID {
			return &Error{Op: op, Code: CodeAlreadyExists, Field: "AdminExternalID", Detail: "another principal has it"}
		} else if err != nil && !errors.Is(err, surreal.ErrNotFound) {
			return err
		}
	}
	if spec.AdminName != "" {
		if other, err := rows.PrincipalNamed(ctx, spec.AdminName); err == nil && other.ID != adminID {
			return &Error{Op: op, Code: CodeAlreadyExists, Field: "AdminName", Detail: "another principal has it"}
		} else if err != nil && !errors.Is(err, surreal.ErrNotFound) {
			return err
		}
	}
	admin, _ := builtIn(adminID)
	if had, err := rows.Principal(ctx, adminID); err == nil {
		admin = had // it was imported
	} else if !errors.Is(err, surreal.ErrNotFound) {
		return err
	}
	admin.Name, admin.ExternalID = orDefault(spec.AdminName, admin.Name), orDefault(spec.AdminExternalID, admin.ExternalID)
	event := m.event(op, EventPrincipalRenamed)
	event.Context, event.Target, event.Detail = id, adminID, admin.Name
	_, err = rows.Change(ctx, store.AccessChange{Principals: []record.Principal{admin}, Events: []record.Event{event}}, at)
	return err
}

// writers says who may write to a Context's database.
func (m *Manager) writers() store.Writers {
	if m.shared {
		return store.Among
	}
	return store.Alone
}

// unbuild takes back what build did before it failed, if the Context is still this process's to make.
func (m *Manager) unbuild(ctx context.Context, entry store.Registered, conn surreal.Conn, made, empty bool, failed error) error {
	entry.State = store.StateCreating
	claim := uuid.NewString()
	err := m.registry.Take(ctx, entry, store.StateDeleting, claim)
	if errors.Is(err, surreal.ErrNotFound) {
		now, err := m.registry.Get(ctx, entry.ID)
		if err == nil && now.State == store.StateReady && now.Claim == entry.Claim {
			return nil // it was made; only the answer was lost
		}
		return failed // another process has taken it over
	}
	if err != nil {
		return errors.Join(failed, err)
	}
	if !made && empty {
		// The database was there before, without rows.
		failed = errors.Join(failed, store.Clear(ctx, conn))
	}
	return errors.Join(failed, m.clear(ctx, entry, claim, made))
}

// Context returns the Manager's handle on a Context: the operator's, which may do everything, or what a management key may.
// ErrNotFound: there is none of that id.
func (m *Manager) Context(ctx context.Context, id string) (*Context, error) {
	const op = "context"
	if err := m.admit(ctx, op); err != nil {
		return nil, err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	return m.handle(ctx, op, id)
}

// ContextInfo describes a Context, as it is stored now; the Context is not read into memory. ErrNotFound: there is none of
// that id.
func (m *Manager) ContextInfo(ctx context.Context, id string) (ContextInfo, error) {
	const op = "context info"
	if err := m.admit(ctx, op); err != nil {
		return ContextInfo{}, err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return ContextInfo{}, err
	}
	entry, err := m.registry.Get(ctx, id)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && entry.State != store.StateReady {
		return ContextInfo{}, noContext(op, id)
	}
	if err != nil {
		return ContextInfo{}, fail(op, err)
	}
	info, err := infoOfEntry(entry)
	return info, fail(op, err)
}

// EnsureContext returns the Context of that id, and creates it first when there is none. What else spec has is for making it:
// an existing one stays as it is. A namespace or database in spec must be the existing one's: ErrAlreadyExists otherwise,
// with the Field that differs.
func (m *Manager) EnsureContext(ctx context.Context, id string, spec ContextSpec) (*Context, error) {
	const op = "ensure context"
	// Somebody else may be creating or deleting it at this moment.
	busy := func(err error) bool { return errors.Is(err, &Error{Code: CodeAlreadyExists, Field: "ID"}) }
	var c *Context
	err := surreal.RetryIf(ctx, ensuring, busy, func() (err error) {
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

// ListContexts lists the Contexts after the cursor of an earlier page ("" from the start), up to limit (0:
// 100, at most 1,000).
func (m *Manager) ListContexts(ctx context.Context, cursor string, limit int) (ContextPage, error) {
	const op = "list contexts"
	if err := m.admit(ctx, op); err != nil {
		return ContextPage{}, err
	}
	defer m.done()
	limit, err := checkPage(op, cursor, limit)
	if err != nil {
		return ContextPage{}, err
	}
	rows, err := m.registry.List(ctx, cursor, limit+1)
	if err != nil {
		return ContextPage{}, fail(op, err)
	}
	page := ContextPage{HasMore: len(rows) > limit}
	for _, r := range rows[:min(len(rows), limit)] {
		info, err := infoOfEntry(r)
		if err != nil {
			return ContextPage{}, fail(op, err)
		}
		page.Contexts = append(page.Contexts, info)
	}
	if page.HasMore {
		page.NextCursor = page.Contexts[limit-1].ID
	}
	return page, nil
}

// DeleteContext drops a Context's database with everything in it, and its entry in the registry. The
// namespace stays. It cannot be undone. The Context is gone at once: it is not listed, and handles on it return ErrNotFound. Its
// rows are removed in many small steps, which a crash or an error interrupts: the rest is removed when a file store is opened
// again, or when DeleteContext or CreateContext is called with the same id. ErrNotFound: there is none of that id; ErrConflict:
// it is being created or deleted at this moment. Once it has returned, what it held is in no byte of the store's file: see
// ScopeTree.Forget.
func (m *Manager) DeleteContext(ctx context.Context, id string) (err error) {
	const op = "delete context"
	if err := m.admit(ctx, op); err != nil {
		return err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return err
	}
	if !m.enter(id) {
		return conflictContext(op, id)
	}
	defer m.leave(id)
	entry, err := m.registry.Get(ctx, id)
	switch {
	case errors.Is(err, surreal.ErrNotFound):
		return noContext(op, id)
	case err != nil:
		return fail(op, err)
	case entry.State != store.StateReady && m.busy(entry):
		return conflictContext(op, id)
	}
	ctx = context.WithoutCancel(ctx)
	if entry.State != store.StateReady {
		return fail(op, m.sweep(ctx, entry))
	}
	defer m.erasing(ctx, op, id, &err)()
	// The state changes before the open handles are looked for: whoever reads the Context meanwhile finds out.
	claim := uuid.NewString()
	err = m.registry.Take(ctx, entry, store.StateDeleting, claim)
	if errors.Is(err, surreal.ErrNotFound) {
		return noContext(op, id) // another process was faster
	}
	if err != nil {
		return fail(op, err)
	}
	state := m.drop(id, nil)
	if state != nil {
		c := &Context{m, state, m.caller}
		c.hold()
		defer c.done()
		// A write that has begun ends before its database goes.
		if err := state.writer.lock(ctx); err != nil {
			return fail(op, err)
		}
		defer state.writer.unlock()
	}
	event := m.event(op, EventContextDeleted)
	event.Context, event.Target = id, id
	err = errors.Join(m.registry.Record(ctx, event), m.clear(ctx, entry, claim, true))
	if state != nil && state.conn != nil {
		// Also for those who are still reading: another Context may come to be where it was.
		err = errors.Join(err, state.conn.Close(ctx))
	}
	return fail(op, err)
}

// errTakenOver: another process goes on with the deletion of a Context.
var errTakenOver = errors.New("another process has taken over")

// dropDatabase removes the database of a Context that is claimed for deletion, as long as the claim holds.
func (m *Manager) dropDatabase(ctx context.Context, entry store.Registered) error {
	if err := m.forgetIndex(entry.ID); err != nil {
		return err
	}
	conn, err := m.db.Connect(ctx, entry.Namespace, entry.Database)
	if err != nil {
		return err
	}
	held := lease{m, entry, new(time.Time)}
	err = store.DropDatabase(ctx, conn, entry.Database, func(ctx context.Context) error {
		err := held.renew(ctx)
		if errors.Is(err, surreal.ErrNotFound) {
			return errTakenOver
		}
		return err
	})
	return errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
}

// finishDeleting deletes the Contexts whose deletion was begun and not ended, because the process crashed or the database did
// not answer. It is for a store that no other process has open.
func (m *Manager) finishDeleting(ctx context.Context) error {
	left, err := m.registry.Deleting(ctx)
	if err != nil {
		return err
	}
	for _, c := range left {
		if err := m.sweep(ctx, c); err != nil {
			return fmt.Errorf("the Context %q, whose deletion had begun: %w", c.ID, err)
		}
	}
	return nil
}

// enter marks a Context as one that this process creates or deletes, unless it does already.
func (m *Manager) enter(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changing[id] {
		return false
	}
	m.changing[id] = true
	return true
}

// changes reports whether this process is creating or deleting a Context.
func (m *Manager) changes(id string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.changing[id]
}

func (m *Manager) leave(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.changing, id)
}

func conflictContext(op, id string) error {
	return &Error{Op: op, Code: CodeConflict, Field: "ID", Detail: fmt.Sprintf("the Context %q is just being created or deleted; try again", id)}
}

func busyContext(op, id string) error {
	return &Error{Op: op, Code: CodeAlreadyExists, Field: "ID", Detail: fmt.Sprintf("the Context %q is just being created or deleted", id)}
}

func noContext(op, id string) error {
	return &Error{Op: op, Code: CodeNotFound, Field: "ID", Detail: fmt.Sprintf("no Context %q", id)}
}

// ID returns the Context's id.
func (c *Context) ID() string { return c.state.id }

// Info describes the Context, as this process knows it, to the program that opened the store. Every other handle gets no
// more than the id; Manager.ContextInfo is for who has a management key.
func (c *Context) Info() ContextInfo {
	if c.caller.kind != byOperator || c.caller.behalf != "" {
		return ContextInfo{ID: c.state.id}
	}
	return infoOf(c.state.settings.Load())
}

// Memory returns what remembers and recalls in the Context.
func (c *Context) Memory() *Memory { return &Memory{c} }

// Sessions returns the Context's sessions.
func (c *Context) Sessions() *Sessions { return &Sessions{c} }
