package gate

import (
	"slices"
	"sync/atomic"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Kind is the kind of a caller.
type Kind int

// The kinds of callers. The zero Kind is none of them: it may do nothing.
const (
	_          Kind = iota
	Operator        // the program that opened the store
	Management      // a management key: the control plane only
	Key             // a key of a Context
)

// Caller identifies the user of a handle.
type Caller struct {
	Kind       Kind
	Key        string // id of the key; "" for the operator
	Generation int    // generation of its secret
	Behalf     string // id of the principal that the caller acts for, or ""
	// last caches the permissions of the latest call.
	last atomic.Pointer[Permissions]
}

// usesMemory reports whether callers of this kind may use memory at all.
func (k Kind) usesMemory() bool { return k == Operator || k == Key }

// manages reports whether callers of this kind may use the control plane.
func (k Kind) manages() bool { return k == Operator || k == Management }

// errNoCaller returns the error for a handle whose caller has no kind, which is a defect of this library.
func errNoCaller() error { return unauthenticated("the handle has no caller") }

// For returns the caller acting for a principal.
func (c *Caller) For(principal string) *Caller {
	return &Caller{Kind: c.Kind, Key: c.Key, Generation: c.Generation, Behalf: principal}
}

// Permissions are the permissions of a caller at one version of the keys and principals of the Context.
type Permissions struct {
	live.Judged // its Key is nil for the operator and management keys
	Caller      *Caller
	Behalf      *record.Principal // the principal that the caller acts for; nil: itself
}

// Unlimited reports whether the caller is the operator, who needs no checks.
func (p *Permissions) Unlimited() bool { return p.Caller.Kind == Operator && p.Behalf == nil }

// Subject returns the name of the person that the caller's principal stands for, or the principal that it acts for; "": nobody.
func (p *Permissions) Subject() string {
	if p.Behalf != nil {
		return p.Behalf.Subject
	}
	return p.Principal.Subject
}

// Visible returns a function that reports whether the caller may read a scope set; nil: it may read everything.
func (p *Permissions) Visible() func(record.ScopeSet) bool {
	region := p.Region(authz.MemoryRead)
	if region.All() {
		return nil
	}
	return region.Sees
}

// Within returns the patterns that cover everything the caller may read; nil: everything.
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

// Forgets returns the patterns within which the caller may erase.
func (p *Permissions) Forgets() []string { return p.Region(authz.MemoryForget).Written() }

// Seen returns the clauses of a scope set that the caller may know of.
func (p *Permissions) Seen(set record.ScopeSet) record.ScopeSet {
	region := p.Region(authz.MemoryRead)
	if region.All() {
		return set
	}
	return region.Visible(set)
}

// Writable returns the clauses of a session's scope set that the caller may write to. It returns nil if there are none, or if the
// caller may write to less than it may read. Hidden clauses do not count, because their existence would show.
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

// Strict reports whether the caller must name scopes in every request.
func (p *Permissions) Strict() bool { return p.Key != nil && p.Key.Strict }

// Through returns a function that reports whether the caller may read a scope set and a lens keeps it; nil: everything passes. The lens
// looks only at clauses that the caller may know of.
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

// Reaches reports whether the caller could read any record that a lens keeps, whether such records exist or not.
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
	return p.Grants().Equal(other.Grants()) && p.Strict() == other.Strict() && p.Until.Equal(other.Until)
}
