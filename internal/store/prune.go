package store

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

// The rows that are removed by age here are in no process's memory, so they are not part of the log of changes.

// pruned removes a page of rows, and returns their number.
const pruned = `
DELETE $gone RETURN NONE;
RETURN array::len($gone);
}`

func (s *Store) prune(ctx context.Context, page string, vars map[string]any) (n int, err error) {
	out, err := query(ctx, s.conn, `{
LET $gone = (SELECT VALUE id FROM `+page+` LIMIT $limit);`+pruned, vars)
	if err != nil {
		return 0, err
	}
	return n, out.Last(&n)
}

// PruneDecisions removes up to limit decision traces from before a time, and returns their number.
func (s *Store) PruneDecisions(ctx context.Context, before time.Time, limit int) (int, error) {
	return s.prune(ctx, `decision_trace WITH INDEX decision_trace_newest WHERE listed = true AND newest > $from`,
		map[string]any{"from": backwards(before) + "~", "limit": limit})
}

// PruneEvents removes up to limit events from before a time, and returns their number.
func (s *Store) PruneEvents(ctx context.Context, before time.Time, limit int) (int, error) {
	return s.prune(ctx, `audit_event WITH INDEX audit_event_newest WHERE listed = true AND newest > $from`,
		map[string]any{"from": backwards(before) + "~", "limit": limit})
}

// PruneAnswers removes up to limit answers of writes that have expired at a time, and returns their number.
func (s *Store) PruneAnswers(ctx context.Context, now time.Time, limit int) (int, error) {
	return s.prune(ctx, `idempotency WITH INDEX idempotency_until WHERE listed = true AND until <= $now`,
		map[string]any{"now": surreal.At(now), "limit": limit})
}
