package access

import (
	"context"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// EventQuery selects the events to list, newest first.
type EventQuery = store.EventQuery

// ListEvents returns a page of the access control events of a Context.
func ListEvents(ctx context.Context, c *gate.Call, q EventQuery) (Page[record.Event], error) {
	none := Page[record.Event]{}
	if err := c.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
		return none, err
	}
	if err := c.Live.Denied.Store(ctx, time.Time{}, c.Live.Rows.Record); err != nil {
		return none, err
	}
	page, err := listEvents(ctx, q, c.Live.Rows.Events)
	if err != nil {
		return none, err
	}
	view := c.Live.View.Load()
	for i := range page.Items {
		page.Items[i].Target = visibleTarget(c, view, page.Items[i].Target)
	}
	return page, nil
}

// visibleTarget returns the target of an event, or "" for a session that the caller may not read. A missing session looks like a hidden
// one.
func visibleTarget(c *gate.Call, view *recall.View, target string) string {
	visible := c.Visible()
	if visible == nil || !strings.HasPrefix(target, store.TableSession+":") {
		return target
	}
	if row, ok := view.Session(target); ok && visible(row.Scopes) {
		return target
	}
	return ""
}

// ListControlEvents returns a page of the events of the control plane.
func ListControlEvents(ctx context.Context, c gate.ControlCall, q EventQuery) (Page[record.Event], error) {
	if err := c.Store.Refused.Store(ctx, time.Time{}, c.Store.Registry.Record); err != nil {
		return Page[record.Event]{}, err
	}
	return listEvents(ctx, q, c.Store.Registry.Events)
}

func listEvents(ctx context.Context, q EventQuery, read func(context.Context, store.EventQuery) ([]record.Event, error)) (Page[record.Event], error) {
	none := Page[record.Event]{}
	limit, err := input.Page(q.After, q.Limit)
	if err != nil {
		return none, err
	}
	if err := input.Time("Since", q.Since); err != nil {
		return none, err
	}
	if err := input.Time("Until", q.Until); err != nil {
		return none, err
	}
	if err := input.ID("PrincipalID", q.Principal); err != nil {
		return none, err
	}
	if err := input.ID("Action", q.Action); err != nil {
		return none, err
	}
	if q.Principal != "" {
		q.Principal = PrincipalID(q.Principal)
	}
	q.Since, q.Until, q.Limit = q.Since.UTC(), q.Until.UTC(), limit+1
	rows, err := read(ctx, q)
	return newPage(rows, limit, store.EventCursor), err
}
