package fetch

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// Causes of a failed attempt. They are matched with errors.Is.
var (
	ErrHash      = errors.New("wrong sha256")
	ErrTruncated = errors.New("truncated")
	ErrTooLarge  = errors.New("too large")
	ErrArchive   = errors.New("unusable archive")
	ErrStalled   = errors.New("stalled")
	ErrRedirect  = errors.New("refused redirect")
	ErrURL       = errors.New("unusable URL")
)

// StatusError is an HTTP answer other than 200.
type StatusError struct {
	Code int
}

func (e *StatusError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the server answered %d %s", e.Code, http.StatusText(e.Code)))
}

// Attempt is one place that was tried and why it did not serve.
type Attempt struct {
	Stage Stage
	Place string // path, package, or address without query and credentials; "" for no cache directory
	Err   error
}

// Error says that no place had the file. It matches the cause of every attempt.
type Error struct {
	Attempts []Attempt // in the order in which they were made, at least one
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("fetch engine: no usable " + fileName)
	separator := ": "
	for _, a := range e.Attempts {
		b.WriteString(separator + string(a.Stage))
		if a.Place != "" {
			b.WriteString(" " + a.Place)
		}
		cause := a.Err
		var onPath *fs.PathError
		if errors.As(cause, &onPath) && onPath.Path == a.Place {
			cause = onPath.Err // the path is there already
		}
		fmt.Fprintf(&b, ": %v", cause)
		separator = "; "
	}
	fmt.Fprintf(&b, "; what to do: where npm and a network are at hand run `npm pack %s@%s` and set %s to the .tgz that it writes,"+
		" or set %s to an address that serves that file or %s", Package, Version, EnvFile, EnvURL, fileName)
	return b.String()
}

// Unwrap returns the causes of all attempts.
func (e *Error) Unwrap() []error {
	errs := make([]error, len(e.Attempts))
	for i, a := range e.Attempts {
		errs[i] = a.Err
	}
	return errs
}
