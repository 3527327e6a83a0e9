package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/database"
)

// Engine is SurrealDB's WebAssembly build, compiled for this process. Stores that are opened with the same
// Engine share the compiled code; their data is separate. Most programs never need one: Open loads its own.
type Engine struct {
	loaded *database.Engine
}

// EngineOptions says where the engine comes from. The zero value works.
type EngineOptions struct {
	// File is the wasm file, or an npm archive that holds it. Default: $SPECTRON_ENGINE_FILE. When set it is
	// the only place that is looked at.
	File string
	// CacheDir keeps the file and the machine code compiled from it. Default: spectron/engine/<version> in
	// os.UserCacheDir.
	CacheDir string
	// URL is where to download it from. Default: $SPECTRON_ENGINE_URL, then npm, then a public CDN.
	URL string
	// Progress hears how the fetching goes; nil: nobody. It is called from the goroutine that called Open.
	Progress func(EngineProgress)
}

// EngineProgress is one step of fetching the engine.
type EngineProgress struct {
	Stage string // "file", "cache", "npm", "download", "verify" or "compile"
	Done  int64  // bytes
	Total int64  // bytes; 0 when unknown
}

// LoadEngine gets the engine, checks it against its pinned hash and compiles it. The first time on a machine
// that takes several seconds and 12 MB from npm; later a fraction of a second. ErrUnavailable: it could not be
// had; the text says what was tried and what to do. When ctx ends first, LoadEngine returns at once with its
// error, also while it compiles.
func LoadEngine(ctx context.Context, opts *EngineOptions) (*Engine, error) {
	const op = "load engine"
	loaded, err := database.LoadEngine(ctx, opts.inner())
	if err != nil {
		return nil, fail(op, err)
	}
	return &Engine{loaded}, nil
}

// inner is where the engine comes from, for the package that loads it.
func (o *EngineOptions) inner() database.EngineOptions {
	if o == nil {
		return database.EngineOptions{}
	}
	out := database.EngineOptions{File: o.File, CacheDir: o.CacheDir, URL: o.URL}
	if o.Progress != nil {
		out.Progress = func(stage string, done, total int64) { o.Progress(EngineProgress{stage, done, total}) }
	}
	return out
}

// Close ends the engine: no store can be opened with it any more. The stores that use it work on; what they
// share is released once the last of them is closed. It is nil-safe and repeatable.
func (e *Engine) Close(ctx context.Context) error {
	if e == nil {
		return nil
	}
	return fail("close engine", e.loaded.Close(ctx))
}
