package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sort"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// ErrModule is returned for a Module that was closed, or that Compile did not make.
var ErrModule = errors.New("engine: module is closed or was never compiled")

// Module is the compiled build. Compiling takes seconds, once; instances share it. It is safe for concurrent
// use.
type Module struct {
	mu       sync.Mutex
	runtime  wazero.Runtime // nil once the compiled code was released
	compiled wazero.CompiledModule
	cache    wazero.CompilationCache
	closed   bool
	// engines are those that are open. The last one that ends after Close releases the compiled code: it must
	// not be taken from under a running instance, and an open engine may need another one.
	engines int
	// templates are what statements have made of empty databases.
	templates map[string]template
}

// template returns what statements make of an empty database, nil if that is not known yet.
func (m *Module) template(sql string) template {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.templates[sql]
}

// keep notes what statements have made of an empty database.
func (m *Module) keep(sql string, made template) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.templates == nil {
		m.templates = map[string]template{}
	}
	m.templates[sql] = made
}

// Compile compiles the build. cacheDir keeps the machine code for the next process; "" compiles anew, and so
// does a directory that cannot be used: that costs time, not the engine. When ctx ends first, Compile returns
// at once with its error; what it had begun ends by itself shortly after, and releases what it holds.
func Compile(ctx context.Context, wasm []byte, cacheDir string) (*Module, error) {
	return compile(ctx, wasm, cacheDir, imports())
}

func compile(ctx context.Context, wasm []byte, cacheDir string, handlers map[string]handler) (*Module, error) {
	m, err := await(ctx, func() (*Module, error) { return compileNow(ctx, wasm, cacheDir, handlers) })
	// Whether the cache was at fault, only compiling without it can tell. Then its error costs time alone.
	if err != nil && cacheDir != "" && ctx.Err() == nil {
		m, err = await(ctx, func() (*Module, error) { return compileNow(ctx, wasm, "", handlers) })
	}
	if err != nil {
		return nil, fmt.Errorf("engine: compile: %w", err)
	}
	return m, nil
}

// await runs produce in a goroutine of its own and returns what it returns, or ctx's error as soon as ctx ends:
// then the goroutine closes the module itself once it has it.
func await(ctx context.Context, produce func() (*Module, error)) (*Module, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	type made struct {
		module *Module
		err    error
	}
	// Unbuffered: a module is either received here or closed there.
	done := make(chan made)
	go func() {
		m, err := produce()
		select {
		case done <- made{m, err}:
		case <-ctx.Done():
			// Nobody is left to hear of an error.
			_ = m.Close(context.WithoutCancel(ctx))
		}
	}()
	select {
	case out := <-done:
		return out.module, out.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// compileNow compiles on all cores. It gives up when ctx ends, though not at once: decoding and the writing of
// the cache run to their end.
func compileNow(ctx context.Context, wasm []byte, cacheDir string, handlers map[string]handler) (_ *Module, err error) {
	m := &Module{}
	defer func() {
		if err != nil {
			err = errors.Join(err, m.Close(context.WithoutCancel(ctx)))
		}
	}()
	// wazero heeds ctx only with more than one worker.
	ctx = experimental.WithCompilationWorkers(ctx, max(2, runtime.GOMAXPROCS(0)))
	config := wazero.NewRuntimeConfig()
	if cacheDir != "" {
		if m.cache, err = wazero.NewCompilationCacheWithDir(cacheDir); err != nil {
			return nil, err
		}
		config = config.WithCompilationCache(m.cache)
	}
	m.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	if wasm, err = addSafepoints(wasm); err != nil {
		return nil, err
	}
	if m.compiled, err = m.runtime.CompileModule(ctx, wasm); err != nil {
		return nil, err
	}
	builder := m.runtime.NewHostModuleBuilder(importModule)
	for _, def := range m.compiled.ImportedFunctions() {
		module, name, _ := def.Import()
		if module != importModule {
			return nil, fmt.Errorf("unknown import %s.%s", module, name)
		}
		f := handlers[name]
		if f == nil {
			f = missing(name)
		}
		builder.NewFunctionBuilder().WithGoModuleFunction(
			api.GoModuleFunc(func(ctx context.Context, _ api.Module, stack []uint64) { f(hostFrom(ctx), stack) }),
			def.ParamTypes(), def.ResultTypes(),
		).Export(name)
	}
	if _, err = builder.Instantiate(ctx); err != nil {
		return nil, err
	}
	return m, nil
}

// importNames lists what the build imports, sorted.
func (m *Module) importNames() []string {
	var names []string
	for _, def := range m.compiled.ImportedFunctions() {
		_, name, _ := def.Import()
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Close ends the module: no more engines are opened on it, and its compiled code is released, at once or with the
// last engine that still runs on it. It is nil-safe and repeatable.
func (m *Module) Close(ctx context.Context) error {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return m.releaseIfUnused(ctx)
}

// Usable reports whether engines can be opened on it. It is nil-safe.
func (m *Module) Usable() bool {
	if m == nil {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.runtime != nil && !m.closed
}

// acquire says that an engine opens. Once that is closed, release has to be called.
func (m *Module) acquire() error {
	if m == nil {
		return ErrModule
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.runtime == nil || m.closed {
		return ErrModule
	}
	m.engines++
	return nil
}

// instantiate starts an instance for an engine that has acquired the module, which keeps its code in place.
func (m *Module) instantiate(ctx context.Context) (api.Module, error) {
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocate))
	return m.runtime.InstantiateModule(ctx, m.compiled, wazero.NewModuleConfig().WithName(""))
}

// release says that an engine has ended.
func (m *Module) release() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.engines--
	return m.releaseIfUnused(context.Background())
}

// releaseIfUnused is called with the lock held.
func (m *Module) releaseIfUnused(ctx context.Context) error {
	if !m.closed || m.engines > 0 {
		return nil
	}
	var errs []error
	if m.runtime != nil {
		errs = append(errs, m.runtime.Close(ctx))
	}
	if m.cache != nil {
		errs = append(errs, m.cache.Close(ctx))
	}
	m.runtime, m.compiled, m.cache = nil, nil, nil
	return errors.Join(errs...)
}

// trap is a message with which the module, or a missing import, ended the instance.
type trap struct{ message string }

func (t *trap) Error() string { return t.message }

// missing stands for an import that has no handler: it ends the instance and names itself.
func missing(name string) handler {
	return func(*host, []uint64) {
		panic(&trap{fmt.Sprintf("the module called %s, which this host does not provide", name)})
	}
}
