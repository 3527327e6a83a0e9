package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
)

// adding are the writes that add rows and do not follow the log of changes.
func adding() map[string]func(context.Context, *store.Store) error {
	return map[string]func(context.Context, *store.Store) error{
		"traces": func(ctx context.Context, s *store.Store) error {
			return s.AddTraces(ctx, []record.Retrieval{{ID: "retrieval_trace:a", At: monday}}, []record.Response{{ID: "response_trace:a", At: monday}})
		},
		"usage": func(ctx context.Context, s *store.Store) error {
			_, err := s.AddUsage(ctx, record.Usage{Month: "2026-05", Stage: "chat", Model: "m", Calls: 1})
			return err
		},
		"events": func(ctx context.Context, s *store.Store) error {
			return s.Record(ctx, record.Event{ID: "audit_event:a", At: monday, Count: 2})
		},
		"jobs": func(ctx context.Context, s *store.Store) error {
			return s.AddJobs(ctx, []record.Job{{ID: "job:a", Kind: "prune", Name: "prune", State: record.JobQueued}})
		},
	}
}

// A write of a Store whose database another process has removed stores nothing: neither in the removed database, which it does not bring back, nor
// in a new one of the same name.
func TestLateWritesDoNotReachAnotherDatabase(t *testing.T) {
	t.Parallel()
	for _, writers := range []store.Writers{store.SharedWriters, store.SingleWriter} {
		for name, add := range adding() {
			ctx, e := t.Context(), enginetest.Open(t)
			conn, other := enginetest.Connect(t, e, "late"), enginetest.Connect(t, e, "late")
			defined := func() map[string]any {
				out, err := other.Query(ctx, "DEFINE DATABASE IF NOT EXISTS late; INFO FOR DB", nil)
				require.NoError(t, err)
				var found map[string]map[string]any
				require.NoError(t, out.Last(&found))
				return found["tables"]
			}
			require.NoError(t, schema.Context().Apply(ctx, conn, monday))
			s := store.New(conn, writers)
			if writers == store.SharedWriters {
				require.ErrorIs(t, add(ctx, s), store.ErrRemoved, "the origin is not known: %s", name)
			}
			require.NoError(t, s.Know(ctx))
			require.NoError(t, add(ctx, s), name)

			_, err := other.Query(ctx, "REMOVE DATABASE late", nil)
			require.NoError(t, err)
			require.Error(t, add(ctx, s), name)
			require.Empty(t, defined(), name)
			require.Error(t, add(ctx, s), name)
			require.Empty(t, defined(), name)
			if writers == store.SingleWriter {
				continue // this process would have removed it
			}
			require.NoError(t, schema.Context().Apply(ctx, other, monday))
			require.ErrorIs(t, add(ctx, s), store.ErrRemoved, name)
			again := store.New(other, writers)
			require.NoError(t, again.Know(ctx))
			require.ErrorIs(t, add(ctx, s), store.ErrRemoved, name)
			_, err = s.Position(ctx)
			require.NoError(t, err)
			require.ErrorIs(t, add(ctx, s), store.ErrRemoved, "the first origin counts: %s", name)
			for _, table := range []string{"retrieval_trace", "response_trace", "usage", "audit_event", "job", "job_name"} {
				var n int
				out, err := other.Query(ctx, "RETURN array::len(SELECT id FROM type::table($table))", map[string]any{"table": table})
				require.NoError(t, err)
				require.NoError(t, out.Last(&n))
				require.Zero(t, n, "%s in %s", name, table)
			}
			require.NoError(t, add(ctx, again), name)
		}
	}
}

// A denied attempt on a Context that is being deleted does not bring its database back.
func TestEventsDoNotBringADatabaseBack(t *testing.T) {
	t.Parallel()
	ctx, e := t.Context(), enginetest.Open(t)
	control, other := enginetest.Connect(t, e, store.ControlDatabase), enginetest.Connect(t, e, "late")
	r := store.NewRegistry(control)
	require.Error(t, r.RecordAt(ctx, "test", "late", record.Event{ID: "audit_event:a", At: monday}))
	var found map[string]map[string]any
	out, err := other.Query(ctx, "DEFINE DATABASE IF NOT EXISTS late; INFO FOR DB", nil)
	require.NoError(t, err)
	require.NoError(t, out.Last(&found))
	require.Empty(t, found["tables"])
	require.Error(t, r.RecordAt(ctx, "test", "late", record.Event{ID: "audit_event:a", At: monday}))
	var back []string
	out, err = control.Query(ctx, "RETURN [session::db()]", nil)
	require.NoError(t, err)
	require.NoError(t, out.Last(&back))
	require.Equal(t, []string{store.ControlDatabase}, back)
}
