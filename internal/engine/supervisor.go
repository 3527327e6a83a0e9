package engine

import (
	"errors"
	"fmt"

	"github.com/spectron-go/spectron/internal/surreal"
)

// errRecycled ends an instance whose memory has grown. No request is running in it.
var errRecycled = errors.New("recycled")

// supervise is the goroutine that owns the instances: it runs one after the other, until Close.
func (e *Engine) supervise(ready chan<- error) {
	var generation uint64
	i, err := e.start(&generation)
	ready <- err
	var first *request
	for i != nil {
		why := i.serve(first)
		if errors.Is(why, errRecycled) {
			e.gauges.recycles.Add(1)
			e.log.Debug("Engine is replaced to give memory back", "wasm_bytes", i.memorySize())
		} else if why != nil {
			e.gauges.restarts.Add(1)
			e.log.Warn("Engine broke and is replaced", surreal.Cause(why), "statements", len(i.running))
		}
		i.end(why)
		if i = nil; e.open.Err() == nil {
			i, first = e.restart(&generation)
		}
	}
	e.close() // Open may have failed: nobody is served any more
	e.closeErr = errors.Join(e.db.Close(), e.module.release())
	close(e.stopped)
}

// start starts an instance and connects it.
func (e *Engine) start(generation *uint64) (*instance, error) {
	*generation++
	i := newInstance(e, *generation)
	if err := i.open(); err != nil {
		i.end(err)
		return nil, err
	}
	i.publish()
	return i, nil
}

// restart starts the next instance. When that fails, the requests that wait are told, and the next to come
// makes the next attempt, so that a module that cannot start is not started in a circle. It returns the
// request that was waited for, if any, and no instance when the engine was closed.
func (e *Engine) restart(generation *uint64) (*instance, *request) {
	var asked *request
	for {
		i, err := e.start(generation)
		if err == nil {
			return i, asked
		}
		if e.open.Err() != nil {
			err = ErrClosed
		} else {
			e.log.Error("Engine cannot be started", surreal.Cause(err))
			err = fmt.Errorf("%w; a new instance cannot be started (%w: the request was not run)", err, surreal.ErrUnreachable)
		}
		e.refuse(asked, err)
		select {
		case asked = <-e.requests:
		case <-e.open.Done():
			return nil, nil
		}
	}
}

// refuse answers a request, if there is one, and all those that wait at the moment.
func (e *Engine) refuse(r *request, err error) {
	for {
		if r != nil {
			e.answer(r, response{err: err})
		}
		select {
		case r = <-e.requests:
		default:
			return
		}
	}
}
