package recall_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

var listedSets = []record.ScopeSet{{{"org/m"}}, {{"org/m/x"}}, {{"org/a"}, {"org/m"}}, {{"org/a"}}, {{"org/z"}}, {{"/"}}}

// TestSessionsBefore checks that a page is the right part of the sessions that a reader sees, newest first. Sessions are added and removed
// in all ways before.
func TestSessionsBefore(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 1))
	day := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	v, model := recall.NewView(), map[string]record.Session{}
	some := func() record.Session {
		return record.Session{ID: fmt.Sprintf("session:%03d", random.IntN(300)), Scopes: listedSets[random.IntN(len(listedSets))], CreatedAt: day.Add(time.Duration(random.IntN(40)) * time.Minute)}
	}
	reach := scope.Reach{
		Visible: func(set record.ScopeSet) bool {
			return slices.ContainsFunc(set, func(clause []string) bool { return strings.HasPrefix(clause[0], "org/m") })
		},
		Within: []scope.Pattern{{Path: "org/m", Subtree: true}},
	}
	check := func(v *recall.View) {
		t.Helper()
		for name, r := range map[string]scope.Reach{"all": {}, "some": reach} {
			var want []record.Session
			for _, s := range model {
				if r.Sees(s.Scopes) {
					want = append(want, s)
				}
			}
			slices.SortFunc(want, func(a, b record.Session) int {
				if c := b.CreatedAt.Compare(a.CreatedAt); c != 0 {
					return c
				}
				return strings.Compare(b.ID, a.ID)
			})
			if n := v.CountSessions(r); n != len(want) {
				t.Fatalf("%s: %d sessions, want %d", name, n, len(want))
			}
			var place recall.Place
			for at := 0; at <= len(want); {
				skip, limit := random.IntN(3), 1+random.IntN(9)
				from := min(len(want), at+skip)
				page := v.SessionsBefore(r, place, skip, limit)
				require.Equal(t, fmt.Sprint(want[from:min(len(want), from+limit)]), fmt.Sprint(page), "%s from %d", name, at)
				if at = from + len(page); len(page) < limit {
					break
				}
				place = recall.PlaceOf(page[limit-1])
			}
		}
	}
	for i := range 1500 {
		s := some()
		switch random.IntN(5) {
		case 0: // written by another process
			require.NoError(t, v.Merge(store.Update{Sessions: []record.Session{s}}))
			model[s.ID] = s
		case 1:
			v.DropSession(s.ID, nil)
			delete(model, s.ID)
		case 2:
			require.NoError(t, v.Merge(store.Update{Erased: []string{s.ID}}))
			delete(model, s.ID)
		default:
			require.NoError(t, v.Apply(store.Write{Session: s}))
			model[s.ID] = s
		}
		if i%100 == 0 {
			check(v)
		}
	}
	check(v)
	again, err := recall.Load(t.Context(), v.Rows(), nil)
	require.NoError(t, err)
	check(again)
	// A place need not be that of a session.
	if got := v.SessionsBefore(scope.Reach{}, recall.Place{At: day.Add(-time.Hour), ID: "x"}, 0, 10); len(got) > 0 {
		t.Errorf("before the first: %v", got)
	}
}

// BenchmarkSessionsBefore reads a page of 10 sessions. One reader sees 100 of them, each in a scope of its own, among the given number of
// sessions that it does not see. Another reader sees all.
func BenchmarkSessionsBefore(b *testing.B) {
	day := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	for _, hidden := range []int{0, 1000, 100_000} {
		v := recall.NewView()
		for i := range hidden + 100 {
			path := fmt.Sprintf("org/a/%06d", i)
			if hidden == 0 || i%(1+hidden/100) == 0 {
				path = fmt.Sprintf("org/m/%06d", i)
			}
			s := record.Session{ID: fmt.Sprintf("session:%06d", i), Scopes: record.ScopeSet{{path}}, CreatedAt: day.Add(time.Duration(i) * time.Second)}
			require.NoError(b, v.Apply(store.Write{Session: s}))
		}
		for name, reach := range map[string]scope.Reach{"all": {}, "some": {
			Visible: func(set record.ScopeSet) bool { return strings.HasPrefix(set[0][0], "org/m/") },
			Within:  []scope.Pattern{{Path: "org/m", Subtree: true}},
		}} {
			b.Run(fmt.Sprint(name, "/", hidden), func(b *testing.B) {
				for b.Loop() {
					require.Len(b, v.SessionsBefore(reach, recall.Place{}, 0, 10), 10)
				}
			})
		}
	}
}

// TestSessionPagesLookAtWhatTheirReaderSees checks that a page tests as many scope sets among many foreign sessions as without them.
func TestSessionPagesLookAtWhatTheirReaderSees(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	asked := func(hidden int) (n int) {
		v := recall.NewView()
		keep := func(i int, path string) {
			s := record.Session{ID: fmt.Sprint("session:", path, i), Scopes: record.ScopeSet{{fmt.Sprint(path, i)}}, CreatedAt: day.Add(time.Duration(i) * time.Minute)}
			require.NoError(t, v.Apply(store.Write{Session: s}))
		}
		for i := range hidden {
			keep(i, "org/a/")
			keep(i, "org/z/")
		}
		for i := range 10 {
			keep(i, "org/m/")
		}
		got := v.SessionsBefore(scope.Reach{
			Visible: func(set record.ScopeSet) bool { n++; return strings.HasPrefix(set[0][0], "org/m/") },
			Within:  []scope.Pattern{{Path: "org/m", Subtree: true}},
		}, recall.Place{}, 2, 5)
		if len(got) != 5 || got[0].ID != "session:org/m/7" {
			t.Errorf("among %d: %v", hidden, got)
		}
		return n
	}
	if alone, among := asked(0), asked(300); among != alone {
		t.Errorf("it asks about %d scope sets, alone about %d", among, alone)
	}
}
