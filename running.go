package spectron

import (
	"context"
	"errors"
	"fmt"
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

// begin admits an operation: ErrClosed after Close. Close waits for the operations that have begun, until each
// calls done.
func (m *Manager) begin(op string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return &Error{Op: op, Code: CodeClosed, Detail: "the store is closed"}
	}
	m.running++
	return nil
}

// hold counts work that an admitted operation leaves behind; it ends with done as well.
func (m *Manager) hold() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running++
}

func (m *Manager) done() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.running--; m.running == 0 && m.closed {
		m.settle()
	}
}

// settle lets Close go on. The caller holds mu.
func (m *Manager) settle() {
	select {
	case <-m.idle:
	default:
		close(m.idle)
	}
}

// shut refuses new operations and waits until those that have begun are done, or ctx ends, and reports which. It is
// repeatable.
func (m *Manager) shut(ctx context.Context) (idle bool) {
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

// alive returns ErrNotFound once the Context was deleted.
func (c *Context) alive(op string) error {
	if c.state.deleted.Load() {
		return &Error{Op: op, Code: CodeNotFound, Detail: fmt.Sprintf("the Context %q was deleted", c.ID())}
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
func await[T any](ctx context.Context, c *Context, work func() (T, error)) (T, error) {
	type result struct {
		out T
		err error
	}
	done := make(chan result, 1)
	c.mgr.hold()
	go func() {
		defer c.mgr.done()
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
