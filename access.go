package spectron

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// This file is the gate: every method of a handle begins with begin, which says what the caller may do at that moment,
// and asks that before it reads or writes. What it says is never older than the last change that returned.

// callerKind says what a handle was made from.
type callerKind int

const (
	byOperator   callerKind = iota // the program that opened the store
	byManagement                   // a management key: the control plane only
	byKey                          // a key of a Context
)

// caller is who uses a handle.
type caller struct {
	kind       callerKind
	key        string // id of the key; "" for the operator
	generation int    // of its secret
	behalf     string // id of the principal that it acts for; ""
	// last is what the caller could do when it was last asked.
	last atomic.Pointer[standing]
}

func operator() *caller { return &caller{kind: byOperator} }

// standing is what a caller may do, as of a version of what the Context knows of keys and principals.
type standing struct {
	*authz.Access
	caller    *caller
	version   uint64
	until     time.Time // the key's end; zero: none
	principal record.Principal
	key       *record.APIKey    // nil for the operator and management keys
	behalf    *record.Principal // for whom; nil: for itself
}

// everywhere reports that nothing has to be checked: the operator.
func (s *standing) everywhere() bool { return s.caller.kind == byOperator && s.behalf == nil }

// visible is the test of what the caller may read; nil lets everything through.
func (s *standing) visible() func(record.ScopeSet) bool {
	region := s.Region(authz.MemoryRead)
	if region.All() {
		return nil
	}
	return region.Sees
}

// within are the patterns that what the caller may read lies in; nil: it may lie anywhere.
func (s *standing) within() []scope.Pattern {
	region := s.Region(authz.MemoryRead)
	if region.All() {
		return nil
	}
	if region.Empty() {
		return []scope.Pattern{} // nowhere
	}
	return region.Patterns()
}

// forgets are the patterns that the caller may erase what lies in.
func (s *standing) forgets() (patterns []string) {
	for _, p := range s.Region(authz.MemoryForget).Patterns() {
		patterns = append(patterns, p.String())
	}
	return patterns
}

// seen is the part of a scope set that the caller may know of.
func (s *standing) seen(set record.ScopeSet) record.ScopeSet {
	region := s.Region(authz.MemoryRead)
	if region.All() {
		return set
	}
	return region.Visible(set)
}

// writable is the part of the scope set of a session that the caller may write to; nil: nothing, or less than it may read. What it
// knows nothing of does not count: that the session belongs there too would show.
func (s *standing) writable(set record.ScopeSet) (out record.ScopeSet) {
	write, read := s.Region(authz.MemoryWrite), s.Region(authz.MemoryRead)
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

// strict reports whether the caller has to say where.
func (s *standing) strict() bool { return s.key != nil && s.key.Strict }

// managesKeys reports whether the caller may make and change keys at all.
func (s *standing) managesKeys() bool {
	return s.behalf == nil && (s.key == nil || s.key.Preset == "")
}

// event is something that the caller did.
func (c *Context) event(s *standing, op, action string) record.Event {
	e := record.Event{
		ID: c.mgr.core.NewID(store.TableEvent), At: c.now(), Action: action, Op: op,
		Principal: s.principal.ID, Key: s.caller.key, Context: c.ID(),
	}
	if s.behalf != nil {
		e.OnBehalfOf = s.behalf.ID
	}
	return e
}

// begin admits an operation on the Context, brings what is in memory up to what is stored, and says what its caller may do.
// Codes: CodeClosed after the Manager's Close; CodeNotFound once the Context was deleted; CodeUnauthenticated when the key
// that the handle was made from was revoked, rotated or has expired, or its principal was deleted.
func (c *Context) begin(ctx context.Context, op string) (*standing, error) {
	if err := c.state.Pin(); err != nil {
		return nil, fail(op, err)
	}
	admitted := false
	defer func() {
		if !admitted { // also when an embedder panics while the Context is read
			c.done()
		}
	}()
	if err := c.state.Alive(); err != nil {
		return nil, fail(op, err)
	}
	// Others may have written, and changed what the caller may do.
	if err := c.state.Refresh(ctx); err != nil {
		return nil, fail(op, err)
	}
	s, err := c.standing(ctx, op)
	if errors.Is(err, ErrUnauthenticated) {
		if unrecorded := c.dead(ctx, op); unrecorded != nil {
			err = errors.Join(err, unrecorded)
		}
	}
	admitted = err == nil
	return s, err
}

// dead puts on record that a handle was used whose key is no longer good.
func (c *Context) dead(ctx context.Context, op string) error {
	e := record.Event{
		ID: c.mgr.core.NewID(store.TableEvent), At: c.now(), Action: EventDenied, Op: op, Key: c.caller.key,
		OnBehalfOf: c.caller.behalf, Context: c.ID(), Detail: notAccepted,
	}
	if last := c.caller.last.Load(); last != nil {
		e.Principal = last.principal.ID
	}
	return c.denied(ctx, e)
}

// beginMemory is begin for what is remembered, which management keys have nothing to do with.
func (c *Context) beginMemory(ctx context.Context, op string) (*standing, error) {
	s, err := c.begin(ctx, op)
	if err != nil || s.caller.kind != byManagement {
		return s, err
	}
	defer c.done()
	return nil, c.deny(ctx, op, s, denial{detail: "a management key is for the control plane only"})
}

// standing works out what the caller may do now.
func (c *Context) standing(ctx context.Context, op string) (*standing, error) {
	cache, now := &c.state.Access, c.now()
	version := cache.Version.Load()
	if s := c.caller.last.Load(); s != nil && s.version == version && (s.until.IsZero() || now.Before(s.until)) {
		if c.caller.kind == byKey {
			c.used(now)
		}
		return s, nil
	}
	s := &standing{caller: c.caller, version: version}
	grants := authz.Full()
	var err error
	switch c.caller.kind {
	case byOperator:
		s.principal, _ = live.BuiltIn(live.AdminID)
	case byManagement:
		s.principal, _ = live.BuiltIn(live.AdminID)
		for _, v := range []authz.Verb{authz.MemoryRead, authz.MemoryWrite, authz.MemoryForget} {
			delete(grants, v)
		}
		if err := c.mgr.stillManages(ctx, op, c.caller); err != nil {
			return nil, err
		}
	case byKey:
		if grants, err = c.keyGrants(ctx, op, s, now); err != nil {
			return nil, err
		}
	}
	if c.caller.behalf != "" {
		target, err := c.state.Principal(ctx, c.caller.behalf)
		if errors.Is(err, surreal.ErrNotFound) {
			return nil, unauthenticated(op, "the principal that the handle acts for was deleted")
		}
		if err != nil {
			return nil, fail(op, err)
		}
		theirs, err := authz.Parse(target.Grants)
		if err != nil {
			return nil, fail(op, err)
		}
		s.behalf, grants = &target, authz.Intersect(grants, theirs)
	}
	s.Access = authz.Compile(grants)
	if c.caller.kind != byManagement { // whose key is kept elsewhere
		c.caller.last.Store(s)
	}
	if c.caller.kind == byKey {
		c.used(now)
	}
	return s, nil
}

// compiled is the standing of a caller that has just come, shared by all that come with the same key.
func (c *Context) compiled(ctx context.Context, op string) (*standing, error) {
	cache := &c.state.Access
	name := "standing of " + c.caller.key
	row, changes := cache.Get(name)
	if s, ok := row.(*standing); ok && s.caller.generation == c.caller.generation {
		c.caller.last.Store(s) // if it still holds
	}
	s, err := c.standing(ctx, op)
	if err == nil && row != any(s) {
		cache.Keep(changes, name, s)
	}
	return s, err
}

// keyGrants is what the caller's key and its principal come to, if the key is still good.
func (c *Context) keyGrants(ctx context.Context, op string, s *standing, now time.Time) (authz.Grants, error) {
	key, principal, err := c.state.Key(ctx, c.caller.key)
	if err == nil && principal.ID == "" {
		err = surreal.ErrNotFound
	}
	if errors.Is(err, surreal.ErrNotFound) {
		return nil, unauthenticated(op, "the key was revoked")
	}
	if err != nil {
		return nil, fail(op, err)
	}
	if key.Generation != c.caller.generation {
		return nil, unauthenticated(op, "the key was rotated")
	}
	if !key.ValidUntil.IsZero() && !now.Before(key.ValidUntil) {
		return nil, unauthenticated(op, "the key has expired")
	}
	grants, err := authz.Parse(principal.Grants)
	if err != nil {
		return nil, fail(op, err)
	}
	if key.Grants != nil {
		narrower, err := authz.Parse(key.Grants)
		if err != nil {
			return nil, fail(op, err)
		}
		grants = authz.Intersect(grants, narrower)
	}
	s.key, s.principal, s.until = &key, principal, key.ValidUntil
	return grants, nil
}

func unauthenticated(op, detail string) error {
	return &Error{Op: op, Code: CodeUnauthenticated, Detail: detail}
}

// denial says what a caller may not do.
type denial struct {
	code   Code // "": CodeForbidden
	field  string
	verb   authz.Verb
	paths  []string
	target string
	detail string
}

// deny refuses an attempt, once it is on record.
func (c *Context) deny(ctx context.Context, op string, s *standing, d denial) error {
	e := c.event(s, op, EventDenied)
	e.Verb, e.Paths, e.Target, e.Detail = string(d.verb), d.paths[:min(len(d.paths), live.MaxEventPaths)], d.target, d.detail
	return &Error{Op: op, Code: cmp.Or(d.code, CodeForbidden), Field: d.field, Detail: d.detail, Err: c.denied(ctx, e)}
}

// must refuses a caller who may not use a verb at each path of a scope set.
func (c *Context) must(ctx context.Context, op, field string, s *standing, v authz.Verb, set record.ScopeSet) error {
	region := s.Region(v)
	if region.Holds(set) {
		return nil
	}
	outside := slices.DeleteFunc(pathsOf(set), region.Covers)
	detail := fmt.Sprintf("%s is not granted at %s", v, strings.Join(outside[:min(len(outside), maxNamed)], ", "))
	if more := len(outside) - maxNamed; more > 0 {
		detail += fmt.Sprintf(" and %d more", more)
	}
	return c.deny(ctx, op, s, denial{field: field, verb: v, paths: outside, detail: detail})
}

// maxNamed is how many paths an error names.
const maxNamed = 5

// mustCover refuses a caller who may not use a verb everywhere that a pattern covers.
func (c *Context) mustCover(ctx context.Context, op, field string, s *standing, v authz.Verb, p scope.Pattern) error {
	if s.Region(v).Contains(p) {
		return nil
	}
	return c.deny(ctx, op, s, denial{
		field: field, verb: v, paths: []string{p.String()}, detail: fmt.Sprintf("%s is not granted over %s", v, p),
	})
}

// managementOnly refuses what is nobody's but the program's and management keys'.
func (c *Context) managementOnly(ctx context.Context, op string, s *standing) error {
	if s.caller.kind != byKey && s.behalf == nil {
		return nil
	}
	return c.deny(ctx, op, s, denial{detail: "only the operator and management keys may do that"})
}

// pathsOf lists the paths of a scope set, each once, sorted.
func pathsOf(set record.ScopeSet) []string {
	paths := slices.Concat(set...)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// everything is the pattern of all scopes.
func everything() scope.Pattern { return scope.Pattern{Path: scope.Root, Subtree: true} }

// still refuses what was allowed when the call began and is no longer. The caller holds the lock of the writer: from here
// on nobody changes it.
func (c *Context) still(ctx context.Context, op string, s *standing) error {
	now, err := c.standing(ctx, op)
	if err != nil || now == s || now.same(s) {
		return err
	}
	return &Error{Op: op, Code: CodeConflict, Detail: "what the caller may do was changed at the same time; try again"}
}

// same reports whether two standings allow the same.
func (s *standing) same(other *standing) bool {
	return s.Grants().Equal(other.Grants()) && s.strict() == other.strict() && s.until.Equal(other.until)
}

// change makes a change of who may do what. f works it out from what is stored, under the lock of the writer, and may be
// called again; nil changes nothing.
func (c *Context) change(ctx context.Context, op string, s *standing, f func(context.Context) (*store.AccessChange, error)) error {
	// Once begun it runs to its end: what is stored must come to be known.
	return fail(op, c.state.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
		ctx := context.WithoutCancel(ctx)
		if err := c.still(ctx, op, s); err != nil {
			return at, err
		}
		change, err := f(ctx)
		if err != nil || change == nil {
			return at, err
		}
		reached, err := c.state.Rows.Change(ctx, *change, at)
		// Also after an error: it may be stored.
		c.state.Access.Forget(change.Touched())
		return reached, err
	}))
}

func (c *Context) done() { c.state.Done() }

func (c *Context) now() time.Time { return c.state.Now() }
