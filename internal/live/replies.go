package live

import (
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
)

// Resting returns the ids of what rests on some records and is not among them: conclusions, and replies that a model wrote from them, with
// their turns, chunks and rows, and what rests on these in turn. Whoever erases the records erases it too, because it may quote them and
// nothing supports it any more. The caller holds the writer's lock.
func (s *Context) Resting(ctx context.Context, view *recall.View, records []string) (ids []string, err error) {
	known := make(map[string]bool, len(records))
	for _, id := range records {
		known[id] = true
	}
	for found := records; len(found) > 0; ids = append(ids, found...) {
		turns, err := s.Rows.RepliesFrom(ctx, found)
		if err != nil {
			return nil, err
		}
		found = append(view.RestOn(found...), s.parts(view, turns)...)
		found = slices.DeleteFunc(found, func(id string) bool { return known[id] })
		for _, id := range found {
			known[id] = true
		}
	}
	return ids, nil
}

// parts returns the ids of the rows of replies.
func (s *Context) parts(view *recall.View, turns []string) (ids []string) {
	for _, turn := range turns {
		ids = append(ids, turn, store.ReplyOf(turn))
		for _, c := range view.State().Pieces(turn) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// eraseUnfounded erases the conclusions and replies that have lost a part of what they rest on, and returns the ids. The caller holds the
// writer's lock.
func (s *Context) eraseUnfounded(ctx context.Context, view *recall.View, at store.Position) (erased []string, _ store.Position, err error) {
	for {
		turns, err := s.Rows.UnfoundedReplies(ctx)
		if err != nil {
			return nil, at, err
		}
		ids := append(view.Unfounded(), s.parts(view, turns)...)
		if len(ids) == 0 {
			return erased, at, nil
		}
		for page := range slices.Chunk(ids, unfoundedAtOnce) {
			if at, err = s.Rows.EraseUnfounded(ctx, page, at); err != nil {
				return nil, at, err
			}
			if err := view.Merge(store.Update{Erased: store.InMemory(page)}); err != nil {
				s.NeedsReload.Store(true)
				return nil, at, err
			}
		}
		erased = append(erased, ids...)
	}
}

// unfoundedAtOnce is the number of rows that a statement erases. A third of them may be turns.
const unfoundedAtOnce = 48

// FinishPurges completes erasures of single rows that a failure of the database has interrupted.
func (s *Context) FinishPurges(ctx context.Context) error {
	left, err := s.Rows.Erasures(ctx)
	for _, e := range left {
		if len(e.Rows)+len(e.Ranges) > 0 && err == nil {
			err = s.Rows.EraseRows(ctx, e)
		}
	}
	return err
}
