package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// EventAction is what an event says was done.
type EventAction string

// The actions of events.
const (
	EventDenied EventAction = record.ActionDenied // an attempt that was refused: Op, Verb and Paths say what it was

	EventKeyCreated           EventAction = record.ActionKeyCreated
	EventKeyRotated           EventAction = record.ActionKeyRotated
	EventKeyRevoked           EventAction = record.ActionKeyRevoked
	EventPrincipalCreated     EventAction = record.ActionPrincipalCreated
	EventPrincipalRenamed     EventAction = record.ActionPrincipalRenamed
	EventPrincipalDeleted     EventAction = record.ActionPrincipalDeleted
	EventGranted              EventAction = record.ActionGranted
	EventGrantRevoked         EventAction = record.ActionGrantRevoked
	EventScopeRegistered      EventAction = record.ActionScopeRegistered
	EventScopeTombstoned      EventAction = record.ActionScopeTombstoned
	EventScopeForgotten       EventAction = record.ActionScopeForgotten
	EventOntologyPut          EventAction = record.ActionOntologyPut
	EventOntologyDeleted      EventAction = record.ActionOntologyDeleted
	EventContextCreated       EventAction = record.ActionContextCreated    // in the control plane, as those that follow
	EventContextConfigured    EventAction = record.ActionContextConfigured // Detail has the fields that changed, no values
	EventContextDeleted       EventAction = record.ActionContextDeleted
	EventManagementKeyCreated EventAction = record.ActionManagementKeyCreated
	EventManagementKeyRotated EventAction = record.ActionManagementKeyRotated
	EventManagementKeyRevoked EventAction = record.ActionManagementKeyRevoked
)

// Event is something that happened to who may do what, or an attempt that was denied: who, what, where, when and on whose
// behalf. No event has a secret in it, nor anything that was remembered. Its reader manages all grants, so it names principals,
// keys and paths of scopes; a session only if its reader may read that.
type Event struct {
	ID          string      `json:"id"`
	At          time.Time   `json:"at"`
	Action      EventAction `json:"action"`
	Op          string      `json:"op"`                     // the method, as in an Error
	PrincipalID string      `json:"principal_id,omitempty"` // who; "" for a key that was not accepted
	KeyID       string      `json:"key_id,omitempty"`       // with which key; "" for the operator
	OnBehalfOf  string      `json:"on_behalf_of,omitempty"` // id of the principal that it was done for
	ContextID   string      `json:"context_id,omitempty"`   // where
	Target      string      `json:"target,omitempty"`       // what was changed, by its id or path
	Verb        Verb        `json:"verb,omitempty"`         // what was asked for
	Paths       []string    `json:"paths,omitempty"`        // and where
	Detail      string      `json:"detail,omitempty"`
	// Count is how many denied attempts the event sums up that are not on record one by one; 0: it is one of its own.
	Count int `json:"count,omitempty"`
}

// EventQuery says which events to list, newest first. Its last four fields are those of PageRequest.
type EventQuery struct {
	PrincipalID string
	Action      EventAction
	Since       time.Time // inclusive; zero: from the first
	Until       time.Time // inclusive; zero: to the last
	Cursor      string    // of an earlier page
	Limit       int       // 0: 100, at most 1,000
	Offset      int
	WithTotal   bool
}

// Events lists what happened to who may do what in the Context: changes of keys, principals, grants, scopes and the
// ontology, and attempts that were denied. It takes grant:manage over everything. ErrForbidden.
//
// Of the attempts that are denied, each with up to 4 KiB of text, 60 a minute are listed one by one for each key, and in all 250
// with secrets that were not accepted, at most 60 of them for one key that they name. The rest of a minute is summed up, in one
// event for each key, and one in the control plane for all secrets that were not accepted: see Event.Count. These numbers are for
// each process. What is summed up is stored when events are listed, with the next attempt in a later minute and by Close: a crash
// loses the count of the last minute in which there were so many.
func (c *contextHandle) Events(ctx context.Context, q EventQuery) (Page[Event], error) {
	return call(ctx, c, "events", func(ctx context.Context, s *gate.Call) (Page[Event], error) {
		page, err := access.ListEvents(ctx, s, q.inner())
		return newPage(page, newEvent), err
	})
}

func (q EventQuery) inner() access.EventQuery {
	return access.EventQuery{
		Principal: q.PrincipalID, Action: string(q.Action), Since: q.Since, Until: q.Until, Page: paging.Request(q.page()),
	}
}

// page is the page that the query asks for.
func (q EventQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func newEvent(e record.Event) Event {
	return Event{e.ID, e.At, EventAction(e.Action), e.Op, e.Principal, e.Key, e.OnBehalfOf, e.Context, e.Target, Verb(e.Verb), e.Paths, e.Detail, e.Count}
}

// Events lists what happened in the control plane: Contexts that were created, configured and deleted, management keys, and
// keys that were not accepted. What happened inside a Context is in Context.Events.
func (m *controlPlane) Events(ctx context.Context, q EventQuery) (Page[Event], error) {
	return manage(ctx, m, "control plane events", func(ctx context.Context, c gate.ControlCall) (Page[Event], error) {
		page, err := access.ListControlEvents(ctx, c, q.inner())
		return newPage(page, newEvent), err
	})
}

// AllEvents goes through what Events lists, from a page on.
func (c *contextHandle) AllEvents(ctx context.Context, q EventQuery) iter.Seq2[Event, error] {
	return q.all(ctx, c.Events)
}

// AllEvents goes through what Events lists, from a page on.
func (m *controlPlane) AllEvents(ctx context.Context, q EventQuery) iter.Seq2[Event, error] {
	return q.all(ctx, m.Events)
}

func (q EventQuery) all(ctx context.Context, list func(context.Context, EventQuery) (Page[Event], error)) iter.Seq2[Event, error] {
	return all(ctx, q.page(), func(ctx context.Context, req PageRequest) (Page[Event], error) {
		q.Cursor, q.Limit, q.Offset, q.WithTotal = req.Cursor, req.Limit, req.Offset, req.WithTotal
		return list(ctx, q)
	})
}
