package spectron

import (
	"context"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/record"
)

// UsageRequest selects months.
type UsageRequest struct {
	From  time.Time // a time in the first month (UTC); zero: the month of Until
	Until time.Time // a time in the last month; zero: now
}

// Usage is what the models of a Context have used.
type Usage struct {
	// TokenLimit is the limit of a month (Config.TokenLimit); nil: there is none.
	TokenLimit *int64 `json:"token_limit,omitempty"`
	// Tokens is the sum of all tokens of the Items.
	Tokens int64 `json:"tokens"`
	// Items has one item for each month, stage and model with calls, in that order; never nil without an error.
	Items []UsageItem `json:"items"`
}

// UsageItem is what one model has used for one stage in one month.
type UsageItem struct {
	Month     string `json:"month"` // "2026-11", in UTC
	Stage     Stage  `json:"stage"`
	Model     string `json:"model"` // "openai/gpt-4o-mini", or Options.ModelName
	Calls     int64  `json:"calls"`
	TokensIn  int64  `json:"tokens_in"`
	TokensOut int64  `json:"tokens_out"`
	// EstimatedCalls is how many of the calls have estimated tokens, because the provider did not report them.
	EstimatedCalls int64 `json:"estimated_calls,omitempty"`
}

// Usage returns how many tokens the models of the Context have used, by month, stage and model. The figures are those of the providers, or
// estimates. Calls that failed without an answer are not counted. The caller needs grant:manage over everything. ErrForbidden; ErrInvalid with
// the Field.
func (c *contextHandle) Usage(ctx context.Context, req UsageRequest) (*Usage, error) {
	return call(ctx, c, "usage", func(ctx context.Context, by *gate.Call) (*Usage, error) {
		return one(newUsage)(access.Usage(ctx, by, req.From, req.Until))
	})
}

func newUsage(u access.Used) Usage {
	out := Usage{Items: append([]UsageItem{}, each(u.Rows, newUsageItem)...)}
	if u.Limit >= 0 {
		out.TokenLimit = &u.Limit
	}
	for _, i := range out.Items {
		out.Tokens += i.TokensIn + i.TokensOut
	}
	return out
}

func newUsageItem(u record.Usage) UsageItem {
	return UsageItem{u.Month, Stage(u.Stage), u.Model, u.Calls, u.TokensIn, u.TokensOut, u.Estimated}
}
