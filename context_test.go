package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func create(tb testing.TB, mgr *spectron.Manager, id string, spec spectron.ContextSpec) *spectron.Context {
	tb.Helper()
	c, err := mgr.CreateContext(context.Background(), id, spec)
	require.NoError(tb, err)
	return c
}

func TestContextInfo(t *testing.T) {
	t.Parallel()
	mgr, ctx := spectrontest.Open(t, nil), context.Background()
	long := "a-" + fmt.Sprintf("%061d", 0) // 63 characters
	for _, want := range []spectron.ContextInfo{
		{ID: "a", Namespace: "default", Database: "a", CreatedAt: spectrontest.Epoch},
		{ID: "0", Namespace: "n", Database: "0", CreatedAt: spectrontest.Epoch},
		{ID: "-", Namespace: "n", Database: "A_b-9", Description: "Ünïcode `quoted`", CreatedAt: spectrontest.Epoch},
		{ID: long, Namespace: "default", Database: long, CreatedAt: spectrontest.Epoch},
		{ID: "spectron", Namespace: "default", Database: "spectron", CreatedAt: spectrontest.Epoch},
	} {
		c := create(t, mgr, want.ID, spectron.ContextSpec{Namespace: want.Namespace, Database: want.Database, Description: want.Description})
		want.Config = c.Info().Config
		if !reflect.DeepEqual(c.Info(), want) || c.ID() != want.ID {
			t.Errorf("created %+v, want %+v", c.Info(), want)
		}
		again, err := mgr.Context(ctx, want.ID)
		require.NoError(t, err)
		if !reflect.DeepEqual(again.Info(), want) {
			t.Errorf("found %+v, want %+v", again.Info(), want)
		}
		tell(t, again, "Bob lives in Oslo.")
		if got := answer(ask(t, c, "Where does Bob live?"), "lives_in"); !slices.Equal(got, []string{"Oslo"}) {
			t.Errorf("%s: Bob lives in %v", want.ID, got)
		}
	}
}

// TestContextsAreApart checks Contexts in one namespace, with names that differ only in case, and in namespaces with databases of the same
// name.
func TestContextsAreApart(t *testing.T) {
	t.Parallel()
	mgr := spectrontest.Open(t, nil)
	specs := map[string]spectron.ContextSpec{
		"a": {Namespace: "acme", Database: "prod"}, "b": {Namespace: "acme", Database: "Prod"},
		"c": {Namespace: "acme", Database: "test"}, "d": {Namespace: "Acme", Database: "prod"}, "e": {},
	}
	all := map[string]*spectron.Context{}
	session := map[string]string{}
	for id, spec := range specs {
		all[id] = create(t, mgr, id, spec)
		session[id] = tell(t, all[id], "My name is Alice and I live in City"+id+". Always answer in code-"+id+".").SessionID
	}
	check := func(ids ...string) {
		t.Helper()
		for _, id := range ids {
			c := all[id]
			if got := answer(ask(t, c, "Where does Alice live?"), "lives_in"); !slices.Equal(got, []string{"City" + id}) {
				t.Errorf("%s: Alice lives in %v", id, got)
			}
			for other := range specs {
				if other == id {
					continue
				}
				for _, mode := range []spectron.Mode{spectron.ModeBM25, spectron.ModeHybrid, ""} {
					r := recall(t, c, spectron.RecallRequest{Query: "City" + other + " code-" + other, Mode: mode})
					for _, h := range r.Hits {
						if h.Source.SessionID != session[id] {
							t.Errorf("%s sees %q of %s", id, h.Text, other)
						}
					}
				}
				if _, err := c.Sessions().Turns(context.Background(), spectron.TurnQuery{SessionID: session[other]}); !errors.Is(err, spectron.ErrNotFound) {
					t.Errorf("%s reads a session of %s: %v", id, other, err)
				}
				_, err := c.Memory().Remember(context.Background(), spectron.RememberRequest{Text: "x", SessionID: session[other]})
				isError(t, err, spectron.ErrNotFound, "SessionID")
			}
		}
	}
	check("a", "b", "c", "d", "e")
	for _, gone := range []string{"a", "d"} {
		require.NoError(t, mgr.DeleteContext(context.Background(), gone))
		isError(t, second(mgr.Context(context.Background(), gone)), spectron.ErrNotFound, "ID")
	}
	check("b", "c", "e")
}

func TestDeletedContextComesBackEmpty(t *testing.T) {
	t.Parallel()
	mgr, ctx := spectrontest.Open(t, nil), context.Background()
	spec := spectron.ContextSpec{Namespace: "n", Database: "d"}
	for i := range 3 {
		c := create(t, mgr, "a", spec)
		if got := known(t, c, "Alice Acme Globex user", day(12, 31)); len(got) > 0 {
			t.Errorf("round %d: %v", i, got)
		}
		if r := ask(t, c, "Alice works at Acme"); len(r.Hits) > 0 || len(r.Seeds) > 0 {
			t.Errorf("round %d: %+v", i, r)
		}
		r := tell(t, c, "Alice works at Acme.")
		tell(t, c, "Alice works at Globex.")
		require.NoError(t, mgr.DeleteContext(ctx, "a"))
		isError(t, mgr.DeleteContext(ctx, "a"), spectron.ErrNotFound, "ID")
		// The database is free for another Context, which sees none of the old data.
		b := create(t, mgr, "b", spec)
		isError(t, second(b.Sessions().Get(ctx, r.SessionID)), spectron.ErrNotFound, "SessionID")
		if r := ask(t, b, "Alice Acme"); len(r.Hits) > 0 {
			t.Errorf("round %d: %+v", i, r.Hits)
		}
		require.NoError(t, mgr.DeleteContext(ctx, "b"))
	}
}

func TestEnsureContext(t *testing.T) {
	t.Parallel()
	mgr, ctx := spectrontest.Open(t, nil), context.Background()
	spec := spectron.ContextSpec{Namespace: "acme", Database: "prod", Description: "first"}
	c, err := mgr.EnsureContext(ctx, "a", spec)
	require.NoError(t, err)
	tell(t, c, "Bob lives in Oslo.")
	for _, s := range []spectron.ContextSpec{spec, {}, {Namespace: "acme"}, {Database: "prod", Description: "second"}} {
		again, err := mgr.EnsureContext(ctx, "a", s)
		require.NoError(t, err)
		if !reflect.DeepEqual(again.Info(), c.Info()) || again.Info().Description != "first" {
			t.Errorf("%+v: %+v", s, again.Info())
		}
		if got := answer(ask(t, again, "Where does Bob live?"), "lives_in"); len(got) != 1 {
			t.Errorf("%+v: a new Context", s)
		}
	}
}

func TestEnsureContextAtOnce(t *testing.T) {
	t.Parallel()
	mgr := spectrontest.Open(t, nil)
	const callers = 16
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range callers {
		wg.Go(func() {
			<-start
			ctx := context.Background()
			c, err := mgr.EnsureContext(ctx, "shared", spectron.ContextSpec{Namespace: "n"})
			if err != nil {
				t.Errorf("%d: %v", i, err)
				return
			}
			if _, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: fmt.Sprintf("word%c", 'a'+i), Infer: spectron.InferNone}); err != nil {
				t.Errorf("%d: %v", i, err)
			}
			if _, err := mgr.EnsureContext(ctx, fmt.Sprintf("own-%d", i), spectron.ContextSpec{}); err != nil {
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	close(start)
	wg.Wait()
	c, err := mgr.Context(context.Background(), "shared")
	require.NoError(t, err)
	for i := range callers {
		same(t, said(recall(t, c, spectron.RecallRequest{Query: fmt.Sprintf("word%c", 'a'+i), Mode: spectron.ModeBM25})), []string{fmt.Sprintf("word%c", 'a'+i)})
	}
	page, err := mgr.ListContexts(context.Background(), spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != callers+1 {
		t.Errorf("%d Contexts", len(page.Items))
	}
}

// TestCreateContextAtOnce creates one id and one database many times at once. Exactly one call succeeds for each.
func TestCreateContextAtOnce(t *testing.T) {
	t.Parallel()
	mgr := spectrontest.Open(t, nil)
	var mu sync.Mutex
	made := map[string]int{}
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			ids := []struct {
				id, field string
				spec      spectron.ContextSpec
			}{
				{"same-id", "ID", spectron.ContextSpec{Database: fmt.Sprintf("d%d", i)}},
				{fmt.Sprintf("id-%d", i), "Database", spectron.ContextSpec{Database: "same"}},
			}
			for _, c := range ids {
				_, err := mgr.CreateContext(context.Background(), c.id, c.spec)
				switch {
				case err == nil:
					mu.Lock()
					made[c.field]++
					mu.Unlock()
				default:
					isError(t, err, spectron.ErrAlreadyExists, c.field)
				}
			}
		})
	}
	wg.Wait()
	if made["ID"] != 1 || made["Database"] != 1 {
		t.Errorf("made %v", made)
	}
}

func TestListContexts(t *testing.T) {
	t.Parallel()
	mgr, ctx := spectrontest.Open(t, nil), context.Background()
	page, err := mgr.ListContexts(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 0 || page.HasMore || page.NextCursor != "" {
		t.Errorf("an empty store lists %+v", page)
	}
	var want []string
	for _, id := range []string{"b", "a", "c-1", "c", "10", "9", "-"} {
		create(t, mgr, id, spectron.ContextSpec{Description: "of " + id})
		want = append(want, id)
	}
	slices.Sort(want)
	for limit := range len(want) + 2 {
		var got []string
		for cursor, more := "", true; more; {
			page, err := mgr.ListContexts(ctx, spectron.PageRequest{Cursor: cursor, Limit: limit})
			require.NoError(t, err)
			for _, c := range page.Items {
				got = append(got, c.ID)
				if c.Description != "of "+c.ID || c.Database != c.ID {
					t.Errorf("%+v", c)
				}
			}
			if more = page.HasMore; more != (page.NextCursor != "") || limit > 0 && len(page.Items) > limit || more && len(page.Items) != limit {
				t.Fatalf("limit %d: %+v", limit, page)
			}
			cursor = page.NextCursor
		}
		same(t, got, want)
	}
	require.NoError(t, mgr.DeleteContext(ctx, "c"))
	page, err = mgr.ListContexts(ctx, spectron.PageRequest{Cursor: "b", Limit: 2})
	require.NoError(t, err)
	if len(page.Items) != 1 || page.Items[0].ID != "c-1" || page.HasMore {
		t.Errorf("after b: %+v", page)
	}
}

// TestDeleteUnderWrites deletes a Context and creates it again while others write to it. Each write is refused or stored completely, and
// nothing of an earlier Context is visible in a later one.
func TestDeleteUnderWrites(t *testing.T) {
	t.Parallel()
	mgr, ctx := spectrontest.Open(t, nil), context.Background()
	const rounds = 8
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				c, err := mgr.Context(ctx, "a")
				if err == nil {
					_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: fmt.Sprintf("Alice works at Firm%d. writer%d", i, w)})
				}
				if err == nil {
					_, err = c.Sessions().Create(ctx, spectron.SessionSpec{})
				}
				if err == nil {
					_, err = c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"})
				}
				if err != nil && !errors.Is(err, spectron.ErrNotFound) {
					t.Errorf("writer %d: %v", w, err)
					return
				}
			}
		})
	}
	for i := range rounds {
		c, err := mgr.CreateContext(ctx, "a", spectron.ContextSpec{})
		if err == nil {
			_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Bob lives in Oslo."})
		}
		if err == nil {
			err = mgr.DeleteContext(ctx, "a")
		}
		if err != nil {
			t.Errorf("round %d: %v", i, err)
			break
		}
	}
	close(stop)
	wg.Wait()
	c := create(t, mgr, "a", spectron.ContextSpec{})
	if got := known(t, c, "Alice Bob", day(12, 31)); len(got) > 0 {
		t.Errorf("left over: %v", got)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	for want, opts := range map[string]*spectron.Options{"lexical": nil, "embedder": {Embedder: &spectrontest.Embedder{}}} {
		mgr := spectrontest.Open(t, opts)
		create(t, mgr, "a", spectron.ContextSpec{})
		h, err := mgr.Health(context.Background())
		require.NoError(t, err)
		if h.VectorsFrom != want || h.Contexts != 1 || h.WasmBytes < 1<<20 || h.Database == "" {
			t.Errorf("%+v, vectors from %s", h, want)
		}
	}
}

// TestStoresAreApart checks that stores are isolated, even if they share a compiled engine, and that closing one leaves the others open.
func TestStoresAreApart(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	one, two := spectrontest.Open(t, nil), spectrontest.Open(t, nil)
	tell(t, create(t, one, "a", spectron.ContextSpec{}), "Alice works at Acme.")
	isError(t, second(two.Context(ctx, "a")), spectron.ErrNotFound, "ID")
	c := create(t, two, "a", spectron.ContextSpec{})
	if r := ask(t, c, "Alice Acme"); len(r.Hits) > 0 {
		t.Errorf("%v", r.Hits)
	}
	require.NoError(t, one.Close(ctx))
	tell(t, c, "Bob works at Globex.")
	if got := answer(ask(t, c, "Where does Bob work?"), "works_at"); !slices.Equal(got, []string{"Globex"}) {
		t.Errorf("Bob works at %v", got)
	}
}

// TestCloseUnderWrites checks that Close waits for running calls. Each of them succeeds or reports that the store is closed, and none
// hangs.
func TestCloseUnderWrites(t *testing.T) {
	t.Parallel()
	c := spectrontest.Open(t, nil)
	acme := create(t, c, "acme", spectron.ContextSpec{})
	var wg sync.WaitGroup
	started := make(chan struct{}, 8)
	for range 8 {
		wg.Go(func() {
			for i := 0; ; i++ {
				_, err := acme.Memory().Remember(context.Background(), spectron.RememberRequest{Text: "Alice works at Acme.", Infer: spectron.InferNone})
				if i == 0 {
					started <- struct{}{}
				}
				if err != nil {
					if !errors.Is(err, spectron.ErrClosed) {
						t.Errorf("while closing: %v", err)
					}
					return
				}
			}
		})
	}
	for range 8 {
		<-started
	}
	require.NoError(t, c.Close(context.Background()))
	wg.Wait()
}

// TestManagerMemory checks that a program with one memory needs no name for its Context: the first call creates it, and later calls return
// the same memory.
func TestManagerMemory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t)
	first, err := mgr.Memory(ctx)
	require.NoError(t, err)
	_, err = first.Remember(ctx, spectron.RememberRequest{Text: "Alice works at Globex."})
	require.NoError(t, err)
	again, err := mgr.Memory(ctx)
	require.NoError(t, err)
	found, err := again.Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?"})
	require.NoError(t, err)
	if len(found.Hits) == 0 || found.Hits[0].Text != "Alice works at Globex" {
		t.Errorf("found %+v", found.Hits)
	}
	info, err := mgr.ContextInfo(ctx, spectron.DefaultContext)
	if err != nil || info.ID != "default" {
		t.Errorf("%+v, %v", info, err)
	}
	require.NoError(t, mgr.Close(ctx))
	_, err = mgr.Memory(ctx)
	isError(t, err, spectron.ErrClosed, "")
}
