package recall

import (
	"cmp"
	"context"

	"github.com/spectron-go/spectron/internal/index"
)

// list returns the records that pass the filter of the question, newest first.
func (v *View) list(ctx context.Context, q Query) (out Result, err error) {
	err = v.reading(ctx, &q, func() error {
		if err := v.sees(&q); err != nil {
			return err
		}
		filter, k := v.searched(&q), cmp.Or(q.K, index.DefaultK)
		filter.Follows = v.follows(&q)
		rows, positions := v.index.Newest(filter, q.After, k+1)
		out = Result{Tier: Direct, Reason: "there is no question: listed what passes the filters, newest first"}
		if len(rows) > k {
			rows, out.Next = rows[:k], &positions[k-1]
		}
		found := make([]index.Hit, len(rows))
		for i, e := range rows {
			found[i] = index.Hit{Entry: e}
		}
		out.Hits = v.hits(found)
		v.doubted(&q, out.Hits)
		v.veil(&q, out.Hits)
		return nil
	})
	return out, err
}
