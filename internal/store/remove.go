package store

import (
	"context"

	"github.com/spectron-go/spectron/internal/surreal"
)

// remover is a connection to the embedded engine that can remove rows without a statement: see engine.Session.
type remover interface {
	Remove(ctx context.Context, ids []surreal.RecordID) (done int, left []surreal.RecordID, err error)
}

// rowsRemoved is the number of rows that one commit removes without a statement.
const rowsRemoved = 2000

// remove removes what it can of some rows without a statement, in several commits if they are many. It returns the rows that need one: on a
// server all of them.
func (s *Store) remove(ctx context.Context, ids []surreal.RecordID) (left []surreal.RecordID, err error) {
	r, ok := s.conn.(remover)
	if !ok {
		return ids, nil
	}
	for len(ids) > 0 {
		var done int
		var rest []surreal.RecordID
		err := surreal.Retry(ctx, surreal.Backoff{}, func() (err error) {
			done, rest, err = r.Remove(ctx, ids[:min(rowsRemoved, len(ids))])
			return err
		})
		if err != nil {
			return nil, err
		}
		ids, left = ids[done:], append(left, rest...)
	}
	return left, nil
}

// rangeRows is the number of rows of a range that are erased at a time.
const rangeRows = 1000

// eraseRange erases the rows whose ids begin with a text. Run it again after an error.
func (s *Store) eraseRange(ctx context.Context, begin string) error {
	from := recordID(begin)
	for {
		page, err := selectRows(ctx, s.conn, `SELECT id FROM type::record($table, $from..$until) LIMIT $limit`,
			map[string]any{"table": from.Table, "from": from.Key, "until": from.Key + "~", "limit": rangeRows}, scopedRow.id)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := s.eraseMany(ctx, page); err != nil {
			return err
		}
	}
}

// eraseMany erases rows with their texts, in several transactions if they are many. Run it again after an error.
func (s *Store) eraseMany(ctx context.Context, ids []surreal.RecordID) error {
	left, err := s.remove(ctx, ids)
	if err != nil {
		return err
	}
	for limit := turnPage; len(left) > 0; {
		page := left[:min(limit, len(left))]
		out, err := query(ctx, s.conn, `{
LET $sizes = (SELECT VALUE bytes::len(<bytes> (content ?? '')) FROM array::distinct($rows));
DELETE $rows RETURN NONE;
RETURN math::sum($sizes);
}`, map[string]any{"rows": page})
		if err != nil {
			return err
		}
		var size int
		if err := out.Last(&size); err != nil {
			return err
		}
		left, limit = left[len(page):], max(1, min(chunksErased, 4*limit, turnBytes*len(page)/max(1, size)))
	}
	return nil
}
