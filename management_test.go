package spectron_test

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// manager creates a management key and returns it with its Admin.
func manager(tb testing.TB, mgr *spectron.Manager, name string) (*spectron.ManagementKey, *spectron.Admin) {
	tb.Helper()
	key, err := mgr.ManagementKeys().Create(context.Background(), name)
	require.NoError(tb, err)
	by, err := mgr.AuthenticateManager(context.Background(), key.Secret)
	require.NoError(tb, err)
	return key, by
}

var managementSecret = regexp.MustCompile(`^mgmt-[0-9a-z]{26}-[0-9a-z]{52}$`)

// TestManagementBootstrap checks that the first key is created once in the life of a store.
func TestManagementBootstrap(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	var first *spectron.ManagementKey
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		keys := make([]*spectron.ManagementKey, 8)
		start := make(chan struct{})
		var wg sync.WaitGroup
		for i := range keys {
			wg.Go(func() {
				<-start
				var err error
				if keys[i], err = mgr.ManagementKeys().Bootstrap(ctx); err != nil {
					isError(t, err, spectron.ErrAlreadyExists, "name")
				}
			})
		}
		close(start)
		wg.Wait()
		keys = slices.DeleteFunc(keys, func(k *spectron.ManagementKey) bool { return k == nil })
		require.Len(t, keys, 1, "of 8 that bootstrap at once")
		first = keys[0]
		if !managementSecret.MatchString(first.Secret) || !strings.HasPrefix(first.ID, "mk_") || first.Name != "bootstrap" ||
			!first.CreatedAt.Equal(spectrontest.Epoch) || !first.LastUsedAt.IsZero() {
			t.Errorf("%+v", first)
		}
		page, err := mgr.ManagementKeys().List(ctx, spectron.PageRequest{})
		require.NoError(t, err)
		if len(page.Items) != 1 || page.Items[0].ID != first.ID {
			t.Errorf("%+v", page)
		}
		require.NoError(t, second(mgr.AuthenticateManager(ctx, first.Secret)))
	})
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		isError(t, second(mgr.ManagementKeys().Bootstrap(ctx)), spectron.ErrAlreadyExists, "name")
		by, err := mgr.AuthenticateManager(ctx, first.Secret)
		require.NoError(t, err)
		isError(t, second(by.ManagementKeys().Bootstrap(ctx)), spectron.ErrAlreadyExists, "name")
		require.NoError(t, mgr.ManagementKeys().Revoke(ctx, first.ID))
		isError(t, second(mgr.ManagementKeys().Bootstrap(ctx)), spectron.ErrAlreadyExists, "name")
	})
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		isError(t, second(mgr.ManagementKeys().Bootstrap(ctx)), spectron.ErrAlreadyExists, "name")
		isError(t, second(mgr.AuthenticateManager(ctx, first.Secret)), spectron.ErrUnauthenticated, "")
		_, by := manager(t, mgr, "bootstrap") // the name is free
		require.NoError(t, second(by.Health(ctx)))
	})
}

// TestManagementBootstrapNeedsItsName checks that a key with the name of the first key blocks Bootstrap, but does not count as the first
// key.
func TestManagementBootstrapNeedsItsName(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	keys := spectrontest.Open(t, nil).ManagementKeys()
	require.NoError(t, second(keys.Create(ctx, "bootstrap")))
	isError(t, second(keys.Bootstrap(ctx)), spectron.ErrAlreadyExists, "name")
	require.NoError(t, keys.Revoke(ctx, "bootstrap"))
	require.NoError(t, second(keys.Bootstrap(ctx)))
	isError(t, second(keys.Bootstrap(ctx)), spectron.ErrAlreadyExists, "name")
}

func TestManagementKeys(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	clock := spectrontest.NewClock()
	mgr := spectrontest.Open(t, &spectron.Options{Clock: clock.Now})
	keys := mgr.ManagementKeys()
	byID, secrets := map[string]string{}, map[string]bool{}
	for i := range 5 {
		k, err := keys.Create(ctx, fmt.Sprint("ops ", i))
		require.NoError(t, err)
		if !managementSecret.MatchString(k.Secret) || secrets[k.Secret] || byID[k.ID] != "" {
			t.Errorf("%+v", k)
		}
		byID[k.ID], secrets[k.Secret] = k.Name, true
	}
	for limit := 1; limit < 7; limit++ {
		var ids []string
		for cursor, more := "", true; more; {
			page, err := keys.List(ctx, spectron.PageRequest{Cursor: cursor, Limit: limit})
			require.NoError(t, err)
			for _, k := range page.Items {
				ids = append(ids, k.ID)
				if k.Secret != "" || byID[k.ID] != k.Name || !k.CreatedAt.Equal(clock.Now()) {
					t.Errorf("listed as %+v", k)
				}
			}
			if more = page.HasMore; more != (page.NextCursor != "") || len(page.Items) > limit {
				t.Fatalf("limit %d: %+v", limit, page)
			}
			cursor = page.NextCursor
		}
		if len(ids) != 5 || !slices.IsSorted(ids) {
			t.Errorf("limit %d: %v", limit, ids)
		}
	}
	isError(t, second(keys.Create(ctx, "ops 3")), spectron.ErrAlreadyExists, "name")
	for name, want := range map[string]*spectron.Error{
		"": spectron.ErrInvalid, " ops": spectron.ErrInvalid, "ops\n": spectron.ErrInvalid, "a\x00": spectron.ErrInvalid, "\xff": spectron.ErrInvalid,
		strings.Repeat("x", 129): spectron.ErrTooLarge,
	} {
		isError(t, second(keys.Create(ctx, name)), want, "name")
	}
	for _, limit := range []int{-1, 1001} {
		isError(t, second(keys.List(ctx, spectron.PageRequest{Limit: limit})), spectron.ErrInvalid, "Limit")
	}
	for _, id := range []string{"", "nobody", "mk_00000000000000000000000000", "MK_", "context:a"} {
		isError(t, second(keys.Rotate(ctx, id)), spectron.ErrNotFound, "id")
		isError(t, keys.Revoke(ctx, id), spectron.ErrNotFound, "id")
	}
	page, err := keys.List(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	require.Len(t, page.Items, 5)
}

// TestManagementKeysEnd checks that a key is rotated and revoked by its id and by its name, and that its handles end with it.
func TestManagementKeysEnd(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	create(t, mgr, "a", spectron.ContextSpec{})
	keys := mgr.ManagementKeys()
	for i, name := range []func(*spectron.ManagementKey) string{
		func(k *spectron.ManagementKey) string { return k.ID }, func(k *spectron.ManagementKey) string { return k.Name },
	} {
		key, by := manager(t, mgr, fmt.Sprint("ops", i))
		_, bystander := manager(t, mgr, fmt.Sprint("bystander", i))
		onContext, err := by.Context(ctx, "a")
		require.NoError(t, err)
		use := func(by *spectron.Admin, c *spectron.ContextAdmin) []error {
			return []error{
				second(by.Health(ctx)), second(by.ListContexts(ctx, spectron.PageRequest{})), second(by.Context(ctx, "a")), second(by.Events(ctx, spectron.EventQuery{})),
				second(by.PatchContext(ctx, "a", spectron.ContextPatch{Description: to("by " + key.ID)})), second(by.ManagementKeys().List(ctx, spectron.PageRequest{})),
				second(c.Keys().List(ctx, spectron.PageRequest{})), second(c.Principals().List(ctx, spectron.PageRequest{})), second(c.Scopes().List(ctx, spectron.PageRequest{})),
				second(c.Events(ctx, spectron.EventQuery{})), second(c.WhoAmI(ctx)), second(c.Info(ctx)),
			}
		}
		alive := func(by *spectron.Admin, c *spectron.ContextAdmin) {
			t.Helper()
			for n, err := range use(by, c) {
				if err != nil {
					t.Errorf("call %d: %v", n, err)
				}
			}
		}
		dead := func(by *spectron.Admin, c *spectron.ContextAdmin, secret string) {
			t.Helper()
			for n, err := range use(by, c) {
				if !isUnauthenticated(err) {
					t.Errorf("call %d of a dead key: %v", n, err)
				}
			}
			// The errors of changing calls say no more.
			for _, err := range []error{
				second(by.CreateContext(ctx, "new", spectron.ContextSpec{})), by.DeleteContext(ctx, "a"), second(by.ManagementKeys().Create(ctx, "new")),
				second(c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "new"})), c.Scopes().Tombstone(ctx, "org"),
				second(by.EnsureContext(ctx, "a", spectron.ContextSpec{})), second(by.Migrations(ctx)),
			} {
				if !isUnauthenticated(err) {
					t.Errorf("a dead key: %v", err)
				}
			}
			isError(t, second(mgr.AuthenticateManager(ctx, secret)), spectron.ErrUnauthenticated, "")
		}
		alive(by, onContext)

		rotated, err := keys.Rotate(ctx, name(key))
		require.NoError(t, err)
		if rotated.ID != key.ID || rotated.Name != key.Name || rotated.Secret == key.Secret || !managementSecret.MatchString(rotated.Secret) ||
			!rotated.CreatedAt.Equal(key.CreatedAt) {
			t.Errorf("%+v, rotated %+v", key, rotated)
		}
		dead(by, onContext, key.Secret)
		byNew, err := mgr.AuthenticateManager(ctx, rotated.Secret)
		require.NoError(t, err)
		newContext, err := byNew.Context(ctx, "a")
		require.NoError(t, err)
		alive(byNew, newContext)

		require.NoError(t, keys.Revoke(ctx, name(key)))
		dead(by, onContext, key.Secret)
		dead(byNew, newContext, rotated.Secret)
		isError(t, keys.Revoke(ctx, name(key)), spectron.ErrNotFound, "id")
		isError(t, second(keys.Rotate(ctx, name(key))), spectron.ErrNotFound, "id")
		bystanders, err := bystander.Context(ctx, "a")
		require.NoError(t, err)
		alive(bystander, bystanders)

		again, _ := manager(t, mgr, key.Name) // another key has the name meanwhile
		dead(by, onContext, key.Secret)
		if again.ID == key.ID {
			t.Error("the id came again")
		}
	}
	page, err := mgr.Events(ctx, spectron.EventQuery{Limit: 1000})
	require.NoError(t, err)
	var got []string
	for _, e := range slices.Backward(page.Items) {
		if strings.HasPrefix(string(e.Action), "management_key.") && !strings.HasPrefix(e.Detail, "bystander") {
			got = append(got, string(e.Action)+" "+e.Detail)
		}
	}
	same(t, got, []string{
		"management_key.create ops0", "management_key.rotate ops0", "management_key.revoke ops0", "management_key.create ops0",
		"management_key.create ops1", "management_key.rotate ops1", "management_key.revoke ops1", "management_key.create ops1",
	})
}

func isUnauthenticated(err error) bool {
	e, ok := err.(*spectron.Error)
	return ok && e.Code == spectron.CodeUnauthenticated
}

// TestManagementKeysRotateAtOnce checks that a management key that many calls rotate at once ends with one secret, which is accepted.
func TestManagementKeysRotateAtOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	key, _ := manager(t, mgr, "ops")
	secrets := make([]string, 8)
	var wg sync.WaitGroup
	for i := range secrets {
		wg.Go(func() {
			if k, err := mgr.ManagementKeys().Rotate(ctx, key.ID); err == nil {
				secrets[i] = k.Secret
			} else {
				isError(t, err, spectron.ErrConflict, "id")
			}
		})
	}
	wg.Wait()
	good := 0
	for _, s := range append(secrets, key.Secret) {
		if s == "" {
			continue
		}
		if _, err := mgr.AuthenticateManager(ctx, s); err == nil {
			good++
		} else {
			isError(t, err, spectron.ErrUnauthenticated, "")
		}
	}
	if good != 1 {
		t.Errorf("%d secrets are good", good)
	}
}

// TestManagementKeysManage checks what a management key can do: manage Contexts and their contents other than memory.
func TestManagementKeysManage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	key, by := manager(t, mgr, "ops")
	c, err := by.CreateContext(ctx, "a", spectron.ContextSpec{Description: "first"})
	require.NoError(t, err)
	patched, err := by.PatchContext(ctx, "a", patchJSON(t, `{"description": "second", "config": {"token_limit": 5, "providers": {"openai": "`+providerKey+`"}}}`))
	require.NoError(t, err)
	if *patched.Config.TokenLimit != 5 || patched.Description != "second" {
		t.Errorf("%+v", patched)
	}
	for how, read := range map[string]func() (spectron.ContextInfo, error){
		"of the Admin":   func() (spectron.ContextInfo, error) { return by.ContextInfo(ctx, "a") },
		"of the Context": func() (spectron.ContextInfo, error) { return c.Info(ctx) },
	} {
		if info, err := read(); err != nil || !reflect.DeepEqual(info, patched) {
			t.Errorf("%s: %+v, %v", how, info, err)
		}
	}
	require.NoError(t, second(by.EnsureContext(ctx, "b", spectron.ContextSpec{})))
	require.NoError(t, second(by.EnsureContext(ctx, "b", spectron.ContextSpec{Namespace: "default", Database: "b"})))
	isError(t, second(by.EnsureContext(ctx, "b", spectron.ContextSpec{Database: "c"})), spectron.ErrAlreadyExists, "Database")
	p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "Alice", Grants: spectron.Grants{spectron.MemoryRead: {"org/acme/*"}}})
	require.NoError(t, err)
	require.NoError(t, second(c.Principals().Grant(ctx, p.ID, spectron.GrantRequest{Verbs: []spectron.Verb{spectron.MemoryWrite}, Path: "org/acme/*"})))
	effective, err := c.Principals().Effective(ctx, p.ID, spectron.EffectiveRequest{Path: "org/acme/x"})
	require.NoError(t, err)
	if !slices.Contains(effective.Verbs, spectron.MemoryRead) || !slices.Contains(effective.Verbs, spectron.MemoryWrite) || len(effective.Verbs) != 2 {
		t.Errorf("%+v", effective)
	}
	require.NoError(t, second(c.Scopes().Register(ctx, spectron.ScopeSpec{Path: "org/acme/team"})))
	require.NoError(t, c.Scopes().Tombstone(ctx, "org/acme/team"))
	minted, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "alice", PrincipalID: p.ID})
	require.NoError(t, err)
	agent, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Agent, ScopeFloor: "org/acme"})
	require.NoError(t, err)
	token, err := c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "okta:1", TTL: time.Minute, Grants: spectron.Grants{spectron.MemoryRead: {"/*"}}})
	require.NoError(t, err)
	for _, secret := range []string{minted.Secret, agent.Secret, token.Secret} {
		if !strings.HasPrefix(secret, "sk-a-") {
			t.Error("not a key of the management side")
		}
		handle, err := mgr.Authenticate(ctx, secret)
		require.NoError(t, err)
		_, err = handle.Memory().Recall(ctx, spectron.RecallRequest{Query: "x"})
		require.NoError(t, err)
	}
	rotated, err := c.Keys().Rotate(ctx, agent.ID)
	require.NoError(t, err)
	require.NoError(t, second(mgr.Authenticate(ctx, rotated.Secret)))
	require.NoError(t, c.Keys().Revoke(ctx, agent.ID))
	require.NoError(t, c.Principals().Delete(ctx, p.ID))
	isError(t, second(mgr.Authenticate(ctx, minted.Secret)), spectron.ErrUnauthenticated, "")
	page, err := c.Events(ctx, spectron.EventQuery{Limit: 1000})
	require.NoError(t, err)
	actions := map[spectron.EventAction]bool{}
	for _, e := range page.Items {
		if e.Action == spectron.EventDenied {
			continue
		}
		actions[e.Action] = true
		if e.KeyID != key.ID || e.PrincipalID != "principal:admin" || e.ContextID != "a" {
			t.Errorf("who did that? %+v", e)
		}
	}
	for _, want := range []spectron.EventAction{
		spectron.EventPrincipalCreated, spectron.EventGranted, spectron.EventScopeRegistered, spectron.EventScopeTombstoned, spectron.EventKeyCreated,
		spectron.EventKeyRotated, spectron.EventKeyRevoked, spectron.EventPrincipalDeleted,
	} {
		if !actions[want] {
			t.Errorf("no event %s", want)
		}
	}
	require.NoError(t, by.DeleteContext(ctx, "a"))
	plane, err := by.Events(ctx, spectron.EventQuery{Limit: 1000})
	require.NoError(t, err)
	for _, e := range plane.Items {
		if strings.HasPrefix(string(e.Action), "context.") && (e.KeyID != key.ID || e.PrincipalID != "principal:admin") {
			t.Errorf("who did that? %+v", e)
		}
	}
	list, err := by.ListContexts(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(list.Items) != 1 || list.Items[0].ID != "b" {
		t.Errorf("%+v", list)
	}
}

// TestManagementKeysAreNotKeysOfContexts checks that keys of Contexts and of the control plane are not accepted for each other.
func TestManagementKeysAreNotKeysOfContexts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	c := create(t, mgr, "a", spectron.ContextSpec{})
	key, _ := manager(t, mgr, "ops")
	agent, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "app", Principal: spectron.Supervisor})
	require.NoError(t, err)
	admin, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "admin", PrincipalID: "admin"})
	require.NoError(t, err)
	isError(t, second(mgr.Authenticate(ctx, key.Secret)), spectron.ErrUnauthenticated, "")
	for _, secret := range []string{agent.Secret, admin.Secret, "mgmt" + strings.TrimPrefix(agent.Secret, "sk-a")} {
		isError(t, second(mgr.AuthenticateManager(ctx, secret)), spectron.ErrUnauthenticated, "")
	}
	isError(t, c.Keys().Revoke(ctx, key.ID), spectron.ErrNotFound, "id")
	isError(t, mgr.ManagementKeys().Revoke(ctx, agent.ID), spectron.ErrNotFound, "id")
	require.NoError(t, second(mgr.AuthenticateManager(ctx, key.Secret)))
	require.NoError(t, second(mgr.Authenticate(ctx, agent.Secret)))
}

// TestManagementKeysRecordTheirUse checks that the use of a management key is recorded at most once a minute.
func TestManagementKeysRecordTheirUse(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	clock := spectrontest.NewClock()
	opts := spectron.Options{Clock: clock.Now}
	var key, idle *spectron.ManagementKey
	used := func() time.Time {
		var at time.Time
		withStore(t, path, opts, func(mgr *spectron.Manager) {
			page, err := mgr.ManagementKeys().List(ctx, spectron.PageRequest{})
			require.NoError(t, err)
			require.Len(t, page.Items, 2)
			for _, k := range page.Items {
				if k.ID == key.ID {
					at = k.LastUsedAt
				} else if !k.LastUsedAt.IsZero() {
					t.Errorf("%s was not used, and is listed as %+v", idle.Name, k)
				}
			}
		})
		return at
	}
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		var err error
		key, err = mgr.ManagementKeys().Create(ctx, "ops")
		require.NoError(t, err)
		idle, err = mgr.ManagementKeys().Create(ctx, "idle")
		require.NoError(t, err)
		isError(t, second(mgr.AuthenticateManager(ctx, idle.Secret[:len(idle.Secret)-52]+key.Secret[len(key.Secret)-52:])), spectron.ErrUnauthenticated, "")
	})
	if at := used(); !at.IsZero() {
		t.Errorf("used at %v before it was", at)
	}
	// Each step is a use after some time, and the expected LastUsedAt. Close waits for the record.
	start := clock.Now()
	for _, step := range []struct{ after, want time.Duration }{
		{time.Hour, time.Hour}, {30 * time.Second, time.Hour}, {30 * time.Second, time.Hour + time.Minute}, {59 * time.Second, time.Hour + time.Minute},
		{time.Hour, 2*time.Hour + 119*time.Second},
	} {
		clock.Advance(step.after)
		withStore(t, path, opts, func(mgr *spectron.Manager) {
			by, err := mgr.AuthenticateManager(ctx, key.Secret)
			require.NoError(t, err)
			require.NoError(t, second(by.Health(ctx)))
		})
		if at := used(); !at.Equal(start.Add(step.want)) {
			t.Errorf("used at %v, want %v", at, start.Add(step.want))
		}
	}
	// The same in one process. The last of these uses is in another minute.
	clock.Advance(time.Hour)
	withStore(t, path, opts, func(mgr *spectron.Manager) {
		by, err := mgr.AuthenticateManager(ctx, key.Secret)
		require.NoError(t, err)
		for range 3 {
			clock.Advance(30 * time.Second)
			require.NoError(t, second(by.Health(ctx)))
		}
	})
	if want, at := clock.Now().Add(-30*time.Second), used(); !at.Equal(want) {
		t.Errorf("used at %v, want %v", at, want)
	}
}
