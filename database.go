package spectron

import (
	"context"
	"errors"
	"io/fs"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/remote"
)

// database is the SurrealDB that a store lives in.
type database interface {
	// Connect opens a connection that uses a database. It is safe for concurrent use.
	Connect(ctx context.Context, namespace, name string) (surreal.Conn, error)
	Version(ctx context.Context) (string, error)
	Close(ctx context.Context) error
	// backing is the file that the database is in and the version in which it was found; nil when it is in none.
	backing() (*kv.File, kv.Version)
	// stats fills in what the database knows of its health.
	stats(*Health)
}

// openDatabase starts the engine over memory or a file, or connects to a server.
func openDatabase(ctx context.Context, op string, at address, o Options) (database, error) {
	if at.remote() {
		r := o.Remote
		server, err := remote.Dial(ctx, at.url, remote.Options{
			User: r.User, Password: r.Password, Token: r.Token, Namespace: r.Namespace, Database: r.Database,
			ConnectTimeout: r.ConnectTimeout, RequestTimeout: o.StatementTimeout, MaxMessageBytes: r.MaxMessageBytes,
			PoolSize: r.Connections, TLS: r.TLS,
		})
		if err != nil {
			return nil, err
		}
		return served{server}, nil
	}
	e, err := openEmbedded(ctx, op, at, o)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// embedded is SurrealDB in this process.
type embedded struct {
	engine *engine.Engine
	own    *Engine  // compiled for this store alone; nil when it is shared
	file   *kv.File // nil in memory
	found  kv.Version
}

var _ database = (*embedded)(nil)

func openEmbedded(ctx context.Context, op string, at address, o Options) (_ *embedded, err error) {
	shared := o.Engine
	if shared != nil && !shared.usable() {
		return nil, invalid(op, "Options.Engine", "it was closed, or not made by LoadEngine")
	}
	e := &embedded{}
	// A large file takes as long to check as the engine takes to load.
	opening, giveUp := context.WithCancel(ctx)
	defer giveUp()
	var backend kv.Backend
	var refused error
	opened := make(chan struct{})
	go func() {
		defer close(opened)
		if backend, refused = e.openBackend(opening, at, o); refused != nil {
			giveUp()
		}
	}()
	if shared == nil {
		if e.own, err = LoadEngine(opening, &o.EngineOptions); err != nil {
			giveUp()
		}
		shared = e.own
	}
	<-opened
	if refused != nil && (err == nil || ctx.Err() == nil && !errors.Is(refused, context.Canceled)) {
		return nil, errors.Join(failFile(op, at, refused), e.own.Close(context.WithoutCancel(ctx)))
	}
	if err != nil {
		if refused == nil {
			err = errors.Join(err, backend.Close())
		}
		return nil, err
	}
	db := kv.New(backend)
	// It owns the storage from here on.
	e.engine, err = engine.OpenWithin(ctx, shared.module, db, engine.Limits{Statement: o.StatementTimeout})
	if err != nil {
		return nil, errors.Join(err, e.own.Close(context.WithoutCancel(ctx)))
	}
	return e, nil
}

// openBackend opens what the database is kept in.
func (e *embedded) openBackend(ctx context.Context, at address, o Options) (kv.Backend, error) {
	if at.scheme == schemeMemory {
		return kv.NewMemory(), nil
	}
	sync := kv.SyncAlways
	if o.Durability == DurabilityRelaxed {
		sync = kv.SyncOnClose
	}
	var err error
	if e.file, err = kv.OpenFile(ctx, at.path, kv.FileOptions{Sync: sync}); err != nil {
		return nil, err
	}
	e.found = e.file.Version() // the engine writes as soon as it starts
	return e.file, nil
}

// failFile says what is wrong with the file of a store.
func failFile(op string, at address, err error) error {
	e := &Error{Op: op, Code: CodeUnavailable, Err: err}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		e.Code = CodeTimeout
	case errors.Is(err, kv.ErrInUse):
		e.Code = CodeInUse
	case errors.Is(err, kv.ErrDamaged):
		e.Code = CodeDamaged
	case errors.Is(err, kv.ErrForeign):
		e.Code, e.Field = CodeInvalid, "URL"
	case errors.Is(err, kv.ErrNewerFormat):
		e.Code = CodeUnsupported
	case errors.Is(err, fs.ErrNotExist):
		e.Code, e.Field = CodeNotFound, "URL"
	}
	return e
}

// Connect opens a session on a database.
func (e *embedded) Connect(ctx context.Context, namespace, name string) (surreal.Conn, error) {
	conn, err := e.engine.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := conn.Use(ctx, namespace, name); err != nil {
		return nil, errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}
	return conn, nil
}

// Version asks for SurrealDB's version.
func (e *embedded) Version(ctx context.Context) (string, error) { return e.engine.Version(ctx) }

// Close ends the engine, and what belongs to this store alone.
func (e *embedded) Close(ctx context.Context) error {
	err := e.engine.Close(ctx)
	return errors.Join(err, e.own.Close(ctx))
}

func (e *embedded) backing() (*kv.File, kv.Version) { return e.file, e.found }

func (e *embedded) stats(h *Health) {
	s := e.engine.Stats()
	h.WasmBytes, h.InFlight, h.Restarts = s.WasmBytes, s.InFlight, s.Restarts+s.Recycles
}

// served is SurrealDB on a server.
type served struct{ *remote.Server }

var _ database = served{}

func (served) backing() (*kv.File, kv.Version) { return nil, kv.Version{} }

func (s served) stats(h *Health) { h.InFlight = s.Stats().InFlight }
