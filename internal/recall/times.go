package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// timeNames are the words of a date in a question, apart from years and days.
var timeNames = wordSet(`january february march april may june july august september october november december spring summer autumn fall winter
	mid middle beginning start early late end during year month`)

// withoutTimes removes the words of a time from the words of a question. It also returns that time if the question names exactly one,
// unless the filter already has a time. If the time is not clear, the words stay, and then no form matches.
func (v *View) withoutTimes(q *Query, rest []string) (timeless []string, at *record.Interval) {
	for _, w := range rest {
		if !timeNames[w] && !extract.IsYear(w) && !isDay(w) {
			timeless = append(timeless, w)
		}
	}
	if len(timeless) == len(rest) {
		return rest, nil
	}
	if timed(q.Filter) || !q.Filter.AsOf.IsZero() {
		return timeless, nil
	}
	dates := datesOf(q.dated(q.Text), q.Now)
	if len(dates) != 1 {
		return rest, nil
	}
	period := dates[0].Between
	if d := dates[0]; d.Year > 0 || d.Month > 0 {
		period = calendar(d.Year, d.Month, d.Day, q.Now)
	}
	if period.From.IsZero() || period.Until.IsZero() {
		return rest, nil
	}
	return timeless, &period
}

// calendar returns the interval of a year, a month or a day. Without a year it is the last such interval that has begun.
func calendar(year, month, day int, now time.Time) (p record.Interval) {
	if year == 0 {
		if year = now.Year(); time.Date(year, time.Month(month), max(day, 1), 0, 0, 0, 0, now.Location()).After(now) {
			year--
		}
	}
	p.From = time.Date(year, time.Month(max(month, 1)), max(day, 1), 0, 0, 0, 0, now.Location())
	switch {
	case month == 0:
		p.Until = p.From.AddDate(1, 0, 0)
	case day == 0:
		p.Until = p.From.AddDate(0, 1, 0)
	default:
		p.Until = p.From.AddDate(0, 0, 1)
	}
	return p
}

// isDay reports whether a word is the day of a month: "3", "3rd".
func isDay(word string) bool {
	digits := strings.TrimRight(word, "stndrh")
	return len(digits) > 0 && len(digits) <= 2 && strings.Trim(digits, "0123456789") == ""
}

// heldDuring reports whether the caller may read a fact that is known to have held at some time of a period. A fact with unknown beginning
// is known to hold from the time at which it was said.
func (q Query) heldDuring(f *record.Fact, p record.Interval) bool {
	filter := q.Filter
	filter.Closed = true
	if f.Yielded || !readable(f, filter) {
		return false
	}
	valid := f.ValidAsOf(q.Filter.AsOf)
	from := valid.From
	if from.IsZero() {
		from = saidAt(f)
	}
	return !from.IsZero() && from.Before(p.Until) && (valid.Until.IsZero() || valid.Until.After(p.From))
}

// saidAt returns when a fact was said, or else when it became known.
func saidAt(f *record.Fact) time.Time {
	if f.Spoken.IsZero() {
		return f.Known.From
	}
	return f.Spoken
}

// lastSaid returns when a fact was last stated, as far as it was known at a time. The zero time is now.
func lastSaid(f *record.Fact, asOf time.Time) time.Time {
	last := saidAt(f)
	for _, t := range f.Again {
		if t.After(last) && (asOf.IsZero() || !t.After(asOf)) {
			last = t
		}
	}
	return last
}

// then puts what was said at the dates of a question before the hits of a weak search.
func (v *View) then(q Query, search index.Query, found []Hit) []Hit {
	turns := v.hits(v.index.Then(search))
	for _, h := range found {
		if !slices.ContainsFunc(turns, func(t Hit) bool { return t.ID == h.ID }) {
			turns = append(turns, h)
		}
	}
	return first(q, turns)
}

// heldThen reports whether the graph is certain of what held in a period: one value that is known to have held, and no other value of the
// key was believed for a part of the period.
func (v *View) heldThen(q Query, r reading, hits []Hit, p record.Interval) bool {
	if p.From.After(q.Now) || r.supposed != nil {
		return false
	}
	var held *record.Fact
	for _, h := range hits {
		switch f := h.Fact; {
		case f == nil:
		case held != nil && held.SameAs() != f.SameAs() && !(held.Many && f.Many && !held.Contested() && !f.Contested()), v.known.doubt(f, time.Time{}) != nil,
			f.Valid.From.IsZero() && saidAt(f).After(p.From):
			return false
		default:
			held = f
		}
	}
	if held == nil {
		return false
	}
	return len(v.known.about(q.by, []string{held.Entity.Key()}, nil, under(r.keys...), func(o *record.Fact) bool {
		return o.SameAs() != held.SameAs() && !held.Many && fits(o, q.Filter) && !o.Valid.From.After(p.Until) && believedIn(o, p)
	})) == 0
}

// believedIn reports whether a fact may have held in a period: its valid time or, if it has none, the time at which it was believed meets
// the period.
func believedIn(f *record.Fact, p record.Interval) bool {
	from, until := f.Valid.From, f.Valid.Until
	if from.IsZero() {
		from = saidAt(f)
	}
	if until.IsZero() {
		until = f.Known.Until
	}
	return from.Before(p.Until) && (until.IsZero() || until.After(p.From))
}
