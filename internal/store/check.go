package store

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The statements of a check of the stored rows: what it reads of the tables, how it reads single rows again, and what it repairs.

// TurnKey has what a turn belongs to, without its text.
type TurnKey struct {
	ID, Session string
	Scopes      record.ScopeSet
}

type turnKeyRow struct {
	ID      surreal.RecordID `cbor:"id"`
	Session surreal.RecordID `cbor:"session"`
	Scopes  [][]string       `cbor:"scopes"`
}

func (r turnKeyRow) id() surreal.RecordID { return r.ID }

func (r turnKeyRow) key() (TurnKey, error) {
	return TurnKey{r.ID.String(), r.Session.String(), r.Scopes}, nil
}

// TurnKeys streams what every turn belongs to.
func (s *Store) TurnKeys(ctx context.Context) iter.Seq2[TurnKey, error] {
	return stream(ctx, s.conn, TableTurn, turnKeyRow.id, turnKeyRow.key)
}

// EntityIDs streams the ids of all entities.
func (s *Store) EntityIDs(ctx context.Context) iter.Seq2[string, error] {
	return stream(ctx, s.conn, TableEntity, func(r entityRow) surreal.RecordID { return r.ID }, func(r entityRow) (string, error) { return r.ID.String(), nil })
}

// Replies streams from what every answer of a model was written.
func (s *Store) Replies(ctx context.Context) iter.Seq2[Reply, error] {
	return stream(ctx, s.conn, TableReply, func(r replyRow) surreal.RecordID { return r.ID }, func(r replyRow) (Reply, error) { return r.reply(), nil })
}

func (r replyRow) reply() Reply { return Reply{r.turn().String(), r.Basis} }

// Bare returns the rows of the database without their vectors, and facts without what says nothing of other rows: see unread.
func (s *Store) Bare() Source { return bare{s} }

type bare struct{ *Store }

func (s bare) Chunks(ctx context.Context) iter.Seq2[record.Chunk, error] {
	return stream(ctx, s.conn, TableChunk, chunkRow.id, chunkRow.chunk, "vector")
}

// unread has the columns of facts that Bare leaves out. Most of the time of a read goes by its columns.
var unread = []string{
	"vector", "head", "confidence", "importance", "told_until", "spoken_at", "begun_by", "again", "yielded", "ended_by", "by", "reason", "retold", "proofs",
}

func (s bare) Facts(ctx context.Context) iter.Seq2[record.Fact, error] {
	return func(yield func(record.Fact, error) bool) {
		for f, err := range stream(ctx, s.conn, TableAttribute, factRow.id, factRow.fact, append([]string{"in", "out"}, unread...)...) {
			if !yield(f, err) {
				return
			}
		}
		for f, err := range stream(ctx, s.conn, TableRelation, factRow.id, factRow.fact, append([]string{"entity"}, unread...)...) {
			if !yield(f, err) {
				return
			}
		}
	}
}

func (s bare) Passages(ctx context.Context) iter.Seq2[record.Passage, error] {
	return stream(ctx, s.conn, TablePassage, passageRow.id, passageRow.passage, "vector")
}

func (s bare) Instructions(ctx context.Context) iter.Seq2[record.Instruction, error] {
	return stream(ctx, s.conn, TableInstruction, instructionRow.id, instructionRow.instruction, "vector")
}

// Moment has some rows at one moment.
type Moment struct {
	Rows     Update // sessions, chunks, entities, facts, instructions, questions and documents that exist
	Turns    []TurnKey
	Replies  []Reply
	There    map[string]bool // which of the targets exist
	Known    []record.Entity // the appearances of those of the targets that are entities
	Erasures []Erasure       // that are running
}

// Moment reads rows, and whether targets exist, in one snapshot. Both are given by their ids.
func (s *Store) Moment(ctx context.Context, ids, targets []string) (Moment, error) {
	var named changeRow
	vars := map[string]any{"targets": rows(targets, recordID)}
	turns, replies, entities := []surreal.RecordID{}, []surreal.RecordID{}, []surreal.RecordID{}
	for _, id := range targets {
		if r := recordID(id); r.Table == TableEntity {
			entities = append(entities, r)
		}
	}
	vars["entities_of"] = entities
	for _, id := range ids {
		r := recordID(id)
		switch into := named.column(r.Table); {
		case into != nil:
			*into = append(*into, r)
		case r.Table == TableTurn:
			turns = append(turns, r)
		case r.Table == TableReply:
			replies = append(replies, r)
		}
	}
	for name, list := range map[string][]surreal.RecordID{
		"sessions": named.Sessions, "chunks": named.Chunks, "entities": named.Entities, "facts": named.Facts, "instructions": named.Instructions,
		"questions": named.Questions, "documents": named.Documents, "turns": turns, "replies": replies,
	} {
		vars[name] = orEmpty(list)
	}
	out, err := query(ctx, s.conn, `RETURN {
  rows: {
    sessions: (SELECT * FROM $sessions), chunks: (SELECT * FROM $chunks), entities: (SELECT * FROM $entities),
    facts: (SELECT * FROM $facts), instructions: (SELECT * FROM $instructions), questions: (SELECT * FROM $questions),
    documents: (SELECT * FROM $documents)
  },
  turns: (SELECT id, session, scopes FROM $turns),
  replies: (SELECT * FROM $replies),
  there: $targets.filter(|$id| record::exists($id)),
  known: array::flatten($entities_of.map(|$e| (SELECT * FROM appearance WHERE entity = $e))),
  erasures: (SELECT * FROM erasure)
}`, vars)
	if err != nil {
		return Moment{}, err
	}
	var found struct {
		Rows     namedRows          `cbor:"rows"`
		Turns    []turnKeyRow       `cbor:"turns"`
		Replies  []replyRow         `cbor:"replies"`
		There    []surreal.RecordID `cbor:"there"`
		Known    []appearanceRow    `cbor:"known"`
		Erasures []erasureRow       `cbor:"erasures"`
	}
	if err := out.Last(&found); err != nil {
		return Moment{}, err
	}
	m := Moment{
		Replies: rows(found.Replies, replyRow.reply), There: make(map[string]bool, len(found.There)), Erasures: rows(found.Erasures, erasureRow.erasure),
	}
	for _, id := range found.There {
		m.There[id.String()] = true
	}
	return m, errors.Join(convertTo(&m.Known, found.Known, appearanceRow.entity), convertTo(&m.Turns, found.Turns, turnKeyRow.key), found.Rows.addTo(&m.Rows))
}

// Repair has changes of rows that refer to rows which do not exist.
type Repair struct {
	Unlinked    []Unlinking           // facts, with the links that stay
	Questions   []record.OpenQuestion // with the facts that stay
	Keys        []record.EntityRef    // entities without a row of their own
	Appearances []record.Entity       // that are created
	Replies     []string              // turns that do not exist, whose rows of TableReply go
	Traces      []string              // of questions and answers, which go
	Event       record.Event
}

type askingRow struct {
	ID    surreal.RecordID `cbor:"id"`
	Facts []string         `cbor:"facts,omitempty"`
}

const (
	insertKeys        = `INSERT IGNORE INTO entity $entities RETURN NONE;`
	insertAppearances = `INSERT INTO appearance $appearances RETURN NONE;`
	unlinkQuestions   = `
FOR $q IN $asking {
	UPDATE $q.id SET facts = $q.facts RETURN NONE;
};`
	eraseReplies = `DELETE $replies RETURN NONE;`
	eraseTraces  = `DELETE $traces RETURN NONE;`
)

// Repair stores a repair in one transaction. It returns the changed rows that are kept in memory, with the position after it. Errors are those
// of Apply.
func (s *Store) Repair(ctx context.Context, r Repair, after Position) (Update, Position, error) {
	sql, vars := insertEvents, map[string]any{"events": []eventRow{newEventRow(r.Event)}}
	add := func(n int, statement, name string, value any) {
		if n > 0 {
			sql += statement
			vars[name] = value
		}
	}
	var changed changeRow
	for _, u := range r.Unlinked {
		changed.Facts = append(changed.Facts, recordID(u.ID))
	}
	for _, q := range r.Questions {
		changed.Questions = append(changed.Questions, recordID(q.ID))
	}
	for _, e := range r.Appearances {
		changed.Entities = append(changed.Entities, recordID(e.ID))
	}
	changed.Bytes = rowBytes * (len(changed.Facts) + len(changed.Questions) + len(changed.Entities))
	keys := slices.Clone(r.Keys)
	for _, e := range r.Appearances {
		keys = append(keys, e.EntityRef)
	}
	add(len(keys), insertKeys, "entities", rows(keys, newEntityRow))
	add(len(r.Appearances), insertAppearances, "appearances", rows(r.Appearances, newAppearanceRow))
	add(len(r.Unlinked), unlinkFacts, "unlinked", rows(r.Unlinked, newUnlinkingRow))
	add(len(r.Questions), unlinkQuestions, "asking", rows(r.Questions, func(q record.OpenQuestion) askingRow { return askingRow{recordID(q.ID), q.Facts} }))
	add(len(r.Replies), eraseReplies, "replies", rows(r.Replies, func(turn string) surreal.RecordID { return recordID(ReplyOf(turn)) }))
	add(len(r.Traces), eraseTraces, "traces", rows(r.Traces, recordID))
	made := recordID(r.Event.ID)
	at, err := s.commit(ctx, made.String(), made, sql, vars, after, func(c *changeRow) { c.take(changed) })
	if err != nil {
		return Update{}, at, err
	}
	update, err := s.update(ctx, changed)
	if err != nil {
		err = errors.Join(surreal.ErrLost, err) // it is stored, but its results are unknown
	}
	return update, at, err
}
