package store

import (
	"context"
	"errors"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableIdempotency has the answers of writes with an idempotency key.
const TableIdempotency = "idempotency"

// ErrAnswered is returned for a write whose key another write has used since it was looked up. Nothing was stored.
var ErrAnswered = errors.New("the idempotency key was used by another write")

// answered is the text that the statement throws in this case.
const answered = "answered"

// Answers expire without work of their own: a write with a key removes up to 32 that have expired.
const insertAnswers = `
FOR $answer IN $answers {
	IF (SELECT VALUE until FROM ONLY $answer.id) > $answer.at { THROW 'answered' };
	UPSERT ONLY $answer.id CONTENT $answer RETURN NONE;
};
DELETE (SELECT VALUE id FROM idempotency WITH INDEX idempotency_until WHERE listed = true AND until <= $answers[0].at LIMIT 32) RETURN NONE;`

// eraseAnswers reduces the answers of erased writes to what keeps their keys used.
const eraseAnswers = `
FOR $row IN $gone {
	UPDATE $row SET request = NONE, at = NONE, infer = NONE, session = NONE, turns = NONE, chunks = NONE, trace = NONE, scopes = NONE, changes = NONE,
		gone = true RETURN NONE;
};`

type answerRow struct {
	ID      surreal.RecordID `cbor:"id"`
	Request []byte           `cbor:"request,omitempty"`
	At      surreal.Datetime `cbor:"at,omitzero"`
	Until   surreal.Datetime `cbor:"until"`
	Infer   string           `cbor:"infer,omitempty"`
	Session string           `cbor:"session,omitempty"`
	Turns   []string         `cbor:"turns,omitempty"`
	Chunks  []string         `cbor:"chunks,omitempty"`
	Trace   string           `cbor:"trace,omitempty"`
	Scopes  [][]string       `cbor:"scopes,omitempty"`
	Changes []answeredRow    `cbor:"changes,omitempty"`
	Listed  bool             `cbor:"listed"` // true
	Erased  bool             `cbor:"gone,omitempty"`
}

type answeredRow struct {
	Turn         string            `cbor:"turn,omitempty"`
	Mentions     []mentionedRow    `cbor:"mentions,omitempty"`
	Created      []string          `cbor:"created,omitempty"`
	Instructions []string          `cbor:"instructions,omitempty"`
	Questions    []string          `cbor:"questions,omitempty"`
	Reinforced   []string          `cbor:"reinforced,omitempty"`
	Closed       []string          `cbor:"closed,omitempty"`
	Ended        []string          `cbor:"ended,omitempty"`
	Corrections  []supersessionRow `cbor:"corrections,omitempty"`
}

type mentionedRow struct {
	In       string `cbor:"in"`
	Object   bool   `cbor:"object,omitempty"`
	Category string `cbor:"category"`
	New      bool   `cbor:"new,omitempty"`
}

func newAnswerRow(a record.Answer) answerRow {
	return answerRow{
		ID: recordID(a.ID), Request: a.Request, At: surreal.At(a.At), Until: surreal.At(a.Until), Infer: a.Infer, Session: a.Session, Turns: a.Turns,
		Chunks: a.Chunks, Trace: a.Trace, Scopes: a.Scopes, Listed: true, Changes: rows(a.Changes, func(c record.AnsweredChange) answeredRow {
			return answeredRow{
				c.Turn, rows(c.Mentions, func(m record.AnsweredMention) mentionedRow {
					return mentionedRow{m.In, m.Object, string(m.Category), m.New}
				}),
				c.Created, c.Instructions, c.Questions, c.Reinforced, c.Closed, c.Ended,
				rows(c.Corrections, func(s record.Supersession) supersessionRow { return supersessionRow(s) }),
			}
		}),
	}
}

func (r answerRow) answer() record.Answer {
	return record.Answer{
		ID: r.ID.String(), Request: r.Request, At: r.At.Time, Until: r.Until.Time, Infer: r.Infer, Session: r.Session, Turns: r.Turns, Chunks: r.Chunks,
		Trace: r.Trace, Scopes: r.Scopes, Erased: r.Erased, Changes: rows(r.Changes, func(c answeredRow) record.AnsweredChange {
			return record.AnsweredChange{
				Turn: c.Turn, Mentions: rows(c.Mentions, func(m mentionedRow) record.AnsweredMention {
					return record.AnsweredMention{In: m.In, Object: m.Object, Category: record.Category(m.Category), New: m.New}
				}),
				Created: c.Created, Instructions: c.Instructions, Questions: c.Questions, Reinforced: c.Reinforced, Closed: c.Closed, Ended: c.Ended,
				Corrections: rows(c.Corrections, func(s supersessionRow) record.Supersession { return record.Supersession(s) }),
			}
		}),
	}
}

// Answer returns the answer with an id that has not expired. surreal.ErrNotFound: there is none.
func (s *Store) Answer(ctx context.Context, id string, now time.Time) (record.Answer, error) {
	return one(selectRows(ctx, s.conn, `SELECT * FROM $id WHERE until > $now`, map[string]any{"id": recordID(id), "now": surreal.At(now)}, answerRow.answer))
}
