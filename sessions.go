package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
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
	return callMemory(ctx, s.context, "create session", func(by *gate.Call) (*Session, error) {
		row, err := ingest.CreateSession(ctx, by, spec.Scopes, spec.Metadata)
		return newSession(row), err
	})
}

// Get returns a session. ErrNotFound: there is none of that id.
func (s *Sessions) Get(ctx context.Context, id string) (*Session, error) {
	return callMemory(ctx, s.context, "get session", func(by *gate.Call) (*Session, error) {
		row, err := ingest.FindSession(by, id)
		return newSession(row), err
	})
}

func newSession(row record.Session) *Session {
	return &Session{row.ID, newScopes(row.Scopes), row.Metadata, row.Turns, row.Speaker(), row.Speakers, row.CreatedAt}
}

// Turns returns the turns of a session, oldest first: limit of them (0: 100, at most 500) from offset on.
// ErrNotFound: there is no such session.
func (s *Sessions) Turns(ctx context.Context, id string, limit, offset int) ([]Turn, error) {
	return callMemory(ctx, s.context, "turns", func(by *gate.Call) ([]Turn, error) {
		rows, err := ingest.Turns(ctx, by, id, limit, offset)
		out := make([]Turn, len(rows))
		for i, t := range rows {
			out[i] = Turn{t.ID, t.Session, t.Seq, Role(t.Role), t.Speaker, t.Content, t.SpokenAt, t.RecordedAt}
		}
		return out, err
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
	return doMemory(ctx, s.context, "delete session", func(by *gate.Call) error { return ingest.DeleteSession(ctx, by, id) })
}
