package authz

import (
	"errors"
	"fmt"
	"slices"
)

// Verb is one thing that grants allow.
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

// ErrVerb is returned for a name that is not a verb; the text says which is meant, where that is known.
var ErrVerb = errors.New("unknown verb")

// Verbs returns all verbs, in the order in which they are listed everywhere.
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
	return "", fmt.Errorf("%w %.64q: there are %v", ErrVerb, s, Verbs())
}

// namespaced returns the verb that a flat name, as some clients still have them, stands for, or "".
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
