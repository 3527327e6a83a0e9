package recall

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// TestRecallWaitsForAWriteNoLongerThanItsContext asks a question while a write holds the lock.
func TestRecallWaitsForAWriteNoLongerThanItsContext(t *testing.T) {
	t.Parallel()
	v := NewView()
	now := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	q := Query{Text: "Who likes tea?", Any: true, Now: now}
	v.mu.Lock()
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := v.Recall(ctx, q)
		left <- err
	}()
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("whose context ended: %v", err)
	}
	patient := make(chan Result, 1)
	go func() {
		out, err := v.Recall(t.Context(), q)
		if err != nil {
			t.Error(err)
		}
		patient <- out
	}()
	v.mu.Unlock()
	<-patient
	// A question that gave up must not keep the lock.
	chunk := record.Chunk{ID: "memory_chunk:1", Turn: "turn:1", Text: "Bob likes tea.", Scopes: record.ScopeSet{{"/"}}, KnownFrom: now}
	if err := v.Apply(store.Write{Chunks: []record.Chunk{chunk}}); err != nil {
		t.Fatal(err)
	}
	if out, err := v.Recall(t.Context(), q); err != nil || len(out.Hits) != 1 {
		t.Errorf("%+v, %v", out, err)
	}
}
