package input_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/input"
)

func TestRules(t *testing.T) {
	t.Parallel()
	text := func(field, s string) error { return input.Text(field, s, 4) }
	for _, row := range []struct {
		rule  func(field, s string) error
		given string
		want  string // the error; "": none
	}{
		{text, "", ""}, {text, " \n\t\x1b", ""}, {text, "東x", ""},
		{text, "東京", "F: 6 bytes (at most 4)"}, {text, "a\xff", "F: not UTF-8"}, {text, "a\x00", "F: has a zero character"},
		{input.Name, "東京 office", ""}, {input.Name, strings.Repeat("x", 128), ""},
		{input.Name, strings.Repeat("x", 129), "F: 129 bytes (at most 128)"}, {input.Name, "\xff", "F: not UTF-8"},
		{input.Name, "", "F: empty"}, {input.Name, " \u200b", "F: empty"}, {input.Name, "x ", "F: begins or ends with white space"},
		{input.Name, "\u00a0x", "F: begins or ends with white space"}, {input.Name, "a\nb", "F: has control characters"},
	} {
		err := row.rule("F", row.given)
		if got := strings.TrimSuffix(fmt.Sprint(err), "<nil>"); got != row.want || err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
			t.Errorf("%q: %q, want %q", row.given, got, row.want)
		}
	}
}
