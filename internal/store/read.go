package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// page is how many rows one statement reads: the response of a page is held in memory three times.
const page = 1000

// Chunks streams every chunk, in the order of their ids.
func (s *Store) Chunks(ctx context.Context) iter.Seq2[record.Chunk, error] {
	return stream(ctx, s.conn, TableChunk, chunkRow.chunk)
}

// Facts streams every attribute and relation, live and closed.
func (s *Store) Facts(ctx context.Context) iter.Seq2[record.Fact, error] {
	return func(yield func(record.Fact, error) bool) {
		for _, table := range []string{TableAttribute, TableRelation} {
			for f, err := range stream(ctx, s.conn, table, factRow.fact) {
				if !yield(f, err) {
					return
				}
			}
		}
	}
}

// Entities streams every entity.
func (s *Store) Entities(ctx context.Context) iter.Seq2[record.Entity, error] {
	return stream(ctx, s.conn, TableEntity, entityRow.entity)
}

// Instructions streams every instruction, active and ended.
func (s *Store) Instructions(ctx context.Context) iter.Seq2[record.Instruction, error] {
	return stream(ctx, s.conn, TableInstruction, instructionRow.instruction)
}

// Questions streams every uncertainty, open and resolved.
func (s *Store) Questions(ctx context.Context) iter.Seq2[record.OpenQuestion, error] {
	return stream(ctx, s.conn, TableUncertainty, questionRow.question)
}

// Sessions streams every session.
func (s *Store) Sessions(ctx context.Context) iter.Seq2[record.Session, error] {
	return stream(ctx, s.conn, TableSession, sessionRow.session)
}

// stream reads a table page by page in the order of its record ids.
func stream[R, T any](ctx context.Context, conn surreal.Conn, table string, convert func(R) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		// The smallest key that a string can be is the empty one, which no record has.
		after := ""
		for {
			out, err := conn.Query(ctx, `SELECT * FROM type::record($table, $after>..) LIMIT $limit`,
				map[string]any{"table": table, "after": after, "limit": page})
			if err != nil {
				yield(none, fmt.Errorf("store: %s: %w", table, err))
				return
			}
			var ids []struct {
				ID surreal.RecordID `cbor:"id"`
			}
			var rows []R
			if err = out.Last(&ids); err == nil {
				err = out.Last(&rows)
			}
			if err != nil {
				yield(none, fmt.Errorf("store: %s: %w", table, err))
				return
			}
			for _, r := range rows {
				v, err := convert(r)
				if !yield(v, err) || err != nil {
					return
				}
			}
			if len(rows) < page {
				return
			}
			after = ids[len(ids)-1].ID.Key
		}
	}
}
