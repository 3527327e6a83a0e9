package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableErasure holds what is being erased.
const TableErasure = "erasure"

// Erasure is something that is being erased, many rows in many statements. It is stored before the first of them and removed
// after the last: whoever opens the database finishes what a crash has left. What it erases is gone from memory, and from
// what other processes have in memory, in step with what is stored.
type Erasure struct {
	// Session is the id of a session that is deleted with its turns and chunks; "" for a scope. Sets says where it and its
	// turns belonged. With Within it is deleted as far as clauses lie in these patterns, and the rest of it stays.
	Session string
	Sets    []record.ScopeSet
	// Path is a scope that is forgotten with those below it, as far as clauses lie in the patterns of Within.
	Path   string
	Within []string
	At     time.Time // when facts count as closed that another one takes the place of
}

type erasureRow struct {
	ID      surreal.RecordID         `cbor:"id"`
	Session surreal.Optional[string] `cbor:"session"`
	Sets    []record.ScopeSet        `cbor:"sets"`
	Path    surreal.Optional[string] `cbor:"path"`
	Within  []string                 `cbor:"within"`
	At      surreal.Datetime         `cbor:"at"`
}

// id is that of its row: the same for the same erasure, so that one that is begun again is one.
func (e *Erasure) id() surreal.RecordID {
	if e.Session != "" && len(e.Within) == 0 {
		return surreal.RecordID{Table: TableErasure, Key: e.Session}
	}
	sum := sha256.Sum256([]byte(strings.Join(append(slices.Clone(e.Within), e.Path+e.Session), "\n")))
	return surreal.RecordID{Table: TableErasure, Key: TableScope + ":" + hex.EncodeToString(sum[:16])}
}

func newErasureRow(e Erasure) erasureRow {
	return erasureRow{e.id(), optional(e.Session), orEmpty(e.Sets), optional(e.Path), orEmpty(e.Within), surreal.At(e.At)}
}

func (r erasureRow) erasure() Erasure {
	return Erasure{r.Session.Value, r.Sets, r.Path.Value, r.Within, r.At.Time}
}

// Erasures returns what is being erased, or was when somebody crashed.
func (s *Store) Erasures(ctx context.Context) ([]Erasure, error) {
	return selectRows(ctx, s.conn, `SELECT * FROM erasure`, nil, erasureRow.erasure)
}

// ErasureOf returns the erasure of a session, of all of it or as far as it lies within patterns. surreal.ErrNotFound: it is not
// being erased.
func (s *Store) ErasureOf(ctx context.Context, session string, within ...string) (Erasure, error) {
	e := Erasure{Session: session, Within: within}
	return one(selectRows(ctx, s.conn, `SELECT * FROM $id`, map[string]any{"id": e.id()}, erasureRow.erasure))
}

const (
	beginErasure = `UPSERT ONLY $erasure.id CONTENT $erasure RETURN NONE;`
	endErasure   = `DELETE $erasure RETURN NONE;`
)

// DropSession begins to delete a session: it is gone for everybody once this has returned, with the position after it.
// EraseSession removes what it consists of. Errors are those of Apply.
func (s *Store) DropSession(ctx context.Context, e Erasure, after Position) (Position, error) {
	id := recordID(e.Session)
	return s.commit(ctx, "without "+e.Session, surreal.RecordID{}, beginErasure+`DELETE $conversation RETURN NONE;`,
		map[string]any{"erasure": newErasureRow(e), "conversation": id}, after,
		func(c *changeRow) { c.Dropped = []surreal.RecordID{id} })
}

// NarrowSession begins to delete a session of which a part stays: from now on it belongs where that part does. Bare says that
// only turns of it stay. Erasing removes the rest. It returns the session as it is now. Errors are those of Apply.
func (s *Store) NarrowSession(ctx context.Context, e Erasure, left record.ScopeSet, bare bool, after Position) (Update, Position, error) {
	changed := changeRow{Sessions: []surreal.RecordID{recordID(e.Session)}}
	vars := map[string]any{"erasure": newErasureRow(e), "narrowed": []narrowedRow{{ID: changed.Sessions[0], Scopes: left, Bare: bare, Session: true}}}
	at, err := s.commit(ctx, "less of "+uuid.NewString(), surreal.RecordID{}, beginErasure+narrowRows, vars, after, func(c *changeRow) { c.take(changed) })
	if err != nil {
		return Update{}, at, err
	}
	update, err := s.update(ctx, changed)
	if err != nil {
		err = errors.Join(surreal.ErrLost, err) // it is stored, and what came of it is not known
	}
	return update, at, err
}

const (
	// chunksErased and turnsErased are how many rows one statement deletes at most. Turns may be large, and the engine holds
	// all those of a statement: there are turnPage of them at first, then as many as turnBytes at the size of the last ones.
	chunksErased = 500
	turnsErased  = 250
)

// EraseSession removes the turns and chunks of a session that was dropped, and ends the erasure. chunks are the ids of its
// chunks; nil: they are not known. Run it again after an error. Several may do it at the same time.
func (s *Store) EraseSession(ctx context.Context, e Erasure, chunks []string) error {
	for page := range slices.Chunk(chunks, chunksErased) {
		if _, err := query(ctx, s.conn, `DELETE $chunks RETURN NONE`, map[string]any{"chunks": rows(page, recordID)}); err != nil {
			return err
		}
	}
	if chunks == nil {
		if err := s.eraseChunks(ctx, e.Session); err != nil {
			return err
		}
	}
	if err := s.eraseTurns(ctx, e.Session); err != nil {
		return err
	}
	_, err := query(ctx, s.conn, endErasure, map[string]any{"erasure": e.id()})
	return err
}

// eraseChunks looks at all chunks for those of a session: they have no index.
func (s *Store) eraseChunks(ctx context.Context, session string) error {
	for after := ""; ; {
		out, err := query(ctx, s.conn, `{
LET $page = SELECT id, session FROM type::record('memory_chunk', $after>..) LIMIT $limit;
DELETE $page.filter(|$c| $c.session = $conversation).map(|$c| $c.id) RETURN NONE;
RETURN $page.map(|$c| $c.id);
}`, map[string]any{"after": after, "limit": chunksErased, "conversation": recordID(session)})
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
	return erasePages(ctx, s.conn, `turn WITH INDEX turn_session WHERE session = $conversation`,
		map[string]any{"conversation": recordID(session)}, 1, free)
}

// free is for what nobody else may take over.
func free(context.Context) error { return nil }

// erasePages deletes the rows that a part of a SELECT names, until fewer than atLeast are left, in statements of as many rows as
// turnsErased and turnBytes allow. renew is called before each of them.
func erasePages(ctx context.Context, conn surreal.Conn, from string, vars map[string]any, atLeast int, renew func(context.Context) error) error {
	vars = maps.Clone(vars)
	for limit := max(turnPage, atLeast); ; {
		if err := renew(ctx); err != nil {
			return err
		}
		vars["limit"], vars["at_least"] = limit, atLeast
		out, err := query(ctx, conn, `{
LET $page = SELECT id, bytes::len(<bytes> (content ?? '')) AS size FROM `+from+` LIMIT $limit;
IF array::len($page) >= $at_least { DELETE $page.map(|$t| $t.id) RETURN NONE; };
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
