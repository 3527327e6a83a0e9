package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// The limits of a page, which is read by one statement. The engine holds a page three times, and the next page is read while the
// previous is processed. The first page of a table is small. Later pages have as many rows as fit into pageBytes by the size of the
// previous page, at most pageRows.
const (
	firstRows = 100
	pageRows  = 1000
	pageBytes = 4 << 20
)

// Chunks streams every chunk, in the order of their ids.
func (s *Store) Chunks(ctx context.Context) iter.Seq2[record.Chunk, error] {
	return stream(ctx, s.conn, TableChunk, chunkRow.id, chunkRow.chunk)
}

// Facts streams every attribute and relation, live and closed.
func (s *Store) Facts(ctx context.Context) iter.Seq2[record.Fact, error] {
	return func(yield func(record.Fact, error) bool) {
		for f, err := range stream(ctx, s.conn, TableAttribute, factRow.id, factRow.fact, "in", "out") {
			if !yield(f, err) {
				return
			}
		}
		for f, err := range stream(ctx, s.conn, TableRelation, factRow.id, factRow.fact, "entity") {
			if !yield(f, err) {
				return
			}
		}
	}
}

// Entities streams the data of every entity, by scope set.
func (s *Store) Entities(ctx context.Context) iter.Seq2[record.Entity, error] {
	return stream(ctx, s.conn, TableAppearance, appearanceRow.id, appearanceRow.entity)
}

// Instructions streams every instruction, active and ended.
func (s *Store) Instructions(ctx context.Context) iter.Seq2[record.Instruction, error] {
	return stream(ctx, s.conn, TableInstruction, instructionRow.id, instructionRow.instruction)
}

// Questions streams every uncertainty, open and resolved.
func (s *Store) Questions(ctx context.Context) iter.Seq2[record.OpenQuestion, error] {
	return stream(ctx, s.conn, TableUncertainty, questionRow.id, questionRow.question)
}

// Sessions streams every session.
func (s *Store) Sessions(ctx context.Context) iter.Seq2[record.Session, error] {
	return stream(ctx, s.conn, TableSession, sessionRow.id, sessionRow.session)
}

// stream reads a table in the order of its record ids, one page ahead of the consumer. without names the fields of R that the rows
// do not have.
func stream[R, T any](ctx context.Context, conn surreal.Conn, table string, id func(R) surreal.RecordID,
	convert func(R) (T, error), without ...string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		ctx, cancel := context.WithCancel(ctx)
		pages := make(chan rowPage[R])
		go func() {
			defer close(pages)
			readPages(ctx, conn, table, id, pages, without)
		}()
		// The reader ends with this loop, so that nothing uses the connection afterwards.
		defer func() {
			cancel()
			for range pages {
			}
		}()
		for p := range pages {
			if p.err != nil {
				yield(none, fmt.Errorf("store: %s: %w", table, p.err))
				return
			}
			for _, r := range p.rows {
				v, err := convert(r)
				if !yield(v, err) || err != nil {
					return
				}
			}
		}
		// The reader stops without an error when ctx ends.
		if err := ctx.Err(); err != nil {
			yield(none, fmt.Errorf("store: %s: %w", table, err))
		}
	}
}

// rowPage is what one statement read.
type rowPage[R any] struct {
	rows []R
	err  error
}

// readPages sends the pages of a table until its end, an error, or the end of ctx. While one is sent the next is read.
func readPages[R any](ctx context.Context, conn surreal.Conn, table string, id func(R) surreal.RecordID,
	pages chan<- rowPage[R], without []string) {
	sql := `SELECT VALUE ` + surreal.Columns[R](without...) + ` FROM type::record($table, $after>..) LIMIT $limit`
	// The smallest key that a string can be is the empty one, which no record has.
	after, limit := "", firstRows
	for ctx.Err() == nil {
		var p rowPage[R]
		var size int
		out, err := query(ctx, conn, sql, map[string]any{"table": table, "after": after, "limit": limit})
		if err == nil {
			p.rows, size, err = surreal.Rows[R](out, without...)
		}
		p.err = err
		select {
		case pages <- p:
		case <-ctx.Done():
			return
		}
		if err != nil || len(p.rows) < limit {
			return
		}
		after = id(p.rows[len(p.rows)-1]).Key
		limit = max(1, min(pageRows, pageBytes*len(p.rows)/size))
	}
}
