package store

import (
	"context"
	"iter"

	"github.com/spectron-go/spectron/internal/record"
)

// Memory has the rows of a Context that are kept in memory, except chunks. They are read in this order, each once.
type Memory interface {
	Entities(context.Context) iter.Seq2[record.Entity, error]
	Sessions(context.Context) iter.Seq2[record.Session, error]
	Facts(context.Context) iter.Seq2[record.Fact, error] // attributes and relations
	Instructions(context.Context) iter.Seq2[record.Instruction, error]
	Questions(context.Context) iter.Seq2[record.OpenQuestion, error]
	Documents(context.Context) iter.Seq2[record.Document, error]
	// Passages are those of all documents, and possibly some of versions that documents no longer have, or do not have yet.
	Passages(context.Context) iter.Seq2[record.Passage, error]
}

// Source is a database, or a copy of one, to load a Context from. Chunks are read after Sessions.
type Source interface {
	Memory
	Chunks(context.Context) iter.Seq2[record.Chunk, error]
}

// Indexed has the rows and their index, which contains the chunks.
type Indexed interface {
	Memory
	// Index yields the pages of an image of the index, each valid until the next, and Library those of the index of passages. They are read
	// before the rows, in this order. Passages then have no text.
	Index(context.Context) iter.Seq2[[]byte, error]
	Library(context.Context) iter.Seq2[[]byte, error]
}

var (
	_ Source  = (*Store)(nil)
	_ Indexed = (*Saved)(nil)
)

// WithoutVectors returns the same rows without their stored vectors, for a store with another embedder.
func WithoutVectors(s Source) Source { return withoutVectors{s} }

type withoutVectors struct{ Source }

func (s withoutVectors) Chunks(ctx context.Context) iter.Seq2[record.Chunk, error] {
	return changed(s.Source.Chunks(ctx), func(c *record.Chunk) { c.Vector = nil })
}

func (s withoutVectors) Facts(ctx context.Context) iter.Seq2[record.Fact, error] {
	return changed(s.Source.Facts(ctx), func(f *record.Fact) { f.Vector = nil })
}

func (s withoutVectors) Instructions(ctx context.Context) iter.Seq2[record.Instruction, error] {
	return changed(s.Source.Instructions(ctx), func(i *record.Instruction) { i.Vector = nil })
}

func (s withoutVectors) Passages(ctx context.Context) iter.Seq2[record.Passage, error] {
	return changed(s.Source.Passages(ctx), func(p *record.Passage) { p.Vector = nil })
}

func changed[T any](rows iter.Seq2[T, error], change func(*T)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for r, err := range rows {
			change(&r)
			if !yield(r, err) {
				return
			}
		}
	}
}
