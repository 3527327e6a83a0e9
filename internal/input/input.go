// Package input validates the texts, names and other values that callers give.
package input

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

// MaxName is the maximum length of names, in bytes.
const MaxName = 128

// Text refuses a text that exceeds a limit of bytes, or that the database cannot store unchanged.
func Text(field, s string, limit int) error {
	switch {
	case len(s) > limit:
		return fault.Over(field, len(s), limit, "bytes")
	case !utf8.ValidString(s):
		return fault.Bad(field, "not UTF-8")
	case strings.ContainsRune(s, 0):
		return fault.Bad(field, "has a zero character")
	}
	return nil
}

// Speaker checks the name of the speaker who says "I", and returns it without surrounding white space; "" means no name.
func Speaker(field, name string) (string, error) {
	if err := Text(field, name, MaxID); err != nil {
		return "", err
	}
	if name != "" && (record.Blank(name) || record.Normalise(name) == "") {
		return "", fault.Bad(field, "blank")
	}
	return strings.TrimSpace(name), nil
}

// Name checks the name of a key, a principal or a term: at most 128 bytes on one line.
func Name(field, name string) error {
	if err := Text(field, name, MaxName); err != nil {
		return err
	}
	switch {
	case record.Blank(name):
		return fault.Bad(field, "empty")
	case strings.TrimSpace(name) != name:
		return fault.Bad(field, "begins or ends with white space")
	case strings.ContainsFunc(name, unicode.IsControl):
		return fault.Bad(field, "has control characters")
	}
	return nil
}
