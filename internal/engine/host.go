package engine

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/tetratelabs/wazero/api"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Exports of the module that the host itself calls.
const (
	exportMalloc  = "__wbindgen_export"  // (bytes, alignment) -> pointer
	exportThrow   = "__wbindgen_export3" // (heap index): the pending exception
	exportConnect = "surrealwasmengine_connect"
	exportExecute = "surrealwasmengine_execute"
)

// host is one running module instance with its JavaScript world. Everything in it belongs to one goroutine.
type host struct {
	*loop
	heap    *heap
	module  api.Module
	memory  api.Memory
	ctx     context.Context // carries the host to the imported functions
	exports map[string]*export
	db      *kv.DB
	started time.Time
	// onFault hears of every error of the storage, and when its transaction began.
	onFault func(err error, began time.Time)
	// txs are the storage transactions that are open.
	txs map[*idbTransaction]struct{}
	// limit is how long a transaction may be open, and a step of the loop may take.
	limit   time.Duration
	now     func() time.Time // the clock of limit
	stepped time.Time        // when the step that runs began
	hurry   <-chan struct{}  // closed when the step that runs has to end
}

type hostKey struct{}

func newHost(db *kv.DB) *host {
	h := &host{
		loop: newLoop(), heap: newHeap(), exports: map[string]*export{}, db: db, started: time.Now(),
		txs: map[*idbTransaction]struct{}{}, now: time.Now,
	}
	h.ctx = context.WithValue(context.Background(), hostKey{}, h)
	return h
}

// hostFrom finds the instance that an imported function was called by.
func hostFrom(ctx context.Context) *host { return ctx.Value(hostKey{}).(*host) }

// export is an exported function. wazero's function objects cannot be entered again while they run, and
// the module does call itself through the host, so idle ones are kept and more are made when all are busy.
type export struct{ idle []api.Function }

// invoke calls an exported function. A trap inside it ends in a panic that the loop turns into the
// engine's one error.
func (h *host) invoke(name string, args ...uint64) []uint64 {
	e := h.exports[name]
	if e == nil {
		e = &export{}
		h.exports[name] = e
	}
	var f api.Function
	if n := len(e.idle); n > 0 {
		f, e.idle = e.idle[n-1], e.idle[:n-1]
	} else if f = h.module.ExportedFunction(name); f == nil {
		panic(fmt.Errorf("the module does not export %s", name))
	}
	out, err := f.Call(h.ctx, args...)
	if err != nil {
		panic(err)
	}
	e.idle = append(e.idle, f)
	return out
}

// read returns n bytes of the module's memory at p. They are valid until the module runs again.
func (h *host) read(p, n uint32) []byte {
	b, ok := h.memory.Read(p, n)
	if !ok {
		panic(fmt.Errorf("the module named %d bytes at %d, outside its memory", n, p))
	}
	return b
}

// safepoint is where a loop of the module calls from time to time. It ends the instance when its step has taken
// too long, or is not to go on.
func (h *host) safepoint() {
	select {
	case <-h.hurry:
		panic(ErrClosed)
	default:
	}
	if h.now().Sub(h.stepped) > h.limit {
		panic(&overrun{h.limit})
	}
}

// overrun ends an instance whose module has computed for longer than the limit, without a pause.
type overrun struct{ limit time.Duration }

func (o *overrun) Error() string {
	return fmt.Sprintf("a statement computed for more than %v", o.limit)
}

// Is makes it a timeout.
func (o *overrun) Is(target error) bool { return target == surreal.ErrTimeout }

// memorySize is the size of the module's memory in bytes. (Memory.Size wraps to 0 at 4 GiB.)
func (h *host) memorySize() int64 {
	if h.memory == nil {
		return 0
	}
	pages, _ := h.memory.Grow(0)
	return int64(pages) * wasmPage
}

// wasmPage is the unit in which a module's memory grows.
const wasmPage = 64 << 10

// write copies b into the module's memory at p.
func (h *host) write(p uint32, b []byte) { copy(h.read(p, uint32(len(b))), b) }

func (h *host) readString(p, n uint64) str { return str(h.read(uint32(p), uint32(n))) }

// writeString hands s to the module in memory that the module allocates and frees.
func (h *host) writeString(s string) (ptr, length uint32) {
	ptr = uint32(h.invoke(exportMalloc, uint64(len(s)), 1)[0])
	h.write(ptr, []byte(s))
	return ptr, uint32(len(s))
}

// returnString writes (pointer, length) of s where the module expects them; a nil s means "no string".
func (h *host) returnString(at uint32, s *string) {
	var p, n uint32
	if s != nil {
		p, n = h.writeString(*s)
	}
	b := h.read(at, 8)
	putUint32(b, p)
	putUint32(b[4:], n)
}

// throw leaves v as the exception of the running import; the module finds it when the import returns.
func (h *host) throw(v value) { h.invoke(exportThrow, uint64(h.heap.add(v))) }

// bytes returns what a Uint8Array or ArrayBuffer shows. The slice is shared, not copied.
func (h *host) bytes(v value) []byte {
	switch x := v.(type) {
	case *uint8Array:
		if x.view != nil {
			return h.read(x.view.ptr, x.view.len)
		}
		return x.buf.b
	case *arrayBuffer:
		return x.b
	}
	panic(fmt.Errorf("the module passed %s for bytes", describe(v)))
}

func fillRandom(b []byte) {
	// crypto/rand.Read never returns an error: it ends the process when the system has no randomness.
	_, _ = rand.Read(b)
}

func putUint32(b []byte, v uint32) {
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
}
