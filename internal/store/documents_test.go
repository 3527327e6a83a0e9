package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// TestHoldingPassages checks that a worker that has lost its job neither adds passages nor erases those of the worker that has it now.
func TestHoldingPassages(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	_, ours, theirs := newShared(t)
	require.NoError(t, ours.Know(ctx))
	require.NoError(t, theirs.Know(ctx))
	require.NoError(t, ours.AddJobs(ctx, []record.Job{job(1, "")}))
	claim := func(s *store.Store, worker string, lease time.Duration) {
		t.Helper()
		held, err := s.ClaimJobs(ctx, worker, []string{"job:001"}, lease, tuesday)
		require.NoError(t, err)
		require.Len(t, held, 1)
	}
	document := record.Document{ID: "document:d", Version: 1}
	passage := func(n int, text string) record.Passage {
		return record.Passage{ID: store.PassageID(document.ID, 1, n), Document: document.ID, Version: 1, Position: n, Span: record.Span{End: len(text)}, Text: text}
	}
	texts := func() (out []string) {
		t.Helper()
		list, err := ours.PassagesOf(ctx, &document)
		require.NoError(t, err)
		for _, p := range list {
			out = append(out, p.Text)
		}
		return out
	}

	claim(ours, "a", 0) // its time is over at once
	stale := store.Holding(ctx, "a", "job:001", false)
	document.Passages = 1
	require.NoError(t, ours.AddPassages(stale, []record.Passage{passage(0, "first")}))
	require.Equal(t, []string{"first"}, texts())
	require.NoError(t, ours.ErasePassages(stale, document.ID, 1))

	claim(theirs, "b", time.Hour)
	held := store.Holding(ctx, "b", "job:001", false)
	require.NoError(t, theirs.AddPassages(held, []record.Passage{passage(0, "second")}))
	require.ErrorIs(t, ours.AddPassages(stale, []record.Passage{passage(1, "late")}), store.ErrFenced)
	require.ErrorIs(t, ours.ErasePassages(stale, document.ID, 1), store.ErrFenced)
	require.ErrorIs(t, ours.ErasePassages(store.Holding(ctx, "a", "job:001", true), document.ID, 1), store.ErrFenced)
	require.Equal(t, []string{"second"}, texts())
	require.NoError(t, theirs.ErasePassages(held, document.ID, 1))
	require.Empty(t, texts())
}
