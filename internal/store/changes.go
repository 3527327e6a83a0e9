package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// A database with several writers has a log of changes: one row a write, numbered without a gap. A write makes the
// row that follows the last one it has seen, so that of two writers one fails and plans again; a reader asks for
// the rows after the last one that it has seen, and reads what they name.

const tableChange = "change"

const (
	// changesKept is how many rows of the log are kept, and changesPruned how many more there may be: a reader that
	// has fallen further behind reads the database anew.
	changesKept   = 10_000
	changesPruned = 1_000
	// changesListed is how many rows one statement lists, and changesBytes how many bytes the rows that they name
	// may have in one answer, more than one change of them.
	changesListed = 500
	changesBytes  = 8 << 20
	// maxCatchUp bounds the statements of one catching up.
	maxCatchUp = 256
)

// ErrGap is returned when the log does not hold the change that a process has seen last: the log was pruned, or the
// database is not the one it was.
var ErrGap = errors.New("the log of changes has a gap")

// Position is the last change that a process has seen. It is zero in a database that is ours alone.
type Position struct {
	Seq   int64
	Write string // what made the change, to tell it from one of the same number in another database
}

func changeID(seq int64) surreal.RecordID {
	// Sixteen digits: the keys sort as the numbers do.
	return surreal.RecordID{Table: tableChange, Key: fmt.Sprintf("%016d", seq)}
}

// changeRow names the rows that a write touched.
type changeRow struct {
	ID           surreal.RecordID   `cbor:"id"`
	Seq          int64              `cbor:"seq"`
	Write        string             `cbor:"write"`
	Sessions     []surreal.RecordID `cbor:"sessions"`
	Dropped      []surreal.RecordID `cbor:"dropped"` // sessions
	Chunks       []surreal.RecordID `cbor:"chunks"`
	Entities     []surreal.RecordID `cbor:"entities"`
	Facts        []surreal.RecordID `cbor:"facts"`
	Instructions []surreal.RecordID `cbor:"instructions"`
	Questions    []surreal.RecordID `cbor:"questions"`
	Access       []surreal.RecordID `cbor:"access"` // principals, keys, scopes and the embedder: only that they changed
	Gone         []surreal.RecordID `cbor:"gone"`   // rows of the tables above that were erased
	// Reload says that rows were changed beyond what the change names: read everything anew.
	Reload bool `cbor:"reload"`
	Bytes  int  `cbor:"bytes"` // about how large those rows are
}

func (p Position) next(write string) changeRow {
	none := []surreal.RecordID{}
	return changeRow{
		ID: changeID(p.Seq + 1), Seq: p.Seq + 1, Write: write,
		Sessions: none, Dropped: none, Chunks: none, Entities: none, Facts: none, Instructions: none, Questions: none, Access: none, Gone: none,
	}
}

// column is where rows of a table are named; nil: its rows are not kept in memory.
func (c *changeRow) column(table string) *[]surreal.RecordID {
	switch table {
	case TableSession:
		return &c.Sessions
	case TableChunk:
		return &c.Chunks
	case TableAppearance:
		return &c.Entities
	case TableAttribute, TableRelation:
		return &c.Facts
	case TableInstruction:
		return &c.Instructions
	case TableUncertainty:
		return &c.Questions
	}
	return nil
}

// take adds what another change names of the rows that are kept in memory.
func (c *changeRow) take(o changeRow) {
	c.Sessions, c.Chunks, c.Entities = append(c.Sessions, o.Sessions...), append(c.Chunks, o.Chunks...), append(c.Entities, o.Entities...)
	c.Facts, c.Instructions, c.Questions = append(c.Facts, o.Facts...), append(c.Instructions, o.Instructions...), append(c.Questions, o.Questions...)
	c.Gone, c.Bytes = append(c.Gone, o.Gone...), c.Bytes+o.Bytes
}

// rowBytes is about how large a row is besides its text.
const rowBytes = 1000

// names fills in what a write touches.
func (c *changeRow) names(w Write) {
	closing := func(c reconcile.Closing) surreal.RecordID { return recordID(c.ID) }
	if w.Session.ID != "" {
		c.Sessions = []surreal.RecordID{recordID(w.Session.ID)}
	}
	c.Chunks = rows(w.Chunks, func(c record.Chunk) surreal.RecordID { return recordID(c.ID) })
	c.Entities = rows(slices.Concat(w.Entities, w.Raised), func(e record.Entity) surreal.RecordID { return recordID(e.ID) })
	c.Facts = append(append(rows(w.Amend, func(a reconcile.Amendment) surreal.RecordID { return recordID(a.ID) }), rows(w.Close, closing)...),
		rows(w.Create, func(f record.Fact) surreal.RecordID { return recordID(f.ID) })...)
	c.Facts = append(c.Facts, rows(w.Pins, func(p Pin) surreal.RecordID { return recordID(p.ID) })...)
	c.Instructions = append(rows(w.CloseInstructions, closing),
		rows(w.Instructions, func(i record.Instruction) surreal.RecordID { return recordID(i.ID) })...)
	c.Questions = append(rows(w.Resolved, recordID),
		rows(w.Questions, func(q record.OpenQuestion) surreal.RecordID { return recordID(q.ID) })...)
	c.Access = rows(w.Registered, func(n record.ScopeNode) surreal.RecordID { return scopeID(n.Path) })
	if w.Embedder != nil {
		c.Access = append(c.Access, embedderID)
	}
	c.Bytes = rowBytes * (len(c.Chunks) + len(c.Entities) + len(c.Facts) + len(c.Instructions) + len(c.Questions))
	for _, chunk := range w.Chunks {
		c.Bytes += len(chunk.Text) + 4*len(chunk.Vector)
	}
	for _, f := range w.Create {
		c.Bytes += 4 * len(f.Vector)
	}
}

// The statements that put a write into the log. The first fails when the database is not the one that was read, or
// the log was pruned beyond what was seen: then the write was not planned on it.
const (
	followChange = `
IF (SELECT VALUE write FROM ONLY $previous.id) != $previous.write { THROW 'stale' };`
	logChange   = `CREATE ONLY $change.id CONTENT $change RETURN NONE;`
	pruneChange = `DELETE type::record('change', ..$pruned) RETURN NONE;`
)

// commit runs the statements of one write once, in a transaction, and returns the position after it. write is a unique name of the
// write. made is a record that the write creates. Without made, the statements may run again.
func (s *Store) commit(ctx context.Context, write string, made surreal.RecordID, statements string, vars map[string]any,
	after Position, fill func(*changeRow)) (Position, error) {
	sql := "BEGIN;" + statements + "COMMIT;"
	applied := func(ctx context.Context) (bool, error) {
		if made == (surreal.RecordID{}) {
			return false, nil
		}
		return exists(ctx, s.conn, made)
	}
	var reached Position
	if s.writers == SharedWriters {
		change := after.next(write)
		fill(&change)
		vars["previous"] = map[string]any{"id": changeID(after.Seq), "write": after.Write}
		vars["change"] = change
		log := followChange + logChange
		if change.Seq%changesPruned == 0 && change.Seq > changesKept {
			log += pruneChange
			vars["pruned"] = changeID(change.Seq - changesKept).Key
		}
		sql = "BEGIN;" + log + statements + "COMMIT;"
		reached = Position{change.Seq, write}
		applied = func(ctx context.Context) (bool, error) {
			found, err := s.change(ctx, change.Seq)
			return found == write, err
		}
	}
	err := once(ctx, func() error {
		_, err := s.conn.Query(ctx, sql, vars)
		return planned(err)
	}, applied)
	if err != nil {
		return after, err
	}
	return reached, nil
}

// change returns what made a change, "" when there is none of that number.
func (s *Store) change(ctx context.Context, seq int64) (string, error) {
	out, err := query(ctx, s.conn, `SELECT VALUE write FROM $id`, map[string]any{"id": changeID(seq)})
	if err != nil {
		return "", err
	}
	var found []string
	if err := out.Last(&found); err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// Position returns the newest change, which it makes in a database that has none yet.
func (s *Store) Position(ctx context.Context) (Position, error) {
	if s.writers == SingleWriter {
		return Position{}, nil
	}
	for {
		out, err := query(ctx, s.conn, `SELECT id, seq, write FROM change ORDER BY id DESC LIMIT 1`, nil)
		if err != nil {
			return Position{}, err
		}
		var last []struct {
			Seq   int64  `cbor:"seq"`
			Write string `cbor:"write"`
		}
		if err := out.Last(&last); err != nil {
			return Position{}, err
		}
		if len(last) > 0 {
			return Position(last[0]), nil
		}
		first := Position{Seq: -1}.next(uuid.NewString())
		_, err = query(ctx, s.conn, logChange, map[string]any{"change": first})
		if err != nil && !errors.Is(err, surreal.ErrAlreadyExists) {
			return Position{}, err
		}
	}
}

// Update is what others have written: rows as they are now, whole, new ones and changed ones.
type Update struct {
	Sessions []record.Session
	Dropped  []string // ids of sessions that were deleted, with their chunks
	Erased   []string // ids of other rows that are gone
	Access   []string // names of the rows of principals, keys, scopes and the embedder that changed
	// Write holds the chunks, entities, facts (Create), instructions and questions.
	Write Write
}

// Empty reports whether nothing was written.
func (u *Update) Empty() bool {
	return len(u.Sessions)+len(u.Dropped)+len(u.Erased)+len(u.Access)+len(u.Write.Chunks)+len(u.Write.Entities)+len(u.Write.Create)+
		len(u.Write.Instructions)+len(u.Write.Questions) == 0
}

// readChanges lists the changes after a position and, in the same snapshot, reads the rows that the changes up to
// it name. In one snapshot, so that once the list is empty all rows read belong together.
const readChanges = `{
LET $seen = SELECT VALUE write FROM $position;
LET $changes = SELECT * FROM $ids;
RETURN {
  seen: $seen,
  changes: (SELECT id, seq, write, bytes FROM type::record('change', $after>..) LIMIT $limit),
  reload: $changes.any(|$c| $c.reload = true),
  dropped: array::flatten($changes.dropped),
  access: array::flatten($changes.access).filter(|$id| $id != NONE),
  gone: array::flatten($changes.gone).filter(|$id| $id != NONE),
  rows: {
    sessions: (SELECT * FROM array::distinct(array::flatten($changes.sessions))),
    chunks: (SELECT * FROM array::distinct(array::flatten($changes.chunks))),
    entities: (SELECT * FROM array::distinct(array::flatten($changes.entities))),
    facts: (SELECT * FROM array::distinct(array::flatten($changes.facts))),
    instructions: (SELECT * FROM array::distinct(array::flatten($changes.instructions))),
    questions: (SELECT * FROM array::distinct(array::flatten($changes.questions)))
  }
};
}`

// namedRows are the rows that changes name, as they are now.
type namedRows struct {
	Sessions     []sessionRow     `cbor:"sessions"`
	Chunks       []chunkRow       `cbor:"chunks"`
	Entities     []appearanceRow  `cbor:"entities"`
	Facts        []factRow        `cbor:"facts"`
	Instructions []instructionRow `cbor:"instructions"`
	Questions    []questionRow    `cbor:"questions"`
}

func (r *namedRows) addTo(u *Update) error {
	w := &u.Write
	return errors.Join(
		convertTo(&u.Sessions, r.Sessions, sessionRow.session),
		convertTo(&w.Chunks, r.Chunks, chunkRow.chunk),
		convertTo(&w.Entities, r.Entities, appearanceRow.entity),
		convertTo(&w.Create, r.Facts, factRow.fact),
		convertTo(&w.Instructions, r.Instructions, instructionRow.instruction),
		convertTo(&w.Questions, r.Questions, questionRow.question),
	)
}

// update returns what a change of ours comes to for what is in memory: of the rows that others may have changed as well.
func (s *Store) update(ctx context.Context, c changeRow) (Update, error) {
	u := Update{Erased: rows(c.Gone, surreal.RecordID.String)}
	named := 0
	vars := map[string]any{}
	for name, ids := range map[string][]surreal.RecordID{
		"sessions": c.Sessions, "chunks": c.Chunks, "entities": c.Entities, "facts": c.Facts, "instructions": c.Instructions, "questions": c.Questions,
	} {
		vars[name], named = orEmpty(ids), named+len(ids)
	}
	if named == 0 {
		return u, nil
	}
	out, err := query(ctx, s.conn, `RETURN {
  sessions: (SELECT * FROM $sessions), chunks: (SELECT * FROM $chunks), entities: (SELECT * FROM $entities),
  facts: (SELECT * FROM $facts), instructions: (SELECT * FROM $instructions), questions: (SELECT * FROM $questions)
}`, vars)
	if err != nil {
		return u, err
	}
	var found namedRows
	if err := out.Last(&found); err != nil {
		return u, err
	}
	return u, found.addTo(&u)
}

type listedChange struct {
	ID    surreal.RecordID `cbor:"id"`
	Seq   int64            `cbor:"seq"`
	Write string           `cbor:"write"`
	Bytes int              `cbor:"bytes"`
}

// CatchUp reads what others have written after a position, and returns it with the position that it leads to. ErrGap:
// the log does not have that position.
func (s *Store) CatchUp(ctx context.Context, from Position) (Update, Position, error) {
	var update Update
	if s.writers == SingleWriter {
		return update, from, nil
	}
	at, ids := from, []surreal.RecordID{}
	for range maxCatchUp {
		out, err := query(ctx, s.conn, readChanges, map[string]any{
			"position": changeID(at.Seq), "ids": ids, "after": changeID(at.Seq).Key, "limit": changesListed,
		})
		if err != nil {
			return update, from, failCatchUp(ctx, err)
		}
		var found struct {
			Seen    []string           `cbor:"seen"`
			Reload  bool               `cbor:"reload"`
			Access  []surreal.RecordID `cbor:"access"`
			Changes []listedChange     `cbor:"changes"`
			Dropped []surreal.RecordID `cbor:"dropped"`
			Gone    []surreal.RecordID `cbor:"gone"`
			Rows    namedRows          `cbor:"rows"`
		}
		if err := out.Last(&found); err != nil {
			return update, from, err
		}
		if len(found.Seen) == 0 || found.Seen[0] != at.Write {
			return update, from, ErrGap
		}
		if found.Reload {
			return update, from, ErrGap
		}
		for _, id := range found.Access {
			update.Access = append(update.Access, id.String())
		}
		for _, id := range found.Dropped {
			update.Dropped = append(update.Dropped, id.String())
		}
		update.Erased = append(update.Erased, rows(found.Gone, surreal.RecordID.String)...)
		if err := found.Rows.addTo(&update); err != nil {
			return update, from, err
		}
		if len(found.Changes) == 0 {
			return update, at, nil
		}
		ids = ids[:0:0]
		size := 0
		for _, c := range found.Changes {
			if size += c.Bytes; len(ids) > 0 && size > changesBytes {
				break
			}
			ids, at = append(ids, c.ID), Position{c.Seq, c.Write}
		}
	}
	return update, from, fmt.Errorf("store: others write faster than this process reads: %w", surreal.ErrConflict)
}

// failCatchUp tells a database that is not as it was from one that does not answer: without the database, or the table,
// SurrealDB refuses the statement in several ways.
func failCatchUp(ctx context.Context, err error) error {
	for _, other := range []error{surreal.ErrLost, surreal.ErrUnreachable, surreal.ErrDenied, surreal.ErrTimeout, surreal.ErrTooLarge, surreal.ErrConflict} {
		if errors.Is(err, other) || ctx.Err() != nil {
			return err
		}
	}
	var refused *surreal.Error
	if !errors.As(err, &refused) {
		return err
	}
	return errors.Join(ErrGap, err)
}

// convertTo appends rows to records.
func convertTo[R, T any](to *[]T, from []R, convert func(R) (T, error)) error {
	for _, r := range from {
		v, err := convert(r)
		if err != nil {
			return err
		}
		*to = append(*to, v)
	}
	return nil
}
