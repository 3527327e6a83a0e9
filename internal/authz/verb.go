package authz

import (
	"errors"
	"fmt"
	"slices"
)

// Verb is a permission that grants give.
type Verb string

// The verbs. None implies another.
const (
	MemoryRead   Verb = "memory:read"
	MemoryWrite  Verb = "memory:write"
	MemoryForget Verb = "memory:forget"
	ScopeRead    Verb = "scope:read"
	ScopeCreate  Verb = "scope:create"
	ScopeDelete  Verb = "scope:delete"
	GrantManage  Verb = "grant:manage"
)

// ErrVerb is returned for an unknown verb; the text names the intended verb, if it is known.
var ErrVerb = errors.New("unknown verb")

// Verbs returns all verbs, in the order of every listing.
func Verbs() []Verb {
	return []Verb{MemoryRead, MemoryWrite, MemoryForget, ScopeRead, ScopeCreate, ScopeDelete, GrantManage}
}

// ParseVerb reads a verb. Names that are not exactly one of Verbs are refused with ErrVerb.
func ParseVerb(s string) (Verb, error) {
	if v := Verb(s); slices.Contains(Verbs(), v) {
		return v, nil
	}
	if v := namespaced(s); v != "" {
		return "", fmt.Errorf("%w %q: write %q", ErrVerb, s, v)
	}
	return "", fmt.Errorf("%w %.64q: the verbs are %v", ErrVerb, s, Verbs())
}

// namespaced returns the verb for a flat name, which some clients still use, or "".
func namespaced(flat string) Verb {
	switch flat {
	case "read":
		return MemoryRead
	case "write":
		return MemoryWrite
	case "forget":
		return MemoryForget
	case "read_scope":
		return ScopeRead
	case "create_scope":
		return ScopeCreate
	case "delete_scope":
		return ScopeDelete
	case "grant", "manage":
		return GrantManage
	default:
		return ""
	}
}
