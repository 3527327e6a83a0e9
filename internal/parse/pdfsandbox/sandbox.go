// Package pdfsandbox runs PDFium, compiled to WebAssembly, where a hostile file cannot do harm: with bounded memory, without files or network, and
// only as long as a context lasts.
package pdfsandbox

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	// Memory bounds the linear memory of an instance of PDFium, in bytes.
	Memory = 128 << 20
	// reserved is enough for most files. A memory that outgrows it gets all that it may have at once: each growth leaves a copy behind until
	// the garbage collector runs.
	reserved = 32 << 20
)

const wasmPage = 64 << 10

// instances compiles PDFium when the first PDF is read, and keeps the machine code in the user's cache directory for the next process.
// A cache that cannot be used costs time only.
var instances = sync.OnceValues(func() (pdfium.Pool, error) {
	if dir, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "spectron", "pdfium")); err == nil {
			if pool, err := compile(cache); err == nil {
				return pool, nil
			}
		}
	}
	return compile(nil)
})

// compile compiles PDFium. Its instances see no files, no environment and no network; each ends when it is killed, in any loop.
func compile(cache wazero.CompilationCache) (pdfium.Pool, error) {
	ctx := experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0))
	ctx = experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocate))
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(Memory / wasmPage).
		WithCloseOnContextDone(true)
	if cache != nil {
		config = config.WithCompilationCache(cache)
	}
	return webassembly.Init(webassembly.Config{
		Context:       ctx,
		MaxTotal:      min(4, runtime.GOMAXPROCS(0)),
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig(),
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
}

// Run calls use with an instance of its own, which is killed when ctx ends. Others wait while all instances are in use.
func Run(ctx context.Context, use func(pdfium.Pdfium) error) error {
	pool, err := await(ctx, instances)
	if err != nil {
		return fmt.Errorf("pdfsandbox: start PDFium: %w", err)
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return fmt.Errorf("pdfsandbox: start PDFium: %w", err)
	}
	killed := make(chan struct{})
	running := context.AfterFunc(ctx, func() {
		defer close(killed)
		// It fails only for an instance that has ended.
		_ = instance.Kill()
	})
	err = use(instance)
	if !running() {
		<-killed
		return context.Cause(ctx)
	}
	// An instance that trapped cannot close its document. It is dropped all the same.
	_ = instance.Close()
	return err
}

// await returns what produce returns, or ctx's cause when ctx ends first.
func await[T any](ctx context.Context, produce func() (T, error)) (T, error) {
	type made struct {
		value T
		err   error
	}
	done := make(chan made, 1)
	go func() {
		value, err := produce()
		done <- made{value, err}
	}()
	select {
	case out := <-done:
		return out.value, out.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// linearMemory is the memory of an instance.
type linearMemory struct {
	bytes []byte
	limit uint64
}

var _ experimental.LinearMemory = (*linearMemory)(nil)

func allocate(_, limit uint64) experimental.LinearMemory {
	return &linearMemory{limit: min(limit, Memory)}
}

// Reallocate returns the memory with a new length, nil over the limit.
func (m *linearMemory) Reallocate(size uint64) []byte {
	if size > m.limit {
		return nil
	}
	if size > uint64(cap(m.bytes)) {
		room := m.limit
		if size <= reserved {
			room = min(room, reserved)
		}
		grown := make([]byte, size, room)
		copy(grown, m.bytes)
		m.bytes = grown
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

// Free lets go of the memory.
func (m *linearMemory) Free() { m.bytes = nil }
