package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// leakChange is a change of a caller's rights, with the rights after it.
type leakChange struct {
	name string
	do   func(ctx context.Context, v *leakVictim) error
	then func(c leakCaller) leakCaller // nil: no rights
	dead *spectron.Error               // error of every call after the change
	// closed is a scope that can no longer be written to.
	closed string
}

// leakVictim is a caller whose rights change, and the principal that it acts for, if any.
type leakVictim struct {
	world      *leakWorld
	caller     leakCaller
	key        *spectron.Key
	principal  string
	beneficary string
}

// revoke revokes grants of a principal, and updates the model, because later calls may ask for that principal.
func (v *leakVictim) revoke(ctx context.Context, id, path string, verbs ...spectron.Verb) error {
	_, err := v.world.all.Principals().Revoke(ctx, id, spectron.GrantRequest{Path: path, Verbs: verbs})
	v.world.held[id] = without(path, verbs...)(leakCaller{grants: v.world.held[id]}).grants
	return err
}

// remove deletes a principal, and updates the model: it holds nothing.
func (v *leakVictim) remove(ctx context.Context, id string) error {
	delete(v.world.held, id)
	return v.world.all.Principals().Delete(ctx, id)
}

// without returns a change of grants that removes verbs at a pattern.
func without(pattern string, verbs ...spectron.Verb) func(leakCaller) leakCaller {
	return func(c leakCaller) leakCaller {
		grants := maps.Clone(c.grants)
		for _, v := range verbs {
			grants[v] = slices.DeleteFunc(slices.Clone(grants[v]), func(p string) bool { return patternWithin(p, pattern) })
		}
		c.grants = grants
		return c
	}
}

func leakChanges() []leakChange {
	second := func(_ any, err error) error { return err }
	return []leakChange{
		{name: "reading is revoked", then: without("/*", spectron.MemoryRead), do: func(ctx context.Context, v *leakVictim) error {
			return v.revoke(ctx, v.principal, "/*", spectron.MemoryRead)
		}},
		{name: "everything is revoked", then: without("/*", spectron.Verbs()...), do: func(ctx context.Context, v *leakVictim) error {
			return v.revoke(ctx, v.principal, "/*", spectron.Verbs()...)
		}},
		{name: "a part is revoked", then: without("org/beta/*", spectron.Verbs()...), do: func(ctx context.Context, v *leakVictim) error {
			return v.revoke(ctx, v.principal, "org/beta/*", spectron.Verbs()...)
		}},
		{name: "a part of the other's is revoked", then: without("org/beta/*", spectron.Verbs()...), do: func(ctx context.Context, v *leakVictim) error {
			return v.revoke(ctx, v.beneficary, "org/beta/*", spectron.Verbs()...)
		}},
		{name: "the other is deleted", dead: spectron.ErrUnauthenticated, do: func(ctx context.Context, v *leakVictim) error {
			return v.remove(ctx, v.beneficary)
		}},
		{name: "the key is revoked", dead: spectron.ErrUnauthenticated, do: func(ctx context.Context, v *leakVictim) error {
			return v.world.all.Keys().Revoke(ctx, v.key.ID)
		}},
		{name: "the key is rotated", dead: spectron.ErrUnauthenticated, do: func(ctx context.Context, v *leakVictim) error {
			return second(v.world.all.Keys().Rotate(ctx, v.key.ID))
		}},
		{name: "the principal is deleted", dead: spectron.ErrUnauthenticated, do: func(ctx context.Context, v *leakVictim) error {
			return v.remove(ctx, v.principal)
		}},
		{name: "the key expires", dead: spectron.ErrUnauthenticated, do: func(_ context.Context, v *leakVictim) error {
			v.world.clock.Advance(time.Hour)
			return nil
		}},
		{name: "a scope is tombstoned", closed: "org/acme", then: func(c leakCaller) leakCaller { return c }, do: func(ctx context.Context, v *leakVictim) error {
			return v.world.all.Scopes().Tombstone(ctx, "org/acme")
		}},
		{name: "the Context is deleted", dead: spectron.ErrNotFound, do: func(ctx context.Context, v *leakVictim) error {
			return v.world.mgr.DeleteContext(ctx, v.world.all.ID())
		}},
	}
}

// victim creates a caller with a key of its own; delegated: the caller acts for another principal.
func (w *leakWorld) victim(tb testing.TB, name string, delegated bool) *leakVictim {
	tb.Helper()
	ctx := context.Background()
	grants := spectron.Grants{}
	for _, v := range spectron.Verbs() {
		if v != spectron.GrantManage {
			grants[v] = []string{"org/acme/*", "org/beta/*"}
		}
	}
	made := func(name string) string {
		p, err := w.all.Principals().Create(ctx, spectron.PrincipalSpec{Name: name, Grants: grants})
		require.NoError(tb, err)
		w.principals[name], w.held[p.ID] = p.ID, grants
		return p.ID
	}
	v := &leakVictim{world: w, principal: made(name), caller: leakCaller{name: name, principal: name, grants: grants}}
	var err error
	v.key, err = w.all.Keys().Create(ctx, spectron.KeySpec{Name: name, PrincipalID: v.principal, TTL: 30 * time.Minute})
	require.NoError(tb, err)
	w.keys[name] = v.key
	if delegated {
		v.caller.behalf = "for " + name
		v.beneficary = made(v.caller.behalf)
	}
	return v
}

func (v *leakVictim) handle(tb testing.TB) *spectron.Context {
	tb.Helper()
	h, err := v.world.mgr.Authenticate(context.Background(), v.key.Secret)
	require.NoError(tb, err)
	if v.beneficary != "" {
		h, err = h.OnBehalfOf(context.Background(), v.beneficary)
		require.NoError(tb, err)
	}
	return h
}

// TestLeakAfterChanges creates a handle for each method, uses it, changes the rights of its caller, and makes the very next call with it.
func TestLeakAfterChanges(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	mgr, clock := openLeakStore(t, 0)
	w := buildLeakWorld(t, mgr, clock, "one", "zqa", nil)
	for i, change := range leakChanges() {
		for _, delegated := range []bool{false, true} {
			if !delegated && (i == 3 || i == 4) || delegated && change.name == "the Context is deleted" {
				continue // it needs another one, and there is only one Context
			}
			name := fmt.Sprintf("%s, delegated %t", change.name, delegated)
			v := w.victim(t, name, delegated)
			random := leakRandom(v.caller)
			reads, writes := w.leakCalls(random, 1, readsOf), w.leakCalls(random, 1, writesOf)
			handles := map[string]*spectron.Context{}
			for method := range leakMethods() {
				handles[method] = v.handle(t)
				_, err := handles[method].Memory().WhoAmI(ctx)
				require.NoError(t, err)
			}
			for method, calls := range reads {
				w.check(t, v.caller, handles[method], name+" before: "+method, calls[0])
			}
			require.NoError(t, change.do(ctx, v), name)
			for method := range leakMethods() {
				for _, call := range slices.Concat(reads[method][:min(1, len(reads[method]))], writes[method]) {
					v.next(t, change, name+": "+method, handles[method], call)
				}
			}
			if change.closed != "" {
				_, err := w.all.Scopes().Register(ctx, spectron.ScopeSpec{Path: change.closed})
				require.NoError(t, err)
			}
		}
	}
}

// next makes a call after a change.
func (v *leakVictim) next(t *testing.T, change leakChange, name string, h *spectron.Context, call leakCall) {
	t.Helper()
	if change.dead != nil {
		if result, lines, err := call.do(h); !errors.Is(err, change.dead) && !isInfo(result) || len(lines) > 0 && !isInfo(result) {
			t.Errorf("%s(%s): got %+v and %v, want %s", name, call.said, result, err, change.dead.Code)
		}
		return
	}
	after := change.then(v.caller)
	_, refusal := call.want(after)
	if _, before := call.want(v.caller); refusal != nil || before == nil && call.reads {
		v.world.check(t, after, h, name, call)
	}
	if change.closed == "" {
		return
	}
	for _, at := range []string{change.closed, change.closed + "/user/alice"} {
		_, err := h.Memory().Remember(context.Background(), spectron.RememberRequest{Text: "Too late.", Scopes: spectron.Scopes{{at}}})
		isError(t, err, spectron.ErrForbidden, "Scopes")
	}
}

// isInfo reports whether a result is a ContextInfo. Its id is no secret data, and stays available with the handle.
func isInfo(result any) bool { _, ok := result.(spectron.ContextInfo); return ok }

// TestLeakRevokedMeanwhile makes many concurrent calls while rights are revoked: a call that begins after the change has returned sees
// nothing.
func TestLeakRevokedMeanwhile(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr, _ := openLeakStore(t, 0)
	w := &leakWorld{mgr: mgr, all: create(t, mgr, "one", spectron.ContextSpec{}), principals: map[string]string{}, held: map[string]spectron.Grants{}, keys: map[string]*spectron.Key{}}
	remember(t, w.all, spectron.RememberRequest{Text: "The ledger of zqa.", Scopes: spectron.Scopes{{"org/acme"}}})
	for round := range 6 {
		v := w.victim(t, fmt.Sprint("victim ", round), round%2 == 1)
		var gone, calls atomic.Int64
		var group sync.WaitGroup
		done := make(chan struct{})
		for range 4 {
			h := v.handle(t)
			group.Go(func() {
				for {
					last := false
					select {
					case <-done:
						last = true
					default:
					}
					late := gone.Load() != 0
					r, err := h.Memory().Recall(ctx, spectron.RecallRequest{Query: "ledger"})
					if late && err == nil && len(r.Hits) > 0 {
						t.Errorf("round %d: a call after the change found %d hits", round, len(r.Hits))
						return
					}
					if !late && err == nil {
						calls.Add(1)
					}
					if last {
						return
					}
				}
			})
		}
		for calls.Load() < 20 {
			_, err := w.all.Memory().Recall(ctx, spectron.RecallRequest{Query: "ledger"})
			require.NoError(t, err)
		}
		if round < 3 {
			require.NoError(t, v.revoke(ctx, v.principal, "/*", spectron.MemoryRead))
		} else {
			require.NoError(t, w.all.Keys().Revoke(ctx, v.key.ID))
		}
		gone.Store(1)
		close(done)
		group.Wait()
	}
}

// TestLeakManagementKeys makes every call of a management key with a revoked one. TestAdminHasNoMemory checks that the handles of a
// management key have no access to memory.
func TestLeakManagementKeys(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFixture(t, nil)
	key, err := f.mgr.ManagementKeys().Create(ctx, "outside")
	require.NoError(t, err)
	admin, err := f.mgr.AuthenticateManager(ctx, key.Secret)
	require.NoError(t, err)
	c, err := admin.Context(ctx, "acme")
	require.NoError(t, err)
	require.NoError(t, f.mgr.ManagementKeys().Revoke(ctx, key.ID))
	called := 0
	for _, handle := range []any{admin, admin.ManagementKeys(), c, c.Keys(), c.Principals(), c.Scopes(), c.Ontology(), c.Documents()} {
		for name, err := range call(handle) {
			called++
			if !errors.Is(err, spectron.ErrUnauthenticated) {
				t.Errorf("%s with a dead management key: %v", name, err)
			}
		}
	}
	if called < 35 {
		t.Errorf("only %d methods were called", called)
	}
}
