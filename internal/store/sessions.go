package store

import (
	"context"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

const (
	// turnPage is the number of turns that one statement reads: SurrealDB holds each of them completely, twice, whatever is
	// selected, and a turn may have 16 MiB.
	turnPage = 16
	// turnBytes limits the text in one reply that has more than one turn.
	turnBytes = 8 << 20
)

// selectTurns reads the lengths of a page of turns, and the turns if they are small together. There is no ORDER BY: the index is
// sorted, and a sort would read all turns of the session before the LIMIT.
const selectTurns = `{
LET $page = SELECT id, seq, bytes::len(<bytes> content) AS size FROM turn WITH INDEX turn_session
  WHERE session = $conversation AND seq >= $from LIMIT $limit;
RETURN { page: $page, turns: IF math::sum($page.size) <= $bytes { SELECT * FROM $page.id } ELSE { NONE } };
}`

// turnSize is a turn without its content.
type turnSize struct {
	ID   surreal.RecordID `cbor:"id"`
	Seq  int              `cbor:"seq"`
	Size int              `cbor:"size"` // bytes of content
}

// Turns returns limit turns of a session from offset on, oldest first. It runs several statements; turns that are deleted meanwhile
// may be missing.
func (s *Store) Turns(ctx context.Context, session string, limit, offset int) ([]record.Turn, error) {
	out := []record.Turn{}
	for left, from := limit, offset; left > 0; {
		n := min(left, turnPage)
		result, err := query(ctx, s.conn, selectTurns,
			map[string]any{"conversation": recordID(session), "from": from, "limit": n, "bytes": turnBytes})
		if err != nil {
			return nil, err
		}
		var found struct {
			Page  []turnSize `cbor:"page"`
			Turns []turnRow  `cbor:"turns"`
		}
		if err := result.Last(&found); err != nil {
			return nil, err
		}
		if found.Turns == nil {
			if found.Turns, err = s.largeTurns(ctx, found.Page); err != nil {
				return nil, err
			}
		}
		out = append(out, rows(found.Turns, turnRow.turn)...)
		if len(found.Page) < n {
			break
		}
		left, from = left-n, found.Page[n-1].Seq+1
	}
	return out, nil
}

// largeTurns reads turns in groups of at most turnBytes, or one by one.
func (s *Store) largeTurns(ctx context.Context, page []turnSize) ([]turnRow, error) {
	var out []turnRow
	for len(page) > 0 {
		ids, size := []surreal.RecordID{page[0].ID}, page[0].Size
		for _, t := range page[1:] {
			if size += t.Size; size > turnBytes {
				break
			}
			ids = append(ids, t.ID)
		}
		page = page[len(ids):]
		result, err := query(ctx, s.conn, `SELECT * FROM $turns`, map[string]any{"turns": ids})
		if err != nil {
			return nil, err
		}
		var found []turnRow
		if err := result.Last(&found); err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
