package index_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// TestThen lists what a reader's users said in a month: what can give the answer first, then in the order of time, and nothing that is hidden,
// closed, only asked, or said by the assistant.
func TestThen(t *testing.T) {
	t.Parallel()
	ix := index.New()
	mine, hidden := record.ScopeSet{{"org/a"}}, record.ScopeSet{{"org/b"}}
	put := func(id string, day int, edit func(*index.Entry)) {
		t.Helper()
		at := time.Date(2025, 3, day, 9, 0, 0, 0, time.UTC)
		e := index.Entry{
			ID: id, Kind: record.KindMemoryChunk, Text: "words of " + id, Scopes: mine, Turn: "turn-" + id, Session: "s", Seq: day, Role: record.User,
			Occurred: at, Known: record.Interval{From: at},
		}
		if edit != nil {
			edit(&e)
		}
		require.NoError(t, ix.Put(e))
	}
	put("late", 28, nil)
	put("early", 2, nil)
	put("placed", 20, func(e *index.Entry) { e.Gives = index.Place })
	put("april", 40, nil)
	put("asked", 3, func(e *index.Entry) { e.Asks = true })
	put("assistant", 4, func(e *index.Entry) { e.Role = record.Assistant })
	put("hidden", 5, func(e *index.Entry) { e.Scopes = hidden })
	put("closed", 6, func(e *index.Entry) { e.Known.Until = e.Known.From.AddDate(0, 0, 1) })
	then := func(edit func(*index.Query)) (ids []string) {
		q := index.Query{
			K: 10, Dates: []index.Date{{Year: 2025, Month: 3}}, Seeks: index.Place,
			Filter: index.Filter{Visible: func(s record.ScopeSet) bool { return s.Equal(mine) }},
		}
		edit(&q)
		for _, h := range ix.Then(q) {
			ids = append(ids, h.ID)
		}
		return ids
	}
	for name, c := range map[string]struct {
		edit func(*index.Query)
		want []string
	}{
		"a month":         {func(*index.Query) {}, []string{"placed", "early", "late"}},
		"a day":           {func(q *index.Query) { q.Dates[0].Day, q.Seeks = 27, 0 }, []string{"late"}},
		"another year":    {func(q *index.Query) { q.Dates[0].Year = 2024 }, nil},
		"no date":         {func(q *index.Query) { q.Dates = nil }, nil},
		"the first":       {func(q *index.Query) { q.K = 1 }, []string{"placed"}},
		"another session": {func(q *index.Query) { q.Filter.Session = "other" }, nil},
	} {
		if got := then(c.edit); !slices.Equal(got, c.want) {
			t.Errorf("%s: %s", name, fmt.Sprint(got))
		}
	}
}
