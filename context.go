package spectron

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Context is a handle on one memory Context, as one caller sees it; it is not the standard library's
// context.Context. A Context is the hard wall between memories: it has a database of its own, and nothing in
// one is ever seen in another. Handles from a Manager are the operator's: they see all of their Context.
type Context struct {
	mgr   *Manager
	state *contextStore
}

// contextStore is what all handles of one Context share.
type contextStore struct {
	info  ContextInfo
	conn  surreal.Conn
	store *store.Store
	view  atomic.Pointer[recall.View]
	// writer is held from planning a write to taking it into the view: a plan builds on what is there.
	writer  lock
	deleted atomic.Bool
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
}

// ContextInfo describes a Context.
type ContextInfo struct {
	ID          string
	Namespace   string
	Database    string
	Description string
	CreatedAt   time.Time
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
		return invalid(op, "ID", "%q is not 1 to 63 lower-case letters, digits and hyphens", id)
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
	return s, checkText(op, "Description", s.Description, maxDescription)
}

// CreateContext registers a Context, makes its database and brings that to the current schema. A failure on
// the way leaves nothing behind, and never removes a database that was there before; once begun, it runs to its
// end although ctx ends. ErrInvalid: the id or a name; ErrAlreadyExists: the id is taken (Field "ID"), or the database belongs to another Context (Field
// "Database").
func (m *Manager) CreateContext(ctx context.Context, id string, spec ContextSpec) (*Context, error) {
	const op = "create context"
	if err := m.begin(op); err != nil {
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
	if err := m.changes.lock(ctx); err != nil {
		return nil, fail(op, err)
	}
	defer m.changes.unlock()
	// From here on it runs to its end: what is half made would be in the way.
	ctx = context.WithoutCancel(ctx)
	entry := store.Registered{
		ID: id, Namespace: spec.Namespace, Database: spec.Database, Description: spec.Description, CreatedAt: m.now(),
	}
	if err := m.claim(ctx, op, entry); err != nil {
		return nil, err
	}
	if err := m.build(ctx, entry); err != nil {
		return nil, fail(op, err)
	}
	// A reading that began before the Context was ready may not find it.
	m.opening.Forget(id)
	return m.handle(ctx, op, id)
}

// claim takes the id and the database in the registry.
func (m *Manager) claim(ctx context.Context, op string, entry store.Registered) error {
	for {
		err := m.registry.Claim(ctx, entry)
		if !errors.Is(err, surreal.ErrAlreadyExists) {
			return fail(op, err)
		}
		old, getErr := m.registry.Get(ctx, entry.ID)
		switch {
		case errors.Is(getErr, surreal.ErrNotFound):
			return &Error{
				Op: op, Code: CodeAlreadyExists, Field: "Database",
				Detail: fmt.Sprintf("%s/%s belongs to another Context", entry.Namespace, entry.Database),
			}
		case getErr != nil:
			return fail(op, getErr)
		case old.State == store.StateReady:
			return &Error{Op: op, Code: CodeAlreadyExists, Field: "ID", Detail: fmt.Sprintf("a Context %q exists", entry.ID)}
		}
		// A process ended while it created or deleted this Context. What was to be deleted is; a database that was
		// being made is left, for it may have been there before, and used again.
		undo := m.clear
		if old.State == store.StateCreating {
			undo = func(ctx context.Context, old store.Registered) error { return m.registry.Forget(ctx, old.ID) }
		}
		if err := undo(ctx, old); err != nil {
			return fail(op, err)
		}
	}
}

// build makes the database of a claimed Context and declares it ready, or takes everything back.
func (m *Manager) build(ctx context.Context, entry store.Registered) (err error) {
	existed := false
	defer func() {
		if err == nil {
			return
		}
		undo := context.WithoutCancel(ctx)
		if !existed {
			err = errors.Join(err, m.dropDatabase(undo, entry))
		}
		err = errors.Join(err, m.registry.Forget(undo, entry.ID))
	}()
	conn, err := m.connect(ctx, entry.Namespace, entry.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	names, err := store.Databases(ctx, conn)
	if err != nil {
		existed = true // unknown: better leave it than remove it
		return err
	}
	existed = slices.Contains(names, entry.Database)
	if err := schema.Context().Apply(ctx, conn, m.now()); err != nil {
		return err
	}
	return m.registry.Move(ctx, entry.ID, store.StateCreating, store.StateReady)
}

// Context returns the operator's handle on a Context. ErrNotFound: there is none of that id.
func (m *Manager) Context(ctx context.Context, id string) (*Context, error) {
	const op = "context"
	if err := m.begin(op); err != nil {
		return nil, err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	return m.handle(ctx, op, id)
}

// EnsureContext returns the Context of that id, and creates it first when there is none. A namespace or
// database in spec must be the existing one's: ErrAlreadyExists otherwise, with the Field that differs.
func (m *Manager) EnsureContext(ctx context.Context, id string, spec ContextSpec) (*Context, error) {
	const op = "ensure context"
	for {
		c, err := m.Context(ctx, id)
		if errors.Is(err, ErrNotFound) {
			c, err = m.CreateContext(ctx, id, spec)
			if errors.Is(err, &Error{Code: CodeAlreadyExists, Field: "ID"}) {
				continue // another caller was faster
			}
		}
		if err != nil {
			return nil, err
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
}

// ListContexts lists the Contexts after the cursor of an earlier page ("" from the start), up to limit (0:
// 100, at most 1,000).
func (m *Manager) ListContexts(ctx context.Context, cursor string, limit int) (ContextPage, error) {
	const op = "list contexts"
	if err := m.begin(op); err != nil {
		return ContextPage{}, err
	}
	defer m.done()
	if limit == 0 {
		limit = defaultPage
	}
	if limit < 0 || limit > maxPage {
		return ContextPage{}, invalid(op, "limit", "%d is not between 1 and %d", limit, maxPage)
	}
	if err := checkText(op, "cursor", cursor, maxNameBytes); err != nil {
		return ContextPage{}, err
	}
	rows, err := m.registry.List(ctx, cursor, limit+1)
	if err != nil {
		return ContextPage{}, fail(op, err)
	}
	page := ContextPage{HasMore: len(rows) > limit}
	for _, r := range rows[:min(len(rows), limit)] {
		page.Contexts = append(page.Contexts, contextInfo(r))
	}
	if page.HasMore {
		page.NextCursor = page.Contexts[limit-1].ID
	}
	return page, nil
}

// DeleteContext drops a Context's database with everything in it, and its entry in the registry. The
// namespace stays. It cannot be undone; handles on the Context return ErrNotFound from then on. ErrNotFound:
// there is none of that id.
func (m *Manager) DeleteContext(ctx context.Context, id string) error {
	const op = "delete context"
	if err := m.begin(op); err != nil {
		return err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return err
	}
	if err := m.changes.lock(ctx); err != nil {
		return fail(op, err)
	}
	defer m.changes.unlock()
	entry, err := m.registry.Get(ctx, id)
	if errors.Is(err, surreal.ErrNotFound) {
		return noContext(op, id)
	}
	if err != nil {
		return fail(op, err)
	}
	// The state changes before the open handles are looked for: whoever reads the Context meanwhile finds out.
	if entry.State == store.StateReady {
		if err := m.registry.Move(ctx, id, store.StateReady, store.StateDeleting); err != nil {
			return fail(op, err)
		}
	}
	state := m.forget(id)
	if state != nil {
		// A write that has begun ends before its database goes.
		if err := state.writer.lock(context.WithoutCancel(ctx)); err != nil {
			return fail(op, err)
		}
		defer state.writer.unlock()
	}
	ctx = context.WithoutCancel(ctx)
	err = m.clear(ctx, entry)
	if state != nil {
		err = errors.Join(err, state.conn.Close(ctx))
	}
	return fail(op, err)
}

// clear removes a Context's database, then its entry: the entry goes last, so that it can be tried again.
func (m *Manager) clear(ctx context.Context, entry store.Registered) error {
	if err := m.dropDatabase(ctx, entry); err != nil {
		return err
	}
	return m.registry.Forget(ctx, entry.ID)
}

func (m *Manager) dropDatabase(ctx context.Context, entry store.Registered) error {
	conn, err := m.connect(ctx, entry.Namespace, entry.Database)
	if err != nil {
		return err
	}
	return errors.Join(store.DropDatabase(ctx, conn, entry.Database), conn.Close(context.WithoutCancel(ctx)))
}

func noContext(op, id string) error {
	return &Error{Op: op, Code: CodeNotFound, Field: "ID", Detail: fmt.Sprintf("no Context %q", id)}
}

// handle opens a Context, once however many ask for it.
func (m *Manager) handle(ctx context.Context, op, id string) (*Context, error) {
	m.mu.Lock()
	state := m.open[id]
	m.mu.Unlock()
	if state != nil {
		return &Context{m, state}, nil
	}
	// The reading is shared: it must not end because one of those who wait for it gives up.
	done := m.opening.DoChan(id, func() (any, error) {
		m.hold()
		defer m.done()
		return m.load(context.WithoutCancel(ctx), op, id)
	})
	select {
	case r := <-done:
		if r.Err != nil {
			return nil, fail(op, r.Err)
		}
		return &Context{m, r.Val.(*contextStore)}, nil
	case <-ctx.Done():
		return nil, fail(op, ctx.Err())
	}
}

// load reads a Context into memory.
func (m *Manager) load(ctx context.Context, op, id string) (_ *contextStore, err error) {
	m.mu.Lock()
	state, deletions := m.open[id], m.deletions
	m.mu.Unlock()
	if state != nil {
		return state, nil
	}
	entry, err := m.registry.Get(ctx, id)
	if errors.Is(err, surreal.ErrNotFound) || err == nil && entry.State != store.StateReady {
		return nil, noContext(op, id)
	}
	if err != nil {
		return nil, err
	}
	conn, err := m.connect(ctx, entry.Namespace, entry.Database)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, conn.Close(ctx))
		}
	}()
	if err := schema.Context().Apply(ctx, conn, m.now()); err != nil {
		return nil, err
	}
	state = &contextStore{info: contextInfo(entry), conn: conn, store: store.New(conn), writer: newLock()}
	if err := m.reload(ctx, state); err != nil {
		return nil, err
	}
	m.mu.Lock()
	other, closed, stale := m.open[id], m.closed, m.deletions != deletions
	if other == nil && !closed && !stale {
		m.open[id] = state
	}
	m.mu.Unlock()
	switch {
	case closed:
		return nil, &Error{Op: op, Code: CodeClosed, Detail: "the store is closed"}
	case other != nil: // another reading was faster; there must be one view of a Context
		return other, conn.Close(ctx)
	case stale: // what was read may be of a Context that is gone
		if err := conn.Close(ctx); err != nil {
			return nil, err
		}
		return m.load(ctx, op, id)
	}
	return state, nil
}

// forget takes a Context from those that are open and ends its handles. It returns nil when it was not open.
func (m *Manager) forget(id string) *contextStore {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deletions++
	state := m.open[id]
	delete(m.open, id)
	if state != nil {
		state.deleted.Store(true)
	}
	return state
}

// reload reads the view anew from the database.
func (m *Manager) reload(ctx context.Context, state *contextStore) error {
	view, err := recall.Load(ctx, state.store, m.embedTexts)
	if err != nil {
		return err
	}
	state.view.Store(view)
	return nil
}

func contextInfo(r store.Registered) ContextInfo {
	return ContextInfo{r.ID, r.Namespace, r.Database, r.Description, r.CreatedAt}
}

// ID returns the Context's id.
func (c *Context) ID() string { return c.state.info.ID }

// Info describes the Context.
func (c *Context) Info() ContextInfo { return c.state.info }

// Memory returns what remembers and recalls in the Context.
func (c *Context) Memory() *Memory { return &Memory{c} }

// Sessions returns the Context's sessions.
func (c *Context) Sessions() *Sessions { return &Sessions{c} }

// now is the store's clock, in UTC.
func (m *Manager) now() time.Time { return m.opts.Clock().UTC() }
