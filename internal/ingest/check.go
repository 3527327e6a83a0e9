package ingest

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

const (
	maxLabels     = 16
	maxLabelBytes = 128
)

// Labels sorts labels and refuses those that are not "key=value".
func Labels(field string, labels []string) ([]string, error) {
	if len(labels) > maxLabels {
		return nil, fault.Over(field, len(labels), maxLabels, "labels")
	}
	for _, l := range labels {
		key, value, ok := strings.Cut(l, "=")
		switch {
		case !ok || record.Blank(key) || value != "" && record.Blank(value):
			return nil, fault.Bad(field, "%q is not of the form key=value", l)
		case strings.HasPrefix(key, "_"):
			return nil, fault.Bad(field, "%q: keys that begin with _ are reserved", l)
		}
		if err := checkText(field, l, maxLabelBytes); err != nil {
			return nil, err
		}
	}
	out := slices.Clone(labels)
	slices.Sort(out)
	return slices.Compact(out), nil
}

// checkText refuses what is over a limit of bytes, and what the database does not take or cannot give back.
func checkText(field, s string, limit int) error {
	switch {
	case len(s) > limit:
		return fault.Over(field, len(s), limit, "bytes")
	case !utf8.ValidString(s):
		return fault.Bad(field, "not UTF-8")
	case strings.ContainsRune(s, 0):
		return fault.Bad(field, "has a zero character")
	}
	return nil
}

// checkTime refuses times that the database cannot hold; zero is no time.
func checkTime(field string, t time.Time) error {
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		return fault.Bad(field, "the year %d is not between 1 and 9999", year)
	}
	return nil
}

// FirstTime returns the first time that is set, in the zone that it was given in.
func FirstTime(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}
