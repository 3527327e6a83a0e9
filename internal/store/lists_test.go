package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// readCounter counts the records that the engine reads.
type readCounter struct {
	kv.Backend
	reads atomic.Int64
}

type countedSnapshot struct {
	kv.Snapshot
	reads *atomic.Int64
}

type countedIterator struct {
	kv.Iterator
	reads *atomic.Int64
}

func (c *readCounter) Snapshot() (kv.Snapshot, error) {
	s, err := c.Backend.Snapshot()
	return countedSnapshot{s, &c.reads}, err
}

func (s countedSnapshot) Get(key []byte) ([]byte, bool, error) {
	s.reads.Add(1)
	return s.Snapshot.Get(key)
}

func (s countedSnapshot) Iterate(lo, hi []byte, dir kv.Direction) kv.Iterator {
	return countedIterator{s.Snapshot.Iterate(lo, hi, dir), s.reads}
}

func (i countedIterator) Next() ([]byte, []byte, error) {
	i.reads.Add(1)
	return i.Iterator.Next()
}

// patterns parses scope patterns.
func patterns(t *testing.T, of ...string) []scope.Pattern {
	t.Helper()
	out := make([]scope.Pattern, len(of))
	for i, p := range of {
		var err error
		out[i], err = scope.ParsePattern(p)
		require.NoError(t, err)
	}
	return out
}

// listed adds n of everything that is listed, which belongs to a part of the tree of scopes.
func listed(from, n int, path, who string) store.AccessChange {
	var c store.AccessChange
	for i := from; i < from+n; i++ {
		at := fmt.Sprintf("%s/s%05d", path, i)
		id := fmt.Sprintf("principal:%s%05d", who, i)
		c.Scopes = append(c.Scopes, record.ScopeNode{Path: at, CreatedAt: monday})
		c.Principals = append(c.Principals, record.Principal{ID: id, Name: id, Kind: "agent", Grants: map[string][]string{"memory:read": {at, at + "/x/*"}}, CreatedAt: monday})
		c.Keys = append(c.Keys, record.APIKey{ID: fmt.Sprintf("cak_%s%05d", who, i), Principal: "principal:" + who, Name: fmt.Sprint(i), CreatedAt: monday})
		c.Events = append(c.Events, record.Event{ID: fmt.Sprintf("audit_event:%s%05d", who, i), At: monday.Add(time.Duration(i) * time.Second), Action: "by " + who, Op: "x", Principal: "principal:" + who})
	}
	return c
}

// A page of what a caller sees reads the same few records whether there is anything else or not, the first one and later ones.
func TestPagesReadWhatTheirCallerSees(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	const visible, hidden = 10, 300
	lists := map[string]func(s *store.Store, after string) (ids []string, next string, err error){
		"scopes": func(s *store.Store, after string) (ids []string, next string, err error) {
			page, err := s.ScopesIn(ctx, patterns(t, "org/m/*"), after, visible/2)
			for _, n := range page {
				ids, next = append(ids, n.Path), n.Path
			}
			return ids, next, err
		},
		"principals": func(s *store.Store, after string) (ids []string, next string, err error) {
			page, err := s.PrincipalsIn(ctx, patterns(t, "org/m/*"), after, visible/2)
			for _, p := range page {
				ids, next = append(ids, p.ID), p.ID
			}
			return ids, next, err
		},
		"keys": func(s *store.Store, after string) (ids []string, next string, err error) {
			page, err := s.Keys(ctx, "principal:seen", after, visible/2)
			for _, k := range page {
				ids, next = append(ids, k.ID), k.ID
			}
			return ids, next, err
		},
	}
	for name, q := range map[string]store.EventQuery{
		"events of one": {Principal: "principal:seen"}, "events of a kind": {Action: "by seen"}, "events of one and a kind": {Principal: "principal:seen", Action: "by seen"},
		"events since": {Since: monday.Add(100_000 * time.Second)}, "events until": {Until: monday.Add(200_000 * time.Second)},
	} {
		lists[name] = func(s *store.Store, after string) (ids []string, next string, err error) {
			q.After, q.Limit = after, visible/2
			page, err := s.Events(ctx, q)
			for _, e := range page {
				ids, next = append(ids, e.ID), store.EventCursor(e)
			}
			return ids, next, err
		}
	}
	type figures struct {
		ids   []string
		reads [2]int64
	}
	measure := func(others bool) map[string]figures {
		backend := &readCounter{Backend: kv.NewMemory()}
		conn := enginetest.Connect(t, enginetest.OpenOn(t, backend), "lists")
		require.NoError(t, schema.Context().Apply(ctx, conn, monday))
		s := store.New(conn, store.SingleWriter)
		if others {
			// Before and after what is seen, in every order that there is; the times are apart as well.
			for from := 0; from < hidden; from += 100 {
				changed(t, s, listed(from, 100, "org/a", "a"))
				changed(t, s, listed(from, 100, "org/z", "z"))
			}
		}
		changed(t, s, listed(150_000, visible, "org/m", "seen"))
		out := map[string]figures{}
		for name, list := range lists {
			_, _, err := list(s, "") // what the engine reads once
			require.NoError(t, err)
			var f figures
			next := ""
			for page := range f.reads {
				before := backend.reads.Load()
				var ids []string
				ids, next, err = list(s, next)
				require.NoError(t, err)
				f.ids, f.reads[page] = append(f.ids, ids...), backend.reads.Load()-before
			}
			out[name] = f
		}
		return out
	}
	alone, among := measure(false), measure(true)
	for name := range lists {
		if len(alone[name].ids) != visible || !slices.Equal(alone[name].ids, among[name].ids) {
			t.Errorf("%s: alone %v, among others %v", name, alone[name].ids, among[name].ids)
		}
		for page, reads := range among[name].reads {
			if without := alone[name].reads[page]; reads > without+10 {
				t.Errorf("%s, page %d: %d records are read among %d hidden ones, %d without", name, page, reads, 2*hidden, without)
			}
		}
		t.Logf("%s: %v records, %v without others", name, among[name].reads, alone[name].reads)
	}
}

// Whatever is granted, the principals within patterns are those whose grants have something in common with them.
func TestPrincipalsInPatterns(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	of := []string{"/", "/*", "org", "org/*", "org/acme", "org/acme/*", "org/acme/team", "org/acme/team/*", "org/acme-2", "org/acme0/*", "org/acmé", "x/org/acme", "org/globex/*"}
	var c store.AccessChange
	for i, p := range of {
		c.Principals = append(c.Principals, record.Principal{ID: fmt.Sprintf("principal:%02d", i), Name: p, Grants: map[string][]string{"memory:read": {p}, "scope:read": {p}}, CreatedAt: monday})
	}
	c.Events = []record.Event{{ID: "audit_event:made"}}
	changed(t, s, c)
	check := func() {
		t.Helper()
		for _, within := range of {
			var want, got []string
			for _, p := range c.Principals {
				if slices.ContainsFunc(p.Grants["memory:read"], func(held string) bool {
					_, common := patterns(t, held)[0].Intersect(patterns(t, within)[0])
					return common
				}) || within == "/*" {
					want = append(want, p.ID)
				}
			}
			for after := ""; ; {
				page := must(s.PrincipalsIn(ctx, patterns(t, within), after, 3))(t)
				for _, p := range page {
					got, after = append(got, p.ID), p.ID
				}
				if len(page) < 3 {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("in %s: %v, want %v", within, got, want)
			}
			var covered []string
			for _, n := range must(s.ScopesIn(ctx, patterns(t, within, "org/acme/team/*", "org/globex"), "", 100))(t) {
				covered = append(covered, n.Path)
			}
			if slices.ContainsFunc(covered, func(path string) bool {
				return !patterns(t, within)[0].Covers(path) && !patterns(t, "org/acme/team/*")[0].Covers(path) && path != "org/globex"
			}) || len(slices.Compact(slices.Sorted(slices.Values(covered)))) != len(covered) {
				t.Errorf("scopes in %s: %v", within, covered)
			}
		}
	}
	nodes := store.AccessChange{Events: []record.Event{{ID: "audit_event:nodes"}}}
	for _, path := range []string{"org", "org/acme", "org/acme/team", "org/acme/team/a", "org/acme-2", "org/acme0", "org/globex", "org/globex/x", "x"} {
		nodes.Scopes = append(nodes.Scopes, record.ScopeNode{Path: path, CreatedAt: monday})
	}
	changed(t, s, nodes)
	check()
	// Grants move, and principals go.
	change := store.AccessChange{Events: []record.Event{{ID: "audit_event:moved"}}}
	for i := range c.Principals {
		c.Principals[i].Grants = map[string][]string{"memory:read": {of[(i+5)%len(of)]}}
	}
	change.Principals, change.DropPrincipals = c.Principals[1:], []string{c.Principals[0].ID}
	c.Principals = c.Principals[1:]
	changed(t, s, change)
	check()
}

// What was there before lists were read from what they are read from now is listed as well, also when the conversion was
// interrupted.
func TestUpgradeFilesLists(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, at := range map[string]int{"before": 7, "interrupted": 8} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := enginetest.Connect(t, enginetest.Open(t), "old")
			require.NoError(t, schema.Context().Through(7).Apply(ctx, conn, monday))
			for i := range 250 {
				_, err := conn.Query(ctx, `CREATE type::record('audit_event', $key) CONTENT { at: $at, action: 'a', op: 'x', principal: 'principal:p', paths: [] } RETURN NONE;
					CREATE type::record('principal', $key) CONTENT { name: $key, kind: 'agent', grants: { "memory:read": ['org/acme/*'] }, created_at: $at } RETURN NONE;
					CREATE type::record('change', $key) CONTENT { seq: 1, write: 'x', entities: [entity:⟨person/alice⟩], reload: false } RETURN NONE`,
					map[string]any{"key": fmt.Sprintf("%05d", i), "at": surreal.At(monday.Add(time.Duration(i) * time.Second))})
				require.NoError(t, err)
			}
			require.NoError(t, schema.Context().Through(at).Apply(ctx, conn, monday))
			for range 2 {
				require.NoError(t, store.Upgrade(ctx, conn, tuesday))
			}
			s := store.New(conn, store.SingleWriter)
			found := must(s.Events(ctx, store.EventQuery{Limit: 1000}))(t)
			if len(found) != 250 || found[0].ID != "audit_event:00249" || found[249].ID != "audit_event:00000" {
				t.Errorf("%d events are listed", len(found))
			}
			if found := must(s.PrincipalsIn(ctx, patterns(t, "org/acme/team"), "", 1000))(t); len(found) != 250 {
				t.Errorf("%d principals are listed", len(found))
			}
			out, err := conn.Query(ctx, `RETURN array::len(SELECT id FROM change WHERE reload = true AND entities = [])`, nil)
			require.NoError(t, err)
			var named int
			require.NoError(t, out.Last(&named))
			if named != 250 {
				t.Errorf("%d of 250 changes no longer name entities by what they are called", named)
			}
		})
	}
}
