package recall

import (
	"strconv"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

var monthNames = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10,
	"november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
	"nov": 11, "dec": 12,
}

// seasons are the months in which they begin, in the northern half of the world.
var seasons = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

var dayNames = map[string]time.Weekday{
	"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
}

// besideDates are the words after which "may", "march" and "fall" name a time, and a number a year.
var besideDates = wordSet("in on of during last this next since until till by before after from early late mid around about every past and")

var smallNumbers = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}

// maxDates bounds the times that a question names: each is compared with when each candidate was said.
const maxDates = 16

// datesOf reads the times that a question names, the first maxDates: days, months, years, seasons, and what it counts from now. now is
// in the zone in which the question is asked.
func datesOf(said []string, now time.Time) []index.Date {
	low := make([]string, len(said))
	for i, w := range said {
		low[i] = strings.ToLower(w)
	}
	at := func(i int) string {
		if i < 0 || i >= len(low) {
			return ""
		}
		return low[i]
	}
	var out []index.Date
	for i, w := range low {
		if len(out) >= maxDates {
			return out[:maxDates]
		}
		switch {
		case monthNames[w] > 0:
			d := index.Date{Month: monthNames[w]}
			next := i + 1
			if d.Day = dayOf(at(i + 1)); d.Day > 0 {
				next++
			} else if d.Day = dayOf(at(i - 1)); d.Day == 0 && at(i-1) == "of" {
				d.Day = dayOf(at(i - 2))
			}
			d.Year = yearOf(at(next))
			verb := (w == "may" || w == "march" || w == "mar") && d.Day == 0 && d.Year == 0 && !besideDates[at(i-1)]
			if !verb {
				out = append(out, d)
			}
		case yearOf(w) > 0 && (besideDates[at(i-1)] || seasons[at(i-1)] > 0) && monthNames[at(i-1)] == 0 && seasons[at(i-1)] == 0:
			out = append(out, index.Date{Year: yearOf(w)})
		case seasons[w] > 0 && (w != "fall" && w != "spring" || besideDates[at(i-1)] || at(i-1) == "the" || yearOf(at(i+1)) > 0):
			out = append(out, season(seasons[w], yearOf(at(i+1)), at(i-1), now)...)
		default:
			if d, err := time.Parse(time.DateOnly, w); err == nil {
				out = append(out, index.Date{Year: d.Year(), Month: int(d.Month()), Day: d.Day()})
			} else if iv, ok := relativeTo(now, at, i); ok {
				out = append(out, index.Date{Between: iv})
			}
		}
	}
	return out
}

// season is three months: of the year that is named, of the last such season, or of any year.
func season(first, year int, before string, now time.Time) []index.Date {
	if year == 0 && before == "last" && !now.IsZero() {
		year = now.Year()
		if int(now.Month()) < first+3 {
			year--
		}
	}
	if year > 0 {
		from := time.Date(year, time.Month(first), 1, 0, 0, 0, 0, time.UTC)
		return []index.Date{{Between: record.Interval{From: from, Until: from.AddDate(0, 3, 0)}}}
	}
	var out []index.Date
	for m := range 3 {
		out = append(out, index.Date{Month: (first+m-1)%12 + 1})
	}
	return out
}

// relativeTo reads what counts from now, at word i.
func relativeTo(now time.Time, at func(int) string, i int) (record.Interval, bool) {
	if now.IsZero() {
		return record.Interval{}, false
	}
	y, m, d := now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	days := func(from time.Time, n int) (record.Interval, bool) {
		return record.Interval{From: from, Until: from.AddDate(0, 0, n)}, true
	}
	w := at(i)
	switch w {
	case "today", "tonight":
		return days(today, 1)
	case "yesterday":
		return days(today.AddDate(0, 0, -1), 1)
	}
	if at(i-1) == "last" || at(i-1) == "this" || at(i-1) == "past" {
		last := at(i-1) != "this"
		back := 0
		if last {
			back = 1
		}
		switch w {
		case "week":
			monday := today.AddDate(0, 0, -int(today.Weekday()+6)%7)
			return days(monday.AddDate(0, 0, -7*back), 7)
		case "month":
			from := time.Date(y, m, 1, 0, 0, 0, 0, now.Location()).AddDate(0, -back, 0)
			return record.Interval{From: from, Until: from.AddDate(0, 1, 0)}, true
		case "year":
			from := time.Date(y-back, 1, 1, 0, 0, 0, 0, now.Location())
			return record.Interval{From: from, Until: from.AddDate(1, 0, 0)}, true
		}
		if day, ok := dayNames[w]; ok && last {
			back := (int(today.Weekday()-day)+6)%7 + 1
			return days(today.AddDate(0, 0, -back), 1)
		}
	}
	if w == "ago" {
		n := smallNumbers[at(i-2)]
		if n == 0 {
			n, _ = strconv.Atoi(at(i - 2))
		}
		if n <= 0 || n > 1000 {
			return record.Interval{}, false
		}
		switch strings.TrimSuffix(at(i-1), "s") {
		case "day":
			return days(today.AddDate(0, 0, -n), 1)
		case "week":
			return days(today.AddDate(0, 0, -7*n-3), 7)
		case "month":
			return days(today.AddDate(0, -n, -15), 30)
		case "year":
			from := time.Date(y-n, 1, 1, 0, 0, 0, 0, now.Location())
			return record.Interval{From: from, Until: from.AddDate(1, 0, 0)}, true
		}
	}
	return record.Interval{}, false
}

// dayOf reads a day of a month, 0 for anything else.
func dayOf(w string) int {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if rest, ok := strings.CutSuffix(w, end); ok {
			w = rest
			break
		}
	}
	if n, err := strconv.Atoi(w); err == nil && n >= 1 && n <= 31 {
		return n
	}
	return 0
}

// yearOf reads a year of our time, 0 for anything else.
func yearOf(w string) int {
	if len(w) != 4 || w[0] != '1' && w[0] != '2' {
		return 0
	}
	if n, err := strconv.Atoi(w); err == nil && n >= 1900 && n < 2100 {
		return n
	}
	return 0
}

// timeWords are those by which a turn says when something was.
var timeWords = wordSet(`yesterday today tonight tomorrow ago week weeks weekend month months year years monday tuesday wednesday thursday
	friday saturday sunday january february march april june july august september october november december spring summer autumn winter
	morning afternoon evening noon midnight birthday anniversary christmas easter since until recently o'clock am pm`)

// dated reports whether a text says when something was.
func dated(text string) bool {
	for field := range strings.FieldsFuncSeq(text, endsWord) { // of every text that is read: without a list of its words
		w := strings.ToLower(wordIn(field))
		if timeWords[w] || yearOf(w) > 0 {
			return true
		}
	}
	return false
}

// asksWhen reports whether a question asks for a time.
func asksWhen(said []string) bool {
	for i, w := range said {
		switch strings.ToLower(w) {
		case "when":
			return true
		case "what", "which":
			if i+1 < len(said) {
				switch strings.ToLower(said[i+1]) {
				case "day", "date", "month", "year", "time", "week":
					return true
				}
			}
		case "how":
			if i+1 < len(said) && strings.ToLower(said[i+1]) == "long" {
				return true
			}
		}
	}
	return false
}

// askingWords are those that questions begin with.
var askingWords = wordSet(`who whom whose what which when where why how is are was were am do does did has have had can could will would
	should may might`)

// asks reports whether a query is a question.
func asks(text string, said []string) bool {
	text = strings.TrimSpace(text)
	return strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") || len(said) > 0 && askingWords[strings.ToLower(said[0])]
}
