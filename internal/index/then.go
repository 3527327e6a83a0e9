package index

import (
	"cmp"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// Then returns up to K turns of users that were said at the dates of a query, whatever their words: first those that can give what it
// seeks, then the nearest, then the earliest. They answer a question that says when and little else. Its cost is that of the visible rows.
func (ix *Index) Then(q Query) []Hit {
	if len(q.Dates) == 0 {
		return nil
	}
	s := ix.scratches.Get().(*scratch)
	defer func() {
		s.release()
		ix.scratches.Put(s)
	}()
	ix.sel(&s.selection, &q.Filter)
	type turn struct {
		doc   *doc
		near  float64
		gives bool
	}
	var turns []turn
	for _, n := range s.selection.segments {
		for _, id := range ix.segment(n).docs {
			d := ix.docs[id]
			e := &d.entry
			if e.Turn == "" || e.Start > 0 || e.Asks || roleOf(e.Role) != roleOf(record.User) {
				continue
			}
			if near := q.near(e); near >= 1 && s.selection.admits(id) {
				turns = append(turns, turn{d, near, e.Gives&q.Seeks != 0})
			}
		}
	}
	slices.SortFunc(turns, func(a, b turn) int {
		switch {
		case a.gives != b.gives && a.gives:
			return -1
		case a.gives != b.gives:
			return 1
		}
		return cmp.Or(cmp.Compare(b.near, a.near), a.doc.entry.Occurred().Compare(b.doc.entry.Occurred()), cmp.Compare(a.doc.entry.ID, b.doc.entry.ID))
	})
	hits := make([]Hit, min(len(turns), cmp.Or(q.K, DefaultK)))
	for i := range hits {
		hits[i] = Hit{Entry: ix.entry(turns[i].doc), Score: thatDay, Relevance: thatDay}
		hits[i].Why.Dates = thatDay
	}
	return hits
}
