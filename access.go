package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
)

// handle is the Context as the caller of c sees it.
func (c *Context) handle() gate.Handle { return gate.Handle{Live: c.state, Caller: c.caller} }

// call runs an operation of the caller of c, once the gate admits it.
func call[T any](ctx context.Context, c *Context, op string, f func(*gate.Call) (T, error)) (out T, err error) {
	admitted, err := c.handle().Authorize(ctx, op)
	if err != nil {
		return out, fail(op, err)
	}
	defer admitted.Done()
	if out, err = f(admitted); err != nil {
		var none T
		return none, fail(op, err)
	}
	return out, nil
}

// do is call for what returns nothing.
func do(ctx context.Context, c *Context, op string, f func(*gate.Call) error) error {
	_, err := call(ctx, c, op, func(s *gate.Call) (none struct{}, err error) { return none, f(s) })
	return err
}

// callMemory is call for what is remembered, which management keys have nothing to do with.
func callMemory[T any](ctx context.Context, c *Context, op string, f func(*gate.Call) (T, error)) (T, error) {
	return call(ctx, c, op, func(s *gate.Call) (none T, err error) {
		if err := s.RequireMemory(ctx); err != nil {
			return none, err
		}
		return f(s)
	})
}

// doMemory is callMemory for what returns nothing.
func doMemory(ctx context.Context, c *Context, op string, f func(*gate.Call) error) error {
	_, err := callMemory(ctx, c, op, func(s *gate.Call) (none struct{}, err error) { return none, f(s) })
	return err
}

// callAdministrator is call for what only the program that opened the store and management keys may do.
func callAdministrator[T any](ctx context.Context, c *Context, op string, f func(*gate.Call) (T, error)) (T, error) {
	return call(ctx, c, op, func(s *gate.Call) (none T, err error) {
		if err := s.RequireAdministrator(ctx); err != nil {
			return none, err
		}
		return f(s)
	})
}

// control is the control plane as the caller of m sees it.
func (m *Manager) control() gate.Control { return gate.Control{Store: m.core, Caller: m.caller} }

// manage runs an operation of the caller of m in the control plane, once the gate admits it.
func manage[T any](ctx context.Context, m *Manager, op string, f func(gate.ControlCall) (T, error)) (out T, err error) {
	if err := m.admit(ctx, op); err != nil {
		return out, err
	}
	defer m.core.Done()
	if out, err = f(gate.ControlCall{Control: m.control(), Op: op}); err != nil {
		var none T
		return none, fail(op, err)
	}
	return out, nil
}

// admit admits an operation of the control plane, of a caller whose key is still good, until core.Done.
func (m *Manager) admit(ctx context.Context, op string) error {
	return fail(op, m.control().Authorize(ctx, op))
}

// admitOperator admits an operation of the program that opened the store.
func (m *Manager) admitOperator(ctx context.Context, op string) error {
	return fail(op, m.control().AuthorizeOperator(ctx, op))
}
