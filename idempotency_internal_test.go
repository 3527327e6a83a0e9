package spectron

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// tapWrites calls tap around each transaction that stores a write with a key.
func (c *Context) tapWrites(tap teststore.Tap) {
	c.state.Rows = store.New(&teststore.Conn{Conn: c.state.Conn, Tap: func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if strings.Contains(sql, "UPSERT ONLY $answer.id") {
			return tap(sql, run)
		}
		return run()
	}}, c.state.Core.Writers())
}

// TestKeysOfFailedWrites checks that a key is free after its write failed in the database, and that the answer is found if only the reply to
// the write was lost.
func TestKeysOfFailedWrites(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openIn(t, "mem://", nil)
	req := RememberRequest{Text: "Bob lives in Oslo.", IdempotencyKey: "k"}
	fault := errors.New("the disk is full")
	c.tapWrites(func(string, func() (surreal.Results, error)) (surreal.Results, error) {
		return surreal.Results{}, fault
	})
	_, err := c.Memory().Remember(ctx, req)
	require.ErrorIs(t, err, fault)
	c.tapWrites(func(_ string, run func() (surreal.Results, error)) (surreal.Results, error) { return run() })
	first, err := c.Memory().Remember(ctx, req)
	require.NoError(t, err)
	require.False(t, first.Replayed)

	req.IdempotencyKey = "lost"
	lost := 0
	c.tapWrites(func(_ string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if lost++; lost == 1 {
			_, err := run()
			return surreal.Results{}, errors.Join(surreal.ErrLost, err)
		}
		return run()
	})
	second, err := c.Memory().Remember(ctx, req)
	require.NoError(t, err)
	again, err := c.Memory().Remember(ctx, req)
	require.NoError(t, err)
	require.True(t, again.Replayed)
	require.Equal(t, second.TurnID, again.TurnID)
	require.Equal(t, 1, lost, "the write was sent again")
}

// TestKeysOfAbandonedWrites checks that a key stays in use while a write goes on whose caller has left.
func TestKeysOfAbandonedWrites(t *testing.T) {
	t.Parallel()
	c := openIn(t, "mem://", nil)
	begun, goOn := make(chan struct{}), make(chan struct{})
	c.tapWrites(func(_ string, run func() (surreal.Results, error)) (surreal.Results, error) {
		close(begun)
		<-goOn
		return run()
	})
	ctx, leave := context.WithCancel(context.Background())
	done := make(chan error)
	req := RememberRequest{Text: "Bob lives in Oslo.", IdempotencyKey: "k"}
	go func() {
		_, err := c.Memory().Remember(ctx, req)
		done <- err
	}()
	<-begun
	leave()
	require.ErrorIs(t, <-done, ErrTimeout)
	_, err := c.Memory().Remember(context.Background(), req)
	require.ErrorIs(t, err, ErrConflict)
	close(goOn)
	for { // until the write has ended
		r, err := c.Memory().Remember(context.Background(), req)
		if err == nil {
			require.True(t, r.Replayed)
			return
		}
		require.ErrorIs(t, err, ErrConflict)
		runtime.Gosched()
	}
}

// TestAnswersExpire checks that writes with keys remove the answers that have expired, some at a time.
func TestAnswersExpire(t *testing.T) {
	t.Parallel()
	ctx, now := context.Background(), time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	c := openIn(t, "mem://", &Options{Clock: func() time.Time { return now }})
	write := func(key string) {
		t.Helper()
		_, err := c.Memory().Remember(ctx, RememberRequest{Text: "A note.", Infer: InferNone, IdempotencyKey: key})
		require.NoError(t, err)
	}
	rows := func() (n int) {
		t.Helper()
		out, err := c.state.Conn.Query(ctx, `RETURN array::len((SELECT VALUE id FROM idempotency))`, nil)
		require.NoError(t, err)
		require.NoError(t, out.Last(&n))
		return n
	}
	for i := range 70 {
		write(strings.Repeat("k", i+1))
	}
	require.Equal(t, 70, rows())
	now = now.Add(24 * time.Hour)
	write("new")
	require.Equal(t, 70+1-32, rows())
	write("k") // an expired key is used anew
	_, err := c.Memory().Remember(ctx, RememberRequest{Text: "No key.", Infer: InferNone})
	require.NoError(t, err)
	write("newer")
	write("newest")
	require.Equal(t, 4, rows())
}
