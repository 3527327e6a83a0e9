package spectron

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// fileRows stores n scopes, principals, keys and events that belong to one part of the scope tree.
func fileRows(tb testing.TB, c *Context, path, who string, n int) {
	tb.Helper()
	ctx := context.Background()
	at := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	for from := 0; from < n; from += 500 {
		var change store.AccessChange
		for i := from; i < min(n, from+500); i++ {
			place, id := fmt.Sprintf("%s/%s%05d", path, who, i), fmt.Sprintf("%s%05d", who, i)
			change.Scopes = append(change.Scopes, record.ScopeNode{Path: place, CreatedAt: at})
			change.Principals = append(change.Principals, record.Principal{
				ID: "principal:" + id, Name: id, Kind: "agent", Grants: map[string][]string{"memory:read": {place}}, CreatedAt: at,
			})
			change.Keys = append(change.Keys, record.APIKey{ID: "cak_" + id, Principal: "principal:" + who, Name: id, CreatedAt: at})
			change.Events = append(change.Events, record.Event{
				ID: "audit_event:" + id, At: at.Add(time.Duration(i) * time.Second), Action: "by " + who, Op: "x", Principal: "principal:" + who,
			})
		}
		require.NoError(tb, c.state.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
			defer c.state.Access.Forget(change.Touched())
			return c.state.Rows.Change(ctx, change, at)
		}))
	}
}

// manager returns a handle that manages grants and reads scopes in one part of the tree.
func manager(tb testing.TB, c *Context, pattern string) *Context {
	tb.Helper()
	ctx := context.Background()
	p, err := c.Principals().Create(ctx, PrincipalSpec{Name: "manager", Grants: Grants{GrantManage: {pattern}, ScopeRead: {pattern}}})
	require.NoError(tb, err)
	key, err := c.Keys().Create(ctx, KeySpec{Name: "desk", PrincipalID: p.ID})
	require.NoError(tb, err)
	handle, err := c.manager().Authenticate(ctx, key.Secret)
	require.NoError(tb, err)
	return handle
}

// TestCursorsSayNothingOfWhatIsHidden checks that the pages of a listing have only what their caller sees, that their cursors name nothing
// else, and that neither the end of a page nor an invented cursor reveals hidden rows.
func TestCursorsSayNothingOfWhatIsHidden(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	lists := func(hidden int) map[string][]string {
		c := openTest(t, "mem://", &manualClock{now: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)})
		for _, who := range []string{"a", "z"} {
			fileRows(t, c, "org/"+who, who, hidden)
		}
		fileRows(t, c, "org/m", "seen", 5)
		by := manager(t, c, "org/m/*")
		out := map[string][]string{}
		for _, start := range []string{"", "org/a/a00001", "principal:z00001"} {
			for cursor, more := start, true; more; {
				page, err := by.Scopes().List(ctx, PageRequest{Cursor: cursor, Limit: 2})
				require.NoError(t, err)
				cursor, more = page.NextCursor, page.HasMore
				out["scopes from "+start] = append(out["scopes from "+start], fmt.Sprint(len(page.Items), cursor, more))
			}
			for cursor, more := start, true; more; {
				page, err := by.Principals().List(ctx, PageRequest{Cursor: cursor, Limit: 2})
				require.NoError(t, err)
				cursor, more = page.NextCursor, page.HasMore
				out["principals from "+start] = append(out["principals from "+start], fmt.Sprint(len(page.Items), more))
				if more && cursor != page.Items[len(page.Items)-1].ID {
					t.Errorf("a cursor of principals: %s", cursor)
				}
			}
		}
		return out
	}
	alone, among := lists(0), lists(4)
	for name := range alone {
		if !slices.Equal(alone[name], among[name]) {
			t.Errorf("%s: %q, with hidden ones %q", name, alone[name], among[name])
		}
	}
	if len(alone["scopes from "]) < 3 || len(alone["principals from "]) < 3 {
		t.Errorf("too few pages to show anything: %q", alone)
	}
}

// BenchmarkList reads a page of 10 visible rows, alone and among 10,000 hidden ones.
func BenchmarkList(b *testing.B) {
	ctx := context.Background()
	for _, hidden := range []int{0, 10_000} {
		c := openIn(b, "mem://", nil)
		b.Cleanup(func() { require.NoError(b, c.manager().Close(ctx)) })
		fileRows(b, c, "org/a", "a", hidden/2)
		fileRows(b, c, "org/m", "seen", 10)
		fileRows(b, c, "org/z", "z", hidden/2)
		by := manager(b, c, "org/m/*")
		for name, list := range map[string]func() (int, error){
			"scopes": func() (int, error) {
				page, err := by.Scopes().List(ctx, PageRequest{Limit: 10})
				return len(page.Items), err
			},
			"principals": func() (int, error) {
				page, err := by.Principals().List(ctx, PageRequest{Cursor: "principal:seen", Limit: 10})
				return len(page.Items), err
			},
			"keys": func() (int, error) {
				page, err := c.Keys().Of("seen").List(ctx, PageRequest{Limit: 10})
				return len(page.Items), err
			},
			"events": func() (int, error) {
				page, err := c.Events(ctx, EventQuery{PrincipalID: "seen", Limit: 10})
				return len(page.Items), err
			},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, hidden), func(b *testing.B) {
				for b.Loop() {
					n, err := list()
					require.NoError(b, err)
					require.Equal(b, 10, n)
				}
			})
		}
	}
}
