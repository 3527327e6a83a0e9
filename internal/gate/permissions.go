package gate

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Kind says what a handle was made from.
type Kind int

// The kinds of callers.
const (
	Operator   Kind = iota // the program that opened the store
	Management             // a management key: the control plane only
	Key                    // a key of a Context
)

// Caller is the user of a handle.
type Caller struct {
	Kind       Kind
	Key        string // id of the key; "" for the operator
	Generation int    // of its secret
	Behalf     string // id of the principal that it acts for; ""
	// last is what the caller could do when it was last asked.
	last atomic.Pointer[Permissions]
}

// For returns the caller when it acts for a principal.
func (c *Caller) For(principal string) *Caller {
	return &Caller{Kind: c.Kind, Key: c.Key, Generation: c.Generation, Behalf: principal}
}

// Permissions are what a caller may do, as of a version of what the Context knows of keys and principals.
type Permissions struct {
	*authz.Access
	Caller    *Caller
	Principal record.Principal
	Key       *record.APIKey    // nil for the operator and management keys
	Behalf    *record.Principal // the principal that it acts for; nil: for itself
	version   uint64
	until     time.Time // the key's end; zero: none
}

// Unlimited reports that nothing has to be checked: the operator.
func (p *Permissions) Unlimited() bool { return p.Caller.Kind == Operator && p.Behalf == nil }

// Visible is the test of what the caller may read; nil lets everything through.
func (p *Permissions) Visible() func(record.ScopeSet) bool {
	region := p.Region(authz.MemoryRead)
	if region.All() {
		return nil
	}
	return region.Sees
}

// Within are the patterns that what the caller may read lies in; nil: it may lie anywhere.
func (p *Permissions) Within() []scope.Pattern {
	region := p.Region(authz.MemoryRead)
	if region.All() {
		return nil
	}
	if region.Empty() {
		return []scope.Pattern{} // nowhere
	}
	return region.Patterns()
}

// Forgets are the patterns that the caller may erase what lies in.
func (p *Permissions) Forgets() (patterns []string) {
	for _, pattern := range p.Region(authz.MemoryForget).Patterns() {
		patterns = append(patterns, pattern.String())
	}
	return patterns
}

// Seen is the part of a scope set that the caller may know of.
func (p *Permissions) Seen(set record.ScopeSet) record.ScopeSet {
	region := p.Region(authz.MemoryRead)
	if region.All() {
		return set
	}
	return region.Visible(set)
}

// Writable is the part of the scope set of a session that the caller may write to; nil: nothing, or less than it may read. What it
// knows nothing of does not count: that the session belongs there too would show.
func (p *Permissions) Writable(set record.ScopeSet) (out record.ScopeSet) {
	write, read := p.Region(authz.MemoryWrite), p.Region(authz.MemoryRead)
	for _, clause := range set {
		one := record.ScopeSet{clause}
		if write.Holds(one) {
			out = append(out, clause)
		} else if read.Holds(one) {
			return nil
		}
	}
	return out
}

// Strict reports whether the caller has to say where.
func (p *Permissions) Strict() bool { return p.Key != nil && p.Key.Strict }

// ManagesKeys reports whether the caller may make and change keys at all.
func (p *Permissions) ManagesKeys() bool {
	return p.Behalf == nil && (p.Key == nil || p.Key.Preset == "")
}

// Through is the test of what the caller may read and a lens lets through; nil lets everything through. A lens looks at those
// clauses alone that the caller may know of.
func (p *Permissions) Through(lens func(record.ScopeSet) bool) func(record.ScopeSet) bool {
	visible := p.Visible()
	switch {
	case visible == nil:
		return lens
	case lens == nil:
		return visible
	}
	return func(set record.ScopeSet) bool {
		seen := p.Seen(set)
		return len(seen) > 0 && lens(seen)
	}
}

// Reaches reports whether the caller may read anything that a lens could let through, whatever there is.
func (p *Permissions) Reaches(lens record.ScopeSet) bool {
	region := p.Region(authz.MemoryRead)
	if len(lens) == 0 {
		return !region.Empty()
	}
	return slices.ContainsFunc(lens, func(clause []string) bool {
		return !slices.ContainsFunc(clause, func(path string) bool {
			return !region.Covers(path) && !slices.ContainsFunc(append(scope.Ancestors(path), scope.Root), region.Covers)
		})
	})
}

// same reports whether two permissions allow the same.
func (p *Permissions) same(other *Permissions) bool {
	return p.Grants().Equal(other.Grants()) && p.Strict() == other.Strict() && p.until.Equal(other.until)
}
