package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// paged is an index of some pages, and no rows but a session.
type paged [][]byte

func (p paged) Index(context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, b := range p {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// Library has the same pages, in the opposite order.
func (p paged) Library(ctx context.Context) iter.Seq2[[]byte, error] {
	back := slices.Clone(p)
	slices.Reverse(back)
	return back.Index(ctx)
}

func none[T any](context.Context) iter.Seq2[T, error] { return func(func(T, error) bool) {} }

func (paged) Entities(ctx context.Context) iter.Seq2[record.Entity, error] {
	return none[record.Entity](ctx)
}
func (paged) Sessions(context.Context) iter.Seq2[record.Session, error] {
	return func(yield func(record.Session, error) bool) { yield(record.Session{ID: "session:1"}, nil) }
}
func (paged) Facts(ctx context.Context) iter.Seq2[record.Fact, error] { return none[record.Fact](ctx) }
func (paged) Instructions(ctx context.Context) iter.Seq2[record.Instruction, error] {
	return none[record.Instruction](ctx)
}
func (paged) Documents(ctx context.Context) iter.Seq2[record.Document, error] {
	return none[record.Document](ctx)
}
func (paged) Passages(ctx context.Context) iter.Seq2[record.Passage, error] {
	return none[record.Passage](ctx)
}
func (paged) Questions(ctx context.Context) iter.Seq2[record.OpenQuestion, error] {
	return none[record.OpenQuestion](ctx)
}

// The pages of a saved index come back in their order, before the rows, however many and however long they are; whoever stops reading
// them leaves nothing behind; and what is cut off is an error, not less.
func TestSavedIndexes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for n := range 12 {
		var want paged
		for i := range n {
			want = append(want, bytes.Repeat(fmt.Appendf(nil, "page %d ", i), 1+i%3*1000))
		}
		var file bytes.Buffer
		require.NoError(t, store.Save(ctx, &file, "name", want))
		open := func(b []byte) *store.Saved {
			s, err := store.OpenSaved(bytes.NewReader(b), "name")
			require.NoError(t, err)
			return s
		}
		saved, got := open(file.Bytes()), paged(nil)
		for b, err := range saved.Index(ctx) {
			require.NoError(t, err)
			got = append(got, bytes.Clone(b))
		}
		require.Equal(t, want, got)
		got = nil
		for b, err := range saved.Library(ctx) {
			require.NoError(t, err)
			got = append(got, bytes.Clone(b))
		}
		slices.Reverse(got)
		require.Equal(t, want, got)
		sessions := 0
		for s, err := range saved.Sessions(ctx) {
			require.NoError(t, err)
			require.Equal(t, "session:1", s.ID)
			sessions++
		}
		require.Equal(t, 1, sessions)
		require.NoError(t, saved.End())
		if n == 0 {
			continue
		}
		for range open(file.Bytes()).Index(ctx) {
			break
		}
		last := func(ctx context.Context, b []byte) (err error) {
			saved := open(b)
			for _, err = range saved.Index(ctx) {
			}
			if err == nil {
				for _, err = range saved.Library(ctx) {
				}
			}
			return err
		}
		ended, end := context.WithCancel(ctx)
		end()
		if err := last(ended, file.Bytes()); !errors.Is(err, context.Canceled) {
			t.Errorf("%d pages: %v", n, err)
		}
		if err := last(ctx, file.Bytes()[:file.Len()/3]); !errors.Is(err, store.ErrNotSaved) {
			t.Errorf("a third of %d pages: %v", n, err)
		}
	}
}
