package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableErasure has the running erasures.
const TableErasure = "erasure"

// Erasure is the removal of many rows by many statements. It is stored before the first statement and removed after the last, so
// that the next process to open the database completes it after a crash. Memory, here and in other processes, is updated in step
// with the stored rows.
type Erasure struct {
	// Session is the id of a deleted session with its turns and chunks; "" for a scope. Sets has the scopes of the session and its
	// turns. With Within only clauses in these patterns are deleted; the rest of the session stays.
	Session string
	Sets    []record.ScopeSet
	// Path is a scope that is forgotten with those below it, limited to clauses in the patterns of Within.
	Path   string
	Within []string
	At     time.Time // when superseded facts count as closed
	// Rows are the ids of single rows to erase; then nothing else is set.
	Rows []string
	// Ranges are what the ids of rows to erase begin with; then nothing else is set. No process has the rows in memory.
	Ranges []string
}

type erasureRow struct {
	ID      surreal.RecordID         `cbor:"id"`
	Session surreal.Optional[string] `cbor:"session"`
	Sets    []record.ScopeSet        `cbor:"sets"`
	Path    surreal.Optional[string] `cbor:"path"`
	Within  []string                 `cbor:"within"`
	At      surreal.Datetime         `cbor:"at"`
	Rows    []string                 `cbor:"rows,omitempty"`
	Ranges  []string                 `cbor:"ranges,omitempty"`
}

// id returns the id of the row. It is the same for equal erasures, so that a repeated one is not stored twice.
func (e *Erasure) id() surreal.RecordID {
	if e.Session != "" && len(e.Within) == 0 {
		return surreal.RecordID{Table: TableErasure, Key: e.Session}
	}
	sum := sha256.Sum256([]byte(strings.Join(slices.Concat(e.Within, []string{e.Path + e.Session}, e.Rows, e.Ranges), "\n")))
	return surreal.RecordID{Table: TableErasure, Key: TableScope + ":" + hex.EncodeToString(sum[:16])}
}

func newErasureRow(e Erasure) erasureRow {
	return erasureRow{e.id(), optional(e.Session), orEmpty(e.Sets), optional(e.Path), orEmpty(e.Within), surreal.At(e.At), e.Rows, e.Ranges}
}

func (r erasureRow) erasure() Erasure {
	return Erasure{r.Session.Value, r.Sets, r.Path.Value, r.Within, r.At.Time, r.Rows, r.Ranges}
}

// begun counts the erasures that a Store has begun, to know without a statement that none is left.
type begun struct {
	count   atomic.Int64
	checked atomic.Int64 // one more than the count of which none was left; 0: none is known
}

// begins has to be called before an erasure is stored.
func (b *begun) begins() { b.count.Add(1) }

// Erasures returns the running and interrupted erasures.
func (s *Store) Erasures(ctx context.Context) ([]Erasure, error) {
	count := s.erasures.count.Load()
	if s.writers == SingleWriter && s.erasures.checked.Load() == count+1 {
		return nil, nil
	}
	found, err := selectRows(ctx, s.conn, `SELECT * FROM erasure`, nil, erasureRow.erasure)
	if err == nil && len(found) == 0 {
		s.erasures.checked.Store(count + 1)
	}
	return found, err
}

// ErasureOf returns the erasure of a session, complete or limited to patterns. surreal.ErrNotFound: none.
func (s *Store) ErasureOf(ctx context.Context, session string, within ...string) (Erasure, error) {
	e := Erasure{Session: session, Within: within}
	return one(selectRows(ctx, s.conn, `SELECT * FROM $id`, map[string]any{"id": e.id()}, erasureRow.erasure))
}

const (
	beginErasure = `UPSERT ONLY $erasure.id CONTENT $erasure RETURN NONE;`
	endErasure   = `DELETE $erasure RETURN NONE;`
	beginOther   = `UPSERT ONLY $other.id CONTENT $other RETURN NONE;`
)

// DropSession begins to delete a session, and returns the position after it. From then on nobody sees the session, nor the rows with the
// given ids, which rest on its turns. EraseSession removes its parts. If many rows rest on it, another Erasure has them. Errors are those of
// Apply.
func (s *Store) DropSession(ctx context.Context, e Erasure, resting []string, after Position) (Position, error) {
	s.erasures.begins()
	id := recordID(e.Session)
	sql, vars := beginErasure+`DELETE $conversation RETURN NONE;`, map[string]any{"erasure": newErasureRow(e), "conversation": id}
	switch {
	case len(resting) == 0:
	case tooMany(resting):
		sql += beginOther
		vars["other"] = newErasureRow(Erasure{Rows: resting, At: e.At})
	default:
		sql += eraseRows
		vars["rows"] = rows(resting, recordID)
	}
	return s.commit(ctx, "without "+e.Session, surreal.RecordID{}, sql, vars, after,
		func(c *changeRow) { c.Dropped, c.Gone = []surreal.RecordID{id}, rows(InMemory(resting), recordID) })
}

// EraseUnfounded erases conclusions and replies with their parts, during an erasure, and returns the position after it. Errors are those of Apply.
func (s *Store) EraseUnfounded(ctx context.Context, ids []string, after Position) (Position, error) {
	return s.commit(ctx, "without "+uuid.NewString(), surreal.RecordID{}, eraseRows, map[string]any{"rows": rows(ids, recordID)}, after,
		func(c *changeRow) { c.Gone = rows(InMemory(ids), recordID) })
}

// InMemory returns those of some rows that are kept in memory.
func InMemory(ids []string) []string {
	var c changeRow
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return c.column(recordID(id).Table) == nil })
}

// eraseUnfounded erases the conclusions and the replies that have lost a part of what they rest on, or whose readers may no longer read it. It
// reads all facts and replies.
func (s *Store) eraseUnfounded(ctx context.Context) error {
	for erased := true; erased; {
		n, err := s.eraseUnfoundedReplies(ctx)
		for _, table := range []string{TableAttribute, TableRelation} {
			if err == nil {
				err = eachPage(ctx, s.conn, table, func(page []factRow) error { return s.eraseUnfoundedOf(ctx, page, &n) })
			}
		}
		if err != nil {
			return err
		}
		erased = n > 0
	}
	return nil
}

// eraseUnfoundedOf erases the conclusions among some facts, and counts them.
func (s *Store) eraseUnfoundedOf(ctx context.Context, page []factRow, n *int) error {
	var ids []string
	for _, f := range page {
		ids = append(append(ids, f.Source.DerivedFrom...), f.Source.Shown...)
	}
	if len(ids) == 0 {
		return nil
	}
	left, err := s.scopesOf(ctx, ids)
	if err != nil {
		return err
	}
	gone := []surreal.RecordID{}
	for _, f := range page {
		if slices.ContainsFunc(slices.Concat(f.Source.DerivedFrom, f.Source.Shown), func(id string) bool { return !scope.Implies(f.Scopes, left[id]) }) {
			gone = append(gone, f.ID)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	*n += len(gone)
	_, err = query(ctx, s.conn, `DELETE $gone RETURN NONE`, map[string]any{"gone": gone})
	return err
}

// NarrowSession begins to delete a session of which a part stays. From then on it belongs to the scopes of that part. Bare says
// that only turns stay. Erasing removes the rest. It returns the session in its new state. Errors are those of Apply.
func (s *Store) NarrowSession(ctx context.Context, e Erasure, left record.ScopeSet, bare bool, after Position) (Update, Position, error) {
	s.erasures.begins()
	changed := changeRow{Sessions: []surreal.RecordID{recordID(e.Session)}}
	vars := map[string]any{"erasure": newErasureRow(e), "narrowed": []narrowedRow{{ID: changed.Sessions[0], Scopes: left, Bare: bare, Session: true}}}
	at, err := s.commit(ctx, "less of "+uuid.NewString(), surreal.RecordID{}, beginErasure+narrowRows, vars, after, func(c *changeRow) { c.take(changed) })
	if err != nil {
		return Update{}, at, err
	}
	update, err := s.update(ctx, changed)
	if err != nil {
		err = errors.Join(surreal.ErrLost, err) // it is stored, but its results are unknown
	}
	return update, at, err
}

const (
	// chunksErased and turnsErased limit the rows that one statement deletes. Turns may be large, and the engine holds all turns of
	// a statement: the first statement takes turnPage, later ones as many as fit into turnBytes by the size of the previous.
	chunksErased = 500
	turnsErased  = 250
)

// EraseSession removes the turns and chunks of a dropped session, then its traces, and ends the erasure. chunks are the ids of its chunks; nil:
// unknown. Run it again after an error. Concurrent calls are allowed.
func (s *Store) EraseSession(ctx context.Context, e Erasure, chunks []string, traces func(context.Context) error) error {
	for page := range slices.Chunk(chunks, chunksErased) {
		if _, err := query(ctx, s.conn, `DELETE $chunks RETURN NONE`, map[string]any{"chunks": rows(page, recordID)}); err != nil {
			return err
		}
	}
	if chunks == nil {
		if err := s.eraseChunks(ctx, `$of CONTAINS $c.session`, []surreal.RecordID{recordID(e.Session)}); err != nil {
			return err
		}
	}
	if err := errors.Join(s.eraseTurns(ctx, e.Session), traces(ctx)); err != nil {
		return err
	}
	_, err := query(ctx, s.conn, endErasure, map[string]any{"erasure": e.id()})
	return err
}

// eraseChunks scans all chunks for those of some sessions or turns, as a condition says, because they have no index.
func (s *Store) eraseChunks(ctx context.Context, condition string, of []surreal.RecordID) error {
	for after := ""; ; {
		out, err := query(ctx, s.conn, `{
LET $page = SELECT id, session, turn FROM type::record('memory_chunk', $after>..) LIMIT $limit;
DELETE $page.filter(|$c| `+condition+`).map(|$c| $c.id) RETURN NONE;
RETURN $page.map(|$c| $c.id);
}`, map[string]any{"after": after, "limit": chunksErased, "of": of})
		if err != nil {
			return err
		}
		var page []surreal.RecordID
		if err := out.Last(&page); err != nil || len(page) < chunksErased {
			return err
		}
		after = page[len(page)-1].Key
	}
}

func (s *Store) eraseTurns(ctx context.Context, session string) error {
	return erasePages(ctx, s.conn, `turn WITH INDEX turn_session WHERE session = $conversation`, withReplies,
		map[string]any{"conversation": recordID(session)}, 1, free)
}

// free is the renew function of work that no other process may take over.
func free(context.Context) error { return nil }

// erasePages deletes the rows of the given part of a SELECT until fewer than atLeast are left. Each statement deletes as many rows
// as turnsErased and turnBytes allow. renew is called before each.
// also is a further statement about $page.
func erasePages(ctx context.Context, conn surreal.Conn, from, also string, vars map[string]any, atLeast int, renew func(context.Context) error) error {
	vars = maps.Clone(vars)
	for limit := max(turnPage, atLeast); ; {
		if err := renew(ctx); err != nil {
			return err
		}
		vars["limit"], vars["at_least"] = limit, atLeast
		out, err := query(ctx, conn, `{
LET $page = SELECT id, bytes::len(<bytes> (content ?? '')) AS size FROM `+from+` LIMIT $limit;
IF array::len($page) >= $at_least { DELETE $page.map(|$t| $t.id) RETURN NONE; `+also+` };
RETURN { rows: array::len($page), bytes: math::sum($page.size) };
}`, vars)
		if err != nil {
			return err
		}
		var page struct {
			Rows  int `cbor:"rows"`
			Bytes int `cbor:"bytes"`
		}
		if err := out.Last(&page); err != nil || page.Rows < limit {
			return err
		}
		limit = max(atLeast, 1, min(turnsErased, 4*limit, turnBytes*page.Rows/max(1, page.Bytes)))
	}
}
