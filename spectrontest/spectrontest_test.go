package spectrontest_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func TestClock(t *testing.T) {
	t.Parallel()
	c := spectrontest.NewClock()
	if !c.Now().Equal(spectrontest.Epoch) || !c.Now().Equal(c.Now()) {
		t.Errorf("a new clock stands at %v", c.Now())
	}
	if got := c.Advance(90 * time.Minute); !got.Equal(spectrontest.Epoch.Add(90*time.Minute)) || !c.Now().Equal(got) {
		t.Errorf("advanced to %v", got)
	}
	at := time.Date(2030, 5, 1, 0, 0, 0, 0, time.UTC)
	if c.Set(at); !c.Now().Equal(at) {
		t.Errorf("set to %v", c.Now())
	}
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() { c.Advance(time.Second) })
	}
	wg.Wait()
	if got := c.Now().Sub(at); got != 16*time.Second {
		t.Errorf("16 seconds came to %v", got)
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	var one, two []string
	a, b := spectrontest.IDs(), spectrontest.IDs()
	for range 1200 {
		one, two = append(one, a()), append(two, b())
	}
	if !slices.Equal(one, two) || !sort.StringsAreSorted(one) || len(slices.Compact(slices.Clone(one))) != len(one) {
		t.Errorf("%v", one)
	}
}

func cosine(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func TestEmbedder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	e := &spectrontest.Embedder{Synonyms: map[string]string{"automobile": "car"}}
	texts := []string{"The car is red.", "the CAR is red", "An automobile", "a car", "", "?!"}
	got, err := e.EmbedDocuments(ctx, texts)
	require.NoError(t, err)
	require.Len(t, got, len(texts))
	for i, v := range got {
		q, err := e.EmbedQuery(ctx, texts[i])
		require.NoError(t, err)
		if !slices.Equal(q, v) || len(v) != 64 {
			t.Errorf("%q: differs as a query, or has %d components", texts[i], len(v))
		}
		if norm := cosine(v, v); math.Abs(norm-1) > 1e-5 {
			t.Errorf("%q has length %v", texts[i], norm)
		}
	}
	if cosine(got[0], got[1]) < 0.999 || cosine(got[2], got[3]) < 0.4 {
		t.Errorf("%v %v", cosine(got[0], got[1]), cosine(got[2], got[3]))
	}
	if e.Calls() != 2*len(texts) {
		t.Errorf("%d calls", e.Calls())
	}
	small := &spectrontest.Embedder{Dimension: 8}
	if v, err := small.EmbedQuery(ctx, "x"); err != nil || len(v) != 8 {
		t.Errorf("%v %v", v, err)
	}
	failing := &spectrontest.Embedder{Err: errors.New("down")}
	if _, err := failing.EmbedDocuments(ctx, texts); !errors.Is(err, failing.Err) || failing.Calls() != 0 {
		t.Errorf("%v, %d calls", err, failing.Calls())
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := e.EmbedQuery(ended, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// Each store is empty, whatever other tests do, and closed with its test.
func TestOpen(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var closed *spectron.Context
	t.Run("one", func(t *testing.T) {
		closed = spectrontest.Context(t, nil)
		if closed.ID() != "test" || !closed.Info().CreatedAt.Equal(spectrontest.Epoch) {
			t.Errorf("%+v", closed.Info())
		}
		_, err := closed.Memory().Remember(ctx, spectron.RememberRequest{Text: "Alice works at Acme."})
		require.NoError(t, err)
	})
	if _, err := closed.Memory().Recall(ctx, spectron.RecallRequest{Query: "Alice"}); !errors.Is(err, spectron.ErrClosed) {
		t.Errorf("after the test: %v", err)
	}
	clock := spectrontest.NewClock()
	clock.Advance(time.Hour)
	c := spectrontest.Context(t, &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs()})
	r, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Alice"})
	require.NoError(t, err)
	if len(r.Hits) != 0 || !c.Info().CreatedAt.Equal(clock.Now()) {
		t.Errorf("%+v %+v", r.Hits, c.Info())
	}
	kept, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x"})
	require.NoError(t, err)
	same := spectrontest.Context(t, &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs()}).Memory()
	_, err = same.Recall(ctx, spectron.RecallRequest{Query: "Alice"}) // its trace has an id too
	require.NoError(t, err)
	again, err := same.Remember(ctx, spectron.RememberRequest{Text: "x"})
	require.NoError(t, err)
	if kept.TurnID != again.TurnID || kept.SessionID != again.SessionID {
		t.Errorf("%+v and %+v", kept, again)
	}
}
