package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableForgotten has the tombstones of forgotten texts. A tombstone is a keyed hash, and has no text.
const TableForgotten = "forgotten"

type tombstone struct {
	ID surreal.RecordID `cbor:"id"`
}

func newTombstone(id string) tombstone { return tombstone{recordID(id)} }

const insertTombstones = `INSERT IGNORE INTO forgotten $tombstones RETURN NONE;`

// tombstonesAtOnce is the number of tombstones of one statement.
const tombstonesAtOnce = 1000

// Bury stores tombstones, in several transactions if there are many.
func (s *Store) Bury(ctx context.Context, ids []string) error {
	for page := range slices.Chunk(ids, tombstonesAtOnce) {
		if _, err := query(ctx, s.conn, insertTombstones, map[string]any{"tombstones": rows(page, newTombstone)}); err != nil {
			return err
		}
	}
	return nil
}

// Buried returns the tombstones among the given ids.
func (s *Store) Buried(ctx context.Context, ids []string) ([]string, error) {
	return selectRows(ctx, s.conn, `SELECT id FROM array::distinct($ids)`, map[string]any{"ids": rows(ids, recordID)},
		func(t tombstone) string { return t.ID.String() })
}

// Purge is the erasure of single rows, with the changes to rows that stay.
type Purge struct {
	Gone      []string // ids of the rows to erase, of all tables
	Quotes    []string // facts and instructions whose quotes are erased
	Unlinked  []Unlinking
	Resourced []Resourcing
	Library   *DocumentWrite   // what changes of documents; nil: nothing
	Sessions  []record.Session // that lose turns: with their remaining scopes, speakers and metadata
	Masked    []record.Turn    // that lose a part of their content
	// Answers are the answers of writes that told of erased rows.
	Answers    []string
	Tombstones []string
	Event      record.Event
	Decisions  []record.Decision
	At         time.Time
}

// Unlinking removes the links of a fact to facts that are erased.
type Unlinking struct {
	ID                       string
	Supersedes, SupersededBy string // what stays
}

type unlinkingRow struct {
	ID           surreal.RecordID         `cbor:"id"`
	Supersedes   surreal.Optional[string] `cbor:"supersedes"`
	SupersededBy surreal.Optional[string] `cbor:"superseded_by"`
}

func newUnlinkingRow(u Unlinking) unlinkingRow {
	return unlinkingRow{recordID(u.ID), optional(u.Supersedes), optional(u.SupersededBy)}
}

type maskedRow struct {
	ID      surreal.RecordID `cbor:"id"`
	Content string           `cbor:"content"`
}

type lessenedRow struct {
	ID       surreal.RecordID         `cbor:"id"`
	Scopes   [][]string               `cbor:"scopes"`
	Metadata map[string]any           `cbor:"metadata,omitempty"`
	Speaker  surreal.Optional[string] `cbor:"speaker"`
	Speakers []string                 `cbor:"speakers,omitempty"`
	Closed   bool                     `cbor:"closed,omitempty"`
}

// The statements of a purge, beside those of other writes.
const (
	eraseQuotes = `
FOR $row IN $quotes {
	UPDATE $row SET source.quote = '', source.span = { start: 0, end: 0 } RETURN NONE;
};`
	unlinkFacts = `
FOR $f IN $unlinked {
	UPDATE $f.id SET supersedes = $f.supersedes, superseded_by = $f.superseded_by RETURN NONE;
};`
	lessenSessions = `
FOR $s IN $lessened {
	UPDATE $s.id SET scopes = $s.scopes, metadata = $s.metadata, speaker = $s.speaker, speakers = $s.speakers, closed = $s.closed RETURN NONE;
};`
	maskTurns = `
FOR $t IN $masked {
	UPDATE $t.id SET content = $t.content RETURN NONE;
};`
	eraseRows = `DELETE $rows RETURN NONE;`
)

// purgedAtOnce is the number of rows up to which a purge is one transaction. At most turnPage of them may be turns.
const purgedAtOnce = 250

// Purge begins to erase single rows, and returns the changes of rows in memory with the position after it. From then on nobody sees the
// rows. If there are few, they are erased, and the returned erasure is nil. Otherwise EraseRows erases them. Errors are those of Apply.
func (s *Store) Purge(ctx context.Context, p Purge, after Position) (Update, *Erasure, Position, error) {
	var sql strings.Builder
	vars := map[string]any{}
	add := func(n int, statement, name string, value func() any) {
		if n > 0 {
			sql.WriteString(statement)
			vars[name] = value()
		}
	}
	var left *Erasure
	if tooMany(p.Gone) {
		s.erasures.begins()
		left = &Erasure{Rows: p.Gone, At: p.At}
		add(1, beginErasure, "erasure", func() any { return newErasureRow(*left) })
	}
	add(1, insertEvents, "events", func() any { return []eventRow{newEventRow(p.Event)} })
	add(len(p.Decisions), insertDecision, "decision", func() any { return rows(p.Decisions, newDecisionRow) })
	add(len(p.Tombstones), insertTombstones, "tombstones", func() any { return rows(p.Tombstones, newTombstone) })
	add(len(p.Quotes), eraseQuotes, "quotes", func() any { return rows(p.Quotes, recordID) })
	add(len(p.Unlinked), unlinkFacts, "unlinked", func() any { return rows(p.Unlinked, newUnlinkingRow) })
	add(len(p.Resourced), resourceFacts, "resourced", func() any { return rows(p.Resourced, newResourcingRow) })
	p.Library.statements(s, add)
	add(len(p.Sessions), lessenSessions, "lessened", func() any {
		return rows(p.Sessions, func(s record.Session) lessenedRow {
			r := newSessionRow(s)
			return lessenedRow{r.ID, r.Scopes, r.Metadata, r.Speaker, r.Speakers, r.Closed}
		})
	})
	add(len(p.Masked), maskTurns, "masked", func() any {
		return rows(p.Masked, func(t record.Turn) maskedRow { return maskedRow{recordID(t.ID), t.Content} })
	})
	add(len(p.Answers), eraseAnswers, "gone", func() any { return rows(p.Answers, recordID) })
	if left == nil {
		add(len(p.Gone), eraseRows, "rows", func() any { return rows(p.Gone, recordID) })
	}
	changed := p.change()
	made := recordID(p.Event.ID)
	at, err := s.commit(ctx, made.String(), made, sql.String(), vars, after, func(c *changeRow) { c.take(changed) })
	if err != nil {
		return Update{}, left, at, err
	}
	update, err := s.update(ctx, changed)
	if err != nil {
		err = errors.Join(surreal.ErrLost, err) // it is stored, but its results are unknown
	}
	return update, left, at, err
}

// tooMany reports whether rows are too many to be erased in one transaction.
func tooMany(ids []string) bool {
	turns := 0
	for _, id := range ids {
		if strings.HasPrefix(id, TableTurn+":") {
			turns++
		}
	}
	return len(ids) > purgedAtOnce || turns > turnPage
}

// change returns the changes of rows that are kept in memory.
func (p *Purge) change() (c changeRow) {
	c.Gone = rows(InMemory(p.Gone), recordID)
	stays := map[string]bool{}
	for _, id := range p.Quotes {
		stays[id] = true
	}
	for _, u := range p.Unlinked {
		stays[u.ID] = true
	}
	for _, r := range p.Resourced {
		stays[r.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(stays)) {
		r := recordID(id)
		into := c.column(r.Table)
		*into = append(*into, r)
	}
	c.Sessions = rows(p.Sessions, func(s record.Session) surreal.RecordID { return recordID(s.ID) })
	c.Bytes = 4 * rowBytes * (len(stays) + len(p.Sessions))
	p.Library.names(&c)
	return c
}

// EraseRows erases the rows and ranges of an erasure, and ends it. Run it again after an error. Concurrent calls are allowed.
func (s *Store) EraseRows(ctx context.Context, e Erasure) error {
	for _, r := range e.Ranges {
		if err := s.eraseRange(ctx, r); err != nil {
			return err
		}
	}
	if err := s.eraseMany(ctx, rows(e.Rows, recordID)); err != nil {
		return err
	}
	_, err := query(ctx, s.conn, endErasure, map[string]any{"erasure": e.id()})
	return err
}

// AnswersTelling returns the answers of writes to the given sessions that name one of the given rows.
func (s *Store) AnswersTelling(ctx context.Context, sessions []string, of func(id string) bool) (ids []string, _ error) {
	for _, session := range sessions {
		found, err := selectRows(ctx, s.conn, `SELECT * FROM idempotency WITH INDEX idempotency_session WHERE session = $conversation`,
			map[string]any{"conversation": session}, answerRow.answer)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			if slices.ContainsFunc(a.Records(), of) {
				ids = append(ids, a.ID)
			}
		}
	}
	return ids, nil
}

// TurnsByID returns stored turns. Those that do not exist are left out.
func (s *Store) TurnsByID(ctx context.Context, ids []string) ([]record.Turn, error) {
	found, err := s.largeTurns(ctx, rows(ids, func(id string) turnSize { return turnSize{ID: recordID(id), Size: turnBytes} }))
	return rows(found, turnRow.turn), err
}
