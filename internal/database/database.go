// Package database opens the SurrealDB that a store lives in: embedded, in memory or in a file, or on a server.
package database

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/remote"
)

// Database is the SurrealDB that a store lives in.
type Database interface {
	// Connect opens a connection that uses a database. It is safe for concurrent use.
	Connect(ctx context.Context, namespace, name string) (surreal.Conn, error)
	Version(ctx context.Context) (string, error)
	Close(ctx context.Context) error
	// Backing is the file that the database is in and the version in which it was found; nil when it is in none.
	Backing() (*kv.File, kv.Version)
	Stats() Stats
}

// Stats are the counters of a database.
type Stats struct {
	WasmBytes int64 // memory of the engine; 0 on a server
	InFlight  int   // statements that are running
	Restarts  int   // of the engine, after faults and to give memory back
}

// Options say how to open a database.
type Options struct {
	Engine    *Engine // shared with others; nil: one is loaded by EngineOptions, and released with the database
	Load      EngineOptions
	Relaxed   bool // a write to a file is done once the operating system has it
	Statement time.Duration
	Logger    *slog.Logger  // nil: silent
	Remote    RemoteOptions // of a server; Statement is its RequestTimeout
}

// RemoteOptions are those of a connection to a server.
type RemoteOptions = remote.Options

// Open starts the engine over memory or a file, or connects to a server.
func Open(ctx context.Context, at Address, o Options) (Database, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if !at.Remote() {
		e, err := openEmbedded(ctx, at, o)
		if err != nil {
			return nil, err
		}
		return e, nil
	}
	o.Remote.RequestTimeout, o.Remote.Logger = o.Statement, o.Logger
	server, err := remote.Dial(ctx, at.url, o.Remote)
	if err != nil {
		return nil, err
	}
	return served{server}, nil
}

// embedded is SurrealDB in this process.
type embedded struct {
	engine *engine.Engine
	own    *Engine  // compiled for this store alone; nil when it is shared
	file   *kv.File // nil in memory
	found  kv.Version
}

var _ Database = (*embedded)(nil)

func openEmbedded(ctx context.Context, at Address, o Options) (_ *embedded, err error) {
	shared := o.Engine
	if shared != nil && !shared.Usable() {
		return nil, fault.Bad("Options.Engine", "the engine was closed, or was not created by LoadEngine")
	}
	o.Load.Logger = o.Logger
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
		if e.own, err = LoadEngine(opening, o.Load); err != nil {
			giveUp()
		}
		shared = e.own
	}
	<-opened
	if refused != nil && (err == nil || ctx.Err() == nil && !errors.Is(refused, context.Canceled)) {
		return nil, errors.Join(failFile(refused), e.own.Close(context.WithoutCancel(ctx)))
	}
	if err != nil {
		if refused == nil {
			err = errors.Join(err, backend.Close())
		}
		return nil, err
	}
	db := kv.New(backend)
	// It owns the storage from here on.
	e.engine, err = engine.OpenWithin(ctx, shared.module, db, engine.Limits{Statement: o.Statement}, o.Logger)
	if err != nil {
		return nil, errors.Join(err, e.own.Close(context.WithoutCancel(ctx)))
	}
	return e, nil
}

// openBackend opens what the database is kept in.
func (e *embedded) openBackend(ctx context.Context, at Address, o Options) (kv.Backend, error) {
	if at.InMemory() {
		return kv.NewMemory(), nil
	}
	sync := kv.SyncAlways
	if o.Relaxed {
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
func failFile(err error) error {
	e := fault.Wrap(fault.Unavailable, "", err)
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		e.Code = fault.Timeout
	case errors.Is(err, kv.ErrInUse):
		e.Code = fault.InUse
	case errors.Is(err, kv.ErrDamaged):
		e.Code = fault.Damaged
	case errors.Is(err, kv.ErrForeign):
		e.Code, e.Field = fault.Invalid, "URL"
	case errors.Is(err, kv.ErrNewerFormat):
		e.Code = fault.Unsupported
	case errors.Is(err, fs.ErrNotExist):
		e.Code, e.Field = fault.NotFound, "URL"
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

func (e *embedded) Backing() (*kv.File, kv.Version) { return e.file, e.found }

func (e *embedded) Stats() Stats {
	s := e.engine.Stats()
	return Stats{WasmBytes: s.WasmBytes, InFlight: s.InFlight, Restarts: s.Restarts + s.Recycles}
}

// served is SurrealDB on a server.
type served struct{ *remote.Server }

var _ Database = served{}

func (served) Backing() (*kv.File, kv.Version) { return nil, kv.Version{} }

func (s served) Stats() Stats { return Stats{InFlight: s.Server.Stats().InFlight} }
