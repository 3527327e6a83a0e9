package index_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// TestNewest compares the pages of a list with all visible rows, sorted. Sessions that the caller may not know do not decide the order.
func TestNewest(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	r, ix := rand.New(rand.NewPCG(3, 4)), index.New()
	var all []index.Entry
	for n := range 600 {
		e := entryAtRandom(r, n)
		e.Occurred = time.Date(2020, 1, 1+r.IntN(9), 0, 0, 0, 0, time.UTC)
		require.NoError(t, ix.Put(e))
		all = append(all, e)
	}
	follows := func(session string) bool { return session == "session:1" }
	for name, f := range map[string]index.Filter{
		"all": {Closed: true}, "live": {}, "scope": {Visible: func(s record.ScopeSet) bool { return s[0][0] == "org/a" }, Closed: true},
		"told": {Closed: true, Told: &index.Told{Role: record.Assistant, Before: time.Date(2020, 1, 5, 0, 0, 0, 0, time.UTC)}},
		"keep": {Closed: true, Keep: func(id string) bool { return strings.HasSuffix(id, "7") }},
	} {
		f.Follows = follows
		var want []index.Entry
		for _, e := range all {
			if (f.Visible == nil || f.Visible(e.Scopes)) && (f.Closed || e.Known.Until.IsZero()) && (f.Keep == nil || f.Keep(e.ID)) &&
				(f.Told == nil || e.Turn == "" || e.Role == f.Told.Role && e.Occurred.Before(f.Told.Before)) {
				want = append(want, e)
			}
		}
		known := func(e index.Entry) index.Entry {
			if e.Turn == "" || !follows(e.Session) {
				e.Session, e.Seq, e.Start = "", 0, 0
			}
			return e
		}
		slices.SortFunc(want, func(a, b index.Entry) int {
			x, y := known(a), known(b)
			return cmp.Or(y.Occurred.Compare(x.Occurred), strings.Compare(x.Session, y.Session), y.Seq-x.Seq, y.Start-x.Start, strings.Compare(x.ID, y.ID))
		})
		for _, limit := range []int{1, 7, 100, 1000} {
			var got []string
			for after := (*index.Position)(nil); ; {
				rows, at := ix.Newest(f, after, limit)
				for i, e := range rows {
					got = append(got, e.ID)
					if hidden := e.Session != "" && !follows(e.Session); hidden && at[i].Session != "" {
						t.Fatalf("%s: the position of %s shows its session", name, e.ID)
					}
				}
				if len(rows) < limit {
					break
				}
				after = &at[limit-1]
			}
			require.Equal(t, fmt.Sprint(idsOfEntries(want)), fmt.Sprint(got), "%s by %d", name, limit)
		}
	}
}

func idsOfEntries(list []index.Entry) (ids []string) {
	for _, e := range list {
		ids = append(ids, e.ID)
	}
	return ids
}
