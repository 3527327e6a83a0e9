package spectron_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// jobDone waits for a job, and reads its result.
func jobDone(t *testing.T, c *spectron.Context, j *spectron.Job, err error, result any) *spectron.Job {
	t.Helper()
	require.NoError(t, err)
	require.False(t, j.State.Ended())
	var seen []spectron.JobState
	done, err := c.Jobs().Wait(t.Context(), j.ID, func(now spectron.Job) { seen = append(seen, now.State) })
	require.NoError(t, err)
	require.NoError(t, done.Err())
	require.Equal(t, spectron.JobDone, done.State)
	require.Equal(t, spectron.JobDone, seen[len(seen)-1])
	if result != nil {
		require.NoError(t, json.Unmarshal(done.Result, result))
	}
	return done
}

// TestLongCallsAsJobs compares the jobs with the calls in whose place they are.
func TestLongCallsAsJobs(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := spectrontest.Context(t, nil)
	count := func() int {
		page, err := c.Facts().List(ctx, spectron.FactQuery{Live: true})
		require.NoError(t, err)
		return len(page.Items)
	}
	say(t, c, spectron.Scopes{{"org/a"}}, "Alice likes tea.", "Bob likes jazz.")
	say(t, c, spectron.Scopes{{"org/b"}}, "Carl likes chess.")
	session := say(t, c, nil, "Dora likes rowing.")[0]
	require.Equal(t, 4, count())

	j, err := c.Memory().ForgetAsync(ctx, spectron.ForgetRequest{Query: "Alice likes tea", Purge: true})
	var gone spectron.Forgotten
	done := jobDone(t, c, j, err, &gone)
	require.Equal(t, "forget", done.Kind)
	require.Equal(t, 3, count())
	require.Greater(t, gone.Purged, 1)
	require.NotEmpty(t, gone.IDs)
	require.NotEmpty(t, gone.TraceID)

	j, err = c.Memory().ForgetAsync(ctx, spectron.ForgetRequest{Lens: spectron.Scopes{{"org/a"}}})
	jobDone(t, c, j, err, &gone)
	require.Equal(t, 2, count())
	require.NotZero(t, gone.Closed)

	j, err = c.Scopes().ForgetAsync(ctx, spectron.ScopeForgetRequest{Path: "org/b"})
	var erased spectron.ScopeForgotten
	jobDone(t, c, j, err, &erased)
	require.Equal(t, "org/b", erased.Path)
	require.NotZero(t, erased.Forgotten)
	require.Equal(t, 1, count())

	j, err = c.Sessions().DeleteAsync(ctx, session)
	jobDone(t, c, j, err, nil)
	_, err = c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: session})
	require.ErrorIs(t, err, spectron.ErrNotFound)

	// An entity of which nothing holds any more goes too, beside a fact.
	say(t, c, nil, "Eric likes tennis.", "Gina likes jazz.")
	require.NoError(t, c.Facts().Close(ctx, factWith(t, c, "tennis").ID, "said so"))
	eric := spectron.EntityRef{Type: "person", Name: "Eric"}
	known, err := c.Entities().Get(ctx, eric, spectron.PointInTime{})
	require.NoError(t, err)
	j, err = c.Memory().ForgetAsync(ctx, spectron.ForgetRequest{IDs: []string{known.Entity.ID, factWith(t, c, "jazz").ID}})
	jobDone(t, c, j, err, &gone)
	require.GreaterOrEqual(t, gone.Closed, 2)
	require.NotContains(t, gone.IDs, known.Entity.ID, "it has a name in it")
	_, err = c.Entities().Get(ctx, eric, spectron.PointInTime{})
	require.ErrorIs(t, err, spectron.ErrNotFound)
	require.Equal(t, 1, count(), "what was told in a deleted session stays")

	j, err = c.Lifecycle().Reindex(ctx)
	var anew spectron.Reembedded
	jobDone(t, c, j, err, &anew)

	// What the call in its place would refuse is refused at once.
	for _, refused := range []struct {
		err  error
		want *spectron.Error
	}{
		{second(c.Memory().ForgetAsync(ctx, spectron.ForgetRequest{IDs: []string{"attribute:none"}})), spectron.ErrNotFound},
		{second(c.Memory().ForgetAsync(ctx, spectron.ForgetRequest{})), spectron.ErrInvalid},
		{second(c.Memory().ForgetAsync(ctx, spectron.ForgetRequest{Query: "x", DryRun: true})), spectron.ErrInvalid},
		{second(c.Scopes().ForgetAsync(ctx, spectron.ScopeForgetRequest{Path: "a//b"})), spectron.ErrInvalid},
		{second(c.Scopes().ForgetAsync(ctx, spectron.ScopeForgetRequest{Path: "a", DryRun: true})), spectron.ErrInvalid},
		{second(c.Sessions().DeleteAsync(ctx, "session:none")), spectron.ErrNotFound},
		{second(c.Jobs().Get(ctx, "job:none")), spectron.ErrNotFound},
		{second(c.Jobs().Cancel(ctx, "")), spectron.ErrNotFound},
		{second(c.Jobs().Retry(ctx, j.ID)), spectron.ErrConflict},
		{second(c.Jobs().List(ctx, spectron.JobQuery{State: "odd"})), spectron.ErrInvalid},
		{second(c.Jobs().List(ctx, spectron.JobQuery{Cursor: "turn:1"})), spectron.ErrInvalid},
	} {
		require.ErrorIs(t, refused.err, refused.want)
	}
	var kinds []string
	for j, err := range c.Jobs().All(ctx, spectron.JobQuery{Limit: 2}) {
		require.NoError(t, err)
		kinds = append(kinds, j.Kind)
		require.NotContains(t, string(j.Result), "tea")
	}
	require.Equal(t, []string{"reindex", "forget", "delete_session", "forget_scope", "forget", "forget"}, kinds)
}

// TestJobsBelongToTheirCaller checks who sees a job, and that it has the permissions that its caller has when it runs.
func TestJobsBelongToTheirCaller(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := t.Context()
	url := "file://" + t.TempDir() + "/a.db"
	mgr, err := spectron.Open(ctx, url, &spectron.Options{Workers: -1}) // jobs are only stored
	require.NoError(t, err)
	c, err := mgr.CreateContext(ctx, "jobs", spectron.ContextSpec{})
	require.NoError(t, err)
	sessions := say(t, c, nil, "Alice likes tea.", "Bob likes tea.")
	callers := map[string]*spectron.Context{}
	keys := map[string]*spectron.Key{}
	for _, name := range []string{"ann", "ben"} {
		p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: name, Grants: spectron.Grants{spectron.MemoryRead: {"/*"}, spectron.MemoryForget: {"/*"}}})
		require.NoError(t, err)
		keys[name], err = c.Keys().Create(ctx, spectron.KeySpec{Name: name, PrincipalID: p.ID})
		require.NoError(t, err)
		callers[name], err = mgr.Authenticate(ctx, keys[name].Secret)
		require.NoError(t, err)
	}
	left := map[string]*spectron.Job{}
	for i, name := range []string{"ann", "ben"} {
		left[name], err = callers[name].Sessions().DeleteAsync(ctx, sessions[i])
		require.NoError(t, err)
		require.Equal(t, keys[name].ID, left[name].KeyID)
	}
	for name, h := range callers {
		page, err := h.Jobs().List(ctx, spectron.JobQuery{WithTotal: true})
		require.NoError(t, err)
		require.Len(t, page.Items, 1)
		require.Equal(t, 1, page.Total)
		require.Equal(t, left[name].ID, page.Items[0].ID)
		other := left[map[string]string{"ann": "ben", "ben": "ann"}[name]].ID
		for _, err := range []error{second(h.Jobs().Get(ctx, other)), second(h.Jobs().Cancel(ctx, other)), second(h.Jobs().Retry(ctx, other)), second(h.Jobs().Wait(ctx, other, nil))} {
			require.ErrorIs(t, err, spectron.ErrNotFound)
		}
		_, err = h.Lifecycle().Reindex(ctx)
		require.ErrorIs(t, err, spectron.ErrForbidden)
	}
	page, err := c.Jobs().List(ctx, spectron.JobQuery{State: spectron.JobQueued})
	require.NoError(t, err)
	require.Len(t, page.Items, 2)
	require.NoError(t, c.Keys().Revoke(ctx, keys["ben"].ID))
	require.NoError(t, mgr.Close(ctx))

	mgr, err = spectron.Open(ctx, url, nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err = mgr.Context(ctx, "jobs")
	require.NoError(t, err)
	done, err := c.Jobs().Wait(ctx, left["ann"].ID, nil)
	require.NoError(t, err)
	require.NoError(t, done.Err())
	refused, err := c.Jobs().Wait(ctx, left["ben"].ID, nil)
	require.NoError(t, err)
	require.ErrorIs(t, refused.Err(), spectron.ErrUnauthenticated)
	require.Equal(t, 1, refused.Attempts)
	require.WithinDuration(t, time.Now(), refused.FinishedAt, time.Hour)
	list, err := c.Sessions().List(ctx, spectron.SessionQuery{})
	require.NoError(t, err)
	require.Len(t, list.Items, 1)
}
