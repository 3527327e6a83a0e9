package access

import (
	"context"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// EventQuery selects events. EventQuery of package spectron documents the fields.
type EventQuery struct {
	Principal    string
	Action       string
	Since, Until time.Time
	Page         paging.Request
}

// ListEvents lists the events of a Context, newest first.
func ListEvents(ctx context.Context, c *gate.Call, q EventQuery) (paging.Page[record.Event], error) {
	none := paging.Page[record.Event]{}
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

// ListControlEvents lists the events of the control plane, newest first.
func ListControlEvents(ctx context.Context, c gate.ControlCall, q EventQuery) (paging.Page[record.Event], error) {
	if err := c.Store.Refused.Store(ctx, time.Time{}, c.Store.Registry.Record); err != nil {
		return paging.Page[record.Event]{}, err
	}
	return listEvents(ctx, q, c.Store.Registry.Events)
}

func listEvents(ctx context.Context, q EventQuery, read func(context.Context, store.EventQuery) ([]record.Event, error)) (paging.Page[record.Event], error) {
	none := paging.Page[record.Event]{}
	req, err := q.Page.Checked(paging.Most)
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
	wanted := store.EventQuery{Since: q.Since.UTC(), Until: q.Until.UTC(), Principal: q.Principal, Action: q.Action}
	return paging.Read(ctx, req, func(ctx context.Context, after string, limit int) ([]record.Event, error) {
		wanted.After, wanted.Limit = after, limit
		return read(ctx, wanted)
	}, store.EventCursor)
}
