package spectron

import (
	"context"
	"errors"
	"fmt"

	"github.com/spectron-go/spectron/internal/fault"
)

// lock is a mutual exclusion that a caller with a context need not wait for.
type lock chan struct{}

func newLock() lock { return make(lock, 1) }

func (l lock) lock(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err // also when the lock is free
	}
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l lock) unlock() { <-l }

// begin admits an operation: fault.Closed after Close. Close waits for the operations that have begun, until each
// calls done.
func (m *openStore) begin() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return closedStore()
	}
	m.running++
	return nil
}

func closedStore() error { return fault.New(fault.Closed, "", "the store is closed") }

// hold counts work that an admitted operation leaves behind; it ends with done as well.
func (m *openStore) hold() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running++
}

func (m *openStore) done() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended()
}

// ended counts an operation that is done. The caller holds mu.
func (m *openStore) ended() {
	if m.running--; m.running == 0 && m.closed {
		m.settle()
	}
}

// pinner counts work that goes on behind a call: a store, or a Context, which that keeps in memory as well.
type pinner interface {
	hold()
	done()
}

// pin admits an operation as openStore.begin does, and keeps the Context in memory, once it is there, until done.
func (s *contextStore) pin() error {
	m := s.core
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return closedStore()
	}
	m.running++
	s.pins++
	return nil
}

// hold counts work that an admitted operation leaves behind, and pins the Context for it.
func (s *contextStore) hold() {
	s.core.mu.Lock()
	defer s.core.mu.Unlock()
	s.core.running++
	s.pins++
}

// done ends what pin or hold has begun. The last one that uses a Context may have to take it out of memory.
func (s *contextStore) done() {
	m := s.core
	m.mu.Lock()
	s.pins--
	var gone []evicted
	if s.pins == 0 {
		m.pool.touch(s)
		gone = m.pool.surplus()
		if s.deleted.Load() {
			gone = append(gone, s.unload())
		}
	}
	if gone == nil {
		m.ended()
	}
	m.mu.Unlock()
	if gone != nil {
		m.detach(context.Background(), gone)
		m.done()
	}
}

// settle lets Close go on. The caller holds mu.
func (m *openStore) settle() {
	select {
	case <-m.idle:
	default:
		close(m.idle)
	}
}

// shut refuses new operations and waits until those that have begun are done, or ctx ends, and reports which. It is
// repeatable.
func (m *openStore) shut(ctx context.Context) (idle bool) {
	m.mu.Lock()
	if !m.closed {
		m.closed = true
		if m.running == 0 {
			m.settle()
		}
	}
	m.mu.Unlock()
	select {
	case <-m.idle:
		return true
	case <-ctx.Done():
		return false
	}
}

// alive returns a fault.NotFound once the Context was deleted.
func (s *contextStore) alive() error {
	if s.deleted.Load() {
		return fault.New(fault.NotFound, "", "the Context %q was deleted", s.id)
	}
	return nil
}

// thrown is what a clock, id source or embedder of the caller's panicked with, on its way to where the caller is.
type thrown struct{ value any }

func (t *thrown) Error() string { return fmt.Sprintf("panic: %v", t.value) }

// catch runs f on behalf of a caller in another goroutine, who rethrows what f panics with.
func catch(f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &thrown{value}
		}
	}()
	return f()
}

// rethrow panics with what catch caught.
func rethrow(err error) {
	var t *thrown
	if errors.As(err, &t) {
		panic(t.value)
	}
}

// abandoned says that a caller has gone, and left work behind that goes on.
type abandoned struct{ cause error }

func (u *abandoned) Error() string { return u.cause.Error() }

func (u *abandoned) Unwrap() error { return u.cause }

// await does work, which may take no notice of ctx, such as an embedder. When ctx ends, the caller goes at once, with an
// *abandoned; the work goes on behind it, and Close waits for it.
func await[T any](ctx context.Context, by pinner, work func() (T, error)) (T, error) {
	if err := ctx.Err(); err != nil {
		var none T
		return none, err // nothing is begun
	}
	type result struct {
		out T
		err error
	}
	done := make(chan result, 1)
	by.hold()
	go func() {
		defer by.done()
		var r result
		r.err = catch(func() (err error) {
			r.out, err = work()
			return err
		})
		done <- r
	}()
	select {
	case r := <-done:
		rethrow(r.err)
		return r.out, r.err
	case <-ctx.Done():
		var none T
		return none, &abandoned{ctx.Err()}
	}
}
