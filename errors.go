package spectron

import (
	"errors"
	"fmt"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
)

// Code is the kind of a failure. Codes are stable; the texts of errors are not.
type Code string

// The codes.
const (
	CodeInvalid         Code = "invalid"         // an argument breaks a rule; Field names it
	CodeTooLarge        Code = "too_large"       // an argument exceeds a limit; Field names it
	CodeNotFound        Code = "not_found"       // the named object does not exist, or the caller may not see it
	CodeAlreadyExists   Code = "already_exists"  // the object to create already exists, or its name is taken
	CodeConflict        Code = "conflict"        // write conflict with retries exhausted, or the state excludes the operation; Field "Options.Embedder": other vectors
	CodeClosed          Code = "closed"          // the Manager was closed
	CodeUnsupported     Code = "unsupported"     // this build or store does not support the operation
	CodeUnavailable     Code = "unavailable"     // the database or the engine does not answer
	CodeInUse           Code = "in_use"          // the file is already open, in another process or in this one
	CodeDamaged         Code = "damaged"         // the file is damaged
	CodeTimeout         Code = "timeout"         // a statement ran too long, or the caller's context ended
	CodeUnauthenticated Code = "unauthenticated" // the key, or the credentials for the server, were refused
	CodeForbidden       Code = "forbidden"       // the caller lacks the permission
	CodeBlocked         Code = "blocked"         // the Context refuses all work for models: EnforcementBlocked; or Config.TokenLimit is used up
	CodeModel           Code = "model"           // the model or the embedder failed
	CodeInternal        Code = "internal"        // a defect of this library
)

// Error is the error type of every method of this package. Match it with errors.Is against the sentinels below, or get it
// with errors.As.
type Error struct {
	Op     string // the operation: "remember", "create context"
	Code   Code
	Field  string // the argument at fault, by its name in Go: "Text", "Triples[2].Value"
	Detail string // what is wrong, and what to do
	Err    error  // the cause, or nil
}

// The sentinels, one for each code.
var (
	ErrInvalid         = &Error{Code: CodeInvalid}
	ErrTooLarge        = &Error{Code: CodeTooLarge}
	ErrNotFound        = &Error{Code: CodeNotFound}
	ErrAlreadyExists   = &Error{Code: CodeAlreadyExists}
	ErrConflict        = &Error{Code: CodeConflict}
	ErrClosed          = &Error{Code: CodeClosed}
	ErrUnsupported     = &Error{Code: CodeUnsupported}
	ErrUnavailable     = &Error{Code: CodeUnavailable}
	ErrInUse           = &Error{Code: CodeInUse}
	ErrDamaged         = &Error{Code: CodeDamaged}
	ErrUnauthenticated = &Error{Code: CodeUnauthenticated}
	ErrForbidden       = &Error{Code: CodeForbidden}
	ErrBlocked         = &Error{Code: CodeBlocked}
	ErrTimeout         = &Error{Code: CodeTimeout}
	ErrModel           = &Error{Code: CodeModel}
	ErrInternal        = &Error{Code: CodeInternal}
)

// Error renders "op: field: detail: cause".
func (e *Error) Error() string {
	return fault.Text(fault.Code(e.Code), e.Err, e.Detail, e.Op, e.Field)
}

// Is reports whether target is an Error with the same code. If target has an Op or a Field, these must be equal too.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && (t.Op == "" || t.Op == e.Op) && (t.Field == "" || t.Field == e.Field)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func invalid(op, field, format string, args ...any) error {
	return &Error{Op: op, Code: CodeInvalid, Field: field, Detail: fmt.Sprintf(format, args...)}
}

// fail wraps an error of a lower layer with its operation and code. An Error passes through. A cause such as
// context.Canceled is still matched by errors.Is.
func fail(op string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return err
	}
	f := live.Fault(err)
	return &Error{Op: op, Code: Code(f.Code), Field: f.Field, Detail: f.Detail, Err: f.Err}
}
