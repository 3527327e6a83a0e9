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

// A database with several writers has a log of changes, with one row for each write, numbered without gaps. A write creates the row
// after the last one that it has seen, so that one of two concurrent writes fails and plans again. A reader reads the rows after
// the last one that it has seen, and the rows that they name.

const tableChange = "change"

const (
	// changesKept is the number of log rows to keep, and changesPruned how many more may accumulate. A reader that has fallen
	// further behind loads the database again.
	changesKept   = 10_000
	changesPruned = 1_000
	// changesListed is the number of log rows that one statement lists. changesBytes limits the bytes of the named rows in one
	// reply that covers more than one change.
	changesListed = 500
	changesBytes  = 8 << 20
	// maxCatchUp limits the statements of one CatchUp.
	maxCatchUp = 256
)

// ErrGap is returned if the log does not contain the last change that the process has seen: the log was pruned, or the database is
// a different one.
var ErrGap = errors.New("the log of changes has a gap")

// Position is the last change that a process has seen. It is zero in a database with a single writer.
type Position struct {
	Seq   int64
	Write string // the name of the write, to distinguish equal numbers of different databases
}

func changeID(seq int64) surreal.RecordID {
	// Sixteen digits: keys sort as numbers do.
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
	Documents    []surreal.RecordID `cbor:"documents"`
	Access       []surreal.RecordID `cbor:"access"` // principals, keys, scopes and the embedder: only that they changed
	Gone         []surreal.RecordID `cbor:"gone"`   // rows of the tables above that were erased
	// Reload says that other rows changed as well: load everything again.
	Reload bool `cbor:"reload"`
	Bytes  int  `cbor:"bytes"` // approximate size of those rows
}

func (p Position) next(write string) changeRow {
	none := []surreal.RecordID{}
	return changeRow{
		ID: changeID(p.Seq + 1), Seq: p.Seq + 1, Write: write,
		Sessions: none, Dropped: none, Chunks: none, Entities: none, Facts: none, Instructions: none, Questions: none, Documents: none, Access: none, Gone: none,
	}
}

// column returns the list for the rows of a table; nil: its rows are not kept in memory.
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
	case TableDocument:
		return &c.Documents
	}
	return nil
}

// take adds the rows of another change that are kept in memory.
func (c *changeRow) take(o changeRow) {
	c.Sessions, c.Chunks, c.Entities = append(c.Sessions, o.Sessions...), append(c.Chunks, o.Chunks...), append(c.Entities, o.Entities...)
	c.Facts, c.Instructions, c.Questions = append(c.Facts, o.Facts...), append(c.Instructions, o.Instructions...), append(c.Questions, o.Questions...)
	c.Documents = append(c.Documents, o.Documents...)
	c.Gone, c.Bytes = append(c.Gone, o.Gone...), c.Bytes+o.Bytes
}

// rowBytes is the approximate size of a row without its text.
const rowBytes = 1000

// names adds the rows that a write touches.
func (c *changeRow) names(w Write) {
	closing := func(c reconcile.Closing) surreal.RecordID { return recordID(c.ID) }
	c.Sessions = rows(w.Sessions(), func(m SessionMove) surreal.RecordID { return recordID(m.Session.ID) })
	c.Chunks = append(rows(w.Chunks, func(c record.Chunk) surreal.RecordID { return recordID(c.ID) }),
		rows(w.Hidden, func(h Hiding) surreal.RecordID { return recordID(h.ID) })...)
	c.Entities = rows(slices.Concat(w.Entities, w.Raised), func(e record.Entity) surreal.RecordID { return recordID(e.ID) })
	c.Facts = append(append(rows(w.Amend, func(a reconcile.Amendment) surreal.RecordID { return recordID(a.ID) }), rows(w.Close, closing)...),
		rows(w.Create, func(f record.Fact) surreal.RecordID { return recordID(f.ID) })...)
	c.Facts = append(c.Facts, rows(w.Pins, func(p Pin) surreal.RecordID { return recordID(p.ID) })...)
	c.Facts = append(append(c.Facts, rows(w.Retold, func(r Retelling) surreal.RecordID { return recordID(r.ID) })...),
		rows(w.Observed, func(o Observed) surreal.RecordID { return recordID(o.ID) })...)
	c.Facts = append(c.Facts, rows(w.Resourced, func(r Resourcing) surreal.RecordID { return recordID(r.ID) })...)
	c.Facts = append(c.Facts, rows(w.Reinforced, func(r Reinforcement) surreal.RecordID { return recordID(r.ID) })...)
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
	w.Library.names(c)
}

// The statements that add a write to the log. The first fails if the database is a different one, or the log was pruned beyond what
// was seen: the write was planned on another state.
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
	statements = s.leaving(ctx, vars) + ending(ctx, statements, vars)
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

// change returns the name of the write with a number; "" if the log has no such change.
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

// Position returns the newest change. In a database without changes it creates the first.
func (s *Store) Position(ctx context.Context) (Position, error) {
	if s.writers == SingleWriter {
		return Position{}, nil
	}
	if err := s.Know(ctx); err != nil {
		return Position{}, err
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

// Update has the writes of other processes: new and changed rows, complete and in their current state.
type Update struct {
	Sessions []record.Session
	Dropped  []string // ids of deleted sessions, whose chunks are deleted too
	Erased   []string // ids of other deleted rows
	Access   []string // record ids of changed principals, keys, scopes and the embedder
	// Write holds the chunks, entities, facts (Create), instructions, questions, documents, and the passages of documents with a new version.
	Write Write
}

// Empty reports whether nothing was written.
func (u *Update) Empty() bool {
	return len(u.Sessions)+len(u.Dropped)+len(u.Erased)+len(u.Access)+len(u.Write.Chunks)+len(u.Write.Entities)+len(u.Write.Create)+
		len(u.Write.Instructions)+len(u.Write.Questions)+len(u.Write.Documents) == 0
}

// readChanges lists the changes after a position and reads the rows that they name, in one snapshot: so all rows are consistent
// with each other once the list is empty.
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
    questions: (SELECT * FROM array::distinct(array::flatten($changes.questions))),
    documents: (SELECT * FROM array::distinct(array::flatten($changes.documents).filter(|$id| $id != NONE)))
  }
};
}`

// namedRows are the rows that changes name, in their current state.
type namedRows struct {
	Sessions     []sessionRow     `cbor:"sessions"`
	Chunks       []chunkRow       `cbor:"chunks"`
	Entities     []appearanceRow  `cbor:"entities"`
	Facts        []factRow        `cbor:"facts"`
	Instructions []instructionRow `cbor:"instructions"`
	Questions    []questionRow    `cbor:"questions"`
	Documents    []documentRow    `cbor:"documents"`
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
		convertTo(&w.Documents, r.Documents, documentRow.document),
	)
}

// update returns the rows in memory that a change of this process touches and that others may have changed as well.
func (s *Store) update(ctx context.Context, c changeRow) (Update, error) {
	u := Update{Erased: rows(c.Gone, surreal.RecordID.String)}
	named := 0
	vars := map[string]any{}
	for name, ids := range map[string][]surreal.RecordID{
		"sessions": c.Sessions, "chunks": c.Chunks, "entities": c.Entities, "facts": c.Facts, "instructions": c.Instructions, "questions": c.Questions,
		"documents": c.Documents,
	} {
		vars[name], named = orEmpty(ids), named+len(ids)
	}
	if named == 0 {
		return u, nil
	}
	out, err := query(ctx, s.conn, `RETURN {
  sessions: (SELECT * FROM $sessions), chunks: (SELECT * FROM $chunks), entities: (SELECT * FROM $entities),
  facts: (SELECT * FROM $facts), instructions: (SELECT * FROM $instructions), questions: (SELECT * FROM $questions),
  documents: (SELECT * FROM $documents)
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

// CatchUp reads the writes of other processes after a position. It returns them with the position that it has reached. ErrGap: the
// log does not have the given position.
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

// failCatchUp distinguishes a database that was replaced from one that does not answer. Without the database or the table,
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
