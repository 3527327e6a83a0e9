package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

var (
	// ErrClosed is returned by calls on an engine, or a session, that was closed.
	ErrClosed = errors.New("engine: closed")
	// ErrBroken is returned for the requests that were running when the module trapped; it matches
	// surreal.ErrLost as well, for what they wrote may be stored. Later requests run in a new instance. When
	// none can be started, they fail with ErrBroken and surreal.ErrUnreachable: they were not run.
	ErrBroken = errors.New("engine: broken")
	// ErrRequest is returned for a request that the module, or its storage, refused to take.
	ErrRequest = errors.New("engine: request refused")
	// ErrStorage is returned when the storage medium failed; what the request wrote is not stored.
	ErrStorage = errors.New("engine: storage failed")
	// ErrTooLarge is returned for a request over MaxRequest, and for one that makes a key, a value or a
	// transaction larger than the storage takes (kv.MaxKeySize, kv.MaxValueSize, kv.MaxTxSize).
	ErrTooLarge = errors.New("engine: too large")
)

// Engine is SurrealDB over one store. It runs one instance of the module at a time and replaces it when it
// trapped, or holds too much memory: the data is in the store. It is safe for concurrent use.
type Engine struct {
	module   *Module
	db       *kv.DB
	limits   limits
	budget   *semaphore.Weighted // bytes of requests, see limits.inFlight
	requests chan *request
	open     context.Context // ends with the first Close: no new requests; those in flight finish
	close    context.CancelFunc
	hurry    chan struct{} // those in flight are given up
	rush     sync.Once
	stopped  chan struct{} // the supervisor has ended
	closeErr error         // set before stopped is closed
	log      *slog.Logger  // hears of instances that are replaced
	gauges   gauges
}

// Open starts an instance of the module over db, which the engine owns from then on: Close closes it, and so
// does a failed Open. ErrModule: m was closed, or is not from Compile.
func Open(ctx context.Context, m *Module, db *kv.DB) (*Engine, error) {
	return OpenWithin(ctx, m, db, Limits{}, slog.New(slog.DiscardHandler))
}

// OpenWithin is Open with limits other than the defaults, and a logger that hears of instances that are replaced.
func OpenWithin(ctx context.Context, m *Module, db *kv.DB, l Limits, log *slog.Logger) (*Engine, error) {
	return openWithin(ctx, m, db, l.complete(), log)
}

func openWithin(ctx context.Context, m *Module, db *kv.DB, l limits, log *slog.Logger) (*Engine, error) {
	e := newUnstarted(m, db, l)
	e.log = log
	if err := m.acquire(); err != nil {
		return nil, errors.Join(fmt.Errorf("engine: open: %w", err), db.Close())
	}
	// The instance lives longer than ctx: only opening it is bounded by the caller.
	ready := make(chan error, 1)
	go e.supervise(ready)
	var err error
	select {
	case err = <-ready:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("engine: open: %w", err), e.Close(ctx))
	}
	return e, nil
}

// newUnstarted makes an engine without an instance.
func newUnstarted(m *Module, db *kv.DB, l limits) *Engine {
	e := &Engine{
		module:   m,
		db:       db,
		limits:   l,
		budget:   semaphore.NewWeighted(l.inFlight),
		requests: make(chan *request),
		hurry:    make(chan struct{}),
		stopped:  make(chan struct{}),
	}
	e.open, e.close = context.WithCancel(context.Background())
	return e
}

// Call hands one CBOR-encoded RPC request to the module and returns its CBOR-encoded response. When ctx ends
// first, Call returns at once with its error; a request that the module had already taken runs to its end
// unseen, one that it had not is dropped.
//
// Requests wait, in the order that they came in, while those that run are too large together, and while a new
// instance starts. ErrTooLarge: the request is over MaxRequest. ErrRequest, ErrBroken, ErrFull, ErrClosed.
// surreal.ErrTimeout: a running statement took longer than Limits.Statement.
func (e *Engine) Call(ctx context.Context, payload []byte) ([]byte, error) {
	out := e.call(&request{ctx: ctx, payload: payload})
	return out.payload, out.err
}

func (e *Engine) call(r *request) response {
	if n := len(r.payload); n > MaxRequest {
		return response{err: fmt.Errorf("%w: request of %d bytes, at most %d", ErrTooLarge, n, MaxRequest)}
	}
	if err := e.admit(r.ctx, r.payload); err != nil {
		return response{err: err}
	}
	r.done = make(chan response, 1)
	var err error
	select {
	case e.requests <- r:
	case <-r.ctx.Done():
		err = r.ctx.Err()
	case <-e.open.Done():
		err = ErrClosed
	}
	if err != nil {
		e.dismiss(r.payload)
		return response{err: err}
	}
	select {
	case out := <-r.done: // what was taken is answered
		return out
	case <-r.ctx.Done():
		return response{err: r.ctx.Err()}
	}
}

// answer ends a request that was admitted.
func (e *Engine) answer(r *request, out response) {
	e.dismiss(r.payload)
	out.fault = r.fault
	r.done <- out
}

// Close lets running requests finish, or until ctx ends, then releases the instance and the store. Requests
// that it gives up fail with ErrClosed and surreal.ErrLost, later ones with ErrClosed. It is nil-safe and may
// be called more than once; every call returns the same result. When ctx has ended and the storage does not
// return from a call for five seconds, Close returns an error, and everything is released once it has.
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
	grace := time.NewTimer(e.limits.grace)
	defer grace.Stop()
	select {
	case <-e.stopped:
		return e.closeErr
	case <-grace.C:
		return fmt.Errorf("engine: close: the storage does not return: %w", ctx.Err())
	}
}

// Stats says what the engine holds. The first four are as of the last step of the instance.
type Stats struct {
	HeapSlots    int   // JavaScript values in use
	WasmBytes    int64 // the module's memory, of 4 GiB that it can address
	InFlight     int   // requests that are running
	Transactions int   // storage transactions that are open
	Restarts     int   // instances that were replaced because they broke
	Recycles     int   // instances that were replaced for their memory
}

// gauges are what Stats reads and the supervisor writes.
type gauges struct{ heapSlots, wasmBytes, inFlight, transactions, restarts, recycles atomic.Int64 }

// Stats reports what the engine holds.
func (e *Engine) Stats() Stats {
	g := &e.gauges
	return Stats{
		HeapSlots:    int(g.heapSlots.Load()),
		WasmBytes:    g.wasmBytes.Load(),
		InFlight:     int(g.inFlight.Load()),
		Transactions: int(g.transactions.Load()),
		Restarts:     int(g.restarts.Load()),
		Recycles:     int(g.recycles.Load()),
	}
}

// Version asks for SurrealDB's version.
func (e *Engine) Version(ctx context.Context) (string, error) {
	request, err := surreal.Marshal(rpc{ID: "version", Method: "version"})
	if err != nil {
		return "", err
	}
	out, err := e.Call(ctx, request)
	if err != nil {
		return "", err
	}
	var version string
	return version, surreal.Unmarshal(out, &version)
}
