package spectron

import (
	"strings"
	"time"
	"unicode/utf8"
)

// checkText refuses what is over a limit of bytes, and what the database does not take or cannot give back.
func checkText(op, field, s string, limit int) error {
	switch {
	case len(s) > limit:
		return tooLarge(op, field, len(s), limit, "bytes")
	case !utf8.ValidString(s):
		return invalid(op, field, "not UTF-8")
	case strings.ContainsRune(s, 0):
		return invalid(op, field, "has a zero character")
	}
	return nil
}

// checkTime refuses times that the database cannot hold; zero is no time.
func checkTime(op, field string, t time.Time) error {
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		return invalid(op, field, "the year %d is not between 1 and 9999", year)
	}
	return nil
}

func orDefault[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}
