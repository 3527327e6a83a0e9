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

// EventAction is the action that an event records.
type EventAction string

// The actions of events.
const (
	EventDenied EventAction = record.ActionDenied // a denied attempt: Op, Verb, Paths and Detail describe it

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
	EventMemoryForgotten      EventAction = record.ActionMemoryForgotten     // Detail says whether records were closed or purged
	EventMemoryRepaired       EventAction = record.ActionMemoryRepaired      // Detail says how many references were repaired, and whether memory was read again
	EventDocumentUploaded     EventAction = record.ActionDocumentUploaded    // Target is the document, as in the following ones; Paths are its scopes
	EventDocumentShared       EventAction = record.ActionDocumentShared      // the same bytes were uploaded again: the document belongs to Paths too
	EventDocumentReprocessed  EventAction = record.ActionDocumentReprocessed // from new bytes, or from those that it had
	EventDocumentDeleted      EventAction = record.ActionDocumentDeleted     // from Paths; it stays in scopes that the caller may not read
	EventOntologyPut          EventAction = record.ActionOntologyPut
	EventOntologyDeleted      EventAction = record.ActionOntologyDeleted
	EventUsageWarning         EventAction = record.ActionUsageWarning      // the tokens of a month have reached 80% of Config.TokenLimit
	EventContextCreated       EventAction = record.ActionContextCreated    // in the control plane, like the following ones
	EventContextConfigured    EventAction = record.ActionContextConfigured // Detail names the changed fields, without values
	EventContextDeleted       EventAction = record.ActionContextDeleted
	EventManagementKeyCreated EventAction = record.ActionManagementKeyCreated
	EventManagementKeyRotated EventAction = record.ActionManagementKeyRotated
	EventManagementKeyRevoked EventAction = record.ActionManagementKeyRevoked
)

// Event records a change of access control or configuration, or a denied attempt. No event contains a secret or anything from
// memory. The reader of events manages all grants, so events name principals, keys and scope paths. They name a session only if the
// reader may read it.
type Event struct {
	ID          string      `json:"id"` // "audit_event:…"
	At          time.Time   `json:"at"` // when it happened
	Action      EventAction `json:"action"`
	Op          string      `json:"op"`                     // the method, as in an Error; for EventUsageWarning the Stage of the model
	PrincipalID string      `json:"principal_id,omitempty"` // the principal of the caller; "" for a refused key
	KeyID       string      `json:"key_id,omitempty"`       // the key that was used; "" for the operator
	OnBehalfOf  string      `json:"on_behalf_of,omitempty"` // id of the principal that the caller acted for
	ContextID   string      `json:"context_id,omitempty"`   // the Context of the operation
	Target      string      `json:"target,omitempty"`       // id or path of the changed object; "" for a session that the reader may not read
	Verb        Verb        `json:"verb,omitempty"`         // the requested verb
	Paths       []string    `json:"paths,omitempty"`        // the requested or changed scopes, at most 100
	Detail      string      `json:"detail,omitempty"`       // for people
	// Count is the number of denied attempts that the event sums up because they were not recorded one by one; 0: a single event.
	Count int `json:"count,omitempty"`
}

// EventQuery selects a page of events, newest first. Its last four fields are those of PageRequest.
type EventQuery struct {
	PrincipalID string      // principal of the caller, with or without "principal:"; "": any
	Action      EventAction // "": any
	Since       time.Time   // inclusive; zero: no lower bound
	Until       time.Time   // inclusive; zero: no upper bound
	Cursor      string      // Page.NextCursor of the previous page
	Limit       int         // 0: 100, at most 1,000
	Offset      int
	WithTotal   bool
}

// Events lists the events of the Context, newest first: changes of keys, principals, grants, scopes, documents and the ontology, and denied
// attempts. The caller needs grant:manage over everything. ErrForbidden; ErrInvalid and ErrTooLarge with the Field.
//
// The number of recorded attempts is limited, because anybody can cause them. The text of one attempt has up to 4 KiB. For each key, 60
// attempts a minute are recorded one by one. Attempts with refused secrets are limited to 250 a minute in all, and to 60 for each key that
// they name. Further attempts of a minute are only counted: in one event for each key, and in one event of the control plane for all
// refused secrets (see Event.Count). The limits apply to each process. The counts are stored when events are listed, at the next attempt in
// a later minute, and by Close. A crash loses the counts of the last minute.
func (c *contextHandle) Events(ctx context.Context, q EventQuery) (Page[Event], error) {
	return call(ctx, c, "events", func(ctx context.Context, s *gate.Call) (Page[Event], error) {
		return page(newEvent)(access.ListEvents(ctx, s, q.inner()))
	})
}

func (q EventQuery) inner() access.EventQuery {
	return access.EventQuery{
		Principal: q.PrincipalID, Action: string(q.Action), Since: q.Since, Until: q.Until, Page: paging.Request(q.page()),
	}
}

func (q EventQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q EventQuery) at(p PageRequest) EventQuery {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

func newEvent(e record.Event) Event {
	return Event{e.ID, e.At, EventAction(e.Action), e.Op, e.Principal, e.Key, e.OnBehalfOf, e.Context, e.Target, Verb(e.Verb), e.Paths, e.Detail, e.Count}
}

// Events lists the events of the control plane, newest first: Contexts created, configured and deleted, changes of management keys, and
// refused keys. Context.Events lists the events inside a Context. ErrInvalid and ErrTooLarge with the Field.
func (m *controlPlane) Events(ctx context.Context, q EventQuery) (Page[Event], error) {
	return manage(ctx, m, "control plane events", func(ctx context.Context, c gate.ControlCall) (Page[Event], error) {
		return page(newEvent)(access.ListControlEvents(ctx, c, q.inner()))
	})
}

// AllEvents iterates over the events, starting at the requested page. It stops after the first error: see PageRequest.
func (c *contextHandle) AllEvents(ctx context.Context, q EventQuery) iter.Seq2[Event, error] {
	return all(ctx, q, c.Events)
}

// AllEvents iterates over the events, starting at the requested page. It stops after the first error: see PageRequest.
func (m *controlPlane) AllEvents(ctx context.Context, q EventQuery) iter.Seq2[Event, error] {
	return all(ctx, q, m.Events)
}
