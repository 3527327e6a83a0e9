package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

func newControl(t *testing.T) surreal.Conn {
	t.Helper()
	conn := enginetest.Connect(t, enginetest.Open(t), "control")
	require.NoError(t, schema.Control().Apply(t.Context(), conn, monday))
	return conn
}

func newRegistry(t *testing.T) *store.Registry {
	t.Helper()
	return store.NewRegistry(newControl(t))
}

// managed is a management key, every field of it set.
func managed(id string) record.ManagementKey {
	return record.ManagementKey{ID: "mk_" + id, Name: "ops " + id, Salt: []byte{0, 255}, Hash: []byte{1, 0}, Generation: 1, CreatedAt: monday, LastUsedAt: tuesday}
}

func did(id string) record.Event {
	return record.Event{ID: "audit_event:" + id, At: monday, Action: "x", Op: "x", Principal: "principal:admin", Paths: []string{}}
}

// actions are the ids of the events, oldest first.
func actions(t *testing.T, r *store.Registry) []string {
	t.Helper()
	found := must(r.Events(t.Context(), store.EventQuery{Limit: 1000}))(t)
	out := make([]string, len(found))
	for i, e := range found {
		out[len(found)-1-i] = e.ID
	}
	return out
}

func TestManagementKeys(t *testing.T) {
	t.Parallel()
	ctx, r := context.Background(), newRegistry(t)
	first, second := managed("1"), managed("2")
	filled(t, first)
	require.NoError(t, r.Bootstrap(ctx, first, did("1")))
	require.NoError(t, r.CreateManagementKey(ctx, second, did("2")))
	equal(t, "key", must(r.ManagementKey(ctx, first.ID))(t), first)
	equal(t, "key by name", must(r.ManagementKeyNamed(ctx, second.Name))(t), second)
	equal(t, "all", must(r.ManagementKeys(ctx, "", 10))(t), []record.ManagementKey{first, second})
	equal(t, "one", must(r.ManagementKeys(ctx, "", 1))(t), []record.ManagementKey{first})
	equal(t, "after one", must(r.ManagementKeys(ctx, first.ID, 10))(t), []record.ManagementKey{second})

	taken := managed("3")
	taken.Name = second.Name
	for what, err := range map[string]error{
		"bootstrapped again":   r.Bootstrap(ctx, managed("4"), did("no1")),
		"a name that is taken": r.CreateManagementKey(ctx, taken, did("no2")),
		"an id that is taken":  r.CreateManagementKey(ctx, second, did("no3")),
	} {
		if !errors.Is(err, surreal.ErrAlreadyExists) {
			t.Errorf("%s: %v", what, err)
		}
	}

	rotated := first
	rotated.Salt, rotated.Hash, rotated.Generation = []byte{9}, []byte{8}, 2
	require.NoError(t, r.RotateManagementKey(ctx, rotated, did("3")))
	equal(t, "rotated", must(r.ManagementKey(ctx, first.ID))(t), rotated)
	gone := managed("5")
	gone.Generation = 2
	for what, err := range map[string]error{
		"rotated by two":              r.RotateManagementKey(ctx, rotated, did("no4")),
		"rotated what is not there":   r.RotateManagementKey(ctx, gone, did("no5")),
		"dropped what is not there":   r.DropManagementKey(ctx, gone.ID, did("no6")),
		"a key that is not there":     failed(r.ManagementKey(ctx, gone.ID)),
		"a name that is not there":    failed(r.ManagementKeyNamed(ctx, gone.Name)),
		"another table's row by name": failed(r.ManagementKeyNamed(ctx, "")),
	} {
		if !errors.Is(err, surreal.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	require.NoError(t, r.DropManagementKey(ctx, first.ID, did("4")))
	equal(t, "left", must(r.ManagementKeys(ctx, "", 10))(t), []record.ManagementKey{second})
	// Bootstrapping is once in the life of a store, and the name is free.
	if err := r.Bootstrap(ctx, first, did("no7")); !errors.Is(err, surreal.ErrAlreadyExists) {
		t.Errorf("bootstrapped once the first key was gone: %v", err)
	}
	require.NoError(t, r.CreateManagementKey(ctx, first, did("5")))
	equal(t, "what is on record", actions(t, r), []string{"audit_event:1", "audit_event:2", "audit_event:3", "audit_event:4", "audit_event:5"})
}

func TestUsesOfManagementKeysAreRecordedByTheMinute(t *testing.T) {
	t.Parallel()
	ctx, r, key := context.Background(), newRegistry(t), managed("1")
	key.LastUsedAt = time.Time{}
	require.NoError(t, r.CreateManagementKey(ctx, key, did("1")))
	for _, use := range []struct{ at, recorded time.Duration }{{0, 0}, {time.Minute - 1, 0}, {-time.Hour, 0}, {time.Minute, time.Minute}} {
		require.NoError(t, r.UsedManagementKey(ctx, key.ID, monday.Add(use.at)))
		if got := must(r.ManagementKey(ctx, key.ID))(t).LastUsedAt; !got.Equal(monday.Add(use.recorded)) {
			t.Errorf("used after %v: recorded %v", use.at, got.Sub(monday))
		}
	}
}

// configured is a Context that is ready, as it is stored.
func configured(t *testing.T, r *store.Registry, id string, change func(*store.Registered)) store.Registered {
	t.Helper()
	ctx := t.Context()
	entry := store.Registered{ID: id, Namespace: "n", Database: id, Description: "x", CreatedAt: monday, Claim: "claim " + id}
	if change != nil {
		change(&entry)
	}
	require.NoError(t, r.Claim(ctx, entry))
	require.NoError(t, r.Ready(ctx, id, entry.Claim, 3, did("ready-"+id)))
	return registered(t, r, id)
}

// registered is an entry without what its claim makes of the time.
func registered(t *testing.T, r *store.Registry, id string) store.Registered {
	t.Helper()
	entry := must(r.Get(t.Context(), id))(t)
	entry.Held = 0
	return entry
}

func TestConfigure(t *testing.T) {
	t.Parallel()
	ctx, r := context.Background(), newRegistry(t)
	was := configured(t, r, "a", func(c *store.Registered) {
		c.Config, c.Providers = []byte(`{"token_limit":1}`), map[string][]byte{"one": {0, 255}}
	})
	equal(t, "made", []any{was.Config, was.Providers, was.EnforcementBlocked, was.Revision}, []any{[]byte(`{"token_limit":1}`), map[string][]byte{"one": {0, 255}}, false, 0})
	now := was
	now.Description, now.Config, now.Providers = "ü", []byte(`{"models":{"extraction":"ä"}}`), map[string][]byte{"one": {1}, "two": {}}
	now.EnforcementBlocked, now.Revision = true, 1
	require.NoError(t, r.Configure(ctx, was, now, did("1")))
	equal(t, "configured", registered(t, r, "a"), now)
	back := now
	back.Description, back.Config, back.Providers, back.EnforcementBlocked, back.Revision = "", []byte{}, nil, false, 2
	require.NoError(t, r.Configure(ctx, now, back, did("2")))
	equal(t, "configured back", registered(t, r, "a"), back)

	wrong := func(change func(*store.Registered)) store.Registered {
		c := back
		change(&c)
		return c
	}
	for what, stale := range map[string]store.Registered{
		"an earlier revision": was,
		"another claim":       wrong(func(c *store.Registered) { c.Claim = "another" }),
		"another id":          wrong(func(c *store.Registered) { c.ID = "b" }),
	} {
		if err := r.Configure(ctx, stale, now, did("no")); !errors.Is(err, store.ErrStale) {
			t.Errorf("%s: %v", what, err)
		}
	}
	require.NoError(t, r.Take(ctx, back, store.StateDeleting, "two"))
	leaving := wrong(func(c *store.Registered) { c.Claim = "two" })
	if err := r.Configure(ctx, leaving, now, did("no")); !errors.Is(err, store.ErrStale) {
		t.Errorf("one that is being deleted: %v", err)
	}
	equal(t, "what is on record", actions(t, r), []string{"audit_event:1", "audit_event:2", "audit_event:ready-a"})
}

// The keys of providers are sealed anew while nobody changes them, and the revision stays.
func TestReseal(t *testing.T) {
	t.Parallel()
	ctx, r := context.Background(), newRegistry(t)
	for i := range 5 {
		configured(t, r, fmt.Sprint("c", i), func(c *store.Registered) {
			if i%2 == 0 {
				c.Providers = map[string][]byte{"p": {byte(i)}}
			}
		})
	}
	// Also one that is not ready has them.
	require.NoError(t, r.Claim(ctx, store.Registered{ID: "d", Namespace: "n", Database: "d", CreatedAt: monday, Claim: "d", Providers: map[string][]byte{"p": {9}}}))
	var ids []string
	for after := ""; ; {
		page := must(r.Sealed(ctx, after, 2))(t)
		for _, c := range page {
			ids, after = append(ids, c.ID), c.ID
		}
		if len(page) < 2 {
			break
		}
	}
	equal(t, "sealed", ids, []string{"c0", "c2", "c4", "d"})

	was := registered(t, r, "c2")
	want := was
	want.Providers = map[string][]byte{"p": {42}}
	want.Revision = 1 // who read it before must not write the old ones back
	require.NoError(t, r.Reseal(ctx, was, want.Providers))
	equal(t, "resealed", registered(t, r, "c2"), want)
	now := want
	now.Providers, now.Revision = nil, 2
	require.NoError(t, r.Configure(ctx, want, now, did("1")))
	for what, stale := range map[string]store.Registered{"configured since": want, "not there": {ID: "none", Claim: "x"}, "made again since": {ID: "c2", Revision: 1, Claim: "x"}} {
		if err := r.Reseal(ctx, stale, map[string][]byte{"p": {7}}); !errors.Is(err, store.ErrStale) {
			t.Errorf("%s: %v", what, err)
		}
	}
	got := registered(t, r, "c2")
	now.Config = got.Config // empty either way
	equal(t, "as it was configured", got, now)
}

// Everything in the control plane happens once, with one event, although answers are lost.
func TestControlPlaneTakesLostAnswers(t *testing.T) {
	t.Parallel()
	ctx, conn := context.Background(), newControl(t)
	random, lost := rand.New(rand.NewPCG(9, 10)), 0
	r := store.NewRegistry(lossy{conn, func(string) (bool, bool) {
		n := random.IntN(5)
		if n < 2 {
			lost++
		}
		return n == 0, n == 1
	}})
	require.NoError(t, r.Bootstrap(ctx, managed("0"), did("00-boot")))
	want := []string{"audit_event:00-boot"}
	entry := configured(t, r, "a", nil)
	for i := range 10 {
		key := managed(fmt.Sprint("k", i))
		id := func(what string) record.Event {
			e := did(fmt.Sprintf("%02d-%s", i+1, what))
			want = append(want, e.ID)
			return e
		}
		require.NoError(t, r.CreateManagementKey(ctx, key, id("1")))
		key.Generation++
		require.NoError(t, r.RotateManagementKey(ctx, key, id("2")))
		if got := must(r.ManagementKey(ctx, key.ID))(t); got.Generation != 2 {
			t.Errorf("rotated once to %d", got.Generation)
		}
		require.NoError(t, r.DropManagementKey(ctx, key.ID, id("3")))
		next := entry
		next.Description, next.Revision = fmt.Sprint(i), entry.Revision+1
		require.NoError(t, r.Configure(ctx, entry, next, id("4")))
		entry = next
		require.NoError(t, r.Record(ctx, id("5")))
	}
	if got := registered(t, r, "a"); got.Revision != 10 || got.Description != "9" {
		t.Errorf("after ten changes: %+v", got)
	}
	equal(t, "what is on record", actions(t, r), append(want, "audit_event:ready-a"))
	if lost < 20 {
		t.Errorf("%d answers were lost", lost)
	}
}
