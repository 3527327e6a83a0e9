package index

import (
	"errors"
	"fmt"
)

// The reasons for which an input is refused. Match them with errors.Is.
var (
	// ErrInvalid is a value that makes no sense: an empty id, an infinite vector component, an unknown mode.
	ErrInvalid = errors.New("invalid value")
	// ErrLimit is a value beyond one of the Max constants.
	ErrLimit = errors.New("over the limit")
	// ErrDimension is a vector whose length differs from that of the vectors in the index.
	ErrDimension = errors.New("vector dimension differs")
)

// Error says which operation refused which field. It unwraps to ErrInvalid, ErrLimit or ErrDimension.
type Error struct {
	Op     string // "put", "search", "embed"
	Field  string // the field as the Go API names it
	Detail string // the value or the bound, never content of an entry
	Err    error
}

func (e *Error) Error() string {
	return fmt.Sprintf("index: %s: %s: %v: %s", e.Op, e.Field, e.Err, e.Detail)
}

// Unwrap gives the reason.
func (e *Error) Unwrap() error { return e.Err }

func refuse(op, field string, reason error, format string, args ...any) error {
	return &Error{Op: op, Field: field, Detail: fmt.Sprintf(format, args...), Err: reason}
}
