// Package fault defines the error type of the inner packages. It has a code, the argument at fault, and a text that says what to do.
// Package spectron converts it to its own Error and adds the operation, once, at the end of a call.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code is the kind of a failure. The codes are those of package spectron, which documents them.
type Code string

// The codes.
const (
	Invalid         Code = "invalid"
	TooLarge        Code = "too_large"
	NotFound        Code = "not_found"
	AlreadyExists   Code = "already_exists"
	Conflict        Code = "conflict"
	Closed          Code = "closed"
	Unsupported     Code = "unsupported"
	Unavailable     Code = "unavailable"
	InUse           Code = "in_use"
	Damaged         Code = "damaged"
	Timeout         Code = "timeout"
	Unauthenticated Code = "unauthenticated"
	Forbidden       Code = "forbidden"
	Blocked         Code = "blocked"
	Model           Code = "model"
	Internal        Code = "internal"
)

// Error is a failure.
type Error struct {
	Code   Code
	Field  string // the argument at fault, as package spectron names it
	Detail string // what is wrong, and what to do
	Err    error  // the cause, or nil
}

// Error renders "field: detail: cause".
func (e *Error) Error() string { return Text(e.Code, e.Err, e.Detail, e.Field) }

// Text renders "before: detail: cause". Without a detail and a cause, it uses the code instead.
func Text(code Code, cause error, detail string, before ...string) string {
	var parts []string
	for _, s := range append(before, detail) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if cause != nil {
		parts = append(parts, cause.Error())
	}
	if len(parts) == 0 || detail == "" && cause == nil {
		parts = append(parts, strings.ReplaceAll(string(code), "_", " "))
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// New returns an Error of a code.
func New(code Code, field, format string, args ...any) *Error {
	return &Error{Code: code, Field: field, Detail: fmt.Sprintf(format, args...)}
}

// Wrap returns an Error of a code with a cause.
func Wrap(code Code, field string, err error) *Error {
	return &Error{Code: code, Field: field, Err: err}
}

// Bad returns an Error for an argument that breaks a rule.
func Bad(field, format string, args ...any) *Error { return New(Invalid, field, format, args...) }

// Over returns an Error for an argument over a limit.
func Over(field string, size, limit int, unit string) *Error {
	return New(TooLarge, field, "%d %s (at most %d)", size, unit, limit)
}

// Is reports whether err is an Error of the given code, or wraps one.
func Is(err error, code Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// List joins the valid names for an error text.
func List[S ~string](names []S) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = string(name)
	}
	return strings.Join(words, ", ")
}
