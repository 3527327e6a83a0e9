package spectron

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/spectron-go/spectron/internal/secret"
)

// Secret is a value that must not be shown, such as the API key of a model provider. It reads "[redacted]" when printed with
// any verb of package fmt, logged with log/slog, or marshalled to JSON or another text format. This also holds inside structs,
// maps and slices. The empty Secret stays empty, so that a reader can tell whether a value is set. string(s) returns the value
// itself, and json.Unmarshal reads the plain string.
//
// In some places Go does not ask the type how to print it, and the value shows: an unexported field of a struct, a key of a
// map in JSON, encoding/gob, and what package fmt treats as a bad verb (%p, %w, and any verb but those of %v for a pointer,
// inside another value, to a struct without a Format method). The structs of this package have a Format method.
type Secret string

// redacted is the text shown in place of a Secret.
const redacted = secret.Redacted

// String returns "[redacted]", or "" for the empty Secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// Format prints what String returns, whatever the verb, flags, width and precision.
func (s Secret) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, s.String()) // fmt keeps the error of its own writer
}

// LogValue returns the value that log/slog logs: what String returns.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns what String returns, for encoding/json and other text encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
