package extract

import (
	"strconv"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

var months = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
	"jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
}

var numberWords = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

// tens are the words for tens; with a hyphen another figure follows them: "fifty-two".
var tens = map[string]int{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

var teens = map[string]int{"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}

// figures reads a number in figures; 0 for anything else, without the error that costs memory at each word.
func figures(s string) int {
	if s == "" || s[0] > '9' {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// number reads a whole number up to a few hundred, in figures or in words; 0 for anything else.
func number(s string) int {
	if n := figures(s); n != 0 {
		return n
	}
	a, b, two := strings.Cut(s, "-")
	switch {
	case two && tens[a] > 0 && numberWords[b] > 0 && numberWords[b] < 10 && len(b) > 2:
		return tens[a] + numberWords[b]
	case two:
		return 0
	case len(s) > 2 && numberWords[s] > 0:
		return numberWords[s]
	}
	return tens[s] + teens[s]
}

// direction says on which side of now a date without a year lies: what happened is past, a plan is ahead.
type direction int8

const (
	backward direction = -1
	forward  direction = 1
)

// dateKind says how a date phrase bounds what it is said of.
type dateKind uint8

const (
	onDate    dateKind = iota // "yesterday", "in March 2019": it happened then
	sinceDate                 // "since 2019"
	untilDate                 // "until Friday"
	rangeDate                 // "from 2015 to 2018"
)

// when is a date phrase. Its interval is the period named; it is zero where the words are too vague, need
// a reference time that is not known, or can be read in two ways.
type when struct {
	kind     dateKind
	interval record.Interval
	start    int // tokens
	end      int
}

func (w when) known() bool { return w.interval != record.Interval{} }

func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func days(from time.Time, n int) record.Interval {
	return record.Interval{From: from, Until: from.AddDate(0, 0, n)}
}

func monthOf(year int, m time.Month) record.Interval {
	from := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
	return record.Interval{From: from, Until: from.AddDate(0, 1, 0)}
}

func yearOf(year int) record.Interval {
	from := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	return record.Interval{From: from, Until: from.AddDate(1, 0, 0)}
}

// weekOf is the week from Monday that holds t.
func weekOf(t time.Time) record.Interval {
	return days(dayOf(t).AddDate(0, 0, -int(t.Weekday()+6)%7), 7)
}

// whenAt reads a date phrase with its preposition at token i.
func (x *extractor) whenAt(i, end int, dir direction) (when, bool) {
	if i >= end || x.toks[i].kind != word {
		return when{}, false
	}
	w := when{start: i}
	t := &x.toks[i]
	switch {
	case t.is("since"):
		w.kind = sinceDate
		iv, n, ok := x.period(i+1, end, backward, true)
		w.interval, w.end = iv, n
		return w, ok
	case t.is("until", "till", "til"):
		w.kind = untilDate
		iv, n, ok := x.period(i+1, end, dir, true)
		w.interval, w.end = iv, n
		return w, ok
	case t.is("from", "between"):
		if w, ok := x.rangeAt(i, end, dir); ok || t.is("between") {
			return w, ok
		}
		return x.onward(i, i+1, end, dir)
	case t.is("starting", "effective"), x.phrase(i, end, "as of"):
		j := i + 1
		if t.is("as") || j < end && x.toks[j].is("from", "in", "on") {
			j++
		}
		return x.onward(i, j, end, dir)
	case t.is("in", "on", "during", "around", "early", "late", "mid"):
		j := i + 1
		vague := t.is("around", "early", "late", "mid")
		for j < end && x.toks[j].is("early", "late", "mid", "around", "about") {
			j, vague = j+1, true
		}
		iv, n, ok := x.period(j, end, dir, true)
		if vague && ok && !(n-j == 1 && IsYear(x.toks[j].low)) && iv.Until.Sub(iv.From) < 300*24*time.Hour {
			// "late March" is still in March; "around 3 May" may not be on the third
			if !t.is("early", "late", "mid") && !x.toks[i+1].is("early", "late", "mid") {
				iv = record.Interval{}
			}
		}
		w.interval, w.end = iv, n
		return w, ok
	}
	iv, n, ok := x.period(i, end, dir, false)
	w.interval, w.end = iv, n
	return w, ok
}

// onward reads the date at token j from which on something holds: "from June", "starting next month", "as of March 2025". It may be ahead.
func (x *extractor) onward(i, j, end int, dir direction) (when, bool) {
	iv, n, ok := x.period(j, end, dir, true)
	if ok && n < end && x.toks[n].is("to", "until", "till", "-", "–") {
		return when{}, false
	}
	return when{kind: sinceDate, interval: iv, start: i, end: n}, ok
}

// rangeAt reads "from 2015 to 2018" and "between May and June 2020".
func (x *extractor) rangeAt(i, end int, dir direction) (when, bool) {
	w := when{kind: rangeDate, start: i}
	a, n, ok := x.period(i+1, end, dir, true)
	if !ok || n >= end || !x.toks[n].is("to", "until", "till", "and", "through", "-", "–") {
		return w, false
	}
	b, m, ok := x.period(n+1, end, dir, true)
	if !ok {
		return w, false
	}
	w.end = m
	if (a != record.Interval{}) && (b != record.Interval{}) && a.From.Before(b.Until) {
		w.interval = record.Interval{From: a.From, Until: b.Until}
	}
	return w, true
}

// IsYear reports whether a word is a year of our time, in digits.
func IsYear(s string) bool {
	if len(s) != 4 || s[0] != '1' && s[0] != '2' {
		return false
	}
	n, err := strconv.Atoi(s)
	return err == nil && n >= 1900 && n < 2100
}

// period reads a date or a period without a preposition. With bare set, a lone year or month is one too.
func (x *extractor) period(i, end int, dir direction, bare bool) (record.Interval, int, bool) {
	none := record.Interval{}
	if i < end && x.toks[i].is("the") {
		if iv, n, ok := x.dayBeside(i, end); ok {
			return iv, n, true
		}
		i++
	}
	if i >= end || x.toks[i].kind != word {
		return none, i, false
	}
	t := &x.toks[i]
	if iv, ok := isoDate(t.low); ok {
		return iv, i + 1, true
	}
	if iv, n, ok := x.calendar(i, end, dir, bare); ok {
		return iv, n, true
	}
	if iv, n, ok := x.ago(i, end); ok {
		return iv, n, true
	}
	if iv, n, ok := x.relative(i, end, dir); ok {
		return iv, n, true
	}
	if bare && IsYear(t.low) {
		y, _ := strconv.Atoi(t.low)
		return yearOf(y), i + 1, true
	}
	return none, i, false
}

// dayBeside reads "the day before yesterday" and "the day after tomorrow".
func (x *extractor) dayBeside(i, end int) (record.Interval, int, bool) {
	n := 0
	switch {
	case x.phrase(i, end, "the day before yesterday"):
		n = -2
	case x.phrase(i, end, "the day after tomorrow"):
		n = 2
	default:
		return record.Interval{}, i, false
	}
	return x.day(n), i + 4, true
}

// day is the day n days from the reference time, or nothing without one.
func (x *extractor) day(n int) record.Interval {
	if x.at.IsZero() {
		return record.Interval{}
	}
	return days(dayOf(x.at).AddDate(0, 0, n), 1)
}

func isoDate(s string) (record.Interval, bool) {
	if len(s) != 10 && len(s) != 7 || !IsYear(s[:4]) {
		return record.Interval{}, false
	}
	if t, err := time.Parse("2006-01-02", strings.ReplaceAll(s, "/", "-")); err == nil {
		return days(t, 1), true
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return monthOf(t.Year(), t.Month()), true
	}
	return record.Interval{}, false
}

// dayNumber reads "3", "3rd" and "21st".
func dayNumber(s string) int {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		s = strings.TrimSuffix(s, suffix)
	}
	n := figures(s)
	if n < 1 || n > 31 || len(s) > 2 {
		return 0
	}
	return n
}

// monthAt reads a month's name. The words that are also verbs count only when capitalised.
func (x *extractor) monthAt(i, end int) (time.Month, int) {
	if i >= end || x.toks[i].kind != word {
		return 0, i
	}
	t := &x.toks[i]
	m := months[t.low]
	if m == 0 || !t.upper && (t.low == "may" || t.low == "march" || t.low == "mar" || t.low == "dec" || t.low == "sep") {
		return 0, i
	}
	if len(t.low) <= 4 && i+1 < end && x.toks[i+1].kind == punct && x.toks[i+1].text == "." {
		return m, i + 2
	}
	return m, i + 1
}

// calendar reads "May 12, 2026", "12 May", "3rd of March 2019", "March 2019" and, when bare, "March".
func (x *extractor) calendar(i, end int, dir direction, bare bool) (record.Interval, int, bool) {
	none := record.Interval{}
	day := 0
	j := i
	if _, ok := weekdays[x.toks[i].low]; ok && i+2 < end { // "Friday, May 12"
		k := i + 1
		if x.toks[k].is(",", "the") {
			k++
		}
		if iv, n, ok := x.calendar(k, end, dir, false); ok && iv.Until.Sub(iv.From) <= 24*time.Hour {
			return iv, n, true
		}
	}
	if d := dayNumber(x.toks[i].low); d > 0 {
		day, j = d, i+1
		if j < end && x.toks[j].is("of") {
			j++
		}
	}
	m, n := x.monthAt(j, end)
	if m == 0 {
		return none, i, false
	}
	j = n
	if day == 0 && j < end {
		k := j
		if x.toks[k].is("the") && k+1 < end {
			k++
		}
		if d := dayNumber(x.toks[k].low); d > 0 && x.toks[k].kind == word {
			day, j = d, k+1
		}
	}
	year := 0
	for k := j; k < end && k <= j+1; k++ {
		if x.toks[k].kind == word && IsYear(x.toks[k].low) {
			year, _ = strconv.Atoi(x.toks[k].low)
			j = k + 1
			break
		}
		if !x.toks[k].is(",", "of") {
			break
		}
	}
	if day == 0 && year == 0 && !bare {
		return none, i, false
	}
	if year == 0 {
		return x.yearless(m, day, dir), j, true
	}
	if day == 0 {
		return monthOf(year, m), j, true
	}
	return dayIn(year, m, day), j, true
}

// dayIn is one day, or nothing when the calendar has no such day.
func dayIn(year int, m time.Month, day int) record.Interval {
	t := time.Date(year, m, day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return record.Interval{}
	}
	return days(t, 1)
}

// yearless finds the nearest such day or month on the given side of now.
func (x *extractor) yearless(m time.Month, day int, dir direction) record.Interval {
	if x.at.IsZero() {
		return record.Interval{}
	}
	for k := 0; k <= 1; k++ {
		year := x.at.Year() + k*int(dir)
		iv := monthOf(year, m)
		if day > 0 {
			iv = dayIn(year, m, day)
		}
		if iv == (record.Interval{}) {
			return iv // 29 February: which leap year is a guess
		}
		if dir == backward && !iv.From.After(x.at) || dir == forward && iv.Until.After(x.at) {
			return iv
		}
	}
	return record.Interval{}
}

// ago reads "two weeks ago" and "a month ago". Days and weeks count to the day; months and years name the
// calendar month or year.
func (x *extractor) ago(i, end int) (record.Interval, int, bool) {
	none := record.Interval{}
	j := i
	vague := false
	for j < end && x.toks[j].is("about", "around", "almost", "over", "nearly", "roughly", "like") {
		j, vague = j+1, true
	}
	if j+2 >= end {
		return none, i, false
	}
	n := figures(x.toks[j].low)
	if n == 0 {
		n = numberWords[x.toks[j].low]
	}
	if x.toks[j].is("a", "several", "some") && x.toks[j+1].is("few", "couple") || x.toks[j].is("few", "several", "many", "some") {
		n, vague = 1, true
		for j+1 < end && x.toks[j+1].is("few", "couple", "of") {
			j++
		}
	}
	if n < 1 || n > 400 || j+2 >= end || !x.toks[j+2].is("ago", "back") {
		return none, i, false
	}
	unit := strings.TrimSuffix(x.toks[j+1].low, "s")
	next := j + 3
	if x.at.IsZero() || vague {
		return none, next, unit == "day" || unit == "week" || unit == "month" || unit == "year"
	}
	switch unit {
	case "day":
		return x.day(-n), next, true
	case "week":
		return x.day(-7 * n), next, true
	case "month":
		first := monthOf(x.at.Year(), x.at.Month()).From.AddDate(0, -n, 0)
		return monthOf(first.Year(), first.Month()), next, true
	case "year":
		return yearOf(x.at.Year() - n), next, true
	}
	return none, i, false
}

// relative reads the words that count from now: "yesterday", "last week", "next Friday", "Monday".
func (x *extractor) relative(i, end int, dir direction) (record.Interval, int, bool) {
	none := record.Interval{}
	t := &x.toks[i]
	switch {
	case t.is("today", "tonight"):
		return x.day(0), i + 1, true
	case t.is("yesterday"):
		return x.day(-1), i + 1, true
	case t.is("tomorrow"):
		return x.day(1), i + 1, true
	}
	if d, ok := weekdays[t.low]; ok && (t.upper || i > 0 && x.toks[i-1].is("on", "until", "till", "since", "by")) {
		return x.weekday(d, dir, false), i + 1, true
	}
	if !t.is("last", "this", "next", "past") || i+1 >= end {
		return none, i, false
	}
	step := 0
	switch t.low {
	case "last", "past":
		step = -1
	case "next":
		step = 1
	}
	u := &x.toks[i+1]
	if u.is("night") && step == -1 {
		return x.day(-1), i + 2, true
	}
	if u.is("morning", "afternoon", "evening") && step == 0 {
		return x.day(0), i + 2, true
	}
	if d, ok := weekdays[u.low]; ok {
		if step == 0 {
			return none, i + 2, true // "this Monday" can be either side
		}
		return x.weekday(d, direction(step), true), i + 2, true
	}
	if u.is("spring", "summer", "autumn", "fall", "winter", "weekend") || months[u.low] != 0 {
		return none, i + 2, true // which one is a guess
	}
	if !u.is("week", "month", "year", "quarter") {
		return none, i, false
	}
	if x.at.IsZero() {
		return none, i + 2, true
	}
	switch u.low {
	case "week":
		return weekOf(x.at.AddDate(0, 0, 7*step)), i + 2, true
	case "month":
		first := monthOf(x.at.Year(), x.at.Month()).From.AddDate(0, step, 0)
		return monthOf(first.Year(), first.Month()), i + 2, true
	case "quarter":
		from := monthOf(x.at.Year(), (x.at.Month()-1)/3*3+1).From.AddDate(0, 3*step, 0)
		return record.Interval{From: from, Until: from.AddDate(0, 3, 0)}, i + 2, true
	}
	return yearOf(x.at.Year() + step), i + 2, true
}

// weekday is the nearest such day before or after today. Where speakers differ (yesterday as "last Monday",
// a day of this same week as "next Friday") it gives nothing.
func (x *extractor) weekday(d time.Weekday, dir direction, marked bool) record.Interval {
	if x.at.IsZero() {
		return record.Interval{}
	}
	gap := (int(d) - int(x.at.Weekday()) + 7) % 7
	if gap == 0 {
		if !marked {
			return record.Interval{}
		}
		gap = 7
		if dir == backward {
			return x.day(-7)
		}
		return x.day(7)
	}
	if dir == backward {
		if marked && gap == 6 {
			return record.Interval{}
		}
		return x.day(gap - 7)
	}
	iso := func(w time.Weekday) int { return (int(w) + 6) % 7 }
	if marked && iso(d) > iso(x.at.Weekday()) {
		return record.Interval{}
	}
	return x.day(gap)
}
