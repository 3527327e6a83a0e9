package index

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Position is the position of a row in the order of [Index.Newest].
type Position struct {
	At         time.Time // when it was said or happened
	Session    string    // of a turn; "" if the caller may not know it
	Seq, Start int       // of a turn whose session the caller may know
	ID         string
}

// compare is the order of Newest: later times first. The turns of a session that have one time come in reverse order.
func (p *Position) compare(o *Position) int {
	return cmp.Or(
		o.At.Compare(p.At), strings.Compare(p.Session, o.Session), cmp.Compare(o.Seq, p.Seq), cmp.Compare(o.Start, p.Start), strings.Compare(p.ID, o.ID),
	)
}

// Newest returns up to limit rows that pass a filter, newest first, with their positions: the rows after a position, or the first rows if it is
// nil. Its cost is that of the visible rows.
func (ix *Index) Newest(f Filter, after *Position, limit int) ([]Entry, []Position) {
	s := ix.scratches.Get().(*scratch)
	defer func() {
		s.release()
		ix.scratches.Put(s)
	}()
	ix.sel(&s.selection, &f)
	type placed struct {
		Position
		doc *doc
	}
	byPlace := func(a, b placed) int { return a.compare(&b.Position) }
	var kept []placed
	var last *Position // no row behind it is among the first
	prune := func() {
		slices.SortFunc(kept, byPlace)
		if len(kept) >= limit {
			kept = kept[:limit]
			worst := kept[limit-1].Position
			last = &worst
		}
	}
	for _, n := range s.selection.segments {
		for _, id := range ix.segment(n).docs {
			d := ix.docs[id]
			at := d.entry.Occurred()
			if last != nil && at.Before(last.At) || after != nil && at.After(after.At) {
				continue
			}
			p := Position{At: at, ID: d.entry.ID}
			if l := d.lane(); l != nil && f.follows(l.of) {
				p.Session, p.Seq, p.Start = d.entry.Session, d.entry.Seq, int(d.entry.Start)
			}
			if last != nil && p.compare(last) > 0 || after != nil && p.compare(after) <= 0 || !s.selection.admits(id) {
				continue
			}
			if kept = append(kept, placed{p, d}); len(kept) >= 2*limit+64 {
				prune()
			}
		}
	}
	prune()
	entries, places := make([]Entry, len(kept)), make([]Position, len(kept))
	for i, p := range kept {
		entries[i], places[i] = ix.entry(p.doc), p.Position
	}
	return entries, places
}
