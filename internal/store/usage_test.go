package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

func TestUsage(t *testing.T) {
	t.Parallel()
	ctx, d := t.Context(), newDatabase(t, store.SharedWriters)
	used, err := d.UsedTokens(ctx, "2026-11")
	require.NoError(t, err)
	require.Zero(t, used)
	add := func(month, stage, model string, in, out, estimated int64) int64 {
		sum, err := d.AddUsage(ctx, record.Usage{Month: month, Stage: stage, Model: model, Calls: 1, TokensIn: in, TokensOut: out, Estimated: estimated})
		require.NoError(t, err)
		return sum
	}
	require.EqualValues(t, 12, add("2026-11", "extraction", "openai/a", 10, 2, 0))
	require.EqualValues(t, 17, add("2026-11", "extraction", "openai/a", 4, 1, 1))
	require.EqualValues(t, 18, add("2026-11", "extraction", "meta/llama/b", 1, 0, 0))
	require.EqualValues(t, 19, add("2026-11", "reflection", "openai/a", 0, 1, 0))
	require.EqualValues(t, 5, add("2026-12", "extraction", "openai/a", 5, 0, 0), "each month is counted by itself")
	used, err = d.UsedTokens(ctx, "2026-11")
	require.NoError(t, err)
	require.EqualValues(t, 19, used)
	november := []record.Usage{
		{Month: "2026-11", Stage: "extraction", Model: "meta/llama/b", Calls: 1, TokensIn: 1},
		{Month: "2026-11", Stage: "extraction", Model: "openai/a", Calls: 2, TokensIn: 14, TokensOut: 3, Estimated: 1},
		{Month: "2026-11", Stage: "reflection", Model: "openai/a", Calls: 1, TokensOut: 1},
	}
	got, err := d.Usage(ctx, "2026-11", "2026-11")
	require.NoError(t, err)
	require.Equal(t, november, got)
	got, err = d.Usage(ctx, "2026-01", "2027-01")
	require.NoError(t, err)
	require.Equal(t, append(november, record.Usage{Month: "2026-12", Stage: "extraction", Model: "openai/a", Calls: 1, TokensIn: 5}), got)
}

func TestUsageLosesNoCall(t *testing.T) {
	t.Parallel()
	ctx, d := t.Context(), newDatabase(t, store.SharedWriters)
	var group errgroup.Group
	for range 8 {
		group.Go(func() error {
			for range 5 {
				if _, err := d.AddUsage(ctx, record.Usage{Month: "2026-11", Stage: "s", Model: "m", Calls: 1, TokensIn: 2, TokensOut: 1}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	require.NoError(t, group.Wait())
	got, err := d.Usage(ctx, "2026-11", "2026-11")
	require.NoError(t, err)
	require.Equal(t, []record.Usage{{Month: "2026-11", Stage: "s", Model: "m", Calls: 40, TokensIn: 80, TokensOut: 40}}, got)
}
