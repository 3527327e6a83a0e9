package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/spectron-go/spectron/internal/fault"
)

// lock is a mutex. A caller stops waiting for it when its context ends.
type lock chan struct{}

func newLock() lock { return make(lock, 1) }

// Lock waits for the lock, or until ctx ends.
func (l lock) Lock(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err // even if the lock is free
	}
	select {
	case l <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Unlock frees the lock.
func (l lock) Unlock() { <-l }

// writerLock is the lock of the writer of a Context. Log records that arise while it is held are written after it is freed, because the
// logger belongs to the program and may block, and other writers must not wait for it.
type writerLock struct {
	lock
	mu      sync.Mutex // guards the fields below
	held    bool
	waiting []func()
}

// Lock waits for the lock, or until ctx ends.
func (w *writerLock) Lock(ctx context.Context) error {
	if err := w.lock.Lock(ctx); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = true
	return nil
}

// Unlock frees the lock, and then calls the functions that wait for that.
func (w *writerLock) Unlock() {
	w.mu.Lock()
	waiting := w.waiting
	w.held, w.waiting = false, nil
	w.mu.Unlock()
	w.lock.Unlock()
	for _, f := range waiting {
		f()
	}
}

// whenFree calls f now. While the lock is held, its holder calls f after freeing it.
func (w *writerLock) whenFree(f func()) {
	w.mu.Lock()
	if w.held {
		w.waiting = append(w.waiting, f)
		w.mu.Unlock()
		return
	}
	w.mu.Unlock()
	f()
}

// Begin admits an operation. After Close it returns fault.Closed. Close waits until each admitted operation has called Done.
func (m *Store) Begin() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return closedStore()
	}
	m.running++
	return nil
}

func closedStore() error { return fault.New(fault.Closed, "", "the store is closed") }

// Hold counts background work that an admitted operation starts. It also ends with Done.
func (m *Store) Hold() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running++
}

// Done ends an operation that Begin or Hold has started.
func (m *Store) Done() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended()
}

// ended counts an operation as done. The caller holds mu.
func (m *Store) ended() {
	if m.running--; m.running == 0 && m.closed {
		m.signalIdle()
	}
}

// pinner counts work that continues after a call: a Store, or a Context, which then stays in memory.
type pinner interface {
	Hold()
	Done()
	Log(ctx context.Context, level slog.Level, message string, attrs ...slog.Attr)
}

// Pin admits an operation like Store.Begin, and keeps the Context in memory until Done.
func (s *Context) Pin() error {
	m := s.Core
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return closedStore()
	}
	m.running++
	s.pins++
	return nil
}

// Hold counts background work that an admitted operation starts, and pins the Context for it.
func (s *Context) Hold() {
	s.Core.mu.Lock()
	defer s.Core.mu.Unlock()
	s.Core.running++
	s.pins++
}

// Done ends an operation that Pin or Hold has started. The last user of a Context may have to evict it.
func (s *Context) Done() {
	m := s.Core
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
		m.Done()
	}
}

// signalIdle lets Close continue. The caller holds mu.
func (m *Store) signalIdle() {
	select {
	case <-m.idle:
	default:
		close(m.idle)
	}
}

// shut refuses new operations and waits until the admitted ones are done or ctx ends. It reports whether they are done. It may be called
// again.
func (m *Store) shut(ctx context.Context) (idle bool) {
	m.mu.Lock()
	if !m.closed {
		m.closed = true
		if m.running == 0 {
			m.signalIdle()
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

// Alive returns fault.NotFound after the Context was deleted.
func (s *Context) Alive() error {
	if s.deleted.Load() {
		return fault.New(fault.NotFound, "", "the Context %q was deleted", s.ID)
	}
	return nil
}

// thrown carries the value of a panic of the caller's clock, id source or embedder to the goroutine of the caller.
type thrown struct{ value any }

func (t *thrown) Error() string { return fmt.Sprintf("panic: %v", t.value) }

// Catch runs f for a caller in another goroutine, and returns a panic of f as an error, which the caller rethrows.
func Catch(f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &thrown{value}
		}
	}()
	return f()
}

// rethrow panics again with a value that Catch caught.
func rethrow(err error) {
	var t *thrown
	if errors.As(err, &t) {
		panic(t.value)
	}
}

// Abandoned is the error if the caller's context has ended while its work continues.
type Abandoned struct{ cause error }

func (u *Abandoned) Error() string { return u.cause.Error() }

func (u *Abandoned) Unwrap() error { return u.cause }

// Await runs work that may ignore ctx, such as an embedder. If ctx ends, Await returns at once with an *Abandoned, while the work
// continues. Close waits for the work.
func Await[T any](ctx context.Context, by pinner, work func() (T, error)) (T, error) {
	if err := ctx.Err(); err != nil {
		var none T
		return none, err // the work is not started
	}
	type result struct {
		out T
		err error
	}
	done := make(chan result, 1)
	by.Hold()
	go func() {
		defer by.Done()
		var r result
		r.err = Catch(func() (err error) {
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
		by.Hold()
		go func() {
			defer by.Done()
			if r := <-done; r.err != nil && !errors.Is(r.err, ctx.Err()) {
				by.Log(ctx, slog.LevelWarn, "Work failed that its caller no longer waits for", kind(r.err))
			}
		}()
		var none T
		return none, &Abandoned{ctx.Err()}
	}
}
