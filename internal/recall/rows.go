package recall

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Rows returns the content of the view, without vectors, as a source to load from. The view must not change during the read.
func (v *View) Rows() store.Source {
	none := func(string) []float32 { return nil }
	return rows{v, none, none}
}

// VectoredRows returns the content of the view with the vectors, scaled to length one.
func (v *View) VectoredRows() VectoredRows { return rows{v, v.index.Vector, v.library.index.Vector} }

// VectoredRows is the content of a view. A view can be loaded or restored from it.
type VectoredRows interface {
	store.Source
	store.Indexed
}

type rows struct {
	view          *View
	vector        func(id string) []float32
	libraryVector func(id string) []float32 // of a passage
}

// Index yields an image of the index with the vectors.
func (r rows) Index(context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for page := range r.view.index.Image(entryForm) {
			if !yield(page, nil) {
				return
			}
		}
	}
}

// Entities and the following methods yield the rows in the order of their ids, as a database does.
func (r rows) Entities(context.Context) iter.Seq2[record.Entity, error] {
	rows := make(map[string]record.Entity, len(r.view.known.entities))
	for _, catalog := range r.view.known.entities {
		for _, p := range catalog.Visible(scope.Reach{}) {
			for _, row := range p.said() {
				rows[row.ID] = row
			}
		}
	}
	return ordered(rows, func(e record.Entity) record.Entity { return e })
}

func (r rows) Sessions(context.Context) iter.Seq2[record.Session, error] {
	return ordered(r.view.said.sessions.all(), func(s record.Session) record.Session { return s })
}

func (r rows) Chunks(context.Context) iter.Seq2[record.Chunk, error] {
	return func(yield func(record.Chunk, error) bool) {
		ids := slices.Concat(slices.Collect(maps.Values(r.view.said.chunks))...)
		slices.Sort(ids)
		for _, id := range ids {
			c := r.view.chunk(id)
			c.Vector = r.vector(id)
			if !yield(*c, nil) {
				return
			}
		}
	}
}

func (r rows) Facts(context.Context) iter.Seq2[record.Fact, error] {
	// The ids begin with the name of the table, so attributes come before relations.
	return ordered(r.view.known.facts, func(f *record.Fact) record.Fact {
		row := *f
		row.Vector = r.vector(row.ID)
		return row
	})
}

func (r rows) Instructions(context.Context) iter.Seq2[record.Instruction, error] {
	return ordered(r.view.known.instructions, func(i *record.Instruction) record.Instruction {
		row := *i
		row.Vector = r.vector(row.ID)
		return row
	})
}

func (r rows) Questions(context.Context) iter.Seq2[record.OpenQuestion, error] {
	return ordered(r.view.known.questions, func(q *record.OpenQuestion) record.OpenQuestion { return *q })
}

// ordered yields the values of a map in the order of their keys.
func ordered[V, T any](m map[string]V, value func(V) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if !yield(value(m[key]), nil) {
				return
			}
		}
	}
}

// Library yields an image of the index of passages with the vectors.
func (r rows) Library(context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for page := range r.view.library.index.Image(libraryForm) {
			if !yield(page, nil) {
				return
			}
		}
	}
}

func (r rows) Documents(context.Context) iter.Seq2[record.Document, error] {
	return ordered(r.view.library.documents, func(f *volume) record.Document { return f.Document })
}

func (r rows) Passages(context.Context) iter.Seq2[record.Passage, error] {
	return func(yield func(record.Passage, error) bool) {
		for f := range ordered(r.view.library.documents, func(f *volume) *volume { return f }) {
			for _, p := range f.passages {
				row := r.view.library.text(p)
				if row.Vector = r.libraryVector(row.ID); !yield(row, nil) {
					return
				}
			}
		}
	}
}
