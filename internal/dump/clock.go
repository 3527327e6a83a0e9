package dump

import (
	"math/bits"
	"strconv"
	"time"
)

// The years that SurrealDB's datetimes reach.
const (
	minYear = -262_143
	maxYear = 262_142
)

const nanosecond = 1_000_000_000 // in a second

// appendDatetime appends t, which is in UTC and in SurrealDB's range, as in RFC 3339, with a sign before years
// that have not four digits.
func appendDatetime(b []byte, t time.Time) []byte {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	if year < 0 {
		b, year = append(b, '-'), -year
	} else if year > 9999 {
		b = append(b, '+')
	}
	b = appendPadded(b, year, 4)
	b = appendPadded(append(b, '-'), int(month), 2)
	b = appendPadded(append(b, '-'), day, 2)
	b = appendPadded(append(b, 'T'), hour, 2)
	b = appendPadded(append(b, ':'), minute, 2)
	b = appendPadded(append(b, ':'), second, 2)
	if ns := t.Nanosecond(); ns != 0 {
		b = appendPadded(append(b, '.'), ns, 9)
		for b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
	}
	return append(b, 'Z')
}

// appendPadded appends n, which is not negative, with at least width digits.
func appendPadded(b []byte, n, width int) []byte {
	for limit, i := 10, 1; i < width; limit, i = limit*10, i+1 {
		if n < limit {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// parseDatetime reads what appendDatetime writes. A date that is not in the calendar is refused, and so is a
// leap second, which SurrealDB does not read either.
func parseDatetime(s []byte) (time.Time, bool) {
	negative, ok := false, true
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	number := func(digits int, end byte) (n int) {
		if !ok || len(s) <= digits {
			ok = false
			return 0
		}
		for _, c := range s[:digits] {
			ok = ok && isDigit(c)
			n = n*10 + int(c-'0')
		}
		ok = ok && (s[digits] == end || end == 0)
		s = s[digits+1:]
		return n
	}
	digits := 0
	for digits < len(s) && isDigit(s[digits]) {
		digits++
	}
	if digits < 4 || digits > 6 {
		return time.Time{}, false
	}
	year := number(digits, '-')
	if negative {
		year = -year
	}
	month, day := number(2, '-'), number(2, 'T')
	hour, minute := number(2, ':'), number(2, ':')
	if len(s) < 3 {
		return time.Time{}, false
	}
	end := s[2]
	second, ns := number(2, 0), 0
	if end == '.' {
		digits = len(s) - 1
		if digits < 1 || digits > 9 {
			return time.Time{}, false
		}
		ns = number(digits, 'Z')
		for ; digits < 9; digits++ {
			ns *= 10
		}
	} else {
		ok = ok && end == 'Z'
	}
	if !ok || len(s) > 0 || hour > 23 || minute > 59 || second > 59 || year < minYear || year > maxYear {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, ns, time.UTC)
	gotYear, gotMonth, gotDay := t.Date()
	return t, gotYear == year && int(gotMonth) == month && gotDay == day
}

// unit is a unit of durations, of so many of seconds or, if that is none, nanoseconds.
type unit struct {
	name                 string
	seconds, nanoseconds uint64
}

// units are the units of durations, the longest first.
var units = [...]unit{
	{"y", 365 * 86400, 0},
	{"w", 7 * 86400, 0},
	{"d", 86400, 0},
	{"h", 3600, 0},
	{"m", 60, 0},
	{"s", 1, 0},
	{"ms", 0, 1_000_000},
	{"us", 0, 1000},
	{"ns", 0, 1},
}

// appendDuration appends a duration of less than a second of nanoseconds.
func appendDuration(b []byte, seconds, nanoseconds uint64) []byte {
	if seconds == 0 && nanoseconds == 0 {
		return append(b, "0ns"...)
	}
	for _, u := range units {
		var n uint64
		if u.seconds > 0 {
			n, seconds = seconds/u.seconds, seconds%u.seconds
		} else {
			n, nanoseconds = nanoseconds/u.nanoseconds, nanoseconds%u.nanoseconds
		}
		if n > 0 {
			b = append(strconv.AppendUint(b, n, 10), u.name...)
		}
	}
	return b
}

// parseDuration reads numbers with their units, in any order, and adds them up.
func parseDuration(s []byte) (seconds, nanoseconds uint64, ok bool) {
	if len(s) == 0 {
		return 0, 0, false
	}
	for len(s) > 0 {
		digits := 0
		for digits < len(s) && isDigit(s[digits]) {
			digits++
		}
		n, err := strconv.ParseUint(string(s[:digits]), 10, 64)
		if err != nil {
			return 0, 0, false
		}
		s = s[digits:]
		letters := 0
		for letters < len(s) && !isDigit(s[letters]) {
			letters++
		}
		more, rest, known := n, uint64(0), false
		for _, u := range units {
			if string(s[:letters]) != u.name {
				continue
			}
			known = true
			if u.seconds > 0 {
				var over uint64
				over, more = bits.Mul64(n, u.seconds)
				known = over == 0
			} else {
				per := nanosecond / u.nanoseconds
				more, rest = n/per, n%per*u.nanoseconds
			}
		}
		if !known {
			return 0, 0, false
		}
		s = s[letters:]
		var carry uint64
		if nanoseconds += rest; nanoseconds >= nanosecond {
			nanoseconds, carry = nanoseconds-nanosecond, 1
		}
		if seconds, carry = bits.Add64(seconds, more, carry); carry != 0 {
			return 0, 0, false
		}
	}
	return seconds, nanoseconds, true
}
