package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// answers keeps the last result of a connection.
type answers struct {
	surreal.Conn
	last any
}

func (a *answers) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	out, err := a.Conn.Query(ctx, sql, vars)
	if err == nil {
		a.last = nil
		err = out.Last(&a.last)
	}
	return out, err
}

// What a secret names is found wherever it is, what is not there is not found, and Level finds the rows that were not.
func TestPresentedKeys(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), enginetest.Open(t)
	conn := &answers{Conn: enginetest.Connect(t, e, "control")}
	require.NoError(t, schema.Control().Apply(ctx, conn, monday))
	r := store.NewRegistry(conn)
	for _, id := range []string{"ready", "creating"} {
		require.NoError(t, r.Claim(ctx, store.Registered{ID: id, Namespace: "test", Database: id, CreatedAt: monday, Claim: id}))
	}
	require.NoError(t, r.Ready(ctx, "ready", "ready", 1, record.Event{ID: "audit_event:ready", At: monday}))
	place := enginetest.Connect(t, e, "ready")
	require.NoError(t, schema.Context().Apply(ctx, place, monday))
	s, c := store.New(place, store.SingleWriter), everyChange()
	changed(t, s, c)
	key := c.Keys[0]
	found := &record.APIKey{
		ID: key.ID, Salt: key.Salt, Hash: key.Hash, Generation: key.Generation, SelfService: key.SelfService, ValidUntil: key.ValidUntil,
	}
	nowhere := store.Presented{Namespace: store.ControlNamespace, Database: store.ControlDatabase}
	starting := nowhere
	starting.Known = true
	for _, tc := range []struct {
		context, key string
		want         store.Presented
		missing      int
	}{
		{"ready", key.ID, store.Presented{Namespace: "test", Database: "ready", Known: true, Ready: true, Key: found}, 0},
		{"ready", "cak_ready_none", store.Presented{Namespace: "test", Database: "ready", Known: true, Ready: true}, 1},
		{"creating", key.ID, starting, 1},
		{"none", key.ID, nowhere, 2},
	} {
		got, err := r.Presented(ctx, tc.context, tc.key)
		require.NoError(t, err)
		equal(t, tc.context+"/"+tc.key, got, tc.want)
		require.NoError(t, r.Level(ctx, got.Known, got.Key != nil))
		levelled := 0
		for _, row := range conn.last.([]any) {
			if _, is := row.(map[string]any); is {
				levelled++
			}
		}
		if levelled != tc.missing {
			t.Errorf("%s/%s: Level found %d rows: %v", tc.context, tc.key, levelled, conn.last)
		}
	}
	// The connection still uses the control plane's database.
	if _, err := r.Get(ctx, "ready"); err != nil {
		t.Errorf("after keys were looked up: %v", err)
	}

	denied := record.Event{ID: "audit_event:denied", At: tuesday, Action: "denied", Op: "authenticate", Paths: []string{}}
	require.NoError(t, r.RecordAt(ctx, "test", "ready", denied))
	equal(t, "events", must(s.Events(ctx, store.EventQuery{Action: "denied", Limit: 1}))(t), []record.Event{denied})
}
