package store

import (
	"context"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/surreal"
)

// TableFading has one row: the day up to which the importance of facts has faded. It is empty before the first decay.
const TableFading = "fading"

// fadingSince is the first schema version that has it.
const fadingSince = 18

// maxDay is the last day that a row may name: the end of the year 9999.
const maxDay = 2_932_896

var fadingID = surreal.RecordID{Table: TableFading, Key: "current"}

// FadingRecord is the record id of that row, as it appears among the rows that a change touches.
var FadingRecord = fadingID.String()

type fadingRow struct {
	ID  surreal.RecordID `cbor:"id"`
	Day int64            `cbor:"day"`
}

// Faded returns the day up to which importance has faded; 0: it has not.
func (s *Store) Faded(ctx context.Context) (int64, error) {
	found, err := selectRows(ctx, s.conn, `SELECT * FROM $id`, map[string]any{"id": fadingID}, func(r fadingRow) int64 { return r.Day })
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0], nil
}

// Fade sets the day up to which importance has faded, unless a later one is stored. Errors are those of Apply.
func (s *Store) Fade(ctx context.Context, day int64, after Position) (Position, error) {
	return s.commit(ctx, "fading "+uuid.NewString(), surreal.RecordID{}, `UPSERT ONLY $fading SET day = math::max([day ?? 0, $day]) RETURN NONE;`,
		map[string]any{"fading": fadingID, "day": day}, after, func(c *changeRow) { c.Access = []surreal.RecordID{fadingID} })
}
