package spectron_test

import (
	"encoding/json"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestSchedule lets the clock go on, and waits for the jobs that follow from that.
func TestSchedule(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var days atomic.Int64
	mgr := spectrontest.Open(t, &spectron.Options{
		Clock:    func() time.Time { return spectrontest.Epoch.AddDate(0, 0, int(days.Load())) },
		Schedule: &spectron.Schedule{Check: 10 * time.Millisecond},
	})
	ids := []string{"a", "b"}
	for _, id := range ids {
		c, err := mgr.CreateContext(ctx, id, spectron.ContextSpec{})
		require.NoError(t, err)
		say(t, c, nil, "Alice works at Globex.")
		declare(t, c, nil, "Globex located_in Oslo")
		remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: personCalled("Alice"), Key: "mood", Value: "calm", Category: spectron.CategoryContext},
		}})
	}
	// made returns the jobs of a kind that were made in a Context.
	made := func(id string, pass spectron.Pass) (done []spectron.Job) {
		c, err := mgr.Context(ctx, id)
		require.NoError(t, err)
		page, err := c.Jobs().List(ctx, spectron.JobQuery{Kind: string(pass), State: spectron.JobDone})
		require.NoError(t, err)
		return page.Items
	}
	passes := []spectron.Pass{spectron.PassDecay, spectron.PassExpire, spectron.PassPrune, spectron.PassElaborate, spectron.PassConsolidate}
	wait := func(n int) {
		require.Eventually(t, func() bool {
			for _, id := range ids {
				for _, pass := range passes {
					if len(made(id, pass)) < n {
						return false
					}
				}
			}
			return true
		}, 10*time.Minute, 10*time.Millisecond)
	}
	wait(1)
	days.Store(10)
	wait(2)
	for _, id := range ids {
		for pass, want := range map[spectron.Pass]int{spectron.PassDecay: 3, spectron.PassExpire: 1} {
			jobs := made(id, pass)
			require.Len(t, jobs, 2, "none is made twice on a day")
			var done spectron.LifecycleResult
			require.NoError(t, json.Unmarshal(jobs[0].Result, &done))
			if pass == spectron.PassExpire {
				require.Equal(t, want, done.Affected)
			} else {
				require.NotZero(t, done.Affected)
			}
		}
		c, err := mgr.Context(ctx, id)
		require.NoError(t, err)
		page, err := c.Facts().List(ctx, spectron.FactQuery{SourceKind: spectron.SourceElaboration})
		require.NoError(t, err)
		require.Len(t, page.Items, 1)
		page, err = c.Facts().List(ctx, spectron.FactQuery{Key: "mood", Live: true})
		require.NoError(t, err)
		require.Empty(t, page.Items)
	}
}

// TestNothingIsScheduled checks that a store without a Schedule leaves no jobs, and which schedules are refused.
func TestNothingIsScheduled(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	say(t, c, nil, "Alice works at Globex.")
	page, err := c.Jobs().List(t.Context(), spectron.JobQuery{})
	require.NoError(t, err)
	require.Empty(t, page.Items)
	for field, bad := range map[string]spectron.Schedule{
		"Options.Schedule.Passes": {Passes: []spectron.Pass{"sweep"}}, "Options.Schedule.Every": {Every: time.Second}, "Options.Schedule.Check": {Check: time.Microsecond},
	} {
		_, err := spectron.Open(t.Context(), "mem://", &spectron.Options{Schedule: &bad})
		var e *spectron.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, spectron.CodeInvalid, e.Code)
		require.Equal(t, field, e.Field)
	}
	_, err = spectron.Open(t.Context(), "mem://", &spectron.Options{Workers: 1000})
	require.ErrorIs(t, err, spectron.ErrInvalid)
}
