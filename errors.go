package spectron

import (
	"errors"
	"fmt"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
)

// Code says what kind of failure an Error is. It is stable; the text of an error is not.
type Code string

// The codes.
const (
	CodeInvalid         Code = "invalid"         // an argument breaks a rule; Field says which
	CodeTooLarge        Code = "too_large"       // an argument is over a limit; Field says which
	CodeNotFound        Code = "not_found"       // what was named does not exist, or may not be seen
	CodeAlreadyExists   Code = "already_exists"  // what was to be created is there
	CodeConflict        Code = "conflict"        // another writer was faster, again and again; or the vectors are another embedder's: Field is "Options.Embedder"
	CodeClosed          Code = "closed"          // the Manager was closed
	CodeUnsupported     Code = "unsupported"     // this build or store cannot do it
	CodeUnavailable     Code = "unavailable"     // the database or the engine does not answer
	CodeInUse           Code = "in_use"          // the file is open in another process, or in this one
	CodeDamaged         Code = "damaged"         // the file is not whole
	CodeTimeout         Code = "timeout"         // a statement ran too long, or the caller's context ended
	CodeUnauthenticated Code = "unauthenticated" // a key, or the credentials for the server, are not accepted
	CodeForbidden       Code = "forbidden"       // the caller may not do that there
	CodeBlocked         Code = "blocked"         // the Context takes nothing that a model works on: EnforcementBlocked
	CodeModel           Code = "model"           // the model or the embedder failed
	CodeInternal        Code = "internal"        // a defect
)

// Error is what every method of this package returns when it fails. Match it with errors.Is against the
// sentinels below, or take it apart with errors.As.
type Error struct {
	Op     string // the method: "remember", "create context"
	Code   Code
	Field  string // the argument at fault, as it is named in Go: "Text", "Triples[2].Value"
	Detail string // what is wrong, and what to do
	Err    error  // the cause, if there is one
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

// Is matches an Error of the same code, so that errors.Is(err, ErrNotFound) works.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && (t.Op == "" || t.Op == e.Op) && (t.Field == "" || t.Field == e.Field)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func invalid(op, field, format string, args ...any) error {
	return &Error{Op: op, Code: CodeInvalid, Field: field, Detail: fmt.Sprintf(format, args...)}
}

// fail wraps an error of a lower layer with its operation and code. An Error passes through, and so does
// the end of the caller's context, still matched by errors.Is.
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
