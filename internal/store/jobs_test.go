package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

func job(n int, name string) record.Job {
	return record.Job{
		ID: fmt.Sprintf("job:%03d", n), Kind: "sweep", Form: 2, Payload: []byte(`{"n":1}`), State: record.JobQueued, Name: name, CallerKind: 3, Generation: 4, Key: "key:a",
		Behalf: "principal:b", Principal: "principal:a", CreatedAt: monday, MostAttempts: 5,
	}
}

func states(t *testing.T, s *store.Store, ids ...string) (out []string) {
	t.Helper()
	list, err := s.Jobs(t.Context(), ids)
	require.NoError(t, err)
	for _, j := range list {
		out = append(out, fmt.Sprint(j.ID, " ", j.State, " ", j.Claim, j.Attempts))
	}
	slices.Sort(out)
	return out
}

func TestJobs(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), newStore(t)
	all := []record.Job{job(1, "nightly"), job(2, ""), job(3, "")}
	require.NoError(t, s.AddJobs(ctx, all))
	require.ErrorIs(t, s.AddJobs(ctx, []record.Job{job(4, ""), job(5, "nightly")}), store.ErrNamed)
	got, err := s.Jobs(ctx, []string{"job:001", "job:004", "job:none"})
	require.NoError(t, err)
	require.Equal(t, all[:1], got)
	open, err := s.OpenJobs(ctx)
	require.NoError(t, err)
	require.Equal(t, []store.OpenJob{{ID: "job:001"}, {ID: "job:002"}, {ID: "job:003"}}, open)

	mine, err := s.ClaimJobs(ctx, "a", []string{"job:001", "job:002", "job:none"}, time.Hour, tuesday)
	require.NoError(t, err)
	require.Len(t, mine, 2)
	others, err := s.ClaimJobs(ctx, "b", []string{"job:001", "job:003"}, 0, tuesday)
	require.NoError(t, err)
	require.Len(t, others, 1)
	require.Equal(t, tuesday, others[0].StartedAt)
	require.Equal(t, []string{"job:001 running a1", "job:002 running a1", "job:003 running b1"}, states(t, s, "job:001", "job:002", "job:003"))
	mine[0].Progress = record.JobProgress{Done: 3, Total: 9, Stage: "reading"}
	held, err := s.HoldJobs(ctx, "a", append(slices.Clone(mine), others...), time.Hour, false)
	require.NoError(t, err)
	require.Len(t, held, 2)
	require.Equal(t, mine[0].Progress, held[0].Progress)

	// A claim whose time is over is taken over, and its first worker can no longer end the job.
	again, err := s.ClaimJobs(ctx, "c", []string{"job:003"}, time.Hour, tuesday.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, 2, again[0].Attempts)
	require.Equal(t, tuesday, again[0].StartedAt)
	done := others[0]
	done.State, done.FinishedAt = record.JobDone, tuesday
	require.NoError(t, s.EndJobs(ctx, "b", []store.JobEnd{{Job: done}}, false))
	require.Equal(t, []string{"job:003 running c2"}, states(t, s, "job:003"))
	asked, err := s.AskToEnd(ctx, "job:003")
	require.NoError(t, err)
	require.True(t, asked.Cancelling)

	// One ends, one waits for its next attempt.
	ended, later := mine[0], mine[1]
	ended.State, ended.FinishedAt, ended.Result, ended.Payload = record.JobDone, tuesday, []byte(`{"ok":true}`), nil
	later.State, later.Code, later.Field, later.Reason = record.JobQueued, "model", "Options.Model", "it is busy"
	require.NoError(t, s.EndJobs(ctx, "a", []store.JobEnd{{Job: ended}, {Job: later, Wait: time.Hour}}, false))
	got, err = s.Jobs(ctx, []string{ended.ID})
	require.NoError(t, err)
	ended.Claim = ""
	require.Equal(t, []record.Job{ended}, got)
	open, err = s.OpenJobs(ctx)
	require.NoError(t, err)
	require.Len(t, open, 2)
	require.InDelta(t, time.Hour, open[0].Wait, float64(time.Minute))
	require.False(t, open[0].Held)
	require.True(t, open[1].Held)
	got, err = s.Jobs(ctx, []string{later.ID})
	require.NoError(t, err)
	later.Claim = ""
	require.Equal(t, []record.Job{later}, got)
	_, err = s.AskToEnd(ctx, later.ID)
	require.ErrorIs(t, err, surreal.ErrNotFound)

	// The name of a job that has ended is free.
	next := job(6, "nightly")
	require.NoError(t, s.AddJobs(ctx, []record.Job{next}))
	ended.State, ended.Result = record.JobQueued, nil
	require.ErrorIs(t, s.Reopen(ctx, ended), store.ErrNamed)
	require.Equal(t, []string{"job:001 done 1"}, states(t, s, "job:001"))
	next.State, next.FinishedAt = record.JobCancelled, tuesday
	require.NoError(t, s.EndJobs(ctx, "", []store.JobEnd{{Job: next}}, true))
	require.NoError(t, s.Reopen(ctx, ended))
	require.Equal(t, []string{"job:001 queued 1"}, states(t, s, "job:001"))
	require.ErrorIs(t, s.Reopen(ctx, ended), store.ErrFenced)

	for q, want := range map[store.JobQuery][]string{
		{}:                         {"job:006", "job:003", "job:002", "job:001"},
		{State: record.JobQueued}:  {"job:002", "job:001"},
		{State: record.JobRunning}: {"job:003"},
		{State: record.JobCancelled, Kind: "sweep", Owned: true, Principal: "principal:a", Behalf: "principal:b"}: {"job:006"},
		{Kind: "other"}:                         nil,
		{Owned: true, Principal: "principal:a"}: nil,
	} {
		for limit := 1; limit < 5; limit++ {
			var ids []string
			for after := ""; ; {
				page, err := s.ListJobs(ctx, q, after, limit)
				require.NoError(t, err)
				if len(page) == 0 {
					break
				}
				for _, j := range page {
					ids, after = append(ids, j.ID), j.ID
				}
			}
			require.Equal(t, want, ids, "%+v", q)
		}
	}
	require.NoError(t, s.FreeJobs(ctx, "d"))
	require.Equal(t, []string{"job:003 queued 2"}, states(t, s, "job:003"))
	for want, before := range []time.Time{tuesday, tuesday.Add(time.Hour)} {
		n, err := s.PruneJobs(ctx, before, 10)
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
}
