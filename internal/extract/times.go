package extract

import (
	"strconv"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Time is a time that a text names.
type Time struct {
	// Year, Month and Day are of the calendar, as far as they are named: for "on 3 May" Year is 0, for "in 2019" the others are.
	Year, Month, Day int
	// Period stands in place of those for what is no day, month or year, such as a week or a season.
	Period record.Interval
}

// seasons are the months in which they begin, in the northern half of the world.
var seasons = map[string]time.Month{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

// Times reads the times that a text names, the first limit of them, as somebody means them who looks back from at, in its zone. With the
// zero time it reads what does not count from then. Without a year, a date is meant of any, and a season is its three months.
func Times(text string, at time.Time, limit int) (out []Time) {
	x := newExtractor(Input{Text: text, At: at})
	for i := range x.toks {
		if months[x.toks[i].low] != 0 && x.namesTime(i) {
			x.toks[i].upper = true // who asks does not always write capitals
		}
	}
	for i := 0; i < len(x.toks) && len(out) < limit; {
		found, next := x.timesAt(i)
		out, i = append(out, found...), next
	}
	return out[:min(len(out), limit)]
}

// timesAt reads a time at token i, and where to go on.
func (x *extractor) timesAt(i int) (out []Time, next int) {
	end := len(x.toks)
	if first, ok := seasons[x.toks[i].low]; ok && x.namesTime(i) {
		return x.season(i, first)
	}
	for j := i; j < i+3 && j+2 < end && (j == i || x.toks[j-1].is("in", "during", "the")); j++ {
		if x.toks[j].is("last") && x.toks[j+2].is("of") { // "in the last week of March"
			return nil, j + 2
		}
	}
	w, ok := x.whenAt(i, end, backward)
	if !ok || w.end <= i {
		return x.namedTime(i)
	}
	if iv, n, ok := x.calendar(i, end, backward, true); ok && n > w.end {
		w.interval, w.end = iv, n // "March 2019" begins before what is read at 2019
	}
	year, month, day := 0, 0, 0
	for j := i; j < w.end; j++ {
		t := &x.toks[j]
		switch {
		case IsYear(t.low):
			year, _ = strconv.Atoi(t.low)
		case months[t.low] != 0:
			month = int(months[t.low])
		case day == 0 && dayNumber(t.low) > 0:
			day = dayNumber(t.low)
		}
	}
	switch {
	case w.kind == rangeDate && w.known():
		return []Time{{Period: x.instants(w.interval)}}, w.end
	case month > 0:
		return []Time{{year, month, day, record.Interval{}}}, w.end
	case year > 0 && w.interval == yearOf(year):
		return []Time{{Year: year}}, w.end
	case !w.known():
		return nil, i + 1
	}
	return []Time{x.calendarOf(w.interval)}, w.end
}

// feasts are days with a name, by month and day.
var feasts = map[string][2]int{"christmas": {12, 25}, "xmas": {12, 25}, "halloween": {10, 31}, "nye": {12, 31}, "valentine's": {2, 14}}

// namedTime reads what is no date in a statement: "the beginning of March", "mid-April 2025", "at Christmas 2024", "last weekend".
func (x *extractor) namedTime(i int) (out []Time, next int) {
	low := strings.TrimPrefix(x.toks[i].low, "mid-")
	year, next := 0, i+1
	for j := i + 1; j < len(x.toks) && j <= i+2 && year == 0; j++ {
		if IsYear(x.toks[j].low) {
			year, _ = strconv.Atoi(x.toks[j].low)
			next = j + 1
		} else if !x.toks[j].is("of") {
			break
		}
	}
	switch month, feast := months[low], feasts[low]; {
	case month != 0 && (low != x.toks[i].low || (i > 0 || year > 0) && x.namesTime(i)):
		return []Time{{Year: year, Month: int(month)}}, next
	case feast[0] > 0:
		return []Time{{Year: year, Month: feast[0], Day: feast[1]}}, next
	case low == "weekend" && i > 0 && x.toks[i-1].is("last") && !x.at.IsZero():
		y, m, d := x.at.Date()
		today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		saturday := today.AddDate(0, 0, -(int(today.Weekday())+7-int(time.Saturday))%7)
		if !saturday.Before(today.AddDate(0, 0, -1)) { // it is the weekend: the one before
			saturday = saturday.AddDate(0, 0, -7)
		}
		return []Time{{Period: x.instants(days(saturday, 2))}}, next
	}
	return nil, i + 1
}

// namesTime reports whether the word at token i, which may be another one than a month or a season, stands where a time does.
func (x *extractor) namesTime(i int) bool {
	if i+1 < len(x.toks) && (IsYear(x.toks[i+1].low) || dayNumber(x.toks[i+1].low) > 0) {
		return true
	}
	if i == 0 {
		return x.toks[i].upper
	}
	before := &x.toks[i-1]
	if before.is("in", "on", "of", "during", "last", "this", "past", "next", "since", "until", "till", "by", "before", "after", "from", "early", "late", "mid",
		"around", "about", "every", "and") || dayNumber(before.low) > 0 {
		return true
	}
	return before.is("the") && seasons[x.toks[i].low] != 0
}

// season reads "spring", "last spring", "spring 2019" and "spring of 2019".
func (x *extractor) season(i int, first time.Month) (out []Time, next int) {
	next, year := i+1, 0
	for j := i + 1; j < len(x.toks) && j <= i+2; j++ {
		if IsYear(x.toks[j].low) {
			year, _ = strconv.Atoi(x.toks[j].low)
			next = j + 1
			break
		}
		if !x.toks[j].is("of") {
			break
		}
	}
	if year == 0 && i > 0 && x.toks[i-1].is("last") && !x.at.IsZero() {
		if year = x.at.Year(); x.at.Month() < first+3 {
			year--
		}
	}
	if year > 0 {
		from := monthOf(year, first).From
		return []Time{{Period: x.instants(record.Interval{From: from, Until: from.AddDate(0, 3, 0)})}}, next
	}
	for m := range time.Month(3) {
		out = append(out, Time{Month: int((first+m-1)%12) + 1})
	}
	return out, next
}

// calendarOf is a period as a day, a month or a year where it is one.
func (x *extractor) calendarOf(p record.Interval) Time {
	y, m, d := p.From.Date()
	switch p {
	case days(p.From, 1):
		return Time{Year: y, Month: int(m), Day: d}
	case monthOf(y, m):
		return Time{Year: y, Month: int(m)}
	case yearOf(y):
		return Time{Year: y}
	}
	return Time{Period: x.instants(p)}
}

func (x *extractor) instants(p record.Interval) record.Interval {
	return record.Interval{From: instant(p.From, x.zone), Until: instant(p.Until, x.zone)}
}
