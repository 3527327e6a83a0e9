package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
)

// handle returns the inner handle of the caller of c.
func (c *contextHandle) handle() gate.Handle { return gate.Handle{Live: c.state, Caller: c.caller} }

// call runs an operation of the caller of c, once the gate admits it. Every method that uses a wrapper of this file is observed. f
// must use the context that it is given.
func call[T any](ctx context.Context, c *contextHandle, op string, f func(context.Context, *gate.Call) (T, error)) (T, error) {
	return observe(ctx, &c.state.Core.Opts, operationOf(c.caller, op, c.state.ID), func(ctx context.Context, seen *observation) (out T, err error) {
		admitted, err := c.handle().Authorize(ctx, op)
		if err != nil {
			return out, fail(op, err)
		}
		defer admitted.Done()
		out, err = f(ctx, admitted)
		seen.called(admitted)
		if err != nil {
			var none T
			return none, fail(op, err)
		}
		return out, nil
	})
}

// do is like call, for an operation without a result.
func do(ctx context.Context, c *contextHandle, op string, f func(context.Context, *gate.Call) error) error {
	_, err := call(ctx, c, op, func(ctx context.Context, s *gate.Call) (none struct{}, err error) { return none, f(ctx, s) })
	return err
}

// callMemory is like call, for operations on memory, which management keys may not use.
func callMemory[T any](ctx context.Context, c *contextHandle, op string, f func(context.Context, *gate.Call) (T, error)) (T, error) {
	return call(ctx, c, op, func(ctx context.Context, s *gate.Call) (none T, err error) {
		if err := s.RequireMemory(ctx); err != nil {
			return none, err
		}
		return f(ctx, s)
	})
}

// doMemory is like callMemory, for an operation without a result.
func doMemory(ctx context.Context, c *contextHandle, op string, f func(context.Context, *gate.Call) error) error {
	_, err := callMemory(ctx, c, op, func(ctx context.Context, s *gate.Call) (none struct{}, err error) { return none, f(ctx, s) })
	return err
}

// callAdministrator is like call, for operations that only the program that opened the store and management keys may use.
func callAdministrator[T any](ctx context.Context, c *contextHandle, op string, f func(context.Context, *gate.Call) (T, error)) (T, error) {
	return call(ctx, c, op, func(ctx context.Context, s *gate.Call) (none T, err error) {
		if err := s.RequireAdministrator(ctx); err != nil {
			return none, err
		}
		return f(ctx, s)
	})
}

// control returns the control plane for the caller of m.
func (m *controlPlane) control() gate.Control { return gate.Control{Store: m.core, Caller: m.caller} }

// manage runs an operation of the caller of m in the control plane, once the gate has checked that its key is still valid.
func manage[T any](ctx context.Context, m *controlPlane, op string, f func(context.Context, gate.ControlCall) (T, error)) (T, error) {
	return manageContext(ctx, m, op, "", f)
}

// manageContext is like manage, for an operation on a Context.
func manageContext[T any](ctx context.Context, m *controlPlane, op, id string, f func(context.Context, gate.ControlCall) (T, error)) (T, error) {
	return observed(ctx, m, op, id, func(ctx context.Context) (T, error) { return admitted(ctx, m, op, f) })
}

// observed runs and observes an operation of the caller of m. The Observer does not get an invalid id.
func observed[T any](ctx context.Context, m *controlPlane, op, id string, f func(context.Context) (T, error)) (T, error) {
	if !idPattern.MatchString(id) {
		id = ""
	}
	return observe(ctx, &m.core.Opts, operationOf(m.caller, op, id), func(ctx context.Context, _ *observation) (T, error) { return f(ctx) })
}

// admitted runs an operation in the control plane, once the gate admits it.
func admitted[T any](ctx context.Context, m *controlPlane, op string, f func(context.Context, gate.ControlCall) (T, error)) (out T, err error) {
	call := gate.ControlCall{Control: m.control(), Op: op}
	if err := call.Authorize(ctx, op); err != nil {
		return out, fail(op, err)
	}
	defer m.core.Done()
	if out, err = f(ctx, call); err != nil {
		var none T
		return none, fail(op, err)
	}
	return out, nil
}
