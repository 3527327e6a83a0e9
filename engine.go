package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/database"
)

// Engine is SurrealDB's WebAssembly build, compiled for this process. Stores opened with the same Engine share the
// compiled code but not their data. Most programs do not need an Engine, because Open loads its own.
type Engine struct {
	loaded *database.Engine
}

// EngineOptions says where to get the engine. The zero value works.
type EngineOptions struct {
	// File is the wasm file, or an npm archive that contains it. Default: $SPECTRON_ENGINE_FILE. If it is set, no other
	// source is tried.
	File string
	// CacheDir stores the wasm file and the machine code compiled from it. Default: spectron/engine/<version> in
	// os.UserCacheDir.
	CacheDir string
	// URL is where to download the engine. Default: $SPECTRON_ENGINE_URL, then npm, then a public CDN.
	URL string
	// Progress receives the progress of the fetch; it may be nil. It is called from the goroutine that called Open.
	Progress func(EngineProgress)
}

// EngineProgress is one step of fetching the engine.
type EngineProgress struct {
	Stage string // "file", "cache", "npm", "download", "verify" or "compile"
	Done  int64  // bytes
	Total int64  // bytes; 0 when unknown
}

// LoadEngine fetches the engine, checks it against its pinned hash and compiles it. The first call on a machine takes
// several seconds and downloads 12 MB from npm. Later calls take a fraction of a second. ErrUnavailable: the engine could
// not be fetched; the text says what was tried and what to do. When ctx ends, LoadEngine returns at once with its error,
// even during compilation.
func LoadEngine(ctx context.Context, opts *EngineOptions) (*Engine, error) {
	const op = "load engine"
	loaded, err := database.LoadEngine(ctx, opts.inner())
	if err != nil {
		return nil, fail(op, err)
	}
	return &Engine{loaded}, nil
}

// inner converts the options for the package that loads the engine.
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

// Close closes the engine: no store can be opened with it afterwards. Open stores continue to work. The shared code is
// released when the last of them is closed. Close is nil-safe and repeatable.
func (e *Engine) Close(ctx context.Context) error {
	if e == nil {
		return nil
	}
	return fail("close engine", e.loaded.Close(ctx))
}
