package spectron

import (
	"context"
	"iter"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/lifecycle"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
)

// Sessions are the conversations of a Context.
type Sessions struct {
	context *contextHandle
}

// SessionSpec describes a session to create.
type SessionSpec struct {
	// Scopes are the default scopes of its turns. If empty: everything that the caller may write to, as one clause; for the
	// operator {{"/"}}.
	Scopes   Scopes
	Metadata map[string]any // for the caller's use; JSON values only, at most 16 KiB as JSON, 16 levels deep
}

// Session is a conversation.
type Session struct {
	ID       string         `json:"id"`     // "session:…"
	Scopes   Scopes         `json:"scopes"` // the default scopes of its turns: the clauses that the caller may read
	Metadata map[string]any `json:"metadata,omitempty"`
	Turns    int            `json:"turns"`             // number of turns ever stored in it; for the handle of a key, the number of turns that it may read
	Speaker  string         `json:"speaker,omitempty"` // the speaker whom "I" means by default; "" while unknown, and with several speakers
	// Speakers are all speakers who have said "I" in it, in the order of their first statement; at most 100. Callers who may not
	// read the whole session get none.
	Speakers  []string  `json:"speakers,omitempty"`
	CreatedAt time.Time `json:"createdAt,omitzero"`
}

// Turn is one message of a session, word for word.
type Turn struct {
	ID        string    `json:"id"` // "turn:…"
	SessionID string    `json:"sessionId"`
	Seq       int       `json:"seq"` // position in the session among the turns that the caller may read, from 0
	Role      Role      `json:"role"`
	Speaker   string    `json:"speaker,omitempty"` // the speaker whom the caller named, or whom "I" was taken to mean; "" while unknown
	Content   string    `json:"content"`
	SpokenAt  time.Time `json:"spokenAt,omitzero"`  // when it was said
	CreatedAt time.Time `json:"createdAt,omitzero"` // when the store recorded it
	Location  string    `json:"location,omitempty"` // where it was said, "lat,lng"; "" if unknown
	// ForgottenAt is when Memory.Forget closed it: Recall no longer finds it, and no model is shown it. Zero: it was not.
	ForgottenAt time.Time `json:"forgottenAt,omitzero"`
}

// Create starts a session. CodeInvalid and CodeTooLarge name the field; CodeForbidden if the caller may not write to the scopes, or if they
// are tombstoned or not registered and the caller may not create them.
func (s *Sessions) Create(ctx context.Context, spec SessionSpec) (*Session, error) {
	return callMemory(ctx, s.context, "create session", func(ctx context.Context, by *gate.Call) (*Session, error) {
		return one(newSession)(ingest.CreateSession(ctx, by, spec.Scopes, spec.Metadata))
	})
}

// Get returns a session. ErrNotFound: no session with that id is visible to the caller.
func (s *Sessions) Get(ctx context.Context, id string) (*Session, error) {
	return callMemory(ctx, s.context, "get session", func(ctx context.Context, by *gate.Call) (*Session, error) {
		return one(newSession)(ingest.FindSession(by, id))
	})
}

func newSession(row record.Session) Session {
	return Session{row.ID, newScopes(row.Scopes), row.Metadata, row.Turns, row.Speaker(), row.Speakers, row.CreatedAt}
}

// SessionQuery selects a page of sessions. Its fields are those of PageRequest; a total costs no extra reads.
type SessionQuery struct {
	Cursor    string
	Limit     int // 0: 100, at most 1,000
	Offset    int
	WithTotal bool
}

// List lists the sessions of which the caller may read something, as Get returns them: the newest first, and sessions created at
// the same time by descending id. A session created meanwhile appears before the first page. It shifts what an Offset counts, but
// not what a Cursor names. ErrInvalid and ErrTooLarge with the Field.
func (s *Sessions) List(ctx context.Context, q SessionQuery) (Page[Session], error) {
	return callMemory(ctx, s.context, "list sessions", func(ctx context.Context, by *gate.Call) (Page[Session], error) {
		return page(newSession)(ingest.ListSessions(by, paging.Request(q)))
	})
}

// All iterates over the sessions, starting at the requested page. It stops after the first error: see PageRequest.
func (s *Sessions) All(ctx context.Context, q SessionQuery) iter.Seq2[Session, error] {
	return all(ctx, q, s.List)
}

func (q SessionQuery) page() PageRequest             { return PageRequest(q) }
func (q SessionQuery) at(p PageRequest) SessionQuery { return SessionQuery(p) }

// TurnQuery selects a page of turns. All fields but the first are those of PageRequest; a total costs no extra reads.
type TurnQuery struct {
	SessionID string // with or without "session:"
	Cursor    string
	Limit     int // 0: 100, at most 500
	Offset    int // the Seq of the first turn
	WithTotal bool
}

// Turns lists the turns of a session that the caller may read, oldest first. ErrNotFound: the session does not exist; ErrInvalid
// and ErrTooLarge with the Field.
func (s *Sessions) Turns(ctx context.Context, q TurnQuery) (Page[Turn], error) {
	return callMemory(ctx, s.context, "turns", func(ctx context.Context, by *gate.Call) (Page[Turn], error) {
		return page(newTurn)(ingest.Turns(ctx, by, q.SessionID, paging.Request(q.page())))
	})
}

func newTurn(t record.Turn) Turn {
	return Turn{t.ID, t.Session, t.Seq, Role(t.Role), t.Speaker, t.Content, t.SpokenAt, t.RecordedAt, locationText(t.Location), t.ForgottenAt}
}

func (q TurnQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q TurnQuery) at(p PageRequest) TurnQuery {
	return TurnQuery{q.SessionID, p.Cursor, p.Limit, p.Offset, p.WithTotal}
}

// AllTurns iterates over the turns of a session, starting at the requested page. It stops after the first error: see PageRequest.
func (s *Sessions) AllTurns(ctx context.Context, q TurnQuery) iter.Seq2[Turn, error] {
	return all(ctx, q, s.Turns)
}

// Delete removes a session with its turns and their entries in the search index. The facts extracted from it stay, with the words
// that they quote. Turns that also or only belong to scopes that the caller may not read stay there and are not mentioned. For the
// caller the session is gone at once. Its rows are removed in many small steps. The steps continue if ctx ends (ErrTimeout), and
// after a crash when the Context is next opened. A repeated Delete completes them. Once Delete has returned, no byte of the store's
// file holds the texts: see ScopeTree.Forget. ErrNotFound: the caller may read no such session; ErrForbidden: the caller lacks
// memory:forget somewhere where it may read the session or one of its turns.
func (s *Sessions) Delete(ctx context.Context, id string) error {
	return doMemory(ctx, s.context, "delete session", func(ctx context.Context, by *gate.Call) error { return ingest.DeleteSession(ctx, by, id) })
}

// DeleteAsync is like Delete, in a job.
func (s *Sessions) DeleteAsync(ctx context.Context, id string) (*Job, error) {
	return callMemory(ctx, s.context, "delete session in the background", func(ctx context.Context, by *gate.Call) (*Job, error) {
		return one(newJob)(lifecycle.StartDeletingSession(ctx, by, id))
	})
}
