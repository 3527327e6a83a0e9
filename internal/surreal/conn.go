// Package surreal is the seam between the library and SurrealDB, embedded or remote: a connection of three
// methods, the CBOR codec, results, typed errors and the retry of conflicts.
package surreal

import (
	"context"
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// Conn is a connection to one database. It is safe for concurrent use.
type Conn interface {
	// Query runs statements, with vars bound to their parameters ($name). It returns one result a statement,
	// or the error of the first that failed by its own fault. Statements outside a transaction that ran
	// before that one keep their effect.
	Query(ctx context.Context, sql string, vars map[string]any) (Results, error)
	// Use selects the database that later queries run in. It does not create it.
	Use(ctx context.Context, namespace, database string) error
	// Close ends the connection. It is repeatable.
	Close(ctx context.Context) error
}

// Results are the values of the statements of one query, in order.
type Results []cbor.RawMessage

// Into decodes the result of statement i into v, a pointer.
func (r Results) Into(i int, v any) error {
	if i < 0 || i >= len(r) {
		return fmt.Errorf("surreal: result %d of %d", i, len(r))
	}
	if err := Unmarshal(r[i], v); err != nil {
		return fmt.Errorf("surreal: result %d: %w", i, err)
	}
	return nil
}

// Last decodes the result of the last statement into v, a pointer.
func (r Results) Last(v any) error { return r.Into(len(r)-1, v) }

// statement is the answer to one statement, as it travels.
type statement struct {
	Status  string          `cbor:"status"`
	Result  cbor.RawMessage `cbor:"result"`
	Kind    string          `cbor:"kind"`
	Details cbor.RawMessage `cbor:"details"`
}

// DecodeResponse returns the result in what the embedded engine answers to a request: the bare result, or a
// map with an error in it.
func DecodeResponse(b []byte) (cbor.RawMessage, error) {
	if len(b) == 0 || b[0]>>5 != wire.Map {
		return b, nil
	}
	var r struct {
		Error cbor.RawMessage `cbor:"error"`
	}
	if err := Unmarshal(b, &r); err != nil {
		return nil, fmt.Errorf("surreal: response: %w", err)
	}
	if r.Error != nil && !isNothing(r.Error) {
		return nil, DecodeError(r.Error)
	}
	return b, nil
}

// DecodeError returns the error of a request from the "error" in its response: an *Error, unless that cannot be read.
func DecodeError(b cbor.RawMessage) error {
	var r struct {
		Message string          `cbor:"message"`
		Kind    string          `cbor:"kind"`
		Details cbor.RawMessage `cbor:"details"`
	}
	if err := Unmarshal(b, &r); err != nil {
		return fmt.Errorf("surreal: error of a response: %w", err)
	}
	return &Error{classify(r.Kind, reason(r.Details), r.Message), r.Message, -1}
}

// DecodeResults reads the result of a query request.
func DecodeResults(b cbor.RawMessage) (Results, error) {
	var statements []statement
	if err := Unmarshal(b, &statements); err != nil {
		return nil, fmt.Errorf("surreal: results: %w", err)
	}
	out := make(Results, len(statements))
	var failed *Error
	for i, s := range statements {
		if s.Status == "OK" {
			out[i] = s.Result
			continue
		}
		var message string
		if err := Unmarshal(s.Result, &message); err != nil {
			return nil, fmt.Errorf("surreal: error of statement %d: %w", i, err)
		}
		// In a transaction that fails, every statement reports an error: the one at fault is wanted. (The
		// server's own "NotExecuted" will not do: a commit that meets a conflict has it too.)
		if failed == nil || consequence(failed.Message) && !consequence(message) {
			failed = &Error{classify(s.Kind, reason(s.Details), message), message, i}
		}
	}
	if failed != nil {
		return nil, failed
	}
	return out, nil
}
