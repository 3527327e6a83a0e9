package recall

import (
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/record"
)

// Point is a point in time at which the graph is read. All fields that are set must apply. The zero value is now.
type Point struct {
	AsOf                           time.Time // what was believed then
	StoredAt                       time.Time // what the store held then
	ValidAt, ValidFrom, ValidUntil time.Time // what held in the world then
}

// Checked returns the point in UTC. A fault.Invalid names the field, with the given prefix.
func (p Point) Checked(prefix string) (Point, error) {
	for _, f := range []struct {
		name string
		at   *time.Time
	}{{"AsOf", &p.AsOf}, {"StoredAt", &p.StoredAt}, {"ValidAt", &p.ValidAt}, {"ValidFrom", &p.ValidFrom}, {"ValidUntil", &p.ValidUntil}} {
		if err := input.Time(prefix+f.name, *f.at); err != nil {
			return p, err
		}
		*f.at = f.at.UTC()
	}
	switch {
	case !p.ValidAt.IsZero() && (!p.ValidFrom.IsZero() || !p.ValidUntil.IsZero()):
		return p, fault.Bad(prefix+"ValidAt", "cannot be combined with ValidFrom and ValidUntil")
	case !p.ValidUntil.IsZero() && p.ValidUntil.Before(p.ValidFrom):
		return p, fault.Bad(prefix+"ValidUntil", "is before ValidFrom")
	}
	return p, nil
}

// now reports whether the point asks for what is believed and stored now.
func (p *Point) now() bool { return p.AsOf.IsZero() && p.StoredAt.IsZero() }

// known reports whether a record that was learned at from, and stored at recorded, was known at the point.
func (p *Point) known(from, recorded time.Time) bool {
	return (p.AsOf.IsZero() || !from.After(p.AsOf)) && (p.StoredAt.IsZero() || !recorded.After(p.StoredAt))
}

// Known reports whether a record that was learned and stored at a time was known at the point.
func (p Point) Known(at time.Time) bool { return p.known(at, at) }

// ended reports whether a record that ended at until, and was stored as ended at retired, had ended at the point.
func (p *Point) ended(until, retired time.Time) bool {
	return !retired.IsZero() && (p.StoredAt.IsZero() || !retired.After(p.StoredAt)) && (p.AsOf.IsZero() || !until.After(p.AsOf))
}

// Ended returns the time at which a record without a time of storing ended, as it was known at the point; zero: it had not ended.
func (p *Point) Ended(until time.Time) time.Time {
	if p.ended(until, until) {
		return until
	}
	return time.Time{}
}

// fact returns a fact as it was at the point, or nil if it was not known then. A later end is not visible in it.
func (p *Point) fact(f *record.Fact) *record.Fact {
	switch {
	case p.now():
		return f
	case !p.known(f.Known.From, f.RecordedAt):
		return nil
	case f.Live() || p.ended(f.Known.Until, f.RetiredAt):
		return f
	}
	open := *f
	open.Known.Until, open.RetiredAt, open.Valid.Until = time.Time{}, time.Time{}, f.ToldUntil
	open.SupersededBy, open.EndedBy, open.Reason, open.Yielded = "", "", "", false
	return &open
}

// Fact returns a fact as it was at the point, for callers that present a found fact.
func (p Point) Fact(f *record.Fact) *record.Fact { return p.fact(f) }

// filter returns the conditions on valid time, which apply to a fact as it was at the point.
func (p *Point) filter() index.Filter {
	return index.Filter{At: p.ValidAt, ValidFrom: p.ValidFrom, ValidUntil: p.ValidUntil}
}

// holds reports whether a fact, as it was at the point, holds: it is live, or it held at the requested valid time.
func (p *Point) holds(f *record.Fact) bool {
	filter := p.filter()
	return believed(f, filter) && held(f, filter)
}
