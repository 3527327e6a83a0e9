// Package fault is the error that the inner packages return: what kind of failure it is, which argument is at fault and what to do.
// Package spectron adds the operation and makes its own Error of it, once, where a call ends.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of failure an Error is. The codes are those of package spectron, which says what each means.
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
	Err    error  // the cause, if there is one
}

// Error renders "field: detail: cause".
func (e *Error) Error() string { return Text(e.Code, e.Err, e.Detail, e.Field) }

// Text renders "before: detail: cause"; without a detail and a cause, the code stands for them.
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

// Bad says that an argument breaks a rule.
func Bad(field, format string, args ...any) *Error { return New(Invalid, field, format, args...) }

// Over says that an argument is over a limit.
func Over(field string, size, limit int, unit string) *Error {
	return New(TooLarge, field, "%d %s (at most %d)", size, unit, limit)
}

// Is reports whether an error is one of a code.
func Is(err error, code Code) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// List joins the names that an error offers.
func List[S ~string](names []S) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = string(name)
	}
	return strings.Join(words, ", ")
}
