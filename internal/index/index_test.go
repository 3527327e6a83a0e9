package index_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

func TestPutGetDelete(t *testing.T) {
	t.Parallel()
	ix := index.New()
	e := index.Entry{
		ID: "attribute:1", Kind: record.KindAttribute, Text: "Alice lives in Berlin", Vector: []float32{3, 4},
		Scopes: record.ScopeSet{{"org/b", "org/a"}, {"org/a"}, {"org/a", "org/b", "org/a"}}, Labels: []string{"x"},
		Category: record.Identity, Session: "s", Source: record.FromTurn, Importance: 0.5,
		Known: record.Interval{From: day}, Valid: record.Interval{From: day}, Occurred: day,
	}
	require.NoError(t, ix.Put(e))
	got, ok := ix.Get(e.ID)
	require.True(t, ok)
	require.Equal(t, []float32{0.6, 0.8}, ix.Vector(e.ID))
	want := e
	want.Vector = nil
	want.Scopes = record.ScopeSet{{"org/a"}, {"org/a", "org/b"}}
	require.Equal(t, want, got)
	require.Equal(t, index.Stats{Entries: 1, Terms: 6, Postings: 6, Vectors: 1, Dimension: 2, ScopeSets: 1}, ix.Stats())

	e.Labels[0] = "changed by the caller"
	got, _ = ix.Get(e.ID)
	require.Equal(t, []string{"x"}, got.Labels)

	e.Known.Until = day.AddDate(0, 0, 1) // closed: not found now, found then
	require.NoError(t, ix.Put(e))
	require.Equal(t, 1, ix.Stats().Closed)
	for at, n := range map[time.Time]int{{}: 0, day: 1, day.AddDate(0, 0, 1): 0} {
		hits, err := ix.Search(index.Query{Text: "Berlin", Vector: []float32{1, 1}, Filter: index.Filter{AsOf: at}})
		require.NoError(t, err)
		require.Len(t, hits, n, "%v", at)
	}

	require.Equal(t, 1, ix.Delete(e.ID, e.ID, "no such id"))
	_, ok = ix.Get(e.ID)
	require.False(t, ok)
	require.Nil(t, ix.Vector(e.ID))
	require.Equal(t, index.Stats{}, ix.Stats())
	require.NoError(t, ix.Put(index.Entry{ID: "a", Vector: []float32{1, 2, 3}}), "the dimension is free again")
}

// Get gives back every field of an entry, whatever others it shares some of them with, also after a change in place.
func TestGetGivesBackWhatWasPut(t *testing.T) {
	t.Parallel()
	ix := index.New()
	sets := []record.ScopeSet{{{"/"}}, {{"org/a", "org/b"}, {"org/c"}}}
	want := map[string]index.Entry{}
	check := func() {
		t.Helper()
		for id, e := range want {
			got, ok := ix.Get(id)
			require.True(t, ok)
			require.Equal(t, e, got)
		}
		require.Equal(t, len(want), ix.Len())
	}
	put := func(e index.Entry) {
		require.NoError(t, ix.Put(e))
		want[e.ID] = e
	}
	times := []time.Time{{}, day.Add(123456789), time.Date(-4000, 1, 2, 3, 4, 5, 6, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)}
	for i := range 64 {
		put(index.Entry{
			ID: fmt.Sprint("memory_chunk:", i), Kind: record.KindMemoryChunk, Text: fmt.Sprint("What is said ", i), Scopes: sets[i%2],
			Category: record.Context, Session: fmt.Sprint("session:", i%3), Source: record.FromTurn, Known: record.Interval{From: times[i%4]},
			Occurred: times[i/4%4], Importance: float64(i%5) / 4, Turn: fmt.Sprint("turn:", i), Seq: i << 40, Start: i % 2 * 1000,
			Role: []record.Role{record.User, record.Assistant}[i%2], Speaker: []string{"", "Alice", "Bob"}[i%3], Asks: i%2 == 0, Asking: i%5 == 0, Gives: index.Answers(i % 8), Named: i%7 == 0,
		})
		put(index.Entry{
			ID: fmt.Sprint("attribute:", i), Kind: record.KindAttribute, Text: "Alice lives in Oslo", Scopes: sets[i%2], Category: record.Identity,
			Labels: []string{"x", "y"}[:1+i%2], Known: record.Interval{From: times[i%4], Until: times[i/4%4]}, Valid: record.Interval{From: day, Until: times[i%4]},
		})
	}
	check()
	for id, e := range want {
		e.Importance, e.Labels, e.Known.Until, e.Source = 0.25, []string{"z"}, day, record.FromReflect
		put(e)
		if len(id)%2 == 0 {
			ix.Delete(id)
			delete(want, id)
		}
	}
	check()
	for id, e := range want {
		e.Scopes, e.Speaker, e.Seq = sets[0], "Carol", e.Seq+1
		want[id] = e
		put(e)
	}
	check()
}

func TestPutRefuses(t *testing.T) {
	t.Parallel()
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	tests := []struct {
		name, field string
		entry       index.Entry
		reason      error
	}{
		{"no id", "ID", index.Entry{}, index.ErrInvalid},
		{"long id", "ID", index.Entry{ID: strings.Repeat("i", index.MaxIDBytes+1)}, index.ErrLimit},
		{"long text", "Text", index.Entry{ID: "x", Text: strings.Repeat("i", index.MaxTextBytes+1)}, index.ErrLimit},
		{"many labels", "Labels", index.Entry{ID: "x", Labels: make([]string, index.MaxLabels+1)}, index.ErrLimit},
		{"long label", "Labels", index.Entry{ID: "x", Labels: []string{strings.Repeat("l", index.MaxLabelBytes+1)}}, index.ErrLimit},
		{"many clauses", "Scopes", index.Entry{ID: "x", Scopes: make(record.ScopeSet, index.MaxScopeClauses+1)}, index.ErrLimit},
		{"many paths", "Scopes", index.Entry{ID: "x", Scopes: record.ScopeSet{make([]string, index.MaxScopePaths+1)}}, index.ErrLimit},
		{"importance", "Importance", index.Entry{ID: "x", Importance: 1.5}, index.ErrInvalid},
		{"dimension", "Vector", index.Entry{ID: "x", Vector: []float32{1, 2, 3}}, index.ErrDimension},
		{"long vector", "Vector", index.Entry{ID: "x", Vector: make([]float32, index.MaxDimension+1)}, index.ErrLimit},
		{"not a number", "Vector", index.Entry{ID: "x", Vector: []float32{1, nan}}, index.ErrInvalid},
		{"infinite", "Vector", index.Entry{ID: "x", Vector: []float32{inf, 0}}, index.ErrInvalid},
	}
	ix := index.New()
	require.NoError(t, ix.Put(index.Entry{ID: "there", Text: "tea", Vector: []float32{1, 0}}))
	before := ix.Stats()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := ix.Put(index.Entry{ID: "good", Text: "new"}, tt.entry)
			require.ErrorIs(t, err, tt.reason)
			var typed *index.Error
			require.True(t, errors.As(err, &typed))
			require.Equal(t, tt.field, typed.Field)
			require.Equal(t, "put", typed.Op)
			if ix.Stats() != before {
				t.Errorf("a refused call changed the index: %+v", ix.Stats())
			}
		})
	}
	require.NoError(t, ix.Put(index.Entry{ID: "zeros", Vector: []float32{0, 0}}))
	require.Equal(t, 1, ix.Stats().Vectors)
}

func TestSearchRefuses(t *testing.T) {
	t.Parallel()
	ix := index.New()
	hidden := record.ScopeSet{{"org/hidden"}}
	require.NoError(t, ix.Put(index.Entry{ID: "a", Text: "tea", Vector: []float32{1, 0}, Scopes: hidden}))
	v := []float32{1, 0}
	tests := []struct {
		name, field string
		query       index.Query
		reason      error
	}{
		{"nothing", "Text", index.Query{}, index.ErrInvalid},
		{"no text", "Text", index.Query{Vector: v, Mode: index.Lexical}, index.ErrInvalid},
		{"no vector", "Vector", index.Query{Text: "tea", Mode: index.Vector}, index.ErrInvalid},
		{"mode", "Mode", index.Query{Text: "tea", Mode: 3}, index.ErrInvalid},
		{"k", "K", index.Query{Text: "tea", K: index.MaxK + 1}, index.ErrLimit},
		{"negative k", "K", index.Query{Text: "tea", K: -1}, index.ErrLimit},
		{"pool", "Pool", index.Query{Text: "tea", Pool: index.MaxPool + 1}, index.ErrLimit},
		{"long text", "Text", index.Query{Text: strings.Repeat("t", index.MaxQueryBytes+1)}, index.ErrLimit},
		{"dimension", "Vector", index.Query{Vector: []float32{1}}, index.ErrDimension},
		{"weight", "Weights.Vectors", index.Query{Text: "tea", Vectors: math.NaN()}, index.ErrInvalid},
		{"negative weight", "Weights.Words", index.Query{Text: "tea", Words: -1}, index.ErrInvalid},
		{"infinite weight", "Weights.Words", index.Query{Text: "tea", Words: math.Inf(1)}, index.ErrInvalid},
		{"relevance", "MinRelevance", index.Query{Text: "tea", MinRelevance: 1.5}, index.ErrInvalid},
		{"no relevance", "MinRelevance", index.Query{Text: "tea", MinRelevance: math.NaN()}, index.ErrInvalid},
		{"vector", "Vector", index.Query{Text: "tea", Vector: []float32{float32(math.NaN()), 1}}, index.ErrInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ix.Search(tt.query)
			require.ErrorIs(t, err, tt.reason)
			var typed *index.Error
			require.True(t, errors.As(err, &typed))
			require.Equal(t, tt.field, typed.Field)
		})
	}
	// Who does not see the rows does not learn the length of their vectors either.
	q := index.Query{Vector: []float32{1}, Filter: index.Filter{Visible: func(record.ScopeSet) bool { return false }}}
	hits, err := ix.Search(q)
	require.NoError(t, err)
	require.Empty(t, hits)
	hits, err = ix.Search(index.Query{Text: "?!", Mode: index.Lexical})
	require.NoError(t, err)
	require.Empty(t, hits)
}

func TestVisibleIsAskedOncePerScopeSet(t *testing.T) {
	t.Parallel()
	ix := index.New()
	for i := range 300 {
		e := index.Entry{ID: fmt.Sprint(i), Text: "tea", Scopes: record.ScopeSet{{fmt.Sprint("org/", i%3)}, {"x"}}}
		if i%2 == 0 {
			e.Scopes[0], e.Scopes[1] = e.Scopes[1], e.Scopes[0]
			e.Known.Until = day
		}
		require.NoError(t, ix.Put(e))
	}
	asked := map[string]int{}
	_, err := ix.Search(index.Query{Text: "tea", Filter: index.Filter{AsOf: day.AddDate(0, 0, -1), Visible: func(s record.ScopeSet) bool {
		asked[fmt.Sprint(s)]++
		return true
	}}})
	require.NoError(t, err)
	require.Equal(t, map[string]int{"[[org/0] [x]]": 1, "[[org/1] [x]]": 1, "[[org/2] [x]]": 1}, asked)
}

// A caller with few visible rows among many better ones still gets k of them.
func TestFiltersRunBeforeRanking(t *testing.T) {
	t.Parallel()
	ix := index.New()
	var entries []index.Entry
	for i := range 3000 {
		e := index.Entry{ID: fmt.Sprintf("%04d", i), Text: "tea tea tea", Vector: []float32{1, 0}, Kind: record.KindChunk, Scopes: record.ScopeSet{{"org/big"}}}
		if i%250 == 0 {
			e = index.Entry{ID: e.ID, Text: fmt.Sprintf("tea and %d other things to drink", i), Vector: []float32{1, 5}, Kind: record.KindAttribute, Scopes: record.ScopeSet{{"org/small"}}}
		}
		entries = append(entries, e)
	}
	require.NoError(t, ix.Put(entries...))
	for name, f := range map[string]index.Filter{
		"scope": {Visible: func(s record.ScopeSet) bool { return s[0][0] == "org/small" }},
		"kind":  {Kinds: []record.Kind{record.KindAttribute}},
	} {
		hits, err := ix.Search(index.Query{Text: "tea", Vector: []float32{1, 0}, K: 10, Filter: f})
		require.NoError(t, err)
		require.Len(t, hits, 10, name)
	}
}

func TestImportanceAndRecencyBreakTies(t *testing.T) {
	t.Parallel()
	ix := index.New()
	require.NoError(t, ix.Put(
		index.Entry{ID: "a", Text: "green tea one", Occurred: day.AddDate(0, -6, 0), Importance: 0.1},
		index.Entry{ID: "b", Text: "green tea two", Occurred: day, Importance: 0.1},
		index.Entry{ID: "c", Text: "green tea six", Occurred: day.AddDate(0, -6, 0), Importance: 0.9},
		index.Entry{ID: "d", Text: "green green tea tea", Occurred: day.AddDate(-5, 0, 0)},
	))
	ids := func(now time.Time) (out []string) {
		hits, err := ix.Search(index.Query{Text: "green tea", Now: now, All: true})
		require.NoError(t, err)
		for _, h := range hits {
			out = append(out, h.ID)
			require.LessOrEqual(t, h.Score, 1.0)
		}
		return out
	}
	require.Equal(t, []string{"d", "b", "c", "a"}, ids(day))
	require.Equal(t, []string{"d", "c", "a", "b"}, ids(time.Time{}))
}

func TestSameAnswerWhateverTheOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(42)
	var entries []index.Entry
	for i := range 400 {
		entries = append(entries, w.entry(i))
	}
	a, b := index.New(), index.New()
	require.NoError(t, a.Put(entries...))
	for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(len(entries)) {
		require.NoError(t, b.Put(w.entry(i))) // replaced by the right one
		require.NoError(t, b.Put(entries[i]))
	}
	for range 60 {
		q := w.query()
		x, err := a.Search(q)
		require.NoError(t, err)
		y, err := b.Search(q)
		require.NoError(t, err)
		require.Equal(t, x, y)
	}
}

// Replacing the same rows over and over with new words, scopes and vectors leaves nothing behind.
func TestReplacingDoesNotGrow(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ix := index.New()
	round := func(n int) {
		var batch []index.Entry
		for i := range 300 {
			batch = append(batch, index.Entry{
				ID: fmt.Sprint(i), Text: fmt.Sprintf("common words and rare%dx%d", n, i),
				Vector: []float32{float32(n), float32(i), 1}, Scopes: record.ScopeSet{{fmt.Sprintf("org/%d/%d", n, i%10)}},
			})
		}
		require.NoError(t, ix.Put(batch...))
	}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	round(10)
	first, before := ix.Stats(), heap()
	for n := range 60 {
		round(11 + n)
	}
	after := heap()
	if got := ix.Stats(); got != first {
		t.Errorf("after replacing: %+v, at first %+v", got, first)
	}
	// 60 rounds that left something would hold dozens of times the 0.5 MB of one. The margin is for the
	// tests that run beside this one.
	if grown := int64(after) - int64(before); grown > 64<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	ids := make([]string, 300)
	for i := range ids {
		ids[i] = fmt.Sprint(i)
	}
	require.Equal(t, 300, ix.Delete(ids...))
	require.Equal(t, index.Stats{}, ix.Stats())
}

// Readers see a batch as a whole or not at all while a writer works.
func TestReadersBesideAWriter(t *testing.T) {
	t.Parallel()
	ix := &guarded{ix: index.New()}
	batch := func(n int) []index.Entry {
		out := make([]index.Entry, 20)
		for i := range out {
			out[i] = index.Entry{
				ID: fmt.Sprintf("row:%02d", i), Text: fmt.Sprintf("tea generation%d item%d", n, i), Session: fmt.Sprint(n),
				Vector: []float32{float32(n%7 + 1), 1, float32(i)}, Scopes: record.ScopeSet{{fmt.Sprint("org/", n%3)}},
			}
			if n%5 == 4 && i == 0 {
				out[i].Known.Until = day
			}
		}
		return out
	}
	require.NoError(t, ix.Put(batch(0)...))
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				hits, err := ix.Search(index.Query{Text: "tea", Vector: []float32{1, 1, 1}, K: 50, Mode: index.Hybrid})
				if err != nil {
					t.Error(err)
					return
				}
				n := len(hits)
				if n != 0 && n != 19 && n != 20 {
					t.Errorf("%d hits", n)
					return
				}
				for _, h := range hits {
					if h.Session != hits[0].Session || !strings.Contains(h.Text, "generation"+h.Session+" ") {
						t.Errorf("generations %s and %s in one answer", hits[0].Session, h.Session)
						return
					}
				}
				ix.Get("row:03")
				ix.Stats()
			}
		})
	}
	ids := make([]string, 20)
	for i := range ids {
		ids[i] = fmt.Sprintf("row:%02d", i)
	}
	for n := range 300 {
		if n%10 == 9 {
			ix.Delete(ids...)
		}
		require.NoError(t, ix.Put(batch(n)...))
	}
	close(done)
	wg.Wait()
}

// Enough vectors for several workers and slabs, with removals, against loops.
func TestParallelScanIsExact(t *testing.T) {
	t.Parallel()
	const dim = 400
	c := newCorpus(3)
	entries := c.entries(6000, dim, 3)
	for i := range entries {
		entries[i].Importance = 0 // which decides between what is nearly equal
	}
	ix := index.New()
	require.NoError(t, ix.Put(entries...))
	for i := 0; i < len(entries); i += 3 {
		ix.Delete(entries[i].ID)
	}
	for n := range 6 {
		q := c.vector(dim)
		var f index.Filter
		if n%2 == 1 {
			f.ExcludeSession = "session:5"
		}
		hits, err := ix.Search(index.Query{Vector: q, K: 50, Filter: f, All: true})
		require.NoError(t, err)
		type row struct {
			id     string
			cosine float64
		}
		var want []row
		for i, e := range entries {
			if i%3 > 0 && (n%2 == 0 || e.Session != f.ExcludeSession) {
				want = append(want, row{e.ID, refCosine(q, e.Vector)})
			}
		}
		slices.SortFunc(want, func(a, b row) int {
			if a.cosine > b.cosine {
				return -1
			}
			return 1
		})
		require.Len(t, hits, 50)
		for i, h := range hits {
			// Single precision may swap what differs by less than it resolves.
			if math.Abs(h.Cosine-want[i].cosine) > 1e-6 {
				t.Fatalf("hit %d: %s %v, want %+v", i, h.ID, h.Cosine, want[i])
			}
		}
	}
}

func TestLexicalEmbedder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	e, err := index.NewLexicalEmbedder(0)
	require.NoError(t, err)
	require.Equal(t, index.DefaultDimension, e.Dimension())
	embed := func(s string) []float32 {
		v, err := e.EmbedQuery(ctx, s)
		require.NoError(t, err)
		require.Len(t, v, index.DefaultDimension)
		return v
	}
	near := func(query, right, wrong string) {
		t.Helper()
		if a, b := refCosine(embed(query), embed(right)), refCosine(embed(query), embed(wrong)); a <= b {
			t.Errorf("%q: %v to %q, %v to %q", query, a, right, b, wrong)
		}
	}
	near("Where does Alice live?", "Alice lives in Berlin", "Bob was promoted to director")
	near("promotion of the directer", "Bob was promoted to director", "Alice lives in Berlin")
	near("Kubernets cluster", "The Kubernetes clusters run in Frankfurt", "The clerk muster is in Frankfurt")
	near("東京の会社", "田中さんは東京の会社で働いています", "猫が好きです")

	batch, err := e.EmbedDocuments(ctx, []string{"Alice lives in Berlin", "  ", "東京"})
	require.NoError(t, err)
	require.Equal(t, embed("Alice lives in Berlin"), batch[0])
	require.Equal(t, make([]float32, index.DefaultDimension), batch[1], "no word, no direction")
	require.InDelta(t, 1.0, float64(refCosine(batch[0], batch[0])), 1e-6)
	var sum float64
	for _, x := range batch[2] {
		sum += float64(x) * float64(x)
	}
	require.InDelta(t, 1.0, sum, 1e-5)

	// The same in every process: a value that hash/maphash could not give twice.
	small, err := index.NewLexicalEmbedder(4)
	require.NoError(t, err)
	fixed, err := small.EmbedQuery(ctx, "Alice lives in Berlin")
	require.NoError(t, err)
	require.InDeltaSlice(t, fixedVector, fixed, 1e-6)

	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = e.EmbedDocuments(ended, []string{"x"})
	require.ErrorIs(t, err, context.Canceled)
	_, err = e.EmbedQuery(ctx, strings.Repeat("x", index.MaxTextBytes+1))
	require.ErrorIs(t, err, index.ErrLimit)
	_, err = index.NewLexicalEmbedder(index.MaxDimension + 1)
	require.ErrorIs(t, err, index.ErrLimit)
	_, err = index.NewLexicalEmbedder(-1)
	require.ErrorIs(t, err, index.ErrLimit)

	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				v, err := e.EmbedDocuments(ctx, []string{"Alice lives in Berlin", "x", "y"})
				if err != nil || !slices.Equal(v[0], batch[0]) {
					t.Error("differs", err)
				}
			}
		})
	}
	wg.Wait()
}

var fixedVector = []float32{-0.2692085, -0.29858515, -0.6940902, -0.5971704}

// A speaker of whom no conversation is known is found by what is said.
func TestSpeakersWithoutASession(t *testing.T) {
	t.Parallel()
	ix := index.New()
	require.NoError(t, ix.Put(index.Entry{ID: "a", Kind: record.KindAttribute, Speaker: "Anna", Text: "the harbour is closed", Scopes: record.ScopeSet{{"/"}}}))
	require.NoError(t, ix.Put(index.Entry{ID: "b", Kind: record.KindChunk, Session: "s", Turn: "turn:b", Speaker: "Anna", Text: "the cellar is dry", Scopes: record.ScopeSet{{"/"}}}))
	found, err := ix.Search(index.Query{Text: "What did Anna say of the harbour?", K: 5, Mode: index.Lexical})
	require.NoError(t, err)
	hybrid, err := ix.Search(index.Query{Text: "What did Anna say of the harbour?", K: 5})
	require.NoError(t, err)
	if len(found) == 0 || found[0].ID != "a" || len(hybrid) == 0 || hybrid[0].ID != "a" {
		t.Errorf("found %+v and %+v", found, hybrid)
	}
}
