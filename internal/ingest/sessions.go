package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

const (
	// MaxMetadata limits the metadata of a session, in bytes of JSON.
	MaxMetadata = 16 << 10
	// maxMetadataDepth is the maximum nesting of metadata. The encoding of the database allows much more.
	maxMetadataDepth = 16
	maxTurns         = 500 // on a page
)

// SessionID returns the record id for an id that is given with or without its table.
func SessionID(id string) string { return store.InTable(store.TableSession, id) }

func noSession() error { return fault.New(fault.NotFound, "SessionID", "no such session") }

// CreateSession starts a session and returns it as the caller may see it. Without scopes, the session belongs everywhere the caller may
// write.
func CreateSession(ctx context.Context, by *gate.Call, scopes [][]string, metadata map[string]any) (record.Session, error) {
	set, err := scope.ParseSet(scopes)
	if err != nil {
		return record.Session{}, fault.Wrap(fault.Invalid, "Scopes", err)
	}
	if len(set) == 0 {
		if set, err = access.WriteScopes(ctx, by, "Scopes"); err != nil {
			return record.Session{}, err
		}
	}
	if err := by.Require(ctx, "Scopes", authz.MemoryWrite, set); err != nil {
		return record.Session{}, err
	}
	if metadata, err = Metadata("Metadata", metadata); err != nil {
		return record.Session{}, err
	}
	redactorFor(by).value(metadata)
	row := record.Session{ID: by.Live.Core.NewID(store.TableSession), Scopes: set, Metadata: metadata, CreatedAt: by.Now()}
	err = by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		if err := by.Recheck(ctx); err != nil {
			return at, err
		}
		w := store.Write{Session: row, New: true}
		var err error
		if w.Registered, err = access.MissingScopes(ctx, by, "Scopes", set); err != nil {
			return at, err
		}
		if len(w.Registered) > 0 {
			w.Events = []record.Event{access.Registered(by, w.Registered)}
		}
		// Once begun, the write is stored and applied to memory, even if the caller stops waiting.
		at, err = by.Live.Apply(context.WithoutCancel(ctx), w, at)
		if err != nil {
			return at, err
		}
		return at, view.Apply(w)
	})
	if err != nil {
		return record.Session{}, err
	}
	return seen(by, by.Live.View.Load(), row), nil
}

// FindSession returns a session as the caller may see it. fault.NotFound: no session with that id is visible to the caller.
func FindSession(by *gate.Call, id string) (record.Session, error) {
	view := by.Live.View.Load()
	row, err := readable(by, view, id)
	if err != nil {
		return row, err
	}
	return seen(by, view, row), nil
}

// readable returns a session of which the caller may read something.
func readable(by *gate.Call, view *recall.View, id string) (record.Session, error) {
	row, ok := view.Session(SessionID(id))
	if !ok || len(by.Seen(row.Scopes)) == 0 {
		return row, noSession()
	}
	return row, nil
}

// ListSessions lists the sessions that the caller may read something of, newest first.
func ListSessions(by *gate.Call, req paging.Request) (page paging.Page[record.Session], err error) {
	if req, err = req.Checked(paging.Most); err != nil {
		return page, err
	}
	before, ok := recall.ParsePlace(req.Cursor)
	if !ok {
		return page, fault.Bad("Cursor", "it is not from a page of sessions")
	}
	view, reach := by.Live.View.Load(), scope.Reach{Visible: by.Visible(), Within: by.Within()}
	page = paging.Cut(view.SessionsBefore(reach, before, req.Offset, req.Limit+1), req.Limit, sessionCursor)
	for i := range page.Items {
		page.Items[i] = seen(by, view, page.Items[i])
	}
	if req.WithTotal {
		page.Total = view.CountSessions(reach)
	}
	return page, nil
}

// sessionCursor returns the cursor after a session. It is the place of the session, which the caller may know completely.
func sessionCursor(s record.Session) string { return recall.PlaceOf(s).Cursor() }

// Turns returns the turns of a session that the caller may read, oldest first and numbered as it sees them.
func Turns(ctx context.Context, by *gate.Call, id string, req paging.Request) (page paging.Page[record.Turn], err error) {
	if req, err = req.Checked(maxTurns); err != nil {
		return page, err
	}
	if req.Cursor != "" { // the cursor is the number of turns before the page
		if req.Offset, err = strconv.Atoi(req.Cursor); err != nil || req.Offset < 1 {
			return page, fault.Bad("Cursor", "it is not from a page of turns")
		}
	}
	view := by.Live.View.Load()
	row, err := readable(by, view, id)
	if err != nil {
		return page, err
	}
	turns, err := turnsOf(ctx, by, view, row, req.Limit+1, req.Offset)
	if err != nil {
		return page, by.Live.Explain(ctx, err)
	}
	for i := range turns {
		turns[i].ForgottenAt = view.Forgotten(turns[i].ID)
	}
	page = paging.Cut(turns, req.Limit, func(t record.Turn) string { return strconv.Itoa(t.Seq + 1) })
	if req.WithTotal {
		page.Total, _ = view.TurnsOf(row.ID, by.Visible())
	}
	return page, nil
}

// DeleteSession removes a session with its turns and their search entries, where the caller may forget. Parts that also belong to scopes
// that the caller may not read stay there. Once begun, the deletion runs to its end, even if ctx ends.
func DeleteSession(ctx context.Context, by *gate.Call, id string) error {
	_, err := live.Await(ctx, by.Live, func() (none struct{}, err error) {
		// Once begun, the deletion runs to its end.
		whole := context.WithoutCancel(ctx)
		defer by.Live.Core.Erasing(whole, by.Live.ID, &err)()
		gone, chunks, resting, err := drop(ctx, by, SessionID(id))
		if err == nil && (len(resting) > 0 || chunks == nil) {
			err = by.Live.Explain(whole, by.Live.FinishPurges(whole))
		}
		if err == nil {
			err = by.Live.Explain(whole, eraseSession(whole, by.Live, gone, chunks, resting))
		}
		return none, err
	})
	return err
}

// MayDeleteSession checks whether the caller may read the session and delete what it may read of it.
func MayDeleteSession(ctx context.Context, by *gate.Call, id string) error {
	view := by.Live.View.Load()
	row, err := readable(by, view, id)
	if err != nil {
		return err
	}
	_, err = deletable(ctx, by, view, row)
	return err
}

// deletable reports whether a part of a session stays because the caller may not know of it. It refuses a caller that may read more of it than
// it may forget.
func deletable(ctx context.Context, by *gate.Call, view *recall.View, row record.Session) (stays bool, err error) {
	forget, read := by.Region(authz.MemoryForget), by.Region(authz.MemoryRead)
	for _, clause := range slices.Concat(append(view.ScopesOf(row.ID), row.Scopes)...) {
		switch one := (record.ScopeSet{clause}); {
		case forget.Holds(one):
		case read.Holds(one):
			return false, by.Deny(ctx, gate.Denial{Field: "id", Verb: authz.MemoryForget, Target: row.ID,
				Detail: "memory:forget is not granted over all scopes of the session and its turns"})
		default:
			stays = true
		}
	}
	return stays, nil
}

// drop removes a session from memory and from the caller's view, and for everybody if no part of it stays. It returns the erasure to
// perform, the ids of the session's chunks (nil: they are not known), and the ids of what rested on its turns, which goes with the session.
func drop(ctx context.Context, by *gate.Call, id string) (gone store.Erasure, chunks, resting []string, err error) {
	err = by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		if err := by.Recheck(ctx); err != nil {
			return at, err
		}
		row, ok := view.Session(id)
		if !ok || len(by.Seen(row.Scopes)) == 0 {
			// An earlier erasure of the session may have been interrupted.
			gone, err = unfinished(ctx, by, id)
			return at, err
		}
		gone = store.Erasure{Session: id, Sets: append(view.ScopesOf(id), row.Scopes), At: by.Live.Now()}
		stays, err := deletable(ctx, by, view, row)
		if err != nil {
			return at, err
		}
		chunks = append([]string{}, view.ChunksOf(id)...)
		if stays {
			gone.Within = by.Forgets()
			return narrowSession(context.WithoutCancel(ctx), by.Live, view, gone, row, at)
		}
		resting, err = by.Live.Resting(ctx, view, slices.Concat(chunks, view.TurnsIn(id)))
		if err != nil {
			return at, err
		}
		if at, err = by.Live.Rows.DropSession(context.WithoutCancel(ctx), gone, resting, at); err != nil {
			return at, err
		}
		view.DropSession(id, chunks)
		if len(resting) > 0 {
			if err := view.Merge(store.Update{Erased: store.InMemory(resting)}); err != nil {
				by.Live.NeedsReload.Store(true)
				return at, err
			}
		}
		return at, nil
	})
	return gone, chunks, resting, err
}

// unfinished returns an interrupted erasure of a session that the caller may complete.
func unfinished(ctx context.Context, by *gate.Call, id string) (store.Erasure, error) {
	forget := by.Region(authz.MemoryForget)
	left, err := by.Live.Rows.ErasureOf(ctx, id)
	if err == nil && !slices.ContainsFunc(left.Sets, func(set record.ScopeSet) bool { return !forget.Holds(set) }) {
		return left, nil
	}
	if within := by.Forgets(); len(within) > 0 && (err == nil || errors.Is(err, surreal.ErrNotFound)) {
		if left, err = by.Live.Rows.ErasureOf(ctx, id, within...); err == nil {
			return left, nil
		}
	}
	if err == nil || errors.Is(err, surreal.ErrNotFound) {
		err = noSession()
	}
	return left, err
}

// narrowSession removes the parts of a session that the caller of an erasure knows. The rest keeps its scopes. If only turns are left, the
// session takes the scopes of these turns.
func narrowSession(ctx context.Context, c *live.Context, view *recall.View, gone store.Erasure, row record.Session, at store.Position) (store.Position, error) {
	e, err := c.Rows.Erasing(gone, nil, false)
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
	update, at, err := c.Rows.NarrowSession(ctx, gone, left, bare, at)
	if err != nil {
		return at, err
	}
	chunks := view.Narrowing(row.ID, e.Left)
	update.Erased, update.Write.Chunks = chunks.Erased, chunks.Write.Chunks
	if err := view.Merge(update); err != nil {
		c.NeedsReload.Store(true) // the update may be applied in part
		return at, err
	}
	return at, nil
}

// eraseSession removes the rows of a session that was dropped or narrowed.
func eraseSession(ctx context.Context, c *live.Context, gone store.Erasure, chunks, resting []string) error {
	if len(gone.Within) == 0 {
		return c.Rows.EraseSession(ctx, gone, chunks, func(ctx context.Context) error {
			return c.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
				return at, c.EraseTraces(ctx, store.Gone{Rows: slices.Concat(chunks, resting), Session: gone.Session})
			})
		})
	}
	e, err := c.Rows.Erasing(gone, nil, false)
	if err != nil {
		return err
	}
	e.Chunks = chunks
	return c.ErasePages(ctx, e, func(view *recall.View) bool { return slices.ContainsFunc(view.ScopesOf(gone.Session), e.Touches) })
}

// turnsOf reads the turns of a session that the caller may read, numbered as the caller sees them.
func turnsOf(ctx context.Context, by *gate.Call, view *recall.View, row record.Session, limit, offset int) ([]record.Turn, error) {
	visible := by.Visible()
	if count, all := view.TurnsOf(row.ID, visible); visible == nil || all && count == row.Turns {
		return by.Live.Rows.Turns(ctx, row.ID, limit, offset)
	}
	var out []record.Turn
	for from, seq := 0, 0; len(out) < limit; {
		page, err := by.Live.Rows.Turns(ctx, row.ID, maxTurns, from)
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

// sessionFor returns the session for a write; zero if id is "". A caller that may not write to the session gets the same error as for a
// session that does not exist.
func sessionFor(ctx context.Context, by *gate.Call, id string, view *recall.View) (record.Session, error) {
	if id == "" {
		return record.Session{}, nil
	}
	row, ok := view.Session(id)
	switch {
	case ok && len(by.Writable(row.Scopes)) > 0 && (!row.Closed || len(by.Seen(row.Scopes)) > 0):
		return row, nil
	case by.Unlimited():
		return row, noSession()
	}
	return row, by.Deny(ctx, gate.Denial{Field: "SessionID", Verb: authz.MemoryWrite, Target: id,
		Detail: "no session with that id that the caller may write to"})
}

// seen returns a copy of a session as the caller may see it: with the clauses, the turns and the speakers that it may read.
func seen(by *gate.Call, view *recall.View, row record.Session) record.Session {
	row.Metadata, _, _ = CopyMetadata(row.Metadata) // it cannot fail, because stored metadata comes from CopyMetadata
	row.Speakers = slices.Clone(row.Speakers)
	visible := by.Visible()
	if visible != nil {
		row.Turns, _ = view.TurnsOf(row.ID, visible)
		if len(view.SpeakersOf(row.ID, visible)) == 0 {
			row.Speakers = nil
		}
	}
	row.Scopes = by.Seen(row.Scopes)
	return row
}

// Metadata returns a copy of metadata. It refuses metadata over the limits.
func Metadata(field string, given map[string]any) (map[string]any, error) {
	out, size, err := CopyMetadata(given)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, field, err)
	}
	if size > MaxMetadata {
		return nil, fault.Over(field, size, MaxMetadata, "bytes")
	}
	return out, nil
}

// CopyMetadata returns metadata as it comes back from the database, after a round trip through JSON, and its size in bytes of JSON.
func CopyMetadata(m map[string]any) (map[string]any, int, error) {
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

// depth returns the nesting depth of a JSON value.
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
