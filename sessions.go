package spectron

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Sessions are the conversations of a Context.
type Sessions struct {
	context *Context
}

// SessionSpec is what a session is made from.
type SessionSpec struct {
	Scopes   Scopes         // where its turns belong unless they say otherwise; empty: the operator's whole region
	Metadata map[string]any // of the caller's, JSON values only; at most 16 KiB as JSON, 16 levels deep
}

// Session is a conversation.
type Session struct {
	ID        string
	Scopes    Scopes
	Metadata  map[string]any
	Turns     int    // how many it has had
	Speaker   string // who says "I" in it; "" while unknown
	CreatedAt time.Time
}

// Turn is one message of a session, word for word.
type Turn struct {
	ID        string
	SessionID string
	Seq       int // position in the session, from 0
	Role      Role
	Content   string
	SpokenAt  time.Time
	CreatedAt time.Time
}

const (
	maxMetadata = 16 << 10
	// maxMetadataDepth is well under what the database's encoding can nest.
	maxMetadataDepth = 16
	defaultTurns     = 100
	maxTurns         = 500
)

// sessionID accepts an id with or without its table.
func sessionID(id string) string {
	if strings.HasPrefix(id, store.TableSession+":") {
		return id
	}
	return store.TableSession + ":" + id
}

func noSession(op, id string) error {
	return &Error{Op: op, Code: CodeNotFound, Field: "SessionID", Detail: fmt.Sprintf("no session %q", id)}
}

// Create starts a session. CodeInvalid names the field.
func (s *Sessions) Create(ctx context.Context, spec SessionSpec) (*Session, error) {
	const op = "create session"
	if err := s.context.begin(op); err != nil {
		return nil, err
	}
	defer s.context.mgr.done()
	scopes, err := scope.ParseSet(spec.Scopes)
	if err != nil {
		return nil, &Error{Op: op, Code: CodeInvalid, Field: "Scopes", Err: err}
	}
	if len(scopes) == 0 {
		scopes = record.ScopeSet{{scope.Root}}
	}
	metadata, size, err := copyMetadata(spec.Metadata)
	if err != nil {
		return nil, &Error{Op: op, Code: CodeInvalid, Field: "Metadata", Err: err}
	}
	if size > maxMetadata {
		return nil, tooLarge(op, "Metadata", size, maxMetadata, "bytes")
	}
	m := s.context.mgr
	row := record.Session{
		ID: store.TableSession + ":" + m.opts.NewID(), Scopes: scopes, Metadata: metadata, CreatedAt: m.now(),
	}
	w := store.Write{Session: row, New: true}
	err = s.context.write(ctx, op, func(view *recall.View, at store.Position) (store.Position, error) {
		// Stored and taken into memory together, also when the caller stops waiting.
		at, err := s.context.state.store.Apply(context.WithoutCancel(ctx), w, at)
		if err != nil {
			return at, err
		}
		return at, view.Apply(w)
	})
	if err != nil {
		return nil, fail(op, err)
	}
	return newSession(row), nil
}

// Get returns a session. ErrNotFound: there is none of that id.
func (s *Sessions) Get(ctx context.Context, id string) (*Session, error) {
	const op = "get session"
	if err := s.context.begin(op); err != nil {
		return nil, err
	}
	defer s.context.mgr.done()
	if err := s.context.fresh(ctx, op); err != nil {
		return nil, err
	}
	row, ok := s.context.state.view.Load().Session(sessionID(id))
	if !ok {
		return nil, noSession(op, id)
	}
	return newSession(row), nil
}

// Turns returns the turns of a session, oldest first: limit of them (0: 100, at most 500) from offset on.
// ErrNotFound: there is no such session.
func (s *Sessions) Turns(ctx context.Context, id string, limit, offset int) ([]Turn, error) {
	const op = "turns"
	if err := s.context.begin(op); err != nil {
		return nil, err
	}
	defer s.context.mgr.done()
	if limit == 0 {
		limit = defaultTurns
	}
	if limit < 0 || limit > maxTurns {
		return nil, invalid(op, "limit", "%d is not between 1 and %d", limit, maxTurns)
	}
	if offset < 0 {
		return nil, invalid(op, "offset", "%d is negative", offset)
	}
	if err := s.context.fresh(ctx, op); err != nil {
		return nil, err
	}
	if _, ok := s.context.state.view.Load().Session(sessionID(id)); !ok {
		return nil, noSession(op, id)
	}
	rows, err := s.context.state.store.Turns(ctx, sessionID(id), limit, offset)
	if err != nil {
		return nil, fail(op, s.context.explain(ctx, op, err))
	}
	out := make([]Turn, len(rows))
	for i, t := range rows {
		out[i] = Turn{t.ID, t.Session, t.Seq, Role(t.Role), t.Content, t.SpokenAt, t.RecordedAt}
	}
	return out, nil
}

// Delete removes a session with its turns and what search finds of their words. The facts that were read out
// of them stay. ErrNotFound: there is no such session.
func (s *Sessions) Delete(ctx context.Context, id string) error {
	const op = "delete session"
	if err := s.context.begin(op); err != nil {
		return err
	}
	defer s.context.mgr.done()
	if err := s.context.fresh(ctx, op); err != nil {
		return err
	}
	return fail(op, s.context.write(ctx, op, func(view *recall.View, at store.Position) (store.Position, error) {
		if _, ok := view.Session(sessionID(id)); !ok {
			return at, noSession(op, id)
		}
		chunks := view.ChunksOf(sessionID(id))
		at, err := s.context.state.store.DeleteSession(context.WithoutCancel(ctx), sessionID(id), chunks, at)
		if err == nil {
			view.DropSession(sessionID(id), chunks)
		}
		return at, err
	}))
}

// newSession shares nothing with what is kept.
func newSession(s record.Session) *Session {
	scopes := make(Scopes, len(s.Scopes))
	for i, clause := range s.Scopes {
		scopes[i] = slices.Clone(clause)
	}
	metadata, _, _ := copyMetadata(s.Metadata) // it was made by copyMetadata
	return &Session{s.ID, scopes, metadata, s.Turns, s.Speaker, s.CreatedAt}
}

// copyMetadata returns metadata as JSON has it, which is how it comes back from the database too, and its size in
// bytes.
func copyMetadata(m map[string]any) (map[string]any, int, error) {
	encoded, err := json.Marshal(m)
	if err != nil {
		return nil, 0, err
	}
	var out map[string]any
	if err := json.Unmarshal(encoded, &out); err != nil {
		return nil, 0, err
	}
	if depth(out) > maxMetadataDepth {
		return nil, 0, fmt.Errorf("nested deeper than %d levels", maxMetadataDepth)
	}
	return out, len(encoded), nil
}

// depth is how deep a JSON value is nested.
func depth(v any) int {
	deepest := 0
	switch x := v.(type) {
	case map[string]any:
		for _, inner := range x {
			deepest = max(deepest, depth(inner))
		}
	case []any:
		for _, inner := range x {
			deepest = max(deepest, depth(inner))
		}
	default:
		return 0
	}
	return deepest + 1
}
