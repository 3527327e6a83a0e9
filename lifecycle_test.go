package spectron_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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

const oneDay = 24 * time.Hour

// aging is a store in a file, with a clock that a test moves.
type aging struct {
	*testing.T
	clock *spectrontest.Clock
	path  string
	mgr   *spectron.Manager
	*spectron.Context
}

func newAging(t *testing.T) *aging {
	a := &aging{T: t, clock: spectrontest.NewClock(), path: filepath.Join(t.TempDir(), "agent.db")}
	a.open()
	create(t, a.mgr, "test", spectron.ContextSpec{})
	a.reopen()
	t.Cleanup(func() { require.NoError(t, a.mgr.Close(context.Background())) })
	return a
}

func (a *aging) open() {
	a.T.Helper()
	var err error
	a.mgr, err = spectron.Open(context.Background(), a.path, &spectron.Options{Clock: a.clock.Now, Engine: spectrontest.Engine(a.T)})
	require.NoError(a, err)
}

func (a *aging) reopen() {
	a.T.Helper()
	ctx := context.Background()
	require.NoError(a, a.mgr.Close(ctx))
	a.open()
	var err error
	a.Context, err = a.mgr.Context(ctx, "test")
	require.NoError(a, err)
}

func (a *aging) configure(config spectron.Config) {
	a.T.Helper()
	_, err := a.mgr.PatchContext(context.Background(), "test", spectron.ContextPatch{Config: config})
	require.NoError(a, err)
}

// holds stores a fact of a category: that Mara has a value for a key.
func holds(t testing.TB, c *spectron.Context, category spectron.Category, scopes spectron.Scopes, key, value string) {
	t.Helper()
	remember(t, c, spectron.RememberRequest{
		Infer: spectron.InferTriples, Category: category, Scopes: scopes,
		Triples: []spectron.Triple{{Entity: spectron.EntityRef{Type: "person", Name: "Mara"}, Key: key, Value: value}},
	})
}

// factWith returns the newest fact with a value.
func factWith(t testing.TB, c *spectron.Context, value string) spectron.Fact {
	t.Helper()
	for f, err := range c.Facts().All(context.Background(), spectron.FactQuery{}) {
		require.NoError(t, err)
		if f.Value == value {
			return f
		}
	}
	t.Fatalf("no fact has the value %q", value)
	return spectron.Fact{}
}

func decay(t testing.TB, c *spectron.Context) int {
	t.Helper()
	out, err := c.Lifecycle().Decay(context.Background())
	require.NoError(t, err)
	return out.Affected
}

func expire(t testing.TB, c *spectron.Context) int {
	t.Helper()
	out, err := c.Lifecycle().Expire(context.Background())
	require.NoError(t, err)
	return out.Affected
}

func prune(t testing.TB, c *spectron.Context) spectron.Pruned {
	t.Helper()
	out, err := c.Lifecycle().Prune(context.Background())
	require.NoError(t, err)
	return *out
}

// TestDecay checks how fast importance fades, that it fades once a day, and that every way of reading a fact shows the same.
func TestDecay(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, a := context.Background(), newAging(t)
	holds(t, a.Context, spectron.CategoryIdentity, nil, "surname", "Lind")
	holds(t, a.Context, spectron.CategoryKnowledge, nil, "trade", "potter")
	holds(t, a.Context, spectron.CategoryContext, nil, "mood", "cheerful")
	holds(t, a.Context, spectron.CategoryContext, nil, "plan", "glazing")
	require.NoError(t, a.Facts().Pin(ctx, factWith(t, a.Context, "glazing").ID, true))
	is := func(value string, want float64) {
		t.Helper()
		f := factWith(t, a.Context, value)
		require.InDelta(t, want, f.Importance, 1e-12, value)
		got, err := a.Facts().Get(ctx, f.ID)
		require.NoError(t, err)
		require.Equal(t, f.Importance, got.Importance)
		inspected, err := a.Memory().Inspect(ctx, f.ID)
		require.NoError(t, err)
		require.Equal(t, f.Importance, inspected.Current.Importance)
		state, err := a.Memory().State(ctx)
		require.NoError(t, err)
		for _, c := range []spectron.CategoryState{state.Identity, state.Knowledge, state.Context} {
			for _, s := range c.Attributes {
				if s.ID == f.ID {
					require.Equal(t, f.Importance, s.Importance)
				}
			}
		}
	}
	all := func(knowledge, inContext float64) {
		t.Helper()
		is("Lind", 1)
		is("potter", 0.8*math.Pow(0.995, knowledge))
		is("cheerful", 0.5*math.Pow(0.95, inContext))
		is("glazing", 0.5)
	}
	require.Zero(t, decay(t, a.Context), "all of them are of today")
	a.clock.Advance(10 * oneDay)
	all(0, 0)
	require.Equal(t, 2, decay(t, a.Context))
	all(10, 10)
	require.Zero(t, decay(t, a.Context), "it is the same day")
	all(10, 10)
	a.reopen()
	all(10, 10)
	require.Zero(t, decay(t, a.Context))
	a.clock.Advance(time.Hour)
	require.Zero(t, decay(t, a.Context))
	a.clock.Advance(3 * oneDay)
	require.Equal(t, 2, decay(t, a.Context))
	all(13, 13)

	// A gain is of the faded importance, and fades with it.
	ask(t, a.Context, "What is Mara's trade?")
	all(13, 13)
	a.clock.Advance(oneDay)
	is("potter", 1.1*0.8*math.Pow(0.995, 13))
	decay(t, a.Context)
	is("potter", 1.1*0.8*math.Pow(0.995, 14))
	a.reopen()
	is("potter", 1.1*0.8*math.Pow(0.995, 14))

	// What is pinned keeps the importance that it has then, and fades on from the day of the unpinning.
	trade := factWith(t, a.Context, "potter").ID
	require.NoError(t, a.Facts().Pin(ctx, trade, true))
	a.clock.Advance(100 * oneDay)
	decay(t, a.Context)
	is("potter", 1.1*0.8*math.Pow(0.995, 14))
	require.NoError(t, a.Facts().Pin(ctx, trade, false))
	is("potter", 1.1*0.8*math.Pow(0.995, 14))
	a.clock.Advance(2 * oneDay)
	decay(t, a.Context)
	is("potter", 1.1*0.8*math.Pow(0.995, 16))

	// A corrected value has the importance of the wrong one.
	corrected, err := a.Facts().Correct(ctx, trade, "turner")
	require.NoError(t, err)
	require.InDelta(t, 1.1*0.8*math.Pow(0.995, 16), corrected.Importance, 1e-12)

	// A copy of the Context shows the same.
	var export bytes.Buffer
	require.NoError(t, a.mgr.ExportContext(ctx, "test", &export))
	copied, err := a.mgr.ImportContext(ctx, spectron.ImportRequest{ID: "copy", From: &export})
	require.NoError(t, err)
	for _, value := range []string{"Lind", "turner", "cheerful", "glazing"} {
		require.Equal(t, factWith(t, a.Context, value).Importance, factWith(t, copied.Context, value).Importance, value)
	}
	a.clock.Advance(5 * oneDay)
	require.Equal(t, 2, decay(t, copied.Context))
	require.InDelta(t, 1.1*0.8*math.Pow(0.995, 21), factWith(t, copied.Context, "turner").Importance, 1e-12)
}

// TestDecayInPasses checks that one decay after many days does what one on each day does, whatever is written between.
func TestDecayInPasses(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	clock := spectrontest.NewClock()
	mgr := spectrontest.Open(t, &spectron.Options{Clock: clock.Now})
	daily, rarely := create(t, mgr, "daily", spectron.ContextSpec{}), create(t, mgr, "rarely", spectron.ContextSpec{})
	both := []*spectron.Context{daily, rarely}
	categories := []spectron.Category{spectron.CategoryIdentity, spectron.CategoryKnowledge, spectron.CategoryContext}
	var values []string
	for range testsize.Of(100) {
		value, category := fmt.Sprint("zv", len(values)), categories[random.IntN(3)]
		if random.IntN(2) == 0 {
			for _, c := range both {
				holds(t, c, category, nil, fmt.Sprint("key", len(values)), value)
			}
			values = append(values, value)
		}
		if len(values) > 0 && random.IntN(3) == 0 {
			asked := values[random.IntN(len(values))]
			for _, c := range both {
				ask(t, c, "What is Mara's key"+strings.TrimPrefix(asked, "zv")+"?")
			}
		}
		clock.Advance(oneDay)
		decay(t, daily)
		if random.IntN(8) == 0 {
			decay(t, rarely)
			for _, v := range values {
				require.InEpsilon(t, factWith(t, daily, v).Importance, factWith(t, rarely, v).Importance, 1e-9, v)
			}
		}
	}
}

// TestExpire checks which facts expire, and what is left of them.
func TestExpire(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, a := context.Background(), newAging(t)
	for _, key := range []string{"mood", "plan", "project", "pinned"} {
		holds(t, a.Context, spectron.CategoryContext, nil, key, "value of "+key)
	}
	holds(t, a.Context, spectron.CategoryKnowledge, nil, "trade", "potter")
	require.NoError(t, a.Facts().Pin(ctx, factWith(t, a.Context, "value of pinned").ID, true))
	live := func(values ...string) {
		t.Helper()
		var got []string
		for f, err := range a.Facts().All(ctx, spectron.FactQuery{Live: true}) {
			require.NoError(t, err)
			got = append(got, f.Value)
		}
		slices.Sort(got)
		slices.Sort(values)
		require.Equal(t, values, got)
	}
	before := a.clock.Now()
	require.Zero(t, expire(t, a.Context))
	a.clock.Advance(5 * oneDay)
	holds(t, a.Context, spectron.CategoryContext, nil, "plan", "value of plan") // told again
	ask(t, a.Context, "What is Mara's project?")                                // found, which only memory knows
	a.clock.Advance(2*oneDay - time.Hour)
	require.Zero(t, expire(t, a.Context), "none is seven days old")
	a.clock.Advance(time.Hour)
	n := expire(t, a.Context)
	live("value of plan", "value of project", "value of pinned", "potter")
	require.Equal(t, 1, n)
	require.Zero(t, expire(t, a.Context))
	mood := factWith(t, a.Context, "value of mood")
	require.Equal(t, "expired", mood.Reason)
	require.Equal(t, a.clock.Now(), mood.RetiredAt)
	traces, err := a.Traces().List(ctx, spectron.TraceQuery{Kind: spectron.TraceDecision, Limit: 1})
	require.NoError(t, err)
	require.Equal(t, "expire", traces.Items[0].Operation)
	require.Equal(t, []string{mood.ID}, traces.Items[0].Closed)
	then, err := a.Facts().List(ctx, spectron.FactQuery{Key: "mood", Live: true, At: spectron.PointInTime{AsOf: before.Add(time.Hour)}})
	require.NoError(t, err)
	require.Len(t, then.Items, 1, "as of an earlier time it is live")
	a.reopen() // the question of two days ago is stored by now
	require.Zero(t, expire(t, a.Context))
	ask(t, a.Context, "What is Mara's project?")
	a.clock.Advance(5 * oneDay)
	require.Equal(t, 1, expire(t, a.Context))
	live("value of project", "value of pinned", "potter")
	require.NoError(t, a.Facts().Pin(ctx, factWith(t, a.Context, "value of pinned").ID, false))
	three := 3
	a.configure(spectron.Config{ContextExpiryDays: &three})
	require.Equal(t, 2, expire(t, a.Context))
	live("potter")
}

// TestImportantFactsExpireLater checks that a returned fact counts as such when its importance cannot grow any more.
func TestImportantFactsExpireLater(t *testing.T) {
	t.Parallel()
	a := newAging(t)
	holds(t, a.Context, spectron.CategoryContext, nil, "mood", "cheerful")
	for range 20 {
		a.clock.Advance(oneDay)
		ask(t, a.Context, "What is Mara's mood?")
		require.Zero(t, expire(t, a.Context))
	}
	require.Equal(t, 1.0, factWith(t, a.Context, "cheerful").Importance)
	a.reopen()
	a.clock.Advance(6 * oneDay)
	require.Zero(t, expire(t, a.Context))
	a.clock.Advance(oneDay)
	require.Equal(t, 1, expire(t, a.Context))
}

// TestPrune checks what the retention removes, and that it is in no byte of the file.
func TestPrune(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, a := context.Background(), newAging(t)
	zero := 0
	for field, config := range map[string]spectron.Config{
		"Config.RetentionDays": {RetentionDays: &zero}, "Config.ContextExpiryDays": {ContextExpiryDays: &zero},
		"Config.Events.RetentionDays": {Events: &spectron.EventsConfig{RetentionDays: &zero}},
	} {
		_, err := a.mgr.PatchContext(ctx, "test", spectron.ContextPatch{Config: config})
		isError(t, err, spectron.ErrInvalid, field)
	}
	old := tell(t, a.Context, "Mara Zolderlind works at Globex.")
	long := tell(t, a.Context, "The zolder has a blue door.").SessionID
	empty, err := a.Sessions().Create(ctx, spectron.SessionSpec{Metadata: map[string]any{"note": "zolder"}})
	require.NoError(t, err)
	remember(t, a.Context, spectron.RememberRequest{Text: "The zolder is told once.", IdempotencyKey: "zolder"})
	ask(t, a.Context, "Where is the zolder?")
	traces, err := a.Traces().List(ctx, spectron.TraceQuery{Kind: spectron.TraceRetrieval}) // stores them
	require.NoError(t, err)
	require.Len(t, traces.Items, 1)
	a.clock.Advance(40 * oneDay)
	remember(t, a.Context, spectron.RememberRequest{Text: "The cellar has a red door.", SessionID: long})
	ask(t, a.Context, "Where is the cellar?")
	fresh := tell(t, a.Context, "Tom Weber works at Initech.")
	out := prune(t, a.Context)
	require.Equal(t, spectron.Pruned{Writes: 1}, out, "without a retention all turns and traces are kept")
	for _, id := range []string{old.SessionID, long, empty.ID, fresh.SessionID} {
		_, err := a.Sessions().Get(ctx, id)
		require.NoError(t, err)
	}
	month := 30
	a.configure(spectron.Config{RetentionDays: &month})
	events, err := a.Events(ctx, spectron.EventQuery{WithTotal: true})
	require.NoError(t, err)
	out = prune(t, a.Context)
	require.Equal(t, spectron.Pruned{Turns: 3, Sessions: 3, Retrievals: 1, Decisions: 3}, out)
	after, err := a.Events(ctx, spectron.EventQuery{WithTotal: true})
	require.NoError(t, err)
	require.Greater(t, after.Total, events.Total, "events are kept, and the erasure is one")
	require.Equal(t, "retention", after.Items[0].Detail)
	check := func() {
		t.Helper()
		for _, id := range []string{old.SessionID, empty.ID} {
			_, err := a.Sessions().Get(ctx, id)
			require.ErrorIs(t, err, spectron.ErrNotFound)
		}
		require.Equal(t, []string{"The cellar has a red door."}, contentsOf(t, a.Context, long))
		f := factNamed(t, a.Context, "Mara Zolderlind works at Globex")
		got, err := a.Facts().Get(ctx, f.ID)
		require.NoError(t, err)
		require.Empty(t, got.Source.Quote)
		require.Empty(t, recall(t, a.Context, spectron.RecallRequest{Query: "zolder door", Mode: spectron.ModeBM25, Kinds: []spectron.Kind{spectron.KindMemoryChunk}}).Hits[1:])
		require.Equal(t, spectron.Pruned{}, prune(t, a.Context), "it was done")
	}
	check()
	b, err := os.ReadFile(a.path)
	require.NoError(t, err)
	for _, word := range []string{"blue door", "told once"} {
		require.Zero(t, bytes.Count(b, []byte(word)), word)
	}
	a.reopen()
	check()

	// Events have a setting of their own.
	a.configure(spectron.Config{Events: &spectron.EventsConfig{RetentionDays: &month}})
	require.Zero(t, prune(t, a.Context).Events, "all events are of today")
	a.clock.Advance(31 * oneDay)
	out = prune(t, a.Context)
	require.Positive(t, out.Events)
	require.Equal(t, 2, out.Turns)
	left, err := a.Events(ctx, spectron.EventQuery{WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, 1, left.Total, "what this pruning did")
}

func contentsOf(t *testing.T, c *spectron.Context, session string) (out []string) {
	t.Helper()
	for turn, err := range c.Sessions().AllTurns(context.Background(), spectron.TurnQuery{SessionID: session}) {
		require.NoError(t, err)
		out = append(out, turn.Content)
	}
	return out
}

// TestNothingAgesByItself checks that a store with old rows and every setting keeps all of them when it is opened and used.
func TestNothingAgesByItself(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, a := context.Background(), newAging(t)
	one := 1
	a.configure(spectron.Config{RetentionDays: &one, ContextExpiryDays: &one, Events: &spectron.EventsConfig{RetentionDays: &one}})
	holds(t, a.Context, spectron.CategoryContext, nil, "mood", "cheerful")
	said := tell(t, a.Context, "The zolder has a blue door.")
	register(t, a.Context, "org/acme")
	a.clock.Advance(1000 * oneDay)
	a.reopen()
	tell(t, a.Context, "The kettle is broken.")
	a.reopen()
	f := factWith(t, a.Context, "cheerful")
	require.True(t, f.RetiredAt.IsZero())
	require.Equal(t, 0.5, f.Importance)
	require.Len(t, contentsOf(t, a.Context, said.SessionID), 1)
	events, err := a.Events(ctx, spectron.EventQuery{})
	require.NoError(t, err)
	require.NotEmpty(t, events.Items)
	traces, err := a.Traces().List(ctx, spectron.TraceQuery{Kind: spectron.TraceDecision})
	require.NoError(t, err)
	require.Len(t, traces.Items, 3)
}

// TestLifecycleLeaksNothing compares what callers learn in worlds with and without hidden facts, and whom it refuses.
func TestLifecycleLeaksNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	shown := spectron.Scopes{{"org/a"}}
	hidden := []spectron.Scopes{{{"org/a/private"}}, {{"/"}}, {{"org/a", "org/b"}}, {{"org/b"}}}
	for name, granted := range map[string]spectron.Grants{
		"everything":   {spectron.MemoryRead: {"org/a"}, spectron.MemoryWrite: {"/*"}},
		"its own":      {spectron.MemoryRead: {"org/a"}, spectron.MemoryWrite: {"org/a"}},
		"reads more":   {spectron.MemoryRead: {"org/a", "org/c"}, spectron.MemoryWrite: {"org/a"}},
		"writes there": {spectron.MemoryRead: {"org/a"}, spectron.MemoryWrite: {"org/a", "org/b"}},
		"writes none":  {spectron.MemoryRead: {"/*"}},
	} {
		results := make([][]string, 2)
		for world := range results {
			clock := spectrontest.NewClock()
			m := spectrontest.Open(t, &spectron.Options{Clock: clock.Now})
			c := create(t, m, "lifecycle", spectron.ContextSpec{})
			register(t, c, "org/a/private", "org/b", "org/c")
			if world == 1 {
				for i, set := range hidden {
					holds(t, c, spectron.CategoryContext, set, "mood", "cheerful")
					holds(t, c, spectron.CategoryKnowledge, set, fmt.Sprint("trade", i), "potter")
				}
			}
			holds(t, c, spectron.CategoryContext, shown, "mood", "cheerful")
			holds(t, c, spectron.CategoryContext, shown, "plan", "glazing")
			holds(t, c, spectron.CategoryKnowledge, shown, "trade", "potter")
			p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "caller", Grants: granted})
			require.NoError(t, err)
			k, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "caller", PrincipalID: p.ID})
			require.NoError(t, err)
			h, err := m.Authenticate(ctx, k.Secret)
			require.NoError(t, err)
			add := func(what string, n any, err error) {
				results[world] = append(results[world], fmt.Sprint(what, " ", n, " ", err))
			}
			facts := func() {
				for f, err := range h.Facts().All(ctx, spectron.FactQuery{Lens: shown}) {
					if err == nil && slices.EqualFunc(f.Scopes, shown, slices.Equal) {
						add(f.Value, f.Importance, err)
						add(f.Reason, f.RetiredAt, err)
					}
				}
			}
			for range 3 {
				clock.Advance(4 * oneDay)
				faded, err := h.Lifecycle().Decay(ctx)
				add("faded", faded, err)
				facts()
				ended, err := h.Lifecycle().Expire(ctx)
				add("ended", ended, err)
				facts()
				_, err = h.Lifecycle().Prune(ctx)
				require.ErrorIs(t, err, spectron.ErrForbidden)
			}
			if world == 1 {
				for f, err := range c.Facts().All(ctx, spectron.FactQuery{Closed: true}) {
					require.NoError(t, err)
					may := name != "writes there" || !slices.EqualFunc(f.Scopes, shown, slices.Equal)
					if may {
						require.Equal(t, shown, f.Scopes, name)
					}
				}
			}
		}
		require.Equal(t, results[0], results[1], name)
		all := strings.Join(results[0], "\n")
		require.Equal(t, name == "everything", strings.Contains(all, "faded &{3}"), all)
		require.Equal(t, name != "writes none", strings.Contains(all, "ended &{2}"), all)
	}
}

// TestLifecycleIsRefused checks who may not call the methods of Lifecycle.
func TestLifecycleIsRefused(t *testing.T) {
	t.Parallel()
	ctx, m := context.Background(), spectrontest.Open(t)
	c := create(t, m, "test", spectron.ContextSpec{})
	tell(t, c, "The kettle is broken.")
	secret, err := m.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	admin, err := m.AuthenticateManager(ctx, secret.Secret)
	require.NoError(t, err)
	managed, err := admin.Context(ctx, "test")
	require.NoError(t, err)
	done, err := managed.Lifecycle().Prune(ctx)
	require.NoError(t, err)
	require.Equal(t, &spectron.Pruned{}, done)
	p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "strict", Grants: spectron.Grants{spectron.MemoryRead: {"/*"}, spectron.MemoryWrite: {"/*"}}})
	require.NoError(t, err)
	k, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "strict", PrincipalID: p.ID, Strict: true})
	require.NoError(t, err)
	h, err := m.Authenticate(ctx, k.Secret)
	require.NoError(t, err)
	_, err = h.Lifecycle().Decay(ctx)
	require.ErrorIs(t, err, spectron.ErrForbidden)
	_, err = h.Lifecycle().Expire(ctx)
	require.ErrorIs(t, err, spectron.ErrForbidden)
	ended, stop := context.WithCancel(ctx)
	stop()
	_, err = c.Lifecycle().Prune(ended)
	require.ErrorIs(t, err, context.Canceled)
}

// TestOtherProcessesAge checks that all processes on a server show the same importance, and that what one of them has found does not expire
// in another.
func TestOtherProcessesAge(t *testing.T) {
	t.Parallel()
	ctx, clock := context.Background(), spectrontest.NewClock()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	var both [2]*spectron.Context
	for i := range both {
		m, err := spectron.Open(ctx, server.URL("ws"), &spectron.Options{Clock: clock.Now})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, m.Close(ctx)) })
		if i == 0 {
			both[0] = create(t, m, "test", spectron.ContextSpec{})
		} else {
			both[1], err = m.Context(ctx, "test")
			require.NoError(t, err)
		}
	}
	holds(t, both[0], spectron.CategoryContext, nil, "mood", "cheerful")
	holds(t, both[0], spectron.CategoryContext, nil, "plan", "glazing")
	require.Equal(t, 0.5, factWith(t, both[1], "cheerful").Importance)
	clock.Advance(6 * oneDay)
	require.Equal(t, 2, decay(t, both[0]))
	for _, c := range both {
		require.InDelta(t, 0.5*math.Pow(0.95, 6), factWith(t, c, "cheerful").Importance, 1e-12)
		require.Zero(t, decay(t, c))
	}
	ask(t, both[1], "What is Mara's mood?")
	clock.Advance(2 * oneDay)
	require.Eventually(t, func() bool { // it is stored in the background
		traces, err := both[0].Traces().List(ctx, spectron.TraceQuery{Kind: spectron.TraceRetrieval})
		require.NoError(t, err)
		return len(traces.Items) > 0
	}, 10*time.Minute, 10*time.Millisecond)
	require.Equal(t, 1, expire(t, both[0]))
	for _, c := range both {
		require.True(t, factWith(t, c, "cheerful").RetiredAt.IsZero())
		require.Equal(t, "expired", factWith(t, c, "glazing").Reason)
		require.Zero(t, expire(t, c))
	}
}
