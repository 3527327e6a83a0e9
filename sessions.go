package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// Sessions are the conversations of a Context.
type Sessions struct {
	context *contextHandle
}

// SessionSpec is what a session is made from.
type SessionSpec struct {
	// Scopes is where its turns belong unless they say otherwise; empty: everywhere that the caller may write, as one
	// clause; for the operator that is {{"/"}}.
	Scopes   Scopes
	Metadata map[string]any // of the caller's, JSON values only; at most 16 KiB as JSON, 16 levels deep
}

// Session is a conversation.
type Session struct {
	ID       string         `json:"id"`
	Scopes   Scopes         `json:"scopes"`
	Metadata map[string]any `json:"metadata,omitempty"`
	Turns    int            `json:"turns"`             // how many it has had; for the handle of a key, how many it may read
	Speaker  string         `json:"speaker,omitempty"` // who says "I" in it when a message does not say; "" while unknown, and with several speakers
	// Speakers are all who have said "I" in it, in the order in which they were first heard, at most 100; none for a caller who may not
	// read all of it.
	Speakers  []string  `json:"speakers,omitempty"`
	CreatedAt time.Time `json:"createdAt,omitzero"`
}

// Turn is one message of a session, word for word.
type Turn struct {
	ID        string    `json:"id"`
	SessionID string    `json:"sessionId"`
	Seq       int       `json:"seq"` // position in the session, from 0, among the turns that the caller may read
	Role      Role      `json:"role"`
	Speaker   string    `json:"speaker,omitempty"` // who said it: whom the caller named, or who "I" was taken to be; "" while unknown
	Content   string    `json:"content"`
	SpokenAt  time.Time `json:"spokenAt,omitzero"`
	CreatedAt time.Time `json:"createdAt,omitzero"`
}

// Create starts a session. CodeInvalid names the field; CodeForbidden for scopes that the caller may not write to.
func (s *Sessions) Create(ctx context.Context, spec SessionSpec) (*Session, error) {
	return callMemory(ctx, s.context, "create session", func(ctx context.Context, by *gate.Call) (*Session, error) {
		row, err := ingest.CreateSession(ctx, by, spec.Scopes, spec.Metadata)
		return newSession(row), err
	})
}

// Get returns a session. ErrNotFound: there is none of that id.
func (s *Sessions) Get(ctx context.Context, id string) (*Session, error) {
	return callMemory(ctx, s.context, "get session", func(ctx context.Context, by *gate.Call) (*Session, error) {
		row, err := ingest.FindSession(by, id)
		return newSession(row), err
	})
}

func newSession(row record.Session) *Session {
	return &Session{row.ID, newScopes(row.Scopes), row.Metadata, row.Turns, row.Speaker(), row.Speakers, row.CreatedAt}
}

// SessionQuery says which sessions to list. Its fields are those of PageRequest; a total costs no reading.
type SessionQuery struct {
	Cursor    string
	Limit     int // 0: 100, at most 1,000
	Offset    int
	WithTotal bool
}

// List lists the sessions that the caller may read something of, as Get returns them, newest first: by when they were made, those of
// one moment by their ids backwards. A session that is made meanwhile comes before the first page, and moves what an Offset counts;
// it does not move what a Cursor names. ErrInvalid and ErrTooLarge with the Field.
func (s *Sessions) List(ctx context.Context, q SessionQuery) (Page[Session], error) {
	return callMemory(ctx, s.context, "list sessions", func(ctx context.Context, by *gate.Call) (Page[Session], error) {
		page, err := ingest.ListSessions(by, paging.Request(q))
		return newPage(page, func(r record.Session) Session { return *newSession(r) }), err
	})
}

// All goes through the sessions from a page on.
func (s *Sessions) All(ctx context.Context, q SessionQuery) iter.Seq2[Session, error] {
	return all(ctx, PageRequest(q), func(ctx context.Context, req PageRequest) (Page[Session], error) {
		return s.List(ctx, SessionQuery(req))
	})
}

// TurnQuery says which turns of a session to list. All fields but the first are those of PageRequest; a total costs no reading.
type TurnQuery struct {
	SessionID string
	Cursor    string
	Limit     int // 0: 100, at most 500
	Offset    int // the Seq of the first turn
	WithTotal bool
}

// Turns lists the turns of a session that the caller may read, oldest first. ErrNotFound: there is no such session; ErrInvalid and
// ErrTooLarge with the Field.
func (s *Sessions) Turns(ctx context.Context, q TurnQuery) (Page[Turn], error) {
	return callMemory(ctx, s.context, "turns", func(ctx context.Context, by *gate.Call) (Page[Turn], error) {
		page, err := ingest.Turns(ctx, by, q.SessionID, paging.Request(q.page()))
		return newPage(page, func(t record.Turn) Turn {
			return Turn{t.ID, t.Session, t.Seq, Role(t.Role), t.Speaker, t.Content, t.SpokenAt, t.RecordedAt}
		}), err
	})
}

// page is the page that the query asks for.
func (q TurnQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

// AllTurns goes through the turns of a session from a page on.
func (s *Sessions) AllTurns(ctx context.Context, q TurnQuery) iter.Seq2[Turn, error] {
	return all(ctx, q.page(), func(ctx context.Context, req PageRequest) (Page[Turn], error) {
		return s.Turns(ctx, TurnQuery{q.SessionID, req.Cursor, req.Limit, req.Offset, req.WithTotal})
	})
}

// Delete removes a session with its turns and what search finds of their words. The facts that were read out of them stay,
// with the words that they quote.
// What of it belongs elsewhere as well, or only elsewhere, where the caller may not read, stays there and nothing is said of it.
// It is gone for the caller at once; its rows are removed in many small steps, which go on when ctx ends first (ErrTimeout) and
// are finished after a crash, when the Context is opened. Called again, Delete finishes what is left. Once it has returned, the
// texts are in no byte of the store's file: see ScopeTree.Forget. ErrNotFound: there is no such session that the caller may
// read; ErrForbidden: it takes memory:forget wherever the caller may read the session or one of its turns.
func (s *Sessions) Delete(ctx context.Context, id string) error {
	return doMemory(ctx, s.context, "delete session", func(ctx context.Context, by *gate.Call) error { return ingest.DeleteSession(ctx, by, id) })
}
