package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

func TestTracesOfQuestionsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	ctx, d := t.Context(), newDatabase(t, store.SingleWriter)
	asked := record.Retrieval{
		ID: "retrieval_trace:1", At: monday, Text: "who?", Mode: "bm25", Session: "session:a", Lens: record.ScopeSet{{"org/acme"}}, Tier: "hybrid", Reason: "searched",
		Latency: time.Millisecond, Confident: true, Candidates: 7, Principal: "principal:a", Behalf: "principal:b", Key: "api_key:c", Region: []string{"org/*"},
		Hits: []record.Returned{
			{ID: "memory_chunk:1", Score: 0.5, Relevance: 0.25, Signals: record.Signals{Words: 1, Neighbours: 2, Speaker: 3, Dates: 4, Questions: -5, Verbosity: 6, Facts: 7, Vectors: 8, Prior: 9}},
			{ID: "attribute:1", Score: 1},
		},
	}
	answered := record.Response{
		ID: "response_trace:1", At: monday.Add(time.Second), Source: record.ResponseChat, Session: "session:a", Message: "who?", Text: "she", Latency: time.Second, Cached: true,
		ReusedFrom: "response_trace:0", Retrievals: []string{asked.ID}, Cited: []string{"attribute:1"}, Given: []string{"memory_chunk:1"}, Model: "m/n",
		Principal: "principal:a", Behalf: "principal:b", Key: "api_key:c", Region: []string{"org/*"},
	}
	require.NoError(t, d.AddTraces(ctx, []record.Retrieval{asked}, []record.Response{answered}))
	questions, err := d.Retrievals(ctx, []string{asked.ID, "retrieval_trace:none"})
	require.NoError(t, err)
	require.Equal(t, []record.Retrieval{asked}, questions)
	answers, err := d.Responses(ctx, []string{answered.ID})
	require.NoError(t, err)
	require.Equal(t, []record.Response{answered}, answers)
	all, err := d.Noted(ctx)
	require.NoError(t, err)
	require.Equal(t, []record.Noted{answered.Noted(), asked.Noted()}, all)
	missing, err := d.Missing(ctx, []string{"memory_chunk:1", "entity:a", "turn:1"})
	require.NoError(t, err)
	require.Equal(t, []string{"memory_chunk:1", "turn:1"}, missing)
	require.NoError(t, d.EraseTraces(ctx, []string{asked.ID, answered.ID}))
	all, err = d.Noted(ctx)
	require.NoError(t, err)
	require.Empty(t, all)
}

func TestTracesAreTrimmed(t *testing.T) {
	t.Parallel()
	ctx, d := t.Context(), newDatabase(t, store.SingleWriter)
	ids := func() (out []string) {
		all, err := d.Noted(ctx)
		require.NoError(t, err)
		for _, n := range all {
			out = append(out, n.ID[len("retrieval_trace:"):])
		}
		return out
	}
	for batch := range 4 {
		var list []record.Retrieval
		for i := range 3 {
			list = append(list, record.Retrieval{ID: fmt.Sprintf("retrieval_trace:%02d", batch*3+i), At: monday.Add(time.Duration(batch*3+i) * time.Hour)})
		}
		require.NoError(t, d.AddTraces(ctx, list, nil))
	}
	gone, err := d.TrimTraces(ctx, time.Time{}, 8, 3)
	require.NoError(t, err)
	require.Equal(t, []string{"retrieval_trace:00", "retrieval_trace:01", "retrieval_trace:02"}, gone, "a small step")
	_, err = d.TrimTraces(ctx, time.Time{}, 8, 3)
	require.NoError(t, err)
	require.Equal(t, []string{"11", "10", "09", "08", "07", "06", "05", "04"}, ids())
	_, err = d.TrimTraces(ctx, monday.Add(10*time.Hour), 8, 100)
	require.NoError(t, err)
	require.Equal(t, []string{"11", "10"}, ids())
	gone, err = d.TrimTraces(ctx, time.Time{}, 8, 100)
	require.NoError(t, err)
	require.Empty(t, gone)
}

// TestGone checks which traces an erasure concerns.
func TestGone(t *testing.T) {
	t.Parallel()
	n := record.Noted{Session: "session:a", Touched: []string{"attribute:1", "memory_chunk:2"}, Lens: record.ScopeSet{{"org/x", "org/acme/ann"}}, Region: []string{"org/beta/*", "team/a"}}
	for want, list := range map[bool][]store.Gone{
		true: {
			{Rows: []string{"memory_chunk:0", "memory_chunk:2"}}, {Session: "session:a"}, {Path: "org/acme"}, {Path: "org/acme/ann"}, {Path: "org"}, {Path: "/"}, {Path: "org/beta"}, {Path: "team"},
		},
		false: {{}, {Rows: []string{"attribute:2"}}, {Session: "session:b"}, {Path: "org/acme/ann/x"}, {Path: "org/ac"}, {Path: "org/beta/ann"}, {Path: "team/a/b"}, {Path: "team/b"}},
	} {
		for _, gone := range list {
			require.Equal(t, want, gone.Of()(n), "%+v", gone)
		}
	}
	require.False(t, store.Gone{}.Of()(record.Noted{}))
}

// TestInterruptedErasuresTakeTheTraces checks that the completion of an interrupted erasure erases the traces too.
func TestInterruptedErasuresTakeTheTraces(t *testing.T) {
	t.Parallel()
	ctx, d := t.Context(), newDatabase(t, store.SharedWriters)
	d.write(placed("a", "word", set(t, []string{"org/acme"})))
	d.write(placed("b", "word", set(t, []string{"org/beta"})))
	touching := func(id, chunk string, region ...string) record.Retrieval {
		return record.Retrieval{ID: "retrieval_trace:" + id, At: monday, Hits: []record.Returned{{ID: chunk}}, Region: region}
	}
	chunks := collect(t, d.Chunks(ctx))
	require.Len(t, chunks, 2)
	a, b := chunks[0], chunks[1]
	if a.Session != "session:a" {
		a, b = b, a
	}
	require.NoError(t, d.AddTraces(ctx, []record.Retrieval{touching("1", a.ID), touching("2", b.ID), touching("3", b.ID, "org/beta/*"), touching("4", b.ID, "org/*")},
		[]record.Response{{ID: "response_trace:1", Cited: []string{a.ID}}}))
	ids := func() (out []string) {
		all, err := d.Noted(ctx)
		require.NoError(t, err)
		for _, n := range all {
			out = append(out, n.ID)
		}
		return out
	}
	gone := store.Erasure{Session: a.Session}
	_, err := d.DropSession(ctx, gone, nil, d.at)
	require.NoError(t, err)
	require.NoError(t, d.Finish(ctx, gone))
	require.ElementsMatch(t, []string{"retrieval_trace:2", "retrieval_trace:3", "retrieval_trace:4"}, ids())
	require.NoError(t, d.Finish(ctx, store.Erasure{Path: "org/beta/ann", Within: []string{"/*"}}))
	require.Len(t, ids(), 3)
	require.NoError(t, d.Finish(ctx, store.Erasure{Path: "org/beta", Within: []string{"/*"}}))
	require.Empty(t, ids())
}
