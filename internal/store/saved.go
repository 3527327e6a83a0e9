package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// A saved copy of a Context in memory is a name, the pages of its index, the pages of its rows in reading order, and a checksum. It
// is read once, to load a Context faster than from its database. The owner checks that the copy matches the database.

// savedFormat must change whenever the rows are written differently.
const savedFormat = "spectron rows 5\n"

const (
	savedPage = 1000
	// maxSavedPage limits the size of a page, in bytes.
	maxSavedPage = 256 << 20
	maxSavedName = 4 << 10
	// savedEnd follows the last page.
	savedEnd = 0xff
)

// ErrNotSaved is returned for an invalid or incomplete copy, or a copy of something else.
var ErrNotSaved = errors.New("not a saved copy of these rows")

// The pages of a copy, in their order. Columns that the rows of a table do not have are omitted.
const (
	savedIndex = iota
	savedLibrary
	savedEntities
	savedSessions
	savedAttributes
	savedRelations
	savedInstructions
	savedQuestions
	savedDocuments
	savedPassages
)

var (
	withoutEnds    = []string{"in", "out"}
	withoutSubject = []string{"entity"}
	withoutText    = []string{"text", "vector"}
)

// Save writes a copy of rows to w. name identifies the original. Vectors are stored only in the index.
func Save(ctx context.Context, w io.Writer, name string, rows Indexed) error {
	out := &saver{sum: sha256.New()}
	buffered := bufio.NewWriterSize(w, 1<<20)
	out.w = io.MultiWriter(buffered, out.sum)
	out.write([]byte(savedFormat))
	out.block([]byte(name))
	for page, err := range rows.Index(ctx) {
		out.page(savedIndex, page, err)
	}
	for page, err := range rows.Library(ctx) {
		out.page(savedLibrary, page, err)
	}
	savePages(out, savedEntities, rows.Entities(ctx), newAppearanceRow, nil)
	savePages(out, savedSessions, rows.Sessions(ctx), newSessionRow, nil)
	attributes, relations := byKind(changed(rows.Facts(ctx), func(f *record.Fact) { f.Vector = nil }))
	savePages(out, savedAttributes, attributes, newFactRow, withoutEnds)
	savePages(out, savedRelations, relations, newFactRow, withoutSubject)
	instructions := changed(rows.Instructions(ctx), func(i *record.Instruction) { i.Vector = nil })
	savePages(out, savedInstructions, instructions, newInstructionRow, nil)
	savePages(out, savedQuestions, rows.Questions(ctx), newQuestionRow, nil)
	savePages(out, savedDocuments, rows.Documents(ctx), newDocumentRow, nil)
	savePages(out, savedPassages, rows.Passages(ctx), newPassageRow, withoutText)
	out.write([]byte{savedEnd})
	out.write(out.sum.Sum(nil))
	return errors.Join(out.err, buffered.Flush())
}

// byKind splits facts into attributes and relations.
func byKind(facts iter.Seq2[record.Fact, error]) (attributes, relations iter.Seq2[record.Fact, error]) {
	only := func(kind record.Kind) iter.Seq2[record.Fact, error] {
		return func(yield func(record.Fact, error) bool) {
			for f, err := range facts {
				if (err != nil || f.Kind == kind) && !yield(f, err) {
					return
				}
			}
		}
	}
	return only(record.KindAttribute), only(record.KindRelation)
}

// saver writes until the first error.
type saver struct {
	w   io.Writer
	sum hash.Hash
	err error
}

func (s *saver) write(b []byte) {
	if s.err == nil {
		_, s.err = s.w.Write(b)
	}
}

func (s *saver) block(b []byte) {
	s.write(binary.BigEndian.AppendUint32(nil, uint32(len(b))))
	s.write(b)
}

// page writes a page, unless creating it failed.
func (s *saver) page(kind byte, b []byte, err error) {
	if s.err == nil {
		s.err = err
	}
	s.write([]byte{kind})
	s.block(b)
}

func savePages[T, R any](s *saver, kind byte, records iter.Seq2[T, error], row func(T) R, without []string) {
	var page []R
	flush := func() {
		b, err := surreal.MarshalRows(page, without...)
		s.page(kind, b, err)
		page = page[:0]
	}
	for r, err := range records {
		if err != nil {
			s.err = errors.Join(s.err, err)
		}
		if s.err != nil {
			return
		}
		if page = append(page, row(r)); len(page) == savedPage {
			flush()
		}
	}
	if len(page) > 0 {
		flush()
	}
}

// Saved is a reader of a saved copy. Its methods are called once each, in the order of the pages. After the last of them, End
// reports whether their results are valid.
type Saved struct {
	r    *bufio.Reader
	sum  hash.Hash
	next byte   // the kind of the next page
	page []byte // the last result of block
	err  error
}

// OpenSaved reads the head of a copy. ErrNotSaved: it is not a copy, or not a copy of name.
func OpenSaved(r io.Reader, name string) (*Saved, error) {
	s := &Saved{r: bufio.NewReaderSize(r, 1<<20), sum: sha256.New()}
	if format := s.read(len(savedFormat)); string(format) != savedFormat {
		return nil, s.broken()
	}
	if got := s.block(maxSavedName); !bytes.Equal(got, []byte(name)) {
		return nil, s.broken()
	}
	s.kind()
	return s, s.err
}

func (s *Saved) broken() error { return errors.Join(ErrNotSaved, s.err) }

func (s *Saved) read(n int) []byte { return s.into(make([]byte, n)) }

// into fills b.
func (s *Saved) into(b []byte) []byte {
	if s.err != nil {
		return nil
	}
	if _, err := io.ReadFull(s.r, b); err != nil {
		s.err = fmt.Errorf("%w: %w", ErrNotSaved, err)
		return nil
	}
	s.sum.Write(b)
	return b
}

// block reads a block. It is valid until the next call.
func (s *Saved) block(limit uint32) []byte {
	size := s.read(4)
	if s.err != nil {
		return nil
	}
	n := binary.BigEndian.Uint32(size)
	if n > limit {
		s.err = fmt.Errorf("%w: a page of %d bytes", ErrNotSaved, n)
		return nil
	}
	if int(n) > cap(s.page) {
		s.page = make([]byte, n+n/4) // pages differ little in size
	}
	return s.into(s.page[:n])
}

func (s *Saved) kind() {
	if b := s.read(1); s.err == nil {
		s.next = b[0]
	}
}

// End checks the checksum. The rows are valid only if it returns nil.
func (s *Saved) End() error {
	if s.err == nil && s.next != savedEnd {
		s.err = fmt.Errorf("%w: it goes on", ErrNotSaved)
	}
	want := s.sum.Sum(nil)
	if got := s.read(len(want)); s.err == nil && !bytes.Equal(got, want) {
		s.err = fmt.Errorf("%w: the sum is wrong", ErrNotSaved)
	}
	return s.err
}

// savedRows yields the rows of the pages of one kind.
func savedRows[R, T any](ctx context.Context, s *Saved, kind byte, convert func(R) (T, error), without []string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for s.err == nil && s.next == kind {
			if s.err = ctx.Err(); s.err != nil {
				break
			}
			page, err := surreal.UnmarshalRows[R](s.block(maxSavedPage), without...)
			if s.err == nil && err != nil {
				s.err = fmt.Errorf("%w: %w", ErrNotSaved, err)
			}
			s.kind()
			for _, r := range page {
				v, err := convert(r)
				if !yield(v, err) || err != nil {
					return
				}
			}
		}
		if s.err != nil {
			yield(none, s.err)
		}
	}
}

// Index yields the pages of the index.
func (s *Saved) Index(ctx context.Context) iter.Seq2[[]byte, error] { return s.image(ctx, savedIndex) }

// Library yields the pages of the index of passages.
func (s *Saved) Library(ctx context.Context) iter.Seq2[[]byte, error] {
	return s.image(ctx, savedLibrary)
}

// image yields the pages of an image. The next page is read while one is processed.
func (s *Saved) image(ctx context.Context, kind byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		// Two pages are in use. The goroutine ends with this function.
		free, pages := make(chan []byte, 2), make(chan []byte, 1)
		for range cap(free) {
			free <- nil
		}
		go func() {
			defer close(pages)
			for s.page = range free {
				if s.err == nil {
					s.err = ctx.Err()
				}
				if s.err != nil || s.next != kind {
					return
				}
				b := s.block(maxSavedPage)
				if s.kind(); s.err != nil {
					return
				}
				pages <- b
			}
		}()
		defer func() {
			close(free)
			for range pages {
			}
		}()
		for b := range pages {
			if !yield(b, nil) {
				return
			}
			free <- b
		}
		if s.err != nil {
			yield(nil, s.err)
		}
	}
}

// Entities and the following methods yield the rows of their pages.
func (s *Saved) Entities(ctx context.Context) iter.Seq2[record.Entity, error] {
	return savedRows(ctx, s, savedEntities, appearanceRow.entity, nil)
}

// Sessions yields the sessions.
func (s *Saved) Sessions(ctx context.Context) iter.Seq2[record.Session, error] {
	return savedRows(ctx, s, savedSessions, sessionRow.session, nil)
}

// Facts yields the attributes, then the relations.
func (s *Saved) Facts(ctx context.Context) iter.Seq2[record.Fact, error] {
	return func(yield func(record.Fact, error) bool) {
		for f, err := range savedRows(ctx, s, savedAttributes, factRow.fact, withoutEnds) {
			if !yield(f, err) || err != nil {
				return
			}
		}
		savedRows(ctx, s, savedRelations, factRow.fact, withoutSubject)(yield)
	}
}

// Instructions yields the instructions.
func (s *Saved) Instructions(ctx context.Context) iter.Seq2[record.Instruction, error] {
	return savedRows(ctx, s, savedInstructions, instructionRow.instruction, nil)
}

// Questions yields the uncertainties.
func (s *Saved) Questions(ctx context.Context) iter.Seq2[record.OpenQuestion, error] {
	return savedRows(ctx, s, savedQuestions, questionRow.question, nil)
}

// Documents yields the documents.
func (s *Saved) Documents(ctx context.Context) iter.Seq2[record.Document, error] {
	return savedRows(ctx, s, savedDocuments, documentRow.document, nil)
}

// Passages yields the passages without their texts.
func (s *Saved) Passages(ctx context.Context) iter.Seq2[record.Passage, error] {
	return savedRows(ctx, s, savedPassages, passageRow.passage, withoutText)
}
