package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/spectron-go/spectron/internal/engine/kv"
)

var (
	// ErrClosed is returned by calls on an engine that was closed.
	ErrClosed = errors.New("engine: closed")
	// ErrBroken is returned by every call after the module trapped. The instance cannot be used again:
	// what was committed is in the store, and a new engine on the same store has it.
	ErrBroken = errors.New("engine: broken")
	// ErrRequest is returned for a request that the module, or its storage, refused to take.
	ErrRequest = errors.New("engine: request refused")
	// ErrStorage is returned when the storage medium failed; what the request wrote is not stored.
	ErrStorage = errors.New("engine: storage failed")
	// ErrTooLarge is returned for a request over MaxRequest, and for one that makes a key, a value or a
	// transaction larger than the storage takes (kv.MaxKeySize, kv.MaxValueSize, kv.MaxTxSize).
	ErrTooLarge = errors.New("engine: too large")
)

// Engine is one running instance of SurrealDB over one store. It is safe for concurrent use.
type Engine struct {
	module   *Module
	host     *host
	limits   limits
	budget   *semaphore.Weighted // bytes of requests, see limits.inFlight
	requests chan *request
	open     context.Context // ends with the first Close: no new requests; those in flight finish
	close    context.CancelFunc
	hurry    chan struct{} // those in flight are given up
	rush     sync.Once
	stopped  chan struct{} // the loop has ended
	failure  error         // why the loop ended; set before stopped is closed
	closeErr error         // set before stopped is closed

	// running holds the requests that the module works on. It belongs to the loop.
	running map[*request]struct{}

	inFlight  atomic.Int64
	heapSlots atomic.Int64
	wasmBytes atomic.Int64
	openTxs   atomic.Int64
}

type request struct {
	ctx     context.Context
	payload []byte
	fault   fault         // belongs to the loop until the request is answered
	done    chan response // buffered: the loop never waits for a caller
}

type response struct {
	payload []byte
	err     error
	fault   fault
}

// Open starts an instance of the module over db, which it owns from then on: Close closes it, and so does a
// failed Open. ErrModule: m was closed, or is not from Compile.
func Open(ctx context.Context, m *Module, db *kv.DB) (*Engine, error) {
	return openWithin(ctx, m, db, defaultLimits)
}

func openWithin(ctx context.Context, m *Module, db *kv.DB, l limits) (*Engine, error) {
	e := newUnstarted(m, db, l)
	h := e.host
	// The instance lives longer than ctx: only opening it is bounded by the caller.
	var err error
	if h.module, err = m.instantiate(h.ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("engine: open: %w", err), db.Close())
	}
	h.memory = h.module.Memory()

	ready := make(chan error, 1)
	go e.run(ready)
	select {
	case err = <-ready:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("engine: open: %w", err), e.Close(context.WithoutCancel(ctx)))
	}
	return e, nil
}

// newUnstarted makes an engine without an instance.
func newUnstarted(m *Module, db *kv.DB, l limits) *Engine {
	e := &Engine{
		module:   m,
		host:     newHost(db),
		limits:   l,
		budget:   semaphore.NewWeighted(l.inFlight),
		requests: make(chan *request),
		hurry:    make(chan struct{}),
		stopped:  make(chan struct{}),
		running:  map[*request]struct{}{},
	}
	e.open, e.close = context.WithCancel(context.Background())
	e.host.onFault = e.noteFault
	return e
}

// Call hands one CBOR-encoded RPC request to the module and returns its CBOR-encoded response. When ctx ends
// first, Call returns at once with its error; a request that the module had already taken runs to its end
// unseen, one that it had not is dropped.
//
// Requests wait, in the order that they came in, while those that run are too large together. ErrTooLarge:
// the request is over MaxRequest. ErrFull: the module has no memory left for a request of this size.
func (e *Engine) Call(ctx context.Context, payload []byte) ([]byte, error) {
	out := e.call(ctx, payload)
	return out.payload, out.err
}

func (e *Engine) call(ctx context.Context, payload []byte) response {
	if len(payload) > MaxRequest {
		return response{err: fmt.Errorf("%w: request of %d bytes, at most %d", ErrTooLarge, len(payload), MaxRequest)}
	}
	if err := e.admit(ctx, payload); err != nil {
		return response{err: err}
	}
	r := &request{ctx: ctx, payload: payload, done: make(chan response, 1)}
	var err error
	select {
	case e.requests <- r:
	case <-ctx.Done():
		err = ctx.Err()
	case <-e.open.Done():
		err = e.ended()
	case <-e.stopped:
		err = e.ended()
	}
	if err != nil {
		e.dismiss(payload)
		return response{err: err}
	}
	select {
	case out := <-r.done:
		return out
	case <-ctx.Done():
		return response{err: ctx.Err()}
	case <-e.stopped:
	}
	// The loop may have answered just before it ended.
	select {
	case out := <-r.done:
		return out
	default:
		return response{err: e.ended()}
	}
}

// ended says why no call can be answered.
func (e *Engine) ended() error {
	select {
	case <-e.stopped:
		return e.failure
	default:
		return ErrClosed
	}
}

// closeGrace is how long Close waits for the running step of the module after its context ended.
const closeGrace = 5 * time.Second

// Close lets running requests finish, or until ctx ends, then releases the instance and the store. Later
// calls return ErrClosed. It is nil-safe and may be called more than once; every call returns the same
// result. A statement that computes without a pause cannot be interrupted: when ctx has ended and it still
// runs after five seconds, Close returns an error and the instance ends by itself once it is done.
func (e *Engine) Close(ctx context.Context) error {
	if e == nil {
		return nil
	}
	e.close()
	select {
	case <-e.stopped:
		return e.closeErr
	case <-ctx.Done():
	}
	e.rush.Do(func() { close(e.hurry) })
	grace := time.NewTimer(closeGrace)
	defer grace.Stop()
	select {
	case <-e.stopped:
		return e.closeErr
	case <-grace.C:
		return fmt.Errorf("engine: close: a statement still runs: %w", ctx.Err())
	}
}

// Stats says what the instance holds. HeapSlots and WasmBytes are as of the last request.
type Stats struct {
	HeapSlots    int   // JavaScript values in use
	WasmBytes    int64 // the module's memory, of 4 GiB that it can address
	InFlight     int   // requests that are running
	Transactions int   // storage transactions that are open
}

// Stats reports what the instance holds.
func (e *Engine) Stats() Stats {
	return Stats{
		HeapSlots:    int(e.heapSlots.Load()),
		WasmBytes:    e.wasmBytes.Load(),
		InFlight:     int(e.inFlight.Load()),
		Transactions: int(e.openTxs.Load()),
	}
}

// run is the loop's goroutine: it connects the module, then serves requests until Close or a trap.
func (e *Engine) run(ready chan<- error) {
	h, connected := e.host, false
	err := h.guard(func() {
		handle, err := h.connect(e.open.Done())
		if err != nil {
			panic(err)
		}
		connected = true
		ready <- nil
		e.serve(handle)
	})
	e.failure = ErrClosed
	if err != nil {
		e.failure = err
	}
	if !connected {
		ready <- e.failure
	}
	for r := range e.running {
		e.answer(r, response{err: e.failure})
	}
	e.publish()
	e.closeErr = errors.Join(h.module.Close(h.ctx), e.module.release(), h.db.Close())
	close(e.stopped)
}

// serve runs the event loop. It returns when the engine is closed and nothing is in flight.
func (e *Engine) serve(handle *engineHandle) {
	h := e.host
	idle := time.NewTimer(time.Hour)
	defer idle.Stop()
	requests, closing := e.requests, e.open.Done()
	for {
		select {
		case r := <-requests:
			e.start(handle, r)
			continue
		case <-closing:
			requests, closing = nil, nil
		case <-e.hurry:
			return
		default:
		}
		e.publish()
		if closing == nil && len(e.running) == 0 {
			return
		}
		if h.step(time.Now()) {
			continue
		}
		wait := time.Hour
		if at, ok := h.nextTimer(); ok {
			wait = time.Until(at)
		}
		idle.Reset(wait)
		select {
		case r := <-requests:
			e.start(handle, r)
		case <-closing:
			requests, closing = nil, nil
		case <-e.hurry:
			return
		case <-idle.C:
		}
	}
}

func (e *Engine) publish() {
	e.inFlight.Store(int64(len(e.running)))
	e.heapSlots.Store(int64(e.host.heap.live))
	e.wasmBytes.Store(e.host.memorySize())
	e.openTxs.Store(int64(e.host.txs))
}

// start hands a request to the module.
func (e *Engine) start(handle *engineHandle, r *request) {
	h := e.host
	if err := r.ctx.Err(); err != nil {
		e.answer(r, response{err: err})
		return
	}
	if err := e.limits.full(h.memorySize(), len(r.payload)); err != nil {
		e.answer(r, response{err: err})
		return
	}
	e.running[r] = struct{}{}
	out := h.invoke(exportExecute, uint64(handle.ptr), uint64(h.heap.add(newBytes(r.payload))))
	p, ok := h.heap.take(index(out[0])).(*promise)
	if !ok {
		panic(errors.New("execute returned no promise"))
	}
	h.whenSettled(p, func() {
		if p.state == rejected {
			e.answer(r, response{err: fmt.Errorf("%w: %s", ErrRequest, describe(p.value))})
			return
		}
		e.answer(r, response{payload: h.bytes(p.value)})
	})
}

// answer ends a request that the loop has taken.
func (e *Engine) answer(r *request, out response) {
	delete(e.running, r)
	e.dismiss(r.payload)
	out.fault = r.fault
	r.done <- out
}

// connect opens SurrealDB's datastore on the IndexedDB layer and returns the module's engine object. It
// gives up when cancel is closed.
func (h *host) connect(cancel <-chan struct{}) (*engineHandle, error) {
	ptr, n := h.writeString("indxdb://spectron")
	out := h.invoke(exportConnect, uint64(ptr), uint64(n), uint64(h.heap.add(undefined{})))
	p, ok := h.heap.take(index(out[0])).(*promise)
	if !ok {
		panic(errors.New("connect returned no promise"))
	}
	for p.state == pending {
		if h.step(time.Now()) {
			continue
		}
		at, ok := h.nextTimer()
		if !ok {
			return nil, errors.New("connect: the module waits for nothing")
		}
		select {
		case <-time.After(time.Until(at)):
		case <-cancel:
			return nil, ErrClosed
		}
	}
	if p.state == rejected {
		return nil, fmt.Errorf("connect: %s", describe(p.value))
	}
	handle, ok := p.value.(*engineHandle)
	if !ok {
		return nil, fmt.Errorf("connect: the module returned %s", describe(p.value))
	}
	return handle, nil
}

// guard runs f and turns a trap in the module, or a defect of the host, into ErrBroken with its reason.
func (h *host) guard(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("%w: %s; reopen the store", ErrBroken, firstLine(r))
		default:
			err = fmt.Errorf("%w: %v; reopen the store", ErrBroken, r)
		}
	}()
	f()
	return nil
}

// firstLine drops the wasm stack trace that wazero appends to an error. (A panic in SurrealDB arrives as
// "unreachable": the build does not hand its text to the host.)
func firstLine(err error) string {
	var t *trap
	if errors.As(err, &t) {
		return t.message
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
