package spectron

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// setClock is a clock that a test sets.
type setClock struct{ now time.Time }

func newSetClock() *setClock { return &setClock{time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)} }

func (c *setClock) days(n int) { c.now = c.now.AddDate(0, 0, n) }

// inContext stores n facts of CategoryContext.
func inContext(t *testing.T, c *Context, n int) {
	t.Helper()
	req := RememberRequest{Infer: InferTriples, Category: CategoryContext}
	for i := range n {
		req.Triples = append(req.Triples, Triple{Entity: alice, Key: fmt.Sprint("trait ", i), Value: fmt.Sprint("value ", i)})
	}
	_, err := c.Memory().Remember(context.Background(), req)
	require.NoError(t, err)
}

func liveFacts(t *testing.T, c *Context) (n int) {
	t.Helper()
	for _, err := range c.Facts().All(context.Background(), FactQuery{Live: true}) {
		require.NoError(t, err)
		n++
	}
	return n
}

// TestExpiryEndsConclusions checks that a conclusion is closed with an expired fact on which it rests, and does not count.
func TestExpiryEndsConclusions(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	clock := newSetClock()
	c := openIn(t, "mem://", &Options{Clock: func() time.Time { return clock.now }})
	defer func() { require.NoError(t, c.manager().Close(context.Background())) }()
	out, err := c.Memory().Remember(context.Background(), RememberRequest{Infer: InferTriples, Category: CategoryContext, Triples: []Triple{
		{Entity: alice, Key: "works_at", Target: globex},
	}})
	require.NoError(t, err)
	evidence := append(told(t, c, nil, Triple{Entity: globex, Key: "located_in", Target: oslo}), out.Extraction.Relations[0].ID)
	done, err := derive(c, record.FromReflect, false, worksIn(root, evidence...))
	require.NoError(t, err)
	require.NotNil(t, done[0].Fact, done[0].Reason)
	clock.days(8)
	expired, err := c.Lifecycle().Expire(context.Background())
	require.NoError(t, err)
	require.Equal(t, 1, expired.Affected)
	require.Equal(t, record.Unfounded, fact(t, c, done[0].Fact.ID).Reason)
}

// TestExpireGoesOn lets the database fail in the middle of an expiry: what was closed stays closed, and the next call closes the rest, also in
// another process. Each page is told.
func TestExpireGoesOn(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	url, clock := "file://"+filepath.Join(t.TempDir(), "agent.db"), newSetClock()
	open := func() *Context { return openIn(t, url, &Options{Clock: func() time.Time { return clock.now }}) }
	c := open()
	const n = 230
	inContext(t, c, n)
	clock.days(8)
	broken := errors.New("the disk is on fire")
	pages, most := 0, 0
	tap(c, func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if strings.Contains(sql, "$closings") {
			if pages++; pages > 2 {
				return nil, broken
			}
		}
		return run()
	})
	var told []int
	pass := func(c *Context) (int, error) {
		return callMemory(ctx, &c.contextHandle, "expire", func(ctx context.Context, by *gate.Call) (int, error) {
			return ingest.Expire(live.WithProgress(ctx, func(_ string, done, of int64) {
				told = append(told, int(done))
				most = max(most, int(of))
			}), by)
		})
	}
	_, err := pass(c)
	require.ErrorIs(t, err, broken)
	first := n - liveFacts(t, c)
	require.Positive(t, first)
	require.LessOrEqual(t, first, 200, "at most 100 in a transaction")
	require.Len(t, told, 2)
	require.Equal(t, n, most)
	require.NoError(t, c.manager().Close(ctx))
	c = open()
	require.Equal(t, n-first, liveFacts(t, c))
	rest, err := pass(c)
	require.NoError(t, err)
	require.Equal(t, n-first, rest)
	require.Zero(t, liveFacts(t, c))
	require.NoError(t, c.manager().Close(ctx))
}

// TestExpireStops checks that an expiry ends between two pages when its context does.
func TestExpireStops(t *testing.T) {
	t.Parallel()
	clock := newSetClock()
	c := openIn(t, "mem://", &Options{Clock: func() time.Time { return clock.now }})
	defer func() { require.NoError(t, c.manager().Close(context.Background())) }()
	const n = 230
	inContext(t, c, n)
	clock.days(8)
	ctx, stop := context.WithCancel(context.Background())
	_, err := callMemory(ctx, &c.contextHandle, "expire", func(ctx context.Context, by *gate.Call) (int, error) {
		return ingest.Expire(live.WithProgress(ctx, func(string, int64, int64) { stop() }), by)
	})
	require.ErrorIs(t, err, context.Canceled)
	left := liveFacts(t, c)
	require.Less(t, left, n)
	require.Positive(t, left)
	out, err := c.Lifecycle().Expire(context.Background())
	require.NoError(t, err)
	require.Equal(t, left, out.Affected)
}

// TestPruneGoesOn lets the database fail before each statement of a pruning that deletes: nothing is half there, the next pruning or opening
// completes it, and then no byte of it is left.
func TestPruneGoesOn(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	broken := errors.New("the disk is on fire")
	for fails := 0; ; fails++ {
		path, clock := filepath.Join(t.TempDir(), "agent.db"), newSetClock()
		open := func() *Context {
			return openIn(t, "file://"+path, &Options{Clock: func() time.Time { return clock.now }})
		}
		c := open()
		month := 30
		_, err := c.manager().PatchContext(ctx, "test", ContextPatch{Config: Config{RetentionDays: &month}})
		require.NoError(t, err)
		session := toErase(t, c)
		clock.days(31)
		statements := fails
		c.failing(func() error {
			if statements--; statements < 0 {
				return broken
			}
			return nil
		})
		_, err = c.Lifecycle().Prune(ctx)
		failed := err != nil
		if failed {
			require.ErrorIs(t, err, broken)
		}
		statements = 1 << 30
		if fails%2 == 0 {
			require.NoError(t, c.manager().Close(ctx))
			c = open()
		}
		_, err = c.Lifecycle().Prune(ctx)
		require.NoError(t, err)
		_, err = c.Sessions().Get(ctx, session)
		require.ErrorIs(t, err, ErrNotFound)
		found, err := c.Memory().Recall(ctx, RecallRequest{Query: "zgone zkept", Mode: ModeBM25, Kinds: []Kind{KindMemoryChunk}})
		require.NoError(t, err)
		require.Empty(t, found.Hits)
		require.NoError(t, c.manager().Close(ctx))
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Zero(t, bytes.Count(b, []byte("zgone")), "after %d statements", fails)
		if !failed {
			require.GreaterOrEqual(t, fails, 4)
			return
		}
	}
}
