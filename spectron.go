// Package spectron is agent memory that lives in your program: isolated Contexts, remember and recall, and a
// knowledge graph with history and provenance, over SurrealDB, embedded or (later) behind a URL.
//
//	mgr, err := spectron.Open(ctx, "mem://", nil)
//	defer mgr.Close(ctx)
//	acme, err := mgr.EnsureContext(ctx, "acme-prod", spectron.ContextSpec{Namespace: "acme", Database: "prod"})
//	_, err = acme.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice was promoted to CTO."})
//	res, err := acme.Memory().Recall(ctx, spectron.RecallRequest{Query: "What is Alice's role?"})
//	fmt.Println(res.Tier, res.Hits[0].Text)
//
// No server, key or model is needed. Without a model, rules read names, roles, employers, places, relations,
// preferences, instructions and dates out of what the user says, and leave out what they are not sure of;
// every text is kept word for word and found by its words whether or not a fact was read out of it.
//
// Every method takes a context.Context first and returns an *Error, which errors.Is matches by kind. All
// types are safe for concurrent use.
package spectron

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"

	"github.com/tmc/langchaingo/embeddings"
	"golang.org/x/sync/singleflight"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Manager is an open store: the control plane and the Contexts in it. Open makes one.
type Manager struct {
	opts     Options
	embed    embeddings.Embedder
	keep     bool // vectors are stored
	own      *Engine
	engine   *engine.Engine
	control  surreal.Conn
	registry *store.Registry

	// changes serialises the creating and deleting of Contexts in this process.
	changes lock
	// opening lets callers that need the same Context at once wait for one reading of it.
	opening singleflight.Group
	mu      sync.Mutex // guards what follows
	open    map[string]*contextStore
	closed  bool
	running int           // operations that have begun
	idle    chan struct{} // closed once none runs after Close
	// deletions counts deleted Contexts, so that whoever reads one notices that it may be gone.
	deletions int
}

// Open opens the store that rawURL names, and makes it ready: the engine is fetched, compiled and started,
// the control plane migrated. A failure leaves nothing behind.
//
//	mem://   in memory, gone with Close
//
// The engine is fetched from npm once and cached (see EngineOptions). ErrInvalid: the URL; ErrUnsupported: a
// scheme that this version does not have; ErrUnavailable: the engine cannot be had.
func Open(ctx context.Context, rawURL string, opts *Options) (_ *Manager, err error) {
	const op = "open"
	o, err := opts.complete(op)
	if err != nil {
		return nil, err
	}
	if err := checkURL(op, rawURL); err != nil {
		return nil, err
	}
	m := &Manager{opts: o, changes: newLock(), open: map[string]*contextStore{}, idle: make(chan struct{})}
	defer func() {
		if err != nil {
			err = fail(op, errors.Join(err, m.release(context.WithoutCancel(ctx))))
		}
	}()
	if m.embed, m.keep, err = o.vectors(); err != nil {
		return nil, err
	}
	shared := o.Engine
	if shared != nil && !shared.usable() {
		return nil, invalid(op, "Options.Engine", "it was closed, or not made by LoadEngine")
	}
	if shared == nil {
		if m.own, err = LoadEngine(ctx, &o.EngineOptions); err != nil {
			return nil, err
		}
		shared = m.own
	}
	if m.engine, err = engine.Open(ctx, shared.module, kv.New(kv.NewMemory())); err != nil {
		return nil, err
	}
	if m.control, err = m.connect(ctx, store.ControlNamespace, store.ControlDatabase); err != nil {
		return nil, err
	}
	if err = schema.Control().Apply(ctx, m.control, m.now()); err != nil {
		return nil, err
	}
	m.registry = store.NewRegistry(m.control)
	return m, nil
}

// checkURL accepts the URLs of stores that this version can open.
func checkURL(op, rawURL string) error {
	const field = "URL"
	u, err := url.Parse(rawURL)
	if err != nil || u.Scheme == "" {
		return invalid(op, field, "%q is not a URL; use mem:// for a store in memory", rawURL)
	}
	switch strings.ToLower(u.Scheme) {
	case "mem":
		if u.Host+u.Path+u.Opaque+u.RawQuery+u.Fragment != "" || u.User != nil {
			return invalid(op, field, "%q: a store in memory has no name and no settings; use mem://", rawURL)
		}
		return nil
	case "file", "ws", "wss", "http", "https":
		return &Error{Op: op, Code: CodeUnsupported, Field: field, Detail: u.Scheme + ":// is not supported by this version; use mem://"}
	}
	return invalid(op, field, "unknown scheme %q; use mem://", u.Scheme)
}

// connect opens a session on a database.
func (m *Manager) connect(ctx context.Context, namespace, database string) (surreal.Conn, error) {
	conn, err := m.engine.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := conn.Use(ctx, namespace, database); err != nil {
		return nil, errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}
	return conn, nil
}

// Close lets running calls finish, or until ctx ends, and releases everything. A store in memory is gone
// after it. Later calls on the Manager and on handles from it return ErrClosed. It is nil-safe and repeatable.
func (m *Manager) Close(ctx context.Context) error {
	if m == nil {
		return nil
	}
	m.shut(ctx)
	m.mu.Lock()
	clear(m.open)
	m.mu.Unlock()
	return fail("close", m.release(ctx))
}

func (m *Manager) release(ctx context.Context) error {
	err := m.engine.Close(ctx)
	return errors.Join(err, m.own.Close(ctx))
}

// Health is the state of a store.
type Health struct {
	Database    string // SurrealDB's version, such as "surrealdb-3.0.2"
	Contexts    int    // that have been used since Open
	WasmBytes   int64  // memory of the embedded engine, which ends at 4 GiB
	InFlight    int    // statements that are running
	VectorsFrom string // "lexical" for the built-in embedder, "embedder" for one from the options
}

// Health asks the database whether it answers. ErrUnavailable: it does not; ErrClosed.
func (m *Manager) Health(ctx context.Context) (Health, error) {
	const op = "health"
	if err := m.begin(op); err != nil {
		return Health{}, err
	}
	defer m.done()
	version, err := m.engine.Version(ctx)
	if err != nil {
		return Health{}, fail(op, err)
	}
	stats := m.engine.Stats()
	h := Health{Database: version, WasmBytes: stats.WasmBytes, InFlight: stats.InFlight, VectorsFrom: "lexical"}
	if m.keep {
		h.VectorsFrom = "embedder"
	}
	m.mu.Lock()
	h.Contexts = len(m.open)
	m.mu.Unlock()
	return h, nil
}
