package spectron

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// EvictAtOnce makes a store evict each Context between two calls, for tests that run on such a store.
func EvictAtOnce(m *Manager) {
	m.core.LimitOpen(-1)
}

// openLimited opens a store and closes it at the end of the test.
func openLimited(t *testing.T, url string, opts Options) *Manager {
	t.Helper()
	var err error
	opts.Engine, err = Compiled()
	require.NoError(t, err)
	opts.Workers = -1 // nothing asks for jobs meanwhile
	mgr, err := Open(context.Background(), url, &opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, mgr.Close(context.Background())) })
	return mgr
}

// inMemory returns the number of Contexts of a store in memory.
func inMemory(t *testing.T, m *Manager) int {
	t.Helper()
	h, err := m.Health(context.Background())
	require.NoError(t, err)
	return h.Contexts
}

func remember(t *testing.T, c *Context, text string) {
	t.Helper()
	_, err := c.Memory().Remember(context.Background(), RememberRequest{Text: text})
	require.NoError(t, err)
}

// found returns the texts that a question finds.
func found(t *testing.T, c *Context, query string) []string {
	t.Helper()
	out, err := c.Memory().Recall(context.Background(), RecallRequest{Query: query})
	require.NoError(t, err)
	var texts []string
	for _, h := range out.Hits {
		texts = append(texts, h.Text)
	}
	return texts
}

// TestThousandsOfContexts uses thousands of Contexts through their handles, with a hundredth of them in memory. None costs a goroutine, and
// opening the store reads none of them.
func TestThousandsOfContexts(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	n := testsize.Of(300)
	ctx := context.Background()
	url := "file://" + filepath.Join(t.TempDir(), "agent.db")
	opts := Options{MaxOpenContexts: max(n/100, 2), Durability: DurabilityRelaxed}
	var handles []*Context
	work := func(mgr *Manager, i int) {
		c := handles[i]
		if got := found(t, c, "Where does Tessa live?"); !slices.Contains(got, fmt.Sprintf("Tessa lives in Town %d.", i)) {
			t.Fatalf("Context %d: %v", i, got)
		}
		if open := inMemory(t, mgr); open > opts.MaxOpenContexts {
			t.Fatalf("%d Contexts in memory", open)
		}
	}
	mgr := openLimited(t, url, opts)
	for i := range n {
		c, err := mgr.CreateContext(ctx, fmt.Sprint("c-", i), ContextSpec{})
		require.NoError(t, err)
		remember(t, c, fmt.Sprintf("Tessa lives in Town %d.", i))
		handles = append(handles, c)
	}
	for i := range n {
		work(mgr, i)
	}
	require.NoError(t, mgr.Close(ctx))
	mgr = openLimited(t, url, opts)
	if open := inMemory(t, mgr); open != 0 {
		t.Errorf("%d Contexts in memory after Open", open)
	}
	for i := range handles {
		if i%10 != 0 {
			continue
		}
		c, err := mgr.Context(ctx, fmt.Sprint("c-", i))
		require.NoError(t, err)
		handles[i] = c
		work(mgr, i)
	}
}

// TestOpenDoesNotLookAtContexts checks that opening a store sends no request to the databases of current Contexts: the number of requests
// does not depend on their number.
func TestOpenDoesNotLookAtContexts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	var asked atomic.Int64
	server.SetFaults(func(string, string) rpcserver.Fault { asked.Add(1); return rpcserver.FaultNone })
	count := func() int64 {
		before := asked.Load()
		require.NoError(t, openLimited(t, server.URL("http"), Options{}).Close(ctx))
		return asked.Load() - before
	}
	mgr := openLimited(t, server.URL("http"), Options{})
	none := count()
	for i := range 5 {
		_, err := mgr.CreateContext(ctx, fmt.Sprint("c-", i), ContextSpec{})
		require.NoError(t, err)
	}
	if five := count(); five != none || none == 0 {
		t.Errorf("%d requests without Contexts, %d with five", none, five)
	}
}

// TestHandlesOutliveEviction has many goroutines use handles of more Contexts than may be in memory, while the engine traps. Nothing is
// lost, each reads its own writes, and nothing is left behind. It is not parallel, because it counts goroutines.
func TestHandlesOutliveEviction(t *testing.T) {
	ctx := context.Background()
	_, err := Compiled()
	require.NoError(t, err)
	before := runtime.NumGoroutine()
	mgr := openLimited(t, "file://"+filepath.Join(t.TempDir(), "agent.db"), Options{MaxOpenContexts: 2, Durability: DurabilityRelaxed})
	const contexts, writers, writes = 5, 8, 12
	var handles [contexts]*Context
	var books [contexts]ledger
	for i := range handles {
		handles[i], err = mgr.CreateContext(ctx, fmt.Sprint("c-", i), ContextSpec{})
		require.NoError(t, err)
	}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 1))
			for i := range writes {
				n := random.IntN(contexts)
				c, text := handles[n], fmt.Sprintf("note zq%dx%d", w, i)
				_, err := c.Memory().Remember(ctx, RememberRequest{Text: text, Infer: InferNone})
				books[n].note(text, err)
				if err != nil {
					if !errors.Is(err, ErrUnavailable) {
						t.Error(err)
					}
					continue
				}
				if random.IntN(8) == 0 {
					_, _ = mgr.core.Control.Query(ctx, `RETURN sleep(1ms)`, nil) // the module traps
				}
				out, err := c.Memory().Recall(ctx, RecallRequest{Query: text, Mode: ModeBM25})
				if err == nil && (len(out.Hits) == 0 || out.Hits[0].Text != text) {
					t.Errorf("%q was stored and is not found", text)
				}
				if err != nil && !errors.Is(err, ErrUnavailable) {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	require.Eventually(t, func() bool { return inMemory(t, mgr) <= 2 }, 10*time.Minute, time.Millisecond)
	stored := 0
	for i := range books {
		stored += len(books[i].stored)
		state, err := mgr.core.Pinned(ctx, fmt.Sprint("c-", i))
		require.NoError(t, err)
		books[i].check(t, &Context{contextHandle{state, mgr.caller}})
		state.Done()
	}
	if stored < writers*writes/2 {
		t.Errorf("only %d texts were stored", stored)
	}
	for i, c := range handles { // what a recall leaves to store pins its Context until it is stored
		require.Eventually(t, func() bool { return c.state.Calls() == 0 }, 10*time.Minute, time.Millisecond, "Context %d stays pinned", i)
	}
	require.NoError(t, mgr.Close(ctx))
	for end := time.Now().Add(10 * time.Minute); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// TestEvictionChangesNoAnswer checks that any sequence of calls has the same results on a store that keeps no Context in memory, on one
// that keeps one, and on one without a limit.
func TestEvictionChangesNoAnswer(t *testing.T) {
	t.Parallel()
	calls := testsize.Of(120)
	run := func(max int) []string {
		clock, ids := &manualClock{time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}, 0
		mgr := openLimited(t, "mem://", Options{
			Clock: func() time.Time { return clock.now },
			NewID: func() string { ids++; return fmt.Sprintf("%08d", ids) },
		})
		mgr.core.LimitOpen(max)
		return randomCalls(t, mgr, clock, calls)
	}
	want := run(0)
	if len(want) < calls/2 {
		t.Fatalf("only %d answers", len(want))
	}
	for _, max := range []int{1, -1} {
		got := run(max)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("limit %d, call %d:\n%s\nwithout a limit:\n%s", max, i, got[i], want[i])
			}
		}
	}
}

// randomCalls makes calls of all kinds on three Contexts and returns their results.
func randomCalls(t *testing.T, mgr *Manager, clock *manualClock, calls int) (answers []string) {
	t.Helper()
	ctx := context.Background()
	random := rand.New(rand.NewPCG(3, 9))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	say := func(result any, err error) {
		var e *Error
		if errors.As(err, &e) {
			err = e
		}
		shown, marshalErr := json.Marshal(result)
		require.NoError(t, marshalErr)
		answers = append(answers, fmt.Sprintf("%s %v", shown, err))
	}
	spec := ContextSpec{Config: Config{}}
	handles, keys, secrets := map[string]*Context{}, map[string]*Context{}, map[string]string{}
	sessions := map[string][]string{}
	for range calls {
		clock.now = clock.now.Add(time.Minute)
		id := pick("a", "b", "c")
		c := handles[id]
		if c == nil {
			var err error
			c, err = mgr.CreateContext(ctx, id, spec)
			require.NoError(t, err)
			handles[id] = c
			key, err := c.Keys().Create(ctx, KeySpec{Name: "app", Principal: Agent, ScopeFloor: "org/a"})
			require.NoError(t, err)
			// The secret is random.
			keys[id], err = mgr.Authenticate(ctx, key.Secret)
			require.NoError(t, err)
			secrets[id], sessions[id] = key.ID, nil
		}
		by := c
		if random.IntN(3) == 0 {
			by = keys[id]
		}
		session := ""
		if len(sessions[id]) > 0 && random.IntN(2) == 0 {
			session = sessions[id][random.IntN(len(sessions[id]))]
		}
		switch random.IntN(12) {
		case 0, 1, 2:
			req := RememberRequest{SessionID: session, Text: fmt.Sprintf("%s %s %s.", pick("Alice Smith", "Bob", "I"), pick("works at", "lives in", "likes"), pick("Acme", "Globex", "Berlin", "tea"))}
			if random.IntN(3) == 0 {
				req.Scopes = Scopes{{pick("org/a", "org/b")}}
			}
			out, err := by.Memory().Remember(ctx, req)
			if err == nil {
				sessions[id] = append(sessions[id], out.SessionID)
				say(*out, nil)
			} else {
				say(nil, err)
			}
		case 3, 4, 5:
			out, err := by.Memory().Recall(ctx, RecallRequest{Query: pick("Where does Bob work?", "Where do I live?", "tea", "Alice Berlin"), IncludeWeak: true})
			if err == nil {
				for _, h := range out.Hits {
					say(h, nil)
				}
			} else {
				say(nil, err)
			}
		case 6:
			out, err := by.Sessions().Turns(ctx, TurnQuery{SessionID: session})
			say(out, err)
		case 7:
			out, err := by.Sessions().Get(ctx, session)
			if out != nil {
				say(*out, err)
			} else {
				say(nil, err)
			}
		case 8:
			if random.IntN(2) == 0 {
				say(nil, by.Sessions().Delete(ctx, session))
			} else {
				out, err := by.Scopes().Forget(ctx, ScopeForgetRequest{Path: "org/b", DryRun: random.IntN(2) == 0})
				if out != nil {
					say(*out, err)
				} else {
					say(nil, err)
				}
			}
		case 9:
			who, err := by.Memory().WhoAmI(ctx)
			if who != nil {
				who.KeyID = "" // the id is random
				say(*who, err)
			} else {
				say(nil, err)
			}
			blocked := random.IntN(4) == 0
			_, err = mgr.PatchContext(ctx, id, ContextPatch{EnforcementBlocked: &blocked})
			say(c.Info().EnforcementBlocked, err)
		case 10:
			if random.IntN(4) == 0 {
				say(nil, c.Keys().Revoke(ctx, secrets[id]))
			}
		case 11:
			if random.IntN(4) == 0 {
				say(nil, mgr.DeleteContext(ctx, id))
				_, err := c.Memory().Recall(ctx, RecallRequest{Query: "tea"})
				say(nil, err)
				delete(handles, id)
			}
		}
	}
	return answers
}

// TestIdleContextsLeaveMemory checks that unused Contexts are evicted after the timeout, and loaded again by the next call.
func TestIdleContextsLeaveMemory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := openLimited(t, "mem://", Options{IdleContextTimeout: time.Millisecond})
	c, err := mgr.CreateContext(ctx, "a", ContextSpec{})
	require.NoError(t, err)
	for i := range 3 {
		remember(t, c, fmt.Sprintf("Ola lives in Town %d.", i))
		require.Eventually(t, func() bool { return inMemory(t, mgr) == 0 }, 10*time.Minute, time.Millisecond)
	}
	if got := found(t, c, "Where does Ola live?"); !strings.Contains(strings.Join(got, " "), "Town 2") {
		t.Errorf("%v", got)
	}
	// A Context in use stays, however long it is used.
	pinned, err := mgr.core.Pinned(ctx, "a")
	require.NoError(t, err)
	gone := mgr.core.Evict(ctx, func(*live.Context) bool { return true })
	if gone > 0 || !pinned.Loaded() {
		t.Error("a Context in use was taken out of memory")
	}
	pinned.Done()
}

// TestOthersChangeWhatIsEvicted lets another process write to an evicted Context, revoke a key, delete the Context, and create another with
// the same id.
func TestOthersChangeWhatIsEvicted(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	for _, scheme := range []string{"ws", "http"} {
		here, there := openLimited(t, server.URL(scheme), Options{}), openLimited(t, server.URL(scheme), Options{})
		EvictAtOnce(here)
		id := "c-" + scheme
		mine, err := here.CreateContext(ctx, id, ContextSpec{})
		require.NoError(t, err)
		theirs, err := there.Context(ctx, id)
		require.NoError(t, err)
		key, err := mine.Keys().Create(ctx, KeySpec{Name: "app", Principal: Agent, ScopeFloor: "org/a"})
		require.NoError(t, err)
		app, err := here.Authenticate(ctx, key.Secret)
		require.NoError(t, err)

		remember(t, theirs, "Rosa lives in Turin.")
		if got := found(t, mine, "Where does Rosa live?"); !slices.Contains(got, "Rosa lives in Turin.") {
			t.Errorf("%s: what another process wrote is not found: %v", scheme, got)
		}
		remember(t, mine, "Rosa works at Initech.")
		if got := found(t, theirs, "Where does Rosa work?"); !slices.Contains(got, "Rosa works at Initech.") {
			t.Errorf("%s: what was written after an eviction is not found elsewhere: %v", scheme, got)
		}
		require.NoError(t, theirs.Keys().Revoke(ctx, key.ID))
		if _, err := app.Memory().Recall(ctx, RecallRequest{Query: "Rosa"}); !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("%s: a key that was revoked elsewhere: %v", scheme, err)
		}
		require.NoError(t, there.DeleteContext(ctx, id))
		if _, err := there.CreateContext(ctx, id, ContextSpec{}); err != nil {
			t.Fatal(err)
		}
		if _, err := mine.Memory().Recall(ctx, RecallRequest{Query: "Rosa"}); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: the handle of a Context that was deleted elsewhere: %v", scheme, err)
		}
		again, err := here.Context(ctx, id)
		require.NoError(t, err)
		if got := found(t, again, "Where does Rosa live?"); len(got) > 0 {
			t.Errorf("%s: a new Context has %v", scheme, got)
		}
	}
}
