package database

import (
	"context"
	"log/slog"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/fetch"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Engine is SurrealDB's WebAssembly build, compiled for this process.
type Engine struct{ module *engine.Module }

// EngineOptions say where the engine comes from.
type EngineOptions struct {
	File, CacheDir, URL string
	Progress            func(stage string, done, total int64) // nil: nobody hears
	Logger              *slog.Logger                          // hears of a cache that cannot be written; nil: silent
}

// LoadEngine gets the engine and compiles it. When ctx ends first, it returns at once, also while it compiles.
func LoadEngine(ctx context.Context, o EngineOptions) (*Engine, error) {
	progress := func(stage string, done, total int64) {
		if o.Progress != nil {
			o.Progress(stage, done, total)
		}
	}
	build, err := fetch.Wasm(ctx, fetch.Options{
		File: o.File, CacheDir: o.CacheDir, URL: o.URL,
		Progress: func(p fetch.Progress) { progress(string(p.Stage), p.Done, p.Total) },
	})
	if err == nil {
		if build.CacheErr != nil && o.Logger != nil {
			o.Logger.Warn("Engine could not be kept and is fetched again the next time", surreal.Cause(build.CacheErr))
		}
		progress("compile", 0, 0)
		var module *engine.Module
		if module, err = engine.Compile(ctx, build.Bytes, build.CompilationDir); err == nil {
			return &Engine{module}, nil
		}
	}
	if ctx.Err() != nil {
		return nil, err
	}
	return nil, fault.Wrap(fault.Unavailable, "", err)
}

// Usable reports whether databases can be opened with the engine: it is from LoadEngine and was not closed.
func (e *Engine) Usable() bool { return e != nil && e.module.Usable() }

// Close ends the engine: no database can be opened with it any more. What uses it works on; what they share is released once the
// last of them is closed. It is nil-safe and repeatable.
func (e *Engine) Close(ctx context.Context) error {
	if e == nil {
		return nil
	}
	return e.module.Close(ctx)
}
