package spectron

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestGateRefusesManagementKeysMemory checks that the gate refuses memory to a management key even if a handle with memory methods is
// created for it, and that each attempt is recorded.
func TestGateRefusesManagementKeysMemory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openTest(t, "mem://", &manualClock{now: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)})
	told, err := c.Memory().Remember(ctx, RememberRequest{Text: "Alice works at Acme."})
	require.NoError(t, err)
	key, err := c.manager().ManagementKeys().Create(ctx, "ops")
	require.NoError(t, err)
	admin, err := c.manager().AuthenticateManager(ctx, key.Secret)
	require.NoError(t, err)
	p, err := c.Principals().Create(ctx, PrincipalSpec{Name: "Alice", Grants: Grants{MemoryRead: {"/*"}, MemoryWrite: {"/*"}, MemoryForget: {"/*"}}})
	require.NoError(t, err)
	for name, handle := range map[string]*Context{
		"itself": {contextHandle{c.state, admin.caller}}, "on behalf": {contextHandle{c.state, admin.caller.For(p.ID)}},
	} {
		second := func(_ any, err error) error { return err }
		before, err := c.Events(ctx, EventQuery{Action: EventDenied})
		require.NoError(t, err)
		calls := []struct {
			op  string
			err error
		}{
			{"remember", second(handle.Memory().Remember(ctx, RememberRequest{Text: "Bob works at Acme."}))},
			{"remember", second(handle.Memory().Remember(ctx, RememberRequest{Text: "Bob works at Acme.", Infer: InferPreview}))},
			{"remember many", second(handle.Memory().RememberMany(ctx, RememberManyRequest{Messages: []Message{{Content: "Bob works at Acme."}}}))},
			{"recall", second(handle.Memory().Recall(ctx, RecallRequest{Query: "Alice"}))},
			{"create session", second(handle.Sessions().Create(ctx, SessionSpec{}))},
			{"get session", second(handle.Sessions().Get(ctx, told.SessionID))},
			{"list sessions", second(handle.Sessions().List(ctx, SessionQuery{}))},
			{"turns", second(handle.Sessions().Turns(ctx, TurnQuery{SessionID: told.SessionID}))},
			{"delete session", handle.Sessions().Delete(ctx, told.SessionID)},
			{"forget scope", second(handle.Scopes().Forget(ctx, ScopeForgetRequest{Path: "org"}))},
			{"forget scope", second(handle.Scopes().Forget(ctx, ScopeForgetRequest{Path: "/", DryRun: true}))},
			{"raw document", second(handle.Documents().Raw(ctx, "document:x"))},
			{"chunks", second(handle.Documents().Chunks(ctx, ChunkQuery{DocumentID: "document:x"}))},
			{"query documents", second(handle.Documents().Query(ctx, DocumentQuery{Query: "Alice"}))},
			{"recompute links", second(handle.Documents().RecomputeLinks(ctx))},
			{"list keywords", second(handle.Documents().Keywords().List(ctx, KeywordList{}))},
			{"get keyword", second(handle.Documents().Keywords().Get(ctx, "Alice"))},
			{"search keywords", second(handle.Documents().Keywords().Search(ctx, KeywordSearch{Query: "Alice"}))},
			{"keywords of document", second(handle.Documents().Keywords().ForDocument(ctx, "document:x"))},
		}
		var want, got []string
		for _, call := range calls {
			if !errors.Is(call.err, ErrForbidden) {
				t.Errorf("%s: %s: %v", name, call.op, call.err)
			}
			want = append(want, call.op+" "+key.ID)
		}
		after, err := c.Events(ctx, EventQuery{Action: EventDenied})
		require.NoError(t, err)
		for _, e := range after.Items[:len(after.Items)-len(before.Items)] {
			got = append(got, e.Op+" "+e.KeyID)
		}
		slices.Reverse(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: on record are %q, want %q", name, got, want)
		}
	}
	turns, err := c.Sessions().Turns(ctx, TurnQuery{SessionID: told.SessionID})
	require.NoError(t, err)
	if len(turns.Items) != 1 {
		t.Errorf("turns: %v", turns)
	}
}
