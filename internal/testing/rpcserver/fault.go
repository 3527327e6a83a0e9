package rpcserver

import (
	"context"
	"sync"
)

// Fault is what goes wrong with a request.
type Fault int

// The faults.
const (
	// FaultNone: the request is served.
	FaultNone Fault = iota
	// FaultCutBefore resets the connection; the request does not run.
	FaultCutBefore
	// FaultCutAfter runs the request and resets the connection before it is answered.
	FaultCutAfter
	// FaultHold runs the request and withholds the answer until Release, or for ever.
	FaultHold
	// FaultRefuse answers with an error, as an overloaded server does; the request does not run.
	FaultRefuse
	// FaultExpire answers that the sign-in has expired; the request does not run.
	FaultExpire
)

// fault asks the test about a request.
func (s *Server) fault(method, sql string) Fault {
	if f := s.faults.Load(); f != nil {
		return (*f)(method, sql)
	}
	return FaultNone
}

// holding are the answers that are withheld.
type holding struct {
	mu       sync.Mutex
	count    int
	changed  chan struct{} // closed and replaced with every change of count
	released chan struct{} // closed and replaced by Release
}

func (h *holding) init() { h.changed, h.released = make(chan struct{}), make(chan struct{}) }

// hold waits for the next Release, and reports false when one of the others is closed first.
func (h *holding) hold(closed, ended <-chan struct{}) bool {
	h.mu.Lock()
	released := h.released
	h.add(1)
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		h.add(-1)
		h.mu.Unlock()
	}()
	select {
	case <-released:
		return true
	case <-closed:
		return false
	case <-ended:
		return false
	}
}

// add changes the count; mu is held.
func (h *holding) add(n int) {
	h.count += n
	close(h.changed)
	h.changed = make(chan struct{})
}

// Release lets the answers go that are held now.
func (s *Server) Release() {
	s.held.mu.Lock()
	defer s.held.mu.Unlock()
	close(s.held.released)
	s.held.released = make(chan struct{})
}

// AwaitHeld waits until exactly n answers are held: until then their requests may still run.
func (s *Server) AwaitHeld(ctx context.Context, n int) error {
	for {
		s.held.mu.Lock()
		count, changed := s.held.count, s.held.changed
		s.held.mu.Unlock()
		if count == n {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
