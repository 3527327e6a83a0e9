package input

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
)

// Limits of values that callers give.
const (
	MaxID          = 512 // bytes of an id, a cursor or an external id
	MaxDescription = 1000
	maxLabels      = 16
	maxLabel       = 128 // bytes
)

// ID refuses a text that cannot be an id or a name.
func ID(field, id string) error { return Text(field, id, MaxID) }

// ExternalID refuses a text that cannot be an id in another system; "" means none.
func ExternalID(field, id string) error {
	if err := ID(field, id); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(id) != id:
		return fault.Bad(field, "begins or ends with white space")
	case id != "" && record.Blank(id):
		return fault.Bad(field, "blank")
	}
	return nil
}

// Time refuses times that the database cannot store; the zero time means none.
func Time(field string, t time.Time) error {
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		return fault.Bad(field, "the year %d is not between 1 and 9999", year)
	}
	return nil
}

// Labels returns the labels sorted, each once. It refuses labels that are not of the form "key=value".
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
		if err := Text(field, l, maxLabel); err != nil {
			return nil, err
		}
	}
	out := slices.Clone(labels)
	slices.Sort(out)
	return slices.Compact(out), nil
}
