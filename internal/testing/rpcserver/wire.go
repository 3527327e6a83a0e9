package rpcserver

import (
	"context"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// request is one of a client.
type request struct {
	ID      cbor.RawMessage `cbor:"id"`
	Method  string          `cbor:"method"`
	Params  cbor.RawMessage `cbor:"params"`
	Session surreal.UUID    `cbor:"session"` // zero: the connection's own
	Txn     surreal.UUID    `cbor:"txn"`     // zero: none
}

// sql is the text of a query, for the faults.
func (r *request) sql() string {
	if r.Method != "query" {
		return ""
	}
	var sql string
	if params := r.params(); len(params) > 0 {
		_ = surreal.Unmarshal(params[0], &sql) // what is not a text, the engine refuses
	}
	return sql
}

func (r *request) params() []cbor.RawMessage {
	var params []cbor.RawMessage
	if len(r.Params) == 0 || surreal.Unmarshal(r.Params, &params) != nil {
		return nil // the engine refuses what is no list
	}
	return params
}

// response encodes the answer to a request: its id, unless there was none, and a result or an error.
func response(id, result, failed cbor.RawMessage) ([]byte, error) {
	out := map[string]cbor.RawMessage{}
	if len(id) > 0 {
		out["id"] = id
	}
	if failed != nil {
		out["error"] = failed
	} else {
		out["result"] = result
	}
	return surreal.Marshal(out)
}

// failure is an error as SurrealDB 3 sends it. Kind and details are what surrealdb/types/src/error.rs has, and the
// codes those of its wire format.
type failure struct {
	Code    int64           `cbor:"code"`
	Kind    string          `cbor:"kind"`
	Message string          `cbor:"message"`
	Details *failureDetails `cbor:"details,omitempty"`
}

type failureDetails struct {
	Kind    string `cbor:"kind"`
	Details any    `cbor:"details,omitempty"`
}

func (f failure) encode() cbor.RawMessage {
	b, err := surreal.Marshal(f)
	if err != nil {
		panic(fmt.Sprintf("rpcserver: %v", err)) // only constants and valid strings are in it
	}
	return b
}

// codeInternal is the code of errors that have none of their own.
const codeInternal = -32000

func internalError(message string) failure {
	return failure{Code: codeInternal, Kind: "Internal", Message: message}
}

func parseError(message string) failure {
	return failure{Code: -32700, Kind: "Validation", Message: message, Details: &failureDetails{Kind: "Parse"}}
}

func invalidParams(message string) failure {
	return failure{Code: -32603, Kind: "Validation", Message: message, Details: &failureDetails{Kind: "InvalidParams"}}
}

func methodNotFound(method string) failure {
	return failure{
		Code: -32601, Kind: "NotFound", Message: "Method not found",
		Details: &failureDetails{"Method", map[string]string{"name": method}},
	}
}

func sessionNotFound(id surreal.UUID) failure {
	return failure{
		Code: codeInternal, Kind: "NotFound", Message: "Session not found: " + uuid.UUID(id).String(),
		Details: &failureDetails{"Session", map[string]string{"id": uuid.UUID(id).String()}},
	}
}

func transactionNotFound() failure {
	return failure{Code: codeInternal, Kind: "NotFound", Message: "Transaction not found", Details: &failureDetails{Kind: "Transaction"}}
}

func noLiveQueries() failure {
	return failure{
		Code: -32604, Kind: "Configuration", Message: "Live query not supported",
		Details: &failureDetails{Kind: "LiveQueryNotSupported"},
	}
}

func overloaded() failure { return internalError("The server is unable to handle the request") }

func expired() failure {
	return failure{
		Code: codeInternal, Kind: "NotAllowed", Message: "The session has expired",
		Details: &failureDetails{"Auth", failureDetails{Kind: "SessionExpired"}},
	}
}

func notSignedIn(method string) failure {
	return failure{
		Code: -32002, Kind: "NotAllowed", Message: "IAM error: Not enough permissions to perform this action",
		Details: &failureDetails{"Auth", failureDetails{"NotAllowed", map[string]string{
			"actor": "anonymous", "action": "process", "resource": method,
		}}},
	}
}

// call is a request to the engine. The engine has one session for each of ours; without one it serves what needs none.
type call struct {
	Method  string
	Session surreal.UUID
	Txn     surreal.UUID
	Params  cbor.RawMessage
}

// call runs a request in the engine. It returns its result, or its error as it travels, or why the engine had neither.
func (s *Server) call(ctx context.Context, c call) (result, failed cbor.RawMessage, err error) {
	message := map[string]any{"id": "0", "method": c.Method}
	if c.Session != (surreal.UUID{}) {
		message["session"] = c.Session
	}
	if c.Txn != (surreal.UUID{}) {
		message["txn"] = c.Txn
	}
	if len(c.Params) > 0 {
		message["params"] = c.Params
	}
	b, err := surreal.Marshal(message)
	if err != nil {
		return nil, nil, err
	}
	out, err := s.engine.Call(ctx, b)
	if err != nil {
		return nil, nil, err
	}
	if failed := errorIn(out); failed != nil {
		return nil, failed, nil
	}
	return out, nil, nil
}

// errorIn returns the error in an answer of the engine, which has no other mark than its shape: a map of "error"
// alone, with a code and a message. (A record has an id besides.)
func errorIn(answer []byte) cbor.RawMessage {
	if len(answer) == 0 || answer[0] != wire.Map<<5|1 {
		return nil
	}
	var outer map[string]cbor.RawMessage
	if surreal.Unmarshal(answer, &outer) != nil || outer["error"] == nil {
		return nil
	}
	var inner struct {
		Code    int64  `cbor:"code"`
		Message string `cbor:"message"`
	}
	if surreal.Unmarshal(outer["error"], &inner) != nil || inner.Code == 0 {
		return nil
	}
	return outer["error"]
}
