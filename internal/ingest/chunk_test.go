package ingest_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/ingest"
)

func TestSplitKeepsEveryWordInItsPlace(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"short":         "one line",
		"empty":         "",
		"sentences":     strings.Repeat("The fox jumps. The dog sleeps! Does it? ", 40),
		"paragraphs":    strings.Repeat("A paragraph of words.\n\n", 30),
		"no boundaries": strings.Repeat("x", 1000),
		"Japanese":      strings.Repeat("東京に住んでいます。", 60),
		"emoji":         strings.Repeat("👩‍🚀🚀", 120),
	} {
		const size = 100
		pieces := ingest.Split(text, size)
		var whole strings.Builder
		runes := []rune(text)
		for i, p := range pieces {
			n := utf8.RuneCountInString(p.Text)
			if n > size || n == 0 && text != "" {
				t.Errorf("%s: piece %d has %d code points", name, i, n)
			}
			if string(runes[p.Start:p.Start+n]) != p.Text {
				t.Errorf("%s: piece %d does not stand at %d", name, i, p.Start)
			}
			whole.WriteString(p.Text)
		}
		if whole.String() != text {
			t.Errorf("%s: the pieces are not the text", name)
		}
	}
}

func TestSplitPrefersBoundaries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, first string }{
		{"aaaa bbbb. cccc dddd eeee", "aaaa bbbb. "},
		{"aaaa bbbb\ncccc. dddd eeee", "aaaa bbbb\n"},
		{"aaaabbbbccccddddeeee", "aaaabbbbccccdddd"},
	} {
		if got := ingest.Split(c.text, 16)[0].Text; got != c.first {
			t.Errorf("Split(%q) begins with %q, want %q", c.text, got, c.first)
		}
	}
}
