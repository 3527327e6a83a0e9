package spectron

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Sessions are the conversations of a Context.
type Sessions struct {
	context *Context
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
	ID       string
	Scopes   Scopes
	Metadata map[string]any
	Turns    int    // how many it has had; for the handle of a key, how many it may read
	Speaker  string // who says "I" in it when a message does not say; "" while unknown, and with several speakers
	// Speakers are all who have said "I" in it, in the order in which they were first heard, at most 100; none for who may not
	// read all of it.
	Speakers  []string
	CreatedAt time.Time
}

// Turn is one message of a session, word for word.
type Turn struct {
	ID        string
	SessionID string
	Seq       int // position in the session, from 0, among the turns that the caller may read
	Role      Role
	Speaker   string // who said it: whom the caller named, or who "I" was taken to be; "" while unknown
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

func noSession(op string) error {
	return &Error{Op: op, Code: CodeNotFound, Field: "SessionID", Detail: "no such session"}
}

// Create starts a session. CodeInvalid names the field; CodeForbidden for scopes that the caller may not write to.
func (s *Sessions) Create(ctx context.Context, spec SessionSpec) (*Session, error) {
	const op = "create session"
	c := s.context
	return callMemory(ctx, c, op, func(by *gate.Call) (*Session, error) {
		scopes, err := scope.ParseSet(spec.Scopes)
		if err != nil {
			return nil, &Error{Op: op, Code: CodeInvalid, Field: "Scopes", Err: err}
		}
		if len(scopes) == 0 {
			if scopes, err = c.writeScopes(ctx, op, "Scopes", by); err != nil {
				return nil, err
			}
		}
		if err := by.Require(ctx, "Scopes", authz.MemoryWrite, scopes); err != nil {
			return nil, err
		}
		metadata, size, err := copyMetadata(spec.Metadata)
		if err != nil {
			return nil, &Error{Op: op, Code: CodeInvalid, Field: "Metadata", Err: err}
		}
		if size > maxMetadata {
			return nil, tooLarge(op, "Metadata", size, maxMetadata, "bytes")
		}
		m := c.mgr
		row := record.Session{
			ID: m.core.NewID(store.TableSession), Scopes: scopes, Metadata: metadata, CreatedAt: c.state.Now(),
		}
		err = c.state.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
			if err := by.Recheck(ctx); err != nil {
				return at, err
			}
			w := store.Write{Session: row, New: true}
			var err error
			if w.Registered, err = c.place(ctx, op, "Scopes", by, scopes); err != nil {
				return at, err
			}
			if len(w.Registered) > 0 {
				w.Events = []record.Event{c.registered(by, op, w.Registered)}
			}
			// Stored and taken into memory together, also when the caller stops waiting.
			at, err = c.state.Apply(context.WithoutCancel(ctx), w, at)
			if err != nil {
				return at, err
			}
			return at, view.Apply(w)
		})
		if err != nil {
			return nil, fail(op, err)
		}
		return session(by, c.state.View.Load(), row), nil
	})
}

// Get returns a session. ErrNotFound: there is none of that id.
func (s *Sessions) Get(ctx context.Context, id string) (*Session, error) {
	const op = "get session"
	return callMemory(ctx, s.context, op, func(by *gate.Call) (*Session, error) {
		view := s.context.state.View.Load()
		row, ok := view.Session(sessionID(id))
		if !ok || len(by.Seen(row.Scopes)) == 0 {
			return nil, noSession(op)
		}
		return session(by, view, row), nil
	})
}

// Turns returns the turns of a session, oldest first: limit of them (0: 100, at most 500) from offset on.
// ErrNotFound: there is no such session.
func (s *Sessions) Turns(ctx context.Context, id string, limit, offset int) ([]Turn, error) {
	const op = "turns"
	return callMemory(ctx, s.context, op, func(by *gate.Call) ([]Turn, error) {
		if limit == 0 {
			limit = defaultTurns
		}
		if limit < 0 || limit > maxTurns {
			return nil, invalid(op, "limit", "%d is not between 1 and %d", limit, maxTurns)
		}
		if offset < 0 {
			return nil, invalid(op, "offset", "%d is negative", offset)
		}
		view := s.context.state.View.Load()
		row, ok := view.Session(sessionID(id))
		if !ok || len(by.Seen(row.Scopes)) == 0 {
			return nil, noSession(op)
		}
		rows, err := s.turns(ctx, by, view, row, limit, offset)
		if err != nil {
			return nil, fail(op, s.context.state.Explain(ctx, err))
		}
		out := make([]Turn, len(rows))
		for i, t := range rows {
			out[i] = Turn{t.ID, t.Session, t.Seq, Role(t.Role), t.Speaker, t.Content, t.SpokenAt, t.RecordedAt}
		}
		return out, nil
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
	const op = "delete session"
	c := s.context
	return doMemory(ctx, c, op, func(by *gate.Call) error {
		_, err := live.Await(ctx, c.state, func() (none struct{}, err error) {
			// Once it is begun it runs to its end.
			whole := context.WithoutCancel(ctx)
			defer c.mgr.core.Erasing(whole, c.ID(), &err)()
			gone, chunks, err := s.drop(ctx, op, by, sessionID(id))
			if err == nil {
				err = c.state.Explain(whole, c.eraseSession(whole, gone, chunks))
			}
			return none, err
		})
		return err
	})
}

// drop takes a session away from the caller, and from everybody else where nothing of it stays. It returns what is left to erase
// with the ids of its chunks; nil: they are not known.
func (s *Sessions) drop(ctx context.Context, op string, by *gate.Call, id string) (gone store.Erasure, chunks []string, err error) {
	c := s.context
	forget, read := by.Region(authz.MemoryForget), by.Region(authz.MemoryRead)
	err = c.state.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		if err := by.Recheck(ctx); err != nil {
			return at, err
		}
		row, ok := view.Session(id)
		if !ok || len(by.Seen(row.Scopes)) == 0 {
			// An erasure of it may have failed on the way.
			gone, err = c.unfinished(ctx, op, by, id)
			return at, err
		}
		gone = store.Erasure{Session: id, Sets: append(view.ScopesOf(id), row.Scopes), At: c.state.Now()}
		stays := false
		for _, clause := range slices.Concat(gone.Sets...) {
			switch one := (record.ScopeSet{clause}); {
			case forget.Holds(one):
			case read.Holds(one):
				return at, by.Deny(ctx, gate.Denial{Field: "id", Verb: authz.MemoryForget, Target: row.ID,
					Detail: "memory:forget is not granted where the session and all its turns belong"})
			default:
				stays = true // the caller does not know of it
			}
		}
		chunks = append([]string{}, view.ChunksOf(id)...)
		if stays {
			gone.Within = by.Forgets()
			return c.narrowSession(context.WithoutCancel(ctx), view, gone, row, at)
		}
		at, err := c.state.Rows.DropSession(context.WithoutCancel(ctx), gone, at)
		if err == nil {
			view.DropSession(id, chunks)
		}
		return at, err
	})
	return gone, chunks, err
}

// unfinished is an erasure of a session that failed on the way, and that the caller may finish.
func (c *Context) unfinished(ctx context.Context, op string, by *gate.Call, id string) (store.Erasure, error) {
	forget := by.Region(authz.MemoryForget)
	left, err := c.state.Rows.ErasureOf(ctx, id)
	if err == nil && !slices.ContainsFunc(left.Sets, func(set record.ScopeSet) bool { return !forget.Holds(set) }) {
		return left, nil
	}
	if within := by.Forgets(); len(within) > 0 && (err == nil || errors.Is(err, surreal.ErrNotFound)) {
		if left, err = c.state.Rows.ErasureOf(ctx, id, within...); err == nil {
			return left, nil
		}
	}
	if err == nil || errors.Is(err, surreal.ErrNotFound) {
		err = noSession(op)
	}
	return left, err
}

// narrowSession takes away what the caller of an erasure knows of a session. The rest belongs where it did; where that is only
// turns, the session stays for them.
func (c *Context) narrowSession(ctx context.Context, view *recall.View, gone store.Erasure, row record.Session, at store.Position) (store.Position, error) {
	e, err := c.state.Rows.Erasing(gone, nil, false)
	if err != nil {
		return at, err
	}
	left := e.Left(row.Scopes)
	bare := len(left) == 0
	if bare {
		for _, set := range gone.Sets {
			left = left.With(e.Left(set))
		}
	}
	update, at, err := c.state.Rows.NarrowSession(ctx, gone, left, bare, at)
	if err != nil {
		return at, err
	}
	chunks := view.Narrowing(row.ID, e.Left)
	update.Erased, update.Write.Chunks = chunks.Erased, chunks.Write.Chunks
	if err := view.Merge(update); err != nil {
		c.state.NeedsReload.Store(true) // it may have a part of it
		return at, err
	}
	return at, nil
}

// eraseSession removes the rows of a session that was dropped or narrowed.
func (c *Context) eraseSession(ctx context.Context, gone store.Erasure, chunks []string) error {
	if len(gone.Within) == 0 {
		return c.state.Rows.EraseSession(ctx, gone, chunks)
	}
	e, err := c.state.Rows.Erasing(gone, nil, false)
	if err != nil {
		return err
	}
	e.Chunks = chunks
	return c.state.ErasePages(ctx, e, func(view *recall.View) bool { return slices.ContainsFunc(view.ScopesOf(gone.Session), e.Touches) })
}

// session is a session as the caller may see it: with the turns that it may read. It shares nothing with what is kept.
func session(s *gate.Call, view *recall.View, row record.Session) *Session {
	metadata, _, _ := copyMetadata(row.Metadata) // it was made by copyMetadata
	out := &Session{row.ID, newScopes(s.Seen(row.Scopes)), metadata, row.Turns, row.Speaker(), slices.Clone(row.Speakers), row.CreatedAt}
	if visible := s.Visible(); visible != nil {
		out.Turns, _ = view.TurnsOf(row.ID, visible)
		if len(view.SpeakersOf(row.ID, visible)) == 0 {
			out.Speaker, out.Speakers = "", nil
		}
	}
	return out
}

// turns reads the turns of a session that the caller may read. They are numbered as it sees them.
func (s *Sessions) turns(ctx context.Context, by *gate.Call, view *recall.View, row record.Session, limit, offset int) ([]record.Turn, error) {
	visible := by.Visible()
	if count, all := view.TurnsOf(row.ID, visible); visible == nil || all && count == row.Turns {
		return s.context.state.Rows.Turns(ctx, row.ID, limit, offset)
	}
	var out []record.Turn
	for from, seq := 0, 0; len(out) < limit; {
		page, err := s.context.state.Rows.Turns(ctx, row.ID, maxTurns, from)
		if err != nil {
			return nil, err
		}
		for _, t := range page {
			from = t.Seq + 1
			if !visible(t.Scopes) {
				continue
			}
			if t.Seq = seq; seq >= offset && len(out) < limit {
				out = append(out, t)
			}
			seq++
		}
		if len(page) < maxTurns {
			break
		}
	}
	return out, nil
}

// sessionFor returns the session that the caller is to write to; none for "". Who may not write to it learns no more than
// who asks for one that is not there.
func (c *Context) sessionFor(ctx context.Context, op string, by *gate.Call, id string, view *recall.View) (record.Session, error) {
	if id == "" {
		return record.Session{}, nil
	}
	row, ok := view.Session(id)
	switch {
	case ok && len(by.Writable(row.Scopes)) > 0 && (!row.Closed || len(by.Seen(row.Scopes)) > 0):
		return row, nil
	case by.Unlimited():
		return row, noSession(op)
	}
	return row, by.Deny(ctx, gate.Denial{Field: "SessionID", Verb: authz.MemoryWrite, Target: id,
		Detail: "there is no session of that id that the caller may write to"})
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
