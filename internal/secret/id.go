// Package secret mints and checks the secrets of API keys, and seals the keys of model providers.
//
// A secret is the id of its key followed by 256 random bits, so that it is looked up by the id and only then compared. A salted
// SHA-256 of it is stored. A slow hash protects passwords that can be guessed; here it would only slow the server.
// No value of this package shows a secret through fmt, encoding/json or log/slog.
package secret

import (
	"encoding/base32"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// ErrContext is returned for a Context id that is not 1 to 63 lower-case letters, digits and hyphens.
var ErrContext = errors.New("not a context id")

const (
	contextPrefix    = "cak_"
	managementPrefix = "mk_"
	maxContext       = 63

	uniqueSize   = 16                     // bytes of a UUID
	uniqueLength = (uniqueSize*8 + 4) / 5 // characters of it
)

// crockford is Crockford's base32 in lower case. It leaves the order of what it encodes as it is: ids sort by their time.
var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// decode fills dst with what the text encodes. It accepts the one canonical text of each value: the comparison refuses
// unused bits that are set, and the line breaks that package base32 skips.
func decode(dst []byte, text string) bool {
	if len(text) != crockford.EncodedLen(len(dst)) {
		return false
	}
	n, err := crockford.Decode(dst, []byte(text))
	return err == nil && n == len(dst) && crockford.EncodeToString(dst) == text
}

// NewContextKeyID makes the id of a key of a Context: "cak_<context>_" and a UUID v7 in 26 characters of Crockford's
// base32, lower case. Of one Context, the ids that a process makes ascend. ErrContext: the Context id.
func NewContextKeyID(context string) (string, error) {
	const op = "new context key id"
	if !validContext(context) {
		return "", fmt.Errorf("%s: %w", op, ErrContext)
	}
	unique, err := newUnique()
	if err != nil {
		return "", fmt.Errorf("%s: %w", op, err)
	}
	return contextKeyID(context, unique), nil
}

// NewManagementKeyID makes the id of a management key: "mk_" and 26 characters as in NewContextKeyID.
func NewManagementKeyID() (string, error) {
	unique, err := newUnique()
	if err != nil {
		return "", fmt.Errorf("new management key id: %w", err)
	}
	return managementPrefix + unique, nil
}

// ContextOfKeyID returns the Context in the id of a key of a Context. It is not ok when the id is anything that
// NewContextKeyID cannot have made.
func ContextOfKeyID(id string) (context string, ok bool) {
	rest, ok := strings.CutPrefix(id, contextPrefix)
	if !ok {
		return "", false
	}
	context, unique, ok := strings.Cut(rest, "_")
	if !ok || !validContext(context) || !validUnique(unique) {
		return "", false
	}
	return context, true
}

func contextKeyID(context, unique string) string { return contextPrefix + context + "_" + unique }

// IsManagementKeyID reports whether an id is one that NewManagementKeyID can have made.
func IsManagementKeyID(id string) bool {
	unique, ok := strings.CutPrefix(id, managementPrefix)
	return ok && validUnique(unique)
}

func newUnique() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	return crockford.EncodeToString(id[:]), nil
}

func validUnique(text string) bool {
	var id uuid.UUID
	return decode(id[:], text) && id.Version() == 7 && id.Variant() == uuid.RFC4122
}

func validContext(id string) bool {
	if id == "" || len(id) > maxContext {
		return false
	}
	for i := range len(id) {
		if c := id[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
