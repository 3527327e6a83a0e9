package input_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/input"
)

func TestFields(t *testing.T) {
	t.Parallel()
	var (
		label = func(s string) error { _, err := input.Labels("F", []string{s}); return err }
		year  = func(y int) error { return input.Time("F", time.Date(y, 6, 1, 0, 0, 0, 0, time.UTC)) }
		id    = func(s string) error { return input.ID("F", s) }
		ext   = func(s string) error { return input.ExternalID("F", s) }
	)
	for _, row := range []struct {
		err  error
		want string // "": no error
	}{
		{id(strings.Repeat("x", 512)), ""}, {id(strings.Repeat("x", 513)), "F: 513 bytes (at most 512)"},
		{ext(""), ""}, {ext("okta:00u1"), ""}, {ext(" okta"), "F: begins or ends with white space"}, {ext("\u200b"), "F: blank"},
		{input.Time("F", time.Time{}), ""}, {year(1), ""}, {year(9999), ""},
		{year(0), "F: the year 0 is not between 1 and 9999"}, {year(10000), "F: the year 10000 is not between 1 and 9999"},
		{label("k=v"), ""}, {label("k="), ""}, {label("k"), `F: "k" is not of the form key=value`}, {label("=v"), `F: "=v" is not of the form key=value`},
		{label("k= "), `F: "k= " is not of the form key=value`}, {label("_k=v"), `F: "_k=v": keys that begin with _ are reserved`},
		{label("k=" + strings.Repeat("v", 127)), "F: 129 bytes (at most 128)"},
	} {
		if got := strings.TrimSuffix(fmt.Sprint(row.err), "<nil>"); got != row.want || row.err != nil && !fault.Is(row.err, fault.Invalid) && !fault.Is(row.err, fault.TooLarge) {
			t.Errorf("%q, want %q", got, row.want)
		}
	}
	given := []string{"b=1", "a=1", "b=1"}
	if out, err := input.Labels("F", given); err != nil || !slices.Equal(out, []string{"a=1", "b=1"}) || given[0] != "b=1" {
		t.Errorf("labels %q, %v, given %q", out, err, given)
	}
	if _, err := input.Labels("F", slices.Repeat([]string{"a=1"}, 17)); !fault.Is(err, fault.TooLarge) {
		t.Errorf("17 labels: %v", err)
	}
}
