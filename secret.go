package spectron

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/spectron-go/spectron/internal/secret"
)

// Secret is a value that must not be shown, such as the key of a model's provider. Printed with any verb of
// package fmt, logged with log/slog or marshalled to JSON or to another text, it reads "[redacted]"; the empty
// Secret stays empty, so that one sees whether there is one. This holds inside structs, maps and slices too.
// string(s) is the value itself, and json.Unmarshal takes the plain string.
//
// What Go gives a type no say in shows the value: an unexported field of a struct, a key of a map in JSON,
// encoding/gob, and what fmt calls a bad verb and prints without asking: %p and %w, and any verb but those of %v for a
// pointer inside another value to a struct that has no Format method. The structs of this package have one.
type Secret string

// redacted is what a Secret shows.
const redacted = secret.Redacted

// String returns "[redacted]", or "" for the empty Secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// Format is what package fmt prints with, whatever the verb, its flags, width and precision.
func (s Secret) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, s.String()) // fmt keeps the error of its own writer
}

// LogValue is what log/slog logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is what encoding/json and other encoders of texts write.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
