package store

import (
	"context"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableUsage has what models have used, by month, stage and model.
const TableUsage = "usage"

type usageRow struct {
	Month     string `cbor:"month"`
	Stage     string `cbor:"stage"`
	Model     string `cbor:"model"`
	Calls     int64  `cbor:"calls"`
	TokensIn  int64  `cbor:"tokens_in"`
	TokensOut int64  `cbor:"tokens_out"`
	Estimated int64  `cbor:"estimated"`
}

const addUsage = `
UPSERT ONLY $id SET month = $row.month, stage = $row.stage, model = $row.model, calls += $row.calls,
	tokens_in += $row.tokens_in, tokens_out += $row.tokens_out, estimated += $row.estimated RETURN NONE;
RETURN math::sum(SELECT VALUE tokens_in + tokens_out FROM usage WHERE month = $row.month);`

// usageAttempts is how often a call is counted before that is given up. All calls of a model write the same row: each conflict means that
// another one was counted, so what many calls at once need is attempts, and not time.
const usageAttempts = 100

// AddUsage adds what a model has used, and returns the sum of all tokens of that month. If the reply is lost, it may or may not be counted.
func (s *Store) AddUsage(ctx context.Context, u record.Usage) (month int64, err error) {
	row := usageRow(u)
	err = surreal.Retry(ctx, surreal.Backoff{Attempts: usageAttempts}, func() error {
		vars := map[string]any{"id": surreal.RecordID{Table: TableUsage, Key: u.Month + "/" + u.Stage + "/" + u.Model}, "row": row}
		out, err := s.conn.Query(ctx, "{"+s.here(vars)+addUsage+"}", vars)
		if err != nil {
			return added(err)
		}
		return out.Last(&month)
	})
	return month, err
}

// Usage returns what models have used from one month to another, both included, in the order of months, stages and models.
func (s *Store) Usage(ctx context.Context, from, to string) ([]record.Usage, error) {
	out, err := query(ctx, s.conn, `SELECT month, stage, model, calls, tokens_in, tokens_out, estimated FROM usage
		WHERE month >= $from AND month <= $to ORDER BY month, stage, model`, map[string]any{"from": from, "to": to})
	if err != nil {
		return nil, err
	}
	var list []usageRow
	if err := out.Last(&list); err != nil {
		return nil, err
	}
	return rows(list, func(r usageRow) record.Usage { return record.Usage(r) }), nil
}

// UsedTokens returns the sum of all tokens that models have used in a month.
func (s *Store) UsedTokens(ctx context.Context, month string) (n int64, err error) {
	out, err := query(ctx, s.conn, `RETURN math::sum(SELECT VALUE tokens_in + tokens_out FROM usage WHERE month = $month)`, map[string]any{"month": month})
	if err != nil {
		return 0, err
	}
	return n, out.Last(&n)
}
