package spectron

import (
	"context"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// The actions of events.
const (
	EventDenied = record.ActionDenied // an attempt that was refused: Op, Verb and Paths say what it was

	EventKeyCreated           = record.ActionKeyCreated
	EventKeyRotated           = record.ActionKeyRotated
	EventKeyRevoked           = record.ActionKeyRevoked
	EventPrincipalCreated     = record.ActionPrincipalCreated
	EventPrincipalRenamed     = record.ActionPrincipalRenamed
	EventPrincipalDeleted     = record.ActionPrincipalDeleted
	EventGranted              = record.ActionGranted
	EventGrantRevoked         = record.ActionGrantRevoked
	EventScopeRegistered      = record.ActionScopeRegistered
	EventScopeTombstoned      = record.ActionScopeTombstoned
	EventScopeForgotten       = record.ActionScopeForgotten
	EventOntologyPut          = record.ActionOntologyPut
	EventOntologyDeleted      = record.ActionOntologyDeleted
	EventContextCreated       = record.ActionContextCreated    // in the control plane, as those that follow
	EventContextConfigured    = record.ActionContextConfigured // Detail has the fields that changed, no values
	EventContextDeleted       = record.ActionContextDeleted
	EventManagementKeyCreated = record.ActionManagementKeyCreated
	EventManagementKeyRotated = record.ActionManagementKeyRotated
	EventManagementKeyRevoked = record.ActionManagementKeyRevoked
)

// Event is something that happened to who may do what, or an attempt that was denied: who, what, where, when and on whose
// behalf. No event has a secret in it, nor anything that was remembered. Its reader manages all grants, so it names principals,
// keys and paths of scopes; a session only if its reader may read that.
type Event struct {
	ID          string    `json:"id"`
	At          time.Time `json:"at"`
	Action      string    `json:"action"`
	Op          string    `json:"op"`                     // the method, as in an Error
	PrincipalID string    `json:"principal_id,omitempty"` // who; "" for a key that was not accepted
	KeyID       string    `json:"key_id,omitempty"`       // with which key; "" for the operator
	OnBehalfOf  string    `json:"on_behalf_of,omitempty"` // id of the principal that it was done for
	ContextID   string    `json:"context_id,omitempty"`   // where
	Target      string    `json:"target,omitempty"`       // what was changed, by its id or path
	Verb        Verb      `json:"verb,omitempty"`         // what was asked for
	Paths       []string  `json:"paths,omitempty"`        // and where
	Detail      string    `json:"detail,omitempty"`
	// Count is how many denied attempts the event sums up that are not on record one by one; 0: it is one of its own.
	Count int `json:"count,omitempty"`
}

// EventQuery says which events to list, newest first.
type EventQuery struct {
	PrincipalID string
	Action      string
	Since       time.Time // inclusive; zero: from the first
	Until       time.Time // inclusive; zero: to the last
	Cursor      string    // of an earlier page
	Limit       int       // 0: 100, at most 1,000
}

// EventPage is one page of a listing, newest first.
type EventPage struct {
	Events     []Event
	NextCursor string // for the next page; "" after the last
	HasMore    bool
}

// Events lists what happened to who may do what in the Context: changes of keys, principals, grants, scopes and the
// ontology, and attempts that were denied. It takes grant:manage over everything. ErrForbidden.
//
// Of the attempts that are denied, each with up to 4 KiB of text, 60 a minute are listed one by one for each key, and in all 250
// with secrets that were not accepted, at most 60 of them for one key that they name. The rest of a minute is summed up, in one
// event for each key, and one in the control plane for all secrets that were not accepted: see Event.Count. These numbers are for
// each process. What is summed up is stored when events are listed, with the next attempt in a later minute and by Close: a crash
// loses the count of the last minute in which there were so many.
func (c *Context) Events(ctx context.Context, q EventQuery) (EventPage, error) {
	const op = "events"
	return call(ctx, c, op, func(s *gate.Call) (EventPage, error) {
		if err := s.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
			return EventPage{}, err
		}
		if err := c.state.Denied.Store(ctx, time.Time{}, c.state.Rows.Record); err != nil {
			return EventPage{}, fail(op, err)
		}
		page, err := listEvents(op, q, func(q store.EventQuery) ([]record.Event, error) { return c.state.Rows.Events(ctx, q) })
		if err != nil {
			return EventPage{}, err
		}
		view := c.state.View.Load()
		for i := range page.Events {
			page.Events[i].Target = shownTarget(s, view, page.Events[i].Target)
		}
		return page, nil
	})
}

// shownTarget is what an event is about, "" for a session that the caller may not read. One that is not there is not told from
// one that is hidden.
func shownTarget(s *gate.Call, view *recall.View, target string) string {
	visible := s.Visible()
	if visible == nil || !strings.HasPrefix(target, store.TableSession+":") {
		return target
	}
	if row, ok := view.Session(target); ok && visible(row.Scopes) {
		return target
	}
	return ""
}

// Events lists what happened in the control plane: Contexts that were created, configured and deleted, management keys, and
// keys that were not accepted. What happened inside a Context is in Context.Events.
func (m *Manager) Events(ctx context.Context, q EventQuery) (EventPage, error) {
	const op = "control plane events"
	if err := m.admit(ctx, op); err != nil {
		return EventPage{}, err
	}
	defer m.core.Done()
	if err := m.core.Refused.Store(ctx, time.Time{}, m.core.Registry.Record); err != nil {
		return EventPage{}, fail(op, err)
	}
	return listEvents(op, q, func(q store.EventQuery) ([]record.Event, error) { return m.core.Registry.Events(ctx, q) })
}

func listEvents(op string, q EventQuery, read func(store.EventQuery) ([]record.Event, error)) (EventPage, error) {
	limit, err := checkPage(op, q.Cursor, q.Limit)
	if err != nil {
		return EventPage{}, err
	}
	for _, t := range []struct {
		field string
		at    time.Time
	}{{"Since", q.Since}, {"Until", q.Until}} {
		if err := checkTime(op, t.field, t.at); err != nil {
			return EventPage{}, err
		}
	}
	if err := checkText(op, "PrincipalID", q.PrincipalID, maxNameBytes); err != nil {
		return EventPage{}, err
	}
	if err := checkText(op, "Action", q.Action, maxNameBytes); err != nil {
		return EventPage{}, err
	}
	who := q.PrincipalID
	if who != "" {
		who = principalID(who)
	}
	rows, err := read(store.EventQuery{
		After: q.Cursor, Since: q.Since.UTC(), Until: q.Until.UTC(), Principal: who, Action: q.Action, Limit: limit + 1,
	})
	if err != nil {
		return EventPage{}, fail(op, err)
	}
	page := EventPage{HasMore: len(rows) > limit}
	for _, e := range rows[:min(len(rows), limit)] {
		page.Events = append(page.Events, Event{
			e.ID, e.At, e.Action, e.Op, e.Principal, e.Key, e.OnBehalfOf, e.Context, e.Target, Verb(e.Verb), e.Paths, e.Detail, e.Count,
		})
	}
	if page.HasMore {
		page.NextCursor = store.EventCursor(rows[limit-1])
	}
	return page, nil
}
