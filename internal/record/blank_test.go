package record_test

import (
	"testing"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

func TestBlank(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]string{
		"nothing": "", "spaces": "  \t\r\n\v\f", "no-break spaces": "\u00a0\u202f\u2007", "ideographic space": "\u3000",
		"zero width": "\u200b\u200c\u200d\u2060\ufeff", "directions": "\u200e\u202a\u202c\u2066\u2069", "soft hyphen": "\u00ad",
		"line separators": "\u2028\u2029\u0085", "controls": "\x01\x1b\x7f\u009f", "variation selectors": "\ufe0f\U000e0100",
		"fillers": "\u115f\u1160\u3164\uffa0", "joiner": "\u034f", "vowels": "\u17b4\u17b5", "tags": "\U000e0001\U000e0061",
		"Braille": "\u2800", "Mongolian": "\u180b\u180e", "mixed": " \u200b\u2800\n\u3164 ",
	} {
		if !record.Blank(s) {
			t.Errorf("%s: %q is not blank", name, s)
		}
		if record.Blank(s + "x" + s) {
			t.Errorf("%s: %q is blank with a letter in it", name, s)
		}
	}
	for _, s := range []string{".", "x", "é", "\u0301", "東", "👍", "-", "ÿ", "÷", "0", "⠁", "\ufffd"} {
		if record.Blank(s) {
			t.Errorf("%q is blank", s)
		}
	}
}

// TestBlankOfLatin1 compares the special case for the first 256 characters with the tables of Unicode.
func TestBlankOfLatin1(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxLatin1; r++ {
		want := unicode.In(r, unicode.White_Space, unicode.Cc, unicode.Cf, unicode.Z)
		if got := record.Blank(string(r)); got != want {
			t.Errorf("Blank(%q) = %v, want %v", r, got, want)
		}
	}
}
