package extract

import (
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Dates are worked out on the calendar of the place where the text was said, whose days all have 24 hours, and become instants
// when the extraction is finished. A zone that turns its clocks on a day of which the text speaks then matters in one place only.

// wall is what clock and calendar show at t in its zone, as a time in UTC.
func wall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// instant is when clock and calendar of the zone first show a day that wall gave; the zero time stays zero.
func instant(day time.Time, zone *time.Location) time.Time {
	if day.IsZero() {
		return day
	}
	y, m, d := day.Date()
	t := time.Date(y, m, d, 0, 0, 0, 0, zone)
	if t.Day() != d {
		// The clocks were turned at midnight, so that the day began at one o'clock.
		t = time.Date(y, m, d, 1, 0, 0, 0, zone)
	}
	return t.UTC()
}

// localise turns the days of all that was read into instants.
func (x *extractor) localise() {
	if x.zone == time.UTC {
		return
	}
	interval := func(i *record.Interval) {
		i.From, i.Until = instant(i.From, x.zone), instant(i.Until, x.zone)
	}
	for i := range x.out.Attributes {
		a := &x.out.Attributes[i]
		interval(&a.Valid)
		a.BegunBy = instant(a.BegunBy, x.zone)
	}
	for i := range x.out.Relations {
		r := &x.out.Relations[i]
		interval(&r.Valid)
		r.BegunBy = instant(r.BegunBy, x.zone)
	}
	for i := range x.out.Invalidations {
		at := &x.out.Invalidations[i].At
		*at = instant(*at, x.zone)
	}
}
