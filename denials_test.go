package spectron_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// counted separates single events of attempts from events that sum up attempts.
func counted(events []spectron.Event) (single []spectron.Event, sums []spectron.Event) {
	for _, e := range events {
		switch {
		case e.Action != spectron.EventDenied:
		case e.Count > 0:
			sums = append(sums, e)
		default:
			single = append(single, e)
		}
	}
	return single, sums
}

// TestDenialsAreSummedUp checks that repeated denied attempts of a minute are recorded up to a limit and then counted: for each key, across
// Close, and while the Context is not in memory.
func TestDenialsAreSummedUp(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, clock := context.Background(), spectrontest.NewClock()
	path := filepath.Join(t.TempDir(), "denials.db")
	mgr, err := openWith(t, path, spectron.Options{Clock: clock.Now, MaxOpenContexts: 1})
	require.NoError(t, err)
	d := &desk{mgr, create(t, mgr, "acme", spectron.ContextSpec{}), clock}
	register(t, d.c, "org/acme")
	loud, quiet := d.badge(t, "loud", over("org/acme", spectron.MemoryRead)), d.badge(t, "quiet", over("org/acme", spectron.MemoryRead))
	deny := func(b badge, n int) {
		t.Helper()
		for range n {
			isError(t, second(b.Memory().Remember(ctx, spectron.RememberRequest{Text: "x"})), spectron.ErrForbidden, "Scopes")
		}
	}
	check := func(c *spectron.Context, singles, sums, count int) {
		t.Helper()
		single, sum := counted(eventsOf(t, c, ""))
		if len(single) != singles || len(sum) != sums || sums > 0 && sum[0].Count != count {
			t.Errorf("%d events and %+v, want %d and %d of the first", len(single), sum, singles, count)
		}
		for _, e := range sum {
			if e.PrincipalID != loud.who.ID || e.KeyID != loud.key.ID || e.ContextID != "acme" || e.Target != "" || len(e.Paths) > 0 {
				t.Errorf("%+v", e)
			}
		}
	}
	deny(loud, 100)
	deny(quiet, 3)
	check(d.c, 63, 1, 40)
	deny(loud, 5)
	check(d.c, 63, 1, 45) // the event of before, updated
	clock.Advance(time.Minute)
	deny(loud, 70)
	create(t, mgr, "other", spectron.ContextSpec{}) // evicts the first Context
	wrong := strings.Replace(loud.key.Secret, "sk-acme-", "sk-none-", 1)
	for range 80 {
		isError(t, second(mgr.Authenticate(ctx, wrong)), spectron.ErrUnauthenticated, "")
	}
	require.NoError(t, mgr.Close(ctx))

	mgr, err = openWith(t, path, spectron.Options{Clock: clock.Now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, mgr.Close(ctx)) })
	c, err := mgr.Context(ctx, "acme")
	require.NoError(t, err)
	check(c, 123, 2, 45)
	if _, sums := counted(eventsOf(t, c, "")); sums[len(sums)-1].Count != 10 {
		t.Errorf("what was counted before Close: %+v", sums)
	}
	single, sums := counted(controlEvents(t, mgr))
	if len(single) != 60 || len(sums) != 1 || sums[0].Count != 20 || sums[0].KeyID+sums[0].PrincipalID+sums[0].Target != "" {
		t.Errorf("%d secrets that were not accepted, and %+v", len(single), sums)
	}
}

// TestEventsNameNoHiddenSession checks that an event names a session only to a reader that may read it. A hidden, a forgotten and a missing
// session look the same.
func TestEventsNameNoHiddenSession(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t, spectron.ContextSpec{}), context.Background()
	hidden := remember(t, d.c, spectron.RememberRequest{Text: "x", Scopes: spectron.Scopes{{"org/beta"}}}).SessionID
	shown := remember(t, d.c, spectron.RememberRequest{Text: "y", Scopes: spectron.Scopes{{"org/acme"}}}).SessionID
	gone := remember(t, d.c, spectron.RememberRequest{Text: "z", Scopes: spectron.Scopes{{"org/acme"}}}).SessionID
	auditor := d.badge(t, "auditor", over("/*", spectron.GrantManage))
	reader := d.badge(t, "reader", spectron.Grants{spectron.GrantManage: {"/*"}, spectron.MemoryRead: {"org/acme"}})
	mk, err := d.mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	managed, err := d.mgr.AuthenticateManager(ctx, mk.Secret)
	require.NoError(t, err)
	console, err := managed.Context(ctx, "acme")
	require.NoError(t, err)
	for _, id := range []string{hidden, shown, gone, "session:none"} {
		isError(t, second(auditor.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", SessionID: id})), spectron.ErrForbidden, "SessionID")
	}
	isError(t, reader.Sessions().Delete(ctx, shown), spectron.ErrForbidden, "id")
	require.NoError(t, d.c.Sessions().Delete(ctx, gone))
	for name, tc := range map[string]struct {
		c    administered
		want []string
	}{
		"operator": {d.c, []string{hidden, shown, gone, "session:none", shown}},
		"auditor":  {auditor.Context, []string{"", "", "", "", ""}},
		"console":  {console, []string{"", "", "", "", ""}},
		"reader":   {reader.Context, []string{"", shown, "", "", shown}},
	} {
		var got []string
		for _, e := range eventsOf(t, tc.c, spectron.EventDenied) {
			got = append(got, e.Target)
		}
		if strings.Join(got, " ") != strings.Join(tc.want, " ") {
			t.Errorf("%s reads of %q, want %q", name, got, tc.want)
		}
	}
}

// TestDenialsOfADeletedContext checks that a process can be closed that has counted denied attempts on a Context which another process has
// deleted, and that they are in no new Context of the same name.
func TestDenialsOfADeletedContext(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	open := func() *spectron.Manager {
		mgr, err := spectron.Open(ctx, server.URL("ws"), &spectron.Options{Engine: spectrontest.Engine(t)})
		require.NoError(t, err)
		return mgr
	}
	owner := open()
	t.Cleanup(func() { require.NoError(t, owner.Close(ctx)) })
	for _, again := range []bool{false, true} {
		d := &desk{owner, create(t, owner, "acme", spectron.ContextSpec{}), spectrontest.NewClock()}
		register(t, d.c, "org/acme")
		key := d.badge(t, "reader", over("org/acme", spectron.MemoryRead)).key
		other := open()
		reader, err := other.Authenticate(ctx, key.Secret)
		require.NoError(t, err)
		for range 100 { // the last are only counted, until the process is closed
			isError(t, second(reader.Memory().Remember(ctx, spectron.RememberRequest{Text: "x"})), spectron.ErrForbidden, "Scopes")
		}
		require.NoError(t, owner.DeleteContext(ctx, "acme"))
		if !again {
			require.NoError(t, other.Close(ctx))
			continue
		}
		anew := create(t, owner, "acme", spectron.ContextSpec{})
		require.NoError(t, other.Close(ctx))
		single, sums := counted(eventsOf(t, anew, ""))
		require.Empty(t, single)
		require.Empty(t, sums)
	}
}
