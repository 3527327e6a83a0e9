package access

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Used is what the models of a Context have used.
type Used struct {
	Limit int64 // of a month; negative: none
	Rows  []record.Usage
}

// Usage returns what models have used in the months from one time to another. Zero times: the current month.
func Usage(ctx context.Context, c *gate.Call, from, until time.Time) (none Used, err error) {
	if err := c.RequireOver(ctx, "", authz.GrantManage, scope.Everything()); err != nil {
		return none, err
	}
	if err := input.Time("From", from); err != nil {
		return none, err
	}
	if err := input.Time("Until", until); err != nil {
		return none, err
	}
	if until.IsZero() {
		until = c.Now()
	}
	if from.IsZero() {
		from = until
	}
	if until.Before(from) {
		return none, fault.Bad("Until", "it is before From")
	}
	rows, err := c.Live.Rows.Usage(ctx, record.Month(from), record.Month(until))
	if err != nil {
		return none, c.Live.Explain(ctx, err)
	}
	return Used{c.Live.Settings.Load().TokenLimit, rows}, nil
}
