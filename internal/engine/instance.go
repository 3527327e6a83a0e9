package engine

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

// instance is one life of the module: its host, and the requests that it works on. It belongs to the
// supervisor's goroutine.
type instance struct {
	*host
	engine     *Engine
	generation uint64
	handle     *engineHandle
	running    map[*request]struct{}
	used       bool // it has taken a request
}

func newInstance(e *Engine, generation uint64) *instance {
	i := &instance{host: newHost(e.db), engine: e, generation: generation, running: map[*request]struct{}{}}
	i.onFault = i.noteFault
	i.hurry, i.limit, i.now = e.hurry, e.limits.Statement, e.limits.now
	return i
}

// open instantiates the module and opens SurrealDB's datastore. What it left behind when it fails, end clears.
func (i *instance) open() error {
	var err error
	if i.module, err = i.engine.module.instantiate(i.ctx); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	i.memory = i.module.Memory()
	return i.guard(func() {
		handle, err := i.connect(i.engine.open.Done())
		if err != nil {
			panic(err)
		}
		i.handle = handle
	})
}

// serve runs the event loop, with the first request if there is one, and says why it ended: nil when the engine
// was closed and nothing is in flight or is to be waited for, errRecycled, or why the instance broke.
func (i *instance) serve(first *request) (why error) {
	err := i.guard(func() {
		if first != nil {
			i.take(first)
		}
		why = i.loopUntilEnd()
	})
	select {
	case <-i.hurry: // the instance may have been ended at a safepoint for it
		return nil
	default:
	}
	if err != nil {
		return err
	}
	return why
}

func (i *instance) loopUntilEnd() error {
	e := i.engine
	idle := time.NewTimer(time.Hour)
	defer idle.Stop()
	requests, closing := e.requests, e.open.Done()
	for {
		switch size := i.memorySize(); {
		case i.used && len(i.running) == 0 && e.limits.spent(size, len(i.txs)):
			return errRecycled
		case size >= e.limits.hold:
			requests = nil // they wait for the next instance
		}
		select {
		case r := <-requests:
			i.take(r)
			continue
		case <-closing:
			requests, closing = nil, nil
		case <-i.hurry:
			return nil
		default:
		}
		i.publish()
		if closing == nil && len(i.running) == 0 {
			return nil
		}
		i.stepped = i.now()
		if i.step(time.Now()) {
			continue
		}
		wait := time.Hour
		if at, ok := i.nextTimer(); ok {
			wait = time.Until(at)
		}
		idle.Reset(wait)
		select {
		case r := <-requests:
			i.take(r)
		case <-closing:
			requests, closing = nil, nil
		case <-i.hurry:
			return nil
		case <-idle.C:
		}
	}
}

// take hands a request to the module.
func (i *instance) take(r *request) {
	if err := r.ctx.Err(); err != nil {
		i.engine.answer(r, response{err: err})
		return
	}
	if r.generation != 0 && r.generation != i.generation {
		i.engine.answer(r, response{err: errMoved})
		return
	}
	i.stepped = i.now()
	r.started = i.stepped
	i.used = true
	i.running[r] = struct{}{}
	out := i.invoke(exportExecute, uint64(i.handle.ptr), uint64(i.heap.add(newBytes(r.payload))))
	p, ok := i.heap.take(index(out[0])).(*promise)
	if !ok {
		panic(errors.New("execute returned no promise"))
	}
	i.whenSettled(p, func() {
		if p.state == rejected {
			i.answer(r, response{err: fmt.Errorf("%w: %s", ErrRequest, describe(p.value))})
			return
		}
		i.answer(r, response{payload: i.bytes(p.value)})
	})
}

// answer ends a request that the module has taken.
func (i *instance) answer(r *request, out response) {
	delete(i.running, r)
	i.engine.gauges.inFlight.Store(int64(len(i.running))) // who has the answer does not find the request in flight
	out.generation = i.generation
	i.engine.answer(r, out)
}

// end rolls back what the instance has not committed, tells those who wait, and releases it. Nothing of it runs
// any more, so nothing can be committed later.
func (i *instance) end(why error) {
	i.rollBack()
	if why == nil {
		why = ErrClosed
	}
	if i.memory != nil && len(i.running) > 0 && i.memorySize() >= i.engine.limits.hold {
		why = fmt.Errorf("%w: %d MiB of 4096 in use: %w", ErrFull, i.memorySize()>>20, why)
	}
	if i.module != nil {
		// Closing an instance marks it closed; there is nothing in it that could fail.
		_ = i.module.Close(i.ctx)
	}
	lost := i.running
	i.heap, i.loop, i.memory, i.running = newHeap(), newLoop(), nil, nil
	i.publish()
	for r := range lost {
		i.answer(r, response{err: fmt.Errorf("%w: %w", why, surreal.ErrLost)})
	}
}

func (i *instance) publish() {
	g := &i.engine.gauges
	g.inFlight.Store(int64(len(i.running)))
	g.heapSlots.Store(int64(i.heap.live))
	g.wasmBytes.Store(i.memorySize())
	g.transactions.Store(int64(len(i.txs)))
}

// connect opens SurrealDB's datastore on the IndexedDB layer and returns the module's engine object. It
// gives up when cancel is closed.
func (h *host) connect(cancel <-chan struct{}) (*engineHandle, error) {
	h.stepped = h.now()
	ptr, n := h.writeString("indxdb://spectron")
	out := h.invoke(exportConnect, uint64(ptr), uint64(n), uint64(h.heap.add(undefined{})))
	p, ok := h.heap.take(index(out[0])).(*promise)
	if !ok {
		panic(errors.New("connect returned no promise"))
	}
	for p.state == pending {
		h.stepped = h.now()
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
			err = broken(r)
		default:
			err = fmt.Errorf("%w: %v", ErrBroken, r)
		}
	}()
	f()
	return nil
}

// broken drops the wasm stack trace that wazero appends to an error. (A panic in SurrealDB arrives as
// "unreachable": the build does not hand its text to the host.)
func broken(err error) error {
	var t *trap
	var o *overrun
	switch {
	case errors.As(err, &t):
		return fmt.Errorf("%w: %w", ErrBroken, t)
	case errors.As(err, &o):
		return fmt.Errorf("%w: %w", ErrBroken, o)
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("%w: %s", ErrBroken, line)
}
