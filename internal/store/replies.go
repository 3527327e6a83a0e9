package store

import (
	"context"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableReply says from which rows the stored answers of models were written.
const TableReply = "reply"

// repliesSince is the first schema version that has them.
const repliesSince = 17

// Reply is an answer of a model that is stored as a turn. It may quote each row of its basis, so it is erased with any of them.
type Reply struct {
	Turn  string   // id
	Basis []string // ids of facts, instructions, chunks and turns
}

type replyRow struct {
	ID    surreal.RecordID `cbor:"id"`
	Basis []string         `cbor:"basis"`
}

func newReplyRow(r Reply) replyRow { return replyRow{recordID(ReplyOf(r.Turn)), r.Basis} }

func (r replyRow) turn() surreal.RecordID { return surreal.RecordID{Table: TableTurn, Key: r.ID.Key} }

// ReplyOf returns the id of the row that says from what a turn was written, if a model has written it.
func ReplyOf(turn string) string { return TableReply + strings.TrimPrefix(turn, TableTurn) }

const (
	insertReplies = `INSERT INTO reply $replies RETURN NONE;`
	// withReplies erases the rows of the replies among the turns in $page.
	withReplies = `DELETE $page.map(|$t| type::record('reply', record::id($t.id))) RETURN NONE;`
)

const (
	// repliesAtOnce is the number of rows whose replies one statement looks up: its cost also grows with their product.
	repliesAtOnce = 20
	// repliesByIndex is the number of rows up to which their replies are looked up. For more rows, all replies are read.
	repliesByIndex = 500
	// repliesPage is the number of replies that are read at once.
	repliesPage = 500
)

// RepliesFrom returns the turns of the replies that were written from some of the given rows, sorted.
func (s *Store) RepliesFrom(ctx context.Context, ids []string) (turns []string, err error) {
	turnOf := func(r replyRow) string { return r.turn().String() }
	some, err := selectRows(ctx, s.conn, `SELECT id FROM reply LIMIT 1`, nil, turnOf)
	if err != nil || len(some) == 0 || len(ids) == 0 {
		return nil, err
	}
	if len(ids) > repliesByIndex {
		from := make(map[string]bool, len(ids))
		for _, id := range ids {
			from[id] = true
		}
		err = s.eachReply(ctx, func(page []replyRow) error {
			for _, r := range page {
				if slices.ContainsFunc(r.Basis, func(id string) bool { return from[id] }) {
					turns = append(turns, r.turn().String())
				}
			}
			return nil
		})
	} else {
		for page := range slices.Chunk(ids, repliesAtOnce) {
			found, err := selectRows(ctx, s.conn, `SELECT id FROM reply WHERE basis CONTAINSANY $ids`, map[string]any{"ids": page}, turnOf)
			if err != nil {
				return nil, err
			}
			turns = append(turns, found...)
		}
	}
	slices.Sort(turns)
	return slices.Compact(turns), err
}

// eachReply calls f with all replies, page by page.
func (s *Store) eachReply(ctx context.Context, f func([]replyRow) error) error {
	for after := ""; ; {
		page, err := selectRows(ctx, s.conn, `SELECT * FROM type::record('reply', $after>..) LIMIT $limit`,
			map[string]any{"after": after, "limit": repliesPage}, func(r replyRow) replyRow { return r })
		if err == nil && len(page) > 0 {
			after, err = page[len(page)-1].ID.Key, f(page)
		}
		if err != nil || len(page) < repliesPage {
			return err
		}
	}
}

// UnfoundedReplies returns the turns of the replies that have lost a row of their basis, or whose readers may no longer read one. It reads all
// replies.
func (s *Store) UnfoundedReplies(ctx context.Context) (turns []string, err error) {
	err = s.eachReply(ctx, func(page []replyRow) error {
		var ids []string
		for _, r := range page {
			ids = append(append(ids, r.Basis...), r.turn().String())
		}
		left, err := s.scopesOf(ctx, ids)
		if err != nil {
			return err
		}
		for _, r := range page {
			turn := r.turn().String()
			if set := left[turn]; slices.ContainsFunc(r.Basis, func(id string) bool { return !scope.Implies(set, left[id]) }) {
				turns = append(turns, turn)
			}
		}
		return nil
	})
	return turns, err
}

// scopesOf returns the scopes of the rows that exist.
func (s *Store) scopesOf(ctx context.Context, ids []string) (map[string]record.ScopeSet, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	left := map[string]record.ScopeSet{}
	for page := range slices.Chunk(slices.Compact(ids), repliesPage) {
		found, err := selectRows(ctx, s.conn, `SELECT id, scopes FROM array::distinct($ids)`, map[string]any{"ids": rows(page, recordID)},
			func(r scopedRow) scopedRow { return r })
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			left[r.ID.String()] = r.Scopes
		}
	}
	return left, nil
}

// eraseUnfoundedReplies erases what UnfoundedReplies returns, with the chunks, which it finds by reading all of them. It returns the number of
// replies.
func (s *Store) eraseUnfoundedReplies(ctx context.Context) (int, error) {
	turns, err := s.UnfoundedReplies(ctx)
	if err != nil || len(turns) == 0 {
		return 0, err
	}
	if err := s.eraseChunks(ctx, `$of CONTAINS $c.turn`, rows(turns, recordID)); err != nil {
		return 0, err
	}
	for page := range slices.Chunk(turns, turnPage) {
		if _, err := query(ctx, s.conn, `DELETE $turns RETURN NONE; DELETE $replies RETURN NONE`,
			map[string]any{"turns": rows(page, recordID), "replies": rows(page, func(id string) surreal.RecordID { return recordID(ReplyOf(id)) })}); err != nil {
			return 0, err
		}
	}
	return len(turns), nil
}
