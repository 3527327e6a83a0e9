package gate

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// NotAccepted is the text for every refused secret, whatever is wrong with it.
const NotAccepted = "the key is not accepted"

// maxNamed is the maximum number of paths that an error names.
const maxNamed = 5

// Denial describes an attempt that is refused.
type Denial struct {
	Code   fault.Code // "": fault.Forbidden
	Field  string
	Verb   authz.Verb
	Paths  []string
	Target string
	Detail string
}

// Event returns an event of the caller.
func (c *Call) Event(action string) record.Event {
	e := record.Event{
		ID: c.Live.Core.NewID(store.TableEvent), At: c.Now(), Action: action, Op: c.Op,
		Principal: c.Principal.ID, Key: c.Caller.Key, Context: c.Live.ID,
	}
	if c.Behalf != nil {
		e.OnBehalfOf = c.Behalf.ID
	}
	return e
}

// Deny records an attempt as an event and returns the error that refuses it.
func (c *Call) Deny(ctx context.Context, d Denial) error {
	e := c.Event(record.ActionDenied)
	e.Verb, e.Paths, e.Target, e.Detail = string(d.Verb), d.Paths[:min(len(d.Paths), live.MaxEventPaths)], d.Target, d.Detail
	return &fault.Error{Code: cmp.Or(d.Code, fault.Forbidden), Field: d.Field, Detail: d.Detail, Err: c.Live.RecordDenied(ctx, e)}
}

// auditDeadKey records the use of a handle whose key is no longer valid.
func (h Handle) auditDeadKey(ctx context.Context, op string) error {
	e := record.Event{
		ID: h.Live.Core.NewID(store.TableEvent), At: h.Live.Now(), Action: record.ActionDenied, Op: op, Key: h.Caller.Key,
		OnBehalfOf: h.Caller.Behalf, Context: h.Live.ID, Detail: NotAccepted,
	}
	if last := h.Caller.last.Load(); last != nil {
		e.Principal = last.Principal.ID
	}
	return h.Live.RecordDenied(ctx, e)
}

// Require refuses a caller that does not hold a verb over every path of a scope set.
func (c *Call) Require(ctx context.Context, field string, v authz.Verb, set record.ScopeSet) error {
	region := c.Region(v)
	if region.Holds(set) {
		return nil
	}
	outside := slices.DeleteFunc(scope.PathsOf(set), region.Covers)
	detail := fmt.Sprintf("%s is not granted at %s", v, strings.Join(outside[:min(len(outside), maxNamed)], ", "))
	if more := len(outside) - maxNamed; more > 0 {
		detail += fmt.Sprintf(" and %d more", more)
	}
	return c.Deny(ctx, Denial{Field: field, Verb: v, Paths: outside, Detail: detail})
}

// Lens parses a lens that the caller gives. A strict key must give one, and may not exceed what it may read.
func (c *Call) Lens(ctx context.Context, lens [][]string) (record.ScopeSet, error) {
	set, err := scope.ParseSet(lens)
	switch {
	case err != nil:
		return nil, fault.Wrap(fault.Invalid, "Lens", err)
	case !c.Strict():
		return set, nil
	case len(set) == 0:
		return nil, c.Deny(ctx, Denial{Field: "Lens", Verb: authz.MemoryRead, Detail: "a strict key needs a Lens in every request"})
	}
	return set, c.Require(ctx, "Lens", authz.MemoryRead, set)
}

// RequireOver refuses a caller that does not hold a verb over the whole pattern.
func (c *Call) RequireOver(ctx context.Context, field string, v authz.Verb, p scope.Pattern) error {
	if c.Region(v).Contains(p) {
		return nil
	}
	return c.Deny(ctx, Denial{Field: field, Verb: v, Paths: []string{p.String()}, Detail: fmt.Sprintf("%s is not granted over %s", v, p)})
}

// RequireAdministrator refuses every caller except the program that opened the store and management keys.
func (c *Call) RequireAdministrator(ctx context.Context) error {
	if c.Caller.Kind.manages() && c.Behalf == nil {
		return nil
	}
	return c.Deny(ctx, Denial{Detail: "only the operator and management keys may do this"})
}

// RequireHeld refuses a caller that does not hold the grants that it wants to give, except a management key.
func (c *Call) RequireHeld(ctx context.Context, field string, grants authz.Grants) error {
	if grants.Within(c.Grants()) {
		return nil
	}
	if c.Caller.Kind == Management && c.Behalf == nil {
		return nil // a management key may grant memory verbs although it holds none
	}
	return c.Deny(ctx, Denial{Field: field, Detail: "a caller can grant only what it holds itself"})
}
